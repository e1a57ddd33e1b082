"""The published views and the triggers of a store: code that is dropped before a migration and made again after it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from tracker.read.file import schema
from tracker.store.schema import triggers


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; ``executescript`` would commit first."""
    text = ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            if text.strip():
                yield text
            text = ""


def create(connection: sqlite3.Connection) -> None:
    """Make the published views."""
    for statement in statements(schema.script()):
        connection.execute(statement)


def drop(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Drop all views and triggers; return those that are the user's own with their text."""
    ours = _published().keys() | triggers.names(connection)
    held = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()
    for kind, name, _ in held:
        if kind == "view":
            connection.execute(f"DROP VIEW {_quoted(name)}")
    for kind, name, _ in held:
        if kind == "trigger":
            connection.execute(f"DROP TRIGGER IF EXISTS {_quoted(name)}")
    return [(name, sql) for _, name, sql in held if name not in ours]


def recreate(connection: sqlite3.Connection, own: list[tuple[str, str]]) -> tuple[str, ...]:
    """Make again the views and triggers of the user's own; return those that fit no longer."""
    left_out = []
    for name, sql in own:
        try:
            connection.execute(sql)
        except sqlite3.Error:
            left_out.append(name)
    return tuple(left_out)


def differing(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the views and triggers of ours that are missing or not as this program makes them."""
    held = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')"))
    wanted = {**_published(), **triggers.wanted(connection)}
    for name, sql in wanted.items():
        if name not in held:
            yield f"{name} is missing"
        elif held[name] != sql:
            yield f"{name} is not as this program makes it"


def restore(connection: sqlite3.Connection) -> None:
    """Make our views and triggers again; those of the user's own stay."""
    if any(True for _ in differing(connection)):
        own = drop(connection)
        create(connection)
        recreate(connection, own)
        triggers.create(connection)


def _published() -> dict[str, str]:
    """Return the published views with the text under which SQLite keeps them."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(schema.script())
        return dict(memory.execute("SELECT name, sql FROM sqlite_master"))


def _quoted(name: str) -> str:
    """Return a name as SQL writes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
