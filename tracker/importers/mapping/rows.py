"""A row of a sheet as a draft of the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from zlib import crc32

from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers.mapping.binding import Bound
from tracker.importers.mapping.parties import parties
from tracker.importers.mapping.specs import Event, Part, Relation
from tracker.importers.mapping.texts import CellError, Cells, first_date, one, several
from tracker.text.names import fold, slug

Record = dict[str, Any]

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
        found, self.twice, self.columns = self._tried(named) or ([], [], {})
        record: Record = {"record": "agreement"}
        if part is None:
            self._fields(record)
        record["parties"] = found
        events = [self._tried(partial(self._event, spec, found)) for spec in self.map.events]
        record["events"] = [event for event in events if event]
        if part is None:
            relations = [self._tried(partial(self._relation, spec)) for spec in self.map.relations]
            record["relations"] = [relation for relation in relations if relation]
            record["sources"] = self._sources(record.pop("sources", []))
            if until := self._tried(partial(first_date, self.map.expires, self.row)):
                record["terms"] = {"duration": {"until": until}}
            key = self._tried(partial(one, self.map.key, self.row)) or self._natural_key(record)
        else:
            key = self._tried(partial(one, part.of, self.row)) or ""
            self.names_owner = " + ".join(map(self.row.name, part.of.columns))
        if part is not None and not key and not self.problems:
            self.problems.append(Problem(self.where, "does not say to which agreement it belongs", None, None))
        origin = {"set": self.map.name, "key": key, "file": self.rows.file, "row": self.number}
        row_key = self._tried(partial(one, self.map.row_key, self.row)) or key
        for event in record["events"]:
            event["origin"] = {**origin, "key": row_key}
        # Of rows that add to one agreement none is its own place; that of the events says where each stands.
        record["origin"] = origin if part is None else {**origin, "row": None}
        return record

    def _part(self) -> Part | None:
        return next((part for part in self.map.parts if self.row.meets(part.when)), None)

    def _fields(self, record: Record) -> None:
        for field, text in self.map.scalars.items():
            value = self._tried(partial(one, text, self.row))
            if value:
                record[field] = value
        for field, texts in self.map.lists.items():
            values = [value for text in texts for value in self._tried(partial(several, text, self.row)) or ()]
            record[field] = list(dict.fromkeys(values))
        said = {
            field: {key: value for key, text in keys.items() if (value := self._tried(partial(one, text, self.row)))}
            for field, keys in self.map.mappings.items()
        }
        if "titles" in said:
            record["titles"] = said["titles"]
        record["identifiers"] = [
            {"scheme": scheme, "value": value} for scheme, value in said.get("identifiers", {}).items()
        ]
        own = {name: self._tried(partial(self.row.get, column)) for column, name in self.rows.bound.own.items()}
        record["extra"] = {**said.get("extra", {}), **{name: value for name, value in own.items() if value}}
        if not record.get("title") and not self.problems:
            columns = [self.row.name(column) for column in self.map.scalars["title"].columns]
            self.problems.append(Problem(self.where, "the agreement has no title", " + ".join(columns) or None, ""))

    def _sources(self, given: list[str]) -> list[Record]:
        """What the record rests on: the set, and addresses or titles in the row, each a source of its own."""
        found: list[Record] = [{"source": self.map.source["id"]}] if self.map.source else []
        for text in given:
            name = slug(text.partition("://")[2].removeprefix("www.") or text)
            mark = f"-{crc32(text.encode()):08x}" if len(name) > LONGEST_NAME or name == "x" else ""
            source = {"id": name[:LONGEST_NAME].strip("-") + mark, "title": text}
            found.append({"source": {**source, "url": text} if "://" in text else source})
        return found

    def _event(self, spec: Event, found: list[Record]) -> Record | None:
        if not self.row.meets(spec.when):
            return None
        date = first_date(spec.dates.get("date", ()), self.row)
        if date is None and not spec.undated:
            return None
        kind = self._kind(spec, date)
        event: Record = {"kind": kind, "date": date}
        event |= {
            field: value
            for field, days in spec.dates.items()
            if field != "date" and (value := first_date(days, self.row))
        }
        event |= {field: value for field, text in spec.texts.items() if (value := one(text, self.row))}
        if kind == "other" and spec.kind.columns and (raw := self.row.get(spec.kind.columns[0])):
            event.setdefault("kind_raw", raw)
        if spec.of_parties:
            event["parties"] = list(dict.fromkeys(party["code"] for party in found))
            if not event["parties"] and not self.problems:
                raise CellError("", "", f"an act of a party ({kind}), but the row names no party")
        for field, texts in spec.lists.items():
            if values := [value for text in texts for value in several(text, self.row)]:
                event[field] = values
        return event

    def _kind(self, spec: Event, date: str | None) -> str:
        kind = one(spec.kind, self.row)
        if kind is None:
            columns = " + ".join(map(self.row.name, spec.kind.columns))
            raise CellError(columns, "", f"is empty, but there is a date, {date}: what happened is not said")
        return kind

    def _relation(self, spec: Relation) -> Record | None:
        if not self.row.meets(spec.when):
            return None
        kind = one(spec.type, self.row)
        if spec.find:
            wanted = {column: one(text, self.row) for column, text in spec.find.items()}
            if not all(wanted.values()) or kind is None:
                return None
            key = self.rows.find(spec, {column: value or "" for column, value in wanted.items()})
            called = " ".join(value or "" for value in wanted.values())
        else:
            key = one(spec.key, self.row)
            if key is None or kind is None:
                return None
            called = f"{self.map.name} {key}"
        item: Record = {"type": kind, "target_title": one(spec.title, self.row) or called}
        if key is not None:
            item["target"] = f"key:{key}"
        item |= {field: value for field, text in spec.texts.items() if (value := one(text, self.row))}
        return item

    def _natural_key(self, record: Record) -> str:
        """What names an agreement in a sheet without identifiers: title, first date and parties."""
        codes = " ".join(sorted(party["code"] for party in record["parties"]))
        date = next((event["date"] for event in record["events"] if event["date"]), "")
        return " | ".join(part for part in (fold(record.get("title", ""))[:200], date, fold(codes)[:200]) if part)

    def _tried(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except CellError as error:
            problem = Problem(self.where, str(error), error.column or None, error.value)
            if problem not in self.problems:
                self.problems.append(problem)
            return None
