"""What the register accepts as a record, what it makes of it, and what it says where it refuses."""

import contextlib
import copy
import json

import pytest
from example_record import AGREEMENT, FAMILY, OBJECTS, PARTY, PERSON, SOURCE
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import InvalidRecord
from tracker.record.document import KEYS, blank, strip_read_only
from tracker.store.validation.models import validate

MINIMAL = {"ref": "a-1", "title": "T"}


def problems(document, kind=None):
    with pytest.raises(InvalidRecord) as caught:
        validate(document, "file.json", kind)
    assert "\n" not in str(caught.value)
    return dict(caught.value.problems)


def changed(**values):
    return {**copy.deepcopy(AGREEMENT), **values}


@pytest.mark.parametrize("document", OBJECTS, ids=lambda document: document["record"])
def test_a_printed_object_comes_back_as_export_writes_it_key_by_key(document):
    before = json.dumps(document)
    kept = validate(document, "x")
    assert json.dumps(kept) == json.dumps(strip_read_only(document))
    assert json.dumps(document) == before
    assert validate(kept, "x") == kept


def test_a_missing_key_means_its_default_everywhere():
    kept = validate(MINIMAL, "x")
    assert kept == {**blank("agreement"), **MINIMAL}
    assert list(kept) == list(blank("agreement"))
    inner = validate({**MINIMAL, "events": [{"kind": "signed"}], "terms": {"duration": {}}}, "x")
    assert inner["events"] == [{**blank("agreement.events"), "kind": "signed"}]
    assert inner["terms"]["duration"] == blank("agreement.terms.duration")
    kept["terms"]["notices"].append("x")
    assert validate(MINIMAL, "x")["terms"]["notices"] == []


def test_objects_are_told_apart_by_their_kind():
    assert validate({"name": "N"}, "x", "person") == {**blank("person"), "id": "n", "name": "N"}
    assert problems({"record": "agrement"}).keys() == {"record"}
    assert problems(PERSON, "source").keys() == {"record"}
    assert problems([]).keys() == {""}


@pytest.mark.parametrize(
    ("document", "path", "said"),
    [
        ({**MINIMAL, "titel": "x"}, "titel", "did you mean title"),
        ({**MINIMAL, "events": [{"id": "e1", "kind": "signed", "dat": "2020"}]}, "events[e1].dat", "did you mean date"),
        ({**MINIMAL, "events": [{"kind": "sined"}]}, "events[0].kind", "did you mean signed"),
        ({**MINIMAL, "events": [{"id": "e1", "kind": "signed", "date": "2020-13"}]}, "events[e1].date", "month"),
        ({**MINIMAL, "events": [{"id": "x1", "kind": "signed"}]}, "events[0].id", "such as e1"),
        ({**MINIMAL, "parties": [{"code": "JPN", "role": "guest"}]}, "parties[JPN].role", "expected"),
        ({**MINIMAL, "parties": [{"code": "Japan"}]}, "parties[0].code", "alpha-3"),
        ({**MINIMAL, "title": 5}, "title", "expected text, found 5"),
        ({**MINIMAL, "title": True}, "title", "expected text, found true"),
        ({**MINIMAL, "title": " "}, "title", "is empty"),
        ({"ref": "a-1"}, "title", "is missing"),
        ({**MINIMAL, "ref": "a_1"}, "ref", "hyphens"),
        ({**MINIMAL, "notes": "x"}, "notes", "expected a list, found 'x'"),
        ({**MINIMAL, "notes": ["x", None]}, "notes[1]", "expected text, found null"),
        ({**MINIMAL, "notes": ["a\x00b"]}, "notes[0]", "NUL"),
        ({**MINIMAL, "notes": ["a\ud800b"]}, "notes[0]", "surrogate"),
        ({**MINIMAL, "notes": ["a" * 100_001]}, "notes[0]", "at most 100000 characters"),
        ({**MINIMAL, "extra": {"a": 1.5}}, "extra.a", "decimals"),
        ({**MINIMAL, "extra": {"a": None}}, "extra.a", "expected text"),
        ({**MINIMAL, "extra": {"a": {}}}, "extra.a", "expected text"),
        ({**MINIMAL, "extra": {"a": 2**63}}, "extra.a", "64 bits"),
        ({**MINIMAL, "titles": {"x y": "T"}}, "titles[x y]", "language tag"),
        ({**MINIMAL, "titles": {"english": "T"}}, "titles[english]", "'english': expected a language tag of two or"),
        ({**MINIMAL, "languages": ["en", "english"]}, "languages[1]", "such as en, ja or zh-Hant"),
        ({**MINIMAL, "terms": {"duration": {"period": "5 years"}}}, "terms.duration.period", "P5Y"),
        ({**MINIMAL, "terms": {"entry_into_force": {"number": True}}}, "terms.entry_into_force.number", "whole"),
        ({**MINIMAL, "families": [{"family": "sosa", "sources": ["A b"]}]}, "families[sosa].sources[0]", "lower-case"),
        ({**MINIMAL, "families": [{"family": {"name": 1}}]}, "families[0].family.name", "expected text"),
        ({**MINIMAL, "sources": [{"source": {"title": "T", "kind": "news", "kn": 1}}]}, "sources[0].source.kn", "key"),
        ({**MINIMAL, "binding_views": [{"value": "binding"}]}, "binding_views[0]", "party or authority"),
        ({**MINIMAL, "binding_views": [{"party": "JPN", "value": "binding", "evidence": ["v9"]}]},
         "binding_views[0].evidence", "no evidence v9"),
        ({**MINIMAL, "signatories": [{"id": "s1", "person": "a", "event": "e1"}]}, "signatories[s1].event", "no event"),
        ({**MINIMAL, "parties": [{"code": "JPN"}, {"code": "JPN"}]}, "parties[1]", "twice"),
        ({**MINIMAL, "events": [{"id": "e1", "kind": "signed"}, {"id": "e1", "kind": "issued"}]}, "events[1]", "twice"),
        ({**MINIMAL, "relations": [{"type": "amends", "target": "A-1"}]}, "relations[0].target", "itself"),
        ({**MINIMAL, "relations": [{"type": "amends"}]}, "relations[0]", "target, or target_title"),
        ({**MINIMAL, "relations": [{"type": "amended_by"}]}, "relations[0].target", "other record"),
        ({**MINIMAL, "relations": [{"type": "amnds", "target": "b"}]}, "relations[0].type", "did you mean amends"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_path_with_what_was_expected(document, path, said):
    found = problems(document)
    assert found.keys() == {path}
    assert said in found[path]


def test_all_faults_are_told_at_once():
    assert problems({"titel": 1, "notes": 3}).keys() == {"ref", "title", "titel", "notes"}


def test_refs_are_folded_and_dates_made_canonical():
    kept = validate({**MINIMAL, "ref": "US-JP", "relations": [{"type": "updated_by", "target": "A-B"}],
                     "events": [{"kind": "signed", "date": "[2020-01-01..2020-02-01]"}]}, "x")  # fmt: skip
    assert kept["ref"] == "us-jp"
    assert kept["relations"][0]["target"] == "a-b"
    assert kept["relations"][0]["type"] == "updated_by"
    assert kept["events"][0]["date"] == "2020-01-01/2020-02-01"


def test_sets_are_sorted_and_lists_keep_their_order():
    kept = validate(
        {
            **MINIMAL,
            "focus_areas": ["space", "cyber", "space"],
            "languages": ["ja", "en"],
            "identifiers": [{"scheme": "UST", "value": "2"}, {"scheme": "TIAS", "value": "9"}],
            "families": [{"family": "sosa"}, {"family": {"name": "Acsa"}}],
            "aliases": ["b", "a"],
            "parties": [{"code": "USA"}, {"code": "JPN"}],
        },
        "x",
    )
    assert kept["focus_areas"] == ["cyber", "space"]
    assert kept["languages"] == ["en", "ja"]
    assert [item["scheme"] for item in kept["identifiers"]] == ["TIAS", "UST"]
    assert kept["families"][0]["family"]["id"] == "acsa"
    assert kept["aliases"] == ["b", "a"]
    assert [item["code"] for item in kept["parties"]] == ["USA", "JPN"]


def test_objects_in_place_stay_there_complete_and_get_ids_from_their_names():
    source = {"title": "On Supply", "kind": "news"}
    kept = validate(
        {
            **MINIMAL,
            "signatories": [{"person": {"name": "Lloyd J. Austin III"}, "sources": [source]}],
            "families": [{"family": {**FAMILY, "sources": [source]}}],
            "sources": [{"source": source}],
            "events": [{"kind": "signed", "sources": ["b", source]}],
        },
        "x",
    )
    whole = {**blank("source"), **source, "id": "on-supply"}
    assert kept["signatories"][0]["person"] == {
        **blank("person"),
        "id": "lloyd-j-austin-iii",
        "name": "Lloyd J. Austin III",
    }
    assert kept["signatories"][0]["sources"] == [whole]
    assert kept["families"][0]["family"]["sources"] == [whole]
    assert kept["sources"] == [{"source": whole, "locator": None}]
    assert list(kept["sources"][0]["source"]) == list(KEYS["source"])
    assert kept["events"][0]["sources"] == ["b", whole]
    assert kept["signatories"][0]["id"] is None
    assert "id" in problems({**PERSON, "id": None, "name": "岸田"})


def test_the_file_of_an_origin_is_a_bare_name():
    kept = validate({**MINIMAL, "origin": {"file": "/home/a/b.csv", "row": 3}}, "x")
    assert kept["origin"] == {"set": None, "key": None, "file": "b.csv", "row": 3}


def claim(**values):
    return {**AGREEMENT["claims"][0], **values}


@pytest.mark.parametrize(
    "values",
    [
        {"field": "title_term", "value": "Agreement", "adopted": False},
        {"field": "signed", "value": "2021-03-01"},
        {"field": "status", "value": "expired", "adopted": False},
        {"field": "topic:headquarters", "value": "Oslo"},
        {"field": "families[other]", "value": True, "adopted": False},
        {"field": "families[sosa]", "value": True},
        {"field": "focus_areas", "value": ["supply_chain", "defence_industry"]},
        {"field": "expires", "value": "2026-03"},
        {"field": "extra.count", "value": 3},
        {"field": "confidence", "value": {"deep": [None, 1, True]}, "adopted": False},
    ],
)
def test_claims_that_fit_the_record_are_taken(values):
    assert validate(changed(claims=[claim(**values)]), "x")["claims"][0]["field"] == values["field"]


@pytest.mark.parametrize(
    ("values", "path", "said"),
    [
        ({"value": "Agreement"}, "claims[c1].value", "title_term is 'Arrangement'"),
        ({"field": "titel"}, "claims[c1].field", "did you mean title"),
        ({"field": "events[e7].date"}, "claims[c1].field", "no events[e7]"),
        ({"field": "derived.revision"}, "claims[c1].field", "no field"),
        ({"field": "signed", "value": "1999"}, "claims[c1].value", "no event bears"),
        ({"field": "extra.done", "value": 0}, "claims[c1].value", "adopted"),
        ({"value": 1.5}, "claims[c1].value", "decimals"),
        ({"value": 2**64, "adopted": False}, "claims[c1].value", "64 bits"),
        ({"value": ["a\x00"], "adopted": False}, "claims[c1].value", "NUL"),
        ({"value": {"\udfff": 1}, "adopted": False}, "claims[c1].value", "surrogate"),
        ({"value": [[[[[[[[[1]]]]]]]]], "adopted": False}, "claims[c1].value", "deeper"),
    ],
)
def test_claims_that_do_not_fit_are_refused(values, path, said):
    found = problems(changed(claims=[claim(**values)]))
    assert found.keys() == {path}
    assert said in found[path]


def test_one_claim_at_most_is_adopted_per_field_however_it_is_written():
    claims = [
        claim(id="c1", field="expires", value="2026-03"),
        claim(id="c2", field="terms.duration.until", value="2026-03"),
    ]
    assert "adopted already" in problems(changed(claims=claims))["claims[c2].adopted"]


def test_parties_have_spells_of_membership():
    assert problems({**PARTY, "members": [{"code": "SWE", "from": "soon"}]}).keys() == {"members[SWE].from"}
    assert problems({**SOURCE, "kind": None}).keys() == {"kind"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@example("extra", {"\n": None})
@given(st.sampled_from(sorted(AGREEMENT)), JSON)
def test_any_json_under_any_key_is_taken_or_refused_with_a_path(key, value):
    kept = None
    with contextlib.suppress(InvalidRecord):
        kept = validate(changed(**{key: value}), "x")
    if kept is None:
        assert problems(changed(**{key: value}))
    else:
        assert validate(kept, "x") == kept
        json.dumps(kept, ensure_ascii=False).encode()


def test_a_key_with_a_line_break_is_told_in_one_line():
    with pytest.raises(InvalidRecord) as caught:
        validate(changed(extra={"\n": None}), "file.json")
    assert "\n" not in str(caught.value)
    assert r"extra.\n" in str(caught.value)
