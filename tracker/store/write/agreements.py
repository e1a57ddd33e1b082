"""One agreement put into the store: made, or changed row by row to what its document says."""

from collections.abc import Collection, Iterable

from tracker.errors import Duplicate
from tracker.record.differences import differences, same
from tracker.record.types import Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import COUNTERS, NONE_GIVEN, numbered
from tracker.store.rows.table_rows import Document, Tables
from tracker.store.write import objects, references, surroundings
from tracker.store.write.change import Change, Outcome

OWNED = (("agreement", "id"), *((table, "agreement_id") for table in rows.CHILDREN))
"""Tables of an agreement with the column that holds its id."""


def put(change: Change, document: Record) -> Outcome:
    """Store an agreement under its ref; relations said from the passive side go into the record that acts."""
    ref = document["ref"]
    own, others = references.split(ref, document["relations"])
    document = objects.settle(change, {**document, "relations": own})
    row = change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
    if row is None:
        outcome = _add(change, document)
    else:
        outcome = revise(change, int(row[0]), document, stored(change, [int(row[0])])[int(row[0])])
    received = [references.receive(change, owner, relation) for owner, relation in others]
    if any(received) and outcome.what == "unchanged":
        return Outcome("agreement", ref, "changed", outcome.changes)
    return outcome


def _add(change: Change, document: Record) -> Outcome:
    ref = document["ref"]
    refuse_retired(change, [ref])
    agreement_id = next_id(change)
    insert(change, new_rows(change, agreement_id, document))
    return Outcome("agreement", ref, "new")


def insert(change: Change, new: Tables) -> None:
    """Write the rows of new agreements, table by table."""
    for table, some in new.items():
        changes.insert_cells(change.connection, table, rows.COLUMNS[table], some, change.stamp())


def new_rows(change: Change, agreement_id: int, document: Record, beside: Collection[str] = ()) -> Tables:
    """Return the rows of an agreement that is not there yet, and note what has to be checked about it.

    ``beside`` are the refs of those that are written together with it.
    """
    document = numbered(document, None, NONE_GIVEN)
    note_references(change, document)
    change.note(agreement_id)
    around = surroundings.of_new(change, agreement_id, document, beside)
    return rows.cells(document, agreement_id, change.stamp(), around)


def note_references(change: Change, document: Document) -> None:
    """Note relations, and codes of parties inside JSON, for the checks before the change is kept."""
    if document["relations"]:
        references.note_edges(change, document["ref"], document["relations"])
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
    stored_rows = changes.load(change.connection, OWNED, agreement_id)
    counters = {name: stored_rows["agreement"][0][column] for name, column in COUNTERS.items()}
    document = numbered(document, old, counters)
    ref = document["ref"]
    if same(document, old):
        return Outcome("agreement", ref, "unchanged")
    new = rows.shred(document, agreement_id, around=surroundings.around(change, document))
    row = new["agreement"][0]
    for name, column in COUNTERS.items():
        row[column] = max(row[column], counters[name])
    plan = changes.compare(stored_rows, new)
    if not plan:
        return Outcome("agreement", ref, "unchanged")
    plan.also("agreement", (agreement_id,), {"revision": change.stamp()})
    plan.carry_out(change.connection, change.stamp())
    change.note(agreement_id)
    note_references(change, document)
    surroundings.note(change, {**old, "ref": ref})
    surroundings.note_whole(change, ref)
    return Outcome("agreement", ref, "changed", differences(old, document))


def stored(change: Change, ids: Iterable[int]) -> dict[int, Record]:
    """Return the documents of stored agreements by id, without read-only keys."""
    from tracker.read.records.agreements import load
    from tracker.read.records.assembly import Batch

    loaded = load(Batch(change.reader, ids, names=False))
    return {agreement: loaded.document(agreement) for agreement in loaded.rows}
