"""Parties, people, families, focus areas and sources as pydantic core schemas."""

from pydantic_core import CoreSchema

from tracker.record import vocabulary as words
from tracker.store.validation.fields import (
    DATE,
    FOCUS_CODE,
    LABEL,
    LANGUAGE_TAG,
    NAME,
    NOT_BLANK,
    OBJECT_ID,
    PARTY,
    PROSE,
    SOURCES,
    TITLE,
    an_object,
    code,
    listed,
    mapping,
    maybe,
    or_default,
    record_kind,
    required,
    text,
)


def source() -> CoreSchema:
    """Return a text that statements rest on."""
    return an_object(
        {
            "record": record_kind("source"),
            "id": maybe(OBJECT_ID),
            "title": required(text(TITLE, NOT_BLANK)),
            "author": maybe(LABEL),
            "publisher": maybe(LABEL),
            "date": maybe(DATE),
            "url": maybe(text(TITLE)),
            "kind": or_default("unknown", code(words.SOURCE_KINDS)),
            "language": maybe(LANGUAGE_TAG),
            "accessed": maybe(DATE),
            "archive_url": maybe(text(TITLE)),
            "sha256": maybe(text(64, r"^[0-9a-fA-F]{64}$")),
            "reprint_of": maybe(LABEL),
            "note": maybe(PROSE),
        },
    )


def person() -> CoreSchema:
    """Return a person who signed."""
    return an_object(
        {
            "record": record_kind("person"),
            "id": maybe(OBJECT_ID),
            "name": required(text(NAME, NOT_BLANK)),
            "aliases": listed(LABEL),
            "note": maybe(PROSE),
        },
    )


def family() -> CoreSchema:
    """Return a family of like instruments."""
    return an_object(
        {
            "record": record_kind("family"),
            "id": maybe(OBJECT_ID),
            "name": required(text(NAME, NOT_BLANK)),
            "instrument_type": maybe(code(words.INSTRUMENT_TYPES)),
            "description": maybe(PROSE),
            "notes": listed(PROSE),
            "sources": SOURCES,
        },
    )


def focus_area() -> CoreSchema:
    """Return a subject."""
    return an_object(
        {
            "record": record_kind("focus_area"),
            "code": required(text(120, FOCUS_CODE)),
            "label": required(text(NAME, NOT_BLANK)),
            "parent": maybe(text(120, FOCUS_CODE)),
            "note": maybe(PROSE),
        },
    )


def party() -> CoreSchema:
    """Return a state, organisation or other actor."""
    member = an_object({"code": required(PARTY), "from": maybe(DATE), "until": maybe(DATE)})
    return an_object(
        {
            "record": record_kind("party"),
            "code": required(PARTY),
            "kind": or_default("other", code(words.PARTY_KINDS)),
            "name": required(text(NAME, NOT_BLANK)),
            "names": mapping(LANGUAGE_TAG, LABEL),
            "aliases": listed(LABEL),
            "alpha_2": maybe(text(2, r"^[A-Z]{2}$")),
            "numeric": maybe(text(3, r"^[0-9]{3}$")),
            "exists_from": maybe(DATE),
            "exists_until": maybe(DATE),
            "successors": listed(PARTY),
            "members": listed(member),
            "note": maybe(PROSE),
        },
    )
