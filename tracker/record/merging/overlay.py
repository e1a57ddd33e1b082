"""One object laid over another, field by field, as the declaration says that two values of a field become one.

A merge, the drafts of one agreement and a source that is read again all unite so; what differs between them is only
what becomes of a value that contradicts (``differing``) and which items of two lists are the same (``items``).
"""

from collections.abc import Iterable, Mapping
from json import dumps

from tracker.record.differences import same
from tracker.record.types import Field, Json, Record, Shape
from tracker.record.values import selector

Name = tuple[Json, ...]
"""What tells an item from others of its list."""


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


def renumbered(shape: Shape, item: Record, new_ids: Mapping[str, str]) -> Record:
    """Return an item whose references to other items lead to their new ids."""
    led = dict(item)
    for field in shape.fields:
        value = item.get(field.key)
        if not field.type.names or field.type.kind != "item" or not value:
            continue
        led[field.key] = [new_ids.get(one, one) for one in value] if field.listed else new_ids.get(value, value)
    return led


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
