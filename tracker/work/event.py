"""An act or happening in the life of an agreement: recorded, corrected, taken out."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tracker.errors import Duplicate, InvalidValue, NotFound, UsageProblem
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import names, refs
from tracker.read.records.agreements import record as read_record
from tracker.record import kinds
from tracker.record.document import strip_read_only
from tracker.record.types import Record
from tracker.record.vocabulary import EVENT_KINDS, VocabularyError, check, understood
from tracker.store.write.writer import Writer
from tracker.work import typed
from tracker.work.edit import settle
from tracker.work.outcome import NOTHING, Done

CLEAR = ("none", "unknown")
"""What a person types to empty a field of a recorded event."""


class EventTexts(Value):
    """What is known of an event beside its kind and day, as people type it; None = nothing is said."""

    party: Texts = None
    """Only for these parties; None = for the whole instrument."""
    effective: str | None = None
    """The day from which it works."""
    place: Texts = None
    provision: str | None = None
    """Only for this provision."""
    source: Texts = None
    """Ids or addresses of sources."""
    raw: str | None = None
    """The source's own words; of a kind outside the vocabulary, its name."""
    note: str | None = None


NOTHING_MORE = EventTexts()


class Said(NamedTuple):
    """What is said of an event: a new one has kind and day, a correction whatever changes."""

    kind: str | None
    date: str | None
    """As exact as known; ``unknown`` where it is not."""
    more: EventTexts = NOTHING_MORE


class EqualAct(Duplicate):
    """The act is recorded already: of the same kind, day and parties."""


def record(writer: Writer, ref: str, said: Said, today: str, *, twice: bool = False) -> Done:
    """Record an event; ``twice``: also where one of the same kind, day and parties is there, else raises EqualAct.

    Raises NotFound, Ambiguous, UnknownName, UsageProblem, InvalidValue and InvalidRecord.
    """
    for name, value in (("kind", said.kind), ("date", said.date)):
        if value is None:
            raise UsageProblem(f"an event has a {name}; say which")

    def append(document: Record) -> str:
        event = _given(writer.reader, said, today)
        _settle_raw(event, event)
        document["events"].append(event)
        if not twice:
            _refuse_equal(document, event)
        return f"recorded: {event['kind']} {event['date'] or 'unknown'}"

    return _write(writer, ref, today, append)


def correct(writer: Writer, ref: str, name: str, said: Said, today: str, *, twice: bool = False) -> Done:
    """Correct a recorded event, such as ``e2``: only what is said changes; ``none`` empties a field.

    ``twice`` as for ``record``. Raises what that raises, and NotFound for an event that the agreement has not.
    """

    def change(document: Record) -> str:
        event = _given(writer.reader, said, today)
        item = document["events"][_position(document, name)]
        item |= event
        _settle_raw(item, event)
        if not twice:
            _refuse_equal(document, item)
        return f"changed: {item['id']} {item['kind']} {item['date'] or 'unknown'}"

    return _write(writer, ref, today, change)


def remove(writer: Writer, ref: str, events: Sequence[str], today: str) -> Done:
    """Take events out. Raises NotFound, and UsageProblem where a signatory signed by one of them."""

    def take_out(document: Record) -> str:
        gone = [_position(document, name) for name in dict.fromkeys(events)]
        taken = [document["events"][at] for at in gone]
        document["events"] = [item for at, item in enumerate(document["events"]) if at not in gone]
        for signatory in document["signatories"]:
            if signatory["event"] in [item["id"] for item in taken]:
                raise UsageProblem(
                    f"{signatory['event']} is the act of signatory {signatory['id']} ({signatory['person']}); "
                    f"first say tracker edit {document['ref']} --set 'signatories[{signatory['id']}].event='"
                )
        return "removed: " + ", ".join(f"{item['id']} {item['kind']} {item['date'] or 'unknown'}" for item in taken)

    return _write(writer, ref, today, take_out)


def _write(writer: Writer, ref: str, today: str, change: Callable[[Record], str]) -> Done:
    """Read the agreement, carry out a change of its events, judge it and write it."""
    name = refs.resolve(writer.reader, ref)
    before = strip_read_only(read_record(writer.reader, name, today))
    edited = {**before, "events": [dict(item) for item in before["events"]]}
    did = change(edited)
    document, remarks = settle(before, edited, name, today)
    outcome = writer.put_agreement(document)
    if outcome.what == "unchanged":
        return Done(name, "unchanged", f"{name}: {NOTHING}")
    see = f"see it with: tracker show {name}"
    return Done(
        name, outcome.what, f"{did} in {name}", outcome.changes, [f"{name}: {text}" for text in remarks], next=see
    )


def _refuse_equal(document: Record, event: Record) -> None:
    """Raise EqualAct where another event of the agreement is the same act."""
    for other in document["events"]:
        if other is not event and kinds.equal(other, event):
            ref, name = document["ref"], other["id"]
            raise EqualAct(
                f"likely there already: {name} of {ref} is {other['kind']} {other['date']} too; "
                f"say more of it with: tracker event {ref} --edit {name}; or add --yes to record another"
            )


def _position(record: Record, name: str) -> int:
    ids = [item["id"] for item in record["events"]]
    if name.lower() not in ids:
        raise NotFound(f"{record['ref']} has no event {name!r}; it has {', '.join(ids) or 'none'}")
    return ids.index(name.lower())


def _settle_raw(item: Record, given: Record) -> None:
    """Put the source's words where they belong: those of a kind outside the vocabulary are its name."""
    if item["kind"] != "other":
        item["kind_raw"] = None
    elif given.get("raw"):
        item["kind_raw"], item["raw"] = given["raw"], None
    elif not item.get("kind_raw"):
        raise InvalidValue("an event of kind other keeps the source's word: give it with --raw")


def _given(reader: Reader, said: Said, today: str) -> Record:
    """Return the fields of the event that the line tells, names made codes and dates EDTF."""
    kind, date, given = said
    event: Record = {}
    if kind is not None:
        event["kind"] = _code(kind)
    if date is not None:
        event["date"] = None if date.lower() in CLEAR else typed.date(date, today)
    if given.effective is not None:
        clear = given.effective.lower() in CLEAR
        event["effective_date"] = None if clear else typed.date(given.effective, today, "--effective")
    for key, text in (("raw", given.raw), ("provision", given.provision), ("note", given.note)):
        if text is not None:
            event[key] = None if text.lower() in (*CLEAR, "") else text
    if given.party is not None:
        event["parties"] = [names.party_code(reader, text) for text in _kept(given.party)]
    if given.place is not None:
        event["places"] = _kept(given.place)
    if given.source is not None:
        event["sources"] = [typed.source(reader, text) for text in _kept(given.source)]
    return event


def _kept(texts: list[str]) -> list[str]:
    return [] if [text.lower() for text in texts] in (["none"], [""]) else texts


def _code(kind: str) -> str:
    code = understood(kind, EVENT_KINDS)
    try:
        check(code, EVENT_KINDS, "event kind")
    except VocabularyError as error:
        from tracker.record import meanings

        near = meanings.naming("event", kind)
        said = f"unknown event kind {kind!r}; did you mean {' or '.join(near)}?" if near else str(error)
        raise InvalidValue(f"{said}; for a word outside the vocabulary use: other DATE --raw '{kind}'") from error
    return code
