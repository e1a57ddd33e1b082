"""The force of an agreement for one party in relation to another one, or to a territory, on a day.

Between two parties it is in force while it is in force for both (VCLT 2(1)(g), 34), unless an act of one toward the
other keeps them apart: an objection (VCLT 20(4)(b)), or an end between the two. A declaration toward another party,
such as that it is no state, may do so: whether it was meant to, the register does not decide. A suspension
toward another party suspends it between the two (VCLT 58, 60(2)). Where the record holds acceptances of accessions, an
accession works only toward those that accepted it (Hague Conventions: Child Abduction 38, Evidence 39). A territory is
bound with its party, unless acts say from when it is, or that it is not (VCLT 29).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.day import DayRange, PartialDate, answer, last
from tracker.dates.edtf import parse
from tracker.law.consents import acts_of, counted
from tracker.law.life.standing import SpanRow, possible, standing
from tracker.record import kinds
from tracker.record.kinds import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event


APART = "not_in_force"
"""The status of a party toward one with which, or for a territory for which, the agreement is not in force."""
IN_FORCE = "in_force"
SUSPENDED = "suspended"
LISTED = "listed"
BARRIERS = {"bars": APART, "may_bar": APART, "suspends": SUSPENDED}
"""What an act toward another party makes of the relation of the two."""
DECLARED = "whether a declaration toward another party keeps it from being in force between the two is not recorded"


class Relation(NamedTuple):
    """The status of a party in relation to another one: with doubt, since when, and the events behind it."""

    status: str
    certain: bool
    from_: PartialDate | None = None
    because: tuple[Event, ...] = ()
    why: str = ""
    """What the events cannot say."""

    @property
    def possible(self) -> list[str]:
        """Every status that is not ruled out."""
        if self.certain or self.status not in (IN_FORCE, APART, SUSPENDED):
            return [self.status]
        return [self.status, APART if self.status == IN_FORCE else IN_FORCE]


def concerns(record: Agreement, first: str, second: str) -> bool:
    """Tell whether the record says anything of the relation: the other is a party, or an act is toward it."""
    listed = any(party["code"] == second for party in record["parties"])
    return listed or any(second in event["toward"] and first in event["parties"] for event in record["events"])


def relation(record: Agreement, spans: Sequence[SpanRow], sides: tuple[str, str], as_of: str) -> Relation:
    """Return the status of the first of two sides in relation to the second on an ISO day."""
    first, second = sides
    own = standing(spans, as_of, first)
    events = [event for event in record["events"] if not event["provision"]]
    over_territory = [event for event in _between(events, first, second) if _effect(event) in ("reaches", "leaves")]
    if own.status != IN_FORCE:
        alone = own.status == LISTED and standing(spans, as_of, "").status == IN_FORCE
        held = _of_territory(Relation(IN_FORCE, certain=False), over_territory, as_of) if over_territory else None
        if alone and held is not None and held.status == IN_FORCE and _reached(over_territory, as_of):
            return held._replace(why=f"{first} is no party itself: whether it is bound for {second} alone is left open")
        return Relation(own.status, own.certain, own.from_)
    if over_territory:
        return _of_territory(Relation(IN_FORCE, own.certain, own.from_), over_territory, as_of)
    if all(party["code"] != second for party in record["parties"]):
        return Relation(APART, certain=False)
    other = standing(spans, as_of, second)
    if other.status != IN_FORCE:
        ruled_out = IN_FORCE not in possible(spans, as_of, second)
        return Relation(APART, ruled_out, why=f"{second} is {other.status}")
    both = [day for day in (own.from_, other.from_) if day is not None]
    held = Relation(IN_FORCE, own.certain and other.certain, last(both) if len(both) == 2 else None)
    return _accepted(_unless_barred(held, events, sides, as_of), events, sides, as_of)


def apart(record: Agreement, spans: Sequence[SpanRow], sides: tuple[str, str], as_of: str) -> bool:
    """Tell whether acts keep an agreement that is in force for both sides from being in force between them."""
    return any(
        standing(spans, as_of, side).status == IN_FORCE
        and standing(spans, as_of, other).status == IN_FORCE
        and relation(record, spans, (side, other), as_of).status != IN_FORCE
        for side, other in (sides, sides[::-1])
    )


def _effect(event: Event) -> str:
    return kinds.row(event["kind"]).toward


def _enters(event: Event) -> bool:
    return kinds.stage(event["kind"]) == kinds.ENTERED


def _between(events: Sequence[Event], party: str, other: str) -> Iterator[Event]:
    """Yield the acts of a party toward another one."""
    return (event for event in events if party in event["parties"] and other in event["toward"])


def _happened(event: Event, as_of: str) -> bool | None:
    """Tell whether an event works on a day; None = possibly."""
    text = effective(event)
    told = answer(parse(text) if text else None, DayRange(None, as_of))
    return {"certain": True, "no": False}.get(told or "possible")


def _reached(acts: Sequence[Event], as_of: str) -> bool:
    """Tell whether an act that extends it to a territory may work on a day."""
    return any(_effect(event) == "reaches" and _happened(event, as_of) is not False for event in acts)


def _of_territory(held: Relation, acts: Sequence[Event], as_of: str) -> Relation:
    """Return the force for a territory of a party: by the last act that works, before any by what the first changed."""
    acts = sorted(acts, key=lambda event: effective(event) or "")
    working = [event for event in acts if _happened(event, as_of) is not False]
    if not working:
        first = acts[0]
        if _effect(first) == "reaches":
            return Relation(APART, certain=True, because=(first,))
        return held._replace(certain=False, because=(first,))
    act = working[-1]
    sure = _happened(act, as_of) is True
    if _effect(act) == "leaves":
        return Relation(APART, sure, because=(act,))
    text = effective(act)
    days = [day for day in (held.from_, parse(text) if text else None) if day is not None]
    return Relation(IN_FORCE, held.certain and sure, last(days) if len(days) == 2 else None, (act,))


def _unless_barred(held: Relation, events: Sequence[Event], sides: tuple[str, str], as_of: str) -> Relation:
    """Return the relation, or what is left of it where one of the two keeps it from being in force between them."""
    barred: Relation | None = None
    for party, other in (sides, sides[::-1]):
        acts = list(_between(events, party, other))
        for act in acts:
            effect = _effect(act)
            begun = _happened(act, as_of)
            if effect not in BARRIERS or begun is False:
                continue
            lifts = [one for one in acts if kinds.row(one["kind"]).takes_back == act["kind"]]
            lifted = [one for one in lifts if _happened(one, as_of) is not False]
            if any(_happened(one, as_of) for one in lifted):
                held = held._replace(because=(*held.because, act, *lifted))
                continue
            sure = begun is True and not lifted and effect != "may_bar"
            found = Relation(
                BARRIERS[effect], sure, because=(act, *lifted), why=DECLARED if effect == "may_bar" else ""
            )
            if barred is None or (sure and not barred.certain):
                barred = found
    return barred or held


def _accepted(held: Relation, events: Sequence[Event], sides: tuple[str, str], as_of: str) -> Relation:
    """Return the relation, or its lack where one side acceded and the other accepts accessions one by one."""
    accepting = [event for event in events if event["toward"] and (kinds.consents(event["kind"]) or _enters(event))]
    if held.status != IN_FORCE or not accepting or not any(_acceded(events, side, as_of) for side in sides):
        return held
    pairs = (sides, sides[::-1])
    acts = [event for party, other in pairs for event in _between(accepting, party, other)]
    works = [event for event in acts if _happened(event, as_of) is not False]
    if not works:
        why = "" if acts else "no acceptance of the accession is recorded"
        return Relation(APART, bool(acts), because=tuple(acts), why=why)
    act = works[0]
    # Without a recorded effect the period that the convention sets still runs from the act.
    sure = (act["effective_date"] is not None or _enters(act)) and _happened(act, as_of) is True
    text = effective(act)
    days = [day for day in (held.from_, parse(text) if text else None) if day is not None]
    since = last(days) if len(days) == 2 else None
    return Relation(IN_FORCE, held.certain and sure, since, (*held.because, act))


def _acceded(events: Sequence[Event], party: str, as_of: str) -> bool:
    acts = [act for act in acts_of(events, kinds.CONSENTS, as_of) if act.party == party]
    return bool(acts) and kinds.row(counted(acts).kind).joins
