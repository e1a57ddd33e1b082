"""Who stands in whose place: parties that ceased to exist, and their successors among the parties of an agreement.

What bound two states goes on between one of them and the successor of the other where both take it so (Vienna
Convention on Succession 1978, Art. 24, 34): predecessor and successor are one side, one after the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import OPEN, Stretch
from tracker.dates.edtf import bounds
from tracker.record import kinds
from tracker.record.kinds import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


class Lifetime(NamedTuple):
    """How long a party existed (EDTF dates of its first and last day, None = not recorded), and who came after it."""

    begun: str | None = None
    over: str | None = None
    successors: tuple[str, ...] = ()


class Vacancy(NamedTuple):
    """Sides that exist no more, in whose place nobody is known to stand, and from which day that leaves it open."""

    since: Stretch
    codes: tuple[str, ...]


Existence = Mapping[str, Lifetime]
"""Lifetimes by code, of those of whom one is recorded."""
NO_LIVES: Existence = {}
UNKNOWN = Lifetime()


def are_gone(codes: Iterable[str], existence: Existence) -> bool:
    """Tell whether any of these parties ceased to exist."""
    return any(code in existence and existence[code].over for code in codes)


def heirs(codes: Collection[str], events: Sequence[Event], existence: Existence) -> dict[str, str]:
    """Return the successors among parties, each with the one that ceased to exist and in whose place it stands.

    A successor is known by the register, or shown by its act of succession where only one party ceased to exist.
    """
    gone = [code for code in codes if code in existence and existence[code].over]
    if not gone:
        return {}
    found = {code: one for one in gone for code in codes if code != one and code in existence[one].successors}
    if len(gone) == 1:
        acting = {code for event in events if kinds.row(event["kind"]).succeeds for code in event.get("parties") or ()}
        found |= {code: gone[0] for code in codes if code in acting and code != gone[0]}
    return found


def without(existence: Existence, codes: Collection[str]) -> Existence:
    """Return the lifetimes without those of some parties, whose end is none for their side."""
    return {code: life for code, life in existence.items() if code not in codes} if codes else existence


def as_sides(events: Sequence[Event], later: Mapping[str, str]) -> Sequence[Event]:
    """Return the events with each act of a successor as one of the party in whose place it stands."""
    if not later:
        return events
    return [
        {**event, "parties": list(dict.fromkeys(later.get(code, code) for code in event.get("parties") or ()))}
        for event in events
    ]


def since(code: str, before: str, events: Sequence[Event], existence: Existence) -> Stretch:
    """Return from which day a successor stands in the place of the party before it.

    As its act of succession says; else from its first day, where that is recorded; else from the end of the other.
    """
    told = [
        event["effective_date"]
        for event in events
        if kinds.row(event["kind"]).succeeds and code in (event.get("parties") or ()) and event.get("effective_date")
    ]
    earliest, latest, doubt = bounds(told[0] if told else existence.get(code, UNKNOWN).begun)
    if earliest is None and latest is None:
        return _day_after(existence[before].over)
    return Stretch(earliest or "", latest or OPEN, doubt)


def vacant(codes: Collection[str], events: Sequence[Event], existence: Existence, *, few: bool) -> Vacancy | None:
    """Return which side of two, or with more (not ``few``) that every one, exists no more, and who is not replaced.

    What bound it may have passed to a successor that is not listed, or have lapsed (Vienna Convention on Succession
    1978, Art. 8, 9, 31 to 35). None where somebody stands in its place, or an act after that day shows that it went on.
    """
    replaced = heirs(codes, events, existence).values()
    lost = [code for code in codes if code not in replaced and existence.get(code, UNKNOWN).over]
    if not lost or (not few and len(lost) < len(codes)):
        return None
    days = sorted(_day_after(existence[code].over) for code in lost)
    begun = days[0] if few else days[-1]
    return None if _is_alive(events, begun.latest) else Vacancy(begun, tuple(lost))


def _day_after(last: str | None) -> Stretch:
    earliest, latest, doubt = bounds(last)
    first, final = (periods.add_days(day, 1) if day else None for day in (earliest, latest))
    return Stretch(first or "", final or OPEN, doubt)


def _is_alive(events: Sequence[Event], day: str) -> bool:
    """Tell whether an act that only an agreement in force can have is recorded for a day or after it."""
    for event in events:
        first, _, doubt = bounds(effective(event))
        if event.get("provision") or kinds.row(event["kind"]).afterlife or doubt:
            continue
        if first is not None and first >= day:
            return True
    return False
