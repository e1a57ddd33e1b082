"""One clock: what the log writes, what today is and what a backup is called follow from it, and from nothing else."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from running import NOON, ROOT, TODAY, Run

from tracker import clock

ASKED = {("datetime", name) for name in ("now", "utcnow", "today")} | {("date", "today")}
ASKED |= {("time", name) for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")}
"""Ways to ask the machine what time it is."""

SPELLED = re.compile(
    r"\b(datetime|date|time)\.(now|utcnow|today|time|time_ns|localtime|gmtime|ctime|strftime)\b|\bfrom time\b"
)
"""What such a way looks like in a text; a module without it need not be taken apart."""


def asking(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of a module that ask the machine what time it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id, node.attr) in ASKED:
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for name in node.names if ("time", name.name) in ASKED)


def test_nothing_else_asks_the_machine_what_time_it_is() -> None:
    files = [*(ROOT / "tracker").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    found = {file for file, text in texts.items() if SPELLED.search(text) and any(asking(ast.parse(text)))}
    assert {file.name for file in found} == {"clock.py"}


@pytest.mark.parametrize("text", ["datetime.now(UTC)", "date.today()", "time.time()", "from time import time_ns"])
def test_what_asks_the_machine_is_seen(text: str) -> None:
    assert SPELLED.search(text)
    assert list(asking(ast.parse(text))) == [1]


def test_today_and_the_times_of_the_log_agree(store: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no day is named: a change made now is known today, and not yet known the day before."""
    monkeypatch.delenv("TRACKER_TODAY")
    with clock.replaced(lambda: datetime(2031, 2, 28, 12, tzinfo=UTC)):
        assert run("edit", "us-nl-sosa", "--set", "short_title=Renamed").code == 0
        log = json.loads(run("log", "--limit", "1", "-f", "json").out)["rows"]
        assert log[0]["at"].startswith("2031-02-28T12:00:00")
        shown = [json.loads(run("show", "us-nl-sosa", "--json", "--known-at", day).out) for day in ("today", "-1d")]
        assert [record["short_title"] == "Renamed" for record in shown] == [True, False]
        assert shown[0]["derived"]["as_of"] == "2031-02-28"
    assert clock.today().isoformat() == TODAY


def test_a_clock_that_stands_still_or_goes_back_never_sets_the_log_back(store: Path, run: Run) -> None:
    for number, moment in enumerate((NOON, NOON, NOON - timedelta(days=400), NOON + timedelta(days=1))):
        with clock.replaced(lambda moment=moment: moment):
            run("edit", "us-nl-sosa", "--set", f"short_title=T{number}")
    at = [line["at"] for line in json.loads(run("log", "-f", "json").out)["rows"]]
    assert len(set(at)) == 5
    assert at == sorted(at, reverse=True)


def test_a_backup_made_with_the_clock_set_back_is_the_newest_all_the_same(store: Path, run: Run) -> None:
    from tracker.store.file import backup

    made = []
    for moment in (NOON, NOON, NOON - timedelta(days=400)):
        with clock.replaced(lambda moment=moment: moment):
            made.append(backup.make(store, "import"))
    assert [kept.path for kept in backup.listed(store)] == made[::-1]
    backup.prune(store, keep=1)
    assert [kept.path for kept in backup.listed(store)] == made[2:]
