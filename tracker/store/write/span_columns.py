"""Columns of spans, and what follows from them, told to rows of before a migration: what these say does not change.

Without this the first write would make an image of every span, and a look at what was known earlier would find the
columns empty.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tracker.law.life.spans import SPAN_COLUMNS, Span, tell_spells
from tracker.law.life.standing import IN_FORCE
from tracker.record.types import Json, Record
from tracker.store.rows import statements
from tracker.store.rows.agreement_rows import COLUMNS, status_told_from
from tracker.store.rows.comparing import Plan

FIRST = SPAN_COLUMNS.index("from_events")
ADDED = frozenset(SPAN_COLUMNS[FIRST:])
SPELL = SPAN_COLUMNS[SPAN_COLUMNS.index("spell") :]

Image = Record
Segment = tuple[int, int | None, tuple[Json, ...]]
"""A spell, from which change up to which (None = still)."""


def fill(connection: sqlite3.Connection, plans: Callable[[], Iterable[tuple[int, Plan]]]) -> None:
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
                connection.execute(statements.update(table, tuple(values)), (*values.values(), *key))


def tell_agreements(connection: sqlite3.Connection) -> None:
    """Tell agreements, where none knows it yet, from which day on their spans always tell a status.

    Images hold NULL: a look at what was known earlier then asks the spans of such agreements themselves.
    """
    if connection.execute("SELECT 1 FROM agreement WHERE told_from IS NOT NULL LIMIT 1").fetchone():
        return
    columns = COLUMNS["span"]
    spans = connection.execute(f"SELECT {', '.join(columns)} FROM span WHERE party = '' ORDER BY agreement_id")
    told = ((status_told_from(own), number) for number, own in groupby(spans, key=itemgetter(0)))
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
        connection.execute(statements.insert("span_past", tuple(row)), tuple(row.values()))
