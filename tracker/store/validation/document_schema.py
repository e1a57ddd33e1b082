"""The JSON Schema (draft 2020-12) of every JSON document that the program prints; each key is always present.

``agreement`` is the printed form with its read-only keys, ``exported_agreement`` the form of exports.
"""

from collections.abc import Callable
from functools import partial

from tracker.record import shapes
from tracker.record import vocabulary as words
from tracker.record.document import COLLECTIONS, FORMAT
from tracker.record.types import Field, Record, Shape, Type
from tracker.table import REPORT_FORMAT

Schema = Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NO_RECORD = {"not": {"anyOf": [{"required": ["record"]}, {"required": ["rows"]}]}}
_CELL = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {"type": "string"}},
    ],
}


def json_schema(kind: str | None = None) -> Schema:
    """Return the schema of one kind of document, or of all that the program prints.

    Kinds are those of ``KINDS``. Raises ``VocabularyError`` for another, with the nearest.
    """
    if kind is None:
        return _document("any JSON that tracker prints", {"anyOf": _every_output()}, list(_DEFINITIONS))
    words.check(kind, KINDS, "document")
    return _document(_TITLES.get(kind, kind.replace("_", " ")), reference(kind), _needed(kind))


def _document(title: str, body: Schema, names: list[str]) -> Schema:
    return {"$schema": DIALECT, "title": title, **body, "$defs": {name: _DEFINITIONS[name]() for name in names}}


def _every_output() -> list[Schema]:
    """What a command may print: an object, a list of objects, a report, an export or a line of one."""
    objects = [reference(kind) for kind in ("agreement", "party", "person", "family", "focus_area", "source")]
    lists = [{"type": "array", "items": kind} for kind in objects]
    others = [
        reference(name)
        for name in ("proposal", "exported_agreement", "export", "export_header", "report", "report_row")
    ]
    lists.append({"type": "array", "items": reference("proposal")})
    return [*objects, *lists, *others]


def _needed(kind: str) -> list[str]:
    """The definitions that a kind refers to, itself first."""
    needed, waiting = [], [kind]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.append(name)
            waiting += [other for other in _DEFINITIONS if f"'#/$defs/{other}'" in str(_DEFINITIONS[name]())]
    return needed


_PATTERNS = {
    "date": r"^[0-9X?~%./,\[\]-]+$",
    "day": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "period": "^P[0-9YMWD]+$",
    "party": "^([A-Z]{3}|[a-z0-9][a-z0-9-]*)$",
    "ref": "^[a-z0-9][a-z0-9-]*$",
    "id": "^[a-z0-9][a-z0-9-]*$",
}
"""What is printed fits these; what is taken is judged more strictly."""

_TYPES: dict[str, Schema] = {
    "flag": {"type": "boolean"},
    "count": {"type": "integer"},
    "row": {"type": ["integer", "string"]},
    "own_value": {"type": ["string", "integer", "boolean"]},
    "any": {},
}
_SUFFIXES = {"date": " (EDTF)"}


def _value(type_: Type, *, printed: bool) -> Schema:
    """Return the schema of a single value."""
    if type_.kind == "object" and type_.shape:
        name = type_.shape.name
        made = reference(name) if name in _DEFINITIONS else _object(type_.shape, printed=printed)
        return {"anyOf": [made, {"type": "string"}]} if type_.or_text and not type_.shape.typed else made
    if type_.kind == "record":
        return {"const": type_.codes}
    if type_.kind == "code":
        return {"enum": list(type_.printed_words)}
    if type_.kind in _TYPES:
        return dict(_TYPES[type_.kind])
    pattern = type_.pattern if type_.kind == "item" else _PATTERNS.get(type_.kind)
    return {"type": "string", **({"pattern": pattern} if pattern else {})}


def _maybe(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    if list(schema) == ["type"]:
        types = schema["type"]
        return {"type": [*([types] if isinstance(types, str) else types), "null"]}
    if list(schema) == ["anyOf"]:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    return {"anyOf": [schema, {"type": "null"}]} if schema else {}


def _field(field: Field, *, printed: bool) -> Schema:
    value = _value(field.type, printed=printed)
    if field.type.many == "list":
        value = {"type": "array", "items": value}
    elif field.type.many:
        value = {"type": "object", "additionalProperties": value}
    elif field.nullable:
        value = _maybe(value)
    meaning = field.meaning + _SUFFIXES.get(field.type.kind, "") + (" (read-only)" if field.printed else "")
    return {"description": meaning, **value}


def _object(shape: Shape, *, printed: bool = True) -> Schema:
    """Return the schema of a shape; ``printed`` adds its read-only keys."""
    fields = shape.fields if printed else shape.own_fields
    return an_object(shape.meaning, {field.key: _field(field, printed=printed) for field in fields})


def _agreement(*, printed: bool) -> Schema:
    made = _object(shapes.AGREEMENT, printed=printed)
    return made if printed else {**made, "description": f"{made['description']}, as exports hold it"}


def _proposal() -> Schema:
    """Return the schema of what ``propose`` prints: an agreement as it would be new, and what it rests on."""
    made = _agreement(printed=False)
    properties = dict(made["properties"])
    signatory = _object(shapes.SIGNATORY, printed=False)
    person = {
        "description": "id of the person, or a new one in place",
        "anyOf": [{"type": "string"}, reference("person"), {"type": "null"}],
    }
    signatory["properties"] = {**signatory["properties"], "person": person}
    properties["signatories"] = listed(signatory, str(properties["signatories"]["description"]))
    properties["ref"] = _maybe(_value(shapes.fields("agreement")["ref"].type, printed=False))
    properties["proposal"] = _proposed()
    return an_object("a proposal: the agreement as it would be recorded, and the words that it rests on", properties)


def _proposed() -> Schema:
    day = _maybe(_value(shapes.fields("source")["date"].type, printed=False))
    known = an_object(
        "an agreement of the register that it may be",
        {"ref": text("its ref"), "title": text("its title"), "certain": {"type": "boolean"}, "why": text("by what")},
    )
    value = an_object(
        "a value and the words that it rests on",
        {
            "path": {"description": "path of the field", "type": ["string", "null"]},
            "value": {"description": "the value, as the field holds it"},
            "sentence": text("the words, as they stand in the text"),
            "start": {"description": "place of their first character, from 0", "type": "integer"},
            "end": {"description": "place behind their last character", "type": "integer"},
            "confidence": {"enum": [*words.CONFIDENCES, None]},
            "rule": text("rule that read it"),
            "why": text("why it may be so"),
            "meets": {"description": "what it meets in the register", "enum": ["filled", "agrees", "differs", None]},
            "held": {"description": "what the register holds there, where it differs"},
        },
    )
    return an_object(
        "what the proposal is, where it was read, and what it rests on",
        {
            "number": {"description": "by which it is accepted", "type": ["integer", "null"]},
            "kind": {"enum": ["instrument", "event", "mention", "refused"]},
            "file": text("name of the file"),
            "sha256": text("SHA-256 of the file"),
            "title": text("title of the text"),
            "published": {**day, "description": "day of publication (EDTF)"},
            "language": {"description": "language of the text (BCP 47)", "type": ["string", "null"]},
            "register": listed(known, "what the register holds of it, the likeliest first"),
            "values": listed(value, "its values, each with its words"),
        },
    )


def text(meaning: str) -> Schema:
    """Return the schema of a text."""
    return {"description": meaning, "type": "string"}


def listed(items: Schema, meaning: str) -> Schema:
    """Return the schema of a list."""
    return {"description": meaning, "type": "array", "items": items}


def an_object(meaning: str, properties: dict[str, Schema]) -> Schema:
    """Return the schema of an object that has exactly these keys."""
    return {
        "description": meaning,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def reference(name: str) -> Schema:
    """Return a reference to another object of the schema."""
    return {"$ref": f"#/$defs/{name}"}


def _record(kind: str) -> Schema:
    return {"description": "kind of the object", "const": kind}


def _export() -> Schema:
    lists = {
        plural: listed(reference("exported_agreement" if kind == "agreement" else kind), f"sorted by {key}")
        for (kind, plural), key in zip(COLLECTIONS.items(), ("code", "code", "id", "id", "id", "ref"), strict=True)
    }
    return an_object("a whole or filtered export", {"record": _record("tracker"), "format": {"const": FORMAT}, **lists})


def _export_header() -> Schema:
    return an_object("first line of an NDJSON export", {"record": _record("tracker"), "format": {"const": FORMAT}})


def _report() -> Schema:
    left_out = an_object("records that could not be placed", {"reason": text("why"), "count": {"type": "integer"}})
    row = {"type": "object", "additionalProperties": _CELL}
    return an_object(
        "the answer of a report",
        {
            "report": text("name of the report"),
            "format": {"const": REPORT_FORMAT},
            "filters": {"description": "filters as they were understood", "type": "object"},
            "as_of": _field(shapes.DERIVED.fields[0].but(null=True), printed=True),
            "columns": listed({"type": "string"}, "names of the columns in order"),
            "rows": listed(row, "one object a row, a key a column"),
            "totals": {"anyOf": [row, {"type": "null"}], "description": "what the rows come to, never one of them"},
            "left_out": listed(left_out, "what the rows do not count, and why"),
            "hash": _maybe(text("SHA-256 of the export of what was counted, where --hash asked for it")),
        },
    )


def _report_row() -> Schema:
    meaning = "one row of a report as a line of NDJSON"
    return {"description": meaning, "type": "object", "additionalProperties": _CELL, **_NO_RECORD}


_DEFINITIONS: dict[str, Callable[[], Schema]] = {
    "agreement": partial(_agreement, printed=True),
    "exported_agreement": partial(_agreement, printed=False),
    "derived": partial(_object, shapes.DERIVED),
    "date": partial(_object, shapes.DATE),
    "party": partial(_object, shapes.PARTY),
    "person": partial(_object, shapes.PERSON),
    "family": partial(_object, shapes.FAMILY),
    "focus_area": partial(_object, shapes.FOCUS_AREA),
    "source": partial(_object, shapes.SOURCE),
    "export": _export,
    "export_header": _export_header,
    "proposal": _proposal,
    "report": _report,
    "report_row": _report_row,
}
_TITLES = {"agreement": "agreement as printed", "exported_agreement": "agreement as exported"}

KINDS = tuple(name for name in _DEFINITIONS if name not in ("derived", "date"))
"""Documents that have a schema of their own."""
