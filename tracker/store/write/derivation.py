"""What the rules make from what people recorded: spans, derived columns, own fields as rows, the full-text index.

Writers keep it up to date. It is made again after an undo, after a migration, and by ``store check --fix``.

Columns of spans that rows of before a migration lack are told to the images too, without a change: otherwise the first
write would make an image of every span, and a look at what was known earlier would find the columns empty.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from json import dumps
from operator import itemgetter
from pathlib import Path

from tracker.law.life.spans import SPAN_COLUMNS, Span, tell_spells
from tracker.law.life.standing import IN_FORCE
from tracker.read.file.known_at import BEGINNING
from tracker.record.types import Json, Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import COLUMNS, COUNTERS, status_told_from
from tracker.store.rows.table_rows import Cells, Plan, Tables
from tracker.store.schema import triggers
from tracker.store.write import objects, search_index, surroundings
from tracker.store.write.change import Change

FIRST = SPAN_COLUMNS.index("from_events")
ADDED = frozenset(SPAN_COLUMNS[FIRST:])
SPELL = SPAN_COLUMNS[SPAN_COLUMNS.index("spell") :]

Image = Record
Segment = tuple[int, int | None, tuple[Json, ...]]
"""A spell, from which change up to which (None = still)."""

PAGE = 500
"""Agreements that are looked at together."""

INDEX = "SELECT count(*) FROM sqlite_master WHERE name = 'search_index'"

MOVED = (
    "SELECT max(s.moved), a.id FROM agreement AS a JOIN"
    " (SELECT agreement_id, since AS moved FROM span WHERE party = ''"
    " UNION ALL SELECT agreement_id, until FROM span_past WHERE party = '') AS s"
    " ON s.agreement_id = a.id AND s.moved > a.since GROUP BY a.id"
)
"""The last change that moved spans of an agreement after its own row was written, and the agreement."""

_KEYS = {
    table: itemgetter(*[columns.index(name) for name in table_rows.KEYS[table]])
    for table, columns in rows.COLUMNS.items()
}
_REVISION = rows.COLUMNS["agreement"].index("revision")
_COUNTERS = [rows.COLUMNS["agreement"].index(column) for column in COUNTERS.values()]


def plans(change: Change, ids: Iterable[int]) -> Iterator[tuple[int, Plan]]:
    """Yield what has to be written to the agreements whose derived rows are not what the rules say."""
    pending = iter(ids)
    while page := list(islice(pending, PAGE)):
        held = changes.held(change.connection, rows.COLUMNS, dumps(page))
        for agreement_id, document in objects.stored_agreements(change, page).items():
            around = surroundings.around(change, document, objects.stored_agreements)
            derived = rows.cells(document, agreement_id, around=around)
            derived["agreement"] = [_going_on(derived["agreement"][0], held[agreement_id]["agreement"][0])]
            if _is_same(held[agreement_id], derived):
                continue
            stored = changes.load(change.connection, objects.OWNED, agreement_id)
            if plan := changes.compare(stored, rows.as_rows(derived)):
                yield agreement_id, plan


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
    _tell_agreements(connection)
    if not beginning:
        _fill(connection, lambda: plans(change, _agreements(connection)))
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


def _fill(connection: sqlite3.Connection, plans: Callable[[], Iterable[tuple[int, Plan]]]) -> None:
    """Fill the columns where no row has them yet; ``plans`` yields what the rules say otherwise than the rows."""
    force = f"status IN ({', '.join('?' * len(IN_FORCE))})"
    if connection.execute(f"SELECT 1 FROM span WHERE {force} AND spell IS NOT NULL LIMIT 1", IN_FORCE).fetchone():
        return
    sql = f"SELECT DISTINCT agreement_id, party FROM span_past WHERE {force}"
    for agreement_id, party in connection.execute(sql, IN_FORCE).fetchall():
        _tell_images(connection, agreement_id, party)
    for _, plan in plans():
        for (table, key), values in plan.updates.items():
            if table == "span" and values.keys() <= ADDED:
                connection.execute(table_rows.update(table, tuple(values)), (*values.values(), *key))


def _tell_agreements(connection: sqlite3.Connection) -> None:
    """Tell agreements, where none knows it yet, from which day on their spans always tell a status.

    Images hold NULL: a look at what was known earlier then asks the spans of such agreements themselves. A row whose
    spans moved after it was written, with another agreement, becomes such an image up to then.
    """
    if connection.execute("SELECT 1 FROM agreement WHERE told_from IS NOT NULL LIMIT 1").fetchone():
        return
    columns = COLUMNS["span"]
    spans = connection.execute(f"SELECT {', '.join(columns)} FROM span WHERE party = '' ORDER BY agreement_id")
    told = ((status_told_from(own), number) for number, own in groupby(spans, key=itemgetter(0)))
    own_columns = ", ".join(COLUMNS["agreement"])
    image = f"INSERT INTO agreement_past ({own_columns}, since, until) SELECT {own_columns}, since, ? FROM agreement"
    for moved, number in connection.execute(MOVED).fetchall():
        connection.execute(f"{image} WHERE id = ?", (moved, number))
        connection.execute("UPDATE agreement SET since = ? WHERE id = ?", (moved, number))
    connection.executemany("UPDATE agreement SET told_from = ? WHERE id = ?", told)


def _tell_images(connection: sqlite3.Connection, agreement_id: int, party: str) -> None:
    """Tell the rows and images of one track their spells; one that had several in its time becomes several images."""
    images = _images(connection, agreement_id, party)
    turns = sorted({turn for image in images for turn in (image["since"], image["until"]) if turn is not None})
    told: dict[int, list[Segment]] = {at: [] for at in range(len(images))}
    for begin, end in zip(turns, [*turns[1:], None], strict=True):
        known = [
            at for at, image in enumerate(images)
            if image["since"] <= begin and (image["until"] is None or image["until"] > begin)
        ]  # fmt: skip
        for at, spell in zip(known, _spells([images[at] for at in known]), strict=True):
            segments = told[at]
            if segments and segments[-1][2] == spell:
                segments[-1] = (segments[-1][0], end, spell)
            else:
                segments.append((begin, end, spell))
    for at, segments in told.items():
        _write(connection, images[at], segments)


def _images(connection: sqlite3.Connection, agreement_id: int, party: str) -> list[Image]:
    columns = ("agreement_id", *SPAN_COLUMNS, "since")
    where = "WHERE agreement_id = :agreement AND party = :party"
    cursor = connection.execute(
        f"SELECT {', '.join(columns)}, NULL AS until FROM span {where}"
        f" UNION ALL SELECT {', '.join(columns)}, until FROM span_past {where} ORDER BY position",
        {"agreement": agreement_id, "party": party},
    )
    return [dict(zip((*columns, "until"), row, strict=True)) for row in cursor]


def _spells(images: Sequence[Image]) -> Iterator[tuple[Json, ...]]:
    spans = [Span(*(image[column] for column in SPAN_COLUMNS[:FIRST])) for image in images]
    tell_spells(spans)
    for span in spans:
        yield span.row()[-len(SPELL) :]


def _write(connection: sqlite3.Connection, image: Image, segments: Sequence[Segment]) -> None:
    """Write an image: the last segment takes its place, an earlier one becomes an image of its own."""
    *earlier, (since, _, spell) = segments
    key = (image["agreement_id"], image["party"], image["position"])
    columns = ", ".join(f"{column} = ?" for column in (*SPELL, "since"))
    where = "agreement_id = ? AND party = ? AND position = ?"
    table, values = ("span", key) if image["until"] is None else ("span_past", (*key, image["until"]))
    closed = "" if image["until"] is None else " AND until = ?"
    connection.execute(f"UPDATE {table} SET {columns} WHERE {where}{closed}", (*spell, since, *values))
    for begin, end, told in earlier:
        row = {**image, **dict(zip(SPELL, told, strict=True)), "since": begin, "until": end}
        connection.execute(table_rows.insert("span_past", tuple(row)), tuple(row.values()))


def _is_same(held: Tables, derived: Tables) -> bool:
    """Tell whether derived rows, in whatever order, are those that are held in the order of their keys."""
    return held.keys() == derived.keys() and all(
        held[table] == some or held[table] == sorted(some, key=_KEYS[table]) for table, some in derived.items()
    )


def _going_on(own: Cells, stored: Cells) -> Cells:
    """Return the row of an agreement with what only the stored one knows: its revision, and the numbers ever given."""
    cells = list(own)
    cells[_REVISION] = stored[_REVISION]
    for at in _COUNTERS:
        cells[at] = max(cells[at], stored[at])
    return tuple(cells)


def _agreements(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id").fetchall()]
