"""Who said what a stored agreement holds: an import from a set, or a person; told by the history of its rows."""

import sqlite3
from collections.abc import Mapping
from json import loads
from typing import Any

from tracker.store.schema.past import SUFFIX

NOTE = "from "
"""How the log notes the sets from which an import took something."""


class Authors:
    """Asks the history of one agreement whether a set's import is behind what stands, or is missing, in it."""

    def __init__(self, connection: sqlite3.Connection, agreement_id: int, name: str | None) -> None:
        self._connection = connection
        self._id = agreement_id
        self.name = name
        self._notes: dict[int, bool] = {}

    def set_it(self, column: str) -> bool:
        """Whether the value that a column of the agreement has now came by an import from the set."""
        return self._wrote("agreement", column, "id = ?", (self._id,))

    def set_in_row(self, table: str, named: Mapping[str, Any], column: str) -> bool:
        """Whether the value that a column has now, in the row of a table that is named so, came by such an import."""
        where = "".join(f" AND {name} IS ?" for name in named)
        return self._wrote(table, column, f"agreement_id = ?{where}", (self._id, *named.values()))

    def someone_removed(self, table: str, values: Mapping[str, Any]) -> bool:
        """Whether a row with these values was there and was taken out by anybody but an import from the set."""
        said = " AND ".join(f"{column} IS ?" for column in values)
        sql = f"SELECT until FROM {table}{SUFFIX} WHERE agreement_id = ? AND {said} ORDER BY until DESC LIMIT 1"  # noqa: S608  # names of the schema
        row = self._connection.execute(sql, (self._id, *values.values())).fetchone()
        return row is not None and not self._is_from_set(row[0])

    def someone_dropped(self, column: str, item: Any) -> bool:
        """Whether an item stood in a list that is a column of the agreement, and anybody but the set took it out."""
        sql = f"SELECT {column}, until FROM agreement{SUFFIX} WHERE id = ? ORDER BY until DESC"  # noqa: S608  # names of the schema
        for text, until in self._connection.execute(sql, (self._id,)):
            if item in loads(text):
                return not self._is_from_set(until)
        return False

    def _wrote(self, table: str, column: str, where: str, binds: tuple[Any, ...]) -> bool:
        """Go back through the images as long as they hold the value of today: the first of them was written by whom."""
        versions = self._connection.execute(
            f"SELECT since, {column} FROM {table} WHERE {where} UNION ALL"  # noqa: S608  # names of the schema
            f" SELECT since, {column} FROM {table}{SUFFIX} WHERE {where} ORDER BY since DESC",
            (*binds, *binds),
        ).fetchall()
        if not versions:
            return False
        since, now = versions[0]
        for earlier, value in versions[1:]:
            if value != now:
                break
            since = earlier
        return self._is_from_set(since)

    def _is_from_set(self, change: int) -> bool:
        if change not in self._notes:
            row = self._connection.execute("SELECT note FROM change WHERE id = ?", (change,)).fetchone()
            note = (row[0] if row else None) or ""
            sets = note.removeprefix(NOTE).split(", ") if note.startswith(NOTE) else []
            self._notes[change] = self.name in sets
        return self._notes[change]
