"""Who stands in whose place: a party that ceased to exist and its successor are one side of an agreement of two."""

import pytest

from tracker.law.life import lifecycle
from tracker.law.life.entry import Case, assess
from tracker.law.parties import is_bilateral
from tracker.law.successors import Lifetime

LIVES = {
    "SUN": Lifetime("1922-12-30", "1991-12-26", ("RUS", "UKR")),
    "CSK": Lifetime("1918-10-28", "1992-12-31", ("CZE", "SVK")),
    "CZE": Lifetime("1993-01-01"),
    "DDR": Lifetime("1949-10-07", "1990-10-02", ("DEU",)),
    "former-x": Lifetime(None, "2000-06-30"),
}


def event(kind, date, *parties, effective=None):
    return {"kind": kind, "date": date, "effective_date": effective, "parties": list(parties)}


def numbered(events):
    return [{**one, "id": f"e{number}"} for number, one in enumerate(events, 1)]


def told(events, parties, day, party=""):
    """Return the status on a day, with a question mark where it is not certain."""
    terms = {"entry_into_force": None, "duration": None, "notices": [], "survival": None}
    around = lifecycle.Around(existence=LIVES)
    spans = lifecycle.spans(numbered(events), binding_status="binding", parties=parties, terms=terms, around=around)
    held = lifecycle.standing(spans, day, party)
    return held.status if held.certain else f"{held.status}?"


ENTRY = event("entered_into_force", "1988-06-01")


@pytest.mark.parametrize(
    ("parties", "answer"),
    [
        (("USA", "SUN", "RUS"), True),
        (("SUN", "RUS"), None),
        (("USA", "SUN", "RUS", "UKR"), None),
        (("USA", "SUN", "FRA"), False),
        (("USA", "SUN", "RUS", "FRA"), False),
        (("USA", "RUS"), True),
    ],
)
def test_a_state_and_its_only_successor_are_one_side(parties, answer):
    assert is_bilateral(parties, None, [ENTRY], LIVES) is answer


def test_a_successor_that_the_register_does_not_know_is_shown_by_its_act():
    events = [ENTRY, event("succeeded", "2001-01-01", "HRV", effective="2000-07-15")]
    parties = ("USA", "former-x", "HRV")
    assert is_bilateral(parties, None, events, LIVES) is True
    assert is_bilateral(parties, None, [ENTRY], LIVES) is False
    assert [told(events, parties, day, "HRV") for day in ("2000-07-14", "2000-07-15")] == ["listed", "in_force"]


def test_what_a_successor_ratifies_its_predecessor_had_signed():
    """The boundary of 1991 between China and the Soviet Union, in force with the Russian Federation."""
    events = [
        event("signed", "1991-05-16", "CHN", "SUN"),
        event("ratified", "1992-02-13", "RUS"),
        event("ratified", "1992-02-25", "CHN"),
        event("entered_into_force", "1992-03-16"),
    ]
    parties = ("CHN", "SUN", "RUS")
    assert [told(events, parties, day) for day in ("1991-05-16", "1992-02-25", "1992-03-16")] == [
        "signed",
        "awaiting_entry",
        "in_force",
    ]
    found = [told(events, parties, day, "RUS") for day in ("1991-12-26", "1991-12-27", "1992-02-13", "1992-03-16")]
    assert found == ["listed", "signatory", "consented", "in_force"]
    assert [told(events, parties, day, "SUN") for day in ("1991-12-26", "1991-12-27", "1992-03-16")] == [
        "signatory",
        "listed",
        "listed",
    ]
    case = Case(numbered(events), parties, {"condition": "exchange_of_ratifications"}, "2020-01-01", existence=LIVES)
    entries = {entry.party: entry for entry in assess(case).parties}
    assert (entries["SUN"].how, entries["SUN"].computed) == ("extinct", None)
    assert (entries["RUS"].how, entries["RUS"].computed.edtf) == ("succession", "1992-03-16")


def test_what_one_side_does_after_the_succession_it_does_to_the_whole():
    events = [ENTRY, event("denounced", "2019-08-02", "RUS")]
    parties = ("USA", "SUN", "RUS")
    assert [told(events, parties, day) for day in ("2019-08-01", "2019-08-02")] == ["in_force", "terminated"]
    assert told(events, parties, "2019-08-02", "RUS") == "withdrawn"
    assert told(events, parties, "2019-08-02", "USA") == "listed"


def test_of_several_successors_none_acts_for_the_side():
    events = [ENTRY, event("denounced", "2019-08-02", "UKR")]
    assert told(events, ("USA", "SUN", "RUS", "UKR"), "2019-08-02").endswith("?")


def test_of_many_a_successor_without_an_act_may_stand_in_the_place_of_its_predecessor():
    events = [event("signed", "1963-08-05", "USA", "GBR", "SUN"), event("entered_into_force", "1963-10-10")]
    parties = ("USA", "GBR", "SUN", "RUS")
    found = [told(events, parties, day, "RUS") for day in ("1991-12-26", "1991-12-27")]
    assert found[1] in ("in_force", "in_force?")
    late = [*events, event("acceded", "1995-01-01", "RUS"), event("entered_into_force", "1995-02-01", "RUS")]
    assert [told(late, parties, day, "RUS") for day in ("1994-12-31", "1995-02-01")] == ["listed", "in_force"]


def test_who_did_not_exist_yet_was_no_party():
    events = [event("signed", "1991-10-22", "USA", "CSK"), event("entered_into_force", "1992-12-19")]
    for parties in (("USA", "CZE"), ("USA", "CSK", "CZE"), ("USA", "CSK", "CZE", "SVK"), ("USA", "FRA", "CZE")):
        assert told(events, parties, "1992-12-31", "CZE") == "listed"
    assert told(events, ("USA", "CZE"), "1993-01-01", "CZE") == "in_force"


def test_what_a_party_did_before_its_first_day_is_told_as_recorded():
    events = [event("ratified", "1992-10-01", "CZE"), event("entered_into_force", "1992-12-19")]
    assert told(events, ("USA", "FRA", "CZE"), "1992-12-20", "CZE").startswith("in_force")


BORDER = [event("signed", "1950-07-06", "DDR", "POL"), event("entered_into_force", "1950-11-28")]
"""The treaty of Zgorzelec on the Polish-German border."""
UNITY = ("1990-10-02", "1990-10-03", "1995-01-01", "2020-01-01")


@pytest.mark.parametrize(
    ("parties", "later", "answers"),
    [
        (("DDR", "POL"), None, "in_force in_force? in_force? in_force?"),
        (("DDR",), None, "in_force in_force? in_force? in_force?"),
        (("DDR", "POL", "DEU"), None, "in_force in_force in_force in_force"),
        (("DDR", "POL"), event("terminated", "1995-01-01"), "in_force in_force terminated terminated"),
        (("DDR", "POL"), event("lapsed", "1990-10-03"), "in_force expired expired expired"),
        (("DDR", "POL"), event("expired", "1985-01-01"), "expired expired expired expired"),
        (("DDR", "POL"), event("amended", "1995-01-01"), "in_force in_force in_force in_force"),
        (("DDR", "POL"), event("registered", "1995-01-01"), "in_force in_force? in_force? in_force?"),
        (("DDR", "SUN"), None, "in_force in_force? in_force? in_force?"),
        (("DDR", "POL", "CSK"), None, "in_force in_force in_force in_force"),
        (("DDR", "SUN", "CSK"), None, "in_force in_force in_force? in_force?"),
    ],
)
def test_what_a_side_that_nobody_replaces_leaves_is_open_unless_an_act_tells(parties, later, answers):
    events = [*BORDER, later] if later else BORDER
    assert [told(events, parties, day) for day in UNITY] == answers.split()


def test_the_side_that_is_left_is_in_doubt_with_the_whole_and_the_other_is_none():
    assert [told(BORDER, ("DDR", "POL"), day, "POL") for day in UNITY[:3]] == ["in_force", "in_force?", "in_force?"]
    assert [told(BORDER, ("DDR", "POL"), day, "DDR") for day in UNITY[:2]] == ["in_force", "listed"]


def test_what_was_only_signed_stays_signed_when_a_side_is_gone():
    assert told(BORDER[:1], ("DDR", "POL"), "1995-01-01") == "signed"
