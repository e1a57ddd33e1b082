"""The hash in a report's footer: that of the export of what was counted, so that anybody can make it again."""

from hashlib import sha256
from pathlib import Path

import pytest
from running import Run

from tracker.read.lists import digest

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
    assert sha256(file.read_bytes()).hexdigest() in footer(run(*report, *query, "-f", "table").out)


def test_it_changes_with_what_is_counted(run: Run, store: Path) -> None:
    before = footer(run("report", "overview", "-f", "table").out)
    assert before == footer(run("report", "overview", "-f", "table").out)
    assert run("edit", "us-jp-sosa-2023", "--set", "short_title=SOSA").code == 0
    assert before != footer(run("report", "overview", "-f", "table").out)
    assert "hash" not in run("report", "overview", "--json").out


def test_it_is_not_made_for_many_and_says_so(monkeypatch: pytest.MonkeyPatch, run: Run, store: Path) -> None:
    monkeypatch.setattr(digest, "MOST", 81)
    line = footer(run("report", "overview", "-f", "table").out)
    assert "not made for more than 81 agreements" in line
