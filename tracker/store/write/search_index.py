"""The full-text index of agreements: one row for each, made from the stored rows, never history.

``title`` holds all titles and aliases, ``name`` the ref and identifiers, ``notes`` the texts that people wrote.
``linked`` holds names of people and sources, acting entities, and parties, families and focus areas by their codes
(``party:jpn``), so that a new name for a party costs nothing here: the search looks names up and asks for codes.
Everything can be made again from the rows (``rebuild``). An import adds its new agreements as it writes them, from the
rows that it holds; what changes of them later in the same change is made again at its end.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter

from tracker.read.file.connection import Bindings
from tracker.record import searched
from tracker.record.types import Field, Json
from tracker.store.rows.record_rows import COLUMNS
from tracker.store.rows.table_rows import KEYS, Cells, Tables
from tracker.store.write.change import FEW, Change, Marks
from tracker.text.search import indexed, indexed_all

DDL = "CREATE VIRTUAL TABLE search_index USING fts5(title, name, linked, notes, tokenize = \"ascii tokenchars '-_:.'\")"

PAGE = 500
"""Agreements that are read and written at once."""

Texts = defaultdict[int, list[str]]
Words = Callable[[Json], list[str]]
Reading = Callable[[str, Sequence[str], str], Iterable[Cells]]
"""Reads columns of a table: the rows of some agreements in the order of their keys, where a condition may hold."""
Names = dict[tuple[str, str], str]
"""Folded names of people and sources, by kind and id."""
EMPTY = (None, "", "[]", "{}")
"""Cells that hold nothing."""

CHILDREN = tuple(searched.children())
NAMED = {
    kind: f"SELECT id, {', '.join(field.stored_as for field in searched.named(kind))} FROM {kind}"
    " WHERE id IN (SELECT value FROM json_each(?))"
    for kind in ("person", "source")
}
"""Objects whose names stand in the index itself, and the columns with these names."""


def _columns(fields: Iterable[Field]) -> str:
    return ", ".join(field.stored_as for field in fields)


_TITLES, _REF, _NOTES = (searched.own(column) for column in ("title", "name", "notes"))
_REFERENCES = {
    (child, field): (child.table, ("agreement_id", field.stored_as))
    for child in CHILDREN
    for field in child.fields
    if field.type.names in NAMED
}
"""Where agreements name people and sources."""

_REFERRING = {
    kind: [
        f"SELECT agreement_id FROM {child.table} WHERE {field.stored_as}"
        for child in CHILDREN
        for field in child.fields
        if field.type.names == kind
    ]
    for kind in NAMED
}
USERS = {kind: " UNION ".join(f"{sql} = :name" for sql in some) for kind, some in _REFERRING.items()}
WRITTEN = {
    kind: " UNION ".join(f"{sql} IN (SELECT id FROM {kind} WHERE since = :change)" for sql in some)
    for kind, some in _REFERRING.items()
}

BETWEEN = "SELECT rowid, title, name, linked, notes FROM search_index WHERE rowid BETWEEN ? AND ?"
INSERT = "INSERT INTO search_index (rowid, title, name, linked, notes) VALUES (?, ?, ?, ?, ?)"


def settle(change: Change) -> None:
    """Bring the index to what a change leaves behind: called once, when all rows are written."""
    outdated = Marks()
    for ids in _concerned(change):
        outdated.update(key for key in ids if not change.is_indexed(key))
    refresh(change.connection, outdated)


def _concerned(change: Change) -> Iterator[Iterable[int]]:
    """Yield the agreements that a change wrote or took out, and those that name an object that it wrote."""
    yield change.touched
    yield change.gone
    if change.is_large:
        yield _numbers(change, "SELECT id FROM agreement WHERE revision = :change", {"change": change.id})
    if len(change.objects) > FEW:
        for sql in WRITTEN.values():
            yield _numbers(change, sql, {"change": change.id})
    else:
        for kind, name in change.objects:
            if kind in USERS:
                yield _numbers(change, USERS[kind], {"name": name})


def _numbers(change: Change, sql: str, binds: Bindings) -> Iterator[int]:
    return (row[0] for row in change.connection.execute(sql, binds))


def add(change: Change, new: Tables) -> None:
    """Make the rows of new agreements from what is stored of them; what they name and is not there waits for the end.

    ``new``: cells in the order of ``COLUMNS``.
    """
    read = _held(new)
    names = _names(change.connection, read)
    change.connection.executemany(INSERT, list(_rows(read, names)))
    change.note_indexed([row[0] for row in new["agreement"]])
    for (_, field), place in _REFERENCES.items():
        missing = (owner for owner, name in read(*place, "") if name and (field.type.names, name) not in names)
        change.stale.update(missing)


def outdate(change: Change, kind: str, name: str) -> None:
    """Note that the words of an object are others than when agreements that refer to it were added."""
    if change.indexed and kind in USERS:
        change.stale.update(_numbers(change, USERS[kind], {"name": name}))


def refresh(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Make the rows of these agreements again; those that are gone lose theirs."""
    pending = iter(ids)
    while page := list(islice(pending, PAGE)):
        listed = json.dumps(page)
        connection.execute("DELETE FROM search_index WHERE rowid IN (SELECT value FROM json_each(?))", (listed,))
        read = _stored(connection, listed)
        connection.executemany(INSERT, _rows(read, _names(connection, read)))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index again."""
    connection.execute("DELETE FROM search_index")
    refresh(connection, (row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id")))


def superfluous(connection: sqlite3.Connection) -> int:
    """Return how many rows are those of no agreement."""
    sql = "SELECT count(*) FROM search_index WHERE rowid NOT IN (SELECT id FROM agreement)"
    return int(connection.execute(sql).fetchone()[0])


def differing(connection: sqlite3.Connection, page: Tables) -> int:
    """Return how many agreements lack a row, or have one that finds other words than it should.

    ``page``: cells of all rows of some agreements in the order of their keys, as ``COLUMNS`` names them.
    """
    ends = page["agreement"][0][0], page["agreement"][-1][0]
    indexed = {row[0]: row for row in connection.execute(BETWEEN, ends)}
    read = _told(page)
    rows = _rows(read, _names(connection, read))
    return sum(row != (held := indexed.get(row[0])) and _words(held) != _words(row) for row in rows)


def _words(row: tuple[Json, ...] | None) -> list[set[str]]:
    """Return the words of each column; their order depends on that of the fields when they were written."""
    return [set(text.split()) for text in row[1:]] if row else []


def _stored(connection: sqlite3.Connection, listed: str) -> Reading:
    """Read what is stored of the agreements in a JSON list of ids."""

    def read(table: str, columns: Sequence[str], said: str) -> Iterable[Cells]:
        cursor = connection.cursor()
        cursor.row_factory = None
        chosen = f"{columns[0]} IN (SELECT value FROM json_each(?)){said}"
        return cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {chosen}", (listed,))

    return read


def _held(tables: Tables) -> Reading:
    """Read what is held in memory of new agreements."""

    @cache
    def in_order(table: str) -> list[Cells]:
        return sorted(tables.get(table, ()), key=itemgetter(*map(COLUMNS[table].index, KEYS[table])))

    return _reading(in_order)


def _told(tables: Tables) -> Reading:
    """Read what is held in memory in the order of keys."""
    return _reading(lambda table: tables.get(table, []))


def _reading(rows: Callable[[str], list[Cells]]) -> Reading:
    def read(table: str, columns: Sequence[str], _: str) -> Iterable[Cells]:
        return map(itemgetter(*map(COLUMNS[table].index, columns)), rows(table))

    return read


def _names(connection: sqlite3.Connection, read: Reading) -> Names:
    """Return the folded names of the people and sources that agreements refer to, as far as they are there."""
    found: Names = {}
    for kind, sql in NAMED.items():
        places = [place for (_, field), place in _REFERENCES.items() if field.type.names == kind]
        ids = {name for place in places for _, name in read(*place, "") if name}
        fields = searched.named(kind)
        for name, *values in connection.execute(sql, (json.dumps(sorted(ids)),)):
            found[kind, name] = indexed_all(_texts(fields, values))
    return found


def _rows(read: Reading, names: Names) -> Iterator[Cells]:
    """Yield the rows of agreements."""
    columns: dict[str, Texts] = {column: defaultdict(list) for column in ("name", "linked", "notes")}
    for child in CHILDREN:
        _add_words(child, read, names, columns)
    own = [field.stored_as for field in (*_TITLES, *_REF, *_NOTES)]
    ref, said = len(_TITLES), len(_TITLES) + len(_REF)
    for owner, *values in read("agreement", ("id", *own), ""):
        yield (
            owner,
            indexed_all(dict.fromkeys(_texts(_TITLES, values[:ref]))),
            " . ".join([*map(indexed, _texts(_REF, values[ref:said])), *sorted(columns["name"][owner])]),
            " . ".join(dict.fromkeys(columns["linked"][owner])),
            " . ".join([*map(indexed, _texts(_NOTES, values[said:])), *columns["notes"][owner]]),
        )


def _add_words(child: searched.Searched, read: Reading, names: Names, columns: dict[str, Texts]) -> None:
    """Add the words of a list to those of each agreement, by the column where they stand."""
    cells = ("agreement_id", *[field.stored_as for field in child.fields])
    placed = list(enumerate(child.fields, 1))
    told = [(at, columns[field.search], _worded(field, names)) for at, field in placed if field.search != "name"]
    numbers = [at for at, field in placed if field.search == "name"]
    for row in read(child.table, cells, _saying(child)):
        for at, texts, words in told:
            if row[at] not in EMPTY:
                texts[row[0]] += words(row[at])
        if numbers:  # "TIAS 10901" is looked for as one
            columns["name"][row[0]].append(indexed(" ".join([row[at] for at in numbers])))


def _saying(child: searched.Searched) -> str:
    """Return the condition that leaves out rows without a word."""
    if len(child.texts) < len(child.fields):
        return ""
    empty = {"list": "[]", "mapping": "{}"}
    said = [f"{field.stored_as} <> '{empty.get(field.type.many, '')}'" for field in child.texts]
    return f" AND ({' OR '.join(said)})"


def _worded(field: Field, names: Names) -> Words:
    """Return what makes words of a cell: codes as they are, names and texts folded."""
    kind = field.type.names
    if kind in searched.BY_CODE:
        before = f"{searched.BY_CODE[kind]}:"
        return lambda code: [before + code.lower()]
    if kind in NAMED:
        return lambda name: [names.get((kind, name), "")]
    if field.type.many:
        return lambda cell: [indexed(text) for text in _texts([field], [cell])]
    return lambda text: [indexed(text)]


def _texts(fields: Sequence[Field], values: Sequence[Json]) -> Iterator[str]:
    """Yield the texts of cells, those of lists and mappings one by one; empty ones are left out."""
    for field, value in zip(fields, values, strict=True):
        if value in EMPTY and (field.type.many or not value):
            continue
        if field.type.many:
            content = json.loads(value)
            yield from filter(None, content.values() if isinstance(content, dict) else content)
        else:
            yield value
