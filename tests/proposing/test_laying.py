"""Proposed values laid over records: what is blank is filled, what is there stays, what differs is a claim."""

from typing import Any

import pytest

from tracker.proposing.basis.proposal import HIGH, MEDIUM, Passage, Value
from tracker.proposing.laying import lay
from tracker.proposing.sheet import AGREES, DIFFERS, FILLED, Basis
from tracker.record.document import blank

WORDS = Passage("the words", 0, 9)


def _basis(*, fills: bool = True, source: str | None = "text") -> Basis:
    return Basis(
        source,
        lambda passage: f"characters {passage.start} to {passage.end}",
        lambda name: {"id": name.lower().replace(" ", "-"), "name": name},
        lambda value: "text_clause" if value.confidence == HIGH else "press_report",
        "2023-01-18",
        fills,
    )


def _value(key: str, value: object, sure: str = MEDIUM) -> Value:
    return Value(key, value, WORDS, sure, "rule", "so it says")


def _record(**held: Any) -> dict[str, Any]:
    return blank("agreement") | {"ref": "r", "title": "Treaty on ropes"} | held


def _event(number: int, kind: str, date: str | None, **more: Any) -> dict[str, Any]:
    return blank("agreement.events") | {"id": f"e{number}", "kind": kind, "date": date} | more


def _met(record: dict[str, Any], *values: Value, fills: bool = True) -> list[tuple[str, str]]:
    return [(one.path, one.outcome) for one in lay(record, values, _basis(fills=fills), {"events": 4, "claims": 7})]


@pytest.mark.parametrize(("held", "outcome"), [("unknown", FILLED), ("treaty", AGREES), ("convention", DIFFERS)])
def test_a_field_is_filled_agrees_or_becomes_a_claim(held: str, outcome: str):
    record = _record(instrument_type=held)
    assert _met(record, _value("instrument_type", "treaty")) == [("instrument_type", outcome)]
    assert record["instrument_type"] == ("treaty" if held == "unknown" else held)
    (claim,) = record["claims"]
    assert (claim["id"], claim["value"], claim["adopted"]) == ("c8", "treaty", outcome != DIFFERS)
    assert (claim["note"], claim["locator"], claim["sources"]) == ("“the words”", "characters 0 to 9", ["text"])


def test_the_same_text_again_changes_nothing():
    values = [_value("instrument_type", "treaty"), _value("signed", "2020-01-02"), _value("binding_status", "binding")]
    record = _record()
    lay(record, values, _basis())
    before = repr(record)
    assert {one.outcome for one in lay(record, values, _basis())} == {AGREES}
    assert repr(record) == before


@pytest.mark.parametrize(
    ("events", "signed", "met", "dates"),
    [
        ([], ["2020-01-02"], [("events[e5].date", FILLED)], ["2020-01-02"]),
        ([], ["2020-01-02", "2020-03-04"], [("events[e5].date", FILLED), ("events[e6].date", FILLED)],
         ["2020-01-02", "2020-03-04"]),
        ([None], ["2020-01-02"], [("events[e1].date", FILLED)], ["2020-01-02"]),
        (["2020-01-02"], ["2020-01-02"], [("events[e1].date", AGREES)], ["2020-01-02"]),
        (["2020-01-02"], ["2020-01-02", "2020-03-04"], [("events[e1].date", AGREES), ("events[e5].date", FILLED)],
         ["2020-01-02", "2020-03-04"]),
        (["2020-01-02"], ["2020-01-03"], [("events[e1].date", DIFFERS)], ["2020-01-02"]),
        (["2020-01-02", "2020-03-04"], ["2020-01-03"], [("signed", DIFFERS)], ["2020-01-02", "2020-03-04"]),
    ],
)  # fmt: skip
def test_days_of_signature(events: list[str | None], signed: list[str], met: list[Any], dates: list[str]):
    record = _record(events=[_event(number, "signed", day) for number, day in enumerate(events, 1)])
    assert _met(record, *(_value("signed", day) for day in signed)) == met
    assert [event["date"] for event in record["events"]] == dates


def test_places_and_signatures_belong_to_the_act():
    record = _record()
    given = {"name": "Ann Example", "office": "Minister", "party": "JPN"}
    values = [_value("place", "Tokyo"), _value("signatories", given), _value("signed", "2020-01-02")]
    lay(record, [*values, _value("place", "London")], _basis())
    (event,) = record["events"]
    assert (event["date"], event["places"], event["sources"]) == ("2020-01-02", ["Tokyo", "London"], ["text"])
    (signatory,) = record["signatories"]
    assert (signatory["person"]["id"], signatory["event"], signatory["party"]) == ("ann-example", "e1", "JPN")
    assert [claim["value"] for claim in record["claims"] if claim["field"] == "events[e1].places"] == [
        ["Tokyo", "London"]
    ]


def test_a_third_party_of_two_is_a_claim_and_one_of_many_is_added():
    two = [blank("agreement.parties") | {"code": code} for code in ("JPN", "USA")]
    record = _record(parties=[*two])
    wanted = _value("parties", {"code": "AUS", "entity": None, "role": None})
    assert _met(record, wanted) == [("parties[AUS]", DIFFERS)]
    record = _record(parties=[*two, blank("agreement.parties") | {"code": "GBR"}])
    assert _met(record, wanted) == [("parties[AUS]", FILLED)]


def test_an_acting_entity_is_filled_in():
    record = _record(parties=[blank("agreement.parties") | {"code": "JPN"}])
    wanted = _value("parties", {"code": "JPN", "entity": "Ministry of Defense", "role": None})
    assert _met(record, wanted) == [("parties[JPN]", AGREES), ("parties[JPN].entity", FILLED)]


@pytest.mark.parametrize(("sure", "kind"), [(HIGH, "text_clause"), (MEDIUM, "press_report")])
def test_words_are_evidence_also_against_the_verdict(sure: str, kind: str):
    record = _record(binding_status="non_binding")
    assert _met(record, _value("binding_status", "binding", sure)) == [("binding_status", DIFFERS)]
    (evidence,) = record["evidence"]
    assert (evidence["kind"], evidence["supports"], evidence["text"]) == (kind, "binding", "“the words”")
    assert record["binding_status"] == "non_binding"


def test_clauses_meet_the_terms_field_by_field():
    record = _record()
    record["terms"]["duration"] = blank("agreement.terms.duration") | {"kind": "fixed_term", "period": "P3Y"}
    values = [
        _value("terms.duration", {"kind": "fixed_term", "period": "P5Y"}),
        _value("terms.notices", {"kind": "termination", "period": "P6M", "counted_from": "receipt"}),
        _value("terms.entry_into_force", {"condition": "last_notification", "parties": ["JPN"], "period": None}),
    ]
    assert _met(record, *values) == [
        ("terms.duration.kind", AGREES),
        ("terms.duration.period", DIFFERS),
        ("terms.notices[termination].kind", FILLED),
        ("terms.notices[termination].period", FILLED),
        ("terms.notices[termination].counted_from", FILLED),
        ("terms.entry_into_force.condition", FILLED),
        ("terms.entry_into_force.parties", FILLED),
    ]
    assert record["terms"]["duration"]["period"] == "P3Y"
    assert record["terms"]["notices"][0]["sources"] == ["text"]


def test_what_a_person_struck_out_stays_out():
    wanted = [
        _value("instrument_type", "treaty"),
        _value("signed", "2020-01-02"),
        _value("place", "Tokyo"),
        _value("focus_areas", "cyber"),
        _value("parties", {"code": "JPN", "entity": "Navy", "role": None}),
        _value("signatories", {"name": "Ann Example", "office": None, "party": "JPN"}),
        _value("relations", {"type": "updates", "target_title": "Old treaty"}),
        _value("terms.duration", {"kind": "indefinite"}),
        _value("terms.notices", {"kind": "termination"}),
        _value("binding_status", "binding"),
        _value("identifiers", {"scheme": "TIAS", "value": "1"}),
        _value("languages", "en"),
    ]
    record = _record()
    before = repr(record)
    assert _met(record, *wanted, fills=False) == []
    assert repr(record) == before


def test_open_lists_grow_and_a_relation_is_kept_once():
    record = _record(focus_areas=["cyber"])
    relation = _value("relations", {"type": "updates", "target_title": "Old treaty", "word": "updates"})
    values = [_value("focus_areas", "cyber"), _value("focus_areas", "space"), relation, relation]
    lay(record, values, _basis())
    assert record["focus_areas"] == ["cyber", "space"]
    assert [item["target_title"] for item in record["relations"]] == ["Old treaty"]


def test_a_title_of_the_record_under_another_name_is_no_other_title():
    record = _record(aliases=["Ropes treaty"])
    assert _met(record, _value("title", "ropes treaty")) == [("title", AGREES)]
    assert _met(record, _value("title", "Treaty")) == [("title", AGREES)]
    assert record["claims"] == []
