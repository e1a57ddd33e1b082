"""Room on disk for what an import has to remember, so that memory does not grow with the file."""

import sqlite3
from collections.abc import Iterator
from json import dumps, loads
from typing import Any

_TABLES = """
CREATE TABLE list (name TEXT, value TEXT);
CREATE TABLE draft (seq INTEGER PRIMARY KEY, owner TEXT, place TEXT, content TEXT, names_owner TEXT);
CREATE TABLE known (owner TEXT PRIMARY KEY, ref TEXT, id INTEGER) WITHOUT ROWID;
CREATE TABLE one (
  seq INTEGER PRIMARY KEY, owner TEXT UNIQUE, ref TEXT, id INTEGER, place TEXT, content TEXT, files TEXT
);
CREATE TABLE given (ref TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE counter (base TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""


class Scratch:
    """A database of its own that is on disk where it is large, has no name, and is gone with this object."""

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, made when it is first needed."""
        if self._connection is None:
            self._connection = sqlite3.connect("", isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = OFF")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.executescript(_TABLES)
            self._connection.execute("BEGIN")
        return self._connection

    def holds(self, table: str) -> bool:
        """Whether there is anything in a table."""
        if self._connection is None:
            return False
        return self._connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608  # ours

    def append(self, name: str, value: Any) -> None:
        """Put a value behind the others of a list."""
        self.connection.execute("INSERT INTO list VALUES (?, ?)", (name, dumps(value, ensure_ascii=False)))

    def values(self, name: str) -> Iterator[Any]:
        """Yield the values of a list."""
        if self._connection is None:
            return
        for (value,) in self._connection.execute("SELECT value FROM list WHERE name = ? ORDER BY rowid", (name,)):
            yield loads(value)
