"""Sheets whose headers are field names of the register, as our own lists print them."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from tracker.importers import Entry, Problem, Remark, SheetRow
from tracker.importers.sheets import Row, UnreadableSheet, column_letters, delimited
from tracker.importers.sheets.delimited import detect
from tracker.importers.sheets.reading import OLD, ZIP, Header, Sheet, folded, open_sheet, seekable, split, too_wide
from tracker.text.safety import unguard

IDENTIFYING = ("title", "ref")
"""One of these is in every header of such a sheet."""

NO_FIELDS = "no column is 'title' or 'ref'; write a map for this sheet with tracker import --draft-map"


def read(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Yield the rows below the header; empty rows are passed over."""
    try:
        with seekable(stream) as again:
            yield from _sheet(again, name)
    except UnreadableSheet as error:
        yield Problem(name, str(error), fatal=True)


def likeness(cells: list[str]) -> int:
    """Tell how many of the names that identify such a sheet stand among the cells of a row."""
    names = {folded(cell) for cell in cells}
    return sum(name in names for name in IDENTIFYING)


def _sheet(stream: BinaryIO, name: str) -> Iterator[Entry]:
    own, sheet = _opened(stream, name)
    header, rows = split(sheet.rows, (1,) if own else (), likeness)
    if not header.names:
        yield Problem(name, "the sheet is empty; the first row holds the field names", fatal=True)
        return
    if not likeness(header.names):
        yield Problem(f"{name}, row {header.row}", NO_FIELDS, fatal=True)
        return
    names = {folded(given) for given in header.names}
    twice = [given for given in header.names if given.endswith(" (2)") and folded(given[:-4]) in names]
    if twice:
        yield Problem(f"{name}, row {header.row}", f"the column {twice[0][:-4]!r} stands twice", fatal=True)
        return
    yield from (Remark(name, remark) for remark in sheet.remarks)
    for row in rows:
        yield from _entries(row, header, name, str if own else unguard)


def _opened(stream: BinaryIO, name: str) -> tuple[bool, Sheet]:
    """Open a sheet, and tell whether it is TSV that we wrote: then nothing of its cells is taken away."""
    head = stream.read(len(ZIP))
    stream.seek(0)
    if not head or head in (ZIP, OLD) or detect(stream)[0] not in ("utf-8", "utf-8-sig"):
        return False, open_sheet(stream)
    own, remark = delimited.judge(stream, one_column=not name.lower().endswith(".csv"))
    stream.seek(0)
    sheet = Sheet(delimited.own_rows(stream)) if own else open_sheet(stream)
    return own, Sheet(sheet.rows, [*sheet.remarks, *([remark] if remark else [])])


def _entries(row: Row, header: Header, name: str, text: Callable[[str], str]) -> Iterator[Entry]:
    where = f"{name}, row {row.number}"
    if row.faults:
        for position, fault in row.faults.items():
            called = header.names[position] if position < len(header.names) else None
            yield Problem(where, f"cell {column_letters(position)}{row.number} {fault}", called)
    elif message := too_wide(row, header):
        yield Problem(where, message)
    else:
        for position, address in row.links.items():
            why = f"leads to {address}, which is not read; write the address in the cell, or import by a map"
            called = header.names[position] if position < len(header.names) else None
            yield Remark(where, why, called, row.cells[position] if position < len(row.cells) else "")
        cells = {called: text(cell) for called, cell in zip(header.names, row.cells, strict=False) if cell}
        yield SheetRow(where, cells, tuple(called for called in header.names if called not in cells))
