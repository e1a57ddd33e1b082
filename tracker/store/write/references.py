"""References that lead nowhere, found before a change is kept and told by the path in the record where they stand.

Foreign keys are deferred to the commit, so that an import may come in any order; SQLite then says only that one of them
is broken. What is broken is looked up here, table by table.
"""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from json import dumps

from tracker.errors import InvalidRecord, LooseReferences
from tracker.record.document import IDENTITY
from tracker.record.shapes import AGREEMENT
from tracker.record.types import Field, Record
from tracker.record.values import names_of
from tracker.store.rows.agreement_rows import LETTERS
from tracker.store.write.change import Change

MOST = 5
"""How many references to nothing are looked up, and named where one record has them."""

WORDS = {"party": "party", "person": "person", "family": "family", "focus_area": "focus area", "source": "source"}

Locate = Callable[[Record], str]


def _keys() -> Iterator[tuple[str, str, str, Locate]]:
    for outer in AGREEMENT.fields:
        if outer.table:
            yield outer.table, "code", outer.type.names, partial(_listed, outer)
        shape = outer.type.shape if outer.cell == "children" else None
        for inner in shape.fields if shape else ():
            if inner.table:
                yield inner.table, "code", inner.type.names, partial(_among_items, outer, inner)
            elif shape and inner.type.names in IDENTITY and not inner.type.many:
                yield shape.table, inner.stored_as, inner.type.names, partial(_at, outer, inner)
    yield "citation", "source_id", "source", lambda row: cited_at(row["owner"], row["source_id"])


def _at(outer: Field, inner: Field, row: Record) -> str:
    """Return the path of a reference that is a cell of an item's row."""
    shape = outer.type.shape
    item = {field.key: row[field.stored_as] for field in shape.fields if field.stored_as} if shape else {}
    name = f"{shape.letter}{row['number']}" if shape and shape.numbered else names_of(outer.key, item)[0]
    return f"{outer.key}[{name}].{inner.key}"


def _listed(outer: Field, _: Record) -> str:
    """Return the path of a reference in a list of codes."""
    return outer.key


def _among_items(outer: Field, inner: Field, row: Record) -> str:
    """Return the path of a reference in a list that an item holds."""
    letter = outer.type.shape.letter if outer.type.shape else ""
    return f"{outer.key}[{letter}{row['number']}].{inner.key}"


KEYS = tuple(_keys())
"""Foreign keys of an agreement's children: table, column, kind of object referred to, path of the reference."""

OBJECT_KEYS: tuple[tuple[str, str, str, str, str], ...] = (
    ("party_member", "organisation", "code", "party", "members[{}].code"),
    ("focus_area", "code", "parent", "focus_area", "parent"),
    ("family_source", "family_id", "source_id", "source", "sources"),
)
"""Foreign keys of other objects: table, column naming the object, column that refers, kind, path."""


def cited_at(owner: str, source: str) -> str:
    """Return the path of a citation by its owner."""
    if not owner:
        return f"sources[{source}].source"
    name = LETTERS.get(owner[0]) if owner[1:].isdecimal() else None
    return f"{name}[{owner}].sources" if name else f"{owner}.sources"


def refuse_dangling(change: Change) -> None:
    """Refuse references to nothing; no answer means that there are none.

    Raises InvalidRecord with the paths where they stand in one record, LooseReferences with their number and the first
    of them where they stand in several.
    """
    dangling = list(islice(_dangling(change), MOST))
    if not dangling:
        return
    where, path, kind, identity = dangling[0]
    if any(other != where for other, *_ in dangling):
        count = sum(_rows(change.connection, sql, binds)[0]["number"] for sql, binds in _countings(change))
        first = f"there is no {WORDS.get(kind, kind)} {identity!r} in the store"
        raise LooseReferences(f"{count} references lead nowhere, the first at {where} {path}: {first}")
    raise InvalidRecord(where, [(path, _message(change.connection, *named)) for _, path, *named in dangling])


def refuse_unknown_codes(change: Change) -> None:
    """Raise InvalidRecord for codes of parties inside JSON columns, which no foreign key guards."""
    for code, (where, path) in change.codes.items():
        if change.connection.execute("SELECT 1 FROM party WHERE code = ?", (code,)).fetchone() is None:
            raise InvalidRecord(where, [(path, _message(change.connection, "party", code))])


def _dangling(change: Change) -> Iterator[tuple[str, str, str, str]]:
    """Yield (record, path, kind, identity) of references to nothing."""
    chosen, binds = _among(change)
    for table, column, kind, locate in KEYS:
        sql = (
            f"SELECT a.ref AS record, t.* FROM {table} AS t JOIN agreement AS a ON a.id = t.agreement_id"
            f" WHERE {_leads_nowhere(column, kind)}{chosen} ORDER BY t.agreement_id LIMIT {MOST}"
        )
        for row in _rows(change.connection, sql, binds):
            yield row["record"], locate(row), kind, row[column]
    for table, owner, column, kind, path in OBJECT_KEYS:
        sql = (
            f"SELECT t.{owner} AS record, t.{column} AS identity FROM {table} AS t"
            f" WHERE {_leads_nowhere(column, kind)} LIMIT {MOST}"
        )
        for row in _rows(change.connection, sql, {}):
            yield row["record"], path.format(row["identity"]), kind, row["identity"]


def _countings(change: Change) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the statements that count what ``_dangling`` finds."""
    chosen, binds = _among(change)
    for table, column, kind, _ in KEYS:
        yield f"SELECT count(*) AS number FROM {table} AS t WHERE {_leads_nowhere(column, kind)}{chosen}", binds
    for table, _, column, kind, _ in OBJECT_KEYS:
        yield f"SELECT count(*) AS number FROM {table} AS t WHERE {_leads_nowhere(column, kind)}", {}


def _leads_nowhere(column: str, kind: str) -> str:
    there = f"SELECT 1 FROM {kind} AS p WHERE p.{IDENTITY[kind]} = t.{column}"
    return f"t.{column} IS NOT NULL AND NOT EXISTS ({there})"


def _among(change: Change) -> tuple[str, dict[str, str]]:
    """Of a small change only what it touched is looked at."""
    if change.is_large or change.undoes is not None:
        return "", {}
    return " AND t.agreement_id IN (SELECT value FROM json_each(:ids))", {"ids": dumps(sorted(change.touched))}


def _rows(connection: sqlite3.Connection, sql: str, binds: dict[str, str]) -> list[Record]:
    cursor = connection.execute(sql, binds)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _message(connection: sqlite3.Connection, kind: str, identity: str) -> str:
    """Compose what is missing, with near ones where there are any."""
    from tracker.text.names import suggest

    column = IDENTITY[kind]
    known = [row[0] for row in connection.execute(f"SELECT {column} FROM {kind} ORDER BY {column} LIMIT 20000")]
    near = suggest(identity, known)
    hint = f"did you mean {' or '.join(near)}?" if near else "record it first, or correct the name"
    return f"there is no {WORDS.get(kind, kind)} {identity!r} in the store; {hint}"
