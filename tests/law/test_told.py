"""What the answers of the law tell beside their words: why, by whom, and on what day."""

import pytest
from treaty_files import Treaty
from treaty_program import Program


def record(ref, *events, parties=("FRA", "DEU", "ITA"), **more):
    terms = {"entry_into_force": None, "duration": None, "notices": [], "survival": None, **more.pop("terms", {})}
    codes = [{"code": code} for code in parties]
    return {
        "record": "agreement", "ref": ref, "title": ref, "binding_status": "binding", "parties": codes,
        "events": [{"kind": kind, "date": date, "parties": list(who)} for kind, date, *who in events], "terms": terms,
        **more,
    }  # fmt: skip


CLAUSE = {"condition": "nth_instrument_plus_period", "number": 2, "period": "P2Y", "late_joiners": "P30D"}
RECORDS = [
    record("waiting", ("ratified", "2001-01-01", "FRA"), ("ratified", "2002-01-01", "DEU"),
           terms={"entry_into_force": CLAUSE}),
    record("whole", ("ratified", "2000-01-01", "FRA"), ("ratified", "2000-02-01", "DEU"),
           ("ratified", "2005-01-01", "ITA"), ("entered_into_force", "2001-01-01"),
           terms={"entry_into_force": {"condition": "nth_instrument", "number": 2, "late_rule": "silent"}}),
    record("part", ("ratified", "2002-01-01", "FRA", "DEU", "ITA", "ESP"), ("entered_into_force", "2002-01-01"),
           parties=("FRA", "DEU", "ITA", "ESP"),
           terms={"entry_into_force": {"condition": "nth_instrument", "number": 2, "late_rule": "silent"}},
           relations=[{"type": "supplements", "target": "whole", "dependent": True}]),
    record("left", ("signed", "2000-01-01"), ("entered_into_force", "2001-01-01"), ("withdrawn", "2010-01-01", "ITA")),
    record("windowed", ("ratified", "2000-01-01", "FRA", "DEU", "ITA"), ("entered_into_force", "2000-01-01"),
           ("notice_of_withdrawal_given", "2010-03-01", "ITA"), ("notice_of_withdrawal_given", "2012-03-01", "DEU"),
           terms={"entry_into_force": {"condition": "nth_instrument", "number": 2, "late_rule": "silent"},
                  "notices": [{"kind": "withdrawal", "period": "P1Y", "after_first_entry": "P10Y", "window": "P1Y",
                               "repeats": "P10Y"}]}),
    record("vacant", ("signed", "1950-07-06"), ("entered_into_force", "1950-11-28"), parties=("DDR", "POL"),
           terms={"duration": {"kind": "fixed_term", "period": "P60Y"}}),
    record("prolonged", ("signed", "2000-01-01"), ("entered_into_force", "2000-01-01"), ("extended", "2004-06-01"),
           parties=("FRA", "DEU"), terms={"duration": {"kind": "fixed_term", "period": "P5Y"}}),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory, blank_store_file):
    """Return the program over these records."""
    return Program(tmp_path_factory.mktemp("told"), Treaty("told", "", [], [], RECORDS, []), blank_store_file)


def held(told, ref, day, party=None):
    asked = ("--party", party) if party else ()
    scope = "party" if party else "instrument"
    return next(row for row in told.rows("status", ref, "--as-of", day, *asked) if row["scope"] == scope)


def test_a_status_that_is_computed_says_so_with_the_day(told, home):
    assert not told.refused
    assert "computed 2004-01-01, no entry is recorded" in held(told, "waiting", "2004-01-01")["because"]
    assert "computed 2004-01-01, no entry for it is recorded" in held(told, "waiting", "2005-01-01", "FRA")["because"]
    assert not any("computed" in line for line in held(told, "waiting", "2003-12-31")["because"])
    assert not any("computed" in line for line in held(told, "whole", "2003-12-31")["because"])
    assert (
        "computed 2004-01-01 by its terms" in told.run("status", "waiting", "--as-of", "2005-01-01", "-f", "table")[1]
    )


def test_who_never_joined_what_it_depends_on_is_in_doubt_and_found(told, home):
    answers = {day: held(told, "part", day, "ITA")["certain"] for day in ("2004-12-31", "2005-01-01")}
    assert answers == {"2004-12-31": False, "2005-01-01": True}
    assert held(told, "part", "2010-01-01", "ESP")["certain"] is False
    assert held(told, "part", "2010-01-01", "FRA")["certain"] is True
    found = told.rows("check", "--rule", "outsider", "--as-of", "2010-01-01")
    assert [(row["ref"], "ESP is a party" in row["finding"], "whole" in row["finding"]) for row in found] == [
        ("part", True, True)
    ]
    assert len(told.rows("check", "--rule", "outsider", "--as-of", "2004-01-01")) == 2


def test_a_party_is_shown_as_it_stood_on_a_day(told, home):
    for day, status in (("2009-12-31", "in force"), ("2010-01-01", "withdrawn")):
        _, out, _ = told.run("party", "show", "ITA", "--as-of", day, "-f", "table")
        line = next(line for line in out.splitlines() if line.startswith("left"))
        assert line.endswith(f"  {status}")
        assert f"ITA on {day}" in out


def test_a_last_day_for_notice_tells_the_notice_that_was_given(told, home):
    rows = told.rows("due", "windowed", "--kind", "notice", "--as-of", "2010-06-01")
    last = next(row for row in rows if row["date"] == "2010-12-31")
    assert last["what"].endswith("; given: ITA 2010-03-01")
    before = told.rows("due", "windowed", "--kind", "notice", "--as-of", "2010-02-01")
    assert not any("given" in row["what"] for row in before)


def test_a_notice_between_two_windows_is_found(told, home):
    found = told.rows("check", "ref:windowed", "--rule", "untimely_notice")
    assert [row["path"] for row in found] == ["events[e4].date"]
    assert "DEU" in found[0]["finding"]
    assert "first day for it is 2020-01-01" in found[0]["finding"]


def test_what_a_side_that_ceased_to_exist_leaves_open_is_told_with_the_reason(told, home):
    gone = "DDR ceased to exist 1990-10-02: no successor and no later act is recorded"
    assert held(told, "vacant", "1990-10-03")["possible"] == ["in_force", "terminated"]
    for party in (None, "POL"):
        assert any(gone in line for line in held(told, "vacant", "1990-10-03", party)["because"])
        assert not any(gone in line for line in held(told, "vacant", "1990-10-02", party)["because"])
    rows = told.rows("timeline", "vacant")
    assert [(row["date"], row["status"], gone in row["note"]) for row in rows if row["event"] is None] == [
        ("1990-10-03/..", "terminated?", True),
        ("2010-11-28", "expired?", False),
    ]
    due = told.rows("due", "vacant", "--kind", "expiry", "--as-of", "2009-01-01", "--within", "3y")
    assert [row["date"] for row in due] == ["2010-11-27"]
    found = told.rows("check", "ref:vacant", "--rule", "ceased")
    assert "passed to a successor or lapsed" in found[0]["finding"]


def test_a_term_that_was_extended_nobody_knows_for_how_long_is_in_doubt_with_the_reason(told, home):
    reason = "the term was extended, its new end is not recorded"
    for day, certain in (("2004-12-31", True), ("2005-01-01", True), ("2005-01-02", False), ("2020-01-01", False)):
        row = held(told, "prolonged", day)
        assert (row["status"], row["certain"], reason in row["because"]) == ("in_force", certain, not certain)
        assert held(told, "prolonged", day, "FRA")["certain"] is certain
    assert "no_end_recorded" in held(told, "prolonged", "2020-01-01")["flags"]
