"""``tracker eif``: the computed entry into force beside the recorded one, and what is missing."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

LOI = "loi-framework-2000"


@pytest.fixture
def eif(run: Run, store: Path) -> Any:
    """Run the command and return its rows by party ('' = the instrument)."""

    def rows(*arguments: str) -> dict[str, dict[str, Any]]:
        outcome = run("eif", *arguments, "--json")
        assert outcome.code == 0, outcome.err
        report = json.loads(outcome.out)
        assert report["report"] == "eif"
        assert all(list(row) == report["columns"] for row in report["rows"])
        return {row["party"] or "": row for row in report["rows"]}

    return rows


def test_each_party_of_the_framework_agreement_has_its_own_date(eif: Any) -> None:
    """Source: parl-2003-loi (oracle o2)."""
    rows = eif(LOI)
    assert {party: row["computed"] for party, row in rows.items()} == {
        "": "2001-04-18",
        "FRA": "2001-04-26",
        "DEU": "2001-04-18",
        "ITA": None,
        "ESP": "2001-08-11",
        "SWE": "2001-05-06",
        "GBR": "2001-04-18",
    }
    assert rows[""] == {
        "ref": LOI,
        "party": None,
        "condition": "nth_instrument_plus_period",
        "act": "instrument_deposited",
        "act_date": "2001-03-19",
        "events": ["e5"],
        "computed": "2001-04-18",
        "hypothetical": False,
        "recorded": "2001-04-18",
        "comparison": "agrees",
        "days": 0,
        "missing": [],
        "basis": "2nd instrument: instrument deposited 2001-03-19 by DEU + 30 days",
    }
    assert rows["FRA"]["comparison"] == "only_computed"
    assert rows["ITA"]["missing"] == ["instrument"]


def test_if_italy_deposited(eif: Any, run: Run) -> None:
    """Questions 34: own deposit + 30 days, the treaty's date and the other parties' stay."""
    before = eif(LOI)
    rows = eif(LOI, "--what-if", "Italy=1 June 2003")
    assert rows["ITA"]["computed"] == "2003-07-01"
    assert [party for party, row in rows.items() if row["hypothetical"]] == ["ITA"]
    assert {**rows, "ITA": None} == {**before, "ITA": None}
    page = run("eif", LOI, "--what-if", "ITA=2003-06-01", "-f", "table").out
    assert "ITA acts on 2003-06-01 (hypothetical); the date of the treaty stays 2001-04-18" in page
    assert "2003-07-01 (hypothetical)" in page
    assert "5 given and 1 supposed, 2 needed" in page


def test_a_supposed_act_may_move_the_treaty(run: Run, store: Path) -> None:
    page = run("eif", LOI, "--as-of", "2001-03-15", "--what-if", "ITA=2001-04-02", "-f", "table").out
    assert "the date of the treaty: none without, 2001-05-02 with" in page
    assert (
        "2001-05-02, hypothetical (2nd instrument: instrument deposited 2001-04-02 by ITA (hypothetical) + 30 days)"
        in page
    )


def test_what_was_missing_for_the_gcap_convention(eif: Any, run: Run) -> None:
    """Questions 33. The rule is not recorded, so only what VCLT 24(2) would ask for is said."""
    rows = eif("gcap-convention-2023", "--as-of", "2024-10-31", "--missing")
    assert list(rows) == ["", "JPN", "ITA"]
    assert rows[""]["computed"] is None
    assert rows[""]["comparison"] == "recorded_later"
    assert rows[""]["missing"] == [
        "the condition: what it waits for is not recorded",
        "instrument of JPN, ITA, if the text says nothing else (VCLT 24(2): all have to consent)",
    ]
    page = run("eif", "gcap-convention-2023", "--as-of", "2024-10-31", "--missing", "-f", "table").out
    assert "(domestic step 2024-06-05: no consent yet)" in page
    assert "2024-12-04" not in page
    assert "United Kingdom" not in page


def test_the_arms_trade_treaty_without_its_parties(eif: Any) -> None:
    """The record names the 50th instrument, not whose the fifty are. Source: mofa-2014-att (oracle o1)."""
    row = eif("att-2013")[""]
    assert (row["computed"], row["recorded"], row["comparison"]) == ("2014-12-24", "2014-12-24", "agrees")
    assert eif("att-2013", "--as-of", "2014-09-24")[""]["missing"] == ["50 more instruments"]


def test_several_agreements(run: Run, store: Path) -> None:
    report = json.loads(run("eif", "jp-uk-raa", "jp-ph-raa", "jp-au-raa", "annpa", "--json").out)
    whole = {row["ref"]: (row["computed"], row["comparison"]) for row in report["rows"] if row["party"] is None}
    assert whole == {
        "jp-uk-raa-2023": ("2023-10-15", "agrees"),
        "jp-ph-raa-2024": ("2025-09-11", "agrees"),
        "jp-au-raa-2022": ("2023-08-13", "agrees"),
        "annpa-2024": (None, "only_recorded"),
    }
    assert report["filters"] == {"refs": list(whole)}


def test_arrangements_become_operative(run: Run, store: Path) -> None:
    page = run("eif", "us-jp-sosa-2023", "-f", "table").out
    assert "how it becomes operative is not recorded" in page
    assert "VCLT" not in page
    assert "force" not in page


def test_with_another_instrument_named_in_the_note_or_related(eif: Any, run: Run) -> None:
    """A protocol that waits for its mother treaty takes the date of that."""
    ref = "us-jp-rdte-mou-2023"
    rule = {"condition": "entry_of_other_instrument", "note": f"with {LOI}, as its Art. 9 says"}
    assert run("edit", ref, "--set", f"terms.entry_into_force={json.dumps(rule)}").code == 0
    row = eif(ref)[""]
    assert (row["computed"], row["basis"]) == ("2001-04-18", f"recorded 2001-04-18 of {LOI}")
    rule["note"] = None  # type: ignore[assignment] # no name, so relations are asked
    assert run("edit", ref, "--set", f"terms.entry_into_force={json.dumps(rule)}").code == 0
    row = eif(ref)[""]
    assert row["computed"] is None
    assert row["missing"][0].startswith(("which instrument is waited for", "the entry into force of"))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            [LOI, "--what-if", "GBR=2003-01-01"],
            1,
            "GBR needs no --what-if: instrument_deposited 2001-03-14 is recorded (e4)",
        ),
        (["jp-uk-raa", "--what-if", "FRA=2023"], 1, "FRA is none of those that can act here (JPN, GBR)"),
        ([LOI, "--what-if", "Itly=2003-06-01"], 2, "did you mean Italy (ITA)"),
        ([LOI, "--what-if", "ITA"], 2, "expected a party and a date, such as ITA=2003-06-01"),
        ([LOI, "--what-if", "ITA=2003-06-31"], 2, "June 2003 has 30 days"),
        ([LOI, "--what-if", "ITA=2003", "--what-if", "Italy=2004"], 2, "names ITA twice"),
        ([LOI, "jp-uk-raa", "--what-if", "ITA=2003"], 2, "--what-if goes with one agreement"),
        (["no-such"], 1, "no agreement 'no-such'"),
    ],
)
def test_refusals(run: Run, store: Path, arguments: list[str], code: int, message: str) -> None:
    outcome = run("eif", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
