"""An agreement as a pydantic core schema, with every object inside it."""

from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from tracker.record import relations
from tracker.record import vocabulary as words
from tracker.store.validation.fields import (
    BINDING,
    CONFIDENCE,
    DATE,
    DURATION,
    FLAG,
    FOCUS_CODE,
    INT64,
    INTEGER,
    LABEL,
    LANGUAGE_TAG,
    NAME,
    NOT_BLANK,
    OBJECT_ID,
    OWN_VALUE,
    PARTY,
    PROSE,
    REF,
    SCHEME,
    SOURCE,
    SOURCES,
    TITLE,
    an_object,
    code,
    ignored,
    item_id,
    listed,
    mapping,
    maybe,
    or_default,
    or_in_place,
    record_kind,
    required,
    text,
)
from tracker.store.validation.object_models import family, person


def _bare_name(text: str) -> str:
    """A file's name without the folders of the machine that it lay on."""
    return text.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _origin() -> CoreSchema:
    return an_object(
        {
            "set": maybe(LABEL),
            "key": maybe(LABEL),
            "file": maybe(core.no_info_after_validator_function(_bare_name, LABEL)),
            "row": maybe(core.union_schema([INTEGER, LABEL], mode="left_to_right")),
        },
    )


def _evidence() -> CoreSchema:
    return an_object(
        {
            "id": item_id("v"),
            "kind": required(code(words.EVIDENCE_KINDS)),
            "supports": required(BINDING),
            "party": maybe(PARTY),
            "authority": maybe(LABEL),
            "text": maybe(PROSE),
            "date": maybe(DATE),
            "locator": maybe(LABEL),
            "confidence": maybe(CONFIDENCE),
            "sources": SOURCES,
        },
    )


def _binding_view() -> CoreSchema:
    return an_object(
        {
            "party": maybe(PARTY),
            "authority": maybe(LABEL),
            "value": required(BINDING),
            "evidence": listed(text(10, r"^v[1-9][0-9]*$")),
        },
    )


def _participation() -> CoreSchema:
    return an_object(
        {
            "code": required(PARTY),
            "name": ignored(),
            "entity": maybe(LABEL),
            "role": maybe(code(words.PARTY_ROLES)),
        },
    )


def _signatory() -> CoreSchema:
    return an_object(
        {
            "id": item_id("s"),
            "person": required(or_in_place(OBJECT_ID, person())),
            "name": ignored(),
            "office": maybe(LABEL),
            "level": maybe(code(words.OFFICE_LEVELS)),
            "party": maybe(PARTY),
            "event": maybe(text(10, r"^e[1-9][0-9]*$")),
            "verified": maybe(FLAG),
            "note": maybe(PROSE),
            "sources": SOURCES,
        },
    )


def _membership() -> CoreSchema:
    return an_object(
        {
            "family": required(or_in_place(OBJECT_ID, family())),
            "note": maybe(PROSE),
            "sources": SOURCES,
        },
    )


def _event() -> CoreSchema:
    return an_object(
        {
            "id": item_id("e"),
            "kind": required(code(words.EVENT_KINDS)),
            "kind_raw": maybe(LABEL),
            "date": maybe(DATE),
            "effective_date": maybe(DATE),
            "parties": listed(PARTY),
            "places": listed(LABEL),
            "provision": maybe(PROSE),
            "verified": maybe(FLAG),
            "note": maybe(PROSE),
            "raw": maybe(PROSE),
            "origin": maybe(or_in_place(LABEL, _origin())),
            "sources": SOURCES,
        },
    )


def _terms() -> CoreSchema:
    entry = {
        "condition": or_default("unknown", code(words.ENTRY_CONDITIONS)),
        "number": maybe(core.int_schema(strict=True, ge=0, le=INT64 - 1)),
        "period": maybe(DURATION),
        "parties": listed(PARTY),
        "date": maybe(DATE),
        "late_joiners": maybe(DURATION),
        "note": maybe(PROSE),
        "sources": SOURCES,
    }
    duration = {
        "kind": or_default("unknown", code(words.DURATION_KINDS)),
        "period": maybe(DURATION),
        "until": maybe(DATE),
        "renewal_period": maybe(DURATION),
        "note": maybe(PROSE),
        "sources": SOURCES,
    }
    notice = {
        "kind": required(code(words.NOTICE_KINDS)),
        "period": maybe(DURATION),
        "counted_from": maybe(code(words.COUNTED_FROM)),
        "earliest": maybe(DATE),
        "method": maybe(LABEL),
        "provision": maybe(PROSE),
        "note": maybe(PROSE),
        "sources": SOURCES,
    }
    survival = {"period": maybe(DURATION), "scope": maybe(PROSE), "note": maybe(PROSE), "sources": SOURCES}
    return an_object(
        {
            "entry_into_force": maybe(an_object(entry)),
            "duration": maybe(an_object(duration)),
            "notices": listed(an_object(notice)),
            "survival": maybe(an_object(survival)),
        },
    )


def _relation() -> CoreSchema:
    return an_object(
        {
            "type": required(code(relations.TYPES)),
            "target": maybe(REF),
            "target_title": maybe(text(TITLE)),
            "word": maybe(LABEL),
            "confidence": maybe(CONFIDENCE),
            "note": maybe(PROSE),
            "sources": SOURCES,
        },
    )


def _claim() -> CoreSchema:
    return an_object(
        {
            "id": item_id("c"),
            "field": required(text(NAME, NOT_BLANK)),
            "value": or_default(None, core.any_schema()),
            "sources": SOURCES,
            "locator": maybe(LABEL),
            "confidence": maybe(CONFIDENCE),
            "adopted": or_default(value=False, schema=FLAG),
            "reason": maybe(PROSE),
            "note": maybe(PROSE),
        },
    )


def agreement() -> CoreSchema:
    """Return a treaty or an arrangement."""
    citation = {
        "source": required(or_in_place(OBJECT_ID, SOURCE)),
        "locator": maybe(LABEL),
        "title": ignored(),
        "url": ignored(),
    }
    identifier = {"scheme": required(text(64, SCHEME)), "value": required(text(NAME, NOT_BLANK))}
    return an_object(
        {
            "record": record_kind("agreement"),
            "ref": required(REF),
            "title": required(text(TITLE, NOT_BLANK)),
            "short_title": maybe(text(TITLE)),
            "title_term": maybe(LABEL),
            "aliases": listed(text(TITLE)),
            "titles": mapping(LANGUAGE_TAG, text(TITLE)),
            "instrument_type": or_default("unknown", code(words.INSTRUMENT_TYPES)),
            "binding_status": or_default("not_assessed", BINDING),
            "binding_views": listed(_binding_view()),
            "evidence": listed(_evidence()),
            "parties": listed(_participation()),
            "signatories": listed(_signatory()),
            "focus_areas": listed(text(120, FOCUS_CODE)),
            "families": listed(_membership()),
            "events": listed(_event()),
            "terms": _terms_field(),
            "relations": listed(_relation()),
            "identifiers": listed(an_object(identifier)),
            "text_access": or_default("unknown", code(words.TEXT_ACCESS)),
            "languages": listed(LANGUAGE_TAG),
            "sources": listed(an_object(citation)),
            "claims": listed(_claim()),
            "confidence": maybe(CONFIDENCE),
            "open_questions": listed(PROSE),
            "notes": listed(PROSE),
            "extra": mapping(text(200, NOT_BLANK), OWN_VALUE),
            "origin": maybe(_origin()),
            "derived": ignored(),
        },
    )


def _terms_field() -> core.TypedDictField:
    nothing = {"entry_into_force": None, "duration": None, "survival": None}
    return core.typed_dict_field(
        core.with_default_schema(_terms(), default={**nothing, "notices": []}, validate_default=True),
    )
