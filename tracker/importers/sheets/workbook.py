"""An XLSX workbook: which of its sheets is read, its number formats, its rows and their cells."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import BinaryIO

from tracker.importers.sheets import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Row,
    UnreadableSheet,
    column_letters,
    column_position,
)
from tracker.importers.sheets.beside import Beside, Merged, beside
from tracker.importers.sheets.package import Package, Texts

BOOK = "xl/workbook.xml"

ABOUT = "about"
"""The sheet in which our own workbooks say what was asked; it needs no remark."""

BUILT_IN = {
    **dict.fromkeys((14, 15, 22, 27, 30, 31, 36, 50, 51, 54, 57, 58), "d"),
    **dict.fromkeys((16, 28, 29, 53), "d"),
    **dict.fromkeys((17, 52, 55, 56), "m"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "t"),
}
"""Number formats that a workbook does not write out (ECMA-376 part 1, 18.8.30): day, month, or time of day alone."""

_SAID_OTHERWISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\][]*\]', re.IGNORECASE)
"""What a format code shows as it stands: quoted text, escapes, colours and conditions."""

_ZEROS = re.compile(
    r'(?:"[^"0]*"|\\[^0]|_.|\*.|\[(?:black|blue|cyan|green|magenta|red|white|yellow)\]|[ 0().,/:-])+', re.IGNORECASE
)
"""A number format of zeros and signs that stand as they are."""

_NOT_SHOWN = re.compile(r"_.|\*.|\[[^\][]*\]", re.DOTALL)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)', re.DOTALL)

NEVER_COMPUTED = "holds a formula whose result is not in the file; open it in a spreadsheet, save it, or put the value"


@dataclass(slots=True)
class Book:
    """What the parts beside the sheets say."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, relationship and whether it is hidden."""
    targets: dict[str, str] = field(default_factory=dict)
    """Relationship to part."""
    formats: dict[int, str] = field(default_factory=dict)
    """Number formats that the workbook defines."""
    styles: list[str | None] = field(default_factory=list)
    """By style of a cell: what its number format shows."""
    from_1904: bool = False
    _inside: str = ""

    def take_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an element of the workbook's list of sheets."""
        if tag == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            target = next((value for key, value in attributes.items() if key.endswith("\x1fid")), "")
            self.sheets.append((attributes.get("name", ""), target, hidden))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def take_relation(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a relationship; what lies outside the file is never followed."""
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            self.targets[attributes.get("Id", "")] = target.lstrip("/")

    def take_style(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a number format, or the style of cells that names one."""
        number = _number(attributes.get("numFmtId"))
        if tag in ("cellXfs", "cellStyleXfs"):
            self._inside = tag
        elif tag == "numFmt":
            self.formats[number] = attributes.get("formatCode", "")
        elif tag == "xf" and self._inside == "cellXfs":
            code = self.formats.get(number)
            self.styles.append(BUILT_IN.get(number) if code is None else shows(code) or _zeros(code))


class _Reader:
    """Handlers of the elements ``row``, ``c`` (cell), ``f`` (formula), ``v`` (value) and ``t`` (text)."""

    def __init__(self, texts: Texts, styles: Sequence[str | None], found: Beside, *, from_1904: bool) -> None:
        self.done: list[Row] = []
        self._merged = Merged(found.merged)
        self._links = found.links
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
            self._merged.fill(self._number, self._cells, self._faults)
            self.done.append(Row(self._number, self._cells, self._faults, self._addresses()))

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._wanted:
            self._length += len(piece)
            if self._length > LONGEST_CELL:
                raise UnreadableSheet(f"cell {self._place()} holds more than {LONGEST_CELL} characters")
            self._pieces.append(piece)

    def _addresses(self) -> dict[int, str]:
        """The addresses of the row's links, but for those that a cell says itself."""
        given = self._links.get(self._number)
        if not given:
            return {}
        cells = dict(enumerate(self._cells))
        return {place: address for place, address in given.items() if _bare(cells.get(place, "")) != _bare(address)}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        letters = re.match(r"[A-Z]{1,3}", attributes.get("r", ""), re.ASCII)
        self._position = column_position(letters.group()) if letters else self._position + 1
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
            if len(self._cells) <= self._position:
                self._cells.extend([""] * (self._position + 1 - len(self._cells)))
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
            return date(raw, shown, from_1904=self._from_1904)
        return _padded(plain(raw), shown) if shown and "0" in shown else plain(raw)

    def _place(self) -> str:
        return f"{column_letters(self._position)}{self._number}"


def _bare(address: str) -> str:
    return address.removeprefix("mailto:").rstrip("/")


def open_workbook(stream: BinaryIO, name: str | None) -> tuple[Iterator[Row], list[str], tuple[int, ...]]:
    """Give the rows of the sheet of that name, else of the first that is not hidden.

    With them comes what is worth a remark, and the columns that hold links.
    """
    package = Package(stream)
    if not package.has(BOOK):
        raise UnreadableSheet("is a zip file without a workbook in it; expected an .xlsx file")
    book = _read(package)
    chosen, part = _chosen(package, book, name)
    remarks = []
    shown = [sheet for sheet, _, hidden in book.sheets if not hidden and sheet != ABOUT]
    if name is None and len(shown) > 1:
        remarks.append(f"the workbook has {len(shown)} sheets; only {chosen!r} is read")
    found = beside(package, part)
    return _rows(package, part, book, found), [*remarks, *found.remarks()], found.linked


def _rows(package: Package, part: str, book: Book, found: Beside) -> Iterator[Row]:
    """Yield the rows that hold anything; memory is bounded by one row and one piece of the part."""
    # Opened in here, the texts are closed too where no row is ever asked for.
    with closing(Texts(package)) as texts:
        reader = _Reader(texts, book.styles, found, from_1904=book.from_1904)
        for _ in package.parse(part, reader.start, reader.end, reader.text):
            yield from reader.done
            reader.done.clear()


def _chosen(package: Package, book: Book, name: str | None) -> tuple[str, str]:
    named = {sheet: target for sheet, target, _ in book.sheets}
    if name is not None and name not in named:
        from tracker.record.vocabulary import expected

        raise UnreadableSheet(f"has no sheet {name!r}; {expected(name, list(named))}")
    visible = [sheet for sheet, _, hidden in book.sheets if not hidden] or list(named)
    if not visible:
        raise UnreadableSheet("has no sheet")
    chosen = name or visible[0]
    part = book.targets.get(named[chosen], "")
    if not package.has(part):
        raise UnreadableSheet(f"has no part for the sheet {chosen!r}; it is damaged")
    return chosen, part


def _read(package: Package) -> Book:
    book = Book()
    handlers = {
        BOOK: book.take_sheet,
        "xl/_rels/workbook.xml.rels": book.take_relation,
        "xl/styles.xml": book.take_style,
    }
    for part, handler in handlers.items():
        if package.has(part):
            for _ in package.parse(part, handler, lambda _: None, lambda _: None):
                pass
    return book


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def shows(code: str) -> str | None:
    """Tell what a number format shows: ``d`` a day, ``m`` a month, ``y`` a year, ``t`` a time; None: a number."""
    bare = _SAID_OTHERWISE.sub("", code.split(";", maxsplit=1)[0]).lower()
    if bare in ("general", "@") or re.search(r"[0#?]", re.sub(r"[s.]\.?0+", "", bare)):
        return None
    if "d" in bare or "e" in bare.replace("general", ""):
        return "d"
    if "y" in bare:
        return "m" if "m" in bare else "y"
    return "t" if re.search(r"[hms]", bare) else None


@lru_cache(maxsize=8192)
def date(serial: str, shown: str, *, from_1904: bool) -> str:
    """Write a serial number as ``2023-01-12``, ``2023-01`` or ``2023``; the time of day follows where it is not zero.

    Excel counts days from 1900 and believes that 1900 was a leap year. Raises ValueError for a serial that is no day.
    """
    days = float(serial)
    if from_1904:
        moment = datetime(1904, 1, 1) + timedelta(days=days)  # noqa: DTZ001 - a wall clock
    elif 0 < days < 2958466 and int(days) != 60:
        moment = datetime(1899, 12, 30 if days > 60 else 31) + timedelta(days=days)  # noqa: DTZ001
    else:
        raise ValueError(f"{serial} is the serial number of no day")
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if shown == "y":
        return f"{moment.year:04d}"
    if shown == "m":
        return f"{moment.year:04d}-{moment.month:02d}"
    text = moment.date().isoformat()
    return text if moment.time() == datetime.min.time() else f"{text} {moment:%H:%M:%S}"


def plain(text: str) -> str:
    """Write a number as people do: ``1`` for ``1.0``, everything else as it is stored."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _zeros(code: str) -> str | None:
    """What a number format shows that fills up with zeros on the left, such as ``00000`` or ``00-000``; None: another.

    A format with thousands or decimals is another: its zeros are no part of what the number names.
    """
    first = re.sub(r"(?<!#)#++(?=0)", "", code.split(";", maxsplit=1)[0])
    if not _ZEROS.fullmatch(first) or first.count("0") < 2 or re.search(r"[.,]", _LITERAL.sub("", first)):
        return None
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", _NOT_SHOWN.sub("", first)).strip()


def _padded(number: str, shown: str) -> str:
    """Write a whole number as a format of zeros shows it: 42 under ``00-000`` is ``00-042``."""
    digits = number.removeprefix("-")
    if not digits.isdecimal():
        return number
    digits = digits.zfill(shown.count("0"))
    kept = len(digits) - shown.count("0")
    rest = iter(digits[kept:])
    filled = "".join(next(rest) if char == "0" else char for char in shown)
    first = shown.index("0")
    return f"{'-' * number.startswith('-')}{filled[:first]}{digits[:kept]}{filled[first:]}"
