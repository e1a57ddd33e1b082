"""The store that is not there yet: every published view, with no rows, in memory."""

import sqlite3
from pathlib import Path

VIEWS = Path(__file__).parents[2] / "store" / "schema" / "views.sql"
"""Read as a file: the store package is the write path."""


def published() -> dict[str, list[str]]:
    """Return the names of the published views with those of their columns, in order."""
    statements = (text.strip() for text in _without_comments(VIEWS.read_text(encoding="utf-8")).split(";"))
    return dict(_view(statement) for statement in statements if statement)


def _without_comments(sql: str) -> str:
    return "\n".join(line for line in sql.splitlines() if not line.startswith("--"))


def _view(statement: str) -> tuple[str, list[str]]:
    head, _, rest = statement.partition(" AS SELECT")
    selected = rest.rpartition("\nFROM ")[0]
    names = [column.split(" AS ")[-1].rpartition(".")[2].strip() for column in selected.split(",")]
    return head.removeprefix("CREATE VIEW ").strip(), names


def empty_connection() -> sqlite3.Connection:
    """Return a connection on which every published view answers with no rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    tables = (f"CREATE TABLE {name} ({', '.join(columns)})" for name, columns in published().items())
    connection.executescript(";".join(tables))
    return connection
