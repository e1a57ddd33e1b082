"""Events that a source said, paired with those that it says: what is corrected keeps its id."""

from tracker.record.types import Json, Record
from tracker.work.taking.uniting import fingerprint


def paired(ours: list[Record], said: list[Record]) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Pair the events that a source said with those that it says: the same first, then the same act on another day.

    Last an act of several whose parties are corrected.

    Return the pairs, what is new, and what is said no more.
    """
    pairs: list[tuple[Record, Record]] = []
    left, free = list(said), list(ours)
    names = (fingerprint, lambda event: (_key(event), act(event)), act, _whose, lambda event: _whose(event)[:-1], _when)
    for name in names:
        open_events: dict[Json, list[Record]] = {}
        for event in free:
            open_events.setdefault(name(event), []).append(event)
        unpaired = []
        for wanted in left:
            found = open_events.get(name(wanted))
            if found:
                pairs.append((found.pop(0), wanted))
            else:
                unpaired.append(wanted)
        left = unpaired
        free = [event for events in open_events.values() for event in events]
    order = {id(event): place for place, event in enumerate(ours)}
    return pairs, left, sorted(free, key=lambda event: order[id(event)])


def _key(event: Record) -> Json:
    return (event["origin"] or {}).get("key") if isinstance(event["origin"], dict) else None


def act(event: Record) -> tuple[Json, ...]:
    """What an event is, whoever says it."""
    return event["kind"], event["kind_raw"], event["date"], tuple(sorted(event["parties"]))


def _when(event: Record) -> Json:
    """What stays of an act of several when its parties are corrected; that of one alone is another one's instead."""
    if len(event["parties"]) < 2:
        return id(event)
    return event["kind"], event["kind_raw"], event["date"], event["provision"], _key(event)


def _whose(event: Record) -> tuple[Json, ...]:
    """What stays of an act when its day is corrected."""
    return event["kind"], event["kind_raw"], tuple(sorted(event["parties"])), event["provision"], _key(event)
