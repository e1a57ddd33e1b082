"""Drafts of one agreement made one: a row for each party gives its party and its acts, and says the rest again."""

from collections.abc import Iterable, Iterator
from json import dumps
from typing import TypeVar

from tracker.record.kinds import repeated
from tracker.record.merging.overlay import Overlay, Twins, plain, renumbered, union
from tracker.record.shapes import AGREEMENT, EVENT
from tracker.record.types import Field, Json, Record
from tracker.record.values import selector

_NUMBERED = tuple(
    (field.key, field.type.shape)
    for field in AGREEMENT.own_fields
    if field.type.kind == "object" and field.type.shape and field.type.shape.numbered
)
"""Lists whose items have ids."""

_LISTS = tuple(
    (field.key, field.type.shape)
    for field in AGREEMENT.own_fields
    if field.type.kind == "object" and field.listed and field.type.shape
)

Clash = tuple[str, Json, Json]
"""Path, the value that was kept, and another that a later draft has."""


def unite(drafts: Iterable[Record]) -> tuple[Record, list[Clash]]:
    """Return drafts of one agreement as one; where they contradict each other, the first holds and the rest is told."""
    uniting = _Uniting()
    united: Record = {}
    for draft in drafts:
        united = uniting.object(AGREEMENT, united, _renumbered(united, draft)) if united else _once(draft)
    return united, uniting.clashes


Some = TypeVar("Some")

MOST_GROUPS = 100
"""Groups with which a draft is compared: more of one title, parties and day are told apart by the very same alone."""


def clusters(drafts: list[tuple[Record, Some]]) -> list[list[tuple[Record, Some]]]:
    """Group drafts so that those of each group agree with one another in all that they say."""
    groups: list[list[tuple[Record, Some]]] = []
    for draft in drafts:
        for group in groups[:MOST_GROUPS]:
            if all(agree(draft[0], other) for other, _ in group):
                group.append(draft)
                break
        else:
            groups.append([draft])
    return groups


def agree(one: Record, other: Record) -> bool:
    """Whether two records say nothing that contradicts: where both say something, it is the same, or more of it."""
    return all(_fits(key, one[key], other[key]) for key in _shared(one, other))


def are_two(one: Record, other: Record) -> bool:
    """Whether drafts of one key are two agreements: under other titles the same acts happened on other days.

    Acts of parties say nothing of it: in a list of these each row has its own.
    """
    days, others = _days(one), _days(other)
    shared = days.keys() & others.keys()
    title, another = (str(record.get("title") or "").casefold().split() for record in (one, other))
    return bool(
        title and another and title != another and shared and all(days[kind] != others[kind] for kind in shared)
    )


def _days(record: Record) -> dict[str, Json]:
    """The days of the acts of an agreement as a whole, by their kinds."""
    whole = (event for event in record.get("events", ()) if event.get("date") and not event.get("parties"))
    return {event["kind"]: event["date"] for event in whole}


def in_common(one: Record, other: Record) -> int:
    """Return in how many of the keys that both fill two records agree."""
    return sum(_fits(key, one[key], other[key]) for key in _shared(one, other))


def _shared(one: Record, other: Record) -> list[str]:
    fields = (field for field in AGREEMENT.own_fields if field.key not in ("ref", "origin"))
    return [field.key for field in fields if field.says(one.get(field.key)) and field.says(other.get(field.key))]


def _fits(key: str, one: Json, other: Json) -> bool:
    if key == "identifiers":
        one, other = ({item["scheme"]: item["value"] for item in items} for items in (one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_fits("", value, other[name]) for name, value in one.items() if value and other.get(name))
    if isinstance(one, list) and isinstance(other, list):
        fewer, more = sorted((one, other), key=len)
        return all(any(_same(item, match) for match in more) for item in fewer)
    if key == "title":
        return str(one).casefold().split() == str(other).casefold().split()
    return bool(one == other)


def _same(one: Json, other: Json) -> bool:
    """Whether two items of a list are the same as far as both say something."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return bool(plain(one) == plain(other))
    named = (name for name in one if name not in ("id", "origin"))
    return all(plain(one[name]) == plain(other[name]) for name in named if one[name] and other.get(name))


class _Uniting(Overlay):
    """Lays a further draft over the first; a draft holds only what its row says."""

    def __init__(self) -> None:
        self.clashes: list[Clash] = []

    def value(self, field: Field, held: Json, said: Json, path: str) -> Json:
        if field.unite in ("never", "own") and not field.listed:
            return said if held is None else held
        if field.key == "claims":
            return self.items(field, held, said, path)
        return super().value(field, held, said, path)

    def differing(self, field: Field, path: str, held: Json, said: Json) -> Json:  # noqa: ARG002 - see Overlay
        self.clashes.append((path, held, said))
        return held

    def items(self, field: Field, held: Json, said: list[Json], path: str) -> list[Json]:
        """Add what is not there yet, apart from its id and the row that says it; what has no id is told by its name."""
        shape = field.type.shape
        if shape is None or field.type.kind != "object" or not isinstance(said, list):
            return union(held or (), said)
        done: list[Json] = list(held or ())
        if shape.numbered or not shape.identity:
            known = {fingerprint(item) for item in done}
            for item in said:
                if fingerprint(item) not in known:
                    known.add(fingerprint(item))
                    done.append(item)
            return _acts_once(done) if shape is EVENT else done
        twins = Twins(shape, done)
        for item in said:
            place = twins.place(item)
            if place is None:
                twins.add(item)
                done.append(item)
            else:
                name = selector(done, field.key, done[place])
                done[place] = self.object(shape, done[place], item, f"{path}[{name}].")
        return done


def _once(draft: Record) -> Record:
    """Return a draft that says each act once."""
    return {**draft, "events": _acts_once(draft["events"])} if len(draft.get("events", ())) > 1 else draft


def _acts_once(events: list[Record]) -> list[Record]:
    """Unite equal acts of which neither says what the other contradicts; what others refer to by its id stays."""
    twice = {id(later): first for first, later in repeated(events)}
    if not twice:
        return events
    done: dict[int, Record] = {}
    for event in events:
        first = twice.get(id(event))
        if first is None or event.get("id") or id(first) not in done or not _same(done[id(first)], event):
            done[id(event)] = event
        else:
            more = {key: value for key, value in event.items() if value and not done[id(first)].get(key)}
            done[id(first)] = {**done[id(first)], **more}
    return list(done.values())


def _renumbered(united: Record, draft: Record) -> Record:
    """Give the items of a further draft ids of their own, and lead what refers to them there."""
    new_ids: dict[str, str] = {}
    done = dict(draft)
    for key, shape in _NUMBERED:
        highest = max((int(item["id"][1:]) for item in united.get(key, ()) if item.get("id")), default=0)
        items = []
        for item in draft.get(key, ()):
            moved = item
            if item.get("id"):
                highest += 1
                new_ids[item["id"]] = f"{shape.letter}{highest}"
                moved = {**item, "id": new_ids[item["id"]]}
            items.append(moved)
        if items:
            done[key] = items
    if not new_ids:
        return done
    for key, shape in _LISTS:
        if draft.get(key):
            done[key] = [renumbered(shape, item, new_ids) for item in done[key]]
    return done


def fingerprint(item: Json) -> str:
    """Return all that an item says, but for its id and where it was read."""
    if not isinstance(item, dict):
        return dumps(item, ensure_ascii=False)
    facts = {
        name: value for name, value in item.items() if name not in ("id", "origin") and value not in (None, [], {}, "")
    }
    return dumps(facts, sort_keys=True, ensure_ascii=False)


def united_readings(readings: list[tuple[list[str] | None, list[str], dict[str, str]]]) -> str:
    """Put together of which keys several drafts of one agreement speak, and under which cells were refused."""
    speaks = None
    if all(keys is not None for keys, _, _ in readings):
        speaks = sorted({key for keys, _, _ in readings for key in keys or ()})
    columns = {key: column for _, _, named in readings for key, column in named.items()}
    return dumps([speaks, sorted({key for _, refused, _ in readings for key in refused}), columns])


def each_once(content: Record) -> Record:
    """Return a draft in which each party takes part once, and acts once in an event."""
    once = {(party["code"], party.get("entity")): party for party in reversed(content["parties"])}
    acts = [
        {**event, "parties": list(dict.fromkeys(event["parties"]))} if event.get("parties") else event
        for event in content.get("events", ())
    ]
    return {**content, "parties": list(reversed(once.values())), "events": acts}


def files_of(content: Record) -> Iterator[str]:
    """Yield the files that a draft comes from."""
    for origin in (content.get("origin"), *(event.get("origin") for event in content.get("events", ()))):
        if isinstance(origin, dict) and origin.get("file"):
            yield str(origin["file"])
