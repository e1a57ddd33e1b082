"""Values as typed for a path of a record or object (``--set``, a cell of a sheet): names become codes, dates EDTF."""

from collections.abc import Callable

from tracker.errors import InvalidValue
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.record import edits, kinds
from tracker.record import values as paths
from tracker.record.document import IDENTITY
from tracker.record.kinds import of_signature
from tracker.record.types import Json, Record
from tracker.record.values import Path, PathError
from tracker.work import draft

ITEMS: dict[str, Callable[[Reader, str], Json]] = {
    "agreement.parties": draft.party,
    "agreement.signatories": draft.signatory,
    "agreement.focus_areas": names.focus_code,
    "agreement.families": lambda reader, text: {"family": names.family_id(reader, text)},
    "agreement.sources": lambda reader, text: {"source": draft.source(reader, text)},
    "agreement.depositaries": draft.depositary,
    "agreement.identifiers": lambda _, text: draft.identifier(text),
    "agreement.events.parties": names.party_code,
    "agreement.terms.entry_into_force.parties": names.party_code,
    "party.successors": names.party_code,
}
"""What one item of a list is made of, by the list's place; elsewhere ``sources`` holds sources."""

SCALARS: dict[str, Callable[[Reader, str], Json]] = {
    "party": names.party_code,
    "code": names.party_code,
    "person": names.person_id,
    "family": names.family_id,
}
"""Keys inside items whose text is a name."""

UNTIL = "terms.duration.until"
PARENT = "focus_area.parent"
"""The one field outside items whose text is a name."""


def apply(reader: Reader, record: Record, change: str, path: str, text: str | None, today: str) -> None:
    """Carry out one ``set``, ``add`` or ``remove``; raises InvalidValue with the nearest path."""
    kind = record["record"]
    try:
        if change == "set" and path == "signed" and kind == "agreement":
            set_signed(record, draft.date(text or "", today, "signed"))
            return
        if change == "set" and path == UNTIL and set_fiscal_end(record, text or ""):
            return
        parsed = paths.parse(path, kind)
        _refuse_identity(kind, parsed)
        if change == "add" and not (text or "").strip():
            raise InvalidValue(f"{path}: nothing to add; give a value after the equals sign")
        target = path if kind == "agreement" else parsed  # messages repeat a short name as it was typed
        if change == "set" and not (text or "").strip() and parsed.last.key == "identifiers":
            edits.remove(record, target)
        elif change == "set":
            edits.set_(record, target, _value(reader, parsed, path, text or "", today))
        elif change == "add":
            edits.add(record, target, _item(reader, parsed, path, text or "", today))
        else:
            edits.remove(record, target, text)
    except PathError as error:
        raise InvalidValue(str(error)) from error


def set_fiscal_end(record: Record, text: str) -> bool:
    """Take the end of a term typed as a fiscal year ("JPN FY2026"); what was typed and the rule become its note."""
    from tracker.dates import fiscal_years

    try:
        found = fiscal_years.typed(text, [party["code"] for party in record.get("parties") or ()])
    except fiscal_years.FiscalYearError as error:
        raise InvalidValue(f"{UNTIL}: {error}") from error
    if found is None:
        return False
    day, rule = found
    edits.set_(record, UNTIL, day)
    duration = record["terms"]["duration"]
    duration["note"] = duration.get("note") or rule
    return True


def value(reader: Reader, path: str, text: str, today: str) -> Json:
    """The value that a text stands for at a path of an agreement; the items of a list stand between semicolons."""
    return _value(reader, paths.parse(path), path, text, today)


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


def set_signed(record: Record, date: str) -> None:
    """Give the one act that dates the signature its date, or record one; raises PathError where there are several."""
    acts = of_signature(record["events"])
    if len(acts) > 1:
        named = ", ".join(f"events[{event['id']}].date" for event in acts)
        raise PathError(f"signed: there are {len(acts)} signing acts; set the date of one: {named}")
    if acts:
        acts[0]["date"] = date
    else:
        edits.add(record, "events", {"kind": kinds.SIGNATURES[0], "date": date})


def _refuse_identity(kind: str, path: Path) -> None:
    """The ref, code or id of an object never changes."""
    if path.steps[0].key in ("record", IDENTITY[kind]):
        noun = {"focus_area": "focus area", "person": "signatory", "agreement": "record"}.get(kind, kind)
        instead = "" if kind == "agreement" else "; to join two, merge them"
        raise InvalidValue(f"{path.text}: the {IDENTITY[kind]} of a {noun} is permanent{instead}")


def _value(reader: Reader, path: Path, shown: str, text: str, today: str) -> Json:
    if path.kind == "list" and text.strip()[:1] not in ("[", "{"):
        return [_item(reader, path, shown, part.strip(), today) for part in text.split(";") if part.strip()]
    typed = edits.value_from_text(path, text)
    if not isinstance(typed, str):
        return typed
    if path.kind == "date":
        return draft.date(typed, today, shown)
    if path.last.inner == PARENT:
        return names.focus_code(reader, typed)
    named = SCALARS.get(path.last.key) if len(path.steps) > 1 else None
    return named(reader, typed) if named else typed


def _item(reader: Reader, path: Path, shown: str, text: str, today: str) -> Json:
    """One item of a list from its text: an object as JSON, or the short form of its kind."""
    if path.kind == "list" and text.strip()[:1] == "{":
        return edits.value_from_text(path, text)
    if path.last.selector is None:
        if path.last.inner == "party.members":
            return member(reader, text, today)
        make = ITEMS.get(path.last.inner) or (draft.source if path.last.key == "sources" else None)
        if make is not None:
            return make(reader, text)
    return text if path.kind == "list" else _value(reader, path, shown, text, today)
