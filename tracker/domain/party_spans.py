"""Spans of each party in an agreement: signature, consent, force, suspension, withdrawal, return (VCLT 24, 54).

A party that no act of its own sets apart shares the life of the instrument. A return after a withdrawal is a new spell.
Before any act a party has no span, after the end of the instrument it is merely ``listed``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.domain import periods
from tracker.domain import steps as life
from tracker.domain.dates import between
from tracker.domain.spans import OPEN, Span, Track
from tracker.domain.steps import Step

SHARED = {
    "signed": "signatory",
    "awaiting_entry": "consented",
    "provisionally_applied": "provisional",
    "in_force": "in_force",
    "operative": "in_force",
    "suspended": "suspended",
    **dict.fromkeys(("expired", "terminated", "discontinued", "superseded", "never_entered"), "listed"),
}
"""What a status of the instrument is for a party that shares its life."""


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
    whole = [step for step in steps if not step.who]
    joining = _joining_rule(steps, terms)
    tracked = len(codes) > 2 and _is_tracked(steps)
    found: list[Span] = []
    unmoved: list[Span] | None = None
    for code in codes:
        mine = own.get(code)
        if len(codes) <= 2:
            found += _own(code, [step for step in steps if not step.who or _binds(step, code)], founding=True)
        elif mine is not None:
            found += _own(code, _acts(mine, whole, joining), founding=_is_founding(mine, tracked=tracked))
        else:
            if unmoved is None:
                unmoved = _own("", whole, founding=not tracked)
            found += [span.of_party(code) for span in unmoved]
    return found


def _shared(codes: Sequence[str], instrument: Sequence[Span]) -> list[Span]:
    lived = [(status, span) for span in instrument if (status := SHARED.get(span.status))]
    return [
        Span(
            code, position, status, span.from_date, span.from_earliest, span.from_latest,
            span.until_date, span.until_earliest, span.until_latest, span.uncertain,
        )
        for code in codes
        for position, (status, span) in enumerate(lived)
    ]  # fmt: skip


def _is_tracked(steps: Sequence[Step]) -> bool:
    """Tell whether consent was recorded party by party before the instrument entered into force."""
    entry = next((step.latest for step in steps if step.rank == life.ENTERED and not step.who), OPEN)
    return any(step.who and _consents(step) and step.earliest <= entry for step in steps)


def _joining_rule(steps: Sequence[Step], terms: Mapping[str, Any] | None) -> tuple[Step, periods.Period] | None:
    """Return the entry of the instrument and the period after which consent works, where both are known."""
    rule = ((terms or {}).get("entry_into_force") or {}).get("late_joiners")
    entries = [step for step in steps if step.rank == life.ENTERED and step.text]
    entry = next((step for step in entries if not step.who), entries[0] if entries else None)
    try:
        return (entry, periods.parse(rule)) if rule and entry else None
    except periods.PeriodError:
        return None


def _acts(mine: Sequence[Step], whole: Sequence[Step], joining: tuple[Step, periods.Period] | None) -> list[Step]:
    """Return the steps that concern one party, in order."""
    computed = _late_entries(mine, *joining) if joining else []
    # An entry computed from the party's own consent stands in place of that of the instrument.
    shared = [step for step in whole if step.rank != life.ENTERED] if computed else whole
    acts = [*shared, *mine, *computed]
    life.put_in_order(acts)
    return acts


def _consents(step: Step) -> bool:
    return step.rank == life.CONSENTED or step.kind == "signed_definitively"


def _binds(step: Step, code: str) -> bool:
    """Between two parties the other's suspension or withdrawal works for both sides."""
    return code in step.who or step.rank in (life.SUSPENDED, life.RESUMED) or step.rank >= life.WITHDRAWN


def _late_entries(mine: Sequence[Step], entry: Step, period: periods.Period) -> list[Step]:
    """Return the entries into force that follow from a party's consent by the rule for late joiners (VCLT 24(3))."""
    if any(step.rank == life.ENTERED for step in mine):
        return []
    try:
        return [_late_entry(step, entry, period) for step in mine if step.text is not None and _consents(step)]
    except periods.PeriodError:
        return []


def _late_entry(step: Step, entry: Step, period: periods.Period) -> Step:
    """Return the entry into force that a consent brings after ``period``, not before that of the instrument."""
    earliest = max(entry.earliest, periods.add(step.earliest, period) if step.earliest else "")
    latest = OPEN if OPEN in (step.latest, entry.latest) else max(entry.latest, periods.add(step.latest, period))
    doubt = step.doubt or entry.doubt
    text = between(earliest or None, None if latest == OPEN else latest, uncertain=doubt).edtf
    return Step(earliest, latest, text, doubt, life.ENTERED, "entered_into_force", step.who)


def _is_founding(mine: Sequence[Step], *, tracked: bool) -> bool:
    """Tell whether the entry of the instrument was that of the party, though no consent before it is recorded.

    Whoever first withdraws or suspends was a party; whoever first consents after the entry was not yet.
    """
    first = next((step for step in mine if step.rank >= life.ENTERED or _consents(step)), None)
    return not tracked if first is None else first.rank >= life.SUSPENDED


def _own(code: str, steps: Sequence[Step], *, founding: bool) -> list[Span]:
    """Follow one party; ``founding`` = the instrument's entry into force is its own without a recorded consent."""
    track = Track(code)
    member = Member(code, founding=founding)
    for step in steps:
        member.take(step)
        status = member.status()
        if status or track.spans:
            cause = step.rank if step.who or step.rank != life.ENTERED or founding else 0
            track.turn(status or "listed", step.window, cause=cause, ends=step.rank >= life.SUSPENDED)
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
        rank = step.rank
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
