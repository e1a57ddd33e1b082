"""Parties, people, families, focus areas and sources put into the store, also those written in place in a record."""

from collections.abc import Iterator

from tracker.errors import Duplicate
from tracker.record.differences import differences, same
from tracker.record.document import IDENTITY
from tracker.record.types import Record
from tracker.store.rows import comparing as changes
from tracker.store.rows.object_rows import OWNED, assemble, shred_object
from tracker.store.write.change import Change, Outcome


def put(change: Change, kind: str, document: Record) -> Outcome:
    """Store an object under its code or id; a changed built-in one is no longer built-in.

    Raises Duplicate for the code or id of one that was merged into another.
    """
    name = document[IDENTITY[kind]]
    if kind == "family":
        document = {**document, "sources": [_settled(change, "source", source) for source in document["sources"]]}
    if kind == "focus_area":
        change.areas.add(name)
    for code in document.get("successors", ()):
        change.codes.setdefault(code, (name, "successors"))
    held = changes.load(change.connection, OWNED[kind], name)
    wanted = shred_object(kind, document, _spellings(kind, document))
    if not held[kind]:
        _refuse_retired(change, kind, name)
        change.note_object(kind, name)
        changes.insert(change.connection, wanted, change.stamp())
        return Outcome(kind, name, "new")
    old = assemble(kind, held)
    plan = changes.compare(held, wanted)
    if not plan:
        return Outcome(kind, name, "unchanged")
    if held[kind][0].get("builtin"):
        plan.also(kind, (name,), {"builtin": False})
    change.note_object(kind, name)
    plan.carry_out(change.connection, change.stamp())
    return Outcome(kind, name, "changed", differences(old, document))


def is_as_given(change: Change, kind: str, document: Record) -> bool:
    """Whether the stored object says what the document says; sources written in place count by their ids."""
    held = stored(change, kind, document[IDENTITY[kind]])
    if kind == "family":
        sources = [source["id"] if isinstance(source, dict) else source for source in document["sources"]]
        document = {**document, "sources": sources}
    return same(held, document)


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
    changes.insert(change.connection, {"retired_id": [{"kind": kind, "id": gone, "merged_into": kept}]}, since)


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
    held = changes.load(change.connection, OWNED[kind], name)
    return assemble(kind, held) if held[kind] else None


def settle(change: Change, document: Record) -> Record:
    """Return an agreement with the objects written in place stored and replaced by their ids."""
    if not any(isinstance(value, dict) for value in _references(document)):
        return document

    def sourced(item: Record) -> Record:
        if not any(isinstance(source, dict) for source in item["sources"]):
            return item
        return {**item, "sources": [_settled(change, "source", source) for source in item["sources"]]}

    settled = dict(document)
    for key in ("evidence", "events", "relations", "claims"):
        settled[key] = [sourced(item) for item in document[key]]
    settled["signatories"] = [
        {**sourced(item), "person": _settled(change, "person", item["person"])} for item in document["signatories"]
    ]
    settled["families"] = [
        {**sourced(item), "family": _settled(change, "family", item["family"])} for item in document["families"]
    ]
    settled["families"].sort(key=lambda item: str(item["family"]))
    settled["sources"] = [
        {**item, "source": _settled(change, "source", item["source"])} for item in document["sources"]
    ]
    terms = document["terms"]
    settled["terms"] = {
        "entry_into_force": terms["entry_into_force"] and sourced(terms["entry_into_force"]),
        "duration": terms["duration"] and sourced(terms["duration"]),
        "notices": [sourced(notice) for notice in terms["notices"]],
        "survival": terms["survival"] and sourced(terms["survival"]),
    }
    return settled


def _references(document: Record) -> Iterator[object]:
    """Yield every reference of an agreement in whose place an object may stand."""
    for citation in document["sources"]:
        yield citation["source"]
    for signatory in document["signatories"]:
        yield signatory["person"]
    for membership in document["families"]:
        yield membership["family"]
    for key in ("evidence", "signatories", "families", "events", "relations", "claims"):
        for item in document[key]:
            yield from item["sources"]
    terms = document["terms"]
    for term in (terms["entry_into_force"], terms["duration"], terms["survival"], *terms["notices"]):
        if term:
            yield from term["sources"]


def _settled(change: Change, kind: str, value: str | Record) -> str:
    """Return the id of a reference; an object in its place is stored first.

    One that is there already stays as it is, and only what was empty is filled in. A namesake, which bears the id of
    another, gets the next number: ``john-smith-2``. One that was merged into another is that other one.
    """
    if isinstance(value, str):
        return value
    base = str(value["id"])
    name, number = base, 1
    while True:
        kept = successor(change, kind, name)
        held = stored(change, kind, kept or name)
        if held is None or _same(kind, held, value):
            break
        if number == 1:
            _refuse_retired(change, kind, name)
        number += 1
        name = f"{base}-{number}"
    name = kept or name
    put(change, kind, _filled(held, value) if held else {**value, "id": name})
    return name


def _same(kind: str, held: Record, given: Record) -> bool:
    """Tell whether an object in place is the stored one of that id: people and families by name, sources by address."""
    from tracker.text.names import fold

    if kind == "source":
        if held["url"] and given["url"]:
            return bool(held["url"] == given["url"])
        return fold(held["title"]) == fold(given["title"])
    names = {fold(name) for name in (held["name"], *held.get("aliases", ()))}
    return fold(given["name"]) in names


def _filled(held: Record, given: Record) -> Record:
    empty: tuple[object, ...] = (None, [], {})
    return {key: given[key] if value in empty else value for key, value in held.items()}


def _spellings(kind: str, document: Record) -> set[str]:
    """Return the folded spellings under which a party or person is found."""
    if kind not in ("party", "person"):
        return set()
    from tracker.store.schema import builtin

    return builtin.party_keys(document) if kind == "party" else builtin.person_keys(document)
