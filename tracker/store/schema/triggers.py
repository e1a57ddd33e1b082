"""The history: triggers that keep in a twin of each table what its rows said before, made from the tables as they are.

System-versioned rows, as SQL:2011 calls them. A row of ``<name>`` says what holds since change ``since``; a row of
``<name>_past`` says what held from change ``since`` up to, and not including, change ``until``. A row that was only
inserted costs nothing. Triggers write the images, so that changes made with the sqlite3 shell are kept as well.

A write of this program says its change in ``since``. What comes without one, from the sqlite3 shell or any other
program, is entered in the log as a change ``outside tracker``, one per statement (SQLite's clock stands still within
a statement). Only SQL is used, since a function of Python in a trigger would break every other program, and no TEMP
table, which triggers cannot read. Where a statement fires a trigger, its own ON CONFLICT clause takes the place of the
ones inside (SQLite, "CREATE TRIGGER"), hence NOT EXISTS instead of OR IGNORE.

An image is taken from the table before its row goes. ``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` remove a row
without the DELETE trigger; there the key tells which row goes. After ``INSERT OR IGNORE`` and ``UPDATE OR IGNORE`` of
another program an image may be one too many, which ``store check`` finds and takes away.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SUFFIX = "_past"
"""Of the name of a twin."""

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

So each trigger need not hold the whole of it: every connection has to read the text of all of them, which is the
largest part of what it costs to open a store. For the same reason each table has a view ``TABLE_image``: to insert the
key of a row into it keeps the row as it is, until a change, or until one of another program where none is named.
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

_FOREIGN = "NOT EXISTS (SELECT 1 FROM change WHERE id = NEW.since AND underway)"
"""Whether a new row comes from another program; one that copies whole rows writes ``since`` as it found it."""

_STAMPING = f"EXISTS (SELECT 1 FROM change WHERE id = NEW.since AND command = '{OUTSIDE}')"
"""Whether one of these triggers is at work, which has kept the image itself."""

REPLACEABLE = {"agreement": ("ref",)}
"""Columns other than the key by which an INSERT OR REPLACE finds a row to take the place of."""

KINDS = ("image", "imaged", "entered", "replaced", "overwritten", "changed", "changed_outside", "removed")


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables under history: those that have a twin."""
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sorted(name for name in names if name + SUFFIX in names)


def shape(connection: sqlite3.Connection, table: str) -> tuple[list[str], list[str]]:
    """Return the columns of a table, and those of its primary key in their order."""
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    keys = sorted((row[5], row[1]) for row in rows if row[5])
    return [row[1] for row in rows], [name for _, name in keys]


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
    """Return the text of every trigger, and of the views that they need, by its name."""
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
    names, keys = ", ".join(columns), ", ".join(key)
    past, new, old = table + SUFFIX, _matching(key, "NEW"), _matching(key, "OLD")
    stamp = f"UPDATE {table} SET since = {_LAST} WHERE {new} AND since IS NOT {_LAST};"
    keep = f"INSERT INTO {table}_image SELECT"
    nothing = ", ".join(f"NULL AS {name}" for name in [*key, "until"])
    yield f"CREATE VIEW {table}_image AS SELECT {nothing} WHERE 0"
    yield (
        f"CREATE TRIGGER {table}_imaged INSTEAD OF INSERT ON {table}_image BEGIN\n"
        f"  INSERT INTO {DOOR} SELECT 1 WHERE NEW.until IS NULL;\n"
        f"  INSERT INTO {past} ({names}, until) SELECT {names}, ended"
        f" FROM {table}, (SELECT coalesce(NEW.until, {_LAST}) AS ended) WHERE {new} AND since IS NOT ended"
        f" AND NOT EXISTS (SELECT 1 FROM {past} WHERE {new} AND until = ended);\nEND"
    )
    yield f"CREATE TRIGGER {table}_entered AFTER INSERT ON {table} WHEN {_FOREIGN} BEGIN{_ENTER}\n  {stamp}\nEND"
    others = REPLACEABLE.get(table, ())
    met = " OR ".join([f"({new})", *(f"{name} = NEW.{name}" for name in others)])
    yield (
        f"CREATE TRIGGER {table}_replaced BEFORE INSERT ON {table} WHEN {_FOREIGN} BEGIN\n"
        f"  {keep} {keys}, NULL FROM {table} WHERE {met};\nEND"
    )
    yield (
        f"CREATE TRIGGER {table}_overwritten BEFORE UPDATE OF {', '.join([*key, *others])} ON {table}"
        f" WHEN OLD.since IS NEW.since BEGIN\n"
        f"  {keep} {keys}, NULL FROM {table} WHERE ({met}) AND NOT ({old});\nEND"
    )
    yield (
        f"CREATE TRIGGER {table}_changed BEFORE UPDATE ON {table} WHEN CASE WHEN OLD.since IS NEW.since THEN {_FOREIGN}"
        f" ELSE OLD.since IS NOT NULL AND NOT {_STAMPING} END BEGIN\n"
        f"  {keep} {_of('OLD', key)}, nullif(NEW.since, OLD.since);\nEND"
    )
    yield (
        f"CREATE TRIGGER {table}_changed_outside AFTER UPDATE ON {table}"
        f" WHEN (OLD.since IS NEW.since OR NEW.since IS NULL) AND {_FOREIGN} BEGIN\n  {stamp}\nEND"
    )
    yield f"CREATE TRIGGER {table}_removed BEFORE DELETE ON {table} BEGIN\n  {keep} {_of('OLD', key)}, NULL;\nEND"


def _of(row: str, key: list[str]) -> str:
    return ", ".join(f"{row}.{name}" for name in key)


def _matching(key: list[str], row: str) -> str:
    return " AND ".join(f"{name} = {row}.{name}" for name in key)
