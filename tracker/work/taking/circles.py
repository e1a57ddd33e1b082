"""What leads round in a circle, in the order in which it was said: relations of one type, focus areas under others."""

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


Closing = dict[tuple[str, str], dict[Reference, tuple[str, str]]]
"""Records by kind and name, each with what it must not refer to, the path where it does and what to say of that."""


class _Saying(NamedTuple):
    """Who says a relation."""

    ref: str
    received: bool
    """Whether it is said from the passive side."""


class Rounds:
    """What an import says in order that may lead round, to tell what closes a circle."""

    def __init__(self) -> None:
        self._said: dict[str, dict[Edge, _Saying]] = {}
        self._places: dict[str, str] = {}
        self._areas: dict[Edge, str] = {}
        """Codes of a focus area and of the one above it, with the place where that is said."""

    def note(self, document: Record, where: str) -> None:
        """Note the relations of a record that may lead round, or what stands above a focus area."""
        if document["record"] == "focus_area":
            if document["parent"]:
                self._areas[document["code"], document["parent"]] = where
            return
        if document["record"] != "agreement":
            return
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

    def refuse(self, change: Change) -> Iterator[tuple[str, tuple[str, str]]]:
        """Take what closes a circle out of a change that is not kept, so that what else is wrong shows.

        Yields where each stands, with its path and what to say of it.
        """
        for (kind, name), references in self.closing(change).items():
            for reference, problem in references.items():
                if kind == "focus_area":
                    yield self._areas[name, reference.name], problem
                    relations.drop_area(change, name)
                else:
                    yield self.place(name), problem
                    edge = (reference.name, name) if reference.received else (name, reference.name)
                    relations.drop(change, reference.relation, edge)

    def closing(self, change: Change) -> Closing:
        """Return the records that close a circle, with the references by which they do, and what to say of each."""
        found = self._above(change)
        try:
            relations.refuse_cycles(change)
        except InvalidRecord:
            for kind, said in self._said.items():
                before = [edge for edge in relations.edges(change, kind) if edge not in said]
                for edge in closing([*before, *said]):
                    if edge in said:
                        self._note(found, change, (kind, edge))
        return found

    def _above(self, change: Change) -> Closing:
        """Return the focus areas that were put under one below them."""
        if not self._areas:
            return {}
        before = [edge for edge in relations.area_edges(change.reader) if edge not in self._areas]
        found: Closing = {}
        for edge in closing([*before, *self._areas]):
            if edge in self._areas:
                area, above = edge
                message = relations.area_circle(change.reader, area)
                found["focus_area", area] = {Reference("focus_area", above): ("parent", message)}
        return found

    def _note(self, found: Closing, change: Change, relation: tuple[str, Edge]) -> None:
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
