"""Two documents of one object compared: what changed, by the paths of the record."""

import json
from collections.abc import Iterator, Mapping, Sequence

from tracker.record.types import Json, Record
from tracker.record.values import names_of

_written = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

Difference = tuple[str, Json, Json]
"""Path, old value, new value; None where the item or value was not there."""


def differences(old: Mapping[str, Json], new: Mapping[str, Json]) -> list[Difference]:
    """Return what differs between two complete documents, in the order of their keys."""
    return list(_objects("", old, new))


def same(one: Json, other: Json) -> bool:
    """Whether two values are written the same: ``true`` is not ``1``, nor is ``1.0``, as Python has it.

    What is equal, as most is of a file that is imported again, is told at once by its text, key by key where it is not.
    """
    if isinstance(one, dict) and isinstance(other, dict) and _written(one) == _written(other):
        return True
    return _is_same(one, other)


def _is_same(one: Json, other: Json) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return bool(one == other)


def _objects(prefix: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Difference]:
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if same(before, after):
            continue
        path = f"{prefix}.{key}" if prefix else key
        if isinstance(before, dict) and isinstance(after, dict):
            keyed = key in ("titles", "names")
            yield from _map(path, before, after) if keyed else _objects(path, before, after)
        elif _holds_objects(before) or _holds_objects(after):
            yield from _lists(path, key, before or [], after or [])
        else:
            yield path, before, after


def _map(path: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Difference]:
    """Compare texts by language."""
    for key in {**old, **new}:
        if not same(old.get(key), new.get(key)):
            yield f"{path}[{key}]", old.get(key), new.get(key)


def _lists(path: str, key: str, old: Sequence[Json], new: Sequence[Json]) -> Iterator[Difference]:
    """Compare lists of objects item by item; a mere change of order is told as the lists of names."""
    before, after = _named(key, old), _named(key, new)
    for name in {**before, **after}:
        was, is_now = before.get(name), after.get(name)
        if same(was, is_now):
            continue
        if was is None or is_now is None:
            yield f"{path}[{name}]", was, is_now
        else:
            yield from _objects(f"{path}[{name}]", was, is_now)
    stayed = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if stayed != order:
        yield path, stayed, order


def _named(key: str, items: Sequence[Json]) -> Record:
    """Return the items by the name that chooses each alone; a further one of the same names by its place."""
    named: Record = {}
    for place, item in enumerate(items):
        names = [name for name in names_of(key, item) if name]
        free = next((name for name in names if name not in named), None)
        named[free if free is not None else str(place)] = item
    return named


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
