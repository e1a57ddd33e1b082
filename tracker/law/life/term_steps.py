"""The end of a term as a step: it comes by itself after the last day (VCLT 54(a)), unless the term was prolonged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import OPEN
from tracker.law.life import notice_effects, term_ends
from tracker.law.life.steps import TERM_OVER, Step
from tracker.record.kinds import TERM_ENDS

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event, Terms


def add(steps: list[Step], events: Sequence[Event], held: Terms, parties: Sequence[str], *, bilateral: bool) -> None:
    """Add the end of the term that ``held``, the terms of the record, tell; a recorded expiry is that of the term."""
    duration = held["duration"]
    if duration is None:
        return
    entry = term_ends.begun(steps)
    try:
        if duration["kind"] == "auto_renewing":
            first = term_ends.initial(duration, entry)
            steps += (
                notice_effects.non_renewals(steps, events, held, first.counted_from, bilateral=bilateral)
                if first
                else []
            )
            return
        found = term_ends.end(duration, entry, term_ends.extensions(events, parties))
    except periods.PeriodError:
        return
    if not isinstance(found, term_ends.End):
        return
    last = found.last
    begins = periods.add_days(last.earliest, 1) if last.earliest else ""
    final = periods.add_days(last.latest, 1) if last.latest else OPEN
    over = Step(begins, final, last.edtf, last.uncertain, TERM_OVER, TERM_ENDS[0], ())
    # A recorded expiry is that of the term: where it tells another day it stands, else the term dates it.
    recorded = [step for step in steps if step.kind in TERM_ENDS and not step.who]
    if all(step.text in (None, last.edtf) or step[:2] == over[:2] for step in recorded):
        steps[:] = [step for step in steps if step not in recorded]
        steps.append(over)
