"""Making a store, and bringing an older one to the present schema.

Alembic runs on a connection of ours, in a transaction of ours: SQLite's DDL is atomic only if nobody commits in
between, and batch mode rebuilds tables, which would delete the children while foreign keys are on. Views and triggers
are code, not history: dropped before the steps and made again after them.
"""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import StoreAbsent, StoreDamaged, StoreProblem, StoreUnwritable
from tracker.read import connection as reading
from tracker.read.failures import store_problem
from tracker.store import derivation, seeds, triggers

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISION = reading.REVISION
"""The revision that this program writes; the head of the migrations."""

VIEWS = Path(__file__).with_name("views.sql")

PACKAGED = Path(__file__).parents[1] / "migrations"
"""Where the migrations lie in an installed wheel."""

CHECKOUT = Path(__file__).parents[2] / "migrations"
"""Where they lie in a checkout."""

PAUSE = 0.02
"""Seconds between two tries to be the one that gives a new store its name."""


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
    if not path.exists():
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
    aside = place.with_name(f".{place.name}.{secrets.token_hex(6)}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_new(aside)
        made = _link(aside, place)
    except sqlite3.Error as error:
        raise store_problem(error, path) from error
    except OSError as error:
        cause = f"cannot make a store at {path}: {error.strerror}"
        raise StoreUnwritable(f"{cause}; name another place with --store") from error
    finally:
        with suppress(OSError):
            aside.unlink()
    return made


def upgrade(path: Path) -> Upgrade:
    """Bring a store to the present revision in one transaction, after a backup beside it; raises StoreProblems.

    Whatever goes wrong, the store is as before, and the backup stays.
    """
    if not path.exists():
        raise StoreAbsent(f"there is no store at {path}; check the path, or make one with `tracker store init`")
    with _errors_named(path), closing(reading.connect(path, "mode=rw")) as connection:
        before = reading.found_revision(connection, path)
        reading.refuse_newer(before, path)
        if before == REVISION:
            return Upgrade(before, before, None)
        backup = back_up(connection, path, before)
        left_out = _migrate(connection, path)
        return Upgrade(before, REVISION, backup, left_out)


def back_up(connection: sqlite3.Connection, path: Path, label: str) -> Path:
    """Copy a store by SQLite's backup API to a new file beside it, and return its path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    target = path.with_name(f"{path.name}.{label}.{stamp}.backup")
    while target.exists():
        target = path.with_name(f"{path.name}.{label}.{stamp}-{secrets.token_hex(2)}.backup")
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
    return target


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
    _flush(aside)


def _link(aside: Path, place: Path) -> bool:
    """Give a finished file its name, unless another process was first."""
    try:
        os.link(aside, place)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if not _rename(aside, place):
            return False
    _flush(place.parent)
    return True


def _rename(aside: Path, place: Path) -> bool:
    """Rename a finished file unless its name is taken; renaming would overwrite, so one process at a time does it.

    Raises StoreUnwritable where the lock file stays: its process was killed between two lines of this.
    """
    lock = place.with_name(f".{place.name}.lock")
    last = time.monotonic() + reading.BUSY_SECONDS
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > last:
                cause = f"cannot make a store at {place}: another process seems to be making it"
                raise StoreUnwritable(f"{cause}; if none is, remove {lock}") from None
            time.sleep(PAUSE)
    try:
        if place.exists():
            return False
        aside.rename(place)
    finally:
        lock.unlink()
    return True


def _flush(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
            own = _drop_views(connection)
            _run_steps(alchemy)
            for statement in statements(VIEWS.read_text(encoding="utf-8")):
                connection.execute(statement)
            left_out = _restore_views(connection, own)
            connection.execute(f"PRAGMA application_id = {reading.APPLICATION_ID}")
            seeds.plant(connection)
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
        raise StoreDamaged(f"store {path}: {where}; put a copy of it made earlier in its place")
    if not connection.in_transaction:
        raise StoreProblem(f"store {path}: a step of the migration ended the transaction; restore the backup")


def folder() -> Path:
    """Return the folder of the migrations: inside the wheel, or at the top of a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; ``executescript`` would commit first."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            if text.strip():
                yield text
            text = ""


def _drop_views(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Drop all views and triggers; return those that are the user's own with their text."""
    ours = {name for _, name, _ in _views_of(VIEWS.read_text(encoding="utf-8"))} | triggers.names(connection)
    held = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()
    for kind, name, _ in held:
        if kind == "view":
            connection.execute(f"DROP VIEW {_quoted(name)}")
    for kind, name, _ in held:
        if kind == "trigger":
            connection.execute(f"DROP TRIGGER IF EXISTS {_quoted(name)}")
    return [(name, sql) for _, name, sql in held if name not in ours]


def _quoted(name: str) -> str:
    """Return a name as SQL writes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _views_of(script: str) -> list[tuple[str, str, str]]:
    """Return kind, name and text of what a script creates."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(script)
        return memory.execute("SELECT type, name, sql FROM sqlite_master").fetchall()


def _restore_views(connection: sqlite3.Connection, own: list[tuple[str, str]]) -> tuple[str, ...]:
    left_out = []
    for name, sql in own:
        try:
            connection.execute(sql)
        except sqlite3.Error:
            left_out.append(name)
    return tuple(left_out)
