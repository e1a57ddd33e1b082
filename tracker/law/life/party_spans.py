"""Spans of each party in an agreement: signature, consent, force, suspension, withdrawal, return (VCLT 24, 54).

A party that no act of its own sets apart shares the life of the instrument. A return after a withdrawal is a new spell.
Before any act a party has no span, after the end of the instrument it is merely ``listed``. From which day a consent
brings it into force tells ``force.joining``; a role that a source states decides what the acts leave open.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from tracker.dates.day import OPEN, Stretch, between
from tracker.dates.edtf import bounds
from tracker.law.consents import Act
from tracker.law.force.conditions import BY_SIGNATURE, UNBOUND
from tracker.law.force.facts import extinctions
from tracker.law.force.joining import Joining
from tracker.law.life import steps as life
from tracker.law.life.membership import ALONE, Founders, Member, Membership, Place, consents, joined
from tracker.law.life.orders import Orders, orders, together
from tracker.law.life.sequence import by_rule
from tracker.law.life.spans import Span, Track, tell_spells
from tracker.law.life.steps import Step, taking
from tracker.law.successors import UNKNOWN
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


def party_spans(
    steps: Sequence[Step], codes: Sequence[str], instrument: Sequence[Span], membership: Membership = ALONE
) -> list[Span]:
    """Return the spans of all parties, party by party; ``instrument`` holds those of the instrument's statuses."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        for code in step.who or step.named:
            if step.rank not in (life.NOTICE, life.NOTICE_LIFTED):
                own.setdefault(code, []).append(step if membership.bilateral else _alone(step, code))
    gone = {code: _ceasing(act) for code, act in extinctions(codes, membership.existence).items()}
    born = _births(steps, codes, own, membership)
    alike = not own and not gone and not born and not membership.roles and membership.joined is None
    if alike and not membership.after and _all_share(codes, membership):
        return _shared(codes, instrument)
    parties = _Parties(steps, own, (gone, born), membership)
    return [span for code in codes for span in parties.of(code)]


def _alone(step: Step, code: str) -> Step:
    """Return what several of many did as the act of one of them."""
    return step if step.who == (code,) else step._replace(who=(code,), named=())


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
        lives: tuple[Mapping[str, Step], Mapping[str, Step]],
        membership: Membership,
    ) -> None:
        """``lives``: the ends of those that ceased to exist, and the beginnings of those that came to be later."""
        self.steps = steps
        self.own = own
        self.gone, self.born = lives
        self.membership = membership
        self.whole = [step for step in steps if not step.who]
        self.entry = next((step for step in self.whole if step.rank == life.ENTERED), None)
        self.founders = Founders(membership, own, self.entry)
        self.joined = joined(own, membership, whole=self.entry is not None)
        self.unmoved: dict[bool | None, list[Span]] = {}

    def of(self, code: str) -> list[Span]:
        """Return the spans of one party."""
        if code in self.membership.places:
            return self._in_place(code, self.membership.places[code])
        if code in self.membership.after:
            return _spelt(together([self._alone(code), self._in_place(code, self.membership.after[code])]))
        return self._alone(code)

    def _alone(self, code: str) -> list[Span]:
        """Return the spans of a party that stands in nobody's place."""
        mine = _returning([*self._acts(code), *self.joined.get(code, ())])
        mine += [lives[code] for lives in (self.gone, self.born) if code in lives]
        role = self.membership.roles.get(code)
        if self.membership.bilateral:
            return self._one_of_two(code, mine)
        founding = self.founders.of(code, _returning([*self.own.get(code, ())]))
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
            return _own(Member(code, founding=True, signing=True, present=code not in self.born), found)
        if True not in self.unmoved:
            found = _orders(_in_order(self.whole, mine))
            self.unmoved[True] = _own(Member("", founding=True, signing=True), found)
        return [span.of_party(code) for span in self.unmoved[True]]

    def _in_place(self, code: str, place: Place) -> list[Span]:
        """Return the spans of a successor: what its side has been since it stands there."""
        begun = by_rule(place.since, (place.of,))._replace(rank=life.SUCCEEDED, kind="")
        mine = _returning([*self._acts(place.of), *self.joined.get(place.of, ())])
        founding: bool | None = True
        steps = self.steps_for(place.of) if self.membership.bilateral else self._of_whole(place.of)
        if not self.membership.bilateral:
            founding = self.founders.of(place.of, _returning([*self.own.get(place.of, ())]))
        member = Member(place.of, founding=founding is not False, signing=True, present=False)
        found = _orders(_in_order(steps, [*mine, begun]))
        return [span.of_party(code) for span in _own(member, found)]

    def _acts(self, code: str) -> list[Step]:
        """Return what a party did; a signature that binds brings one back that had left."""
        own = self.own.get(code, [])
        if not own:
            return own
        left = min((step.earliest for step in own if step.rank == life.WITHDRAWN), default=OPEN)
        if left == OPEN or not self.founders.signed(code):
            return own
        return [
            step._replace(rank=life.CONSENTED) if step.rank == life.SIGNED and step.latest >= left else step
            for step in own
        ]

    def steps_for(self, code: str) -> list[Step]:
        """Return the steps that move both sides."""
        mine = self.own.get(code, [])
        return [step for step in self.steps if step not in mine and (not step.who or _binds(step, code))]

    def _of_whole(self, code: str) -> list[Step]:
        """Return the steps of the whole that are not a party's own as well."""
        return [step for step in self.whole if code not in step.named]

    def _followed(self, code: str, mine: Sequence[Step], founding: bool | None) -> list[Span]:
        whole: Sequence[Step] = self._of_whole(code)
        wait = self.membership.waits(code)
        if wait:
            whole, mine = ([_after(wait, step) for step in some] for some in (whole, mine))
        found = _orders(_in_order(whole, mine))
        ways = (True, False) if founding is None else (founding,)
        joining = self.membership.joining
        signing = joining is not None and joining.rule.condition in BY_SIGNATURE
        present = code not in self.born
        spans = [_own(Member(code, founding=way, signing=signing, present=present), found) for way in ways]
        return spans[0] if len(spans) == 1 else _spelt(together(spans))

    def _by_role(self, code: str, role: str | None, mine: Sequence[Step], *, founding: bool | None) -> list[Step]:
        """Return what a stated role says where no act does: it came about while the record's events happened."""
        rank = ROLES.get(role or "")
        if rank is None or any(step.rank >= rank or (rank == life.SIGNED and consents(step)) for step in mine):
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


def _births(
    steps: Sequence[Step], codes: Sequence[str], own: Mapping[str, list[Step]], membership: Membership
) -> dict[str, Step]:
    """Return the beginning of each party that came to be after the first step, and did nothing before it came to be."""
    if not membership.existence or not steps:
        return {}
    first = min(step.latest for step in steps)
    found = {}
    for code in codes:
        earliest, latest, doubt = bounds(membership.existence.get(code, UNKNOWN).begun)
        if earliest is None or earliest <= first or code in membership.places:
            continue
        joining = membership.joining
        given = joining.facts.of(code) if joining is not None else []
        days = [step.earliest for step in own.get(code, ())]
        days += [one.effective.earliest for one in given if one.effective is not None]
        if all(day >= earliest for day in days):
            days_of_birth = Stretch(earliest, latest or OPEN, doubt)
            found[code] = by_rule(days_of_birth, (code,))._replace(rank=life.SUCCEEDED, kind="")
    return found


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


def _binds(step: Step, code: str) -> bool:
    """Tell whether an act of the other of two parties moves this one too: what ends, or suspends, the whole.

    Nobody applies a treaty of two provisionally alone, once the other has ended that (VCLT 25(2)).
    """
    shared = (life.PROVISIONAL_ENDED, life.SUSPENDED, life.RESUMED)
    return code in step.who or step.rank in shared or step.rank >= life.WITHDRAWN


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
