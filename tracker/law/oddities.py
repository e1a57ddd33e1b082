"""Odd facts: true now and then in real data, so they are told and never refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.dates.day import bounds
from tracker.law.life.lifecycle import signed
from tracker.law.life.steps import NOTICE, RANKS

ENTRIES = ("entered_into_force", "became_operative")


def oddities(record: Mapping[str, Any]) -> list[str]:
    """Return what is odd in an agreement, a sentence each: entry before signature, acts of strangers, no dispute.

    Dates are compared by their bounds: what may be in order is not odd. VCLT 14 and 24 give the usual order.
    """
    return [*_too_early(record), *_before_the_act(record), *_strangers(record), *_undisputed(record)]


def _too_early(record: Mapping[str, Any]) -> Iterator[str]:
    act = signed(record["events"])
    if act is None or act.earliest is None:
        return
    for event in record["events"]:
        if event["kind"] in (*ENTRIES, "ratified"):
            date = event.get("effective_date") or event["date"]
            latest = bounds(date)[1] if date else None
            if latest is not None and latest < act.earliest:
                yield f"{event['kind'].replace('_', ' ')} {date} is before the signature {act.edtf}"


def _before_the_act(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield ends and notices that are to work before the day of the act: VCLT 65 to 68 let them work from then on."""
    for event in record["events"]:
        if RANKS.get(event["kind"], 0) < NOTICE or not event["date"] or not event.get("effective_date"):
            continue
        works, act = bounds(event["effective_date"])[1], bounds(event["date"])[0]
        if works is not None and act is not None and works < act:
            said = event["kind"].replace("_", " ")
            yield f"{said} {event['date']} takes effect before that day, on {event['effective_date']}"


def _strangers(record: Mapping[str, Any]) -> Iterator[str]:
    known = {party["code"] for party in record["parties"]}
    if not known:
        return
    named = [code for event in record["events"] for code in event["parties"]]
    named += [item["party"] for item in record["signatories"] if item["party"]]
    for code in dict.fromkeys(named):
        if code not in known:
            yield f"{code} acts in it and is not among its parties"


def _undisputed(record: Mapping[str, Any]) -> Iterator[str]:
    held = {item["supports"] for item in record["evidence"]} | {view["value"] for view in record["binding_views"]}
    if record["binding_status"] == "contested" and len(held) < 2:
        yield "its binding status is contested, and no two pieces of evidence or views oppose each other"


def new_oddities(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what has become odd by a change."""
    known = set(oddities(before))
    return [oddity for oddity in oddities(after) if oddity not in known]
