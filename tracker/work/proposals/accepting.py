"""Proposals that a person accepts, recorded: the text as a source, each value as a claim of it, all as one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.errors import Ambiguous, InvalidValue, Refused
from tracker.law.doubts.oddities import oddities
from tracker.proposing.basis.proposal import HIGH, Value
from tracker.proposing.laying import lay
from tracker.proposing.sheet import DIFFERS, FILLED, Basis, Laid
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity, names
from tracker.read.lookup import refs as stored_refs
from tracker.read.records import documents
from tracker.record import claims
from tracker.record.document import blank
from tracker.record.types import Record
from tracker.record.values import spelled
from tracker.record.vocabulary import SOURCE_KINDS, understood
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.text import refs
from tracker.work import edit, typed
from tracker.work.outcome import Done
from tracker.work.proposals.offers import CLAUSE, NAMELESS, REPORTED, Offer, Offered, likely, of_record, offered, person
from tracker.work.proposals.texts import Text

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement

ALL, NEW = "all", "new"

UNNAMED = "new-agreement"
"""What an agreement is called before it has a ref."""

EVIDENCE = {
    "authentic_text": "text_clause",
    "treaty_series": "text_clause",
    "depositary": "text_clause",
    "official_gazette": "party_statement",
    "parliament": "parliament_or_research",
    "court": "tribunal_ruling",
    "official_press_release": "party_statement",
    "official_page": "party_statement",
    "official_research": "parliament_or_research",
    "law_firm": "parliament_or_research",
    "research": "parliament_or_research",
}
"""Kind of a source to the kind of evidence that its words are."""


class Wanted(NamedTuple):
    """A proposal that is accepted."""

    number: int
    onto: str | None = None
    """``new``, or the ref of the agreement that it is; None = as the register knows it."""


class SourceGiven(NamedTuple):
    """What somebody says of the source that a text is."""

    source: str | None = None
    """Its id or address."""
    kind: str | None = None
    """None = unknown, or as it is recorded."""


class Accepting(NamedTuple):
    """How proposals are accepted."""

    today: str
    source: SourceGiven
    people: bool = False
    """Signatories who are not known are new people, also where somebody is called nearly so."""


def wanted(text: str | None) -> list[Wanted] | None:
    """Read which proposals are accepted: ``all``, or numbers such as ``1,3=us-jp-sosa-2023,4=new``; None = all.

    Raises InvalidValue.
    """
    if text is None or text.strip().lower() == ALL:
        return None
    chosen = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        number, _, onto = (piece.strip() for piece in part.partition("="))
        if not (number.isascii() and number.isdigit() and len(number) < 7):
            raise InvalidValue(
                f"--accept {part!r}: expected all, or numbers of proposals such as 1,3 or 2=REF or 2=new"
            )
        chosen.append(Wanted(int(number), onto or None))
    if not chosen:
        raise InvalidValue("--accept names no proposal; give all, or numbers such as 1,3")
    return chosen


def chosen(offers: Sequence[Offer], wants: Sequence[Wanted] | None) -> list[tuple[Offer, str | None]]:
    """Return the offers that are accepted, each with what was said of where it belongs; raises InvalidValue."""
    if wants is None:
        return [(offer, None) for offer in offers]
    by_number = {offer.number: offer for offer in offers}
    for want in wants:
        if want.number not in by_number:
            there = f"there are {len(offers)}" if offers else "nothing is proposed"
            raise InvalidValue(f"--accept {want.number}: no such proposal; {there}")
    onto = {want.number: want.onto for want in wants}
    return [(offer, onto[offer.number]) for offer in offers if offer.number in onto]


def accept(writer: Writer, texts: list[Text], wants: Sequence[Wanted] | None, how: Accepting) -> list[Done]:
    """Record what is accepted of the proposals of some texts, and return what became of each.

    Raises InvalidValue for a number that is not there, Refused for news of an agreement that the register does not
    hold, Ambiguous where several agreements may be meant, LikelyKnown, and InvalidRecord.
    """
    offers: Offered = offered(writer.reader, texts, how.today)
    recorded: dict[int, set[str]] = {}
    done = []
    for offer, onto in chosen(offers.offers, wants):
        mine = recorded.setdefault(id(offer.text), set())
        ref = target(writer.reader, offer, onto, mine)
        outcome = _record_new(writer, offer, how) if ref is None else _lay_over(writer, ref, offer, how)
        mine.add(outcome.id)
        done.append(outcome)
    return done


def target(reader: Reader, offer: Offer, onto: str | None, beside: set[str]) -> str | None:
    """Return the ref of the agreement that an offer is accepted onto; None = it becomes a new one.

    ``beside``: what was recorded of the same text, which is another one. Raises NotFound, Refused and Ambiguous.
    """
    if onto == NEW:
        return None
    if onto is not None:
        return stored_refs.resolve(reader, onto)
    found = [one for one in likely(reader, of_record(offer.record)) if one.ref not in beside]
    sure = [one for one in found if one.sure]
    if sure:
        return sure[0].ref
    number, title = offer.number, offer.record["title"]
    if found:
        maybe = " or ".join(f"{one.ref} ({one.title})" for one in found)
        raise Ambiguous(
            f"proposal {number} ({title}) may be {maybe}; say which with --accept {number}={found[0].ref}, "
            f"or --accept {number}={NEW}"
        )
    if not offer.is_new:
        raise Refused(
            f"proposal {number} is news about {title!r}, which the register does not hold; "
            f"say which agreement it is with --accept {number}=REF, or record it with --accept {number}={NEW}"
        )
    return None


def _record_new(writer: Writer, offer: Offer, how: Accepting) -> Done:
    """Record an offer as a new agreement. Raises LikelyKnown and InvalidRecord."""
    source = put_source(writer, offer.text, how)
    drafted = blank("agreement") | {"title": ""}
    lay(drafted, offer.proposal.values, basis(writer.reader, offer.text, source))
    drafted["title"] = drafted["title"] or drafted["title_term"] or NAMELESS
    return put_new(writer, drafted, source, how)


def put_new(writer: Writer, drafted: Record, source: Record, how: Accepting) -> Done:
    """Record a drafted agreement, under a new ref where it has none."""
    _cite(drafted, source)
    _put_people(writer, drafted, how)
    record = judged(writer.reader, drafted)
    outcome = writer.put_agreement(record)
    warnings = [f"{outcome.id}: {oddity}" for oddity in oddities(cast("Agreement", record), how.today)]
    see = f"see it with: tracker show {outcome.id}"
    return Done(outcome.id, outcome.what, f"recorded {outcome.id}", warnings=warnings, next=see)


def _lay_over(writer: Writer, ref: str, offer: Offer, how: Accepting) -> Done:
    """Lay an offer over an agreement of the register: what is blank is filled, what differs becomes a claim."""
    source = put_source(writer, offer.text, how)
    editable = edit.agreement(how.today)
    before = editable.read(writer.reader, ref)
    record = deepcopy(before)
    laid = lay(record, offer.said, basis(writer.reader, offer.text, source), writer.numbers_given(ref))
    return put_over(writer, before, record, (source, laid), how)


def put_over(writer: Writer, before: Record, record: Record, told: tuple[Record, list[Laid]], how: Accepting) -> Done:
    """Put a stored agreement with what a source says laid over it, and tell what became of that."""
    source, laid = told
    ref = before["ref"]
    _cite(record, source)
    try:
        claims.reconcile(before, record)
    except claims.ClaimError as error:
        raise Refused(f"{ref}: {error}") from error
    _put_people(writer, record, how)
    document = validate(record, ref, "agreement")
    outcome = writer.put_agreement(document)
    if outcome.what == "unchanged":
        return Done(ref, "unchanged", f"{ref}: nothing to change, it says so already")
    filled = sum(one.outcome == FILLED for one in laid)
    differing = [one for one in laid if one.outcome == DIFFERS]
    counts = f"{filled} filled, {len(laid) - filled - len(differing)} as they were, {len(differing)} otherwise"
    remarks = [
        f"{ref}: {one.path}: the text says {spelled(one.value)}, it holds {spelled(one.held)}; kept as a claim"
        for one in differing
    ]
    see = f"see where sources disagree with: tracker conflicts ref:{ref}" if differing else f"tracker show {ref}"
    did = f"laid over {ref}: {counts}"
    return Done(ref, outcome.what, did, outcome.changes, remarks, next=see if differing else f"see it with: {see}")


def _put_people(writer: Writer, record: Record, how: Accepting) -> None:
    """Record the people who stand in place, so that claims can name them by their ids; raises LikelyKnown."""
    if not how.people:
        typed.refuse_near_people(writer.reader, record)
    for item in record["signatories"]:
        if isinstance(item["person"], dict):
            document = validate({"record": "person", **item["person"]}, f"signatory {item['person']['name']}", "person")
            item["person"] = writer.put_object("person", document).id


def put_source(writer: Writer, text: Text, how: Accepting) -> Record:
    """Record the text as a source, once, and return it."""
    source = source_of(writer.reader, text, how.source)
    document = validate(source, f"source {source['id']}", "source")
    writer.put_object("source", document)
    return document


def basis(reader: Reader, text: Text, source: Record, *, fills: bool = True) -> Basis:
    """Return what the values of a text rest on."""
    said = text.published
    return Basis(source["id"], text.place, person(reader), evidence(source), said, fills)


def _cite(record: Record, source: Record) -> None:
    """Let a record as a whole rest on a source."""
    if not any(item["source"] == source["id"] for item in record["sources"]):
        record["sources"].append(blank("agreement.sources") | {"source": source["id"]})


def judged(reader: Reader, written: Record) -> Record:
    """Return a new agreement as somebody wrote it, validated, with a ref. Raises InvalidRecord."""
    named = {**written, "ref": written.get("ref") or UNNAMED}
    record: Record = validate(named, named["ref"], "agreement")
    if record["ref"] == UNNAMED:
        record["ref"] = identity.new_ref(reader, record)
    return record


def evidence(source: Record) -> Callable[[Value], str]:
    """Return what tells which kind of evidence the words of a source are for a binding status.

    Where nobody said what the text is, a formal clause speaks for itself, and anything else is what is reported.
    """
    kind = EVIDENCE.get(source["kind"])
    return lambda value: CLAUSE if value.confidence == HIGH else kind or REPORTED


def source_of(reader: Reader, text: Text, given: SourceGiven) -> Record:
    """Return the source that a text is, a complete document: the one that is named, else that of its sum, else new.

    What is not known of it yet is taken from the text. Raises UnknownName, InvalidValue, and Refused where the source
    that is named is of another text.
    """
    named = given.source
    address = named if named and "://" in named else None
    identifier = _recorded(reader, text, named)
    if identifier is None:
        title = text.title
        base = refs.proposed_id(title) or f"text-{text.sha256}"[:17]
        held = blank("source") | {"id": typed.free_source_id(reader, base[: refs.LONGEST]), "title": title}
    else:
        held = documents.document(reader, "source", identifier)
    _refuse_other_text(held, text)
    found = {
        "sha256": text.sha256,
        "date": text.published,
        "language": text.language,
        "url": address or text.article.url,
    }
    kind = understood(given.kind, SOURCE_KINDS) if given.kind else held["kind"]
    return {**held, **{key: held[key] or value for key, value in found.items()}, "kind": kind}


def _recorded(reader: Reader, text: Text, named: str | None) -> str | None:
    if named is None:
        return typed.source_with_sum(reader, text.sha256)
    if "://" not in named:
        return names.source_id(reader, named)
    sql = "SELECT id FROM sources WHERE url = :url OR archive_url = :url ORDER BY id"
    row = reader.row(sql, {"url": named})
    return None if row is None else str(row["id"])


def _refuse_other_text(held: Record, text: Text) -> None:
    if held["sha256"] not in (None, text.sha256):
        raise Refused(
            f"source {held['id']} has another text: its SHA-256 is {held['sha256']}, that of {text.name} is "
            f"{text.sha256}; leave --source out for a source of its own"
        )
