"""Stages in the life of an agreement and the day on which each was reached: any kind of event, or a short name."""

from typing import NamedTuple

from tracker.dates.day import PartialDate
from tracker.dates.edtf import parse
from tracker.errors import InvalidValue
from tracker.law.life import steps
from tracker.law.life.standing import IN_FORCE
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
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


Reached = dict[int, PartialDate | None]
"""The day on which each agreement reached a stage; None = it did, on an unknown day."""


def reached(reader: Reader, selection: Selection, wanted: Stage, party: str = "") -> Reached:
    """Return when the agreements of a selection, or a party in each, reached a stage; who never did is missing."""
    if party:
        return _by_party(reader, selection, wanted.name, party)
    if wanted.name == "signed":
        return _signed(reader, selection)
    if wanted.name in BY_SPANS:
        return _by_spans(reader, selection, BY_SPANS[wanted.name])
    return _by_events(reader, selection, BY_EVENTS.get(wanted.name, (wanted.name,)))


def _signed(reader: Reader, selection: Selection) -> Reached:
    acts = kinds.quoted((*kinds.SIGNATURES, *kinds.SUBSTITUTES))
    sql = (
        f"SELECT a.id, a.signed FROM {selection.source(reader)} WHERE ({selection.condition}) AND (a.signed IS NOT NULL"
        f" OR EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND e.kind IN ({acts})"
        " AND e.provision IS NULL))"
    )
    return _days(reader, selection, sql)


def _by_spans(reader: Reader, selection: Selection, statuses: tuple[str, ...]) -> Reached:
    sql = (
        f"SELECT a.id, s.from_date FROM {selection.source(reader)} JOIN spans AS s ON s.agreement_id = a.id"
        f" WHERE ({selection.condition}) AND s.party = '' AND s.status IN ({kinds.quoted(statuses)})"
        " ORDER BY a.id, s.position DESC"
    )
    # The first span comes last and stays.
    return _days(reader, selection, sql)


OF_PARTY = (
    "(EXISTS (SELECT 1 FROM event_parties AS p WHERE p.agreement_id = e.agreement_id AND p.number = e.number"
    " AND p.code = :party) OR NOT EXISTS (SELECT 1 FROM event_parties AS p WHERE p.agreement_id = e.agreement_id"
    " AND p.number = e.number))"
)
"""Acts of the party, and those of all."""


def _by_party(reader: Reader, selection: Selection, name: str, party: str) -> Reached:
    """Return when a party reached a stage, by its own spans and acts; it leaves, or the whole ends."""
    if name == "signed":
        acts = (*kinds.SIGNATURES, *kinds.SUBSTITUTES)
        return _by_events(reader, selection, acts, party=party, first=False)
    if name not in BY_SPANS:
        return _by_events(reader, selection, BY_EVENTS.get(name, (name,)), party=party)
    own = {"in_force": "in_force", "operative": "in_force", "suspended": "suspended", "ended": "withdrawn"}[name]
    which = f"(s.party = :party AND s.status = '{own}')"
    if name == "ended":
        which = f"({which} OR (s.party = '' AND s.status IN ({kinds.quoted(kinds.ENDED_AS)})))"
    sql = (
        f"SELECT a.id, s.from_date FROM {selection.source(reader)} JOIN spans AS s ON s.agreement_id = a.id"
        f" WHERE ({selection.condition}) AND {which} ORDER BY a.id, coalesce(s.from_earliest, '') DESC, s.position DESC"
    )
    found = reader.tuples(sql, {**selection.binds, "party": party})
    return {agreement: date and parse(date) for agreement, date in found}


def _days(reader: Reader, selection: Selection, sql: str) -> Reached:
    return {agreement: date and parse(date) for agreement, date in reader.tuples(sql, selection.binds)}


def _by_events(
    reader: Reader, selection: Selection, wanted: tuple[str, ...], *, party: str = "", first: bool = True
) -> Reached:
    """Return the day of the first such event, or of the last; of those that concern a party."""
    entry = all(kinds.stage(kind) >= kinds.PROVISIONAL and kind not in kinds.NOTICES for kind in wanted)
    date = "coalesce(e.effective_date, e.date)" if entry else "coalesce(e.date, e.effective_date)"
    sql = (
        f"SELECT a.id, {date} FROM {selection.source(reader)} JOIN events AS e ON e.agreement_id = a.id"
        f" WHERE ({selection.condition}) AND e.kind IN ({kinds.quoted(wanted)}) AND e.provision IS NULL"
        f" AND {OF_PARTY if party else '1'}"
    )
    found: Reached = {}
    for agreement, text in reader.tuples(sql, {**selection.binds, **({"party": party} if party else {})}):
        known = found.get(agreement)
        new = None if text is None else parse(text)
        if known is None or (new is not None and (_first_day(new) < _first_day(known)) == first):
            found[agreement] = new
    return found


def _first_day(date: PartialDate) -> tuple[str, str]:
    return date.earliest or "", date.latest or "~"
