"""One object of the register put in the place of another everywhere in a record: what a merge does to an agreement."""

from collections import Counter
from copy import deepcopy
from typing import NamedTuple

from tracker.record.merging.overlay import Overlay, Twins
from tracker.record.paths import Path, PathError, Step, parse
from tracker.record.shapes import AGREEMENT
from tracker.record.types import Field, Json, Record
from tracker.record.values import names_of, positions
from tracker.record.values import selector as chosen_by


class Clash(ValueError):
    """Two entries of a record that become one and contradict each other."""


class Swap(NamedTuple):
    """The object that goes and the one that takes its place."""

    kind: str
    gone: str
    kept: str


class Replaced(NamedTuple):
    """A record after it, how many references were moved by the list in which they stand, and what became one entry."""

    record: Record
    moved: Counter[str]
    folded: list[str]


def replace(record: Record, swap: Swap) -> Replaced:
    """Return an agreement with one object in the place of another.

    Entries that say the same afterwards become one. Raises ``Clash`` where they contradict each other.
    """
    done = Replaced(deepcopy(record), Counter(), [])
    chosen = [_chosen(done.record, claim, swap) for claim in done.record["claims"]]
    for field in AGREEMENT.own_fields:
        value, done.moved[field.key] = moved(field, done.record[field.key], swap)
        done.record[field.key] = _folded(done, field, value, swap) if done.moved[field.key] else value
    _claims(done, swap, chosen)
    return Replaced(done.record, +done.moved, done.folded)


def moved(field: Field, value: Json, swap: Swap) -> tuple[Json, int]:
    """Return a value with one object in the place of another wherever its declaration names such an object.

    With how many references were moved; objects inside are changed in place.
    """
    if not value or field.type.many == "mapping":
        return value, 0
    if field.type.names == swap.kind:
        if field.listed:
            return swapped(value, swap), value.count(swap.gone)
        return (swap.kept, 1) if value == swap.gone else (value, 0)
    if field.type.kind != "object" or field.type.shape is None:
        return value, 0
    count = 0
    for holder in value if field.listed else (value,):
        for inner in field.type.shape.own_fields if isinstance(holder, dict) else ():
            holder[inner.key], number = moved(inner, holder[inner.key], swap)
            count += number
    return value, count


def swapped(values: list[Json], swap: Swap) -> list[Json]:
    """Return a list of codes or ids with one in the place of another, none of them twice."""
    found: list[Json] = []
    for value in values:
        item = swap.kept if value == swap.gone else value
        if item not in found:
            found.append(item)
    return found


class _Folding(Overlay):
    """Unites two entries that have become one."""

    def __init__(self, swap: Swap) -> None:
        self.swap = swap

    def differing(self, field: Field, path: str, held: Json, said: Json) -> Json:
        raise Clash(
            f"{path.rpartition('.')[0]}: {self.swap.gone} and {self.swap.kept} both stand there, "
            f"one as {held}, the other as {said}; correct the {field.label} of one first"
        )


_TOLD = {"parties": "both were parties", "families": "it was in both", "sources": "both were cited"}


def _folded(done: Replaced, field: Field, value: Json, swap: Swap) -> Json:
    """Return a list in which entries that say the same are one; where no two may have one name, they are united."""
    shape = field.type.shape
    if not field.listed or shape is None or field.type.kind != "object" or shape.numbered:
        return value
    twins = Twins(shape)
    kept: list[Record] = []
    for item in value:
        place = twins.place(item) if shape.unique else kept.index(item) if item in kept else None
        if place is None:
            twins.add(item)
            kept.append(item)
            continue
        name, *more = names_of(field.key, item)
        kept[place] = _Folding(swap).object(shape, kept[place], item, f"{field.key}[{name}].")
        entity = f" ({more[0].removeprefix(f'{name} ')})" if shape.unique and more and more[0] else ""
        is_now = "is in one now" if field.key == "families" else "are one now"
        done.folded.append(f"{field.key}[{name}]: {_TOLD.get(field.key, 'it was there twice')}{entity} and {is_now}")
    return kept


def _chosen(record: Record, claim: Record, swap: Swap) -> Record | None:
    """The item of a list of parties, families or sources that a claim's path begins with; None where it has another."""
    try:
        step = parse(claim["field"]).steps[0]
    except PathError:
        return None  # a topic
    if step.selector is None or not _is_chosen_by(step, swap.kind):
        return None
    places = positions(record[step.key], step.key, step.selector)
    return record[step.key][places[0]] if len(places) == 1 else None


def _claims(done: Replaced, swap: Swap, chosen: list[Record | None]) -> None:
    """Claims whose path names what goes, or whose value is its code or id; ``chosen`` are their items."""
    for claim, item in zip(done.record["claims"], chosen, strict=True):
        before = claim["field"], claim["value"]
        try:
            path = parse(claim["field"])
        except PathError:
            continue
        first = path.steps[0]
        name = first.selector
        if item is not None:
            name = chosen_by(done.record[first.key], first.key, item)
        elif first.selector is not None and _is_chosen_by(first, swap.kind):
            name = _renamed(first.selector, swap)
        if name != first.selector:
            claim["field"] = Path((Step(first.shape, first.key, name), *path.steps[1:])).text
        claim["value"] = _inside(path.last.field, claim["value"], swap)
        done.moved["claims"] += (claim["field"], claim["value"]) != before


def _renamed(selector: str, swap: Swap) -> str:
    """A selector for an item that is not there, such as a party that a source names and the record leaves out."""
    code, space, rest = selector.partition(" ")
    return f"{swap.kept}{space}{rest}" if code == swap.gone else selector


def _is_chosen_by(step: Step, kind: str) -> bool:
    """Whether an object of a kind is what tells the items of a list apart, so that a path names it in brackets."""
    shape = step.field.type.shape
    if not step.listed or shape is None or shape.numbered:
        return False
    return any(field.key in shape.identity and field.type.names == kind for field in shape.fields)


def _inside(field: Field, value: Json, swap: Swap) -> Json:
    """A claim's value with the code or id replaced wherever the declaration of its field names such an object."""
    if isinstance(value, list):
        return swapped([_inside(field, item, swap) for item in value], swap)
    if isinstance(value, dict):
        inner = {one.key: one for one in field.type.shape.fields} if field.type.shape else {}
        return {key: _inside(inner[key], item, swap) if key in inner else item for key, item in value.items()}
    named = {field.type.names, *(one.type.names for one in (field.type.shape.fields if field.type.shape else ()))}
    return swap.kept if value == swap.gone and swap.kind in named else value
