"""What cannot be taken cut out of a record, so that the rest can: the cell, else the item, else the whole record.

So is what leads round in a circle, in the order in which it was said: relations of one type, focus areas under others.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.errors import InvalidRecord
from tracker.record.document import IDENTITY
from tracker.record.relations import INVERSES, active
from tracker.record.shapes import OBJECTS
from tracker.record.types import Json, Record, Shape
from tracker.record.values import positions
from tracker.store.write import references
from tracker.store.write.change import Change
from tracker.work.taking.matching import Scratch

MOST = 100
"""How often what is left is checked again: a cell, then its item, may have to go."""

Problems = list[tuple[str, str]]
"""Path and message of each value that cannot be taken."""

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")

_GONE = object()

Edge = tuple[str, str]
"""The refs of the agreement that acts and of the other."""


class Reference(NamedTuple):
    """What a record must not refer to: an object of a kind, or in a relation of a type an agreement."""

    kind: str
    name: str
    relation: str = ""
    """Type of the one relation, in its active direction as the record says it, that is meant; none: all references."""
    received: bool = False
    """Whether the record says that relation from the passive side."""


Closing = dict[tuple[str, str], dict[Reference, tuple[str, str]]]
"""Records by kind and name, each with what it must not refer to, the path where it does and what to say of that."""


class _Place(NamedTuple):
    """One step of a path: what holds the value, under which key or number, and whether it cannot be left out there."""

    holder: Json
    key: Json
    text: str
    needed: bool = False


class _Saying(NamedTuple):
    """Who says a relation, and where."""

    ref: str
    received: bool
    """Whether it is said from the passive side."""
    where: str


SAID = "said"
"""Of the scratch's list with the relations that may lead round."""


class Rounds:
    """What an import says in order that may lead round, to tell what closes a circle."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        """Holds the relations until they are asked for: there may be very many, and of few imports they are."""
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
                self._scratch.append(SAID, [kind, edge, _Saying(ref, received, where)])

    def refuse(self, change: Change) -> Iterator[tuple[str, tuple[str, str]]]:
        """Take what closes a circle out of a change that is not kept, so that what else is wrong shows.

        Yields where each stands, with its path and what to say of it.
        """
        circles = self.closing(change)
        said = self._said() if circles else {}
        for (kind, name), closed in circles.items():
            for reference, problem in closed.items():
                if kind == "focus_area":
                    yield self._areas[name, reference.name], problem
                    references.drop_area(change, name)
                else:
                    edge = (reference.name, name) if reference.received else (name, reference.name)
                    yield said[reference.relation][edge].where, problem
                    references.drop(change, reference.relation, edge)

    def closing(self, change: Change) -> Closing:
        """Return the records that close a circle, with the references by which they do, and what to say of each."""
        found = self._above(change)
        try:
            references.refuse_cycles(change)
        except InvalidRecord:
            for kind, said in self._said().items():
                before = [edge for edge in references.edges(change, kind) if edge not in said]
                for edge in closing([*before, *said]):
                    if edge in said:
                        _note(found, change, (kind, edge), said[edge])
        return found

    def _said(self) -> dict[str, dict[Edge, _Saying]]:
        """Return who says each relation first, by type, in the order in which they were said."""
        found: dict[str, dict[Edge, _Saying]] = {}
        for kind, edge, saying in self._scratch.values(SAID):
            found.setdefault(kind, {}).setdefault(tuple(edge), _Saying(*saying))
        return found

    def _above(self, change: Change) -> Closing:
        """Return the focus areas that were put under one below them."""
        if not self._areas:
            return {}
        before = [edge for edge in references.area_edges(change.reader) if edge not in self._areas]
        found: Closing = {}
        for edge in closing([*before, *self._areas]):
            if edge in self._areas:
                area, above = edge
                message = references.area_circle(change.reader, area)
                found["focus_area", area] = {Reference("focus_area", above): ("parent", message)}
        return found


def _note(found: Closing, change: Change, relation: tuple[str, Edge], saying: _Saying) -> None:
    kind, edge = relation
    way = references.way_round(change, kind, edge)
    message = f"closes a circle: {way}; one of these relations is wrong"
    other = edge[0] if saying.received else edge[1]
    path = f"relations[{INVERSES[kind] if saying.received else kind} {other}]"
    found.setdefault(("agreement", saying.ref), {})[Reference("agreement", other, kind, saying.received)] = (
        path,
        message,
    )


def taken(
    content: Json, where: str, check: Callable[[Json, str], Record], *, sparing: bool
) -> tuple[Record | None, Problems]:
    """Return what ``check`` makes of a record without the values that it refuses, and these with their paths.

    No record comes back where it cannot stand without one of them, nor, unless ``sparing``, where any is refused.
    """
    refused: Problems = []
    tried: set[str] = set()
    for _ in range(MOST):
        try:
            return check(content, where), refused
        except InvalidRecord as error:
            refused += [problem for problem in error.problems if problem not in refused]
            if not sparing or not isinstance(content, dict):
                return None, refused
            content = _spared(content, error.problems, tried)
            if content is None:
                return None, refused
    return None, refused


def _spared(content: Record, problems: Problems, tried: set[str]) -> Record | None:
    """Return a record without what is refused; each time that a path comes again the next holder of it goes."""
    kind = content.get("record", "agreement")
    shape = OBJECTS.get(kind) if isinstance(kind, str) else None
    if shape is None:
        return None
    cut: set[tuple[int, Json]] = set()
    for path, _ in problems:
        places = [*_places(content, shape, path)]
        while places and (_has_to_stand(places[-1]) or _text(places) in tried):
            places.pop()
        if not places or (len(places) == 1 and places[0].key in ("record", "title", IDENTITY.get(kind))):
            return None
        tried.add(_text(places))
        cut.add((id(places[-1].holder), places[-1].key))
    done: Record = _without(content, cut)
    return done


def _has_to_stand(place: _Place) -> bool:
    return place.needed


def _text(places: list[_Place]) -> str:
    return ".".join(place.text for place in places)


def _places(content: Record, shape: Shape, path: str) -> Iterator[_Place]:
    """Yield the steps of a path as far as there is something."""
    holder: Json = content
    inner: Shape | None = shape
    for key, chosen in _STEP.findall(path):
        if not isinstance(holder, dict) or key not in holder:
            return
        field = next((field for field in inner.own_fields if field.key == key), None) if inner else None
        is_item = inner is not shape
        yield _Place(holder, key, key, field is not None and is_item and (field.required or key in _told(inner)))
        holder, inner = holder[key], field.type.shape if field else None
        if not chosen:
            continue
        if isinstance(holder, dict) and chosen in holder:
            yield _Place(holder, chosen, f"[{chosen}]")
            return
        found = positions(holder, key, chosen) if isinstance(holder, list) else []
        if not found:
            return
        yield _Place(holder, found[0], f"[{_mark(holder[found[0]])}]")
        holder = holder[found[0]]


def _told(shape: Shape | None) -> tuple[str, ...]:
    return (*shape.identity, shape.apart) if shape else ()


def _mark(item: Json) -> str:
    """Return by what an item is known again once others before it are gone."""
    return str(id(item)) if isinstance(item, dict) else repr(item)


def _without(value: Json, cut: Collection[tuple[int, Json]]) -> Json:
    """Copy a value without what is cut out of it; items that lose nothing stay the same objects."""
    if isinstance(value, dict):
        done = {key: _without(inner, cut) for key, inner in value.items() if (id(value), key) not in cut}
        return value if all(done.get(key, _GONE) is inner for key, inner in value.items()) else done
    if isinstance(value, list):
        return [_without(inner, cut) for place, inner in enumerate(value) if (id(value), place) not in cut]
    return value


def kept(document: Record, content: Record, before: Record, refused: Collection[str]) -> Record:
    """Return a record with what the register holds under the paths that were refused in ``content``.

    A refused value does not empty what is stored: the value, or the item that it stood in, stays as it is.
    """
    done = dict(document)
    fields = {field.key: field for field in OBJECTS[document["record"]].own_fields}
    for key in {path.partition(".")[0].partition("[")[0] for path in refused}:
        field = fields.get(key)
        if field is None:
            continue
        if not field.listed:
            done[key] = before[key] if done[key] is None or key in refused else done[key]
        elif (shape := field.type.shape) and isinstance(content.get(key), list):
            lost = _names(shape, content[key]) - _names(shape, done[key])
            done[key] = [*done[key], *(item for item in before[key] if _names(shape, [item]) & lost)]
    return done


def _names(shape: Shape, items: list[Json]) -> set[tuple[str, ...]]:
    """Return what tells the items of a list from others: their ids, or the keys that do where they have none."""
    keys = ("id",) if shape.numbered else shape.identity
    named = [tuple(_name(item.get(key) or "") for key in keys) for item in items if isinstance(item, dict)]
    return {name for name in named if any(name)}


def without_references(document: Record, missing: Collection[Reference]) -> Record:
    """Return a record that no longer refers to what is missing: without the item or the code that does."""
    kind = document["record"]
    name = IDENTITY[kind]
    led = _led(document, OBJECTS[kind], missing)
    return {**led, name: document[name]} if name in document else led  # its own name refers to nothing


def _led(holder: Record, shape: Shape, missing: Collection[Reference]) -> Record:
    done = dict(holder)
    for field in shape.own_fields:
        value = holder.get(field.key)
        if not value:
            continue
        inner = field.type.shape
        if field.type.kind == "object" and inner:
            if field.listed:
                done[field.key] = [_led(item, inner, missing) for item in value if not _is_cut(item, inner, missing)]
            elif isinstance(value, dict) and not field.mapped:
                done[field.key] = _led(value, inner, missing)
        elif field.type.names and field.listed:
            done[field.key] = [item for item in value if Reference(field.type.names, _name(item)) not in missing]
        elif field.type.names and Reference(field.type.names, _name(value)) in missing:
            done[field.key] = None
    return done


def _is_cut(item: Record, shape: Shape, missing: Collection[Reference]) -> bool:
    """Whether an item is nothing without what it refers to."""
    if shape.name == "relation" and item["target"]:
        kind, received = active(item["type"])
        if Reference("agreement", item["target"], kind, received) in missing:
            return True
    for field in shape.own_fields:
        value = item.get(field.key)
        if not field.type.names or not value:
            continue
        if field.listed:
            named = [Reference(field.type.names, _name(one)) in missing for one in value]
            if field.key == "parties" and all(named):
                return True
        elif Reference(field.type.names, _name(value)) in missing and (field.required or field.key in shape.identity):
            return True
    return False


def _name(value: Json) -> str:
    return str(value.get("id")) if isinstance(value, dict) else str(value)


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
