"""Whose consent an agreement needs, and how many sides it has.

A party is a state or organisation that has consented to be bound and for which the treaty is in force (VCLT 2(1)(g)).
Observers have no part in that, nor have third states (VCLT 2(1)(h)). A territory is bound by the acts of the state that
answers for it (VCLT 29); one that consents in its own name is listed as a party.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

PLURILATERAL_LIMIT = 10
"""Parties up to which an agreement of more than two is plurilateral; the field draws no sharp line, this is ours."""
OUTSIDE = ("observer", "third_state", "territory")
"""Roles of those whose consent does not count."""


def counts(party: Mapping[str, Any]) -> bool:
    """Tell whether the consent of a party of a record counts, by its role; one without a role is a party."""
    return party.get("role") not in OUTSIDE


def contracting(parties: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the codes of the parties of a record whose consent counts, each once, in their order."""
    return tuple(dict.fromkeys(party["code"] for party in parties if counts(party)))


def acts(events: Sequence[Mapping[str, Any]], parties: Collection[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the events without those who are outside the agreement: what they alone did moves nothing in it."""
    outside = {party["code"] for party in parties if not counts(party)}.difference(contracting(parties))
    if not outside:
        return events
    kept = []
    for event in events:
        inside = [code for code in event.get("parties") or () if code not in outside]
        if inside or not event.get("parties"):
            kept.append({**event, "parties": inside})
    return kept


def laterality(codes: Collection[str]) -> str:
    """Return ``unilateral`` (1 party), ``bilateral``, ``plurilateral`` (3 to 10), ``multilateral``, ``unknown`` (0)."""
    count = len(set(codes))
    if count < 3:
        return ("unknown", "unilateral", "bilateral")[count]
    return "plurilateral" if count <= PLURILATERAL_LIMIT else "multilateral"
