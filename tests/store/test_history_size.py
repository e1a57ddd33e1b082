"""What history costs in bytes: nothing for rows that were never changed, an image for each that was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from made_records import agreement
from store_states import asked

from tracker.store.file.session import transaction
from tracker.store.write import bulk

MANY = 200


def load(store: Path, note: str) -> None:
    """Import agreements with events and texts; in a second import of another note each agreement's own row changes."""
    events = [{"kind": "signed", "date": "2020-01-02"}, {"kind": "ratified", "date": "2021"}]
    parties = [{"code": "USA"}, {"code": "JPN"}]
    documents = (
        agreement(f"n-{n}", title=f"Memorandum {n} " * 9, notes=[note], parties=parties, events=events)
        for n in range(MANY)
    )
    with transaction(store, actor="a", command="c") as writer:
        for _ in bulk.load(writer, documents):
            pass


def size(store: Path, table: str) -> int:
    """The bytes of the pages of a table."""
    with closing(sqlite3.connect(store)) as connection:
        try:
            return int(connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name = ?", (table,)).fetchone()[0])
        except sqlite3.OperationalError:
            pytest.skip("this SQLite does not tell the sizes of tables")


def twins(store: Path) -> list[str]:
    return [
        row[0]
        for row in asked(
            store, "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_past' ESCAPE '\\'"
        )
    ]


def test_rows_that_were_never_changed_cost_nothing(store: Path) -> None:
    load(store, "first")
    assert {asked(store, f"SELECT count(*) FROM {twin}")[0][0] for twin in twins(store)} == {0}
    load(store, "first")
    assert {asked(store, f"SELECT count(*) FROM {twin}")[0][0] for twin in twins(store)} == {0}


def test_old_images_are_no_larger_than_twice_the_rows(store: Path) -> None:
    load(store, "first")
    rows = size(store, "agreement")
    load(store, "second")
    assert asked(store, "SELECT count(*) FROM agreement_past") == [(MANY,)]
    assert [twin for twin in twins(store) if asked(store, f"SELECT count(*) FROM {twin}") != [(0,)]] == [
        "agreement_past"
    ]
    assert size(store, "agreement_past") <= 2 * rows
