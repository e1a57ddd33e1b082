"""The steps of a record in order: what its events do, and what follows from them by rule.

By rule follow the entry into force that an end implies, what notices of withdrawal bring about, and the end of a term.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.dates.day import OPEN, PartialDate
from tracker.dates.edtf import bounds
from tracker.law.life import notice_effects, term_steps
from tracker.law.life.steps import (
    CONSENTED,
    ENTERED,
    NOTICE,
    PROVISIONAL,
    WITHDRAWN,
    Step,
    is_whole,
    put_in_order,
    taking,
)
from tracker.record import kinds
from tracker.record.acts import effective

Event = Mapping[str, Any]


def steps_of(
    events: Sequence[Event],
    parties: Sequence[str],
    terms: Mapping[str, Any] | None,
    successors: Sequence[PartialDate] = (),
) -> list[Step]:
    """Return the steps of a record in order; ``parties`` are distinct codes, ``successors`` as for ``spans``."""
    steps: list[Step] = []
    special = False
    for event in events:
        kind = event["kind"]
        rank = kinds.stage(kind)
        if not rank or event.get("provision"):
            continue
        text = event.get("date") if rank == NOTICE else effective(event)
        earliest, latest, doubt = bounds(text)
        who = () if is_whole(event, parties) else tuple(event["parties"])
        special = special or rank >= WITHDRAWN or rank == NOTICE or kind in kinds.EXCHANGES
        known = event.get("id")
        steps.append(Step(earliest or "", latest or OPEN, text, doubt, rank, kind, who, (known,) if known else ()))
    if special:
        steps = _refined(steps, events, successors)
        steps += notice_effects.withdrawals(steps, events, terms)
        steps += _implied_entry(steps)
    if terms and terms.get("duration"):
        term_steps.add(steps, events, terms, parties)
    if len(steps) > 1:
        put_in_order(steps)
    return steps


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
    """Return the entry into force that a recorded end implies where none is recorded, on an unknown day.

    Only a treaty in force is terminated (VCLT 54, 59, 60 to 62). Of one that was applied provisionally that may be all
    that ended (VCLT 25(2)).
    """
    if any(PROVISIONAL <= step.rank <= ENTERED for step in steps):
        return []
    ends = (kinds.row(step.kind) for step in steps if not step.who)
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
