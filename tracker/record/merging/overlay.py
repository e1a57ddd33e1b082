"""One object laid over another, field by field, as the declaration says that two values of a field become one.

A merge, the drafts of one agreement and a source that is read again all unite so; what differs between them is only
what becomes of a value that contradicts (``differing``) and which items of two lists are the same (``items``). Of two
records of one agreement the one that stays is right, and what the other says otherwise becomes claims.
"""

from collections.abc import Iterable, Mapping
from json import dumps
from typing import NamedTuple

from tracker.record.differences import same
from tracker.record.document import blank
from tracker.record.shapes import AGREEMENT, PARTICIPATION
from tracker.record.types import Field, Json, Record, Shape
from tracker.record.values import selector
from tracker.text.names import fold

Name = tuple[Json, ...]
"""What tells an item from others of its list."""

MERGED = "import:"
"""Scheme, before the name of a set, of the identifier by which a later import finds the record that was taken over."""


class Overlay:
    """Lays what is said over what is held; this one keeps what is held where the two contradict each other."""

    def object(self, shape: Shape, held: Record, said: Record, path: str = "") -> Record:
        """Return ``held`` with what ``said`` has besides; ``path`` stands before each key, its dot included."""
        done = {**{key: value for key, value in said.items() if key not in shape.keys}, **held}
        for field in shape.own_fields:
            if field.key in said:
                value = self.value(field, held.get(field.key), said[field.key], path + field.key)
                if value is not None or field.key in held:
                    done[field.key] = value
        return done

    def value(self, field: Field, held: Json, said: Json, path: str) -> Json:
        """Return what a field holds when a further value is said of it."""
        if field.unite in ("never", "own") or not field.says(said) or same(held, said):
            return held
        if field.unite == "union":
            return self.entries(field, held or {}, said, path) if field.mapped else self.items(field, held, said, path)
        if field.unite == "join":
            return joined(held, said)
        if not field.says(held):
            return self.taken(path, said)
        return held if field.unite == "fill" else self._claimed(field, held, said, path)

    def _claimed(self, field: Field, held: Json, said: Json, path: str) -> Json:
        if field.type.kind == "object" and field.type.shape and not field.type.many:
            return self.object(field.type.shape, held, said, f"{path}.")
        return self.differing(field, path, held, said)

    def taken(self, path: str, said: Json) -> Json:  # noqa: ARG002 - others note the path
        """Return the value of a field that held nothing."""
        return said

    def differing(self, field: Field, path: str, held: Json, said: Json) -> Json:  # noqa: ARG002 - others use the rest
        """Return the value of a field that is held and is said otherwise."""
        return held

    def entries(self, field: Field, held: Record, said: Record, path: str) -> Record:
        """Return the entries under keys of the user's own."""
        done = dict(held)
        for name, value in said.items():
            if name not in held:
                done[name] = value
            elif not same(held[name], value):
                done[name] = self.differing(field, entry(path, name), held[name], value)
        return done

    def items(self, field: Field, held: Json, said: list[Json], path: str) -> list[Json]:  # noqa: ARG002 - see entries
        """Return a list with what is not in it yet; here items are the same where all that they say is."""
        return union(held or (), said)


class ItemByItem(Overlay):
    """Lays lists of objects over each other item by item, and leads what refers to items to their new ids."""

    meets_new = False
    """Whether an item that was added is there for those after it: two of one name then become one."""

    def __init__(self) -> None:
        self.new_ids: dict[str, str] = {}
        """Ids of the items that are said to those of the same in the record that is held."""

    def items(self, field: Field, held: Json, said: list[Json], path: str) -> list[Json]:
        """Return a list with what is not in it yet; what is there is laid over by what is said of it."""
        shape = field.type.shape
        if shape is None or field.type.kind != "object":
            return self.values(field, held or (), said, path)
        led = [renumbered(shape, item, self.new_ids) for item in said]
        twins = Twins(shape, held, led)
        done = list(held)
        met: set[int] = set()
        for item in led:
            place = twins.place(item)
            if place is not None:
                met.add(place)
                self.met(item, done[place])
                name = selector(done, field.key, done[place])
                done[place] = self.item(field, done[place], item, f"{path}[{name}].")
            elif (added := self.added(field, item)) is not None:
                done.append(added)
                if self.meets_new:
                    twins.add(item)
        self.unsaid(field, held, [place for place in range(len(held)) if place not in met], path)
        return done

    def values(self, field: Field, held: Iterable[Json], said: Iterable[Json], path: str) -> list[Json]:  # noqa: ARG002 - see Overlay
        """Return a list of plain values."""
        return union(held, said)

    def item(self, field: Field, held: Record, said: Record, path: str) -> Record:
        """Return an item of which more is said."""
        return self.object(field.type.shape, held, said, path) if field.type.shape else held

    def met(self, said: Record, held: Record) -> None:
        """Note that two items are the same."""
        if said.get("id") and held.get("id"):
            self.new_ids[said["id"]] = held["id"]

    def added(self, field: Field, said: Record) -> Record | None:  # noqa: ARG002 - others number by the field
        """Return an item that is not there yet as it is to stand; None where it shall not."""
        return said

    def unsaid(self, field: Field, held: list[Record], places: list[int], path: str) -> None:
        """Note the items of which nothing is said, by their places; all of them stay."""


class Twins:
    """The items of a list by what tells them apart, to find the one that another item is."""

    def __init__(self, shape: Shape, items: Iterable[Record] = (), others: Iterable[Record] = ()) -> None:
        """``others`` are the items that will be asked for, which counts where one identity may stand several times."""
        self._shape = shape
        self._places: dict[Name, list[int]] = {}
        self._items: list[Record] = []
        self._asked: dict[Name, int] = {}
        for item in items:
            self.add(item)
        self._held = {name: len(places) for name, places in self._places.items()}
        for item in others:
            name = identity(shape, item)
            self._asked[name] = self._asked.get(name, 0) + 1

    def add(self, item: Record) -> None:
        """Count in an item, which stands at the end of the list."""
        self._places.setdefault(identity(self._shape, item), []).append(len(self._items))
        self._items.append(item)

    def place(self, item: Record) -> int | None:
        """Return the place of the item that this one is; where a key tells them apart, each is found once."""
        name, key = identity(self._shape, item), self._shape.apart
        places = self._places.get(name, [])
        if not key:
            return places[0] if places else None
        found = next((place for place in places if self._items[place].get(key) == item.get(key)), None)
        single = self._held.get(name) == self._asked.get(name) == len(places) == 1
        if found is None and single and name[0] is not None:
            found = places[0]
        if found is not None:
            places.remove(found)
        return found


class Joined(NamedTuple):
    """The record that stays, and the paths of what the other said otherwise: claims that are not adopted."""

    record: Record
    lost: list[str]


class _Joining(ItemByItem):
    def __init__(self, gone: Record, counters: Mapping[str, int]) -> None:
        super().__init__()
        self.gone = gone
        self.counters = dict(counters)
        self.lost: list[tuple[str, Json]] = []

    def run(self, kept: Record) -> Joined:
        known = {fold(name) for name in (kept["title"], *kept["aliases"])}
        done = dict(kept)
        if fold(self.gone["title"]) not in known:
            done["aliases"] = [*kept["aliases"], self.gone["title"]]
        for field in referred_first(AGREEMENT):
            done[field.key] = self.value(field, done[field.key], self.gone[field.key], field.key)
        done["parties"] = _without_bare(done["parties"])
        self._origin(done)
        self._claims(done)
        return Joined(done, [path for path, _ in self.lost])

    def differing(self, field: Field, path: str, held: Json, said: Json) -> Json:
        if field.search != "title" or not isinstance(said, str) or fold(held) != fold(said):
            self.lost.append((path, said))
        return held

    def added(self, field: Field, said: Record) -> Record:
        """Return an item with the number after the highest that the record which stays ever gave."""
        shape = field.type.shape
        if shape is None or not shape.numbered:
            return said
        self.counters[field.key] += 1
        done = {**said, "id": f"{shape.letter}{self.counters[field.key]}"}
        self.met(said, done)
        return done

    def _origin(self, done: Record) -> None:
        """Keep whose record the one that goes was, so that its source finds it again."""
        theirs = self.gone["origin"]
        if not isinstance(theirs, dict) or theirs.get("key") is None:
            return
        if done["origin"] is None:
            done["origin"] = theirs
        else:
            named = {"scheme": f"{MERGED}{theirs['set']}", "value": str(theirs["key"])}
            done["identifiers"] = union(done["identifiers"], [blank("agreement.identifiers") | named])

    def _claims(self, done: Record) -> None:
        """Take over the claims of the one that goes, none of them adopted against what stays, and add what it lost."""
        sources = [citation["source"] for citation in self.gone["sources"]]
        taken = [{**claim, "field": self._field(claim["field"]), "adopted": False} for claim in self.gone["claims"]]
        said = {(claim["field"], str(claim["value"])) for claim in (*done["claims"], *taken)}
        for path, value in self.lost:
            if (path, str(value)) not in said:
                note = f"said by the record {self.gone['ref']}, which was merged into this one"
                claim = {"field": path, "value": value, "sources": sources, "note": note}
                taken.append({**blank("agreement.claims"), **claim})
        held = {(claim["field"], str(claim["value"]), *claim["sources"]) for claim in done["claims"]}
        done["claims"] = list(done["claims"])
        for claim in taken:
            if (claim["field"], str(claim["value"]), *claim["sources"]) not in held:
                self.counters["claims"] += 1
                done["claims"].append({**claim, "id": f"c{self.counters['claims']}"})

    def _field(self, field: str) -> str:
        for old, new in self.new_ids.items():
            if f"[{old}]" in field:
                return field.replace(f"[{old}]", f"[{new}]")
        return field


def renumbered(shape: Shape, item: Record, new_ids: Mapping[str, str]) -> Record:
    """Return an item whose references to other items lead to their new ids."""
    led = dict(item)
    for field in shape.fields:
        value = item.get(field.key)
        if not field.type.names or field.type.kind != "item" or not value:
            continue
        led[field.key] = [new_ids.get(one, one) for one in value] if field.listed else new_ids.get(value, value)
    return led


def identity(shape: Shape, item: Record) -> Name:
    """Return what tells an item from others of its list: the keys of its shape, or all that it says."""
    keys = shape.identity or shape.keys
    return tuple([plain(item.get(key)) for key in keys])


def plain(value: Json) -> Json:
    """Return a value as one that can be compared: an object written in place by its id, a list whatever its order."""
    if isinstance(value, dict):
        return value.get("id") or dumps(value, sort_keys=True, ensure_ascii=False)
    if isinstance(value, list):
        return tuple(sorted(str(plain(item)) for item in value))
    return dumps(value) if isinstance(value, bool) else value


def entry(path: str, name: str) -> str:
    """Return the path of a value under a key of the user's own."""
    return f"{path}.{name}" if path == "extra" else f"{path}[{name}]"


def union(held: Iterable[Json], said: Iterable[Json]) -> list[Json]:
    """Return a list with what another has besides; an object written in place is what its id names."""
    done = list(held)
    names = [plain(item) for item in done]
    for item in said:
        if plain(item) not in names:
            done.append(item)
            names.append(plain(item))
    return done


def joined(first: str | None, second: str | None) -> str | None:
    """Return two notes as one, the second below the first; nothing is said twice."""
    if not first or not second:
        return first or second
    return first if second in first else f"{first}\n{second}"


def join(kept: Record, gone: Record, counters: Mapping[str, int]) -> Joined:
    """Return ``kept`` with all that ``gone`` says besides; both complete, without read-only keys.

    ``counters`` are the highest numbers that the items of ``kept`` ever had, by list.
    """
    return _Joining(gone, counters).run(kept)


def referred_first(shape: Shape) -> list[Field]:
    """Return the fields so that a list comes before those whose items refer to its items."""
    referring = {field.key for field in shape.own_fields if field.type.shape and _refers(field.type.shape)}
    return sorted(shape.own_fields, key=lambda field: field.key in referring)


def _refers(shape: Shape) -> bool:
    return any(field.type.kind == "item" and field.type.names for field in shape.fields)


def _without_bare(parties: list[Record]) -> list[Record]:
    """Leave out a party of which nothing is said, where another entry names the entity that acts for it."""
    entities = {party["code"] for party in parties if party["entity"]}
    return [party for party in parties if says_more(party) or party["code"] not in entities]


def says_more(party: Record) -> bool:
    """Whether anything is said of a party beside its code."""
    return any(field.says(party[field.key]) for field in PARTICIPATION.own_fields if field.key != "code")
