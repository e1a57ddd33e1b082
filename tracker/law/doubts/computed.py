"""Doubts about what is computed: days that passed without a record, differing records, parties gone, odd notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.dates.day import DateError, PartialDate
from tracker.dates.edtf import bounds, parse
from tracker.dates.periods import PeriodError
from tracker.law.life import entry_words, lifecycle
from tracker.law.life.entry import Assessment, Case, Entry, assess
from tracker.law.life.lifecycle import vacancy
from tracker.law.life.standing import IN_FORCE
from tracker.law.parties import acts, contracting, is_bilateral, unnamed
from tracker.law.successors import UNKNOWN, Existence, are_gone, heirs
from tracker.law.terms import is_counted, missed
from tracker.record import kinds

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


def assessed(record: Agreement, day: str, existence: Existence) -> Assessment | None:
    """Return the entry into force of a record whose condition is recorded; None where nothing can be computed."""
    clause = record["terms"]["entry_into_force"]
    if clause is None or clause["condition"] in ("unknown", "entry_of_other_instrument"):
        return None
    treaty = record["binding_status"] != "non_binding"
    events = acts(record["events"], record["parties"])
    codes = contracting(record["parties"])
    more = unnamed(record.get("open_questions"))
    case = Case(events, codes, clause, day, held=record["terms"], existence=existence, treaty=treaty, more=more)
    try:
        return assess(case)
    except (DateError, PeriodError):
        return None


def passed(record: Agreement, day: str, existence: Existence) -> Iterator[str]:
    """Yield an entry into force that was computed for a day that has passed, while none is recorded."""
    if any(event["kind"] in kinds.ENTRIES and not event["provision"] for event in record["events"]):
        return
    found = assessed(record, day, existence)
    if found is None:
        return
    date = found.instrument.computed
    if date is not None and date.latest is not None and date.latest <= day:
        yield f"computed {date.edtf} ({_basis(found.instrument, found, record)}), no entry into force is recorded"


def differing(record: Agreement, day: str, existence: Existence) -> Iterator[str]:
    """Yield the recorded entries into force that lie on another day than the computed one."""
    found = assessed(record, day, existence)
    if found is None:
        return
    for entry in (found.instrument, *found.parties):
        shared = entry.party and (entry.recorded, entry.computed) == (
            found.instrument.recorded,
            found.instrument.computed,
        )
        if entry.comparison != "differs" or shared or entry.recorded is None or entry.computed is None:
            continue
        whose = f"{entry.party}: " if entry.party else ""
        said = f"recorded {entry.recorded.edtf}, computed {entry.computed.edtf}"
        yield f"{whose}{said} ({_basis(entry, found, record)})"


def _basis(entry: Entry, found: Assessment, record: Agreement) -> str:
    treaty = record["binding_status"] != "non_binding"
    return entry_words.basis(entry, found.rule, None, treaty=treaty) or "by its terms"


def ceased(record: Agreement, day: str, existence: Existence) -> Iterator[str]:
    """Yield parties that ceased to exist by a day while the agreement was in force: it holds for them no more."""
    codes = contracting(record["parties"])
    if not are_gone(codes, existence) or record["derived"]["in_force_from"] is None:
        return
    over = bounds(ended["edtf"] if (ended := record["derived"]["in_force_until"]) else None)[1]
    more = unnamed(record.get("open_questions"))
    places = {before: code for code, before in heirs(codes, record["events"], existence).items()}
    if not is_bilateral(codes, record["terms"]["entry_into_force"], record["events"], existence, more):
        places = {}
    open_side = vacancy(record, existence)
    for code in codes:
        until = existence.get(code, UNKNOWN).over
        latest = bounds(until)[1]
        if latest is not None and latest < day and (over is None or latest < over):
            after = f"{places[code]} stands in its place" if code in places else "a successor needs an act of its own"
            if open_side is not None and code in open_side.codes:
                after = "whether the whole passed to a successor or lapsed is not recorded"
            yield f"{code} ceased to exist {until}: it is in force for it no more; {after}"


def superseding(record: Agreement, in_force: frozenset[str]) -> Iterator[str]:
    """Yield what a record in force supersedes while that is in force as well (``in_force``: refs of such)."""
    for relation in record["relations"]:
        older = relation["type"] == "supersedes" and relation["target"] in in_force
        if older and record["derived"]["status"] in IN_FORCE:
            yield f"it supersedes {relation['target']}, and both are in force: the end of the older one is not recorded"


if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event, Notice


def untimely(record: Agreement) -> Iterator[tuple[Event, str]]:
    """Yield the notices that were certainly given outside their time, each with what is wrong, in words."""
    clauses = [clause for clause in record["terms"]["notices"] if is_counted(clause)]
    notices = [event for event in record["events"] if event["kind"] in kinds.NOTICES and not event["provision"]]
    if not clauses or not notices:
        return
    spans = lifecycle.of_record(record)
    for event in notices:
        if event["date"] is None:
            continue
        given = parse(event["date"])
        for code in event["parties"] or contracting(record["parties"]):
            told = _untimely(spans, clauses, code, given)
            if told is not None:
                yield event, f"notice of withdrawal {event['date']} ({code}): {told}"


def _untimely(spans: Sequence[lifecycle.Span], clauses: Sequence[Notice], code: str, given: PartialDate) -> str | None:
    """Return why every clause that counts from an entry finds a notice untimely; None where one does not."""
    said: str | None = None
    day = given.latest or given.earliest or ""
    for clause in clauses:
        whose = code if clause.get("after_entry") else ""
        entry = lifecycle.standing(spans, day, whose).from_
        if entry is None:
            return None
        try:
            told = missed(given, entry, clause)
        except PeriodError:
            return None
        if told is None:
            return None
        counted = "the entry into force for the party" if whose else "the entry into force"
        said = f"{told}, counted from {counted}, {entry.edtf}"
    return said
