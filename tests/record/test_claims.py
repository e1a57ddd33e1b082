"""Claims on derived dates: which event bears one, and what a claim on it is about."""

from tracker.record import claims
from tracker.record.document import complete


def record():
    acts = [("signed", []), ("ratified", ["JPN"]), ("entered_into_force", ["JPN"]), ("entered_into_force", [])]
    events = [
        {"id": f"e{number}", "kind": kind, "date": f"201{number}-01-01", "parties": parties}
        for number, (kind, parties) in enumerate(acts, 1)
    ]
    return complete({"title": "T", "parties": ["JPN", "KOR"], "events": events})


def test_a_derived_date_is_borne_by_the_event_of_its_kind_that_concerns_the_whole():
    assert claims.date_paths(record(), "signed") == ["events[e1].date"]
    assert claims.date_paths(record(), "in_force_from") == ["events[e4].date"]
    assert claims.date_paths(record(), "in_force_until") == []


def test_claims_on_the_same_date_come_together_by_its_event():
    assert claims.subject(record(), "in_force_from") == claims.subject(record(), "events[e4].date")
    assert claims.about(record(), "signed", "events[e1]")
    assert not claims.about(record(), "in_force_from", "events[e1]")
