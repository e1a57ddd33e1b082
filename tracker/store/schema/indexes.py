"""Indexes that only answers need, put aside while many agreements are written into a store that holds none.

Kept row by row they are nearly half of the time of its INSERTs, in all places of the file at once. Made at its end,
each from rows that were sorted first, they take an eighth of that time. The keys stay, and so do the indexes by which
SQLite looks for the rows that refer to a new one, the rules for what a relation leads to, and an import for the very
same agreement.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.store.schema import triggers

KEPT = frozenset(("ix_relation_target", "ix_relation_type", "ix_agreement_parties"))
"""Indexes that are asked while records are written: by the rules, and of each row of a sheet (``read.lookup``)."""

SORTED = 8 * 1024
"""KiB of rows that are sorted in memory at once, and of pages kept meanwhile; the rest waits in a temporary file."""


@contextmanager
def set_aside(connection: sqlite3.Connection) -> Iterator[Callable[[], None]]:
    """Yield what takes the indexes away, where there is no agreement yet, until the end of the block.

    Inside a transaction nobody else reads without them. Where the block fails, the rollback brings them back.
    """
    taken: dict[str, str] | None = None

    def take() -> None:
        nonlocal taken
        if taken is None:
            is_empty = connection.execute("SELECT 1 FROM agreement LIMIT 1").fetchone() is None
            taken = spared(connection) if is_empty else {}
            for name in taken:
                connection.execute(f"DROP INDEX {name}")

    yield take
    if taken:
        pages = connection.execute("PRAGMA cache_size").fetchone()[0]
        connection.execute(f"PRAGMA cache_size = -{SORTED}")
        for statement in taken.values():
            connection.execute(statement)
        connection.execute(f"PRAGMA cache_size = {pages}")


def spared(connection: sqlite3.Connection) -> dict[str, str]:
    """Return by name the statements of the indexes that no write asks, and that only serve to find agreements."""
    of_keys = {
        (table, row[3])
        for table in triggers.tables(connection)
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
    }
    asked = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
    return {
        name: statement
        for name, table, statement in connection.execute(asked).fetchall()
        if name not in KEPT and (table, _leading(connection, name)) not in of_keys
    }


def _leading(connection: sqlite3.Connection, index: str) -> str:
    """Return the first column of an index."""
    return str(connection.execute(f"PRAGMA index_info({index})").fetchone()[2])
