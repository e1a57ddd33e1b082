"""The course of an agreement's term as it stood on a day: what ``due`` counts with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import PartialDate, beyond
from tracker.dates.periods import Period
from tracker.law import terms
from tracker.law.life import lifecycle, term_ends
from tracker.law.life.steps import TERM_OVER, Step
from tracker.law.life.term_ends import NO_DAY, End, Extension
from tracker.law.parties import contracting
from tracker.law.successors import NO_LIVES, Existence

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Duration


NOT_RECORDED = "no duration recorded"
NO_LENGTH = "it renews tacitly, for how long is not recorded"


class Course(NamedTuple):
    """The term of an agreement: its kind, its last day, the period that it renews for, and the counting in words."""

    kind: str
    last: PartialDate
    renewal: Period | None
    """None = it does not renew by itself."""
    rule: str
    overruled: bool = False
    """A recorded expiry on another day stands in place of the end of the term."""
    later: bool = False
    """It was extended later."""
    anchor: terms.Anchor | None = None
    """Where the renewals are counted from."""


def course(record: Agreement, as_of: str, existence: Existence = NO_LIVES) -> Course | str | None:
    """Return the course of the term as it stood on a day, the reason why none can be counted, or None for no term."""
    duration = record["terms"]["duration"]
    if duration is None:
        return NOT_RECORDED
    codes = contracting(record["parties"])
    steps = lifecycle.steps_of_record(record, lifecycle.Around(existence=existence))
    entry = term_ends.begun(steps)
    if duration["kind"] == "auto_renewing":
        return _renewing(duration, entry)
    if duration["kind"] == "initial_term_then_indefinite":
        initial = term_ends.initial(duration, entry)
        return NO_DAY if initial is None else Course(duration["kind"], initial.last, None, initial.rule)
    every = term_ends.extensions(record["events"], codes)
    later = [one for one in every if one.made is not None and beyond(one.made, as_of)]
    found = _as_it_stood(duration, entry, every, later)
    if not isinstance(found, End):
        return found
    overruled = _is_overruled(steps, duration, entry, every)
    return Course(duration["kind"], found.last, None, found.rule, overruled, bool(later))


def _as_it_stood(
    duration: Duration,
    entry: PartialDate | None,
    every: Sequence[Extension],
    later: Sequence[Extension],
) -> End | str | None:
    """Return the end without the extensions that were made later; a recorded one may hold them already."""
    if not later:
        return term_ends.end(duration, entry, every)
    known = [one for one in every if one not in later]
    counts = term_ends.counted(duration, entry) is not None and duration["kind"] not in term_ends.ONLY_UNTIL
    found = term_ends.end({**duration, "until": None} if counts else duration, entry, known)
    if not isinstance(found, End):
        return found
    said = ", ".join(one.made.edtf for one in later if one.made is not None)
    return found._replace(
        rule=f"{found.rule} ({'extended later' if counts else 'with what was extended later'}, {said})"
    )


def _is_overruled(
    steps: Sequence[Step], duration: Duration, entry: PartialDate | None, every: Sequence[Extension]
) -> bool:
    by_rule = isinstance(term_ends.end(duration, entry, every), End)
    return by_rule and not any(step.rank == TERM_OVER for step in steps)


def _renewing(duration: Duration, entry: PartialDate | None) -> Course | str:
    length = duration["renewal_period"] or duration["period"]
    initial = term_ends.initial(duration, entry)
    if initial is None:
        return NO_DAY
    if not length:
        return NO_LENGTH
    return Course("auto_renewing", initial.last, periods.parse(length), initial.rule, anchor=initial.counted_from)
