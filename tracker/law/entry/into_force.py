"""Entry into force computed from its condition and the acts of the parties, for the instrument and for each party.

VCLT 24: (1) as the treaty provides; (2) failing that, when all negotiating states have consented; (3) for a state that
consents after the entry into force on the date of its consent, unless the treaty provides otherwise. Dates known in
part give bounds. Computed and recorded dates are compared, neither replaces the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.dates import periods
from tracker.dates.day import PartialDate, Stretch
from tracker.dates.edtf import parse
from tracker.law.entry import acts as entry_acts
from tracker.law.entry.acts import Act
from tracker.law.entry.conditions import (
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
    residual,
    rule_of,
)
from tracker.law.entry.dates import Entry, compared, dated
from tracker.law.entry.parties import NO_TIME, Joining
from tracker.record import kinds
from tracker.record.acts import effective

KINDS = frozenset((*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS))


class WhatIfError(ValueError):
    """A hypothetical act of a party that has acted already, or that cannot act."""


class Case(NamedTuple):
    """What the rules look at: parts of a record, the day asked for, and what is supposed."""

    events: Sequence[Mapping[str, Any]]
    parties: tuple[str, ...]
    """Distinct codes of those whose consent counts (``law.parties``)."""
    terms: dict[str, Any] | None
    """``terms.entry_into_force``."""
    as_of: str
    supposed: tuple[tuple[str, PartialDate], ...] = ()
    """Hypothetical acts: code and date."""
    other: Other | None = None
    treaty: bool = True
    """Whether the law of treaties fills what the record leaves open; it does not for a text that does not bind."""


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
    facts = _facts(case, rule)
    met = fulfilment(rule, facts)
    recorded = _recorded(case.events, case.parties)
    if case.treaty and rule.condition in ("", "unknown") and not recorded:
        silent = residual(facts)
        met = silent._replace(missing=met.missing) if silent else met
    window = _entry(rule, met)
    if not case.treaty or ("" in recorded and not facts.consents):
        met = met._replace(missing=tuple(one for one in met.missing if one.what != "residual"))
    if met.window is not None and window is not None and dated(window) is None:
        met = met._replace(missing=(*met.missing, Missing("day")))
    instrument = compared(
        Entry(
            "",
            met.deciding,
            dated(window),
            recorded.get(""),
            missing=met.missing,
            hypothetical=any(act.hypothetical for act in met.deciding),
        ),
        case.as_of,
    )
    joining = Joining(rule, facts, met, window, recorded)
    codes = dict.fromkeys((*case.parties, *rule.parties, *(act.party for act in facts.acts if act.party)))
    entries = [compared(entry, case.as_of) for code in codes for entry in joining.of(code)]
    return Assessment(rule, entry_acts.number_given(facts.consents), instrument, tuple(entries))


def _facts(case: Case, rule: Rule) -> Facts:
    acts = entry_acts.acts_of(case.events, KINDS, case.as_of)
    leaving = entry_acts.acts_of(case.events, kinds.LEAVING, case.as_of)
    recorded = Facts(
        case.parties,
        acts,
        entry_acts.consents([act for act in acts if kinds.consents(act.kind)], leaving, case.parties),
        case.other,
    )
    if not case.supposed:
        return recorded
    kind = _supposed_kind(rule.condition)
    for code, date in case.supposed:
        _check(code, kind, rule, recorded)
        act = Act(kind, code, *date.days[:2], date.edtf, date.uncertain, hypothetical=True)
        acts = [*acts, act]
    acts.sort(key=lambda act: (act.earliest, act.latest))
    given = entry_acts.consents([act for act in acts if kinds.consents(act.kind)], leaving, case.parties)
    return recorded._replace(acts=acts, consents=given)


def _supposed_kind(condition: str) -> str:
    if condition in BY_SIGNATURE:
        return kinds.SIGNATURES[0]
    if condition in BY_EXCHANGE:
        return (kinds.NOTIFICATIONS if condition.startswith("last") else kinds.EXCHANGES)[0]
    return kinds.DEPOSITS[0]


def _check(code: str, kind: str, rule: Rule, recorded: Facts) -> None:
    """Refuse to suppose what is recorded, or an act of someone who cannot join."""
    listed = recorded.parties
    if listed and code not in listed and (len(listed) <= 2 or rule.condition not in OPEN_TO_OTHERS):
        raise WhatIfError(f"{code} is none of those that can act here ({', '.join(listed)}); choose one of them")
    if kind in kinds.DEPOSITS:
        done = next((one.act for one in recorded.consents if one.party == code and one.until is None), None)
    else:
        alike = kinds.CONCLUSIONS if kinds.signs(kind) else (*kinds.EXCHANGES, *kinds.NOTIFICATIONS)
        done = next((act for act in recorded.acts if act.kind in alike and act.party in (code, "")), None)
    if done is not None:
        raise WhatIfError(
            f"{code} needs no --what-if: {done.kind} {done.text or '(day unknown)'} is recorded ({done.event}); "
            "ask with --as-of for a day before it, or leave it out"
        )


def _entry(rule: Rule, met: Fulfilment) -> Stretch | None:
    """Return when the instrument enters into force: the period after the condition, not before a stated day."""
    window = met.window
    if window is None or (rule.period is None and rule.condition in NEEDS_PERIOD):
        return None
    if rule.condition == "on_date":
        return window
    window = periods.later(window, rule.period or NO_TIME)
    return window if rule.date is None else window.or_later(rule.date.days)


def _recorded(events: Sequence[Mapping[str, Any]], parties: Sequence[str]) -> dict[str, PartialDate]:
    """Return the first recorded entry into force of the instrument ('') and of each party that has one of its own.

    Where only those of parties are recorded, the earliest is that of the instrument. An entry of some provisions counts
    where there is none of the whole.
    """
    entries = [(event, day) for event in events if event["kind"] in kinds.ENTRIES and (day := effective(event))]
    entries.sort(key=lambda entry: bool(entry[0].get("provision")))
    found: dict[str, PartialDate] = {}
    own: list[PartialDate] = []
    for event, day in entries:
        date = parse(day)
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
