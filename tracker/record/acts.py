"""What the events of a record tell by themselves: from when one works, and which of them dates the signature."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from tracker.record import kinds
from tracker.record.types import Json

Event = Mapping[str, Json]
Some = TypeVar("Some", bound=Event)


def effective(event: Event) -> str | None:
    """Return the EDTF date from which an event works: its effective date, without one its own; None = unknown.

    A notice of withdrawal without an effective date has no known effect yet (VCLT 65): ask for that by itself.
    """
    return event.get("effective_date") or event.get("date")


def of_signature(events: Iterable[Some]) -> list[Some]:
    """Return the acts that date the signature of an agreement: signatures, without any what stands for them.

    A signature of one provision alone does not sign the agreement (VCLT 44).
    """
    whole = [event for event in events if not event.get("provision")]
    signed = [event for event in whole if kinds.signs(event["kind"])]
    return signed or [event for event in whole if event["kind"] in kinds.SUBSTITUTES]


def equal(one: Event, other: Event) -> bool:
    """Tell whether two events of one agreement are one act said twice: of one kind, day, and parties.

    One day alone says little: an act may have been done in several places, on several provisions, by several parties.
    """
    if not one.get("date") or any(one.get(key) != other.get(key) for key in ("kind", "kind_raw", "date", "provision")):
        return False
    if any(set(one.get(key) or ()) != set(other.get(key) or ()) for key in ("parties", "toward")):
        return False
    works = {event["effective_date"] for event in (one, other) if event.get("effective_date")}
    places = [set(event["places"]) for event in (one, other) if event.get("places")]
    return len(works) < 2 and (len(places) < 2 or bool(places[0] & places[1]))


def repeated(events: Iterable[Some]) -> Iterator[tuple[Some, Some]]:
    """Yield each event that is one act with an earlier one, behind that."""
    seen: dict[tuple[Json, ...], list[Some]] = {}
    for event in events:
        alike = seen.setdefault((event.get("kind"), event.get("date")), [])
        first = next((other for other in alike if equal(other, event)), None)
        if first is not None:
            yield first, event
        alike.append(event)


def first_year(events: Iterable[Event]) -> str | None:
    """Return the year of the first act of signature, where no day of one is known of whatever is dated first."""
    held = list(events)
    for acts in (of_signature(held), held):
        days = (event.get("date") or event.get("effective_date") or "" for event in acts)
        years = [day[:4] for day in days if day[:4].isdecimal()]
        if years:
            return min(years)
    return None
