"""Spans of each party in an agreement: signature, consent, force, suspension, withdrawal, return (VCLT 24, 54).

A party that no act of its own sets apart shares the life of the instrument. A return after a withdrawal is a new spell.
Before any act a party has no span, after the end of the instrument it is merely ``listed``. From which day a consent
brings it into force tells ``force.joining``; a role that a source states decides what the acts leave open.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, Stretch, between
from tracker.law.consents import Act, Consent
from tracker.law.force.conditions import BY_SIGNATURE, UNBOUND, Roles
from tracker.law.force.facts import extinctions
from tracker.law.force.joining import Joining
from tracker.law.life import steps as life
from tracker.law.life.member import Member
from tracker.law.life.orders import Orders, orders, together
from tracker.law.life.sequence import by_rule
from tracker.law.life.spans import Span, Track, tell_spells
from tracker.law.life.steps import Step, taking
from tracker.law.successors import Existence
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


class Place(NamedTuple):
    """Where a successor stands: in the place of a party of two that ceased to exist, from a day on."""

    of: str
    since: Stretch


NO_PLACES: Mapping[str, Place] = {}


class Rules:
    """What the rules make of the consents, made when it is first asked: two sides that entered need it rarely."""

    __slots__ = ("_found", "_is_made", "_make")

    def __init__(self, make: Callable[[], Joining | None]) -> None:
        """Keep in mind how it is made."""
        self._make = make
        self._found: Joining | None = None
        self._is_made = False

    def __call__(self) -> Joining | None:
        """Return it; None = no consent and no condition is recorded."""
        if not self._is_made:
            self._found, self._is_made = self._make(), True
        return self._found


class Membership(NamedTuple):
    """What decides about the parties beside the steps."""

    rules: Rules
    bilateral: bool | None
    roles: Roles
    existence: Existence
    entered: bool = True
    """Whether an entry that only follows from the rules is taken for one that happened."""
    joined: Mapping[str, str] | None = None
    """From which day each is for certain a party to the instrument on which this one depends; None = on none."""
    places: Mapping[str, Place] = NO_PLACES
    """Successors of a side, which take no steps of their own: theirs are steps of that side."""

    def waits(self, code: str) -> str:
        """Return the day by which a party is one to what this depends on, ``OPEN`` for never; '' = nothing is asked."""
        return "" if self.joined is None or self.bilateral else self.joined.get(code, OPEN)

    @property
    def joining(self) -> Joining | None:
        """What the rules make of the consents; None = no consent and no condition is recorded."""
        return self.rules()


ALONE = Membership(Rules(lambda: None), bilateral=True, roles={}, existence={})


def party_spans(
    steps: Sequence[Step], codes: Sequence[str], instrument: Sequence[Span], membership: Membership = ALONE
) -> list[Span]:
    """Return the spans of all parties, party by party; ``instrument`` holds those of the instrument's statuses."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        for code in step.who:
            if step.rank not in (life.NOTICE, life.NOTICE_LIFTED):
                own.setdefault(code, []).append(step)
    gone = {code: _ceasing(act) for code, act in extinctions(codes, membership.existence).items()}
    alike = not own and not gone and not membership.roles and membership.joined is None
    if alike and _all_share(codes, membership):
        return _shared(codes, instrument)
    parties = _Parties(steps, own, gone, membership)
    return [span for code in codes for span in parties.of(code)]


def _all_share(codes: Sequence[str], membership: Membership) -> bool:
    """Tell whether the entry of the whole is that of every party: that of one with two sides always is."""
    if membership.bilateral:
        return True
    joining = membership.joining
    return joining is None or (all(map(joining.carries, codes)) and not _any_late(joining))


def _any_late(joining: Joining) -> bool:
    """Tell whether a consent was certainly given after the entry: nobody shares the life of the whole by such a one."""
    entry = joining.entry
    if entry is None or joining.facts.bilateral:
        return False
    return any(one.party and one.act.earliest > entry.latest for one in joining.facts.consents)


def either(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return the spans of parties that hold in whichever of two courses of things."""
    found: list[Span] = []
    more = {code: list(mine) for code, mine in groupby(others, key=attrgetter("party"))}
    seen = set()
    for code, mine in groupby(some, key=attrgetter("party")):
        seen.add(code)
        found += _spelt(together([list(mine), more.get(code, [])]))
    for code, mine_too in more.items():
        if code not in seen:
            found += _spelt(together([[], mine_too]))
    return found


def _spelt(spans: list[Span]) -> list[Span]:
    tell_spells(spans)
    return spans


class _Parties:
    """The parties of one agreement, followed one by one; those whom nothing sets apart together."""

    def __init__(
        self,
        steps: Sequence[Step],
        own: Mapping[str, list[Step]],
        gone: Mapping[str, Step],
        membership: Membership,
    ) -> None:
        self.steps = steps
        self.own = own
        self.gone = gone
        self.membership = membership
        self.whole = [step for step in steps if not step.who]
        self.entry = next((step for step in self.whole if step.rank == life.ENTERED), None)
        self.joined = _joined(own, membership, whole=self.entry is not None)
        self.unmoved: dict[bool | None, list[Span]] = {}

    def of(self, code: str) -> list[Span]:
        """Return the spans of one party."""
        if code in self.membership.places:
            return self._in_place(code, self.membership.places[code])
        mine = _returning([*self._acts(code), *self.joined.get(code, ())])
        mine += [self.gone[code]] if code in self.gone else []
        role = self.membership.roles.get(code)
        if self.membership.bilateral:
            return self._one_of_two(code, mine)
        founding = self._founding(code, _returning([*self.own.get(code, ())]))
        mine = [*mine, *self._by_role(code, role, mine, founding=founding)]
        unbound = role in UNBOUND and (self.membership.joining is None or not self.membership.joining.facts.of(code))
        if not mine and not unbound and not self.membership.waits(code):
            if founding not in self.unmoved:
                self.unmoved[founding] = self._followed("", [], founding)
            return [span.of_party(code) for span in self.unmoved[founding]]
        return self._followed(code, mine, False if unbound else founding)

    def _one_of_two(self, code: str, mine: list[Step]) -> list[Span]:
        """Return the spans of one side; where nobody did anything alone, both sides share them."""
        if mine or len(self.whole) < len(self.steps):
            found = _orders(_in_order(self.steps_for(code), mine))
            return _own(Member(code, founding=True, signing=True), found)
        if True not in self.unmoved:
            found = _orders(_in_order(self.whole, mine))
            self.unmoved[True] = _own(Member("", founding=True, signing=True), found)
        return [span.of_party(code) for span in self.unmoved[True]]

    def _in_place(self, code: str, place: Place) -> list[Span]:
        """Return the spans of a successor: what its side has been since it stands there."""
        begun = by_rule(place.since, (place.of,))._replace(rank=life.SUCCEEDED, kind="")
        mine = _returning([*self._acts(place.of), *self.joined.get(place.of, ())])
        member = Member(place.of, founding=True, signing=True, present=False)
        found = _orders(_in_order(self.steps_for(place.of), [*mine, begun]))
        return [span.of_party(code) for span in _own(member, found)]

    def _acts(self, code: str) -> list[Step]:
        """Return what a party did; a signature that binds brings one back that had left."""
        own = self.own.get(code, [])
        if not own:
            return own
        left = min((step.earliest for step in own if step.rank == life.WITHDRAWN), default=OPEN)
        if left == OPEN or not self._signed(code):
            return own
        return [
            step._replace(rank=life.CONSENTED) if step.rank == life.SIGNED and step.latest >= left else step
            for step in own
        ]

    def steps_for(self, code: str) -> list[Step]:
        """Return the steps that move both sides."""
        mine = self.own.get(code, [])
        return [step for step in self.steps if step not in mine and (not step.who or _binds(step, code))]

    def _followed(self, code: str, mine: Sequence[Step], founding: bool | None) -> list[Span]:
        whole: Sequence[Step] = self.whole
        wait = self.membership.waits(code)
        if wait:
            whole, mine = ([_after(wait, step) for step in some] for some in (whole, mine))
        found = _orders(_in_order(whole, mine))
        ways = (True, False) if founding is None else (founding,)
        joining = self.membership.joining
        signing = joining is not None and joining.rule.condition in BY_SIGNATURE
        spans = [_own(Member(code, founding=way, signing=signing), found) for way in ways]
        return spans[0] if len(spans) == 1 else _spelt(together(spans))

    def _founding(self, code: str, mine: Sequence[Step]) -> bool | None:
        """Tell whether the entry of the instrument was that of the party, beside what its consents bring about.

        Whoever first withdraws or suspends was a party; whoever first consents, or first acts after the entry, was not
        yet. Where instruments of consent are needed, a party without one is in force in doubt at most, and not at all
        if it is known to have signed only.
        """
        joining = self.membership.joining
        left = joining.leaver(code) if joining is not None else None
        if left is not None:
            entries = [step for step in mine if step.rank == life.ENTERED and step.text]
            return self.membership.bilateral or not any(step.earliest <= left.earliest for step in entries)
        if self._may_have_been_bound(mine):
            return self._by_acts(code, mine) or None
        return self._by_acts(code, mine)

    def _may_have_been_bound(self, mine: Sequence[Step]) -> bool:
        """Tell whether a party may have left, or suspended, before it consented: then it was one of the founders."""
        if not mine:
            return False
        joining = self.membership.joining
        whole = joining.entry if joining is not None else None
        first = min((step.latest for step in mine if _consents(step) or step.rank == life.ENTERED), default=OPEN)
        shown = (step for step in mine if step.rank in (life.SUSPENDED, life.RESUMED, life.WITHDRAWN) or _undoes(step))
        return any(step.earliest < first and (whole is None or step.latest > whole.earliest) for step in shown)

    def _by_acts(self, code: str, mine: Sequence[Step]) -> bool | None:
        """Tell the same by the first act of a party that decides."""
        joining = self.membership.joining
        for step in mine:
            if step.rank == life.GONE:
                break
            alone = joining is None and step.rank in (life.SUSPENDED, life.RESUMED, life.WITHDRAWN, life.ENDED)
            if alone or step.rank == life.LEFT:
                return True
            if step.rank == life.ENTERED or _consents(step) or (step.rank == life.SIGNED and self._signed(code)):
                return self._with_the_founders(code)
        return self._without_an_act(code, mine)

    def _without_an_act(self, code: str, mine: Sequence[Step]) -> bool | None:
        """Tell the same of a party of whose own acts none decides."""
        joining = self.membership.joining
        if joining is not None and any(one.party == code for one in joining.facts.consents):
            return self._with_the_founders(code)
        late = self._is_late(mine)
        if late:
            return False
        carries = True if joining is None else joining.carries(code)
        if (
            carries is None
            and joining is not None
            and joining.surely_tracked
            and any(s.rank == life.SIGNED for s in mine)
        ):
            return False
        return None if late is None and carries else carries

    def _is_late(self, mine: Sequence[Step]) -> bool | None:
        """Tell whether a party first acted after the entry of the whole; None = possibly."""
        acts = [step for step in mine if step.text is not None]
        if not mine or not acts or self.entry is None or not self.entry.text:
            return False
        if mine[0].earliest > self.entry.latest:
            return True
        return False if len(acts) < len(mine) or min(step.latest for step in acts) <= self.entry.earliest else None

    def _signed(self, code: str) -> bool:
        """Tell whether its signature is the consent of a party."""
        joining = self.membership.joining
        if joining is None:
            return False
        by_signature = joining.rule.condition in BY_SIGNATURE
        own = [act for act in joining.facts.acts if act.party in (code, "")]
        return any(kinds.signs(act.kind) and (kinds.consents(act.kind) or (by_signature and act.party)) for act in own)

    def _with_the_founders(self, code: str) -> bool | None:
        """Tell whether a consent of the party is one that brings it in with the instrument."""
        joining = self.membership.joining
        if joining is None:
            return not self._entered_later(code)
        given = joining.facts.of(code)
        if joining.entry is None:  # on a day that is not known
            alive = joining.facts.alive or OPEN
            early = [one for one in given if not joining.of(one).how]
            return True if not given or any(one.act.latest <= alive for one in early) else None if early else False
        entries = [step for step in self.own.get(code, ()) if step.rank == life.ENTERED]
        told = [_is_told(one, entries) for one in given if joining.of(one).how == "founder"]
        return None if None in told and False not in told else False in told

    def _entered_later(self, code: str) -> bool:
        """Tell whether the only entries of a party that are recorded lie after that of the instrument."""
        entries = [step for step in self.own.get(code, ()) if step.rank == life.ENTERED and step.text]
        return bool(entries) and self.entry is not None and all(step.earliest > self.entry.latest for step in entries)

    def _by_role(self, code: str, role: str | None, mine: Sequence[Step], *, founding: bool | None) -> list[Step]:
        """Return what a stated role says where no act does: it came about while the record's events happened."""
        rank = ROLES.get(role or "")
        if rank is None or any(step.rank >= rank or (rank == life.SIGNED and _consents(step)) for step in mine):
            return []
        dated = [step for step in self.steps if step.text is not None]
        if not dated:  # on whatever day
            return [taking(rank, kinds.usual(rank), (code,), between(None, None))] if rank < life.ENTERED else []
        first = min(step.earliest for step in dated)
        if rank >= life.ENTERED:
            if self.entry is None or (role == "party" and founding):
                return []
            first = self.entry.earliest
        last = max(step.latest for step in dated)
        known = first <= last != OPEN  # an entry that is only computed may lie after all that is recorded
        return [taking(rank, kinds.usual(rank), (code,), between(first or None, last if known else None))]


ROLES = {
    "signatory": life.SIGNED,
    "contracting_state": life.CONSENTED,
    "party": life.ENTERED,
    "former_party": life.WITHDRAWN,
}
"""What a role says of a party that no act tells of (VCLT 2(1)(f), (g), 18)."""


def _joined(own: Mapping[str, list[Step]], membership: Membership, *, whole: bool) -> dict[str, list[Step]]:
    """Return the entries into force that follow from consents and are not recorded.

    Founders have that of the whole, unless (``whole``) only entries for parties are recorded.
    """
    found: dict[str, list[Step]] = {}
    if whole and membership.bilateral:
        return found  # both sides are in with the whole
    joining = membership.joining
    if joining is None:
        return found
    for one in joining.facts.consents:
        if not one.party or (joining.recorded is None and not membership.entered and one.effective is None):
            continue
        window = _own_window(joining, one, whole=whole)
        entries = [step for step in own.get(one.party, ()) if step.rank == life.ENTERED]
        told = _is_told(one, entries)
        if window is not None and told is not True:
            entry = by_rule(window, (one.party,))
            found.setdefault(one.party, []).append(entry._replace(maybe=entry.text is None or told is None))
    if not whole and joining.recorded is not None:
        for code in joining.facts.leavers:
            if joining.leaver(code) is not None and not any(step.rank == life.ENTERED for step in own.get(code, ())):
                found.setdefault(code, []).append(by_rule(joining.recorded._replace(uncertain=True), (code,)))
    return found


def _own_window(joining: Joining, one: Consent, *, whole: bool) -> Stretch | None:
    """Return the days on which a consent brings a party in by itself; None where it does not."""
    try:
        window, how = joining.of(one)
    except periods.PeriodError:
        return None
    if window is not None and joining.recorded is None and joining.entry is not None and one.effective is None:
        window = window._replace(uncertain=True)  # that of the whole is computed, and not recorded
    if window is None or how != "founder":
        return window
    if whole or joining.recorded is None:
        return None
    return joining.recorded._replace(uncertain=True)


def _is_told(one: Consent, entries: Sequence[Step]) -> bool | None:
    """Tell whether the entry that a consent brought about is recorded for the party by itself; None = possibly.

    One that may lie after the party left again may be that of its return.
    """
    told = [step for step in entries if step.text and one.brings(Stretch(*step[:2], step.doubt))]
    if not told:
        return False
    return True if one.until is None or any(step.latest <= one.until.latest for step in told) else None


def _ceasing(act: Act) -> Step:
    return Step(act.earliest, act.latest, act.text, act.doubt, life.GONE, "", (act.party,))


def _in_order(some: Sequence[Step], more: Sequence[Step]) -> list[Step]:
    found = [*some, *more]
    life.put_in_order(found)
    return found


def _returning(mine: list[Step]) -> list[Step]:
    """Put a withdrawal before the return of the same day: nobody enters into force and leaves on one day."""
    if len(mine) < 2:
        return mine
    back = {step.earliest for step in mine if step.rank == life.ENTERED and step.earliest == step.latest}
    if not any(step.rank == life.WITHDRAWN and step.earliest == step.latest in back for step in mine):
        life.put_in_order(mine)
        return mine
    found = [
        step._replace(rank=life.LEFT) if step.rank == life.WITHDRAWN and step.earliest == step.latest in back else step
        for step in mine
    ]
    life.put_in_order(found)
    return found


def _after(wait: str, step: Step) -> Step:
    """Put an entry in doubt until a party is one to what the instrument depends on; its own recorded one stands."""
    if step.rank != life.ENTERED or (step.who and step.events) or step.latest >= wait:
        return step
    if wait == OPEN:
        return step._replace(doubt=True)
    days = Stretch(step.earliest, wait, step.doubt)
    return by_rule(days, step.who)._replace(kind=step.kind, events=step.events)


def _shared(codes: Sequence[str], instrument: Sequence[Span]) -> list[Span]:
    lived = [(status, span) for span in instrument if (status := SHARED.get(span.status))]
    return [span.of_party(code, status, at) for code in codes for at, (status, span) in enumerate(lived)]


def _consents(step: Step) -> bool:
    return kinds.consents(step.kind)


def _undoes(step: Step) -> bool:
    return kinds.row(step.kind).undoes == "consent"


def _binds(step: Step, code: str) -> bool:
    """Tell whether an act of the other of two parties moves this one too: what ends, or suspends, the whole."""
    return code in step.who or step.rank in (life.SUSPENDED, life.RESUMED) or step.rank >= life.WITHDRAWN


def _orders(steps: Sequence[Step]) -> list[Orders]:
    """Return the orders that the steps of a party may have had, in each course that things may have taken."""
    return [orders(course) for course in life.courses(steps)]


def _own(member: Member, found: Sequence[Orders]) -> list[Span]:
    """Follow one party, from before any act of it, through all orders that its steps may have had."""
    versions = [_followed(member.anew(), order) for course in found for order in course.found]
    spans = together(versions, next((course.unsettled for course in found if course.unsettled), None))
    tell_spells(spans)
    return spans


def _followed(member: Member, steps: Sequence[Step]) -> list[Span]:
    track = Track(member.code)
    for step in steps:
        member.take(step)
        status = member.status() if member.present else ""
        if member.gone:
            track.turn("", step)
        elif status or track.spans:
            widens = bool(step.who) or step.rank != life.ENTERED or member.founding
            track.turn(status or "listed", step, widens=widens)
    return track.spans
