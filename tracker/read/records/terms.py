"""The terms of an agreement: their JSON column, completed to all keys in order, with the sources that each rests on."""

from collections.abc import Mapping
from json import loads

from tracker.record.shapes import SOURCES, TERMS
from tracker.record.types import Json, Record, Shape

_KEYS = [(field.key, field.listed) for field in TERMS.fields]

Cited = Mapping[tuple[int, str], list[str]]


def terms(stored: str, agreement: int, cited: Cited) -> Record:
    """Return the terms as the record prints them; ``cited`` holds sources by agreement and owner."""
    if stored == "{}":
        return {key: [] if listed else None for key, listed in _KEYS}
    kept = loads(stored)
    return {
        field.key: _part(field.type.shape, kept.get(field.key) or field.blank(), f"terms.{field.key}", agreement, cited)
        for field in TERMS.fields
    }


def _part(shape: Shape | None, value: Json, name: str, agreement: int, cited: Cited) -> Json:
    """Return a term in full, or each of a list; null stays null."""
    if isinstance(value, list):
        return [_part(shape, item, f"{name}[{at}]", agreement, cited) for at, item in enumerate(value)]
    if value is None or shape is None:
        return value
    part = {field.key: value[field.key] if field.key in value else field.blank() for field in shape.fields}
    for field in shape.fields:
        if field.type.kind == "object" and part[field.key] is not None:
            part[field.key] = _part(field.type.shape, part[field.key], f"{name}.{field.key}", agreement, cited)
    part[SOURCES.key] = list(cited.get((agreement, name), ()))
    return part
