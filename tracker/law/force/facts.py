"""What a record holds for the rules of entry into force: acts, consents, and the entries that it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.dates.day import PartialDate
from tracker.dates.edtf import parse
from tracker.law import consents
from tracker.law.consents import Act
from tracker.law.force.conditions import BY_SIGNATURE, NO_DAYS, Facts, Other
from tracker.law.force.rule import Rule
from tracker.record import kinds
from tracker.record.acts import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


Existence = Mapping[str, tuple[str | None, str | None]]

KINDS = frozenset((*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS))


def facts_of(
    acts: Sequence[Act], departures: Sequence[Act], parties: Sequence[str], rule: Rule, outside: Facts
) -> Facts:
    """Return the facts: ``acts`` are those of ``KINDS`` in order of time, ``departures`` what ended a consent.

    ``outside`` holds what no act tells.
    """
    bind = consents.binding(acts, by_signature=rule.condition in BY_SIGNATURE)
    given = consents.consents(bind, departures, parties)
    return outside._replace(
        parties=tuple(parties), acts=acts, consents=given, leavers=consents.left_first(given, departures)
    )


def known(*, bilateral: bool, other: Other | None = None, existence: Existence = NO_DAYS) -> Facts:
    """Return what is known without any act."""
    return Facts((), (), (), other, bilateral, existence=existence)


def recorded(events: Sequence[Event], parties: Sequence[str]) -> dict[str, PartialDate]:
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
    unknown = any(event["kind"] in kinds.ENTRIES and not event.get("parties") for event in events)
    if "" not in found and own and not unknown:
        found[""] = min(own, key=lambda date: date.earliest or "")
    return found


def recorded_for(events: Sequence[Event], code: str) -> list[PartialDate]:
    """Return the entries into force that the record tells for one party alone, in order of time."""
    days = [
        parse(day)
        for event in events
        if event["kind"] in kinds.ENTRIES and code in (event.get("parties") or ()) and (day := effective(event))
    ]
    return sorted(days, key=lambda date: (date.earliest or "", date.latest or "~"))
