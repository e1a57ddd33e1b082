"""What a source says now laid over a stored agreement.

What the same source said before gives way to what it says now; what people added stays, what they changed stays and is
told, what they removed stays away. Who said what is told by the history of the rows.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from json import loads

from tracker.record.merging.overlay import Overlay, Twins, union
from tracker.record.merging.unite import referred_first, renumbered, says_more
from tracker.record.shapes import AGREEMENT, EVENT
from tracker.record.types import Field, Json, Record, Shape
from tracker.record.values import selector
from tracker.store.rows.cells import Form, number
from tracker.store.schema.past import SUFFIX
from tracker.work.taking.uniting import fingerprint

NOTE = "from "
"""How the log notes the sets from which an import took something."""


class Authors:
    """Asks the history of one agreement whether a set's import is behind what stands, or is missing, in it."""

    def __init__(self, connection: sqlite3.Connection, agreement_id: int, name: str | None) -> None:
        self._connection = connection
        self._id = agreement_id
        self.name = name
        self._notes: dict[int, bool] = {}

    def set_it(self, column: str) -> bool:
        """Whether the value that a column of the agreement has now came by an import from the set."""
        return self._wrote("agreement", column, "id = ?", (self._id,))

    def set_in_row(self, table: str, named: Mapping[str, Json], column: str) -> bool:
        """Whether the value that a column has now, in the row of a table that is named so, came by such an import."""
        where = "".join(f" AND {name} IS ?" for name in named)
        return self._wrote(table, column, f"agreement_id = ?{where}", (self._id, *named.values()))

    def someone_removed(self, table: str, values: Mapping[str, Json]) -> bool:
        """Whether a row with these values was there and was taken out by anybody but an import from the set."""
        condition = " AND ".join(f"{column} IS ?" for column in values)
        sql = f"SELECT until FROM {table}{SUFFIX} WHERE agreement_id = ? AND {condition} ORDER BY until DESC LIMIT 1"  # noqa: S608  # names of the schema
        row = self._connection.execute(sql, (self._id, *values.values())).fetchone()
        return row is not None and not self._is_from_set(row[0])

    def someone_dropped(self, column: str, item: Json) -> bool:
        """Whether an item stood in a list that is a column of the agreement, and anybody but the set took it out."""
        sql = f"SELECT {column}, until FROM agreement{SUFFIX} WHERE id = ? ORDER BY until DESC"  # noqa: S608  # names of the schema
        for text, until in self._connection.execute(sql, (self._id,)):
            if item in loads(text):
                return not self._is_from_set(until)
        return False

    def _wrote(self, table: str, column: str, where: str, binds: tuple[Json, ...]) -> bool:
        """Go back through the images as long as they hold the value of today: the first of them was written by whom."""
        versions = self._connection.execute(
            f"SELECT since, {column} FROM {table} WHERE {where} UNION ALL"  # noqa: S608  # names of the schema
            f" SELECT since, {column} FROM {table}{SUFFIX} WHERE {where} ORDER BY since DESC",
            (*binds, *binds),
        ).fetchall()
        if not versions:
            return False
        since, now = versions[0]
        for earlier, value in versions[1:]:
            if value != now:
                break
            since = earlier
        return self._is_from_set(since)

    def _is_from_set(self, change: int) -> bool:
        if change not in self._notes:
            row = self._connection.execute("SELECT note FROM change WHERE id = ?", (change,)).fetchone()
            note = (row[0] if row else None) or ""
            sets = note.removeprefix(NOTE).split(", ") if note.startswith(NOTE) else []
            self._notes[change] = self.name in sets
        return self._notes[change]


Kept = list[tuple[str, Json, Json]]
"""Path, the stored value that a person set, and what the source says."""

_EVENT_FIELDS = tuple(field for field in EVENT.own_fields if field.key not in ("id", "origin"))
_EVENT_COLUMNS = tuple(field.stored_as for field in _EVENT_FIELDS if field.stored_as)


class _Layer(Overlay):
    """Lays what a source says over what stands: what it said before gives way, what a person set stays and is told."""

    def __init__(self, wrote: Callable[[Field], bool], kept: Kept, *, parts_are_whole: bool = False) -> None:
        """``wrote``: whether the source is behind what a field holds now; ``parts_are_whole``: see ``value``."""
        self._wrote = wrote
        self._kept = kept
        self._parts_are_whole = parts_are_whole

    def value(self, field: Field, held: Json, said: Json, path: str) -> Json:
        """Take what is said where nothing is held; a part that is whole gives way, or stays, as it is."""
        if not self._parts_are_whole:
            return super().value(field, held, said, path)
        if not field.says(said) or said == held:
            return held
        return self.differing(field, path, held, said) if field.says(held) else said

    def differing(self, field: Field, path: str, held: Json, said: Json) -> Json:
        if self._wrote(field):
            return said
        self._kept.append((path, held, said))
        return held


class Renewal(_Layer):
    """One stored agreement over which a newer edition of its set is laid; only what its files said before can go."""

    def __init__(self, authors: Authors, files: Collection[str]) -> None:
        super().__init__(lambda field: authors.set_it(field.stored_as), [])
        self._authors = authors
        self._files = files
        self._said_ids: dict[str, str] = {}
        """Ids of the items that the source says to those of the same in the store."""

    def of(self, held: Record, said: Record) -> tuple[Record, Kept]:
        """Return the document to store, and what a person had changed that the source says otherwise."""
        done = dict(held)
        done["events"], gone = self._events(held, said)
        for field in referred_first(AGREEMENT):
            if field.key != "events":
                done[field.key] = self._top(field, held[field.key], said[field.key])
        done["relations"] = _resolved(done["relations"])
        done["parties"] = _still_there(done, said, gone)
        if held["origin"] is None or (done != held and self._is_ours(held["origin"])):
            done["origin"] = said["origin"]
        return done, self._kept

    def _top(self, field: Field, held: Json, said: Json) -> Json:
        if field.key == "claims":
            return self.items(field, held, said, field.key)
        if field.type.whole and field.type.shape:
            parts = _Layer(lambda _: self._authors.set_it(field.stored_as), self._kept, parts_are_whole=True)
            return parts.object(field.type.shape, held, said, f"{field.key}.")
        return self.value(field, held, said, field.key)

    def _is_ours(self, origin: Json) -> bool:
        return isinstance(origin, dict) and origin.get("set") == self._authors.name

    def items(self, field: Field, held: Json, said: list[Json], path: str) -> list[Json]:
        """Add what is new and was not taken away by a person; renew what the source says of the rest."""
        shape = field.type.shape if field.type.kind == "object" else None
        if shape is None:
            new = [item for item in said if item not in held and not self._dropped(field, item)]
            return union(held, new)
        form = Form(shape)
        led = [renumbered(shape, item, self._said_ids) for item in said]
        twins = Twins(shape, held, led)
        done = list(held)
        for item in led:
            place = twins.place(item)
            if place is not None:
                name = selector(done, field.key, done[place])
                self._note_id(item, done[place])
                done[place] = self._item(form, done[place], item, f"{path}[{name}].")
            elif not self._removed(field, form, _by_id(shape, item)):
                done.append({**item, "id": None} if shape.numbered else item)
                twins.add(item)
        return done

    def _item(self, form: Form, held: Record, said: Record, path: str) -> Record:
        if form.shape.name == "claim":  # people decide about claims
            return held
        said = {**said, **{key: held[key] for key in form.shape.identity}}  # there may be objects written in place
        named = _named(form, held)

        def wrote(field: Field) -> bool:
            column = field.stored_as
            return bool(column) and self._authors.set_in_row(form.shape.table, named, column)

        return _Layer(wrote, self._kept).object(form.shape, held, said, path)

    def _note_id(self, said: Record, held: Record) -> None:
        if said.get("id") and held.get("id"):
            self._said_ids[said["id"]] = held["id"]

    def _dropped(self, field: Field, item: Json) -> bool:
        if field.table:
            return self._authors.someone_removed(field.table, {"code": item})
        return self._authors.someone_dropped(field.stored_as, item)

    def _removed(self, field: Field, form: Form, item: Record) -> bool:
        if not form.shape.table:
            return self._authors.someone_dropped(field.stored_as, item)
        return self._authors.someone_removed(form.shape.table, _named(form, item))

    def _events(self, held: Record, said: Record) -> tuple[list[Record], list[Record]]:
        """Return the events to store, and those that the source says no more."""
        ours = [event for event in held["events"] if self._is_ours(event["origin"])]
        others = [event for event in held["events"] if not self._is_ours(event["origin"])]
        pairs, new, gone = _paired(ours, said["events"])
        for event, wanted in pairs:
            self._note_id(wanted, event)
        renewed = {event["id"]: self._event(event, wanted) for event, wanted in pairs}
        kept = []
        for event in gone:
            if event["origin"]["file"] not in self._files:
                kept.append(event["id"])
                continue
            touched = not all(self._set_event(event, column) for column in _EVENT_COLUMNS)
            if touched or _is_needed(held, event["id"]):
                self._kept.append((f"events[{event['id']}]", event["kind"], None))
                kept.append(event["id"])
        leaving = {event["id"] for event in gone} - set(kept)
        done = [renewed.get(event["id"], event) for event in held["events"] if event["id"] not in leaving]
        recorded = {_act(event) for event in others}
        done += [{**event, "id": None} for event in new if _act(event) not in recorded and not self._is_removed(event)]
        return done, [event for event in gone if event["id"] in leaving]

    def _is_removed(self, event: Record) -> bool:
        values = {"kind": event["kind"], "date": event["date"], "raw": event["raw"], "kind_raw": event["kind_raw"]}
        return self._authors.someone_removed("event", values)

    def _set_event(self, event: Record, column: str) -> bool:
        return self._authors.set_in_row("event", {"number": number(event["id"])}, column)

    def _event(self, held: Record, said: Record) -> Record:
        done = dict(held)
        for field in _EVENT_FIELDS:
            key = field.key
            if said[key] == held[key]:
                continue
            if field.stored_as and not self._set_event(held, field.stored_as):
                self._kept.append((f"events[{held['id']}].{key}", held[key], said[key]))
            else:
                done[key] = said[key]
        return done if done == held else {**done, "origin": said["origin"]}


def _named(form: Form, item: Record) -> Mapping[str, Json]:
    """Return the columns by which the row of an item is told from others of its agreement, with their cells."""
    shape = form.shape
    if shape.numbered and item.get("id"):
        return {"number": number(item["id"])}
    cells = form.cells({"id": None, **item})
    named = {field.stored_as: cells[field.stored_as] for field in shape.fields if _tells(shape, field)}
    return {"owner": "", **named} if shape.table == "citation" else named


def _tells(shape: Shape, field: Field) -> bool:
    return field.key in shape.identity and bool(field.stored_as)


def _paired(ours: list[Record], said: list[Record]) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Pair the events that a source said with those that it says: the same first, then the same act on another day."""
    pairs: list[tuple[Record, Record]] = []
    left, free = list(said), list(ours)
    for name in (fingerprint, lambda event: (_key(event), _act(event)), _whose):
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


def _act(event: Record) -> tuple[Json, ...]:
    """What an event is, whoever says it."""
    return event["kind"], event["kind_raw"], event["date"], tuple(event["parties"])


def _whose(event: Record) -> tuple[Json, ...]:
    """What stays of an act when its day is corrected."""
    return event["kind"], event["kind_raw"], tuple(event["parties"]), event["provision"], _key(event)


def _is_needed(record: Record, event: str) -> bool:
    """Whether a signature or a claim refers to an event."""
    signed = any(signatory["event"] == event for signatory in record["signatories"])
    return signed or any(f"events[{event}]" in claim["field"] for claim in record["claims"])


def _resolved(relations: list[Record]) -> list[Record]:
    """Leave out a relation to a mere title where its agreement is here now."""
    notes = {(item["type"], item["note"]) for item in relations if item["target"] and item["note"]}
    return [item for item in relations if item["target"] or (item["type"], item["note"]) not in notes]


def _still_there(done: Record, said: Record, gone: list[Record]) -> list[Record]:
    """Leave out parties of which all that was recorded is what the source no longer says."""
    named = {party["code"] for party in said["parties"]}
    named |= {code for event in done["events"] for code in event["parties"]}
    named |= {item["party"] for key in ("signatories", "evidence", "binding_views") for item in done[key]}
    lost = {code for event in gone for code in event["parties"]} - named
    return [party for party in done["parties"] if party["code"] not in lost or says_more(party)]


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
