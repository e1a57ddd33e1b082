"""Documents of the register: blank, complete, in order, and without what only a print holds.

The first key, ``record``, tells the kind. Which keys there are is declared in ``shapes``; an address names a shape,
as in ``agreement.events``. Nothing here validates: that is ``tracker.store.validation.models``.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.record import shapes
from tracker.record.types import Json, Record, Shape

KINDS = tuple(shapes.OBJECTS)
"""Kinds of objects, each with its documents."""

COLLECTIONS = {
    "focus_area": "focus_areas",
    "party": "parties",
    "person": "people",
    "family": "families",
    "source": "sources",
    "agreement": "agreements",
}
"""Kind to the key of its list in a whole export, in the order of an export."""

IDENTITY = {"agreement": "ref", "party": "code", "person": "id", "family": "id", "focus_area": "code", "source": "id"}
"""Kind to the key that names an object."""

FORMAT = 1
"""Version of the shape, written into exports and reports."""

KEYS = {address: shape.keys for address, shape in shapes.at().items()}
"""Keys in order of each object and, under ``kind.field``, of the objects inside it."""

LISTS = frozenset(field.key for shape in shapes.at().values() for field in shape.fields if field.listed)
"""Keys whose value is a list; a key that is a list in one object is one in all."""

MAPPINGS = frozenset(field.key for shape in shapes.at().values() for field in shape.fields if field.mapped)
"""Keys whose value is an object with keys of the user's own."""


def default(address: str, key: str) -> Json:
    """Return what a missing ``key`` stands for, fresh on every call."""
    return shapes.fields(address)[key].blank()


def blank(address: str) -> Record:
    """Make a new object of a kind, or of a part (``agreement.events``): every key in order, read-only ones left out."""
    return shapes.at()[address].blank()


def complete(document: Record, address: str | None = None) -> Record:
    """Fill in every missing key of a document and put all keys in order, inner objects included.

    ``address`` tells what it is where it has no ``record`` key. Read-only keys stay where they are given;
    keys that nobody knows follow at the end. Values are not judged.
    """
    address = address or str(document.get("record", "agreement"))
    filled: Record = {}
    for key, field in shapes.fields(address).items():
        if key in document:
            inside = shapes.inside(address, key)
            filled[key] = _inner(document[key], inside) if inside else document[key]
        elif not field.printed:
            filled[key] = field.blank()
    filled.update((key, value) for key, value in document.items() if key not in filled)
    return filled


def _inner(value: Json, address: str) -> Json:
    """Complete the objects in the value of a key."""
    if isinstance(value, list):
        return [_inner(item, address) for item in value]
    return complete(value, address) if isinstance(value, dict) else value


def strip_read_only(document: Record, address: str | None = None) -> Record:
    """Copy a document as export writes it: without the read-only keys."""
    address = address or str(document.get("record", "agreement"))
    known = shapes.fields(address)
    stripped: Record = {}
    for key, value in document.items():
        field = known.get(key)
        if field is None or not field.printed:
            inside = f"{address}.{key}"
            stripped[key] = _stripped(value, inside) if inside in _WITH_PRINTED else value
    return stripped


def _stripped(value: Json, address: str) -> Json:
    if not isinstance(value, list):
        return value
    return [strip_read_only(item, address) if isinstance(item, dict) else item for item in value]


_WITH_PRINTED = frozenset(
    address for address, shape in shapes.at().items() if any(field.printed for field in shape.fields)
)
"""Where an object has keys that only a print holds."""


class InPlace(NamedTuple):
    """An object written where its id stands."""

    kind: str
    holder: Record | list[str | Record]
    """The item or the list that holds it, under ``key``."""
    key: str | int
    value: Record
    path: str
    """Where it stands in the document: ``signatories[s1].person``, ``terms.duration.sources[1]``."""


def holds_in_place(shape: Shape, holder: Record) -> bool:
    """Tell whether any object is written in a complete document where its id may stand; of most there is none."""
    for key, kind, inner in _LEADING[shape.name]:
        value = holder[key]
        if not value:
            continue
        if kind:
            if type(value) is dict or (type(value) is list and dict in map(type, value)):
                return True
        elif isinstance(value, list):
            for item in value:
                if holds_in_place(inner, item):
                    return True
        elif holds_in_place(inner, value):
            return True
    return False


def in_place(shape: Shape, holder: Record) -> Iterator[InPlace]:
    """Yield the objects that are written in a complete document where ids may stand; not those inside them."""
    for key, kind, inner in _LEADING[shape.name]:
        value = holder[key]
        if not value:
            continue
        if kind:
            yield from _instead_of_ids(kind, holder, key)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                for given in in_place(inner, item):
                    name = (item["id"] if inner.numbered else None) or place
                    yield given._replace(path=f"{key}[{name}].{given.path}")
        elif isinstance(value, dict):
            for given in in_place(inner, value):
                yield given._replace(path=f"{key}.{given.path}")


def _instead_of_ids(kind: str, holder: Record, key: str) -> Iterator[InPlace]:
    value = holder[key]
    if type(value) is dict:
        yield InPlace(kind, holder, key, value, key)
    elif type(value) is list:
        for place, item in enumerate(value):
            if type(item) is dict:
                yield InPlace(kind, value, place, item, f"{key}[{place}]")


def _leading(shape: Shape) -> tuple[tuple[str, str, Shape], ...]:
    """Return the keys that lead to ids in whose place an object may stand, with its kind, or none, and its shape."""
    return tuple(
        (field.key, field.type.names if field.type.kind == "id" else "", field.type.shape)
        for field in shape.own_fields
        if field.type.shape and (field.type.kind == "id" or _leading(field.type.shape))
    )


_LEADING = {shape.name: _leading(shape) for shape in shapes.at().values()}
