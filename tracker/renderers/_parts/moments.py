"""Acts and deadlines on a line of time: what happens on one day or another, and how sure that is."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.dates.day import DateError
from tracker.dates.edtf import bounds
from tracker.renderers._parts.cells import plain, spoken
from tracker.table import Cell, Row, Table

MOST: Final = 60
"""Moments that a line of time shows."""

WHOSE: Final = ("ref", "parties")
"""Columns that say whose act it is, told where not all rows say the same."""


class Moment(NamedTuple):
    """An act or deadline: its date as recorded, what it is, and the first and the last day on which it can be."""

    date: str
    label: str
    earliest: str
    latest: str
    certain: bool


class Moments(NamedTuple):
    """A line of time."""

    title: str
    moments: list[Moment]
    elsewhere: int
    """Rows without a first and a last day."""
    day: str | None
    """The day from which it is looked at."""


def is_of_acts(table: Table) -> bool:
    """Whether each row is an act or a deadline: it has a kind and a date."""
    names = {column.name for column in table.columns}
    return {"kind", "date"} <= names and not any(column.kind == "count" for column in table.columns)


def moments(table: Table, rows: Sequence[Sequence[Cell]], title: str) -> Moments | None:
    """Return the acts or deadlines of a table on a line of time; None where they are too many, or all at once."""
    at = {column.name: place for place, column in enumerate(table.columns)}
    whose = [at[name] for name in WHOSE if name in at and len({plain(row[at[name]]) for row in rows}) > 1]
    found = [_moment(row, at, whose) for row in rows]
    placed = [moment for moment in found if moment is not None]
    if not 0 < len(placed) <= MOST or len({(moment.earliest, moment.latest) for moment in placed}) < 2:
        return None
    return Moments(title, placed, len(found) - len(placed), table.as_of)


def _moment(row: Sequence[Cell] | Row, at: dict[str, int], whose: list[int]) -> Moment | None:
    date = row[at["date"]]
    try:
        earliest, latest, doubt = bounds(date if isinstance(date, str) else None)
    except DateError:
        return None
    if not (earliest and latest):
        return None
    label = ", ".join(filter(None, [spoken(row[at["kind"]]), *(spoken(row[place]) for place in whose)]))
    return Moment(plain(date), label, earliest, latest, not doubt and earliest == latest)
