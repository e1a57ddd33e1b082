"""Where the words of a search stand: the fields that the record declares as searched, by the column of the index."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.record.shapes import AGREEMENT, OBJECTS
from tracker.record.types import Field, Shape

BY_CODE = {"party": "party", "family": "family", "focus_area": "focus"}
"""Objects that are found by their codes, since their names are looked up first; with what stands before a code."""


class Searched(NamedTuple):
    """A list of the agreement, kept in rows of its own, some of whose fields are searched."""

    key: str
    """The list."""
    table: str
    view: str
    fields: tuple[Field, ...]
    """Those of its fields that are searched, or the list itself where it holds codes."""

    @property
    def texts(self) -> tuple[Field, ...]:
        """The fields with words, in the order of the record."""
        return tuple([field for field in self.fields if not field.type.names])


def own(column: str) -> tuple[Field, ...]:
    """Return the fields of the agreement itself whose words stand in a column of the index."""
    return tuple([field for field in AGREEMENT.own_fields if field.search == column and field.stored_as])


def named(kind: str) -> tuple[Field, ...]:
    """Return the fields of an object by which an agreement that refers to it is found."""
    return tuple([field for field in OBJECTS[kind].fields if field.search])


def children() -> Iterator[Searched]:
    """Yield the lists of an agreement that are searched."""
    for field in AGREEMENT.own_fields:
        if field.search and field.table:
            yield Searched(field.key, field.table, field.view, (field.but(column="code", cell=""),))
        elif field.listed and field.type.kind == "object" and field.type.shape:
            yield from _items(field.key, field.type.shape)


def _items(key: str, shape: Shape) -> Iterator[Searched]:
    fields = tuple([field for field in shape.own_fields if field.search])
    if fields and shape.table:
        yield Searched(key, shape.table, shape.view, fields)
