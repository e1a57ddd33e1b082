r"""The TSV that ``tracker list`` writes, told from a spreadsheet's, and its texts read back exactly.

Our TSV quotes nothing: a tab, a line end, a control character and a backslash in a text are backslash escapes, and a
cell never begins with a quotation mark (``renderers.tsv``). A spreadsheet's TSV has no escapes and puts cells
into quotation marks where it has to. So a file is ours when its first row holds ``title`` or ``ref`` between tabs, no
cell begins with a quotation mark, no row is longer than the first, and each backslash begins one of our escapes.
Without quotation marks and backslashes both readings are the same.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from tracker.importers.sheets import LONGEST_CELL, MOST_COLUMNS, Row, UnreadableSheet
from tracker.importers.sheets.delimited import lines

_ESCAPE = re.compile(r"\\(?:([tnr\\])|x([0-9a-f]{2})|u([0-9a-f]{4})|(.|$))", re.DOTALL)
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


NAMES = frozenset({"title", "ref"})
"""One of these is in the header of every list that can be imported."""


class Verdict(NamedTuple):
    """Whether a file is ours, and what whoever imports it should know of how it is read."""

    ours: bool
    remark: str | None = None


def judge(stream: BinaryIO, *, one_column: bool) -> Verdict:
    """Look through a whole UTF-8 file; ``one_column``: whether one without a tab in its header may be ours too."""
    width = escaped = 0
    backslash = foreign = None
    for number, cells in _cells(stream):
        if number == 1:
            width = len(cells)
            if NAMES.isdisjoint(cells) or (width == 1 and not one_column) or width > MOST_COLUMNS:
                return Verdict(ours=False)
        if any("\\" in cell for cell in cells):
            escaped += 1
            backslash = backslash or number
        foreign = foreign or _foreign(cells, width, number)
        if foreign and (backslash or width == 1):
            break
    if foreign:
        said = f"row {backslash}: backslashes stay as they are: {foreign}, so this is no TSV that tracker wrote"
        return Verdict(ours=False, remark=said if backslash and width > 1 else None)
    undone = r"read as TSV that tracker wrote: \n, \t and \\ stand for a line end, a tab and a backslash"
    return Verdict(ours=True, remark=f"{undone} (in {escaped} row{'s' * (escaped > 1)})" if escaped else None)


def rows(stream: BinaryIO) -> Iterator[Row]:
    """Yield every row that holds anything, its cells as they were before they were written."""
    for number, cells in _cells(stream):
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise UnreadableSheet(f"row {number}: a cell holds more than {LONGEST_CELL} characters")
        if any(cells):
            yield Row(number, [_ESCAPE.sub(_sign, cell) if "\\" in cell else cell for cell in cells])


def _cells(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="\n")
    try:
        for number, line in enumerate(lines(text), 1):
            yield number, line.removesuffix("\n").removesuffix("\r").split("\t")
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # the stream is the caller's


def _foreign(cells: list[str], width: int, number: int) -> str | None:
    """What of a row tracker does not write."""
    if len(cells) > width:
        return f"row {number} has more cells than the header"
    for cell in cells:
        if cell.startswith('"'):
            return f"a cell of row {number} begins with a quotation mark"
        if "\\" in cell and any(found[4] is not None for found in _ESCAPE.finditer(cell)):
            return f"a backslash of row {number} begins no escape"
    return None


def _sign(found: re.Match[str]) -> str:
    return _SIGNS[found[1]] if found[1] else chr(int(found[2] or found[3], 16))
