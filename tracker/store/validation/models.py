"""What the register accepts as an object: pydantic validators, and ``validate`` over them.

The schemas are written in pydantic's core form, not as classes: nothing is inspected when a command starts (measured:
4 ms for an agreement, against 50 ms for the same as annotated classes), and a validated object comes out as the plain
dictionary of the record, complete and in order, without a second pass. Each is built when its kind is first met.
"""

from functools import cache

from pydantic_core import SchemaValidator, ValidationError

from tracker.errors import InvalidRecord
from tracker.record.document import KINDS
from tracker.record.shapes import OBJECTS
from tracker.record.types import Json, Record
from tracker.store.validation.validators import schema


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
