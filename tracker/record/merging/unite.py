"""Two records of one agreement made one: the one that stays is right, what the other says otherwise becomes claims."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.record.document import blank
from tracker.record.merging.overlay import ItemByItem, union
from tracker.record.shapes import AGREEMENT, PARTICIPATION
from tracker.record.types import Field, Json, Record, Shape
from tracker.text.names import fold

MERGED = "import:"
"""Scheme, before the name of a set, of the identifier by which a later import finds the record that was taken over."""


class Joined(NamedTuple):
    """The record that stays, and the paths of what the other said otherwise: claims that are not adopted."""

    record: Record
    lost: list[str]


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


def _without_bare(parties: list[Record]) -> list[Record]:
    """Leave out a party of which nothing is said, where another entry names the entity that acts for it."""
    entities = {party["code"] for party in parties if party["entity"]}
    return [party for party in parties if says_more(party) or party["code"] not in entities]


def says_more(party: Record) -> bool:
    """Whether anything is said of a party beside its code."""
    return any(field.says(party[field.key]) for field in PARTICIPATION.own_fields if field.key != "code")
