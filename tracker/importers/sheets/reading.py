"""Any sheet, opened: by its first bytes an XLSX workbook or delimited text."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from tracker.importers.sheets import Row, UnreadableSheet, delimited
from tracker.importers.sheets.encoding import detect

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


@dataclass(slots=True)
class Sheet:
    """Rows as they come, and what the user should know of how they were read."""

    rows: Iterator[Row]
    remarks: list[str] = field(default_factory=list)


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
    if head == ZIP:
        from tracker.importers.sheets.workbook import open_workbook

        rows, remarks = open_workbook(stream, layout.name)
        return Sheet(rows, remarks)
    encoding, remark = (layout.encoding, None) if layout.encoding else detect(stream)
    try:
        "".encode(encoding or "")
    except LookupError:
        raise UnreadableSheet(f"unknown encoding {encoding!r}; expected one such as utf-8 or cp1252") from None
    return Sheet(delimited.rows(stream, encoding or "utf-8", layout.delimiter), [remark] if remark else [])


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
