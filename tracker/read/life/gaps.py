"""``gaps``: days between two stages of each agreement, how they are distributed, and what never got that far."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tracker.dates.day import PartialDate, between
from tracker.errors import InvalidValue
from tracker.law.gap_figures import Gap, figure, gap
from tracker.law.life import steps
from tracker.read.counting.dimensions import DIMENSIONS, STANDING, Dimension, labels_of
from tracker.read.file.connection import Reader
from tracker.read.life import consents
from tracker.read.life.stages import REACHED, Reached, Stage, reached
from tracker.read.lists import digest
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Selection
from tracker.record import kinds
from tracker.table import Column, LeftOut, Page, Section, Table

BY = {
    **{name: part for name, part in DIMENSIONS.items() if name != "partner"},
    "binding": Dimension("a.binding_status"),
}
"""What ``--by`` takes."""
STANDING_OF_PARTY = standings.on(":day", standings.STATUS_OF_PARTY)
SPOKEN = {"in_force": "in force or operative", "operative": "in force or operative"}
"""Stages as people read them: of arrangements one says "operative" (22 CFR 181.7)."""
SIGNED_ALONE = "the signature alone may have been enough"
DEFAULT_FIGURES = ("n", "min", "median", "p90", "max")


class Question(NamedTuple):
    """What is asked: the two stages, what never reached the second, and since when at least."""

    begin: Stage
    end: Stage
    open: bool = False
    since: str | None = None
    """For what is open: the last day on which it may have reached the first stage."""

    def describe(self) -> dict[str, Any]:
        """Return what was asked as the envelope shows it."""
        said: dict[str, Any] = {"from": self.begin.name, "to": self.end.name}
        if self.open:
            said["open"] = True
        if self.since is not None:
            said["reached_by"] = self.since
        return said


class Row(NamedTuple):
    """What is read of an agreement."""

    id: int
    ref: str
    title: str
    type: str
    status: str
    """That of the party whose own gap is measured, else that of the instrument."""
    whole: str
    """The status of the instrument."""


class Found(NamedTuple):
    """One agreement with the days of both stages (the second None where it is open) and the gap between them."""

    row: Row
    begin: PartialDate
    end: PartialDate | None
    gap: Gap
    certain: bool


class Gaps:
    """The gaps of the agreements of a selection, and how many were left out for which reason."""

    def __init__(self, reader: Reader, selection: Selection, question: Question) -> None:
        self.reader = reader
        self.selection = selection
        self.question = question
        self.as_of = selection.filters.as_of
        self.party = of_party(selection.filters)
        self.reasons: Counter[str] = Counter()
        asks_consent = question.open and question.end.rank in (steps.CONSENTED, steps.ENTERED)
        self.none_due = consents.none_due(reader, selection, self.as_of) if asks_consent else set()
        self.awaited = consents.awaited(reader, selection) if asks_consent else None
        self.found = list(self._found())
        if selection.filters.certain:
            self.found = [one for one in self.found if one.certain]

    def _found(self) -> Iterator[Found]:
        selection = self.selection
        begins = reached(self.reader, selection, self.question.begin, self.party)
        ends = reached(self.reader, selection, self.question.end, self.party)
        own = STANDING_OF_PARTY if self.party else STANDING
        sql = (
            f"SELECT a.id, a.ref, coalesce(a.short_title, a.title), a.instrument_type, {own}, {STANDING}"
            f" FROM {selection.source(self.reader)} WHERE {selection.condition} ORDER BY a.ref"
        )
        binds = {**selection.binds, "day": self.as_of, **({"party": self.party} if self.party else {})}
        for row in map(Row._make, self.reader.tuples(sql, binds)):
            begin = self._placed(row.id, begins, self.question.begin)
            if begin is None:
                continue
            one = self._open(row, begin, ends) if self.question.open else self._closed(row, begin, ends)
            if one is not None:
                yield one

    def _placed(self, agreement: int, days: Reached, stage: Stage) -> PartialDate | None:
        """Return the day of a stage that was reached by now, or count why there is none."""
        day = days.get(agreement)
        if day is None:
            why = "on an unknown day" if agreement in days else "not recorded"
            self.reasons[f"{stage.name}: {why}"] += 1
        elif day.earliest is not None and day.earliest > self.as_of:
            self.reasons[f"{stage.name}: after {self.as_of}"] += 1
            return None
        return day

    def _closed(self, row: Row, begin: PartialDate, ends: Reached) -> Found | None:
        end = self._placed(row.id, ends, self.question.end)
        if end is None:
            return None
        return Found(row, begin, end, gap(begin, end), self._by_now(begin) and self._by_now(end))

    def _open(self, row: Row, begin: PartialDate, ends: Reached) -> Found | None:
        """Take an agreement that has not reached the second stage, unless it ended or went past it."""
        end = ends.get(row.id)
        if end is not None and not _after(end, self.as_of):
            return None
        reason = self._not_open(row, unknown=row.id in ends and end is None)
        if reason:
            self.reasons[reason] += 1
            return None
        since = self.question.since
        if since is not None and _after(begin, since):
            return None
        # The signature alone may have bound (VCLT 12), and nobody recorded it.
        signed = self.awaited is not None and REACHED.get(row.status, 0) >= steps.SIGNED
        certain = not signed or row.id in (self.awaited or ())
        certain = certain and self._by_now(begin) and (end is None or (end.earliest or "") > self.as_of)
        certain = certain and (since is None or (begin.latest is not None and begin.latest <= since))
        return Found(row, begin, None, gap(begin, between(self.as_of, self.as_of)), certain)

    def _not_open(self, row: Row, *, unknown: bool) -> str | None:
        """Say why an agreement without a day of the second stage does not wait for it; None where it does."""
        name, rank = self.question.end.name, self.question.end.rank
        if unknown:
            return f"{name}: on an unknown day"
        if row.whole in kinds.OVER or row.status == "withdrawn":
            return f"over before {name} was recorded"
        if rank is not None and REACHED.get(row.status, 0) >= rank:
            return f"went past {name} without a record of it"
        if row.id in self.none_due:
            return f"carried out, or held to bind by a tribunal, without a record of {name}"
        return None

    def _by_now(self, day: PartialDate) -> bool:
        return not day.uncertain and day.latest is not None and day.latest <= self.as_of

    def left_out(self) -> list[LeftOut]:
        """Return what could not be placed, and why."""
        counted = [LeftOut(reason, number) for reason, number in sorted(self.reasons.items())]
        return [*self.selection.left_out(self.reader), *counted]

    def table(self, title: str, columns: Sequence[Column], rows: Sequence[tuple[Any, ...]], **more: Any) -> Table:
        """Return a table of the report with all that belongs to it."""
        left_out = self.left_out() + list(more.pop("left_out", ()))
        filters = {**self.selection.describe(), **self.question.describe(), **more.pop("filters", {})}
        lines = [
            *self._footer(exact=more.pop("exact", None)),
            *more.pop("notes", ()),
            *(f"left out: {out.number} ({out.reason})" for out in left_out),
        ]
        proof = digest.proof(self.reader, self.selection)
        totals = more.get("totals")
        return Table("gaps", columns, rows, title, filters, self.as_of, left_out, totals, lines, proof=proof)

    def _footer(self, *, exact: int | None) -> Iterator[str]:
        maybe = sum(not one.certain for one in self.found)
        found = len(self.found)
        counted = f"n = {found}" if exact in (None, found) else f"n = {exact} of {found}, where the days are exact"
        yield counted + (f", {maybe} {'of them ' if exact is None else ''}not certain" if maybe else "")
        if maybe and self.awaited is not None:
            yield f"certain: a further act is known to be needed; else {SIGNED_ALONE}"
        yield "; ".join(dict.fromkeys((self.question.begin.note, self.question.end.note)))
        if self.party:
            yield f"measured of {self.party} alone: its own acts, and the force for it"
        for line in footer(self.reader, self.selection):
            if not line.startswith("left out"):
                yield f"looked at {line}"


def of_party(filters: Filters) -> str:
    """Return the code of the one party that is asked for: its own force is measured; '' where none or several are."""
    asked = [*filters.predicates("party"), *filters.predicates("bound")]
    codes = {operand for predicate in asked for operand in predicate.operands if isinstance(operand, str)}
    return codes.pop() if len(codes) == 1 else ""


def heading(stage: Stage) -> str:
    """Return the name of a stage for people."""
    return SPOKEN.get(stage.name, stage.name.replace("_", " "))


def each(gaps: Gaps) -> Table:
    """Return one row an agreement, the longest gap first."""
    begin, end = gaps.question.begin.name, gaps.question.end.name
    found = sorted(gaps.found, key=_by_length)
    if gaps.question.open:
        columns = (
            Column("ref"), Column("title"), Column("type"), Column("status"), Column(begin, "date"),
            *_day_columns("days_since"), Column("certain", "flag"),
        )  # fmt: skip
        rows = [(*one.row[1:5], one.begin.edtf, *_day_cells(one.gap), one.certain) for one in found]
        return gaps.table(f"{heading(gaps.question.begin)} and not {heading(gaps.question.end)}", columns, rows)
    columns = (
        Column("ref"), Column("title"), Column("type"), Column("from", "date", begin), Column("to", "date", end),
        *_day_columns("days"), Column("certain", "flag"),
    )  # fmt: skip
    return gaps.table(
        f"Days from {heading(gaps.question.begin)} to {heading(gaps.question.end)}",
        columns,
        [(*one.row[1:4], one.begin.edtf, one.end and one.end.edtf, *_day_cells(one.gap), one.certain) for one in found],
    )


def page(gaps: Gaps) -> Page:
    """Return one row an agreement, for people with fewer columns than for machines."""
    data = each(gaps)
    return Page(data.title, _page_sections(gaps, data), data, data.footer, proof=data.proof)


def _page_sections(gaps: Gaps, data: Table) -> Iterator[Section]:
    names = [column.name for column in data.columns]
    begin, end = (heading(stage) for stage in (gaps.question.begin, gaps.question.end))
    columns = [Column("ref"), Column("title"), Column("from", "date", begin), Column("to", "date", end),
               Column("days", "text"), Column("certain", "flag")]  # fmt: skip
    if gaps.question.open:
        columns[3:5] = [Column("status"), Column("days since", "text")]
    rows = []
    for row in data.rows:
        cells = dict(zip(names, row, strict=True))
        *_, exact, least, most, certain = row
        days = (
            str(exact)
            if exact is not None
            else f"{'..' if least is None else least} to {'..' if most is None else most}"
        )
        first = cells[gaps.question.begin.name] if gaps.question.open else cells["from"]
        second = [cells["status"], days] if gaps.question.open else [cells["to"], days]
        rows.append((cells["ref"], cells["title"], first, *second, certain))
    if all(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    yield Section(table=Table("gaps", columns, rows))


def grouped(gaps: Gaps, dimension: str | None, figures: Sequence[str]) -> Table:
    """Return figures over the gaps whose days are known exactly, by a dimension or over all."""
    exact = {one.row.id: one.gap.days for one in gaps.found if one.gap.days is not None}
    inexact = len(gaps.found) - len(exact)
    keys = _keys(gaps, dimension) if dimension else {}
    groups: dict[Any, list[int]] = defaultdict(list)
    for agreement, days in exact.items():
        for key in keys.get(agreement, [None]) if dimension else ():
            groups[key].append(days)
    total = _figures(figures, list(exact.values()))
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


def check_dimension(name: str) -> str:
    """Return the dimension of that name; raises InvalidValue with the nearest."""
    if name not in BY:
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"--by {name!r}: no such dimension; {expected(name, tuple(BY))}")
    return name


def _keys(gaps: Gaps, dimension: str) -> Mapping[int, list[Any]]:
    part, selection = BY[dimension], gaps.selection
    sql = f"SELECT a.id, {part.key} FROM {selection.source(gaps.reader)} {part.join} WHERE {selection.condition}"
    binds = {**selection.binds, **({"day": gaps.as_of} if dimension == "status" else {})}
    found: dict[int, list[Any]] = defaultdict(list)
    for agreement, key in gaps.reader.tuples(sql, binds):
        found[agreement] += part.values(key)
    return found


def _figures(names: Sequence[str], values: list[int]) -> tuple[Any, ...]:
    ordered = sorted(values)
    return tuple(figure(name, ordered) for name in names)


def _by(gaps: Gaps, dimension: str) -> Column:
    return Column(dimension, blank="(none)", labels=labels_of(gaps.reader, BY[dimension]))


def _column(name: str) -> Column:
    return Column(name, "text" if name in ("mean", "median") else "count")


def _ordered(dimension: str | None, groups: Mapping[Any, list[int]]) -> list[tuple[Any, list[int]]]:
    """Return years and decades in time, all else by number; what has no value comes last."""
    if dimension in ("year", "decade"):
        return sorted(groups.items(), key=lambda group: (group[0] is None, str(group[0])))
    return sorted(groups.items(), key=lambda group: (group[0] is None, -len(group[1]), str(group[0])))


def _after(day: PartialDate, limit: str) -> bool:
    return day.earliest is not None and day.earliest > limit


def _by_length(one: Found) -> tuple[int, str]:
    longest = one.gap.longest if one.gap.longest is not None else one.gap.shortest
    return (1 if longest is None else -longest, one.row.ref)


def _day_columns(name: str) -> tuple[Column, ...]:
    return (Column(name, "count"), Column(f"{name}_min", "count"), Column(f"{name}_max", "count"))


def _day_cells(days: Gap) -> tuple[int | None, int | None, int | None]:
    return days.days, days.shortest, days.longest
