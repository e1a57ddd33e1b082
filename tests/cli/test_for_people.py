"""What people read of lists, records and imports: nothing that misleads, nothing cut where it should not be."""

import json
from pathlib import Path

from running import ROOT, Run

from tracker.renderers._parts.folding import fold


def test_a_list_with_a_limit_says_of_how_many(run: Run, store: Path) -> None:
    some = run("list", "party:JPN", "--limit", "5", "-f", "table").out
    assert "the first 5 of 42 agreements for party:JPN; as of 2026-11-22; see more with --limit\n" in some
    every = run("list", "party:JPN", "--limit", "42", "-f", "table").out
    assert "\n42 agreements for party:JPN; as of 2026-11-22\n" in every


def test_the_largest_limits_are_all(run: Run, store: Path) -> None:
    for limit in (2**63 - 1, 2**63, 10**30):
        done = run("list", "--limit", limit, "--columns", "ref")
        assert (done.code, done.out.count("\n")) == (0, 83)
    assert "[x>=0]" in run("list", "--help").out


def test_a_status_does_not_look_like_the_day_of_an_act(run: Run, store: Path) -> None:
    assert "signed (as of 2026-11-22)" in run("show", "us-jp-sosa-2023", "-f", "table").out


def test_a_ref_that_has_to_be_folded_is_broken_at_its_hyphens() -> None:
    assert fold("aukus-statement-2021", 14, "code") == "aukus-\nstatement-2021"
    assert fold("us-jp-sosa-2023", 15, "code") == "us-jp-sosa-2023"
    assert fold("2023-01-12/2023-02-01", 11, "date") == "2023-01-12/\n2023-02-01"


def test_the_plan_of_an_import_is_narrow_for_people_and_whole_for_machines(
    run: Run, store: Path, tmp_path: Path
) -> None:
    samples = json.loads((ROOT / "samples" / "us-japan-2023.json").read_text())
    samples["agreements"][0]["title"] += " (new)"
    samples["agreements"] = samples["agreements"][:2]
    file = tmp_path / "half.json"
    file.write_text(json.dumps(samples))
    told = run("import", "-n", file, "-f", "table").out.splitlines()
    assert told[1].split() == ["what", "record", "change", "where"]
    (line,) = (line for line in told if line.startswith("changed"))
    assert "title: " in line
    assert line.endswith("(new)  half.json:1")
    (whole,) = json.loads(run("import", "-n", file, "--json").out)["rows"]
    assert (whole["file"], whole["row"], whole["field"]) == ("half.json", 1, "title")
    sheet = tmp_path / "deals.csv"
    sheet.write_text("title,parties\nPact,Jpan\n")
    bad = run("import", "-n", sheet, "-f", "table").out
    assert "unknown party 'Jpan'" in bad
    assert bad.rstrip().endswith("deals.csv:2")
