"""The store that is not there yet: every published view, with no rows, in memory."""

import sqlite3

from tracker.read.file import views


def empty_connection() -> sqlite3.Connection:
    """Return a connection on which every published view answers with no rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    tables = (f"CREATE TABLE {name} ({', '.join(columns)})" for name, columns in views.columns().items())
    connection.executescript(";".join(tables))
    return connection
