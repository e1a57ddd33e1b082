"""Built-in parties and focus areas, planted in a new store and brought up to date with a migration.

What the user changed is no longer built-in and stays as it is.
"""

import sqlite3

from tracker.record.types import Record
from tracker.store.rows import comparing as changes
from tracker.store.rows import statements
from tracker.store.rows.object_rows import OWNED, shred_object
from tracker.store.schema import builtin

BEFORE_ALL = 0
"""What the program brings is there before the first change, and outside history."""


def plant(connection: sqlite3.Connection) -> None:
    """Write every built-in party and focus area that is missing, and refresh those that are still as shipped."""
    for party in builtin.parties():
        _plant(connection, "party", party, builtin.party_keys(party))
    for area in builtin.focus_areas():
        _plant(connection, "focus_area", area, set())


def _plant(connection: sqlite3.Connection, kind: str, document: Record, keys: set[str]) -> None:
    stored = changes.load(connection, OWNED[kind], document["code"])
    if stored[kind] and not stored[kind][0]["builtin"]:
        return
    expected = shred_object(kind, document, keys)
    expected[kind][0]["builtin"] = True
    plan = changes.compare(stored, expected)
    for (table, key), values in plan.updates.items():  # a row that was edited, and the edit taken back, has a history
        connection.execute(statements.update(table, tuple(values)), (*values.values(), *key))
    plan.updates.clear()
    plan.carry_out(connection, BEFORE_ALL)
