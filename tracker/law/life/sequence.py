"""The steps of a record in order: what its events do, and what follows from them by rule.

By rule follow the entry into force that an end implies, what notices of withdrawal bring about, and the end of a term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.day import OPEN, PartialDate, Stretch, between
from tracker.dates.edtf import bounds
from tracker.law.consents import Act, first_day, ordinal
from tracker.law.life import notice_effects, term_ends
from tracker.law.life.steps import (
    ANY_DAY,
    CONSENTED,
    ENDED,
    ENTERED,
    NOTICE,
    PROVISIONAL,
    RESUMED,
    SUSPENDED,
    TAKEN_BACK,
    WITHDRAWN,
    Step,
    put_in_order,
    taking,
    untold,
)
from tracker.law.parties import is_whole
from tracker.record import kinds
from tracker.record.kinds import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event, Terms


class Setting(NamedTuple):
    """What the law needs to know beside the events and the terms of a record."""

    treaty: bool = True
    """Whether the law of treaties fills what the record leaves open."""
    bilateral: bool | None = True
    """Whether it has two sides (``parties.is_bilateral``); None = nothing shows it."""
    successors: Sequence[PartialDate] = ()
    """Entries into force of the instruments that supersede this one."""
    wholes: Sequence[PartialDate] = ()
    """Ends of the instruments that this one amends or extends, or on which it depends."""
    left: Sequence[tuple[str, PartialDate]] = ()
    """Codes of those who left the instrument on which this one depends, with the day."""
    vacant: Stretch | None = None
    """From which day no two sides are known to be left, since one exists no more (``successors.vacant``)."""


SOMEBODY = ("",)
"""Whose act a numbered instrument is that names no party: of one that need not be listed."""
ALONE = Setting()


def steps_of(
    events: Sequence[Event],
    parties: Sequence[str],
    terms: Terms | None,
    setting: Setting = ALONE,
    entry: Stretch | None = None,
) -> list[Step]:
    """Return the steps of a record in order; ``parties`` are distinct codes.

    ``entry`` is the day on which its rules let it enter into force, taken where none is recorded.
    """
    steps = _own(events, parties, terms, setting)
    if entry is not None and not enters(steps):
        steps.append(by_rule(entry, (), treaty=setting.treaty))
    steps += [taking(ENDED, kinds.ENDS[0], (), end) for end in setting.wholes]
    steps += [taking(WITHDRAWN, kinds.usual(WITHDRAWN), (code,), day) for code, day in _leaving(steps, setting.left)]
    if terms and terms.get("duration"):
        term_ends.add_end(steps, events, terms, parties, (setting.treaty, setting.bilateral))
    if setting.vacant is not None and any(step.rank in (PROVISIONAL, ENTERED) for step in steps):
        steps.append(untold(setting.vacant.earliest, kinds.usual(ENDED)))
    if len(steps) > 1:
        put_in_order(steps)
    return steps


def _leaving(steps: Sequence[Step], left: Sequence[tuple[str, PartialDate]]) -> Iterator[tuple[str, PartialDate]]:
    """Yield those who left what the instrument depends on, if they were its parties and have not left it themselves."""
    for code, day in left:
        own = [step for step in steps if code in step.who]
        joined = any(step.rank in (CONSENTED, ENTERED) for step in own) or not any(step.who for step in steps)
        if joined and not any(step.rank == WITHDRAWN and step.latest <= (day.latest or OPEN) for step in own):
            yield code, day


def enters(steps: Sequence[Step]) -> bool:
    """Tell whether an entry into force is recorded, of the whole or on some day for a party."""
    return any(step.rank == ENTERED and (not step.who or step.text is not None) for step in steps)


def by_rule(entry: Stretch, who: tuple[str, ...], *, treaty: bool = True) -> Step:
    """Return the entry into force that follows from the rules, for the whole or for a party."""
    kind = kinds.usual(ENTERED, arrangement=not treaty)
    text = None
    if entry.latest != ANY_DAY and (entry.earliest or entry.latest != OPEN):
        latest = None if entry.latest == OPEN else entry.latest
        text = between(entry.earliest or None, latest, uncertain=entry.uncertain).edtf
    return Step(entry.earliest, entry.latest, text, entry.uncertain, ENTERED, kind, who)


def departures(steps: Sequence[Step]) -> list[Act]:
    """Return what only those do who are bound, or were: who left, took back its act or suspended ('' = all)."""
    found = []
    entered = any(
        step.rank == ENTERED and not step.who for step in steps
    )  # else it may have been applied provisionally
    for step in steps:
        if step.rank in (WITHDRAWN, TAKEN_BACK) or (step.rank in (SUSPENDED, RESUMED) and (step.who or entered)):
            event = step.events[0] if step.events else None
            act = Act(step.kind, "", step.earliest, step.latest, step.text, step.doubt, event, maybe=step.maybe)
            found += [act._replace(party=code) for code in step.who or ("",)]
    return found


def departures_in(
    events: Sequence[Event], parties: Sequence[str], terms: Terms | None, setting: Setting = ALONE
) -> list[Act]:
    """Return the same of the events of a record."""
    return departures(_own(events, parties, terms, setting))


def _own(events: Sequence[Event], parties: Sequence[str], terms: Terms | None, setting: Setting) -> list[Step]:
    """Return what the events do, and what follows from their notices and ends."""
    steps: list[Step] = []
    special = False
    for event in events:
        kind = event["kind"]
        rank = kinds.stage(kind)
        if not rank or event.get("provision") or event.get("toward"):
            continue
        text = event.get("date") if rank == NOTICE or kinds.consents(kind) else effective(event)
        if text is None and rank != NOTICE:
            text = event.get("effective_date")
        earliest, latest, doubt = bounds(text)
        if kinds.consents(kind) and event.get("date") is None:
            earliest, text = _consented_from(first_day(events), text)
        # Those who leave or suspend are all of them only if the record lists all.
        alone = rank in (TAKEN_BACK, SUSPENDED, RESUMED, WITHDRAWN)
        who = () if is_whole(event, parties) and not (alone and event["parties"]) else tuple(event["parties"])
        named = tuple(event["parties"]) if not who and not setting.bilateral else ()
        if not who and kinds.consents(kind) and ordinal(event):
            who = SOMEBODY
        special = special or rank >= WITHDRAWN or rank in (NOTICE, SUSPENDED, RESUMED) or kind in kinds.EXCHANGES
        known = event.get("id")
        ids = (known,) if known else ()
        steps.append(Step(earliest or "", latest or OPEN, text, doubt, rank, kind, who, ids, named=named))
    if special:
        steps = _refined(steps, events, setting.successors)
        of_many = setting.bilateral is False
        steps += notice_effects.withdrawals(steps, events, terms, treaty=setting.treaty, of_many=of_many)
        steps += _implied_entry(steps)
    return steps


def _consented_from(first: str, effective_day: str | None) -> tuple[str | None, str | None]:
    """Return the first day of a consent on an unknown day, with the date: not before the text was fixed or signed."""
    latest = bounds(effective_day)[1]
    earliest = first if first and first <= (latest or OPEN) else None
    if latest is None:
        return earliest, between(earliest, None).edtf if earliest and effective_day else None
    return earliest, between(earliest, latest).edtf


def _refined(steps: list[Step], events: Sequence[Event], successors: Sequence[PartialDate]) -> list[Step]:
    """Settle what one event cannot tell: notes after a signature, effects of notices, ends on an unknown day."""
    signatures = [step for step in steps if step.kind in kinds.CONCLUSIONS]
    signed = max((step.latest for step in signatures), default=OPEN)
    may_be_signed = max((step.earliest for step in signatures), default=OPEN)
    refined = []
    for step in steps:
        if step.kind in kinds.EXCHANGES and step.latest > may_be_signed:
            # An exchange after the signature expresses consent (VCLT 13, 16), it does not sign again.
            if step.earliest > signed:
                refined.append(step._replace(rank=CONSENTED))
            else:
                refined += [step, step._replace(rank=CONSENTED, doubt=True)]
        elif step.kind in kinds.SUPERSESSIONS and step.text is None and successors:
            # A later treaty puts an end to the earlier one by its own entry into force (VCLT 59(1)).
            later = min(successors, key=lambda date: (date.latest or OPEN, date.earliest or ""))
            refined.append(taking(step.rank, step.kind, step.who, later))
        elif step.rank >= WITHDRAWN and step.text is None:
            refined.append(step._replace(earliest=_last_sign_of_life(events)))
        else:
            refined.append(step)
    return refined


def _implied_entry(steps: Sequence[Step]) -> list[Step]:
    """Return the entry into force that a recorded end or suspension implies where none is recorded, on an unknown day.

    Only a treaty in force is terminated or suspended (VCLT 54, 57, 59, 60 to 62), by all or by one. Of one that was
    applied provisionally that may be all that ended (VCLT 25(2)).
    """
    if any(PROVISIONAL <= step.rank <= ENTERED for step in steps):
        return []
    ends = (kinds.row(step.kind) for step in steps if not step.who or step.rank in (SUSPENDED, RESUMED))
    end = next((kind for kind in ends if kind.presupposes_force), None)
    if end is None:
        return []
    kind = kinds.usual(ENTERED, arrangement=end.of_arrangement)
    return [Step(earliest="", latest=OPEN, text=None, doubt=False, rank=ENTERED, kind=kind, who=())]


def _last_sign_of_life(events: Sequence[Event]) -> str:
    alive = ""
    for event in events:
        kind = kinds.row(event["kind"])
        if event.get("date") and not kind.afterlife and (kind.stage < WITHDRAWN or event.get("provision")):
            alive = max(alive, bounds(event["date"])[0] or "")
    return alive
