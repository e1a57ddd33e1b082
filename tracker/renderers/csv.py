"""CSV (RFC 4180) with a header, lists joined by ``; ``, formulas disarmed by an apostrophe (``text.safety.guard``).

Lines end in LF, not in the CRLF of the RFC: every reader takes both, and grep, diff, cut and version control see no
stray carriage return. The standard library's writer is not used: with LF it leaves a carriage return inside a cell
unquoted on Python 3.11, and the reader then breaks the record there.
"""

from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import plain
from tracker.table import Answer, Row, in_rows
from tracker.text.safety import guard, visible

SUMMARY = "CSV: comma-separated with a header, safe to open in a spreadsheet"
SUFFIXES = (".csv",)


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write a header and one record a row; to a terminal, control characters are shown instead of sent."""
    table = in_rows(answer)
    _write([column.name for column in table.columns], out, options)
    for row in table.machine_rows(totals=options.totals):
        _write(row, out, options)


def _write(row: list[str] | Row, out: BinaryIO, options: RenderOptions) -> None:
    cells = [_cell(value) for value in row]
    # A lone empty cell would be an empty line, which readers skip.
    line = ",".join(cells) if cells != [""] else '""'
    if options.terminal:
        line = visible(line, keep_lines=True)
    out.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _cell(value: object) -> str:
    text = plain(value)
    if isinstance(value, int | float):
        return text
    text = guard(text)
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
