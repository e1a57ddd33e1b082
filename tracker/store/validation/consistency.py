"""What must hold inside one record beyond the shape of each value, and the order in which it is kept; claims too."""

from collections.abc import Sequence

from tracker.record import relations
from tracker.record.claims import disagreement
from tracker.record.document import holds_in_place, in_place
from tracker.record.paths import CLAIMABLE, TOPIC, Path, PathError, canonical
from tracker.record.paths import parse as parse_path
from tracker.record.relations import PASSIVE
from tracker.record.shapes import AGREEMENT, OBJECTS
from tracker.record.types import Json, Record
from tracker.record.values import exists
from tracker.text import refs

Problems = list[tuple[str, str]]

NUMBERED = tuple(field.key for field in AGREEMENT.own_fields if field.type.shape and field.type.shape.numbered)
"""Lists whose items have ids of their own."""

_DEEPEST = 8
_LONGEST = 100_000


def check_claims(document: Record, problems: Problems) -> None:
    """Fields of claims exist; per field one claim at most is adopted, and its value is the field's."""
    adopted: set[str] = set()
    for position, claim in enumerate(document["claims"]):
        path = f"claims[{claim['id'] or position}]"
        fault = _unfit(claim["value"])
        if fault:
            problems.append((f"{path}.value", fault))
            continue
        try:
            field = canonical(claim["field"])
            _check_item_of_claim(document, field)
        except PathError as error:
            problems.append((f"{path}.field", str(error)))
            continue
        if not claim["adopted"]:
            continue
        if field in adopted:
            problems.append((f"{path}.adopted", f"another claim on {field} is adopted already"))
        adopted.add(field)
        fault_of_value = disagreement(document, field, claim["value"])
        if fault_of_value:
            problems.append((f"{path}.value", fault_of_value))


def _check_item_of_claim(document: Record, field: str) -> None:
    """A claim on a part of an item needs the item; a claim on a whole item may be about its absence."""
    if field in CLAIMABLE or field.startswith(TOPIC):
        return
    path = parse_path(field)
    for length, step in enumerate(path.steps, 1):
        inside = length < len(path.steps) or step.key in NUMBERED
        if step.key == "relations" and (step.selector or "").partition(" ")[0] in PASSIVE:
            raise PathError(f"{field}: that relation is kept in the other record; make the claim there")
        if step.listed and step.selector is not None and inside:
            whole = Path(path.steps[:length])
            if not exists(document, whole):
                raise PathError(f"{field}: the record has no {whole.text}")


def _unfit(value: Json, depth: int = 0) -> str | None:
    """Why a claim's value cannot be kept: decimals, depth, size, or characters that are no text."""
    fault = None
    if isinstance(value, str):
        fault = _unfit_text(value)
    elif isinstance(value, int):
        fault = None if -(2**63) <= value < 2**63 else f"{value!s:.30} does not fit 64 bits; write it as text"
    elif isinstance(value, (list, dict)):
        if depth >= _DEEPEST:
            return f"is nested deeper than {_DEEPEST} levels"
        parts = value if isinstance(value, list) else [*value, *value.values()]
        fault = next((inner for part in parts if (inner := _unfit(part, depth + 1))), None)
    elif value is not None:
        fault = f"{value!r} is no text or whole number; write decimals as text"
    return fault


def _unfit_text(text: str) -> str | None:
    if len(text) > _LONGEST:
        return f"is too long: at most {_LONGEST} characters are taken"
    if "\x00" in text:
        return "holds a NUL character"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "holds half of a surrogate pair, which is no text"
    return None


_INSIDE = [(field.key, field.type.shape) for field in AGREEMENT.own_fields if field.listed and field.type.shape]
_PRINTED = [(key, inner.key) for key, shape in _INSIDE for inner in shape.fields if inner.printed]
_ONE_OF = [(key, shape.one_of) for key, shape in _INSIDE if shape.one_of]
_ID = ("id",)
_UNIQUE = [(key, _ID) for key, shape in _INSIDE if shape.numbered] + [
    (key, shape.identity) for key, shape in _INSIDE if shape.unique
]
"""Lists in which no two items have the same of these keys."""

_ORDERED = [field for field in AGREEMENT.own_fields if field.ordered]
_REFERRING = [
    (key, inner)
    for key, shape in _INSIDE
    for inner in shape.own_fields
    if inner.type.kind == "item" and inner.type.names
]
"""Fields of items that name items of another list of the same record."""


def settle(document: Record, kind: str) -> Problems:
    """Put a validated document in the register's order, drop read-only keys, and return what contradicts itself."""
    problems: Problems = []
    if kind == "agreement":
        _settle_agreement(document, problems)
        return problems
    if "id" in document:
        _name_object(document, "", problems)
    _name_in_place(document, kind, "", problems)
    if kind == "party":
        _check_itself(document, problems)
    return problems


def _check_itself(party: Record, problems: Problems) -> None:
    """A party neither takes its own place nor is a member of itself."""
    if party["code"] in party["successors"]:
        problems.append(("successors", "names the party itself; leave it out"))
    if any(member["code"] == party["code"] for member in party["members"]):
        problems.append(("members", "names the party itself; leave it out"))


def _settle_agreement(document: Record, problems: Problems) -> None:
    _drop_read_only(document)
    _name_in_place(document, "agreement", "", problems)
    _sort(document)
    _check_items(document, problems)
    _check_references(document, problems)
    if document["relations"]:
        _check_relations(document, problems)
    if document["claims"]:
        check_claims(document, problems)


def _drop_read_only(document: Record) -> None:
    document.pop("derived", None)
    for key, name in _PRINTED:
        for item in document[key]:
            item.pop(name, None)


def _sort(document: Record) -> None:
    """Lists that are sets are sorted, and hold nothing twice; what no two items may share is told elsewhere."""
    for field in _ORDERED:
        values, shape = document[field.key], field.type.shape
        if not values:
            continue
        if shape is None:
            document[field.key] = sorted(set(values))
        elif shape.unique:
            values.sort(key=lambda item: _name(item, shape.identity))
        else:
            named = {_name(item, shape.identity): item for item in values}
            document[field.key] = [named[name] for name in sorted(named)]


def _name_in_place(document: Record, kind: str, path: str, problems: Problems) -> None:
    """Give ids to people, families and sources written in place, and to what is written in these."""
    if not holds_in_place(OBJECTS[kind], document):
        return
    for given in in_place(OBJECTS[kind], document):
        _name_object(given.value, path + given.path, problems)
        _name_in_place(given.value, given.kind, f"{path}{given.path}.", problems)


def _name_object(item: Record, path: str, problems: Problems) -> None:
    """Make the id of an object from its name or title where it has none."""
    if item["id"] is None:
        proposed = refs.proposed_id(item.get("name") or item["title"])
        if proposed is None:
            problems.append((f"{path}.id".lstrip("."), "is missing, and the name has no Latin letters to make it from"))
        item["id"] = proposed or "x"


def _name(item: Record, keys: Sequence[str]) -> tuple[str, ...]:
    """Return what tells an item from others; an object in place stands for its id."""
    values = [item[key] for key in keys]
    return tuple([value["id"] if isinstance(value, dict) else value or "" for value in values])


def _check_items(document: Record, problems: Problems) -> None:
    for key, keys in _ONE_OF:
        for position, item in enumerate(document[key]):
            if item[keys[0]] is None and all(item[name] is None for name in keys):
                *others, last = keys
                problems.append((f"{key}[{position}]", f"names nobody; set {', '.join(others)} or {last}"))
    for key, keys in _UNIQUE:
        if len(items := document[key]) > 1:
            names = [(item["id"] or "",) if keys == _ID else _name(item, keys) for item in items]
            if len(set(names)) < len(names):
                _tell_twice(key, names, problems)


def _tell_twice(key: str, names: list[tuple[str, ...]], problems: Problems) -> None:
    seen = set()
    for position, name in enumerate(names):
        if any(name) and name in seen:
            problems.append((f"{key}[{position}]", f"{' '.join(filter(None, name))} stands there twice"))
        seen.add(name)


def _check_references(document: Record, problems: Problems) -> None:
    """Views name evidence, signatories name events: both of the same record."""
    for key, field in _REFERRING:
        for position, item in enumerate(document[key]):
            named = item[field.key] if field.listed else [item[field.key]] if item[field.key] else []
            if not named:
                continue
            there = {other["id"] for other in document[field.type.names]}
            noun = _NOUNS[field.type.names]
            path = f"{key}[{item.get('id') or position}].{field.key}"
            problems.extend((path, f"there is no {noun} {name}; {_held(there)}") for name in named if name not in there)


def _held(names: set[str | None]) -> str:
    ids = sorted(name for name in names if name)
    return "the record holds " + ", ".join(ids) if ids else "the record holds none with an id"


_NOUNS = {key: shape.name for key, shape in _INSIDE}


def _check_relations(document: Record, problems: Problems) -> None:
    for position, relation in enumerate(document["relations"]):
        path = f"relations[{position}]"
        if relation["target"] == document["ref"]:
            problems.append((f"{path}.target", "points at the record itself"))
        elif relation["target"] is None and relation["type"] in relations.PASSIVE:
            active = relations.PASSIVE[relation["type"]]
            problems.append((f"{path}.target", f"is missing: the relation is kept as {active!r} in the other record"))
        elif relation["target"] is None and relation["target_title"] is None:
            problems.append(
                (path, "names no agreement; set target, or target_title for one that is not in the register")
            )
