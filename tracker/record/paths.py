"""Paths into a record: what may be named, how it is written, and what kind of value stands there.

``events[e1].date``, ``parties[JPN].entity``, ``terms.duration.until``, ``titles[ja]``, ``extra.owner``: brackets hold
an item's id or code, a relation's type and target, a scheme, a language, or a position. Query names are short forms.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tracker.record.document import KEYS, LISTS, MAPPINGS

SHORT_NAMES = {
    "signed": "derived.signed.edtf",
    "in_force_from": "derived.in_force_from.edtf",
    "in_force_until": "derived.in_force_until.edtf",
    "expires": "terms.duration.until",
    "binding": "binding_status",
    "type": "instrument_type",
    "party": "parties",
    "focus": "focus_areas",
    "family": "families",
    "signatory": "signatories",
    "source": "sources",
    "status": "derived.status",
    "x": "extra",
    "flags": "derived.flags",
    "laterality": "derived.laterality",
    "match": "derived.match",
    "revision": "derived.revision",
}
"""Query name to the path that it stands for."""

CLAIMABLE = ("signed", "in_force_from", "in_force_until", "status")
"""Derived values that a claim may name although no field holds them."""

TOPIC = "topic:"
"""How a claim begins that is about something without a field: ``topic:headquarters``."""

DATES = frozenset(
    (
        *("date", "effective_date", "until", "earliest", "latest", "edtf", "accessed", "exists_from", "exists_until"),
        *("from", "as_of"),
    ),
)
FLAGS = frozenset(("verified", "adopted", "status_certain"))
COUNTS = frozenset(("number", "row", "revision"))
_READ_ONLY = frozenset(
    (
        ("agreement", "derived"),
        ("agreement", "record"),
        ("agreement.parties", "name"),
        ("agreement.signatories", "name"),
        ("agreement.sources", "title"),
        ("agreement.sources", "url"),
    ),
)


class PathError(ValueError):
    """A path that leads nowhere; the message names the nearest one that does."""


class Step(NamedTuple):
    """One key of a path, the shape of the object that holds it, and the item chosen where it is a list or mapping."""

    shape: str
    key: str
    selector: str | None = None

    @property
    def inner(self) -> str:
        """Name of the shape of the objects under this key, as in ``record.KEYS``."""
        return f"{self.shape}.{self.key}"

    @property
    def listed(self) -> bool:
        """Whether a list stands here."""
        return self.key in LISTS

    @property
    def mapped(self) -> bool:
        """Whether an object with keys of the user's own stands here."""
        return self.key in MAPPINGS


class Path(NamedTuple):
    """A parsed path; ``text`` is its full form."""

    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        """The path in its full form."""
        parts = []
        for step in self.steps:
            if step.key == "extra" and step.selector is not None:
                parts.append(f"extra.{step.selector}")
            else:
                parts.append(step.key if step.selector is None else f"{step.key}[{step.selector}]")
        return ".".join(parts)

    @property
    def last(self) -> Step:
        """The step that names the value."""
        return self.steps[-1]

    @property
    def read_only(self) -> bool:
        """Whether the value is derived or printed for convenience, so that nobody can set it."""
        return any((step.shape, step.key) in _READ_ONLY for step in self.steps)

    @property
    def kind(self) -> str:
        """``text``, ``date``, ``flag``, ``count``, ``list``, ``object``, or ``any`` (values of claims, own fields)."""
        step = self.last
        if step.key == "extra" and step.selector is not None:
            return "any"
        if (step.shape, step.key) == ("agreement.claims", "value"):
            return "any"
        whole = step.selector is None
        if step.key in LISTS and whole:
            return "list"
        if step.inner in KEYS and (whole or step.key != "identifiers"):
            return "object"
        if step.mapped and whole:
            return "object"
        return _scalar(step) if whole else "text"


def _scalar(step: Step) -> str:
    if step.key in DATES:
        return "date"
    if step.key in FLAGS:
        return "flag"
    return "count" if step.key in COUNTS else "text"


@lru_cache(maxsize=512)
def parse(path: str, kind: str = "agreement") -> Path:
    """Read a path or a query name; raise ``PathError`` with the nearest path where it leads nowhere."""
    segments = _segments(path)
    name, selector = segments[0]
    if kind == "agreement" and name in SHORT_NAMES:
        prefix = SHORT_NAMES[name].split(".")
        segments = [*((key, None) for key in prefix[:-1]), (prefix[-1], selector), *segments[1:]]
    shape, steps = kind, []
    for position, (key, chosen) in enumerate(segments):
        keys = KEYS.get(shape, ())
        if key not in keys:
            raise PathError(_unknown(path, segments[:position], key, _reachable(keys, kind, position)))
        if key == "extra":
            steps.append(Step(shape, key, _extra_name(path, chosen, segments[position + 1 :])))
            break
        step = Step(shape, key, chosen)
        if chosen is not None and not (step.key in LISTS or step.mapped):
            raise PathError(f"path {path!r}: {key} holds one value, so nothing is chosen from it; write {key}")
        steps.append(step)
        shape = step.inner
    return Path(tuple(steps))


def canonical(field: str) -> str:
    """Return the full form of a path that a claim is about, so that two claims can be compared.

    Derived query names (``signed``, ``status``) and ``topic:SLUG`` stay as they are.
    """
    if field.startswith(TOPIC):
        from tracker.text import refs

        topic = field[len(TOPIC) :]
        if not refs.is_id(topic.replace("_", "-")):
            raise PathError(f"claim on {field!r}: expected {TOPIC} and lower-case letters, digits and hyphens")
        return field
    if field in CLAIMABLE:
        return field
    path = parse(field)
    if path.read_only:
        raise PathError(f"claim on {field!r}: no field holds it; expected a path of the record or {TOPIC}SLUG")
    return path.text


def _segments(path: str) -> list[tuple[str, str | None]]:
    """Split at dots outside brackets, and take each bracket apart."""
    segments: list[tuple[str, str | None]] = []
    rest = path
    while True:
        cut = next((place for place, char in enumerate(rest) if char in ".["), len(rest))
        name, rest = rest[:cut], rest[cut:]
        selector = None
        if rest.startswith("["):
            end = _closing(rest)
            if end < 0:
                raise PathError(f"path {path!r}: a bracket is not closed; write it as in events[e1].date")
            selector, rest = rest[1:end], rest[end + 1 :]
        if not name or selector == "":
            raise PathError(f"path {path!r}: a name is missing; write it as in events[e1].date")
        segments.append((name, selector))
        if not rest:
            return segments
        rest = rest[1:]


def _closing(rest: str) -> int:
    """Place of the bracket that closes the first one: the next that ends the text or stands before a dot."""
    for place, char in enumerate(rest):
        if char == "]" and rest[place + 1 : place + 2] in ("", "."):
            return place
    return -1


def _extra_name(path: str, chosen: str | None, rest: list[tuple[str, str | None]]) -> str | None:
    """Name of an own field: all that follows ``extra.``, dots included."""
    if chosen is not None:
        if rest:
            raise PathError(f"path {path!r}: own fields are flat; write extra.{chosen}")
        return chosen
    return ".".join(key if inner is None else f"{key}[{inner}]" for key, inner in rest) or None


def _reachable(keys: Iterable[str], kind: str, position: int) -> list[str]:
    return [*keys, *(SHORT_NAMES if kind == "agreement" and position == 0 else ())]


def _unknown(path: str, before: list[tuple[str, str | None]], key: str, candidates: list[str]) -> str:
    """Compose the message for a key that is not there, with the nearest path at the same place."""
    from tracker.text.names import suggest

    prefix = "".join(f"{name}." if chosen is None else f"{name}[{chosen}]." for name, chosen in before)
    if not candidates:
        return f"unknown path {path!r}: {prefix[:-1]} has no fields inside"
    near = suggest(key, candidates)
    if not near and not before:
        near = list(_nested(key))[:3]
        prefix = ""
    if near:
        return f"unknown path {path!r}; did you mean " + " or ".join(prefix + name for name in near) + "?"
    return f"unknown path {path!r}; expected one of " + ", ".join(prefix + name for name in candidates[:12])


def _nested(key: str) -> Iterable[str]:
    """Paths deeper in an agreement that end in the key: ``period`` is found as ``terms.duration.period``."""
    for shape, keys in KEYS.items():
        if key in keys and shape.startswith("agreement."):
            yield f"{shape.removeprefix('agreement.')}.{key}"
