"""Drafts of one agreement made one: a row for each party gives its party and its acts, and says the rest again."""

from collections.abc import Iterable
from json import dumps

from tracker.record.merging.overlay import Overlay, Twins, renumbered, union
from tracker.record.shapes import AGREEMENT
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
        united = uniting.object(AGREEMENT, united, _renumbered(united, draft) if united else draft)
    return united, uniting.clashes


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
            return done
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
