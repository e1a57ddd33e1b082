"""An XLSX workbook: which of its sheets is read, its number formats, and the rows."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import BinaryIO

from tracker.importers.sheets import Row, UnreadableSheet, numbers
from tracker.importers.sheets.cells import rows
from tracker.importers.sheets.parts import Package
from tracker.importers.sheets.texts import Texts

BOOK = "xl/workbook.xml"

ABOUT = "about"
"""The sheet in which our own workbooks say what was asked; it needs no remark."""


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
            self.styles.append(numbers.BUILT_IN.get(number) if code is None else numbers.shows(code))


def open_workbook(stream: BinaryIO, name: str | None) -> tuple[Iterator[Row], list[str]]:
    """Give the rows of the sheet of that name, else of the first that is not hidden, and what is worth a remark."""
    package = Package(stream)
    if not package.has(BOOK):
        raise UnreadableSheet("is a zip file without a workbook in it; expected an .xlsx file")
    book = _read(package)
    chosen, part = _chosen(package, book, name)
    remarks = []
    shown = [sheet for sheet, _, hidden in book.sheets if not hidden and sheet != ABOUT]
    if name is None and len(shown) > 1:
        remarks.append(f"the workbook has {len(shown)} sheets; only {chosen!r} is read")
    return _rows(package, part, book), remarks


def _rows(package: Package, part: str, book: Book) -> Iterator[Row]:
    # Opened in here, the texts are closed too where no row is ever asked for.
    with closing(Texts(package)) as texts:
        yield from rows(package, part, texts, book.styles, from_1904=book.from_1904)


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
