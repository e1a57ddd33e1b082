"""Claims of sources about fields: what one is about, whether the record agrees, what a change does to adoption.

Per field at most one claim is adopted, and its value is the field's. Whoever changes a record calls ``reconcile``
before it is validated: a claim whose field was changed is no longer adopted, and a path that a claim holds cannot go
before the claim.
"""

from collections.abc import Collection, Mapping

from tracker.dates.day import DateError
from tracker.dates.edtf import SIGNS
from tracker.dates.typed import parse
from tracker.record import kinds
from tracker.record.document import blank, strip_read_only
from tracker.record.paths import CLAIMABLE, TOPIC, Path, PathError, Step, canonical
from tracker.record.paths import parse as parse_path
from tracker.record.types import Json, Record
from tracker.record.values import exists, get, names_of, positions

Claim = Record

BEARING = {
    "signed": (*kinds.SIGNATURES, *kinds.SUBSTITUTES),
    "in_force_from": kinds.at(kinds.ENTERED, kinds.PROVISIONAL),
    "in_force_until": kinds.at(kinds.ENDED, kinds.WITHDRAWN),
}
"""Derived date to the kinds of events that bear it."""

_REACHED = {"signed": kinds.SIGNED, "in_force_from": kinds.ENTERED, "in_force_until": kinds.ENDED}
"""Derived date to the stage of the event that adopting a claim makes."""


class ClaimError(ValueError):
    """A change that a claim stands against."""


def is_date(field: str) -> bool:
    """Whether a field is a derived date, which an event bears."""
    return field in BEARING


def is_whole_item(field: str) -> bool:
    """Whether a claim on the field is about an item of a list as such: that it is there, or is not."""
    if field in CLAIMABLE or field.startswith(TOPIC):
        return False
    path = parse_path(field)
    return path.last.selector is not None and path.last.listed and path.last.key != "identifiers"


def full(record: Record, field: str) -> str:
    """Return the full form of a path: positions and short names of items become the names that stay.

    Raises ``PathError`` for a path that leads nowhere or that nobody can set.
    """
    text = canonical(field)
    if text in CLAIMABLE or text.startswith(TOPIC):
        return text
    steps: list[Step] = []
    holder: Json = record
    for step in parse_path(text).steps:
        items = holder.get(step.key) if isinstance(holder, dict) else None
        named, holder = step, items
        if step.listed and step.selector is not None and isinstance(items, list):
            found = positions(items, step.key, step.selector)
            holder = items[found[0]] if len(found) == 1 else None
            if holder is not None:
                named = Step(step.shape, step.key, _name(items, step.key, holder) or step.selector)
        steps.append(named)
    return Path(tuple(steps)).text


def _name(items: list[Json], key: str, item: Json) -> str | None:
    """The first name of an item that no other item of its list bears."""
    for name in names_of(key, item):
        if name and sum(name in names_of(key, other) for other in items) == 1:
            return name
    return None


def bearers(record: Record, field: str) -> list[Record]:
    """Return the events that bear a derived date.

    Of an entry or an end, events of the instrument as a whole go before those of one party.
    """
    if field == "signed":
        return kinds.of_signature(record["events"])
    events = [event for event in record["events"] if event["kind"] in BEARING[field]]
    return [event for event in events if not event["parties"]] or events


def _date_key(field: str, event: Record) -> str:
    return "effective_date" if field != "signed" and event["effective_date"] else "date"


def date_paths(record: Record, field: str) -> list[str]:
    """Return the paths of the dates from which a derived date comes."""
    return [f"events[{event['id']}].{_date_key(field, event)}" for event in bearers(record, field)]


def subject(record: Record, field: str) -> str:
    """Return what a claim is about, so that claims on the same fact come together.

    That is its path in full; of a derived date the path of the one event that bears it, where there is just one.
    """
    text = full(record, field)
    if text in BEARING:
        borne = date_paths(record, text)
        return borne[0] if len(borne) == 1 else text
    return text


def about(record: Record, field: str, wanted: str) -> bool:
    """Whether a claim on ``field`` is about ``wanted`` or something inside it."""
    held, asked = subject(record, field), full(record, wanted)
    if asked in BEARING:
        return held == asked or held in date_paths(record, asked)
    return held == asked or held.startswith((f"{asked}.", f"{asked}["))


def bear(record: Record, field: str, value: str, sources: list[Json]) -> None:
    """Give a derived date to the event that bears it; where there is none, the event is made, with these sources.

    Raises ``PathError`` where several events bear it.
    """
    events = bearers(record, field)
    if len(events) > 1:
        named = ", ".join(date_paths(record, field))
        raise PathError(f"{field}: {len(events)} events bear it; name the date of one: {named}")
    if events:
        events[0][_date_key(field, events[0])] = value
        return
    kind = kinds.usual(_REACHED[field], arrangement=record["binding_status"] == "non_binding")
    record["events"].append(blank("agreement.events") | {"kind": kind, "date": value, "sources": list(sources)})


def reconcile(before: Record, record: Record) -> list[Claim]:
    """Un-adopt, in place, the claims whose field was changed from ``before``, and return them.

    Only claims that were adopted before are touched: a claim adopted by this very change has to fit, and validation
    says so. Raises ``ClaimError`` where an item went that a claim is about.
    """
    old, new = strip_read_only(before), strip_read_only(record)
    for claim in record["claims"]:
        _refuse_removal(old, new, claim)
    adopted = {claim["id"]: claim for claim in before["claims"] if claim["adopted"]}
    released = []
    for claim in record["claims"]:
        former = adopted.get(claim["id"]) if claim["adopted"] else None
        same = former is not None and (former["field"], former["value"]) == (claim["field"], claim["value"])
        if same and _disagrees(new, claim):
            claim["adopted"] = False
            released.append(claim)
    return released


def sentence(claim: Mapping[str, Json]) -> str:
    """Say that a claim is no longer adopted."""
    return f"claim {claim['id']} ({claim['field']} = {claim['value']}) is no longer adopted"


def _refuse_removal(old: Record, new: Record, claim: Claim) -> None:
    try:
        field = canonical(claim["field"])
        path = None if field in CLAIMABLE or field.startswith(TOPIC) else parse_path(field)
    except PathError:
        return  # validation tells
    if path is None or not any(step.selector for step in path.steps):
        return
    if exists(old, path) and not exists(new, path):
        raise ClaimError(
            f"{path.text} cannot go: claim {claim['id']} is about it; take the claim away first "
            f"(--remove 'claims[{claim['id']}]')"
        )


def _disagrees(record: Record, claim: Claim) -> bool:
    try:
        return disagreement(record, canonical(claim["field"]), claim["value"]) is not None
    except PathError:
        return False  # validation tells


def disagreement(record: Record, field: str, value: Json) -> str | None:
    """Return what to say where the value of an adopted claim is not the field's; ``field`` is canonical.

    The record is without its read-only keys.
    """
    if field == "status" or field.startswith(TOPIC):
        return None
    if field in CLAIMABLE:
        kinds = BEARING[field]
        days = [item[key] for item in record["events"] if item["kind"] in kinds for key in ("date", "effective_date")]
        return None if _same(value, days) else f"is adopted, but no event bears {field} {value!r}; record the event"
    try:
        held = get(record, field)
    except PathError as error:
        return str(error)
    path = parse_path(field)
    if path.last.selector is not None and path.kind == "object":
        there = held is not None
        agrees = value == held or (value in (None, False) and not there) or (there and not isinstance(value, dict))
        return None if agrees else f"is adopted, but the record has {'' if there else 'no '}{field}"
    if _same(value, [held]) or (isinstance(value, list) and isinstance(held, list) and _sorted(value) == _sorted(held)):
        return None
    return f"is adopted as {value!r}, but {field} is {held!r}; adopt another claim or change the field"


def _same(value: Json, held: Collection[Json]) -> bool:
    """Whether a value is among those held; dates are compared in their canonical form, booleans are no numbers."""
    if any(value == other and type(value) is type(other) for other in held):
        return True
    if not isinstance(value, str) or not any(isinstance(other, str) and not other.strip(SIGNS) for other in held):
        return False
    try:
        return parse(value).edtf in held
    except DateError:
        return False


def _sorted(values: list[Json]) -> list[str]:
    return sorted(str(item) for item in values)
