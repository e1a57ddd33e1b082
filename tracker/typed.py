"""Values as typed for a path of a record (``--set``, a cell of a sheet): names become codes, dates EDTF."""

from collections.abc import Callable
from typing import Any

from tracker import draft
from tracker.domain import edits, paths
from tracker.domain.paths import PathError
from tracker.domain.vocabulary import SIGNING_KINDS
from tracker.errors import InvalidValue
from tracker.read import names
from tracker.read.connection import Reader

Record = dict[str, Any]

ITEMS: dict[str, Callable[[Reader, str], Any]] = {
    "agreement.parties": draft.party,
    "agreement.signatories": draft.signatory,
    "agreement.focus_areas": names.focus_code,
    "agreement.families": lambda reader, text: {"family": names.family_id(reader, text)},
    "agreement.sources": lambda reader, text: {"source": draft.source(reader, text)},
    "agreement.identifiers": lambda _, text: draft.identifier(text),
    "agreement.events.parties": names.party_code,
    "agreement.terms.entry_into_force.parties": names.party_code,
}
"""What one item of a list is made of, by the list's place."""

SCALARS: dict[str, Callable[[Reader, str], Any]] = {
    "party": names.party_code,
    "code": names.party_code,
    "person": draft.person,
    "family": names.family_id,
}
"""Keys inside items whose text is a name."""


def apply(reader: Reader, record: Record, change: str, path: str, text: str | None, today: str) -> None:
    """Carry out one ``set``, ``add`` or ``remove``; raises InvalidValue with the nearest path."""
    try:
        if change == "set" and path == "signed":
            set_signed(record, draft.date(text or "", today, "signed"))
        elif change == "set":
            edits.set_(record, path, value(reader, path, text or "", today))
        elif change == "add":
            edits.add(record, path, item(reader, path, text or "", today))
        else:
            edits.remove(record, path, text)
    except PathError as error:
        raise InvalidValue(str(error)) from error


def value(reader: Reader, path: str, text: str, today: str) -> Any:
    """The value that a text stands for at a path; the items of a list stand between semicolons."""
    parsed = paths.parse(path)
    if parsed.kind == "list" and text.strip()[:1] not in ("[", "{"):
        return [item(reader, path, part.strip(), today) for part in text.split(";") if part.strip()]
    typed = edits.value_from_text(parsed, text)
    if not isinstance(typed, str):
        return typed
    if parsed.kind == "date":
        return draft.date(typed, today, path)
    named = SCALARS.get(parsed.last.key) if len(parsed.steps) > 1 else None
    return named(reader, typed) if named else typed


def item(reader: Reader, path: str, text: str, today: str) -> Any:
    """One item of a list from its text: an object as JSON, or the short form of its kind."""
    parsed = paths.parse(path)
    if parsed.kind == "list" and text.strip()[:1] == "{":
        return edits.value_from_text(parsed, text)
    make = ITEMS.get(parsed.last.inner)
    if make is not None and parsed.last.selector is None:
        return make(reader, text)
    if parsed.last.key == "sources" and parsed.last.selector is None:
        return draft.source(reader, text)
    return text if parsed.kind == "list" else value(reader, path, text, today)


def set_signed(record: Record, date: str) -> None:
    """Give the one signing act of a record its date, or record one; raises PathError where there are several."""
    acts = [event for event in record["events"] if event["kind"] in SIGNING_KINDS]
    if len(acts) > 1:
        named = ", ".join(f"events[{event['id']}].date" for event in acts)
        raise PathError(f"signed: there are {len(acts)} signing acts; set the date of one: {named}")
    if acts:
        acts[0]["date"] = date
    else:
        edits.add(record, "events", {"kind": "signed", "date": date})
