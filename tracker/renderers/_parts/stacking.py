"""Tables too wide for a terminal: a cell such as an address stands below another one, where it can be read whole."""

from collections.abc import Sequence

# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for
from rich.cells import cell_len

from tracker.renderers._parts.cells import shown, spoken
from tracker.renderers._parts.folding import GAP
from tracker.table import Column, Row, Table
from tracker.text.safety import visible


def stacked(table: Table, width: int) -> Table:
    """Return the table with its columns below each other that say so; as it is where it fits, or where none does."""
    places = {column.name: at for at, column in enumerate(table.columns)}
    under: dict[int, list[int]] = {}
    for at, column in enumerate(table.columns):
        if column.below in places:
            under.setdefault(places[column.below], []).append(at)
    rows = list(table.rows)
    if not under or _fits(table._replace(rows=rows), width):
        return table._replace(rows=rows)
    lower = {at for columns in under.values() for at in columns}
    kept = [at for at in range(len(table.columns)) if at not in lower]

    def told(row: Row) -> Row:
        return tuple(_together(row, [at, *under[at]]) if at in under else row[at] for at in kept)

    columns = [_over([table.columns[each] for each in (at, *under.get(at, ()))]) for at in kept]
    return table._replace(columns=columns, rows=list(map(told, rows)))


def _fits(table: Table, width: int) -> bool:
    columns = shown(table)
    rows = [[column.heading for column in columns], *([column.text(row) for column in columns] for row in table.rows)]
    cells = zip(*rows, strict=True)
    needs = [max(cell_len(visible(line)) for cell in column for line in cell.split("\n")) for column in cells]
    return sum(needs) + GAP * (len(needs) - 1) <= width


def _together(row: Row, places: Sequence[int]) -> list[str]:
    return [spoken(row[at]) for at in places if row[at] not in (None, "", [])]


def _over(columns: Sequence[Column]) -> Column:
    """Return the column in which these stand below each other."""
    if len(columns) == 1:
        return columns[0]
    return columns[0]._replace(kind="lines", heading=", ".join(column.title for column in columns))
