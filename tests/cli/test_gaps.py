"""``tracker gaps``: days between two stages, how they are distributed, and what never got that far."""

import json
from pathlib import Path
from statistics import median

import pytest
from running import Run

RECORDS = [
    {"ref": "xx-retro-2001", "events": [{"kind": "signed", "date": "2001-02-01"},
                                        {"kind": "entered_into_force", "date": "2001-01-01"}]},
    {"ref": "xx-month-2002", "events": [{"kind": "signed", "date": "2002-02"},
                                        {"kind": "entered_into_force", "date": "2002-03-10"}]},
    {"ref": "xx-ended-2003", "events": [{"kind": "signed", "date": "2003-01-01"},
                                        {"kind": "lapsed", "date": "2005-01-01"}]},
    {"ref": "xx-part-2004", "events": [{"kind": "signed", "date": "2004-01-01"},
                                       {"kind": "signed", "date": "2003-01-01", "provision": "Annex"},
                                       {"kind": "entered_into_force", "date": "2004-01-02"}]},
]  # fmt: skip


@pytest.fixture
def own(run: Run, store: Path) -> Run:
    """The samples with four agreements of our own, all of type "other"."""
    lines = (
        json.dumps({"title": record["ref"], "instrument_type": "other", "binding_status": "binding", **record})
        for record in RECORDS
    )
    assert run("import", "-", "--from", "ndjson", stdin="\n".join(lines)).code == 0
    return run


def asked(run: Run, *arguments: object) -> dict:
    code, out, err = run("gaps", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def by_ref(report: dict) -> dict[str, dict]:
    return {row["ref"]: row for row in report["rows"]}


@pytest.mark.parametrize(
    ("ref", "days"),
    [
        pytest.param("jp-au-raa-2022", 584, id="o10, source mofa-2023-08-08-raa"),
        pytest.param("jp-uk-raa-2023", 277, id="o11, source mofa-2023-09-15-ukraa"),
        pytest.param("jp-ph-raa-2024", 430, id="o12, source mb-2025-08-12"),
    ],
)
def test_o10_o11_o12_from_signature_to_entry_into_force(ref: str, days: int, run: Run, store: Path) -> None:
    """Sources: the Japanese Ministry of Foreign Affairs and the Manila Bulletin, by the dates that they report."""
    row = by_ref(asked(run, "--from", "signed", "--to", "in_force"))[ref]
    assert (row["days"], row["days_min"], row["days_max"], row["certain"]) == (days, days, days, True)


def test_figures_by_type_are_those_of_the_rows(run: Run, store: Path) -> None:
    each = asked(run)
    report = asked(run, "--by", "type", "--stats", "median,p90,n")
    assert report["columns"] == ["type", "median", "p90", "n"]
    rows, total = report["rows"], report["totals"]
    for row in rows:
        days = [one["days"] for one in each["rows"] if one["type"] == row["type"] and one["days"] is not None]
        assert (row["n"], row["median"]) == (len(days), median(days))
    (access,) = [row for row in rows if row["type"] == "reciprocal_access_agreement"]
    assert (access["median"], access["p90"], access["n"]) == (430, 584, 3)
    assert (total["type"], total["n"]) == ("all", sum(row["n"] for row in rows))


def test_every_agreement_is_in_the_answer_or_counted(run: Run, store: Path) -> None:
    report = asked(run)
    assert len(report["rows"]) + sum(item["count"] for item in report["left_out"]) == 82
    table = run("gaps", "-f", "table").out
    assert f"n = {len(report['rows'])}\n" in table
    assert "signed = the last act of signing; in_force = the first day of that status" in table


def test_retroactive_entries_are_shown_as_negative_days(own: Run) -> None:
    report = asked(own, "--type", "other")
    assert by_ref(report)["xx-retro-2001"]["days"] == -31
    (figures,) = asked(own, "--type", "other", "--stats", "n,negative,min")["rows"]
    assert (figures["negative"], figures["min"]) == (1, -31)


def test_partial_dates_give_a_least_and_a_most(own: Run) -> None:
    report = asked(own, "--type", "other")
    row = by_ref(report)["xx-month-2002"]
    assert (row["days"], row["days_min"], row["days_max"]) == (None, 10, 37)
    left_out = asked(own, "--type", "other", "--stats", "n")["left_out"]
    assert {"reason": "days between only bounded, a date is partial", "count": 1} in left_out


def test_a_signature_of_a_part_is_not_that_of_the_agreement(own: Run) -> None:
    assert by_ref(asked(own, "--type", "other"))["xx-part-2004"]["days"] == 1


def test_open_lists_what_waits_and_nothing_that_is_over(own: Run) -> None:
    report = asked(own, "--open", "--binding", "binding", "--older-than", "3y")
    refs = by_ref(report)
    assert "us-jp-rdte-mou-2023" in refs
    assert "xx-ended-2003" not in refs
    assert all(row["signed"] <= "2023-11-22" for row in refs.values())
    assert refs["us-jp-rdte-mou-2023"]["days_since"] == 1410
    assert any(item["reason"] == "over before in_force was recorded" for item in report["left_out"])


def test_as_of_a_day_between_the_stages_the_agreement_is_open(run: Run, store: Path) -> None:
    assert "jp-uk-raa-2023" in by_ref(asked(run, "--open", "--as-of", "2023-10-14"))
    assert "jp-uk-raa-2023" not in by_ref(asked(run, "--open", "--as-of", "2023-10-15"))
    assert "jp-uk-raa-2023" not in by_ref(asked(run, "--as-of", "2023-10-14"))


def test_any_kind_of_event_is_a_stage(run: Run, store: Path) -> None:
    (row,) = asked(run, "--from", "notice-given", "--to", "ended")["rows"]
    assert (row["ref"], row["days"]) == ("inf-1987", 181)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "signd"], "did you mean signed?"),
        (["--by", "typ"], "did you mean type?"),
        (["--stats", "p0"], "p1 to p99"),
        (["--older-than", "3y"], "--open"),
    ],
)
def test_wrong_values_are_told_with_the_right_ones(arguments: list[str], words: str, run: Run, store: Path) -> None:
    code, out, err = run("gaps", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_what_was_carried_out_or_held_to_bind_is_not_open(run: Run, store: Path) -> None:
    """The Doha Minutes bound (ICJ 1994) and were executed, the Court took the Kenya-Somalia MOU for a treaty (2017)."""
    report = asked(run, "--open", "--from", "signed", "--to", "in_force")
    assert not {"qa-bh-doha-minutes-1990", "ke-so-mou-2009"} & set(by_ref(report))
    left_out = {item["reason"]: item["count"] for item in report["left_out"]}
    assert left_out["carried out, or held to bind by a tribunal, without a record of in_force"] == 2


def test_an_open_gap_is_certain_where_the_signature_is_known_not_to_bind(own: Run) -> None:
    lines = [
        {"ref": "xx-simple-2010", "events": [{"kind": "signed_subject_to_ratification", "date": "2010-01-01"}]},
        {"ref": "xx-notes-2010", "events": [{"kind": "signed", "date": "2010-01-01"}],
         "terms": {"entry_into_force": {"condition": "exchange_of_notes"}}},
        {"ref": "xx-one-2010", "parties": [{"code": "JPN"}, {"code": "USA"}], "events": [
            {"kind": "signed", "date": "2010-01-01"}, {"kind": "ratified", "date": "2011-01-01", "parties": ["JPN"]}]},
        {"ref": "xx-silent-2010", "events": [{"kind": "signed", "date": "2010-01-01"}]},
    ]  # fmt: skip
    text = "\n".join(json.dumps({"title": line["ref"], "instrument_type": "treaty", **line}) for line in lines)
    assert own("import", "-", "--from", "ndjson", stdin=text).code == 0
    for end in ("in_force", "consented"):
        question = ("--open", "--from", "signed", "--to", end, "--signed", "2010", "--type", "treaty")
        found = {ref: row["certain"] for ref, row in by_ref(asked(own, *question)).items()}
        assert found.pop("xx-silent-2010") is False
        assert set(found.values()) == {True}
        assert set(by_ref(asked(own, *question, "--certain"))) == set(found)


def test_two_stages_are_asked_for(run: Run, store: Path) -> None:
    done = run("gaps", "--from", "signed", "--to", "signed")
    assert (done.code, "name two stages" in done.err) == (2, True)


def test_the_footer_counts_what_the_figures_rest_on(run: Run, store: Path) -> None:
    report = run("gaps", "--by", "type", "--stats", "median,n", "-f", "table").out
    total = next(line for line in report.splitlines() if line.startswith("all")).split()[-1]
    assert f"n = {total} of " in report
    assert "Days from signed to in force or operative" in report


COVENANT = {
    "record": "agreement",
    "ref": "covenant",
    "title": "International Covenant on Civil and Political Rights",
    "instrument_type": "convention",
    "binding_status": "binding",
    "parties": [{"code": code} for code in ("USA", "HUN", "CHN")],
    "events": [
        {"kind": "signed", "date": "1969-03-25", "parties": ["HUN"]},
        {"kind": "ratified", "date": "1974-01-17", "parties": ["HUN"]},
        {"kind": "entered_into_force", "date": "1976-03-23"},
        {"kind": "signed", "date": "1977-10-05", "parties": ["USA"]},
        {"kind": "ratified", "date": "1992-06-08", "parties": ["USA"]},
        {"kind": "signed", "date": "1998-10-05", "parties": ["CHN"]},
    ],
    "terms": {
        "entry_into_force": {
            "condition": "nth_instrument_plus_period", "number": 35, "period": "P3M", "late_joiners": "P3M"
        },
        "duration": None, "notices": [], "survival": None,
    },
}  # fmt: skip


@pytest.fixture
def covenant(run: Run, store: Path) -> Run:
    assert run("import", "-", "--from", "ndjson", stdin=json.dumps(COVENANT)).code == 0
    return run


def test_of_one_party_its_own_force_is_measured(covenant: Run) -> None:
    """UNTC IV-4: the United States signed 1977-10-05, ratified 1992-06-08; in force for it 1992-09-08."""
    row = by_ref(asked(covenant, "--party", "USA"))["covenant"]
    assert (row["from"], row["to"], row["days"]) == ("1977-10-05", "1992-09-08", 5452)
    row = by_ref(asked(covenant, "--party", "HUN"))["covenant"]
    assert (row["from"], row["to"], row["days"]) == ("1969-03-25", "1976-03-23", 2555)
    assert by_ref(asked(covenant, "bound:USA"))["covenant"]["to"] == "1992-09-08"
    row = by_ref(asked(covenant, "--party", "USA", "--party", "HUN"))["covenant"]
    assert row["to"] == "1976-03-23"
    report = asked(covenant, "--party", "USA", "--from", "signed", "--to", "consented")
    assert by_ref(report)["covenant"]["to"] == "1992-06-08"


def test_what_waits_for_one_party_waits_though_the_instrument_is_in_force(covenant: Run) -> None:
    open_ = ("--from", "signed", "--to", "in_force", "--open", "--as-of", "2026-11-26")
    row = by_ref(asked(covenant, "--party", "CHN", *open_))["covenant"]
    assert (row["signed"], row["status"]) == ("1998-10-05", "signatory")
    assert "covenant" not in by_ref(asked(covenant, "--party", "USA", *open_))
    assert "covenant" not in by_ref(asked(covenant, *open_))


def test_a_party_that_left_reached_the_end_alone(run: Run, store: Path) -> None:
    left = {"kind": "withdrawn", "date": "2002-01-01", "parties": ["USA"]}
    record = {**COVENANT, "ref": "left", "events": [*COVENANT["events"], left]}
    assert run("import", "-", "--from", "ndjson", stdin=json.dumps(record)).code == 0
    report = asked(run, "--party", "USA", "--from", "in_force", "--to", "ended")
    assert (by_ref(report)["left"]["from"], by_ref(report)["left"]["to"]) == ("1992-09-08", "2002-01-01")
    assert "left" not in by_ref(asked(run, "--party", "HUN", "--from", "in_force", "--to", "ended"))
