"""Spans of each party in an agreement: signature, consent, force, suspension, withdrawal, return (VCLT 24, 54).

A party that no act of its own sets apart shares the life of the instrument. A return after a withdrawal is a new spell.
Before any act a party has no span, after the end of the instrument it is merely ``listed``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, between
from tracker.law.life import steps as life
from tracker.law.life.orders import orders, together
from tracker.law.life.spans import Span, Track, tell_spells
from tracker.law.life.steps import Step
from tracker.record import kinds

SHARED = {
    "signed": "signatory",
    "awaiting_entry": "consented",
    "provisionally_applied": "provisional",
    "in_force": "in_force",
    "operative": "in_force",
    "suspended": "suspended",
    **dict.fromkeys(kinds.OVER, "listed"),
}
"""What a status of the instrument is for a party that shares its life."""
OF_ALL = (
    "all_signatories", "named_states", "exchange_of_notes", "exchange_of_ratifications", "last_notification",
    "last_notification_plus_period",
)  # fmt: skip
"""Conditions of entry into force that every party has to meet."""
NO_TIME = periods.Period(0, 0)


def party_spans(
    steps: Sequence[Step], codes: Sequence[str], instrument: Sequence[Span], terms: Mapping[str, Any] | None
) -> list[Span]:
    """Return the spans of all parties, party by party; ``instrument`` holds those of the instrument's statuses."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        for code in step.who:
            if step.rank not in (life.NOTICE, life.NOTICE_LIFTED):
                own.setdefault(code, []).append(step)
    if not own:
        return _shared(codes, instrument)
    own = {code: _returning(mine) for code, mine in own.items()}
    whole = [step for step in steps if not step.who]
    joining = _joining_rule(steps, terms)
    tracked, complete = _consents_recorded(steps, terms) if len(codes) > 2 else (False, True)
    supposed = (
        whole if complete or tracked else [_doubted(step) if step.rank == life.ENTERED else step for step in whole]
    )
    found: list[Span] = []
    unmoved: list[Span] | None = None
    for code in codes:
        mine = own.get(code)
        if len(codes) <= 2:
            found += _own(code, [step for step in steps if not step.who or _binds(step, code)], founding=True)
        elif mine is not None:
            founding = _is_founding(mine, tracked=tracked)
            found += _own(code, _acts(mine, supposed if founding else whole, joining), founding=founding)
        else:
            if unmoved is None:
                unmoved = _own("", supposed, founding=not tracked)
            found += [span.of_party(code) for span in unmoved]
    return found


def _returning(mine: list[Step]) -> list[Step]:
    """Put a withdrawal before the return of the same day: nobody enters into force and leaves on one day."""
    back = {step.earliest for step in mine if step.rank == life.ENTERED and step.earliest == step.latest}
    if not any(step.rank == life.WITHDRAWN and step.earliest == step.latest in back for step in mine):
        return mine
    found = [
        step._replace(rank=life.LEFT) if step.rank == life.WITHDRAWN and step.earliest == step.latest in back else step
        for step in mine
    ]
    life.put_in_order(found)
    return found


def _doubted(step: Step) -> Step:
    return step._replace(doubt=True) if step.rank == life.ENTERED else step


def _shared(codes: Sequence[str], instrument: Sequence[Span]) -> list[Span]:
    lived = [(status, span) for span in instrument if (status := SHARED.get(span.status))]
    return [span.of_party(code, status, at) for code in codes for at, (status, span) in enumerate(lived)]


def _consents_recorded(steps: Sequence[Step], terms: Mapping[str, Any] | None) -> tuple[bool, bool]:
    """Tell whether the consents that led to the entry of the instrument are recorded; if not, whether it binds all.

    The record is complete where the consents in it suffice for the entry: as many as the condition asks for, two at
    least. Some but too few: those of others are only not recorded, and it is in doubt for whom it entered into force.
    Where there is none, or the condition asks for all, it did for all.
    """
    rule = (terms or {}).get("entry_into_force") or {}
    entry = next((step.latest for step in steps if step.rank == life.ENTERED and not step.who), None)
    consenting = {code for step in steps if _consents(step) and step.earliest <= (entry or OPEN) for code in step.who}
    if not consenting or (entry is not None and rule.get("condition") in OF_ALL):
        return False, True
    return entry is None or len(consenting) >= max(rule.get("number") or 2, 2), False


class Joining(NamedTuple):
    """How a party joins what is in force already: the entry of the instrument, and what its own consent adds to it."""

    entry: Step
    met: periods.Period
    """From the acts that met the condition to the entry of the instrument."""
    late: periods.Period
    """From the consent of one that joins later to the entry for it."""
    doubt: bool
    """Nothing is recorded of how the agreement enters into force."""

    def is_founder(self, consent: Step) -> bool:
        """Tell whether a consent was among those that brought the instrument into force."""
        known = consent.latest != OPEN and bool(self.entry.earliest)
        return not self.entry.who and known and periods.add(consent.latest, self.met) <= self.entry.earliest


def _joining_rule(steps: Sequence[Step], terms: Mapping[str, Any] | None) -> Joining | None:
    """Return how late joiners join: by the agreement's own rule, else on the day of their consent (VCLT 24(3))."""
    rule = (terms or {}).get("entry_into_force") or {}
    entries = [step for step in steps if step.rank == life.ENTERED and step.text]
    entry = next((step for step in entries if not step.who), None)
    if entry is None and rule.get("late_joiners") and entries:
        entry = entries[0]
    if entry is None:
        return None
    try:
        late = periods.parse(rule["late_joiners"]) if rule.get("late_joiners") else NO_TIME
        met = late if rule.get("condition", "unknown") == "unknown" else NO_TIME
        met = periods.parse(rule["period"]) if rule.get("period") else met
    except periods.PeriodError:
        return None
    return Joining(entry, met, late, doubt=not rule)


def _acts(mine: Sequence[Step], whole: Sequence[Step], joining: Joining | None) -> list[Step]:
    """Return the steps that concern one party, in order."""
    computed, founder = _late_entries(mine, joining) if joining else ([], True)
    # An entry computed from the party's own consent stands in place of that of the instrument.
    shared = whole if founder else [step for step in whole if step.rank != life.ENTERED]
    acts = [*shared, *mine, *computed]
    life.put_in_order(acts)
    return acts


def _consents(step: Step) -> bool:
    return step.rank == life.CONSENTED or kinds.consents(step.kind)


def _binds(step: Step, code: str) -> bool:
    """Between two parties the other's suspension or withdrawal works for both sides."""
    return code in step.who or step.rank in (life.SUSPENDED, life.RESUMED) or step.rank >= life.WITHDRAWN


def _late_entries(mine: Sequence[Step], joining: Joining) -> tuple[list[Step], bool]:
    """Return the entries into force that follow from a party's consents (VCLT 24(3)), and whether the first did not.

    None follows from a consent after which an entry for the party is recorded, nor from that of a founder.
    """
    own = [step.latest for step in mine if step.rank == life.ENTERED]
    found = []
    founder = True
    try:
        for at, step in enumerate(consent for consent in mine if consent.text is not None and _consents(consent)):
            if any(step.earliest <= latest for latest in own) or joining.is_founder(step):
                continue
            founder = founder and at > 0
            found.append(_late_entry(step, joining))
    except periods.PeriodError:
        return [], True
    return found, founder


def _late_entry(step: Step, joining: Joining) -> Step:
    """Return the entry into force that a consent brings after the period, not before that of the instrument."""
    entry = joining.entry
    earliest = max(entry.earliest, periods.add(step.earliest, joining.late) if step.earliest else "")
    latest = OPEN if OPEN in (step.latest, entry.latest) else max(entry.latest, periods.add(step.latest, joining.late))
    doubt = step.doubt or entry.doubt or joining.doubt
    text = between(earliest or None, None if latest == OPEN else latest, uncertain=doubt).edtf
    return Step(earliest, latest, text, doubt, life.ENTERED, kinds.usual(life.ENTERED), step.who)


def _is_founding(mine: Sequence[Step], *, tracked: bool) -> bool:
    """Tell whether the entry of the instrument was that of the party, though no consent before it is recorded.

    Whoever first withdraws or suspends was a party; whoever first consents after the entry was not yet.
    """
    first = next(
        (step for step in mine if step.rank >= life.ENTERED or step.rank == life.LEFT or _consents(step)), None
    )
    return not tracked if first is None else first.rank >= life.SUSPENDED or first.rank == life.LEFT


def _own(code: str, steps: Sequence[Step], *, founding: bool) -> list[Span]:
    """Follow one party; ``founding`` = the instrument's entry into force is its own without a recorded consent."""
    found = orders(list(steps))
    spans = together([_followed(code, order, founding=founding) for order in found.found], found.unsettled)
    tell_spells(spans)
    return spans


def _followed(code: str, steps: Sequence[Step], *, founding: bool) -> list[Span]:
    track = Track(code)
    member = Member(code, founding=founding)
    for step in steps:
        member.take(step)
        status = member.status()
        if status or track.spans:
            widens = bool(step.who) or step.rank != life.ENTERED or founding
            track.turn(status or "listed", step, widens=widens)
    return track.spans


class Member:
    """The state of one party while the steps that concern it are taken in order."""

    __slots__ = (
        "code", "consented", "founding", "in_force", "provisional", "signed", "suspended", "withdrawn",
    )  # fmt: skip

    def __init__(self, code: str, *, founding: bool) -> None:
        """Begin before any act."""
        self.code = code
        self.founding = founding
        self.withdrawn = False
        self._clear()

    def _clear(self) -> None:
        self.signed = self.consented = self.in_force = self.provisional = self.suspended = False

    def take(self, step: Step) -> None:
        """Change the state by one step."""
        rank = life.WITHDRAWN if step.rank == life.LEFT else step.rank
        if rank <= life.CONSENTED:
            self.signed = self.signed or rank == life.SIGNED
            if _consents(step):
                self.consented, self.withdrawn = True, False
        elif rank <= life.PROVISIONAL_ENDED:
            self.provisional = rank == life.PROVISIONAL
        elif rank == life.ENTERED:
            self._enter(step)
        elif rank in (life.SUSPENDED, life.RESUMED):
            self.suspended = rank == life.SUSPENDED
        elif rank == life.WITHDRAWN and self.code in step.who:
            self._clear()
            self.withdrawn = True
        elif rank >= life.WITHDRAWN:
            self._clear()  # the instrument ended for everyone

    def _enter(self, step: Step) -> None:
        if step.who or (not self.withdrawn and (self.consented or self.founding)):
            self.in_force, self.withdrawn = True, False

    def status(self) -> str:
        """Return the status that the state amounts to, '' for none."""
        if self.withdrawn:
            return "withdrawn"
        if self.suspended:
            return "suspended"
        if self.in_force:
            return "in_force"
        if self.provisional:
            return "provisional"
        if self.consented:
            return "consented"
        return "signatory" if self.signed else ""
