"""Each conflict of the facts stands in its record as claims: every value with its sources, the losing ones too."""

import pytest
from samples_facts import facts, records, texts

CLAIMED = {
    "date_signed": "events[e1].date",
    "date": "events[e1].date",
    "in_force": "events[e2].date",
    "expires": "terms.duration.until",
    "title": "title_term",
    "official_title": "title",
    "instrument_type": "instrument_type",
    "existence of a SOSA": "families[sosa]",
    "occasion": "topic:occasion",
    "headquarters": "topic:headquarters",
    "signatory office (LaPlante)": "signatories[s1].office",
}
ADOPTED = {f"c{number}": 0 for number in (1, 2, 6, 7, 8, 9, 10, 11, 13, 14, 16, 17, 18, 19)} | {"c15": 1}
"""Conflicts that the facts resolve, with the value that won; the other five stay open."""
READ_AS = {
    "later than 2000 (editor's expectation: SOSAs came under Declarations of Principles)": "2001/..",
    "later than 2000 (same reasoning)": "2001/..",
    "Under Secretary of Defense (A&S)": "Under Secretary of Defense for Acquisition and Sustainment",
}
"""Values of claims that the field could not hold as they were written."""


def field_value(record, path):
    if path.startswith("events["):
        return record["events"][int(path[8]) - 1]["date"]
    if path.startswith("signatories["):
        return record["signatories"][int(path[13]) - 1]["office"]
    return record["terms"]["duration"]["until"] if path == "terms.duration.until" else record[path]


@pytest.mark.corpus
def test_conflicts_are_claims():
    claims = {ref: list(record["claims"]) for ref, record in records().items()}
    for conflict in facts()["conflicts"]:
        record, number, said = records()[conflict["record"]], conflict["id"], []
        for position, value in enumerate(conflict["values"]):
            claim = claims[conflict["record"]].pop(0)
            assert (claim["field"], claim["sources"]) == (CLAIMED[conflict["field"]], value["sources"])
            if claim["value"] != value["value"]:
                assert claim["note"] == f"written: {value['value']}"
                assert claim["value"] == READ_AS.get(value["value"], claim["value"])
                assert claim["value"] in {*READ_AS.values(), value["value"].split()[-1]}
            elif claim["field"] != "families[sosa]":
                assert claim["note"] == value.get("note")
            assert claim["adopted"] == (ADOPTED.get(number) == position), number
            assert claim["confidence"] == ("low" if value["sources"] == ["unsourced"] else None)
            if claim["adopted"] and not claim["field"].startswith("topic:"):
                assert field_value(record, claim["field"]) == claim["value"]
            decided = claim["adopted"] or number not in ADOPTED
            assert claim["reason"] in ({None, conflict["resolution"]} if decided else {None})
            said += [claim["reason"], claim["value"] if claim["adopted"] else None]
        assert (number in ADOPTED) == (conflict["resolution"] is not None and number != "c12")
        assert conflict["resolution"] in said or conflict["resolution"] is None, number
    assert not any(claims.values())
    assert {"c4", "c5", "c2", "c8"} >= {
        conflict["id"]
        for conflict in facts()["conflicts"]
        if any(
            f"written: {one['value']}" in texts(records()[conflict["record"]]["claims"]) for one in conflict["values"]
        )
    }
