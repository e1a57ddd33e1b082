"""What a source says now laid over a stored agreement.

What the same source said before gives way to what it says now; what people added stays, what they changed stays and is
told, what they removed stays away.
"""

from collections.abc import Collection
from typing import Any

from tracker.work.taking.authors import Authors
from tracker.work.taking.uniting import UNSAID, fingerprint

Document = dict[str, Any]

Kept = list[tuple[str, Any, Any]]
"""Path, the stored value that a person set, and what the source says."""

SCALARS = (*("title", "short_title", "title_term", "instrument_type", "binding_status", "text_access", "confidence"),)
TEXTS = ("aliases", "languages", "open_questions", "notes")
"""Lists of texts, which are columns of the agreement."""

CHILDREN = {
    "parties": ("participation", {"code": "code", "entity": "entity"}),
    "identifiers": ("identifier", {"scheme": "scheme", "value": "value"}),
    "depositaries": ("depositary", {"code": "code", "name": "name"}),
    "relations": ("relation", {"type": "type", "target": "target", "target_title": "target_title"}),
    "sources": ("citation", {"source_id": "source"}),
    "families": ("membership", {"family_id": "family"}),
}
"""Lists whose items have tables: the table, and its columns with the keys of the item that tell one from another."""

OTHERS = ("evidence", "binding_views", "signatories", "claims")

EVENT_FIELDS = ("date", "effective_date", "kind_raw", "places", "provision", "verified", "note", "raw", "sources")
_EVENT_COLUMNS = frozenset(("date", "effective_date", "kind_raw", "provision", "verified", "note", "raw"))


class Renewal:
    """One stored agreement over which a newer edition of its set is laid; only what its files said before can go."""

    def __init__(self, authors: Authors, files: Collection[str]) -> None:
        self._authors = authors
        self._files = files
        self._kept: Kept = []

    def of(self, held: Document, said: Document) -> tuple[Document, Kept]:
        """Return the document to store, and what a person had changed that the source says otherwise."""
        done = dict(held)
        for key in SCALARS:
            done[key] = self._scalar(key, held[key], said[key])
        for key in TEXTS:
            new = [item for item in said[key] if item not in held[key] and not self._dropped(key, item)]
            done[key] = [*held[key], *new]
        for key in ("titles", "extra"):
            done[key] = {**held[key], **self._mapped(key, held[key], said[key])}
        new_areas = [
            code
            for code in said["focus_areas"]
            if code not in held["focus_areas"] and not self._authors.someone_removed("agreement_focus", {"code": code})
        ]
        done["focus_areas"] = [*held["focus_areas"], *new_areas]
        done["terms"] = self._terms(held["terms"], said["terms"])
        done["events"], gone = self._events(held, said)
        for key, (table, names) in CHILDREN.items():
            done[key] = self._listed(held[key], said[key], table, names)
        for key in OTHERS:
            known = {fingerprint(key, item) for item in held[key]}
            new = [item for item in said[key] if fingerprint(key, _by_id(item)) not in known]
            done[key] = [*held[key], *({**item, "id": None} if "id" in item else item for item in new)]
        done["relations"] = _resolved(done["relations"])
        done["parties"] = _still_there(done, said, gone)
        if held["origin"] is None or (done != held and self._is_ours(held["origin"])):
            done["origin"] = said["origin"]
        return done, self._kept

    def _is_ours(self, origin: Any) -> bool:
        return isinstance(origin, dict) and origin.get("set") == self._authors.name

    def _scalar(self, key: str, held: Any, said: Any) -> Any:
        if said in (None, held, UNSAID.get(key)):
            return held
        if held in (None, UNSAID.get(key)) or self._authors.set_it(key):
            return said
        self._kept.append((key, held, said))
        return held

    def _mapped(self, key: str, held: Document, said: Document) -> Document:
        """Return the entries of ``titles`` or ``extra`` that the source changes."""
        new = {name: value for name, value in said.items() if name not in held}
        changed = {name: value for name, value in said.items() if name in held and held[name] != value}
        if changed and not self._authors.set_it(key):
            self._kept += [(f"{key}.{name}", held[name], value) for name, value in changed.items()]
            return new
        return {**new, **changed}

    def _dropped(self, key: str, item: Any) -> bool:
        return self._authors.someone_dropped(key, item)

    def _terms(self, held: Document, said: Document) -> Document:
        done = dict(held)
        for key, value in said.items():
            if value in (None, [], held[key]):
                continue
            if held[key] in (None, []) or self._authors.set_it("terms"):
                done[key] = value
            else:
                self._kept.append((f"terms.{key}", held[key], value))
        return done

    def _listed(self, held: list[Document], said: list[Document], table: str, names: dict[str, str]) -> list[Document]:
        def name(item: Document) -> tuple[Any, ...]:
            return tuple(_id(item.get(key)) for key in names.values())

        known = {name(item) for item in held}
        new = []
        for item in said:
            values = dict(zip(names, name(item), strict=True))
            if table == "citation":
                values["owner"] = ""
            if name(item) not in known and not self._authors.someone_removed(table, values):
                known.add(name(item))
                new.append(item)
        return [*held, *new]

    def _events(self, held: Document, said: Document) -> tuple[list[Document], list[Document]]:
        """Return the events to store, and those that the source says no more."""
        ours = [event for event in held["events"] if self._is_ours(event["origin"])]
        others = [event for event in held["events"] if not self._is_ours(event["origin"])]
        pairs, new, gone = _paired(ours, said["events"])
        renewed = {event["id"]: self._event(event, wanted) for event, wanted in pairs}
        kept = []
        for event in gone:
            if event["origin"]["file"] not in self._files:
                kept.append(event["id"])
                continue
            number = int(event["id"][1:])
            touched = not all(self._authors.set_event(number, column) for column in ("kind", "date", "note"))
            if touched or _is_needed(held, event["id"]):
                self._kept.append((f"events[{event['id']}]", event["kind"], None))
                kept.append(event["id"])
        leaving = {event["id"] for event in gone} - set(kept)
        done = [renewed.get(event["id"], event) for event in held["events"] if event["id"] not in leaving]
        recorded = {_act(event) for event in others}
        done += [{**event, "id": None} for event in new if _act(event) not in recorded and not self._removed(event)]
        return done, [event for event in gone if event["id"] in leaving]

    def _removed(self, event: Document) -> bool:
        said = {"kind": event["kind"], "date": event["date"], "raw": event["raw"], "kind_raw": event["kind_raw"]}
        return self._authors.someone_removed("event", said)

    def _event(self, held: Document, said: Document) -> Document:
        done = dict(held)
        for key in EVENT_FIELDS:
            if said[key] == held[key]:
                continue
            if key in _EVENT_COLUMNS and not self._authors.set_event(int(held["id"][1:]), key):
                self._kept.append((f"events[{held['id']}].{key}", held[key], said[key]))
            else:
                done[key] = said[key]
        return done if done == held else {**done, "origin": said["origin"]}


def _paired(
    ours: list[Document], said: list[Document]
) -> tuple[list[tuple[Document, Document]], list[Document], list[Document]]:
    """Pair the events that a source said with those that it says: the same first, then the same act on another day."""
    pairs: list[tuple[Document, Document]] = []
    left, free = list(said), list(ours)
    for name in (lambda event: fingerprint("events", event), lambda event: (_key(event), _act(event)), _whose):
        open_events: dict[Any, list[Document]] = {}
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


def _key(event: Document) -> Any:
    return (event["origin"] or {}).get("key") if isinstance(event["origin"], dict) else None


def _act(event: Document) -> tuple[Any, ...]:
    """What an event is, whoever says it."""
    return event["kind"], event["kind_raw"], event["date"], tuple(event["parties"])


def _whose(event: Document) -> tuple[Any, ...]:
    """What stays of an act when its day is corrected."""
    return event["kind"], event["kind_raw"], tuple(event["parties"]), event["provision"], _key(event)


def _is_needed(held: Document, event: str) -> bool:
    """Whether a signature or a claim refers to an event."""
    signed = any(signatory["event"] == event for signatory in held["signatories"])
    return signed or any(f"events[{event}]" in claim["field"] for claim in held["claims"])


def _resolved(relations: list[Document]) -> list[Document]:
    """Leave out a relation to a mere title where its agreement is here now."""
    notes = {(item["type"], item["note"]) for item in relations if item["target"] and item["note"]}
    return [item for item in relations if item["target"] or (item["type"], item["note"]) not in notes]


def _still_there(done: Document, said: Document, gone: list[Document]) -> list[Document]:
    """Leave out parties of which all that was recorded is what the source no longer says."""
    named = {party["code"] for party in said["parties"]}
    named |= {code for event in done["events"] for code in event["parties"]}
    named |= {item["party"] for key in ("signatories", "evidence", "binding_views") for item in done[key]}
    lost = {code for event in gone for code in event["parties"]} - named
    return [party for party in done["parties"] if party["code"] not in lost or party["entity"] or party["role"]]


def _id(value: Any) -> Any:
    """Return the id of an object written in place, or the value."""
    return value.get("id") if isinstance(value, dict) else value


def _by_id(item: Document) -> Document:
    """Return an item with the objects written in place as their ids."""
    done = {key: _id(value) if key in ("person", "source", "family") else value for key, value in item.items()}
    if isinstance(item.get("sources"), list):
        done["sources"] = [_id(source) for source in item["sources"]]
    return done
