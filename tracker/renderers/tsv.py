r"""TSV: one record a line whatever it holds, never coloured, folded or cut; what pipes get by default.

Tabs, line ends, control and bidirectional characters are backslash escapes (``\t``, ``\n``, ``\x1b``, ``\u202e``)
and a backslash is doubled; a quotation mark with which a cell begins is ``\x22``, for other programs' TSV quotes cells
so. The text can be read back exactly, by ``importers.csv``.
"""

from collections.abc import Iterable
from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import plain
from tracker.table import Answer, Cell, in_rows
from tracker.text.safety import one_line

SUMMARY = "TSV: one record a line, for grep, cut and awk"
SUFFIXES = (".tsv", ".tab")


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write a header line and a line for each record."""
    table = in_rows(answer)
    out.write(_line(column.name for column in table.columns))
    out.writelines(_line(row) for row in table.machine_rows(totals=options.totals))


def _line(cells: Iterable[Cell]) -> bytes:
    texts = list(map(plain, cells))
    every = "".join(texts)
    if not every.isprintable() or "\\" in every or '"' in every:
        texts = list(map(_cell, texts))
    return "\t".join(texts).encode() + b"\n"


def _cell(text: str) -> str:
    line = one_line(text)
    return f"\\x22{line[1:]}" if line.startswith('"') else line
