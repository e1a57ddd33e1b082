"""Steps: the events of a record that change a status, each with the window of days in which it takes effect, in order.

An event works from its effective date, without one from its own date; a notice of withdrawal without an effective date
has no known effect yet. Where windows overlap, the order is that of a treaty's life (VCLT parts II to V). An event with
a ``provision`` concerns that part of the text alone and moves neither the instrument nor its parties (VCLT 44).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.domain import periods
from tracker.domain.dates import PartialDate, between, bounds
from tracker.domain.spans import OPEN, Window

ANNOUNCED, NEGOTIATING, INITIALLED, ADOPTED, SIGNED, CONSENTED = 10, 20, 30, 40, 50, 55
PROVISIONAL, PROVISIONAL_ENDED, ENTERED, SUSPENDED, RESUMED = 60, 61, 70, 80, 81
NOTICE, NOTICE_LIFTED, WITHDRAWN, TERM_OVER, ENDED = 85, 86, 90, 95, 96

SIGNINGS = ("signed", "signed_definitively", "signed_subject_to_ratification", "signed_ad_referendum", "issued")
CONSENTS = (
    "ratified", "accepted", "approved", "acceded", "formally_confirmed", "signature_confirmed", "succeeded",
    "instrument_deposited", "notified_completion",
)  # fmt: skip
RANKS: dict[str, int] = {
    "announced": ANNOUNCED,
    "negotiation_opened": NEGOTIATING,
    "negotiation_concluded": NEGOTIATING,
    "authenticated": INITIALLED,
    "initialled": INITIALLED,
    "text_adopted": ADOPTED,
    "opened_for_signature": ADOPTED,
    **dict.fromkeys(SIGNINGS, SIGNED),
    "succeeded_to_signature": SIGNED,
    "notes_exchanged": SIGNED,
    **dict.fromkeys(CONSENTS, CONSENTED),
    "provisional_application_started": PROVISIONAL,
    "provisional_application_ended": PROVISIONAL_ENDED,
    "entered_into_force": ENTERED,
    "became_operative": ENTERED,
    "suspended": SUSPENDED,
    "resumed": RESUMED,
    "notice_of_withdrawal_given": NOTICE,
    "notice_of_withdrawal_suspended": NOTICE_LIFTED,
    "notice_of_withdrawal_revoked": NOTICE_LIFTED,
    "withdrawn": WITHDRAWN,
    "denounced": WITHDRAWN,
    "terminated": ENDED,
    "expired": ENDED,
    "superseded": ENDED,
    "lapsed": ENDED,
    "discontinued": ENDED,
}
PROLONGING = ("extended", "renewed", "tacitly_renewed")
AFTERLIFE = (
    "published", "released", "leaked", "registered", "filed_and_recorded", "reported_to_parliament", "ruled_on",
)  # fmt: skip
"""Events that prove nothing about an instrument being alive on their day."""
ENDLESS = ("indefinite", "auto_renewing", "initial_term_then_indefinite")
"""Kinds of duration whose terms do not end by themselves."""


class Step(NamedTuple):
    """One change: its window (see ``spans.Window``), its rank in a treaty's life, its event kind, whom it concerns."""

    earliest: str
    latest: str
    text: str | None
    doubt: bool
    rank: int
    kind: str
    who: tuple[str, ...]
    """Codes of the parties concerned; () = the instrument as a whole."""

    @property
    def window(self) -> Window:
        """The first four fields."""
        return self[:4]


def steps_of(
    events: Sequence[Mapping[str, Any]],
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
        who = event.get("parties") or ()
        if who and len(who) >= len(parties) > 0 and set(who).issuperset(parties):
            who = ()
        special = special or rank >= WITHDRAWN or rank == NOTICE or kind == "notes_exchanged"
        steps.append(Step(earliest or "", latest or OPEN, text, doubt, rank, kind, tuple(who)))
    if special:
        steps = _refined(steps, events, successors)
    if terms and terms.get("duration"):
        _add_term_end(steps, events, terms["duration"])
    if len(steps) > 1:
        put_in_order(steps)
    return steps


def put_in_order(steps: list[Step]) -> None:
    """Sort steps by time, and by rank where their windows overlap.

    The next step is always one that no other certainly precedes; of these the one that comes first in a treaty's life.
    A comparison of two by two would not do: windows may overlap a third and not each other.
    """
    if all(step.earliest == step.latest for step in steps):
        steps.sort(key=_day_and_rank)
        return
    waiting = sorted(steps, key=_rank_and_days)
    steps.clear()
    while waiting:
        bound = min(step.latest for step in waiting)
        at = next(at for at, step in enumerate(waiting) if step.earliest <= bound)
        steps.append(waiting.pop(at))


def _day_and_rank(step: Step) -> tuple[str, int]:
    return step.earliest, step.rank


def _rank_and_days(step: Step) -> tuple[int, str, str]:
    return step.rank, step.latest, step.earliest


def concerns(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Tell whether two sets of parties meet; () is everyone."""
    return not one or not two or not set(one).isdisjoint(two)


def _refined(steps: list[Step], events: Sequence[Mapping[str, Any]], successors: Sequence[PartialDate]) -> list[Step]:
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
    refined += _effects_of_notices(refined, events)
    return refined


def _last_sign_of_life(events: Sequence[Mapping[str, Any]]) -> str:
    alive = ""
    for event in events:
        kind = event["kind"]
        if event.get("date") and kind not in AFTERLIFE and (RANKS.get(kind, 0) < WITHDRAWN or event.get("provision")):
            alive = max(alive, bounds(event["date"])[0] or "")
    return alive


def _effects_of_notices(steps: list[Step], events: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Return the withdrawals that notices bring about by themselves on their effective date (VCLT 65, 67, 68)."""
    effects = []
    for event in events:
        if event["kind"] != "notice_of_withdrawal_given" or not event.get("effective_date") or event.get("provision"):
            continue
        given = bounds(event.get("date"))[0] or ""
        earliest, latest, doubt = bounds(event["effective_date"])
        who = tuple(event.get("parties") or ())
        final = latest or OPEN
        overtaken = any(
            concerns(step.who, who)
            and ((step.rank == NOTICE_LIFTED and given <= step.latest and step.earliest < final)
                 or (step.rank in (WITHDRAWN, ENDED) and given <= step.latest))
            for step in steps
        )  # fmt: skip
        if not overtaken:
            effects.append(Step(earliest or "", final, event["effective_date"], doubt, WITHDRAWN, "withdrawn", who))
    return effects


def _add_term_end(steps: list[Step], events: Sequence[Mapping[str, Any]], duration: Mapping[str, Any]) -> None:
    """Add the end of a fixed term, which comes by itself after the last day of the term (VCLT 54(a))."""
    if duration.get("kind") in ENDLESS:
        return
    prolonged = [
        bounds(event.get("effective_date") or event.get("date"))
        for event in events
        if event["kind"] in PROLONGING and not event.get("parties") and not event.get("provision")
    ]
    until = duration.get("until")
    if until:
        earliest, latest, doubt = bounds(until)
        # The recorded end holds the extensions made before it; one that works from its last day on leaves the end open.
        if any(begun and latest and begun >= latest for begun, _, _ in prolonged):
            return
    else:
        computed = _end_of_period(steps, duration, len(prolonged))
        if computed is None:
            return
        earliest, latest, until, doubt = computed
    begins, final = periods.add_days(earliest, 1) if earliest else "", periods.add_days(latest, 1) if latest else OPEN
    over = Step(begins, final, until, doubt, TERM_OVER, "expired", ())
    # A recorded expiry is that of the term: where it tells another day it stands, else the term dates it.
    recorded = [step for step in steps if step.kind == "expired" and not step.who]
    if all(step.text in (None, until) or step[:2] == over[:2] for step in recorded):
        steps[:] = [step for step in steps if step not in recorded]
        steps.append(over)


def _end_of_period(
    steps: list[Step], duration: Mapping[str, Any], prolonged: int
) -> tuple[str | None, str | None, str, bool] | None:
    """Return the last day of a term counted from entry into force: the day before the anniversary."""
    if duration.get("kind") != "fixed_term" or not duration.get("period"):
        return None
    if prolonged and not duration.get("renewal_period"):
        return None
    begun = next((step for step in steps if step.rank == ENTERED and not step.who and step.text), None)
    if begun is None:
        return None
    try:
        earliest, latest = (_last_day(day, duration, prolonged) for day in (begun.earliest, begun.latest))
    except periods.PeriodError:
        return None
    if earliest is None and latest is None:
        return None
    return earliest, latest, between(earliest, latest, uncertain=begun.doubt).edtf, begun.doubt


def _last_day(day: str, duration: Mapping[str, Any], prolonged: int) -> str | None:
    if day in ("", OPEN):
        return None
    day = periods.add(day, periods.parse(duration["period"]))
    if prolonged:
        day = periods.add(day, periods.parse(duration["renewal_period"]).times(prolonged))
    return periods.add_days(day, -1)
