"""What completes a path into the record that a line is about, key by key, and the value behind it.

A list of objects goes on with one of its items: ``events[e1].``; so does what holds keys inside: ``terms.``
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.read.file.connection import Reader
from tracker.read.lookup.completion import Offer
from tracker.record import paths, shapes, values
from tracker.record.types import Field, Json, Record, Type
from tracker.shell.completion import words
from tracker.shell.completion.place import Place
from tracker.shell.completion.store import Store

TOLD = 60
"""Characters of a value that is shown beside its path."""

KINDS = {"signatory": "person", "focus": "focus_area"}
"""What a person calls a kind of object, where the declaration has another name."""

NAMED = {"person": "signatory", "focus_area": "focus", "agreement": "ref"}


class _At(NamedTuple):
    """An object inside the record: the path to it, what it holds, and its declaration."""

    before: str
    holder: Json
    fields: Mapping[str, Field]


def asked(store: Store, place: Place, incomplete: str) -> Iterator[Offer]:
    """Yield the paths of which one can ask why: all of the record, and what is derived."""
    if "." not in incomplete and "[" not in incomplete:
        yield from (("binding", "the binding status"), ("status", "what holds today"))
        yield from _short_names()
    yield from _paths(store, place, incomplete, printed=True)


def claimed(store: Store, place: Place, incomplete: str) -> Iterator[Offer]:
    """Yield the paths about which a source can say something."""
    if "." not in incomplete and "[" not in incomplete:
        yield from ((name, "derived from the acts and the terms") for name in paths.CLAIMABLE)
        yield paths.TOPIC, "something that no field holds"
        yield from _short_names()
    yield from _paths(store, place, incomplete)


def own(store: Store, place: Place, incomplete: str) -> Iterator[Offer]:
    """Yield the paths that can be written."""
    return _paths(store, place, incomplete)


def with_value(store: Store, place: Place, incomplete: str) -> Iterator[Offer]:
    """Yield the paths that can be set, each with its equals sign, and behind it the values that a path takes."""
    path, equals, typed = incomplete.partition("=")
    if equals:
        yield from ((f"{path}={value}", told) for value, told in _values_of(store, place, path, typed))
    else:
        for offer, told in _paths(store, place, incomplete):
            if offer.endswith(".") or not _is_list_of_objects(offer, place):
                yield _assigned(offer), told


def list_with_value(store: Store, place: Place, incomplete: str) -> Iterator[Offer]:
    """Yield the lists to which something can be added, and behind the equals sign what they take."""
    path, equals, typed = incomplete.partition("=")
    if equals:
        yield from ((f"{path}={value}", told) for value, told in _values_of(store, place, path, typed))
        return
    for offer, told in _paths(store, place, incomplete, items=False):
        if offer.endswith(".") or _is_list(offer, place):
            yield _assigned(offer), told


def value(store: Store, place: Place, incomplete: str) -> Iterator[Offer]:
    """Yield the values that the path before takes."""
    return _values_of(store, place, place.arguments[1], incomplete)


def events(store: Store, place: Place, _: str) -> Iterator[Offer]:
    """Yield the ids of the events of the record."""
    for item in _record(store, place).get("events") or ():
        yield str(item["id"]), _told(f"{item['kind']} {item.get('date') or ''}")


def _short_names() -> Iterator[Offer]:
    return ((name, path) for name, path in paths.SHORT_NAMES.items() if name != path)


def _assigned(path: str) -> str:
    return path if path.endswith((".", "[")) else f"{path}="


def _is_list(path: str, place: Place) -> bool:
    """Whether several values stand at a path that is offered."""
    last = paths.parse(path, _kind(place)).last
    return (last.listed or last.mapped) and last.selector is None


def _is_list_of_objects(path: str, place: Place) -> bool:
    return _is_list(path, place) and paths.parse(path, _kind(place)).last.field.type.kind == "object"


def _kind(place: Place) -> str:
    group = place.path.partition(" ")[0]
    return KINDS.get(group, group) if " " in place.path else "agreement"


def _record(store: Store, place: Place) -> Record:
    """Return the record that the line is about; nothing where it is not found, or none is named."""
    name, kind = next(iter(place.arguments), ""), _kind(place)
    return (store.asked(lambda reader: _read(reader, kind, name)) if name else None) or {}


def _read(reader: Reader, kind: str, name: str) -> Record:
    from tracker.clock import today

    if kind == "agreement":
        from tracker.read.lookup import refs
        from tracker.read.records import agreements

        return agreements.record(reader, refs.resolve(reader, name), today().isoformat())
    from tracker.read.records import catalogue, documents

    return documents.document(reader, kind, catalogue.SHELVES[kind].find(reader, name))


def _paths(
    store: Store, place: Place, incomplete: str, *, printed: bool = False, items: bool = True
) -> Iterator[Offer]:
    """Yield the paths that begin so, one key further: fields, and the items that the record holds."""
    at = _inside(_record(store, place), _kind(place), incomplete)
    for key, field in at.fields.items() if at else ():
        if field.type.kind == "record" or (field.printed and not printed):
            continue
        held = at.holder.get(key) if at and isinstance(at.holder, dict) else None
        path = f"{at.before}{key}" if at else key
        yield from _offers(path, field, held, items=items)


def _offers(path: str, field: Field, held: Json, *, items: bool) -> Iterator[Offer]:
    """Yield the path of a field, and those of the items that it holds."""
    has_keys = field.type.kind == "object"
    if has_keys and not field.listed:
        yield f"{path}.", field.meaning
        return
    yield path, _told(values.spelled(held)) if field.says(held) and not has_keys else field.meaning
    if field.mapped and isinstance(held, dict):
        yield from ((f"{path}[{key}]", _told(str(inner))) for key, inner in held.items())
    elif has_keys and items and isinstance(held, list):
        for item in held:
            yield f"{path}[{values.selector(held, field.key, item)}].", _of_item(item)


def _of_item(item: Json) -> str:
    """Return a few words of what an item says."""
    if not isinstance(item, dict):
        return _told(str(item))
    said = (str(text) for key, text in item.items() if key != "id" and isinstance(text, str))
    return _told(" ".join(said))


def _inside(record: Record, kind: str, incomplete: str) -> _At | None:
    """Return the object in which the last key of a path is typed; None where the path leads nowhere."""
    before = incomplete[: _last_dot(incomplete) + 1]
    if not before:
        return _At("", record, shapes.fields(kind))
    try:
        path = paths.parse(before.removesuffix("."), kind)
    except paths.PathError:
        return None
    reached = next(values.values(record, path), None) if record else None
    return _At(before, reached, shapes.fields(path.last.inner))


def _last_dot(text: str) -> int:
    """Return the place of the last dot outside of brackets."""
    depth, last = 0, -1
    for at, char in enumerate(text):
        depth += (char == "[") - (char == "]")
        if char == "." and not depth:
            last = at
    return last


def _values_of(store: Store, place: Place, path: str, incomplete: str) -> Iterator[Offer]:
    """Yield what a path takes: the words of its list, or objects of the store."""
    try:
        type_ = paths.parse(path, _kind(place)).last.field.type
    except paths.PathError:
        return
    if type_.codes:
        yield from words.of_list(type_.codes)
    elif type_.kind == "flag":
        yield from (("true", ""), ("false", ""))
    elif named := _named(type_):
        yield from store.values(named, incomplete)


def _named(type_: Type) -> str:
    """Return the kind of object that a value names, or the first key of what may be written in its place."""
    kind = type_.names
    if not kind and type_.shape and type_.shape.identity:
        first = type_.shape.identity[0]
        kind = next((field.type.names for field in type_.shape.fields if field.key == first), "")
    return NAMED.get(kind, kind) if kind in shapes.OBJECTS else ""


def _told(text: str) -> str:
    return text if len(text) <= TOLD else f"{text[: TOLD - 1]}…"
