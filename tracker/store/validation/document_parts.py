"""The objects inside a printed agreement as JSON Schema: one function an object, every key with its meaning."""

from collections.abc import Iterable
from typing import Any

from tracker.record import relations
from tracker.record import vocabulary as words

Schema = dict[str, Any]

_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
PARTY_CODE = {"type": "string", "pattern": "^([A-Z]{3}|[a-z0-9][a-z0-9-]*)$"}
EDTF = {"type": "string", "pattern": r"^[0-9X?~%./,\[\]-]+$"}
ISO_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
INT64 = 2**63


def described(schema: Schema, text: str) -> Schema:
    """Return the schema with a description."""
    return {"description": text, **schema}


def text(meaning: str) -> Schema:
    """Return the schema of a text."""
    return {"description": meaning, "type": "string"}


def maybe(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    meaning = {key: value for key, value in schema.items() if key == "description"}
    rest = {key: value for key, value in schema.items() if key != "description"}
    if list(rest) == ["type"]:
        return {**meaning, "type": [rest["type"], "null"]}
    return {**meaning, "anyOf": [rest, {"type": "null"}]}


def maybe_text(meaning: str) -> Schema:
    """Return the schema of a text that may be null."""
    return maybe(text(meaning))


def code(codes: Iterable[str], meaning: str) -> Schema:
    """Return the schema of a code from a list."""
    return {"description": meaning, "enum": list(codes)}


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


def identifier(meaning: str) -> Schema:
    """Return the schema of a ref or id."""
    return described(_ID, meaning)


def _date(meaning: str) -> Schema:
    return maybe(described(EDTF, f"{meaning} (EDTF)"))


def _item_id(letter: str) -> Schema:
    return {"description": "permanent within the record", "type": "string", "pattern": f"^{letter}[1-9][0-9]*$"}


SOURCES = listed(_ID, "ids of the sources")
NOTE = maybe_text("remark")
CONFIDENCE = maybe(code(words.CONFIDENCES, "how sure we are"))
PERIOD = {"type": "string", "pattern": "^P[0-9YMWD]+$"}
FLAG = {"type": ["boolean", "null"]}


def _period(meaning: str) -> Schema:
    return maybe(described(PERIOD, f"{meaning} (ISO 8601)"))


def _parties(meaning: str) -> Schema:
    return listed(PARTY_CODE, meaning)


def origin() -> Schema:
    """Return the place in an import where something comes from."""
    return an_object(
        "where it was imported from",
        {
            "set": maybe_text("data set"),
            "key": maybe_text("key in the data set"),
            "file": maybe_text("bare name of the file"),
            "row": {"description": "row of the file", "type": ["integer", "string", "null"]},
        },
    )


def binding_view() -> Schema:
    """Return the view of a party or authority on binding force."""
    return an_object(
        "a view that a party or authority takes",
        {
            "party": maybe(PARTY_CODE),
            "authority": maybe_text("court, ministry or author"),
            "value": code(words.BINDING_STATUSES, "what it holds the status to be"),
            "evidence": listed(_item_id("v"), "ids of evidence"),
        },
    )


def evidence() -> Schema:
    """Return a piece of evidence for binding status."""
    return an_object(
        "a reason for a binding status",
        {
            "id": _item_id("v"),
            "kind": code(words.EVIDENCE_KINDS, "kind, the weightiest first"),
            "supports": code(words.BINDING_STATUSES, "status that it speaks for"),
            "party": maybe(described(PARTY_CODE, "party that it speaks for")),
            "authority": maybe_text("who says so"),
            "text": maybe_text("quotation or paraphrase"),
            "date": _date("when it was said"),
            "locator": maybe_text("page or article"),
            "confidence": CONFIDENCE,
            "sources": SOURCES,
        },
    )


def participation(*, printed: bool) -> Schema:
    """Return a party of the agreement; ``printed`` adds its name."""
    return an_object(
        "a party with the entity that acts for it",
        {
            "code": PARTY_CODE,
            **({"name": text("name of the party (read-only)")} if printed else {}),
            "entity": maybe_text("ministry, agency or service that acts"),
            "role": maybe(code(words.PARTY_ROLES, "role as a source states it")),
        },
    )


def signatory(*, printed: bool) -> Schema:
    """Return a person's signature; ``printed`` adds the name."""
    return an_object(
        "a signature",
        {
            "id": _item_id("s"),
            "person": identifier("id of the person"),
            **({"name": text("name of the person (read-only)")} if printed else {}),
            "office": maybe_text("office at the time, as the source words it"),
            "level": maybe(code(words.OFFICE_LEVELS, "our reading of the office")),
            "party": maybe(PARTY_CODE),
            "event": maybe(described(_item_id("e"), "signing act")),
            "verified": FLAG,
            "note": NOTE,
            "sources": SOURCES,
        },
    )


def membership() -> Schema:
    """Return the membership in a family."""
    return an_object(
        "a family that the agreement belongs to",
        {"family": identifier("id of the family"), "note": NOTE, "sources": SOURCES},
    )


def event() -> Schema:
    """Return an act or happening."""
    return an_object(
        "an act or happening in the life of the agreement or of a party in it",
        {
            "id": _item_id("e"),
            "kind": code(words.EVENT_KINDS, "kind of act"),
            "kind_raw": maybe_text("word outside the vocabulary; kind is then other"),
            "date": _date("day of the act"),
            "effective_date": _date("day from which it works; null: the same day, of notices: unknown"),
            "parties": _parties("parties concerned; none: the instrument as a whole"),
            "places": listed(text("place"), "places of the one act"),
            "provision": maybe_text("provision that it rests on or changes"),
            "verified": FLAG,
            "note": NOTE,
            "raw": maybe_text("as the imported file has it"),
            "origin": {"anyOf": [origin(), {"type": ["string", "null"]}]},
            "sources": SOURCES,
        },
    )


def terms() -> Schema:
    """Return the terms of the instrument."""
    entry = {
        "condition": code(words.ENTRY_CONDITIONS, "what entry into force waits for"),
        "number": {"type": ["integer", "null"], "description": "number of instruments"},
        "period": _period("time after the condition is met"),
        "parties": _parties("whose acts count"),
        "date": _date("day that the text states"),
        "late_joiners": _period("time after the own act of one that joins later"),
        "note": NOTE,
        "sources": SOURCES,
    }
    duration = {
        "kind": code(words.DURATION_KINDS, "kind of duration"),
        "period": _period("term"),
        "until": _date("last day"),
        "renewal_period": _period("length of a renewal"),
        "note": NOTE,
        "sources": SOURCES,
    }
    notice = {
        "kind": code(words.NOTICE_KINDS, "what is given notice of"),
        "period": _period("time that the notice runs"),
        "counted_from": maybe(code(words.COUNTED_FROM, "where the period is counted from")),
        "earliest": _date("first day on which notice can be given"),
        "method": maybe_text("how notice is given"),
        "provision": maybe_text("article"),
        "note": NOTE,
        "sources": SOURCES,
    }
    survival = {"period": _period("how long"), "scope": maybe_text("what survives"), "note": NOTE, "sources": SOURCES}
    return an_object(
        "terms of the instrument",
        {
            "entry_into_force": maybe(an_object("entry into force", entry)),
            "duration": maybe(an_object("duration", duration)),
            "notices": listed(an_object("notice", notice), "notices that the text provides for"),
            "survival": maybe(an_object("what outlives the instrument", survival)),
        },
    )


def relation() -> Schema:
    """Return a relation to another agreement."""
    return an_object(
        "a relation to another agreement, in its active direction",
        {
            "type": code(relations.ACTIVE, "type of relation"),
            "target": maybe(identifier("ref of the other agreement")),
            "target_title": maybe_text("title of one that is not in the register"),
            "word": maybe_text("word of the source"),
            "confidence": CONFIDENCE,
            "note": NOTE,
            "sources": SOURCES,
        },
    )


def citation(*, printed: bool) -> Schema:
    """Return a source of the record as a whole; ``printed`` adds title and address."""
    shown = {"title": text("title (read-only)"), "url": maybe_text("address (read-only)")} if printed else {}
    return an_object(
        "a source that the record rests on",
        {"source": identifier("id of the source"), "locator": maybe_text("page or article"), **shown},
    )


def claim() -> Schema:
    """Return what a source says about a field."""
    return an_object(
        "what a source says about a field, the losing values too",
        {
            "id": _item_id("c"),
            "field": text("path, query name, or topic:SLUG"),
            "value": {"description": "the value that it states"},
            "sources": SOURCES,
            "locator": maybe_text("page or article"),
            "confidence": CONFIDENCE,
            "adopted": {"description": "whether the record follows it", "type": "boolean"},
            "reason": maybe_text("why it was adopted or not"),
            "note": NOTE,
        },
    )
