"""The instrument whose entry into force an agreement waits for, as its record names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import EntryIntoForce, Relation

CONDITION = "entry_of_other_instrument"
TIED = ("concluded_under", "annexed_to", "implements", "supplements", "amends", "extends", "signed_together_with")
"""Relations that may name the instrument that is waited for."""


def waits_for_another(clause: EntryIntoForce | None) -> bool:
    """Tell whether an agreement enters into force together with another one."""
    return clause is not None and clause.get("condition") == CONDITION


def mentioned(clause: EntryIntoForce | None, own: str) -> set[str]:
    """Return the words of the note, without the ref of the agreement itself; refs may be among them."""
    note = (clause.get("note") if clause else None) or ""
    return {word.strip(".,;:()'\"").lower() for word in note.split()} - {own}


def awaited(clause: EntryIntoForce | None, relations: Sequence[Relation], own: str = "") -> list[str]:
    """Return the refs of related agreements that may be waited for: those named in the note, else those tied to it."""
    words = mentioned(clause, own)
    targets = [(item["type"], item["target"]) for item in relations if item["target"]]
    named = [target for _, target in targets if target in words]
    return list(dict.fromkeys(named or [target for kind, target in targets if kind in TIED]))
