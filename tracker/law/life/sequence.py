"""The steps of a record in order: what its events do, and what follows from them by rule.

By rule follow the entry into force that an end implies, what notices of withdrawal bring about, and the end of a term.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.dates.day import PartialDate, bounds
from tracker.law.life import notice_effects, term_steps
from tracker.law.life.spans import OPEN
from tracker.law.life.steps import (
    AFTERLIFE,
    CONSENTED,
    ENTERED,
    NOTICE,
    PRESUPPOSING,
    PROVISIONAL,
    RANKS,
    SIGNED,
    SIGNINGS,
    WITHDRAWN,
    Step,
    is_whole,
    put_in_order,
)

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
        rank = RANKS.get(kind)
        if rank is None or event.get("provision"):
            continue
        text = event.get("date")
        if rank != NOTICE:
            text = event.get("effective_date") or text
        earliest, latest, doubt = bounds(text)
        who = () if is_whole(event, parties) else tuple(event["parties"])
        special = special or rank >= WITHDRAWN or rank == NOTICE or kind == "notes_exchanged"
        steps.append(Step(earliest or "", latest or OPEN, text, doubt, rank, kind, who))
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
    signed = max((step.latest for step in steps if step.rank == SIGNED and step.kind in SIGNINGS), default="")
    refined = []
    for step in steps:
        if step.kind == "notes_exchanged" and signed and step.earliest > signed:
            # An exchange after the signature expresses consent (VCLT 13, 16), it does not sign again.
            refined.append(step._replace(rank=CONSENTED))
        elif step.kind == "superseded" and step.text is None and successors:
            # A later treaty puts an end to the earlier one by its own entry into force (VCLT 59(1)).
            later = min(successors, key=lambda date: (date.latest or OPEN, date.earliest or ""))
            refined.append(
                step._replace(
                    earliest=later.earliest or "", latest=later.latest or OPEN, text=later.edtf, doubt=later.uncertain
                )
            )
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
    end = next((step for step in steps if step.kind in PRESUPPOSING and not step.who), None)
    if end is None:
        return []
    kind = "became_operative" if end.kind == "discontinued" else "entered_into_force"
    return [Step(earliest="", latest=OPEN, text=None, doubt=False, rank=ENTERED, kind=kind, who=())]


def _last_sign_of_life(events: Sequence[Event]) -> str:
    alive = ""
    for event in events:
        kind = event["kind"]
        if event.get("date") and kind not in AFTERLIFE and (RANKS.get(kind, 0) < WITHDRAWN or event.get("provision")):
            alive = max(alive, bounds(event["date"])[0] or "")
    return alive
