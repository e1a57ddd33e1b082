"""When the condition on which an agreement enters into force is met: one function for each condition of the record.

VCLT 24(1): a treaty enters into force in the manner and on the date that it provides or the negotiating states agree.
What the record does not hold is named as missing, never guessed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.dates.day import OPEN, PartialDate, Stretch, last_of
from tracker.law.consents import Act, Consent
from tracker.law.force.rule import Rule
from tracker.law.successors import NO_LIVES, Existence
from tracker.record.kinds import CONCLUSIONS, CONSENTS, DEPOSITS, EXCHANGES, NOTIFICATIONS, SIMPLE_SIGNATURES


def reached(number: int, given: Sequence[Consent]) -> Stretch | None:
    """Return when ``number`` parties were bound at once; None where, on what is recorded, they never were.

    The bounds are those of the ``number``-th act: it cannot come before the ``number``-th earliest first day, and has
    come by the ``number``-th earliest last day. Another instrument can only bring it forward.
    """
    most = [*given, *_unnamed(given, surely=True)]
    given = [*given, *_unnamed(given)]
    earliest = _day(number, [(one.act.earliest, one.until.latest if one.until else OPEN) for one in most])
    if earliest is None:
        return None
    latest = _day(number, [(one.act.latest, one.until.earliest if one.until else OPEN) for one in given]) or OPEN
    doubt = any(one.act.doubt and one.act.earliest <= latest and one.act.latest >= earliest for one in given)
    return Stretch(earliest, latest, doubt)


def _day(number: int, stretches: Iterable[tuple[str, str]]) -> str | None:
    """Return the first day on which ``number`` of the stretches run."""
    turns = []
    for begin, end in stretches:
        if begin < end or end == OPEN:
            turns += [(begin, -1), (end, 1)]
    running = 0
    for day, leaves in sorted(turns):
        running -= leaves
        if running >= number:
            return day
    return None


def _unnamed(given: Sequence[Consent], *, surely: bool = False) -> list[Consent]:
    """Return the instruments that a numbered act proves but nobody recorded: 49 lie before the 50th.

    Recorded ones that may have come before it are taken for some of these; ``surely``: only those that did.
    """
    proved: list[Consent] = []
    since = ""
    for one in given:
        act = one.act
        if act.ordinal:
            known = sum(
                other is not one
                and not other.act.hypothetical
                and (other.act.latest <= act.earliest if surely else other.act.earliest <= act.latest)
                for other in (*given, *proved)
            )
            gap = act._replace(earliest=since, ordinal=0, party="")
            proved += [Consent("", gap)] * (act.ordinal - 1 - known)
            since = act.earliest
    return proved


def number_given(given: Sequence[Consent]) -> int:
    """Return how many instruments the record shows or proves, those that were withdrawn left out."""
    return sum(one.until is None for one in given) + len(_unnamed(given))


BY_SIGNATURE = ("on_signature", "after_signature_period")
BY_EXCHANGE = ("exchange_of_notes", "exchange_of_ratifications", "last_notification", "last_notification_plus_period")
NEEDS_PERIOD = ("after_signature_period", "nth_instrument_plus_period", "last_notification_plus_period")
COUNTED = ("nth_instrument", "nth_instrument_plus_period", "named_states", "weighted", "all_signatories")
"""Conditions that so many instruments meet."""
OPEN_TO_OTHERS = ("nth_instrument", "nth_instrument_plus_period", "named_states", "weighted", "on_date")
"""Conditions of texts that others than the recorded parties may join (VCLT 15)."""


NO_ACTS: Mapping[str, Act] = {}
Roles = Mapping[str, str | None]
NO_ROLES: Roles = {}
UNBOUND = ("signatory", "contracting_state", "negotiating_state")
"""Roles of those for whom a treaty is not in force, unless acts show it (VCLT 2(1)(e), (f))."""


class Other(NamedTuple):
    """The instrument whose entry into force is waited for; ``ref`` None = the record does not tell which."""

    ref: str | None
    entry: PartialDate | None = None
    recorded: bool = True
    choices: tuple[str, ...] = ()
    """Refs among which the record does not tell."""


class Missing(NamedTuple):
    """What is wanting: a kind of act with how many or whose, or a part of the record."""

    what: str
    number: int = 0
    parties: tuple[str, ...] = ()


class Facts(NamedTuple):
    """What is known on the day asked for; ``acts`` of every kind in order of time."""

    parties: tuple[str, ...]
    acts: Sequence[Act]
    consents: Sequence[Consent]
    other: Other | None = None
    bilateral: bool = False
    """Two sides: the entry into force of the whole is that of both."""
    leavers: Mapping[str, Act] = NO_ACTS
    """Parties that left before any consent of theirs is recorded, with the act: they were parties."""
    existence: Existence = NO_LIVES
    """How long parties existed, of those of whom it is recorded."""
    leaving: Sequence[Act] = ()
    """What ended consents: withdrawals, consents taken back, the end of a party."""
    alive: str | None = None
    """The last day by which the whole had entered into force, where a suspension shows that it had."""
    gone: Mapping[str, Act] = NO_ACTS
    """The end of each party that ceased to exist."""
    roles: Roles = NO_ROLES
    """Roles of parties as sources state them."""

    def of(self, code: str) -> list[Consent]:
        """Return the consents of one party."""
        return [one for one in self.consents if one.party == code]

    def is_unbound(self, code: str) -> bool:
        """Tell whether a stated role says that a party is not bound, and no consent of it is recorded."""
        return self.roles.get(code) in UNBOUND and not self.of(code)


class Fulfilment(NamedTuple):
    """When the condition was met (None = not), by which acts, and what is missing."""

    window: Stretch | None = None
    acts: tuple[Act, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def deciding(self) -> tuple[Act, ...]:
        """The acts that may have been the last one needed."""
        if self.window is None:
            return ()
        return tuple(act for act in self.acts if act.days.meets(self.window))


def fulfilment(rule: Rule, facts: Facts) -> Fulfilment:
    """Tell when the condition was met, before any period or stated day that follows.

    A recorded day (``met``) needs no counting. A further threshold that is only described leaves doubt.
    """
    if rule.met is not None:
        return _recorded(rule.met, facts)
    found = CONDITIONS.get(rule.condition, _unknown)(rule, facts)
    if rule.further and rule.condition in COUNTED and found.window is not None:
        found = found._replace(
            window=found.window._replace(uncertain=True), missing=(*found.missing, Missing("further"))
        )
    if rule.condition in NEEDS_PERIOD and rule.period is None:
        return found._replace(missing=(*found.missing, Missing("period")))
    return found


def _recorded(met: PartialDate, facts: Facts) -> Fulfilment:
    window = met.days
    return Fulfilment(window, tuple(one.act for one in facts.consents if one.act.earliest <= window.latest))


def _signature(rule: Rule, facts: Facts) -> Fulfilment:
    """On signature by all, or by ``number`` of them (VCLT 12); an act of nobody in particular is that of all.

    Who signed ad referendum, or subject to ratification, is bound by what follows on that (VCLT 12(2)(b), 14).
    """
    simple = _simply_signed(facts.acts)
    acts = [act for act in facts.acts if act.kind in (CONSENTS if _is_among(act.party, simple) else CONCLUSIONS)]
    if rule.number:
        return _count(rule.number, [Consent(act.party, act) for act in acts], "signature", ())
    found = _by_each(acts, rule.parties or facts.parties, "signature")
    return found._replace(missing=tuple(part for one in found.missing for part in _parted(one, simple)))


def has_signed_simply(code: str, acts: Iterable[Act]) -> bool:
    """Tell whether a party signed, and is bound by nothing but an act that follows."""
    return _is_among(code, _simply_signed(acts))


def _simply_signed(acts: Iterable[Act]) -> frozenset[str]:
    """Return those who signed so ('' = all)."""
    return frozenset(act.party for act in acts if act.kind in SIMPLE_SIGNATURES)


def _is_among(code: str, codes: Collection[str]) -> bool:
    return code in codes or "" in codes


def _parted(one: Missing, simple: Collection[str]) -> list[Missing]:
    """Part those who have to sign from those who have signed, and still have to consent."""
    consenting = tuple(code for code in one.parties if _is_among(code, simple))
    if not consenting:
        return [one]
    signing = tuple(code for code in one.parties if code not in consenting)
    return [*([one._replace(parties=signing)] if signing else ()), Missing("instrument", parties=consenting)]


def _stated(rule: Rule, facts: Facts) -> Fulfilment:  # noqa: ARG001 - the day is stated, no act is needed
    if rule.date is None:
        return Fulfilment(missing=(Missing("date"),))
    return Fulfilment(rule.date.days)


def _all_signatories(rule: Rule, facts: Facts) -> Fulfilment:
    """When every signatory has consented; signatories are those who signed by name, else the parties of the record."""
    signed = [act.party for act in facts.acts if act.kind in CONCLUSIONS]
    named = tuple(dict.fromkeys(code for code in signed if code))
    wanted = rule.parties or (facts.parties if "" in signed or not named else named)
    if not wanted:
        return Fulfilment(missing=(Missing("signatories"),))
    return _all_of(wanted, facts)


def _instruments(rule: Rule, facts: Facts) -> Fulfilment:
    if rule.number is None:
        return Fulfilment(acts=tuple(one.act for one in facts.consents), missing=(Missing("number"),))
    counted = [one for one in facts.consents if not rule.parties or not one.party or one.party in rule.parties]
    return _count(rule.number, counted, "instrument", rule.parties or facts.parties)


def _named(rule: Rule, facts: Facts) -> Fulfilment:
    """When all named states have consented (CTBT Annex 2); with ``number``, so many in all, the named among them."""
    if not rule.parties:
        return Fulfilment(missing=(Missing("states"),))
    found = _all_of(rule.parties, facts)
    if rule.number is None:
        return found
    return _both(found, _count(rule.number, facts.consents, "instrument", facts.parties))


def _weighted(rule: Rule, facts: Facts) -> Fulfilment:
    """Shares of tonnage, votes or emissions are not in the record, so the day is not computed (MARPOL, Kyoto)."""
    given = tuple(one.act for one in facts.consents)
    missing: tuple[Missing, ...] = (Missing("weights"),)
    if rule.number is not None:
        missing = (*_count(rule.number, facts.consents, "instrument", rule.parties or facts.parties).missing, *missing)
    return Fulfilment(acts=given, missing=missing)


def _exchange(rule: Rule, facts: Facts) -> Fulfilment:
    """When notes were exchanged; notes of each party count from the last one (VCLT 13)."""
    return _exchanged(rule, facts, (*EXCHANGES, *NOTIFICATIONS), "notes")


def _notification(rule: Rule, facts: Facts) -> Fulfilment:
    """When the last party notified that its procedures are complete (VCLT 16(c), 78)."""
    return _exchanged(rule, facts, (*NOTIFICATIONS, *EXCHANGES), "notification")


def _ratifications(rule: Rule, facts: Facts) -> Fulfilment:
    """When instruments of ratification were exchanged (VCLT 16(a)); ratification alone is not the exchange."""
    return _exchanged(rule, facts, (*EXCHANGES, *DEPOSITS), "ratifications")


def _exchanged(rule: Rule, facts: Facts, kinds: Sequence[str], what: str) -> Fulfilment:
    """Take the acts of the first kind, else of the second; of several exchanges the first after the signature."""
    signed = max((act.earliest for act in facts.acts if act.kind in CONCLUSIONS), default="")
    for kind in kinds:
        acts = [act for act in facts.acts if act.kind == kind and act.latest >= signed]
        whole = [act for act in acts if not act.party]
        if acts:
            return _by_each(whole[:1] or acts, rule.parties or facts.parties, what)
    return Fulfilment(
        missing=(Missing(what, parties=(rule.parties or facts.parties) if what == "notification" else ()),)
    )


def _other(rule: Rule, facts: Facts) -> Fulfilment:  # noqa: ARG001 - one signature for all conditions
    other = facts.other
    if other is None or other.ref is None:
        return Fulfilment(missing=(Missing("other", parties=other.choices if other else ()),))
    if other.entry is None:
        return Fulfilment(missing=(Missing("other_entry", parties=(other.ref,)),))
    entry = other.entry
    return Fulfilment(entry.days)


def _unknown(rule: Rule, facts: Facts) -> Fulfilment:
    """Name the condition as missing, and whose consent VCLT 24(2) would wait for if the treaty were silent."""
    given = {one.party for one in facts.consents if one.until is None}
    wanting = tuple(code for code in facts.parties if code not in given)
    missing = [Missing("condition_unknown" if rule.condition else "condition")]
    if wanting:
        missing.append(Missing("residual", len(wanting), wanting))
    return Fulfilment(acts=tuple(one.act for one in facts.consents), missing=tuple(missing))


def residual(facts: Facts) -> Fulfilment | None:
    """Tell when all negotiating states had consented, where nothing is recorded of the condition (VCLT 24(2)).

    In doubt, since the text may provide otherwise; None where not all parties of the record consented.
    """
    if len(facts.parties) < 2:
        return None
    found = _all_of(facts.parties, facts)
    if found.window is None:
        return None
    return found._replace(window=found.window._replace(uncertain=True), missing=())


CONDITIONS: dict[str, Callable[[Rule, Facts], Fulfilment]] = {
    "on_signature": _signature,
    "on_date": _stated,
    "after_signature_period": _signature,
    "all_signatories": _all_signatories,
    "nth_instrument": _instruments,
    "nth_instrument_plus_period": _instruments,
    "named_states": _named,
    "weighted": _weighted,
    "exchange_of_notes": _exchange,
    "last_notification": _notification,
    "last_notification_plus_period": _notification,
    "exchange_of_ratifications": _ratifications,
    "entry_of_other_instrument": _other,
    "unknown": _unknown,
}


def _count(number: int, given: Sequence[Consent], what: str, candidates: Sequence[str]) -> Fulfilment:
    """Find the ``number``-th act; those who have not acted may give what is missing."""
    window = reached(number, given)
    if window is None:
        have = {one.party for one in given if one.until is None}
        wanting = tuple(code for code in candidates if code not in have)
        return Fulfilment(
            acts=tuple(one.act for one in given), missing=(Missing(what, number - number_given(given), wanting),)
        )
    return Fulfilment(window, tuple(one.act for one in given if one.act.earliest <= window.latest))


def _all_of(codes: Sequence[str], facts: Facts) -> Fulfilment:
    given = [one for one in facts.consents if one.party in codes]
    found = _count(len(codes), given, "instrument", codes)
    return found._replace(missing=tuple(Missing(one.what, 0, one.parties) for one in found.missing))


def _by_each(acts: Sequence[Act], codes: Sequence[str], what: str) -> Fulfilment:
    """Find the last act where each party has to act; an act of nobody in particular is that of all."""
    whole = [act for act in acts if not act.party]
    if whole and len(codes) not in (1, 2):
        acts = whole  # whoever signs later by name is a late joiner
    first = {act.party: act for act in reversed(acts) if act.party}
    wanting = () if whole else tuple(code for code in codes if code not in first)
    if wanting or not acts:
        return Fulfilment(acts=tuple(acts), missing=(Missing(what, parties=wanting),))
    counted = [*whole, *(act for act in first.values() if not codes or act.party in codes)]
    if not counted:
        return Fulfilment(missing=(Missing(what),))
    return Fulfilment(last_of(act.days for act in counted), tuple(counted))


def _both(one: Fulfilment, two: Fulfilment) -> Fulfilment:
    """Wait for the later of two conditions."""
    acts = tuple(dict.fromkeys((*one.acts, *two.acts)))
    missing = (*one.missing, *two.missing)
    if one.window is None or two.window is None:
        return Fulfilment(None, acts, missing)
    return Fulfilment(one.window.or_later(two.window), acts, missing)
