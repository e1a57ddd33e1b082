"""Recording an agreement: what was typed made a record, given a ref, and refused where its like is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tracker.errors import Duplicate, InvalidValue
from tracker.law.doubts.oddities import oddities
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity, names
from tracker.read.lookup import refs as refs_typed
from tracker.read.records import agreements
from tracker.record import kinds, shapes
from tracker.record.document import blank, strip_read_only
from tracker.record.types import Json, Record
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.text import refs
from tracker.work import typed
from tracker.work.outcome import Done

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


class AgreementTexts(Value):
    """What is known of a new agreement, as people type it; everything may be left out."""

    party: Texts = None
    """``CODE`` or ``CODE: entity that acts for it``; any name of the party will do."""
    type: str | None = None
    title_term: str | None = None
    binding: str | None = None
    because: Texts = None
    """Evidence for ``binding``: ``KIND: text`` or a text."""
    signed: Texts = None
    """Days of signature, as exact as known; several acts are several days."""
    place: Texts = None
    in_force: str | None = None
    """Day of entry into force, or from which it is operative."""
    signatory: Texts = None
    """``PARTY: name, office``."""
    focus: Texts = None
    family: Texts = None
    identifier: Texts = None
    """``SCHEME:VALUE``."""
    text_access: str | None = None
    source: Texts = None
    """Ids or addresses of sources."""
    confidence: str | None = None
    note: Texts = None
    open_question: Texts = None
    extra: Texts = None
    """Own fields: ``NAME=VALUE``."""
    short_title: str | None = None
    alias: Texts = None
    ref: str | None = None
    """The permanent reference; None = made from parties, type and year."""
    like: str | None = None
    """An agreement from which ``ALIKE`` is copied, where nothing is said here."""


ALIKE = ("instrument_type", "parties", "focus_areas", "families", "languages")
"""What agreements of one kind have in common.

Not the binding status and its evidence, acts, terms, sources, numbers and claims: each text has its own.
"""

NAMELESS = "new-agreement"
"""What an agreement is called before it has a ref."""

NOT_COPIED = "not its binding status, dates, signatories, terms, sources, numbers and claims"


class LikelyTwin(Duplicate):
    """An agreement of the same parties, type and date, or of the same number, is there already."""


def add(
    writer: Writer, title: str, given: AgreementTexts, today: str, *, twins: bool = False, people: bool = False
) -> Done:
    """Record a new agreement; ``twins``: also where one of the same parties, type and date, or number, is there.

    ``people``: signatories who are not known are new people, also where somebody is called nearly so.

    Raises LikelyTwin, LikelyKnown, Duplicate for a ref that is taken, InvalidRecord, InvalidValue and UnknownName.
    """
    drafted, remarks = draft_of(writer.reader, title, given, today)
    return put(writer, drafted, today, twins=twins, people=people)._replace(remarks=remarks)


def put(writer: Writer, drafted: Json, today: str, *, twins: bool = False, people: bool = False) -> Done:
    """Record a new agreement, given as a document; what is left out is not known. Raises as ``add``."""
    record = validate(drafted, "add", "agreement")
    _claim_ref(writer.reader, record["ref"])
    if not people:
        typed.refuse_near_people(writer.reader, record)
    if not twins:
        _refuse_twin(writer.reader, record)
    outcome = writer.put_agreement(record)
    return Done(
        outcome.id,
        outcome.what,
        f"recorded {outcome.id}",
        warnings=[f"{outcome.id}: {oddity}" for oddity in oddities(cast("Agreement", record), today)],
        next=f"see it with: tracker show {outcome.id}",
    )


def judged(reader: Reader, written: Json) -> Record:
    """Return an agreement that somebody wrote as a document, validated, and given a ref where it has none.

    Raises InvalidRecord.
    """
    has_none = isinstance(written, dict) and not written.get("ref")
    record = validate({**written, "ref": NAMELESS} if has_none else written, NAMELESS, "agreement")
    if has_none:
        record["ref"] = identity.new_ref(reader, record)
    return record


def draft_of(reader: Reader, title: str, given: AgreementTexts, today: str) -> tuple[Record, list[str]]:
    """Return what was typed as a document with a ref, not judged, and what was copied into it."""
    record = _draft(reader, title, given, today)
    remarks = [] if given.like is None else [_copy(record, reader, given.like, today)]
    record["ref"] = given.ref or identity.new_ref(reader, record)
    return record, remarks


def _copy(record: Record, reader: Reader, like: str, today: str) -> str:
    """Fill what is not said of a new agreement with what is alike in another one; say what that was."""
    ref = refs_typed.resolve(reader, like)
    other = strip_read_only(agreements.record(reader, ref, today))
    nothing = blank("agreement")
    copied = [key for key in ALIKE if record[key] == nothing[key] and other[key] != nothing[key]]
    for key in copied:
        record[key] = other[key]
    if "families" in copied:
        record["families"] = [{"family": item["family"]} for item in other["families"]]
    what = ", ".join(shapes.fields("agreement")[key].label for key in copied) or "nothing"
    return f"copied from {ref}: {what}; {NOT_COPIED}"


def _draft(reader: Reader, title: str, given: AgreementTexts, today: str) -> Record:
    record = blank("agreement")
    binding = typed.code(given.binding, "not_assessed", "agreement", "binding_status")
    sources = [typed.source(reader, text) for text in given.source or []]
    if given.because and not given.binding:
        raise InvalidValue("--because tells why; say with --binding what it speaks for")
    record |= {
        "title": title,
        "short_title": given.short_title,
        "title_term": given.title_term,
        "aliases": given.alias or [],
        "instrument_type": typed.code(given.type, "unknown", "agreement", "instrument_type"),
        "binding_status": binding,
        "evidence": [typed.evidence(text, binding, sources) for text in given.because or []],
        "parties": [typed.party(reader, text) for text in given.party or []],
        "signatories": [typed.signatory(reader, text) for text in given.signatory or []],
        "focus_areas": [names.focus_code(reader, text) for text in given.focus or []],
        "families": [{"family": names.family_id(reader, text)} for text in given.family or []],
        "events": _events(given, today),
        "identifiers": [typed.identifier(text) for text in given.identifier or []],
        "text_access": typed.code(given.text_access, "unknown", "agreement", "text_access"),
        "sources": [{"source": source} for source in sources],
        "confidence": given.confidence and given.confidence.strip().lower(),
        "open_questions": given.open_question or [],
        "notes": given.note or [],
        "extra": dict(typed.own_field(text) for text in given.extra or []),
    }
    if len(given.signed or []) == 1:
        for signatory in record["signatories"]:
            signatory["event"] = "e1"
    return record


def _events(given: AgreementTexts, today: str) -> list[Record]:
    binding = typed.code(given.binding, "not_assessed", "agreement", "binding_status")
    acts = [typed.date(text, today, "--signed") for text in given.signed or []]
    places = given.place or []
    apart = len(acts) == len(places) > 1
    each = [[town] for town in places] if apart else [places] + [[] for _ in acts[1:]]
    if places and not acts:
        raise InvalidValue("--place is where it was signed; give the day with --signed")
    events: list[Record] = [
        {"id": f"e{number}", "kind": "signed", "date": day, "places": where}
        for number, (day, where) in enumerate(zip(acts, each, strict=False), 1)
    ]
    if given.in_force:
        kind = kinds.usual(kinds.ENTERED, arrangement=binding == "non_binding")
        events.append({"kind": kind, "date": typed.date(given.in_force, today, "--in-force")})
    return events


def _claim_ref(reader: Reader, ref: str) -> None:
    taken = identity.taken(reader, ref)
    if ref in taken:
        free = refs.next_free(ref, taken)
        raise Duplicate(f"the ref {ref} is taken, and a ref is never given twice; {free} is free")


def _refuse_twin(reader: Reader, record: Record) -> None:
    twin = identity.likely_same(reader, record)
    if twin is not None:
        ref, title = twin
        raise LikelyTwin(
            f"likely there already: {ref} ({title}) has the same parties, type and date; "
            f"change it with: tracker edit {ref}; or add --yes to record another"
        )
    very_same = identity.alike(reader, record) if record["parties"] else []
    if very_same:
        ref = very_same[0][0]
        raise LikelyTwin(
            f"likely there already: {ref} has the same title, parties and type, and no day of signature either; "
            f"change it with: tracker edit {ref}; or add --yes to record another"
        )
    numbered = identity.numbered_alike(reader, record["identifiers"])
    if numbered is not None:
        ref, title, number = numbered
        raise LikelyTwin(
            f"likely there already: {ref} ({title}) has {number} too; "
            f"change it with: tracker edit {ref}; or add --yes to record another"
        )
