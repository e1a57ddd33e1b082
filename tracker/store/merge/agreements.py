"""One agreement merged into another in the store: its data united, relations moved, its ref retired."""

from typing import Any, NamedTuple

from tracker.errors import InvalidValue, NotFound
from tracker.record.merging.unite import join
from tracker.store.rows.item_rows import COUNTERS
from tracker.store.validation.models import validate
from tracker.store.write import agreements, objects
from tracker.store.write.change import Change
from tracker.store.write.writer import Outcome, Writer

Document = dict[str, Any]


class Merged(NamedTuple):
    """What a merge of two agreements did."""

    outcome: Outcome
    lost: list[str]
    """Paths of which the one that went said otherwise: claims now."""
    moved: list[str]
    """Refs of agreements whose relations were led to the one that stays."""


def merge(writer: Writer, kept: str, gone: str) -> Merged:
    """Unite ``gone`` into ``kept``, both exact refs. Raises InvalidRecord where the two do not fit into one record."""
    if kept == gone:
        raise InvalidValue(f"{kept} and {gone} are one and the same; name two")
    change = writer.change
    staying, number = _stored(change, kept)
    leaving, _ = _stored(change, gone)
    joined = join(_without(staying, gone), _without(leaving, kept), _counters(change, number))
    moved = []
    for row in change.connection.execute(
        "SELECT DISTINCT a.id FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
        " WHERE r.target = ? AND a.ref NOT IN (?, ?) ORDER BY a.ref",
        (gone, kept, gone),
    ).fetchall():
        document = agreements.stored(change, [row[0]])[row[0]]
        writer.put_agreement(validate(_led(document, gone, kept), document["ref"]))
        moved.append(document["ref"])
    writer.put_agreement(validate(_without(leaving, kept) | {"relations": []}, gone))
    outcome = writer.put_agreement(validate(joined.record, kept))
    writer.remove_agreement([gone])
    objects.retire(change, "agreement", gone, kept)
    return Merged(outcome, joined.lost, moved)


def _stored(change: Change, ref: str) -> tuple[Document, int]:
    row = change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
    if row is None:
        raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
    return agreements.stored(change, [row[0]])[row[0]], int(row[0])


def _counters(change: Change, number: int) -> dict[str, int]:
    columns = ", ".join(COUNTERS.values())
    sql = f"SELECT {columns} FROM agreement WHERE id = ?"
    row = change.connection.execute(sql, (number,)).fetchone()
    return dict(zip(COUNTERS, row, strict=True))


def _without(document: Document, ref: str) -> Document:
    """Return a record without relations to one: nothing has a relation to itself."""
    return {**document, "relations": [item for item in document["relations"] if item["target"] != ref]}


def _led(document: Document, gone: str, kept: str) -> Document:
    """Return a record with its relations to one led to the other, none of them twice."""
    held = {(item["type"], item["target"]) for item in document["relations"]}
    relations = []
    for item in document["relations"]:
        if item["target"] != gone:
            relations.append(item)
        elif (item["type"], kept) not in held:
            relations.append({**item, "target": kept})
    return {**document, "relations": relations}
