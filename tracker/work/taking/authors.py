"""Who is behind what stands in an agreement, or is missing in it: told by the history of the rows."""

import sqlite3
from collections.abc import Callable, Mapping
from json import loads
from typing import NamedTuple

from tracker.record.types import Json
from tracker.store.rows.record_rows import CHILDREN
from tracker.store.schema.triggers import SUFFIX
from tracker.store.write.change import FROM_SETS

MORE = "; "
"""What stands before anything else that is noted of an import."""

DERIVED = frozenset(("span", "own_field"))
"""Tables of an agreement that follow from what is recorded."""


def _whole(cell: Json) -> Json:
    return cell


class Cell(NamedTuple):
    """Where a value is kept: a column of the agreement, or of the row of a table that is named so."""

    column: str
    table: str = "agreement"
    named: Mapping[str, Json] = {}
    within: Callable[[Json], Json] = _whole
    """What is looked at in the cell, where a column holds more than one value."""

    def inside(self, look: Callable[[Json], Json]) -> "Cell":
        """Return the place of a value in the JSON that the column holds; ``look`` finds it there."""
        return self._replace(within=lambda text: look(loads(text)) if isinstance(text, str) else None)


class Past(NamedTuple):
    """What the history tells of a value."""

    given: bool
    """Whether it came by an import from the set as it stands."""
    earlier: list[Json]
    """Other values that the set gave before."""


class Authors:
    """Asks the history of one agreement whether a set's import is behind what stands, or is missing, in it."""

    def __init__(self, connection: sqlite3.Connection, agreement_id: int, name: str | None) -> None:
        self._connection = connection
        self._id = agreement_id
        self.name = name
        self._notes: dict[int, bool] = {}

    def past(self, cell: Cell) -> Past:
        """Tell whether the set gave the value that a cell has now, and what it had given before."""
        spells = self._spells(cell)
        if not spells:
            return Past(given=False, earlier=[])
        return Past(self._is_from_set(spells[0][0]), [value for since, value in spells[1:] if self._is_from_set(since)])

    def gave(self, cell: Cell) -> bool:
        """Whether the set gave the value that a cell has now."""
        return self.past(cell).given

    def someone_removed(self, table: str, values: Mapping[str, Json]) -> bool:
        """Whether a row with these values was there and was taken out by anybody but an import from the set."""
        condition = " AND ".join(f"{column} IS ?" for column in values)
        sql = f"SELECT until FROM {table}{SUFFIX} WHERE agreement_id = ? AND {condition} ORDER BY until DESC LIMIT 1"  # noqa: S608  # names of the schema
        row = self._connection.execute(sql, (self._id, *values.values())).fetchone()
        return row is not None and not self._is_from_set(row[0])

    def someone_dropped(self, cell: Cell) -> bool:
        """Whether what is looked at in a cell stood there, and anybody but the set took it out."""
        spells = self._spells(cell)
        return len(spells) > 1 and not spells[0][1] and not self._is_from_set(spells[0][0])

    def someone_worked(self) -> bool:
        """Whether anybody but the set recorded, changed or took out anything of the agreement."""
        selects = []
        for table in ("agreement", *(name for name in CHILDREN if name not in DERIVED)):
            owner = "id" if table == "agreement" else "agreement_id"
            selects.append(f"SELECT until FROM {table}{SUFFIX} WHERE {owner} = :id")  # noqa: S608  # names of the schema
            selects.append(f"SELECT since FROM {table} WHERE {owner} = :id")  # noqa: S608  # names of the schema
        changes = self._connection.execute(" UNION ".join(selects), {"id": self._id}).fetchall()
        return not all(self._is_from_set(change) for (change,) in changes)

    def _spells(self, cell: Cell) -> list[tuple[int, Json]]:
        """Return the values that a cell held, the newest first, each with the change that set it."""
        owner = "id" if cell.table == "agreement" else "agreement_id"
        where = "".join(f" AND {name} IS ?" for name in cell.named)
        binds = (self._id, *cell.named.values())
        versions = self._connection.execute(
            f"SELECT since, NULL AS until, {cell.column} FROM {cell.table} WHERE {owner} = ?{where} UNION ALL"  # noqa: S608  # names of the schema
            f" SELECT since, until, {cell.column} FROM {cell.table}{SUFFIX} WHERE {owner} = ?{where}"
            " ORDER BY since DESC",
            (*binds, *binds),
        ).fetchall()
        spells: list[tuple[int, Json]] = []
        for since, until, text in versions:
            value = cell.within(text)
            if spells and spells[-1][1] == value and until == spells[-1][0]:
                spells[-1] = since, value
            else:
                spells.append((since, value))
        return spells

    def _is_from_set(self, change: int) -> bool:
        if change not in self._notes:
            row = self._connection.execute("SELECT note FROM change WHERE id = ?", (change,)).fetchone()
            note = (row[0] if row else None) or ""
            named = note.removeprefix(FROM_SETS).partition(MORE)[0].split(", ") if note.startswith(FROM_SETS) else []
            self._notes[change] = self.name in named
        return self._notes[change]
