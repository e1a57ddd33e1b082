"""Which events are behind a status: the look-up from spans to the acts that made them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.dates.day import OPEN
from tracker.dates.edtf import bounds
from tracker.law.life.standing import SPAN_FLAGS, SpanRow, holds_possibly
from tracker.record import kinds
from tracker.record.kinds import effective

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


def works(event: Event, flag: str = "") -> tuple[str, str, str | None]:
    """Return the first and last day from which an event works ('' and ``OPEN`` where open) and its date as recorded.

    A notice of withdrawal works from its effective date, where that is recorded; as a flag, from the day it was given.
    """
    text = effective(event)
    if event["kind"] in kinds.NOTICES:
        text = event["date"] if flag == "notice_given" else event["effective_date"]
    earliest, latest, _ = bounds(text)
    return earliest or "", latest or OPEN, text


def concerning(events: Sequence[Event], party: str) -> list[Event]:
    """Return the events that move a status and concern the instrument (party ''), or a party; none of a provision."""
    return [
        event
        for event in events
        if kinds.stage(event["kind"])
        and not event["provision"]
        and (not party or not event["parties"] or party in event["parties"])
    ]


def of_span(span: SpanRow, events: Sequence[Event]) -> list[Event]:
    """Return the events that began a span on their own day.

    Empty where a rule began it: the end of a term, the entry into force for a late joiner.
    """
    ids = (span["from_events"] or "").split()
    return [event for event in events if event["id"] in ids]


def on_day(spans: Sequence[SpanRow], events: Sequence[Event], party: str, day: str, *, certain: bool) -> list[Event]:
    """Return the events behind the standing of the instrument (party '') or a party on an ISO day, in their order.

    Where the standing is certain those that began it, else those that may have happened by then and may not; with those
    of a flag that holds or may hold.
    """
    mine = [span for span in spans if span["party"] == party and holds_possibly(span, day)]
    found: list[Event] = []
    for span in mine:
        if span["status"] in SPAN_FLAGS or not certain or _surely(span, day):
            found += of_span(span, events)
    if not certain:
        found += [event for event in concerning(events, party) if _may(event, day)]
    return [event for event in events if any(event is one for one in found)]


def _surely(span: SpanRow, day: str) -> bool:
    return (
        span["from_latest"] is not None
        and span["from_latest"] <= day
        and (span["until_earliest"] is None or day < span["until_earliest"])
    )


def _may(event: Event, day: str) -> bool:
    earliest, latest, text = works(event)
    return text is not None and earliest <= day < latest
