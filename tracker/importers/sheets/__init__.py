"""Sheets as rows of text: CSV and TSV in any encoding, XLSX, JSON. What the columns mean is not decided here."""

from typing import NamedTuple

LONGEST_CELL = 1024 * 1024
"""Characters of one cell."""

MOST_COLUMNS = 16_384
"""Columns of a sheet, as many as Excel has."""

LIST = "\x01\x02\x03"
"""Signs between the items of a list in one cell, and those of lists in it; no text of a sheet holds them."""


class Row(NamedTuple):
    """A row as it stands in the sheet; trailing empty cells may be left out."""

    number: int
    """As a spreadsheet counts, from 1."""
    cells: list[str]
    """Stripped of surrounding blanks; a cell that cannot be read is empty."""
    faults: dict[int, str] = {}  # noqa: RUF012 - shared by all rows without a fault, and never changed
    """By position in ``cells``: why that cell cannot be read."""
    links: dict[int, str] = {}  # noqa: RUF012 - as above
    """By position in ``cells``: the address that a cell leads to and does not say."""


class UnreadableSheet(ValueError):
    """A file that is no sheet, or that would be unsafe to read to the end; the message is one line."""


def column_letters(position: int) -> str:
    """Name a column as spreadsheets do: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_position(letters: str) -> int:
    """The place of a column by its name in spreadsheets: ``A`` is 0, ``AA`` is 26."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
