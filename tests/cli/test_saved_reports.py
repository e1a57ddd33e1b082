"""Reports saved under a name, with their query and options."""

import json
from pathlib import Path

import pytest
from running import Run

CHANGES = ("report", "changes", "--during", "2023", "party:JPN", "-focus:technology")


def refs(run: Run, *arguments: str) -> list[str]:
    done = run(*arguments, "--json")
    assert done.code == 0, done.err
    return [row["ref"] for row in json.loads(done.out)["rows"]]


@pytest.fixture
def saved(run: Run, store: Path) -> list[str]:
    """What the report that was saved as japan shows."""
    before = store.read_bytes()
    shown = refs(run, *CHANGES)
    done = run(*CHANGES, "--save", "japan", "--store", store)
    assert done.code == 0, done.err
    assert done.err.endswith("saved; make it again with: tracker report @japan\n")
    assert done.out != ""
    assert store.read_bytes() == before
    return shown


def test_a_saved_report_is_the_line_that_was_typed(saved: list[str], run: Run, home: Path):
    assert saved
    assert refs(run, "report", "@japan") == saved
    kept = (home / ".config" / "tracker" / "reports.toml").read_text().splitlines()[-1]
    assert kept == "japan = \"changes --during 2023 party:JPN 'not focus:technology'\""
    assert ["@japan", "changes --during 2023 party:JPN 'not focus:technology'"] in [
        list(row.values()) for row in json.loads(run("report", "--json").out)["rows"]
    ]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "line",
    [
        ("report", "@japan", "signed:2023"),
        ("report", "--party", "USA", "@japan"),
        ("report", "--json", "@japan", "--during", "2022"),
        ("--quiet", "report", "@japan", "--certain"),
    ],
)
def test_what_is_typed_beside_the_name_is_added(saved: list[str], line: tuple[str, ...], run: Run):
    whole = [*CHANGES[1:], *(word for word in line if word not in ("report", "@japan", "--quiet"))]
    assert refs(run, *line) == refs(run, "report", *whole)


def test_a_saved_query_in_a_report_stays_one(saved: list[str], run: Run):
    assert run("query", "save", "mine", "party:JPN").code == 0
    assert refs(run, "report", "changes", "@mine", "--during", "2023")
    assert run("report", "changes", "@mine", "--save", "again").code == 0
    assert run("report", "@again").code == 0


def test_a_saved_report_can_be_changed_and_forgotten(saved: list[str], run: Run):
    again = run("report", "@japan", "--certain", "--save=japan")
    assert "(it was: changes --during 2023" in again.err
    assert "--certain" in run("report", "-f", "tsv").out
    assert run("report", "@japan", "--forget").err == "forgotten: @japan\n"
    gone = run("report", "@japan", "--forget")
    assert (gone.code, gone.err) == (1, "tracker: no saved report @japan; `tracker report` shows them\n")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("report", "@japn"), "no saved report @japn; did you mean @japan?"),
        (("report", "overview", "--save", "two words"), "is no name for a report"),
        (("report", "no_such", "--save", "x"), "no report 'no_such'"),
        (("report", "overview", "party:", "--save", "x"), "party:"),
        (("report", "--by", "status", "@japan"), "right behind the command: tracker report @japan"),
        (("report", "--forget"), "forget which one?"),
    ],
)
def test_what_cannot_be_made_is_not_saved(saved: list[str], line: tuple[str, ...], said: str, run: Run):
    done = run(*line)
    assert done.code == 2
    assert said in done.err
    assert [row["report"] for row in json.loads(run("report", "--json").out)["rows"] if row["report"][0] == "@"] == [
        "@japan"
    ]


def test_a_file_that_was_broken_by_hand_is_told(saved: list[str], run: Run, home: Path):
    file = home / ".config" / "tracker" / "reports.toml"
    file.write_text('japan = "changes \'open"\n')
    assert "No closing quotation" in run("report", "@japan").err
    file.write_text("japan = 1\n")
    done = run("report", "@japan")
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        f"tracker: {file}: 'japan': expected a line such as mine = \"changes --during -7d.. party:JPN\"",
    )
