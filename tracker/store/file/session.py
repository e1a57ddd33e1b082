"""A transaction on the store: opened for writing, kept whole or not at all."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tracker.errors import StoreAbsent, StoreUnwritable
from tracker.read.file import connection as reading
from tracker.read.file.failures import store_problem
from tracker.read.file.location import there
from tracker.store.write.change import Change
from tracker.store.write.writer import Writer

CACHE = 32 * 1024
"""KiB of pages that a writer keeps at most: what does not fit is written to the log and read again, page by page."""

_AS_IT_IS: Callable[[None], None] = dict[None, None]().get
sqlite3.register_adapter(type(None), _AS_IT_IS)
sqlite3.register_adapter(bool, int)
"""Both say what happens anyway; untold, ``sqlite3`` looks for a way in each cell anew: a fifteenth of an import."""


@contextmanager
def transaction(
    path: Path, *, actor: str, command: str, create: bool = True, dry_run: bool = False
) -> Iterator[Writer]:
    """Write to the store at ``path`` as one change of ``actor`` by ``command``.

    The store is made by the first write that is kept, unless ``create`` is false (StoreAbsent). Everything is rolled
    back on any exception, also on an interrupt, and with ``dry_run`` after everything was done and checked. Nothing is
    entered in the log where nothing was written. Errors of SQLite become StoreProblems.
    """
    with _place(path, create=create, dry_run=dry_run) as place:
        is_new = place != path and not there(path)
        try:
            connection = connect(place)
            if is_new:
                _do_without_log(connection)
        except sqlite3.Error as error:
            raise store_problem(error, path) from error
        try:
            connection.execute("BEGIN IMMEDIATE")
            writer = Writer(Change(connection, path, actor=actor, command=command))
            yield writer
            _end(connection, writer, dry_run=dry_run)
            if is_new and not connection.in_transaction:
                _keep_log(connection, path)
        except sqlite3.Error as error:
            raise store_problem(error, path) from error
        finally:
            _close(connection)


@contextmanager
def _place(path: Path, *, create: bool, dry_run: bool) -> Iterator[Path]:
    """Yield the file to write to: made where there is none, and for a dry run one that is thrown away."""
    if there(path):
        yield path
        return
    if not create:
        raise StoreAbsent(f"there is no store at {path}; check the path, or make one with `tracker store init`")
    from tracker.store.file import migrate

    if not dry_run:
        with migrate.first_write(path) as place:
            yield place
        return
    from tempfile import TemporaryDirectory

    try:
        temporary = TemporaryDirectory(prefix="tracker-dry-run-")
    except OSError as error:
        cause = f"a dry run makes a store that is thrown away, and there is no place for it ({error.strerror})"
        raise StoreUnwritable(f"{cause}; name a folder that can be written in TMPDIR") from error
    with temporary as folder:
        passing = Path(folder) / "store.db"
        migrate.initialise(passing)
        yield passing


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing store for writing; raises a StoreProblem where it is not one of this program and revision."""
    reading.refuse_old_sqlite()
    connection = reading.connect(path, "mode=rw")
    try:
        reading.refuse_unfit(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        _keep_log(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_log(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure of the write-ahead log: readers go on while a writer writes."""
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise StoreUnwritable(f"store {path} cannot keep a write-ahead log; put it on a local disk")


def _do_without_log(connection: sqlite3.Connection) -> None:
    """Write straight into a file that nobody else can open yet: through a log each page would be written twice."""
    connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def _end(connection: sqlite3.Connection, writer: Writer, *, dry_run: bool) -> None:
    """Check the change as a whole and keep it, or, after the same checks, do not."""
    if writer.change_id is None:
        return
    writer.finish()
    writer.change.close()
    if dry_run:
        writer.refuse_dangling()
        return
    try:
        connection.execute("COMMIT")
    except sqlite3.IntegrityError:
        writer.refuse_dangling()
        raise
    finally:  # an interrupt is raised after the COMMIT, which it does not break
        writer.is_kept = not connection.in_transaction


def _close(connection: sqlite3.Connection) -> None:
    """Let go of the store; what was not committed is undone."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    connection.close()
