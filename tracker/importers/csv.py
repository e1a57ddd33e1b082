"""CSV or TSV sheets whose headers are field names of the register, as ``list -f csv`` and ``-f tsv`` write them."""

from tracker.importers._field_rows import likeness, read
from tracker.importers.sheets.delimited import DELIMITERS

__all__ = ["SUFFIXES", "SUMMARY", "matches", "read"]

SUMMARY = "CSV: a sheet whose headers are field names (title, parties, signed, binding, ...)"
SUFFIXES = (".csv", ".tsv", ".tab")

LINES = 10
"""Lines at the beginning of a file among which the header is looked for."""


def matches(head: bytes) -> bool:
    """Tell whether one of the first lines names a field of the register between delimiters."""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    lines = head[: len(head) & ~1].decode(encoding, "replace").splitlines()[:LINES]
    return any(_is_header(line, first=number == 0) for number, line in enumerate(lines))


def _is_header(line: str, *, first: bool) -> bool:
    mark = max(DELIMITERS, key=lambda mark: (line.count(mark), -DELIMITERS.index(mark)))
    cells = [cell.strip().strip('"') for cell in line.split(mark)]
    return likeness(cells) > 0 and (first or len(cells) > 1)
