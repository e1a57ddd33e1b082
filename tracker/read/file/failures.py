"""What an error of sqlite3 means for a person: which file, what happened, what to do next."""

import os
import sqlite3
from pathlib import Path

from tracker.errors import StoreDamaged, StoreLocked, StoreProblem, StoreUnwritable

PRIMARY = 0xFF
"""The lower eight bits of a result code of SQLite are its class (sqlite.org/rescode.html)."""

PASSING = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY}
"""What a reader meets while another process makes or removes the journal, and in a place that cannot be written."""

HELD = (StoreLocked, "is held by another process; try again when that has ended")
CLOSED = (StoreProblem, "cannot be opened ({error}); check the permissions of the file and its folder")
UNREADABLE = (StoreProblem, "cannot be read ({error}); check the disk")

MEANINGS: dict[int, tuple[type[StoreProblem], str]] = {
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_NOTADB: (
        StoreDamaged,
        "is not an SQLite database, or its first page is damaged; name another file, or restore a backup",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamaged,
        "is damaged ({error}); restore a backup: tracker store restore FILE",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreUnwritable,
        "cannot be written ({error}); check the permissions of the file and its folder",
    ),
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_AUTH: CLOSED,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_PROTOCOL: UNREADABLE,
}
"""Error and predicate by class of result code."""


NO_ROOM = frozenset(("SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMOPEN"))
"""A reader's share of the journal could not be made: the disk is full."""

NOT_WRITTEN = NO_ROOM | {
    *("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_IOERR_TRUNCATE"),
}

TEMPORARY = ("/var/tmp", "/usr/tmp", "/tmp")  # noqa: S108  # named here, not written to
"""Where SQLite puts temporary files, where SQLITE_TMPDIR and TMPDIR name no folder (sqlite.org/tempfiles.html)."""

MISUSES = {
    "Cannot operate on a closed": "is closed; use the register inside its `with`, or open it again",
    "SQLite objects created in a thread": "is used from another thread than opened it; open it once in each thread",
}
"""How messages begin of what a Python program does with a register that it has let go, or that is another thread's."""

DAMAGED = ("Could not decode to UTF-8", "malformed JSON", "unsupported file format")
"""How messages begin that say the same without a code of their own."""


def has_no_room(error: sqlite3.Error) -> bool:
    """Whether a store could not be opened for want of room beside it."""
    return getattr(error, "sqlite_errorname", "") in NO_ROOM


def code_of(error: sqlite3.Error) -> int:
    """Return the class of the result code, 0 where the module itself raised."""
    return int(getattr(error, "sqlite_errorcode", 0)) & PRIMARY


def is_held(code: int) -> bool:
    """Whether the class of a result code says that another process holds the store."""
    return MEANINGS.get(code) is HELD


def is_passing(error: sqlite3.Error) -> bool:
    """Whether trying again, or elsewise, may help."""
    return code_of(error) in PASSING


def store_problem(error: sqlite3.Error, path: Path | None) -> Exception:
    """Return the error to raise instead; a mistake in a statement of ours stays what it is."""
    store = f"store {path}" if path else "the store"
    if isinstance(error, sqlite3.ProgrammingError):
        for beginning, text in MISUSES.items():
            if str(error).startswith(beginning):
                return StoreProblem(f"{store} {text}")
    if problem_of_room := _room(error, store, path):
        return problem_of_room
    if str(error).startswith(DAMAGED):
        return StoreDamaged(f"{store} is damaged ({error}); restore a backup: tracker store restore FILE")
    meaning = MEANINGS.get(code_of(error))
    if meaning:
        problem, text = meaning
        return problem(f"{store} {text.format(error=error)}")
    if str(error).startswith("no such table"):
        return StoreDamaged(
            f"{store} lacks a part of its schema ({error}); restore a backup: tracker store restore FILE"
        )
    return error


def _room(error: sqlite3.Error, store: str, path: Path | None) -> StoreProblem | None:
    """Return the error to raise where a disk is full or a file cannot be made on it."""
    if code_of(error) == sqlite3.SQLITE_FULL:
        return StoreUnwritable(f"{store} cannot grow: {_full(path)}")
    if code_of(error) == sqlite3.SQLITE_IOERR and temporary_folder() is None:
        cause = f"{', '.join(TEMPORARY)} and the present folder cannot be written ({error})"
        return StoreUnwritable(f"{store}: no temporary file can be made: {cause}; name a folder that can in TMPDIR")
    if getattr(error, "sqlite_errorname", "") in NOT_WRITTEN:
        return StoreUnwritable(f"{store} cannot be written ({error}); check that the disk has room")
    return None


def temporary_folder() -> Path | None:
    """Return the folder in which SQLite makes temporary files, for rows that are sorted and others; None: in none."""
    named = filter(None, (os.environ.get("SQLITE_TMPDIR"), os.environ.get("TMPDIR")))
    places = [Path(place) for place in (*named, *TEMPORARY, ".")]
    return next((place for place in places if place.is_dir() and os.access(place, os.W_OK | os.X_OK)), None)


def _full(path: Path | None) -> str:
    """Say which disk is full; SQLite does not tell that of the store from that of temporary files."""
    temporary = temporary_folder()
    if path is None or temporary is None or _device(path.absolute().parent) == _device(temporary):
        return "the disk is full; make room and try again"
    cause = f"its disk is full, or that of temporary files in {temporary.absolute()}"
    return f"{cause}; make room, or name another folder for these in TMPDIR, and try again"


def _device(folder: Path) -> int | None:
    return folder.stat().st_dev if folder.is_dir() else None
