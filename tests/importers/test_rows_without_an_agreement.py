"""Rows that add to an agreement which is not in the file, and records that refer to others which are nowhere."""

import json
from pathlib import Path

import pytest
from running import ROOT, Run

MAP = """
[agreement]
key = "No"
title = "Title"
[[part]]
when = { Kind = "accession" }
of = "Base"
[[party]]
column = "Who"
[[event]]
when = { Kind = "accession" }
kind = "acceded"
date = "Year"
parties = true
"""

ROWS = "No,Base,Kind,Title,Year,Who\n1,1,base,Pact,1991,JPN\n1+1,1,accession,Joins,1997,USA\n"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "deals.toml"
    path.write_text(MAP)
    return path


def test_a_row_that_adds_to_nothing_says_to_what(run: Run, other_store: Path, spec: Path, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(f"{ROWS}3+1,3,accession,Joins,1997,FRA\n3+2,3,accession,Joins,1998,DEU\n")
    done = run("--store", other_store, "import", file, "--map", spec)
    assert done.code == 1
    said = "Base: '3': adds to 3 (acceded), which is neither here nor in the store; expected a row of 3 itself"
    assert f"deals.csv, row 4: {said}" in done.err
    assert f"deals.csv, row 5: {said}" in done.err
    assert run("--store", other_store, "import", file, "--map", spec, "--skip-bad").code == 1
    (record,) = json.loads(run("--store", other_store, "list", "--json").out)
    assert [party["code"] for party in record["parties"]] == ["JPN", "USA"]


def test_the_plan_of_a_row_that_adds_to_nothing_has_its_column(
    run: Run, other_store: Path, spec: Path, tmp_path: Path
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("No,Base,Kind,Title,Year,Who\n3+1,3,accession,Joins,1997,FRA\n")
    done = run("--store", other_store, "import", file, "--map", spec, "-n", "--json")
    (line,) = json.loads(done.out)["rows"]
    assert [line[key] for key in ("what", "file", "row", "column", "value")] == ["bad", "deals.csv", 2, "Base", "3"]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_references_to_nowhere_are_counted_and_the_first_is_told(
    run: Run, other_store: Path, dry: tuple[str, ...]
) -> None:
    done = run("--store", other_store, "import", *dry, ROOT / "samples" / "arrangements.json")
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert done.err.startswith(
        "tracker: 80 references lead nowhere, the first at jp-au-rdte-2023 signatories[s1].person"
    )
    assert done.err.count("there is no") == 1
    assert "import the files that hold what is missing together" in done.err
    assert "--skip-bad" in done.err
    assert len(done.err) < 300
    assert json.loads(run("--store", other_store, "list", "--json").out) == []


def test_one_record_with_wrong_references_names_each(run: Run, other_store: Path) -> None:
    record = {
        "record": "agreement",
        "ref": "a-1",
        "title": "A",
        "focus_areas": ["nothing"],
        "families": [{"family": "none"}],
    }
    done = run("--store", other_store, "import", "-", "--from", "ndjson", stdin=json.dumps(record))
    assert done.code == 2
    assert "a-1: focus_areas: there is no focus area 'nothing'" in done.err
    assert "families[none].family: there is no family 'none'" in done.err


def test_an_import_says_what_to_do_next(run: Run, other_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("title,parties\nPact,JPN\n")
    line = ("--store", other_store, "import", file)
    assert "1 new, 0 changed, 0 unchanged; nothing was changed: import without --dry-run\n" in run(*line, "-n").err
    done = run(*line)
    assert "imported 1 record (1 agreement): 1 new, 0 changed, 0 unchanged\n" in done.err
    assert "look at it: tracker show jp-pact; take it back: tracker undo --change 1\n" in done.err
    again = run(*line)
    assert again.err == "read 1 row\nimported 1 record (1 agreement): 0 new, 0 changed, 1 unchanged; nothing changed\n"
    assert run("--store", other_store, "--no-input", "undo", "--change", "1", "--yes").code == 0
    more = run("--store", other_store, "import", *sorted((ROOT / "samples").glob("*.json")))
    assert "look at it: tracker diff --change 3; take it back: tracker undo --change 3\n" in more.err
    assert run("--store", other_store, "diff", "--change", "3").code == 0
