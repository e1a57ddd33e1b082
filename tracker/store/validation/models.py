"""What the register accepts as an object: pydantic validators, and ``validate`` over them.

The schemas are written in pydantic's core form, not as classes: nothing is inspected when a command starts (measured:
4 ms for an agreement, against 50 ms for the same as annotated classes), and a validated object comes out as the plain
dictionary of the record, complete and in order, without a second pass. Each is built when its kind is first met.
"""

from collections.abc import Callable
from functools import cache

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as core

from tracker.dates import typed
from tracker.errors import InvalidRecord
from tracker.record.document import KINDS
from tracker.record.shapes import OBJECTS, SOURCE
from tracker.record.types import INT64, ITEMS, PROSE, Field, Json, Record, Shape, Type

_SOURCE = "source"
_OWN_VALUE = "expected text, a whole number of 64 bits at most, true or false; write decimals as text"


def schema(shape: Shape) -> CoreSchema:
    """Return the schema of a document; sources written in place lead to one definition."""
    source = _an_object(SOURCE)
    source["ref"] = _SOURCE  # type: ignore[index]  # every core schema takes a ref; the union type hides it
    return core.definitions_schema(_whole(shape), [source])


def _whole(shape: Shape) -> CoreSchema:
    return core.definition_reference_schema(_SOURCE) if shape is SOURCE else _an_object(shape)


def _an_object(shape: Shape) -> CoreSchema:
    """Return an object that has no other keys."""
    fields = {field.key: _field(field) for field in shape.fields}
    return core.typed_dict_schema(fields, extra_behavior="forbid")


def _field(field: Field) -> core.TypedDictField:
    if field.printed:  # taken and dropped afterwards
        return core.typed_dict_field(core.any_schema(), required=False)
    return core.typed_dict_field(_several(field.type) if field.type.many else _one(field))


def _several(type_: Type) -> CoreSchema:
    """Return a list or a mapping, empty where it is missing."""
    if type_.keyed_by is None:
        listed = core.list_schema(_value(type_), strict=True, max_length=ITEMS)
        return core.with_default_schema(listed, default_factory=list)
    keyed = core.dict_schema(_value(type_.keyed_by), _value(type_), strict=True, max_length=ITEMS)
    return core.with_default_schema(keyed, default_factory=dict)


def _one(field: Field) -> CoreSchema:
    """Return a single value with what a missing key stands for."""
    value = _value(field.type)
    if field.required:
        return value
    if field.type.whole:
        return core.with_default_schema(value, default_factory=field.blank, validate_default=True)
    if field.default is not None:
        return core.with_default_schema(value, default=field.default)
    return core.with_default_schema(core.nullable_schema(value), default=None)


def _value(type_: Type) -> CoreSchema:
    """Return the schema of a single value."""
    return _KINDS.get(type_.kind, _text)(type_)


def _text(type_: Type) -> CoreSchema:
    return core.str_schema(strict=True, max_length=type_.longest, pattern=type_.pattern)


def _ref(type_: Type) -> CoreSchema:
    return core.str_schema(strict=True, max_length=type_.longest, pattern=type_.pattern, to_lower=True)


def _code(type_: Type) -> CoreSchema:
    return core.literal_schema(list(type_.words))


def _record(type_: Type) -> CoreSchema:
    return core.literal_schema([type_.codes])


def _date(type_: Type) -> CoreSchema:
    return core.no_info_after_validator_function(_canonical_date, _text(type_))


def _integer(least: int) -> CoreSchema:
    return core.int_schema(strict=True, ge=least, le=INT64 - 1)


def _identifier(type_: Type) -> CoreSchema:
    return _either(_text(type_), type_.shape) if type_.shape else _text(type_)


def _object(type_: Type) -> CoreSchema:
    if type_.shape is None:
        raise TypeError("an object without a shape cannot be validated; give its type one")
    if type_.or_text and type_.shape.typed:
        first = type_.shape.typed[0]
        return core.no_info_before_validator_function(
            lambda value: {first: value} if isinstance(value, str) else value, _an_object(type_.shape)
        )
    return _either(_text(type_), type_.shape) if type_.or_text else _an_object(type_.shape)


def _either(text: CoreSchema, shape: Shape) -> CoreSchema:
    """Return a reference, or the object itself written in its place."""
    return core.union_schema([(text, "(id)"), (_whole(shape), "(object)")], mode="left_to_right")


def _file(type_: Type) -> CoreSchema:
    return core.no_info_after_validator_function(_bare_name, _text(type_))


def _row(type_: Type) -> CoreSchema:
    return core.union_schema([_integer(-INT64), _text(type_)], mode="left_to_right")


def _own_value(_: Type) -> CoreSchema:
    return core.union_schema(
        [core.bool_schema(strict=True), _integer(-INT64), _text(PROSE)],
        mode="left_to_right",
        custom_error_type="own_value",
        custom_error_message=_OWN_VALUE,
    )


_KINDS: dict[str, Callable[[Type], CoreSchema]] = {
    "record": _record,
    "code": _code,
    "date": _date,
    "ref": _ref,
    "id": _identifier,
    "file": _file,
    "flag": lambda _: core.bool_schema(strict=True),
    "count": lambda _: _integer(0),
    "row": _row,
    "own_value": _own_value,
    "any": lambda _: core.any_schema(),
    "object": _object,
}
"""Kinds that are more than a text of some length and pattern."""


def _canonical_date(text: str) -> str:
    return typed.parse(text).edtf


def _bare_name(text: str) -> str:
    """A file's name without the folders of the machine that it lay on."""
    return text.replace("\\", "/").rstrip("/").rpartition("/")[2]


@cache
def _validator(kind: str) -> SchemaValidator:
    return SchemaValidator(schema(OBJECTS[kind]))


def validate(document: Json, where: str, kind: str | None = None) -> Record:
    """Return a document as the register holds it: complete, in order, canonical, without read-only keys.

    ``kind`` tells what it is where it has no ``record`` key (else an agreement); ``where`` names it in messages, as in
    ``file.json, line 3``. People, sources and families written in place stay where they are, complete; their missing
    ids are made from their names. Ids of items that were left out are None. The input is not changed.
    Raises ``InvalidRecord`` with every problem and its path.
    """
    from tracker.store.validation import consistency

    kind = _kind_of(document, where, kind)
    try:
        validated: Record = _validator(kind).validate_python(document)
    except ValidationError as error:
        from tracker.store.validation.complaints import complaints

        raise InvalidRecord(where, complaints(error, document, kind)) from None
    problems = consistency.settle(validated, kind)
    if problems:
        raise InvalidRecord(where, problems)
    return validated


def _kind_of(document: Json, where: str, kind: str | None) -> str:
    """The kind that a document says it is; refuses what is no object of the register."""
    if not isinstance(document, dict):
        raise InvalidRecord(where, [("", "expected an object in braces with the keys of a record")])
    named = document.get("record", kind or "agreement")
    if named not in KINDS or (kind is not None and named != kind):
        expected = kind or ", ".join(KINDS)
        raise InvalidRecord(where, [("record", f"{str(named)[:40]!r} is not what stands here; expected {expected}")])
    return str(named)
