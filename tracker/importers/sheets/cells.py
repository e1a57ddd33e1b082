"""The rows of one sheet of a workbook, as they stand in it; formulas are never computed."""

import re
from collections.abc import Iterator, Sequence

from tracker.importers.sheets import LONGEST_CELL, MOST_COLUMNS, Row, UnreadableSheet, column_letters, numbers
from tracker.importers.sheets.parts import Package
from tracker.importers.sheets.texts import Texts

NEVER_COMPUTED = "holds a formula whose result is not in the file; open it in a spreadsheet, save it, or put the value"


def rows(package: Package, part: str, texts: Texts, styles: Sequence[str | None], *, from_1904: bool) -> Iterator[Row]:
    """Yield the rows that hold anything; memory is bounded by one row and one piece of the part."""
    reader = _Reader(texts, styles, from_1904=from_1904)
    for _ in package.parse(part, reader.start, reader.end, reader.text):
        yield from reader.done
        reader.done.clear()


class _Reader:
    """Handlers of the elements ``row``, ``c`` (cell), ``f`` (formula), ``v`` (value) and ``t`` (text)."""

    def __init__(self, texts: Texts, styles: Sequence[str | None], *, from_1904: bool) -> None:
        self.done: list[Row] = []
        self._texts, self._styles, self._from_1904 = texts, styles, from_1904
        self._number = self._position = 0
        self._cells: list[str] = []
        self._faults: dict[int, str] = {}
        self._kind = self._style = ""
        self._formula = self._wanted = self._phonetic = False
        self._pieces: list[str] = []
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self._wanted = True
        elif tag == "row":
            given = attributes.get("r", "")
            self._number = int(given) if given.isdecimal() and len(given) < 8 else self._number + 1
            self._cells, self._faults, self._position = [], {}, -1
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in ("v", "t"):
            self._wanted = False
        elif tag == "c":
            self._end_cell()
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row" and (self._faults or any(self._cells)):
            self.done.append(Row(self._number, self._cells, self._faults))

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._wanted:
            self._length += len(piece)
            if self._length > LONGEST_CELL:
                raise UnreadableSheet(f"cell {self._place()} holds more than {LONGEST_CELL} characters")
            self._pieces.append(piece)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        letters = re.match(r"[A-Z]{1,3}", attributes.get("r", ""), re.ASCII)
        self._position = _position(letters.group()) if letters else self._position + 1
        if self._position >= MOST_COLUMNS:
            raise UnreadableSheet(f"row {self._number}: more than {MOST_COLUMNS} columns")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula = False
        self._pieces.clear()
        self._length = 0

    def _end_cell(self) -> None:
        raw = "".join(self._pieces)
        value, fault = "", None
        try:
            value = self._value(raw)
        except (ValueError, OverflowError) as error:
            if isinstance(error, UnreadableSheet):
                raise
            fault = str(error)
        if self._formula and not raw and self._kind != "str":
            fault = NEVER_COMPUTED
        if value or fault:
            while len(self._cells) <= self._position:
                self._cells.append("")
            self._cells[self._position] = value.strip()
            if fault:
                self._faults[self._position] = fault

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            return self._texts[int(raw)] if raw else ""
        if self._kind == "b":
            return {"1": "true", "0": "false"}.get(raw, raw)
        if self._kind == "e":
            raise ValueError(f"{raw}: an error of the spreadsheet")
        if self._kind == "d":
            return raw.removesuffix("T00:00:00").removesuffix("T00:00:00Z")
        if self._kind != "n" or not raw:
            return raw
        shown = self._styles[int(self._style)] if self._style.isdecimal() and len(self._style) < 8 and int(
            self._style
        ) < len(self._styles) else None  # fmt: skip
        if shown in ("d", "m", "y"):
            return numbers.date(raw, shown, from_1904=self._from_1904)
        return numbers.plain(raw)

    def _place(self) -> str:
        return f"{column_letters(self._position)}{self._number}"


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
