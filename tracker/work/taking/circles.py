"""Relations of one type that lead round in a circle: which of them closes it, in the order in which they were said."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.errors import InvalidRecord
from tracker.record.relations import INVERSES, active
from tracker.record.types import Record
from tracker.store.write import relations
from tracker.store.write.change import Change
from tracker.work.taking.refusing import Reference

Edge = tuple[str, str]
"""The refs of the agreement that acts and of the other."""


class _Saying(NamedTuple):
    """Who says a relation."""

    ref: str
    received: bool
    """Whether it is said from the passive side."""


class Rounds:
    """The relations that an import says, in order, to tell which of them closes a circle."""

    def __init__(self) -> None:
        self._said: dict[str, dict[Edge, _Saying]] = {}
        self._places: dict[str, str] = {}

    def note(self, document: Record, where: str) -> None:
        """Note the relations of a record that may lead round."""
        ref = document["ref"]
        for relation in document["relations"]:
            kind, received = active(relation["type"])
            if kind in INVERSES and relation["target"]:
                edge = (relation["target"], ref) if received else (ref, relation["target"])
                self._said.setdefault(kind, {}).setdefault(edge, _Saying(ref, received))
                self._places[ref] = where

    def place(self, ref: str) -> str:
        """Return where a record stands that says such a relation."""
        return self._places.get(ref, ref)

    def closing(self, change: Change) -> dict[tuple[str, str], dict[Reference, tuple[str, str]]]:
        """Return the records that close a circle, with the relations by which they do, and what to say of each."""
        found: dict[tuple[str, str], dict[Reference, tuple[str, str]]] = {}
        try:
            relations.refuse_cycles(change)
        except InvalidRecord:
            for kind, said in self._said.items():
                before = [edge for edge in relations.edges(change, kind) if edge not in said]
                for edge in closing([*before, *said]):
                    if edge in said:
                        self._note(found, change, (kind, edge))
        return found

    def _note(
        self, found: dict[tuple[str, str], dict[Reference, tuple[str, str]]], change: Change, relation: tuple[str, Edge]
    ) -> None:
        kind, edge = relation
        ref, received = self._said[kind][edge]
        way = relations.way_round(change, kind, edge)
        message = f"closes a circle: {way}; one of these relations is wrong"
        reference = Reference("agreement", edge[0] if received else edge[1], kind, received)
        found.setdefault(("agreement", ref), {})[reference] = f"relations[{kind} {edge[1]}]", message


def closing(edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges that close a circle with those before them; without them there is none."""
    ahead: dict[str, list[str]] = defaultdict(list)
    listed = list(dict.fromkeys(edges))
    for start, end in listed:
        ahead[start].append(end)
    knot = _knots(ahead)
    kept: dict[str, list[str]] = defaultdict(list)
    found = []
    for start, end in listed:
        if start != end and knot[start] != knot[end]:
            continue
        if _leads(kept, end, start):
            found.append((start, end))
        else:
            kept[start].append(end)
    return found


def _leads(ahead: Mapping[str, list[str]], start: str, end: str) -> bool:
    """Whether a way leads from one agreement to another, or they are the same."""
    seen, waiting = {start}, [start]
    while waiting:
        ref = waiting.pop()
        if ref == end:
            return True
        new = [target for target in ahead.get(ref, ()) if target not in seen]
        seen.update(new)
        waiting += new
    return False


def _knots(ahead: Mapping[str, list[str]]) -> dict[str, int]:
    """Number each agreement by those from which a way leads there and back (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    knot: dict[str, int] = {}
    stack: list[str] = []
    for root in list(ahead):
        if root in index:
            continue
        ways: list[tuple[str, Iterator[str]]] = [_entered(root, ahead, index, low, stack)]
        while ways:
            ref, targets = ways[-1]
            target = next(targets, None)
            if target is None:
                ways.pop()
                if ways:
                    above = ways[-1][0]
                    low[above] = min(low[above], low[ref])
                if low[ref] == index[ref]:
                    _close(ref, stack, knot)
            elif target not in index:
                ways.append(_entered(target, ahead, index, low, stack))
            elif target not in knot:
                low[ref] = min(low[ref], index[target])
    return knot


def _entered(
    ref: str, ahead: Mapping[str, list[str]], index: dict[str, int], low: dict[str, int], stack: list[str]
) -> tuple[str, Iterator[str]]:
    index[ref] = low[ref] = len(index)
    stack.append(ref)
    return ref, iter(ahead.get(ref, ()))


def _close(ref: str, stack: list[str], knot: dict[str, int]) -> None:
    number = len(knot)
    while True:
        member = stack.pop()
        knot[member] = number
        if member == ref:
            return
