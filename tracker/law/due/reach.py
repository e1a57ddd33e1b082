"""Whether a term can name a day in the time asked for, told from the days on which it may have begun.

For a register of many: what certainly names none needs no reckoning of its whole course. Where a bound is not
known the answer is that it may. A term is counted from one of its entries, or from days that lie within one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import PartialDate, between, passed
from tracker.dates.edtf import parse
from tracker.dates.periods import PeriodError
from tracker.law import terms
from tracker.law.life import term_ends
from tracker.law.life.notice_effects import counts_back

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Duration, Terms

FOLLOWED = ("auto_renewing", "initial_term_then_indefinite")
"""Kinds of duration that are followed here from an entry; every other may name a day."""
ENDING = ("fixed_term", "renewable_by_agreement")
"""Kinds that end on the recorded day, unless they are prolonged."""
DRIFT = 7
"""Days by which terms can lie elsewhere that are counted from a recorded end, and not from the entry before it: the
ends of months are cut to those of shorter ones."""

Begun = tuple[str | None, str | None]
"""The first and the last day on which a term may have begun."""


class Told(NamedTuple):
    """What is told of an agreement without reading all of it."""

    terms: Terms
    entries: Collection[Begun]
    """All entries into force from which the term may be counted."""
    is_entered: bool
    """Whether a day is recorded on which the whole entered into force, and nothing outside of it moves that."""
    is_prolonged: bool
    """Whether a prolongation is recorded."""


def may_fall_due(told: Told, as_of: str, horizon: str | None) -> bool:
    """Tell whether terms may name a day from ``as_of`` to ``horizon`` (None = open), or want a word why they do not."""
    duration = told.terms["duration"]
    if duration is None:
        return True
    try:
        if duration.get("until"):
            return _names_a_day_after(told, duration, (as_of, horizon))
        if duration["kind"] not in FOLLOWED or not told.is_entered or not told.entries:
            return True
        return any(_names_a_day(told.terms, duration, entry, (as_of, horizon)) for entry in told.entries)
    except PeriodError:
        return True


def _names_a_day_after(told: Told, duration: Duration, asked: tuple[str, str | None]) -> bool:
    """Tell the same of a term whose last day is recorded, whatever day it began."""
    last, backs = parse(duration["until"] or ""), _counted_back(told.terms)
    if not _is_bounded(last):
        return True
    if duration["kind"] == "auto_renewing":
        as_of, horizon = asked
        wide = periods.add_days(as_of, -DRIFT), horizon and periods.add_days(horizon, DRIFT)
        return _renews(duration, terms.ending(last), backs, wide)
    if duration["kind"] in ENDING and (told.is_prolonged or passed(last, asked[0])):
        return True
    if duration["kind"] not in (*ENDING, "initial_term_then_indefinite"):
        return True
    return any(_is_asked(day, asked) for day in _days(last, backs))


def _names_a_day(held: Terms, duration: Duration, entry: Begun, asked: tuple[str, str | None]) -> bool:
    if None in entry:
        return True
    first = term_ends.initial(duration, between(*entry))
    if first is None or not _is_bounded(first.last):
        return True
    backs = _counted_back(held)
    if duration["kind"] == "auto_renewing":
        return _renews(duration, first.counted_from, backs, asked)
    return any(_is_asked(day, asked) for day in _days(first.last, backs))


def _counted_back(held: Terms) -> list[periods.Period]:
    """Return the periods of the notices that are counted back from the end of a term."""
    return [
        periods.parse(notice["period"])
        for notice in held.get("notices") or ()
        if counts_back(notice) and notice.get("period")
    ]


def _days(last: PartialDate, backs: Sequence[periods.Period]) -> tuple[PartialDate, ...]:
    """Return the days that the end of a term names: its last one, and those on which notice must have been given."""
    return last, *(terms.notice_deadline(last, back) for back in backs)


def _renews(
    duration: Duration, anchor: terms.Anchor, backs: Sequence[periods.Period], asked: tuple[str, str | None]
) -> bool:
    """Tell whether a term that renews tacitly turns in the time asked for, or a notice against that can be given."""
    as_of, horizon = asked
    length = duration.get("renewal_period") or duration.get("period")
    if not length or horizon is None:
        return True
    for term in terms.rolling(anchor, periods.parse(length), as_of):
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
