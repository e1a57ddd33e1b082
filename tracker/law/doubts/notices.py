"""Doubts about notices of withdrawal: given outside the time that the agreement's own clause leaves for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.dates.day import PartialDate
from tracker.dates.edtf import parse
from tracker.dates.periods import PeriodError
from tracker.law.life import lifecycle
from tracker.law.notice_windows import is_counted, missed
from tracker.law.parties import contracting
from tracker.record import kinds

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
