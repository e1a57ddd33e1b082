"""What an error of sqlite3 means for a person: which file, what happened, what to do next."""

import sqlite3
from pathlib import Path

from tracker.errors import StoreDamaged, StoreLocked, StoreProblem, StoreUnwritable

PRIMARY = 0xFF
"""The lower eight bits of a result code of SQLite are its class (sqlite.org/rescode.html)."""

PASSING = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY}
"""What a reader meets while another process makes or removes the journal, and in a place that cannot be written."""


def code_of(error: sqlite3.Error) -> int:
    """Return the class of the result code, 0 where the module itself raised."""
    return getattr(error, "sqlite_errorcode", 0) & PRIMARY


def is_passing(error: sqlite3.Error) -> bool:
    """Whether trying again, or elsewise, may help."""
    return code_of(error) in PASSING


def store_problem(error: sqlite3.Error, path: Path | None) -> Exception:
    """Return the error to raise instead; a mistake in a statement of ours stays what it is."""
    code = code_of(error)
    store = f"store {path}" if path else "the store"
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreLocked(f"{store} is held by another process; try again when that has ended")
    if code == sqlite3.SQLITE_NOTADB:
        return StoreDamaged(f"{store} is not an SQLite database, or its first page is damaged; name another file, or restore a backup")
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreDamaged(f"{store} is damaged ({error}); run `tracker store check`, or restore a backup with `tracker store restore`")
    if code == sqlite3.SQLITE_FULL:
        return StoreUnwritable(f"{store}: the disk is full; make room and try again")
    if code == sqlite3.SQLITE_READONLY:
        return StoreUnwritable(f"{store} cannot be written ({error}); check the permissions of the file and its folder")
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return StoreProblem(f"{store} cannot be opened ({error}); check the permissions of the file and its folder")
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL}:
        return StoreProblem(f"{store} cannot be read ({error}); check the disk, then run `tracker store check`")
    if str(error).startswith("no such table"):
        return StoreDamaged(f"{store} lacks a part of its schema ({error}); run `tracker store check --fix`")
    return error
