"""Two documents of one kind made one: what the one that stays takes over, and what of the other is left behind."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tracker.record.document import IDENTITY
from tracker.record.replace import Swap, join, swapped
from tracker.store.schema import builtin
from tracker.text.names import fold

Document = dict[str, Any]


class Combined(NamedTuple):
    """The document that stays; spellings and fields that it took over; what it has otherwise and was not taken."""

    document: Document
    aliases: list[str]
    filled: list[str]
    left: list[tuple[str, Any]]


_KEYS: dict[str, Callable[[Document], set[str]]] = {"party": builtin.party_keys, "person": builtin.person_keys}
_NAMES = ("name", "label", "title")
_UNSAID = {"source": {"kind": "unknown"}}
"""Codes that say no more than null."""


def combine(swap: Swap, gone: Document, kept: Document) -> Combined:
    """Return ``kept`` with the names of ``gone`` as aliases, what it lacked, and both notes; ``kept`` goes before."""
    done = Combined(dict(kept), [], [], [])
    for key, value in gone.items():
        if key in ("record", IDENTITY[swap.kind], "aliases") or value in (None, [], {}):
            continue
        if key in _NAMES:
            if swap.kind not in _KEYS and value != kept[key]:
                done.left.append((key, value))
        elif key == "names":
            done.document[key] = {**value, **kept[key]}
        elif key == "note":
            done.document[key] = join(kept[key], value)
        elif isinstance(value, list):
            done.document[key] = _joined(swap, kept[key], value)
        else:
            _scalar(done, swap, key, value)
    _without_itself(done.document, swap)
    if swap.kind in _KEYS:
        _take_names(done, swap, gone)
    return done


def _scalar(done: Combined, swap: Swap, key: str, value: Any) -> None:
    held = done.document[key]
    if value in (held, swap.kept):
        return
    unsaid = _UNSAID.get(swap.kind, {}).get(key)
    if held in (None, unsaid) and key != "parent":
        done.document[key] = value
        done.filled.append(key)
    elif value != unsaid:
        done.left.append((key, value))


def _joined(swap: Swap, held: list[Any], more: list[Any]) -> list[Any]:
    """Both lists, without what stands in both."""
    return [*held, *(item for item in swapped(more, swap) if item not in held)]


def _without_itself(document: Document, swap: Swap) -> None:
    """Nothing refers to itself: what led from one of the two to the other is no more."""
    if swap.kind == "party":
        pair = (swap.gone, swap.kept)
        document["successors"] = [code for code in document["successors"] if code not in pair]
        document["members"] = [item for item in document["members"] if item["code"] not in pair]
    elif swap.kind == "source" and document["reprint_of"] in (swap.gone, swap.kept):
        document["reprint_of"] = None


def _take_names(done: Combined, swap: Swap, gone: Document) -> None:
    """Keep every spelling under which the one that goes was found; of parties also the code."""
    spellings = [gone["name"], *gone.get("names", {}).values(), *gone["aliases"]]
    if swap.kind == "party":
        spellings.append(gone["code"])
    known = _KEYS[swap.kind](done.document)
    for spelling in spellings:
        if fold(spelling) not in known:
            done.aliases.append(spelling)
            known |= _KEYS[swap.kind]({"code": "", "id": "", "name": spelling})
    done.document["aliases"] = [*done.document["aliases"], *done.aliases]
