"""``tracker add``: record an agreement."""

from typing import Annotated, Any, NamedTuple

import typer

from tracker.errors import Declined, Duplicate, InvalidValue
from tracker.law.life import lifecycle
from tracker.law.oddities import oddities
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.record.document import blank
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command
from tracker.shell.writing import writing
from tracker.store.validation.models import validate
from tracker.store.write.writer import Outcome
from tracker.text import refs
from tracker.work import draft, sheet


def _option(name: str, text: str, metavar: str | None = None) -> Any:
    return typer.Option(name, help=text, metavar=metavar)


class AgreementOptions(NamedTuple):
    """What is known of the agreement; everything may be left out but the title."""

    party: Annotated[Texts, _option("--party", "A party, with the entity that acts for it.", "'CODE: ENTITY'")] = None
    type: Annotated[str | None, _option("--type", "Instrument type.")] = None
    title_term: Annotated[str | None, _option("--title-term", "The word in the title: Arrangement, Treaty.")] = None
    binding: Annotated[str | None, _option("--binding", "Binding status.")] = None
    because: Annotated[Texts, _option("--because", "Why: evidence for the binding status.", "'[KIND:] TEXT'")] = None
    signed: Annotated[Texts, _option("--signed", "Day of signature; repeat for several acts.", "DATE")] = None
    place: Annotated[Texts, _option("--place", "Place of signature.")] = None
    in_force: Annotated[str | None, _option("--in-force", "Day of entry into force, or operative.", "DATE")] = None
    signatory: Annotated[Texts, _option("--signatory", "Who signed.", "'PARTY: NAME, OFFICE'")] = None
    focus: Annotated[Texts, _option("--focus", "Focus area.")] = None
    family: Annotated[Texts, _option("--family", "Family of instruments.")] = None
    identifier: Annotated[Texts, _option("--identifier", "Number in a series.", "SCHEME:VALUE")] = None
    text_access: Annotated[str | None, _option("--text-access", "Access to the text.")] = None
    source: Annotated[Texts, _option("--source", "Source: its id or its address.", "ID|URL")] = None
    confidence: Annotated[str | None, _option("--confidence", "high, medium or low.")] = None
    note: Annotated[Texts, _option("--note", "A note.")] = None
    open_question: Annotated[Texts, _option("--open-question", "What is still to be found out.")] = None
    extra: Annotated[Texts, _option("--extra", "An own field.", "NAME=VALUE")] = None
    short_title: Annotated[str | None, _option("--short-title", "Short title.")] = None
    alias: Annotated[Texts, _option("--alias", "Another name.")] = None
    ref: Annotated[str | None, _option("--ref", "The permanent reference (default: from parties, type and year).")] = (
        None
    )


@command
def add(
    context: AppContext,
    title: Annotated[str, typer.Argument(help="The title, in full.", show_default=False)],
    options: AgreementOptions,
    change: ChangeOptions,
) -> None:
    """Record an agreement; dates are kept as exactly as they are given: 2023, 2023-01, 2023-10-10/2023-10-20, 2007?."""
    try:
        outcome = _record(context, title, options, change, unasked=change.yes)
    except Duplicate as twin:
        if not isinstance(twin, LikelyTwin) or not context.interactive:
            raise
        messages.warn(str(twin))
        if not messages.ask("Record it all the same?"):
            raise Declined("nothing was recorded") from twin
        outcome = _record(context, title, options, change, unasked=True)
    output.line(outcome.id)
    did = "would be recorded" if change.dry_run else "recorded"
    messages.say(f"{did} {outcome.id}; see it with: tracker show {outcome.id}", quiet=context.quiet)


class LikelyTwin(Duplicate):
    """An agreement of the same parties, type and date is there already."""


def _record(
    context: AppContext, title: str, options: AgreementOptions, change: ChangeOptions, *, unasked: bool
) -> Outcome:
    with writing(context, change, create=True) as writer:
        record = validate(_draft(writer.reader, title, options, context.today), "add")
        if options.ref is not None:
            _claim_ref(writer.reader, record["ref"])
        if not unasked:
            _refuse_twin(writer.reader, record)
        outcome = writer.put_agreement(record)
    for oddity in oddities(record):
        messages.warn(f"{outcome.id}: {oddity}")
    return outcome


def _draft(reader: Reader, title: str, options: AgreementOptions, today: str) -> dict[str, Any]:
    record = blank("agreement")
    sources = [draft.source(reader, text) for text in options.source or []]
    if options.because and not options.binding:
        raise InvalidValue("--because tells why; say with --binding what it speaks for")
    record |= {
        "title": title,
        "short_title": options.short_title,
        "title_term": options.title_term,
        "aliases": options.alias or [],
        "instrument_type": options.type or "unknown",
        "binding_status": options.binding or "not_assessed",
        "evidence": [draft.evidence(text, options.binding or "", sources) for text in options.because or []],
        "parties": [draft.party(reader, text) for text in options.party or []],
        "signatories": [draft.signatory(reader, text) for text in options.signatory or []],
        "focus_areas": [names.focus_code(reader, text) for text in options.focus or []],
        "families": [{"family": names.family_id(reader, text)} for text in options.family or []],
        "events": _events(options, today),
        "identifiers": [draft.identifier(text) for text in options.identifier or []],
        "text_access": options.text_access or "unknown",
        "sources": [{"source": source} for source in sources],
        "confidence": options.confidence,
        "open_questions": options.open_question or [],
        "notes": options.note or [],
        "extra": dict(draft.own_field(text) for text in options.extra or []),
    }
    if len(options.signed or []) == 1:
        for signatory in record["signatories"]:
            signatory["event"] = "e1"
    record["ref"] = options.ref or sheet.propose(reader, record)
    return record


def _events(options: AgreementOptions, today: str) -> list[dict[str, Any]]:
    acts = [draft.date(text, today, "--signed") for text in options.signed or []]
    places = options.place or []
    apart = len(acts) == len(places) > 1
    each = [[place] for place in places] if apart else [places] + [[] for _ in acts[1:]]
    if places and not acts:
        raise InvalidValue("--place is where it was signed; give the day with --signed")
    events: list[dict[str, Any]] = [
        {"id": f"e{number}", "kind": "signed", "date": day, "places": where}
        for number, (day, where) in enumerate(zip(acts, each, strict=False), 1)
    ]
    if options.in_force:
        kind = "became_operative" if options.binding == "non_binding" else "entered_into_force"
        events.append({"kind": kind, "date": draft.date(options.in_force, today, "--in-force")})
    return events


def _claim_ref(reader: Reader, ref: str) -> None:
    taken = sheet.taken(reader, ref)
    if ref in taken:
        free = refs.next_free(ref, taken)
        raise Duplicate(f"the ref {ref} is taken, and a ref is never given twice; {free} is free")


def _refuse_twin(reader: Reader, record: dict[str, Any]) -> None:
    codes = " ".join(sorted({party["code"] for party in record["parties"]}))
    signed = lifecycle.signed(record["events"])
    if not codes or signed is None:
        return
    twin = reader.row(
        "SELECT ref, title FROM agreements WHERE party_codes = :codes AND instrument_type = :type AND signed = :signed",
        {"codes": codes, "type": record["instrument_type"], "signed": signed.edtf},
    )
    if twin is not None:
        raise LikelyTwin(
            f"likely there already: {twin['ref']} ({twin['title']}) has the same parties, type and date; "
            f"change it with: tracker edit {twin['ref']}; or add --yes to record another"
        )
