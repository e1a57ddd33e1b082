"""What the rules make from what people recorded: spans, derived columns, own fields as rows, the full-text index.

Writers keep it up to date. It is made again after an undo, after a migration, and by ``store check --fix``.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from tracker.store import agreements, changes, rows, search_index, supersession
from tracker.store.change import Change
from tracker.store.changes import Plan

PAGE = 500
"""Agreements that are looked at together."""

INDEX = "SELECT count(*) FROM sqlite_master WHERE name = 'search_index'"


def plans(change: Change, ids: Iterable[int]) -> Iterator[tuple[int, Plan]]:
    """Yield what has to be written to the agreements whose derived rows are not what the rules say."""
    pending = iter(ids)
    while page := list(islice(pending, PAGE)):
        for agreement_id, document in agreements.stored(change, page).items():
            held = changes.load(change.connection, agreements.OWNED, agreement_id)
            successors = supersession.entries(change, document)
            wanted = rows.shred(document, agreement_id, successors=successors)
            own = wanted["agreement"][0]
            for column in rows.COUNTERS.values():
                own[column] = max(own[column], held["agreement"][0][column])
            plan = changes.compare(held, wanted)
            if plan:
                yield agreement_id, plan


def settle(change: Change, ids: Iterable[int]) -> int:
    """Bring the derived rows of these agreements to what the rules say; return how many were not."""
    found = 0
    for agreement_id, plan in plans(change, ids):
        found += 1
        plan.carry_out(change.connection, change.stamp())
        change.touch(agreement_id)
    return found


def complete(connection: sqlite3.Connection, path: Path) -> None:
    """Fill what a migration of the schema left to be derived, as part of the change that the migration is."""
    change = Change(connection, path, actor="tracker", command="tracker store migrate")
    change.id = connection.execute("SELECT max(id) FROM change").fetchone()[0]
    ids = [row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id")]
    if ids:
        settle(change, ids)
    if not connection.execute(INDEX).fetchone()[0]:
        connection.execute(search_index.DDL)
        search_index.rebuild(connection)
