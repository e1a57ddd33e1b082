"""Whether a term can name a day in the time asked for, told from the days on which it may have begun.

For a register of many: what certainly names none needs no reckoning of its whole course. Where a bound is not
known the answer is that it may. A term is counted from one of its entries, or from days that lie within one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import PartialDate, between
from tracker.dates.periods import PeriodError
from tracker.law import terms
from tracker.law.life import term_ends
from tracker.law.life.notice_effects import counts_back

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Duration, Terms

FOLLOWED = ("auto_renewing", "initial_term_then_indefinite")
"""Kinds of duration that are followed here; every other may name a day."""

Begun = tuple[str | None, str | None]
"""The first and the last day on which a term may have begun."""


def may_fall_due(held: Terms, entries: Collection[Begun], as_of: str, horizon: str | None) -> bool:
    """Tell whether terms may name a day from ``as_of`` to ``horizon`` (None = open), or want a word why they do not.

    ``entries`` are all entries into force from which the term may be counted.
    """
    duration = held["duration"]
    if duration is None or duration["kind"] not in FOLLOWED or not entries:
        return True
    try:
        return any(_names_a_day(held, duration, entry, (as_of, horizon)) for entry in entries)
    except PeriodError:
        return True


def _names_a_day(held: Terms, duration: Duration, entry: Begun, asked: tuple[str, str | None]) -> bool:
    if None in entry:
        return True
    first = term_ends.initial(duration, between(*entry))
    if first is None or not _is_bounded(first.last):
        return True
    backs = [
        periods.parse(notice["period"])
        for notice in held.get("notices") or ()
        if counts_back(notice) and notice.get("period")
    ]
    if duration["kind"] == "auto_renewing":
        return _renews(duration, first, backs, asked)
    days = (first.last, *(terms.notice_deadline(first.last, back) for back in backs))
    return any(_is_asked(day, asked) for day in days)


def _renews(
    duration: Duration, first: term_ends.End, backs: Sequence[periods.Period], asked: tuple[str, str | None]
) -> bool:
    """Tell whether a term that renews tacitly turns in the time asked for, or a notice against that can be given."""
    as_of, horizon = asked
    length = duration.get("renewal_period") or duration.get("period")
    if not length or horizon is None:
        return True
    for term in terms.rolling(first.counted_from, periods.parse(length)):
        if not _is_bounded(term.following):
            return True
        if (term.following.latest or "") < as_of:
            continue
        days = (term.following, *(terms.notice_deadline(term.last, back) for back in backs))
        if any(_is_asked(day, asked) for day in days):
            return True
        if all((day.earliest or "") > horizon for day in days):
            return False
    return False


def _is_bounded(date: PartialDate) -> bool:
    return date.earliest is not None and date.latest is not None


def _is_asked(date: PartialDate, asked: tuple[str, str | None]) -> bool:
    """Tell whether a date may lie in the time asked for; it is bounded on both sides."""
    as_of, horizon = asked
    return (date.latest or "") >= as_of and (horizon is None or (date.earliest or "") <= horizon)
