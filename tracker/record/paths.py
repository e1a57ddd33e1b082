"""Paths into a record: what may be named, how it is written, and what kind of value stands there.

``events[e1].date``, ``parties[JPN].entity``, ``terms.duration.until``, ``titles[ja]``, ``extra.owner``: brackets hold
an item's id or code, a relation's type and target, a scheme, a language, or a position. Query names are short forms.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tracker.record import shapes
from tracker.record.types import Field

_ANY = frozenset(("any", "own_value"))
_COUNTS = frozenset(("count", "row"))
_DATES = frozenset(("date", "day"))


def _short_names() -> Iterator[tuple[str, str]]:
    for address, shape in shapes.at().items():
        for field in shape.fields:
            if field.short:
                dated = field.type.kind == "object" and field.type.shape is shapes.DATE
                path = f"{address}.{field.key}{'.edtf' if dated else ''}"
                yield field.short, path.removeprefix("agreement.")


SHORT_NAMES = {**dict(_short_names()), "note": "notes", "alias": "aliases", "identifier": "identifiers"}
"""Query name, or option of ``add``, to the path that it stands for."""

CLAIMABLE = ("signed", "in_force_from", "in_force_until", "status")
"""Derived values that a claim may name although no field holds them."""

TOPIC = "topic:"
"""How a claim begins that is about something without a field: ``topic:headquarters``."""


_LISTED = 16
"""Names that a message lists."""

_NEAREST = 3


class PathError(ValueError):
    """A path that leads nowhere; the message names the nearest one that does."""


class Step(NamedTuple):
    """One key of a path, the address of the object that holds it, and the item chosen of a list or mapping."""

    shape: str
    key: str
    selector: str | None = None

    @property
    def inner(self) -> str:
        """Address of the objects under this key, as in ``shapes.at``."""
        return f"{self.shape}.{self.key}"

    @property
    def field(self) -> Field:
        """The declaration of the key."""
        return shapes.fields(self.shape)[self.key]

    @property
    def listed(self) -> bool:
        """Whether a list stands here."""
        return self.field.listed

    @property
    def mapped(self) -> bool:
        """Whether an object with keys of the user's own stands here."""
        return self.field.mapped


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
        return any(step.field.printed or step.field.type.kind == "record" for step in self.steps)

    @property
    def kind(self) -> str:
        """``text``, ``date``, ``flag``, ``count``, ``list``, ``object``, or ``any`` (values of claims, own fields)."""
        step = self.last
        whole, type_ = step.selector is None, step.field.type
        if type_.kind in _ANY and (not type_.many or not whole):
            return "any"
        if type_.many == "list" and whole:
            return "list"
        if (type_.kind == "object" and (whole or step.key != "identifiers")) or (type_.many and whole):
            return "object"
        return _scalar(type_.kind) if whole else "text"


def _scalar(kind: str) -> str:
    if kind in _DATES:
        return "date"
    if kind in _COUNTS:
        return "count"
    return "flag" if kind == "flag" else "text"


@lru_cache(maxsize=512)
def parse(path: str, kind: str = "agreement") -> Path:
    """Read a path or a query name; raise ``PathError`` with the nearest path where it leads nowhere."""
    segments = _segments(path)
    name, selector = segments[0]
    name = _written(name, (*shapes.fields(kind), *SHORT_NAMES))
    if kind == "agreement" and name in SHORT_NAMES:
        prefix = SHORT_NAMES[name].split(".")
        segments = [*((key, None) for key in prefix[:-1]), (prefix[-1], selector), *segments[1:]]
    shape, steps = kind, []
    for position, (typed, chosen) in enumerate(segments):
        keys = shapes.fields(shape)
        key = _written(typed, keys)
        if key not in keys:
            raise PathError(_unknown(path, segments[:position], key, _reachable(keys, kind, position)))
        if key == "extra":
            steps.append(Step(shape, key, _extra_name(path, chosen, segments[position + 1 :])))
            break
        step = Step(shape, key, chosen)
        if chosen is not None and not (step.listed or step.mapped):
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
    if not is_exact(field):
        raise PathError(f"unknown path {field!r}; did you mean {path.text}?")
    if path.read_only:
        raise PathError(f"claim on {field!r}: no field holds it; expected a path of the record or {TOPIC}SLUG")
    return path.text


def is_exact(path: str) -> bool:
    """Tell whether the keys of a path are written as they are kept, which ``parse`` does not ask of people."""
    for name, _ in _segments(path):
        if name != name.lower() or " " in name or "-" in name:
            return False
        if name in ("extra", "x"):
            break
    return True


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


def _written(key: str, keys: Iterable[str]) -> str:
    """Return the key that is typed with blanks, hyphens or capitals, as pages print it; any other text as it is."""
    code = "_".join(key.lower().replace("-", " ").split())
    return code if key not in keys and code in keys else key


def _reachable(keys: Mapping[str, Field], kind: str, position: int) -> dict[str, str]:
    """Return the names that may stand at a place, and the words that people read for them, each with its name."""
    names = (*keys, *(SHORT_NAMES if kind == "agreement" and position == 0 else ()))
    said = {field.label: key for key, field in keys.items() if field.label not in names}
    return {**dict(zip(names, names, strict=True)), **said}


def _unknown(path: str, before: list[tuple[str, str | None]], key: str, names: Mapping[str, str]) -> str:
    """Compose the message for a key that is not there, with the nearest path at the same place."""
    from tracker.text.names import suggest

    prefix = "".join(f"{name}." if chosen is None else f"{name}[{chosen}]." for name, chosen in before)
    if not names:
        return f"unknown path {path!r}: {prefix[:-1]} has no fields inside"
    alike = [names[key]] if key in names else dict.fromkeys(names[name] for name in suggest(key, names))
    deeper = [] if before or key in names else [*_said(key), *_nested(key)]
    if near := [*deeper, *(prefix + name for name in alike)][:_NEAREST]:
        return f"unknown path {path!r}; did you mean {' or '.join(near)}?"
    held = [prefix + name for name, stands in names.items() if name == stands]
    more = f" and {len(held) - _LISTED} more; `tracker columns` lists them" if len(held) > _LISTED else ""
    return f"unknown path {path!r}; expected one of {', '.join(held[:_LISTED])}{more}"


def _said(words: str) -> Iterator[str]:
    """The path that pages of an agreement print in words, with the id of the item: ``date of the signature (e1)``."""
    head, _, tail = words.rpartition("(")
    if not (head and tail.endswith(")")):
        return
    for key, field in shapes.fields("agreement").items():
        shape, item = field.type.shape, tail[:-1]
        if shape is not None and shape.numbered and item[:1] == shape.letter and item[1:].isdigit():
            inner = next((field.key for field in shape.fields if words.startswith(f"{field.label} of ")), None)
            yield f"{key}[{item}]" + (f".{inner}" if inner else "")


def _nested(key: str) -> Iterable[str]:
    """Paths deeper in an agreement that end in the key: ``period`` is found as ``terms.duration.period``."""
    for address, shape in shapes.at().items():
        if key in shape.keys and address.startswith("agreement."):
            yield f"{address.removeprefix('agreement.')}.{key}"
