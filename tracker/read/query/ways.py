"""Short ways to what a query asks for: indexes tried for a moment, where a walk in order would be long."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.read.file.connection import Reader
from tracker.read.query.conditions import Driver, Walk

FEW = 10_000
"""Agreements that are rather fetched and sorted than waited for in a walk through all."""

RARE = 10
"""Times the length of a page: matches below which the table is rather looked through as it lies.

That is ten times as fast as in order."""

EVERY = "agreements AS a"

Values = Mapping[str, Any]


def leader(reader: Reader, drivers: Sequence[Driver], binds: Values, limit: int | None = FEW) -> Driver | None:
    """Return the driver that yields least, and less than ``limit``; None = no limit."""
    least, chosen = limit, None
    for driver in drivers:
        cut = "" if least is None else f" LIMIT {least}"
        counted = int(reader.scalar(f"SELECT count(*) FROM ({driver.possible}{cut})", binds))
        if least is None or counted < least:
            least, chosen = counted, driver
    return chosen


def led(driver: Driver | None) -> str:
    """Return what a statement walks: the agreements that the driver yields, each once, or all."""
    if driver is None:
        return EVERY
    return f"(SELECT DISTINCT id FROM ({driver.possible})) AS d CROSS JOIN {EVERY} ON a.id = d.id"


def looked_through(reader: Reader, condition: str, binds: Values, page: int | None) -> str | None:
    """Return the ids of all matches as a JSON list where they are rare, else None; the look ends when they are not.

    ``page`` is how many are wanted at most; None = all.
    """
    most = FEW if page is None else RARE * max(page, 1)
    found = reader.tuples(f"SELECT a.id FROM {EVERY} WHERE {condition} LIMIT {most}", binds)
    return None if len(found) == most else f"[{','.join(str(row[0]) for row in found)}]"


def stretch(reader: Reader, walks: Sequence[Walk], column: str, binds: Values) -> str | None:
    """Return the condition that keeps a walk in the order of ``column`` to where matches can lie."""
    for walk in walks:
        if walk.column == column and walk.stretch and reader.row(walk.open, binds) is None:
            return walk.stretch
    return None
