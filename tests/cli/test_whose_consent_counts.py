"""Whose consent an agreement needs, and which of several consents of one party counts."""

import json
from typing import Any

import pytest
from running import Run

THREE = ("USA", "JPN", "GBR")


@pytest.fixture
def with_outsider(run: Run, other_store, request: pytest.FixtureRequest) -> str:
    """A treaty of two, at whose table a third sat in another role."""
    parties = [argument for code in THREE for argument in ("--party", code)]
    added = run("add", "Treaty on ropes", "--ref", "ropes", "--binding", "binding", "--signed", "1999-01-01", *parties)
    assert added.code == 0
    assert run("edit", "ropes", "--set", f"parties[GBR].role={request.param}").code == 0
    return "ropes"


def shown(run: Run, ref: str, *arguments: str) -> dict[str, Any]:
    return dict(json.loads(run("show", ref, "--json", *arguments).out)["derived"])


def happened(run: Run, kind: str, date: str, *parties: str) -> None:
    who = [argument for code in parties for argument in ("--party", code)]
    code, _, err = run("event", "ropes", kind, date, *who)
    assert code == 0, err


outsiders = pytest.mark.parametrize("with_outsider", ["observer", "third_state", "territory"], indirect=True)


@pytest.mark.sampled(3)
@outsiders
def test_the_consent_of_those_outside_is_not_waited_for(run: Run, with_outsider: str) -> None:
    happened(run, "ratified", "2000-01-01", "USA")
    assert shown(run, "ropes")["flags"] == ["partly_ratified"]
    happened(run, "ratified", "2000-02-01", "JPN")
    derived = shown(run, "ropes")
    assert (derived["status"], derived["flags"]) == ("awaiting_entry", [])
    assert derived["laterality"] == "bilateral"
    assert run("list", "laterality:bilateral", "party_count:2", "--columns", "ref").out.split() == ["ref", "ropes"]
    assert {one["code"]: one["status"] for one in derived["party_status"]} == {
        "GBR": "listed",
        "JPN": "consented",
        "USA": "consented",
    }
    rows = json.loads(run("parties", "ropes", "--json").out)["rows"]
    assert [(row["party"], row["signature"], row["consent"]) for row in rows if row["party"] == "GBR"] == [
        ("GBR", None, None)
    ]


@pytest.mark.sampled(3)
@outsiders
def test_of_two_parties_one_withdrawal_ends_it_whoever_watched(run: Run, with_outsider: str) -> None:
    happened(run, "entered_into_force", "2001-01-01")
    happened(run, "withdrawn", "2010-01-01", "USA")
    assert shown(run, "ropes")["status"] == "terminated"


@pytest.mark.sampled(3)
@outsiders
def test_what_those_outside_do_moves_nothing(run: Run, with_outsider: str) -> None:
    happened(run, "entered_into_force", "2001-01-01")
    happened(run, "suspended", "2005-01-01", "GBR")
    happened(run, "withdrawn", "2010-01-01", "GBR")
    assert shown(run, "ropes")["status"] == "in_force"


@pytest.mark.parametrize("with_outsider", ["observer"], indirect=True)
def test_an_instrument_of_an_observer_is_none_of_those_counted(run: Run, with_outsider: str) -> None:
    terms = 'terms.entry_into_force={"condition": "nth_instrument", "number": 2}'
    assert run("edit", "ropes", "--set", terms).code == 0
    happened(run, "ratified", "2000-01-01", "USA")
    happened(run, "ratified", "2000-02-01", "GBR")
    happened(run, "ratified", "2000-03-01", "JPN")
    rows = json.loads(run("eif", "ropes", "--json").out)["rows"]
    assert "2000-03-01" in json.dumps(rows)
    assert "2000-02-01" not in json.dumps(rows)


@pytest.mark.parametrize(
    ("second", "counted"), [("approved", "2001-01-01"), ("instrument_deposited", "2003-01-01")]
)  # fmt: skip
def test_the_consent_that_binds_is_the_same_for_parties_and_entry(
    run: Run, other_store, second: str, counted: str
) -> None:
    """A second expression of consent moves nothing; the deposit of the instrument establishes it (VCLT 16)."""
    codes = [argument for code in THREE for argument in ("--party", code)]
    assert run("add", "Treaty on ropes", "--ref", "ropes", "--binding", "binding", *codes).code == 0
    terms = 'terms.entry_into_force={"condition": "nth_instrument", "number": 1}'
    assert run("edit", "ropes", "--set", terms).code == 0
    happened(run, "ratified", "2001-01-01", "JPN")
    happened(run, second, "2003-01-01", "JPN")
    rows = json.loads(run("parties", "ropes", "--json").out)["rows"]
    assert [row["consent"] for row in rows if row["party"] == "JPN"] == [counted]
    assert json.loads(run("eif", "ropes", "--json").out)["rows"][0]["computed"] == counted
