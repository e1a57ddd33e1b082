"""Values as typed for a path of a party, person, family, focus area or source, and the short text of a membership."""

from collections.abc import Callable
from typing import Any

from tracker import draft
from tracker.domain import edits, paths
from tracker.domain.paths import Path, PathError
from tracker.domain.record import IDENTITY
from tracker.errors import InvalidValue
from tracker.read import names
from tracker.read.connection import Reader

Record = dict[str, Any]

SCALARS: dict[str, Callable[[Reader, str], str]] = {
    "party.members.code": names.party_code,
    "focus_area.parent": names.focus_code,
}
"""Fields whose text is a name, by their place."""

ITEMS: dict[str, Callable[[Reader, str], Any]] = {
    "party.successors": names.party_code,
    "family.sources": draft.source,
}
"""What one item of a list is made of, by the list's place."""


def apply(reader: Reader, record: Record, change: str, path: str, text: str | None, today: str) -> None:
    """Carry out one ``set``, ``add`` or ``remove`` on an object; raises InvalidValue with the nearest path."""
    kind = record["record"]
    try:
        parsed = paths.parse(path, kind)
        if parsed.steps[0].key in ("record", IDENTITY[kind]):
            raise InvalidValue(f"{path}: the {IDENTITY[kind]} of a {noun(kind)} is permanent; to join two, merge them")
        if change == "set":
            edits.set_(record, parsed, _value(reader, parsed, text or "", today))
        elif change == "add":
            edits.add(record, parsed, _item(reader, parsed, text or "", today))
        else:
            edits.remove(record, parsed, text)
    except PathError as error:
        raise InvalidValue(str(error)) from error


def noun(kind: str) -> str:
    """The word for a kind of object in a message."""
    return {"focus_area": "focus area", "person": "signatory"}.get(kind, kind)


def member(reader: Reader, text: str, today: str) -> Record:
    """A spell of membership from ``PARTY`` or ``PARTY: FROM..UNTIL``; either end may be left out."""
    name, colon, spell = text.partition(":")
    first, dots, last = spell.partition("..")
    if colon and not dots:
        raise InvalidValue(f"member {text!r}: expected 'PARTY: FROM..UNTIL', such as 'GBR: 1973-01-01..2020-01-31'")
    return {
        "code": names.party_code(reader, name.strip()),
        "from": draft.date(first.strip(), today, "member") if first.strip() else None,
        "until": draft.date(last.strip(), today, "member") if last.strip() else None,
    }


def _value(reader: Reader, path: Path, text: str, today: str) -> Any:
    if path.kind == "list" and text.strip()[:1] not in ("[", "{"):
        return [_item(reader, path, part.strip(), today) for part in text.split(";") if part.strip()]
    typed = edits.value_from_text(path, text)
    if not isinstance(typed, str):
        return typed
    if path.kind == "date":
        return draft.date(typed, today, path.text)
    named = SCALARS.get(path.last.inner)
    return named(reader, typed) if named else typed


def _item(reader: Reader, path: Path, text: str, today: str) -> Any:
    if path.kind != "list" or text.strip()[:1] == "{":
        return _value(reader, path, text, today) if path.kind != "list" else edits.value_from_text(path, text)
    if path.last.inner == "party.members":
        return member(reader, text, today)
    make = ITEMS.get(path.last.inner)
    return make(reader, text) if make else text
