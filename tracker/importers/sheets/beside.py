"""What a worksheet says beside its cells: which are merged, which lead to an address, what is hidden.

What stands in the first of cells merged over several rows holds for all of them. Only the first column of a merged
block is filled in: what is merged over columns is one cell, not several. Addresses of links are taken as texts; none is
followed, and none is computed.
"""

import posixpath
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.importers.sheets import MOST_COLUMNS, UnreadableSheet, column_letters, column_position
from tracker.importers.sheets.package import Package

MOST = 1_000_000
"""Merged cells of a sheet, and links."""

MOST_FILLED = 5_000_000
"""Cells that are filled with what is merged over them; a small file may say so of all that a sheet can have."""

MARKS = (b"mergeCell", b"<hyperlink", b":hyperlink", b"HYPERLINK(", b'hidden="1"', b'hidden="true"')
"""Texts of which a part has to hold one before it is looked through: much of this stands behind the rows."""

NAMED = 10
"""Rows and columns that a remark names."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?[A-Z]{1,3}\$?([1-9]\d{0,6}))?", re.ASCII)

_LINK = re.compile(r'\s*(?:_xlfn\.)?HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:,|\))', re.IGNORECASE)

_ROWS = 10_000_000
"""More than the rows of any sheet; parts the numbers that a merged cell is kept as."""


@dataclass(slots=True)
class Beside:
    """What is found beside the cells of a sheet."""

    merged: "array[int]" = field(default_factory=lambda: array("Q"))
    """The cells that are merged over rows, each as one number, in order of their first rows."""
    links: dict[int, dict[int, str]] = field(default_factory=dict)
    """Row, and position of the column, to the address."""
    linked: tuple[int, ...] = ()
    """Columns that hold links."""
    computed: int = 0
    """Links whose address is computed."""
    comments: bool = False
    """Whether people wrote comments beside cells."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def remarks(self) -> Iterator[str]:
        """Say what is hidden and read all the same, and which addresses are not read."""
        for what, hidden in (
            ("row", list(map(str, self.hidden_rows))),
            ("column", list(map(column_letters, self.hidden_columns))),
        ):
            shown = ", ".join(hidden[:NAMED]) + (f" and {len(hidden) - NAMED} more" if len(hidden) > NAMED else "")
            are = f"{what} {shown} is" if len(hidden) == 1 else f"{what}s {shown} are"
            if hidden:
                yield f"{are} hidden in the workbook, and read like the others; delete there what is not to be taken"
        if self.comments:
            yield "comments that people wrote beside its cells are not read; what is to be kept goes into a column"
        if self.computed:
            yield f"{self.computed} x HYPERLINK() with an address that is computed: only the text of the cell is read"


def beside(package: Package, part: str) -> Beside:
    """Look through a sheet for what stands beside its cells."""
    found, targets = Beside(), dict[str, str]()
    _take_relations(package, part, found, targets)
    if not package.mentions(part, *MARKS):
        return found
    look = _Look(found, targets)
    for _ in package.parse(part, look.start, look.end, look.text):
        pass
    return look.told()


def _take_relations(package: Package, part: str, found: Beside, targets: dict[str, str]) -> None:
    """Take the addresses of a sheet's links, by the relationship that each names, and whether it has comments."""
    folder, name = posixpath.split(part)

    def take(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") == "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif tag == "Relationship" and attributes.get("Type", "").endswith("/comments"):
            found.comments = True

    if package.has(relations := f"{folder}/_rels/{name}.rels"):
        for _ in package.parse(relations, take, lambda _: None, lambda _: None):
            pass


class _Look:
    """Handlers of all elements but for the values of cells."""

    def __init__(self, found: Beside, targets: dict[str, str]) -> None:
        self._found, self._targets = found, targets
        self._columns: list[range] = []
        """Columns that are hidden, whether they hold anything or not."""
        self._filled: set[int] = set()
        self._row = self._position = 0
        self._is_hidden = self._in_formula = False
        self._formula: list[str] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if tag == "c":
            letters = re.match(r"[A-Z]{1,3}", attributes.get("r", ""), re.ASCII)
            self._position = column_position(letters.group()) if letters else self._position + 1
        elif tag in ("v", "is"):
            self._take_value()
        elif tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1
            self._position, self._is_hidden = -1, attributes.get("hidden") in ("1", "true")
        elif tag == "f":
            self._in_formula = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "hyperlink":
            self._link(attributes)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (attributes.get(key, "") for key in ("min", "max"))
            if first.isdecimal() and last.isdecimal() and max(len(first), len(last)) < 8:
                self._columns.append(range(int(first) - 1, int(last)))

    def end(self, tag: str) -> None:
        """End an element."""
        if tag == "f":
            formula, self._in_formula = "".join(self._formula), False
            self._formula.clear()
            if match := _LINK.match(formula):
                self._add(self._row, self._position, match[1].replace('""', '"'))
            elif re.match(r"\s*HYPERLINK\(", formula, re.IGNORECASE):
                self._found.computed += 1

    def text(self, piece: str) -> None:
        """Take a piece of a formula, as far as it can matter."""
        if self._in_formula and len(self._formula) < 100:
            self._formula.append(piece)

    def told(self) -> Beside:
        """What was found."""
        found = self._found
        found.merged = array("Q", sorted(found.merged))
        found.linked = tuple(sorted({position for row in found.links.values() for position in row}))
        found.hidden_columns = sorted(at for at in self._filled if any(at in columns for columns in self._columns))
        return found

    def _take_value(self) -> None:
        if self._columns:
            self._filled.add(self._position)
        if self._is_hidden and self._row not in self._found.hidden_rows[-1:]:
            self._found.hidden_rows.append(self._row)

    def _merge(self, ref: str) -> None:
        given = _RANGE.fullmatch(ref)
        if given is None or not given[3] or int(given[3]) <= int(given[2]):
            return
        if len(self._found.merged) == MOST:
            raise UnreadableSheet(f"more than {MOST} merged cells")
        rows = int(given[2]) * _ROWS + int(given[3])
        self._found.merged.append(rows * MOST_COLUMNS * 2 + column_position(given[1]))

    def _link(self, attributes: dict[str, str]) -> None:
        """Take a link out of the workbook; one to a place in it has no address."""
        named = next((value for key, value in attributes.items() if key.endswith("\x1fid")), "")
        given, address = _RANGE.fullmatch(attributes.get("ref", "")), self._targets.get(named, "")
        if given is None or not address:
            return
        if place := attributes.get("location"):
            address = f"{address}#{place}"
        for row in range(int(given[2]), int(given[3] or given[2]) + 1):
            self._add(row, column_position(given[1]), address)

    def _add(self, row: int, position: int, address: str) -> None:
        self._count += 1
        if self._count > MOST:
            raise UnreadableSheet(f"more than {MOST} cells that lead to an address")
        if address.strip() and not address.startswith("#"):
            self._found.links.setdefault(row, {}).setdefault(position, address.strip())


class Merged:
    """Fills rows that come one by one with what is merged over them from above."""

    def __init__(self, found: "array[int]") -> None:
        self._waiting: Iterator[int] = iter(found)
        self._next = next(self._waiting, None)
        self._open: dict[int, tuple[int, str, str | None]] = {}
        """By position of the column: the last row, the text and the fault of the cell."""
        self._filled = 0

    def fill(self, number: int, cells: list[str], faults: dict[int, str]) -> None:
        """Fill the row of this number, and take note of the cells that are merged from it on."""
        if self._next is None and not self._open:
            return
        self._fill_open(number, cells, faults)
        self._open_new(number, cells, faults)

    def _fill_open(self, number: int, cells: list[str], faults: dict[int, str]) -> None:
        self._filled += len(self._open)
        if self._filled > MOST_FILLED:
            raise UnreadableSheet(f"more than {MOST_FILLED} cells are merged into others above them")
        for position, (last, text, fault) in list(self._open.items()):
            if last < number:
                del self._open[position]
                continue
            if len(cells) <= position:
                cells.extend([""] * (position + 1 - len(cells)))
            if not cells[position] and position not in faults:
                cells[position] = text
                if fault:
                    faults[position] = fault

    def _open_new(self, number: int, cells: list[str], faults: dict[int, str]) -> None:
        while self._next is not None and self._next // (MOST_COLUMNS * 2 * _ROWS) <= number:
            rows, position = divmod(self._next, MOST_COLUMNS * 2)
            first, last = divmod(rows, _ROWS)
            if first == number and position < max(len(cells), 1):
                text, fault = cells[position], faults.get(position)
                if text or fault:
                    self._open[position] = (last, text, fault)
            self._next = next(self._waiting, None)
