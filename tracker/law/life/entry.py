"""Entry into force computed from its condition and the acts of the parties, for the instrument and for each party.

VCLT 24: (1) as the treaty provides; (2) failing that, when all negotiating states have consented; (3) for a state that
consents after the entry into force on the date of its consent, unless the treaty provides otherwise. Dates known in
part give bounds. Computed and recorded dates are compared, neither replaces the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.day import OPEN, PartialDate, Stretch, days_in_month
from tracker.dates.edtf import bounds
from tracker.law.consents import Act, Consent, acts_of
from tracker.law.force.conditions import (
    BY_EXCHANGE,
    BY_SIGNATURE,
    NO_ROLES,
    OPEN_TO_OTHERS,
    Facts,
    Missing,
    Other,
    Roles,
    has_signed_simply,
    number_given,
)
from tracker.law.force.facts import KINDS, extinctions, facts_of, known, recorded_for
from tracker.law.force.facts import recorded as recorded_of
from tracker.law.force.joining import ACTLESS, Joining
from tracker.law.force.rule import Rule, not_before, rule_of
from tracker.law.life.sequence import Setting, departures_in
from tracker.law.parties import is_bilateral
from tracker.law.successors import NO_LIVES, UNKNOWN, Existence, as_sides, heirs, since, without
from tracker.record import kinds

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import EntryIntoForce, Event, Terms

WAYS_TO_ACT = ("notes", "notification", "signature")


class WhatIfError(ValueError):
    """A hypothetical act of a party that has acted already, or that cannot act."""


class Case(NamedTuple):
    """What the rules look at: parts of a record, the day asked for, and what is supposed."""

    events: Sequence[Event]
    parties: tuple[str, ...]
    """Distinct codes of those whose consent counts (``law.parties``)."""
    terms: EntryIntoForce | None
    """``terms.entry_into_force``."""
    as_of: str
    supposed: tuple[tuple[str, PartialDate], ...] = ()
    """Hypothetical acts: code and date."""
    other: Other | None = None
    held: Terms | None = None
    """All terms of the record: how it is left, and when it ends."""
    existence: Existence = NO_LIVES
    """How long parties existed."""
    roles: Roles = NO_ROLES
    """Roles of parties as sources state them."""
    treaty: bool = True
    """Whether the law of treaties fills what the record leaves open; it does not for a text that does not bind."""
    more: int = 0
    """Parties of whom nobody knows yet who they are."""


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
    """The rule behind a party's date: ``with_all``, ``founder``, ``stated``, ``succession``, ``own_period``,
    ``own_consent``, ``withdrew``, ``extinct``."""
    hypothetical: bool = False


class Assessment(NamedTuple):
    """The answer for one agreement."""

    rule: Rule
    given: int
    """Instruments given."""
    instrument: Entry
    parties: tuple[Entry, ...]


class Places(NamedTuple):
    """Successors of a side, with the day from which each stands there, and the end of those before them."""

    later: Mapping[str, str]
    since: Mapping[str, Stretch]
    over: Mapping[str, Act]


class Parties:
    """Finds the entries of each party: one for each time that it consented, else one for the lack of it."""

    def __init__(self, joining: Joining, recorded: Mapping[str, PartialDate], case: Case) -> None:
        self.joining = joining
        self.recorded = recorded
        self.case = case
        self.supposed = any(act.hypothetical for act in joining.met.deciding)

    def of(self, code: str) -> list[Entry]:
        """Return the entries of one party."""
        own = self.joining.facts.of(code)
        alone = self._recorded_alone(code, own)
        if self.joining.leaver(code) is not None:
            first = self._left_first(code)
            return [first, *(one for one in alone if one.recorded != first.recorded), *map(self._with, own)]
        if not own:
            entry = self._without(code)
            left = self._departure(code, entry.recorded) if entry.recorded is not None else ()
            return [entry._replace(acts=(*entry.acts, *left))]
        entries = [self._with(one) for one in own]
        taken_back = [one.how == "withdrew" and bool(kinds.row(one.acts[-1].kind).undoes) for one in entries]
        return alone + ([one for one, back in zip(entries, taken_back, strict=True) if not back] or entries[-1:])

    def _recorded_alone(self, code: str, own: Sequence[Consent]) -> list[Entry]:
        """Return the recorded entries for a party that no recorded consent of it brought about."""
        told = [self._recorded_of(one) for one in own]
        dates = recorded_for(self.case.events, code) if own else []
        return [Entry(code, self._departure(code, date), recorded=date) for date in dates if date not in told]

    def _departure(self, code: str, date: PartialDate) -> tuple[Act, ...]:
        """Return the departure of a party whose entry is recorded without a consent before it; none where it stayed."""
        leaving = (act for act in self.joining.facts.leaving if act.party in (code, ""))
        ends = [act for act in leaving if act.latest > date.days.earliest]
        return tuple(sorted(ends, key=lambda act: (act.earliest, act.latest))[:1])

    def _left_first(self, code: str) -> Entry:
        """Return the entry of a party of which the record tells first that it left: it was one of the founders."""
        left = self.joining.leaver(code)
        acts: tuple[Act, ...] = (left,) if left is not None else ()
        if left is not None and kinds.suspends(left.kind):
            acts += tuple(one.until for one in self.joining.facts.of(code)[:1] if one.until is not None)
        own = [date for date in recorded_for(self.case.events, code) if left and (date.earliest or "") <= left.earliest]
        recorded = own[0] if own and not self.joining.facts.bilateral else self.recorded.get("")
        window = self.joining.computed or self.joining.entry
        return Entry(code, acts, dated(window), recorded, how="with_all", hypothetical=self.supposed)

    def _without(self, code: str) -> Entry:
        joining = self.joining
        condition, met = joining.rule.condition, joining.met
        recorded = self.recorded.get(code)
        if joining.is_gone(code):
            return Entry(code, (joining.facts.gone[code],), None, recorded, how="extinct")
        exchanged = met.acts if condition in BY_EXCHANGE else ()
        acts = tuple(act for act in exchanged if act.party == code)
        wanting = any(code in one.parties for one in met.missing if one.what not in ("other", "other_entry"))
        carries = condition in (*BY_SIGNATURE, *BY_EXCHANGE) or (condition in ACTLESS and not joining.tracked)
        carries = carries and (joining.facts.bilateral or not joining.facts.is_unbound(code))
        if carries and met.window is not None:
            whole = recorded or self.recorded.get("")
            window = joining.computed or joining.entry
            return Entry(code, acts, dated(window), whole, how="with_all", hypothetical=self.supposed)
        if carries and not wanting:
            return Entry(code, acts, None, recorded)
        what = next((one.what for one in met.missing if one.what in WAYS_TO_ACT), "instrument")
        return Entry(code, acts, None, recorded, missing=(Missing(what),))

    def _with(self, one: Consent) -> Entry:
        """Return the entry that a consent brings: with the instrument, or on its own day where it came later."""
        supposed = one.act.hypothetical or self.supposed
        recorded = self._recorded_of(one)
        acts = (one.act,) if one.until is None else (one.act, one.until)
        entry = Entry(one.party, acts[:1], recorded=recorded, hypothetical=supposed)
        window, how = self.joining.of(one)
        if how == "withdrew" and recorded is not None:
            return entry._replace(acts=acts)
        if how == "withdrew":
            return entry._replace(acts=acts, how=how)
        if window is None:
            return entry
        if how == "founder" and recorded is None:
            recorded = self.recorded.get("")
        return entry._replace(acts=acts, computed=dated(window), recorded=recorded, how=how)

    def _recorded_of(self, one: Consent) -> PartialDate | None:
        """Return the recorded entry for the party that belongs to a consent: the first after it, before its end."""
        if self.joining.facts.bilateral:
            return None
        dates = recorded_for(self.case.events, one.party)
        return next((date for date in dates if one.brings(date.days)), None)


def assess(case: Case) -> Assessment:
    """Compute the entry into force; raises WhatIfError, and DateError or PeriodError for terms that cannot be read."""
    case, places = _by_sides(case)
    rule = rule_of(case.terms)
    facts = _facts(case, rule)
    recorded = recorded_of(case.events, case.parties)
    joining = Joining(rule, facts, recorded, treaty=case.treaty)
    met = joining.met
    if not case.treaty or ("" in recorded and not facts.consents):
        met = met._replace(missing=tuple(one for one in met.missing if one.what != "residual"))
    if met.window is not None and joining.computed is not None and dated(joining.computed) is None:
        met = met._replace(missing=(*met.missing, Missing("day")))
    supposed = any(act.hypothetical for act in met.deciding)
    whole = Entry(
        "", met.deciding, dated(joining.computed), recorded.get(""), missing=met.missing, hypothetical=supposed
    )
    codes = dict.fromkeys((*case.parties, *rule.parties, *(act.party for act in facts.acts if act.party)))
    parties = Parties(joining, recorded, case)
    found = [entry for code in codes for entry in parties.of(code)]
    found = [_since_it_was(entry, case) for entry in found]
    entries = [_compared(entry, case.as_of) for entry in _in_turn(found, joining, places)]
    return Assessment(rule, number_given(facts.consents), _compared(whole, case.as_of), tuple(entries))


def _by_sides(case: Case) -> tuple[Case, Places]:
    """Return the case with each act of a successor as one of its side, where an agreement has two sides for certain."""
    existence = case.existence
    later = heirs(case.parties, case.events, existence) if len(case.parties) > 2 and existence else {}
    if not later or not is_bilateral(case.parties, case.terms, case.events, existence, case.more):
        return case, Places({}, {}, {})
    begun = {code: since(code, before, case.events, existence) for code, before in later.items()}
    places = Places(later, begun, extinctions(later.values(), existence))
    sides = tuple(code for code in case.parties if code not in later)
    events = as_sides(case.events, later)
    return case._replace(events=events, parties=sides, existence=without(existence, later.values())), places


def _since_it_was(entry: Entry, case: Case) -> Entry:
    """Return an entry that a party shares with all from its first day, where it did not exist yet on that of all."""
    day = entry.recorded or entry.computed
    earliest, latest, doubt = bounds(case.existence.get(entry.party, UNKNOWN).begun)
    if entry.how not in ("with_all", "founder") or day is None or earliest is None or (day.earliest or "") >= earliest:
        return entry
    own = [
        event
        for event in case.events
        if entry.party in event["parties"] and kinds.stage(event["kind"]) and event["kind"] not in kinds.NOTICES
        if not event.get("provision") and not event.get("toward")
    ]
    days = [bounds(event[key])[0] or "" for event in own for key in ("date", "effective_date") if event.get(key)]
    if any(begun < earliest for begun in days):
        return entry
    since = not_before(Stretch(earliest, latest or OPEN, doubt), day.days)
    return entry._replace(computed=dated(since), recorded=None)


def _in_turn(found: Sequence[Entry], joining: Joining, places: Places) -> Iterator[Entry]:
    """Yield the entries of each side for those who stood in its place: the first, and after its end the successor."""
    whole = joining.entry
    for entry in found:
        over = places.over.get(entry.party)
        if over is None or whole is None or over.latest > whole.earliest:
            yield entry
        else:
            yield Entry(entry.party, (over,), None, entry.recorded, how="extinct")
    for code, before in places.later.items():
        for entry in (one for one in found if one.party == before):
            own = entry.recorded or entry.computed
            begun = own.days if own is not None else None if joining.facts.of(before) else whole
            day = not_before(places.since[code], begun) if begun is not None else None
            computed = day and begun and dated(day._replace(uncertain=day.uncertain or begun.uncertain))
            yield entry._replace(party=code, computed=computed, recorded=None, how="succession" if day else "")


def _facts(case: Case, rule: Rule) -> Facts:
    """Return what had happened by the day asked for, with what is supposed."""
    acts = acts_of(case.events, KINDS, case.as_of)
    by_then = [event for event in case.events if (bounds(event.get("date"))[0] or "") <= case.as_of]
    bilateral = is_bilateral(case.parties, case.terms, case.events, case.existence, case.more)
    leaving = departures_in(by_then, case.parties, case.held, Setting(treaty=case.treaty, bilateral=bilateral))
    outside = known(bilateral=bool(bilateral), other=case.other, existence=case.existence, roles=case.roles)
    existing = facts_of(acts, leaving, case.parties, rule, outside)
    if not case.supposed:
        return existing
    for code, date in case.supposed:
        kind = _supposed_kind(rule.condition, has_signed=has_signed_simply(code, existing.acts))
        _check(code, kind, rule, existing)
        act = Act(kind, code, *date.days[:2], date.edtf, date.uncertain, hypothetical=True)
        acts = [*acts, act]
    acts.sort(key=lambda act: (act.earliest, act.latest))
    return facts_of(acts, leaving, case.parties, rule, outside)


def _supposed_kind(condition: str, *, has_signed: bool) -> str:
    if condition in BY_SIGNATURE and not has_signed:
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


def dated(window: Stretch | None) -> PartialDate | None:
    """Return a window as a partial date, in the shortest form; None where nothing bounds it."""
    date = window.date if window else None
    if date is None or date.earliest is None or date.latest is None or date.earliest == date.latest:
        return date
    earliest, latest, doubt = date.earliest, date.latest, date.uncertain
    mark = "?" if doubt else ""
    year, month = earliest[:4], earliest[:7]
    if (earliest, latest) == (f"{year}-01-01", f"{year}-12-31"):
        return PartialDate(year + mark, earliest, latest, doubt)
    if (earliest, latest) == (f"{month}-01", f"{month}-{days_in_month(int(year), int(month[5:]))}"):
        return PartialDate(month + mark, earliest, latest, doubt)
    return date


def _compared(entry: Entry, as_of: str) -> Entry:
    """Fill in how the computed date stands to the recorded one."""
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
