"""Entry into force for each party: with the instrument, or on a day of its own where it consented later.

VCLT 24(3): a state that consents after the entry into force joins on the date of its consent, unless the treaty
provides otherwise, such as a period after its own instrument.
"""

from tracker.dates import periods
from tracker.dates.day import OPEN, PartialDate, Stretch
from tracker.law.entry.acts import Act, Consent
from tracker.law.entry.conditions import BY_EXCHANGE, BY_SIGNATURE, Facts, Fulfilment, Missing, Rule
from tracker.law.entry.dates import Entry, dated
from tracker.record.kinds import CONCLUSIONS

NO_TIME = periods.Period(0, 0)
ACTLESS = ("", "unknown", "on_date", "entry_of_other_instrument")
"""Conditions that no act of a party is known to meet."""
WAYS_TO_ACT = ("notes", "notification", "signature")


class Joining:
    """Finds the date for each party once that of the instrument is known."""

    def __init__(
        self, rule: Rule, facts: Facts, met: Fulfilment, window: Stretch | None, recorded: dict[str, PartialDate]
    ) -> None:
        self.rule = rule
        self.facts = facts
        self.met = met
        self.window = window
        self.recorded = recorded
        self.supposed = any(act.hypothetical for act in met.deciding)
        if window is None and rule.condition not in ("", "unknown") and "" in recorded:
            # The acts are not all recorded, but what came of them is: enough to place who joined later.
            self.window = recorded[""].days
        # Who consents after the entry is a late joiner, and says nothing of those it entered into force for.
        final = self.window.latest if self.window else OPEN
        self.tracked = any(one.party and one.act.earliest <= final for one in facts.consents)
        self.carries = rule.condition in (*BY_SIGNATURE, *BY_EXCHANGE) or (
            rule.condition in ACTLESS and not self.tracked
        )
        """Whether a party needs no consent of its own that the record would show."""

    def of(self, code: str) -> list[Entry]:
        """Return the entries of one party: one for each time it consented, else one for the lack of it."""
        own = [one for one in self.facts.consents if one.party == code] or self._signature(code)
        if not own:
            return [self._without(code)]
        return [self._with(one, first=at == 0) for at, one in enumerate(own)]

    def _signature(self, code: str) -> list[Consent]:
        """Where signature binds, a signature of one's own is the consent (VCLT 12)."""
        if self.rule.condition not in BY_SIGNATURE:
            return []
        acts = [act for act in self.facts.acts if act.kind in CONCLUSIONS and act.party == code]
        return [Consent(code, acts[0])] if acts else []

    def _without(self, code: str) -> Entry:
        recorded = self.recorded.get(code)
        exchanged = self.met.acts if self.rule.condition in BY_EXCHANGE else ()
        acts = tuple(act for act in exchanged if act.party == code)
        wanting = any(code in one.parties for one in self.met.missing if one.what not in ("other", "other_entry"))
        if self.carries and self.met.window is not None:
            whole = recorded or self.recorded.get("")
            return Entry(code, acts, dated(self.window), whole, how="with_all", hypothetical=self.supposed)
        if self.carries and not wanting:
            return Entry(code, acts, None, recorded)
        what = next((one.what for one in self.met.missing if one.what in WAYS_TO_ACT), "instrument")
        return Entry(code, acts, None, recorded, missing=(Missing(what),))

    def _with(self, one: Consent, *, first: bool) -> Entry:
        """Return the entry that a consent brings: with the instrument, or on its own day where it came later."""
        recorded = self.recorded.get(one.party) if first else None
        supposed = one.act.hypothetical or self.supposed
        entry = Entry(one.party, (one.act,), recorded=recorded, hypothetical=supposed)
        if self.window is None:
            return entry
        window, how = self._joined(one.act)
        if one.until is not None and one.until.latest <= window.earliest:
            return entry._replace(acts=(one.act, one.until), how="withdrew")
        if how == "founder" and first and recorded is None:
            recorded = self.recorded.get("")
        acts = (one.act,) if one.until is None else (one.act, one.until)
        return entry._replace(acts=acts, computed=dated(window), recorded=recorded, how=how)

    def _joined(self, act: Act) -> tuple[Stretch, str]:
        entry = self.window or Stretch("", OPEN)
        met = self.met.window or entry
        if (self.met.window is not None and self.met.deciding == (act,)) or (
            act.latest <= met.earliest and (self.met.window is not None or self.rule.late is None)
        ):
            return entry, "founder"
        own = periods.later(act.days, self.rule.late or NO_TIME)
        how = "own_consent" if self.rule.late is None else "own_period"
        days = entry.or_later(own)
        if act.earliest <= met.latest and self.rule.late is not None:
            days = days._replace(earliest=entry.earliest)  # it may have been among those whose acts met the condition
        return days, "founder" if own.latest <= entry.earliest else how
