"""Input formats, one file each: the file name is the format's name.

A format is a module with

    SUMMARY: str                            one line for ``tracker formats``
    SUFFIXES: tuple[str, ...]               file endings that imply it, with the dot
    matches(head: bytes) -> bool            whether a file that begins so is of this format
    read(stream, name) -> Iterator[Entry]   what it holds, in order, never all in memory where the format allows

A format that needs a folder, or a file in which it can seek, defines instead

    recognises_path(path: Path) -> bool     whether the folder or file is of this format
    read_path(path: Path) -> Iterator[Entry]

Where both pairs are defined, a path is read by ``read_path`` and standard input by ``read``.

An importer only reads: it knows no store and looks nothing up. Other packages add formats under the entry points
``tracker.importers.v1``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.record.types import Json, Record

LABEL = "label:"
"""What stands before a subject that is named by its label, and becomes a focus area of its own where none has it."""


@dataclass(frozen=True, slots=True)
class Document:
    """An object in the shape of the record, and where it stands (``deals.ndjson, line 3``)."""

    where: str
    content: Json


@dataclass(frozen=True, slots=True)
class Draft:
    """An object in the shape of the record whose parties are not looked up yet, and where it stands.

    Wherever a party code stands there may be ``name:Cape Verde``, ``iso2:US``, ``m49:840`` or ``cow:2``; the target of
    a relation may be ``key:27-7``, the agreement of that key in the same set (where there is none, its ``target_title``
    is kept alone); a focus area may be ``label:High seas``, made where there is none. ``ref`` may be missing.
    ``origin`` (``set``, ``key``, ``file``, ``row``) says whose it is: drafts of the same set and key are one agreement,
    and a later import of them updates it.
    """

    where: str
    content: Record
    column: str | None = None
    """Of a row that only adds to an agreement: the column that names it; some other draft has to be that agreement."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The column in which each name of a party stands, where the importer knows."""
    speaks: frozenset[str] | None = None
    """Keys of the record of which rows such as this one ever speak; None = of all. Of others it takes nothing back,
    nor says anything of an agreement that is stored."""
    silent: frozenset[str] = frozenset()
    """Lists of the record of which its map never speaks: where no file of the set that was read does, they stay."""
    refused: frozenset[str] = frozenset()
    """Keys of the record of which a cell could not be taken: what is missing under them is not taken back.

    ``events[name:Norway]``: only what is missing of that party.
    """
    natural: bool = False
    """Whether its key is made of title, parties and day, for the sheet has none: drafts of one such key that contradict
    each other are several agreements."""
    kept: frozenset[str] = frozenset()
    """Names of parties, such as ``name:Ruritania``, that stay as open questions where nobody bears them."""
    parted: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Cells with the names in them, where one was taken for several: some may be one name together (``Bosnia and
    Herzegovina``)."""
    twice: tuple[str, ...] = ()
    """Names of parties that its row names more than once."""
    nameless: bool = False
    """Whether nothing names the set but the file of the map: what it holds tells which one it is."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: the cells that are not empty, by the header of their column; the headers of those that are."""

    where: str
    cells: dict[str, str]
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be read, and where it stands."""

    where: str
    message: str
    column: str | None = None
    """Header of the column, or path in the record."""
    value: str | None = None
    fatal: bool = False
    """Whether nothing of the file can be read: the import ends, with ``--skip-bad`` too."""
    lost: bool = False
    """Whether the whole row is left out, and nobody can tell which agreement it is."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was read, and that whoever imports should know: a guessed encoding, rows that repeat others."""

    where: str
    message: str
    column: str | None = None
    """Header of the column that it is about."""
    value: str | None = None
    passed: int = 0
    """How many rows it tells of that were read and left out, of which nothing else is yielded."""


Entry = Document | Draft | SheetRow | Problem | Remark
