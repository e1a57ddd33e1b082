"""The parties that the cells of a row name, and what is odd in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tracker.importers.mapping.specs import Event, Party, Text
from tracker.importers.mapping.texts import CellError, Cells, columns_of, parted, text_of
from tracker.record.types import Record

ABSENT = frozenset(("0", "no", "n", "false", "-"))
"""What means that the party of a column takes no part, where a map does not say."""

PREFIXES = {"name": "name:", "iso3": "name:", "code": "name:", "iso2": "iso2:", "m49": "m49:", "cow": "cow:"}
"""Scheme of a map to the mark by which ``ingest`` looks a party up; codes are found as names are."""

SHORT = {"EC": "org-eu", "EG": "org-eu", "AU": "org-au"}
"""Codes of states that are in lists of agreements as often the short form of an organisation."""

Refuse = Callable[[CellError], None]
"""Notes a cell that cannot be taken; the rest of the row is still looked at."""


class Parties:
    """The parties of a row."""

    def __init__(self, row: Cells, refuse: Refuse) -> None:
        self.row, self.refuse = row, refuse
        self.twice: list[str] = []
        """Those that the row names more than once."""
        self.where: dict[str, str] = {}
        """The column of each name."""
        self.of_row = False
        """Whether a cell of the row names some party."""
        self.parted: list[tuple[str, tuple[str, ...]]] = []
        """Texts that name parties, with the names that stand between the signs."""
        self.kept: set[str] = set()
        """Names that stay as open questions where nobody bears them."""

    def named(self, specs: Sequence[Party], columns: Sequence[Sequence[str]]) -> list[Record]:
        """Return the parties, each once; ``columns`` are those of each spec, ranges written out."""
        by_name: dict[tuple[str, str | None], Record] = {}
        for spec, of_spec in self._spread(specs, columns):
            details = {field: value for field, text in spec.texts.items() if (value := self._text(text))}
            for column in [""] if spec.constants else self._filled(spec, of_spec):
                for code in self._codes(spec, column):
                    self.of_row |= not spec.constants
                    if spec.keeps_unknown:
                        self.kept.add(code)
                    self.where.setdefault(code.partition(":")[2], self.row.name(column) or "value")
                    name = code, details.get("entity")
                    if name in by_name:
                        self.twice.append(code)
                    by_name.setdefault(name, {"code": code, **details})
        return list(by_name.values())

    def acting(self, named: Mapping[str, Event], told: Sequence[Record]) -> list[Record]:
        """Return the parties of a row with those that are named by their acts alone."""
        codes = {party["code"] for party in told}
        for name, act in named.items():
            self.of_row = True
            self._whole([name])
            days = [text for day in act.dates.get("date", ()) for text in (day.text, *day.parts) if text]
            self.where.setdefault(name, " + ".join(map(self.row.name, columns_of((), days))))
            if act.keeps_unknown:
                self.kept.add(PREFIXES["name"] + name)
        return [*told, *({"code": code} for name in named if (code := PREFIXES["name"] + name) not in codes)]

    def _spread(
        self, specs: Sequence[Party], columns: Sequence[Sequence[str]]
    ) -> Iterator[tuple[Party, Sequence[str]]]:
        """Yield the specs that hold, with the row as it is for each item of a list that they lead into."""
        whole = self.row
        for spec, of_spec in zip(specs, columns, strict=True):
            for self.row in whole.spread(of_spec, columns_of(spec.when, spec.texts.values())):
                if self._holds(spec):
                    yield spec, of_spec
        self.row = whole

    def _holds(self, spec: Party) -> bool:
        try:
            return self.row.meets(spec.when)
        except CellError as error:
            self.refuse(error)
            return False

    def _text(self, text: Text) -> str | None:
        try:
            return text_of(text, self.row)
        except CellError as error:
            self.refuse(error)
            return None

    def _filled(self, spec: Party, columns: Sequence[str]) -> Iterator[str]:
        """Yield the columns whose party counts."""
        if not spec.beside:
            yield from columns
            return
        half = len(columns) // 2
        for column, qualifier in zip(columns[:half], columns[half:], strict=True):
            try:
                if self._is_qualified(spec, column, qualifier):
                    yield column
            except CellError as error:
                self.refuse(error)

    def _is_qualified(self, spec: Party, column: str, qualifier: str) -> bool:
        """Tell whether a party counts; raises CellError where it lacks its qualifier, or that lacks its party."""
        party, text = self.row.get(column), self.row.get(qualifier)
        if bool(party and party not in spec.empty) != bool(text):
            missing, there = (column, qualifier) if text else (qualifier, column)
            message = f"is empty, but {self.row.name(there)} beside it says {self.row.get(there)!r}"
            raise CellError(self.row.name(missing), "", message)
        return text in spec.beside_is

    def _codes(self, spec: Party, column: str) -> Iterator[str]:
        """Yield what a cell names, as far as it can be taken."""
        try:
            if spec.constants:
                pieces = self._whole(spec.constants)
            elif spec.yes:
                pieces = self._whole([self.row.name(column)] if self._takes_part(spec, column) else [])
            else:
                pieces = [piece for text in self.row.several(column) for piece in self._pieces(spec, text)]
        except CellError as error:
            self.refuse(error)
            return
        for piece in pieces:
            try:
                yield from self._marked(spec, piece, column)
            except CellError as error:
                self.refuse(error)

    def _pieces(self, spec: Party, text: str) -> list[str]:
        pieces = [piece for piece in parted(text, spec.separators, spec.values) if piece not in spec.empty]
        named = tuple(piece for piece in pieces if piece not in spec.values)
        if PREFIXES[spec.scheme] == PREFIXES["name"]:
            self.parted.append((text, named))
        return pieces

    def _whole(self, names: Sequence[str]) -> list[str]:
        self.parted += [(name, (name,)) for name in names]
        return list(names)

    def _marked(self, spec: Party, text: str, column: str) -> list[str]:
        """What a text names: one party, or those that the map gives for it."""
        if text in spec.values:
            return [f"name:{name}" for name in self._whole(spec.values[text])]
        bare = text.removesuffix(".0") if spec.scheme in ("m49", "cow") else text
        if spec.scheme in ("m49", "cow") and not (bare.isascii() and bare.isdecimal()):
            raise CellError(
                self.row.name(column), text, f"expected a number, for the map says scheme = {spec.scheme!r}"
            )
        return [PREFIXES[spec.scheme] + bare]

    def _takes_part(self, spec: Party, column: str) -> bool:
        text = self.row.get(column)
        if text in spec.yes:
            return True
        if not text or text in spec.no or (not spec.no and text.lower() in ABSENT):
            return False
        yes = ", ".join(sorted(spec.yes))
        raise CellError(self.row.name(column), text, f"neither a yes ({yes}) nor a no of the map")
