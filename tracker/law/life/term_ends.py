"""Where a term ends: as recorded, else counted from the entry into force, extensions included; and that end as a step.

One rule for the status of an agreement and for what falls due. A term ends the day before its anniversary (VCLT
54(a)), unless it was extended: an extension changes the agreement from its own day on (VCLT 39).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, PartialDate, between
from tracker.dates.edtf import parse
from tracker.law import terms
from tracker.law.life import notice_effects
from tracker.law.life.steps import ENDED, ENDLESS, ENTERED, TERM_OVER, Step, untold
from tracker.law.parties import is_whole
from tracker.record.kinds import PROLONGATIONS, TERM_ENDS, effective, usual

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Duration, Event, Terms


NO_DAY = "a term is recorded, no day to count it from"
NO_NEW_END = "the term was extended, its new end is not recorded"
ONLY_UNTIL = ("until_event", "unknown")
"""Kinds of duration that end on no day but a recorded one."""


class End(NamedTuple):
    """The last day of a term, the counting in words, and where later terms are counted from."""

    last: PartialDate
    rule: str
    anchor: terms.Anchor | None = None

    @property
    def counted_from(self) -> terms.Anchor:
        """Where later terms are counted from: the entry into force, else the day after this one's end."""
        return self.anchor or terms.ending(self.last)


class Extension(NamedTuple):
    """A prolongation of the whole: the day of the act and the day from which it works, None = unknown."""

    made: PartialDate | None
    works: PartialDate | None


def extensions(events: Sequence[Event], parties: Sequence[str]) -> list[Extension]:
    """Return the extensions and renewals of the instrument as a whole; ``parties`` are the codes of the record."""
    return [
        Extension(_day(event.get("date") or event.get("effective_date")),
                  _day(effective(event)))
        for event in events
        if event["kind"] in PROLONGATIONS and not event.get("provision") and is_whole(event, parties)
    ]  # fmt: skip


def begun(steps: Sequence[Step]) -> PartialDate | None:
    """Return the day from which a term is counted: the entry into force of the whole, else the first for a party.

    An entry that follows an end began a term of its own.
    """
    dated = [step for step in steps if step.rank == ENTERED and step.text]
    entries = [step for step in dated if not step.who] or dated
    if not entries:
        return None
    ends = [step.latest for step in steps if step.rank == ENDED and not step.who and step.text]
    again = [step for step in entries if any(end <= step.earliest for end in ends)]
    entries = again[-1:] or entries
    first = min(step.latest for step in entries)
    rivals = [step for step in entries if step.earliest <= first]
    if len(rivals) == 1:
        return rivals[0].day._replace(edtf=rivals[0].text or "")
    earliest = min(step.earliest for step in rivals)
    if not earliest and first == OPEN:
        return None
    return between(earliest or None, None if first == OPEN else first, uncertain=any(step.doubt for step in rivals))


def end(duration: Duration, entry: PartialDate | None, extended: Sequence[Extension]) -> End | str | None:
    """Return the end of a term that does not renew tacitly; the reason why none can be told, None for no such term.

    Raises PeriodError where it leaves the years of the register.
    """
    kind, until = duration["kind"], duration.get("until")
    if kind in ENDLESS or (kind in ONLY_UNTIL and not until):
        return None
    first = counted(duration, entry)
    if until:
        return _recorded(duration, first, extended)
    if first is None:
        return NO_DAY
    return _extended(duration, first, extended) if extended else first


def _extended(duration: Duration, first: End, extended: Sequence[Extension]) -> End | str:
    """Return the end after extensions: counted from the end of the term, or anew where it had run out by then."""
    length = _renewal(duration, len(extended))
    if length is None:
        return NO_NEW_END
    last = terms.extended(first.last, length)
    rule = f"{first.rule}, extended by {terms.spoken(length)}"
    return _or_anew(End(last, rule), _anew(duration, first.last, extended))


def _or_anew(end: End, anew: str | None) -> End:
    """Return an end that may be later, where the term may have begun anew."""
    last = end.last
    if anew is None or last.latest is None or anew <= last.latest:
        return end
    rule = f"{end.rule}, from the end of the term or anew, for it may have run out by then"
    return End(between(last.earliest, anew, uncertain=last.uncertain), rule)


def initial(duration: Duration, entry: PartialDate | None) -> End | None:
    """Return the end of the first term: as recorded, else counted; None where neither is known."""
    first = counted(duration, entry)
    if duration.get("until"):
        last = parse(duration["until"])
        anchor = first.anchor if first is not None and first.last[1:3] == last[1:3] else None
        return End(last, f"a term ends {duration['until']}, as recorded", anchor)
    return first


def counted(duration: Duration, entry: PartialDate | None) -> End | None:
    """Count the initial term from the entry into force, where both are known."""
    if not duration.get("period") or entry is None:
        return None
    length = periods.parse(duration["period"])
    rule = f"{terms.spoken(length)} from {entry.edtf}, to the day before the anniversary"
    return End(terms.last_day(entry, length), rule, terms.Anchor(entry, length))


def _recorded(duration: Duration, first: End | None, extended: Sequence[Extension]) -> End | str:
    """Take the recorded end, and the extensions that it cannot hold: made on it or later, all if it is the first end.

    Where one may have come later and may not, the end is one of two days.
    """
    until = duration["until"]
    last, rule = parse(until), f"last day {until}, as recorded"
    is_first = first is not None and first.last[1:3] == last[1:3]
    if first is not None:
        rule = f"{first.rule}: {until}, as recorded" if is_first else f"{rule} ({first.rule}: {first.last.edtf})"
    dated = [one.works for one in extended if one.works is not None]
    sure = len(extended) if is_first else sum(_follows(date, last) for date in dated)
    maybe = 0 if is_first else sum(_may_follow(date, last) for date in dated) - sure
    if extended and not sure and not maybe:
        rule += f", {'once' if len(extended) == 1 else f'{len(extended)} times'} extended"
    shorter = _prolonged(duration, last, sure)
    if shorter is None:
        return NO_NEW_END
    if sure:
        rule += f", extended by {terms.spoken(_renewal(duration, sure) or NO_TIME)}"
    anew = _anew(duration, last, extended if is_first else _following(extended, last))
    if not maybe:
        return _or_anew(End(shorter, rule), anew)
    longer = _prolonged(duration, last, sure + maybe)
    rule += ", an extension may have come later"
    if shorter.earliest is None:
        return NO_NEW_END
    return _or_anew(End(between(shorter.earliest, longer and longer.latest, uncertain=last.uncertain), rule), anew)


NO_TIME = periods.Period(0, 0)


def _prolonged(duration: Duration, last: PartialDate, times: int) -> PartialDate | None:
    """Return the last day after so many extensions; None: for how long is not recorded."""
    if not times:
        return last
    length = _renewal(duration, times)
    return None if length is None else terms.extended(last, length)


def _renewal(duration: Duration, times: int) -> periods.Period | None:
    text = duration.get("renewal_period")
    return periods.parse(text).times(times) if text else None


def _follows(date: PartialDate, last: PartialDate) -> bool:
    return date.earliest is not None and last.latest is not None and date.earliest >= last.latest and not date.uncertain


def _may_follow(date: PartialDate, last: PartialDate) -> bool:
    return date.latest is None or last.earliest is None or date.latest >= last.earliest


def _following(extended: Sequence[Extension], last: PartialDate) -> list[Extension]:
    """Return the extensions that a recorded end may not hold."""
    return [one for one in extended if one.works is not None and _may_follow(one.works, last)]


def _day(text: str | None) -> PartialDate | None:
    return parse(text) if text else None


def add_end(
    steps: list[Step],
    events: Sequence[Event],
    held: Terms,
    parties: Sequence[str],
    setting: tuple[bool, bool | None] = (True, True),
) -> None:
    """Add the end of the term that ``held``, the terms of the record, tell; a recorded expiry is that of the term.

    ``setting``: whether the law of treaties fills what is open, and whether there are two sides.
    """
    duration = held["duration"]
    if duration is None:
        return
    entry = begun(steps)
    try:
        if duration["kind"] == "auto_renewing":
            first = initial(duration, entry)
            anchor = first.counted_from if first is not None else None
            steps += notice_effects.non_renewals(steps, events, held, anchor, setting)
            return
        extended = extensions(events, parties)
        found = end(duration, entry, extended)
        gaps = list(_interrupted(duration, entry, extended))
    except periods.PeriodError:
        return
    if found == NO_NEW_END:
        steps += _untold(steps, duration, entry, extended)
    if isinstance(found, End):
        _add_last(steps, found.last, gaps)
    steps += gaps


def _add_last(steps: list[Step], last: PartialDate, gaps: Sequence[Step]) -> None:
    """Add the end after the last day of a term, if no other day is recorded for it.

    ``gaps``: ends of terms before it, and the entries with which others may have begun anew.
    """
    begins = periods.add_days(last.earliest, 1) if last.earliest else ""
    final = periods.add_days(last.latest, 1) if last.latest else OPEN
    over = Step(begins, final, last.edtf, last.uncertain, TERM_OVER, TERM_ENDS[0], ())
    # A recorded expiry is that of the term: where it tells another day it stands, else the term dates it.
    again = [gap.latest for gap in gaps if gap.rank == ENTERED]
    recorded = [step for step in steps if step.kind in TERM_ENDS and not step.who and not _is_before(step, again)]
    if all(step.text in (None, last.edtf) or step[:2] == over[:2] for step in recorded):
        steps[:] = [step for step in steps if step not in recorded]
        steps.append(over)
        return
    # It may be the last day of a term that is known in part, or the first day after it.
    wide = [step for step in recorded if last.days.earliest <= step.latest <= last.days.latest != OPEN]
    steps[:] = [step._replace(latest=periods.add_days(step.latest, 1)) if step in wide else step for step in steps]


def _is_before(end: Step, again: Sequence[str]) -> bool:
    """Tell whether an end is recorded of a term that was extended once it had run out."""
    return end.text is not None and any(end.latest < day for day in again)


def _interrupted(duration: Duration, entry: PartialDate | None, extended: Sequence[Extension]) -> Iterator[Step]:
    """Yield the end of a term that had run out when it was extended, and the force from then on: both may have been.

    Whether it goes on from the end of the old term, or begins anew, is a matter of what was agreed.
    """
    first = initial(duration, entry)
    if first is None or duration["kind"] in (*ENDLESS, *ONLY_UNTIL):
        return
    begun = counted(duration, entry)
    term, later = (begun.last, extended) if begun is not None else (first.last, _following(extended, first.last))
    for last, date in _late(duration, term, later):
        begins, again = periods.add_days(last.earliest or "", 1), date.latest or OPEN
        over = Step(begins, begins, last.edtf, last.uncertain, TERM_OVER, TERM_ENDS[0], ())
        entry_anew = Step(again, again, date.edtf, date.uncertain, ENTERED, usual(ENTERED), ())
        yield from (step._replace(supposed=True, maybe=True, unlikely=True) for step in (over, entry_anew))


def _late(
    duration: Duration, last: PartialDate, extended: Sequence[Extension]
) -> Iterator[tuple[PartialDate, PartialDate]]:
    """Yield the last day of each term that may have run out before the next extension worked, with that day."""
    held: PartialDate | None = last
    for date in sorted((one.works for one in extended if one.works is not None), key=lambda day: day.earliest or ""):
        if held is None or held.earliest is None or date.latest is None:
            return
        if date.latest > periods.add_days(held.earliest, 1):
            yield held, date
        held = _prolonged(duration, held, 1)


def _anew(duration: Duration, last: PartialDate, extended: Sequence[Extension]) -> str | None:
    """Return the latest day on which a term may end that began anew with an extension; None where none came late."""
    late = [date for _, date in _late(duration, last, extended)]
    following = [sum(one.works is not None and (one.works.latest or OPEN) > (date.latest or "") for one in extended)
                 for date in late]  # fmt: skip
    ends = [_prolonged(duration, terms.day_before(date), more + 1) for date, more in zip(late, following, strict=True)]
    return max((end.latest for end in ends if end is not None and end.latest), default=None)


def _untold(
    steps: Sequence[Step], duration: Duration, entry: PartialDate | None, extended: Sequence[Extension]
) -> list[Step]:
    """Return the end of a term that was extended nobody knows for how long, by a day at least.

    It may have come from the first day on which that can be so. None where an end is recorded by itself.
    """
    if any(step.rank == ENDED and not step.who for step in steps):
        return []
    first = initial(duration, entry)
    lasts = [first.last] if first is not None else []
    lasts += [one.works for one in extended if one.works is not None]
    days = [day.earliest for day in lasts if day.earliest is not None]
    return [untold(periods.add_days(max(days), 2), TERM_ENDS[0])] if days else []
