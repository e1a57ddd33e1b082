"""``report matrix``: how many agreements there are for each pair of values of two dimensions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tracker.errors import InvalidValue
from tracker.read.counting import dimensions
from tracker.read.counting.dimensions import DIMENSIONS, By, Key, Value, numbers, tallies
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.table import Column, Table

WIDEST = 40
"""Columns that are shown where no ``--top`` says otherwise; the rest stand together in one."""

OTHER, TOTAL = "(other)", "total"
Counts = Mapping[Key, int]


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return the matrix with totals; rows are partners where one party is asked for, else parties; columns types."""
    across = _dimension("--cols", asked.columns or "type")
    down = _dimension("--rows", asked.rows or ("partner" if selection.filters.codes("party") else "party"))
    if down == across:
        raise InvalidValue(f"--rows {down} and --cols {across}: the same dimension twice")
    wanted: tuple[By, ...] = (down, across), (across,), (down,), ()
    cells, columns, rows, all_of_them = map(numbers, tallies(reader, selection, wanted))
    shown = _ordered(across, columns)
    kept, rest = shown[: asked.top or WIDEST], shown[asked.top or WIDEST :]
    names = dimensions.names_of(reader, down)
    labels = dimensions.column(reader, across).labels
    total = sum(all_of_them.values())

    def line(counts: Counts) -> tuple[int, ...]:
        other = (sum(counts.get((key,), 0) for key in rest),) if rest else ()
        return *(counts.get((key,), 0) for key in kept), *other

    by_row: dict[Value, dict[Key, int]] = defaultdict(dict)
    for (row, column), number in cells.items():
        by_row[row][column,] = number
    named = bool(names)
    return Table(
        report="matrix",
        title=f"{down.replace('_', ' ').capitalize()} and {across.replace('_', ' ')}",
        columns=[
            dimensions.column(reader, down),
            *([Column("name", is_told=DIMENSIONS[down].speaks)] if named else []),
            *(_across(across, key, labels) for key in kept),
            *([Column(OTHER, "count")] if rest else []),
            Column(TOTAL, "count"),
        ],
        rows=[
            (key, *((names.get(key),) if named else ()), *line(by_row[key]), rows[key,]) for key in _ordered(down, rows)
        ],
        totals=("all", *((None,) if named else ()), *line(columns), total),
        filters={**selection.describe(), "rows": down, "cols": across},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection, (down, across), len(rest)),
        proof=proofs.proof(reader, selection),
    )


def _dimension(option: str, text: str) -> str:
    return dimensions.chosen(option, [text], most=1)[0]


def _ordered(dimension: str, counts: Counts) -> list[Value]:
    """In time, or by number; what has no value comes last."""
    keys = [key for (key,) in counts]
    if DIMENSIONS[dimension].in_time:
        return sorted(keys, key=lambda key: (key is None, str(key).removeprefix("../")))
    return sorted(keys, key=lambda key: (key is None, -counts[key,], str(key)))


def heading(dimension: str, key: Value, taken: tuple[str, ...] = ("name", OTHER, TOTAL, *DIMENSIONS)) -> str:
    """Return the name of the column of a value; one that another column bears gets its dimension added."""
    text = DIMENSIONS[dimension].blank if key is None else str(key)
    return f"{text} ({dimension})" if text in taken else text


def _across(dimension: str, key: Value, labels: Mapping[str, str]) -> Column:
    name = heading(dimension, key)
    return Column(name, "count", labels.get(key or "", name.replace("_", " ")))


def _footer(reader: Reader, selection: Selection, by: tuple[str, str], hidden: int) -> Iterator[str]:
    yield from footer(reader, selection)
    yield from dimensions.in_doubt(reader, selection, by)
    yield from (note for name in by if (note := DIMENSIONS[name].note))
    if hidden:
        yield f"{OTHER}: {hidden} more of {by[1].replace('_', ' ')} (--top)"
