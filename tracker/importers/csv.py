"""CSV or TSV sheets whose headers are field names of the register, as ``list -f csv`` writes them."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from tracker.domain.safety import unguard
from tracker.importers import Entry, Problem, SheetRow

SUMMARY = "CSV: a sheet whose headers are field names (title, parties, signed, binding, ...)"
SUFFIXES = (".csv", ".tsv")
LONGEST = 1024 * 1024
"""Characters of one cell."""
DELIMITERS = ",;\t|"


def matches(head: bytes) -> bool:
    """Tell whether the first line names a field of the register between delimiters."""
    line = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").partition("\n")[0]
    names = [cell.strip().strip('"').lower() for cell in line.replace("\r", "").split(_delimiter(line))]
    return "title" in names or "ref" in names


def read(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Yield the rows below the header; empty rows are passed over."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield from _rows(text, name)
    except UnicodeDecodeError as error:
        yield Problem(name, f"not UTF-8: byte {error.object[error.start]:#04x}; save the sheet as CSV UTF-8")
    except csv.Error as error:
        yield Problem(name, f"no CSV: {error}")
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # the stream is the caller's, who closes it


def _rows(text: io.TextIOWrapper, name: str) -> Iterator[Entry]:
    csv.field_size_limit(LONGEST)
    first = text.readline()
    if not first.strip():
        yield Problem(name, "the sheet is empty; the first row holds the field names")
        return
    delimiter = _delimiter(first)
    headers = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter))]
    folded = [header.lower() for header in headers]
    twice = {header for header in headers if header and folded.count(header.lower()) > 1}
    if twice:
        yield Problem(f"{name}, row 1", f"the column {min(twice)!r} stands twice")
        return
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 2):
        where = f"{name}, row {number}"
        filled = [cell.strip() for cell in cells]
        if not any(filled):
            continue
        if any(filled[len(headers) :]):
            yield Problem(where, f"{len(filled)} cells under {len(headers)} headers")
            continue
        named = zip(headers, filled, strict=False)
        yield SheetRow(where, {header: unguard(cell) for header, cell in named if header and cell})


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=lambda mark: (line.count(mark), -DELIMITERS.index(mark)))
