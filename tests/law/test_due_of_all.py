"""What falls due in a register of all treaties of the tests is the same where fewer of them are read for it."""

import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from running import called
from treaty_files import treaties

from tracker.read.life import deadlines

ALL_READ = {"RUNNING": "1", "AHEAD": "1", "IS_GOING_ON": "1", "SIGNED": "1", "may_fall_due": lambda *_: True}


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A store of the records of all treaties; of those with one ref the first."""
    folder = tmp_path_factory.mktemp("all")
    records = {}
    for treaty in treaties():
        for record in treaty.documents:
            records.setdefault((record.get("record"), record.get("ref") or json.dumps(record)), record)
    source = folder / "all.json"
    source.write_text(json.dumps(list(records.values())), encoding="utf-8")
    store = folder / "store.db"
    said = called(["--store", str(store), "import", str(source), "--skip-bad"], b"")[2]
    with sqlite3.connect(store) as held:
        assert held.execute("SELECT count(*) FROM agreements").fetchone()[0] > 100, said.decode()
    return store


def due(store, words):
    code, out, said = called(["--store", str(store), "due", *words, "-f", "csv"], b"")
    assert code == 0, said.decode()
    return out


@pytest.mark.long
@settings(max_examples=8, deadline=None)
@given(
    some.integers(1900, 2040),
    some.sampled_from([(), ("--within", "6m"), ("--within", "2y"), ("--within", "20y")]),
)
def test_nothing_is_missed(register, year, within):
    words = ("--as-of", f"{year}-06-30", *within)
    found = due(register, words)
    with pytest.MonkeyPatch.context() as patch:
        for name, every in ALL_READ.items():
            patch.setattr(deadlines, name, every)
        assert due(register, words) == found
