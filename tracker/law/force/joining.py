"""From which day a treaty is in force: for the whole, and for each party by its consent.

VCLT 24: (1) as the treaty provides; (2) failing that, when all negotiating states have consented; (3) for a state that
consents after the entry into force on the date of its consent, unless the treaty provides otherwise, such as a period
after its own instrument. A successor is a party without any waiting (Vienna Convention on Succession 1978, Art. 23).
"""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.dates.day import OPEN, PartialDate, Stretch
from tracker.dates.edtf import bounds
from tracker.law.consents import Act, Consent
from tracker.law.force.conditions import (
    BY_EXCHANGE,
    BY_SIGNATURE,
    COUNTED,
    NEEDS_PERIOD,
    Facts,
    Fulfilment,
    Missing,
    fulfilment,
    number_given,
    residual,
)
from tracker.law.force.rule import NO_TIME, Rule, entry, later, not_before
from tracker.law.successors import UNKNOWN
from tracker.record import kinds
from tracker.record.kinds import CONCLUSIONS

_SIGNING = frozenset(CONCLUSIONS)
ACTLESS = ("", "unknown", "on_date", "entry_of_other_instrument")
"""Conditions that no act of a party is known to meet."""
OF_ALL = (*BY_EXCHANGE, "all_signatories")
"""Conditions that every party has to meet."""


class Joined(NamedTuple):
    """The day from which a treaty is in force for a party by one consent (None = not known), and the rule behind it.

    ``how``: ``founder`` (with the instrument), ``stated`` (its own recorded day), ``succession``, ``own_period``,
    ``own_consent``, ``withdrew`` (before it could enter into force), '' (not in force).
    """

    window: Stretch | None
    how: str


class Joining:
    """What a rule makes of the consents: the entry into force of the whole, and that for each party."""

    def __init__(self, rule: Rule, facts: Facts, recorded: Mapping[str, PartialDate], *, treaty: bool = True) -> None:
        """``recorded`` are the entries into force that the record tells, of the whole ('') and of parties.

        ``treaty``: the law of treaties fills what the record leaves open. Raises PeriodError where a day leaves the
        years of the register.
        """
        self.rule = rule
        self.facts = facts
        self.treaty = treaty
        self.recorded = recorded[""].days if "" in recorded else None
        self.met = self._met(any_recorded=bool(recorded))
        self.computed = self._computed()
        self.entry = self.recorded or self.computed
        first, final = self.entry[:2] if self.entry else ("", facts.alive) if facts.alive else (OPEN, OPEN)
        by_entry = {one.party for one in facts.consents if one.party and one.act.earliest <= final}
        self.tracked = bool(by_entry)
        """Whether consents that led to the entry are recorded; who consents later says nothing of the founders."""
        surely = {one.party for one in facts.consents if one.party and one.act.latest <= first}
        self.surely_tracked = bool(surely)
        self.complete = len(surely) >= max(rule.number or 2, 2)
        """Whether they are so many, for certain, that the record seems to list them all."""

    def _met(self, *, any_recorded: bool) -> Fulfilment:
        """Return when the condition was met; a list that a recorded entry shows to be incomplete counts nothing."""
        rule, facts = self.rule, self.facts
        met = fulfilment(rule, facts)
        if (
            self.treaty
            and rule.condition in ("", "unknown")
            and rule.met is None
            and not any_recorded
            and not facts.alive
        ):
            silent = residual(facts)
            met = silent._replace(missing=met.missing) if silent else met
        final = self.recorded.latest if self.recorded is not None else facts.alive or OPEN
        counts = rule.condition in COUNTED and rule.met is None
        if counts and met.window is not None and met.window.earliest > final:
            by_then = [one for one in facts.consents if one.act.earliest <= final]
            lacking = max((rule.number or 0) - number_given(by_then), 1)
            return Fulfilment(missing=(Missing("unlisted", lacking),))
        return met

    def _computed(self) -> Stretch | None:
        rule, window = self.rule, self.met.window
        if window is None or (rule.period is None and rule.condition in NEEDS_PERIOD):
            return None
        if rule.condition == "on_date" and rule.met is None:
            return window
        found = entry(rule, window)
        if rule.further and found.uncertain and self.recorded is not None and found[:2] == self.recorded[:2]:
            return found._replace(uncertain=self.recorded.uncertain)  # the record confirms what was only counted
        return found

    def leaver(self, code: str) -> Act | None:
        """Return the act by which a party left before any consent of it that is recorded; it was one of the founders.

        What is taken back before the entry shows nothing of the kind.
        """
        left, whole = self.facts.leavers.get(code), self.entry
        if left is None or whole is None or left.latest <= whole.earliest:
            return None
        return left if left.earliest > whole.latest or not kinds.row(left.kind).undoes else None

    def carries(self, code: str) -> bool | None:
        """Tell whether the entry of the whole is that of a party without any act of its own; None = possibly."""
        condition = self.rule.condition
        if self.is_gone(code) or (self.facts.is_unbound(code) and not self.facts.bilateral):
            return False
        if self.facts.bilateral or (condition in BY_SIGNATURE and not self.rule.number):
            return True
        if self.recorded is not None and condition in OF_ALL and self._had_to_act(code):
            return True
        named = self.entry is not None and condition == "named_states" and code in self.rule.parties
        if condition in BY_EXCHANGE or named:
            return True
        if condition in (*ACTLESS, *BY_SIGNATURE) and not self.tracked:
            return True
        return False if self.tracked and self.complete else None

    def is_gone(self, code: str) -> bool:
        """Tell whether a party ceased to exist before the treaty could enter into force for it."""
        end = self.facts.gone.get(code)
        return end is not None and self.entry is not None and end.latest <= self.entry.earliest

    def _had_to_act(self, code: str) -> bool:
        """Whether a party is one of the signatories: by name, or where none is told by name."""
        named = {act.party for act in self.facts.acts if act.party and act.kind in _SIGNING}
        return not named or code in named

    def of(self, consent: Consent) -> Joined:
        """Return the entry into force that a consent brings; none where it was withdrawn before."""
        window, how = self._day(consent)
        end, before = consent.until, consent.since
        if window is not None and before is not None and not before.maybe:
            window = not_before(window, before.days)
            # a departure that may have come after the consent may have ended it before the entry
            may_follow = before.earliest <= consent.act.latest < before.latest
            window = window._replace(uncertain=window.uncertain or may_follow)
        begun = self.entry if how == "founder" and self.entry is not None else window
        both = self.facts.bilateral and self.recorded is not None  # it entered into force for both, as recorded
        if window is not None and end is not None and begun is not None and end.latest <= begun.earliest and not both:
            return Joined(None, "withdrew") if not end.maybe else Joined(window._replace(uncertain=True), how)
        return Joined(window, how if window is not None else "")

    def _day(self, consent: Consent) -> Joined:
        whole, alive = self.entry, self.facts.alive
        if self.facts.bilateral:
            gone = consent.since is not None and not consent.since.maybe
            return Joined(None, "") if gone else Joined(self.computed or whole, "founder")
        if consent.effective is not None:
            return Joined(not_before(consent.effective, self.recorded), "stated")
        if whole is None and (alive is None or consent.act.earliest <= alive):
            return Joined(None, "")
        if consent.is_succession:
            begun = Stretch("", alive, uncertain=False) if whole is None and alive else whole
            return Joined(not_before(self._succession(consent), begun), "succession")
        place = self._is_founder(consent.act)
        if place:
            return Joined(self.computed or whole, "founder")
        own, how = self._own(consent.act)
        own = not_before(own, whole)
        if place is None and whole is not None:  # it may have been among those whose acts met the condition
            own = own._replace(earliest=min(whole.earliest, own.earliest))
        with_all = whole is not None and own[:2] == whole[:2] and not own.uncertain
        return Joined(own, "founder" if with_all else how)

    def _own(self, act: Act) -> tuple[Stretch, str]:
        """Return the day of one that joins later: by its own rule; in doubt where none is recorded (VCLT 24(3))."""
        rule = self.rule
        if rule.late is not None:
            return later(act.days, rule.late, rule.late_starts), "own_period"
        sure = rule.is_silent or not self.treaty or rule.condition == "on_signature"
        own = later(act.days, NO_TIME, rule.late_starts)
        return own if sure else own._replace(uncertain=True), "own_consent"

    def _succession(self, consent: Consent) -> Stretch:
        """Return from when a successor is a party: the day on which it came into existence, if that is known.

        Who had left came back by its own act.
        """
        if consent.since is not None:
            return consent.act.days
        begun = self.facts.existence.get(consent.party, UNKNOWN).begun
        earliest, latest, doubt = bounds(begun)
        if latest is None:
            return Stretch(self.entry.earliest if self.entry else "", consent.act.latest, consent.act.doubt)
        return Stretch(earliest or "", latest, doubt)

    def _is_founder(self, act: Act) -> bool | None:
        """Tell whether an act was among those that brought the whole into force; None = possibly."""
        whole, met = self.entry, self.met.window
        if whole is None:
            return False  # that it had entered before shows a suspension alone
        if self.recorded is not None and act.earliest > self.recorded.latest:
            return False
        if self.rule.late_from == "entry":
            return _by(act.days, whole)
        if met is not None and (self.recorded is None or met.earliest <= self.recorded.latest):
            decides = self.rule.met is None and self.met.deciding == (act,)
            return True if decides else _by(act.days, met)
        waiting = self.rule.period
        if waiting is None and self.rule.condition in ("", "unknown"):
            waiting = self.rule.late
        return _by(later(act.days, waiting or NO_TIME, self.rule.starts), whole)


def _by(window: Stretch, cut: Stretch) -> bool | None:
    """Tell whether something lies before the end of a day, for certain; None = possibly."""
    if window.latest <= cut.earliest:
        return True
    return False if window.earliest > cut.latest else None
