"""Making a store, and bringing an older one to the present schema.

Alembic runs on a connection of ours, in a transaction of ours: SQLite's DDL is atomic only if nobody commits in
between, and batch mode rebuilds tables, which would delete the children while foreign keys are on. Views and triggers
are code, not history: dropped before the steps and made again after them.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import StoreAbsent, StoreDamaged, StoreLocked, StoreProblem, StoreUnwritable
from tracker.files import folders
from tracker.files.aside import beside, clear, flush, give_name
from tracker.read.file import connection as reading
from tracker.read.file.failures import store_problem
from tracker.read.file.location import there
from tracker.read.file.schema import folder
from tracker.store.file import backup
from tracker.store.schema import builtin, triggers, views
from tracker.store.write import derivation

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISION = reading.REVISION
"""The revision that this program writes; the head of the migrations."""

FIRST = "first-"
"""How the file of a first write is marked."""

PAUSE = 0.02
"""Seconds between two tries to be the one that makes a store."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a store: its revision (None where it is absent) beside the program's."""

    path: Path
    revision: str | None
    wanted: str = REVISION

    @property
    def state(self) -> str:
        """``absent``, ``current``, ``outdated`` or ``newer``."""
        if self.revision is None:
            return "absent"
        if self.revision == self.wanted:
            return "current"
        return "newer" if self.revision > self.wanted else "outdated"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What a migration did: the revisions before and after, and the backup made before it (None: there was no step)."""

    before: str
    after: str
    backup: Path | None
    left_out: tuple[str, ...] = ()
    """Views of the user's own that could not be made again."""


def status(path: Path) -> Status:
    """Return the revision of a store; raises StoreForeign, StoreDamaged, StoreLocked where that cannot be told."""
    if not there(path):
        return Status(path, None)
    with _errors_named(path), closing(reading.connect(path, "mode=ro")) as connection:
        return Status(path, reading.found_revision(connection, path))


def initialise(path: Path) -> bool:
    """Make a store with its built-in parties and focus areas; tells whether this call made it.

    It is built aside and linked into place, so that of two processes one wins and both use the same store, and a kill
    at any moment leaves a whole store or none. Raises StoreUnwritable.
    """
    reading.refuse_old_sqlite()
    place = Path(os.path.realpath(path))
    with _new_file(path, place) as aside:
        return give_name(aside, place, reading.BUSY_SECONDS)


@contextmanager
def first_write(path: Path) -> Iterator[Path]:
    """Yield a new store beside its place, and give it its name at the end: a first write that fails leaves nothing.

    One process at a time does so; those that waited find the store there, and write to it. Raises StoreLocked.
    """
    reading.refuse_old_sqlite()
    place = Path(os.path.realpath(path))
    with _alone(path, place):
        if there(place):
            yield place
            return
        with _new_file(path, place, FIRST) as aside:
            yield aside
            if not give_name(aside, place, reading.BUSY_SECONDS):
                text = f"another process made {path} at this moment; nothing was written"
                raise StoreLocked(f"{text}, run the command again")


@contextmanager
def _alone(path: Path, place: Path) -> Iterator[None]:
    """Be the only process that makes a store at a place; the system lets go of the lock of one that is killed."""
    lock = place.with_name(f".{place.name}.first")
    try:
        folders.make(lock.parent)
        handle = _locked(place, lock)
    except OSError as error:
        cause = f"cannot make a store at {path}: {error.strerror}"
        raise StoreUnwritable(f"{cause}; name another place with --store") from error
    if handle is None:
        text = f"store {path} is being made by another process"
        raise StoreLocked(f"{text}; try again when that has ended")
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)


def _locked(place: Path, lock: Path) -> int | None:
    """Return a handle of a lock file that this process alone holds; None where it waited for another one in vain.

    Whoever holds the file removes it at the end: the lock on one that has gone keeps nobody out. What killed processes
    left of a new store goes.
    """
    from fcntl import LOCK_EX, LOCK_NB, flock

    last = time.monotonic() + reading.BUSY_SECONDS
    while True:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o666)
        try:
            flock(handle, LOCK_EX | LOCK_NB)
            if os.path.samestat(os.fstat(handle), lock.stat()):
                clear(place, FIRST)
                return handle
        except (BlockingIOError, FileNotFoundError):
            pass
        except OSError:  # a file system without locks: giving the finished file its name decides
            return handle
        os.close(handle)
        if time.monotonic() > last:
            return None
        time.sleep(PAUSE)


@contextmanager
def _new_file(path: Path, place: Path, mark: str = "") -> Iterator[Path]:
    """Yield a file beside ``place`` with a whole new store in it; it is gone at the end."""
    try:
        folders.make(place.parent)
        with beside(place, mark=mark) as aside:
            _write_new(aside)
            yield aside
    except sqlite3.Error as error:
        raise store_problem(error, path) from error
    except OSError as error:
        cause = f"cannot make a store at {path}: {error.strerror}"
        raise StoreUnwritable(f"{cause}; name another place with --store") from error


def upgrade(path: Path) -> Upgrade:
    """Bring a store to the present revision in one transaction, after a backup beside it; raises StoreProblems.

    Whatever goes wrong, the store is as before, and the backup stays.
    """
    if not there(path):
        raise StoreAbsent(f"there is no store at {path}; check the path, or make one with `tracker store init`")
    with _errors_named(path), closing(reading.connect(path, "mode=rw")) as connection:
        before = reading.found_revision(connection, path)
        reading.refuse_newer(before, path)
        if before == REVISION:
            return Upgrade(before, before, None)
        made = backup.make(path, before)
        left_out = _migrate(connection, path)
        return Upgrade(before, REVISION, made, left_out)


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise store_problem(error, path) from error


def _write_new(aside: Path) -> None:
    """Write a whole new store to a file: made in memory, copied, and on the disk when this returns."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        _migrate(memory, aside)
        with closing(sqlite3.connect(aside, isolation_level=None)) as file:
            memory.backup(file)
            file.execute("PRAGMA journal_mode = WAL")
    flush(aside)


def _migrate(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """Run all steps, views and seeds in one transaction on a connection that is in autocommit mode."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as alchemy:  # before our BEGIN: the dialect's first look at a connection ends with a rollback
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            own = views.drop(connection)
            _run_steps(alchemy)
            views.create(connection)
            left_out = views.recreate(connection, own)
            connection.execute(f"PRAGMA application_id = {reading.APPLICATION_ID}")
            builtin.plant(connection)
            derivation.complete(connection, path)
            triggers.create(connection)
            _refuse_broken(connection, path)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise
    return left_out


def _run_steps(alchemy: "Connection") -> None:
    """Let Alembic bring the schema to its head on this connection, without beginning or ending anything itself."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    config.attributes["connection"] = alchemy
    alchemy.begin()
    command.upgrade(config, "head")


def _refuse_broken(connection: sqlite3.Connection, path: Path) -> None:
    """Raise a StoreProblem where the steps broke a foreign key, or ended the transaction around them."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        where = f"a row of {broken[0]} refers to nothing in {broken[2]}"
        raise StoreDamaged(f"store {path}: {where}; restore a backup: tracker store restore FILE")
    if not connection.in_transaction:
        raise StoreProblem(f"store {path}: a step of the migration ended the transaction; restore the backup")
