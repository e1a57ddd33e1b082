"""``tracker event``: record, correct or take out an act or happening in the life of an agreement."""

from typing import Annotated, Any, NamedTuple

import typer

from tracker.commands.edit import settle
from tracker.errors import InvalidValue, NotFound, UsageProblem
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import names, refs
from tracker.read.records.agreements import record as read_record
from tracker.record.document import strip_read_only
from tracker.record.vocabulary import EVENT_KINDS, VocabularyError, check
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, ref_argument
from tracker.shell.writing import writing
from tracker.work import draft

Event = dict[str, Any]
CLEAR = ("none", "unknown")
"""What a person types for an option of --edit to empty the field."""


def _option(name: str, text: str, metavar: str | None = None) -> Any:
    return typer.Option(name, help=text, metavar=metavar)


class EventOptions(NamedTuple):
    """What else is known of the event."""

    party: Annotated[Texts, _option("--party", "Only for this party; repeat for several (default: the whole).")] = None
    effective: Annotated[str | None, _option("--effective", "The day from which it works.", "DATE")] = None
    place: Annotated[Texts, _option("--place", "Where; repeat for one act in several places.")] = None
    provision: Annotated[str | None, _option("--provision", "Only for this provision.")] = None
    source: Annotated[Texts, _option("--source", "Source: its id or its address.", "ID|URL")] = None
    raw: Annotated[
        str | None, _option("--raw", "The source's own words; of a kind outside the vocabulary, its name.")
    ] = None
    note: Annotated[str | None, _option("--note", "A note.")] = None


class CorrectionOptions(NamedTuple):
    """Which recorded event is meant, and the words for what stands on the line when a new one is recorded."""

    edit: Annotated[str | None, _option("--edit", "Correct this event: only what is given changes.", "ID")] = None
    remove: Annotated[Texts, _option("--remove", "Take this event out; repeat for several.", "ID")] = None
    to_kind: Annotated[str | None, _option("--kind", "With --edit: what happened.", "KIND")] = None
    to_date: Annotated[str | None, _option("--date", "With --edit: the day.", "DATE")] = None


@command
def event(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    options: EventOptions,
    correction: CorrectionOptions,
    change: ChangeOptions,
    kind: Annotated[str | None, typer.Argument(help="What happened: signed, entered_into_force, ...")] = None,
    date: Annotated[str | None, typer.Argument(help="The day, as exact as known; 'unknown' if it is not.")] = None,
) -> None:
    """Record an act or happening: of the instrument, or of some of its parties (--party).

    With --edit e2 a recorded event is corrected, with --remove e2 it is taken out; 'none' empties a field.
    """
    _refuse_mixture(kind or correction.to_kind, date or correction.to_date, options, correction)
    with writing(context, change) as writer:
        found = refs.resolve(writer.reader, ref)
        before = strip_read_only(read_record(writer.reader, found, context.today))
        edited = {**before, "events": [dict(item) for item in before["events"]]}
        given = _given(writer.reader, kind or correction.to_kind, date or correction.to_date, options, context.today)
        did = _apply(edited, given, correction)
        document, remarks = settle(before, edited, found)
        outcome = writer.put_agreement(document)
    output.line(found)
    if outcome.what == "unchanged":
        messages.say(f"{found}: nothing to change, it is so already", quiet=context.quiet)
        return
    would = "would be " if change.dry_run else ""
    messages.say(f"{would}{did} in {found}; see it with: tracker show {found}", quiet=context.quiet)
    for remark in remarks:
        messages.say(f"{found}: {remark}", quiet=context.quiet)


def _refuse_mixture(kind: str | None, date: str | None, options: EventOptions, correction: CorrectionOptions) -> None:
    """Raise UsageProblem where the line asks for two things, or for a new event without saying what and when."""
    said = kind or date or options != EventOptions()
    if correction.remove and (correction.edit or said):
        raise UsageProblem("--remove takes an event out as it is; give nothing else with it")
    if correction.edit and not said:
        raise UsageProblem(f"--edit {correction.edit}: say what changes, such as --date 2023-01-12 or --note TEXT")
    if not (correction.edit or correction.remove):
        for name, value in (("kind", kind), ("date", date)):
            if value is None:
                raise UsageProblem(f"Missing argument '{name}' (see tracker event --help)")


def _apply(record: dict[str, Any], given: Event, correction: CorrectionOptions) -> str:
    """Carry out the change in the record and say what it was."""
    if correction.remove:
        gone = [_position(record, name) for name in dict.fromkeys(correction.remove)]
        taken = [record["events"][at] for at in gone]
        record["events"] = [item for at, item in enumerate(record["events"]) if at not in gone]
        for signatory in record["signatories"]:
            if signatory["event"] in [item["id"] for item in taken]:
                raise UsageProblem(
                    f"{signatory['event']} is the act of signatory {signatory['id']} ({signatory['person']}); "
                    f"first say tracker edit {record['ref']} --set 'signatories[{signatory['id']}].event='"
                )
        return "removed: " + ", ".join(f"{item['id']} {item['kind']} {item['date'] or 'unknown'}" for item in taken)
    if correction.edit:
        item = record["events"][_position(record, correction.edit)]
        item |= given
        _settle_raw(item, given)
        return f"changed: {item['id']} {item['kind']} {item['date'] or 'unknown'}"
    _settle_raw(given, given)
    record["events"].append(given)
    return f"recorded: {given['kind']} {given['date'] or 'unknown'}"


def _position(record: dict[str, Any], name: str) -> int:
    held = [item["id"] for item in record["events"]]
    if name.lower() not in held:
        raise NotFound(f"{record['ref']} has no event {name!r}; it has {', '.join(held) or 'none'}")
    return held.index(name.lower())


def _settle_raw(item: Event, given: Event) -> None:
    """Put the source's words where they belong: those of a kind outside the vocabulary are its name."""
    if item["kind"] != "other":
        item["kind_raw"] = None
    elif given.get("raw"):
        item["kind_raw"], item["raw"] = given["raw"], None
    elif not item.get("kind_raw"):
        raise InvalidValue("an event of kind other keeps the source's word: give it with --raw")


def _given(reader: Reader, kind: str | None, date: str | None, options: EventOptions, today: str) -> Event:
    """Return the fields of the event that the line tells, names made codes and dates EDTF."""
    given: Event = {}
    if kind is not None:
        given["kind"] = _code(kind)
    if date is not None:
        given["date"] = None if date.lower() in CLEAR else draft.date(date, today)
    if options.effective is not None:
        clear = options.effective.lower() in CLEAR
        given["effective_date"] = None if clear else draft.date(options.effective, today, "--effective")
    for key, text in (("raw", options.raw), ("provision", options.provision), ("note", options.note)):
        if text is not None:
            given[key] = None if text.lower() in (*CLEAR, "") else text
    if options.party is not None:
        given["parties"] = [names.party_code(reader, text) for text in _kept(options.party)]
    if options.place is not None:
        given["places"] = _kept(options.place)
    if options.source is not None:
        given["sources"] = [draft.source(reader, text) for text in _kept(options.source)]
    return given


def _kept(texts: list[str]) -> list[str]:
    return [] if [text.lower() for text in texts] in (["none"], [""]) else texts


def _code(kind: str) -> str:
    code = kind.strip().lower().replace("-", "_").replace(" ", "_")
    try:
        check(code, EVENT_KINDS, "event kind")
    except VocabularyError as error:
        raise InvalidValue(f"{error}; for a word outside the vocabulary use: other DATE --raw '{kind}'") from error
    return code
