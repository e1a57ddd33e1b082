"""Is a store sound? SQLite's own checks, references, the chain of the history, what the rules derive, the index."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from itertools import groupby
from json import loads
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from tracker.errors import StoreDamaged
from tracker.read.file import connection as reading
from tracker.record.document import IDENTITY
from tracker.store.file.backup import KIB_OF_PAGES
from tracker.store.rows import table_rows
from tracker.store.rows.record_rows import COLUMNS, OWNED
from tracker.store.rows.table_rows import Cells, Tables
from tracker.store.schema import builtin, triggers, views
from tracker.store.schema.triggers import SUFFIX
from tracker.store.write import derivation, objects, search_index, whole_store
from tracker.store.write.change import Change

MOST = 100
"""Findings of one kind that are told one by one."""


class Finding(NamedTuple):
    """Something that is not as it should be."""

    check: str
    what: str
    fixable: bool


INTEGRITY = "integrity"
CHECKS = (INTEGRITY, "schema", "references", "history", "derived rows", "names", "search index")
"""In the order in which they are made."""


Watched = Callable[[sqlite3.Connection], AbstractContextManager[None]]
"""What is done with a connection while it works."""


def check(store: Path, watched: Watched | None = None) -> list[Finding]:
    """Return what is wrong with a store; raises StoreProblems where it cannot be read at all."""
    with closing(reading.connect_to_read(store)) as connection, watched(connection) if watched else nullcontext():
        findings = _integrity(connection)
        if findings:
            return findings
        findings = [Finding("schema", text, fixable=True) for text in views.differing(connection)]
        findings += [Finding("references", text, fixable=False) for text in _references(connection)]
        findings += _history(connection)
        if findings and findings[0].check == "schema":
            left = "not looked at before the schema is mended"
            return [*findings, *(Finding(name, left, fixable=True) for name in CHECKS[4:])]
        return [*findings, *_derived(Change(connection, store, actor="", command=""))]


def _integrity(connection: sqlite3.Connection) -> list[Finding]:
    """Return what SQLite finds; where all rows are sound, it is indexes, which are made from these."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = -{KIB_OF_PAGES}")
    found = [text for (text,) in connection.execute(f"PRAGMA integrity_check({MOST})") if text != "ok"]
    are_rows_sound = bool(found) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    connection.execute(f"PRAGMA cache_size = {usual}")
    connection.execute("PRAGMA shrink_memory")
    return [Finding(INTEGRITY, text, fixable=are_rows_sound) for text in found]


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, _, target, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        yield f"a row of {table} refers to nothing in {target}"


def _history(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Follow the chain: each row and image begins with a change of the log, and images of one row do not overlap."""
    last = "(SELECT coalesce(max(id), 0) FROM change)"
    sql = "SELECT count(*) FROM change AS a JOIN change AS b ON b.id = (SELECT min(id) FROM change WHERE id > a.id)"
    if count := connection.execute(f"{sql} WHERE b.at <= a.at").fetchone()[0]:
        yield Finding("history", f"{count} changes of the log do not follow the one before in time", fixable=False)
    for table in triggers.tables(connection):
        keys = triggers.shape(connection, table)[1]
        key = " AND ".join(f"p.{name} = t.{name}" for name in keys)
        past = table + SUFFIX
        counted = {
            "rows without a change, or of one that is not in the log": (
                f"SELECT count(*) FROM {table} WHERE since IS NOT 0"
                " AND NOT EXISTS (SELECT 1 FROM change WHERE id = since)"
            ),
            "images that end before they begin, or with a change that is not in the log": (
                f"SELECT count(*) FROM {past} WHERE until <= since OR since IS NULL OR until > {last}"
            ),
            "images that overlap": (
                f"SELECT count(*) FROM {past} AS t JOIN {past} AS p ON {key}"
                " AND p.until > t.until AND p.since < t.until AND p.since <> t.since"
            ),
        }
        for what, statement in counted.items():
            if count := connection.execute(statement).fetchone()[0]:
                yield Finding("history", f"{table}: {count} {what}", fixable=False)
        if count := connection.execute(f"SELECT count(*) FROM {past} AS p WHERE {_false(table, keys)}").fetchone()[0]:
            text = f"{table}: {count} images of rows that did not change then (INSERT OR IGNORE of another program)"
            yield Finding("history", text, fixable=True)


def _false(table: str, keys: Iterable[str]) -> str:
    """Return the condition of an image, ``p``, of what went on to be said: by the row, or as a later image tells."""
    key = " AND ".join(f"p.{name} = t.{name}" for name in keys)
    return (
        f"(EXISTS (SELECT 1 FROM {table} AS t WHERE {key} AND p.until > t.since)"
        f" OR EXISTS (SELECT 1 FROM {table}{SUFFIX} AS t WHERE {key} AND t.since = p.since AND t.until > p.until))"
    )


def _derived(change: Change) -> Iterator[Finding]:
    """Hold what is derived of all agreements, and their words in the index, against their rows, page by page."""
    derived: list[Finding] = []
    unlike = search_index.superfluous(change.connection)
    for page in whole_store.pages(change):
        if len(derived) < MOST:
            derived += _not_as_derived(change, page)
        unlike += search_index.differing(change.connection, page)
    yield from derived[:MOST]
    for kind, name in _misnamed(change):
        yield Finding("names", f"{kind} {name}: its spellings are not those of its names", fixable=True)
    if unlike:
        yield Finding("search index", f"{unlike} agreements are not as the index has them", fixable=True)


def _not_as_derived(change: Change, page: Tables) -> Iterator[Finding]:
    doubtful = whole_store.doubtful(change, page)
    ref = COLUMNS["agreement"].index("ref")
    refs = {row[0]: row[ref] for row in page["agreement"]} if doubtful else {}
    for agreement_id, plan in derivation.plans(change, doubtful):
        tables = {table for table, _ in [*plan.deletions, *plan.updates, *plan.insertions]}
        text = f"{refs[agreement_id]}: {', '.join(sorted(tables))} not what the rules make of the record"
        yield Finding("derived rows", text, fixable=True)


NAMED = (
    ("party", ("code", "alpha_2", "name", "names", "aliases"), builtin.party_keys),
    ("person", ("id", "name", "aliases"), builtin.person_keys),
)
"""Kinds that are found by their names: what these follow from, and the folded spellings."""

NOBODY: tuple[str, Iterable[Cells]] = ("", ())
"""After the last one who is spelt."""


def _misnamed(change: Change) -> Iterator[tuple[str, str]]:
    """Yield the parties and people whose folded spellings are not those of their names."""
    for kind, columns, keys in NAMED:
        for row, spellings in _spelt(change.connection, kind, columns):
            document = dict(zip(columns, row, strict=True))
            document |= {key: loads(document[key]) for key in ("names", "aliases") if key in document}
            if spellings != set(keys(document)):
                yield kind, row[0]


def _spelt(connection: sqlite3.Connection, kind: str, columns: Sequence[str]) -> Iterator[tuple[Cells, set[str]]]:
    """Yield the columns of each object with its folded spellings; both come sorted, so that memory does not grow."""
    table = f"{kind}_key"
    owner = dict(OWNED[kind])[table]
    groups = groupby(connection.execute(f"SELECT {owner}, folded FROM {table} ORDER BY {owner}"), key=itemgetter(0))
    bearer, spellings = next(groups, NOBODY)
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {kind} ORDER BY {IDENTITY[kind]}"):
        while bearer and bearer < row[0]:  # one that is not there: foreign keys tell
            bearer, spellings = next(groups, NOBODY)
        yield row, {folded for _, folded in spellings} if bearer == row[0] else set()


def fix(change: Change, findings: Iterable[Finding] = ()) -> None:
    """Make again what can be made from what is recorded, as one change of the log; indexes where some were found.

    Raises StoreDamaged where rows are there twice, of which an index is to hold one.
    """
    connection = change.connection
    if any(finding.check == INTEGRITY for finding in findings):
        _index_again(connection)
    change.stamp()
    views.restore(connection)
    for table in triggers.tables(connection):
        keys = triggers.shape(connection, table)[1]
        connection.execute(f"DELETE FROM {table}{SUFFIX} AS p WHERE {_false(table, keys)}")
    for kind, name in list(_misnamed(change)):
        document = objects.stored(change, kind, name)
        if document is not None:
            _respell(change, kind, name, document)
    derivation.settle(change, [row[0] for row in connection.execute("SELECT id FROM agreement ORDER BY id")])
    search_index.rebuild(connection)


def _index_again(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("REINDEX")
    except sqlite3.IntegrityError as error:
        raise StoreDamaged(f"no index can be made of what is there twice ({error}); restore a backup") from error


def _respell(change: Change, kind: str, name: str, document: dict[str, object]) -> None:
    keys = builtin.party_keys(document) if kind == "party" else builtin.person_keys(document)
    table = f"{kind}_key"
    owner = dict(OWNED[kind])[table]
    stored = table_rows.load(change.connection, [(table, owner)], name)
    expected = {table: [dict(zip(table_rows.KEYS[table], (folded, name), strict=True)) for folded in sorted(keys)]}
    change.note_object(kind, name)
    table_rows.compare(stored, expected).carry_out(change.connection, change.stamp())
