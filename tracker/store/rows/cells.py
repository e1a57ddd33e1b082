"""Rows made from the declaration of the record: which cell holds which field, and how its value is written there."""

import json
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from tracker.dates import edtf
from tracker.record.types import Field, Json, Record, Shape, Type

Document = Mapping[str, Json]
Row = Record
Rows = dict[str, list[Row]]
Cells = tuple[Json, ...]
"""The cells of a row in the order of its columns."""
Converter = Callable[[Json], Json]

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def number(item_id: str) -> int:
    """Return the number of an item id: 12 for ``e12``."""
    return int(item_id[1:])


class Form:
    """How the objects of a shape become rows of its table."""

    def __init__(self, shape: Shape) -> None:
        stored = [field for field in shape.fields if field.stored_as]
        self.shape = shape
        self.columns = tuple([field.stored_as for field in stored])
        self._values = itemgetter(*[field.key for field in stored])
        self._converters = [(field.stored_as, made) for field in stored if (made := _converter(field))]
        self._dates = [
            (field.stored_as, *(f"{field.bounds}_{end}" for end in ("earliest", "latest", "uncertain")))
            for field in stored
            if field.bounds
        ]

    def cells(self, item: Document, row: Row | None = None) -> Row:
        """Return the cells of one object, added to ``row``: those that say whose it is."""
        row = {} if row is None else row
        row.update(zip(self.columns, self._values(item), strict=True))
        for column, converter in self._converters:
            row[column] = converter(row[column])
        for column, earliest, latest, uncertain in self._dates:
            row[earliest], row[latest], row[uncertain] = edtf.bounds(row[column])
        return row


def _converter(field: Field) -> Converter | None:
    """What turns a value into a cell; None where it is one."""
    if field.type.many == "list":
        return _sorted_text if field.ordered else list_text
    if field.type.many:
        return map_text
    return {"object": _object_text(field.type), "any": encode, "item": _number}.get(field.type.kind)


def list_text(values: Sequence[Json]) -> str:
    """Return a list as compact JSON."""
    return encode(list(values)) if values else "[]"


def _sorted_text(values: Sequence[Json]) -> str:
    return list_text(sorted(values))


def map_text(values: Document) -> str:
    """Return a flat object as compact JSON, its keys sorted."""
    return _encode_sorted(dict(values)) if values else "{}"


def _number(item_id: str | None) -> int | None:
    return None if item_id is None else number(item_id)


def _object_text(type_: Type) -> Converter:
    """Compact JSON of an object without its sources, which are citations; of one that is always there ``{}``."""

    def text(value: Json) -> str | None:
        if value is None:
            return None
        if type_.whole and not any(value.values()):
            return "{}"
        return encode(_unsourced(type_, value))

    return text


def _unsourced(type_: Type, value: Json) -> Json:
    if isinstance(value, list):
        return [_unsourced(type_, item) for item in value]
    if type_.shape is None or not isinstance(value, dict):
        return value
    return {
        field.key: _unsourced(field.type, value[field.key]) for field in type_.shape.fields if field.cell != "citations"
    }
