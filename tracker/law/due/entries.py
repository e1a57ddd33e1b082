"""Entries into force that lie ahead: recorded for a day to come, or on the day that the agreement itself names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.dates.day import passed
from tracker.dates.edtf import parse
from tracker.law.due.items import ENTRY, Deadline
from tracker.law.parties import contracting, roles, unnamed
from tracker.law.successors import NO_LIVES, Existence
from tracker.record import kinds
from tracker.record.kinds import effective
from tracker.record.vocabulary import words

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


def entries(record: Agreement, as_of: str, existence: Existence = NO_LIVES) -> list[Deadline]:
    """Return the entries into force from a day on (VCLT 24); arrangements become operative."""
    speech = words(record["binding_status"])
    codes = contracting(record["parties"])
    found = []
    recorded = False
    for event in record["events"]:
        text = effective(event)
        if kinds.stage(event["kind"]) != kinds.ENTERED:
            continue
        recorded = recorded or not event["parties"]
        if not text or passed(date := parse(text), as_of):
            continue
        who = " and ".join(event["parties"])
        what = speech["enters_into_force"] + (f" for {who}" if who else "")
        whose = tuple(event["parties"]) or codes
        rule = f"recorded ({event['kind'].replace('_', ' ')}, {event['id']})"
        found.append(Deadline(f"entry-{event['id']}", ENTRY, date, what, whose, rule, not date.uncertain))
    told = {item.whose for item in found} | ({codes} if recorded else set())
    return found + _computed(record, as_of, existence, recorded=told)


def _computed(record: Agreement, as_of: str, existence: Existence, *, recorded: set[tuple[str, ...]]) -> list[Deadline]:
    """Return the entries that follow from the condition and the acts done by ``as_of``, where none is recorded."""
    clause = record["terms"]["entry_into_force"]
    if clause is None:
        return []
    from tracker.law.entry import words as entry_words
    from tracker.law.entry.into_force import Case, assess

    treaty = record["binding_status"] != "non_binding"
    codes = contracting(record["parties"])
    known = roles(record["parties"])
    held = record["terms"]
    more = unnamed(record.get("open_questions"))
    case = Case(
        record["events"], codes, clause, as_of,
        held=held, existence=existence, roles=known, treaty=treaty, more=more,
    )  # fmt: skip
    found = assess(case)
    speech = words(record["binding_status"])
    items = []
    for entry in (found.instrument, *found.parties):
        date = entry.computed
        whose = (entry.party,) if entry.party else codes
        shared = entry.party and date == found.instrument.computed
        if date is None or entry.recorded or shared or passed(date, as_of) or whose in recorded:
            continue
        what = speech["enters_into_force"] + (f" for {entry.party}" if entry.party else "")
        basis = entry_words.basis(entry, found.rule, None, treaty=treaty)
        rule = f"computed: {basis}; none is recorded" if basis else "computed; none is recorded"
        sure = not date.uncertain and date.earliest is not None and not entry.missing
        items.append(Deadline(f"entry-{entry.party}" if entry.party else "entry", ENTRY, date, what, whose, rule, sure))
    return items


def of_provisions(record: Agreement, as_of: str) -> list[Deadline]:
    """Return the entries into force of single provisions, such as annexes, that are recorded from a day on."""
    enters = words(record["binding_status"])["enters_into_force"]
    codes = contracting(record["parties"])
    found = []
    for event in record["events"]:
        text = effective(event)
        if not event["provision"] or kinds.stage(event["kind"]) != kinds.ENTERED or not text:
            continue
        date = parse(text)
        if passed(date, as_of):
            continue
        who = " and ".join(event["parties"])
        what = f"{event['provision']} {enters}" + (f" for {who}" if who else "")
        rule = f"recorded ({event['kind'].replace('_', ' ')}, {event['id']})"
        whose = tuple(event["parties"]) or codes
        found.append(Deadline(f"entry-{event['id']}", ENTRY, date, what, whose, rule, not date.uncertain))
    return found
