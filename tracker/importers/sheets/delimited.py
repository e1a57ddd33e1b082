"""CSV and TSV: which sign parts the cells, and the rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from tracker.importers.sheets import LONGEST_CELL, Row, UnreadableSheet

DELIMITERS = ",;\t|"
"""Signs that part cells, the likeliest first."""

LONGEST_LINE = 8 * LONGEST_CELL
"""Characters of one line of the file."""

SAMPLED = 30
"""Rows by which the delimiter is found."""


def rows(stream: BinaryIO, encoding: str, delimiter: str | None = None) -> Iterator[Row]:
    """Yield every row that holds anything, numbered as a spreadsheet numbers it; raises UnreadableSheet."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        mark, said = _delimiter(text, delimiter)
        text.seek(0)
        yield from _rows(text, mark, said=said)
    except UnicodeError as error:
        raise UnreadableSheet(f"not {encoding.upper()}: {error}; save the sheet as CSV UTF-8") from None
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # the stream is the caller's, who closes it


def _rows(text: io.TextIOWrapper, delimiter: str, *, said: bool) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    given = lines(text)
    reader = csv.reader(given, delimiter=delimiter, strict=True)
    number = 0
    if said:
        next(given)
        number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableSheet(f"row {number}: no CSV: {error}") from None
        filled = [cell.strip() for cell in cells]
        if any(filled):
            if any("\0" in cell for cell in filled):
                raise UnreadableSheet(f"row {number}: holds a zero byte: this is no text file")
            yield Row(number, filled)


def lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines of a file; raises UnreadableSheet for one without end."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise UnreadableSheet(f"a line is longer than {LONGEST_LINE} characters")
        yield line


def _delimiter(text: io.TextIOWrapper, wanted: str | None) -> tuple[str, bool]:
    """Choose the sign that parts most rows into the same, largest number of cells.

    A list inside a cell (``USA; Japan``) has its sign in the rows too, but not in the header, or not as often each
    time.
    A first line ``sep=;``, as Excel takes it, decides; the second value tells whether there is one.
    """
    sample = list(islice(lines(text), SAMPLED))
    first = sample[0].strip() if sample else ""
    said = len(first) == 5 and first.lower().startswith("sep=")
    if wanted is not None or said:
        return wanted or first[4], said

    return max(DELIMITERS, key=lambda mark: (*_likeness(sample, mark), -DELIMITERS.index(mark))), False


def _likeness(sample: list[str], mark: str) -> tuple[int, int]:
    """Rank how a sign parts the rows: all alike, else most of them alike, else some; then by the number of cells."""
    with suppress(csv.Error):
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=mark) if any(cells))
        rows = widths.total()
        found = ((2 * count // rows, width * count) for width, count in widths.items() if width > 1)
        return max(found, default=(0, 0))
    return 0, 0
