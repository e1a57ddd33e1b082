"""What a record holds for the rules of entry into force: acts, consents, and the entries that it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import PartialDate
from tracker.dates.edtf import bounds, parse
from tracker.law import consents
from tracker.law.consents import Act
from tracker.law.force.conditions import BY_SIGNATURE, NO_ROLES, Facts, Other, Roles
from tracker.law.force.rule import Rule
from tracker.law.parties import is_whole
from tracker.law.successors import NO_LIVES, UNKNOWN, Existence
from tracker.record import kinds
from tracker.record.kinds import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


CEASED = "ceased_to_exist"
"""What ends the consent of a party that exists no more; no event of the record."""
KINDS = frozenset((*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS))


def facts_of(
    acts: Sequence[Act], departures: Sequence[Act], parties: Sequence[str], rule: Rule, outside: Facts
) -> Facts:
    """Return the facts: ``acts`` are those of ``KINDS`` in order of time, ``departures`` what ended a consent.

    ``outside`` holds what no act tells. Who ceased to exist consents no more.
    """
    bind = consents.binding(acts, by_signature=rule.condition in BY_SIGNATURE)
    gone = extinctions(dict.fromkeys((*parties, *(act.party for act in acts))), outside.existence)
    bind = [act for act in bind if act.party not in gone or act.earliest < gone[act.party].latest]
    leaving = [*departures, *gone.values()]
    given = consents.consents(bind, leaving, parties)
    alive = min((act.latest for act in departures if not act.party and kinds.suspends(act.kind)), default=None)
    return outside._replace(
        parties=tuple(parties), acts=acts, consents=given, gone=gone, alive=alive,
        leaving=[act for act in leaving if consents.ends(act, [one for one in bind if one.party == act.party])],
        leavers=consents.left_first(given, departures),
    )  # fmt: skip


def known(
    *, bilateral: bool, other: Other | None = None, existence: Existence = NO_LIVES, roles: Roles = NO_ROLES
) -> Facts:
    """Return what is known without any act."""
    return Facts((), (), (), other, bilateral, existence=existence, roles=roles)


def recorded(events: Sequence[Event], parties: Sequence[str]) -> dict[str, PartialDate]:
    """Return the first recorded entry into force of the instrument ('') and of each party that has one of its own.

    Where only those of parties are recorded, the earliest is that of the instrument. An entry of some provisions counts
    where there is none of the whole.
    """
    entries = [(event, day) for event in _entries(events) if (day := effective(event))]
    entries.sort(key=lambda entry: bool(entry[0].get("provision")))
    found: dict[str, PartialDate] = {}
    own: list[PartialDate] = []
    for event, day in entries:
        date = parse(day)
        who = event.get("parties") or ()
        if is_whole(event, parties):
            found.setdefault("", date)
        else:
            own.append(date)
        for code in who:
            found.setdefault(code, date)
    unknown = any(not event.get("parties") for event in _entries(events))
    if "" not in found and own and not unknown:
        found[""] = min(own, key=lambda date: date.earliest or "")
    return found


def recorded_for(events: Sequence[Event], code: str) -> list[PartialDate]:
    """Return the entries into force that the record tells for one party alone, in order of time."""
    days = [
        parse(day) for event in _entries(events) if code in (event.get("parties") or ()) and (day := effective(event))
    ]
    return sorted(days, key=lambda date: (date.earliest or "", date.latest or "~"))


def _entries(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the recorded entries into force; one toward some other party alone moves nothing."""
    return (event for event in events if event["kind"] in kinds.ENTRIES and not event.get("toward"))


def extinctions(codes: Iterable[str], existence: Existence) -> dict[str, Act]:
    """Return the end of each of these parties that ceased to exist, from the day after its last."""
    found = {}
    for code in codes:
        until = existence.get(code, UNKNOWN).over
        earliest, latest, doubt = bounds(until)
        if latest is not None:
            begin = periods.add_days(earliest, 1) if earliest else ""
            found[code] = Act(CEASED, code, begin, periods.add_days(latest, 1), until, doubt)
    return found
