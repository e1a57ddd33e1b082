"""Two documents of one kind made one: what the one that stays takes over, and what of the other is left behind."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tracker.record.merging.overlay import Overlay, union
from tracker.record.merging.replace import Swap, swapped
from tracker.record.shapes import OBJECTS
from tracker.record.types import Field
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
"""Kinds whose names are all kept as aliases, and what makes two names of each the same."""


def combine(swap: Swap, gone: Document, kept: Document) -> Combined:
    """Return ``kept`` with the names of ``gone`` as aliases, what it lacked, and both notes; ``kept`` goes before."""
    combining = _Combining(swap)
    document = combining.object(OBJECTS[swap.kind], kept, gone)
    done = Combined(document, [], combining.filled, combining.left)
    _without_itself(done.document, swap)
    if swap.kind in _KEYS:
        done.document["aliases"] = kept["aliases"]
        _take_names(done, swap, gone)
    return done


class _Combining(Overlay):
    def __init__(self, swap: Swap) -> None:
        self.swap = swap
        self.filled: list[str] = []
        self.left: list[tuple[str, Any]] = []

    def value(self, field: Field, held: Any, said: Any, path: str) -> Any:
        if field.key == "parent" and said not in (None, held, self.swap.kept):
            self.left.append((path, said))
        return held if said == self.swap.kept else super().value(field, held, said, path)

    def taken(self, path: str, said: Any) -> Any:
        self.filled.append(path)
        return said

    def differing(self, field: Field, path: str, held: Any, said: Any) -> Any:
        if self.swap.kind not in _KEYS or field.key not in ("name", "names"):  # these become aliases
            self.left.append((path, said))
        return held

    def items(self, field: Field, held: Any, said: list[Any], path: str) -> list[Any]:  # noqa: ARG002 - see Overlay
        return union(held, swapped(said, self.swap))


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
