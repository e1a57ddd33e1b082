"""The register as it was known at a moment: TEMP views take the place of the tables, and the published views of theirs.

Each table under history has a twin ``<table>_past`` with the images of what its rows said before, from change ``since``
up to change ``until``. What was known after change k is what was written by then and not yet ended. A published view
does not see a TEMP view in the place of its table, so the views are made again as TEMP views; a name without a schema
means those first, and everything that reads asks the past without knowing it.
"""

import sqlite3
from typing import NamedTuple

SUFFIX = "_past"
"""How the twin of a table is called."""

BEGINNING = "the history begins here"
"""The note of the change before which the log holds commands, and not what they changed."""


REF = "a.ref AS agreement_ref", "(SELECT a.ref FROM agreement AS a WHERE a.id = t.agreement_id) AS agreement_ref"
JOIN = " LEFT JOIN agreement AS a ON a.id = t.agreement_id", ""
"""SQLite would look through the agreements of all times for an outer join, even where their ref is not asked for."""


class Horizon(NamedTuple):
    """The last change that was known at a moment (0 = none), and since when the register knows anything."""

    change: int
    begins: str | None
    """Instant of the first change whose result is known; None where there was no change at all."""


def horizon(connection: sqlite3.Connection, at: str) -> Horizon:
    """Return where a moment stands in the log; ``at`` is an instant as ``dates.ranges`` writes it."""
    last = connection.execute("SELECT max(id) FROM change WHERE at <= ?", (at,)).fetchone()[0]
    return Horizon(last or 0, history_begins(connection))


def history_begins(connection: sqlite3.Connection) -> str | None:
    """Return the instant of the first change whose result is kept, or None."""
    sql = "SELECT at FROM change WHERE note = ? OR id = (SELECT min(id) FROM change) ORDER BY note = ? DESC LIMIT 1"
    row = connection.execute(sql, (BEGINNING, BEGINNING)).fetchone()
    return None if row is None else str(row[0])


def look_back(connection: sqlite3.Connection, change: int) -> None:
    """Show a connection the register as it stood after a change, from now on; it must not be ``query_only`` yet."""
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted(name for name in names if name + SUFFIX in names):
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table} WHERE since <= {change:d}"
            f" UNION ALL SELECT {columns} FROM main.{table}{SUFFIX} WHERE since <= {change:d} AND until > {change:d}"
        )
    connection.execute(f"CREATE TEMP VIEW change AS SELECT * FROM main.change WHERE id <= {change:d}")
    for (sql,) in connection.execute("SELECT sql FROM main.sqlite_master WHERE type = 'view'").fetchall():
        connection.execute(sql.replace("CREATE VIEW", "CREATE TEMP VIEW", 1).replace(*REF).replace(*JOIN))
