"""The full-text index of agreements: one row for each, made from the stored rows, never history.

``title`` holds all titles and aliases, ``name`` the ref and identifiers, ``notes`` the texts that people wrote.
``linked`` holds names of people and sources, acting entities, and parties, families and focus areas by their codes
(``party:jpn``), so that a new name for a party costs nothing here: the search looks names up and asks for codes.
Everything can be made again from the rows (``rebuild``).
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from tracker.record import searched
from tracker.record.types import Field, Json
from tracker.store.write.change import FEW, Change
from tracker.text.search import indexed, indexed_all

DDL = "CREATE VIRTUAL TABLE search_index USING fts5(title, name, linked, notes, tokenize = \"ascii tokenchars '-_:.'\")"

PAGE = 500
"""Agreements that are read and written at once."""

Texts = defaultdict[int, list[str]]
Words = Callable[[Json], list[str]]
EMPTY = (None, "[]", "{}")
"""Cells of lists and mappings that hold nothing."""

CHILDREN = tuple(searched.children())
NAMED = {
    kind: f"SELECT {', '.join(field.stored_as for field in searched.named(kind))} FROM {kind} WHERE id = ?"
    for kind in ("person", "source")
}
"""Objects whose names stand in the index itself, and the columns with these names."""


def _columns(fields: Iterable[Field]) -> str:
    return ", ".join(field.stored_as for field in fields)


_TITLES, _REF, _NOTES = (searched.own(column) for column in ("title", "name", "notes"))
AGREEMENTS = f"SELECT id, {_columns((*_TITLES, *_REF, *_NOTES))} FROM agreement WHERE id IN {{ids}}"

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

HELD = "SELECT rowid, title, name, linked, notes FROM search_index WHERE rowid IN (SELECT value FROM json_each(?))"
INSERT = "INSERT INTO search_index (rowid, title, name, linked, notes) VALUES (?, ?, ?, ?, ?)"


def settle(change: Change) -> None:
    """Bring the index to what a change leaves behind: called once, when all rows are written."""
    connection = change.connection
    ids = set(change.touched) | change.gone.keys()
    if len(change.objects) > FEW:
        for sql in WRITTEN.values():
            ids.update(row[0] for row in connection.execute(sql, {"change": change.id}))
    else:
        for kind, name in change.objects:
            if kind in USERS:
                ids.update(row[0] for row in connection.execute(USERS[kind], {"name": name}))
    refresh(connection, sorted(ids))
    if change.is_large:
        written = connection.execute("SELECT id FROM agreement WHERE revision = ?", (change.id,))
        refresh(connection, (row[0] for row in written))


def refresh(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Make the rows of these agreements again; those that are gone lose theirs."""
    pending = iter(ids)
    names = _Names(connection)
    while page := list(islice(pending, PAGE)):
        listed = json.dumps(page)
        connection.execute("DELETE FROM search_index WHERE rowid IN (SELECT value FROM json_each(?))", (listed,))
        connection.executemany(INSERT, _rows(connection, listed, names))


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index again."""
    connection.execute("DELETE FROM search_index")
    refresh(connection, (row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id")))


def differs(connection: sqlite3.Connection) -> int:
    """Return how many rows are missing, too many, or find other words than they should."""
    sql = "SELECT count(*) FROM search_index WHERE rowid NOT IN (SELECT id FROM agreement)"
    number = int(connection.execute(sql).fetchone()[0])
    names = _Names(connection)
    ids = (row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id"))
    while page := list(islice(ids, PAGE)):
        listed = json.dumps(page)
        indexed = {row[0]: row for row in connection.execute(HELD, (listed,))}
        number += sum(_words(indexed.get(row[0])) != _words(row) for row in _rows(connection, listed, names))
    return number


def _words(row: tuple[Json, ...] | None) -> list[set[str]]:
    """Return the words of each column; their order depends on that of the fields when they were written."""
    return [set(text.split()) for text in row[1:]] if row else []


class _Names:
    """Folded names of people and sources, each read once; a bounded number of them is kept."""

    MOST = 20_000

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.kept: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, name: str) -> str:
        text = self.kept.get((kind, name))
        if text is None:
            if len(self.kept) >= self.MOST:
                self.kept.clear()
            row = self.connection.execute(NAMED[kind], (name,)).fetchone()
            text = self.kept[kind, name] = indexed_all(_texts(searched.named(kind), row)) if row else ""
        return text


def _rows(connection: sqlite3.Connection, listed: str, names: _Names) -> Iterator[tuple[Json, ...]]:
    """Yield the rows of the agreements in a JSON list of ids."""

    def asked(sql: str) -> Iterator[tuple[Json, ...]]:
        cursor = connection.cursor()
        cursor.row_factory = None
        return cursor.execute(sql.format(ids="(SELECT value FROM json_each(:ids))"), {"ids": listed})

    columns: dict[str, Texts] = {column: defaultdict(list) for column in ("name", "linked", "notes")}
    for child in CHILDREN:
        cells = _cells(child, names)
        sql = f"SELECT agreement_id, {', '.join(cells)} FROM {child.table} WHERE agreement_id IN {{ids}}"
        told = [(at, columns[column], words) for at, (column, words) in enumerate(cells.values(), 1)]
        for row in asked(sql + _saying(child)):
            for at, texts, words in told:
                if row[at]:
                    texts[row[0]] += words(row[at])
    for owner, *values in asked(AGREEMENTS):
        ref, said = len(_TITLES), len(_TITLES) + len(_REF)
        yield (
            owner,
            indexed_all(dict.fromkeys(_texts(_TITLES, values[:ref]))),
            " . ".join([*map(indexed, _texts(_REF, values[ref:said])), *sorted(columns["name"][owner])]),
            " . ".join(dict.fromkeys(columns["linked"][owner])),
            " . ".join([*map(indexed, _texts(_NOTES, values[said:])), *columns["notes"][owner]]),
        )


def _saying(child: searched.Searched) -> str:
    """Return the condition that leaves out rows without a word."""
    if len(child.texts) < len(child.fields):
        return ""
    empty = {"list": "[]", "mapping": "{}"}
    said = [f"{field.stored_as} <> '{empty.get(field.type.many, '')}'" for field in child.texts]
    return f" AND ({' OR '.join(said)})"


def _cells(child: searched.Searched, names: _Names) -> dict[str, tuple[str, Words]]:
    """Return what is read of each row of a list, in SQL, with the column where its words stand, and what these are."""
    cells = {field.stored_as: (field.search, _worded(field, names)) for field in child.fields if field.search != "name"}
    numbers = [field.stored_as for field in child.fields if field.search == "name"]
    if numbers:  # "TIAS 10901" is looked for as one
        cells[" || ' ' || ".join(numbers)] = "name", lambda number: [indexed(number)]
    return cells


def _worded(field: Field, names: _Names) -> Words:
    """Return what makes words of a cell: codes as they are, names and texts folded."""
    kind = field.type.names
    if kind in searched.BY_CODE:
        before = f"{searched.BY_CODE[kind]}:"
        return lambda code: [before + code.lower()]
    if kind in NAMED:
        return lambda name: [names(kind, name)]
    if field.type.many:
        return lambda cell: [indexed(text) for text in _texts([field], [cell])]
    return lambda text: [indexed(text)]


def _texts(fields: Sequence[Field], values: Sequence[Json]) -> Iterator[str]:
    """Yield the texts of cells, those of lists and mappings one by one; empty ones are left out."""
    for field, value in zip(fields, values, strict=True):
        if field.type.many and value not in EMPTY:
            content = json.loads(value)
            yield from filter(None, content.values() if isinstance(content, dict) else content)
        elif value and not field.type.many:
            yield value
