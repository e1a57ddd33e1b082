"""Widths of columns on a terminal, and text folded into them at the places where a reader expects it.

Where a table is too wide all the same, a cell such as an address stands below another one, where it can be read whole.
"""
# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for

import sys
from collections.abc import Iterable, Sequence
from re import compile as pattern
from typing import Final

from rich.cells import cell_len, chop_cells

from tracker.renderers._parts.cells import Shown, shown, spoken
from tracker.table import Column, Row, Table
from tracker.text.safety import visible

GAP: Final = 2
"""Blanks between two columns."""

_PIECES: Final = pattern(r"[^ _/-]+[ _/-]*|[ _/-]+")
_DATE_PIECES: Final = pattern(r"[^ /]+[ /]*|[ /]+")
_WHOLE: Final = sys.maxsize
_CAPS: Final = ((14, _WHOLE), (10, _WHOLE), (10, 10), (7, 10), (7, 7), (4, 4), (2, 2))
"""Longest piece that a column keeps whole in its cells and in its heading, from a wide terminal to a narrow one."""

_DAY: Final = 10
"""Characters of a day, which is not broken while anything else can be."""


def column_widths(columns: Sequence[Shown], rows: Sequence[Sequence[str]], total: int | None) -> list[int]:
    """The width of each column: what heading and cells need, or less where the terminal holds less.

    The widest column gives way first, no column below its longest piece; numbers are not folded while anything else
    can be. What folding leaves unused goes to the columns that are folded most.
    """
    headings = [column.heading for column in columns]
    needs = _needs([headings, *rows])
    room = sum(needs) if total is None else total - GAP * (len(columns) - 1)
    if sum(needs) <= room:
        return needs
    widths = _narrowed(needs, _least(columns, rows, room), room)
    kinds = [column.kind for column in columns]
    used = _needs([[fold(*cell) for cell in zip(row, widths, kinds, strict=True)] for row in [headings, *rows]])
    for _ in range(room - sum(used)):
        at = max(range(len(used)), key=lambda at: needs[at] / used[at])
        used[at] += 1
    return used


def is_tight(columns: Sequence[Shown], rows: Sequence[Sequence[str]], total: int | None) -> bool:
    """Tell whether a terminal is too narrow for the words of the headings and for whole numbers."""
    room = sys.maxsize if total is None else total - GAP * (len(columns) - 1)
    return sum(_narrowest(columns, rows, _CAPS[0])) > room and sum(_needs([[c.heading for c in columns], *rows])) > room


def _narrowed(needs: list[int], least: list[int], room: int) -> list[int]:
    widths = needs[:]
    for _ in range(sum(widths) - room):
        spare = [(width, at) for at, width in enumerate(widths) if width > least[at]]
        if not spare:
            break
        widths[max(spare)[1]] -= 1
    return widths


def fold(text: str, width: int, kind: str = "text") -> str:
    """The text in lines of at most that many terminal cells, broken after blanks, ``_``, ``-`` and ``/``."""
    if cell_len(text) <= width and "\n" not in text:
        return text
    if kind == "tree":
        branches, trunk = _branches(text)
        first, *more = fold(text[len(branches) :], max(1, width - len(branches))).split("\n")
        return "\n".join([branches + first, *(trunk + line for line in more)])
    return "\n".join(line for part in text.split("\n") for line in _lines(part, width, kind))


def _lines(text: str, width: int, kind: str) -> Iterable[str]:
    line, used = "", 0
    for piece in _fitting(_pieces(text, kind), width):
        bare = piece.rstrip()
        if used + cell_len(bare) > width:
            if line:
                yield line.rstrip()
            *full, line = chop_cells(bare, width) or [bare]
            yield from full
            line += piece[len(bare) :]
        else:
            line += piece
        used = cell_len(line)
    yield line.rstrip()


def trunk_below(text: str, lines: int) -> str:
    """A folded cell of a tree with the trunk beside as many lines as its row has."""
    folded = text.split("\n")
    trunk = _branches(folded[0])[1].rstrip()
    return "\n".join(folded + [trunk] * (lines - len(folded)))


def _branches(text: str) -> tuple[str, str]:
    """The branches that lead to a text, and what goes on of them in the lines below."""
    branches = text[: len(text) - len(text.lstrip(" │├└─"))]
    return branches, branches.translate({ord("├"): "│", ord("└"): " ", ord("─"): " "})


def _fitting(pieces: Iterable[str], width: int) -> Iterable[str]:
    """Break a code or day that does not fit as a whole where other texts are broken."""
    for piece in pieces:
        yield from [piece] if cell_len(piece.rstrip()) <= width else _PIECES.findall(piece)


def _needs(rows: Iterable[Sequence[str]]) -> list[int]:
    return [
        max(1, *(cell_len(line) for cell in cells for line in cell.split("\n"))) for cells in zip(*rows, strict=True)
    ]


def _least(columns: Sequence[Shown], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width below which no column goes: its longest piece, but a number's whole cell.

    Words of headings stay whole while the terminal is wide enough for words of ten characters.
    """
    for caps in _CAPS:
        least = _narrowest(columns, rows, caps)
        if sum(least) <= room:
            return least
    return [2] * len(columns)  # a wide character needs two cells


def _narrowest(columns: Sequence[Shown], rows: Sequence[Sequence[str]], caps: tuple[int, int]) -> list[int]:
    """The longest piece of each column, at most so long in its cells and in its heading."""
    cap, head_cap = caps
    heading = [_longest([column.heading], "text") for column in columns]
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    body = [_longest(texts, column.kind) for column, texts in zip(columns, cells, strict=True)]
    return [
        max(piece if column.is_number else min(piece, _kept(cap, column.kind)), min(head, head_cap))
        for column, piece, head in zip(columns, body, heading, strict=True)
    ]


def _kept(cap: int, kind: str) -> int:
    return max(cap, _DAY) if kind == "date" else cap


def longest_piece(text: str, kind: str = "text") -> int:
    """Return the width of the longest part of a text that is not broken."""
    return _longest([text], kind)


def _longest(texts: Iterable[str], kind: str) -> int:
    return max((cell_len(piece.rstrip()) for text in texts for piece in _pieces(text, kind)), default=1)


def _pieces(text: str, kind: str) -> list[str]:
    if kind in ("count", "share"):
        return [text]
    if kind == "tree":
        branches, _ = _branches(text)
        return [branches + piece for piece in _PIECES.findall(text[len(branches) :])]
    return (_DATE_PIECES if kind in ("date", "code") else _PIECES).findall(text)


def stacked(table: Table, width: int) -> Table:
    """Return the table with its columns below each other that say so; as it is where it fits, or where none does."""
    places = {column.name: at for at, column in enumerate(table.columns)}
    under: dict[int, list[int]] = {}
    for at, column in enumerate(table.columns):
        if column.below in places:
            under.setdefault(places[column.below], []).append(at)
    rows = list(table.rows)
    if not under or _fits(table.but(rows=rows), width):
        return table.but(rows=rows)
    lower = {at for columns in under.values() for at in columns}
    kept = [at for at in range(len(table.columns)) if at not in lower]

    def told(row: Row) -> Row:
        return tuple(_together(row, [at, *under[at]]) if at in under else row[at] for at in kept)

    columns = [_over([table.columns[each] for each in (at, *under.get(at, ()))]) for at in kept]
    return table.but(columns=columns, rows=list(map(told, rows)))


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
    return columns[0].but(kind="lines", heading=", ".join(column.title for column in columns))
