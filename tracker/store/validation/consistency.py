"""What must hold inside one record beyond the shape of each value, and the order in which it is kept; claims too."""

from tracker.record import relations
from tracker.record.claims import disagreement
from tracker.record.paths import CLAIMABLE, TOPIC, Path, PathError, canonical
from tracker.record.paths import parse as parse_path
from tracker.record.relations import PASSIVE
from tracker.record.shapes import AGREEMENT
from tracker.record.types import Json, Record
from tracker.record.values import exists
from tracker.text import refs

Problems = list[tuple[str, str]]

NUMBERED = ("evidence", "signatories", "events", "claims")
"""Lists whose items have ids of their own."""

_DEEPEST = 8
_LONGEST = 100_000


def check_claims(document: Record, problems: Problems) -> None:
    """Fields of claims exist; per field one claim at most is adopted, and its value is the field's."""
    adopted: set[str] = set()
    for place, claim in enumerate(document["claims"]):
        path = f"claims[{claim['id'] or place}]"
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
        held = disagreement(document, field, claim["value"])
        if held:
            problems.append((f"{path}.value", held))


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


def settle(document: Record, kind: str) -> Problems:
    """Put a validated document in the register's order, drop read-only keys, and return what contradicts itself."""
    problems: Problems = []
    if kind == "agreement":
        _settle_agreement(document, problems)
    elif "id" in document:
        _name_object(document, "", problems)
    if kind == "family":
        _name_sources(document, "", problems)
    return problems


def _settle_agreement(document: Record, problems: Problems) -> None:
    _drop_read_only(document)
    _sort(document)
    _name_in_place(document, problems)
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
    """Lists that are sets are sorted, and hold nothing twice."""
    for key in ("focus_areas", "languages"):
        if document[key]:
            document[key] = sorted(set(document[key]))
    if document["identifiers"]:
        pairs = sorted({(item["scheme"], item["value"]) for item in document["identifiers"]})
        document["identifiers"] = [{"scheme": scheme, "value": value} for scheme, value in pairs]


def _name_in_place(document: Record, problems: Problems) -> None:
    """Give ids to people, families and sources written in place, and sort the families."""
    for place, signatory in enumerate(document["signatories"]):
        if type(signatory["person"]) is dict:
            _name_object(signatory["person"], f"signatories[{signatory['id'] or place}].person", problems)
        _name_sources(signatory, f"signatories[{signatory['id'] or place}]", problems)
    for place, membership in enumerate(document["families"]):
        family = membership["family"]
        if type(family) is dict:
            _name_object(family, f"families[{place}].family", problems)
            _name_sources(family, f"families[{place}].family", problems)
        _name_sources(membership, f"families[{place}]", problems)
    document["families"].sort(key=lambda item: _id(item["family"]))
    for place, citation in enumerate(document["sources"]):
        if type(citation["source"]) is dict:
            _name_object(citation["source"], f"sources[{place}].source", problems)
    _name_sources_of_items(document, problems)


def _name_sources_of_items(document: Record, problems: Problems) -> None:
    for key in ("evidence", "events", "relations", "claims"):
        for place, item in enumerate(document[key]):
            if item["sources"]:
                _name_sources(item, f"{key}[{item.get('id') or place}]", problems)
    terms = document["terms"]
    for key in ("entry_into_force", "duration", "survival"):
        if terms[key]:
            _name_sources(terms[key], f"terms.{key}", problems)
    for place, notice in enumerate(terms["notices"]):
        _name_sources(notice, f"terms.notices[{place}]", problems)


def _name_sources(holder: Record, path: str, problems: Problems) -> None:
    for place, source in enumerate(holder["sources"]):
        if type(source) is dict:
            _name_object(source, f"{path}.sources[{place}]".lstrip("."), problems)


def _name_object(item: Record, path: str, problems: Problems) -> None:
    """Make the id of an object from its name or title where it has none."""
    if item["id"] is None:
        proposed = refs.proposed_id(item.get("name") or item["title"])
        if proposed is None:
            problems.append((f"{path}.id".lstrip("."), "is missing, and the name has no Latin letters to make it from"))
        item["id"] = proposed or "x"


def _id(value: Json) -> str:
    return str(value["id"]) if isinstance(value, dict) else str(value)


def _check_items(document: Record, problems: Problems) -> None:
    for key, keys in _ONE_OF:
        for place, item in enumerate(document[key]):
            if all(item[name] is None for name in keys):
                *others, last = keys
                problems.append((f"{key}[{place}]", f"names nobody; set {', '.join(others)} or {last}"))
    for key in NUMBERED:
        items = document[key]
        if len(items) > 1:
            _check_unique(key, [item["id"] for item in items], problems)
    if len(document["parties"]) > 1:
        _check_unique("parties", [(item["code"], item["entity"]) for item in document["parties"]], problems)
    if len(document["families"]) > 1:
        _check_unique("families", [_id(item["family"]) for item in document["families"]], problems)


def _check_unique(key: str, names: list[Json], problems: Problems) -> None:
    if len(set(names)) == len(names):
        return
    seen = set()
    for place, name in enumerate(names):
        if name is not None and name in seen:
            shown = name if isinstance(name, str) else " ".join(part for part in name if part)
            problems.append((f"{key}[{place}]", f"{shown} stands there twice"))
        seen.add(name)


def _check_references(document: Record, problems: Problems) -> None:
    """Views name evidence, signatories name events: both of the same record."""
    if document["binding_views"]:
        evidence = {item["id"] for item in document["evidence"]}
        for place, view in enumerate(document["binding_views"]):
            problems.extend(
                (f"binding_views[{place}].evidence", f"there is no evidence {name}; {_held(evidence)}")
                for name in view["evidence"]
                if name not in evidence
            )
    events: set[str | None] | None = None
    for place, signatory in enumerate(document["signatories"]):
        if signatory["event"] is not None:
            events = {item["id"] for item in document["events"]} if events is None else events
            if signatory["event"] not in events:
                path = f"signatories[{signatory['id'] or place}].event"
                problems.append((path, f"there is no event {signatory['event']}; {_held(events)}"))


def _held(names: set[Json]) -> str:
    held = sorted(name for name in names if name)
    return "the record holds " + ", ".join(held) if held else "the record holds none with an id"


def _check_relations(document: Record, problems: Problems) -> None:
    for place, relation in enumerate(document["relations"]):
        path = f"relations[{place}]"
        if relation["target"] == document["ref"]:
            problems.append((f"{path}.target", "points at the record itself"))
        elif relation["target"] is None and relation["type"] in relations.PASSIVE:
            active = relations.PASSIVE[relation["type"]]
            problems.append((f"{path}.target", f"is missing: the relation is kept as {active!r} in the other record"))
