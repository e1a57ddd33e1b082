"""What a store holds, read from a copy, so that the program itself is the first to open what a fault left."""

import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from fault_kinds.program import TODAY
from fault_kinds.writes import STORE
from tracker.errors import TrackerError
from tracker.read.file.connection import Reader
from tracker.read.lists.export import export_documents
from tracker.read.query.filters import Filters

JOURNALS = ("-wal", "-shm", "-journal")

PASSING = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z?|\d{8}T\d{6}|/[^\s'\"]*/register\.db[^\s'\"]*")
"""When something was written, and where it lies: all that differs between two runs of one command."""


class Contents(NamedTuple):
    """What a store holds."""

    rows: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Every row of every table, of the schema too, what is passing left out; sorted, by table."""
    lines: frozenset[str] = frozenset()
    """The lines of its export; none where this program is too new for it."""
    problems: tuple[str, ...] = ()
    """What SQLite's own checks find."""
    absent: bool = False


def journal_files(store: Path) -> list[Path]:
    """Return the files that SQLite keeps beside a store and that are there."""
    return [path for suffix in JOURNALS if (path := store.with_name(store.name + suffix)).exists()]


def copied(store: Path, folder: Path) -> Path:
    """Copy a store with its journals, as it lies there, into a folder."""
    for path in [store, *journal_files(store)]:
        shutil.copyfile(path, folder / path.name)
    return folder / store.name


def look(store: Path) -> Contents:
    """Return what a store holds."""
    if not store.exists():
        return Contents(absent=True)
    with tempfile.TemporaryDirectory(prefix="look-") as name:
        try:
            with closing(sqlite3.connect(copied(store, Path(name)), isolation_level=None)) as connection:
                problems = tuple(_problems(connection))
                return Contents(_rows(connection), _lines(connection), problems)
        except (sqlite3.Error, TrackerError, ValueError) as error:
            return Contents(problems=(f"cannot be read: {type(error).__name__}: {error}",))


def _problems(connection: sqlite3.Connection) -> list[str]:
    found = [f"integrity_check: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    dangling = [
        f"foreign_key_check: {row[0]} refers to nothing in {row[2]}"
        for row in connection.execute("PRAGMA foreign_key_check")
    ]
    return found + dangling


def _rows(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    rows = {}
    for (table,) in [("sqlite_master",), *tables]:
        columns = "type, name, tbl_name, sql" if table == "sqlite_master" else "*"
        found = connection.execute(f'SELECT {columns} FROM "{table}"')
        rows[table] = tuple(sorted(map(_lasting, found)))
    return rows


def _lasting(row: tuple[object, ...]) -> str:
    """Return a row as text, without what is passing."""
    text = repr(row)
    return PASSING.sub("", text) if ":" in text or STORE in text else text


def _lines(connection: sqlite3.Connection) -> frozenset[str]:
    """Export by the program's own reading; a store of an older revision has not all that this reads."""
    try:
        documents = list(export_documents(Reader.over(connection), Filters(as_of=TODAY)))
    except TrackerError:
        return frozenset()
    except sqlite3.OperationalError:
        return frozenset()
    return frozenset(json.dumps(document, ensure_ascii=False) for document in documents)
