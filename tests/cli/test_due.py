"""``tracker due`` over the samples: the deadlines of real agreements, as a table, JSON, CSV and calendar."""

import csv
import io
import json
from pathlib import Path

import pytest
from running import Run

RECORD = """{"record": "agreement", "ref": "xx-promise-2024", "title": "Promise", "binding_status": "binding",
 "parties": [{"code": "JPN"}, {"code": "USA"}], "events": [{"kind": "announced", "date": "2024-10-01"}]}"""


def rows(run: Run, *arguments: object) -> list[dict]:
    code, out, err = run("due", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)["rows"]


def brief(found: list[dict]) -> list[tuple]:
    return [(row["date"], row["kind"], row["ref"]) for row in found]


def test_what_falls_due_within_two_years(run: Run, store: Path) -> None:
    assert brief(rows(run, "--within", "2y", "--today", "2026-11-22")) == [
        ("2026-11-23", "renewal", "jp-kr-gsomia-2016"),
        ("2027-03-31", "expiry", "us-jp-sma-2022"),
        ("2027-08-24", "notice", "jp-kr-gsomia-2016"),
        ("2027-11-23", "renewal", "jp-kr-gsomia-2016"),
        ("2028-08-24", "notice", "jp-kr-gsomia-2016"),
    ]


def test_the_gsomia_deadline_of_2020(run: Run, store: Path) -> None:
    """Oracle o7, source hani-2020-08-24: 24 August 2020, with the counting in words."""
    notice, renewal = rows(run, "jp-kr-gsomia-2016", "--today", "2020-01-01")
    assert (notice["date"], notice["what"]) == ("2020-08-24", "last day for notice of non-renewal")
    assert notice["rule"] == (
        "Art. 21(3): last day of the term 2020-11-22 less 90 days; counted from the end of the term"
    )
    assert notice["certain"] is True
    assert notice["whose"] == ["JPN", "KOR"]
    assert (renewal["date"], renewal["kind"]) == ("2020-11-23", "renewal")


def test_the_inf_withdrawal_takes_effect(run: Run, store: Path) -> None:
    """Oracle o8, source csis-inf: 2 August 2019."""
    (row,) = rows(run, "inf-1987", "--today", "2019-03-01")
    assert (row["date"], row["what"]) == ("2019-08-02", "withdrawal of USA takes effect, which ends it")
    assert row["rule"] == "notice of 2019-02-02 plus 6 months: 2019-08-02, as recorded"


@pytest.mark.parametrize(("day", "end"), [("2020-10-01", "2021-03-31"), ("2021-06-01", "2022-03-31")])
def test_the_special_measures_agreement_before_and_after_its_extension(
    day: str, end: str, run: Run, store: Path
) -> None:
    """Oracle o9, source mofa-2021-03-31: original end 2021-03-31, one year more by protocol."""
    (row,) = rows(run, "us-jp-sma-2016", "--as-of", day)
    assert (row["date"], row["kind"]) == (end, "expiry")


def test_late_joiners_enter_on_their_own_day(run: Run, store: Path) -> None:
    """The LoI Framework Agreement: own deposit and 30 days, computed where nothing is recorded."""
    found = rows(run, "loi-framework-2000", "--kind", "entry", "--as-of", "2001-04-20")
    assert [(row["date"], row["whose"]) for row in found] == [("2001-04-26", ["FRA"]), ("2001-05-06", ["SWE"])]


def test_fiscal_year_is_named_in_the_rule(run: Run, store: Path) -> None:
    (row,) = rows(run, "us-jp-sma-2022")
    assert row["rule"].endswith(
        "the last day of JPN fiscal year 2026 (Public Finance Act (Act No. 34 of 1947), Art. 11)"
    )


def test_a_term_through_a_fiscal_year_is_taken_with_its_rule(run: Run, store: Path) -> None:
    """VOCABULARY 7.7: through FY2026 in Japan is 31 March 2027."""
    assert run("edit", "us-jp-sosa-2023", "--set", "terms.duration.kind=fixed_term").code == 0
    done = run("edit", "us-jp-sosa-2023", "--set", "terms.duration.until=FY2026")
    assert (done.code, "write USA FY2026 or JPN FY2026, or the day" in done.err) == (2, True)
    assert run("edit", "us-jp-sosa-2023", "--set", "terms.duration.until=JPN FY2026").code == 0
    duration = json.loads(run("show", "us-jp-sosa-2023", "--json").out)["terms"]["duration"]
    assert duration["until"] == "2027-03-31"
    assert duration["note"].startswith("JPN fiscal year 2026 ends on 2027-03-31 (Public Finance Act")


@pytest.mark.parametrize(
    ("within", "told"),
    [("-180d", "lies before"), ("400y", "2200"), ("soon", "expected a length")],
)
def test_a_length_that_cannot_be_is_refused(within: str, told: str, run: Run, store: Path) -> None:
    done = run("due", f"--within={within}")
    assert (done.code, told in done.err) == (2, True), done.err


def test_a_partial_end_is_listed_with_its_bounds_and_not_certain(run: Run, store: Path) -> None:
    (row,) = rows(run, "us-in-mdp-framework-2025")
    assert (row["date"], row["earliest"], row["latest"]) == ("2035-10?", "2035-10-01", "2035-10-31")
    assert row["certain"] is False
    assert rows(run, "us-in-mdp-framework-2025", "--certain") == []


def test_what_cannot_be_placed_is_counted(run: Run, store: Path) -> None:
    report = json.loads(run("due", "--json").out)
    assert report["report"] == "due"
    left_out = {item["reason"]: item["count"] for item in report["left_out"]}
    assert left_out["a term is recorded, no day to count it from"] == 1
    assert left_out["no duration recorded"] > 50
    assert "left out: 1 (a term is recorded, no day to count it from)" in run("due", "-f", "table").out


def test_unratified_signatures_are_listed_where_their_age_is_asked_for(run: Run, store: Path) -> None:
    found = rows(run, "--older-than", "2y")
    assert {row["kind"] for row in found} == {"unratified"}
    (italy,) = [row for row in found if row["ref"] == "loi-framework-2000"]
    assert (italy["whose"], italy["date"], italy["certain"]) == (["ITA"], "2000-07-27", True)
    assert all(row["latest"] <= "2024-11-22" for row in found if row["certain"])
    assert not {row["ref"] for row in found} & {row["ref"] for row in rows(run, "--binding", "non_binding")}


def test_what_was_carried_out_or_held_to_bind_is_not_awaiting_ratification(run: Run, store: Path) -> None:
    """The Doha Minutes of 1990 (ICJ 1994, executed), the Kenya-Somalia MOU of 2009 (ICJ 2017)."""
    found = {row["ref"]: row["certain"] for row in rows(run, "--older-than", "3y")}
    assert not {"qa-bh-doha-minutes-1990", "ke-so-mou-2009"} & set(found)
    assert found["us-jp-rdp-mou-2016"] is False
    assert [row["ref"] for row in rows(run, "--older-than", "3y", "--certain")] == ["loi-framework-2000"]
    report = json.loads(run("due", "--older-than", "3y", "--json").out)
    left_out = {item["reason"]: item["count"] for item in report["left_out"]}
    assert left_out["signed and carried out, or held to bind by a tribunal: no consent is awaited"] == 2


def test_stale_promises(run: Run, store: Path) -> None:
    assert run("import", "-", "--from", "ndjson", stdin=RECORD.replace("\n", "")).code == 0
    assert brief(rows(run, "--kind", "stale-promise", "--older-than", "2y")) == [
        ("2024-10-01", "stale_promise", "xx-promise-2024")
    ]
    assert rows(run, "--kind", "stale-promise", "--older-than", "3y") == []
    run("event", "xx-promise-2024", "signed", "2026-01-01")
    assert rows(run, "--kind", "stale_promise") == []


def test_csv_says_the_same_as_json(run: Run, store: Path) -> None:
    read = list(csv.DictReader(io.StringIO(run("due", "--within", "2y", "-f", "csv").out)))
    found = rows(run, "--within", "2y")
    assert [row["id"] for row in read] == [row["id"] for row in found]
    assert [row["whose"] for row in read] == ["; ".join(row["whose"]) for row in found]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--within", "1x"], "180d"),
        (["--within", "2020"], "lies before 2026-11-22"),
        (["--kind", "expire"], "did you mean expiry?"),
        (["--kind", "notice", "--older-than", "2y"], "stale_promise"),
        (["--older-than", "soon"], "2y"),
    ],
)
def test_wrong_values_are_told_with_the_right_ones(arguments: list[str], words: str, run: Run, store: Path) -> None:
    code, out, err = run("due", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_an_empty_answer_is_an_answer(run: Run, store: Path) -> None:
    assert rows(run, "annpa-2024", "--within", "1y") == []


def calendar(run: Run, *arguments: object) -> dict:
    import icalendar

    read = icalendar.Calendar.from_ical(run("due", *arguments, "-f", "ics").out)
    return {str(event["UID"]): event for event in read.walk("VEVENT")}


def test_the_calendar_holds_the_same_days(run: Run, store: Path) -> None:
    read = calendar(run, "--within", "2y")
    found = rows(run, "--within", "2y")
    assert {uid.removesuffix("@tracker"): event.decoded("DTSTART").isoformat() for uid, event in read.items()} == {
        row["id"]: row["date"] for row in found
    }


def test_a_later_import_updates_the_same_event(run: Run, store: Path) -> None:
    """The protocol of 2021 moved the end of the 2016 agreement: one event, another day, a higher sequence."""
    uid = "us-jp-sma-2016.expiry@tracker"
    before = calendar(run, "us-jp-sma-2016", "--as-of", "2020-10-01")[uid]
    after = calendar(run, "us-jp-sma-2016", "--as-of", "2021-06-01")[uid]
    assert [event.decoded("DTSTART").isoformat() for event in (before, after)] == ["2021-03-31", "2022-03-31"]
    assert before["SEQUENCE"] < after["SEQUENCE"]


def test_the_same_question_gives_the_same_bytes(run: Run, store: Path) -> None:
    assert run("due", "-f", "ics").out == run("due", "-f", "ics").out


def test_an_answer_without_dates_is_no_calendar(run: Run, store: Path, tmp_path: Path) -> None:
    code, out, err = run("formats", "-o", tmp_path / "x.ics")
    assert (code, out) == (2, "")
    assert "a column ref and a column of dates" in err
    assert list(tmp_path.glob("*.ics*")) == []


def test_an_end_that_another_agreement_brings_falls_due(run: Run, other_store: Path, tmp_path: Path) -> None:
    """``status`` and ``due`` tell one end: what amends or depends on a treaty ends, or is left, with that treaty."""
    parties = [{"code": code} for code in ("USA", "FRA", "DEU")]
    terms = {"entry_into_force": None, "duration": None, "notices": [], "survival": None}
    entry = {"kind": "entered_into_force", "date": "2000-01-01"}
    common = {"record": "agreement", "binding_status": "binding", "parties": parties, "terms": terms}
    left = {"kind": "withdrawn", "date": "2027-01-01", "parties": ["USA"]}
    ends = [left, {"kind": "terminated", "date": "2030-01-01"}]
    relations = {"child": {"type": "supplements", "dependent": True}, "amending": {"type": "amends"}}
    records = [{**common, "ref": "parent", "title": "Parent", "events": [entry, *ends]}]
    records += [
        {**common, "ref": ref, "title": ref, "events": [entry], "relations": [{**said, "target": "parent"}]}
        for ref, said in relations.items()
    ]
    (tmp_path / "three.json").write_text(json.dumps(records))
    assert run("import", tmp_path / "three.json")[0] == 0
    found = rows(run, "--within", "10y", "--today", "2026-11-26")
    assert [(row["date"], row["ref"], row["what"]) for row in found if row["ref"] != "parent"] == [
        ("2027-01-01", "child", "withdrawal of USA takes effect"),
        ("2030-01-01", "amending", "ends"),
        ("2030-01-01", "child", "ends"),
    ]


def test_a_kind_that_is_empty_is_refused_with_the_kinds_that_there_are(run, store):
    for typed in ("", " , "):
        done = run("due", "--kind", typed)
        assert done.code == 2
        assert "--kind names no kind of deadline; expected" in done.err
