"""Input formats, one file each: the file name is the format's name.

A format is a module with

    SUMMARY: str                            one line for ``tracker formats``
    SUFFIXES: tuple[str, ...]               file endings that imply it, with the dot
    matches(head: bytes) -> bool            whether a file that begins so is of this format
    read(stream, name) -> Iterator[Entry]   what it holds, in order, never all in memory where the format allows

An importer only reads: it knows no store and looks nothing up. Other packages add formats under the entry points
``tracker.importers.v1``.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """An object in the shape of the record, and where it stands (``deals.ndjson, line 3``)."""

    where: str
    content: Any


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: the cells that are not empty, by the header of their column."""

    where: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be read, and where it stands."""

    where: str
    message: str


Entry = Document | SheetRow | Problem
