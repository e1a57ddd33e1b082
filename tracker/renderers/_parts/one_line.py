"""A table on a terminal, one line a row: columns by their weight, cells cut to fit, words for what is left out."""
# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells
from rich.color import ColorSystem
from rich.style import Style

from tracker.renderers import RenderOptions
from tracker.renderers._parts import meanings
from tracker.renderers._parts.cells import Shown, shown
from tracker.renderers._parts.folding import GAP, fold, longest_piece
from tracker.table import Row, Table
from tracker.text.safety import visible

NARROWEST: Final = 80
"""Columns of a terminal from which on a row is one line."""

FEWEST: Final = 3
"""Rows from which on a column that says the same in all of them is left out with a word."""

ALWAYS: Final = 9
"""Weight of a column that is never left out."""

CUT: Final = "…"

_LEAST: Final[Mapping[str, int]] = {"text": 16, "list": 8, "lines": 16, "tree": 24}
"""Characters that a cell of a kind keeps at least; those of other kinds are not cut."""

MEASURED: Final = 2_000
"""Rows by which the widths of a long table are told; all others are cut to these."""


class Fit(NamedTuple):
    """The columns that are shown, by their place, with the width of each, and what is said of the others."""

    shown: list[int]
    widths: list[int]
    alike: list[str]
    """What the columns that say the same in every row say."""
    hidden: list[str]
    """Headings of columns for which there is no room."""


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
        return self._line([cut(_flat(texts[at]), width) for at, _, width in self._columns], colored=True)

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


def _fit(columns: Sequence[Shown], rows: Sequence[Sequence[str]], room: int, *, whole: bool) -> Fit:
    """Choose columns and widths for one line a row; ``whole`` says whether these are all rows of the table.

    Columns without anything in them, or with the same in every row, are said in a line instead. What is too wide is
    cut down to the least width of its kind, the widest first; then the lightest column goes, of equals the last.
    """
    alike = _alike(columns, rows) if whole else {}
    shown = [at for at in range(len(columns)) if at not in alike]
    cells = {at: [_flat(row[at]) for row in rows] for at in shown}
    needs = {at: _need(columns[at].heading, cells[at]) for at in shown}
    least = {at: _least(columns[at], cells[at]) for at in shown}
    hidden: list[int] = []
    while sum(least[at] + GAP for at in shown) - GAP > room:
        light = [at for at in shown[1:] if columns[at].weight < ALWAYS]
        if not light:
            break
        hidden.append(min(light, key=lambda at: (columns[at].weight, -at)))
        shown.remove(hidden[-1])
    widths = _shared({at: needs[at] for at in shown}, least, room - GAP * (len(shown) - 1))
    said = [alike[at] for at in sorted(alike)]
    return Fit(shown, widths, said, [columns[at].heading for at in sorted(hidden)])


def _flat(text: str) -> str:
    """Return a cell of several lines as one."""
    return "; ".join(text.split("\n")) if "\n" in text else text


def cut(text: str, width: int) -> str:
    """Return a text of one line in at most so many cells of a terminal; what is cut ends with ``…``."""
    if cell_len(text) <= width:
        return text
    return (chop_cells(text, width - 1)[0].rstrip() if width > 1 else "") + CUT


def _alike(columns: Sequence[Shown], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return what each column says that says nothing, or the same, in every row; never of the first, or of numbers."""
    if len(rows) < FEWEST:
        return {}
    said: dict[int, str] = {}
    for at, column in enumerate(columns):
        texts = {row[at] for row in rows}
        if at and len(texts) == 1 and not column.is_number:
            text = _flat(texts.pop())
            said[at] = f"{column.heading}: {text}" if text else f"{column.heading}: nothing"
    return said


def _need(heading: str, cells: Iterable[str]) -> int:
    return max((longest_piece(heading), *map(cell_len, cells)))


def _least(column: Shown, cells: Sequence[str]) -> int:
    body = max(map(cell_len, cells), default=0)
    least = _LEAST.get(column.kind, body) if column.least is None else column.least
    return max(min(body, least), longest_piece(column.heading))


def _shared(needs: Mapping[int, int], least: Mapping[int, int], room: int) -> list[int]:
    """Return the widths: what is needed, or less from the widest on, but no less than the least."""
    widths = dict(needs)
    while sum(widths.values()) > room:
        spare = [(width, at) for at, width in widths.items() if width > least[at]]
        if not spare:
            break
        widths[max(spare)[1]] -= 1
    return list(widths.values())


def lines(table: Table, options: RenderOptions) -> Iterator[str]:
    """Yield the lines of a table; holds no more than the rows that are measured."""
    columns = shown(table)
    rows = iter(table.rows)
    measured = list(islice(rows, MEASURED + 1))
    whole = len(measured) <= MEASURED
    texts = [texts_of(columns, row) for row in measured]
    if options.wide or not options.width:
        fitted = _fit(columns, texts, sum(max(map(cell_len, map(_flat, row))) for row in texts), whole=False)
    else:
        fitted = _fit(columns, texts, options.width, whole=whole)
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
