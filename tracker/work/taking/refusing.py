"""What cannot be taken cut out of a record, so that the rest can: the cell, else the item, else the whole record."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from tracker.errors import InvalidRecord
from tracker.record.document import IDENTITY
from tracker.record.relations import active
from tracker.record.shapes import OBJECTS
from tracker.record.types import Json, Record, Shape
from tracker.record.values import positions

MOST = 100
"""How often what is left is checked again: a cell, then its item, may have to go."""

Problems = list[tuple[str, str]]
"""Path and message of each value that cannot be taken."""

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")


class Reference(NamedTuple):
    """What a record must not refer to: an object of a kind, or in a relation of a type an agreement."""

    kind: str
    name: str
    relation: str = ""
    """Type of the one relation, in its active direction as the record says it, that is meant; none: all references."""
    received: bool = False
    """Whether the record says that relation from the passive side."""


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


class _Place(NamedTuple):
    """One step of a path: what holds the value, under which key or number, and whether it cannot be left out there."""

    holder: Json
    key: Json
    text: str
    needed: bool = False


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


_GONE = object()


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
