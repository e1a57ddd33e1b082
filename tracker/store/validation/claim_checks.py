"""Whether the claims of a record fit it: the field exists, and an adopted value is the one that the field has."""

from typing import Any

from tracker.record.claims import disagreement
from tracker.record.paths import CLAIMABLE, TOPIC, Path, PathError, canonical
from tracker.record.paths import parse as parse_path
from tracker.record.relations import PASSIVE
from tracker.record.values import exists

Problems = list[tuple[str, str]]
Document = dict[str, Any]

NUMBERED = ("evidence", "signatories", "events", "claims")
"""Lists whose items have ids of their own."""

_DEEPEST = 8
_LONGEST = 100_000


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
        held = disagreement(document, field, claim["value"])
        if held:
            problems.append((f"{path}.value", held))


def _check_item_of_claim(document: Document, field: str) -> None:
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
