"""A sheet read by a map: rows as drafts, rows that are passed over, and remarks on what was found."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from json import dumps
from pathlib import Path
from typing import BinaryIO

from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers.mapping import language
from tracker.importers.mapping.binding import NAMIBIA, NO_LETTERS, Bound, Unfit, bind, own_name
from tracker.importers.mapping.reader import Reader, is_text
from tracker.importers.mapping.rows import Rows
from tracker.importers.mapping.specs import Heading, Map, Relation
from tracker.importers.mapping.texts import CellError, Cells, text_of
from tracker.importers.mapping.toml_table import Toml
from tracker.importers.sheets import Row, UnreadableSheet, column_letters
from tracker.importers.sheets.objects import WHOLE
from tracker.importers.sheets.reading import (
    LINK,
    Header,
    Layout,
    folded,
    names_of_links,
    open_sheet,
    repeats_header,
    seekable,
    split,
    too_wide,
)
from tracker.record.shapes import AGREEMENT

_MAPPED = tuple(field for field in AGREEMENT.own_fields if field.map)

TEXTS = tuple(field for field in AGREEMENT.own_fields if field.key == "ref" or (field in _MAPPED and is_text(field)))
"""Fields of the record with one text."""

LISTS = tuple(
    field.key for field in _MAPPED if field.listed and (field.type.kind != "object" or field.key == "sources")
)
"""Fields with several texts."""

MAPPINGS = {**{field.key: field.type.keyed_by for field in _MAPPED if field.mapped}, "identifiers": None}
"""Fields with keys of their own, and what these are; of identifiers the schemes."""


def load(path: Path) -> Map:
    """Read a map; raises UnreadableFile, or InvalidValue with file, line, key and the nearest right one."""
    toml = Toml(path)
    root = toml.root
    reader = Reader()
    mapping, sheet, agreement = root.table("mapping"), root.table("sheet"), root.table("agreement")
    headings = tuple(language.heading(part, reader) for part in root.tables("heading"))
    empty = frozenset(sheet.texts("empty"))
    name = mapping.text("name")
    made = Map(
        name=name or path.stem,
        nameless=not name,
        file=path.name,
        title=mapping.text("title") or "",
        files=mapping.texts("files"),
        recognised=tuple(map(folded, mapping.texts("recognise"))),
        key=reader.maybe(agreement, "key"),
        scalars=reader.fields(agreement, TEXTS),
        lists={field: texts for field in LISTS if (texts := reader.texts(agreement, field))},
        mappings={
            field: keyed
            for field, key in MAPPINGS.items()
            if (keyed := language.mapping(agreement.table(field), reader, key))
        },
        new_areas=agreement.flag("new_focus_areas"),
        expires=reader.dates(agreement, "expires"),
        row_key=reader.maybe(agreement, "row_key"),
        parties=tuple(language.party(part, reader, keeping=language.keeps(sheet)) for part in root.tables("party")),
        events=tuple(language.event(part, reader, keeping=language.keeps(sheet)) for part in root.tables("event")),
        relations=tuple(language.relation(part, reader) for part in root.tables("relation")),
        parts=tuple(language.part(part, reader) for part in root.tables("part")),
        skipped=tuple(language.skip(part, reader) for part in root.tables("skip")),
        headings=headings,
        own=language.own(root.table("own"), reader),
        layout=Layout(
            sheet.text("name"),
            sheet.text("delimiter"),
            sheet.text("encoding"),
            sheet.text("rows"),
        ),
        header_rows=sheet.numbers("header"),
        empty=empty,
        optional=frozenset(map(folded, sheet.texts("optional"))),
        source=language.source(root.table("source")),
        asked=frozenset(reader.asked - reader.told),
        used=reader.used,
        filled_down=frozenset((*reader.columns(sheet, sheet.texts("fill_down"), "fill_down"), *reader.filled_down)),
    )
    for table in (mapping, sheet, agreement, root):
        table.close()
    if made.layout.delimiter is not None and len(made.layout.delimiter) != 1:
        raise sheet.problem("delimiter", f"expected one sign, not {made.layout.delimiter!r}")
    if "title" not in made.scalars:
        raise agreement.problem("title", "is missing; name the column that holds the titles, or a text made of others")
    return made


class Above:
    """Follows the rows of a sheet in their order.

    A heading holds until the next of the same spec, or of one that stands before it in the map; with it, what is
    filled down begins anew. So it does where a column to the left, filled down as well, has another text: the columns
    of a list that is grouped go from the whole to its parts.
    """

    def __init__(self, bound: Bound) -> None:
        self._headings = bound.map.headings
        self._columns = [column for column in bound.shown if column in bound.map.filled_down]
        self._said: dict[str, str] = {}
        self._carried: dict[str, str] = {}
        self._faults: dict[str, str] = {}

    def is_heading(self, cells: Cells) -> bool:
        """Tell whether a row is a heading, and keep what it says for the rows below."""
        for position, heading in enumerate(self._headings):
            text = _heading_text(heading, cells)
            if text:
                for inner in self._headings[position:]:
                    self._said.pop(folded(inner.name), None)
                self._said[folded(heading.name)] = text
                self._carried.clear()
                self._faults.clear()
                return True
        return False

    def filled(self, cells: Cells) -> Cells:
        """The row with what stands above it."""
        if not self._columns and not self._said:
            return cells
        values, faults = {**cells.values, **self._said}, dict(cells.faults)
        for column in self._columns:
            if column in cells.faults:
                break
            if column not in cells.values:
                if column in self._carried:
                    values[column] = self._carried[column]
                if column in self._faults:
                    faults[column] = self._faults[column]
            elif cells.values[column] != self._carried.get(column):
                break
        return replace(cells, values=values, faults=faults)

    def take(self, cells: Cells) -> None:
        """Note a row that was filled, for those below it."""
        for column in self._columns:
            self._carried.pop(column, None)
            self._faults.pop(column, None)
            if column in cells.faults:
                self._faults[column] = cells.faults[column]
            elif column in cells.values:
                self._carried[column] = cells.values[column]


def _heading_text(heading: Heading, cells: Cells) -> str | None:
    readable = replace(cells, faults={})
    try:
        if heading.when:
            return text_of(heading.text, readable) if readable.meets(heading.when) else None
        filled = {name for name in cells.values if not name.endswith(LINK)}
        alone = filled <= set(heading.text.columns) and not cells.faults
        return text_of(heading.text, readable) if alone else None
    except CellError:  # the row does not hold what the pattern asks for
        return None


REMEMBERED = 300_000
"""Rows among which one that repeats another is found."""

NAMED = 10
"""Rows that a remark names."""


class Mapped:
    """An importer made of a map; what a module of ``tracker.importers`` offers."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def map(self) -> Map:
        """The map, read when it is first needed."""
        return load(self.path)

    @property
    def SUMMARY(self) -> str:  # noqa: N802 - the importer contract
        """One line for ``tracker formats``."""
        return self.map.title

    SUFFIXES: tuple[str, ...] = ()

    def matches(self, head: bytes) -> bool:
        """Tell whether the first line holds the columns by which the set is recognised."""
        if not self.map.recognised or head.startswith(b"PK"):
            return False
        line = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
        cells = {folded(cell.strip().strip('"')) for mark in ",;\t|" for cell in line.split(mark)}
        return all(name in cells for name in self.map.recognised)

    def read(self, stream: BinaryIO, name: str) -> Iterator[Entry]:
        """Yield a draft a row, remarks, and what cannot be taken."""
        loaded = self.map
        searching = [relation for relation in loaded.relations if relation.find]
        try:
            with seekable(stream) as again:
                index = _index(loaded, again, searching) if searching else {}
                again.seek(0)
                yield from _entries(loaded, self.path, again, name, index)
        except (UnreadableSheet, Unfit) as error:
            yield Problem(name, str(error), fatal=True)


REPEATED = "the same as a row above, cell by cell; left out"
PASSED = (
    "the header once more; left out",
    "read as headings, as the map says",
    "passed over, as the map says",
    REPEATED,
)
"""Why rows are no agreements."""


def _passed_over(loaded: Map, above: Above, header: Header, row: Row, cells: Cells) -> str | None:
    """Say why a row is no agreement, None where it is one."""
    if repeats_header(row, header.names):
        return PASSED[0]
    if above.is_heading(cells):
        return PASSED[1]
    return PASSED[2] if _is_skipped(loaded, above.filled(cells)) else None


Index = Mapping[tuple[str, ...], str | None]
"""Texts of the columns by which rows are found to the key of the one that has them; None where several have."""


def _entries(loaded: Map, path: Path, stream: BinaryIO, name: str, index: Index) -> Iterator[Entry]:
    sheet = open_sheet(stream, loaded.layout)
    header, below = _split(loaded, sheet.rows)
    links = names_of_links(header.names, sheet.linked)
    bound = bind(loaded, [*header.names, *links.values()], Toml(path))
    above = Above(bound)
    yield from (Remark(name, remark) for remark in sheet.remarks)
    yield from _tell_nameless(bound, name)
    if loaded.source:
        yield Draft(loaded.file, dict(loaded.source))
    sentinels: Counter[tuple[str, str]] = Counter()
    namibian: Counter[str] = Counter()
    seen: set[int] = set()
    passed: dict[str, list[int]] = {why: [] for why in PASSED}
    rows = Rows(bound, name, lambda relation, texts: index.get(_place(relation, texts)), sheet.unit)
    for row in below:
        if WHOLE in row.faults:
            yield Problem(f"{name}, {sheet.unit} {row.number}", row.faults[WHOLE], lost=True)
            continue
        if message := too_wide(row, header):
            yield Problem(f"{name}, row {row.number}", message, lost=True)
            continue
        cells = _cells(bound, row, links, sentinels)
        if why := _passed_over(loaded, above, header, row, cells):
            passed[why].append(row.number)
            continue
        cells = above.filled(cells)
        namibian.update(bound.shown[column] for column in bound.namibian if cells.values.get(column) == NAMIBIA)
        above.take(cells)
        mark = hash(frozenset(cells.values.items()))
        if mark in seen and not row.faults:
            passed[REPEATED].append(row.number)
            continue
        if len(seen) < REMEMBERED:
            seen.add(mark)
        yield from rows.entries(cells, row.number)
    yield from _remarks(name, sheet.unit, passed, sentinels)
    for column, count in sorted(namibian.items()):
        told = f"column {column!r}: {count} x 'NA' is Namibia, whatever [sheet] empty says of other columns"
        yield Remark(name, f'{told}; if it stands for no party, write empty = ["NA"] in its [[party]]')


def _tell_nameless(bound: Bound, file: str) -> Iterator[Remark]:
    """Remark on columns of whose names nothing is left in those of their own fields."""
    given = {
        bound.shown[column]: name
        for column, name in bound.own.items()
        if own_name(bound.shown[column]) == NO_LETTERS and column not in bound.map.own.names
    }
    if given:
        fields = ", ".join(f"{column!r} is x.{name}" for column, name in given.items())
        step = ", ".join(f"{dumps(column, ensure_ascii=False)} = ..." for column in list(given)[:1])
        yield Remark(file, f"{fields}: own fields are called in Latin letters; name them: [own] names = {{ {step} }}")


def _split(loaded: Map, rows: Iterator[Row]) -> tuple[Header, Iterator[Row]]:
    named = set(loaded.used)

    def likeness(cells: list[str]) -> int:
        return len(named & {folded(cell) for cell in cells})

    header, below = split(rows, loaded.header_rows, likeness)
    if not header.names:
        raise UnreadableSheet("holds no header; the map says in [sheet] in which row it stands")
    return header, below


def _cells(bound: Bound, row: Row, links: Mapping[int, str], sentinels: Counter[tuple[str, str]]) -> Cells:
    names = list(bound.shown)
    empty = bound.map.empty
    namibian = bound.namibian
    values = {
        name: cell
        for name, cell in zip(names, row.cells, strict=False)
        if cell and (cell not in empty or (cell == NAMIBIA and name in namibian))
    }
    values |= {folded(links[position]): address for position, address in row.links.items() if position in links}
    faults = {
        names[position]: f"cell {column_letters(position)}{row.number} {text}"
        for position, text in row.faults.items()
        if position < len(names)
    }
    return Cells(values, bound.shown, faults, sentinels, bound.ranges)


def _is_skipped(loaded: Map, cells: Cells) -> bool:
    readable = Cells(cells.values, cells.shown)  # a total that is a formula is passed over too
    return any(readable.meets(condition) for condition in loaded.skipped)


def _index(loaded: Map, stream: BinaryIO, relations: list[Relation]) -> Index:
    """Go through the sheet once to learn where the rows are that relations lead to."""
    sheet = open_sheet(stream, loaded.layout)
    header, below = _split(loaded, sheet.rows)
    links = names_of_links(header.names, sheet.linked)
    bound = bind(loaded, [*header.names, *links.values()])
    keys: dict[tuple[str, ...], str | None] = {}
    above = Above(bound)
    for row in below:
        if WHOLE in row.faults:
            continue
        cells = _cells(bound, row, links, Counter())
        if above.is_heading(cells):
            continue
        cells = above.filled(cells)
        if _is_skipped(loaded, cells):
            continue
        above.take(cells)
        try:
            key = text_of(loaded.key, cells)
        except CellError:
            continue
        for relation in {tuple(relation.find): relation for relation in relations}.values():
            texts = {column: cells.values.get(column, "") for column in relation.find}
            if key and all(texts.values()):
                texts_found = _place(relation, texts)
                keys[texts_found] = None if texts_found in keys and keys[texts_found] != key else key
    return keys


def _place(relation: Relation, texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part for column in relation.find for part in (column, texts[column]))


def _remarks(
    name: str, unit: str, passed: Mapping[str, list[int]], sentinels: Counter[tuple[str, str]]
) -> Iterator[Remark]:
    for what, numbers in passed.items():
        if numbers:
            yield Remark(name, f"{_rows(numbers, unit)} {what}", passed=len(numbers))
    for (column, text), count in sorted(sentinels.items()):
        yield Remark(name, f"column {column!r}: {count} x {text!r}, which stands for no date")


def _rows(numbers: list[int], unit: str) -> str:
    shown = ", ".join(map(str, numbers[:NAMED])) + (f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else "")
    return f"{unit} {shown} was" if len(numbers) == 1 else f"{unit}s {shown} were"
