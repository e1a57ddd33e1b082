"""Records as reads print them."""

import json

import pytest
from read_register import MOU, OBJECTS, SOSA, YEAR

from tracker.errors import StoreDamaged
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records.agreements import APART, OF_WHOLE, assemble, record, records
from tracker.record.document import KEYS, complete

DAY = "2024-01-01"


def test_the_example_of_the_specification(reader):
    """Names, titles, addresses and what is derived stand where the record's specification prints them."""
    shown = record(reader, "us-jp-sosa-2023", DAY)
    assert list(shown) == list(KEYS["agreement"])
    assert shown["parties"][0] == {
        "code": "USA",
        "name": "United States of America",
        "entity": "Department of Defense",
        "role": None,
    }
    assert json.dumps(shown["signatories"][1]) == json.dumps(
        {
            "id": "s2",
            "person": "hamada-yasukazu",
            "name": "Hamada Yasukazu",
            "office": "Minister of Defense",
            "level": "minister",
            "party": "JPN",
            "event": "e1",
            "verified": None,
            "note": None,
            "sources": [],
        }
    )
    assert shown["sources"] == [
        {
            "source": "pacom-2023-01-18",
            "locator": None,
            "title": "DOD, Japan MOD Sign",
            "url": "https://www.pacom.mil/x",
        }
    ]
    day = {"edtf": "2023-01-12", "earliest": "2023-01-12", "latest": "2023-01-12"}
    assert shown["derived"] == {
        "as_of": DAY,
        "known_at": None,
        "revision": 17,
        "status": "signed",
        "status_certain": True,
        "flags": [],
        "signed": day,
        "concluded": day,
        "in_force_from": None,
        "in_force_until": None,
        "laterality": "bilateral",
        "party_status": [
            {"code": "USA", "status": "signatory", "from": None, "until": None},
            {"code": "JPN", "status": "signatory", "from": None, "until": None},
        ],
        "inverse_relations": [],
        "match": None,
    }
    assert list(shown["derived"]) == list(KEYS["agreement.derived"])


def test_reading_gives_back_what_was_stored(reader):
    """Every key of a full document comes back with its value, in its order."""
    for document in (SOSA, MOU, YEAR):
        shown = record(reader, document["ref"], DAY)
        shown.pop("derived")
        for item in shown["parties"] + shown["signatories"]:
            item.pop("name")
        for item in shown["sources"]:
            item.pop("title"), item.pop("url")
        assert json.dumps(shown) == json.dumps(complete(document))


def test_relations_seen_from_the_other_end(reader):
    """A superseded text says by what; a symmetric relation is seen from the end that does not hold it."""
    assert record(reader, "us-jp-rdte-mou-1990", DAY)["derived"]["inverse_relations"] == [
        {"type": "superseded_by", "source_ref": "us-jp-rdte-mou-2023"}
    ]
    assert record(reader, "us-jp-rdte-mou-2023", DAY)["derived"]["inverse_relations"] == [
        {"type": "signed_together_with", "source_ref": "us-jp-sosa-2023"}
    ]


def test_a_symmetric_relation_that_both_hold_is_not_repeated(build):
    both = {**MOU, "relations": [{"type": "signed_together_with", "target": SOSA["ref"]}]}
    with open_store(StoreLocation(build([*OBJECTS, SOSA, both]), named=True)) as reader:
        assert record(reader, SOSA["ref"], DAY)["derived"]["inverse_relations"] == []


def test_parts_leave_other_tables_alone(reader):
    """A table of three columns reads what it shows."""
    selection = Selection(Filters(as_of=DAY), Ordering(limit=1))
    assert list(records(reader, selection, DAY, parts={"title", "parties"})) == [
        {
            "record": "agreement",
            "ref": "gb-jp-note-2020",
            "title": YEAR["title"],
            "parties": [
                {"code": "GBR", "name": "United Kingdom", "entity": None, "role": None},
                {"code": "JPN", "name": "Japan", "entity": None, "role": None},
            ],
        }
    ]


def test_what_is_derived_of_the_whole_is_the_same_without_the_parties(reader):
    selection = Selection(Filters(as_of=DAY))
    lean = list(records(reader, selection, DAY, parts={OF_WHOLE}))
    whole = list(records(reader, selection, DAY))
    assert [one.keys() for one in lean] == [{"record", "ref", "derived"}] * len(whole)
    assert [one["derived"] for one in lean] == [
        {key: value for key, value in one["derived"].items() if key not in APART} for one in whole
    ]


def test_what_is_derived_comes_where_it_is_asked_for(reader):
    selection = Selection(Filters(as_of=DAY))
    whole = {one["ref"]: one for one in records(reader, selection, DAY)}
    some = list(records(reader, selection, DAY, is_derived=lambda document: document["ref"] == "gb-jp-note-2020"))
    assert [one["ref"] for one in some if "derived" in one] == ["gb-jp-note-2020"]
    assert all(one == {key: whole[one["ref"]][key] for key in one} for one in some)


def test_force_has_a_beginning_and_an_end(reader):
    derived = record(reader, "us-jp-rdte-mou-2023", DAY)["derived"]
    assert (derived["status"], derived["in_force_from"]["edtf"]) == ("in_force", "2023-01")
    assert derived["in_force_until"]["edtf"] == "2038-01-11"
    assert derived["flags"] == []


def test_a_row_that_an_index_leads_to_and_that_is_not_there_is_told_as_damage(reader):
    with pytest.raises(StoreDamaged, match="leads to the agreement of number 999999, which is not there; look at it"):
        assemble(reader, [(999_999, 1)], as_of=DAY)
