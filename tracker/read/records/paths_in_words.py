"""Paths of a record as people say them: ``events[e1].date`` is the date of the signature (e1)."""

from collections.abc import Callable, Mapping
from typing import Final

from tracker.record.paths import CLAIMABLE, SHORT_NAMES, TOPIC, PathError, Step, parse
from tracker.record.types import Json, Record
from tracker.record.values import positions

DERIVED: Final = {
    "signed": "date of signature",
    "in_force_from": "first day in force",
    "in_force_until": "last day in force",
    "status": "status",
}
"""What one calls the values that no field holds."""

CALLED: Final = {"entity": "acting entity", "until": "last day", "effective_date": "day of effect"}
"""Keys that say too little by themselves, and whose label is that of a column."""


def in_words(record: Record, path: str) -> str:
    """Return what a path of this record leads to, in words, with the id that items are named by in brackets.

    A path that leads nowhere stays as it is.
    """
    if path.startswith(TOPIC):
        return path.removeprefix(TOPIC).replace("-", " ").replace("_", " ")
    if path in CLAIMABLE:
        return DERIVED[path]
    try:
        steps = parse(SHORT_NAMES.get(path, path)).steps
    except PathError:
        return path
    said: list[str] = []
    holder: Json = record
    for step in steps:
        inner = holder.get(step.key) if isinstance(holder, dict) else None
        holder = _chosen(inner, step)
        said.append(_item(step, holder) if step.selector is not None else _key(step))
    kept = said[1:] if len(said) > 1 and steps[0].key in ("terms", "derived") else said
    first, *around = reversed(kept)
    return " of ".join([first.removeprefix("the "), *around])


def _key(step: Step) -> str:
    return f"the {CALLED.get(step.key) or step.field.label}"


def _chosen(items: Json, step: Step) -> Json:
    if step.selector is None or not isinstance(items, list):
        return items if step.selector is None else None
    found = positions(items, step.key, step.selector)
    return items[found[0]] if len(found) == 1 else None


def _item(step: Step, item: Json) -> str:
    """What an item is called: an event by its act, a person by name, anything else by the word for one of its list."""
    if isinstance(item, dict) and step.key in _CALLED:
        return _CALLED[step.key](item)
    if isinstance(item, dict) and isinstance(item.get("kind"), str):
        number = f" ({item['id']})" if item.get("id") else ""
        return f"the {_words(item['kind'])}{' notice' if step.key == 'notices' else ''}{number}"
    one = "title in" if step.key == "titles" else "own field" if step.key == "extra" else _single(step.field.label)
    return f"the {one} {step.selector}"


def _event(item: Record) -> str:
    from tracker.record.meanings.lives import ACTS

    return f"the {item['kind_raw'] or ACTS.get(item['kind'], _words(item['kind']))} ({item['id']})"


def _relation(item: Record) -> str:
    return f"the relation {_words(item['type'])} {item['target'] or item['target_title']}"


_CALLED: Mapping[str, Callable[[Record], str]] = {
    "events": _event,
    "relations": _relation,
    "signatories": lambda item: f"{item['name'] or item['office'] or item['party']} ({item['id']})",
    "parties": lambda item: str(item["name"]),
    "families": lambda item: f"the membership in the family {item['family']}",
}
"""How items of these lists are called."""


def _words(code: str) -> str:
    return code.replace("_", " ").replace("non ", "non-")


def _single(many: str) -> str:
    return f"{many[:-3]}y" if many.endswith("ies") else many.removesuffix("s")
