"""What one change did to the rows of the tables: what they said before it, after it, and what they say now."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import NamedTuple

from tracker.store.rows import statements
from tracker.store.rows.cells import Row
from tracker.store.rows.object_rows import OWNED
from tracker.store.schema.past import SUFFIX
from tracker.store.write import agreements

DERIVED = frozenset(("span", "own_field"))
"""Tables that are made again by the rules instead of being put back."""

OWNERS: Mapping[str, str] = {
    **{table: column for owned in OWNED.values() for table, column in owned},
    **dict(agreements.OWNED),
    "retired_ref": "ref",
    "retired_id": "id",
}
"""The column of each table that names the agreement or object that a row belongs to."""

Key = tuple[object, ...]


class Trace(NamedTuple):
    """One row that a change wrote: None where there was none before, is none after it, or is none now."""

    table: str
    key: Key
    before: Row | None
    after: Row | None
    now: Row | None


class Scope(NamedTuple):
    """Where to look for the rows of a change: the names of what it touched, or everywhere."""

    change: int
    owners: Sequence[object] | None

    def narrowed(self, table: str) -> str:
        """Return the condition that keeps a search to what the change touched."""
        if self.owners is None:
            return ""
        return f" AND {OWNERS[table]} IN (SELECT value FROM json_each(:owners))"

    @property
    def binds(self) -> dict[str, object]:
        """Return what the conditions bind."""
        return {"change": self.change, "owners": dumps(list(self.owners or ()))}


def traces(connection: sqlite3.Connection, scope: Scope, table: str) -> Iterator[Trace]:
    """Yield the rows of a table that a change wrote, except those it inserted which are still as it left them."""
    befores = _found(connection, scope, table, f"{table}{SUFFIX}", "until = :change")
    overwritten = _found(connection, scope, table, f"{table}{SUFFIX}", "since = :change AND until > :change")
    for key in befores | overwritten:
        now = _row(connection, table, key)
        after = overwritten.get(key)
        if after is None and now is not None and now["since"] == scope.change:
            after = now
        yield Trace(table, key, befores.get(key), after, now)


def untouched(table: str, scope: Scope) -> str:
    """Return the condition of the rows that a change inserted and nobody wrote since."""
    key = " AND ".join(f"p.{name} = {table}.{name}" for name in statements.KEYS[table])
    return (
        f"since = :change{scope.narrowed(table)}"
        f" AND NOT EXISTS (SELECT 1 FROM {table}{SUFFIX} AS p WHERE {key} AND p.until = :change)"
    )


def _found(connection: sqlite3.Connection, scope: Scope, table: str, where: str, condition: str) -> dict[Key, Row]:
    cursor = connection.execute(f"SELECT * FROM {where} WHERE {condition}{scope.narrowed(table)}", scope.binds)
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    return {tuple([row[name] for name in statements.KEYS[table]]): row for row in rows}


def _row(connection: sqlite3.Connection, table: str, key: Key) -> Row | None:
    condition = " AND ".join(f"{name} = ?" for name in statements.KEYS[table])
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {condition}", key)
    row = cursor.fetchone()
    return None if row is None else dict(zip([column[0] for column in cursor.description], row, strict=True))
