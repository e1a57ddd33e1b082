"""Entry into force in words: the rule of a record, what made a date, and what is missing."""

from collections.abc import Mapping

from tracker.dates.day import PartialDate
from tracker.law.consents import Act
from tracker.law.force.conditions import BY_EXCHANGE, BY_SIGNATURE, Missing, Other
from tracker.law.force.rule import Rule
from tracker.law.life.entry import Entry
from tracker.law.terms import spoken

STARTS = {
    "first_of_following_month": "the first day of the month after",
    "first_of_month": "the first day of a month on or after that",
    "first_of_following_year": "the first day of the year after",
}
"""How a calendar rule goes on after a period."""
ACTS_SHOWN = 3
"""Acts of the same day that a sentence lists."""
UNRECORDED = {
    "condition": "the condition: what it waits for is not recorded",
    "condition_unknown": "the condition: it is recorded as unknown",
    "number": "the number of instruments is not recorded",
    "period": "the period is not recorded",
    "date": "the day that the text states is not recorded",
    "states": "which states the text names is not recorded",
    "signatories": "who signed: neither parties nor signatures by name are recorded",
    "weights": "the weights (tonnage, votes, shares), which the register does not hold",
    "day": "the day of the act that decides",
    "further": "when the further condition was met that the note tells is not recorded",
}
"""What to say of a part of the record that is wanting."""
ACTS = {
    "instrument": ("instrument", "instruments"),
    "unlisted": ("instrument of before the entry into force", "instruments of before the entry into force"),
    "signature": ("signature", "signatures"),
    "notes": ("exchange of notes", "notes"),
    "notification": ("notification", "notifications"),
    "ratifications": ("exchange of ratifications", "ratifications"),
}
Words = Mapping[str, str]


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "3rd", "11th", "50th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def rule(terms: Rule, words: Words, other: Other | None, *, treaty: bool) -> str:
    """Return the rule as a sentence without its end, in the words of treaties or arrangements."""
    if terms.condition in ("", "unknown"):
        known = "recorded as unknown" if terms.condition else "not recorded"
        return f"how it {words['enters_into_force']} is {known}"
    enters = words["enters_into_force"]
    if terms.condition == "on_date":
        return f"{enters} on {terms.date.edtf if terms.date else 'a stated day'}"
    cause = _cause(terms, other)
    if terms.starts is not None:
        after = f"{spoken(terms.period)} after {cause}" if terms.period is not None else cause
        said = f"{enters} on {STARTS[terms.starts]} {after}{_told(terms)}"
    elif terms.period is not None:
        said = f"{enters} {spoken(terms.period)} after {cause}"
    elif terms.date is not None or terms.condition == "after_signature_period":
        said = f"{enters} after {cause}"
    else:
        said = f"{enters} on {cause}"
    if terms.date is not None:
        stated = terms.date.edtf
        if terms.date_rule == "if_met_by_then":
            said += f", on {stated} if that was met by then"
        elif terms.date_rule is None and terms.period is None:
            said += f", on the stated day {stated}"
        else:
            said += f", not before {stated}"
    if terms.met is not None:
        said += f"; met {terms.met.edtf}, as recorded"
    return said + _late(terms, words, treaty=treaty)


def _told(terms: Rule) -> str:
    return ", as the note says" if terms.by_note else ""


def _cause(terms: Rule, other: Other | None) -> str:
    number = terms.number
    named = ", ".join(terms.parties)
    if terms.condition in BY_SIGNATURE:
        return f"the {ordinal(number)} signature" if number else "signature"
    if terms.condition in ("nth_instrument", "nth_instrument_plus_period"):
        return f"the {ordinal(number) if number else 'n-th'} instrument" + (f" of {named}" if named else "")
    if terms.condition == "named_states":
        return f"the instruments of {named or 'named states'}" + (f", {number} instruments in all" if number else "")
    if terms.condition == "weighted":
        return (f"{number} instruments" if number else "instruments") + " that carry a stated weight"
    if terms.condition == "entry_of_other_instrument":
        return f"the entry into force of {other.ref if other and other.ref else 'another instrument'}"
    return {
        "all_signatories": "the instrument of the last signatory",
        "exchange_of_notes": "the exchange of notes",
        "exchange_of_ratifications": "the exchange of ratifications",
    }.get(terms.condition, "the last notification")


def _late(terms: Rule, words: Words, *, treaty: bool) -> str:
    whose = f"; for each later {words['party']}"
    if terms.late is not None:
        calendar = f"{STARTS[terms.late_starts]} " if terms.late_starts else ""
        return f"{whose} {calendar}{spoken(terms.late)} after its own instrument"
    if terms.is_silent:
        return f"{whose} on the day of its own consent (VCLT 24(3); the text says nothing of it)"
    if terms.condition in BY_EXCHANGE or terms.condition in BY_SIGNATURE or terms.condition == "all_signatories":
        return ""
    if not treaty:
        return f"{whose} on the day of its own act (no other rule is recorded)"
    return f"{whose} on the day of its own consent (VCLT 24(3); no other rule is recorded)"


def missing(one: Missing) -> str:
    """Return what is missing as a phrase."""
    if one.what in UNRECORDED:
        return UNRECORDED[one.what]
    whose = ", ".join(one.parties)
    if one.what == "residual":
        return f"instrument of {whose}, if the text says nothing else (VCLT 24(2): all have to consent)"
    if one.what == "other":
        said = "which instrument is waited for"
        return said + (f": {whose} come into question" if len(one.parties) > 1 else f": {whose}" if whose else "")
    if one.what == "other_entry":
        return f"the entry into force of {whose}, which is neither recorded nor computed"
    return _acts(one, whose)


def _acts(one: Missing, whose: str) -> str:
    single, several = ACTS[one.what]
    if one.number:
        of = f" (none yet of {whose})" if whose else ""
        return f"{one.number} more {single if one.number == 1 else several}{of}"
    if not whose:
        return single
    return f"{several if one.what in ('notes', 'ratifications') else single} of {whose}"


def basis(entry: Entry, terms: Rule, other: Other | None, *, treaty: bool) -> str | None:
    """Return what made a date: the acts that decided it and what was added; None where nothing did."""
    if entry.party:
        return _own_basis(entry, terms, treaty=treaty)
    if entry.computed is None:
        return None
    if terms.condition == "on_date" and terms.met is None:
        return "stated day"
    said = f"met {terms.met.edtf}, as recorded" if terms.met is not None else _deciding(entry, terms, other)
    if terms.period is not None:
        said += f" + {spoken(terms.period)}"
    if terms.starts is not None:
        said += f", {STARTS[terms.starts]}{_told(terms)}"
    return said + (f", stated day {terms.date.edtf}" if terms.date else "")


def _deciding(entry: Entry, terms: Rule, other: Other | None) -> str:
    if terms.condition == "entry_of_other_instrument" and other and other.entry:
        return f"{'recorded' if other.recorded else 'computed'} {other.entry.edtf} of {other.ref}"
    said = "; ".join(act(one) for one in entry.acts[:ACTS_SHOWN])
    if len(entry.acts) > ACTS_SHOWN:
        said += f"; and {len(entry.acts) - ACTS_SHOWN} more"
    if terms.condition in ("", "unknown"):
        said = f"if the text is silent, the consent of all (VCLT 24(2)): {said}"
    if terms.number and terms.condition.startswith("nth"):
        said = f"{ordinal(terms.number)} instrument: {said}"
    return said


def _own_basis(entry: Entry, terms: Rule, *, treaty: bool) -> str | None:
    if not entry.how:
        return None
    if entry.how == "with_all":
        return "with all"
    if entry.how == "succession" and not entry.acts:
        return "a successor stands in the place of the party before it"
    own = act(entry.acts[0], party=False)
    late = spoken(terms.late) if terms.late is not None else ""
    calendar = f", {STARTS[terms.late_starts]}{_told(terms)}" if terms.late_starts else ""
    alone = "its own consent (VCLT 24(3))" if treaty else "its own act"
    return {
        "own_period": f"{own} + {late}{calendar}",
        "stated": f"{own}, effective {entry.acts[0].effective}, as recorded",
        "succession": f"{own}, a successor is a party without any waiting",
        "extinct": f"{own}, before it could enter into force",
        "withdrew": f"{own}; {act(entry.acts[-1], party=False)}, before it could enter into force",
        "founder": f"{own}, with the instrument",
    }.get(entry.how, f"{own}, {alone}")


def act(one: Act, *, party: bool = True) -> str:
    """Return an act in words: "instrument deposited 2001-03-19 by DEU"."""
    whose = f" by {one.party}" if party and one.party else ""
    number = f", recorded as the {ordinal(one.ordinal)}" if one.ordinal and not one.party else ""
    mark = " (hypothetical)" if one.hypothetical else ""
    return f"{one.kind.replace('_', ' ')} {one.text or '(day unknown)'}{whose}{number}{mark}"


def comparison(entry: Entry) -> str | None:
    """Return how the recorded date stands to the computed one, in words."""
    if entry.comparison != "differs" or entry.days is None:
        return {
            "agrees": "agrees",
            "compatible": "agrees as far as it is known",
            "only_recorded": "only recorded",
            "only_computed": "only computed",
            "recorded_later": "recorded for later",
        }.get(entry.comparison or "")
    days = abs(entry.days)
    least = "" if _exact(entry.computed) and _exact(entry.recorded) else "at least "
    way = "later" if entry.days > 0 else "earlier"
    return f"recorded {least}{days} day{'' if days == 1 else 's'} {way}"


def _exact(date: PartialDate | None) -> bool:
    return date is not None and date.earliest == date.latest
