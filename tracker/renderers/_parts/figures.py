"""A table of figures on a terminal too narrow for it: turned, or split by columns with the names of the rows repeated.

No figure is left out but columns that hold 0 in every row, which are told.
"""

from collections.abc import Iterator, Sequence

# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for
from rich.cells import cell_len

from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import Shown, shown
from tracker.renderers._parts.folding import GAP, longest_piece
from tracker.renderers._parts.one_line import Fit, Painter, texts_of
from tracker.table import Cell, Column, Row, Table

FIRST, FURTHER = 22, 14
"""Characters that the first name of a row keeps at least, and what stands beside it."""


def fits(table: Table, rows: Sequence[Row], width: int) -> bool:
    """Tell whether the table stands on the terminal with every cell on one line."""
    columns = shown(table)
    texts = [texts_of(columns, row) for row in _with_totals(table, rows)]
    needs = [max(cell_len(column.heading), *(cell_len(row[at]) for row in texts)) for at, column in enumerate(columns)]
    return sum(needs) + GAP * (len(needs) - 1) <= width


def lines(table: Table, rows: Sequence[Row], options: RenderOptions) -> Iterator[str]:
    """Yield the lines of the table, as it is or turned, in as few blocks as the width allows."""
    width = options.width or 0
    straight = _Blocks(table, rows, width)
    turned = _turned(table, rows)
    if turned is not None:
        other = _Blocks(turned, list(turned.rows), width)
        straight = other if len(other.blocks) < len(straight.blocks) else straight
    yield from straight.lines(options)


class _Blocks:
    """The columns of a table in blocks, each no wider than the terminal."""

    def __init__(self, table: Table, rows: Sequence[Row], width: int) -> None:
        self._columns = shown(table)
        self._rows = [texts_of(self._columns, row) for row in rows]
        self._totals = None if table.totals is None else texts_of(self._columns, table.totals)
        every = [*self._rows, self._totals] if self._totals else self._rows
        self._sizes = [_widest(column, [row[at] for row in every]) for at, column in enumerate(self._columns)]
        self._labels = [at for at, column in enumerate(self._columns) if not column.is_number]
        numbers = [at for at, column in enumerate(self._columns) if column.is_number]
        shares = [at for at in numbers if self._columns[at].share_at is not None]
        self._empty: list[int] = []
        self.blocks = self._split(numbers, width)
        if len(self.blocks) > 1:
            self._empty = [at for at in shares if all(row[at] == "0" for row in every)]
            self.blocks = self._split([at for at in numbers if at not in self._empty], width)

    def _split(self, numbers: Sequence[int], width: int) -> list[Fit]:
        least = {at: min(self._sizes[at], FURTHER if number else FIRST) for number, at in enumerate(self._labels)}
        room = width - sum(size + GAP for size in least.values())
        blocks: list[list[int]] = [[]]
        used = 0
        for at in numbers:
            if blocks[-1] and used + self._sizes[at] + GAP > room + GAP:
                blocks.append([])
                used = 0
            blocks[-1].append(at)
            used += self._sizes[at] + GAP
        return [self._fit(block, least, width) for block in blocks]

    def _fit(self, numbers: Sequence[int], least: dict[int, int], width: int) -> Fit:
        spare = width - sum(self._sizes[at] + GAP for at in numbers) - sum(least[at] + GAP for at in least) + GAP
        sizes = dict(least)
        for at in self._labels:
            more = max(0, min(spare, self._sizes[at] - sizes[at]))
            sizes[at] += more
            spare -= more
        shown_ = [*self._labels, *numbers]
        return Fit(shown_, [sizes.get(at, self._sizes[at]) for at in shown_], [], [])

    def lines(self, options: RenderOptions) -> Iterator[str]:
        """Yield the lines of each block, and what is 0 everywhere."""
        painters = [Painter(self._columns, block, options) for block in self.blocks]
        for number, painter in enumerate(painters):
            if number:
                yield ""
            yield from painter.head()
            for row in self._rows:
                yield painter.row(row)
            if self._totals is not None:
                yield painter.rule()
                yield painter.total(self._totals)
        if self._empty:
            told = f"0 in every row: {', '.join(self._columns[at].heading for at in self._empty)}"
            yield painters[0].dim(told)


def _with_totals(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    return rows if table.totals is None else [*rows, table.totals]


def _widest(column: Shown, cells: Sequence[str]) -> int:
    return max(longest_piece(column.heading), *map(cell_len, cells), 1)


def _turned(table: Table, rows: Sequence[Row]) -> Table | None:
    """Return a table of plain counts with its rows as columns; None where it is none, or a label says too little."""
    counts = [at for at, column in enumerate(table.columns) if column.kind == "count"]
    labels = [at for at in range(len(table.columns)) if at not in counts]
    if not rows or not labels or any(table.columns[at].kind == "share" for at in labels):
        return None
    heads = [str(row[labels[0]] or table.columns[labels[0]].blank) for row in rows]
    if len(set(heads)) < len(heads):
        return None
    every = _with_totals(table, rows)
    names = [*heads, *([] if table.totals is None else [str(table.totals[labels[0]])])]
    columns = [Column("", "text"), *(Column(name, "count", name) for name in names)]

    def turned(at: int) -> tuple[Cell, ...]:
        return table.columns[at].title, *(row[at] for row in every)

    ends_with_total = table.columns[counts[-1]].name == "total"
    body = counts[:-1] if ends_with_total else counts
    totals = turned(counts[-1]) if ends_with_total else None
    return table.but(columns=columns, rows=[turned(at) for at in body], totals=totals)
