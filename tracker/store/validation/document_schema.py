"""The JSON Schema (draft 2020-12) of every JSON document that the program prints; each key is always present.

``agreement`` is the printed form with its read-only keys, ``exported_agreement`` the form of exports.
"""

from collections.abc import Callable

from tracker.record import relations
from tracker.record import vocabulary as words
from tracker.record.document import COLLECTIONS, FORMAT
from tracker.store.validation import document_parts as parts
from tracker.store.validation.document_parts import (
    Schema,
    an_object,
    code,
    described,
    identifier,
    listed,
    maybe,
    reference,
    text,
)

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
    others = [reference(name) for name in ("exported_agreement", "export", "export_header", "report", "report_row")]
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


def _record(kind: str) -> Schema:
    return {"description": "kind of the object", "const": kind}


def _agreement(*, printed: bool) -> Schema:
    own = {"type": ["string", "integer", "boolean"]}
    texts = {"type": "string"}
    titles = {"type": "object", "additionalProperties": texts, "description": "titles by language (BCP 47)"}
    return an_object(
        "a treaty or an arrangement" if printed else "a treaty or an arrangement, as exports hold it",
        {
            "record": _record("agreement"),
            "ref": identifier("permanent reference"),
            "title": text("full title"),
            "short_title": parts.maybe_text("short title"),
            "title_term": parts.maybe_text("the word in the title"),
            "aliases": listed(texts, "other names"),
            "titles": titles,
            "instrument_type": code(words.INSTRUMENT_TYPES, "our class of the instrument"),
            "binding_status": code(words.BINDING_STATUSES, "the editor's verdict"),
            "binding_views": listed(parts.binding_view(), "views of parties and authorities"),
            "evidence": listed(parts.evidence(), "evidence for the verdict and against it"),
            "parties": listed(parts.participation(printed=printed), "parties"),
            "signatories": listed(parts.signatory(printed=printed), "who signed"),
            "focus_areas": listed(texts, "codes of the subjects, sorted"),
            "families": listed(parts.membership(), "families, sorted by id"),
            "events": listed(parts.event(), "the life of the agreement"),
            "terms": parts.terms(),
            "relations": listed(parts.relation(), "relations to other agreements"),
            "identifiers": listed(
                an_object("a number elsewhere", {"scheme": text("who numbers"), "value": text("the number")}),
                "numbers under which others file it",
            ),
            "text_access": code(words.TEXT_ACCESS, "whether the text can be read"),
            "languages": listed(texts, "authentic languages (BCP 47), sorted"),
            "sources": listed(parts.citation(printed=printed), "what the record as a whole rests on"),
            "claims": listed(parts.claim(), "what sources say about fields"),
            "confidence": parts.CONFIDENCE,
            "open_questions": listed(texts, "what is to be found out"),
            "notes": listed(texts, "remarks"),
            "extra": {"description": "own fields", "type": "object", "additionalProperties": own},
            "origin": maybe(parts.origin()),
            **({"derived": reference("derived")} if printed else {}),
        },
    )


def _party() -> Schema:
    member = {"code": parts.PARTY_CODE, "from": maybe(parts.EDTF), "until": maybe(parts.EDTF)}
    return an_object(
        "a state, organisation or other actor",
        {
            "record": _record("party"),
            "code": parts.PARTY_CODE,
            "kind": code(words.PARTY_KINDS, "kind of actor"),
            "name": text("name"),
            "names": {"type": "object", "additionalProperties": {"type": "string"}, "description": "by language"},
            "aliases": listed({"type": "string"}, "other names and acronyms"),
            "alpha_2": parts.maybe_text("ISO 3166-1 alpha-2"),
            "numeric": parts.maybe_text("ISO 3166-1 numeric"),
            "exists_from": maybe(parts.EDTF),
            "exists_until": maybe(parts.EDTF),
            "successors": listed(parts.PARTY_CODE, "codes of the successors"),
            "members": listed(an_object("a spell of membership", member), "members of an organisation"),
            "note": parts.NOTE,
        },
    )


def _person() -> Schema:
    return an_object(
        "a person who signed",
        {
            "record": _record("person"),
            "id": identifier("id"),
            "name": text("name"),
            "aliases": listed({"type": "string"}, "other spellings"),
            "note": parts.NOTE,
        },
    )


def _family() -> Schema:
    return an_object(
        "a family of like instruments",
        {
            "record": _record("family"),
            "id": identifier("id"),
            "name": text("name"),
            "instrument_type": maybe(code(words.INSTRUMENT_TYPES, "usual type of its members")),
            "description": parts.maybe_text("what joins them"),
            "notes": listed({"type": "string"}, "remarks"),
            "sources": parts.SOURCES,
        },
    )


def _focus_area() -> Schema:
    return an_object(
        "a subject",
        {
            "record": _record("focus_area"),
            "code": text("code"),
            "label": text("label"),
            "parent": parts.maybe_text("code of the wider subject"),
            "note": parts.NOTE,
        },
    )


def _source() -> Schema:
    return an_object(
        "a text that statements rest on",
        {
            "record": _record("source"),
            "id": identifier("id"),
            "title": text("title"),
            "author": parts.maybe_text("author"),
            "publisher": parts.maybe_text("publisher"),
            "date": maybe(described(parts.EDTF, "date of publication (EDTF)")),
            "url": parts.maybe_text("address"),
            "kind": code(words.SOURCE_KINDS, "kind, the most authoritative first"),
            "language": parts.maybe_text("BCP 47"),
            "accessed": maybe(described(parts.EDTF, "when it was read")),
            "archive_url": parts.maybe_text("address of an archived copy"),
            "sha256": parts.maybe_text("SHA-256 of the copy read"),
            "reprint_of": parts.maybe_text("what it reprints"),
            "note": parts.NOTE,
        },
    )


def _date() -> Schema:
    return an_object(
        "a date as exact as it is known",
        {"edtf": parts.EDTF, "earliest": maybe(parts.ISO_DAY), "latest": maybe(parts.ISO_DAY)},
    )


def _derived() -> Schema:
    """What the rules make of the record on a day."""
    date = maybe(reference("date"))
    status = {"code": parts.PARTY_CODE, "status": code(words.PARTY_STATUSES, "status"), "from": date, "until": date}
    inverses = (*relations.INVERSES.values(), *relations.SYMMETRIC)
    seen = {"type": code(inverses, "type as this end sees it"), "source_ref": identifier("record that holds it")}
    return an_object(
        "what the rules derive (read-only)",
        {
            "as_of": described(parts.ISO_DAY, "day on which the world is looked at"),
            "known_at": parts.maybe_text("moment at which the register is looked at"),
            "revision": {"description": "change that last touched the record", "type": "integer"},
            "status": code(words.STATUSES, "status on that day"),
            "status_certain": {"description": "false: possible only", "type": "boolean"},
            "flags": listed({"enum": list(words.FLAGS)}, "what holds beside the status"),
            "signed": described(date, "last signing act"),
            "in_force_from": described(date, "start of the spell that holds, else of the last one"),
            "in_force_until": described(date, "its end; null: none is recorded"),
            "laterality": code(words.LATERALITIES, "by the number of parties"),
            "party_status": listed(an_object("one party on that day", status), "in the order of the parties"),
            "inverse_relations": listed(an_object("a relation kept elsewhere", seen), "seen from here"),
            "match": {"description": "how the query matched; null outside one", "enum": ["certain", "possible", None]},
        },
    )


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
            "format": {"const": FORMAT},
            "filters": {"description": "filters as they were understood", "type": "object"},
            "as_of": maybe(described(parts.ISO_DAY, "day on which the world is looked at")),
            "columns": listed({"type": "string"}, "names of the columns in order"),
            "rows": listed(row, "one object a row, a key a column"),
            "left_out": listed(left_out, "what the rows do not count, and why"),
        },
    )


def _report_row() -> Schema:
    meaning = "one row of a report as a line of NDJSON"
    return {"description": meaning, "type": "object", "additionalProperties": _CELL, **_NO_RECORD}


_DEFINITIONS: dict[str, Callable[[], Schema]] = {
    "agreement": lambda: _agreement(printed=True),
    "exported_agreement": lambda: _agreement(printed=False),
    "derived": _derived,
    "date": _date,
    "party": _party,
    "person": _person,
    "family": _family,
    "focus_area": _focus_area,
    "source": _source,
    "export": _export,
    "export_header": _export_header,
    "report": _report,
    "report_row": _report_row,
}
_TITLES = {"agreement": "agreement as printed", "exported_agreement": "agreement as exported"}

KINDS = tuple(name for name in _DEFINITIONS if name not in ("derived", "date"))
"""Documents that have a schema of their own."""
