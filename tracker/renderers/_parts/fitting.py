"""Which columns stand on a terminal where a row is one line, and how wide each is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells  # noqa: TID253 - part of the table renderer, imported by it alone

from tracker.renderers._parts.cells import Shown
from tracker.renderers._parts.folding import GAP, longest_piece

NARROWEST: Final = 80
"""Columns of a terminal from which on a row is one line."""

FEWEST: Final = 3
"""Rows from which on a column that says the same in all of them is left out with a word."""

ALWAYS: Final = 9
"""Weight of a column that is never left out."""

CUT: Final = "…"

_LEAST: Final[Mapping[str, int]] = {"text": 16, "list": 8, "lines": 16, "tree": 24}
"""Characters that a cell of a kind keeps at least; those of other kinds are not cut."""


class Fit(NamedTuple):
    """The columns that are shown, by their place, with the width of each, and what is said of the others."""

    shown: list[int]
    widths: list[int]
    alike: list[str]
    """What the columns that say the same in every row say."""
    hidden: list[str]
    """Headings of columns for which there is no room."""


def fit(columns: Sequence[Shown], rows: Sequence[Sequence[str]], room: int, *, whole: bool) -> Fit:
    """Choose columns and widths for one line a row; ``whole`` says whether these are all rows of the table.

    Columns without anything in them, or with the same in every row, are said in a line instead. What is too wide is
    cut down to the least width of its kind, the widest first; then the lightest column goes, of equals the last.
    """
    alike = _alike(columns, rows) if whole else {}
    shown = [at for at in range(len(columns)) if at not in alike]
    cells = {at: [flat(row[at]) for row in rows] for at in shown}
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


def flat(text: str) -> str:
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
            text = flat(texts.pop())
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
