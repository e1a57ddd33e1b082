"""What a person reads when a record breaks the shape: the path, what was expected, the nearest right value."""

from pydantic_core import ErrorDetails, ValidationError

from tracker.record import shapes
from tracker.record.types import EXPECTED, Json, Record
from tracker.record.values import names_of
from tracker.record.vocabulary import expected
from tracker.text.safety import visible

_SHOWN = 60
_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object in braces",
    "string_unicode": "text in Unicode (half of a surrogate pair stands alone)",
}
_IDENTITY = frozenset(
    ("id", "code", "family", "source", "scheme", "value", "type", "target", "party", "authority", "kind"),
)


def complaints(error: ValidationError, document: Record, kind: str) -> list[tuple[str, str]]:
    """Turn pydantic's errors into pairs of path and message, in the order of the record."""
    pairs: list[tuple[str, str]] = []
    for details in error.errors(include_url=False):
        location = details["loc"]
        if _other_branch(location, document):
            continue
        pair = _complaint(details, document, kind)
        if pair not in pairs:
            pairs.append(pair)
    return pairs


def _complaint(details: ErrorDetails, document: Record, kind: str) -> tuple[str, str]:
    steps = [step for step in details["loc"] if step not in ("(id)", "(object)", "[key]")]
    path, shape = _path(steps, document, kind)
    return path, _message(details, str(steps[-1]) if steps else "", shape)


def _other_branch(location: tuple[int | str, ...], document: Json) -> bool:
    """Whether the error belongs to the way of writing (id or object) that was not chosen."""
    value = document
    for step in location:
        if step in ("(id)", "(object)"):
            if isinstance(value, dict) == (step == "(id)"):
                return True
            continue
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return False


def _path(steps: list[int | str], document: Json, kind: str) -> tuple[str, str]:
    """The path as the register writes it, and the shape of the innermost object on the way."""
    path, shape, holder_shape, value, key = "", kind, kind, document, ""
    for position, step in enumerate(steps):
        value = _follow(value, step)
        if isinstance(step, int):
            following = steps[position + 1] if position + 1 < len(steps) else None
            path += f"[{_selector(key, value, step, following)}]"
            continue
        own = key in ("titles", "names") and position > 0 and path.endswith(key)
        shown = visible(str(step))
        path += f"[{shown}]" if own else f".{shown}" if path else shown
        key, holder_shape = str(step), shape
        shape = shapes.inside(shape, key) or shape
    return path, holder_shape


def _follow(value: Json, step: int | str) -> Json:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _selector(key: str, item: Json, position: int, following: int | str | None) -> str:
    """The name of an item in a path; its position where it has none, or where the name itself is what is wrong."""
    if isinstance(item, dict) and following is not None and not (following in _IDENTITY and "id" not in item):
        try:
            name = names_of(key, item)[0]
        except (KeyError, TypeError):
            name = None
        if isinstance(name, str) and name and len(name) <= _SHOWN and following != "id":
            return name
    return str(position)


def _message(details: ErrorDetails, key: str, shape: str) -> str:
    kind, given, context = details["type"], details.get("input"), details.get("ctx", {})
    if kind in _TYPES:
        return f"expected {_TYPES[kind]}, found {_described(given)}"
    match kind:
        case "missing":
            text = "is missing"
        case "extra_forbidden":
            text = _unknown_key(key, shape)
        case "literal_error":
            text = _wrong_code(given, context)
        case "string_pattern_mismatch":
            text = f"{_described(given)}: {_meaning(str(context.get('pattern', '')), given)}"
        case "string_too_long" | "too_long":
            unit = "characters" if kind == "string_too_long" else "items"
            text = f"is too long: at most {context.get('max_length')} {unit} are taken"
        case "greater_than_equal" | "less_than_equal" | "int_parsing_size":
            text = f"{_described(given)} is out of range"
        case "value_error":
            text = str(context.get("error", details["msg"]))
        case _:
            text = details["msg"]
    return text


def _unknown_key(key: str, shape: str) -> str:
    known = [name for name in shapes.fields(shape) if name != "record"]
    return f"unknown key; {expected(key, known)}" if known else "unknown key"


def _wrong_code(given: Json, context: Record) -> str:
    codes = [part.strip("'") for part in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
    if not isinstance(given, str):
        return f"expected a code, found {_described(given)}"
    return f"unknown code {_described(given)}; {expected(given[:_SHOWN], codes)}"


def _meaning(pattern: str, given: Json) -> str:
    if isinstance(given, str) and "\x00" in given:
        return "holds a NUL character"
    return EXPECTED.get(pattern, "expected an item's id: its letter and a number, such as e1")


def _described(value: Json) -> str:
    """The value as it stands in JSON, cut short."""
    import json

    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    try:
        text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else repr(value)
    except (TypeError, ValueError):
        text = type(value).__name__
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
