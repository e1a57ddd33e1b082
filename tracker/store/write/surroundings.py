"""What the spans of an agreement follow from beside its own record: other agreements, and how long parties existed.

A treaty ends when all its parties conclude a later one in its place (VCLT 59(1)), and that works from the later one's
entry into force. What ended as a whole ended for what amends or extends it. Of an instrument to which only parties to
another one can be parties, whoever leaves the other one is no party any more, and who never joined it may be none. What
enters into force together with another one does so on its day. The relation stands in one record, so the spans follow
both, and they are brought up to date before a change is kept.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from json import dumps, loads

from tracker.dates.day import PartialDate, between
from tracker.dates.edtf import parse
from tracker.law.force.awaited import TIED, awaited, mentioned, waits_for_another
from tracker.law.life.lifecycle import Around
from tracker.law.successors import Lifetime
from tracker.record import kinds
from tracker.record.kinds import effective
from tracker.record.types import Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows as changes
from tracker.store.rows.table_rows import Document
from tracker.store.write import circles
from tracker.store.write.change import Change, Marks
from tracker.store.write.circles import FOLLOWS, PARTS, WAITS, Others, Stored

ENTRIES = (
    "SELECT coalesce(e.effective_date, e.date) FROM relation AS r JOIN event AS e ON e.agreement_id = r.agreement_id"
    f" WHERE r.type = 'supersedes' AND r.target = ? AND e.kind IN ({kinds.quoted(kinds.ENTRIES)})"
    " AND e.provision IS NULL AND coalesce(e.effective_date, e.date) IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM event_party AS p WHERE p.agreement_id = e.agreement_id AND p.number = e.number)"
    " ORDER BY r.agreement_id, e.position"
)
ID = "SELECT id FROM agreement WHERE ref = ?"
UNDATED = (
    "SELECT DISTINCT a.ref FROM agreement AS a JOIN event AS e ON e.agreement_id = a.id"
    f" WHERE a.ref IN (SELECT value FROM json_each(?)) AND e.kind IN ({kinds.quoted(kinds.SUPERSESSIONS)})"
    " AND coalesce(e.effective_date, e.date) IS NULL"
)
"""Of these agreements those that were superseded on no recorded day."""
SUPERSEDED = (
    "SELECT target FROM relation WHERE type = 'supersedes' AND target IS NOT NULL"
    " AND agreement_id IN (SELECT value FROM json_each(?))"
)
ENDS = (
    "SELECT s.from_earliest, s.from_latest, s.uncertain FROM agreement AS a JOIN span AS s ON s.agreement_id = a.id"
    f" WHERE a.ref = ? AND s.party = '' AND s.status IN ({kinds.quoted(kinds.ENDED_AS)})"
    " ORDER BY s.position DESC LIMIT 1"
)
"""The end of a whole, that of its last spell of force."""
LEFT = (
    "SELECT s.party, s.from_earliest, s.from_latest, s.uncertain FROM agreement AS a JOIN span AS s"
    " ON s.agreement_id = a.id WHERE a.ref = ? AND s.party <> '' AND s.status = 'withdrawn'"
    " ORDER BY s.party, s.position"
)
"""The parties that left an instrument, and when."""
JOINED = (
    "SELECT s.party, min(s.from_latest) FROM agreement AS a JOIN span AS s ON s.agreement_id = a.id"
    " WHERE a.ref = ? AND s.party <> '' AND s.status IN ('in_force', 'suspended') AND NOT s.uncertain"
    " AND s.from_latest IS NOT NULL GROUP BY s.party"
)
"""The parties of an instrument, and from which day each is one for certain."""
ENTERED = (
    "SELECT s.from_earliest, s.from_latest, s.uncertain FROM agreement AS a JOIN span AS s ON s.agreement_id = a.id"
    " WHERE a.ref = ? AND s.party = '' AND s.status IN ('in_force', 'operative') ORDER BY s.position LIMIT 1"
)
"""The first entry into force of an instrument."""
NAMED = "SELECT 1 FROM agreement WHERE ref IN (SELECT value FROM json_each(?)) LIMIT 1"
OF_WHOLE = (
    "SELECT a.ref FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
    f" WHERE r.target = ? AND {FOLLOWS} ORDER BY a.ref"
)
OF_WHOLES = (
    "SELECT a.id, a.ref FROM agreement AS w JOIN relation AS r ON r.target = w.ref"
    " JOIN agreement AS a ON a.id = r.agreement_id"
    f" WHERE w.id IN (SELECT value FROM json_each(?)) AND {FOLLOWS}"
)
OF_ENDED = (
    "SELECT DISTINCT r.agreement_id FROM relation AS r JOIN agreement AS w ON w.ref = r.target"
    " JOIN agreement AS a ON a.id = r.agreement_id"
    f" JOIN span AS s ON s.agreement_id = w.id AND ((s.party = '' AND s.status IN ({kinds.quoted(kinds.ENDED_AS)}))"
    " OR (r.dependent AND s.status IN ('withdrawn', 'in_force'))"
    f" OR (s.party = '' AND s.status IN ('in_force', 'operative') AND {WAITS}))"
    f" WHERE {FOLLOWS} AND r.agreement_id IN (SELECT value FROM json_each(?))"
    " ORDER BY r.agreement_id"
)
"""Of these agreements those whose whole has ended, or tells who joined it and who left, or when it entered."""
LIVES = (
    "SELECT code, exists_from, exists_until, successors FROM party"
    " WHERE exists_from IS NOT NULL OR exists_until IS NOT NULL"
)
OF_PARTIES = (
    "SELECT DISTINCT a.ref FROM participation AS p JOIN agreement AS a ON a.id = p.agreement_id"
    " WHERE p.code IN (SELECT value FROM json_each(?)) ORDER BY a.ref"
)
TOLD = "SELECT told_from FROM agreement WHERE id = ?"
PAGE = 500
"""Agreements that are looked at together."""


def note(change: Change, document: Document) -> None:
    """Keep in mind the agreements whose spans may follow from this one: those it supersedes, and itself."""
    targets = [item["target"] for item in document["relations"] if item["type"] == "supersedes" and item["target"]]
    if targets:
        _note_superseded(change, targets)
    if _is_undated(document):
        change.superseded.add(document["ref"])


def note_received(change: Change, owner: str, relation: Record) -> None:
    """Keep in mind the same of one relation that a stored record got."""
    if relation["type"] == "supersedes":
        _note_superseded(change, [relation["target"]])
    if relation["type"] in (*PARTS, *TIED) or relation["dependent"]:
        change.superseded.add(owner)


def _note_superseded(change: Change, refs: list[str]) -> None:
    """Keep in mind which of these agreements tell no day of that; one that is written later notes itself."""
    change.superseded.update(row[0] for row in change.connection.execute(UNDATED, (dumps(refs),)))


def note_touched(change: Change, ids: Collection[int]) -> None:
    """Keep in mind what these stored agreements supersede, and what is part of them or waits for them."""
    change.superseded.update(row[0] for row in change.connection.execute(SUPERSEDED, (dumps([*ids]),)))
    change.superseded.update(row[1] for row in change.connection.execute(OF_WHOLES, (dumps([*ids]),)))


def of_new(change: Change, agreement_id: int, document: Document, beside: Collection[str]) -> Around:
    """Return what the spans of a new agreement follow from.

    Where it is part of one that is not there yet, itself waits for its whole, or is among those ``beside`` it, which
    are being written, it is kept in mind: it may have ended with it.
    """
    wholes = [*_wholes(document), *_awaited(document)]
    if not wholes:
        return alone(change)
    for ref in wholes:
        row = None if ref in beside else change.connection.execute(ID, (ref,)).fetchone()
        if row is None or change.parts[row[0]]:
            change.parts[agreement_id] = 1
            return alone(change)
    return _of_parts(document, Others(change, {}))


def note_whole(change: Change, ref: str) -> None:
    """Keep in mind what is part of an agreement that is written again."""
    change.superseded.update(row[0] for row in change.connection.execute(OF_WHOLE, (ref,)))


def around(change: Change, document: Document, stored: Stored) -> Around:
    """Return what the spans of a stored agreement follow from beside its own record."""
    followed = [*_wholes(document), *_awaited(document)]
    return _around(document, circles.others(change, document, followed, stored, _around))


def _around(document: Document, others: Others) -> Around:
    found = _of_parts(document, others)
    return found._replace(successors=_entries(others.change, document["ref"])) if _is_undated(document) else found


def _of_parts(document: Document, others: Others) -> Around:
    """Return the same of an agreement that no later one takes the place of."""
    if not document["relations"]:
        return alone(others.change)
    return alone(others.change)._replace(
        wholes=_ends(document, others),
        left=_left(document, others),
        joined=_joined(document, others),
        awaited=_entered(document, others),
    )


def alone(change: Change) -> Around:
    """Return the same of an agreement that no other one touches: how long parties existed."""
    if change.lives is None:
        found = change.connection.execute(LIVES)
        change.lives = {code: Lifetime(begun, over, tuple(loads(after))) for code, begun, over, after in found}
    return Around(existence=change.lives)


def settle(change: Change, stored: Stored) -> None:
    """Bring the spans of the agreements kept in mind to what is stored now."""
    if change.reborn:
        codes = dumps(sorted(change.reborn))
        change.superseded.update(row[0] for row in change.connection.execute(OF_PARTIES, (codes,)))
    _settle_parts(change, stored)

    def moved(ref: str) -> list[str]:
        row = change.connection.execute(ID, (ref,)).fetchone()
        if row is None or not _settle(change, row[0], stored(change, [row[0]])[row[0]], stored):
            return []
        return [follower for (follower,) in change.connection.execute(OF_WHOLE, (ref,))]

    circles.in_turn(sorted(change.superseded), moved)


def _settle_parts(change: Change, stored: Stored) -> None:
    """Bring the new parts of what has ended to their end, then the new parts of these, as far as that goes."""
    waiting = change.parts
    while waiting:
        parts = Marks()
        for page in _paged(waiting):
            ended = [row[0] for row in change.connection.execute(OF_ENDED, (dumps(page),))]
            moved = [key for key, document in stored(change, ended).items() if _settle(change, key, document, stored)]
            found = change.connection.execute(OF_WHOLES, (dumps(moved),))
            parts.update(key for key, _ in found if change.parts[key])
        waiting = parts


def _paged(numbers: Iterable[int]) -> Iterator[list[int]]:
    pending = iter(numbers)
    while page := list(islice(pending, PAGE)):
        yield page


def _settle(change: Change, agreement_id: int, document: Document, stored: Stored) -> bool:
    """Bring the spans of one agreement to what the rules say; tell whether they were not."""
    wanted = rows.span_cells(document, agreement_id, around(change, document, stored))
    held = changes.load(change.connection, [("span", "agreement_id")], agreement_id)
    plan = changes.compare(held, rows.as_rows({"span": wanted}))
    if plan:
        change.note(agreement_id)
        told = rows.status_told_from(wanted)
        if change.connection.execute(TOLD, (agreement_id,)).fetchone() != (told,):
            plan.also("agreement", (agreement_id,), {"told_from": told})
        plan.carry_out(change.connection, change.stamp())
    return bool(plan)


def _entries(change: Change, ref: str) -> list[PartialDate]:
    return [parse(row[0]) for row in change.connection.execute(ENTRIES, (ref,))]


def _ends(document: Document, others: Others) -> list[PartialDate]:
    found = []
    for target in _wholes(document):
        for earliest, latest, uncertain in others.ask(ENDS, target):
            if earliest or latest:
                found.append(between(earliest, latest, uncertain=bool(uncertain)))
    return found


def _awaited(document: Document) -> list[str]:
    """Return the related agreements that may be those whose entry into force is waited for."""
    clause = document["terms"]["entry_into_force"]
    return awaited(clause, document["relations"], document["ref"]) if waits_for_another(clause) else []


def _entered(document: Document, others: Others) -> PartialDate | None:
    """Return when the agreement that is waited for entered into force; None where it did not, or is not told.

    One that only the note names is none of those that are followed.
    """
    choices = _awaited(document)
    if len(choices) != 1 or _names_another(others.change, document, choices):
        return None
    found = [between(row[0], row[1], uncertain=bool(row[2])) for row in others.ask(ENTERED, choices[0]) if any(row[:2])]
    return found[0] if found else None


def _names_another(change: Change, document: Document, choices: list[str]) -> bool:
    words = mentioned(document["terms"]["entry_into_force"], document["ref"]).difference(choices)
    return change.connection.execute(NAMED, (dumps(sorted(words)),)).fetchone() is not None


def _left(document: Document, others: Others) -> list[tuple[str, PartialDate]]:
    found = []
    for relation in document["relations"]:
        if relation["target"] and relation["dependent"]:
            for party, earliest, latest, uncertain in others.ask(LEFT, relation["target"]):
                if earliest or latest:
                    found.append((party, between(earliest, latest, uncertain=bool(uncertain))))
    return found


def _joined(document: Document, others: Others) -> dict[str, str] | None:
    """Return since when each is for certain a party to all that the agreement depends on, where that has parties."""
    targets = [item["target"] for item in document["relations"] if item["target"] and item["dependent"]]
    found = [{str(code): str(day) for code, day in others.ask(JOINED, target)} for target in targets]
    found = [joined for joined in found if joined]
    if not found:
        return None
    shared = set(found[0]).intersection(*found[1:])
    return {code: max(joined[code] for joined in found) for code in sorted(shared)}


def _wholes(document: Document) -> list[str]:
    relations = document["relations"]
    return [item["target"] for item in relations if item["target"] and (item["type"] in PARTS or item["dependent"])]


def _is_undated(document: Document) -> bool:
    return any(event["kind"] in kinds.SUPERSESSIONS and effective(event) is None for event in document["events"])
