"""Two records of one agreement made one: the one that stays is right, what the other says otherwise becomes claims."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.record.document import blank
from tracker.text.names import fold

Record = dict[str, Any]

UNSAID = {"instrument_type": "unknown", "binding_status": "not_assessed", "text_access": "unknown"}
"""Codes that say no more than null."""

MERGED = "import:"
"""Scheme, before the name of a set, of the identifier by which a later import finds the record that was taken over."""

_SCALARS = ("title", "short_title", "title_term", "instrument_type", "binding_status", "text_access")


class Joined(NamedTuple):
    """The record that stays, and the paths of what the other said otherwise: claims that are not adopted."""

    record: Record
    lost: list[str]


def join(kept: Record, gone: Record, counters: Mapping[str, int]) -> Joined:
    """Return ``kept`` with all that ``gone`` says besides; both complete, without read-only keys.

    ``counters`` are the highest numbers that the items of ``kept`` ever had, by list.
    """
    return _Joining(kept, gone, counters).run()


class _Joining:
    def __init__(self, kept: Record, gone: Record, counters: Mapping[str, int]) -> None:
        self.gone = gone
        self.done: Record = {key: list(value) if isinstance(value, list) else value for key, value in kept.items()}
        self.counters = dict(counters)
        self.new_ids: dict[str, str] = {}
        """Ids of the items of ``gone`` in the record that stays."""
        self.lost: list[tuple[str, Any]] = []

    def run(self) -> Joined:
        self._scalars()
        self._maps()
        for key in ("aliases", "languages", "open_questions", "notes", "focus_areas"):
            self.done[key] += [item for item in self.gone[key] if item not in self.done[key]]
        self._items("evidence", "v", ("kind", "supports", "party", "authority", "text"))
        self._events()
        self._items("signatories", "s", ("person", "party", "event"))
        self._views()
        self._unite("parties", ("code", "entity"), ("role",))
        entities = {party["code"] for party in self.done["parties"] if party["entity"]}
        self.done["parties"] = [
            party for party in self.done["parties"] if party["entity"] or party["role"] or party["code"] not in entities
        ]
        self._unite("families", ("family",), ("note",))
        self._unite("sources", ("source",), ("locator",))
        self._unite("identifiers", ("scheme", "value"), ())
        self._unite("depositaries", ("code", "name"), ())
        self._unite("relations", ("type", "target", "target_title"), ("word", "confidence", "note"))
        self._terms()
        self._origin()
        self._claims()
        return Joined(self.done, [path for path, _ in self.lost])

    def _scalars(self) -> None:
        for key in _SCALARS:
            mine, theirs = self.done[key], self.gone[key]
            if theirs in (None, mine, UNSAID.get(key)):
                continue
            if mine in (None, UNSAID.get(key)):
                self.done[key] = theirs
            elif key not in ("title", "short_title") or fold(mine) != fold(theirs):
                self.lost.append((key, theirs))
        known = {fold(name) for name in (self.done["title"], *self.done["aliases"])}
        if fold(self.gone["title"]) not in known:
            self.done["aliases"] = [*self.done["aliases"], self.gone["title"]]
        self.done["confidence"] = self.done["confidence"] or self.gone["confidence"]

    def _maps(self) -> None:
        for key, path in (("titles", "titles[{}]"), ("extra", "extra.{}")):
            mine, theirs = self.done[key], self.gone[key]
            self.lost += [
                (path.format(name), value) for name, value in theirs.items() if name in mine and mine[name] != value
            ]
            self.done[key] = {**theirs, **mine}

    def _next(self, key: str, letter: str) -> str:
        self.counters[key] += 1
        return f"{letter}{self.counters[key]}"

    def _moved(self, item: Record) -> Record:
        """Lead what an item says of others to their ids in the record that stays."""
        moved = dict(item)
        if moved.get("event"):
            moved["event"] = self.new_ids.get(moved["event"], moved["event"])
        if isinstance(moved.get("evidence"), list):
            moved["evidence"] = [self.new_ids.get(one, one) for one in moved["evidence"]]
        return moved

    def _items(self, key: str, letter: str, names: tuple[str, ...]) -> None:
        """Add items with ids; one that says the same only adds its sources."""
        known = {_named(item, names): item for item in self.done[key]}
        for item in map(self._moved, self.gone[key]):
            twin = known.get(_named(item, names))
            if twin is None:
                self.new_ids[item["id"]] = self._next(key, letter)
                self.done[key].append({**item, "id": self.new_ids[item["id"]]})
            else:
                self.new_ids[item["id"]] = twin["id"]
                self._replace(key, twin, _filled(twin, item))

    def _replace(self, key: str, old: Record, new: Record) -> None:
        self.done[key] = [new if item is old else item for item in self.done[key]]

    def _events(self) -> None:
        """Join the acts that both tell of; where each tells of one such act on another day, that day is a claim."""
        mine, theirs = _by_act(self.done["events"]), _by_act(self.gone["events"])
        for act, events in theirs.items():
            free = list(mine.get(act, ()))
            single = len(free) == len(events) == 1
            for event in events:
                twin = next((other for other in free if other["date"] == event["date"]), None)
                if twin is None and single:
                    twin = free[0]
                if twin is None:
                    self.new_ids[event["id"]] = self._next("events", "e")
                    self.done["events"].append({**event, "id": self.new_ids[event["id"]]})
                    continue
                free.remove(twin)
                self.new_ids[event["id"]] = twin["id"]
                self.lost += [
                    (f"events[{twin['id']}].{key}", event[key])
                    for key in ("date", "effective_date")
                    if twin[key] and event[key] and twin[key] != event[key]
                ]
                self._replace("events", twin, _filled(twin, event))

    def _views(self) -> None:
        known = {(view["party"], view["authority"], view["value"]): view for view in self.done["binding_views"]}
        for view in map(self._moved, self.gone["binding_views"]):
            twin = known.get((view["party"], view["authority"], view["value"]))
            if twin is None:
                self.done["binding_views"].append(view)
            else:
                more = [one for one in view["evidence"] if one not in twin["evidence"]]
                self._replace("binding_views", twin, {**twin, "evidence": [*twin["evidence"], *more]})

    def _unite(self, key: str, names: tuple[str, ...], details: tuple[str, ...]) -> None:
        known = {tuple(item[name] for name in names): item for item in self.done[key]}
        for item in self.gone[key]:
            twin = known.get(tuple(item[name] for name in names))
            if twin is None:
                self.done[key].append(item)
            else:
                filled = {**twin, **{name: twin[name] or item[name] for name in details}}
                self._replace(key, twin, {**filled, **_sources(twin, item)})

    def _terms(self) -> None:
        mine, theirs = self.done["terms"], self.gone["terms"]
        terms = dict(mine)
        for key in ("entry_into_force", "duration", "survival"):
            if theirs[key] is None or mine[key] is None:
                terms[key] = mine[key] or theirs[key]
                continue
            part = dict(mine[key])
            for name, value in theirs[key].items():
                if name == "sources" or value in (None, [], part[name], "unknown"):
                    continue
                if part[name] in (None, [], "unknown"):
                    part[name] = value
                else:
                    self.lost.append((f"terms.{key}.{name}", value))
            terms[key] = {**part, **_sources(mine[key], theirs[key])}
        more = [notice for notice in theirs["notices"] if notice not in mine["notices"]]
        terms["notices"] = [*mine["notices"], *more]
        self.done["terms"] = terms

    def _origin(self) -> None:
        """Keep whose record the one that goes was, so that its source finds it again."""
        theirs = self.gone["origin"]
        if not isinstance(theirs, dict) or theirs.get("key") is None:
            return
        if self.done["origin"] is None:
            self.done["origin"] = theirs
        else:
            named = {"scheme": f"{MERGED}{theirs['set']}", "value": str(theirs["key"])}
            if named not in self.done["identifiers"]:
                self.done["identifiers"].append(named)

    def _claims(self) -> None:
        """Take over the claims of the one that goes, none of them adopted against what stays, and add what it lost."""
        sources = [citation["source"] for citation in self.gone["sources"]]
        taken = [{**claim, "field": self._field(claim["field"]), "adopted": False} for claim in self.gone["claims"]]
        said = {(claim["field"], str(claim["value"])) for claim in (*self.done["claims"], *taken)}
        for path, value in self.lost:
            if (path, str(value)) not in said:
                note = f"said by the record {self.gone['ref']}, which was merged into this one"
                claim = {"field": path, "value": value, "sources": sources, "note": note}
                taken.append({**blank("agreement.claims"), **claim})
        held = {(claim["field"], str(claim["value"]), *claim["sources"]) for claim in self.done["claims"]}
        for claim in taken:
            if (claim["field"], str(claim["value"]), *claim["sources"]) not in held:
                self.done["claims"].append({**claim, "id": self._next("claims", "c")})

    def _field(self, field: str) -> str:
        for old, new in self.new_ids.items():
            if f"[{old}]" in field:
                return field.replace(f"[{old}]", f"[{new}]")
        return field


def _named(item: Record, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return what tells an item from others; of a signatory whose name is not known the office does."""
    unknown = "person" in names and item["person"] is None
    return tuple([item[name] for name in (*names, *(("office",) if unknown else ()))])


def _by_act(events: list[Record]) -> dict[tuple[Any, ...], list[Record]]:
    """Return events by what happened, to whom and to which part."""
    found: dict[tuple[Any, ...], list[Record]] = {}
    for event in events:
        act = (event["kind"], event["kind_raw"], tuple(sorted(event["parties"])), event["provision"])
        found.setdefault(act, []).append(event)
    return found


def _filled(mine: Record, theirs: Record) -> Record:
    """Return an item with what it lacks from another that says the same."""
    filled = {key: theirs[key] if value in (None, []) else value for key, value in mine.items()}
    if theirs.get("note") and mine.get("note") and theirs["note"] not in mine["note"]:
        filled["note"] = f"{mine['note']}\n{theirs['note']}"
    if "places" in mine:
        filled["places"] = [*mine["places"], *(place for place in theirs["places"] if place not in mine["places"])]
    return {**filled, "id": mine["id"], **_sources(mine, theirs)}


def _sources(mine: Record, theirs: Record) -> Record:
    if "sources" not in mine:
        return {}
    return {"sources": [*mine["sources"], *(one for one in theirs["sources"] if one not in mine["sources"])]}
