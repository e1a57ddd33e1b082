"""A new agreement gets the same ref whichever way it comes in, and is known again as the very same."""

import json
from pathlib import Path

import pytest
from running import Run

MAP = """\
[agreement]
title = "name of it"

[[party]]
column = "sides"
separator = ";"

[[event]]
kind = "entered_into_force"
date = "began"
"""


@pytest.mark.parametrize(("when", "year"), [("2015", "-2015"), ("2015-03-04", "-2015"), ("", "")])
def test_add_and_a_map_give_the_same_ref(run: Run, other_store: Path, tmp_path: Path, when: str, year: str) -> None:
    """Without a signature the year is that of the first act."""
    (tmp_path / "ropes.toml").write_text(MAP)
    sheet = tmp_path / "ropes.csv"
    sheet.write_text(f"name of it,sides,began\nTreaty on ropes,USA;JPN,{when}\n")
    given = ["--in-force", when] if when else []
    parties = ["--party", "USA", "--party", "JPN"]
    added = run("add", "Treaty on ropes", *parties, *given, "--dry-run").out.strip()
    assert added == f"us-jp-treaty-ropes{year}"
    code, _, err = run("import", sheet, "--map", tmp_path / "ropes.toml")
    assert code == 0, err
    assert [json.loads(line)["ref"] for line in run("list", "-f", "ndjson").out.splitlines()] == [added]


def test_add_and_a_sheet_give_the_same_ref_and_know_each_other(run: Run, other_store: Path, tmp_path: Path) -> None:
    given = ["--party", "USA", "--party", "JPN", "--type", "treaty", "--signed", "2015-02-03"]
    ref = run("add", "Treaty on ropes", *given).out.strip()
    assert ref == "us-jp-treaty-2015"
    sheet = tmp_path / "ropes.csv"
    sheet.write_text("title,parties,instrument_type,signed\nTreaty on ropes,USA; JPN,treaty,2015-02-03\n")
    code, _, err = run("import", sheet)
    assert code == 0, err
    code, _, err = run("add", "Treaty on ropes and cords", *given)
    assert (code, ref in err) == (1, True), "likely the same, under another title"
    assert [json.loads(line)["ref"] for line in run("list", "-f", "ndjson").out.splitlines()] == [ref]
