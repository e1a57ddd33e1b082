"""Parties, people, families, focus areas and sources put into the store, also those written in place in a record."""

from collections.abc import Callable
from copy import deepcopy

from tracker.errors import Duplicate
from tracker.record.differences import differences, same
from tracker.record.document import IDENTITY, InPlace, holds_in_place, in_place
from tracker.record.shapes import OBJECTS
from tracker.record.types import Record
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import OWNED, assemble, shred_object
from tracker.store.write import search_index
from tracker.store.write.change import Change, Outcome

LIFETIME = ("exists_from", "exists_until", "successors")
"""What of a party tells when it existed, and who came after it."""


def put(change: Change, kind: str, document: Record) -> Outcome:
    """Store an object under its code or id; a changed built-in one is no longer built-in.

    Raises Duplicate for the code or id of one that was merged into another.
    """
    name = document[IDENTITY[kind]]
    document = settle(change, document, kind)
    if kind == "focus_area":
        change.areas.add(name)
    for code in document.get("successors", ()):
        change.codes.setdefault(code, (name, "successors"))
    own, *children = OWNED[kind]
    stored_rows = changes.load(change.connection, [own], name)
    new_rows = shred_object(kind, document, _spellings(kind, document))
    if not stored_rows[kind]:
        _refuse_retired(change, kind, name)
        change.note_object(kind, name)
        change.lives = None if kind == "party" else change.lives
        changes.insert_row(change.connection, new_rows, change.stamp())
        return Outcome(kind, name, "new")
    stored_rows |= changes.load(change.connection, children, name)
    old = assemble(kind, stored_rows)
    plan = changes.compare(stored_rows, new_rows)
    if not plan:
        return Outcome(kind, name, "unchanged")
    if stored_rows[kind][0].get("builtin"):
        plan.also(kind, (name,), {"builtin": False})
    change.note_object(kind, name)
    if kind == "party" and any(old[key] != document[key] for key in LIFETIME):
        change.reborn.add(name)
        change.lives = None
    plan.carry_out(change.connection, change.stamp())
    search_index.outdate(change, kind, name)
    return Outcome(kind, name, "changed", differences(old, document))


def is_as_given(change: Change, kind: str, document: Record) -> bool:
    """Whether the stored object says what the document says; sources written in place count by their ids."""
    return same(
        stored(change, kind, document[IDENTITY[kind]]), _referring(document, kind, lambda given: given.value["id"])
    )


def successor(change: Change, kind: str, name: str) -> str | None:
    """Return what an object that is gone was merged into, or None."""
    sql = "SELECT merged_into FROM retired_id WHERE kind = ? AND id = ?"
    row = change.connection.execute(sql, (kind, name)).fetchone()
    return None if row is None else str(row[0])


def retire(change: Change, kind: str, gone: str, kept: str) -> None:
    """Keep in mind what an object was merged into; what had been merged into it went there too."""
    since = change.stamp()
    sql = "SELECT id FROM retired_id WHERE kind = ? AND merged_into = ?"
    for (name,) in change.connection.execute(sql, (kind, gone)).fetchall():
        change.note_object("retired_id", name)
    change.note_object("retired_id", gone)
    change.connection.execute(
        "UPDATE retired_id SET merged_into = ?, since = ? WHERE kind = ? AND merged_into = ?", (kept, since, kind, gone)
    )
    changes.insert_row(change.connection, {"retired_id": [{"kind": kind, "id": gone, "merged_into": kept}]}, since)


def _refuse_retired(change: Change, kind: str, name: str) -> None:
    kept = successor(change, kind, name)
    if kept is not None:
        noun = kind.replace("_", " ")
        key = IDENTITY[kind]
        raise Duplicate(
            f"the {key} {name} was that of a {noun} merged into {kept} and is not given again; "
            f"name {kept}, or choose another {key}"
        )


def stored(change: Change, kind: str, name: str) -> Record | None:
    """Return the document of a stored object, or None."""
    rows = changes.load(change.connection, OWNED[kind], name)
    return assemble(kind, rows) if rows[kind] else None


def settle(change: Change, document: Record, kind: str = "agreement") -> Record:
    """Return a document with the objects written in place stored and replaced by their ids."""
    return _referring(document, kind, lambda given: _settled(change, given.kind, given.value))


def _referring(document: Record, kind: str, name: Callable[[InPlace], str]) -> Record:
    """Return a document with ids, as ``name`` gives them, for the objects written in place."""
    shape = OBJECTS[kind]
    if not holds_in_place(shape, document):
        return document
    referring = deepcopy(document)
    for given in list(in_place(shape, referring)):
        given.holder[given.key] = name(given)  # type: ignore[index]  # the key is that of the holder
    for field in shape.own_fields:
        if field.ordered and field.type.kind == "object" and field.type.shape:
            keys = field.type.shape.identity
            referring[field.key].sort(key=lambda item, keys=keys: [item[key] for key in keys])
    return referring


def _settled(change: Change, kind: str, value: Record) -> str:
    """Store an object that is written in place, and return its id.

    One that is there already stays as it is, and only what was empty is filled in. A namesake, which bears the id of
    another, gets the next number: ``john-smith-2``. One that was merged into another is that other one.
    """
    base = str(value["id"])
    name, number = base, 1
    while True:
        kept = successor(change, kind, name)
        known = stored(change, kind, kept or name)
        if known is None or _same(kind, known, value):
            break
        if number == 1:
            _refuse_retired(change, kind, name)
        number += 1
        name = f"{base}-{number}"
    name = kept or name
    put(change, kind, _filled(known, value) if known else {**value, "id": name})
    return name


def _same(kind: str, known: Record, given: Record) -> bool:
    """Tell whether an object in place is the stored one of that id: people and families by name, sources by address."""
    from tracker.text.names import fold

    if kind == "source":
        if known["url"] and given["url"]:
            return bool(known["url"] == given["url"])
        return fold(known["title"]) == fold(given["title"])
    names = {fold(name) for name in (known["name"], *known.get("aliases", ()))}
    return fold(given["name"]) in names


def _filled(known: Record, given: Record) -> Record:
    empty: tuple[object, ...] = (None, [], {})
    return {key: given[key] if value in empty else value for key, value in known.items()}


def _spellings(kind: str, document: Record) -> set[str]:
    """Return the folded spellings under which a party or person is found."""
    if kind not in ("party", "person"):
        return set()
    from tracker.store.schema import builtin

    return builtin.party_keys(document) if kind == "party" else builtin.person_keys(document)
