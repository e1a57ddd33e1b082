"""What a source says now laid over a stored agreement.

What the same source said before gives way to what it says now, and goes where it says it no more; what people added
stays, what they changed stays and is told, what they removed stays away. The declaration of the record is walked, so
that this holds for every field; who said what is told by the history of the rows (``authors``).

Events that a source said are paired with those that it says, so that what is corrected keeps its id.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain
from operator import methodcaller
from typing import NamedTuple

from tracker.record.differences import same
from tracker.record.merging.overlay import ItemByItem, entry, plain, referred_first
from tracker.record.shapes import AGREEMENT, EVENT
from tracker.record.types import Field, Json, Record, Shape
from tracker.record.values import selector
from tracker.store.rows.table_rows import Form, number
from tracker.work.taking.authors import Authors, Cell
from tracker.work.taking.uniting import fingerprint

Kept = list[tuple[str, Json, Json]]
"""Path, the stored value that a person set, and what the source says; None where it no longer says anything."""

_EVENTS = next(field for field in AGREEMENT.own_fields if field.key == "events")


class Reading(NamedTuple):
    """How far what was read can speak of an agreement: beyond that nothing can have been taken back."""

    files: Collection[str] = ()
    """The files that were read, and those of which one that was read is a newer edition."""
    speaks: Collection[str] | None = None
    """Keys of the record of which what was read speaks; None = of all."""
    refused: Collection[str] = ()
    """Keys of which some cell could not be taken, which may hold what is missing; ``events[NOR]``: of one party."""

    def covers(self, origin: Json, name: str | None) -> bool:
        """Whether the file from which something came was read; what is not of the set came from none."""
        return not isinstance(origin, dict) or origin.get("set") != name or origin.get("file") in self.files


class _Seat(NamedTuple):
    """Where the fields of one object are kept: in the row that is named so, or in a column of it, as JSON."""

    table: str = "agreement"
    named: Mapping[str, Json] = {}
    owner: str = ""
    """Under which name the sources of the object are kept."""
    column: str = ""

    def cell(self, field: Field) -> Cell:
        """Return the place of a field."""
        if not self.column:
            return Cell(field.stored_as, self.table, self.named)
        return Cell(self.column, self.table, self.named).inside(lambda held: (held or {}).get(field.key))

    def one_of(self, field: Field, item: Json) -> Cell:
        """Return the place of one value of a list; in JSON it is whether the list holds it."""
        if field.cell == "citations":
            return Cell("source_id", "citation", {"owner": self.owner, "source_id": item})
        if field.table:
            return Cell("code", field.table, {**self.named, "code": item})
        return self.cell(field).inside(lambda held: item in held)


class _Layer(ItemByItem):
    """Lays what a source says over one object and what is in it."""

    meets_new = True

    def __init__(self, authors: Authors, seat: _Seat, kept: Kept) -> None:
        super().__init__()
        self.authors, self.seat, self.kept = authors, seat, kept
        self.can_go = True
        """Whether what is no longer said was taken back."""

    def within(self, seat: _Seat) -> "_Layer":
        """Return what lays an object inside of this one."""
        layer = _Layer(self.authors, seat, self.kept)
        layer.can_go = self.can_go
        return layer

    def value(self, field: Field, held: Json, said: Json, path: str) -> Json:
        """Return what a field holds once the source has said this."""
        if field.unite in ("never", "own") or same(held, said):
            return held
        if field.listed and not self.seat.column:
            return self.items(field, held, said, path)
        if field.mapped:
            return self.entries(field, held, said, path)
        if field.type.whole and field.type.shape:
            return self.within(self.seat._replace(column=field.stored_as)).object(
                field.type.shape, held, said, f"{path}."
            )
        given = self._single(self.seat.cell(field), (held, said), path, field.says)
        return field.blank() if given is None else given

    def entries(self, field: Field, held: Record, said: Record, path: str) -> Record:
        """Return the entries under keys of the user's own."""
        done = {}
        for name in {**held, **said}:
            cell = Cell(field.stored_as, self.seat.table, self.seat.named)
            cell = cell.inside(methodcaller("get", name))
            given = self._single(cell, (held.get(name), said.get(name)), entry(path, name), _is_there)
            if given is not None:
                done[name] = given
        return done

    def _single(self, cell: Cell, values: tuple[Json, Json], path: str, says: Callable[[Json], bool]) -> Json:
        """Return which of two values stands, the held or the said one; None for nothing."""
        held, said = values
        if same(held, said) or not (says(held) or says(said)):
            return held
        past = self.authors.past(cell)
        if past.given:
            return said if says(said) else None if self.can_go else held
        had_said = any(says(value) for value in past.earlier)
        if says(said) and not says(held) and not had_said:
            return said
        if says(said) or (had_said and self.can_go):
            self.kept.append((path, held if says(held) else None, said if says(said) else None))
        return held

    def values(self, field: Field, held: Iterable[Json], said: Iterable[Json], path: str) -> list[Json]:  # noqa: ARG002 - see Overlay
        """Return a list of plain values: without what the source said before, with what nobody took away."""
        now, done = {plain(item): item for item in said}, list(held)
        new = [now[name] for name in now if name not in done and not self._was_removed(field, name)]
        if self.can_go:
            done = [item for item in done if item in now or not self.authors.gave(self.seat.one_of(field, item))]
        return [*done, *new]

    def _was_removed(self, field: Field, name: Json) -> bool:
        cell = self.seat.one_of(field, name)
        if cell.table == self.seat.table:
            return self.authors.someone_dropped(cell)
        return self.authors.someone_removed(cell.table, cell.named)


class _Gone(NamedTuple):
    """An item of a list that the source gave and says no more."""

    field: Field
    item: Record
    path: str


class Renewal(_Layer):
    """One stored agreement over which a newer edition of its set is laid; what was not read takes nothing back."""

    def __init__(self, authors: Authors, reading: Reading) -> None:
        super().__init__(authors, _Seat(), [])
        self._reading = reading
        self._gone: list[_Gone] = []
        self._places: dict[int, int] = {}
        """Places of the items of the list that is being laid."""

    def of(self, held: Record, said: Record) -> tuple[Record, Kept]:
        """Return the document to store, and what a person had changed that the source says otherwise."""
        done = dict(held)
        for field in referred_first(AGREEMENT):
            self.can_go = self._can_lose(field.key, held)
            if self._reading.speaks is not None and field.key not in self._reading.speaks:
                continue
            if field.key == "events":
                done["events"] = self._events(held["events"], said["events"])
            elif field.key == "claims":
                done["claims"] = self.items(field, held["claims"], said["claims"], "claims")
            else:
                done[field.key] = self.value(field, held[field.key], said[field.key], field.key)
        done = self._without_gone(done)
        if held["origin"] is None or (done != held and self._is_ours(held["origin"])):
            done["origin"] = said["origin"]
        return done, self.kept

    def _is_ours(self, origin: Json) -> bool:
        return isinstance(origin, dict) and origin.get("set") == self.authors.name

    def _can_lose(self, key: str, held: Record) -> bool:
        """Whether what was read speaks of all that the source ever said under a key."""
        reading, name = self._reading, self.authors.name
        if key in reading.refused or (reading.speaks is not None and key not in reading.speaks):
            return False
        if key == "events":  # each event tells itself where it comes from
            return True
        files = (held["origin"], *(event["origin"] for event in held["events"] if key == "parties"))
        return all(reading.covers(origin, name) for origin in files)

    def items(self, field: Field, held: list[Json], said: list[Json], path: str) -> list[Json]:
        """Return a list with what is new and was not taken away by a person; see ``unsaid`` for the rest."""
        self._places = {id(item): place for place, item in enumerate(held)}
        return super().items(field, held, said, path)

    def item(self, field: Field, held: Record, said: Record, path: str) -> Record:
        """Return an item of which the source says more, or other things; people decide about claims."""
        shape = field.type.shape
        if shape is None or field.key == "claims":
            return held
        said = {**said, **{key: held[key] for key in shape.identity}}  # there may be objects written in place
        return self.within(self._seat_of(field, held)).object(shape, held, said, path)

    def added(self, field: Field, said: Record) -> Record | None:
        """Return an item that is new, unless a person took it out."""
        shape = field.type.shape
        if shape is None or self.authors.someone_removed(shape.table, _named(Form(shape), _by_id(shape, said))):
            return None
        return {**said, "id": None} if shape.numbered else said

    def unsaid(self, field: Field, held: list[Record], places: list[int], path: str) -> None:
        """Let go of the items that the source gave as they are; what people did with one of them keeps it."""
        if self.can_go:
            for place in places:
                self._let_go(field, held[place], f"{path}[{selector(held, field.key, held[place])}]")

    def _let_go(self, field: Field, item: Record, path: str) -> None:
        codes = item["parties"] if field.key == "events" else [item.get("code")]
        if any(f"{field.key}[{code}]" in self._reading.refused for code in codes):
            return
        given = self._given(field, item)
        if all(given):
            self._gone.append(_Gone(field, item, path))
        elif any(given):
            self.kept.append((path, item, None))

    def _seat_of(self, field: Field, item: Record) -> _Seat:
        shape = field.type.shape
        if shape is None:
            return _Seat()
        owner = f"{field.key}[{item[shape.identity[0]] if field.ordered else self._places.get(id(item))}]"
        return _Seat(shape.table, _named(Form(shape), item), str(item["id"]) if shape.numbered else owner)

    def _given(self, field: Field, item: Record) -> list[bool]:
        """Tell of each value of an item whether the set gave it."""
        seat = self._seat_of(field, item)
        cells = []
        for inner in field.type.shape.own_fields if field.type.shape else ():
            if inner.stored_as:
                cells.append(seat.cell(inner))
            elif inner.listed:
                cells += [seat.one_of(inner, value) for value in item[inner.key]]
        return [self.authors.gave(cell) for cell in cells]

    def _without_gone(self, done: Record) -> Record:
        """Leave out what the source took back, unless what stays refers to it."""
        leaving = {id(gone.item) for gone in self._gone}
        stays = {
            field.key: [item for item in done[field.key] if id(item) not in leaving]
            for field in {gone.field.key: gone.field for gone in self._gone}.values()
        }
        rest = {**done, **stays}
        for gone in self._gone:
            if _is_needed(rest, gone):
                leaving.discard(id(gone.item))
                self.kept.append((gone.path, gone.item, None))
        return {**done, **{key: [item for item in done[key] if id(item) not in leaving] for key in stays}}

    def _events(self, held: list[Record], said: list[Record]) -> list[Record]:
        """Return the events to store, those that leave among them; they are paired as acts (``acts``)."""
        ours = [event for event in held if self._is_ours(event["origin"])]
        pairs, new, gone = _paired(ours, said)
        for event, wanted in pairs:
            self.met(wanted, event)
        renewed = {event["id"]: self._event(event, wanted) for event, wanted in pairs}
        if self.can_go:
            for event in gone:
                if self._reading.covers(event["origin"], self.authors.name):
                    self._let_go(_EVENTS, event, f"events[{event['id']}]")
        recorded = {act(event) for event in held if not self._is_ours(event["origin"])}
        added = [{**event, "id": None} for event in new if act(event) not in recorded and not self._is_removed(event)]
        return [*(renewed.get(event["id"], event) for event in held), *added]

    def _is_removed(self, event: Record) -> bool:
        values = {"kind": event["kind"], "date": event["date"], "raw": event["raw"], "kind_raw": event["kind_raw"]}
        return self.authors.someone_removed("event", values)

    def _event(self, held: Record, said: Record) -> Record:
        layer = self.within(self._seat_of(_EVENTS, held))
        said_of_it = {**said, "id": held["id"], "origin": held["origin"]}
        done = layer.object(EVENT, held, said_of_it, f"events[{held['id']}].")
        return held if same(done, held) else {**done, "origin": said["origin"]}


def _is_there(value: Json) -> bool:
    return value is not None


def _named(form: Form, item: Record) -> Mapping[str, Json]:
    """Return the columns by which the row of an item is told from others of its agreement, with their cells."""
    shape = form.shape
    if shape.numbered and item.get("id"):
        return {"number": number(item["id"])}
    cells = form.row({"id": None, **item})
    named = {field.stored_as: cells[field.stored_as] for field in shape.fields if _tells(shape, field)}
    return {"owner": "", **named} if shape.table == "citation" else named


def _tells(shape: Shape, field: Field) -> bool:
    return field.key in shape.identity and bool(field.stored_as)


def _is_needed(rest: Record, gone: _Gone) -> bool:
    """Whether anything that stays refers to an item that the source took back."""
    name = gone.item.get("id") or gone.item.get("code")
    if name is None:
        return False
    if gone.field.type.shape and gone.field.type.shape.numbered:
        claimed = any(f"{gone.field.key}[{name}]" in claim["field"] for claim in rest["claims"])
        return claimed or any(name in _names(item, gone.field.key) for item in _items(rest))
    return gone.field.key == "parties" and (
        any(name in _names(item, "party") for item in _items(rest))
        and not any(party["code"] == name for party in rest["parties"])
    )


def _items(record: Record) -> Iterable[tuple[Shape, Record]]:
    """Yield the items of a record, but for its parties, with their shapes."""
    for field in AGREEMENT.own_fields:
        if field.type.kind == "object" and field.listed and field.type.shape and field.key != "parties":
            for item in record[field.key]:
                yield field.type.shape, item


def _names(placed: tuple[Shape, Record], kind: str) -> list[Json]:
    """Return the ids or codes of a kind that an item refers to."""
    shape, item = placed
    values = (item[field.key] for field in shape.own_fields if field.type.names == kind)
    return list(chain.from_iterable(value if isinstance(value, list) else [value] for value in values))


def _by_id(shape: Shape, item: Record) -> Record:
    """Return an item with the objects that are written in place as their ids."""

    def named(value: Json) -> Json:
        return value.get("id") if isinstance(value, dict) else value

    done = dict(item)
    for field in shape.own_fields:
        if field.type.kind == "id" and field.type.shape:
            value = item[field.key]
            done[field.key] = [named(part) for part in value] if isinstance(value, list) else named(value)
    return done


def _paired(ours: list[Record], said: list[Record]) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
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
