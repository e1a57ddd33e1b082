"""One party while steps are taken in order, and what decides about the parties beside the steps.

A party is signatory, bound, in force, suspended, gone. Beside the steps decide consents, roles and lifetimes, places
taken over, and founders.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, Stretch
from tracker.law.consents import Consent, binds
from tracker.law.force.conditions import BY_SIGNATURE, Roles
from tracker.law.force.joining import Joining
from tracker.law.life import steps as life
from tracker.law.life.sequence import by_rule
from tracker.law.life.steps import Step
from tracker.law.successors import Existence
from tracker.record import kinds


class Place(NamedTuple):
    """Where a successor stands: in the place of a party that ceased to exist, from a day on."""

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


class Member:
    """The state of one party while the steps that concern it are taken in order."""

    __slots__ = (
        "by_instrument", "by_signature", "code", "consented", "ended_with_all", "founding", "gone", "idle", "in_force",
        "present", "provisional", "signed", "signing", "withdrawn",
    )  # fmt: skip

    def __init__(self, code: str, *, founding: bool, signing: bool, present: bool = True) -> None:
        """Begin before any act.

        ``founding``: the instrument's entry into force is its own without a recorded consent; ``signing``: its
        signature binds it; ``present``: False for a successor, which stands in the place of another only later.
        """
        self.code = code
        self.founding = founding
        self.signing = signing
        self.present = present
        self.withdrawn = self.gone = self.ended_with_all = False
        self._leave()

    def anew(self) -> "Member":
        """Return the same party before any act."""
        return Member(self.code, founding=self.founding, signing=self.signing, present=self.present)

    def _leave(self) -> None:
        """Be nothing any more, as before any act."""
        self.by_instrument = self.by_signature = False
        self._clear()

    def _clear(self) -> None:
        """Forget the state; how it consented stays, for a consent may work after the end of the whole."""
        self.signed = self.consented = self.in_force = self.provisional = False
        self.idle: set[str] = set()

    def take(self, step: Step) -> None:
        """Change the state by one step."""
        rank = life.WITHDRAWN if step.rank == life.LEFT else step.rank
        if rank == life.SUCCEEDED:
            self.present = True
        elif rank <= life.CONSENTED:
            self.signed = self.signed or rank == life.SIGNED
            if kinds.consents(step.kind) or rank == life.CONSENTED:
                self.consented, self.withdrawn = True, False
                signs = kinds.signs(step.kind)
                self.by_instrument, self.by_signature = self.by_instrument or not signs, self.by_signature or signs
        elif rank == life.TAKEN_BACK:
            self._take_back(step)
        elif rank <= life.PROVISIONAL_ENDED:
            self.provisional = rank == life.PROVISIONAL
        elif rank == life.ENTERED:
            self._enter(step)
        elif rank in (life.SUSPENDED, life.RESUMED):
            self.idle = life.idle_after(step, self.idle)
        elif rank == life.WITHDRAWN and self.code in step.who:
            self._leave()
            self.withdrawn, self.ended_with_all = True, False
        elif rank >= life.WITHDRAWN:
            self.ended_with_all = self.ended_with_all or self.in_force
            self._clear()  # the instrument ended for everyone
            self.gone = self.gone or rank == life.GONE

    def _is_bound_by_signature(self) -> bool:
        return self.consented or self.by_signature or (self.signing and self.signed) or not self.in_force

    def _take_back(self, step: Step) -> None:
        """Take back a signature or a consent (VCLT 18): the party is a signatory again, or nothing."""
        undoes = kinds.row(step.kind).undoes
        if undoes == "signature" and (self.by_instrument or not self._is_bound_by_signature()):
            self.signed = False
        elif self.in_force:
            self._leave()
            self.withdrawn = True
        else:
            self.by_instrument = self.by_signature = self.consented = False
            self.signed = self.signed and undoes == "consent"

    def _enter(self, step: Step) -> None:
        if step.who or (not self.withdrawn and (self.founding or self.ended_with_all)):
            self.in_force, self.withdrawn = True, False

    def status(self) -> str:
        """Return the status that the state amounts to, '' for none."""
        if self.withdrawn:
            return "withdrawn"
        if self.idle:
            return "suspended"
        if self.in_force:
            return "in_force"
        if self.provisional:
            return "provisional"
        if self.consented:
            return "consented"
        return "signatory" if self.signed else ""


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
    after: Mapping[str, Place] = NO_PLACES
    """Successors without any act of their own among many parties: they may stand in the place of another one."""

    def waits(self, code: str) -> str:
        """Return the day by which a party is one to what this depends on, ``OPEN`` for never; '' = nothing is asked."""
        return "" if self.joined is None or self.bilateral else self.joined.get(code, OPEN)

    @property
    def joining(self) -> Joining | None:
        """What the rules make of the consents; None = no consent and no condition is recorded."""
        return self.rules()


def joined(own: Mapping[str, list[Step]], membership: Membership, *, whole: bool) -> dict[str, list[Step]]:
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


ALONE = Membership(Rules(lambda: None), bilateral=True, roles={}, existence={})


class Founders:
    """Tells of each party whether it was one of the founders; ``entry`` is that of the whole, ``own`` its own steps."""

    def __init__(self, membership: Membership, own: Mapping[str, list[Step]], entry: Step | None) -> None:
        """Look nothing up yet."""
        self.membership = membership
        self.own = own
        self.entry = entry

    def of(self, code: str, mine: Sequence[Step]) -> bool | None:
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
        first = min((step.latest for step in mine if consents(step) or step.rank == life.ENTERED), default=OPEN)
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
            if step.rank == life.ENTERED or consents(step) or (step.rank == life.SIGNED and self.signed(code)):
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
        if carries is None and joining is not None and joining.surely_tracked and self._has_signed(code, mine):
            return False
        return None if late is None and carries else carries

    def _has_signed(self, code: str, mine: Sequence[Step]) -> bool:
        """Tell whether it signed by name, alone or together with all others."""
        joining = self.membership.joining
        acts = joining.facts.acts if joining is not None else ()
        together = any(act.party == code and kinds.signs(act.kind) for act in acts)
        return together or any(step.rank == life.SIGNED for step in mine)

    def _is_late(self, mine: Sequence[Step]) -> bool | None:
        """Tell whether a party first acted after the entry of the whole; None = possibly."""
        acts = [step for step in mine if step.text is not None]
        if not mine or not acts or self.entry is None or not self.entry.text:
            return False
        if mine[0].earliest > self.entry.latest:
            return True
        return False if len(acts) < len(mine) or min(step.latest for step in acts) <= self.entry.earliest else None

    def signed(self, code: str) -> bool:
        """Tell whether its signature is the consent of a party."""
        joining = self.membership.joining
        if joining is None:
            return False
        by_signature = joining.rule.condition in BY_SIGNATURE
        own = [act for act in joining.facts.acts if act.party in (code, "") and kinds.signs(act.kind)]
        return any(kinds.consents(act.kind) or (by_signature and act.party and binds(act.kind)) for act in own)

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


def consents(step: Step) -> bool:
    """Tell whether a step is a consent to be bound."""
    return kinds.consents(step.kind)


def _undoes(step: Step) -> bool:
    return kinds.row(step.kind).undoes == "consent"
