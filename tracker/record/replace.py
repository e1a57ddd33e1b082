"""One object of the register put in the place of another everywhere in a record: what a merge does to an agreement."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from tracker.record.paths import Path, PathError, Step, parse
from tracker.record.shapes import naming
from tracker.record.values import names_of, positions

Record = dict[str, Any]


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


_OWN_RULE = ("parties",)
"""Lists whose items become one where they say the same afterwards (see ``_participations``)."""

_SELECTED = {"party": ("parties", "binding_views", "depositaries"), "family": ("families",), "source": ("sources",)}
"""Lists whose items a path chooses by the code or id of an object of that kind."""

_REFERRING = {
    "party": frozenset(("parties", "party", "code")),
    "person": frozenset(("signatories", "person")),
    "family": frozenset(("families", "family")),
    "focus_area": frozenset(("focus_areas",)),
    "source": frozenset(("sources", "source")),
}
"""Keys at the end of a claim's path whose value is, or holds, the code or id of an object of that kind."""

_SCALARS = {
    kind: tuple((outer.key, inner.key) for outer, inner in naming(kind) if outer.key not in _OWN_RULE)
    for kind in ("party", "person")
}
_CITING = ("evidence", "signatories", "families", "events", "relations", "claims")


def replace(record: Record, swap: Swap) -> Replaced:
    """Return an agreement with one object in the place of another.

    Entries that say the same afterwards become one. Raises ``Clash`` where they contradict each other.
    """
    done = Replaced(deepcopy(record), Counter(), [])
    chosen = [_chosen(done.record, claim, swap) for claim in done.record["claims"]]
    for key, name in _SCALARS.get(swap.kind, ()):
        for item in done.record[key]:
            if item[name] == swap.gone:
                item[name] = swap.kept
                done.moved[key] += 1
    for where, holder, name in _lists(done.record, swap.kind):
        done.moved[where] += _swap_in(holder, name, swap)
    if swap.kind == "party":
        _participations(done, swap)
        _depositaries(done, swap)
    elif swap.kind == "family":
        _memberships(done, swap)
    elif swap.kind == "source":
        _citations(done, swap)
    _claims(done, swap, chosen)
    return Replaced(done.record, +done.moved, done.folded)


def swapped(values: list[Any], swap: Swap) -> list[Any]:
    """Return a list of codes or ids with one in the place of another, none of them twice."""
    found: list[Any] = []
    for value in values:
        item = swap.kept if value == swap.gone else value
        if item not in found:
            found.append(item)
    return found


def join(first: str | None, second: str | None) -> str | None:
    """Return two notes as one, the second below the first; nothing is said twice."""
    if not first or not second:
        return first or second
    return first if second in first else f"{first}\n{second}"


def _lists(record: Record, kind: str) -> Iterator[tuple[str, Record, str]]:
    """Yield the lists of codes or ids of a kind: (name of the place, holder, key)."""
    terms = record["terms"]
    if kind == "focus_area":
        yield "focus_areas", record, "focus_areas"
    elif kind == "party":
        yield from (("events", event, "parties") for event in record["events"])
        if terms["entry_into_force"]:
            yield "terms", terms["entry_into_force"], "parties"
    elif kind == "source":
        yield from ((key, item, "sources") for key in _CITING for item in record[key])
        parts = (terms["entry_into_force"], terms["duration"], terms["survival"], *terms["notices"])
        yield from (("terms", part, "sources") for part in parts if part)


def _swap_in(holder: Record, name: str, swap: Swap) -> int:
    count = int(holder[name].count(swap.gone))
    if count:
        holder[name] = swapped(holder[name], swap)
    return count


def _participations(done: Replaced, swap: Swap) -> None:
    """Parties are unique by code and entity: entries that say the same become one, roles that differ clash."""
    held: dict[tuple[str, str | None], Record] = {}
    for item in done.record["parties"]:
        if item["code"] == swap.gone:
            item["code"] = swap.kept
            done.moved["parties"] += 1
        twin = held.setdefault((item["code"], item["entity"]), item)
        if twin is item:
            continue
        entity = f" ({item['entity']})" if item["entity"] else ""
        if twin["role"] and item["role"] and twin["role"] != item["role"]:
            raise Clash(
                f"parties[{swap.kept}]: {swap.gone} and {swap.kept}{entity} are both parties, "
                f"one as {twin['role']}, the other as {item['role']}; correct the role of one first"
            )
        twin["role"] = twin["role"] or item["role"]
        done.folded.append(f"parties[{swap.kept}]: both were parties{entity} and are one now")
    done.record["parties"] = list(held.values())


def _depositaries(done: Replaced, swap: Swap) -> None:
    found: list[Record] = []
    for item in done.record["depositaries"]:
        if item in found:
            done.folded.append(f"depositaries[{swap.kept}]: both kept it and are one now")
        else:
            found.append(item)
    done.record["depositaries"] = found


def _memberships(done: Replaced, swap: Swap) -> None:
    held: dict[str, Record] = {}
    for item in done.record["families"]:
        if item["family"] == swap.gone:
            item["family"] = swap.kept
            done.moved["families"] += 1
        twin = held.setdefault(item["family"], item)
        if twin is not item:
            twin["note"] = join(twin["note"], item["note"])
            twin["sources"] += [source for source in item["sources"] if source not in twin["sources"]]
            done.folded.append(f"families[{swap.kept}]: it was in both and is in one now")
    done.record["families"] = list(held.values())


def _citations(done: Replaced, swap: Swap) -> None:
    found: list[Record] = []
    for item in done.record["sources"]:
        if item["source"] == swap.gone:
            item["source"] = swap.kept
            done.moved["sources"] += 1
        if item in found:
            done.folded.append(f"sources[{swap.kept}]: both were cited and are one now")
        else:
            found.append(item)
    done.record["sources"] = found


def _chosen(record: Record, claim: Record, swap: Swap) -> Record | None:
    """The item of a list of parties, families or sources that a claim's path begins with; None where it has another."""
    try:
        step = parse(claim["field"]).steps[0]
    except PathError:
        return None  # a topic
    if step.selector is None or step.key not in _SELECTED.get(swap.kind, ()):
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
            name = _name(done.record[first.key], first.key, item)
        elif first.key in _SELECTED.get(swap.kind, ()) and first.selector is not None:
            name = _renamed(first.selector, swap)
        if name != first.selector:
            claim["field"] = Path((Step(first.shape, first.key, name), *path.steps[1:])).text
        if path.last.key in _REFERRING[swap.kind]:
            claim["value"] = _inside(claim["value"], swap)
        done.moved["claims"] += (claim["field"], claim["value"]) != before


def _name(items: list[Record], key: str, item: Record) -> str:
    """How a path now chooses an item: by a name that no other bears, else by its place."""
    names = names_of(key, item)
    place = next(place for place, other in enumerate(items) if names_of(key, other) == names)
    unique = (name for name in names if name and positions(items, key, name) == [place])
    return next(unique, str(place))


def _renamed(selector: str, swap: Swap) -> str:
    """A selector for an item that is not there, such as a party that a source names and the record leaves out."""
    code, space, rest = selector.partition(" ")
    return f"{swap.kept}{space}{rest}" if code == swap.gone else selector


def _inside(value: Any, swap: Swap) -> Any:
    """A claim's value with the code or id replaced wherever it stands as a value of its own."""
    if isinstance(value, list):
        return swapped([_inside(item, swap) for item in value], swap)
    if isinstance(value, dict):
        return {key: _inside(item, swap) if key in _REFERRING[swap.kind] else item for key, item in value.items()}
    return swap.kept if value == swap.gone else value
