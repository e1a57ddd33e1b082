"""What reads return and renderers take: a table of typed columns, records of the register, or a page to read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from tracker.plain import Value
from tracker.record.types import Json, Record

Kind = Literal["text", "code", "count", "share", "date", "list", "lines", "flag", "tree"]
"""Type of a column's cells.

``text`` str or None, ``code`` the same but never broken over lines, ``count`` int or None, ``share`` float from 0 to 1
or None, ``date`` EDTF text or None, ``list`` a sequence of str, ``lines`` the same with each on a line of its own where
people read, ``flag`` bool or None, ``tree`` text after the branches that lead to it (``│  ├─ amends``): a line that is
folded goes on beside the trunk.
"""

Shown = Literal["objects", "rows", "people", "terminal"]
"""What is printed of records: whole objects, rows for machines, or a table for people (doubtful matches marked).

``terminal`` is a table for people where there is little room.
"""

Cell: TypeAlias = str | int | float | bool | Sequence[str] | None
"""What stands in a row under a column; the kind of the column tells which, as below."""
Row: TypeAlias = tuple[Cell, ...]
"""Cells in the order of the columns."""
Filters: TypeAlias = Mapping[str, Json]
"""What was asked for, as ``tracker report --json`` prints it."""

Getter: TypeAlias = Callable[[Record], Cell]
"""What fills a column from a record."""


class Column(Value):
    """One column: its machine name, the kind of its cells, and a heading for people."""

    name: str
    kind: Kind = "text"
    heading: str | None = None
    beside: str | None = None
    """For a share: the count column that it is printed beside where people read ("12 (40.0%)")."""

    blank: str = ""
    """What people read where the cell is None, such as "no date"; machines get null."""

    weight: int = 5
    """How much it counts where a terminal is too narrow for all columns: the lightest go first, 9 never goes."""

    least: int | None = None
    """Characters below which it is not cut on a terminal; None: what its kind needs."""

    labels: Mapping[str, str] = {}
    """What people read in place of these cells, or items of cells: ``supply_chain`` is ``Supply chain``."""

    is_typed: bool = False
    """Whether people type what it holds, so that codes stay codes where they read it."""

    is_told: bool = True
    """Whether people see it; not where what it says stands in another column already."""

    below: str | None = None
    """Name of the column below whose cells these stand on a terminal that is too narrow for both side by side."""

    @property
    def title(self) -> str:
        """The heading, or the name with spaces."""
        return self.heading or self.name.replace("_", " ")


class LeftOut(Value):
    """How many records a report could not place, and why."""

    reason: str
    number: int


class Proof(Value):
    """What proves the figures of a report, made when it is asked for."""

    number: Callable[[], int]
    """How many agreements it was made of."""
    hash: Callable[[], str]
    """SHA-256 of the export of these agreements, in hexadecimal."""


NO_FILTERS: Filters = {}

REPORT_FORMAT = 2
"""Version of a report as JSON: report, format, filters, as_of, columns, rows, totals, left_out, hash.

In 1 the totals were the last of the rows.
"""


class Table(Value):
    """The answer of a report: rows of cells under typed columns, and what they were made from."""

    report: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    title: str | None = None
    filters: Filters = NO_FILTERS
    as_of: str | None = None
    left_out: Sequence[LeftOut] = ()
    totals: Row | None = None
    """The last row, not held in ``rows``: set apart by a rule where people read, a key of its own for machines."""
    footer: Iterable[str] = ()
    """Lines under the table for people: filters, day, counts, what was left out."""
    folded: bool | None = None
    """Whether its texts are read whole on a terminal, over several lines, or a row is one line, cut to fit.

    None: folded where it is part of a page.
    """
    proof: Proof | None = None
    hash: str | None = None
    """The proof, where it was asked for."""

    def all_rows(self) -> Iterator[Row]:
        """The rows as people see them: the totals come last."""
        yield from self.rows
        if self.totals is not None:
            yield self.totals

    def machine_rows(self, *, totals: bool = False) -> Iterable[Row]:
        """The rows as formats of rows write them: without the totals, unless these are asked for."""
        return self.all_rows() if totals else self.rows

    def dicts(self) -> Iterator[Record]:
        """Yield the rows by the names of their columns, without the totals, so that a sum counts nothing twice."""
        return map(self._named, self.rows)

    def to_dicts(self) -> list[Record]:
        """Return the rows by the names of their columns, without the totals."""
        return list(self.dicts())

    def totals_dict(self) -> Record | None:
        """Return the totals by the names of the columns; None where there are none."""
        return None if self.totals is None else self._named(self.totals)

    def _named(self, row: Row) -> Record:
        return dict(zip([column.name for column in self.columns], row, strict=True))


class Records(Value):
    """The answer of a command that returns records: a list, or one.

    Machine formats print the objects; tabular formats print ``columns``, each filled by its getter.
    """

    kind: str
    objects: Iterable[Record]
    single: bool = False
    columns: Sequence[tuple[Column, Getter]] = ()
    footer: Iterable[str] = ()
    left_out: Iterable[LeftOut] = ()
    """What could not be placed, counted when it is asked for."""
    lean: Iterable[Record] | None = None
    """The same records with no more in them than the columns read; tabular formats use these where they are given."""
    lines: Iterable[str] | None = None
    """The same records as compact JSON texts, where they need not be made into objects; NDJSON writes these."""
    keys: Sequence[tuple[str, Callable[[Record], Json]]] = ()
    """What formats of objects print of each record, and under which name; none: all of it."""

    def printed(self) -> Iterable[Record]:
        """The records as formats of objects print them: whole, or with the keys asked for."""
        if not self.keys:
            return self.objects
        return ({name: getter(record) for name, getter in self.keys} for record in self.objects)

    def rows(self) -> Iterator[Row]:
        """The records as rows of cells."""
        for record in self.objects if self.lean is None else self.lean:
            yield tuple(getter(record) for _, getter in self.columns)

    def as_table(self) -> Table:
        """The same answer as a table."""
        return Table(self.kind, [column for column, _ in self.columns], self.rows(), footer=self.footer)


class Section(Value):
    """A part of a page under a heading: facts, then lines of text, then a table, each of them optional."""

    heading: str | None = None
    facts: Sequence[tuple[str, Cell]] = ()
    """Pairs of a name and its value; the value is any cell (text, number, list, flag or None)."""
    lines: Sequence[str] = ()
    table: Table | None = None
    level: int = 2
    """Depth of the heading; 1 begins another record on the same page."""
    labels: Mapping[str, str] = {}
    """What people read in place of what the facts hold."""


class Page(Value):
    """One or a few records laid out for reading, and the same answer as ``data`` for machines.

    Formats for people print the sections. Formats of rows print ``data`` and never ask for a section, so a generator of
    sections costs nothing there; of a ``whole`` page they print the sections as rows. Formats of objects print
    ``data``.
    """

    title: str | None
    sections: Iterable[Section]
    data: Table | Records
    footer: Iterable[str] = ()
    whole: bool = False
    """Whether the page says more than its data: it goes whole wherever people look, and in a pipe."""
    proof: Proof | None = None


Answer = Table | Records | Page
"""What a command hands to ``output.write``."""


IN_SECTIONS = (Column("section"), Column("row", "count"), Column("name"), Column("value"))
"""Columns of a page as rows."""


def in_rows(answer: Answer) -> Table:
    """The rows and columns of any answer; a whole page gives a row for each fact, line and cell of its sections.

    A page that is one table gives the rows of its data.
    """
    if isinstance(answer, Page) and answer.whole:
        answer = answer.but(sections=list(answer.sections))
        if isinstance(answer.data, Table) and _is_one_table(answer):
            return answer.data
        report = answer.data.kind if isinstance(answer.data, Records) else answer.data.report
        return Table(report, IN_SECTIONS, _cells(answer), answer.title, footer=answer.footer)
    return as_table(answer)


def _is_one_table(page: Page) -> bool:
    return [(section.table is not None, section.facts, section.lines) for section in page.sections] == [(True, (), ())]


def _cells(page: Page) -> Iterator[Row]:
    above = None
    for section in page.sections:
        above = section.heading if section.level == 1 else above
        inner = section.heading if section.level > 1 else None
        name = " / ".join(filter(None, (above, inner))) or None
        for fact, value in section.facts:
            yield name, None, fact, value
        for number, line in enumerate(section.lines, 1):
            yield name, number, None, line
        if section.table is not None:
            headings = [column.title for column in section.table.columns]
            for number, row in enumerate(section.table.all_rows(), 1):
                yield from ((name, number, heading, cell) for heading, cell in zip(headings, row, strict=True))


def as_table(answer: Answer) -> Table:
    """The rows and columns of any answer."""
    if isinstance(answer, Page):
        return as_table(answer.data)
    return answer.as_table() if isinstance(answer, Records) else answer
