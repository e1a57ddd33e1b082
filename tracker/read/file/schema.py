"""The published views as text, an empty store of them, and the revision of the schema.

A view is the file ``views.sql``, and at its end what the record declares more: a new field of the record is published
without another line; columns are only ever added.
"""

import os
import sqlite3
from functools import cache
from pathlib import Path

from tracker.record import shapes

FILE = Path(__file__).parents[2] / "store" / "schema" / "views.sql"
"""Read as a file: the store package is the write path."""

_HEAD, _AS, _FROM = "CREATE VIEW ", " AS SELECT", "\nFROM "


@cache
def script() -> str:
    """Return the statements that make the views."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    whole = "\n".join(line for line in lines if not line.startswith("--"))
    declared = {
        shape.view: [field.stored_as for field in shape.fields if field.stored_as]
        for shape in shapes.at().values()
        if shape.view
    }
    return ";".join(_completed(statement, declared) for statement in whole.split(";"))


def columns() -> dict[str, list[str]]:
    """Return the names of the published views with those of their columns, in order."""
    return {name: _columns(statement) for statement in script().split(";") if (name := _name(statement))}


def _completed(statement: str, declared: dict[str, list[str]]) -> str:
    present = _columns(statement)
    missing = [column for column in declared.get(_name(statement), ()) if column not in present]
    selected, start, source = statement.rpartition(_FROM)
    alias = "t." if " AS t " in source else ""
    return selected + "".join(f", {alias}{column}" for column in missing) + start + source


def _name(statement: str) -> str:
    return statement.partition(_HEAD)[2].partition(_AS)[0].strip()


def _columns(statement: str) -> list[str]:
    selected = statement.partition(_AS)[2].rpartition(_FROM)[0]
    return [part.split(" AS ")[-1].rpartition(".")[2].strip() for part in selected.split(",") if part.strip()]


def empty_connection() -> sqlite3.Connection:
    """Return a connection on which every published view, and the table that it is made of, answers with no rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(";".join([*map(_table, script().split(";")), script()]))
    return connection


def _table(view: str) -> str:
    """Return the statement for a table with the columns that a view takes from it, and the one of its history."""
    selected, _, source = view.partition(_AS)[2].rpartition(_FROM)
    if not source:
        return ""
    taken = [part.partition(" AS ")[0].strip() for part in selected.split(",")]
    own = [column.removeprefix("t.") for column in taken if not column.startswith("a.")]
    return f"CREATE TABLE {source.split()[0]} ({', '.join([*own, 'since'])})"


PACKAGED = Path(__file__).parents[2] / "migrations"
"""Where the migrations lie in an installed wheel."""

CHECKOUT = Path(__file__).parents[3] / "migrations"
"""Where they lie in a checkout."""

DIGITS = 4
"""A migration begins with so many: ``0001_first.py``."""


def folder() -> Path:
    """Return the folder of the migrations: inside the wheel, or at the top of a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def last() -> str:
    """Return the revision that this program reads and writes."""
    return max(name[:DIGITS] for name in os.listdir(folder() / "versions") if name[:DIGITS].isdecimal())  # noqa: PTH208 - iterdir makes a Path of each
