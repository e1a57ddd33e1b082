"""A map laid over a sheet: its columns are bound to the header, and each row is read as a draft of an agreement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from zlib import crc32

from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers.mapping.specs import Event, Map, Part, Party, Relation, Text
from tracker.importers.mapping.texts import CellError, Cells, expanded, first_date_of, parted, text_of, texts_of
from tracker.importers.mapping.toml_table import Toml
from tracker.importers.sheets.reading import folded
from tracker.record.types import Json, Record
from tracker.record.vocabulary import expected
from tracker.text.names import fold, slug


class Unfit(ValueError):
    """A sheet that lacks columns which the map names; the message is one line."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What holds for all rows of a sheet."""

    map: Map
    shown: Mapping[str, str]
    """Folded name of each column, in order, to its name in the sheet."""
    party_columns: Sequence[Sequence[str]] = ()
    """For each party spec its columns, and behind them those beside."""
    ranges: dict[str, list[str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    """Folded name of a column that nothing names to its own field."""
    namibian: frozenset[str] = frozenset()
    """Columns of ISO 3166-1 alpha-2 codes in which ``NA`` is Namibia, whatever stands for nothing elsewhere."""


NAMIBIA = "NA"
"""The code of Namibia in ISO 3166-1 alpha-2, and what many sheets write for nothing."""


def bind(spec: Map, headers: Sequence[str], toml: Toml | None = None) -> Bound:
    """Lay a map over a header; raises Unfit with the key of the map, its line and the nearest column."""
    shown = {folded(header): header for header in headers}
    for column, key in spec.used.items():
        if column not in shown and column not in spec.optional:
            line = toml.line(key) if toml else None
            line_of_map = f"{spec.file}, line {line}" if line else spec.file
            near = expected(column, list(shown.values()))
            raise Unfit(f"the sheet has no column {column!r}, which {line_of_map} names ({key}); {near}")
    for heading in spec.headings:
        if folded(heading.name) in shown:
            raise Unfit(
                f"the sheet has a column {heading.name!r}, which {spec.file} gives to headings; name it otherwise"
            )
        shown[folded(heading.name)] = heading.name
    order = list(shown)
    party_columns = []
    for party in spec.parties:
        named, beside = expanded(party.columns, order), expanded(party.beside, order)
        if beside and len(beside) != len(named):
            raise Unfit(f"{spec.file}: {len(named)} party columns, but {len(beside)} beside them")
        party_columns.append([*named, *beside])
    coded = {
        column
        for party, columns in zip(spec.parties, party_columns, strict=True)
        if party.scheme == "iso2" and NAMIBIA in spec.empty - party.empty - party.values.keys()
        for column in columns
    }
    own = _own(spec, order, shown, party_columns)
    return Bound(spec, shown, party_columns, own=own, namibian=frozenset(coded))


def _own(
    spec: Map, order: list[str], shown: Mapping[str, str], party_columns: Sequence[Sequence[str]]
) -> dict[str, str]:
    if not spec.own.kept:
        return {}
    used = [column for column, key in spec.used.items() if key != "sheet.fill_down"]
    taken = {*used, *expanded(spec.own.ignored, order), *(column for of in party_columns for column in of)}
    taken -= set(spec.own.names)
    given: dict[str, str] = {}
    for column in order:
        if column in taken:
            continue
        name = spec.own.names.get(column) or own_name(shown[column])
        while name in given.values() or name in spec.mappings.get("extra", {}):
            name += "_2"
        given[column] = name
    return given


def own_name(header: str) -> str:
    """The name of an own field for a column: ``Lead unit`` gives ``lead_unit``."""
    return slug(header).replace("-", "_")


ABSENT = frozenset(("0", "no", "n", "false", "-"))
"""What means that the party of a column takes no part, where a map does not say."""

PREFIXES = {"name": "name:", "iso3": "name:", "code": "name:", "iso2": "iso2:", "m49": "m49:", "cow": "cow:"}
"""Scheme of a map to the mark by which ``ingest`` looks a party up; codes are found as names are."""


Refuse = Callable[[CellError], None]
"""Notes a cell that cannot be taken; the rest of the row is still looked at."""


LONGEST_PART = 200
"""Characters of a title, or of parties, that a natural key holds as they are; what is longer ends in its hash."""


def _whole(text: str) -> str:
    """Return a text that stands for the whole of another one and is not too long for a key."""
    if len(text) <= LONGEST_PART:
        return text
    return f"{text[:LONGEST_PART]} {sha256(text.encode()).hexdigest()[:16]}"


class _Parties:
    """The parties of a row."""

    def __init__(self, row: Cells, refuse: Refuse) -> None:
        self.row, self.refuse = row, refuse
        self.twice: list[str] = []
        """Those that the row names more than once."""
        self.where: dict[str, str] = {}
        """The column of each name."""

    def named(self, specs: Sequence[Party], columns: Sequence[Sequence[str]]) -> list[Record]:
        """Return the parties, each once; ``columns`` are those of each spec, ranges written out."""
        by_name: dict[tuple[str, str | None], Record] = {}
        for spec, of_spec in zip(specs, columns, strict=True):
            if not self._holds(spec):
                continue
            details = {field: value for field, text in spec.texts.items() if (value := self._text(text))}
            for column in self._filled(spec, of_spec):
                for code in self._codes(spec, column):
                    self.where.setdefault(code.partition(":")[2], self.row.name(column))
                    name = code, details.get("entity")
                    if name in by_name:
                        self.twice.append(code)
                    by_name.setdefault(name, {"code": code, **details})
        return list(by_name.values())

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
            if spec.yes:
                pieces = [self.row.name(column)] if self._takes_part(spec, column) else []
            else:
                pieces = [piece for piece in parted(self.row.get(column), spec.separators) if piece not in spec.empty]
        except CellError as error:
            self.refuse(error)
            return
        for piece in pieces:
            try:
                yield self._marked(spec, piece, column)
            except CellError as error:
                self.refuse(error)

    def _marked(self, spec: Party, text: str, column: str) -> str:
        if text in spec.values:
            return f"name:{spec.values[text]}"
        bare = text.removesuffix(".0") if spec.scheme in ("m49", "cow") else text
        if spec.scheme in ("m49", "cow") and not (bare.isascii() and bare.isdecimal()):
            raise CellError(
                self.row.name(column), text, f"expected a number, for the map says scheme = {spec.scheme!r}"
            )
        return PREFIXES[spec.scheme] + bare

    def _takes_part(self, spec: Party, column: str) -> bool:
        text = self.row.get(column)
        if text in spec.yes:
            return True
        if not text or text in spec.no or (not spec.no and text.lower() in ABSENT):
            return False
        yes = ", ".join(sorted(spec.yes))
        raise CellError(self.row.name(column), text, f"neither a yes ({yes}) nor a no of the map")


LONGEST_NAME = 60
"""Characters of the id of a source that is made from its address or title."""

Find = Callable[[Relation, Mapping[str, str]], str | None]
"""The key of the one row whose columns hold these texts."""


@dataclass(slots=True)
class Rows:
    """Makes drafts of rows under one header, in one file."""

    bound: Bound
    file: str
    find: Find

    def entries(self, row: Cells, number: int) -> list[Entry]:
        """The draft of a row with what is odd about it, and each cell that cannot be taken.

        A row of which nobody can tell which agreement it is gives no draft.
        """
        where = f"{self.file}, row {number}"
        one_row = _Row(self, row, number, where)
        made = one_row.made()
        if made is None:
            return [replace(problem, lost=True) for problem in one_row.problems]
        remarks = [Remark(where, f"names the same party twice: {code}") for code in one_row.parties.twice]
        speaks = None if one_row.names_owner is None else frozenset(("parties", "events"))
        draft = Draft(
            where,
            made,
            one_row.names_owner,
            one_row.parties.where,
            speaks=speaks,
            refused=frozenset(one_row.refused),
            natural=one_row.natural,
            nameless=self.bound.map.nameless,
        )
        return [*one_row.problems, draft, *remarks]


class _Row:
    """One row; a cell that cannot be taken is noted, and the rest is still looked at."""

    def __init__(self, rows: Rows, row: Cells, number: int, where: str) -> None:
        self.rows, self.map, self.row = rows, rows.bound.map, row
        self.number, self.where = number, where
        self.problems: list[Problem] = []
        self.refused: set[str] = set()
        """Keys of the record of which a cell could not be taken."""
        self.parties = _Parties(row, lambda error: self._refuse("parties", error))
        self.names_owner: str | None = None
        """Of a row that adds to an agreement: the column that says to which."""
        self.natural = False
        """Whether the row has no key, and is named by what it says."""

    def made(self) -> Record | None:
        """Return what the row says; None where it does not say of which agreement."""
        part = self._tried("record", self._part)
        record: Record = {"record": "agreement"}
        record["parties"] = named = self.parties.named(self.map.parties, self.rows.bound.party_columns)
        events = [self._tried("events", partial(self._event, spec, named)) for spec in self.map.events]
        record["events"] = [event for event in events if event]
        if part is None:
            self._whole(record)
            key = self._tried("record", partial(text_of, self.map.key, self.row))
            if not key and "title" not in self.refused:
                key, self.natural = self._natural_key(record), True
        else:
            key = self._tried("record", partial(text_of, part.of, self.row))
            self.names_owner = " + ".join(map(self.row.name, part.of.columns))
            if not key and not self.problems:
                self._refuse("record", CellError("", "", "does not say to which agreement it belongs"))
        if "record" in self.refused or not key:
            return None
        origin = {"set": self.map.name, "key": key, "file": self.rows.file, "row": self.number}
        row_key = self._tried("events", partial(text_of, self.map.row_key, self.row)) or key
        for event in record["events"]:
            event["origin"] = {**origin, "key": row_key}
        # Of rows that add to one agreement none is its own place; that of the events says where each stands.
        record["origin"] = origin if part is None else {**origin, "row": None}
        return record

    def _part(self) -> Part | None:
        return next((part for part in self.map.parts if self.row.meets(part.when)), None)

    def _whole(self, record: Record) -> None:
        """Add what a row says that is an agreement, not a part of one."""
        self._fields(record)
        relations = [self._tried("relations", partial(self._relation, spec)) for spec in self.map.relations]
        record["relations"] = [relation for relation in relations if relation]
        record["sources"] = self._sources(record.pop("sources", []))
        if until := self._tried("terms", partial(first_date_of, self.map.expires, self.row)):
            record["terms"] = {"duration": {"until": until}}

    def _fields(self, record: Record) -> None:
        for key, text in self.map.scalars.items():
            value = self._tried(key, partial(text_of, text, self.row))
            if value:
                record[key] = value
        for key, texts in self.map.lists.items():
            record[key] = list(dict.fromkeys(self._listed(key, texts)))
        keyed = {
            name: {
                key: value
                for key, text in keys.items()
                if (value := self._tried(name, partial(text_of, text, self.row)))
            }
            for name, keys in self.map.mappings.items()
        }
        if "titles" in keyed:
            record["titles"] = keyed["titles"]
        record["identifiers"] = [
            {"scheme": scheme, "value": value} for scheme, value in keyed.get("identifiers", {}).items()
        ]
        columns = self.rows.bound.own.items()
        own = {name: self._tried("extra", partial(self.row.get, column)) for column, name in columns}
        record["extra"] = {**keyed.get("extra", {}), **{name: value for name, value in own.items() if value}}
        if not record.get("title") and "title" not in self.refused:
            columns_of_title = [self.row.name(column) for column in self.map.scalars["title"].columns]
            self._refuse("title", CellError(" + ".join(columns_of_title), "", "the agreement has no title"))

    def _sources(self, given: list[str]) -> list[Record]:
        """What the record rests on: the set, and addresses or titles in the row, each a source of its own."""
        cited: list[Record] = [{"source": self.map.source["id"]}] if self.map.source else []
        for text in given:
            name = slug(text.partition("://")[2].removeprefix("www.") or text)
            mark = f"-{crc32(text.encode()):08x}" if len(name) > LONGEST_NAME or name == "x" else ""
            source = {"id": name[:LONGEST_NAME].strip("-") + mark, "title": text}
            cited.append({"source": {**source, "url": text} if "://" in text else source})
        return cited

    def _event(self, spec: Event, parties: list[Record]) -> Record | None:
        if not self.row.meets(spec.when):
            return None
        date = first_date_of(spec.dates.get("date", ()), self.row)
        if date is None and not spec.undated:
            return None
        kind = self._kind(spec, date)
        event: Record = {"kind": kind, "date": date}
        later = {name: days for name, days in spec.dates.items() if name != "date"}
        tried = {name: self._tried("events", partial(first_date_of, days, self.row)) for name, days in later.items()}
        event |= {name: day for name, day in tried.items() if day}
        event |= self._texts("events", spec.texts)
        if kind == "other" and spec.kind.columns and (raw := self.row.get(spec.kind.columns[0])):
            event.setdefault("kind_raw", raw)
        for key, texts in spec.lists.items():
            if values := self._listed("events", texts):
                event[key] = values
        return self._of_parties(event, parties) if spec.of_parties else event

    def _of_parties(self, event: Record, parties: list[Record]) -> Record | None:
        """Say whose act an event is; none where the cell that names its party cannot be taken."""
        codes = list(dict.fromkeys(party["code"] for party in parties))
        if codes:
            return {**event, "parties": codes}
        if "parties" not in self.refused:
            raise CellError("", "", f"an act of a party ({event['kind']}), but the row names no party")
        self.refused.add("events")
        return None

    def _listed(self, key: str, texts: Sequence[Text]) -> list[str]:
        return [value for text in texts for value in self._tried(key, partial(texts_of, text, self.row)) or ()]

    def _texts(self, key: str, texts: Mapping[str, Text]) -> Record:
        """The texts of an item, as far as they can be taken."""
        tried = {field: self._tried(key, partial(text_of, text, self.row)) for field, text in texts.items()}
        return {field: value for field, value in tried.items() if value}

    def _kind(self, spec: Event, date: str | None) -> str:
        kind = text_of(spec.kind, self.row)
        if kind is None:
            columns = " + ".join(map(self.row.name, spec.kind.columns))
            raise CellError(columns, "", f"is empty, but there is a date, {date}: what happened is not said")
        return kind

    def _relation(self, spec: Relation) -> Record | None:
        if not self.row.meets(spec.when):
            return None
        kind = text_of(spec.type, self.row)
        if spec.find:
            texts = {column: text_of(text, self.row) for column, text in spec.find.items()}
            if not all(texts.values()) or kind is None:
                return None
            key = self.rows.find(spec, {column: value or "" for column, value in texts.items()})
            called = " ".join(value or "" for value in texts.values())
        else:
            key = text_of(spec.key, self.row)
            if key is None or kind is None:
                return None
            called = f"{self.map.name} {key}"
        item: Record = {"type": kind, "target_title": text_of(spec.title, self.row) or called}
        if key is not None:
            item["target"] = f"key:{key}"
        return item | self._texts("relations", spec.texts)

    def _natural_key(self, record: Record) -> str:
        """What names an agreement in a sheet without identifiers: title, first date and parties."""
        codes = " ".join(sorted(party["code"] for party in record["parties"]))
        date = next((event["date"] for event in record["events"] if event["date"]), "")
        return " | ".join(part for part in (_whole(fold(record.get("title", ""))), date, _whole(fold(codes))) if part)

    def _tried(self, key: str, read: Callable[[], Json]) -> Json:
        """Return what is read; a cell that cannot be taken is noted with the key of the record that it would fill."""
        try:
            return read()
        except CellError as error:
            self._refuse(key, error)
            return None

    def _refuse(self, key: str, error: CellError) -> None:
        self.refused.add(key)
        problem = Problem(self.where, str(error), error.column or None, error.value)
        if problem not in self.problems:
            self.problems.append(problem)
