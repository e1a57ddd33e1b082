"""A map laid over a sheet: its columns are bound to the header, and each row is read as a draft of an agreement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from zlib import crc32

from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers.mapping.specs import Event, Map, Part, Party, Relation
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
    taken = {*spec.used, *expanded(spec.own.ignored, order), *(column for of in party_columns for column in of)}
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


def parties(
    specs: Sequence[Party], row: Cells, columns: Sequence[Sequence[str]]
) -> tuple[list[Record], list[str], dict[str, str]]:
    """The parties of a row, each once, those that it names twice, and the column of each name.

    ``columns`` are those of each spec, ranges written out. Raises CellError.
    """
    by_name: dict[tuple[str, str | None], Record] = {}
    twice: list[str] = []
    where: dict[str, str] = {}
    for spec, of_spec in zip(specs, columns, strict=True):
        if not row.meets(spec.when):
            continue
        details = {field: value for field, text in spec.texts.items() if (value := text_of(text, row))}
        for code, column in _codes(spec, row, of_spec):
            where.setdefault(code.partition(":")[2], row.name(column))
            name = code, details.get("entity")
            if name in by_name:
                twice.append(code)
            by_name.setdefault(name, {"code": code, **details})
    return list(by_name.values()), twice, where


def _codes(spec: Party, row: Cells, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each code with the column that it stands in."""
    if spec.yes:
        for column in columns:
            if _takes_part(spec, row, column):
                yield _marked(spec, row.name(column), column, row), column
        return
    half = len(columns) // 2 if spec.beside else len(columns)
    if not spec.beside:
        for column in columns:
            yield from _named(spec, row, column)
        return
    named, beside = columns[:half], columns[half:]
    _check_pairs(spec, row, named, beside)
    for column, qualifier in zip(named, beside, strict=True):
        if row.get(qualifier) in spec.beside_is:
            yield from _named(spec, row, column)


def _named(spec: Party, row: Cells, column: str) -> Iterator[tuple[str, str]]:
    for piece in parted(row.get(column), spec.separators):
        if piece not in spec.empty:
            yield _marked(spec, piece, column, row), column


def _marked(spec: Party, text: str, column: str, row: Cells) -> str:
    if text in spec.values:
        return f"name:{spec.values[text]}"
    bare = text.removesuffix(".0") if spec.scheme in ("m49", "cow") else text
    if spec.scheme in ("m49", "cow") and not (bare.isascii() and bare.isdecimal()):
        raise CellError(row.name(column), text, f"expected a number, for the map says scheme = {spec.scheme!r}")
    return PREFIXES[spec.scheme] + bare


def _takes_part(spec: Party, row: Cells, column: str) -> bool:
    text = row.get(column)
    if text in spec.yes:
        return True
    if not text or text in spec.no or (not spec.no and text.lower() in ABSENT):
        return False
    yes = ", ".join(sorted(spec.yes))
    raise CellError(row.name(column), text, f"neither a yes ({yes}) nor a no of the map")


def _check_pairs(spec: Party, row: Cells, named: Sequence[str], beside: Sequence[str]) -> None:
    """Refuse a row in which a party lacks its qualifier or the other way round: one of them has slipped."""
    for column, qualifier in zip(named, beside, strict=True):
        party, qualifier_text = row.get(column), row.get(qualifier)
        if bool(party and party not in spec.empty) != bool(qualifier_text):
            missing, there = (column, qualifier) if qualifier_text else (qualifier, column)
            message = f"is empty, but {row.name(there)} beside it says {row.get(there)!r}"
            raise CellError(row.name(missing), "", message)


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
        """The draft of a row with what is odd about it, or every problem of its cells."""
        where = f"{self.file}, row {number}"
        one_row = _Row(self, row, number, where)
        made = one_row.made()
        if one_row.problems:
            return [*one_row.problems]
        remarks = [Remark(where, f"names the same party twice: {code}") for code in one_row.twice]
        return [Draft(where, made, one_row.names_owner, one_row.columns), *remarks]


class _Row:
    """One row; a cell that cannot be taken is noted, and the rest is still looked at."""

    def __init__(self, rows: Rows, row: Cells, number: int, where: str) -> None:
        self.rows, self.map, self.row = rows, rows.bound.map, row
        self.number, self.where = number, where
        self.problems: list[Problem] = []
        self.twice: list[str] = []
        self.columns: dict[str, str] = {}
        self.names_owner: str | None = None
        """Of a row that adds to an agreement: the column that says to which."""

    def made(self) -> Record:
        part = self._tried(self._part)
        named = partial(parties, self.map.parties, self.row, self.rows.bound.party_columns)
        named_parties, self.twice, self.columns = self._tried(named) or ([], [], {})
        record: Record = {"record": "agreement"}
        if part is None:
            self._fields(record)
        record["parties"] = named_parties
        events = [self._tried(partial(self._event, spec, named_parties)) for spec in self.map.events]
        record["events"] = [event for event in events if event]
        if part is None:
            relations = [self._tried(partial(self._relation, spec)) for spec in self.map.relations]
            record["relations"] = [relation for relation in relations if relation]
            record["sources"] = self._sources(record.pop("sources", []))
            if until := self._tried(partial(first_date_of, self.map.expires, self.row)):
                record["terms"] = {"duration": {"until": until}}
            key = self._tried(partial(text_of, self.map.key, self.row)) or self._natural_key(record)
        else:
            key = self._tried(partial(text_of, part.of, self.row)) or ""
            self.names_owner = " + ".join(map(self.row.name, part.of.columns))
        if part is not None and not key and not self.problems:
            self.problems.append(Problem(self.where, "does not say to which agreement it belongs", None, None))
        origin = {"set": self.map.name, "key": key, "file": self.rows.file, "row": self.number}
        row_key = self._tried(partial(text_of, self.map.row_key, self.row)) or key
        for event in record["events"]:
            event["origin"] = {**origin, "key": row_key}
        # Of rows that add to one agreement none is its own place; that of the events says where each stands.
        record["origin"] = origin if part is None else {**origin, "row": None}
        return record

    def _part(self) -> Part | None:
        return next((part for part in self.map.parts if self.row.meets(part.when)), None)

    def _fields(self, record: Record) -> None:
        for key, text in self.map.scalars.items():
            value = self._tried(partial(text_of, text, self.row))
            if value:
                record[key] = value
        for key, texts in self.map.lists.items():
            values = [value for text in texts for value in self._tried(partial(texts_of, text, self.row)) or ()]
            record[key] = list(dict.fromkeys(values))
        keyed = {
            name: {key: value for key, text in keys.items() if (value := self._tried(partial(text_of, text, self.row)))}
            for name, keys in self.map.mappings.items()
        }
        if "titles" in keyed:
            record["titles"] = keyed["titles"]
        record["identifiers"] = [
            {"scheme": scheme, "value": value} for scheme, value in keyed.get("identifiers", {}).items()
        ]
        own = {name: self._tried(partial(self.row.get, column)) for column, name in self.rows.bound.own.items()}
        record["extra"] = {**keyed.get("extra", {}), **{name: value for name, value in own.items() if value}}
        if not record.get("title") and not self.problems:
            columns = [self.row.name(column) for column in self.map.scalars["title"].columns]
            self.problems.append(Problem(self.where, "the agreement has no title", " + ".join(columns) or None, ""))

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
        event |= {
            field: value
            for field, days in spec.dates.items()
            if field != "date" and (value := first_date_of(days, self.row))
        }
        event |= {field: value for field, text in spec.texts.items() if (value := text_of(text, self.row))}
        if kind == "other" and spec.kind.columns and (raw := self.row.get(spec.kind.columns[0])):
            event.setdefault("kind_raw", raw)
        if spec.of_parties:
            event["parties"] = list(dict.fromkeys(party["code"] for party in parties))
            if not event["parties"] and not self.problems:
                raise CellError("", "", f"an act of a party ({kind}), but the row names no party")
        for key, texts in spec.lists.items():
            if values := [value for text in texts for value in texts_of(text, self.row)]:
                event[key] = values
        return event

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
        item |= {field: value for field, text in spec.texts.items() if (value := text_of(text, self.row))}
        return item

    def _natural_key(self, record: Record) -> str:
        """What names an agreement in a sheet without identifiers: title, first date and parties."""
        codes = " ".join(sorted(party["code"] for party in record["parties"]))
        date = next((event["date"] for event in record["events"] if event["date"]), "")
        return " | ".join(part for part in (fold(record.get("title", ""))[:200], date, fold(codes)[:200]) if part)

    def _tried(self, read: Callable[[], Json]) -> Json:
        try:
            return read()
        except CellError as error:
            problem = Problem(self.where, str(error), error.column or None, error.value)
            if problem not in self.problems:
                self.problems.append(problem)
            return None
