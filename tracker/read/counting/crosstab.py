"""How many agreements have each value of one field, by one dimension or two crossed, with shares and totals.

Every value of the vocabulary is a column of its own: what is unknown is never counted as something else. A dimension
with several values per agreement (party, focus, family) counts it once under each, so that its rows add up to more than
the total, which counts each agreement once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.errors import InvalidValue
from tracker.read.counting import dimensions
from tracker.read.counting.dimensions import DIMENSIONS, Key, Number, Value, tallies
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query.selection import Selection
from tracker.record.vocabulary import BINDING_STATUSES
from tracker.table import Cell, Column, Row, Table


class Measure(NamedTuple):
    """What is counted: a column of the agreement, all values that it can have, and their headings for people."""

    report: str
    title: str
    column: str
    values: Sequence[str]
    headings: Mapping[str, str]
    share: str
    """The value whose share ``--sort share`` means."""


BINDING = Measure(
    report="compare binding",
    title="Binding and non-binding",
    column="a.binding_status",
    values=BINDING_STATUSES,
    headings={
        "non_binding": "non-binding",
        "binding_domestic_law": "domestic law",
        "not_assessed": "not assessed",
    },
    share="non_binding",
)
"""``compare binding``; nothing undetermined, contested or not assessed is ever counted as non-binding."""


class Order(NamedTuple):
    """How the rows are sorted: by a column, None = time in order, all else by number."""

    sort: str | None = None
    reverse: bool = False


NO_ORDER = Order()
TOTAL, DIFFER = "total", "views_differ"

Counts = dict[str, int]


class Crosstab:
    """The counts of a selection for a measure and dimensions."""

    def __init__(self, reader: Reader, selection: Selection, measure: Measure, by: Sequence[str]) -> None:
        self.reader = reader
        self.selection = selection
        self.measure = measure
        self.by = tuple(by)
        *crossed, total = tallies(reader, selection, [self.by, ()] if self.by else [()], measure.column)
        self.total: Counts = _counts(total.get((), {}))
        self.groups = {key: _counts(numbers) for tally in crossed for key, numbers in tally.items()}
        named = self.by[0] if len(self.by) == 1 else None
        self.names = dimensions.names_of(reader, named) if named and DIMENSIONS[named].names else None

    def columns(self) -> list[Column]:
        """The dimensions, a name where one needs it, each value with its share, the total, differing views."""
        keys = [dimensions.column(self.reader, name) for name in self.by]
        name = [Column("name", "text", is_told=DIMENSIONS[self.by[0]].speaks)] if self.names is not None else []
        counts = [
            column
            for value in self.measure.values
            for column in (
                Column(value, "count", self.measure.headings.get(value)),
                Column(f"{value}_share", "share", beside=value),
            )
        ]
        return [*keys, *name, *counts, Column(TOTAL, "count"), Column(DIFFER, "count", "views differ")]

    def row(self, key: Key, counts: Counts) -> Row:
        """One row; the totals have ``all`` for every key."""
        name = () if self.names is None else (self.names.get(key[0]) if key else None,)
        keys = key or ("all",) * len(self.by)
        total = counts.get(TOTAL, 0)
        shares = (
            cell
            for value in self.measure.values
            for cell in (counts.get(value, 0), round(counts.get(value, 0) / total, 6) if total else None)
        )
        return (*keys, *name, *shares, total, counts.get(DIFFER, 0))

    def rows(self, order: Order = NO_ORDER) -> list[Row]:
        """All rows but the totals, in order."""
        rows = [self.row(key, self.groups[key]) for key in self._keys()]
        if order.sort is not None:
            at, descending = self._sorted_by(order.sort)
            filled = [row for row in rows if row[at] is not None]
            filled.sort(key=lambda row: _magnitude(row[at]), reverse=descending != order.reverse)
            return filled + [row for row in rows if row[at] is None]
        return rows[::-1] if order.reverse else rows

    def _keys(self) -> list[Key]:
        """Years and decades in time, all else by number; what has no value comes last."""
        ranks = []
        for at, name in enumerate(self.by):
            numbers: dict[Value, int] = defaultdict(int)
            for key, counts in self.groups.items():
                numbers[key[at]] += counts[TOTAL]
            if DIMENSIONS[name].in_time:
                ordered = sorted(numbers, key=lambda value: (value is None, str(value).removeprefix("../")))
            else:
                ordered = sorted(numbers, key=lambda value: (value is None, -numbers[value], str(value)))
            ranks.append({value: rank for rank, value in enumerate(ordered)})
        return sorted(self.groups, key=lambda key: [rank[value] for rank, value in zip(ranks, key, strict=True)])

    def _sorted_by(self, name: str) -> tuple[int, bool]:
        """Return the place of the column to sort by, and whether the greatest comes first."""
        sought = f"{self.measure.share}_share" if name == "share" else name.strip().lower().replace("-", "_")
        columns = self.columns()
        for at, column in enumerate(columns):
            if column.name == sought:
                return at, column.kind in ("count", "share")
        from tracker.record.vocabulary import expected

        names = ("share", *(column.name for column in columns))
        raise InvalidValue(f"--sort {name!r}: no such column; {expected(sought, names)}")

    def footer(self, order: Order) -> Iterator[str]:
        """What people read below: how many, as of when, what was left out, how it was counted."""
        yield from footer(self.reader, self.selection)
        yield from dimensions.in_doubt(self.reader, self.selection, self.by)
        yield from (note for name in self.by if (note := DIMENSIONS[name].note))
        if order.sort == "share":
            yield f"sorted by the share of {self.measure.share}"


def _counts(numbers: Mapping[Value, Number]) -> Counts:
    """Return how many agreements have each value, how many there are, and on how many views differ."""
    counts = {value: number.agreements for value, number in numbers.items() if value is not None}
    differ = sum(number.differ for number in numbers.values())
    return counts | {TOTAL: sum(number.agreements for number in numbers.values()), DIFFER: differ}


def _magnitude(cell: Cell) -> tuple[float, str]:
    """Return what a cell is sorted by: numbers by their size, texts as texts."""
    return (cell, "") if isinstance(cell, int | float) else (0, str(cell))


def table(
    reader: Reader, selection: Selection, measure: Measure, by: Sequence[str] = (), order: Order = NO_ORDER
) -> Table:
    """Return the counts as a table; without a dimension it has one row."""
    crosstab = Crosstab(reader, selection, measure, by)
    totals = crosstab.row((), crosstab.total)
    return Table(
        report=measure.report,
        title=measure.title + (f" by {' and '.join(crosstab.by)}" if crosstab.by else ""),
        filters={**selection.describe(), **({"by": list(crosstab.by)} if crosstab.by else {})},
        as_of=selection.filters.as_of,
        columns=crosstab.columns(),
        rows=crosstab.rows(order) if crosstab.by else [totals],
        totals=totals if crosstab.by else None,
        left_out=selection.left_out(reader),
        footer=crosstab.footer(order),
        proof=proofs.proof(reader, selection),
    )
