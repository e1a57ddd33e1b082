"""Likely duplicates of one record are the same whether indexes are asked or all records are read."""

import pytest

from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.lookup import identity

TWINS = [
    ("a", "日本国とオーストラリアとの間の協定", ["JPN", "AUS"], "2001-02-03", []),
    ("b", "日本国とオーストラリアとの間の協定", ["JPN", "AUS"], "2001-02", []),
    ("c", "Agreement on air services over the northern sea", ["GBR", "SWE"], "1990", [("UNTS", "I-4711")]),
    ("d", "Accord relatif aux services de l'air", ["GBR", "SWE"], "1990-05-01", [("UNTS", "4711")]),
    ("e", "Agreement on air services", [], None, [("TIAS", "No. 4711")]),
    ("f", "Exchange of notes", ["GBR", "SWE"], "1990-06-01", []),
]


def agreement(ref, title, codes, day, numbers):
    return {
        "record": "agreement",
        "ref": ref,
        "title": title,
        "parties": [{"code": code} for code in codes],
        "events": [{"id": "e1", "kind": "signed", "date": day}],
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in numbers],
    }


def looked_for_and_read(path, monkeypatch, at_least):
    """Yield the pairs of each record as they are found in the indexes, and as they are where all records are read."""
    with open_store(StoreLocation(path, named=True)) as reader:
        refs = [row[0] for row in reader.tuples("SELECT ref FROM agreements")]
        looked_for = [identity.pairs(reader, [ref], at_least) for ref in refs]
        assert any(looked_for)
        monkeypatch.setattr(identity, "SINGLY", 0)
        yield from zip(looked_for, (identity.pairs(reader, [ref], at_least) for ref in refs), strict=True)


@pytest.mark.long
def test_of_made_up_records(rich_store, monkeypatch):
    for looked_for, read in looked_for_and_read(rich_store, monkeypatch, 0.2):
        assert looked_for == read


def test_in_scripts_without_spaces_and_by_numbers(build, monkeypatch):
    parties = [
        {"record": "party", "code": code, "kind": "state", "name": code} for code in ("JPN", "AUS", "GBR", "SWE")
    ]
    store = build([*parties, *(agreement(*twin) for twin in TWINS)])
    found = {}
    for looked_for, read in looked_for_and_read(store, monkeypatch, 0.4):
        assert looked_for == read
        found |= {(pair.one.ref, pair.other.ref): pair.score for pair in looked_for}
    assert {("a", "b"), ("c", "d")} <= found.keys()


def test_words_that_many_have_lead_nowhere(build, monkeypatch):
    """They are left out whether all are read or one is asked for."""
    monkeypatch.setattr(identity, "COMMON", 1)
    store = build([agreement(f"r{number}", f"Agreement on wool {number}", [], "1990", []) for number in range(4)])
    with open_store(StoreLocation(store, named=True)) as reader:
        assert identity.pairs(reader, at_least=0.1) == []
        assert identity.pairs(reader, ["r1"], 0.1) == []


@pytest.mark.parametrize("number", [1, 200])
def test_records_are_read_all_only_where_many_are_asked_for(rich_store, monkeypatch, number):
    asked = []
    traits = identity.traits
    monkeypatch.setattr(identity, "traits", lambda reader, **some: asked.append(some) or traits(reader, **some))
    with open_store(StoreLocation(rich_store, named=True)) as reader:
        refs = [row[0] for row in reader.tuples("SELECT ref FROM agreements LIMIT :number", {"number": number})]
        identity.pairs(reader, refs)
    assert [bool(some) for some in asked] == ([True, True] if number == 1 else [False])
