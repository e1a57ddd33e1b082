"""What is its keeper's own is taken out of a record, wherever it stands, and nothing else."""

from collections import Counter

import pytest
from declared_values import flat, made, places, reached

from tracker.record import shapes
from tracker.record.private import PARTS, Kept, public

PLACES = list(places())
PRIVATE = [place for place in PLACES if place.field.private not in ("", "files")]
WHOLE = {kind: {**made(shape), "record": kind} for kind, shape in shapes.OBJECTS.items()}
WHOLE["agreement"]["origin"] = {"set": "ieadb", "key": "4711", "file": "treaties.csv", "row": 12}
LOCAL = ("file:///home/me/scan.pdf", "FILE:/x", "/home/me/scan.pdf", "~/scan.pdf", "../scan.pdf", "C:\\scans\\a.pdf")


def test_every_remark_of_the_declaration_is_private():
    for place in PLACES:
        assert (place.field.key in ("note", "notes")) == (place.field.private == "notes"), place
    assert {field.private for shape in shapes.at().values() for field in shape.fields} - {""} == set(PARTS)


@pytest.mark.parametrize("place", PRIVATE, ids=lambda place: f"{place.address}.{place.field.key}")
def test_a_private_field_is_gone_and_is_there_where_it_is_asked_for(place):
    whole = WHOLE[place.kind]
    assert flat(reached(whole, place.keys)), "the example of the declaration says something"
    assert not [one for one in flat(reached(public(whole), place.keys)) if one not in (None, [], {})]
    kept = public(whole, Kept(frozenset({place.field.private})))
    assert reached(kept, place.keys) == reached(whole, place.keys)


def test_all_else_stays_and_the_record_itself_is_not_changed():
    for whole in WHOLE.values():
        before = repr(whole)
        shown = public(whole)
        assert list(shown) == list(whole)
        assert public(whole, Kept(frozenset(PARTS))) == whole
        assert repr(whole) == before


@pytest.mark.parametrize("address", LOCAL)
def test_addresses_on_this_machine_are_private_those_of_the_web_are_not(address):
    source = {**WHOLE["source"], "url": address, "archive_url": "https://example.org/file:/x"}
    assert public(source)["url"] is None
    assert public(source)["archive_url"] == "https://example.org/file:/x"
    assert public(source, Kept(frozenset({"files"})))["url"] == address


def claim(path):
    return {**WHOLE["agreement"]["claims"][0], "field": path, "note": None}


@pytest.mark.parametrize(
    ("path", "is_private"),
    [
        ("title", False),
        ("notes", True),
        ("extra.owner", True),
        ("events[e1].note", True),
        ("topic:headquarters", False),
    ],
)
def test_a_claim_about_what_is_private_is_private(path, is_private):
    record = {**WHOLE["agreement"], "claims": [claim(path)]}
    assert bool(public(record)["claims"]) == (not is_private)


def test_what_is_left_out_is_counted_by_its_name():
    record = {
        "record": "agreement",
        "notes": ["a", "b"],
        "extra": {"owner": "me", "desk": 3},
        "claims": [claim("x.owner")],
    }
    left_out = Counter()
    shown = public(record, Kept(names=frozenset({"desk"})), left_out)
    assert left_out == {"notes": 2, "x.owner": 2}
    assert shown["extra"] == {"desk": 3}
