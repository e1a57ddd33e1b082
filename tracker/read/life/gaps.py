"""``gaps``: days between two stages of each agreement, and what never got that far."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from json import dumps
from operator import itemgetter
from typing import Any, NamedTuple

from tracker.dates.day import between
from tracker.errors import InvalidValue
from tracker.law.due.unfinished import BY_INSTRUMENTS, CARRIED_OUT, NEEDS_CONSENT
from tracker.law.gap_figures import Gap, gap_between, numbers
from tracker.law.life import steps
from tracker.read.counting.dimensions import DIMENSIONS, STANDING, Dimension, Value
from tracker.read.file.connection import Reader, StoredRow
from tracker.read.life import stages
from tracker.read.life.stages import REACHED, Place, Places, Stage
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Selection
from tracker.record import kinds
from tracker.table import Column, LeftOut, Table

NONE_DUE = (
    "EXISTS (SELECT 1 FROM evidence_items AS v WHERE v.agreement_id = a.id AND v.kind = 'tribunal_ruling'"
    " AND v.supports = 'binding') OR EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id"
    " AND lower(trim(e.kind_raw)) IN (SELECT value FROM json_each(:carried_out)) AND e.provision IS NULL"
    " AND (e.date_earliest IS NULL OR e.date_earliest <= :by))"
)
AWAITED = (
    "json_extract(a.terms, '$.entry_into_force.condition') IN (SELECT value FROM json_each(:conditions))"
    " OR EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND e.provision IS NULL"
    " AND e.kind IN (SELECT value FROM json_each(:acts)))"
)

BY = {
    **{name: part for name, part in DIMENSIONS.items() if name != "partner"},
    "binding": Dimension("a.binding_status"),
}
"""What ``--by`` takes."""

STANDING_OF_PARTY = standings.on(":day", standings.STATUS_OF_PARTY)

SIGNED_ALONE = "the signature alone may have been enough"
ROWS = 1_000
"""Agreements that are read together."""


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
    """What is read of an agreement; what is not asked for is empty."""

    id: int
    begin: str | None
    """The days of both stages as ``stages.day_of`` has them."""
    end: str | None
    key: str | None
    """The value of the dimension that is counted by."""
    status: str = ""
    """The status of the party whose own gap is measured."""
    whole: str = ""
    """The status of the instrument."""
    ref: str = ""
    title: str = ""
    type: str = ""


ID, BEGIN, END, KEY = range(4)
"""Where what is always read stands in a row."""


class Found(NamedTuple):
    """One agreement with the days of both stages (the second None where it is open) and the gap between them."""

    row: Row
    begin: str
    end: str | None
    gap: Gap
    certain: bool


class Gaps:
    """The gaps of the agreements of a selection, and how many were left out for which reason."""

    def __init__(self, reader: Reader, selection: Selection, question: Question) -> None:
        self.reader = reader
        self.selection = selection
        self.question = question
        self.as_of = selection.filters.as_of
        self.party = _of_party(selection.filters)
        self._places = Places(self.as_of)
        self._today = numbers(between(self.as_of, self.as_of))
        self._since = None if question.since is None else numbers(between(question.since, question.since)).first
        self.reasons: Counter[str] = Counter()
        self.number = self.doubtful = 0
        """How many were found, and how many of them not for certain; they and the reasons are there after ``each``."""
        asks_consent = question.open and question.end.rank in (steps.CONSENTED, steps.ENTERED)
        self.none_due = _none_due(reader, selection, self.as_of) if asks_consent else set()
        self.awaited = _awaited(reader, selection) if asks_consent else None

    def each(self, dimension: str | None = None, *, named: bool = False) -> Iterator[tuple[Found, Sequence[Value]]]:
        """Yield the gaps one by one, with the values of a dimension; refs and titles only where they are asked for."""
        part = BY[dimension] if dimension else None
        for row, keys in _each_once(self._read(part, named=named), part):
            found = self._found(Row(*row))
            if found is not None and self._counts(certain=found.certain):
                yield found, keys

    def lengths(self, dimension: str | None) -> Iterator[tuple[int | None, Sequence[Value]]]:
        """Yield the days of the gaps one by one, None where they are only bounded, with the values of a dimension."""
        if self.question.open:
            yield from ((one.gap.days, keys) for one, keys in self.each(dimension))
            return
        part = BY[dimension] if dimension else None
        places, without = self._places, Counter[tuple[str, str]]()
        for row, keys in _each_once(self._read(part, named=False), part):
            begin, end = places[row[BEGIN]], places[row[END]]
            if begin.why or end.why:
                without[begin.why, end.why] += 1
            elif self._counts(certain=begin.by_now and end.by_now):
                first, last = begin.day, end.day
                yield None if first is None or last is None else last - first, keys
        for (no_begin, no_end), number in without.items():
            self._leave_out(no_begin, no_end, number)

    def _counts(self, *, certain: bool) -> bool:
        """Count a gap that was found, and tell whether it is wanted."""
        if not certain:
            if self.selection.filters.certain:
                return False
            self.doubtful += 1
        self.number += 1
        return True

    def _read(self, part: Dimension | None, *, named: bool) -> Iterator[StoredRow]:
        begin, end = (stages.day_of(stage, self.party) for stage in (self.question.begin, self.question.end))
        own = STANDING_OF_PARTY if self.party else "''"
        statuses = f", {own}, {STANDING}" if self.question.open else ", '', ''" if named else ""
        called = ", a.ref, coalesce(a.short_title, a.title), a.instrument_type" if named else ""
        sql = (
            f"SELECT a.id, {begin}, {end}, {part.key if part else 'NULL'}{statuses}{called}"
            f" FROM {self.selection.source(self.reader)} {part.join if part else ''} WHERE {self.selection.condition}"
        )
        binds = {**self.selection.binds, "day": self.as_of, **({"party": self.party} if self.party else {})}
        return chain.from_iterable(self.reader.pages(sql, binds, ROWS))

    def _found(self, row: Row) -> Found | None:
        begin = self._places[row.begin]
        if self.question.open and not begin.why:
            return self._open(row, begin)
        end = self._places[row.end]
        if begin.why or end.why:
            self._leave_out(begin.why, end.why)
            return None
        return Found(row, begin.text, end.text, gap_between(begin.numbers, end.numbers), begin.by_now and end.by_now)

    def _leave_out(self, no_begin: str, no_end: str, number: int = 1) -> None:
        """Count why so many agreements have no gap."""
        stage = self.question.begin if no_begin else self.question.end
        self.reasons[f"{stage.name}: {no_begin or no_end}"] += number

    def _open(self, row: Row, begin: Place) -> Found | None:
        """Take an agreement that has not reached the second stage, unless it ended or went past it."""
        end = self._places[row.end]
        if not end.why:
            return None
        status = self.status_of(row)
        reason = self._not_open(row, status, unknown=row.end == stages.UNKNOWN_DAY)
        if reason:
            self.reasons[reason] += 1
            return None
        first, last = begin.numbers
        if self._since is not None and first is not None and first > self._since:
            return None
        # The signature alone may have bound (VCLT 12), and nobody recorded it.
        signed = self.awaited is not None and REACHED.get(status, 0) >= steps.SIGNED
        certain = begin.by_now and (not signed or row.id in (self.awaited or ()))
        certain = certain and (self._since is None or (last is not None and last <= self._since))
        return Found(row, begin.text, None, gap_between(begin.numbers, self._today), certain)

    def _not_open(self, row: Row, status: str, *, unknown: bool) -> str | None:
        """Say why an agreement without a day of the second stage does not wait for it; None where it does."""
        name, rank = self.question.end.name, self.question.end.rank
        if unknown:
            return f"{name}: on an unknown day"
        if row.whole in kinds.OVER or status == "withdrawn":
            return f"over before {name} was recorded"
        if rank is not None and REACHED.get(status, 0) >= rank:
            return f"went past {name} without a record of it"
        if row.id in self.none_due:
            return f"carried out, or held to bind by a tribunal, without a record of {name}"
        return None

    def status_of(self, row: Row) -> str:
        """Return the status of the party whose own gap is measured, else that of the instrument."""
        return row.status if self.party else row.whole

    def left_out(self) -> list[LeftOut]:
        """Return what could not be placed, and why."""
        counted = [LeftOut(reason, number) for reason, number in sorted(self.reasons.items())]
        return [*self.selection.left_out(self.reader), *counted]

    def table(self, title: str, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], **more: Any) -> Table:
        """Return a table of the report with all that belongs to it."""
        left_out = self.left_out() + list(more.pop("left_out", ()))
        filters = {**self.selection.describe(), **self.question.describe(), **more.pop("filters", {})}
        lines = [
            *self._footer(exact=more.pop("exact", None)),
            *more.pop("notes", ()),
            *(f"left out: {out.number} ({out.reason})" for out in left_out),
        ]
        proof = proofs.proof(self.reader, self.selection)
        totals = more.get("totals")
        return Table("gaps", columns, rows, title, filters, self.as_of, left_out, totals, lines, proof=proof)

    def _footer(self, *, exact: int | None) -> Iterator[str]:
        found, maybe = self.number, self.doubtful
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


def check_dimension(name: str) -> str:
    """Return the dimension of that name; raises InvalidValue with the nearest."""
    if name not in BY:
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"--by {name!r}: no such dimension; {expected(name, tuple(BY))}")
    return name


def _none_due(reader: Reader, selection: Selection, as_of: str) -> set[int]:
    """Return the agreements that were carried out by a day, or held to bind by a tribunal."""
    return _ids(reader, selection, NONE_DUE, {"carried_out": dumps(CARRIED_OUT), "by": as_of})


def _awaited(reader: Reader, selection: Selection) -> set[int]:
    """Return the agreements that need an act after the signature: it is recorded that the signature does not bind."""
    return _ids(reader, selection, AWAITED, {"conditions": dumps(BY_INSTRUMENTS), "acts": dumps(NEEDS_CONSENT)})


def _ids(reader: Reader, selection: Selection, condition: str, binds: dict[str, str]) -> set[int]:
    sql = f"SELECT a.id FROM {selection.source(reader)} WHERE ({selection.condition}) AND ({condition})"
    return {agreement for (agreement,) in reader.tuples(sql, {**selection.binds, **binds})}


def _of_party(filters: Filters) -> str:
    """Return the code of the one party that is asked for: its own force is measured; '' where none or several are."""
    asked = [*filters.predicates("party"), *filters.predicates("bound")]
    codes = {operand for predicate in asked for operand in predicate.operands if isinstance(operand, str)}
    return codes.pop() if len(codes) == 1 else ""


def _each_once(rows: Iterator[StoredRow], part: Dimension | None) -> Iterator[tuple[StoredRow, Sequence[Value]]]:
    """Yield each agreement once, with its values of the dimension; where these are joined, its rows come together."""
    if part is None or not part.table:
        for row in rows:
            yield row, part.values(row[KEY]) if part else ()
        return
    for _, same in groupby(rows, itemgetter(ID)):
        several = list(same)
        yield several[0], [row[KEY] for row in several]
