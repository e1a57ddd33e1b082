"""Chains that must not lead back to their beginning: focus areas under focus areas."""

from tracker.errors import InvalidRecord
from tracker.read.file.connection import Reader


def above(reader: Reader, code: str) -> list[str]:
    """Return the focus areas above one, the nearest first; a circle is walked once."""
    found: list[str] = []
    parent = _parent(reader, code)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = _parent(reader, parent)
    return found


def refuse_circle(reader: Reader, code: str) -> None:
    """Raise InvalidRecord where a focus area stands above itself."""
    way = above(reader, code)
    if code in way:
        circle = " under ".join([code, *way[: way.index(code) + 1]])
        raise InvalidRecord(f"focus area {code}", [("parent", f"closes a circle: {circle}; choose another one")])


def _parent(reader: Reader, code: str) -> str | None:
    parent = reader.scalar("SELECT parent FROM focus_areas WHERE code = :code", {"code": code})
    return None if parent is None else str(parent)
