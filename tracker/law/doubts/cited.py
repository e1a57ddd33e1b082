"""The sources that a record names, wherever they stand in it."""

from collections.abc import Mapping
from typing import Any

from tracker.record.shapes import AGREEMENT, SOURCES

_SOURCED = tuple(
    [field.key for field in AGREEMENT.own_fields if field.listed and SOURCES in getattr(field.type.shape, "fields", ())]
)
"""Lists of items that rest on sources of their own."""


def cited(record: Mapping[str, Any]) -> set[str]:
    """Return the sources that a record names anywhere."""
    found = {citation["source"] for citation in record["sources"]}
    for key in _SOURCED:
        for item in record[key]:
            found.update(item["sources"])
    for part in (record["terms"], *[claim["value"] for claim in record["claims"]]):
        found |= _named_in(part)
    return found


def _named_in(value: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "sources" and isinstance(inner, list):
                found.update(item if isinstance(item, str) else item["source"] for item in inner)
            elif inner:
                found |= _named_in(inner)
    elif isinstance(value, list):
        for inner in value:
            found |= _named_in(inner)
    return found
