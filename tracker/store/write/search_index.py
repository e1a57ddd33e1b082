"""The full-text index of agreements: one row for each, made from the stored rows, never history.

``title`` holds all titles and aliases, ``name`` the ref and identifiers, ``notes`` the texts that people wrote.
``linked`` holds names of people and sources, acting entities, and parties, families and focus areas by their codes
(``party:jpn``), so that a new name for a party costs nothing here: the search looks names up and asks for codes.
Everything can be made again from the rows (``rebuild``).
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from tracker.store.write.change import FEW, Change
from tracker.text.search import indexed, indexed_all

DDL = "CREATE VIRTUAL TABLE search_index USING fts5(title, name, linked, notes, tokenize = \"ascii tokenchars '-_:.'\")"

PAGE = 500
"""Agreements that are read and written at once."""

Texts = defaultdict[int, list[str]]

AGREEMENTS = (
    "SELECT id, ref, title, short_title, titles, aliases, notes, open_questions FROM agreement WHERE id IN {ids}"
)
LINKED = (
    "SELECT agreement_id, 'party:' || lower(code), entity FROM participation WHERE agreement_id IN {ids}",
    "SELECT agreement_id, 'family:' || family_id, NULL FROM membership WHERE agreement_id IN {ids}",
    "SELECT agreement_id, coalesce('party:' || lower(code), ''), name FROM depositary WHERE agreement_id IN {ids}",
    "SELECT agreement_id, 'focus:' || code, NULL FROM agreement_focus WHERE agreement_id IN {ids}",
)
"""Code as it is, and text to fold."""
NAMED = {
    "person": (
        "SELECT agreement_id, person_id FROM signatory WHERE person_id IS NOT NULL AND agreement_id IN {ids}",
        "SELECT name, aliases, NULL FROM person WHERE id = ?",
    ),
    "source": (
        "SELECT DISTINCT agreement_id, source_id FROM citation WHERE agreement_id IN {ids}",
        "SELECT title, '[]', coalesce(author || ' . ', '') || coalesce(publisher, '') FROM source WHERE id = ?",
    ),
}
IDENTIFIERS = "SELECT agreement_id, scheme || ' ' || value FROM identifier WHERE agreement_id IN {ids}"
NOTES = (
    "SELECT agreement_id, places, note FROM event WHERE agreement_id IN {ids} AND (note IS NOT NULL OR places <> '[]')",
    "SELECT agreement_id, '[]', text FROM evidence WHERE agreement_id IN {ids} AND text IS NOT NULL",
    "SELECT agreement_id, '[]', target_title FROM relation WHERE agreement_id IN {ids} AND target_title IS NOT NULL",
)
"""A JSON list of texts, and one text more."""

USERS = {
    "person": "SELECT agreement_id FROM signatory WHERE person_id = ?",
    "source": "SELECT agreement_id FROM citation WHERE source_id = ?",
}
WRITTEN = {
    "person": "SELECT agreement_id FROM signatory WHERE person_id IN (SELECT id FROM person WHERE since = ?)",
    "source": "SELECT agreement_id FROM citation WHERE source_id IN (SELECT id FROM source WHERE since = ?)",
}

HELD = "SELECT rowid, title, name, linked, notes FROM search_index WHERE rowid IN (SELECT value FROM json_each(?))"
INSERT = "INSERT INTO search_index (rowid, title, name, linked, notes) VALUES (?, ?, ?, ?, ?)"


def settle(change: Change) -> None:
    """Bring the index to what a change leaves behind: called once, when all rows are written."""
    connection = change.connection
    ids = set(change.touched) | change.gone.keys()
    if len(change.objects) > FEW:
        for sql in WRITTEN.values():
            ids.update(row[0] for row in connection.execute(sql, (change.id,)))
    else:
        for kind, name in change.objects:
            if kind in USERS:
                ids.update(row[0] for row in connection.execute(USERS[kind], (name,)))
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
    """Return how many rows are missing, too many, or not what they should be."""
    sql = "SELECT count(*) FROM search_index WHERE rowid NOT IN (SELECT id FROM agreement)"
    found = int(connection.execute(sql).fetchone()[0])
    names = _Names(connection)
    ids = (row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id"))
    while page := list(islice(ids, PAGE)):
        listed = json.dumps(page)
        held = {row[0]: row for row in connection.execute(HELD, (listed,))}
        found += sum(held.get(row[0]) != row for row in _rows(connection, listed, names))
    return found


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
            row = self.connection.execute(NAMED[kind][1], (name,)).fetchone()
            first, aliases, rest = row or (None, "[]", None)
            text = self.kept[kind, name] = indexed_all([first, *json.loads(aliases), rest])
        return text


def _rows(connection: sqlite3.Connection, listed: str, names: _Names) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the agreements in a JSON list of ids."""

    def asked(sql: str) -> Iterator[tuple[Any, ...]]:
        cursor = connection.cursor()
        cursor.row_factory = None
        return cursor.execute(sql.format(ids="(SELECT value FROM json_each(:ids))"), {"ids": listed})

    linked: Texts = defaultdict(list)
    notes: Texts = defaultdict(list)
    identifiers: Texts = defaultdict(list)
    for sql in LINKED:
        for owner, code, text in asked(sql):
            linked[owner].append(f"{code} {indexed(text)}" if text else code)
    for kind, (sql, _) in NAMED.items():
        for owner, name in asked(sql):
            linked[owner].append(names(kind, name))
    for owner, text in asked(IDENTIFIERS):
        identifiers[owner].append(indexed(text))
    for sql in NOTES:
        for owner, some, text in asked(sql):
            notes[owner].append(indexed_all([*json.loads(some), text]))
    for owner, ref, title, short, titles, aliases, written, questions in asked(AGREEMENTS):
        named = [title, short, *_listed(titles), *_listed(aliases)]
        said = [indexed(text) for text in (*_listed(written), *_listed(questions))]
        yield (
            owner,
            indexed_all(dict.fromkeys(named)),
            " . ".join([indexed(ref), *sorted(identifiers[owner])]),
            " . ".join(dict.fromkeys(linked[owner])),
            " . ".join([*said, *notes[owner]]),
        )


def _listed(text: str) -> list[str]:
    if text in ("[]", "{}"):
        return []
    values = json.loads(text)
    return list(values.values()) if isinstance(values, dict) else values
