"""Objects put into the store: made, or changed row by row to what their document says.

An agreement is one of them. Parties, people, families, focus areas and sources may also be written in place in the
record of another.
"""

from collections.abc import Callable, Collection, Iterable
from copy import deepcopy

from tracker.errors import Duplicate
from tracker.record.differences import differences, same
from tracker.record.document import IDENTITY, InPlace, holds_in_place, in_place
from tracker.record.shapes import OBJECTS
from tracker.record.types import Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import COUNTERS, NONE_GIVEN, assemble, numbered, shred_object
from tracker.store.rows.record_rows import OWNED as OWNED_BY_OBJECTS
from tracker.store.rows.table_rows import Document, Rows, Tables
from tracker.store.write import references, search_index, surroundings
from tracker.store.write.change import Change, Outcome

OWNED = (("agreement", "id"), *((table, "agreement_id") for table in rows.CHILDREN))
"""Tables of an agreement with the column that holds its id."""


def put_agreement(change: Change, document: Record) -> Outcome:
    """Store an agreement under its ref; relations said from the passive side go into the record that acts."""
    ref = document["ref"]
    own, others = references.split(ref, document["relations"])
    document = settle(change, {**document, "relations": own})
    row = change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
    if row is None:
        outcome = _add(change, document)
    else:
        outcome = revise(change, int(row[0]), document, stored_agreements(change, [int(row[0])])[int(row[0])])
    received = [references.receive(change, owner, relation) for owner, relation in others]
    if any(received) and outcome.what == "unchanged":
        return outcome._replace(what="changed")
    return outcome


def _add(change: Change, document: Record) -> Outcome:
    ref = document["ref"]
    refuse_retired(change, [ref])
    agreement_id = next_id(change)
    insert(change, new_rows(change, agreement_id, document))
    return Outcome("agreement", ref, "new", number=agreement_id)


def insert(change: Change, new: Tables) -> None:
    """Write the rows of new agreements, table by table."""
    for table, some in new.items():
        changes.insert_cells(change.connection, table, rows.COLUMNS[table], some, change.stamp())


def new_rows(change: Change, agreement_id: int, document: Record, beside: Collection[str] = ()) -> Tables:
    """Return the rows of an agreement that is not there yet, and note what has to be checked about it.

    ``beside`` are the refs of those that are written together with it.
    """
    document = numbered(document, None, NONE_GIVEN)
    note_references(change, agreement_id, document)
    change.note(agreement_id)
    around = surroundings.of_new(change, agreement_id, document, beside)
    return rows.cells(document, agreement_id, change.stamp(), around)


def note_references(change: Change, agreement_id: int, document: Document) -> None:
    """Note relations, and codes of parties inside JSON, for the checks before the change is kept."""
    if document["relations"]:
        references.note_edges(change, agreement_id, document["relations"])
    surroundings.note(change, document)
    entry = document["terms"]["entry_into_force"]
    if entry:
        for code in entry["parties"]:
            change.codes.setdefault(code, (document["ref"], "terms.entry_into_force.parties"))
    for event in document["events"]:
        for code in event["toward"]:
            change.codes.setdefault(code, (document["ref"], f"events[{event['id']}].toward"))


def refuse_retired(change: Change, refs: Iterable[str]) -> None:
    """Raise Duplicate for a ref whose agreement was removed: it is not given again."""
    for ref in refs:
        if change.connection.execute("SELECT 1 FROM retired_ref WHERE ref = ?", (ref,)).fetchone():
            raise Duplicate(f"the ref {ref} was that of a removed agreement and is not given again; choose another")


def next_id(change: Change) -> int:
    """Return the number after the highest that any agreement ever had."""
    row = change.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'agreement'").fetchone()
    return 1 if row is None else int(row[0]) + 1


def revise(change: Change, agreement_id: int, document: Record, old: Record) -> Outcome:
    """Bring a stored agreement to what the document says; only rows that differ are touched."""
    counters = numbers_given(change, agreement_id)
    document = numbered(document, old, counters)
    ref = document["ref"]
    if same(document, old):
        return Outcome("agreement", ref, "unchanged", number=agreement_id)
    stored_rows = changes.load(change.connection, OWNED, agreement_id)
    new = rows.shred(document, agreement_id, around=surroundings.around(change, document, stored_agreements))
    row = new["agreement"][0]
    for name, column in COUNTERS.items():
        row[column] = max(row[column], counters[name])
    plan = changes.compare(stored_rows, new)
    if not plan:
        return Outcome("agreement", ref, "unchanged", number=agreement_id)
    plan.also("agreement", (agreement_id,), {"revision": change.stamp()})
    plan.carry_out(change.connection, change.stamp())
    change.note(agreement_id)
    note_references(change, agreement_id, document)
    surroundings.note(change, {**old, "ref": ref})
    surroundings.note_whole(change, ref)
    return Outcome("agreement", ref, "changed", differences(old, document), agreement_id)


def numbers_given(change: Change, agreement_id: int) -> dict[str, int]:
    """Return the highest number that each list of an agreement ever gave."""
    row = change.connection.execute(_COUNTED, (agreement_id,)).fetchone()
    return dict(zip(COUNTERS, row, strict=True))


_COUNTED = f"SELECT {', '.join(COUNTERS.values())} FROM agreement WHERE id = ?"


def stored_agreements(change: Change, ids: Iterable[int]) -> dict[int, Record]:
    """Return the documents of stored agreements by id, without read-only keys."""
    from tracker.read.records.agreements import load
    from tracker.read.records.assembly import Batch

    loaded = load(Batch(change.reader, ids, names=False))
    return {agreement: loaded.document(agreement) for agreement in loaded.rows}


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
    stored_rows = changes.load(change.connection, _tables(kind)[:1], name)
    new_rows = shred_object(kind, document, _spellings(kind, document))
    if not stored_rows[kind]:
        _refuse_retired(change, kind, name)
        change.note_object(kind, name)
        change.lives = None if kind == "party" else change.lives
        changes.insert_row(change.connection, new_rows, change.stamp())
        return Outcome(kind, name, "new")
    stored_rows |= changes.load(change.connection, _tables(kind)[1:], name)
    old = assemble(kind, stored_rows)
    if same(document, old):
        return Outcome(kind, name, "unchanged")
    stored_rows |= _keys(change, kind, name, _spellings(kind, old) | _spellings(kind, document))
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


SPELT = ("party_key", "person_key")
"""Tables of spellings, which are looked for by the spelling: by who bears it only through all of them."""


def _tables(kind: str) -> list[tuple[str, str]]:
    """Return the tables that the document of an object is read from, each with the column that names it."""
    return [(table, column) for table, column in OWNED_BY_OBJECTS[kind] if table not in SPELT]


def _keys(change: Change, kind: str, name: str, spellings: Iterable[str]) -> Rows:
    """Return the rows of these spellings that are those of an object."""
    return {
        table: changes.spelt(change.connection, (table, column), name, spellings)
        for table, column in OWNED_BY_OBJECTS[kind]
        if table in SPELT
    }


def number(change: Change, kind: str, name: str) -> int:
    """Return the number of the row of an object, 0 where it is not stored."""
    row = change.connection.execute(f"SELECT rowid FROM {kind} WHERE {IDENTITY[kind]} = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


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
    rows = changes.load(change.connection, _tables(kind), name)
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
