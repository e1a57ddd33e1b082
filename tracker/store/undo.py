"""A change taken back: each row that it wrote says again what it said before.

What was inserted goes, what was removed comes back, and of what was changed those columns that the change wrote. Where
a later change stands on it, the undo is refused; a later change that was itself taken back stands on nothing. Numbers
of items that were given once stay given. Spans, derived columns and the index are made again by the rules.
"""

import sqlite3
from collections.abc import Iterable
from json import dumps, loads
from typing import NamedTuple

from tracker.errors import NotFound, Refused
from tracker.read.known import BEGINNING
from tracker.read.log import standing
from tracker.store import agreements, derivation, images, rows, statements
from tracker.store.cells import Row
from tracker.store.change import Change
from tracker.store.images import DERIVED, OWNERS, Scope, Trace

RECOMPUTED = frozenset(
    (
        *("since", "until", "revision", *rows.COUNTERS.values()),
        *("signed", "signed_earliest", "signed_latest", "signed_uncertain"),
        *("expires", "expires_earliest", "expires_latest", "expires_uncertain"),
        *("party_codes", "party_count", "views_differ"),
    )
)
"""Columns that an undo does not put back: kept counters, and what the rules make."""


class Undone(NamedTuple):
    """What an undo took back."""

    number: int
    command: str
    actor: str
    subjects: list[str]
    """Names of what it touched; empty where they are too many to be kept."""


def undo(change: Change, number: int | None) -> Undone:
    """Take back a change, or the last one that still stands; ``change`` becomes the one that does so.

    Raises NotFound, and Refused where there is nothing to take back or a later change stands on it.
    """
    connection = change.connection
    number = _last(connection) if number is None else number
    row = _undoable(connection, number)
    listed = None if row["subjects"] is None else loads(row["subjects"])
    scope = Scope(number, None if listed is None else sorted({key for _, key, _ in listed}, key=str))
    change.undoes = number
    change.stamp()
    found = [trace for table in _tables() for trace in images.traces(connection, scope, table)]
    for trace in found:
        _refuse_built_upon(connection, number, trace)
    touched = _touched(connection, scope, found)
    _refuse_grown(connection, number, touched)
    _note_superseded(change, touched)
    _put_back(change, scope, found)
    _make_again(change, touched)
    return Undone(number, row["command"], row["actor"], [name for _, _, name in listed or ()])


def _tables() -> list[str]:
    return [table for table in statements.KEYS if table not in DERIVED]


def _last(connection: sqlite3.Connection) -> int:
    """Return the last change that still stands and is no undo."""
    log = connection.execute("SELECT id, undoes FROM change ORDER BY id").fetchall()
    found = standing(log)
    if not found:
        raise Refused("there is no change left to undo; see `tracker log`")
    return found[-1]


def _undoable(connection: sqlite3.Connection, number: int) -> Row:
    cursor = connection.execute("SELECT * FROM change WHERE id = ?", (number,))
    names = [column[0] for column in cursor.description]
    found = cursor.fetchone()
    if found is None:
        raise NotFound(f"there is no change {number}; `tracker log` lists them")
    row = dict(zip(names, found, strict=True))
    begins = connection.execute("SELECT max(id) FROM change WHERE note = ?", (BEGINNING,)).fetchone()[0]
    if begins is not None and number <= begins:
        raise Refused(f"cannot undo change {number}: the history begins after it, at change {begins}")
    again = connection.execute("SELECT max(id) FROM change WHERE undoes = ?", (number,)).fetchone()[0]
    log = connection.execute("SELECT id, undoes FROM change ORDER BY id").fetchall()
    if again is not None and number not in standing(log, undos=True):
        raise Refused(f"change {number} was taken back by change {again}; `tracker undo --change {again}` brings it back")
    return row


def _refuse_built_upon(connection: sqlite3.Connection, number: int, trace: Trace) -> None:
    """Raise Refused unless what the change wrote in a row is still there."""
    if trace.before is None:
        same = trace.now is not None and trace.after is not None and not _changed(trace.after, trace.now)
    elif trace.after is None:
        same = trace.now is None
    else:
        wrote = _changed(trace.before, trace.after)
        same = trace.now is not None and not wrote.keys() & _changed(trace.after, trace.now).keys()
    if not same:
        _refuse(connection, number, trace.table, trace.key, _successor(connection, number, trace))


def _successor(connection: sqlite3.Connection, number: int, trace: Trace) -> int | None:
    """Return the first later change that wrote what the change had written in a row, or None where it is gone."""
    condition = " AND ".join(f"{name} = ?" for name in statements.KEYS[trace.table])
    sql = f"SELECT * FROM {trace.table}_past WHERE {condition} AND since > ? ORDER BY since"
    cursor = connection.execute(sql, (*trace.key, number))
    names = [column[0] for column in cursor.description]
    later = [dict(zip(names, row, strict=True)) for row in cursor]
    wrote = set(trace.after or ()) if trace.before is None else _changed(trace.before, trace.after or {}).keys()
    for row in [*later, *([trace.now] if trace.now else [])]:
        if trace.after is None or wrote & _changed(trace.after, row).keys():
            return int(row["since"])
    return None


def _changed(before: Row, after: Row) -> Row:
    """Return the columns that count and differ, as they are after."""
    return {name: after[name] for name in before if name not in RECOMPUTED and before[name] != after.get(name)}


def _refuse(connection: sqlite3.Connection, number: int, table: str, key: images.Key, later: int | None) -> None:
    condition = " AND ".join(f"{name} = ?" for name in statements.KEYS[table])
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
    if table not in dict(agreements.OWNED):
        return f"{table.replace('_', ' ')} {owner}"
    sql = "SELECT ref FROM agreement WHERE id = :id UNION ALL SELECT ref FROM agreement_past WHERE id = :id LIMIT 1"
    row = connection.execute(sql, {"id": owner}).fetchone()
    return str(row[0]) if row else f"agreement {owner}"


def _touched(connection: sqlite3.Connection, scope: Scope, found: Iterable[Trace]) -> "Touched":
    """Return the agreements of which the change wrote any row, and those that it made."""
    ids = {int(str(trace.key[0])) for trace in found if trace.table in dict(agreements.OWNED)}
    for table, column in agreements.OWNED:
        if table not in DERIVED:
            sql = f"SELECT DISTINCT {column} FROM {table} WHERE since = :change{scope.narrowed(table)}"
            ids.update(row[0] for row in connection.execute(sql, scope.binds))
    made = connection.execute(f"SELECT id FROM agreement WHERE {images.untouched('agreement', scope)}", scope.binds)
    inserted = {row[0] for row in made}
    inserted |= {int(str(trace.key[0])) for trace in found if trace.table == "agreement" and trace.before is None}
    return Touched(sorted(ids), sorted(inserted))


class Touched(NamedTuple):
    """Ids of the agreements of which a change wrote any row, and of those that it made."""

    ids: list[int]
    made: list[int]


def _refuse_grown(connection: sqlite3.Connection, number: int, touched: Touched) -> None:
    """Raise Refused where an agreement that the change made has rows of later changes."""
    binds = {"made": dumps(touched.made), "change": number}
    for table in rows.CHILDREN:
        if table in DERIVED:
            continue
        key = " AND ".join(f"p.{name} = t.{name}" for name in statements.KEYS[table])
        sql = (
            f"SELECT t.* FROM {table} AS t WHERE agreement_id IN (SELECT value FROM json_each(:made)) AND since > :change"
            f" AND NOT EXISTS (SELECT 1 FROM {table}_past AS p WHERE {key} AND p.since = :change) LIMIT 1"
        )
        cursor = connection.execute(sql, binds)
        row = cursor.fetchone()
        if row is not None:
            cells = dict(zip([column[0] for column in cursor.description], row, strict=True))
            _refuse(connection, number, table, (cells["agreement_id"],), cells["since"])


def _note_superseded(change: Change, touched: Touched) -> None:
    """Keep in mind whose spans may follow from the agreements touched."""
    sql = (
        "SELECT target FROM relation WHERE type = 'supersedes' AND target IS NOT NULL"
        " AND agreement_id IN (SELECT value FROM json_each(?))"
    )
    change.superseded.update(row[0] for row in change.connection.execute(sql, (dumps(touched.ids),)))


def _put_back(change: Change, scope: Scope, found: Iterable[Trace]) -> None:
    """Write: deletions first, so that a unique value may move from one row to another."""
    connection, since = change.connection, change.stamp()
    made = f"SELECT id, ref FROM agreement WHERE {images.untouched('agreement', scope)}"
    for agreement_id, ref in connection.execute(made, scope.binds).fetchall():
        change.note_gone(agreement_id, ref)
    for trace in found:
        if trace.before is None:
            connection.execute(statements.delete(trace.table), trace.key)
            if trace.table == "agreement":
                change.note_gone(int(str(trace.key[0])), str((trace.now or {})["ref"]))
    for table in _tables():
        gone = f" WHERE {images.untouched(table, scope)}"
        if OWNERS[table] in ("code", "id") and table not in ("agreement", "party_key", "retired_id"):
            for (name,) in connection.execute(f"SELECT {OWNERS[table]} FROM {table}{gone}", scope.binds).fetchall():
                change.note_object(table, name)
        connection.execute(f"DELETE FROM {table}{gone}", scope.binds)
    for table in DERIVED:
        sql = f"DELETE FROM {table} WHERE agreement_id IN (SELECT value FROM json_each(?))"
        connection.execute(sql, (dumps(sorted(change.gone)),))
    for trace in found:
        if trace.before is not None:
            _restore(change, trace, trace.before, since)


def _restore(change: Change, trace: Trace, before: Row, since: int) -> None:
    """Let one row say again what it said before the change."""
    _note(change, trace, before)
    if trace.after is not None:
        values = {name: before[name] for name in _changed(trace.after, before)}
        if values:
            sql = statements.update(trace.table, (*values, "since"))
            change.connection.execute(sql, (*values.values(), since, *trace.key))
        return
    row = {name: value for name, value in before.items() if name not in ("since", "until")}
    if trace.table == "agreement":
        row["revision"] = since
    change.connection.execute(statements.insert(trace.table, (*row, "since")), (*row.values(), since))


def _note(change: Change, trace: Trace, before: Row) -> None:
    """Keep in mind what has to be checked of a row that comes back."""
    if trace.table == "focus_area":
        change.areas.add(before["code"])
    if trace.table not in dict(agreements.OWNED):
        kind = "retired_ref" if trace.table == "retired_ref" else trace.table.removesuffix("_key")
        change.note_object(kind.removesuffix("_member").removesuffix("_source"), str(before[OWNERS[trace.table]]))


def _make_again(change: Change, touched: Touched) -> None:
    """Let the rules make what follows from the agreements that are there again or still."""
    listed = dumps([one for one in touched.ids if one not in change.gone])
    sql = "SELECT id FROM agreement WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    ids = [row[0] for row in change.connection.execute(sql, (listed,))]
    _note_superseded(change, Touched(ids, []))
    derivation.settle(change, ids)
    for start in range(0, len(ids), derivation.PAGE):
        for document in agreements.stored(change, ids[start : start + derivation.PAGE]).values():
            agreements.note_references(change, document)
    for agreement_id in ids:
        change.touch(agreement_id)
    if change.is_large:
        sql = (
            "UPDATE agreement SET revision = :since, since = :since"
            " WHERE id IN (SELECT value FROM json_each(:ids)) AND revision <> :since"
        )
        change.connection.execute(sql, {"since": change.stamp(), "ids": listed})
