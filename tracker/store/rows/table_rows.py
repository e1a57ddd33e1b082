"""Rows of tables: their cells, the SQL text that writes one, and what differs between rows.

The tables are those of ``store/schema/tables.py``; a test holds ``KEYS`` and the rows against it. A write does not
import the schema itself, for SQLModel and SQLAlchemy cost more CPU time than all the rest of a command (measured: 370
of 530 ms).

Rows as they are are held against rows as they should be: only what differs is written, so that history holds real
changes.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter

from tracker.dates import edtf
from tracker.record.types import Field, Json, Record, Shape, Type

Document = Mapping[str, Json]
Row = Record
Rows = dict[str, list[Row]]
Cells = tuple[Json, ...]
"""The cells of a row in the order of its columns."""

Tables = dict[str, list[Cells]]
"""Rows as cells, by table."""

Converter = Callable[[Json], Json]

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

_BLANK = {"list": "[]", "mapping": "{}"}
"""The cell of a list or mapping that holds nothing; of any other value that is not there it is NULL."""

_CHILD = "agreement_id"

KEYS: dict[str, tuple[str, ...]] = {
    "retired_ref": ("ref",),
    "retired_id": ("kind", "id"),
    "party": ("code",),
    "party_member": ("organisation", "position"),
    "party_key": ("folded", "code"),
    "person": ("id",),
    "person_key": ("folded", "person_id"),
    "focus_area": ("code",),
    "source": ("id",),
    "family": ("id",),
    "family_source": ("family_id", "position"),
    "agreement": ("id",),
    "participation": (_CHILD, "position"),
    "evidence": (_CHILD, "number"),
    "binding_view": (_CHILD, "position"),
    "signatory": (_CHILD, "number"),
    "agreement_focus": (_CHILD, "code"),
    "membership": (_CHILD, "family_id"),
    "event": (_CHILD, "number"),
    "event_party": (_CHILD, "number", "position"),
    "own_field": (_CHILD, "name"),
    "relation": (_CHILD, "position"),
    "identifier": (_CHILD, "scheme", "value"),
    "depositary": (_CHILD, "position"),
    "claim": (_CHILD, "number"),
    "citation": (_CHILD, "owner", "position"),
    "span": (_CHILD, "party", "position"),
}
"""The tables that documents are taken apart into, each with its primary key."""

_OWNER = itemgetter(0)
INDIFFERENT = frozenset(("builtin", "revision", "since"))
"""Columns that do not make a row different: they are set along with what does."""


class Form:
    """How the objects of a shape become rows of its table."""

    def __init__(self, shape: Shape) -> None:
        stored = [field for field in shape.fields if field.stored_as]
        dated = [field for field in stored if field.bounds]
        self.shape = shape
        self.columns = (
            *[field.stored_as for field in stored],
            *[f"{field.bounds}_{end}" for field in dated for end in ("earliest", "latest", "uncertain")],
        )
        self._values = itemgetter(*[field.key for field in stored])
        self._converters = [
            (at, made, _BLANK.get(field.type.many))
            for at, field in enumerate(stored)
            if (made := _converter(field)) and field.type.kind != "any"
        ]
        self._anything = [at for at, field in enumerate(stored) if field.type.kind == "any" and not field.type.many]
        self._dates = [stored.index(field) for field in dated]

    def cells(self, item: Document) -> list[Json]:
        """Return the cells of one object in the order of ``columns``."""
        cells = list(self._values(item))
        for at, converter, blank in self._converters:
            value = cells[at]
            cells[at] = converter(value) if value else blank
        for at in self._anything:
            cells[at] = encode(cells[at])
        for at in self._dates:
            cells += edtf.bounds(cells[at])
        return cells

    def writes(self, column: str) -> Converter | None:
        """Return what makes the cell of a column of a value; None where the value is the cell."""
        place = self.columns.index(column)
        for at, converter, blank in self._converters:
            if at == place:
                return lambda value: converter(value) if value else blank
        return encode if place in self._anything else None

    def row(self, item: Document) -> Row:
        """Return the same by column."""
        return dict(zip(self.columns, self.cells(item), strict=True))


@dataclass(slots=True)
class Plan:
    """What has to be written to turn the stored rows of one owner into the wanted ones; false if nothing."""

    deletions: list[tuple[str, tuple[Json, ...]]] = field(default_factory=list)
    updates: dict[tuple[str, tuple[Json, ...]], Row] = field(default_factory=dict)
    insertions: list[tuple[str, Row]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.deletions or self.updates or self.insertions)

    def also(self, table: str, key: tuple[Json, ...], values: Row) -> None:
        """Set further columns of a row, in the same statement as what else changes in it."""
        self.updates.setdefault((table, key), {}).update(values)

    def carry_out(self, connection: sqlite3.Connection, since: int) -> None:
        """Write as change ``since``; deletions first, so that a unique value may move from one row to another."""
        for table, key in self.deletions:
            connection.execute(delete(table), key)
        for (table, key), values in self.updates.items():
            sql = update(table, (*values, "since"))
            connection.execute(sql, (*values.values(), since, *key))
        for table, row in self.insertions:
            connection.execute(insert(table, (*row, "since")), (*row.values(), since))


def number(item_id: str) -> int:
    """Return the number of an item id: 12 for ``e12``."""
    return int(item_id[1:])


def _converter(field: Field) -> Converter | None:
    """What turns a value into a cell; None where it is one."""
    if field.type.many == "list":
        return _sorted_text if field.ordered else encode
    if field.type.many:
        return _encode_sorted
    return {"object": _object_text(field.type), "any": encode, "item": number}.get(field.type.kind)


def _sorted_text(values: Sequence[Json]) -> str:
    return encode(sorted(values))


def _object_text(type_: Type) -> Converter:
    """Compact JSON of an object without its sources, which are citations; of one that is always there ``{}``."""

    def text(value: Json) -> str:
        if type_.whole and not any(value.values()):
            return "{}"
        return encode(_unsourced(type_, value))

    return text


def _unsourced(type_: Type, value: Json) -> Json:
    if isinstance(value, list):
        return [_unsourced(type_, item) for item in value]
    if type_.shape is None or not isinstance(value, dict):
        return value
    return {
        field.key: _unsourced(field.type, value[field.key]) for field in type_.shape.fields if field.cell != "citations"
    }


@cache
def insert(table: str, columns: tuple[str, ...]) -> str:
    """Return the INSERT of rows with these columns."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"


def insert_since(table: str, columns: tuple[str, ...], since: int) -> str:
    """Return the INSERT of many rows that hold since one change: its number stands in the text, not in each row."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}, since) VALUES ({places}, {since:d})"


@cache
def update(table: str, columns: tuple[str, ...]) -> str:
    """Return the UPDATE of these columns of one row; the values of the key follow theirs."""
    changed = ", ".join(f"{column} = ?" for column in columns)
    return f"UPDATE {table} SET {changed} WHERE {_where(table)}"


@cache
def delete(table: str) -> str:
    """Return the DELETE of one row by its key."""
    return f"DELETE FROM {table} WHERE {_where(table)}"


def _where(table: str) -> str:
    return " AND ".join(f"{column} = ?" for column in KEYS[table])


def insert_row(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]], since: int) -> None:
    """Insert new rows of any tables as what holds since a change."""
    for table, some in rows.items():
        if some:
            insert_cells(connection, table, tuple(some[0]), [tuple(row.values()) for row in some], since)


def insert_cells(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], cells: Iterable[tuple[Json, ...]], since: int
) -> None:
    """Insert new rows of one table, given as cells in the order of the columns, as what holds since a change."""
    connection.executemany(insert_since(table, columns, since), cells)


def load(connection: sqlite3.Connection, owners: Iterable[tuple[str, str]], owner: object) -> Rows:
    """Return the rows of one owner; ``owners`` are tables with the column that names their owner."""
    return {
        table: _rows(connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (owner,)))
        for table, column in owners
    }


def spelt(connection: sqlite3.Connection, owned: tuple[str, str], owner: str, spellings: Iterable[str]) -> list[Row]:
    """Return the rows of these folded spellings that are those of one owner, whom a column names."""
    table, column = owned
    sql = f"SELECT * FROM {table} WHERE folded IN (SELECT value FROM json_each(?)) AND {column} = ?"
    return _rows(connection.execute(sql, (encode(sorted(spellings)), owner)))


def _rows(cursor: sqlite3.Cursor) -> list[Row]:
    columns = [description[0] for description in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def held(connection: sqlite3.Connection, columns: Mapping[str, Sequence[str]], owners: str) -> dict[Json, Tables]:
    """Return what several owners, in a JSON list, hold in tables: the cells of these columns in the order of the keys.

    The first column of each table names the owner.
    """
    found: dict[Json, Tables] = {}
    for table, named in columns.items():
        cursor = connection.cursor()
        cursor.row_factory = None
        chosen = f"WHERE {named[0]} IN (SELECT value FROM json_each(?)) ORDER BY {', '.join(KEYS[table])}"
        rows = cursor.execute(f"SELECT {', '.join(named)} FROM {table} {chosen}", (owners,))
        for owner, some in groupby(rows, key=_OWNER):
            found.setdefault(owner, {})[table] = list(some)
    return found


def compare(old: Rows, new: Rows) -> Plan:
    """Return what differs between the rows of one owner as they are and as they should be."""
    plan = Plan()
    for table in {**old, **new}:
        key_columns = KEYS[table]
        before = {tuple([row[column] for column in key_columns]): row for row in old.get(table, ())}
        for row in new.get(table, ()):
            key = tuple([row[column] for column in key_columns])
            was = before.pop(key, None)
            if was is None:
                plan.insertions.append((table, row))
                continue
            changed = {name: value for name, value in row.items() if was[name] != value and name not in INDIFFERENT}
            if changed:
                plan.updates[table, key] = changed
        plan.deletions.extend((table, key) for key in before)
    return plan
