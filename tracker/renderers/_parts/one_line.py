"""A table on a terminal, one line a row: columns by their weight, cells cut to fit, words for what is left out."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from tracker.renderers import RenderOptions
from tracker.renderers._parts import meanings
from tracker.renderers._parts.cells import Shown, shown
from tracker.renderers._parts.fitting import Fit, cut, fit, flat
from tracker.renderers._parts.folding import GAP, fold
from tracker.table import Row, Table
from tracker.text.safety import visible

MEASURED: Final = 2_000
"""Rows by which the widths of a long table are told; all others are cut to these."""


def lines(table: Table, options: RenderOptions) -> Iterator[str]:
    """Yield the lines of a table; holds no more than the rows that are measured."""
    columns = shown(table)
    rows = iter(table.rows)
    measured = list(islice(rows, MEASURED + 1))
    whole = len(measured) <= MEASURED
    texts = [texts_of(columns, row) for row in measured]
    if options.wide or not options.width:
        fitted = fit(columns, texts, sum(max(map(cell_len, map(flat, row))) for row in texts), whole=False)
    else:
        fitted = fit(columns, texts, options.width, whole=whole)
    painted = Painter(columns, fitted, options)
    if measured:
        yield from painted.head()
    for row in chain(texts, (texts_of(columns, row) for row in rows)):
        yield painted.row(row)
    yield from map(painted.dim, _told(fitted))


def texts_of(columns: Sequence[Shown], row: Row) -> list[str]:
    """Return the cells of a row as people read them."""
    return [visible(column.text(row), keep_lines=column.kind == "lines") for column in columns]


def _told(fitted: Fit) -> Iterator[str]:
    if fitted.alike:
        yield f"the same in every row: {'; '.join(fitted.alike)}"
    if fitted.hidden:
        yield f"not shown: {', '.join(fitted.hidden)}; --wide shows all"


class Painter:
    """Puts cells beside each other, each in its width, with the colours that the place takes."""

    def __init__(self, columns: Sequence[Shown], fitted: Fit, options: RenderOptions) -> None:
        self._columns = [(at, columns[at], width) for at, width in zip(fitted.shown, fitted.widths, strict=True)]
        self._color = options.color

    def head(self) -> Iterator[str]:
        """Yield the headings, in as many lines as they need, and a rule."""
        folded = [fold(column.heading, width).split("\n") for _, column, width in self._columns]
        for at in range(max(map(len, folded))):
            parts = [parts[at] if at < len(parts) else "" for parts in folded]
            yield self._styled(self._line(parts), "bold")
        yield self.rule()

    def rule(self) -> str:
        """Return a line between parts of a table."""
        return self.dim("─" * (sum(width + GAP for _, _, width in self._columns) - GAP))

    def total(self, texts: Sequence[str]) -> str:
        """Return the row of the totals."""
        return self._styled(self.row(texts), "bold")

    def row(self, texts: Sequence[str]) -> str:
        """Return a row as one line."""
        return self._line([cut(flat(texts[at]), width) for at, _, width in self._columns], colored=True)

    def dim(self, text: str) -> str:
        """Return a line that stands back."""
        return self._styled(text, "dim")

    def _line(self, cells: Sequence[str], *, colored: bool = False) -> str:
        last = len(cells) - 1
        parts = []
        for number, (cell, (_, column, width)) in enumerate(zip(cells, self._columns, strict=True)):
            blank = " " * (width - cell_len(cell))
            text = self._styled(cell, meanings.style(column.name, cell)) if colored else cell
            right = blank + text if column.is_number else text + ("" if number == last else blank)
            parts.append(right)
        return (" " * GAP).join(parts).rstrip()

    def _styled(self, text: str, style: str | None) -> str:
        if not (self._color and style and text):
            return text
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
