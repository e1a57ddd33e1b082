"""What a table's shape calls for as a picture: the one place that decides, by the kinds of its columns.

- rows that are places of a tree: the tree (``_graph``);
- counts with their shares beside them, or counts by year that make up a total: parts of a whole for each row, or in
  time where the rows are years;
- columns of one kind under headings of their own, all flags, all counts or all lists: a matrix;
- a kind and a date in each row, and no more rows than one sees at once: a line of time (``moments``);
- any other column of dates and no counts: how many rows in each year.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tracker.dates.day import DateError
from tracker.dates.edtf import bounds
from tracker.renderers._parts.cells import plain, spoken
from tracker.renderers._parts.graph import Graph, from_rows, is_graph
from tracker.renderers._parts.words import in_words
from tracker.table import Cell, Column, Row, Table

Cells = Sequence[Cell]

FEWEST = 3
"""Columns that make a matrix, and rows with a date that make a picture by year."""

LONGEST = 150
"""Years, or decades, that a picture shows; more are left to the table."""

MOST: Final = 60
"""Moments that a line of time shows."""

WHOSE: Final = ("ref", "parties")
"""Columns that say whose act it is, told where not all rows say the same."""


class Bar(NamedTuple):
    """One row: its label, the group that it stands in, and a number for each part."""

    label: str
    group: str | None
    numbers: tuple[int, ...]


class Bars(NamedTuple):
    """Parts of a whole, a bar for each row of the table in its order; ``total`` is the bar of all."""

    title: str
    parts: tuple[str, ...]
    bars: list[Bar]
    total: Bar | None


class Years(NamedTuple):
    """Parts of a whole in time: one bar for each year or decade from the first to the last, gaps included."""

    title: str
    parts: tuple[str, ...]
    labels: list[str]
    numbers: list[tuple[int, ...]]
    elsewhere: list[tuple[str, int]]
    """What belongs to no one year: label and number."""


class Matrix(NamedTuple):
    """What rows and columns have in common: a number in each cell, 0 where there is nothing."""

    title: str
    rows: list[str]
    columns: list[str]
    cells: list[list[int]]


class Moment(NamedTuple):
    """An act or deadline: its date as recorded, what it is, and the first and the last day on which it can be."""

    date: str
    label: str
    earliest: str
    latest: str
    certain: bool


class Moments(NamedTuple):
    """A line of time."""

    title: str
    moments: list[Moment]
    elsewhere: int
    """Rows without a first and a last day."""
    day: str | None
    """The day from which it is looked at."""


def moments(table: Table, rows: Sequence[Sequence[Cell]], title: str) -> Moments | None:
    """Return the acts or deadlines of a table on a line of time; None where they are too many, or all at once."""
    at = {column.name: place for place, column in enumerate(table.columns)}
    whose = [at[name] for name in WHOSE if name in at and len({plain(row[at[name]]) for row in rows}) > 1]
    found = [_moment(row, at, whose) for row in rows]
    placed = [moment for moment in found if moment is not None]
    if not 0 < len(placed) <= MOST or len({(moment.earliest, moment.latest) for moment in placed}) < 2:
        return None
    return Moments(title, placed, len(found) - len(placed), table.as_of)


Picture = Graph | Bars | Years | Matrix | Moments


def picture(table: Table, rows: Sequence[Cells], title: str | None = None) -> Picture | None:
    """Return what the shape of a table calls for; None where it calls for nothing."""
    title = title or table.title or table.report
    if not rows:
        return None
    if is_graph(table):
        return from_rows(table, [tuple(row) for row in rows], title)
    labels = _labels(table)
    parts = _parts(table, rows)
    if parts:
        return _years(table, rows, parts, title) or _bars(table, rows, parts, title)
    matrix = _matrix_columns(table, labels)
    if matrix:
        return _matrix(table, rows, matrix, title)
    if is_of_acts(table):
        return moments(table, rows, title)
    return _by_date(table, rows, title)


def row_bars(table: Table, rows: Sequence[Cells]) -> Bars | None:
    """Return a bar for each row where a table has parts of a whole, be the rows years or not."""
    parts = _parts(table, rows)
    return _bars(table, rows, parts, table.title or table.report) if rows and parts else None


def _labels(table: Table) -> list[int]:
    """The leading columns of text, which name a row."""
    positions: list[int] = []
    for at, column in enumerate(table.columns):
        if column.kind not in ("text", "code"):
            break
        positions.append(at)
    return positions


def _parts(table: Table, rows: Sequence[Cells]) -> list[int]:
    """The columns that are parts of a whole: counts with their shares, or counts by year that make up a total."""
    if not _labels(table):
        return []
    parts = [at for at, column in enumerate(table.columns) if _share_of(table, column)]
    if parts or not all(_in_time(plain(row[0])) for row in rows):
        return parts
    counts = [at for at, column in enumerate(table.columns) if column.kind == "count"]
    total = [at for at in counts if table.columns[at].name == "total"]
    parts = [at for at in counts if at not in total]
    if len(parts) < 2:
        return parts or total
    return parts if total and all(sum(_numbers(row, parts)) == row[total[0]] for row in rows) else []


def _share_of(table: Table, count: Column) -> bool:
    return count.kind == "count" and any(
        column.kind == "share" and column.beside == count.name for column in table.columns
    )


def _numbers(row: Cells, parts: Sequence[int]) -> tuple[int, ...]:
    counts = (row[at] for at in parts)
    return tuple(count if isinstance(count, int) else 0 for count in counts)


def _headings(table: Table, parts: Sequence[int]) -> tuple[str, ...]:
    return tuple(table.columns[at].title for at in parts)


def _bars(table: Table, rows: Sequence[Cells], parts: list[int], title: str) -> Bars | None:
    labels = _labels(table)
    grouped = len(labels) > 1 and len({row[0] for row in rows}) < len(rows)
    bars = []
    for row in rows:
        texts = [in_words(plain(row[at])) or table.columns[at].blank for at in labels]
        group = texts.pop(0) if grouped else None
        key, *names = [text for text in texts if text] or [""]
        bars.append(Bar(f"{', '.join(names)} ({key})" if names else key, group, _numbers(row, parts)))
    total = None if table.totals is None else Bar(plain(table.totals[0]) or "all", None, _numbers(table.totals, parts))
    if not any(sum(bar.numbers) for bar in bars):
        return None
    return Bars(title, _headings(table, parts), bars, total)


def _years(table: Table, rows: Sequence[Cells], parts: list[int], title: str) -> Years | None:
    """Rows as bars in time, where all of them but those without a date are years, decades or spans of them."""
    numbers_by_year: dict[str, tuple[int, ...]] = {}
    elsewhere: list[tuple[str, int]] = []
    for row in rows:
        key, numbers = plain(row[0]), _numbers(row, parts)
        if key in numbers_by_year:  # years crossed with something else
            return None
        if _year(key) is not None:
            numbers_by_year[key] = numbers
        elif _in_time(key):
            elsewhere.append((key or table.columns[0].blank or "no date", sum(numbers)))
        else:
            return None
    return _timeline(title, _headings(table, parts), numbers_by_year, elsewhere)


def _timeline(
    title: str, parts: tuple[str, ...], numbers_by_year: Mapping[str, tuple[int, ...]], elsewhere: list[tuple[str, int]]
) -> Years | None:
    tails = {key[4:] for key in numbers_by_year}
    if len(numbers_by_year) < FEWEST - 1 or len(tails) != 1:
        return None
    tail, numbers = tails.pop(), sorted(int(key[:4]) for key in numbers_by_year)
    labels = [f"{year:04}{tail}" for year in range(numbers[0], numbers[-1] + 1, 10 if tail else 1)]
    if len(labels) > LONGEST:
        return None
    nothing = (0,) * len(parts)
    return Years(title, parts, labels, [numbers_by_year.get(label, nothing) for label in labels], elsewhere)


def _in_time(text: str) -> bool:
    """Tell whether a key is a year, a decade, a span of them (``../2023``) or none."""
    return all(end in ("", "..") or _year(end) is not None for end in text.split("/"))


def _year(text: str) -> int | None:
    """The year of ``2023`` and ``2020s``; None for anything else."""
    digits, tail = text[:4], text[4:]
    return int(digits) if len(digits) == len("2023") and digits.isdecimal() and tail in ("", "s") else None


def _matrix_columns(table: Table, labels: list[int]) -> list[int]:
    """The columns of a matrix: all that follow the labels, of one kind; a column of totals may stand at the end."""
    rest = [at for at in range(len(table.columns)) if at not in labels]
    if rest and table.columns[rest[-1]].name == "total":
        rest.pop()
    kinds = {table.columns[at].kind for at in rest}
    return rest if labels and len(rest) >= FEWEST and len(kinds) == 1 and kinds <= {"flag", "count", "list"} else []


def _matrix(table: Table, rows: Sequence[Cells], columns: list[int], title: str) -> Matrix:
    labels = _labels(table)
    names = [" ".join(filter(None, (in_words(plain(row[at])) for at in reversed(labels)))) for row in rows]
    cells = [[_weight(row[at]) for at in columns] for row in rows]
    return Matrix(title, names, list(_headings(table, columns)), cells)


def _weight(value: Cell) -> int:
    return int(value) if isinstance(value, int | float) else len(value or ())


def _by_date(table: Table, rows: Sequence[Cells], title: str) -> Years | None:
    """How many rows lie in each year of the first column of dates."""
    dated = [at for at, column in enumerate(table.columns) if column.kind == "date"]
    if not dated or any(column.kind == "count" for column in table.columns):
        return None
    numbers: dict[str, int] = {}
    several = nowhere = 0
    for year in _dated_years(rows, dated[0]):
        if year:
            numbers[year] = numbers.get(year, 0) + 1
        elif year is None:
            nowhere += 1
        else:
            several += 1
    if sum(numbers.values()) < FEWEST:
        return None
    elsewhere = [pair for pair in (("not certainly in one year", several), ("no date", nowhere)) if pair[1]]
    heading = table.columns[dated[0]].title
    return _timeline(f"{title}: {heading}, by year", ("rows",), {key: (n,) for key, n in numbers.items()}, elsewhere)


def _dated_years(rows: Sequence[Cells], at: int) -> Iterator[str | None]:
    """The year of each row's date: empty where that is not certain, None where there is no date."""
    for row in rows:
        try:
            earliest, latest, doubt = bounds(row[at])
        except DateError:
            earliest, latest, doubt = None, None, True
        if earliest and latest and not doubt and earliest[:4] == latest[:4]:
            yield earliest[:4]
        else:
            yield "" if earliest or latest or doubt else None


def is_of_acts(table: Table) -> bool:
    """Whether each row is an act or a deadline: it has a kind and a date."""
    names = {column.name for column in table.columns}
    return {"kind", "date"} <= names and not any(column.kind == "count" for column in table.columns)


def _moment(row: Sequence[Cell] | Row, at: dict[str, int], whose: list[int]) -> Moment | None:
    date = row[at["date"]]
    try:
        earliest, latest, doubt = bounds(date if isinstance(date, str) else None)
    except DateError:
        return None
    if not (earliest and latest):
        return None
    label = ", ".join(filter(None, [spoken(row[at["kind"]]), *(spoken(row[place]) for place in whose)]))
    return Moment(plain(date), label, earliest, latest, not doubt and earliest == latest)
