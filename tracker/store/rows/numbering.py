"""Item ids: given to items that come without one, counted up within the agreement, never used again."""

from collections.abc import Mapping
from typing import Any

from tracker.record.differences import same
from tracker.store.rows.cells import Document
from tracker.store.rows.item_rows import LISTS, highest

NONE_GIVEN: Mapping[str, int] = dict.fromkeys(LISTS, 0)
"""The counters of an agreement that is not there yet."""


def numbered(document: dict[str, Any], stored: Document | None, counters: Mapping[str, int]) -> dict[str, Any]:
    """Return the document with an id on every item.

    An item without one that equals a stored item keeps that item's id, so that importing the same file again changes
    nothing; any other gets the number after the highest that the agreement ever gave.
    """
    given = {}
    for name, letter in LISTS.items():
        items = document[name]
        if any(item["id"] is None for item in items):
            former = stored[name] if stored else []
            given[name] = _with_ids(items, former, letter, counters[name])
    return {**document, **given} if given else document


def _with_ids(items: list[Document], former: list[Document], letter: str, counter: int) -> list[Document]:
    """Return the items, each with an id."""
    named = [item for item in items if item["id"] is not None]
    taken = {item["id"] for item in named}
    free = [item for item in former if item["id"] not in taken]
    counter = max(counter, highest(named), highest(former))
    done: list[Document] = []
    for item in items:
        if item["id"] is not None:
            done.append(item)
            continue
        equal = next((place for place, old in enumerate(free) if same({**item, "id": old["id"]}, old)), None)
        if equal is not None:
            done.append(free.pop(equal))
        else:
            counter += 1
            done.append({**item, "id": f"{letter}{counter}"})
    return done
