"""Odd facts: true now and then in real data, so they are told and never refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.dates.edtf import bounds
from tracker.law.doubts import quality
from tracker.record import kinds
from tracker.record.kinds import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


def oddities(record: Agreement, today: str) -> list[str]:
    """Return what is odd in an agreement, a sentence each: entry before signature, an act twice, strangers, no dispute.

    So is a signature or consent of a day to come. Dates are compared by their bounds: what may be in order is not odd.
    VCLT 14 and 24 give the usual order.
    """
    twice = [text for _, text in quality.said_twice(record)]
    ahead = [text for _, text in quality.ahead(record, today)]
    return [*_too_early(record), *_before_the_act(record), *ahead, *twice, *_strangers(record), *_undisputed(record)]


def _too_early(record: Agreement) -> Iterator[str]:
    for event, signature in (*quality.entered_early(record), *quality.consented_early(record)):
        yield f"{kinds.said(event['kind'])} {effective(event)} is before the signature {effective(signature)}"


def _before_the_act(record: Agreement) -> Iterator[str]:
    """Yield ends and notices that are to work before the day of the act: VCLT 65 to 68 let them work from then on."""
    for event in record["events"]:
        if kinds.stage(event["kind"]) < kinds.NOTICE or not event["date"] or not event.get("effective_date"):
            continue
        works, act = bounds(event["effective_date"])[1], bounds(event["date"])[0]
        if works is not None and act is not None and works < act:
            said = kinds.said(event["kind"])
            yield f"{said} {event['date']} takes effect before that day, on {event['effective_date']}"


def _strangers(record: Agreement) -> Iterator[str]:
    for code in quality.strangers(record):
        yield f"{code} acts in it and is not among its parties"


def _undisputed(record: Agreement) -> Iterator[str]:
    if quality.is_undisputed(record):
        yield "its binding status is contested, and no two pieces of evidence or views oppose each other"


def new_oddities(before: Agreement, after: Agreement, today: str) -> list[str]:
    """Return what has become odd by a change."""
    known = set(oddities(before, today))
    return [oddity for oddity in oddities(after, today) if oddity not in known]
