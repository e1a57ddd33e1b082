"""The hash of a report: that of the export of what was counted, so that anybody can make it again."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from running import Run

from tracker.read.lists import export

QUERIES = [[], ["--party", "JPN", "--binding", "binding"], ["--signed", "2023", "--as-of", "2024-01-01"]]


def footer(out: str) -> str:
    """The line of a footer that tells the hash."""
    (line,) = [line for line in out.splitlines() if line.startswith("hash ")]
    return line


@pytest.mark.parametrize("query", QUERIES, ids=" ".join)
@pytest.mark.parametrize("report", [["report", "overview"], ["compare", "binding", "--by", "year"]], ids=" ".join)
def test_it_is_the_hash_of_the_export_of_the_same_query(
    report: list[str], query: list[str], run: Run, store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "export.ndjson"
    assert run("export", *query, "-f", "ndjson", "-o", file).code == 0
    assert sha256(file.read_bytes()).hexdigest() in footer(run(*report, *query, "--hash", "-f", "table").out)


def test_it_changes_with_what_is_counted(run: Run, store: Path) -> None:
    before = json.loads(run("report", "overview", "--json", "--hash").out)["hash"]
    assert before in footer(run("report", "overview", "--hash", "-f", "table").out)
    assert run("edit", "us-jp-sosa-2023", "--set", "short_title=SOSA").code == 0
    assert before not in footer(run("report", "overview", "--hash", "-f", "table").out)


def test_a_file_holds_it_and_nothing_else_makes_it_unasked(run: Run, store: Path, tmp_path: Path) -> None:
    assert json.loads(run("report", "overview", "--json").out)["hash"] is None
    for format_ in ("table", "markdown", "csv"):
        assert "hash" not in run("report", "overview", "-f", format_).out
    for name in ("report.txt", "report.md", "report.html"):
        run("report", "overview", "-o", tmp_path / name)
        assert "hash" in (tmp_path / name).read_text(encoding="utf-8")


def test_it_is_not_made_for_many_unasked_and_says_so(
    monkeypatch: pytest.MonkeyPatch, run: Run, store: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(export, "MOST", 81)
    run("report", "overview", "-o", tmp_path / "report.txt")
    assert "not made for more than 81 agreements" in footer((tmp_path / "report.txt").read_text(encoding="utf-8"))
    assert "hash" in json.loads(run("report", "overview", "--json", "--hash").out)
