"""Steps: the events of a record that change a status, each with the window of days in which it takes effect, in order.

An event works from its effective date, without one from its own date; a notice of withdrawal without an effective date
has no known effect yet. Where windows overlap, the order is that of a treaty's life (VCLT parts II to V). An event with
a ``provision`` concerns that part of the text alone and moves neither the instrument nor its parties (VCLT 44).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.dates.day import LAST_YEAR, OPEN, PartialDate, between
from tracker.record.kinds import (
    ADOPTED,
    ANNOUNCED,
    CONSENTED,
    ENDED,
    ENTERED,
    INITIALLED,
    NEGOTIATING,
    NOTICE,
    NOTICE_LIFTED,
    PROVISIONAL,
    PROVISIONAL_ENDED,
    RESUMED,
    SIGNED,
    SUSPENDED,
    TAKEN_BACK,
    WITHDRAWN,
)

__all__ = [
    "ADOPTED",
    "ANNOUNCED",
    "ANY_DAY",
    "CONSENTED",
    "ENDED",
    "ENDLESS",
    "ENTERED",
    "GONE",
    "INITIALLED",
    "LEFT",
    "NEGOTIATING",
    "NOTICE",
    "NOTICE_LIFTED",
    "PROVISIONAL",
    "PROVISIONAL_ENDED",
    "RESUMED",
    "SIGNED",
    "SUCCEEDED",
    "SUSPENDED",
    "TAKEN_BACK",
    "TERM_OVER",
    "UNTOLD",
    "WITHDRAWN",
    "Step",
    "concerns",
    "courses",
    "follow_each_other",
    "idle_after",
    "put_in_order",
    "taking",
    "untold",
]

SUCCEEDED, LEFT, TERM_OVER, UNTOLD, GONE = 5, 54, 95, 96, 97
"""Ranks that only steps have: a successor that stands in the place of a side from now on, a withdrawal that a return on
the same day followed, the end of a term by rule, an end of which the record does not tell whether and when it came, and
that of a party that ceased to exist."""
ANY_DAY = f"{LAST_YEAR}-12-31"
"""The last day of what may have happened on any day, or not at all: it has begun on none of them for certain."""
ENDLESS = ("indefinite", "auto_renewing", "initial_term_then_indefinite")
"""Kinds of duration whose terms do not end by themselves."""


class Step(NamedTuple):
    """One change: its possible days (as ``Stretch``), its rank in a treaty's life, its event kind, whom it concerns.

    The rank is the stage of the kind (``kinds``), or one that only steps have.
    """

    earliest: str
    latest: str
    text: str | None
    doubt: bool
    rank: int
    kind: str
    who: tuple[str, ...]
    """Codes of the parties concerned; () = the instrument as a whole."""
    events: tuple[str, ...] = ()
    """Ids of the events that do this on their own day; () where a rule does, or dates it."""
    supposed: bool = False
    """The law makes it possible, and nothing in the record tells of it."""
    maybe: bool = False
    """It may not have happened at all."""
    unlikely: bool = False
    """What goes on without it is what the record rather tells."""
    named: tuple[str, ...] = ()
    """Codes of all parties, where an act of the whole names each of them: it is that of each as well."""

    @property
    def day(self) -> PartialDate:
        """The window as a date."""
        return between(self.earliest or None, None if self.latest == OPEN else self.latest, uncertain=self.doubt)


def put_in_order(steps: list[Step]) -> None:
    """Sort steps by time, and by rank where their windows overlap.

    The next step is always one that no other certainly precedes; of these the one that comes first in a treaty's life.
    A comparison of two by two would not do: windows may overlap a third and not each other.
    """
    steps.sort(key=_day_and_rank)
    if follow_each_other(steps):
        return
    waiting = sorted(steps, key=_rank_and_days)
    steps.clear()
    while waiting:
        bound = min(step.latest for step in waiting)
        at = next(at for at, step in enumerate(waiting) if step.earliest <= bound)
        steps.append(waiting.pop(at))


def follow_each_other(steps: Sequence[Step]) -> bool:
    """Tell whether each step is certainly over before the next begins, or both are of one known day."""
    for one, two in pairwise(steps):
        if two.earliest <= one.latest and not one.earliest == one.latest == two.earliest == two.latest:
            return False
    return True


def _day_and_rank(step: Step) -> tuple[str, int]:
    return step.earliest, step.rank


def _rank_and_days(step: Step) -> tuple[int, str, str]:
    return step.rank, step.latest, step.earliest


def concerns(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Tell whether two sets of parties meet; () is everyone."""
    return not one or not two or not set(one).isdisjoint(two)


def idle_after(step: Step, idle: Collection[str]) -> set[str]:
    """Return who has suspended once a step was taken ('' = all): who resumes lifts its own suspension, else all."""
    if step.rank == SUSPENDED:
        return {*idle, *(step.who or ("",))}
    own = set(idle).intersection(step.who)
    return set(idle).difference(own) if own else set()


def courses(steps: Sequence[Step]) -> list[list[Step]]:
    """Return the courses that things may have taken, the likelier first: with what may have happened, and without."""
    sure = [step for step in steps if not step.maybe]
    if len(sure) == len(steps):
        return [sure]
    return [sure, list(steps)] if any(step.unlikely for step in steps) else [list(steps), sure]


def untold(earliest: str, kind: str) -> Step:
    """Return an end that may have come on a day or later, or not yet: nothing in the record tells when."""
    text = between(earliest, None).edtf if earliest else None
    return Step(earliest, ANY_DAY, text, doubt=True, rank=UNTOLD, kind=kind, who=(), supposed=True)


def taking(rank: int, kind: str, who: tuple[str, ...], date: PartialDate, *, doubt: bool = False) -> Step:
    """Return the step that a rule derives, on a date, in doubt if the date is or ``doubt`` says so."""
    return Step(date.earliest or "", date.latest or OPEN, date.edtf or None, date.uncertain or doubt, rank, kind, who)
