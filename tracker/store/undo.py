"""A change taken back: each row that it wrote says again what it said before.

What was inserted goes, what was removed comes back, and of what was changed those columns that the change wrote. Where
a later change stands on it, the undo is refused; a later change that was itself taken back stands on nothing. Numbers
of items that were given once stay given. Spans, derived columns and the index are made again by the rules.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from json import dumps, loads
from typing import NamedTuple

from tracker.errors import NotFound, Refused
from tracker.read.answers.log import standing
from tracker.read.file.known_at import BEGINNING
from tracker.record.types import Json
from tracker.store.built_upon import (
    DERIVED,
    Key,
    Trace,
    changed,
    refuse_built_upon,
    refuse_claimed,
    refuse_given_again,
    refuse_grown,
    refuse_orphans,
)
from tracker.store.rows import table_rows
from tracker.store.rows.record_rows import OWNED
from tracker.store.rows.table_rows import Row
from tracker.store.schema.triggers import SUFFIX
from tracker.store.write import derivation, objects, surroundings
from tracker.store.write.change import Change

OWNERS: Mapping[str, str] = {
    **{table: column for owned in OWNED.values() for table, column in owned},
    **dict(objects.OWNED),
    "retired_ref": "ref",
    "retired_id": "id",
}
"""The column of each table that names the agreement or object that a row belongs to."""

AGREEMENT = dict(objects.OWNED)
"""Tables of an agreement with the column that holds its id."""


class Scope(NamedTuple):
    """Where to look for the rows of a change: the names of what it touched, or everywhere."""

    change: int
    owners: Sequence[object] | None

    def narrowed(self, table: str) -> str:
        """Return the condition that keeps a search to what the change touched."""
        if self.owners is None:
            return ""
        return f" AND {OWNERS[table]} IN (SELECT value FROM json_each(:owners))"

    @property
    def binds(self) -> dict[str, object]:
        """Return what the conditions bind."""
        return {"change": self.change, "owners": dumps(list(self.owners or ()))}


class Undone(NamedTuple):
    """What an undo took back."""

    number: int
    command: str
    actor: str
    subjects: list[str]
    """Names of what it touched; empty where they are too many to be kept."""


class Touched(NamedTuple):
    """Ids of the agreements of which a change wrote any row, and of those that it made."""

    ids: list[int]
    made: list[int]


def undo(change: Change, number: int | None) -> Undone:
    """Take back a change, or the last one that still stands; ``change`` becomes the one that does so.

    Raises NotFound, and Refused where there is nothing to take back or a later change stands on it.
    """
    connection = change.connection
    begins = connection.execute("SELECT max(id) FROM change WHERE note = ?", (BEGINNING,)).fetchone()[0] or 0
    number = _last(connection, begins) if number is None else number
    row = _undoable(connection, number, begins)
    listed = None if row["subjects"] is None else loads(row["subjects"])
    scope = Scope(number, None if listed is None else sorted({key for _, key, _ in listed}, key=str))
    change.undoes = number
    change.stamp()
    traces = [trace for table in _tables() for trace in _traces_in(connection, scope, table)]
    for trace in traces:
        refuse_built_upon(connection, number, trace)
    touched = _touched(connection, scope, traces)
    refuse_grown(connection, number, touched.made)
    surroundings.note_touched(change, touched.ids)
    _put_back(change, scope, traces)
    refuse_claimed(connection, number, traces, change.stamp())
    _make_again(change, number, touched)
    _note_named_parties(change)
    return Undone(number, row["command"], row["actor"], list(dict.fromkeys(name for _, _, name in listed or ())))


def _traces_in(connection: sqlite3.Connection, scope: Scope, table: str) -> Iterator[Trace]:
    """Yield the rows of a table that a change wrote, except those it inserted which are still as it left them."""
    befores = _found(connection, scope, table, f"{table}{SUFFIX}", "until = :change")
    overwritten = _found(connection, scope, table, f"{table}{SUFFIX}", "since = :change AND until > :change")
    for key in befores | overwritten:
        now = _row(connection, table, key)
        after = overwritten.get(key)
        if after is None and now is not None and now["since"] == scope.change:
            after = now
        yield Trace(table, key, befores.get(key), after, now)


def _untouched(table: str, scope: Scope) -> str:
    """Return the condition of the rows that a change inserted and nobody wrote since."""
    key = " AND ".join(f"p.{name} = {table}.{name}" for name in table_rows.KEYS[table])
    return (
        f"since = :change{scope.narrowed(table)}"
        f" AND NOT EXISTS (SELECT 1 FROM {table}{SUFFIX} AS p WHERE {key} AND p.until = :change)"
    )


def _found(connection: sqlite3.Connection, scope: Scope, table: str, where: str, condition: str) -> dict[Key, Row]:
    cursor = connection.execute(f"SELECT * FROM {where} WHERE {condition}{scope.narrowed(table)}", scope.binds)
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    return {tuple([row[name] for name in table_rows.KEYS[table]]): row for row in rows}


def _row(connection: sqlite3.Connection, table: str, key: Key) -> Row | None:
    condition = " AND ".join(f"{name} = ?" for name in table_rows.KEYS[table])
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {condition}", key)
    row = cursor.fetchone()
    return None if row is None else dict(zip([column[0] for column in cursor.description], row, strict=True))


def _note_named_parties(change: Change) -> None:
    """Note, for the checks at the end, the codes inside JSON of parties that are not there."""
    missing = "NOT EXISTS (SELECT 1 FROM party AS q WHERE q.code = e.value)"
    for path, sql in {
        "successors": f"SELECT p.code, e.value FROM party AS p, json_each(p.successors) AS e WHERE {missing}",
        "terms.entry_into_force.parties": (
            "SELECT a.ref, e.value FROM agreement AS a, json_each(a.terms, '$.entry_into_force.parties') AS e"
            f" WHERE {missing}"
        ),
    }.items():
        for where, code in change.connection.execute(sql):
            change.codes.setdefault(code, (where, path))


def _tables() -> list[str]:
    return [table for table in table_rows.KEYS if table not in DERIVED]


def _last(connection: sqlite3.Connection, begins: int) -> int:
    """Return the last change that still stands and is no undo."""
    log = connection.execute("SELECT id, undoes FROM change WHERE id > ? ORDER BY id", (begins,)).fetchall()
    standing_ids = standing(log)
    if not standing_ids:
        raise Refused("there is no change left to undo; see `tracker log`")
    return standing_ids[-1]


def _undoable(connection: sqlite3.Connection, number: int, begins: int) -> Row:
    cursor = connection.execute("SELECT * FROM change WHERE id = ?", (number,))
    names = [column[0] for column in cursor.description]
    cells = cursor.fetchone()
    if cells is None:
        raise NotFound(f"there is no change {number}; `tracker log` lists them")
    row = dict(zip(names, cells, strict=True))
    if number <= begins:
        raise Refused(f"cannot undo change {number}: what was there before it was not kept, history begins at {begins}")
    again = connection.execute("SELECT max(id) FROM change WHERE undoes = ?", (number,)).fetchone()[0]
    log = connection.execute("SELECT id, undoes FROM change ORDER BY id").fetchall()
    if again is not None and number not in standing(log, undos=True):
        raise Refused(
            f"change {number} was taken back by change {again}; `tracker undo --change {again}` brings it back"
        )
    return row


def _touched(connection: sqlite3.Connection, scope: Scope, traces: Iterable[Trace]) -> "Touched":
    """Return the agreements of which the change wrote any row, and those that it made."""
    ids = {int(str(trace.key[0])) for trace in traces if trace.table in AGREEMENT}
    for table, column in objects.OWNED:
        wrote = f"SELECT DISTINCT {column} FROM {table} WHERE since = :change{scope.narrowed(table)}"
        if table in DERIVED:
            wrote += f" UNION SELECT {column} FROM {table}_past WHERE until = :change{scope.narrowed(table)}"
        ids.update(row[0] for row in connection.execute(wrote, scope.binds))
    made = connection.execute(f"SELECT id FROM agreement WHERE {_untouched('agreement', scope)}", scope.binds)
    inserted = {row[0] for row in made}
    inserted |= {int(str(trace.key[0])) for trace in traces if trace.table == "agreement" and trace.before is None}
    return Touched(sorted(ids), sorted(inserted))


def _put_back(change: Change, scope: Scope, traces: Iterable[Trace]) -> None:
    """Write: deletions first, so that a unique value may move from one row to another."""
    _take_out(change, scope, [trace for trace in traces if trace.before is None])
    for trace in traces:
        if trace.before is not None:
            if trace.table == "agreement":
                agreement_id, ref = trace.before["id"], trace.before["ref"]
                refuse_given_again(change.connection, scope.change, agreement_id, ref)
            _restore(change, trace, trace.before, change.stamp())


def _take_out(change: Change, scope: Scope, rewritten: Iterable[Trace]) -> None:
    """Delete what the change inserted: the rows that were written again since, and all others table by table."""
    connection = change.connection
    made = f"SELECT id, ref FROM agreement WHERE {_untouched('agreement', scope)}"
    for agreement_id, ref in connection.execute(made, scope.binds).fetchall():
        change.note_gone(agreement_id, ref)
    for trace in rewritten:
        connection.execute(table_rows.delete(trace.table), trace.key)
        if trace.now is not None and trace.table == "agreement":
            change.note_gone(trace.now["id"], trace.now["ref"])
        elif trace.now is not None:
            _note(change, trace.table, trace.now[OWNERS[trace.table]])
    for table in _tables():
        gone = f"FROM {table} WHERE {_untouched(table, scope)}"
        if table not in AGREEMENT:
            for (name,) in connection.execute(f"SELECT DISTINCT {OWNERS[table]} {gone}", scope.binds).fetchall():
                _note(change, table, name)
        connection.execute(f"DELETE {gone}", scope.binds)
    for table in DERIVED:
        sql = f"DELETE FROM {table} WHERE agreement_id IN (SELECT value FROM json_each(?))"
        connection.execute(sql, (dumps(sorted(change.gone)),))


def _restore(change: Change, trace: Trace, before: Row, since: int) -> None:
    """Let one row say again what it said before the change."""
    _note(change, trace.table, before[OWNERS[trace.table]])
    if trace.table == "focus_area":
        change.areas.add(before["code"])
    if trace.after is not None:
        values = {name: before[name] for name in changed(trace.after, before)}
        if values:
            sql = table_rows.update(trace.table, (*values, "since"))
            change.connection.execute(sql, (*values.values(), since, *trace.key))
        return
    row = {name: value for name, value in before.items() if name not in ("since", "until")}
    if trace.table == "agreement":
        row["revision"] = since
    change.connection.execute(table_rows.insert(trace.table, (*row, "since")), (*row.values(), since))


def _note(change: Change, table: str, name: Json) -> None:
    """Keep in mind which object a row belongs to, for the log and for what is checked at the end."""
    if table not in AGREEMENT:
        kind = table if table.startswith("retired") else table.partition("_")[0] if table != "focus_area" else table
        change.note_object(kind, str(name))


def _make_again(change: Change, number: int, touched: Touched) -> None:
    """Let the rules make what follows from the agreements that are there again or still, and see that they are whole.

    Raises InvalidRecord where something in a record refers to what the undo takes away.
    """
    from tracker.store.validation.models import validate

    listed = dumps([key for key in touched.ids if key not in change.gone])
    sql = "SELECT id FROM agreement WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    ids = [row[0] for row in change.connection.execute(sql, (listed,))]
    surroundings.note_touched(change, ids)
    derivation.settle(change, ids, partial(refuse_orphans, change.connection, number))
    for start in range(0, len(ids), derivation.PAGE):
        for key, document in objects.stored_agreements(change, ids[start : start + derivation.PAGE]).items():
            validate(document, document["ref"])
            objects.note_references(change, key, document)
    for agreement_id in ids:
        change.touch(agreement_id)
    if change.is_large:
        sql = (
            "UPDATE agreement SET revision = :since, since = :since"
            " WHERE id IN (SELECT value FROM json_each(:ids)) AND revision <> :since"
        )
        change.connection.execute(sql, {"since": change.stamp(), "ids": listed})
