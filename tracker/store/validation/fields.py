"""The values of a record as pydantic core schemas: texts with their limits, codes, dates, ids, lists and objects."""

from collections.abc import Iterable

from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from tracker.dates import day as dates
from tracker.record import vocabulary as words

NAME = 1_000
"""Characters in the longest name, office, entity, place or locator."""
TITLE = 5_000
"""Characters in the longest title or address."""
TEXT = 100_000
"""Characters in the longest quotation or note."""
ITEMS = 10_000
"""Items in the longest list of a record."""
INT64 = 2**63
"""SQLite's integers end here."""

NO_NUL = r"^[^\x00]*$"
NOT_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"
ID = r"^[a-z0-9][a-z0-9-]*$"
ANY_CASE_ID = r"^[A-Za-z0-9][A-Za-z0-9-]*$"
PARTY_CODE = r"^(?:[A-Z]{3}|[a-z0-9][a-z0-9-]*)$"
FOCUS_CODE = r"^[a-z0-9][a-z0-9_-]*$"
LANGUAGE = r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"
PERIOD = r"^P(?:[0-9]{1,4}W|[0-9]{1,4}Y(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?|[0-9]{1,4}M(?:[0-9]{1,5}D)?|[0-9]{1,5}D)$"
SCHEME = r"^[^\x00-\x20\[\]]+$"

Fields = dict[str, core.TypedDictField]


def text(longest: int = NAME, pattern: str = NO_NUL) -> CoreSchema:
    """Return a text of bounded length without NUL."""
    return core.str_schema(strict=True, max_length=longest, pattern=pattern)


def maybe(schema: CoreSchema) -> core.TypedDictField:
    """A key that may be null, and is where it is missing."""
    return core.typed_dict_field(core.with_default_schema(core.nullable_schema(schema), default=None))


def required(schema: CoreSchema) -> core.TypedDictField:
    """Return a key that has to be there."""
    return core.typed_dict_field(schema)


def or_default(value: object, schema: CoreSchema) -> core.TypedDictField:
    """A key with a default of its own."""
    return core.typed_dict_field(core.with_default_schema(schema, default=value))


def listed(schema: CoreSchema) -> core.TypedDictField:
    """Return a key with a list, empty where it is missing."""
    listed = core.list_schema(schema, strict=True, max_length=ITEMS)
    return core.typed_dict_field(core.with_default_schema(listed, default_factory=list))


def mapping(key: CoreSchema, value: CoreSchema) -> core.TypedDictField:
    """Return a key with an object whose keys are the user's own."""
    mapped = core.dict_schema(key, value, strict=True, max_length=ITEMS)
    return core.typed_dict_field(core.with_default_schema(mapped, default_factory=dict))


def ignored() -> core.TypedDictField:
    """A read-only key: taken and dropped afterwards."""
    return core.typed_dict_field(core.any_schema(), required=False)


def code(codes: Iterable[str]) -> CoreSchema:
    """Return one of the codes of a list."""
    return core.literal_schema(list(codes))


def an_object(fields: Fields) -> CoreSchema:
    """Return an object that has no other keys."""
    return core.typed_dict_schema(fields, extra_behavior="forbid")


def or_in_place(identifier: CoreSchema, whole: CoreSchema) -> CoreSchema:
    """A reference, or the object itself written in its place."""
    return core.union_schema([(identifier, "(id)"), (whole, "(object)")], mode="left_to_right")


def _canonical_date(text: str) -> str:
    return dates.parse(text).edtf


LABEL = text(NAME)
PROSE = text(TEXT)
FLAG = core.bool_schema(strict=True)
INTEGER = core.int_schema(strict=True, ge=-INT64, le=INT64 - 1)
DATE = core.no_info_after_validator_function(_canonical_date, text(64))
PARTY = text(120, PARTY_CODE)
OBJECT_ID = text(120, ID)
REF = core.str_schema(strict=True, max_length=120, pattern=ANY_CASE_ID, to_lower=True)
DURATION = text(32, PERIOD)
LANGUAGE_TAG = text(64, LANGUAGE)
CONFIDENCE = code(words.CONFIDENCES)
BINDING = code(words.BINDING_STATUSES)
OWN_VALUE = core.union_schema(
    [FLAG, INTEGER, PROSE],
    mode="left_to_right",
    custom_error_type="own_value",
    custom_error_message="expected text, a whole number of 64 bits at most, true or false; write decimals as text",
)


def item_id(letter: str) -> core.TypedDictField:
    """Return the id of an item: its letter and a number, null where it is to be given."""
    return maybe(text(10, rf"^{letter}[1-9][0-9]*$"))


def record_kind(name: str) -> core.TypedDictField:
    """Return the key that tells the kind of an object."""
    return or_default(name, code([name]))


SOURCE = core.definition_reference_schema("source")
SOURCES = listed(or_in_place(OBJECT_ID, SOURCE))
"""The sources of an item: ids, or sources written in place."""
