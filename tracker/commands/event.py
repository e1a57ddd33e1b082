"""``tracker event``: record an act or happening in the life of an agreement."""

from typing import Annotated, Any, NamedTuple

import typer

from tracker import draft, messages, output
from tracker.context import AppContext
from tracker.domain.vocabulary import EVENT_KINDS, VocabularyError, check
from tracker.errors import InvalidValue
from tracker.options import ChangeOptions, Texts, command, ref_argument
from tracker.read import names, refs
from tracker.read.agreements import record as read_record
from tracker.read.connection import Reader
from tracker.store.models import validate
from tracker.store.session import transaction


def _option(name: str, text: str, metavar: str | None = None) -> Any:
    return typer.Option(name, help=text, metavar=metavar)


class EventOptions(NamedTuple):
    """What else is known of the event."""

    party: Annotated[Texts, _option("--party", "Only for this party; repeat for several (default: the whole).")] = None
    effective: Annotated[str | None, _option("--effective", "The day from which it works.", "DATE")] = None
    place: Annotated[Texts, _option("--place", "Where.")] = None
    provision: Annotated[str | None, _option("--provision", "Only for this provision.")] = None
    source: Annotated[Texts, _option("--source", "Source: its id or its address.", "ID|URL")] = None
    raw: Annotated[str | None, _option("--raw", "The source's own word, for a kind outside the vocabulary.")] = None
    note: Annotated[str | None, _option("--note", "A note.")] = None


@command
def event(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    kind: Annotated[str, typer.Argument(help="What happened: signed, entered_into_force, ...", show_default=False)],
    date: Annotated[
        str, typer.Argument(help="The day, as exact as known; 'unknown' if it is not.", show_default=False)
    ],
    options: EventOptions,
    change: ChangeOptions,
) -> None:
    """Record an act or happening: of the instrument, or of some of its parties (--party)."""
    with transaction(
        context.store.path, actor=context.who, command=context.command_line, dry_run=change.dry_run
    ) as writer:
        found = refs.resolve(writer.reader, ref)
        record = read_record(writer.reader, found, context.today)
        record["events"].append(_event(writer.reader, kind, date, options, context.today))
        outcome = writer.put_agreement(validate(record, found))
    did = "would be recorded" if change.dry_run else "recorded"
    output.line(found)
    messages.say(f"{did}: {kind} {date} in {outcome.id}; see it with: tracker show {outcome.id}", quiet=context.quiet)


def _event(reader: Reader, kind: str, date: str, options: EventOptions, today: str) -> dict[str, Any]:
    code = kind.strip().lower().replace("-", "_")
    try:
        check(code, EVENT_KINDS, "event kind")
    except VocabularyError as error:
        raise InvalidValue(f"{error}; for a word outside the vocabulary use: other DATE --raw '{kind}'") from error
    if code == "other" and not options.raw:
        raise InvalidValue("an event of kind other keeps the source's word: give it with --raw")
    return {
        "kind": code,
        "kind_raw": options.raw,
        "date": None if date.lower() in ("unknown", "none") else draft.date(date, today),
        "effective_date": draft.date(options.effective, today, "--effective") if options.effective else None,
        "parties": [names.party_code(reader, text) for text in options.party or []],
        "places": options.place or [],
        "provision": options.provision,
        "note": options.note,
        "sources": [draft.source(reader, text) for text in options.source or []],
    }
