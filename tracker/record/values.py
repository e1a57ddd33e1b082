"""Reading a record by path, and the columns that lists show.

``shape`` reads the paths themselves; ``edits`` writes through them.
"""

from collections.abc import Callable, Iterable, Iterator

from tracker.record import shapes
from tracker.record.paths import SHORT_NAMES, Path, PathError, Step, canonical, parse
from tracker.record.types import Json, Record

__all__ = [
    "DEFAULT_COLUMNS",
    "SHORT_NAMES",
    "Path",
    "PathError",
    "absent",
    "canonical",
    "column",
    "column_names",
    "exists",
    "get",
    "names_of",
    "parse",
    "positions",
    "selector",
    "values",
]

Getter = Callable[[Record], Json]

DEFAULT_COLUMNS = ("ref", "title", "instrument_type", "binding_status", "status", "signed", "parties")
"""What a list shows unless asked for more."""

_ITEM_NAMES: dict[str, Callable[[Record], tuple[str | None, ...]]] = {
    "party_status": lambda item: (item["code"],),
    "relations": lambda item: (
        f"{item['type']} {item.get('target') or item.get('target_title') or ''}".rstrip(),
        item["type"],
    ),
    "inverse_relations": lambda item: (f"{item['type']} {item['source_ref']}", item["type"]),
    "depositaries": lambda item: (item.get("code"), item.get("name")),
    "binding_views": lambda item: (item.get("party"), item.get("authority")),
    "notices": lambda item: (item["kind"],),
}
"""Names of items that are not simply the first of what tells them apart, and all of it (see ``names_of``)."""

_IDENTITIES = {
    field.key: field.type.shape.identity
    for shape in shapes.at().values()
    for field in shape.fields
    if field.listed and field.type.kind == "object" and field.type.shape and not field.type.shape.numbered
}
"""List to the keys that tell its items apart, where these have no ids."""

_OF_PARTIES = ("signatories",)
"""Lists whose items may be chosen by their party too, where it is that of one alone."""

_SHORT = 40
"""Characters of a name; what is longer is told by its place."""

_NOTHING = object()


def spelled(value: Json) -> str:
    """Return a value as a message shows it: text as it is, nothing as such, anything else as JSON writes it."""
    if value is None or value in ([], {}):
        return "(nothing)"
    if isinstance(value, str):
        return value
    import json

    return json.dumps(value, ensure_ascii=False)


def names_of(key: str, item: Json) -> tuple[str | None, ...]:
    """Return the names by which an item of the list ``key`` can be chosen: its id, or what tells it apart."""
    if not isinstance(item, dict):
        return (str(item),)
    if "record" in item:
        return (item.get("id"),)
    if key in _ITEM_NAMES:
        return _ITEM_NAMES[key](item)
    if key not in _IDENTITIES:
        return (item.get("id"),)
    told = [str(text) for name in _IDENTITIES[key] if (text := _identity(item.get(name)))]
    return tuple(dict.fromkeys((told[0], " ".join(told)))) if told else (None,)


def _identity(value: Json) -> str | None:
    """The id of a reference that may be written in place as an object."""
    return value.get("id") if isinstance(value, dict) else value


def positions(items: list[Json], key: str, selector: str) -> list[int]:
    """Return the places of the items that a selector chooses: by name, else by position."""
    found = [place for place, item in enumerate(items) if selector in names_of(key, item)]
    if not found and key in _OF_PARTIES:
        found = [place for place, item in enumerate(items) if item.get("party") == selector]
    if not found and selector.isascii() and selector.isdigit() and int(selector) < len(items):
        return [int(selector)]
    return found


def absent(path: Path, key: str, items: list[Json]) -> str:
    """Say that the list or mapping ``key`` has no item that a path chooses, and which it has."""
    told = [name for item in items if (name := names_of(key, item)[0])]
    if any(len(name) > _SHORT for name in told):
        held = f"{key}[0]" if len(items) == 1 else f"{key}[0] to {key}[{len(items) - 1}]"
    else:
        held = ", ".join(told)
    return f"{path.text} is not there; " + (f"the record holds {held}" if held else "add it with --add")


def selector(items: list[Json], key: str, item: Json) -> str:
    """Return how a path chooses an item of a list: by a name that no other bears, else by its place."""
    names = names_of(key, item)
    place = next(place for place, other in enumerate(items) if names_of(key, other) == names)
    unique = (name for name in names if name and positions(items, key, name) == [place])
    return next(unique, str(place))


def values(record: Record, path: Path) -> Iterator[Json]:
    """Yield every value that a path reaches; a list that is not the path's end is passed through item by item."""
    yield from _walk(record, path.steps)


def _walk(holder: Json, steps: tuple[Step, ...]) -> Iterator[Json]:
    step, rest = steps[0], steps[1:]
    value = holder.get(step.key, _NOTHING) if isinstance(holder, dict) else _NOTHING
    if value is _NOTHING or (value is None and (rest or step.selector is not None)):
        return
    if step.selector is not None:
        reached = _chosen(value, step)
    elif rest and isinstance(value, list):
        reached = value
    else:
        reached = [value]
    for item in reached:
        if rest:
            yield from _walk(item, rest)
        else:
            yield item


def _chosen(value: Json, step: Step) -> list[Json]:
    selector = step.selector or ""
    if isinstance(value, dict):
        return [value[selector]] if selector in value else []
    items = [value[place] for place in positions(value, step.key, selector)]
    return [item["value"] for item in items] if step.key == "identifiers" and isinstance(items, list) else items


def get(record: Record, path: str | Path) -> Json:
    """Return the value at a path, None where nothing stands; of ``identifiers[TIAS]`` the number itself.

    Raises ``PathError`` where several items bear the name.
    """
    parsed = parse(path) if isinstance(path, str) else path
    found = list(values(record, parsed))
    if any(step.listed and step.selector is None for step in parsed.steps[:-1]):
        return found
    if len(found) > 1:
        raise PathError(f"path {parsed.text!r}: {len(found)} items bear that name; give the position or the full name")
    return found[0] if found else None


def exists(record: Record, path: str | Path) -> bool:
    """Whether the path reaches something, be it null."""
    parsed = parse(path) if isinstance(path, str) else path
    return next(values(record, parsed), _NOTHING) is not _NOTHING


def _status(record: Record) -> str | None:
    derived = record.get("derived") or {}
    status = derived.get("status")
    return status if status is None or derived.get("status_certain", True) else f"{status}?"


_CELLS: dict[str, Callable[[Record], str]] = {
    "parties": lambda item: str(item["code"]),
    "signatories": lambda item: str(
        item.get("name") or _identity(item["person"]) or item.get("office") or item.get("party")
    ),
    "depositaries": lambda item: str(item.get("code") or item.get("name")),
    "events": lambda item: " ".join(filter(None, (item.get("kind_raw") or item["kind"], item.get("date")))),
    "relations": lambda item: names_of("relations", item)[0] or "",
    "identifiers": lambda item: f"{item['scheme']} {item['value']}",
    "binding_views": lambda item: f"{item.get('party') or item.get('authority')}: {item['value']}",
    "evidence": lambda item: f"{item['kind']}: {item['supports']}",
    "claims": lambda item: f"{item['field']} = {item['value']}",
    "party_status": lambda item: f"{item['code']} {item['status']}",
    "inverse_relations": lambda item: f"{item['type']} {item['source_ref']}",
}


def _cell(key: str, item: Json) -> str:
    """One item of a list as text."""
    if not isinstance(item, dict):
        return str(item)
    shown = _CELLS.get(key)
    return shown(item) if shown else str(names_of(key, item)[0])


def _reaching(path: Path) -> Callable[[Record], Iterable[Json]]:
    """Return what yields every value that a path reaches; without lists on the way that is at most one."""
    if any(step.selector is not None for step in path.steps) or any(step.listed for step in path.steps[:-1]):
        return lambda record: values(record, path)
    keys = [step.key for step in path.steps]

    def reached(record: Record) -> tuple[Json, ...]:
        holder: Json = record
        for key in keys:
            if not isinstance(holder, dict) or key not in holder:
                return ()
            holder = holder[key]
        return (holder,)

    return reached


def _list_getter(path: Path) -> Getter:
    key, reached = path.last.key, _reaching(path)
    through = path.last.selector is None and path.kind == "list"

    def getter(record: Record) -> list[str]:
        found = reached(record)
        if through:
            return [_cell(key, item) for items in found for item in (items or ())]
        return [_cell(key, item) for item in found if item is not None]

    return getter


def _object_getter(path: Path) -> Getter:
    reached = _reaching(path)

    def getter(record: Record) -> str | None:
        import json

        value = next(iter(reached(record)), None)
        return json.dumps(value, ensure_ascii=False) if value else None

    return getter


def _scalar_getter(path: Path) -> Getter:
    textual, reached = path.kind in ("text", "any"), _reaching(path)

    def getter(record: Record) -> Json:
        value = next(iter(reached(record)), None)
        if isinstance(value, bool) and textual:
            return "true" if value else "false"
        return str(value) if textual and value is not None else value

    return getter


def column(name: str, kind: str = "agreement") -> tuple[str, str, Getter]:
    """Return the column of a path or query name: its name, the kind of its cells, and what fills them from a record.

    Kinds are those of ``tracker.table``. A status that is only possible has a question mark after it.
    """
    if name in ("status", "derived.status") and kind == "agreement":
        return name, "text", _status
    path = parse(name, kind)
    several = any(step.listed and step.selector is None for step in path.steps[:-1])
    chosen = path.last.listed and path.last.selector is not None
    if path.kind == "list" or several or chosen:
        return name, "list", _list_getter(path)
    if path.kind == "object":
        return name, "text", _object_getter(path)
    return name, "text" if path.kind == "any" else path.kind, _scalar_getter(path)


def column_names(names: str | None) -> list[str]:
    """Return the columns that ``--columns a,b,c`` asks for; the default ones where it is not given."""
    if names is None:
        return [*DEFAULT_COLUMNS]
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if not wanted:
        raise PathError("no column is named; leave the option out for the usual ones")
    return wanted
