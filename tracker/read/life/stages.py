"""Stages in the life of an agreement and the day on which each was reached: any kind of event, or a short name."""

from typing import NamedTuple

from tracker.dates.edtf import parse
from tracker.errors import InvalidValue
from tracker.law.gap_figures import Numbers, exact_day, numbers
from tracker.law.life import steps
from tracker.law.life.standing import IN_FORCE
from tracker.record import kinds

BY_SPANS = {"in_force": IN_FORCE, "operative": IN_FORCE, "ended": kinds.ENDED_AS, "suspended": ("suspended",)}
"""Short names that the rules of status answer, whatever events they rest on."""
BY_EVENTS = {
    "consented": kinds.CONSENTS,
    "negotiated": ("negotiation_concluded",),
    "notice_given": kinds.NOTICES,
}
NAMES = (
    "signed",
    *BY_SPANS,
    *BY_EVENTS,
    *(kind for kind in kinds.EVENT_KINDS if kind not in ("signed", "suspended", "other")),
)
"""What ``--from`` and ``--to`` take."""
RANKS = {"signed": steps.SIGNED, "in_force": steps.ENTERED, "operative": steps.ENTERED, "ended": steps.ENDED,
         "consented": steps.CONSENTED}  # fmt: skip
REACHED = {
    "announced": steps.ANNOUNCED,
    "negotiating": steps.NEGOTIATING,
    "initialled": steps.INITIALLED,
    "adopted": steps.ADOPTED,
    "signed": steps.SIGNED,
    "awaiting_entry": steps.CONSENTED,
    "provisionally_applied": steps.PROVISIONAL,
    "in_force": steps.ENTERED,
    "operative": steps.ENTERED,
    "suspended": steps.ENTERED,
    "signatory": steps.SIGNED,
    "consented": steps.CONSENTED,
    "provisional": steps.PROVISIONAL,
}
"""How far in its life an agreement, or a party in it, of a status is."""


class Stage(NamedTuple):
    """A stage by name, and how people read the day that counts."""

    name: str
    note: str

    @property
    def rank(self) -> int | None:
        """Its place in a treaty's life, None for what has none."""
        return RANKS.get(self.name) or kinds.stage(self.name) or None


def stage(option: str, name: str) -> Stage:
    """Return the stage of a name; raises InvalidValue with the nearest."""
    code = name.strip().lower().replace("-", "_")
    if code not in NAMES:
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"{option} {name!r}: no such stage; {expected(code, NAMES)}")
    if code == "signed":
        return Stage(code, "signed = the last act of signing")
    if code in BY_SPANS:
        return Stage(code, f"{code} = the first day of that status")
    return Stage(code, f"{code} = the first such event")


UNKNOWN_DAY = ""
"""What ``day_of`` yields where a stage was reached on a day that nobody knows."""


class Place(NamedTuple):
    """When a stage was reached, or why that has no place in time."""

    why: str
    """Why there is none, '' where there is one."""
    text: str
    """The day, in EDTF."""
    numbers: Numbers
    day: int | None
    """The number of the day where it is known exactly: between two such days lie as many as they differ by."""
    by_now: bool
    """Whether it was reached by now for certain."""


NOWHERE = Numbers(None, None)


class Places(dict[str | None, Place]):
    """Places in time, by what ``day_of`` yields; many agreements share a day, which is read once."""

    def __init__(self, as_of: str) -> None:
        self.as_of = as_of

    def __missing__(self, text: str | None) -> Place:
        self[text] = place = self._found(text)
        return place

    def _found(self, text: str | None) -> Place:
        if not text:
            return Place("not recorded" if text is None else "on an unknown day", "", NOWHERE, None, by_now=False)
        day = exact_day(text)
        if day is not None and text <= self.as_of:
            return Place("", text, Numbers(day, day), day, by_now=True)
        date = parse(text)
        if date.earliest is not None and date.earliest > self.as_of:
            return Place(f"after {self.as_of}", date.edtf, NOWHERE, None, by_now=False)
        by_now = not date.uncertain and date.latest is not None and date.latest <= self.as_of
        first, last = numbers(date)
        return Place("", date.edtf, Numbers(first, last), first if first == last else None, by_now)


def day_of(wanted: Stage, party: str = "") -> str:
    """Return SQL for the day on which an agreement, or the party ``:party`` in it, reached a stage, in EDTF.

    It is ``UNKNOWN_DAY`` where that is not known, and NULL for what never did.
    """
    if party:
        return _of_party(wanted.name)
    if wanted.name == "signed":
        return _signed()
    if wanted.name in BY_SPANS:
        which = f"s.party = '' AND s.status IN ({kinds.quoted(BY_SPANS[wanted.name])})"
        return _of_span(which, "s.position")
    return _of_event(BY_EVENTS.get(wanted.name, (wanted.name,)))


def _signed() -> str:
    acts = kinds.quoted((*kinds.SIGNATURES, *kinds.SUBSTITUTES))
    return (
        "CASE WHEN a.signed IS NOT NULL THEN a.signed WHEN EXISTS (SELECT 1 FROM events AS e"
        f" WHERE e.agreement_id = a.id AND e.kind IN ({acts}) AND e.provision IS NULL) THEN '{UNKNOWN_DAY}' END"
    )


def _of_span(which: str, order: str) -> str:
    """The day of the first span of some."""
    return (
        f"(SELECT coalesce(s.from_date, '{UNKNOWN_DAY}') FROM spans AS s"
        f" WHERE s.agreement_id = a.id AND {which} ORDER BY {order} LIMIT 1)"
    )


OF_PARTY = (
    "(EXISTS (SELECT 1 FROM event_parties AS p WHERE p.agreement_id = e.agreement_id AND p.number = e.number"
    " AND p.code = :party) OR NOT EXISTS (SELECT 1 FROM event_parties AS p WHERE p.agreement_id = e.agreement_id"
    " AND p.number = e.number))"
)
"""Acts of the party, and those of all."""


def _of_party(name: str) -> str:
    """The day on which a party reached a stage, by its own spans and acts; it leaves, or the whole ends."""
    if name == "signed":
        return _of_event((*kinds.SIGNATURES, *kinds.SUBSTITUTES), OF_PARTY, first=False)
    if name not in BY_SPANS:
        return _of_event(BY_EVENTS.get(name, (name,)), OF_PARTY)
    own = {"in_force": "in_force", "operative": "in_force", "suspended": "suspended", "ended": "withdrawn"}[name]
    which = f"(s.party = :party AND s.status = '{own}')"
    if name == "ended":
        which = f"({which} OR (s.party = '' AND s.status IN ({kinds.quoted(kinds.ENDED_AS)})))"
    return _of_span(which, "coalesce(s.from_earliest, ''), s.position")


def _of_event(wanted: tuple[str, ...], whose: str = "1", *, first: bool = True) -> str:
    """The day of the first such event, or of the last; what has none counts only where none has."""
    entry = all(kinds.stage(kind) >= kinds.PROVISIONAL and kind not in kinds.NOTICES for kind in wanted)
    one, other = ("effective", "date") if entry else ("date", "effective")
    date = f"coalesce(e.{_DATE[one]}, e.{_DATE[other]})"
    ends = (f"iif(e.{_DATE[one]} IS NULL, e.{other}_{end}, e.{one}_{end})" for end in ("earliest", "latest"))
    earliest, latest = (f"coalesce({end}, '{least}')" for end, least in zip(ends, ("", "~"), strict=True))
    order = (f"{date} IS NULL", *(f"{key}{'' if first else ' DESC'}" for key in (earliest, latest, "e.number")))
    return (
        f"(SELECT coalesce({date}, '{UNKNOWN_DAY}') FROM events AS e WHERE e.agreement_id = a.id"
        f" AND +e.kind IN ({kinds.quoted(wanted)}) AND e.provision IS NULL AND {whose}"
        f" ORDER BY {', '.join(order)} LIMIT 1)"
    )


_DATE = {"date": "date", "effective": "effective_date"}
