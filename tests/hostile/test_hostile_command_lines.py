"""Any command line, of any command: it ends in order, and what failed changed nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from attempts import Place, refuse_misbehaviour
from command_lines import ANY, FILES, Command, arguments, commands
from hostile_texts import NAMES, SQL, TEXTS, bounded, hostile
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT, Outcome

from tracker.shell.arguments import EXAMPLES

pytestmark = pytest.mark.long


@pytest.mark.sampled(4)
@pytest.mark.parametrize("command", commands(), ids=lambda command: " ".join(command.words))
def test_any_line_of_any_command_ends_in_order(command: Command, place: Place) -> None:
    @bounded(3)
    @given(arguments(command))
    def ends_in_order(line: list[str]) -> None:
        place.attempt(*command.words, *line)

    ends_in_order()
    assert place.strays() <= {"outer/x"}  # -o ../x is what the person asked for


@bounded(15)
@given(option=st.sampled_from([*EXAMPLES, "--quiet", "--no-color"]), value=st.one_of(ANY, st.sampled_from(FILES)))
def test_any_global_option_ends_in_order(place: Place, option: str, value: str) -> None:
    line = [f"{option}={value}"] if len(value) % 2 else [option, value]
    store = () if option == "--store" else ("--store", str(place.store))
    place.free_attempt("--no-config", "--no-input", *store, "list", *line)


@bounded(15)
@given(words=st.lists(hostile, max_size=4))
def test_any_words_end_in_order(place: Place, words: list[str]) -> None:
    place.attempt(*words)


VARIABLES = ("TRACKER_STORE", "TRACKER_TODAY", "TRACKER_ACTOR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "COLUMNS")


OFTEN = ("TRACKER_STORE", "HOME")


@pytest.mark.parametrize("variable", [*VARIABLES, "EDITOR", "NO_COLOR", "FORCE_COLOR", "TERM"])
def test_any_environment_ends_in_order(variable: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (*TEXTS, *NAMES)[:: 11 if variable not in OFTEN else 3]:
        if "\x00" in text or not _is_passed_on(text):
            continue
        monkeypatch.setenv(variable, text)
        store = () if variable in ("TRACKER_STORE", "XDG_DATA_HOME", "HOME") else ("--store", str(place.store))
        words = ("edit", "us-jp-sosa-2023") if variable == "EDITOR" else ("list", "--limit", "1")
        place.free_attempt(*store, *words)


def _is_passed_on(text: str) -> bool:
    """Whether a process can have it in its environment: bytes, which half characters may stand for."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.sampled(6)
@pytest.mark.parametrize("text", SQL)
def test_sql_in_every_argument_is_a_text(text: str, place: Place) -> None:
    """It comes back as it was given, or it is a name that nobody bears; the tables stay."""
    before = place.exported()
    for option in ("--party", "--focus", "--family", "--signatory", "--source", "--binding", "--columns", "--sort"):
        place.attempt("list", f"{option}={text}")
    for words in (("show",), ("remove",), ("lineage",), ("party", "show"), ("why", "us-jp-sosa-2023"), ("add", "-n")):
        place.attempt(*words, "--", text)
    assert place.exported() == before
    added = place.attempt("add", "--dry-run", "--ref", "sql-1", "--note", text, f"--extra=a={text}", "--", text)
    assert added.code == 0, added.err
    assert not (place.folder / "attached.db").exists()


BYTES = (b"\xff", b"caf\xe9", b"\xed\xa0\x80", b"a\x1b[31mb", b"\xe2\x80\xae", b"' OR 1=1 --")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", [(b"show",), (b"list", b"--party"), (b"add",), (b"export", b"-o"), (b"--store",)])
def test_bytes_that_are_no_text_end_in_order(words: tuple[bytes, ...], place: Place) -> None:
    """In processes of their own: the shell passes on any bytes but NUL."""
    place.renew()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    for text in BYTES[:: 2 if len(words) > 1 else 3]:
        line = [sys.executable, "-m", "tracker", "--store", str(place.store), *words, text]
        found = subprocess.run(line, env=environment, cwd=place.folder, capture_output=True, check=False, timeout=60)
        refuse_misbehaviour(Outcome(found.returncode, "", found.stderr.decode()))
    place.renew()


def test_an_answer_is_never_written_over_the_register(place: Place) -> None:
    """By its name, by another name for it, and beside it."""
    other = place.folder / "link.json"
    other.unlink(missing_ok=True)
    other.symlink_to(place.store)
    for name in ("register.db", "./register.db", "../inner/register.db", "link.json", "register.db-wal"):
        for words in (("list",), ("export",), ("formats",), ("compare", "binding")):
            assert place.attempt(*words, "-f", "json", "-o", name).code == 2
    other.unlink()


def test_what_stands_in_the_folder_is_not_run(tmp_path: Path) -> None:
    """Modules and settings that lie where the program is started are no part of it.

    It makes the store that it reads: what is installed may be another version than the one under test.
    """
    for name in ("json.py", "sqlite3.py", "tracker.py", "config.toml", "sitecustomize.py"):
        Path(tmp_path, name).write_text("raise SystemExit(99)\n", encoding="utf-8")
    program = Path(sys.executable).with_name("tracker")
    if not program.exists():
        pytest.skip("the program is not installed beside this Python")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for words in (("store", "init"), ("list", "--json")):
        line = [program, "--store", str(tmp_path / "own.db"), *words]
        found = subprocess.run(line, cwd=tmp_path, env=environment, check=False, capture_output=True, timeout=60)
        assert found.returncode == 0, found.stderr
