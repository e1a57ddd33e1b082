"""What the rules make from what people recorded: spans, derived columns, own fields as rows, the full-text index.

Writers keep it up to date. It is made again after an undo, after a migration, and by ``store check --fix``.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from json import dumps
from operator import itemgetter
from pathlib import Path

from tracker.read.file.known_at import BEGINNING
from tracker.store.rows import agreement_rows as rows
from tracker.store.rows import comparing as changes
from tracker.store.rows import statements
from tracker.store.rows.agreement_rows import COUNTERS
from tracker.store.rows.cells import Cells, Tables
from tracker.store.rows.comparing import Plan
from tracker.store.schema import triggers
from tracker.store.write import agreements, search_index, span_columns, surroundings
from tracker.store.write.change import Change

PAGE = 500
"""Agreements that are looked at together."""

INDEX = "SELECT count(*) FROM sqlite_master WHERE name = 'search_index'"


def plans(change: Change, ids: Iterable[int]) -> Iterator[tuple[int, Plan]]:
    """Yield what has to be written to the agreements whose derived rows are not what the rules say."""
    pending = iter(ids)
    while page := list(islice(pending, PAGE)):
        held = changes.held(change.connection, rows.COLUMNS, dumps(page))
        for agreement_id, document in agreements.stored(change, page).items():
            around = surroundings.around(change, document)
            derived = rows.cells(document, agreement_id, around=around)
            derived["agreement"] = [_going_on(derived["agreement"][0], held[agreement_id]["agreement"][0])]
            if _is_same(held[agreement_id], derived):
                continue
            stored = changes.load(change.connection, agreements.OWNED, agreement_id)
            if plan := changes.compare(stored, rows.as_rows(derived)):
                yield agreement_id, plan


def _is_same(held: Tables, derived: Tables) -> bool:
    """Tell whether derived rows, in whatever order, are those that are held in the order of their keys."""
    return held.keys() == derived.keys() and all(
        held[table] == some or held[table] == sorted(some, key=_KEYS[table]) for table, some in derived.items()
    )


_KEYS = {
    table: itemgetter(*[columns.index(name) for name in statements.KEYS[table]])
    for table, columns in rows.COLUMNS.items()
}
_REVISION = rows.COLUMNS["agreement"].index("revision")
_COUNTERS = [rows.COLUMNS["agreement"].index(column) for column in COUNTERS.values()]


def _going_on(own: Cells, stored: Cells) -> Cells:
    """Return the row of an agreement with what only the stored one knows: its revision, and the numbers ever given."""
    cells = list(own)
    cells[_REVISION] = stored[_REVISION]
    for at in _COUNTERS:
        cells[at] = max(cells[at], stored[at])
    return tuple(cells)


def settle(change: Change, ids: Iterable[int], objection: Callable[[int, Plan], None] | None = None) -> int:
    """Bring the derived rows of these agreements to what the rules say; return how many were not.

    ``objection`` is asked before a plan is carried out, and raises where it must not be.
    """
    changed = 0
    for agreement_id, plan in plans(change, ids):
        changed += 1
        if objection is not None:
            objection(agreement_id, plan)
        plan.carry_out(change.connection, change.stamp())
        change.touch(agreement_id)
    return changed


def complete(connection: sqlite3.Connection, path: Path) -> None:
    """Make again what a migration of the schema left to be derived.

    It belongs to the change with which the history begins; later on it is a change of its own, with old images.
    """
    change = Change(connection, path, actor="tracker", command="tracker store migrate")
    row = connection.execute("SELECT id, note FROM change ORDER BY id DESC LIMIT 1").fetchone()
    beginning = row is not None and row[1] == BEGINNING
    span_columns.tell_agreements(connection)
    if not beginning:
        span_columns.fill(connection, lambda: plans(change, _agreements(connection)))
    if beginning:
        change.id = row[0]
    else:
        triggers.create(connection)
    settle(change, _agreements(connection))
    if change.id is not None and not beginning:
        change.close()
    if not connection.execute(INDEX).fetchone()[0]:
        connection.execute(search_index.DDL)
        search_index.rebuild(connection)


def _agreements(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id").fetchall()]
