"""The text of the published views: the file ``views.sql``, and at the end of each view what the record declares more.

So a new field of the record is published without another line; columns are only ever added.
"""

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
