"""Agreements that follow one another round: none of them entered into force, or ended, because it did so itself.

Two texts of one ceremony may each wait for the other, or each depend on it. What the store holds of the others then
follows from the one that is asked about, so it is no ground for anything: the spans of a circle are derived anew, from
what its records tell and from what stands outside it.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from json import dumps
from typing import Any, NamedTuple

from tracker.law.force.awaited import CONDITION
from tracker.law.life.lifecycle import Around
from tracker.record import kinds
from tracker.record.types import Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows.table_rows import Document
from tracker.store.write.change import Change

PARTS = ("amends", "extends")
"""Relations to a whole of which an agreement is a part: it ends with it."""
WAITS = f"json_extract(a.terms, '$.entry_into_force.condition') = '{CONDITION}'"
FOLLOWS = f"(r.type IN ({kinds.quoted(PARTS)}) OR r.dependent OR {WAITS})"
"""Whether a relation ``r`` of agreement ``a`` leads to one that it may follow."""
_ABOVE = (
    "WITH RECURSIVE above(ref) AS (SELECT value FROM json_each(:targets) UNION"
    " SELECT r.target FROM above JOIN agreement AS a ON a.ref = above.ref JOIN relation AS r ON r.agreement_id = a.id"
    f" WHERE r.target IS NOT NULL AND {FOLLOWS})"
)
LEADS_BACK = f"{_ABOVE} SELECT 1 FROM above WHERE ref = :own LIMIT 1"
CIRCLE = (
    f"{_ABOVE}, below(ref) AS (SELECT :own UNION SELECT a.ref FROM below JOIN relation AS r ON r.target = below.ref"
    f" JOIN agreement AS a ON a.id = r.agreement_id WHERE {FOLLOWS})"
    " SELECT a.id FROM agreement AS a WHERE a.ref IN (SELECT ref FROM above INTERSECT SELECT ref FROM below)"
    " ORDER BY a.id"
)
_CELLS = ", ".join(f"json_extract(value, '$[{at}]')" for at, _ in enumerate(rows.COLUMNS["span"]))
IN_PLACE = f"WITH span({', '.join(rows.COLUMNS['span'])}) AS (SELECT {_CELLS} FROM json_each(?)) "
"""Before a SELECT: it reads spans that are given, in the place of those of the store."""
MOST_TURNS = 20
"""How often one agreement is looked at."""

Stored = Callable[[Change, Iterable[int]], dict[int, Record]]
"""Reads documents by id."""


class Others(NamedTuple):
    """The spans of other agreements: those of the store, and in the place of a circle's those derived anew."""

    change: Change
    circle: dict[str, str]
    """The rows of each agreement of the circle, as JSON, by its ref."""

    def ask(self, sql: str, target: str) -> Sequence[Sequence[Any]]:
        """Return the rows of a SELECT over table ``span`` that binds the ref of another agreement."""
        if target in self.circle:
            return self.change.connection.execute(IN_PLACE + sql, (self.circle[target], target)).fetchall()
        return self.change.connection.execute(sql, (target,)).fetchall()


def others(
    change: Change,
    document: Document,
    followed: Sequence[str],
    stored: Stored,
    around: Callable[[Document, Others], Around],
) -> Others:
    """Return the spans of others for a stored agreement that may follow these; ``around``: what spans follow from."""
    asked = {"targets": dumps(followed), "own": document["ref"]}
    found = Others(change, {})
    if not followed or change.connection.execute(LEADS_BACK, asked).fetchone() is None:
        return found
    held = stored(change, [row[0] for row in change.connection.execute(CIRCLE, asked)])
    members: dict[str, tuple[int, Document]] = {member["ref"]: (key, member) for key, member in sorted(held.items())}
    members[document["ref"]] = (members[document["ref"]][0], document)
    found.circle.update(dict.fromkeys(members, "[]"))

    def moved(ref: str) -> list[str]:
        key, member = members[ref]
        spans = dumps(rows.span_cells(member, key, around(member, found)))
        if spans == found.circle[ref]:
            return []
        found.circle[ref] = spans
        return [name for name, (_, other) in members.items() if ref in _targets(other)]

    in_turn(members, moved)
    return found


def _targets(document: Document) -> set[str]:
    return {relation["target"] for relation in document["relations"]}


def in_turn(refs: Iterable[str], moved: Callable[[str], Iterable[str]]) -> None:
    """Look at agreements, and again at what ``moved`` gives of each: those that follow it, if it is not as it was."""
    waiting = deque(refs)
    pending = set(waiting)
    turns: Counter[str] = Counter()
    while waiting:
        ref = waiting.popleft()
        pending.remove(ref)
        turns[ref] += 1
        more = [follower for follower in moved(ref) if follower not in pending and turns[follower] < MOST_TURNS]
        pending.update(more)
        waiting += more
