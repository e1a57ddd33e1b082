"""The rich registers of the benchmarks: the same for the same seed, and the same whether imported or made straight."""

import json
import sqlite3
from contextlib import closing
from statistics import mean

import pytest
import rich_register
from running import called

from tracker.query.arguments import FilterArguments
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.query import selection
from tracker.read.query.filters import filters
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records import agreements, conflicting_claims

NUMBER = 150


@pytest.fixture(scope="module")
def documents():
    return list(rich_register.documents(NUMBER))


def contents(path):
    """Return all rows of a store but the log, which tells when it was made, and the full-text index's own order."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        asked = [name for name in names if name != "change" and not name.startswith("search_index_")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in asked}


def schema(path):
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall(), key=repr)


def test_the_same_seed_gives_the_same_register(documents):
    assert list(rich_register.documents(NUMBER)) == documents
    assert list(rich_register.documents(NUMBER, seed=2)) != documents


def test_a_store_made_straight_is_the_imported_one(documents, rich_store, tmp_path):
    """Supersession and the ends of what parts belong to included, which show only when all is there."""
    source, imported = tmp_path / "rich.ndjson", tmp_path / "imported.db"
    source.write_text("".join(json.dumps(document) + "\n" for document in documents))
    assert called(["--store", str(imported), "import", str(source), "--quiet"], b"")[0] == 0
    assert contents(rich_store) == contents(imported)
    assert schema(rich_store) == schema(imported)


def test_a_page_of_conflicts_asks_the_rules_of_no_more_than_it_needs(monkeypatch, rich_store):
    """A walk in the order of the refs ends when the page is full; most have no claims, and are asked of nothing."""
    asked = []

    def assemble(reader, page, **how):
        asked.extend(agreement for agreement, _ in page)
        return agreements.assemble(reader, page, **how)

    monkeypatch.setattr(conflicting_claims, "assemble", assemble)
    monkeypatch.setattr(selection, "MANY", 3)
    with open_store(StoreLocation(rich_store, named=True)) as reader:
        held = filters(reader, FilterArguments(), "2026-11-22", ["conflict:open"])
        sql, binds = Selection(held, Ordering(limit=2)).statement(reader)
        assert len(reader.tuples(sql, binds)) == 2
        one_page, claims = len(asked), reader.scalar("SELECT count(*) FROM claims")
        assert one_page * 4 < claims


def test_the_shapes_are_those_of_data_sets():
    """Averages of many; a data set of treaties has about so many of each."""
    agreements = [item for item in rich_register.documents(3_000) if item["record"] == "agreement"]
    counted = {key: mean(len(item.get(key, ())) for item in agreements) for key in agreements[0]}
    assert counted["parties"] == pytest.approx(2.9, abs=0.1)
    assert counted["events"] == pytest.approx(3.15, abs=0.2)
    assert counted["signatories"] == pytest.approx(1, abs=0.1)
    assert counted["focus_areas"] == pytest.approx(2, abs=0.1)
