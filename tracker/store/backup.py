"""Backups of a store: copies made while others read and write, looked through, and kept by number or age.

SQLite's backup API copies a state between two changes. A backup is one file beside the store,
``<store>.<why>.<time>.backup``; it is given its name when it is whole, checked and on the disk, so that a file of that
name is always a good one. A restore goes through the same API into the store, as one transaction: killed at any moment,
the store is what it was or what the backup is.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tracker.errors import Duplicate, StoreAbsent, StoreDamaged, StoreForeign, StoreProblem, StoreUnwritable
from tracker.read import connection as reading
from tracker.read.failures import store_problem

ENDING = ".backup"
STAMP = "%Y%m%dT%H%M%SZ"

AUTOMATIC_KEPT = 5
"""Backups made before imports, merges and restores that are kept for each of these reasons."""


class Backup(NamedTuple):
    """A backup beside its store: why it was made, and when."""

    path: Path
    why: str
    at: str


def make(store: Path, why: str, target: Path | None = None) -> Path:
    """Copy a store to a new file, beside it or at ``target``, check the copy, and return its path.

    Raises StoreProblems, and Duplicate where ``target`` is there already.
    """
    if not store.exists():
        raise StoreAbsent(f"there is no store at {store}; there is nothing to back up")
    if target is not None and target.exists():
        raise Duplicate(f"there is a file at {target} already; name another one")
    place = target or _beside(store, why)
    aside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.new")
    try:
        with closing(reading.connect(store, "mode=ro")) as source:
            reading.found_revision(source, store)
            _copy(source, aside)
        _refuse_unsound(aside, f"the copy of {store}")
        _flush(aside)
        os.link(aside, place)
        _flush(place.parent)
    except sqlite3.Error as error:
        raise store_problem(error, store) from error
    except FileExistsError:
        raise Duplicate(f"there is a file at {place} already; name another one") from None
    except OSError as error:
        cause = f"cannot write the backup {place}: {error.strerror}"
        raise StoreUnwritable(f"{cause}; name another place with: tracker store backup FILE") from error
    finally:
        with suppress(OSError):
            aside.unlink()
    return place


def automatic(store: Path, why: str) -> Path | None:
    """Make a backup before something that changes much, and let go of old ones of the same reason.

    None where there is nothing yet that could be lost.
    """
    if not store.exists() or not _holds_changes(store):
        return None
    made = make(store, why)
    prune(store, keep=AUTOMATIC_KEPT, why=why)
    return made


def listed(store: Path) -> list[Backup]:
    """Return the backups beside a store, the newest first."""
    found = []
    for path in store.parent.glob(f"{_escaped(store.name)}.*{ENDING}"):
        why, _, stamp = path.name[len(store.name) + 1 : -len(ENDING)].rpartition(".")
        if why:
            found.append(Backup(path, why, stamp))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def prune(store: Path, *, keep: int | None = None, days: int | None = None, why: str | None = None) -> list[Path]:
    """Remove the backups beyond the newest ``keep`` or older than ``days``; return what was removed."""
    oldest = None if days is None else (datetime.now(UTC) - timedelta(days=days)).strftime(STAMP)
    chosen = [backup for backup in listed(store) if why in (None, backup.why)]
    gone = [
        backup.path
        for place, backup in enumerate(chosen)
        if (keep is not None and place >= keep) or (oldest is not None and backup.at < oldest)
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def restore(store: Path, backup: Path) -> Path | None:
    """Let a store hold again what a backup holds; return the backup made of what it held before.

    The backup is checked first. A store that is too damaged to be copied is moved aside instead.
    """
    if not backup.exists():
        raise StoreAbsent(f"there is no backup at {backup}; `tracker store backup --list` shows those beside the store")
    with _named(backup), closing(reading.connect(backup, "mode=ro")) as source:
        reading.refuse_newer(reading.found_revision(source, backup), backup)
    _refuse_unsound(backup, f"the backup {backup}")
    if not store.exists():
        _put_in_place(backup, store)
        return None
    try:
        kept = make(store, "restore")
        with _named(store), closing(reading.connect(store, "mode=rw")) as target:
            reading.found_revision(target, store)
            with closing(reading.connect(backup, "mode=ro")) as source:
                target.execute("PRAGMA synchronous = FULL")
                source.backup(target)
    except (StoreDamaged, StoreForeign):
        kept = _set_aside(store)
        _put_in_place(backup, store)
        return kept
    prune(store, keep=AUTOMATIC_KEPT, why="restore")
    return kept


def _beside(store: Path, why: str) -> Path:
    stamp = datetime.now(UTC).strftime(STAMP)
    place = store.with_name(f"{store.name}.{why}.{stamp}{ENDING}")
    while place.exists():
        place = store.with_name(f"{store.name}.{why}-{secrets.token_hex(2)}.{stamp}{ENDING}")
    return place


def _escaped(name: str) -> str:
    from glob import escape

    return escape(name)


def _copy(source: sqlite3.Connection, aside: Path) -> None:
    """Copy a database to a new file that is complete by itself."""
    with closing(sqlite3.connect(aside, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _refuse_unsound(path: Path, what: str) -> None:
    """Raise StoreDamaged unless SQLite finds a file sound."""
    try:
        with closing(reading.connect(path, "mode=ro")) as copy:
            answer = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        raise StoreDamaged(f"{what} is damaged: {error}; choose another backup") from error
    if answer != "ok":
        raise StoreDamaged(f"{what} is damaged: {answer}; `tracker store check` tells more")


def _holds_changes(store: Path) -> bool:
    with _named(store), closing(reading.connect(store, "mode=ro")) as connection:
        reading.refuse_unfit(connection, store)
        return connection.execute("SELECT 1 FROM change LIMIT 1").fetchone() is not None


def _set_aside(store: Path) -> Path:
    """Move a damaged store away with its journals; return its new place."""
    place = _beside(store, "damaged")
    for ending in ("-wal", "-shm", ""):
        path = store.with_name(store.name + ending)
        if path.exists():
            path.rename(place.with_name(place.name + ending))
    return place


def _put_in_place(backup: Path, store: Path) -> None:
    """Give a checked copy of a backup the name of a store that is not there."""
    aside = store.with_name(f".{store.name}.{secrets.token_hex(4)}.new")
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        with _named(backup), closing(reading.connect(backup, "mode=ro")) as source:
            _copy(source, aside)
        _flush(aside)
        os.link(aside, store)
        _flush(store.parent)
    except FileExistsError:
        raise StoreProblem(f"{store} was made by another process meanwhile; restore again") from None
    except OSError as error:
        raise StoreUnwritable(f"cannot write {store}: {error.strerror}; choose another place") from error
    finally:
        with suppress(OSError):
            aside.unlink()


def _flush(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into StoreProblems that name a file."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_problem(error, path) from error
