"""Values for every declared field, made from its example; a second one that says otherwise; where each stands."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.record import shapes
from tracker.record.types import Field, Shape

Document = dict[str, Any]

EITHER = {
    "binding_view": ("party", "authority"),
    "depositary": ("code", "name"),
    "relation": ("target", "target_title"),
}
"""Shapes of which one key or the other is set: an item for each."""

FITTING: dict[tuple[str, str], Any] = {
    ("agreement", "ref"): "whole",
    ("agreement", "title"): "Arrangement on the supply of parts",
    ("event", "kind"): "other",
    ("source", "id"): "un-treaty-collection",
    ("source", "title"): "UN Treaty Collection",
    ("person", "id"): "hamada-yasukazu",
    ("person", "name"): "Hamada Yasukazu",
    ("family", "id"): "sosa",
    ("family", "name"): "Security of supply arrangements",
    ("focus_area", "code"): "gliders",
    ("focus_area", "label"): "Gliders",
    ("party", "code"): "org-gliders",
    ("party", "kind"): "organisation",
    ("party", "alpha_2"): None,
    ("party", "numeric"): None,
    ("evidence", "text"): "called non-binding",
    ("relation", "target"): "bare",
    ("source", "sha256"): "a" * 64,
    ("duration", "kind"): "fixed_term",
    ("agreement", "origin"): None,
}
"""Values that hold together, where the example is one for itself; None: left out."""


class Place(NamedTuple):
    """A field of an agreement or of an object, and the address of the shape that it stands in."""

    address: str
    shape: Shape
    field: Field

    @property
    def keys(self) -> list[str]:
        """The keys that lead to it from the top."""
        return [*self.address.split(".")[1:], self.field.key]

    @property
    def kind(self) -> str:
        """The kind of object in which it stands."""
        return self.address.partition(".")[0]

    @property
    def is_identity(self) -> bool:
        """Whether it is what tells one object or item from others."""
        return self.field.unite == "never" or self.field.key in self.shape.identity

    def __str__(self) -> str:
        """Return the path for the names of tests."""
        return f"{self.address}.{self.field.key}"


def places() -> Iterator[Place]:
    """Yield every declared field that can be set and holds a value of its own."""
    for address, shape in shapes.at().items():
        if any(field.printed for field in _way(address)):
            continue
        for field in shape.own_fields:
            leaf = field.type.kind not in ("record", "object") or field.type.many == "mapping" or _is_origin(field)
            if leaf and value(shape, field) is not None:
                yield Place(address, shape, field)


def _is_origin(field: Field) -> bool:
    return field.key == "origin"


def _way(address: str) -> Iterator[Field]:
    holder = ""
    for key in address.split("."):
        if holder and key in shapes.fields(holder):
            yield shapes.fields(holder)[key]
        holder = f"{holder}.{key}" if holder else key


def made(shape: Shape) -> Document:
    """Return an object with something under every key, but the keys that exclude each other."""
    document: Document = {}
    for field in shape.own_fields:
        found = value(shape, field)
        if found is not None:
            document[field.key] = found
    return document


def items(shape: Shape) -> list[Document]:
    """Return items with something under every key: one, or one for each key of which only one is set."""
    keys = EITHER.get(shape.name)
    if keys is None:
        return [made(shape)]
    return [{key: found for key, found in made(shape).items() if key not in keys or key == one} for one in keys]


def value(shape: Shape, field: Field) -> Any:
    """Return a value of a field: one that fits the others, its example, or what its type allows."""
    name, inner = (shape.name, field.key), field.type.shape
    if name in FITTING:
        return FITTING[name]
    if field.type.kind == "object" and inner and field.type.many != "mapping":
        return items(inner) if field.listed else made(inner)
    return _alone(field) if field.example is None else field.example


def _alone(field: Field) -> Any:
    """Return a value for a field without an example."""
    if field.type.kind == "code":
        return field.type.words[0]
    known = {"date": "2021-02-03", "record": field.default, "party": "GBR", "text": f"some {field.label}"}
    single = known.get(field.type.kind)
    return [single] if field.listed and single else single


def skeleton(shape: Shape, document: Document) -> Document:
    """Return an object of which only what tells it and its items apart is kept."""
    kept: Document = {}
    for field in shape.own_fields:
        found = document.get(field.key)
        inner = field.type.shape
        if found is None:
            continue
        if field.type.kind == "object" and inner and field.listed and inner.identity:
            kept[field.key] = [skeleton(inner, item) for item in found]
        elif field.type.kind == "object" and inner and not field.listed and field.key != "origin":
            kept[field.key] = skeleton(inner, found)
        elif field.unite == "never" or field.key in (*shape.identity, "title") or (field.required and not field.listed):
            kept[field.key] = found
    return kept


def otherwise(shape: Shape, document: Document) -> Document:
    """Return an object that says something else wherever two of one identity can."""
    done = dict(document)
    for field in shape.own_fields:
        found, inner = document.get(field.key), field.type.shape
        if found is None or field.unite in ("never", "own") or field.key in shape.identity:
            continue
        if field.type.kind == "object" and inner and field.listed:
            done[field.key] = [otherwise(inner, item) for item in found] if inner.identity else found
        elif field.type.kind == "object" and inner and not field.type.many and field.key != "origin":
            done[field.key] = otherwise(inner, found)
        elif (other := _other(field, found)) is not None:
            done[field.key] = other
    return done


def _other(field: Field, found: Any) -> Any:
    if field.mapped:
        return {key: f"another {text}" for key, text in found.items()}
    single = found[0] if isinstance(found, list) else found
    kinds: dict[str, Any] = {"date": "1999-08-07", "period": "P3M", "flag": found is not True, "language": "de"}
    if field.type.kind == "text" and field.type.pattern.startswith("^[^\\x00]*"):
        other: Any = f"another {single}"
    elif field.type.kind == "code":
        words = (word for word in reversed(field.type.words) if word not in (single, field.default, "unknown"))
        other = next(words, None)
    elif field.type.kind == "count":
        other = single + 1
    elif field.type.kind == "party":
        other = "GBR"
    elif field.type.kind == "focus_area":
        other = "cyber"
    else:
        other = kinds.get(field.type.kind)
    return [other] if isinstance(found, list) and other is not None else other


def reached(document: Any, keys: list[str]) -> list[Any]:
    """Return every value that keys lead to, through all items of the lists on the way."""
    if isinstance(document, list):
        return [found for item in document for found in reached(item, keys)]
    if not keys or document is None:
        return [document]
    return reached(document.get(keys[0]), keys[1:]) if isinstance(document, dict) else []


def flat(values: list[Any]) -> list[Any]:
    """Return values with those of lists one by one, and without what says nothing."""
    found = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [one for one in found if one not in (None, {})]
