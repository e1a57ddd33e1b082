"""A command that fails changes nothing, and one that changed something succeeds, whatever becomes of its answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, Run

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")


def interrupted(*_: object) -> None:
    """Somebody presses Ctrl-C at this moment."""
    raise KeyboardInterrupt


WRITES = {
    "add": ["add", "Exchange of notes on radar", "--party", "JPN"],
    "edit": ["edit", "us-nl-sosa", "--set", "short_title=SOSA"],
    "edit many": ["edit", "family:sosa", "--set", "short_title=SOSA", "--yes"],
    "event": ["event", "us-nl-sosa", "other", "2024", "--raw", "read again"],
    "remove": ["remove", "us-nl-sosa"],
    "merge": ["merge", "us-nl-sosa", "us-se-sosa", "--yes"],
    "alias": ["party", "alias", "JPN", "Nihonkoku"],
    "source": ["source", "add", "A list of agreements"],
    "undo": ["undo"],
    "backup": ["store", "backup"],
}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet with one new agreement."""
    path = tmp_path / "in.csv"
    path.write_text("title,parties\nNote on radar,JPN\n", encoding="utf-8")
    return path


@pytest.fixture
def held(run: Run, store: Path):
    """What the register holds, its log included."""
    return lambda: (run("export").out, run("log", "--json").out, sorted(store.parent.glob("*.backup")))


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "wrong",
    [
        *(["-f", "xslx"], ["-o", "{}/plan.xyz"], ["-o", "{}/none/plan.csv"], ["-o", "{}"], ["--json", "-f", "csv"]),
        *(["--columns", "waht"], ["--template", "{{waht}}"]),
    ],
    ids=["format", "ending", "folder", "a folder itself", "two formats", "columns", "template"],
)
def test_an_output_that_cannot_be_is_told_before_the_import(run: Run, sheet: Path, held, wrong: list[str]):
    before = held()
    done = run("import", sheet, *(text.format(sheet.parent) for text in wrong))
    assert done.code in (1, 2)
    assert held() == before
    assert "Traceback" not in done.err


def test_the_listing_of_an_import_has_the_columns_that_are_asked_for(run: Run, store: Path, sheet: Path):
    """They were left out without a word, and a column that is none was imported with exit code 0."""
    assert run("import", sheet, "--dry-run", "--columns", "id,what", "-f", "csv").out.splitlines()[0] == "id,what"
    assert run("import", sheet, "--template", "{what}: {title}").out == "new: Note on radar\n"
    done = run("import", sheet, "--columns", "waht")
    assert (done.code, done.out) == (2, "")
    assert "no column 'waht'; did you mean what?" in done.err


def test_a_wrong_format_is_told_before_anything_is_made(run: Run, store: Path, tmp_path: Path, held):
    before = held()
    assert run("store", "check", "--fix", "-f", "xslx").code == 2
    assert run("store", "backup", "-f", "xslx").code == 2
    assert run("--store", tmp_path / "demo.db", "demo", "-f", "xslx").code == 2
    assert not (tmp_path / "demo.db").exists()
    assert held() == before


def test_the_listing_of_an_import_is_whole(run: Run, store: Path, sheet: Path, tmp_path: Path):
    """To a file, a pipe and a named pipe."""
    plan = tmp_path / "plan.json"
    assert run("import", sheet, "-o", plan, "--dry-run").code == 0
    assert [row["what"] for row in json.loads(plan.read_text())["rows"]] == ["new"]
    assert json.loads(run("import", sheet, "--json").out)["rows"][0]["what"] == "new"
    assert not list(tmp_path.glob(".plan*"))


@pytest.mark.sampled(2)
@FULL
@pytest.mark.parametrize("how", [["-f", "csv"], ["-o", "/dev/full", "-f", "csv"]])
def test_an_import_whose_listing_breaks_is_done(run: Run, store: Path, sheet: Path, how: list[str]):
    code = f"import sys; sys.argv[1:] = {['import', str(sheet), *how]!r}; from tracker.__main__ import main; main()"
    done = _into_full(["-c", code])
    assert done.returncode == 0, done.stderr
    assert b"cannot write" in done.stderr
    assert b"was made and stands" in done.stderr
    assert b"take it back: tracker undo" in done.stderr
    assert "Note on radar" in run("list", "title:radar").out


@pytest.mark.sampled(3)
@FULL
@pytest.mark.parametrize("write", ["add", "edit many", "backup"])
def test_a_change_whose_answer_breaks_is_done(store: Path, home: Path, write: str):
    done = _into_full(["-m", "tracker", *WRITES[write]])
    assert done.returncode == 0, done.stderr
    assert b"cannot write to standard output" in done.stderr
    assert b"stands" in done.stderr


@FULL
def test_a_read_or_a_dry_run_whose_answer_breaks_fails(store: Path, home: Path, sheet: Path):
    for line in (["list"], ["add", "A note", "--dry-run"], ["import", str(sheet), "--dry-run"]):
        done = _into_full(["-m", "tracker", *line])
        assert done.returncode == 1, done.stderr
        assert b"stands" not in done.stderr


def test_an_interrupt_while_the_program_starts_is_one_line():
    """As modules are loaded nobody else is there to catch it."""
    code = (
        "import sys\nfrom tracker.__main__ import main\n"
        "class Loading:\n    def __getattr__(self, name): raise KeyboardInterrupt\n"
        "sys.modules['tracker.shell.program'] = Loading()\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "tracker: interrupted\n")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("write", WRITES)
def test_an_interrupt_after_the_change_says_that_it_stands(run: Run, store: Path, monkeypatch, write: str):
    """Nobody is told that nothing was changed, and nobody tries again and doubles a record."""
    run("add", "The one before")
    monkeypatch.setattr("tracker.shell.output.line", interrupted)
    done = run(*WRITES[write])
    assert "interrupted; " in done.err
    assert "stands" in done.err
    assert "nothing was changed" not in done.err
    assert done.code == 0


def test_an_interrupt_just_after_the_commit_says_so_too(run: Run, store: Path, sheet: Path, monkeypatch):
    from tracker.store.file import session

    close = session._close

    def closed(connection) -> None:
        close(connection)
        interrupted()

    monkeypatch.setattr(session, "_close", closed)
    done = run("import", sheet)
    monkeypatch.setattr(session, "_close", close)
    assert (done.code, "was made and stands; take it back with: tracker undo --change" in done.err) == (0, True)
    assert "Note on radar" in run("list", "title:radar").out


def test_an_interrupt_before_the_change_is_nothing_but_that(run: Run, store: Path, held, monkeypatch):
    before = held()
    monkeypatch.setattr("tracker.work.add.oddities", interrupted)
    done = run("add", "A note")
    assert (done.code, done.err) == (130, "tracker: interrupted\n")
    assert held() == before


def _into_full(arguments: list[str]) -> "subprocess.CompletedProcess[bytes]":
    """Run Python with a standard output that has no room."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("wb") as full:
        return subprocess.run(
            [sys.executable, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, env=environment, timeout=60
        )
