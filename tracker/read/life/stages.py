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
}
"""How far in its life an agreement of a status is."""


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


def reached(reader: Reader, selection: Selection, wanted: Stage) -> Reached:
    """Return when the agreements of a selection reached a stage; those that never did are missing."""
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


def _days(reader: Reader, selection: Selection, sql: str) -> Reached:
    return {agreement: date and parse(date) for agreement, date in reader.tuples(sql, selection.binds)}


def _by_events(reader: Reader, selection: Selection, wanted: tuple[str, ...]) -> Reached:
    entry = all(kinds.stage(kind) >= kinds.PROVISIONAL and kind not in kinds.NOTICES for kind in wanted)
    date = "coalesce(e.effective_date, e.date)" if entry else "coalesce(e.date, e.effective_date)"
    sql = (
        f"SELECT a.id, {date} FROM {selection.source(reader)} JOIN events AS e ON e.agreement_id = a.id"
        f" WHERE ({selection.condition}) AND e.kind IN ({kinds.quoted(wanted)}) AND e.provision IS NULL"
    )
    found: Reached = {}
    for agreement, text in reader.tuples(sql, selection.binds):
        known = found.get(agreement)
        new = None if text is None else parse(text)
        if known is None or (new is not None and _first_day(new) < _first_day(known)):
            found[agreement] = new
    return found


def _first_day(date: PartialDate) -> tuple[str, str]:
    return date.earliest or "", date.latest or "~"
