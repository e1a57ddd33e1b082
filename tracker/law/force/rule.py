"""``terms.entry_into_force`` of a record, read, and the days that follow: periods, first days of months, stated days.

VCLT 24(1): a treaty enters into force in the manner and on the date that it provides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, PartialDate, Stretch
from tracker.dates.edtf import parse

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import EntryIntoForce


NO_TIME = periods.Period(0, 0)
FIRST_DAY = re.compile(
    r"first day of the (?:(\w+) )?(?:calendar )?month (?:after|following|next after|that follows)\b", re.IGNORECASE
)
"""How notes say ``first_of_following_month``: "the first day of the month following the expiration of three months"."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth")  # fmt: skip
FURTHER = re.compile(
    r"(?:%|\bper ?cent\b|\btonnage\b|\bemissions?\b|\bvotes?\b|\bshares?\b|\bgross (?:domestic|product|tons?)\b)",
    re.IGNORECASE,
)
"""Words of a note for a threshold beside the number of instruments."""


class Rule(NamedTuple):
    """``terms.entry_into_force`` of a record, read; ``condition`` '' = nothing is recorded."""

    condition: str
    number: int | None = None
    period: periods.Period | None = None
    parties: tuple[str, ...] = ()
    date: PartialDate | None = None
    late: periods.Period | None = None
    """Time between a later party's own instrument and its entry into force; None = the record does not say."""
    starts: str | None = None
    date_rule: str | None = None
    met: PartialDate | None = None
    """When the condition was met, as recorded."""
    late_starts: str | None = None
    late_from: str | None = None
    is_silent: bool = False
    """The text says nothing of those who join later (VCLT 24(3))."""
    by_note: bool = False
    """The first day of the month stands in a note alone."""
    further: bool = False
    """A note tells of a further threshold, and no day on which it was met is recorded."""


def rule_of(terms: EntryIntoForce | None) -> Rule:
    """Read ``terms.entry_into_force``; raises DateError or PeriodError."""
    if not terms:
        return Rule("")
    met = terms.get("met")
    note = terms.get("note") or ""
    period = periods.parse(length) if (length := terms.get("period")) else None
    late = periods.parse(length) if (length := terms.get("late_joiners")) else None
    starts, late_starts = terms.get("starts"), terms.get("late_starts")
    told = starts_of_note(note, period or late) if note and not starts and not late_starts else None
    return Rule(
        terms.get("condition") or "unknown",
        terms.get("number") or None,  # the 0th instrument brings nothing about
        period,
        tuple(terms.get("parties") or ()),
        parse(date) if (date := terms.get("date")) else None,
        late,
        starts or told,
        terms.get("date_rule"),
        parse(met if isinstance(met, str) else met["date"]) if met else None,
        late_starts or (told if late is not None else None),
        terms.get("late_from"),
        terms.get("late_rule") == "silent",
        told is not None,
        bool(note) and not met and FURTHER.search(note) is not None,
    )


def starts_of_note(note: str, period: periods.Period | None) -> str | None:
    """Read a note that says plainly that something starts on the first day of a month; None where it does not.

    "The first day of the sixth month after the month of the deposit" are five months, and then the first of the next.
    """
    found = FIRST_DAY.search(note)
    if found is None:
        return None
    word = (found[1] or "").lower()
    if not word or word == "calendar":
        return "first_of_following_month"
    months = ORDINALS.index(word) if word in ORDINALS else None
    held = (period or NO_TIME).months
    return "first_of_following_month" if months == held or (word == "first" and held) else None


def later(window: Stretch, period: periods.Period, starts: str | None = None) -> Stretch:
    """Return a window moved by a period, to the first day of a month or year where ``starts`` says so."""
    if starts is None and period == NO_TIME:
        return window
    earliest, latest = (
        day if day in ("", OPEN) else periods.begun(periods.add(day, period), starts) for day in window[:2]
    )
    return Stretch(earliest, latest, window.uncertain)


def not_before(window: Stretch, other: Stretch | None) -> Stretch:
    """Return the later of two windows."""
    if other is None:
        return window
    doubt = window.uncertain or (other.uncertain and other.latest > window.earliest)
    return Stretch(max(window.earliest, other.earliest), max(window.latest, other.latest), doubt)


def entry(rule: Rule, met: Stretch) -> Stretch:
    """Return when the instrument enters into force, once its condition is met.

    A stated day is the earliest one, or that of the entry if the condition is met by then; where the record does not
    tell which of the two it is, and they differ, either is possible.
    """
    counted = later(met, rule.period or NO_TIME, rule.starts)
    if rule.date is None:
        return counted
    day = rule.date.days
    bound = not_before(counted, day)
    if rule.date_rule == "not_before" or met.earliest > day.latest:
        return bound
    in_time = met.latest <= day.earliest
    if rule.date_rule == "if_met_by_then" and in_time:
        return day._replace(uncertain=day.uncertain or met.uncertain)
    return Stretch(min(day.earliest, bound.earliest), bound.latest, bound.uncertain)
