"""Triggers that keep the history, made from the tables as they are: code, not migration history, as the views.

A write of this program says its change in ``since``. What comes without one, from the sqlite3 shell or any other
program, is entered in the log as a change ``outside tracker``, one per statement (SQLite's clock stands still within
a statement). Only SQL is used, since a function of Python in a trigger would break every other program, and no TEMP
table, which triggers cannot read. Where a statement fires a trigger, its own ON CONFLICT clause takes the place of the
ones inside (SQLite, "CREATE TRIGGER"), hence NOT EXISTS instead of OR IGNORE.

``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` remove a row without the DELETE trigger; its image is taken before,
where the key tells which row goes. After ``INSERT OR IGNORE`` and ``UPDATE OR IGNORE`` of another program that image
is one too many, which ``store check`` finds and takes away.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tracker.store.schema.past import SUFFIX

OUTSIDE = "outside tracker"
"""The command in the log of a change that another program made."""

NOW = "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'"

_LAST = "(SELECT max(id) FROM change)"

_AFTER_LAST = (
    "CASE WHEN substr(at, 21, 6) < '999999' THEN substr(at, 1, 20) || printf('%06d', substr(at, 21, 6) + 1) || 'Z'"
    " ELSE strftime('%Y-%m-%dT%H:%M:%S', substr(at, 1, 19), '+1 second') || '.000000Z' END"
)
"""The instant after that of the last change, for a clock that was set back."""

DOOR = "outside_change"
"""A view with nothing in it: to insert into it enters a change of another program, unless it is entered already.

So each trigger need not hold the whole of it: every connection has to read the text of all of them.
"""

_DOOR = {
    DOOR: f"CREATE VIEW {DOOR} AS SELECT NULL AS entered WHERE 0",
    f"{DOOR}_entered": f"""CREATE TRIGGER {DOOR}_entered INSTEAD OF INSERT ON {DOOR}
WHEN NOT EXISTS (
  SELECT 1 FROM change WHERE id = {_LAST} AND (underway OR (command = '{OUTSIDE}' AND at = {NOW})))
BEGIN
  INSERT INTO change (at, actor, command) SELECT
    coalesce((SELECT CASE WHEN at < {NOW} THEN {NOW} ELSE {_AFTER_LAST} END FROM change WHERE id = {_LAST}), {NOW}),
    'unknown', '{OUTSIDE}';
END""",
}

_ENTER = f"\n  INSERT INTO {DOOR} SELECT 1;"

_FOREIGN = "(NEW.since IS NULL OR NOT EXISTS (SELECT 1 FROM change WHERE id = NEW.since AND underway))"
"""Whether a new row comes from another program; one that copies whole rows writes ``since`` as it found it."""

_STAMPING = f"EXISTS (SELECT 1 FROM change WHERE id = NEW.since AND command = '{OUTSIDE}')"
"""Whether one of these triggers is at work, which has kept the image itself."""

REPLACEABLE = {"agreement": ("ref",)}
"""Columns other than the key by which an INSERT OR REPLACE finds a row to take the place of."""


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables under history: those that have a twin."""
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sorted(name for name in names if name + SUFFIX in names)


def shape(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """Return the columns of a table, and those of its primary key in their order."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    keys = sorted((row[5], row[1]) for row in rows if row[5])
    return [row[1] for row in rows], [name for _, name in keys]


KINDS = ("entered", "replaced", "overwritten", "changed", "changed_outside", "removed")


def names(connection: sqlite3.Connection) -> set[str]:
    """Return what the triggers are called that keep the history of the tables as they are."""
    return {f"{table}_{kind}" for table in tables(connection) for kind in KINDS} | _DOOR.keys()


def create(connection: sqlite3.Connection) -> None:
    """Make the triggers of all tables under history that are not there."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")}
    for name, statement in wanted(connection).items():
        if name not in there:
            connection.execute(statement)


def wanted(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the text of every trigger, and of the view that they need, by its name."""
    return _DOOR | {
        f"{table}_{kind}": statement
        for table in tables(connection)
        for kind, statement in zip(KINDS, _triggers(table, *shape(connection, table)), strict=True)
    }


@contextmanager
def set_aside(connection: sqlite3.Connection) -> Iterator[Callable[[], None]]:
    """Yield what takes away the triggers that only watch for insertions of others, until the end of the block.

    Inside a transaction nobody else writes, and SQLite keeps a journal for each INSERT that a trigger watches: a fifth
    of the time of a large import. Where the block fails, the rollback brings them back.
    """
    taken = False

    def take() -> None:
        nonlocal taken
        if not taken:
            taken = True
            for table in tables(connection):
                for kind in ("entered", "replaced"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_{kind}")

    yield take
    if taken:
        create(connection)


def _triggers(table: str, columns: list[str], key: list[str]) -> Iterator[str]:
    names = ", ".join(columns)
    old = ", ".join(f"OLD.{name}" for name in columns)
    same_as_new = _matching(key, "NEW")
    stamp = f"UPDATE {table} SET since = {_LAST} WHERE {same_as_new} AND since IS NOT {_LAST};"
    kept = f"(SELECT 1 FROM {table}{SUFFIX} WHERE {_matching(key, 'OLD')} AND until = {{until}})"
    image = f"INSERT INTO {table}{SUFFIX} ({names}, until) SELECT {old}, {{until}} WHERE NOT EXISTS {kept}"
    yield f"CREATE TRIGGER {table}_entered AFTER INSERT ON {table} WHEN {_FOREIGN} BEGIN{_ENTER}\n  {stamp}\nEND"
    others = REPLACEABLE.get(table, ())
    met = " OR ".join([f"({same_as_new})", *(f"{name} = NEW.{name}" for name in others)])
    yield (
        f"CREATE TRIGGER {table}_replaced BEFORE INSERT ON {table}"
        f" WHEN {_FOREIGN} AND EXISTS (SELECT 1 FROM {table} WHERE {met}) BEGIN{_ENTER}\n"
        f"  {_imaged(table, names, key, met)};\nEND"
    )
    met_else = f"({met}) AND NOT ({_matching(key, 'OLD')})"
    yield (
        f"CREATE TRIGGER {table}_overwritten BEFORE UPDATE OF {', '.join([*key, *others])} ON {table}"
        f" WHEN OLD.since IS NEW.since AND EXISTS (SELECT 1 FROM {table} WHERE {met_else}) BEGIN{_ENTER}\n"
        f"  {_imaged(table, names, key, met_else)};\nEND"
    )
    yield (
        f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table}"
        f" WHEN OLD.since IS NOT NULL AND NEW.since IS NOT OLD.since AND NOT {_STAMPING} BEGIN\n"
        f"  {image.format(until='NEW.since')};\nEND"
    )
    yield (
        f"CREATE TRIGGER {table}_changed_outside AFTER UPDATE ON {table}"
        f" WHEN OLD.since IS NEW.since AND NOT EXISTS (SELECT 1 FROM change WHERE id = OLD.since AND underway)"
        f" BEGIN{_ENTER}\n  {image.format(until=_LAST)} AND OLD.since IS NOT {_LAST};\n  {stamp}\nEND"
    )
    yield (
        f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN{_ENTER}\n"
        f"  {image.format(until=_LAST)} AND OLD.since IS NOT {_LAST};\nEND"
    )


def _imaged(table: str, names: str, key: list[str], met: str) -> str:
    """Return the statement that keeps the rows which another one is about to take the place of."""
    return (
        f"INSERT INTO {table}{SUFFIX} ({names}, until) SELECT {names}, {_LAST} FROM {table} AS t WHERE ({met})"
        f" AND since IS NOT {_LAST}"
        f" AND NOT EXISTS (SELECT 1 FROM {table}{SUFFIX} AS p WHERE {_joined(key)} AND p.until = {_LAST})"
    )


def _matching(key: list[str], row: str) -> str:
    return " AND ".join(f"{name} = {row}.{name}" for name in key)


def _joined(key: list[str]) -> str:
    return " AND ".join(f"p.{name} = t.{name}" for name in key)
