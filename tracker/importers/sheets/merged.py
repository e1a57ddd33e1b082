"""Cells of a workbook that are merged over several rows: what stands in the first holds for all of them.

Only the first column of a merged block is filled in: what is merged over columns is one cell, not several.
"""

import re
from array import array
from collections.abc import Iterator

from tracker.importers.sheets import MOST_COLUMNS, UnreadableSheet, column_position
from tracker.importers.sheets.package import Package

MOST = 1_000_000
"""Merged cells of a sheet."""

MOST_FILLED = 5_000_000
"""Cells that are filled with what is merged over them; a small file may say so of all that a sheet can have."""

MARK = b"mergeCell"
"""The element that a part has to hold before it is looked through for merged cells, which stand behind its rows."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?[A-Z]{1,3}\$?([1-9]\d{0,6})", re.ASCII)

_ROWS = 10_000_000
"""More than the rows of any sheet; parts the numbers that a merged cell is kept as."""


def merges(package: Package, part: str) -> "array[int]":
    """The cells that are merged over rows, each as one number, in order of their first rows."""
    found: array[int] = array("Q")
    if not package.mentions(part, MARK):
        return found

    def take(tag: str, attributes: dict[str, str]) -> None:
        given = _RANGE.fullmatch(attributes.get("ref", "")) if tag == "mergeCell" else None
        if given is None or int(given[3]) <= int(given[2]):
            return
        if len(found) == MOST:
            raise UnreadableSheet(f"more than {MOST} merged cells")
        found.append((int(given[2]) * _ROWS + int(given[3])) * MOST_COLUMNS * 2 + column_position(given[1]))

    for _ in package.parse(part, take, lambda _: None, lambda _: None):
        pass
    return array("Q", sorted(found))


class Merged:
    """Fills rows that come one by one with what is merged over them from above."""

    def __init__(self, found: "array[int]") -> None:
        self._waiting: Iterator[int] = iter(found)
        self._next = next(self._waiting, None)
        self._open: dict[int, tuple[int, str, str | None]] = {}
        """By position of the column: the last row, the text and the fault of the cell."""
        self._filled = 0

    def fill(self, number: int, cells: list[str], faults: dict[int, str]) -> None:
        """Fill the row of this number, and take note of the cells that are merged from it on."""
        if self._next is None and not self._open:
            return
        self._fill_open(number, cells, faults)
        self._open_new(number, cells, faults)

    def _fill_open(self, number: int, cells: list[str], faults: dict[int, str]) -> None:
        self._filled += len(self._open)
        if self._filled > MOST_FILLED:
            raise UnreadableSheet(f"more than {MOST_FILLED} cells are merged into others above them")
        for position, (last, text, fault) in list(self._open.items()):
            if last < number:
                del self._open[position]
                continue
            if len(cells) <= position:
                cells.extend([""] * (position + 1 - len(cells)))
            if not cells[position] and position not in faults:
                cells[position] = text
                if fault:
                    faults[position] = fault

    def _open_new(self, number: int, cells: list[str], faults: dict[int, str]) -> None:
        while self._next is not None and self._next // (MOST_COLUMNS * 2 * _ROWS) <= number:
            rows, position = divmod(self._next, MOST_COLUMNS * 2)
            first, last = divmod(rows, _ROWS)
            if first == number and position < max(len(cells), 1):
                text, fault = cells[position], faults.get(position)
                if text or fault:
                    self._open[position] = (last, text, fault)
            self._next = next(self._waiting, None)
