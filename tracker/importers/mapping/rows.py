"""A map laid over a sheet: its columns are bound to the header, and each row is read as a draft of an agreement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from zlib import crc32

from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers.mapping.parties import Parties, columns_of
from tracker.importers.mapping.specs import Event, Map, Part, Relation, Text
from tracker.importers.mapping.texts import CellError, Cells, expanded, first_date_of, text_of, texts_of
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
    taken: frozenset[str] = frozenset()
    """Columns of which the agreement itself takes what they hold."""
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
    taken = frozenset((*own, *_taken(spec, party_columns)))
    return Bound(spec, shown, party_columns, own=own, taken=taken, namibian=frozenset(coded))


def _taken(spec: Map, party_columns: Sequence[Sequence[str]]) -> Iterator[str]:
    for columns in party_columns:
        yield from columns
    texts = [spec.key, spec.row_key, *spec.scalars.values(), *(part.of for part in spec.parts)]
    texts += [text for several in spec.lists.values() for text in several]
    texts += [text for keyed in spec.mappings.values() for text in keyed.values()]
    texts += [day.text for day in spec.expires]
    texts += [text for party in spec.parties for text in party.texts.values()]
    for relation in spec.relations:
        texts += [relation.type, relation.key, relation.title, *relation.find.values(), *relation.texts.values()]
    for text in texts:
        if text is not None:
            yield from text.columns


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


def _columns_of(spec: Event, beside: str | None) -> list[str]:
    """The columns that an act is told from: its days but for the one that is left aside, its texts and lists."""
    texts = [*spec.texts.values(), *(text for several in spec.lists.values() for text in several)]
    for key, days in spec.dates.items():
        for day in days if key != beside else ():
            texts += [text for text in (day.text, *day.parts) if text]
    return columns_of((), texts)


LONGEST_PART = 200
"""Characters of a title, or of parties, that a natural key holds as they are; what is longer ends in its hash."""


def _whole(text: str) -> str:
    """Return a text that stands for the whole of another one and is not too long for a key."""
    if len(text) <= LONGEST_PART:
        return text
    return f"{text[:LONGEST_PART]} {sha256(text.encode()).hexdigest()[:16]}"


MOST_NAMED = 5
"""Columns that a remark names each."""

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
    unit: str = "row"
    """What a row is called."""

    def entries(self, row: Cells, number: int) -> list[Entry]:
        """The draft of a row with what is odd about it, and each cell that cannot be taken.

        A row of which nobody can tell which agreement it is gives no draft.
        """
        where = f"{self.file}, {self.unit} {number}"
        one_row = _Row(self, row, number, where)
        made = one_row.made()
        if made is None:
            return [replace(problem, lost=True) for problem in one_row.problems]
        columns = one_row.parties.where
        names = [code.partition(":")[2] for code in one_row.parties.twice]
        twice = [Remark(where, "names the same party twice", columns.get(name), name) for name in names]
        speaks = None if one_row.names_owner is None else frozenset(("parties", "events"))
        draft = Draft(
            where,
            made,
            one_row.names_owner,
            one_row.parties.where,
            speaks=speaks,
            refused=frozenset(one_row.refused),
            natural=one_row.natural,
            kept=frozenset(one_row.parties.kept),
            nameless=self.bound.map.nameless,
        )
        return [*one_row.problems, draft, *twice, *one_row.remarks]


class _Row:
    """One row; a cell that cannot be taken is noted, and the rest is still looked at."""

    def __init__(self, rows: Rows, row: Cells, number: int, where: str) -> None:
        self.rows, self.map, self.row = rows, rows.bound.map, row
        self.number, self.where = number, where
        self.problems: list[Problem] = []
        self.remarks: list[Remark] = []
        self.refused: set[str] = set()
        """Keys of the record of which a cell could not be taken."""
        self.parties = Parties(row, lambda error: self._refuse("parties", error))
        self.names_owner: str | None = None
        """Of a row that adds to an agreement: the column that says to which."""
        self.natural = False
        """Whether the row has no key, and is named by what it says."""

    def made(self) -> Record | None:
        """Return what the row says; None where it does not say of which agreement."""
        part = self._tried("record", self._part)
        record: Record = {"record": "agreement"}
        record["parties"] = named = self.parties.named(self.map.parties, self.rows.bound.party_columns)
        told = [self._tried("events", partial(self._events, spec, named)) or [] for spec in self.map.events]
        record["events"] = [event for events in told for event in events]
        if "events" not in self.refused:
            self._tell_lost([bool(events) for events in told])
        if part is None and self.map.parties and not named and "parties" not in self.refused:
            self.remarks.append(Remark(self.where, "names no party", self._party_columns(), ""))
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
        told = [self._tried("relations", partial(self._relations, spec)) or [] for spec in self.map.relations]
        record["relations"] = [relation for relations in told for relation in relations]
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

    def _events(self, spec: Event, parties: list[Record]) -> list[Record]:
        """The acts of a row; a list in the cell of the day or the kind tells of as many."""
        days = [text for day in spec.dates.get("date", ()) for text in (day.text, *day.parts) if text]
        beside = [*columns_of(spec.when, ()), *_columns_of(spec, beside="date")]
        whole, made = self.row, []
        try:
            for self.row in whole.spread(columns_of((), [*days, spec.kind]), beside):
                made.append(self._event(spec, parties))
        finally:
            self.row = whole
        return [event for event in made if event]

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

    def _party_columns(self) -> str:
        """The columns of the map that name parties, as the sheet writes them."""
        columns = [column for of_spec in self.rows.bound.party_columns for column in of_spec]
        shown = [self.row.name(column) for column in dict.fromkeys(columns)]
        return " + ".join(shown) if len(shown) <= MOST_NAMED else f"{shown[0]}..{shown[-1]}"

    def _tell_lost(self, became: Sequence[bool]) -> None:
        """Remark on cells that belong to an act which the row does not tell of, and that nothing else takes."""
        if all(became):
            return
        taken = set(self.rows.bound.taken)
        dropped: dict[str, str] = {}
        for spec, made in zip(self.map.events, became, strict=True):
            asked = self.row.meets(spec.when)
            columns = _columns_of(spec, beside=None if made or not asked else "date")
            if made:
                taken.update(columns)
                continue
            kind = spec.kind.constant or "act"
            why = f"is of an act without a day ({kind}), and goes nowhere; undated = true would take the act"
            if not asked:
                why = "goes nowhere, for no act of the map is asked for in this row"
                columns = columns if self._tried("events", partial(self._has_day, spec)) else []
            for column in columns:
                dropped.setdefault(column, why)
        for column, why in dropped.items():
            if column not in taken:
                self._lost([column], why)

    def _has_day(self, spec: Event) -> bool:
        return first_date_of(spec.dates.get("date", ()), self.row) is not None

    def _lost(self, columns: Sequence[str], why: str) -> None:
        """Remark that what stands in columns of the row goes nowhere."""
        for column in dict.fromkeys(columns):
            if value := self._tried("events", partial(self.row.get, column)):
                self.remarks.append(Remark(self.where, why, self.row.name(column), value))

    def _kind(self, spec: Event, date: str | None) -> str:
        kind = text_of(spec.kind, self.row)
        if kind is None:
            columns = " + ".join(map(self.row.name, spec.kind.columns))
            raise CellError(columns, "", f"is empty, but there is a date, {date}: what happened is not said")
        return kind

    def _relations(self, spec: Relation) -> list[Record]:
        """The relations of a row; a cell with several keys leads to as many agreements."""
        if not self.row.meets(spec.when):
            return []
        kind = text_of(spec.type, self.row)
        if spec.find:
            texts = {column: text_of(text, self.row) or "" for column, text in spec.find.items()}
            columns = columns_of((), spec.find.values())
            found = self.rows.find(spec, texts) if all(texts.values()) else None
            targets = [(found, " ".join(texts.values()))] if all(texts.values()) else []
        else:
            columns = columns_of((), [spec.key] if spec.key else [])
            keys = texts_of(spec.key, self.row) if spec.key else []
            targets = [(key, f"{self.map.name} {key}") for key in keys]
        if targets and kind is None:
            self._lost(columns, "leads to an agreement, but the row does not say how the two are related")
            return []
        title = text_of(spec.title, self.row)
        fields = self._texts("relations", spec.texts) if targets else {}
        return [
            {"type": kind, "target_title": title or called, **({"target": f"key:{key}"} if key else {}), **fields}
            for key, called in targets
        ]

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
