"""Which events make a status: the way back from a span to the acts behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.dates.day import OPEN, bounds
from tracker.law.life import steps as life
from tracker.law.life.standing import SPAN_FLAGS, SpanRow
from tracker.record import kinds
from tracker.record.acts import effective

Event = Mapping[str, Any]

MAKING: Mapping[str, tuple[int, ...]] = {
    "announced": (life.ANNOUNCED,),
    "negotiating": (life.NEGOTIATING,),
    "initialled": (life.INITIALLED,),
    "adopted": (life.ADOPTED, life.CONSENTED, life.SIGNED),
    **dict.fromkeys(("signed", "signatory"), (life.SIGNED,)),
    **dict.fromkeys(("awaiting_entry", "consented", "partly_ratified"), (life.CONSENTED, life.SIGNED)),
    **dict.fromkeys(("provisionally_applied", "provisional"), (life.PROVISIONAL,)),
    **dict.fromkeys(("in_force", "operative"), (life.ENTERED, life.RESUMED)),
    "suspended": (life.SUSPENDED,),
    "notice_given": (life.NOTICE,),
    "withdrawn": (life.WITHDRAWN, life.NOTICE),
    **dict.fromkeys(
        (*kinds.OVER, "listed"),
        (life.ENDED, life.WITHDRAWN, life.NOTICE),
    ),
}
"""Status or flag to the ranks of the events that bring it about."""


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
    """Return the events that began a span: those that work from its day and make such a status.

    Empty where a rule began it: the end of a term, the entry into force for a late joiner.
    """
    status = span["status"]
    begun = (span["from_earliest"] or "", span["from_latest"] or OPEN)
    same = []
    for event in concerning(events, span["party"]):
        earliest, latest, text = works(event, status)
        undated = text is None and span["from_date"] is None
        if undated or (text is not None and (text == span["from_date"] or (earliest, latest) == begun)):
            same.append(event)
    ranks = MAKING.get(status, ())
    return [event for event in same if kinds.stage(event["kind"]) in ranks] or (same if span["party"] == "" else [])


def on_day(spans: Sequence[SpanRow], events: Sequence[Event], party: str, day: str, *, certain: bool) -> list[Event]:
    """Return the events behind the standing of the instrument (party '') or a party on an ISO day, in their order.

    Where the standing is certain those that began it, else those that may have happened by then and may not; with those
    of a flag that holds or may hold.
    """
    mine = [span for span in spans if span["party"] == party]
    found: list[Event] = []
    for span in mine:
        begun = span["from_earliest"] is None or span["from_earliest"] <= day
        if not begun or (span["until_latest"] is not None and day >= span["until_latest"]):
            continue
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
