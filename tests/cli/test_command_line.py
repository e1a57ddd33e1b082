"""The line itself: help for everything, global options anywhere, and which streams and codes a script can rely on."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, TODAY, Run

from tracker.shell.arguments import EXAMPLES, FLAG_OPTIONS, VALUE_OPTIONS
from tracker.shell.program import COMMANDS, Entry


def commands(table: dict[str, Entry], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group, as the words that call it."""
    for name, entry in table.items():
        yield (*before, name)
        if entry.table:
            yield from commands(entry.table, (*before, name))


ALL = [(), *commands(COMMANDS)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_has_help_on_stdout(words: tuple[str, ...], run: Run, home: Path) -> None:
    """It says what the command does, and something of every option; asking leaves nothing behind."""
    code, out, err = run(*words, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: {' '.join(('tracker', *words))} ")
    assert len(out.split("\n\n")[1].strip()) > 10
    bare = [line for line in out.splitlines() if line.startswith("  -") and len(line) < 27 and len(line.split()) < 3]
    assert bare == []
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("words", [(), ("list",), ("party",), ("party", "add")], ids=" ".join)
def test_the_short_option_gives_the_same_help(words: tuple[str, ...], run: Run) -> None:
    assert run(*words, "-h") == run(*words, "--help")


def test_help_tells_the_exit_codes_and_every_command(run: Run) -> None:
    out = run("--help").out
    assert "Exit codes: 0 done" in out
    assert all(f"  {name} " in out for name in COMMANDS)


def test_version(run: Run) -> None:
    from tracker import __version__

    assert run("--version") == (0, f"tracker {__version__}\n", "")


POSITIONS = [
    ["--store", "other.db", "list", "--json"],
    ["list", "--store", "other.db", "--json"],
    ["list", "--json", "--store", "other.db"],
    ["list", "--json", "--store=other.db"],
    ["--no-color", "list", "--quiet", "--json", "--no-config", "--store", "other.db", "--no-input"],
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("arguments", POSITIONS, ids=" ".join)
def test_global_options_stand_anywhere(
    arguments: list[str], run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(store, "other.db")
    monkeypatch.setenv("TRACKER_STORE", "absent.db")
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert len(json.loads(out)) == 82


def test_they_stand_anywhere_in_a_group_too(run: Run, store: Path) -> None:
    expected = run("--store", store, "party", "show", "Japan", "--json")
    assert run("party", "--store", store, "show", "Japan", "--json") == expected
    assert run("party", "show", "Japan", "--json", "--store", store) == expected


def test_after_two_dashes_everything_is_an_argument(run: Run, store: Path) -> None:
    code, out, _ = run("add", "--", "--quiet")
    assert code == 0
    ref = out.strip()
    assert json.loads(run("show", ref, "--json").out)["title"] == "--quiet"
    assert run("status", "--", "--store").code == 1
    assert run("show", "--json", "--", "us-jp-sosa-2023").code == 0


@pytest.mark.parametrize("option", VALUE_OPTIONS)
def test_a_global_option_without_its_value_says_so(option: str, run: Run, store: Path) -> None:
    code, out, err = run("list", option)
    assert (code, out) == (2, "")
    assert f"{option} needs a value" in err
    assert EXAMPLES[option] in err


def test_global_options_are_those_of_the_help(run: Run) -> None:
    out = run("--help").out
    assert all(f"  {option} " in out for option in (*VALUE_OPTIONS, *FLAG_OPTIONS))


def test_quiet_silences_talk_but_no_error(run: Run, store: Path) -> None:
    assert run("add", "Arrangement on parts", "--quiet", "--party", "JPN") == (0, "jp-arrangement-parts\n", "")
    assert run("show", "nothing", "--quiet").err.startswith("tracker: no agreement")


def test_today_and_as_of_are_the_day_that_answers_are_given_for(run: Run, store: Path) -> None:
    def as_of(*arguments: str) -> str:
        return str(json.loads(run("show", "us-jp-sosa-2023", "--json", *arguments).out)["derived"]["as_of"])

    assert as_of() == TODAY
    assert as_of("--today", "2020-02-29") == "2020-02-29"
    assert as_of("--as-of", "2024-01-01", "--today", "2020-02-29") == "2024-01-01"


def test_the_configuration_names_a_store_and_never_changes_json(run: Run, store: Path, home: Path, monkeypatch) -> None:
    plain = run("list", "--json", "--limit", "2")
    monkeypatch.delenv("TRACKER_STORE")
    config = home / ".config" / "tracker" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'store = "{store}"\ncolor = true\n', encoding="utf-8")
    assert run("list", "--json", "--limit", "2") == plain
    assert json.loads(run("list", "--json", "--no-config").out) == []
    assert run("list", "--json", "--limit", "2", "--no-config", "--store", store) == plain
    config.write_text("colour = true\n", encoding="utf-8")
    code, out, err = run("list")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "unknown setting 'colour'" in err
    assert run("list", "--no-config", "--store", store).code == 0


@pytest.mark.sampled(3)
@pytest.mark.parametrize("arguments", [["list", "--json"], ["--help"], ["schema"]], ids=" ".join)
def test_a_pipe_that_nobody_reads_ends_quietly(arguments: list[str], store: Path, home: Path) -> None:
    """The reading end is closed before the program starts, so that every write fails."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tracker", *arguments]
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", ["list", "--help", "list --help", "store"])
def test_a_full_disk_is_told(words: str, store: Path, home: Path) -> None:
    """In an answer and in a page of help, also where Python holds nothing back."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "tracker", *words.split()]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("tracker: cannot write to standard output: no space left on device")
    assert done.stderr.count("\n") == 1


def test_an_unexpected_error_is_one_line_unless_asked(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.read.lists import listing

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(listing, "agreements", broken)
    code, out, err = run("list")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "internal error: ZeroDivisionError: on purpose; run again with --debug" in err
    with pytest.raises(ZeroDivisionError):
        run("list", "--debug")


def test_a_profiler_of_python_gets_its_say(home: Path) -> None:
    """The early end of the process is for runs that nobody looks at."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cProfile", "-o", str(home / "profile"), "-m", "tracker", "--version"]
    assert subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 0
    assert (home / "profile").stat().st_size
