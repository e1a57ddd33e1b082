"""Ordinals that sources give the members of a family ("18th partner") against the dates of its members."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.dates.edtf import bounds


class Member(NamedTuple):
    """A member of a family: its ref, its date of signature, and the ordinal that is said of it."""

    ref: str
    signed: str | None
    ordinal: int | None = None


def said(texts: Iterable[str]) -> int | None:
    """Return the ordinal that one of some texts states: one that holds the word ordinal and a number like 18th."""
    from re import IGNORECASE, search

    for text in texts:
        found = search(r"\bordinal\b.*?\b(\d{1,4})(?:st|nd|rd|th)\b", text, IGNORECASE)
        if found:
            return int(found[1])
    return None


def places(member: Member, family: Sequence[Member]) -> tuple[int, int]:
    """Return the first and last place that a member can have in its family by the dates of signature."""
    earliest, latest, _ = bounds(member.signed)
    least = most = 1
    for other in family:
        if other is member:
            continue
        first, last, _ = bounds(other.signed)
        least += bool(last and earliest and last < earliest)
        most += not (first and latest and first > latest)
    return least, most


def findings(family: Sequence[Member]) -> Iterator[tuple[str | None, str]]:
    """Yield (ref, sentence) for each ordinal that does not fit the dates, and (None, ...) for the family as a whole."""
    told: dict[int, str] = {}
    for member in family:
        if member.ordinal is None:
            continue
        least, most = places(member, family)
        if not least <= member.ordinal <= most:
            place = f"number {least}" if least == most else f"number {least} to {most}"
            yield (
                member.ref,
                f"said to be number {member.ordinal}; by the dates recorded it is {place} of {len(family)}",
            )
        if member.ordinal in told:
            yield member.ref, f"said to be number {member.ordinal}, as {told[member.ordinal]} is"
        told[member.ordinal] = member.ref
    if told and max(told) > len(family):
        yield None, f"said to have {max(told)} members; {len(family)} are recorded"
