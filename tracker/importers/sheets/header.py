"""The header of a sheet: where it stands, over how many rows, and what each column is called."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from tracker.importers.sheets import Row, column_letters

SEARCHED = 30
"""Rows among which a header is looked for."""


class Header(NamedTuple):
    """What the columns are called, and the number of the last row that says so."""

    names: list[str]
    row: int


def folded(name: str) -> str:
    """The form in which headers are compared: case and runs of blanks do not count."""
    return " ".join(name.split()).casefold()


def split(rows: Iterator[Row], at: Sequence[int], likeness: Callable[[list[str]], int]) -> tuple[Header, Iterator[Row]]:
    """Part a sheet into its header and the rows below it.

    ``at`` are the numbers of the header's rows; where it is empty, the header is the row among the first that
    ``likeness`` counts highest, the first filled one where it counts none. No row at all gives no columns.
    """
    if at:
        held = {row.number: row for row in _until(rows, max(at))}
        return Header(names([held[number].cells for number in at if number in held]), max(at)), rows
    first: list[Row] = []
    for row in rows:
        first.append(row)
        if len(first) == SEARCHED:
            break
    if not first:
        return Header([], 0), rows
    best = max(range(len(first)), key=lambda place: (likeness(first[place].cells), -place))
    return Header(names([first[best].cells]), first[best].number), chain(first[best + 1 :], rows)


def names(levels: Sequence[Sequence[str]]) -> list[str]:
    """Name the columns: the texts of all levels joined by a blank, each name once.

    A cell merged over several columns has its text in the first of them only, so an upper level's text also holds for
    the empty cells to its right. A column without a name is called ``column C``, a name's second bearer ``Date (2)``.
    """
    width = max((len(level) for level in levels), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, level in enumerate(levels):
        carried = ""
        for position in range(width):
            text = " ".join(level[position].split()) if position < len(level) else ""
            carried = text or (carried if depth < len(levels) - 1 else "")
            if carried:
                parts[position].append(carried)
    while parts and not parts[-1]:
        parts.pop()
    return _distinct([" ".join(part) or f"column {column_letters(at)}" for at, part in enumerate(parts)])


def _distinct(wanted: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    given = []
    for name in wanted:
        count = seen[folded(name)] = seen.get(folded(name), 0) + 1
        given.append(name if count == 1 else f"{name} ({count})")
    return given


def _until(rows: Iterator[Row], number: int) -> Iterator[Row]:
    for row in rows:
        yield row
        if row.number >= number:
            return
