"""Whose file a store is, and of which revision: told from its header and one row, without Alembic."""

import sqlite3
from pathlib import Path

from tracker.errors import StoreDamaged, StoreForeign, StoreNewer, StoreOutdated
from tracker.read.connection import APPLICATION_ID, REVISION

__all__ = ["APPLICATION_ID", "BUSY_MILLISECONDS", "REVISION", "found", "refuse_newer", "refuse_unfit"]

BUSY_MILLISECONDS = 5000
"""How long a writer waits for another one."""


def found(connection: sqlite3.Connection, path: Path) -> str:
    """Return the revision of a store; raises StoreForeign where the file is not one of ours."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        if path.stat().st_size == 0:
            raise StoreForeign(f"{path} is an empty file, not a store; remove it, and the next write makes the store")
        raise StoreForeign(f"{path} is a database of another program, not a store of tracker; name another file")
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        row = None
    if row is None:
        raise StoreDamaged(f"store {path} does not tell its revision; put a copy of it made earlier in its place")
    return str(row[0])


def refuse_unfit(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreForeign, StoreNewer or StoreOutdated unless the store has the revision of this program."""
    revision = found(connection, path)
    refuse_newer(revision, path)
    if revision < REVISION:
        needed = f"this program needs {REVISION}; run `tracker store migrate`"
        raise StoreOutdated(f"store {path} has revision {revision}, {needed}")


def refuse_newer(revision: str, path: Path) -> None:
    """Raise StoreNewer for a revision that this program does not know."""
    if revision > REVISION:
        known = f"this program knows up to {REVISION}; install a newer tracker"
        raise StoreNewer(f"store {path} has revision {revision}, {known}")
