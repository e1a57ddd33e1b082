"""The header of a sheet: which rows name the columns, and what stands above them."""

import re
from collections.abc import Sequence

from tracker.importers.sheets import Row
from tracker.importers.sheets.reading import SEARCHED

_NUMBER = re.compile(r"[-+]?[0-9][0-9.,  %]*")
_WRITTEN_DAY = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}([-/.][0-9]{1,2})?([T ].*)?|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}( .*)?"
    r"|[0-9]{1,2}[-. ]{0,2}[^\W\d_]+[-., ]{0,2}[0-9]{4}|[0-9]{4}年.*"
)
_YEAR = re.compile(r"1[3-9][0-9]{2}|2[01][0-9]{2}")
LONGEST = 300
"""Characters of a column's name."""


def header_rows(rows: Sequence[Row]) -> list[int]:
    """The numbers of the rows that name the columns, one above the other where cells were merged; none: no row does.

    It is the first row that is half as wide as the widest at least and holds names alone: no day, no bare number, no
    address, nothing twice that also stands below. Names may hold digits (``country1``). Where it has gaps that the next
    row fills with names, both are.
    """
    first = rows[:SEARCHED]
    widest = max((_width(row) for row in first), default=0)
    for position, row in enumerate(first):
        if _width(row) < max(2, widest * 0.5) and widest > 1:
            continue
        if _numbers_columns(row):
            continue
        if not _names(row) or _recurs(row, rows[position + 1 :]):
            return []
        below = first[position + 1] if position + 1 < len(first) else None
        if below is not None and below.number == row.number + 1 and _names(below) and _fills_gaps(row, below):
            return [row.number, below.number]
        return [row.number]
    return []


def above(rows: Sequence[Row], at: Sequence[int]) -> list[Row]:
    """The rows above the header."""
    return [row for row in rows if at and row.number < min(at)]


def _width(row: Row) -> int:
    return sum(bool(cell) for cell in row.cells)


def _numbers_columns(row: Row) -> bool:
    """Tell whether a row counts the columns: 1, 2, 3."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _names(row: Row) -> bool:
    """Tell whether all filled cells can be names of columns; years may be, where they follow each other."""
    filled = [cell for cell in row.cells if cell]
    if row.faults or any(len(cell) > LONGEST or "://" in cell or _WRITTEN_DAY.fullmatch(cell) for cell in filled):
        return False
    numbers = [cell for cell in filled if _NUMBER.fullmatch(cell)]
    years = [int(cell) for cell in numbers if _YEAR.fullmatch(cell)]
    in_order = len(years) > 1 and years == sorted(set(years))
    return not numbers or (in_order and len(years) == len(numbers) and len(numbers) < len(filled))


def _recurs(row: Row, below: Sequence[Row]) -> bool:
    """Tell whether a row is a record like those below: in half of its columns its text stands again further down."""
    filled = {position: cell for position, cell in enumerate(row.cells) if cell}
    others = [other.cells for other in below if other.cells != row.cells]
    again = sum(
        any(position < len(cells) and cells[position] == cell for cells in others) for position, cell in filled.items()
    )
    return again > 1 and again * 2 >= len(filled)


def _fills_gaps(row: Row, below: Row) -> bool:
    """Tell whether the lower row names what the upper one, whose cells were merged, leaves empty.

    Under a cell that was merged down there is nothing; where there is none, a third of the names have to be new, for a
    record may fill one column without a name.
    """
    upper = [*row.cells, *[""] * len(below.cells)]
    pairs = list(zip(upper, below.cells, strict=False))
    gaps = sum(bool(cell and not over) for over, cell in pairs)
    spanned = any(over and not cell for over, cell in pairs) or len(below.cells) < len(row.cells)
    new = gaps * 3 >= _width(below) and (spanned or gaps > 1)
    return (
        gaps > 0 and new and all(len(cell) < 30 for cell in below.cells) and _width(below) < max(_width(row) * 2, 3) + 2
    )
