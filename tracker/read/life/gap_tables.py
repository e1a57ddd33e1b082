"""Gaps as answers: each of them, the longest first, or figures over them by a dimension."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tracker.law.gap_figures import Gap, figure
from tracker.read.counting.dimensions import Value, labels_of
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.life.gaps import BY, Found, Gaps
from tracker.read.life.stages import Stage
from tracker.table import Column, LeftOut, Page, Section, Table

SPOKEN = {"in_force": "in force or operative", "operative": "in force or operative"}
"""Stages as people read them: of arrangements one says "operative" (22 CFR 181.7)."""

DEFAULT_FIGURES = ("n", "min", "median", "p90", "max")


def heading(stage: Stage) -> str:
    """Return the name of a stage for people."""
    return SPOKEN.get(stage.name, stage.name.replace("_", " "))


def each(gaps: Gaps) -> tuple[Table, SortedRows]:
    """Return one row an agreement, the longest gap first; and the rows, to be gone through again."""
    begin, end = gaps.question.begin.name, gaps.question.end.name
    rows = SortedRows((_by_length(one), _cells(gaps, one)) for one, _ in gaps.each(named=True))
    if gaps.question.open:
        columns = (
            Column("ref"), Column("title"), Column("type"), Column("status"), Column(begin, "date"),
            *_day_columns("days_since"), Column("certain", "flag"),
        )  # fmt: skip
        title = f"{heading(gaps.question.begin)} and not {heading(gaps.question.end)}"
        return gaps.table(title, columns, rows.first()), rows
    columns = (
        Column("ref"), Column("title"), Column("type"), Column("from", "date", begin), Column("to", "date", end),
        *_day_columns("days"), Column("certain", "flag"),
    )  # fmt: skip
    title = f"Days from {heading(gaps.question.begin)} to {heading(gaps.question.end)}"
    return gaps.table(title, columns, rows.first()), rows


def page(gaps: Gaps) -> Page:
    """Return one row an agreement, for people with fewer columns than for machines."""
    data, rows = each(gaps)
    return Page(data.title, _page_sections(gaps, rows), data, data.footer, proof=data.proof)


def grouped(gaps: Gaps, dimension: str | None, figures: Sequence[str]) -> Table:
    """Return figures over the gaps whose days are known exactly, by a dimension or over all."""
    groups: dict[Value, array[int]] = defaultdict(_no_days)
    exact = _no_days()
    for days, keys in gaps.lengths(dimension):
        if days is not None:
            exact.append(days)
            for key in keys:
                groups[key].append(days)
    inexact = gaps.number - len(exact)
    total = _figures(figures, exact)
    rows = [(key, *_figures(figures, values)) for key, values in _ordered(dimension, groups)]
    begin, end = heading(gaps.question.begin), heading(gaps.question.end)
    title = f"Days since {begin}, not {end}" if gaps.question.open else f"Days from {begin} to {end}"
    notes = ["figures over exact days; percentiles by nearest rank"]
    note = BY[dimension].note if dimension else None
    return gaps.table(
        title + (f" by {dimension}" if dimension else ""),
        [*([_by(gaps, dimension)] if dimension else []), *map(_column, figures)],
        rows if dimension else [total],
        totals=("all", *total) if dimension else None,
        exact=len(exact),
        filters={"stats": list(figures)} | ({"by": dimension} if dimension else {}),
        notes=[*notes, *([note] if note else [])],
        left_out=[LeftOut("days between only bounded, a date is partial", inexact)] if inexact else [],
    )


def _cells(gaps: Gaps, one: Found) -> tuple[Any, ...]:
    row = one.row
    days = (gaps.status_of(row), one.begin) if gaps.question.open else (one.begin, one.end)
    return row.ref, row.title, row.type, *days, *_day_cells(one.gap), one.certain


def _page_sections(gaps: Gaps, rows: SortedRows) -> Iterator[Section]:
    begin, end = (heading(stage) for stage in (gaps.question.begin, gaps.question.end))
    columns = [Column("ref"), Column("title"), Column("from", "date", begin), Column("to", "date", end),
               Column("days", "text"), Column("certain", "flag")]  # fmt: skip
    if gaps.question.open:
        columns[3:5] = [Column("status"), Column("days since", "text")]
    shown = (_for_people(gaps, row) for row in rows.first())
    if not gaps.doubtful:
        columns, shown = columns[:-1], (row[:-1] for row in shown)
    yield Section(table=Table("gaps", columns, shown))


def _for_people(gaps: Gaps, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row without the type, the days of a gap in one cell."""
    ref, title, _, *days, exact, least, most, certain = row
    begin, other = reversed(days) if gaps.question.open else days
    said = (
        str(exact) if exact is not None else f"{'..' if least is None else least} to {'..' if most is None else most}"
    )
    return ref, title, begin, other, said, certain


def _no_days() -> "array[int]":
    """Return an empty list of days, which takes eight bytes a day."""
    return array("q")


def _figures(names: Sequence[str], values: Iterable[int]) -> tuple[Any, ...]:
    ordered = sorted(values)
    return tuple(figure(name, ordered) for name in names)


def _by(gaps: Gaps, dimension: str) -> Column:
    return Column(dimension, blank="(none)", labels=labels_of(gaps.reader, BY[dimension]))


def _column(name: str) -> Column:
    return Column(name, "text" if name in ("mean", "median") else "count")


def _ordered(dimension: str | None, groups: "Mapping[Value, array[int]]") -> "list[tuple[Value, array[int]]]":
    """Return years and decades in time, all else by number; what has no value comes last."""
    if dimension in ("year", "decade"):
        return sorted(groups.items(), key=lambda group: (group[0] is None, str(group[0])))
    return sorted(groups.items(), key=lambda group: (group[0] is None, -len(group[1]), str(group[0])))


def _by_length(one: Found) -> tuple[int, str]:
    longest = one.gap.longest if one.gap.longest is not None else one.gap.shortest
    return (1 if longest is None else -longest, one.row.ref)


def _day_columns(name: str) -> tuple[Column, ...]:
    return (Column(name, "count"), Column(f"{name}_min", "count"), Column(f"{name}_max", "count"))


def _day_cells(days: Gap) -> tuple[int | None, int | None, int | None]:
    return days.days, days.shortest, days.longest
