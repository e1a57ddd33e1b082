"""Whose consent an agreement needs, and how many sides it has.

A party is a state or organisation that has consented to be bound and for which the treaty is in force (VCLT 2(1)(g)).
Observers have no part in that, nor have third states (VCLT 2(1)(h)). A territory is bound by the acts of the state that
answers for it (VCLT 29); one that consents in its own name is listed as a party.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every list loads this module, and two dozen typed dictionaries cost it two milliseconds
    from tracker.law.successors import Existence
    from tracker.record.typed import Agreement, EntryIntoForce, Event, Participation

PLURILATERAL_LIMIT = 10
"""Parties up to which an agreement of more than two is plurilateral; the field draws no sharp line, this is ours."""
OUTSIDE = ("observer", "third_state", "territory")
"""Roles of those whose consent does not count."""
UNNAMED = 'party not known: "'
"""How an open question begins that stands for a party (``record.unsettled``, which a list does not load)."""
_OUTSIDE = tuple(f', role "{role}"' for role in OUTSIDE)


def counts(party: "Participation") -> bool:
    """Tell whether the consent of a party of a record counts, by its role; one without a role is a party."""
    return party.get("role") not in OUTSIDE


def contracting(parties: "Iterable[Participation]") -> tuple[str, ...]:
    """Return the codes of the parties of a record whose consent counts, each once, in their order."""
    return tuple(dict.fromkeys([party["code"] for party in parties if party.get("role") not in OUTSIDE]))


def roles(parties: "Iterable[Participation]") -> dict[str, str | None]:
    """Return the roles that sources state, by code."""
    return {party["code"]: party["role"] for party in parties if party.get("role")}


def unnamed(questions: "Sequence[str] | None") -> int:
    """Return how many parties whose consent would count are no more in a record than open questions who they are."""
    return sum(_asks_who(text) for text in questions) if questions else 0


def _asks_who(text: str) -> bool:
    asks = text.startswith(UNNAMED) and text.endswith('"', len(UNNAMED))
    return asks and not text.endswith(_OUTSIDE)


def acts(events: "Sequence[Event]", parties: "Collection[Participation]") -> "Sequence[Event]":
    """Return the events without those who are outside the agreement: what they alone did moves nothing in it."""
    outside = {party["code"] for party in parties if party.get("role") in OUTSIDE}
    outside = outside and outside.difference(contracting(parties))
    if not outside:
        return events
    kept: list[Event] = []
    for event in events:
        inside = [code for code in event.get("parties") or () if code not in outside]
        if inside or not event.get("parties"):
            kept.append({**event, "parties": inside})
    return kept


def is_whole(event: "Event", codes: Collection[str]) -> bool:
    """Tell whether an event concerns the instrument as a whole: it names no party, or every one of several.

    Of one that is listed alone the others may not be in the register.
    """
    who = event.get("parties")
    return not who or (len(codes) > 1 and set(who).issuperset(codes))


def is_bilateral(
    codes: Collection[str],
    clause: "EntryIntoForce | None",
    events: "Sequence[Event]",
    existence: "Existence | None" = None,
    more: int = 0,
) -> bool | None:
    """Tell whether an agreement has two sides, so that what one does to its side it does to the whole.

    Two parties, and a condition of entry into force (``clause``) that no third state can join: a register that lists
    two parties of fifty has a multilateral treaty. Who ceased to exist and its successor are one side. None where
    fewer than two sides are listed, one has several successors, or there are parties of whom nobody knows yet who they
    are (``more``: how many), and nothing shows which it is.
    """
    if _is_open(clause) or not _joinings().isdisjoint([event["kind"] for event in events]):
        return False
    later: dict[str, str] = {}
    if existence and len(codes) > 1:
        from tracker.law.successors import heirs

        later = heirs(codes, events, existence)
    if len(codes) - len(later) > 2:
        return False
    return True if not more and len(codes) - len(later) == 2 and len(set(later.values())) == len(later) else None


@cache
def _joinings() -> frozenset[str]:
    """Return the kinds of acts that only those do who did not negotiate; what a list does not need it does not load."""
    from tracker.record.kinds import JOININGS

    return frozenset(JOININGS)


def has_two_sides(record: "Agreement", existence: "Existence") -> bool:
    """Tell whether an agreement of a record has two sides for certain (``is_bilateral``)."""
    clause = record["terms"].get("entry_into_force")
    codes, more = contracting(record["parties"]), unnamed(record.get("open_questions"))
    return is_bilateral(codes, clause, record["events"], existence, more) is True


_CLOSED = (
    "unknown", "on_signature", "on_date", "after_signature_period", "all_signatories", "exchange_of_notes",
    "exchange_of_ratifications", "last_notification", "last_notification_plus_period", "entry_of_other_instrument",
)  # fmt: skip
"""Conditions of which those who negotiated are all that there are."""
_OF_MORE = ("late_joiners", "late_starts", "late_from", "late_rule", "met")
"""What only texts have that others may join, or whose parties are more than a record lists."""


def _is_open(clause: "EntryIntoForce | None") -> bool:
    if not clause:
        return False
    closed = clause.get("condition", "unknown") in _CLOSED and (clause.get("number") or 0) <= 2
    return not closed or any(clause.get(key) for key in _OF_MORE)


def laterality(codes: Collection[str], more: int = 0) -> str:
    """Return ``unilateral`` (1 party), ``bilateral``, ``plurilateral`` (3 to 10), ``multilateral``, ``unknown`` (0).

    ``more``: parties of whom nobody knows yet who they are; each may be one of the others. Where they decide it is not
    known either.
    """
    known = len(set(codes))
    found = {_laterality(count) for count in (known, known + more)}
    return found.pop() if len(found) == 1 else "unknown"


def _laterality(count: int) -> str:
    if count < 3:
        return ("unknown", "unilateral", "bilateral")[count]
    return "plurilateral" if count <= PLURILATERAL_LIMIT else "multilateral"
