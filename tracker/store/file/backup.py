"""Backups of a store: copies made while others read and write, looked through, and kept by number or age.

SQLite's backup API copies a state between two changes. A backup is one file beside the store,
``<store>.<why>.<time>.backup``; it is given its name when it is whole, on the disk, and every page and row of it is
found sound, so that a file of that name always holds all that was recorded. A restore goes through the same API into
the store, as one transaction: killed at any moment, the store is what it was or what the backup is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tracker import clock
from tracker.errors import (
    Duplicate,
    InvalidValue,
    StoreAbsent,
    StoreDamaged,
    StoreForeign,
    StoreLocked,
    StoreProblem,
    StoreUnwritable,
)
from tracker.files import folders
from tracker.files.aside import beside, flush, give_name
from tracker.read.file import connection as reading
from tracker.read.file.failures import code_of, is_held, store_problem
from tracker.read.file.location import there

ENDING = ".backup"
STAMP = "%Y%m%dT%H%M%S-%fZ"

LAST_YEAR = 9999
"""After it no later instant can be named."""

KIB_OF_PAGES = 64 * 1024
"""Pages that are kept in mind while each row is looked up in each index."""

AUTOMATIC_KEPT = 5
"""Backups made before imports, merges and restores that are kept for each of these reasons."""


class Backup(NamedTuple):
    """A backup beside its store: why it was made, and when."""

    path: Path
    why: str
    at: str


class Fit(NamedTuple):
    """What is known of a backup that can be taken back."""

    revision: str
    indexes: str | None
    """What SQLite finds of indexes that do not hold what the rows say; None: nothing."""


class Restored(NamedTuple):
    """What a restore did: the backup of what the store held before (None: nothing), and what was taken back."""

    kept: Path | None
    backup: Fit


def make(store: Path, why: str, target: Path | None = None) -> Path:
    """Copy a store to a new file, beside it or at ``target``, check the copy, and return its path.

    Raises StoreProblems, and Duplicate where ``target`` is there already.
    """
    if not there(store):
        raise StoreAbsent(f"there is no store at {store}; there is nothing to back up")
    if target is not None and target.exists():
        raise Duplicate(f"there is a file at {target} already; name another one")
    place = target or _beside(store, why)
    try:
        with beside(place, store) as aside:
            with closing(reading.connect(store, "mode=ro")) as source:
                reading.found_revision(source, store)
                _copy(source, aside, store)
            _refuse_unsound(aside, f"the copy of {store}")
            flush(aside)
            while not give_name(aside, place, reading.BUSY_SECONDS):
                if target is not None:
                    raise Duplicate(f"there is a file at {place} already; name another one")
                place = _beside(store, why)  # another process made one for the same reason at the same instant
    except sqlite3.Error as error:
        raise store_problem(error, store) from error
    except OSError as error:
        cause = f"cannot write the backup {place}: {error.strerror}"
        raise StoreUnwritable(f"{cause}; name another place with: tracker store backup FILE") from error
    return place


@contextmanager
def automatic(store: Path, why: str, *, dry_run: bool = False) -> Iterator[Path | None]:
    """Yield a backup made before something that changes much; old ones of the same reason go when that is done.

    The last one of that reason will do where nothing was changed since. Where nothing is changed in the end, because
    what was to be done failed, the backups are those that were there before. None where there is nothing yet that
    could be lost, and for a dry run.
    """
    last = _last_change(store) if not dry_run and there(store) else None
    if last is None:
        yield None
        return
    former = next((backup for backup in listed(store) if backup.why == why), None)
    made = None if former is not None and _holds(former.path, last) else make(store, why)
    try:
        yield made or (former.path if former else None)
    except BaseException:
        if made is not None and _holds(store, last):
            made.unlink(missing_ok=True)
        raise
    if made is not None:
        prune(store, keep=AUTOMATIC_KEPT, why=why, spared=made)


def _holds(store: Path, last: tuple[int, str]) -> bool:
    """Whether a change is the last one of a store, or of a backup that can be read."""
    with suppress(StoreProblem):
        return _last_change(store) == last
    return False


def listed(store: Path) -> list[Backup]:
    """Return the backups beside a store, the newest first."""
    backups = []
    for path in store.parent.glob(f"{_escaped(store.name)}.*{ENDING}"):
        why, _, stamp = path.name[len(store.name) + 1 : -len(ENDING)].rpartition(".")
        if why and "." not in why:
            backups.append(Backup(path, why, stamp))
    return sorted(backups, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def prune(
    store: Path,
    *,
    keep: int | None = None,
    days: int | None = None,
    why: str | None = None,
    spared: Path | None = None,
) -> list[Path]:
    """Remove the backups beyond the newest ``keep`` or older than ``days``; return what was removed.

    ``spared`` is the one that was just made: it is the newest, whatever the clock said when the others were named.
    """
    oldest = None if days is None else (clock.now() - timedelta(days=days)).strftime(STAMP)
    chosen = [backup for backup in listed(store) if why in (None, backup.why)]
    chosen.sort(key=lambda backup: backup.path != spared)
    gone = [
        backup.path
        for position, backup in enumerate(chosen)
        if backup.path != spared
        and ((keep is not None and position >= keep) or (oldest is not None and backup.at < oldest))
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def refuse_unfit(backup: Path) -> Fit:
    """Look through a backup; raises StoreProblems unless it is a store that this program knows, with all rows sound."""
    if not there(backup):
        raise StoreAbsent(f"there is no backup at {backup}; `tracker store backup --list` shows those beside the store")
    with _named(backup), closing(reading.connect(backup, "mode=ro")) as source:
        revision = reading.found_revision(source, backup)
        reading.refuse_newer(revision, backup)
    return Fit(revision, _look_through(backup, f"the backup {backup}"))


def restore(store: Path, backup: Path) -> Restored:
    """Let a store hold again what a backup holds, after a backup of what it holds now.

    A store that is too damaged to be copied is set aside as it is. Raises StoreProblems, StoreForeign also where a
    sound database of another program lies in that place, and InvalidValue where the backup is the store itself.
    """
    fit = refuse_unfit(backup)
    if not there(store):
        _put_in_place(backup, store, None)
        return Restored(None, fit)
    if backup.samefile(store):
        raise InvalidValue(f"{backup} is the store itself; `tracker store backup --list` shows its backups")
    try:
        kept = make(store, "restore")
        with _named(store), closing(reading.connect(store, "mode=rw")) as target:
            reading.found_revision(target, store)
            with closing(reading.connect(backup, "mode=ro")) as source:
                target.execute("PRAGMA synchronous = FULL")
                _transfer(source, target, store)
    except (StoreDamaged, StoreForeign):
        if _is_of_another_program(store):
            raise
        kept = _beside(store, "damaged")
        _put_in_place(backup, store, kept)
        return Restored(kept, fit)
    prune(store, keep=AUTOMATIC_KEPT, why="restore", spared=kept)
    return Restored(kept, fit)


def _beside(store: Path, why: str) -> Path:
    """Return the name for a backup of now, or of the instant after the last one where the clock was set back."""
    last = [moment + timedelta(microseconds=1) for moment in _moments(store, why) if moment.year < LAST_YEAR]
    instant = max([clock.now(), *last])
    return store.with_name(f"{store.name}.{why}.{instant.strftime(STAMP)}{ENDING}")


def _moments(store: Path, why: str) -> Iterator[datetime]:
    """Yield when the backups of a reason were made."""
    for backup in listed(store):
        if backup.why == why:
            with suppress(ValueError):  # a file that somebody named by hand
                yield datetime.strptime(backup.at, STAMP).replace(tzinfo=UTC)


def _escaped(name: str) -> str:
    from glob import escape

    return escape(name)


def _copy(source: sqlite3.Connection, aside: Path, store: Path) -> None:
    """Copy a database to a new file that is complete by itself."""
    with closing(sqlite3.connect(aside, isolation_level=None)) as copy:
        _transfer(source, copy, store)
        copy.execute("PRAGMA journal_mode = DELETE")


def _transfer(source: sqlite3.Connection, target: sqlite3.Connection, store: Path) -> None:
    """Copy in one step; raises StoreLocked where another process holds the store, for Python would try for ever."""

    def refuse_held(status: int, _remaining: int, _pages: int) -> None:
        if is_held(status):
            raise StoreLocked(f"store {store} is held by another process; try again when that has ended")

    source.backup(target, progress=refuse_held)


def _refuse_unsound(path: Path, what: str) -> None:
    """Raise StoreDamaged unless SQLite finds every page and every row of a file sound.

    Whether indexes hold what their rows say is not asked: they are made from these, ``store check`` and a restore look
    at them, and to look each row up in each index costs a large store much more than all else, and ever more a row.
    """
    answer = _found(path, what, "quick_check")
    if answer != "ok":
        raise StoreDamaged(f"{what} is damaged: {answer}; `tracker store check` tells more")


def _look_through(path: Path, what: str) -> str | None:
    """Return what SQLite finds wrong with indexes, None where all is sound; raises StoreDamaged where more is wrong."""
    answer = _found(path, what, "integrity_check")
    if answer == "ok":
        return None
    _refuse_unsound(path, what)
    return answer


def _found(path: Path, what: str, check: str) -> str:
    """Return what a check of SQLite finds first."""
    try:
        with closing(reading.connect(path, "mode=ro")) as copy:
            if check == "integrity_check":
                copy.execute(f"PRAGMA cache_size = -{KIB_OF_PAGES}")
            return str(copy.execute(f"PRAGMA {check}(1)").fetchone()[0])
    except sqlite3.Error as error:
        raise StoreDamaged(f"{what} is damaged: {error}; choose another backup") from error


def _last_change(store: Path) -> tuple[int, str] | None:
    """Return the number and instant of the last change of a store; None where there was none."""
    with _named(store), closing(reading.connect(store, "mode=ro")) as connection:
        reading.refuse_unfit(connection, store)
        row: tuple[int, str] | None = connection.execute(
            "SELECT id, at FROM change ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return row


def _is_of_another_program(store: Path) -> bool:
    """Whether a file is a sound database with content, and no store."""
    try:
        with closing(reading.connect(store, "mode=ro")) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == reading.APPLICATION_ID
            content = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        return is_held(code_of(error))
    return bool(not ours and content and sound)


def _set_aside(store: Path, kept: Path) -> None:
    """Give a damaged store a further name; its journals go there, for they must not be read into what takes its place.

    Where the file system has no hard links, the store itself goes.
    """
    for ending in ("-wal", "-shm"):
        journal = store.with_name(store.name + ending)
        if journal.exists():
            journal.rename(kept.with_name(kept.name + ending))
    try:
        kept.hardlink_to(store)
    except OSError:
        store.rename(kept)


def _put_in_place(backup: Path, store: Path, kept: Path | None) -> None:
    """Give a checked copy of a backup the name of a store: of none, or of one that stays as ``kept``."""
    try:
        folders.make(store.parent)
        with beside(store, kept and store) as aside:
            with _named(backup), closing(reading.connect(backup, "mode=ro")) as source:
                _copy(source, aside, backup)
            flush(aside)
            if kept is not None:
                _set_aside(store, kept)
                aside.replace(store)
                flush(store.parent)
            elif not give_name(aside, store, reading.BUSY_SECONDS):
                raise StoreProblem(f"{store} was made by another process meanwhile; restore again")
    except OSError as error:
        raise StoreUnwritable(f"cannot write {store}: {error.strerror}; choose another place") from error


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into StoreProblems that name a file."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_problem(error, path) from error
