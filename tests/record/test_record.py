"""The shape of the record: keys in order, defaults, read-only keys."""

from tracker.record.document import KEYS, KINDS, blank, complete, strip_read_only


def test_a_blank_agreement_has_every_key_in_order_but_the_derived_ones():
    agreement = blank("agreement")
    assert tuple(agreement) == tuple(key for key in KEYS["agreement"] if key != "derived")
    assert agreement["binding_status"] == "not_assessed"
    assert agreement["terms"] == {"entry_into_force": None, "duration": None, "notices": [], "survival": None}


def test_blank_objects_share_nothing():
    first, second = blank("agreement"), blank("agreement")
    first["aliases"].append("x")
    first["terms"]["notices"].append({})
    assert second["aliases"] == []
    assert second["terms"]["notices"] == []


def test_every_kind_begins_with_its_name():
    for kind in KINDS:
        assert next(iter(blank(kind).items())) == ("record", kind)


def test_completing_fills_inner_objects_and_keeps_what_it_does_not_know():
    document = {
        "record": "agreement",
        "sources": [{"source": {"title": "T"}, "title": "T"}],
        "signatories": [{"person": {"name": "N"}}],
        "ref": "a",
        "terms": {"duration": {"period": "P5Y"}},
        "strange": 1,
        "events": [{"date": "2023", "kind": "signed"}],
    }
    whole = complete(document)
    assert list(whole["events"][0]) == list(KEYS["agreement.events"])
    assert whole["terms"]["duration"]["kind"] == "unknown"
    assert list(whole["sources"][0]) == ["source", "locator", "title"]
    assert list(whole["sources"][0]["source"]) == list(KEYS["source"])
    assert list(whole["signatories"][0]["person"]) == list(KEYS["person"])
    assert list(whole)[-1] == "strange"
    assert complete(whole) == whole
    assert document["sources"][0]["source"] == {"title": "T"}


def test_export_leaves_out_what_is_only_printed():
    printed = {
        "record": "agreement",
        "parties": [{"code": "JPN", "name": "Japan", "entity": None, "role": None}],
        "signatories": [{"id": "s1", "name": "N"}],
        "sources": [{"source": "a", "locator": None, "title": "T", "url": None}],
        "derived": {},
    }
    assert strip_read_only(printed) == {
        "record": "agreement",
        "parties": [{"code": "JPN", "entity": None, "role": None}],
        "signatories": [{"id": "s1"}],
        "sources": [{"source": "a", "locator": None}],
    }
    assert printed["parties"][0]["name"] == "Japan"
    assert strip_read_only({"record": "person", "name": "N"}) == {"record": "person", "name": "N"}
