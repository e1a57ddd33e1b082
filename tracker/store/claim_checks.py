"""Whether the claims of a record fit it: the field exists, and an adopted value is the one that the field has."""

from typing import Any

from tracker.domain.dates import DateError, parse
from tracker.domain.paths import exists, get
from tracker.domain.shape import CLAIMABLE, TOPIC, PathError, canonical
from tracker.domain.shape import parse as parse_path
from tracker.domain.vocabulary import SIGNING_KINDS, SIGNING_SUBSTITUTES

Problems = list[tuple[str, str]]
Document = dict[str, Any]

NUMBERED = ("evidence", "signatories", "events", "claims")
"""Lists whose items have ids of their own."""

_DEEPEST = 8
_LONGEST = 100_000
_EVIDENT = {
    "signed": (*SIGNING_KINDS, *SIGNING_SUBSTITUTES),
    "in_force_from": ("entered_into_force", "became_operative", "provisional_application_started"),
    "in_force_until": ("terminated", "expired", "superseded", "lapsed", "discontinued", "withdrawn", "denounced"),
}
"""Derived value to the kinds of events that bear an adopted claim about it."""


def check_claims(document: Document, problems: Problems) -> None:
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
        held = _disagreement(document, field, claim["value"])
        if held:
            problems.append((f"{path}.value", held))


def _check_item_of_claim(document: Document, field: str) -> None:
    """A claim on a part of an item needs the item; a claim on a whole item may be about its absence."""
    if field in CLAIMABLE or field.startswith(TOPIC):
        return
    path = parse_path(field)
    first = path.steps[0]
    if first.key in NUMBERED and first.selector is not None:
        whole = f"{first.key}[{first.selector}]"
        if not exists(document, whole):
            raise PathError(f"{field}: the record has no {whole}")


def _disagreement(document: Document, field: str, value: Any) -> str | None:
    """What to say where an adopted claim's value is not the field's."""
    if field == "status" or field.startswith(TOPIC):
        return None
    if field in CLAIMABLE:
        kinds = _EVIDENT[field]
        days = [item[key] for item in document["events"] if item["kind"] in kinds for key in ("date", "effective_date")]
        return None if _same(value, days) else f"is adopted, but no event bears {field} {value!r}; record the event"
    try:
        held = get(document, field)
    except PathError as error:
        return str(error)
    path = parse_path(field)
    if path.last.selector is not None and path.kind == "object":
        there = held is not None
        agrees = value == held or (value in (None, False) and not there) or (there and not isinstance(value, dict))
        return None if agrees else f"is adopted, but the record has {'' if there else 'no '}{field}"
    if _same(value, [held]) or (isinstance(value, list) and isinstance(held, list) and _sorted(value) == _sorted(held)):
        return None
    return f"is adopted as {value!r}, but {field} is {held!r}; adopt another claim or change the field"


def _same(value: Any, held: list[Any]) -> bool:
    """Whether a value is among those held; dates are compared in their canonical form, booleans are no numbers."""
    if any(value == other and type(value) is type(other) for other in held):
        return True
    if not isinstance(value, str):
        return False
    try:
        return parse(value).edtf in held
    except DateError:
        return False


def _sorted(values: list[Any]) -> list[str]:
    return sorted(str(item) for item in values)


def _unfit(value: Any, depth: int = 0) -> str | None:
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
