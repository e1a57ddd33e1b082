"""Entry into force computed from its condition and the acts of the parties, for the instrument and for each party.

VCLT 24: (1) as the treaty provides; (2) failing that, when all negotiating states have consented; (3) for a state that
consents after the entry into force on the date of its consent, unless the treaty provides otherwise. Dates known in
part give bounds. Computed and recorded dates are compared, neither replaces the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.domain import entry_acts, periods
from tracker.domain.conditions import (
    BY_EXCHANGE,
    BY_SIGNATURE,
    NEEDS_PERIOD,
    OPEN_TO_OTHERS,
    Facts,
    Fulfilment,
    Missing,
    Other,
    Rule,
    fulfilment,
    rule_of,
)
from tracker.domain.dates import PartialDate, between, days_in_month, parse
from tracker.domain.entry_acts import INSTRUMENTS, LEAVING, Act, Consent, Window
from tracker.domain.spans import OPEN
from tracker.domain.steps import SIGNINGS

KINDS = frozenset((*SIGNINGS, *INSTRUMENTS, "notes_exchanged"))
ENTRIES = ("entered_into_force", "became_operative")
NO_TIME = periods.Period(0, 0)


class WhatIfError(ValueError):
    """A hypothetical act of a party that has acted already, or that cannot act."""


class Case(NamedTuple):
    """What the rules look at: parts of a record, the day asked for, and what is supposed."""

    events: Sequence[Mapping[str, Any]]
    parties: tuple[str, ...]
    """Distinct codes, observers and third states left out."""
    terms: dict[str, Any] | None
    """``terms.entry_into_force``."""
    as_of: str
    supposed: tuple[tuple[str, PartialDate], ...] = ()
    """Hypothetical acts: code and date."""
    other: Other | None = None
    treaty: bool = True
    """Whether the law of treaties fills what the record leaves open; it does not for a text that does not bind."""


class Entry(NamedTuple):
    """Entry into force of the instrument (party '') or for one party."""

    party: str
    acts: tuple[Act, ...] = ()
    """The acts that made the date, the deciding ones; of a party its own."""
    computed: PartialDate | None = None
    recorded: PartialDate | None = None
    comparison: str | None = None
    """``agrees``, ``compatible`` (the bounds meet), ``differs``, ``only_recorded``, ``only_computed``,
    ``recorded_later`` (the recorded date lies after the day asked for, nothing is computed yet), or None."""
    days: int | None = None
    """Recorded minus computed, in days; of partial dates the least difference."""
    missing: tuple[Missing, ...] = ()
    how: str = ""
    """The rule behind a party's date: ``with_all``, ``founder``, ``own_period``, ``own_consent``, ``withdrew``."""
    hypothetical: bool = False


class Assessment(NamedTuple):
    """The answer for one agreement."""

    rule: Rule
    given: int
    """Instruments given."""
    instrument: Entry
    parties: tuple[Entry, ...]


def assess(case: Case) -> Assessment:
    """Compute the entry into force; raises WhatIfError, and DateError or PeriodError for terms that cannot be read."""
    rule = rule_of(case.terms)
    facts, leaving = _facts(case, rule)
    met = fulfilment(rule, facts)
    if not case.treaty:
        met = met._replace(missing=tuple(one for one in met.missing if one.what != "residual"))
    window = _entry(rule, met)
    recorded = _recorded(case.events, case.parties)
    if met.window is not None and window is not None and _date(window) is None:
        met = met._replace(missing=(*met.missing, Missing("day")))
    instrument = _compared(
        Entry(
            "",
            met.deciding,
            _date(window),
            recorded.get(""),
            missing=met.missing,
            hypothetical=any(act.hypothetical for act in met.deciding),
        ),
        case.as_of,
    )
    joining = _Joining(rule, facts, met, window, recorded)
    codes = dict.fromkeys((*case.parties, *rule.parties, *(act.party for act in facts.acts if act.party)))
    entries = [_compared(entry, case.as_of) for code in codes for entry in joining.of(code)]
    return Assessment(rule, entry_acts.number_given(facts.consents), instrument, tuple(entries))


def _facts(case: Case, rule: Rule) -> tuple[Facts, list[Act]]:
    acts = entry_acts.acts_of(case.events, KINDS, case.as_of)
    leaving = entry_acts.acts_of(case.events, LEAVING, case.as_of)
    recorded = Facts(
        case.parties,
        acts,
        entry_acts.consents([act for act in acts if act.kind in INSTRUMENTS], leaving, case.parties),
        case.other,
    )
    if not case.supposed:
        return recorded, leaving
    kind = _supposed_kind(rule.condition)
    for code, date in case.supposed:
        _check(code, kind, rule, recorded)
        act = Act(kind, code, date.earliest or "", date.latest or OPEN, date.edtf, date.uncertain, hypothetical=True)
        acts = [*acts, act]
    acts.sort(key=lambda act: (act.earliest, act.latest))
    given = entry_acts.consents([act for act in acts if act.kind in INSTRUMENTS], leaving, case.parties)
    return recorded._replace(acts=acts, consents=given), leaving


def _supposed_kind(condition: str) -> str:
    if condition in BY_SIGNATURE:
        return "signed"
    if condition in BY_EXCHANGE:
        return "notified_completion" if condition.startswith("last") else "notes_exchanged"
    return "instrument_deposited"


def _check(code: str, kind: str, rule: Rule, recorded: Facts) -> None:
    """Refuse to suppose what is recorded, or an act of someone who cannot join."""
    if kind == "instrument_deposited":
        done = next((one.act for one in recorded.consents if one.party == code and one.until is None), None)
    else:
        kinds = SIGNINGS if kind == "signed" else ("notes_exchanged", "notified_completion")
        done = next((act for act in recorded.acts if act.kind in kinds and act.party in (code, "")), None)
    if done is not None:
        raise WhatIfError(
            f"{code} needs no --what-if: {done.kind} {done.text or '(day unknown)'} is recorded ({done.event}); "
            "ask with --as-of for a day before it, or leave it out"
        )
    listed = recorded.parties
    if listed and code not in listed and (len(listed) <= 2 or rule.condition not in OPEN_TO_OTHERS):
        raise WhatIfError(f"{code} is none of those that can act here ({', '.join(listed)}); choose one of them")


def _entry(rule: Rule, met: Fulfilment) -> Window | None:
    """Return when the instrument enters into force: the period after the condition, not before a stated day."""
    window = met.window
    if window is None or (rule.period is None and rule.condition in NEEDS_PERIOD):
        return None
    if rule.condition == "on_date":
        return window
    window = _later(window, rule.period or NO_TIME)
    if rule.date is None:
        return window
    return Window(
        max(window.earliest, rule.date.earliest or ""),
        max(window.latest, rule.date.latest or OPEN),
        window.doubt or rule.date.uncertain,
    )


def _later(window: Window, period: periods.Period) -> Window:
    return Window(_moved(window.earliest, period), _moved(window.latest, period), window.doubt)


def _moved(day: str, period: periods.Period) -> str:
    return day if day in ("", OPEN) else periods.add(day, period)


def _recorded(events: Sequence[Mapping[str, Any]], parties: Sequence[str]) -> dict[str, PartialDate]:
    """Return the first recorded entry into force of the instrument ('') and of each party that has one of its own.

    Where only those of parties are recorded, the earliest is that of the instrument. An entry of some provisions counts
    where there is none of the whole.
    """
    entries = [event for event in events if event["kind"] in ENTRIES and (event.get("effective_date") or event.get("date"))]
    entries.sort(key=lambda event: bool(event.get("provision")))
    found: dict[str, PartialDate] = {}
    own: list[PartialDate] = []
    for event in entries:
        date = parse(event.get("effective_date") or event["date"])
        who = event.get("parties") or ()
        if not who or (parties and set(who) >= set(parties)):
            found.setdefault("", date)
        else:
            own.append(date)
        for code in who:
            found.setdefault(code, date)
    if "" not in found and own:
        found[""] = min(own, key=lambda date: date.earliest or "")
    return found


class _Joining:
    """Finds the date for each party once that of the instrument is known."""

    def __init__(
        self, rule: Rule, facts: Facts, met: Fulfilment, window: Window | None, recorded: dict[str, PartialDate]
    ) -> None:
        self.rule = rule
        self.facts = facts
        self.met = met
        self.window = window
        self.recorded = recorded
        self.supposed = any(act.hypothetical for act in met.deciding)
        if window is None and rule.condition not in ("", "unknown") and "" in recorded:
            # The acts are not all recorded, but what came of them is: enough to place who joined later.
            date = recorded[""]
            self.window = Window(date.earliest or "", date.latest or OPEN, date.uncertain)
        self.tracked = any(one.party for one in facts.consents)
        carried = {*BY_SIGNATURE, *BY_EXCHANGE, "on_date", "entry_of_other_instrument"}
        self.carries = rule.condition in carried or not (rule.condition or self.tracked)

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
        acts = [act for act in self.facts.acts if act.kind in SIGNINGS and act.party == code]
        return [Consent(code, acts[0])] if acts else []

    def _without(self, code: str) -> Entry:
        recorded = self.recorded.get(code)
        if self.rule.condition in BY_EXCHANGE:
            acts = tuple(act for act in self.met.acts if act.party == code)
        else:
            acts = ()
        wanting = any(code in one.parties for one in self.met.missing if one.what not in ("other", "other_entry"))
        if self.carries and self.met.window is not None and not (self.rule.condition == "on_date" and self.tracked):
            return Entry(code, acts, _date(self.window), recorded, how="with_all", hypothetical=self.supposed)
        what = {"notes": "notes", "notification": "notification", "signature": "signature"}
        kinds = [one.what for one in self.met.missing if one.what in what]
        if not wanting and self.carries:
            return Entry(code, acts, None, recorded)
        return Entry(code, acts, None, recorded, missing=(Missing(kinds[0] if kinds else "instrument"),))

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
        acts = (one.act,) if one.until is None else (one.act, one.until)
        return entry._replace(acts=acts, computed=_date(window), how=how)

    def _joined(self, act: Act) -> tuple[Window, str]:
        entry = self.window or Window("", OPEN, doubt=False)
        met = self.met.window or entry
        if act.latest <= met.earliest and self.rule.condition not in ("on_date", "entry_of_other_instrument"):
            return entry, "founder"
        own = _later(Window(act.earliest, act.latest, act.doubt), self.rule.late or NO_TIME)
        how = "own_consent" if self.rule.late is None else "own_period"
        latest = max(entry.latest, own.latest)
        if act.earliest > met.latest or self.rule.late is None:
            earliest = max(entry.earliest, own.earliest)
        else:
            earliest = entry.earliest  # it may have been among those whose acts met the condition
        decided = own.latest <= entry.earliest
        return Window(earliest, latest, entry.doubt or own.doubt), "founder" if decided else how


def _date(window: Window | None) -> PartialDate | None:
    """Return a window as a partial date, in the shortest form; None where nothing bounds it."""
    if window is None or (not window.earliest and window.latest == OPEN):
        return None
    earliest, latest, doubt = window
    if latest == OPEN or not earliest or earliest == latest:
        return between(earliest or None, None if latest == OPEN else latest, uncertain=doubt)
    mark = "?" if doubt else ""
    year, month = earliest[:4], earliest[:7]
    if (earliest, latest) == (f"{year}-01-01", f"{year}-12-31"):
        return PartialDate(year + mark, earliest, latest, doubt)
    if (earliest, latest) == (f"{month}-01", f"{month}-{days_in_month(int(year), int(month[5:]))}"):
        return PartialDate(month + mark, earliest, latest, doubt)
    return between(earliest, latest, uncertain=doubt)


def _compared(entry: Entry, as_of: str) -> Entry:
    comparison, days = compare(entry.computed, entry.recorded, as_of)
    return entry._replace(comparison=comparison, days=days)


def compare(computed: PartialDate | None, recorded: PartialDate | None, as_of: str) -> tuple[str | None, int | None]:
    """Tell how a computed date stands to the recorded one, and by how many days they differ."""
    if computed is None or recorded is None:
        if recorded is None:
            return (None if computed is None else "only_computed"), None
        later = recorded.earliest is not None and recorded.earliest > as_of
        return ("recorded_later" if later else "only_recorded"), None
    after = _gap(computed.latest, recorded.earliest)
    before = _gap(recorded.latest, computed.earliest)
    if after > 0 or before > 0:
        return "differs", after if after > 0 else -before
    exact = computed.earliest == computed.latest == recorded.earliest == recorded.latest
    return "agrees" if exact or computed[1:3] == recorded[1:3] else "compatible", 0 if exact else None


def _gap(one: str | None, two: str | None) -> int:
    """Return the days from ``one`` to ``two``; 0 where an end is open."""
    from datetime import date

    return 0 if one is None or two is None else (date.fromisoformat(two) - date.fromisoformat(one)).days
