"""What some parties do is not what all do: records that list one state, two of many, or nobody else."""

import pytest

from tracker.law.life import lifecycle


def event(kind, date, *parties):
    return {"kind": kind, "date": date, "effective_date": None, "parties": list(parties)}


def told(events, day, party="", *, parties=("ITA",), clause=None, joined=None):
    """Return the status on a day, with a question mark where it is not certain."""
    terms = {"entry_into_force": clause, "duration": None, "notices": [], "survival": None}
    around = lifecycle.Around(joined=joined)
    events = [{**one, "id": f"e{number}"} for number, one in enumerate(events, 1)]
    spans = lifecycle.spans(events, binding_status="binding", parties=parties, terms=terms, around=around)
    held = lifecycle.standing(spans, day, party)
    return held.status if held.certain else f"{held.status}?"


ENTRY = event("entered_into_force", "1998-04-16")


def test_who_alone_is_listed_is_in_force_with_the_whole_and_leaves_alone():
    events = [event("ratified", "1997-12-05", "ITA"), ENTRY, event("withdrawn", "2016-01-01", "ITA")]
    assert [told(events, day, "ITA") for day in ("1998-04-15", "1998-04-16", "2015-12-31", "2016-01-01")] == [
        "consented",
        "in_force",
        "in_force",
        "withdrawn",
    ]
    assert [told(events, day) for day in ("2015-12-31", "2016-01-01")] == ["in_force", "terminated?"]


def test_who_alone_is_listed_and_ratified_after_the_entry_was_no_founder():
    events = [ENTRY, event("ratified", "1999-12-05", "ITA")]
    assert [told(events, day, "ITA") for day in ("1999-12-04", "2001-01-01")] == ["listed", "in_force?"]


def test_those_who_acted_together_and_are_all_that_is_listed_are_no_late_comers():
    events = [event("ratified", "1997-12-05", "ITA", "FRA", "DEU"), ENTRY, event("withdrawn", "2016-01-01", "ITA")]
    parties = ("ITA", "FRA", "DEU")
    assert told(events, "2000-01-01", "ITA", parties=parties) == "in_force"
    assert told(events, "2016-01-01", "ITA", parties=parties) == "withdrawn"
    assert told(events, "2016-01-01", parties=parties) == "in_force"


def test_a_suspension_by_all_that_are_listed_is_possibly_that_of_the_whole():
    events = [ENTRY, event("suspended", "2007-01-01", "ITA"), event("resumed", "2010-01-01", "ITA")]
    days = ("2006-12-31", "2007-01-01", "2010-01-01")
    assert [told(events, day) for day in days] == ["in_force", "suspended?", "in_force"]
    assert [told(events, day, "ITA") for day in days] == ["in_force", "suspended", "in_force"]


def test_the_withdrawal_of_all_that_are_listed_is_possibly_the_end_and_a_return_lifts_the_doubt():
    parties = ("ITA", "FRA", "DEU")
    left = event("withdrawn", "2016-01-01", *parties)
    events = [ENTRY, left, event("acceded", "2018-01-01", "FRA"), event("entered_into_force", "2018-02-01", "FRA")]
    assert told(events, "2016-01-01", parties=parties) == "terminated?"
    assert told(events, "2018-02-01", parties=parties) == "in_force"
    number = {"condition": "nth_instrument", "number": 30}
    assert told([ENTRY, left], "2016-01-01", parties=parties, clause=number) == "in_force"


def test_a_recorded_entry_of_its_own_that_is_later_makes_no_founder():
    events = [ENTRY, event("entered_into_force", "2005-05-06", "DEU")]
    parties = ("ITA", "FRA", "DEU")
    assert told(events, "2005-05-05", "DEU", parties=parties) != "in_force"
    assert told(events, "2005-05-06", "DEU", parties=parties) == "in_force"
    assert told(events, "2005-05-05", "FRA", parties=parties) == "in_force"


@pytest.mark.parametrize(
    ("joined", "answers"),
    [
        ({"FRA": "1990-01-01"}, ["in_force", "in_force"]),
        ({"FRA": "2004-01-01"}, ["in_force?", "in_force"]),
        ({}, ["in_force?", "in_force?"]),
        (None, ["in_force", "in_force"]),
    ],
)
def test_an_entry_is_in_doubt_for_who_is_no_party_to_what_it_depends_on(joined, answers):
    parties = ("ITA", "FRA", "DEU")
    clause = {"condition": "nth_instrument", "number": 3, "late_rule": "silent"}
    events = [event("ratified", "1997-12-05", code) for code in parties] + [ENTRY]
    given = None if joined is None else {"ITA": "1990-01-01", "DEU": "1990-01-01", **joined}
    found = [
        told(events, day, "FRA", parties=parties, clause=clause, joined=given) for day in ("2000-01-01", "2005-01-01")
    ]
    assert found[1] == answers[1]
    assert found[0] in (answers[0], "consented?" if answers[0].endswith("?") else answers[0])
    assert told(events, "2000-01-01", "ITA", parties=parties, clause=clause, joined=given) == "in_force"


def test_an_entry_that_is_recorded_for_the_party_itself_stands():
    events = [ENTRY, event("ratified", "1999-01-01", "FRA"), event("entered_into_force", "1999-02-01", "FRA")]
    assert told(events, "2000-01-01", "FRA", parties=("ITA", "FRA", "DEU"), joined={"ITA": "1990-01-01"}) == "in_force"
