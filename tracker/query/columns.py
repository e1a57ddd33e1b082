"""The columns of lists, which are the keys of JSON: every path of a kind of object, as its declaration has it."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.record import shapes, values
from tracker.record.types import Field

KINDS = {
    "agreement": "agreement",
    "party": "party",
    "signatory": "person",
    "person": "person",
    "family": "family",
    "focus": "focus_area",
    "focus_area": "focus_area",
    "source": "source",
}
"""What people call a kind of object, and its name in the declaration."""


class Declared(NamedTuple):
    """One column."""

    name: str
    kind: str
    """Kind of its cells, as ``tracker.table`` has them."""
    meaning: str
    query: str
    """The field of a query that asks for it; empty where there is none."""


def declared(kind: str) -> Iterator[Declared]:
    """Yield the columns of a kind of object: the usual ones of a list first, then all in the order of the record."""
    every = list(_every(kind))
    usual = values.DEFAULT_COLUMNS if kind == "agreement" else ()
    named = {column.name: column for column in every}
    yield from (named[name] for name in usual)
    yield from (column for column in every if column.name not in usual)


def _every(kind: str) -> Iterator[Declared]:
    for address, shape in shapes.at().items():
        if address.partition(".")[0] == kind:
            inside = address.partition(".")[2]
            for field in shape.fields:
                yield _column(field, f"{inside}.{field.key}".lstrip("."), kind)


def _column(field: Field, path: str, kind: str) -> Declared:
    name = path
    if "." in path and kind == "agreement" and field.short and values.parse(field.short).text.startswith(path):
        name = field.short
    _, cells, _ = values.column(name, kind)
    return Declared(name, cells, field.meaning, field.query if kind == "agreement" else "")
