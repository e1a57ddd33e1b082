"""Any sheet, opened by its first bytes as an XLSX workbook or as delimited text, and parted into header and rows."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from tracker.importers.sheets import Row, UnreadableSheet, column_letters, delimited, encodings
from tracker.importers.sheets.delimited import detect

SEARCHED = 30
"""Rows among which a header is looked for."""


class Header(NamedTuple):
    """What the columns are called, and the number of the last row that says so."""

    names: list[str]
    row: int


def folded(name: str) -> str:
    """The form in which headers are compared: case and runs of blanks do not count."""
    return " ".join(name.split()).casefold()


def too_wide(row: Row, header: Header) -> str | None:
    """Say that a row has more cells than there are columns, None where it has not."""
    if not any(row.cells[len(header.names) :]):
        return None
    step = "name each column, and put a cell that holds the sign between cells in quotation marks"
    return f"{len(row.cells)} cells under {len(header.names)} headers; {step}"


def split(rows: Iterator[Row], at: Sequence[int], likeness: Callable[[list[str]], int]) -> tuple[Header, Iterator[Row]]:
    """Part a sheet into its header and the rows below it.

    ``at`` are the numbers of the header's rows; where it is empty, the header is the row among the first that
    ``likeness`` counts highest, the first filled one where it counts none. No row at all gives no columns.
    """
    if at:
        cells_by_row = {row.number: row for row in _until(rows, max(at))}
        return Header(names([cells_by_row[number].cells for number in at if number in cells_by_row]), max(at)), rows
    first: list[Row] = []
    for row in rows:
        first.append(row)
        if len(first) == SEARCHED:
            break
    if not first:
        return Header([], 0), rows
    best = max(range(len(first)), key=lambda index: (likeness(first[index].cells), -index))
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
            if carried and carried not in parts[position]:  # merged over both rows
                parts[position].append(carried)
    while parts and not parts[-1]:
        parts.pop()
    return _distinct([" ".join(part) or f"column {column_letters(at)}" for at, part in enumerate(parts)])


LINK = " (link)"
"""What stands behind the name of a column in that of the addresses to which its cells lead."""


def names_of_links(called: Sequence[str], linked: Sequence[int]) -> dict[int, str]:
    """Name the columns of the addresses, by the positions of those whose cells lead there."""
    given = [f"{called[at]}{LINK}" for at in linked if at < len(called)]
    return dict(zip(linked, _distinct([*called, *given])[len(called) :], strict=False))


def repeats_header(row: Row, called: Sequence[str]) -> bool:
    """Tell whether a row names the columns again, as at the top of a further page."""
    filled = [(cell, name) for cell, name in zip(row.cells, called, strict=False) if cell]
    return len(filled) > 1 and all(folded(cell) == folded(name) for cell, name in filled)


def _distinct(headings: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    given = []
    for name in headings:
        count = seen[folded(name)] = seen.get(folded(name), 0) + 1
        given.append(name if count == 1 else f"{name} ({count})")
    return given


def _until(rows: Iterator[Row], number: int) -> Iterator[Row]:
    for row in rows:
        yield row
        if row.number >= number:
            return


ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
"""How OLE files begin: ``.xls``, and workbooks under a password."""

IN_MEMORY = 16 * 1024 * 1024
"""Bytes of a pipe that are held before they go to a temporary file."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a mapping says of the file itself; None: found out."""

    name: str | None = None
    """Of the sheet in a workbook."""
    delimiter: str | None = None
    encoding: str | None = None
    rows: str | None = None
    """Of JSON: keys, joined by dots, that lead to the list whose objects are the rows."""
    is_likely: bool = False
    """Whether an encoding that is only likely is taken, as for a first map."""


@dataclass(slots=True)
class Sheet:
    """Rows as they come, and what the user should know of how they were read."""

    rows: Iterator[Row]
    remarks: list[str] = field(default_factory=list)
    unit: str = "row"
    """What a row is called."""
    keyed: bool = False
    """Whether the first row holds the keys of objects, not a header that somebody wrote."""
    encoding: str | None = None
    """What a map has to say of the encoding."""
    linked: tuple[int, ...] = ()
    """Positions of the columns in which some cells lead to an address."""


UTF_8_NAMES = ("utf-8", "utf8", "utf-8-sig")
"""How a map writes an encoding of which a stray byte is forgiven, and told."""


def open_sheet(stream: BinaryIO, layout: Layout = Layout()) -> Sheet:
    """Open a workbook or a delimited text in a stream that can seek.

    Raises UnreadableSheet, at once or while the rows come.
    """
    head = stream.read(4)
    stream.seek(0)
    if not head:
        raise UnreadableSheet("is empty; there is nothing to import")
    if head == OLD:
        raise UnreadableSheet("is an old .xls file or under a password; save it as .xlsx without one")
    _refuse_others(stream)
    if head == ZIP:
        from tracker.importers.sheets.workbook import open_workbook

        rows, remarks, linked = open_workbook(stream, layout.name)
        return Sheet(rows, remarks, linked=linked)
    if _is_json(stream):
        from tracker.importers.sheets.objects import open_objects

        found = open_objects(stream, layout.rows)
        return Sheet(found.rows, unit=found.unit, keyed=True)
    encoding, remark = (layout.encoding, None) if layout.encoding else detect(stream)
    if not layout.encoding and encoding in delimited.WESTERN and (other := encodings.of_another_script(stream)):
        return _of_another_script(stream, layout, other)
    if layout.encoding and folded(layout.encoding) in UTF_8_NAMES and delimited.damaged(stream):
        encoding = delimited.DAMAGED
    if encoding == delimited.DAMAGED:
        remarks = delimited.strays(stream, layout.delimiter)
        return Sheet(delimited.rows(stream, encoding, layout.delimiter), remarks)
    try:
        "".encode(encoding or "")
    except LookupError:
        raise UnreadableSheet(f"unknown encoding {encoding!r}; expected one such as utf-8 or cp1252") from None
    return Sheet(delimited.rows(stream, encoding or "utf-8", layout.delimiter), [remark] if remark else [])


def _of_another_script(stream: BinaryIO, layout: Layout, likely: tuple[str | None, str]) -> Sheet:
    """Open a sheet in the encoding that is likely, where that is enough; raises UnreadableSheet with what to say."""
    encoding, example = likely
    why = "is no UTF-8, and its letters are not Latin ones"
    if encoding is None:
        raise UnreadableSheet(f'{why}: save it as UTF-8, or say in a map what it is: [sheet] encoding = "..."')
    said = f"{why}; it is likely {encoding}, by which it reads {example!r}"
    if not layout.is_likely:
        raise UnreadableSheet(f'{said}: say so in a map, [sheet] encoding = "{encoding}", or save it as UTF-8')
    sheet = Sheet(delimited.rows(stream, encoding, layout.delimiter), [f"{said}: check the texts"])
    sheet.encoding = encoding
    return sheet


def _is_json(stream: BinaryIO) -> bool:
    from tracker.importers.sheets.objects import is_json

    head = stream.read(1024)
    stream.seek(0)
    return is_json(head)


OTHERS = (
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", "is an OpenDocument file (.ods)"),
    (rb"%PDF-", "is a PDF file, whose tables are no cells"),
    (rb"\s*(<!doctype html|<html|<table|<head\b)", "is a web page, whatever its ending says"),
    (rb"\s*<\?xml[^>]*>\s*(<\?[^>]*>\s*)*<(ss:)?Workbook", "is an XML spreadsheet of Excel 2003"),
    (rb"\s*<\?xml\b", "is XML"),
    (rb"\{\\rtf", "is a text of a word processor (.rtf)"),
    (rb"PAR1", "is a Parquet file"),
    (rb"<stata_dta>|[\x71-\x73][\x01\x02]\x01\x00", "is a file of Stata (.dta)"),
    (rb"\$FL[23]", "is a file of SPSS (.sav)"),
    (rb"\x1f\x8b", "is compressed (gzip)"),
    (rb"RDX[23]\n|BZh|\xfd7zXZ", "is a file of R, or compressed"),
    (rb"SQLite format 3\x00", "is a database of SQLite"),
)
"""How files begin that are no sheets for us, and what they are."""


def _refuse_others(stream: BinaryIO) -> None:
    """Raise UnreadableSheet for a file of another kind, with what to do."""
    head = stream.read(1024).removeprefix(b"\xef\xbb\xbf")
    stream.seek(0)
    for beginning, what in OTHERS:
        if re.match(beginning, head, re.IGNORECASE | re.DOTALL):
            raise UnreadableSheet(
                f"{what}; open it in the program that made it, or a spreadsheet, and save it as .xlsx or .csv"
            )


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that can be read twice: the stream itself, or a copy of a pipe, on disk where it is long."""
    if stream.seekable():
        yield stream
        return
    with SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield cast("BinaryIO", copy)
