"""What decides about the parties beside the steps: the rules of their consents, roles, lifetimes, places taken over."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, Stretch
from tracker.law.consents import Consent
from tracker.law.force.conditions import Roles
from tracker.law.force.joining import Joining
from tracker.law.life import steps as life
from tracker.law.life.sequence import by_rule
from tracker.law.life.steps import Step
from tracker.law.successors import Existence


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


ALONE = Membership(Rules(lambda: None), bilateral=True, roles={}, existence={})


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
        told = is_told(one, entries)
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


def is_told(one: Consent, entries: Sequence[Step]) -> bool | None:
    """Tell whether the entry that a consent brought about is recorded for the party by itself; None = possibly.

    One that may lie after the party left again may be that of its return.
    """
    told = [step for step in entries if step.text and one.brings(Stretch(*step[:2], step.doubt))]
    if not told:
        return False
    return True if one.until is None or any(step.latest <= one.until.latest for step in told) else None
