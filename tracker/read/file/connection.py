"""Open a store for reading and ask it; the standard library's sqlite3, and nothing of the write path.

A store is opened ``mode=ro``. In a place that cannot be written, a copy of it is read (``copied``): others may write
there all the same. All statements of one command see one state of the store, for they stand in one transaction.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self, TypeAlias

from tracker.errors import StoreAbsent, StoreDamaged, StoreForeign, StoreNewer, StoreOutdated, StoreProblem
from tracker.read.file import schema
from tracker.read.file.location import StoreLocation, there

REVISION = schema.last()
"""The revision of the schema that this program reads."""

APPLICATION_ID = 0x54524B52
"""``PRAGMA application_id`` of a store: "TRKR" in ASCII."""

BUSY_SECONDS = 5.0
"""How long readers and writers wait for a lock."""

OLDEST_SQLITE = (3, 34, 0)
"""The oldest SQLite that knows all that our statements use: two recursive terms in one WITH."""

ATTEMPTS = 4
"""How often a store is tried again whose journal is being made or removed by another process at this moment."""

COUNTED_STEPS = 100_000
"""Steps of SQLite's machine that are counted together, some milliseconds."""

IN_A_FUNCTION = "user-defined function raised"
"""How SQLite begins to tell that a function failed that it called."""

Stored: TypeAlias = Any  # a cell of a view: text, integer, real or NULL; the statement that asks for it says which
StoredRow: TypeAlias = tuple[Stored, ...]
"""A row of a statement, its cells in the order in which the statement names them."""

Bound: TypeAlias = str | int | float | None
"""A value that a statement binds."""

Bindings: TypeAlias = Mapping[str, Bound]
"""What a statement binds, by name."""

NO_BINDS: Bindings = {}


class Reader:
    """Asks the published views; rows can be indexed by number and by column name."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None, *, absent: bool = False) -> None:
        self.connection = connection
        self.path = path
        self.absent = absent
        """True where the default place holds no store: every view answers with no rows."""
        self.known_at: str | None = None
        """The moment whose state is read, as an instant; None = what is known now."""
        self.asked: object = None
        """The last query that was understood, as ``read.query.filters`` makes it: what lies near is told of it."""
        self.is_empty: bool | None = None
        """Whether nothing matches that query, where an answer has shown it; None = nobody knows yet."""
        self.warnings: list[str] = []
        """What is odd in what was asked, a line each; nothing below the shell prints."""
        self.warn: Callable[[str], object] = self.warnings.append
        """Takes such a line; the shell puts its own way of telling here."""
        self.failed: Exception | None = None
        """What went wrong in a function of ours that SQL called: SQLite tells only that something did."""

    @classmethod
    def over(cls, connection: sqlite3.Connection, path: Path | None = None) -> "Reader":
        """Read on a connection that someone else opened, such as the one of a running write."""
        return cls(connection, path)

    @property
    def is_indexed(self) -> bool:
        """Whether the search index can be asked, which knows the present only."""
        if self.absent or self.known_at is not None:
            return False
        return bool(self.scalar("SELECT 1 FROM sqlite_master WHERE name = 'search_index'"))

    def look_back(self, known_at: str) -> None:
        """Read from now on what the register held at a moment, an instant as ``dates.ranges`` writes it."""
        from tracker.read.file import known_at as history

        horizon = history.horizon(self.connection, known_at)
        if not horizon.change or (horizon.begins and known_at < horizon.begins):
            since = f"it knows since {horizon.begins}" if horizon.begins else "nothing was ever recorded in it"
            self.warn(f"at {known_at} the register knew nothing that is kept: {since}")
        with self._making_temporary():
            history.look_back(self.connection, horizon.change)
        self.known_at = known_at

    def make_temporary(self, sql: str) -> None:
        """Run a statement that makes a TEMP table: it is this connection's own."""
        with self._making_temporary():
            self.execute(sql)

    @contextmanager
    def _making_temporary(self) -> Iterator[None]:
        """Let TEMP tables and views be made; the file itself stays as it was opened."""
        (read_only,) = self.connection.execute("PRAGMA query_only").fetchone()
        self.connection.execute("PRAGMA query_only = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA query_only = {read_only:d}")

    def execute(self, sql: str, binds: Bindings = NO_BINDS) -> sqlite3.Cursor:
        """Run a statement; its cursor yields plain tuples. Errors of sqlite3 become StoreProblems."""
        try:
            cursor = self.connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, binds)
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def tuples(self, sql: str, binds: Bindings = NO_BINDS) -> list[StoredRow]:
        """All rows as plain tuples: the fast way, for statements that name their columns."""
        cursor = self.execute(sql, binds)
        try:
            return cursor.fetchall()
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def rows(self, sql: str, binds: Bindings = NO_BINDS) -> list[sqlite3.Row]:
        """All rows."""
        return list(self.iterate(sql, binds))

    def row(self, sql: str, binds: Bindings = NO_BINDS) -> sqlite3.Row | None:
        """The first row, or None."""
        return next(self.iterate(sql, binds), None)

    def scalar(self, sql: str, binds: Bindings = NO_BINDS) -> Stored:
        """The first cell of the first row, or None."""
        row = self.row(sql, binds)
        return None if row is None else row[0]

    def iterate(self, sql: str, binds: Bindings = NO_BINDS) -> Iterator[sqlite3.Row]:
        """Rows one after the other, never all in memory."""
        cursor = self.execute(sql, binds)
        cursor.row_factory = sqlite3.Row
        try:
            yield from cursor
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def pages(self, sql: str, binds: Bindings, size: int) -> Iterator[list[StoredRow]]:
        """Rows as plain tuples, ``size`` at a time."""
        cursor = self.execute(sql, binds)
        while True:
            try:
                page = cursor.fetchmany(size)
            except sqlite3.Error as error:
                raise self._problem(error) from error
            if not page:
                return
            yield page

    @contextmanager
    def for_at_most(self, steps: int) -> Iterator[None]:
        """Leave the block where what it asks takes more than so many steps of SQLite: for what is nice to know."""
        taken = 0

        def stop() -> bool:
            nonlocal taken
            taken += COUNTED_STEPS
            return taken > steps

        self.connection.set_progress_handler(stop, COUNTED_STEPS)
        try:
            yield
        except (StoreProblem, sqlite3.OperationalError):
            if taken <= steps:
                raise
        finally:
            self.connection.set_progress_handler(None, 0)

    def _problem(self, error: sqlite3.Error) -> Exception:
        """Return what an error of sqlite3 means: where a function of ours failed, what went wrong in it."""
        failed, self.failed = self.failed, None
        return failed if failed is not None and str(error).startswith(IN_A_FUNCTION) else _problem(error, self.path)

    def close(self) -> None:
        """End the reading; the file is let go."""
        try:
            self.connection.close()
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _problem(error: sqlite3.Error, path: Path | None) -> Exception:
    """Return what an error of sqlite3 means; what there is to say of errors is loaded where there is one."""
    from tracker.read.file.failures import store_problem

    return store_problem(error, path)


def open_store(
    location: StoreLocation, *, warn: Callable[[str], object] | None = None, wait: float | None = None
) -> Reader:
    """Open the store for reading; ``warn`` takes what is odd in what is asked, else it is kept as ``warnings``.

    ``wait``: how many seconds it may be locked, if not the usual ones.

    Raises a StoreProblem where it is absent (and was named), locked, damaged, foreign, newer or older.
    """
    refuse_old_sqlite()
    path = location.path
    if not there(path):
        if location.named:
            raise StoreAbsent(
                f"there is no store at {path}; make one with `tracker --store {path} store init`, or check the path"
            )
        from tracker.read.file.schema import empty_connection

        reader = Reader(empty_connection(), path, absent=True)
    else:
        reader = Reader(connect_to_read(path, wait), path)
    reader.warn = warn or reader.warn
    if location.known_at is not None and not reader.absent:
        reader.look_back(location.known_at)
    return reader


def refuse_old_sqlite() -> None:
    """Raise StoreProblem where this Python comes with an SQLite that is too old."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise StoreProblem(
            f"this Python has SQLite {sqlite3.sqlite_version}, tracker needs {oldest}; use a newer Python"
        )


def connect_to_read(path: Path, wait: float | None = None) -> sqlite3.Connection:
    """Open a store for reading wherever it lies, in the middle of a transaction; raises StoreProblems."""
    for attempt in range(ATTEMPTS):
        try:
            return _begun(connect(path, "mode=ro", wait), path)
        except sqlite3.Error as error:
            from tracker.read.file.failures import has_no_room, is_passing

            if has_no_room(error):
                break
            if is_passing(error) and attempt + 1 < ATTEMPTS:
                if _cannot_be_written(path):
                    break
                time.sleep(0.05 * 2**attempt)
                continue
            raise _problem(error, path) from error
    from tracker.read.file import copied

    try:
        return _begun(copied.connect(path), path)
    except sqlite3.Error as error:
        raise _problem(error, path) from error


def _cannot_be_written(path: Path) -> bool:
    return not os.access(Path(os.path.realpath(path)).parent, os.W_OK)


def connect(path: Path, how: str, wait: float | None = None) -> sqlite3.Connection:
    """Open a file as SQLite's URI parameters say (``mode=ro``), in autocommit mode and waiting for others."""
    if how == "mode=ro" and _beside(path, "-journal").exists():
        _take_back_what_was_killed(path)
    uri = f"{path.absolute().as_uri()}?{how}"
    timeout = BUSY_SECONDS if wait is None else wait
    return sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)


def _take_back_what_was_killed(path: Path) -> None:
    """Let SQLite roll back a change whose process was killed: it does so at the first read, of a writer alone.

    Stores that were never written to since they were restored, and backups, have a journal that needs this.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    # held, or not to be written: whoever reads next meets the same and says so
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True, timeout=0)) as writer:
        writer.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _beside(path: Path, ending: str) -> Path:
    """Return where SQLite keeps a journal: beside the file itself, also where a link leads to it."""
    return Path(os.path.realpath(path) + ending)


def _begun(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Begin the one transaction of a command on a store of ours; closes the connection where it is none."""
    try:
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute("BEGIN")
        refuse_unfit(connection, path)
        connection.execute("PRAGMA query_only = 1")
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_unfit(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreForeign, StoreDamaged, StoreNewer or StoreOutdated unless the file is a store of our revision."""
    revision = found_revision(connection, path)
    refuse_newer(revision, path)
    if revision < REVISION:
        from shlex import quote

        needed = f"this program needs {REVISION}; run `tracker --store {quote(str(path))} store migrate`"
        raise StoreOutdated(f"store {path} has revision {revision}, {needed}")


def refuse_newer(revision: str, path: Path) -> None:
    """Raise StoreNewer for a revision that this program does not know."""
    if revision > REVISION:
        known = f"this program knows up to {REVISION}; install a newer tracker"
        raise StoreNewer(f"store {path} has revision {revision}, {known}")


def found_revision(connection: sqlite3.Connection, path: Path) -> str:
    """Return the revision of a store, by two reads of its first pages; raises StoreForeign where it is not ours."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        if path.stat().st_size == 0:
            raise StoreForeign(f"{path} is an empty file, not a store; remove it and run `tracker store init`")
        raise StoreForeign(
            f"{path} is a database of another program, not a store of tracker; name another file with --store"
        )
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        row = None
    if row is None:
        raise StoreDamaged(f"store {path} does not tell its revision; restore a backup: tracker store restore FILE")
    return str(row[0])
