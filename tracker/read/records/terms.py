"""The terms of an agreement: their JSON column, completed to all keys in order, with the sources that each rests on."""

from collections.abc import Mapping
from json import loads
from typing import Any

from tracker.table import Record

ENTRY: Record = {
    "condition": "unknown",
    "number": None,
    "period": None,
    "parties": [],
    "date": None,
    "late_joiners": None,
    "note": None,
}
DURATION: Record = {"kind": "unknown", "period": None, "until": None, "renewal_period": None, "note": None}
NOTICE: Record = {
    "kind": None,
    "period": None,
    "counted_from": None,
    "earliest": None,
    "method": None,
    "provision": None,
    "note": None,
}
SURVIVAL: Record = {"period": None, "scope": None, "note": None}

Cited = Mapping[tuple[int, str], list[str]]


def terms(stored: str, agreement: int, cited: Cited) -> Record:
    """Return the terms as the record prints them; ``cited`` holds sources by agreement and owner."""
    if stored == "{}":
        return {"entry_into_force": None, "duration": None, "notices": [], "survival": None}
    held = loads(stored)

    def part(name: str, shape: Record, value: Record | None) -> Record | None:
        if value is None:
            return None
        filled = {key: value.get(key, default) for key, default in shape.items()}
        return {**filled, "sources": list(cited.get((agreement, f"terms.{name}"), []))}

    notices: list[Any] = held.get("notices") or []
    return {
        "entry_into_force": part("entry_into_force", ENTRY, held.get("entry_into_force")),
        "duration": part("duration", DURATION, held.get("duration")),
        "notices": [part(f"notices[{number}]", NOTICE, notice) for number, notice in enumerate(notices)],
        "survival": part("survival", SURVIVAL, held.get("survival")),
    }
