"""What of a record is its keeper's own, and how it looks without: as others may read it.

The declaration says of each field whether it is private. A claim about what is private is private too.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from re import compile as pattern
from typing import Final, NamedTuple

from tracker.record import shapes
from tracker.record.paths import PathError, parse
from tracker.record.types import Field, Json, Record

NOTES, OWN_FIELDS, ORIGIN, FILES = "notes", "x", "origin", "files"

PARTS: Final[Mapping[str, str]] = {
    NOTES: "notes, of records and of what is in them",
    OWN_FIELDS: "own fields",
    ORIGIN: "names of imported files",
    FILES: "addresses of files on this machine",
}
"""What is private, and what people call it."""

_ON_THIS_MACHINE = pattern(r"(?i)(file:|/|~|\.{1,2}/|[a-z]:[\\/]|\\\\)")


class Kept(NamedTuple):
    """What is published although it is private."""

    parts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Own fields by name, where not all of them are."""

    def field(self, name: str) -> bool:
        """Whether an own field is published."""
        return OWN_FIELDS in self.parts or name in self.names


NOTHING: Final = Kept()


def public(record: Record, kept: Kept = NOTHING, left_out: Counter[str] | None = None) -> Record:
    """Return a record of any kind without what is private; it stays as it is.

    ``left_out`` counts what is taken out by its part, own fields by their path.
    """
    return _public(record, str(record["record"]), kept, Counter() if left_out is None else left_out)


def _public(record: Record, address: str, kept: Kept, left_out: Counter[str]) -> Record:
    changed: Record = {}
    for field, inner in _private(address):
        value: Json = record.get(field.key)
        if value in (None, [], {}):
            continue
        if field.key == "claims":
            value = [claim for claim in value if not _is_about_private(str(claim["field"]), kept, left_out)]
        if field.private:
            changed[field.key] = _without(field, value, kept, left_out)
        elif field.listed:
            changed[field.key] = [_public(item, inner, kept, left_out) for item in value]
        else:
            changed[field.key] = _public(value, inner, kept, left_out)
    return {**record, **changed} if changed else record


def _without(field: Field, value: Json, kept: Kept, left_out: Counter[str]) -> Json:
    if field.private == OWN_FIELDS:
        out = [name for name in value if not kept.field(name)]
        left_out.update(f"x.{name}" for name in out)
        return {name: own for name, own in value.items() if name not in out}
    if field.private in kept.parts or (field.private == FILES and not _ON_THIS_MACHINE.match(value)):
        return value
    left_out[field.private] += len(value) if field.listed else 1
    return field.blank()


def _is_about_private(path: str, kept: Kept, left_out: Counter[str]) -> bool:
    try:
        steps = parse(path).steps
    except PathError:
        return False  # a topic
    for step in steps:
        part = step.field.private
        name = step.selector if part == OWN_FIELDS else None
        if part in ("", FILES) or part in kept.parts or (name is not None and kept.field(name)):
            continue
        left_out[f"x.{name}" if name else part] += 1
        return True
    return False


@cache
def _private(address: str) -> tuple[tuple[Field, str], ...]:
    """The fields of a shape that are private or hold what is, each with the address of the objects in it."""
    found = []
    for field in shapes.fields(address).values():
        inner = f"{address}.{field.key}"
        if field.private or (inner in shapes.at() and (field.key == "claims" or _private(inner))):
            found.append((field, inner))
    return tuple(found)
