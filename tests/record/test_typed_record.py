"""The types of the record say what its declaration says, key by key."""

from typing import Any, NotRequired, get_args, get_origin, get_type_hints

import pytest

from tracker.record import shapes, typed
from tracker.record.types import Field, Shape

SHAPES = {shape.name: shape for shape in shapes.at().values()}
PLAIN: dict[str, Any] = {"flag": bool, "count": int, "row": int | str, "own_value": str | int | bool, "any": Any}


def expected(field: Field) -> Any:
    shape = field.type.shape
    one: Any = PLAIN.get(field.type.kind, str)
    if field.type.kind == "object" and shape is not None:
        one = typed.OBJECTS[shape.name]
        one = one | str if field.type.or_text else one
    if field.listed:
        return list[one]
    if field.mapped:
        return dict[str, one]
    return one | None if field.nullable and one is not Any else one


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_a_class_has_the_keys_and_types_of_its_shape(shape: Shape) -> None:
    hints = get_type_hints(typed.OBJECTS[shape.name], include_extras=True)
    assert tuple(hints) == shape.keys
    for field in shape.fields:
        hint = hints[field.key]
        assert (get_origin(hint) is NotRequired) == field.printed, field.key
        assert (get_args(hint)[0] if field.printed else hint) == expected(field), field.key


def test_every_shape_has_a_class() -> None:
    assert set(typed.OBJECTS) == set(SHAPES)
