"""Arithmetic of terms and notices, with the counting in words: what is computed can be checked by hand.

A term ends the day before its anniversary: one year from 23 November 2016 runs to 22 November 2017, and the next term
begins on the 23rd. An agreement ends by its own terms (VCLT 54(a)) after that day. Partial dates move with both bounds,
so a result is as exact as what it was counted from.

Notice may be bound to windows: many conventions can be denounced only some years after they entered into force for the
party that leaves (UNFCCC 25: three), those of the ILO only in the year after every ten years from the entry of the
convention itself (C190, Art. 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import PartialDate, after, between
from tracker.dates.periods import Period

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Notice

MOST_TERMS = 2000
"""Terms that are rolled on at most; a term of one day would otherwise never end."""


class Term(NamedTuple):
    """One term of an agreement: its number (1 = the initial term), its last day, and the first day after it."""

    number: int
    last: PartialDate
    following: PartialDate


class Anchor(NamedTuple):
    """Where terms are counted from: the day on which one began, and the length of what came before the renewals."""

    begun: PartialDate
    length: Period


class Window(NamedTuple):
    """The time in which notice may be given: its first day, and its last one, None where it stays open."""

    number: int
    first: PartialDate
    last: PartialDate | None

    @property
    def end(self) -> PartialDate:
        """The last of its days that falls due."""
        return self.last or self.first


def moved(date: PartialDate, period: Period) -> PartialDate:
    """Return a date moved by a period, both bounds by the same rule; months before days, clamped to the month's end."""
    earliest = None if date.earliest is None else periods.add(date.earliest, period)
    latest = None if date.latest is None else periods.add(date.latest, period)
    return between(earliest, latest, uncertain=date.uncertain)


def _starting(date: PartialDate, period: Period, starts: str | None) -> PartialDate:
    """Return the day on which something starts a period after a date: that day, or the first of a month or year."""
    reached = moved(date, period)
    if starts is None:
        return reached
    first, final = (day and periods.begun(day, starts) for day in reached[1:3])
    return between(first, final, uncertain=date.uncertain)


def last_day(begun: PartialDate, period: Period) -> PartialDate:
    """Return the last day of a term that began on a day: the day before its anniversary."""
    return moved(begun, Period(period.months, period.days - 1))


def day_after(date: PartialDate) -> PartialDate:
    """Return the next day."""
    return moved(date, Period(0, 1))


def day_before(date: PartialDate) -> PartialDate:
    """Return the day before."""
    return moved(date, Period(0, -1))


def ending(first: PartialDate) -> Anchor:
    """Return the anchor of terms of which only the last day of the first is known."""
    return Anchor(day_after(first), Period(0, 0))


def rolling(anchor: Anchor, renewal: Period, near: str | None = None) -> Iterator[Term]:
    """Yield the terms of an agreement that renews tacitly, beginning with the initial one.

    Each is counted from the same day, so that month ends do not drift: half-yearly from 31 August are 28 February and
    31 August. Ends where the register's years end. ``near`` passes over terms that are over for certain by that day,
    but for one of them at least.
    """
    begun, length = anchor
    for number in range(_over(anchor, renewal, near), MOST_TERMS):
        total = Period(length.months + renewal.months * number, length.days + renewal.days * number)
        try:
            following = moved(begun, total)
            yield Term(number + 1, day_before(following), following)
        except periods.PeriodError:
            return


def _over(anchor: Anchor, renewal: Period, day: str | None) -> int:
    """Return how many terms follow the initial one of which all but the last are over by a day for certain."""
    begun, longest = anchor.begun.latest, periods.most_days(renewal)
    if day is None or begun is None or longest < 1:
        return 0
    since = (date.fromisoformat(day) - date.fromisoformat(begun)).days
    return max(0, (since - 1 - periods.most_days(anchor.length)) // longest)


def notice_deadline(end_of_term: PartialDate, period: Period) -> PartialDate:
    """Return the last day for a notice that must be given some time before the end of a term.

    Counted back from the last day of the term, not from its anniversary: 22 November 2020 less 90 days is 24 August,
    where "the anniversary less 90 days" would be a day late. It is the last day from which the period still ends in
    time: a month from 31 January ends on 28 February.
    """
    days = [day and _last_start(day, period) for day in end_of_term[1:3]]
    return between(days[0], days[1], uncertain=end_of_term.uncertain)


def _last_start(end: str, period: Period) -> str:
    """Return the last day from which a period ends by ``end``."""
    day = periods.add(end, period.times(-1))
    while periods.add(following := periods.add_days(day, 1), period) <= end:
        day = following
    while periods.add(day, period) > end:
        day = periods.add_days(day, -1)
    return day


def takes_effect(notice: PartialDate, period: Period, starts: str | None = None) -> PartialDate:
    """Return the day on which a withdrawal or termination takes effect: the day of the notice plus the period.

    With ``starts`` the first day of a month or year once the period is over (``vocabulary.STARTS``).

    VCLT 54(a) by the agreement's own terms, 56(2) twelve months where it is silent: 2019-02-02 and six months give
    2019-08-02.
    """
    return _starting(notice, period, starts)


def extended(end: PartialDate, period: Period) -> PartialDate:
    """Return the new last day of a term that was extended: counted from the day after the old one."""
    return day_before(moved(day_after(end), period))


def survival_end(ended: PartialDate, period: Period) -> PartialDate:
    """Return the last day on which duties survive the end; ``ended`` is the first day without force (VCLT 70(1))."""
    return last_day(ended, period)


def spoken(period: Period) -> str:
    """Return a period in words: "90 days", "1 year and 6 months"."""
    years, months = divmod(period.months, 12)
    parts = [
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((years, "year"), (months, "month"), (period.days, "day"))
        if number
    ]
    return " and ".join(parts) or "0 days"


def windows(entry: PartialDate, clause: Notice) -> Iterator[Window]:
    """Yield the windows that a clause of notice opens after an entry, each counted from the same day."""
    wait = periods.parse(clause.get("after_entry") or clause.get("after_first_entry"))
    length = periods.parse(clause.get("window")) if clause.get("window") else None
    again = periods.parse(clause.get("repeats")) if clause.get("repeats") else None
    for number in range(MOST_TERMS if again else 1):
        more = Period(0, 0) if again is None else again.times(number)
        try:
            first = moved(entry, Period(wait.months + more.months, wait.days + more.days))
            yield Window(number + 1, first, None if length is None else last_day(first, length))
        except periods.PeriodError:
            return


def is_counted(clause: Notice) -> bool:
    """Tell whether a clause counts the time for a notice from an entry into force."""
    return bool(clause.get("after_entry") or clause.get("after_first_entry"))


def missed(given: PartialDate, entry: PartialDate, clause: Notice) -> str | None:
    """Say why a notice was certainly given outside the time for it; None where it was in time, or may have been."""
    said: str | None = None
    for window in windows(entry, clause):
        if after(window.first, given):
            return f"the first day for it is {window.first.edtf}"
        if window.last is None or not after(given, window.last):
            return None
        said = f"the last day for it was {window.last.edtf}"
    return said
