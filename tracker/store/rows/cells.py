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
Tables = dict[str, list[Cells]]
"""Rows as cells, by table."""
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
        dated = [field for field in stored if field.bounds]
        self.shape = shape
        self.columns = (
            *[field.stored_as for field in stored],
            *[f"{field.bounds}_{end}" for field in dated for end in ("earliest", "latest", "uncertain")],
        )
        self._values = itemgetter(*[field.key for field in stored])
        self._converters = [
            (at, made, _BLANK.get(field.type.many))
            for at, field in enumerate(stored)
            if (made := _converter(field)) and field.type.kind != "any"
        ]
        self._anything = [at for at, field in enumerate(stored) if field.type.kind == "any" and not field.type.many]
        self._dates = [stored.index(field) for field in dated]

    def cells(self, item: Document) -> list[Json]:
        """Return the cells of one object in the order of ``columns``."""
        cells = list(self._values(item))
        for at, converter, blank in self._converters:
            value = cells[at]
            cells[at] = converter(value) if value else blank
        for at in self._anything:
            cells[at] = encode(cells[at])
        for at in self._dates:
            cells += edtf.bounds(cells[at])
        return cells

    def row(self, item: Document) -> Row:
        """Return the same by column."""
        return dict(zip(self.columns, self.cells(item), strict=True))


_BLANK = {"list": "[]", "mapping": "{}"}
"""The cell of a list or mapping that holds nothing; of any other value that is not there it is NULL."""


def _converter(field: Field) -> Converter | None:
    """What turns a value into a cell; None where it is one."""
    if field.type.many == "list":
        return _sorted_text if field.ordered else encode
    if field.type.many:
        return _encode_sorted
    return {"object": _object_text(field.type), "any": encode, "item": number}.get(field.type.kind)


def _sorted_text(values: Sequence[Json]) -> str:
    return encode(sorted(values))


def _object_text(type_: Type) -> Converter:
    """Compact JSON of an object without its sources, which are citations; of one that is always there ``{}``."""

    def text(value: Json) -> str:
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
