"""Drafts of one agreement made one: a row for each party gives its party and its acts, and says the rest again."""

from collections.abc import Iterable
from json import dumps
from typing import Any

from tracker.record.document import LISTS, MAPPINGS

Content = dict[str, Any]

UNSAID = {"instrument_type": "unknown", "binding_status": "not_assessed", "text_access": "unknown"}
"""Codes that say no more than a missing key."""

_LETTERS = {"evidence": "v", "signatories": "s", "events": "e", "claims": "c"}
"""Lists whose items have ids."""

Clash = tuple[str, Any, Any]
"""Path, the value that was kept, and another that a later draft has."""


def unite(drafts: Iterable[Content]) -> tuple[Content, list[Clash]]:
    """Return drafts of one agreement as one; where they contradict each other, the first holds and the rest is told."""
    clashes: list[Clash] = []
    united: Content = {}
    for number, draft in enumerate(drafts):
        if number == 0:
            united = {**draft, **{key: list(draft[key]) for key in LISTS if isinstance(draft.get(key), list)}}
        else:
            _add(united, _renumbered(united, draft), clashes)
    for key in LISTS:
        if isinstance(united.get(key), list):
            united[key] = _distinct(key, united[key])
    return united, clashes


def _add(united: Content, draft: Content, clashes: list[Clash]) -> None:
    for key, value in draft.items():
        held = united.get(key)
        if value in (None, [], {}) or value == UNSAID.get(key):
            continue
        if key == "origin":
            united.setdefault(key, value)
        elif held in (None, [], {}) or held == UNSAID.get(key):
            united[key] = value
        elif isinstance(value, list):
            united[key] = [*held, *value]
        elif key in MAPPINGS or key == "terms":
            kept = {name: inner for name, inner in held.items() if inner not in (None, [])}
            united[key] = {**value, **kept}
            said = {name: inner for name, inner in value.items() if inner not in (None, []) and name in kept}
            clashes += [(f"{key}.{name}", kept[name], inner) for name, inner in said.items() if inner != kept[name]]
        elif value != held:
            clashes.append((key, held, value))


def _renumbered(united: Content, draft: Content) -> Content:
    """Give the items of a further draft ids of their own, and lead what refers to them there."""
    new_ids: dict[str, str] = {}
    done = dict(draft)
    for key, letter in _LETTERS.items():
        highest = max((int(item["id"][1:]) for item in united.get(key, ()) if item.get("id")), default=0)
        items = []
        for item in draft.get(key, ()):
            moved = item
            if item.get("id"):
                highest += 1
                new_ids[item["id"]] = f"{letter}{highest}"
                moved = {**item, "id": new_ids[item["id"]]}
            items.append(moved)
        if items:
            done[key] = items
    for key, name in (("signatories", "event"),):
        if key in done:
            done[key] = [
                {**item, name: new_ids.get(item[name], item[name])} if item.get(name) else item for item in done[key]
            ]
    if "binding_views" in done:
        done["binding_views"] = [
            {**view, "evidence": [new_ids.get(one, one) for one in view.get("evidence", ())]}
            for view in done["binding_views"]
        ]
    return done


def _distinct(key: str, items: list[Any]) -> list[Any]:
    """Take out what stands in a list already, apart from its id and the row that says it."""
    seen: set[str] = set()
    kept = []
    for item in items:
        name = fingerprint(key, item)
        if name not in seen:
            seen.add(name)
            kept.append(item)
    return kept


def fingerprint(key: str, item: Any) -> str:
    """Return what makes an item the same as another: parties by code and entity, else all but id and origin."""
    if not isinstance(item, dict):
        return dumps(item, ensure_ascii=False)
    if key == "parties":
        return dumps((item.get("code"), item.get("entity")))
    if key == "sources" and not isinstance(item.get("source"), dict):
        return dumps(item.get("source"))
    said = {
        name: value for name, value in item.items() if name not in ("id", "origin") and value not in (None, [], {}, "")
    }
    return dumps(said, sort_keys=True, ensure_ascii=False)
