"""What stands on a change, so that it cannot be taken back: a later change of the same rows, or of what belongs to it.

A later change that was itself taken back stands on nothing: what rows say is compared, not who
wrote them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from json import dumps
from typing import NamedTuple

from tracker.errors import Refused
from tracker.record.document import IDENTITY
from tracker.record.shapes import stand_for
from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows
from tracker.store.rows.record_rows import COUNTERS
from tracker.store.rows.table_rows import Plan, Row
from tracker.store.write import objects

DERIVED = frozenset(("span", "own_field"))
"""Tables that are made again by the rules instead of being put back."""

Key = tuple[object, ...]

RECOMPUTED = frozenset(
    (
        *("since", "until", "revision", *COUNTERS.values()),
        *("signed", "signed_earliest", "signed_latest", "signed_uncertain"),
        *("concluded", "concluded_earliest", "concluded_latest", "concluded_uncertain"),
        *("expires", "expires_earliest", "expires_latest", "expires_uncertain"),
        *("party_codes", "party_count", "views_differ", "told_from"),
    )
)
"""Columns that an undo does not put back: kept counters, and what the rules make."""


class Trace(NamedTuple):
    """One row that a change wrote: None where there was none before, is none after it, or is none now."""

    table: str
    key: Key
    before: Row | None
    after: Row | None
    now: Row | None


def changed(before: Row, after: Row) -> Row:
    """Return the columns that count and differ, as they are after."""
    return {name: after[name] for name in before if name not in RECOMPUTED and before[name] != after.get(name)}


def refuse_built_upon(connection: sqlite3.Connection, number: int, trace: Trace) -> None:
    """Raise Refused unless what the change wrote in a row is still there."""
    if trace.before is None:
        same = trace.now is not None and trace.after is not None and not changed(trace.after, trace.now)
    elif trace.after is None:
        same = trace.now is None
    else:
        wrote = changed(trace.before, trace.after)
        same = trace.now is not None and not wrote.keys() & changed(trace.after, trace.now).keys()
    if not same:
        _refuse(connection, number, trace.table, trace.key, _successor(connection, number, trace))


def refuse_grown(connection: sqlite3.Connection, number: int, made: Sequence[int]) -> None:
    """Raise Refused where an agreement that the change made has rows of later changes."""
    binds = {"made": dumps(made), "change": number}
    for table in rows.CHILDREN:
        if table in DERIVED:
            continue
        key = " AND ".join(f"p.{name} = t.{name}" for name in table_rows.KEYS[table])
        sql = (
            f"SELECT t.* FROM {table} AS t WHERE agreement_id IN (SELECT value FROM json_each(:made))"
            " AND since > :change"
            f" AND NOT EXISTS (SELECT 1 FROM {table}_past AS p WHERE {key} AND p.since = :change) LIMIT 1"
        )
        cursor = connection.execute(sql, binds)
        row = cursor.fetchone()
        if row is not None:
            cells = dict(zip([column[0] for column in cursor.description], row, strict=True))
            _refuse(connection, number, table, (cells["agreement_id"],), cells["since"])


def refuse_orphans(connection: sqlite3.Connection, number: int, agreement_id: int, plan: Plan) -> None:
    """Raise Refused where a row of a later change has lost what it belongs to, such as the source of an event.

    ``plan`` brings the rows to what the record says. It may number rows anew, and must not leave any out.
    """
    lost = Counter(table for table, _ in plan.deletions) - Counter(table for table, _ in plan.insertions)
    for table in lost.keys() - DERIVED:
        columns = ", ".join(table_rows.KEYS[table])
        places = ", ".join("?" * len(table_rows.KEYS[table]))
        found = [
            connection.execute(f"SELECT since FROM {table} WHERE ({columns}) = ({places})", key).fetchone()[0]
            for name, key in plan.deletions
            if name == table
        ]
        _refuse(connection, number, table, (agreement_id,), max(found))


def refuse_given_again(connection: sqlite3.Connection, number: int, agreement_id: int, ref: str) -> None:
    """Raise Refused where the ref of an agreement that is to come back was given to another one meanwhile."""
    versions = "SELECT id, ref, since FROM agreement UNION ALL SELECT id, ref, since FROM agreement_past"
    row = connection.execute("SELECT id FROM agreement WHERE ref = ? AND id <> ?", (ref, agreement_id)).fetchone()
    if row is not None:
        sql = f"SELECT min(since) FROM ({versions}) WHERE id = ? AND ref = ?"
        later = connection.execute(sql, (row[0], ref)).fetchone()[0]
        _refuse(connection, number, "agreement", (agreement_id,), later)


def refuse_claimed(connection: sqlite3.Connection, number: int, traces: Iterable[Trace], undo: int) -> None:
    """Raise Refused where a claim would be about nobody: about what the undo took away, or back when that is gone.

    No foreign key guards the codes that claims are about, and a file with a claim about nobody is not taken.
    """
    back = {trace.key for trace in traces if trace.table == "claim" and trace.before is not None}
    for key, kind in stand_for().items():
        gone = _taken_away(connection, kind, undo)
        for agreement_id, claim, code, since in _claims(connection, key) if gone or back else ():
            if code in gone and since > number:
                _refuse(connection, number, "claim", (agreement_id, claim), since)
            if (agreement_id, claim) in back and _was_there(connection, kind, code):
                _refuse(connection, number, kind, (code,), None)


def _taken_away(connection: sqlite3.Connection, kind: str, undo: int) -> set[str]:
    """Return the codes of a kind of objects that were there until this change."""
    column = IDENTITY[kind]
    sql = f"SELECT {column} FROM {kind}_past WHERE until = ? EXCEPT SELECT {column} FROM {kind}"
    return {str(code) for (code,) in connection.execute(sql, (undo,))}


def _was_there(connection: sqlite3.Connection, kind: str, code: str) -> bool:
    """Whether an object is gone that was there."""
    column = IDENTITY[kind]
    sql = f"SELECT 1 FROM {kind}_past WHERE {column} = :code AND :code NOT IN (SELECT {column} FROM {kind}) LIMIT 1"
    return connection.execute(sql, {"code": code}).fetchone() is not None


def _claims(connection: sqlite3.Connection, key: str) -> Iterator[tuple[int, int, str, int]]:
    """Yield the claims about what a list holds: agreement, number, the code that it is about, the change it is of."""
    sql = "SELECT agreement_id, number, substr(field, ?), since FROM claim WHERE substr(field, 1, ?) = ?"
    begins = f"{key}["
    for agreement_id, number, rest, since in connection.execute(sql, (len(begins) + 1, len(begins), begins)):
        yield agreement_id, number, rest.partition("]")[0].partition(" ")[0], since


def _successor(connection: sqlite3.Connection, number: int, trace: Trace) -> int | None:
    """Return the later change since which a row says otherwise than the change left it, or None where it is gone."""
    if trace.now is None:
        return None
    condition = " AND ".join(f"{name} = ?" for name in table_rows.KEYS[trace.table])
    sql = f"SELECT * FROM {trace.table}_past WHERE {condition} AND since > ? ORDER BY since"
    cursor = connection.execute(sql, (*trace.key, number))
    names = [column[0] for column in cursor.description]
    versions = [dict(zip(names, row, strict=True)) for row in cursor]
    wrote = set(trace.after or ()) if trace.before is None else changed(trace.before, trace.after or {}).keys()
    found, until = None, None
    for row in [*versions, trace.now]:
        differs = trace.after is None or bool(wrote & changed(trace.after, row).keys())
        if not differs:
            found = None
        elif found is None or until != row["since"]:
            found = int(row["since"])
        until = row.get("until")
    return found


def _refuse(connection: sqlite3.Connection, number: int, table: str, key: Key, later: int | None) -> None:
    condition = " AND ".join(f"{name} = ?" for name in table_rows.KEYS[table])
    if later is None or later <= number:
        sql = f"SELECT max(until) FROM {table}_past WHERE {condition}"
        later = connection.execute(sql, key).fetchone()[0]
    command = connection.execute("SELECT command FROM change WHERE id = ?", (later,)).fetchone()
    told = f" ({command[0]})" if command else ""
    what = _name(connection, table, key[0])
    raise Refused(
        f"cannot undo change {number}: change {later}{told} stands on it, in {what}; "
        f"undo that first: tracker undo --change {later}"
    )


def _name(connection: sqlite3.Connection, table: str, owner: object) -> str:
    if table not in dict(objects.OWNED):
        return f"{table.replace('_', ' ')} {owner}"
    sql = "SELECT ref FROM agreement WHERE id = :id UNION ALL SELECT ref FROM agreement_past WHERE id = :id LIMIT 1"
    row = connection.execute(sql, {"id": owner}).fetchone()
    return str(row[0]) if row else f"agreement {owner}"
