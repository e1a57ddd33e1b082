"""The end of an agreement's term: as recorded, else counted from its entry into force, extensions included.

The recorded end holds every extension that is recorded too. Asked for a day before an extension, the end is that of the
term as it stood, where it can be counted (VCLT 39: an extension changes the agreement from its own day on).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.domain import periods, terms
from tracker.domain.dates import PartialDate, parse
from tracker.domain.due_items import beyond, not_after
from tracker.domain.periods import Period
from tracker.domain.steps import PROLONGING

NO_DAY = "a term is recorded, no day to count it from"
NO_NEW_END = "the term was extended, its new end is not recorded"
NOT_RECORDED = "no duration recorded"


class Course(NamedTuple):
    """The term of an agreement: its kind, its last day, the period that it renews for, and the counting in words."""

    kind: str
    last: PartialDate
    renewal: Period | None
    """None = it does not renew by itself."""
    rule: str


def period(text: str) -> Period:
    """Read a recorded period."""
    return periods.parse(text)


def course(record: Mapping[str, Any], as_of: str) -> Course | str | None:
    """Return the course of the term as it stood on a day, the reason why none can be counted, or None for no term."""
    duration = record["terms"]["duration"]
    if duration is None:
        return NOT_RECORDED
    kind = duration["kind"]
    if kind == "indefinite" or (kind in ("until_event", "unknown") and not duration["until"]):
        return None
    done, later = _extensions(record, as_of)
    begun = _begun(record)
    counted = _counted(duration, begun)
    if kind == "auto_renewing":
        return _renewing(duration, counted)
    if duration["until"] and not (later and counted):
        return _recorded(duration, counted, done, later)
    if counted is None:
        return NO_DAY
    return _extended(duration, counted, done, later)


def _begun(record: Mapping[str, Any]) -> PartialDate | None:
    begun = record["derived"]["in_force_from"]
    return None if begun is None else parse(begun["edtf"])


def _extensions(record: Mapping[str, Any], as_of: str) -> tuple[list[PartialDate | None], list[PartialDate | None]]:
    """Return the days of the extensions of the whole that were made by ``as_of``, and of those made later."""
    done: list[PartialDate | None] = []
    later: list[PartialDate | None] = []
    for event in record["events"]:
        if event["kind"] in PROLONGING and not event["parties"]:
            text = event["date"] or event["effective_date"]
            date = parse(text) if text else None
            (later if date is not None and beyond(date, as_of) else done).append(date)
    return done, later


class _Counted(NamedTuple):
    last: PartialDate
    rule: str


def _counted(duration: Mapping[str, Any], begun: PartialDate | None) -> _Counted | None:
    """Count the initial term from the entry into force, where both are known."""
    if not duration["period"] or begun is None:
        return None
    length = period(duration["period"])
    rule = f"{terms.spoken(length)} from {begun.edtf}, to the day before the anniversary"
    return _Counted(terms.last_day(begun, length), rule)


def _renewing(duration: Mapping[str, Any], counted: _Counted | None) -> Course | str:
    length = duration["renewal_period"] or duration["period"]
    if duration["until"]:
        last, rule = parse(duration["until"]), f"a term ends {duration['until']}, as recorded"
    elif counted is not None:
        last, rule = counted
    else:
        return NO_DAY
    return (
        Course("auto_renewing", last, period(length), rule)
        if length
        else "it renews tacitly, for how long is not recorded"
    )


def _recorded(
    duration: Mapping[str, Any],
    counted: _Counted | None,
    done: Sequence[PartialDate | None],
    later: Sequence[PartialDate | None],
) -> Course | str:
    last = parse(duration["until"])
    rule = f"last day {duration['until']}, as recorded"
    if counted is not None and counted.last == last:
        rule = f"{counted.rule}: {duration['until']}, as recorded"
    elif counted is not None:
        rule += f" ({counted.rule}: {counted.last.edtf})"
    # An extension made on the last day or after it cannot be in the recorded end yet.
    newer = [date for date in done if date is not None and not_after(last, date)]
    if newer:
        if not duration["renewal_period"]:
            return NO_NEW_END
        length = period(duration["renewal_period"]).times(len(newer))
        last = terms.extended(last, length)
        rule += f", extended by {terms.spoken(length)}"
    elif done:
        rule += f", {_times(len(done))} extended"
    if later:
        rule += f", with an extension made after this day ({_said(later)})"
    return Course(duration["kind"], last, None, rule)


def _extended(
    duration: Mapping[str, Any],
    counted: _Counted,
    done: Sequence[PartialDate | None],
    later: Sequence[PartialDate | None],
) -> Course | str:
    last, rule = counted
    if done:
        if not duration["renewal_period"]:
            return NO_NEW_END
        length = period(duration["renewal_period"]).times(len(done))
        last = terms.extended(last, length)
        rule += f", extended by {terms.spoken(length)}"
    if later:
        rule += f" (extended later, {_said(later)})"
    return Course(duration["kind"], last, None, rule)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _said(dates: Sequence[PartialDate | None]) -> str:
    return ", ".join(date.edtf for date in dates if date is not None)
