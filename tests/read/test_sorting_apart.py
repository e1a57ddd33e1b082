"""Rows that wait in a file until they are all there: in order, more than once, with a word where there is no room."""

import sqlite3

import pytest

from tracker.errors import StoreProblem
from tracker.read.file import sorting_apart
from tracker.read.file.sorting_apart import SortedRows

ROWS = [((-2, "b"), ("two", ["x", None])), ((-2, None), ("none", [])), ((-10, "a"), ("ten", 1.5))]


def test_they_come_in_the_order_of_their_keys_as_often_as_they_are_asked_for():
    rows = SortedRows(iter(ROWS))
    assert len(rows) == 3
    for _ in range(2):
        assert list(rows.first()) == [("ten", 1.5), ("none", []), ("two", ["x", None])]
    assert list(rows.first(1)) == [("ten", 1.5)]
    assert list(rows.first(0)) == []
    assert list(rows.below(-2)) == [("none", []), ("two", ["x", None])]
    assert list(rows.below(-2, None)) == [("none", [])]
    assert list(rows.below("a")) == []


def test_there_may_be_none():
    assert (len(SortedRows(())), list(SortedRows(()).first())) == (0, [])


def test_where_there_is_no_room_it_says_what_to_do(monkeypatch):
    connect = sqlite3.connect

    def narrow(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 4")
        return connection

    monkeypatch.setattr(sorting_apart.sqlite3, "connect", narrow)
    with pytest.raises(StoreProblem, match="TMPDIR"):
        SortedRows(((number,), ("x" * 1_000,)) for number in range(100))
