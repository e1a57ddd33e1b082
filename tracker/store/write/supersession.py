"""The day on which an agreement was superseded, where its own record does not tell it: a later one's entry into force.

A treaty ends when all its parties conclude a later one in its place (VCLT 59(1)), and that works from the later one's
entry into force. The relation stands in the later record, so the spans of the earlier one follow both.
"""

from collections.abc import Callable, Iterable

from tracker.dates.day import PartialDate
from tracker.dates.edtf import parse
from tracker.record import kinds
from tracker.record.acts import effective
from tracker.record.types import Record
from tracker.store.rows import agreement_rows as rows
from tracker.store.rows import comparing as changes
from tracker.store.rows.cells import Document
from tracker.store.write.change import Change

ENTRIES = (
    "SELECT coalesce(e.effective_date, e.date) FROM relation AS r JOIN event AS e ON e.agreement_id = r.agreement_id"
    f" WHERE r.type = 'supersedes' AND r.target = ? AND e.kind IN ({kinds.quoted(kinds.ENTRIES)})"
    " AND e.provision IS NULL AND coalesce(e.effective_date, e.date) IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM event_party AS p WHERE p.agreement_id = e.agreement_id AND p.number = e.number)"
    " ORDER BY r.agreement_id, e.position"
)
UNDATED = (
    "SELECT a.id FROM agreement AS a JOIN event AS e ON e.agreement_id = a.id"
    f" WHERE a.ref = ? AND e.kind IN ({kinds.quoted(kinds.SUPERSESSIONS)}) AND e.date IS NULL"
    " AND e.effective_date IS NULL"
)
"""The agreement of a ref, if its end is known and the day of it is not."""


def note(change: Change, document: Document) -> None:
    """Keep in mind the agreements whose spans may follow from this one: those it supersedes, and itself."""
    for relation in document["relations"]:
        if relation["type"] == "supersedes" and relation["target"]:
            change.superseded.add(relation["target"])
    if _is_undated(document):
        change.superseded.add(document["ref"])


def entries(change: Change, document: Document) -> list[PartialDate]:
    """Return the entries into force of what supersedes an agreement, where its own record leaves the day open."""
    return _entries(change, document["ref"]) if _is_undated(document) else []


def settle(change: Change, stored: Callable[[Change, Iterable[int]], dict[int, Record]]) -> None:
    """Bring the spans of the agreements kept in mind to what is stored now; ``stored`` reads documents by id."""
    for ref in sorted(change.superseded):
        row = change.connection.execute(UNDATED, (ref,)).fetchone()
        if row is None:
            continue
        agreement_id = int(row[0])
        document = stored(change, [agreement_id])[agreement_id]
        wanted = rows.spans(document, agreement_id, _entries(change, ref))
        held = changes.load(change.connection, [("span", "agreement_id")], agreement_id)
        plan = changes.compare(held, {"span": wanted})
        if plan:
            change.note(agreement_id)
            plan.carry_out(change.connection, change.stamp())


def _entries(change: Change, ref: str) -> list[PartialDate]:
    return [parse(row[0]) for row in change.connection.execute(ENTRIES, (ref,))]


def _is_undated(document: Document) -> bool:
    return any(event["kind"] in kinds.SUPERSESSIONS and effective(event) is None for event in document["events"])
