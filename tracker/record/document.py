"""The shape of the record: its keys in order with their defaults, for every object of the register.

The first key, ``record``, tells the kind. Keys that only a print holds (names of parties, ``derived``) are in
``READ_ONLY`` and in no blank object. Nothing here validates: that is ``tracker.store.validation.models``.
"""

from typing import Any

KINDS = ("agreement", "party", "person", "family", "focus_area", "source")
"""Kinds of objects, each with its documents."""

COLLECTIONS = {
    "focus_area": "focus_areas",
    "party": "parties",
    "person": "people",
    "family": "families",
    "source": "sources",
    "agreement": "agreements",
}
"""Kind to the key of its list in a whole export, in the order of an export."""

IDENTITY = {"agreement": "ref", "party": "code", "person": "id", "family": "id", "focus_area": "code", "source": "id"}
"""Kind to the key that names an object."""

FORMAT = 1
"""Version of the shape, written into exports and reports."""

AGREEMENT_KEYS = (
    *("record", "ref", "title", "short_title", "title_term", "aliases", "titles"),
    *("instrument_type", "binding_status", "binding_views", "evidence", "parties", "signatories"),
    *("focus_areas", "families", "events", "terms", "relations", "identifiers", "text_access", "languages"),
    *("sources", "claims", "confidence", "open_questions", "notes", "extra", "origin", "derived"),
)
BINDING_VIEW_KEYS = ("party", "authority", "value", "evidence")
EVIDENCE_KEYS = (*("id", "kind", "supports", "party", "authority", "text", "date", "locator", "confidence", "sources"),)
PARTICIPATION_KEYS = ("code", "name", "entity", "role")
SIGNATORY_KEYS = ("id", "person", "name", "office", "level", "party", "event", "verified", "note", "sources")
MEMBERSHIP_KEYS = ("family", "note", "sources")
EVENT_KEYS = (
    *("id", "kind", "kind_raw", "date", "effective_date", "parties", "places", "provision", "verified"),
    *("note", "raw", "origin", "sources"),
)
TERMS_KEYS = ("entry_into_force", "duration", "notices", "survival")
ENTRY_KEYS = ("condition", "number", "period", "parties", "date", "late_joiners", "note", "sources")
DURATION_KEYS = ("kind", "period", "until", "renewal_period", "note", "sources")
NOTICE_KEYS = ("kind", "period", "counted_from", "earliest", "method", "provision", "note", "sources")
SURVIVAL_KEYS = ("period", "scope", "note", "sources")
RELATION_KEYS = ("type", "target", "target_title", "word", "confidence", "note", "sources")
IDENTIFIER_KEYS = ("scheme", "value")
CITATION_KEYS = ("source", "locator", "title", "url")
CLAIM_KEYS = ("id", "field", "value", "sources", "locator", "confidence", "adopted", "reason", "note")
ORIGIN_KEYS = ("set", "key", "file", "row")
DERIVED_KEYS = (
    *("as_of", "known_at", "revision", "status", "status_certain", "flags", "signed", "in_force_from"),
    *("in_force_until", "laterality", "party_status", "inverse_relations", "match"),
)
DATE_KEYS = ("edtf", "earliest", "latest")
PARTY_STATUS_KEYS = ("code", "status", "from", "until")
INVERSE_RELATION_KEYS = ("type", "source_ref")
PARTY_KEYS = (
    *("record", "code", "kind", "name", "names", "aliases", "alpha_2", "numeric", "exists_from", "exists_until"),
    *("successors", "members", "note"),
)
MEMBER_KEYS = ("code", "from", "until")
PERSON_KEYS = ("record", "id", "name", "aliases", "note")
FAMILY_KEYS = ("record", "id", "name", "instrument_type", "description", "notes", "sources")
FOCUS_AREA_KEYS = ("record", "code", "label", "parent", "note")
SOURCE_KEYS = (
    *("record", "id", "title", "author", "publisher", "date", "url", "kind", "language", "accessed"),
    *("archive_url", "sha256", "reprint_of", "note"),
)

KEYS = {
    "agreement": AGREEMENT_KEYS,
    "party": PARTY_KEYS,
    "person": PERSON_KEYS,
    "family": FAMILY_KEYS,
    "focus_area": FOCUS_AREA_KEYS,
    "source": SOURCE_KEYS,
    "agreement.binding_views": BINDING_VIEW_KEYS,
    "agreement.evidence": EVIDENCE_KEYS,
    "agreement.parties": PARTICIPATION_KEYS,
    "agreement.signatories": SIGNATORY_KEYS,
    "agreement.families": MEMBERSHIP_KEYS,
    "agreement.events": EVENT_KEYS,
    "agreement.events.origin": ORIGIN_KEYS,
    "agreement.terms": TERMS_KEYS,
    "agreement.terms.entry_into_force": ENTRY_KEYS,
    "agreement.terms.duration": DURATION_KEYS,
    "agreement.terms.notices": NOTICE_KEYS,
    "agreement.terms.survival": SURVIVAL_KEYS,
    "agreement.relations": RELATION_KEYS,
    "agreement.identifiers": IDENTIFIER_KEYS,
    "agreement.sources": CITATION_KEYS,
    "agreement.claims": CLAIM_KEYS,
    "agreement.origin": ORIGIN_KEYS,
    "agreement.derived": DERIVED_KEYS,
    "agreement.derived.signed": DATE_KEYS,
    "agreement.derived.in_force_from": DATE_KEYS,
    "agreement.derived.in_force_until": DATE_KEYS,
    "agreement.derived.party_status": PARTY_STATUS_KEYS,
    "agreement.derived.party_status.from": DATE_KEYS,
    "agreement.derived.party_status.until": DATE_KEYS,
    "agreement.derived.inverse_relations": INVERSE_RELATION_KEYS,
    "party.members": MEMBER_KEYS,
}
"""Keys in order of each object and, under ``kind.field``, of the objects inside it."""

READ_ONLY = ("derived", "parties[].name", "signatories[].name", "sources[].title", "sources[].url")
"""What an agreement's print holds beyond the record itself: ignored by import, absent from export."""

_READ_ONLY_KEYS = {
    "agreement": ("derived",),
    "agreement.parties": ("name",),
    "agreement.signatories": ("name",),
    "agreement.sources": ("title", "url"),
}
LISTS = frozenset(
    (
        *("aliases", "binding_views", "evidence", "parties", "signatories", "focus_areas", "families", "events"),
        *("notices", "relations", "identifiers", "languages", "sources", "claims", "open_questions", "notes"),
        *("places", "successors", "members", "flags", "party_status", "inverse_relations"),
    ),
)
"""Keys whose value is a list, in every object."""

MAPPINGS = frozenset(("titles", "extra", "names"))
"""Keys whose value is an object with keys of the user's own."""

_DEFAULTS: dict[tuple[str, str], Any] = {
    ("agreement", "instrument_type"): "unknown",
    ("agreement", "binding_status"): "not_assessed",
    ("agreement", "text_access"): "unknown",
    ("agreement.claims", "adopted"): False,
    ("agreement.terms.entry_into_force", "condition"): "unknown",
    ("agreement.terms.duration", "kind"): "unknown",
    ("party", "kind"): "other",
    ("source", "kind"): "unknown",
}
_IN_PLACE = {"person": "person", "family": "family", "source": "source"}


def default(shape: str, key: str) -> Any:
    """Return what a missing ``key`` stands for, fresh on every call; ``shape`` as in ``KEYS``."""
    if (shape, key) in _DEFAULTS:
        return _DEFAULTS[shape, key]
    if key == "record":
        return shape
    if key == "terms":
        return {"entry_into_force": None, "duration": None, "notices": [], "survival": None}
    if key in MAPPINGS:
        return {}
    return [] if key in LISTS else None


def blank(kind: str) -> dict[str, Any]:
    """Make a new object of a kind, or of a part (``agreement.events``): every key in order, read-only ones left out."""
    skipped = _READ_ONLY_KEYS.get(kind, ())
    return {key: default(kind, key) for key in KEYS[kind] if key not in skipped}


def complete(document: dict[str, Any], shape: str | None = None) -> dict[str, Any]:
    """Fill in every missing key of a document and put all keys in order, inner objects included.

    ``shape`` tells what it is where it has no ``record`` key. Read-only keys stay where they are given;
    keys that nobody knows follow at the end. Values are not judged.
    """
    shape = shape or str(document.get("record", "agreement"))
    keys = KEYS.get(shape)
    if keys is None:
        return dict(document)
    skipped = _READ_ONLY_KEYS.get(shape, ())
    filled: dict[str, Any] = {}
    for key in keys:
        if key in document:
            filled[key] = _inner(document[key], f"{shape}.{key}", key)
        elif key not in skipped:
            filled[key] = default(shape, key)
    filled.update((key, value) for key, value in document.items() if key not in filled)
    return filled


def _inner(value: Any, shape: str, key: str) -> Any:
    """Complete the objects in the value of a key."""
    if isinstance(value, list):
        return [_inner(item, shape, key) for item in value]
    if not isinstance(value, dict):
        return value
    if shape in KEYS:
        return complete(value, shape)
    if key in _IN_PLACE:
        return complete(value, _IN_PLACE[key])
    if key == "sources":
        return complete(value, "source")
    return value


def strip_read_only(document: dict[str, Any]) -> dict[str, Any]:
    """Copy a document as export writes it: without the read-only keys."""
    if document.get("record", "agreement") != "agreement":
        return dict(document)
    stripped = {key: value for key, value in document.items() if key != "derived"}
    for shape in ("parties", "signatories", "sources"):
        skipped = _READ_ONLY_KEYS[f"agreement.{shape}"]
        items = stripped.get(shape)
        if isinstance(items, list):
            stripped[shape] = [
                {key: value for key, value in item.items() if key not in skipped} if isinstance(item, dict) else item
                for item in items
            ]
    return stripped
