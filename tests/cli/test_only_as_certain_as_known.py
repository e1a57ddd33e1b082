"""An answer is no more certain than the record: dates that are not exact, and members that sources dispute."""

import json

import pytest
from running import Run


def test_pairs_of_duplicates_have_dates_as_exact_as_they_are_known(run: Run, store) -> None:
    """``2011`` was shown as 1 January 2011, a day that nobody gave."""
    rows = json.loads(run("duplicates", "--at-least", "0.7", "--json").out)["rows"]
    told = {row["ref"]: row["first_act"] for row in rows} | {row["other"]: row["other_first_act"] for row in rows}
    assert told["us-au-sosa-2011"] == "2011"
    assert told["us-ee-sosa-2023"] == "2023-10-10/2023-10-20"
    assert told["us-de-sosa-2024"] == "2024-10-22?"
    assert told["us-kr-sosa-2023"] == "../2023-11-17"
    assert told["us-es-protocol-2-2012"] == "2012-10-10"


def _missing(run: Run, *more: str) -> dict[str, list[str]]:
    done = run("report", "missing", "--family", "sosa", "--among", "NATO", *more, "--json")
    assert done.code == 0, done.err
    return {row["party"]: row["by_some"] for row in json.loads(done.out)["rows"]}


def test_a_member_that_some_source_counts_in_is_named(run: Run, store) -> None:
    assert {party: refs for party, refs in _missing(run).items() if refs} == {"CAN": ["us-ca-priorities-mou"]}
    claim = ("claim", "us-jp-sosa-2023", "parties[France]")
    assert run(*claim, "true", "--source", "mirage-2023-dod").code == 0
    assert _missing(run)["FRA"] == ["us-jp-sosa-2023"]
    assert run("undo").code == 0
    assert run(*claim, "false", "--source", "mirage-2023-dod").code == 0
    assert _missing(run)["FRA"] == [], "a source that denies it counts nobody in"


def test_what_some_source_counts_in_fits_all_else_that_is_asked(run: Run, store) -> None:
    """Canada was told to be counted in by an agreement for which the further filters do not hold."""
    ref = "us-ca-priorities-mou"
    assert _missing(run, "--party", "CAN")["CAN"] == [ref]
    assert _missing(run, "--party", "JPN")["CAN"] == []
    assert _missing(run, "--source", "mirage-2023-dod")["CAN"] == []
    assert _missing(run, f"not ref:{ref}")["CAN"] == []
    assert _missing(run, "--family", "sosa", f"ref:{ref} or party:JPN")["CAN"] == [ref]


@pytest.mark.parametrize("report", ["missing", "families"])
def test_a_party_without_a_known_name_may_be_a_member_that_has_none(run: Run, store, report: str) -> None:
    asked = ("report", report, "--family", "sosa", "--among", "NATO")
    said = "party: somebody whom nobody knows by name yet"
    before = run(*asked, "-f", "table").out
    assert said not in before
    assert run("edit", "us-jp-sosa-2023", "--add", 'open_questions=party not known: "Ruritania"').code == 0
    lines = run(*asked, "-f", "table").out.splitlines()
    (told,) = set(lines) - set(before.splitlines())
    assert told == f"left out: 1 ({said}): it may be any of those who have none"
    assert {"reason": said, "count": 1} in json.loads(run(*asked, "--json").out)["left_out"]
    assert said not in run(*asked, "not ref:us-jp-sosa-2023", "-f", "table").out
    assert run("party", "add", "Rope board", "--kind", "organisation", "--member", "JPN").code == 0
    nobody = run("report", "missing", "--family", "sosa", "--among", "Rope board", "-f", "table").out
    assert "0 of 1 members" in nobody
    assert said not in nobody
    observer = 'open_questions=party not known: "Ruritania", role "observer"'
    assert run("edit", "us-jp-sosa-2023", "--set", observer).code == 0
    assert said not in run(*asked, "-f", "table").out


def test_what_was_signed_later_counts_nobody_in(run: Run, store) -> None:
    claim = ("claim", "us-es-protocol-2-2012", "families[sosa]", "true", "--source", "mirage-2023-dod")
    assert run(*claim).code == 0
    assert _missing(run, "--as-of", "2012-12-31")["ESP"] == ["us-es-protocol-2-2012"]
    assert _missing(run, "--as-of", "2012-01-31")["ESP"] == []


def test_a_member_that_has_one_only_possibly_is_named(run: Run, store) -> None:
    """Estonia's was signed between 10 and 20 October 2023: on the 15th it has one, or has none."""
    line = "have one only if it was signed by that day, which is open: Estonia (EST)"
    asked = ("report", "missing", "--family", "sosa", "--among", "NATO", "-f", "table", "--as-of")
    assert line in run(*asked, "2023-10-15").out
    assert "which is open" not in run(*asked, "2023-10-20").out
    assert "EST" in _missing(run, "--as-of", "2023-10-09")


def test_parties_and_status_name_whom_nobody_knows_yet(run: Run, store, tmp_path) -> None:
    """``1 party`` of an accord with two names, one of which nobody bears, was more certain than the record."""
    sheet, spec = tmp_path / "accords.csv", tmp_path / "accords.toml"
    sheet.write_text('title,parties,signed\n"Accord on tents","Ruritania; Japan",2020\n', encoding="utf-8")
    spec.write_text(
        '[agreement]\ntitle = "title"\n[[party]]\ncolumn = "parties"\nseparator = ";"\nunknown = "keep"\n'
        '[[event]]\nkind = "signed"\ndate = "signed"\n',
        encoding="utf-8",
    )
    assert run("import", sheet, "--map", spec).code == 0
    ref = "jp-accord-tents-2020"
    for command in ("parties", "status"):
        assert f'not in these rows: {ref}: party not known: "Ruritania"' in run(command, ref, "-f", "table").out
        left_out = json.loads(run(command, ref, "--json").out)["left_out"]
        assert left_out == [{"reason": f'{ref}: party not known: "Ruritania"', "count": 1}]
        assert json.loads(run(command, "us-jp-sosa-2023", "--json").out)["left_out"] == []
    assert run("party", "alias", "FJI", "Ruritania").code == 0
    assert json.loads(run("parties", ref, "--json").out)["left_out"] == []


def test_a_folder_that_is_not_there_is_named(run: Run, store, tmp_path) -> None:
    done = run("list", "-o", tmp_path / "none" / "list.csv")
    assert done.code == 1
    assert f"make the folder {tmp_path / 'none'} first, or choose another place with -o" in done.err
    done = run("list", "-o", tmp_path / ("x" * 300) / "list.csv")
    assert done.code == 1
    assert "ile name too long; it was left as it was, choose another place with -o" in done.err


def test_counts_say_how_many_stand_where_the_record_leaves_it_open(run: Run, store) -> None:
    """``1978?`` was counted under 1978, and what is only possibly in force as in force, without a word."""
    by_year = run("compare", "binding", "--by", "year", "-f", "table").out
    assert "counted by a date in doubt (? or ~): 4" in by_year
    assert "counted by a date in doubt (? or ~): 4" in run("report", "trend", "-f", "table").out
    day = ("--as-of", "2026-11-22", "-f", "table")
    listed = json.loads(run("list", "--json", "--as-of", "2026-11-22").out)
    derived = [record["derived"] for record in listed]
    open_ = sum(not one["status_certain"] and one["status"] != "unknown" for one in derived)
    assert (
        f"counted by a status that is not certain on the day: {open_}\n"
        in run(*("compare", "binding", "--by", "status"), *day).out
    )
    assert "is not certain" in run("report", "matrix", "--rows", "type", "--cols", "status", *day).out
    assert "counted by" not in run("compare", "binding", "--by", "type", *day).out
    assert "counted by" not in run("compare", "binding", "ref:us-jp-sosa-2023", "--by", "year,status", *day).out
