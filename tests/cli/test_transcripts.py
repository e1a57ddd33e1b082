"""Runs the transcripts; each error that a user can meet has one of its own under ``transcripts/errors``.

``TRACKER_UPDATE_GOLDEN=1 pytest tests/cli/test_transcripts.py`` writes down anew what has changed.
"""

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from running import ROOT, Outcome, Run
from transcripts import FOLDER, Step, fits, renewed, rewritten, steps, written

from tracker import errors

NAMES = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.txt"))

UPDATE = bool(os.environ.get("TRACKER_UPDATE_GOLDEN"))
"""What is found becomes what is expected; read the difference before it is kept."""

CAN_NOT = 77
"""Exit code of ``without_root.py`` where root cannot give up its privilege."""

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def make_file(step: Step, stack: ExitStack, name: str) -> None:
    """Make a text file of the lines that follow."""
    Path(name).write_text("".join(f"{line}\n" for line in step.file), encoding="utf-8")


def make_database(step: Step, stack: ExitStack, name: str) -> None:
    """Make an SQLite database of another program."""
    with sqlite3.connect(name) as connection:
        connection.execute("CREATE TABLE treaty (id INTEGER, name TEXT)")
    connection.close()


def cut(step: Step, stack: ExitStack, name: str) -> None:
    """Cut a file in half."""
    os.truncate(name, Path(name).stat().st_size // 2)


def spoil(step: Step, stack: ExitStack, name: str) -> None:
    """Write over all but the first page of a database."""
    with Path(name).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xaa" * (Path(name).stat().st_size - 4096))


def give_revision(step: Step, stack: ExitStack, name: str, revision: str) -> None:
    """Give a store the revision of another version of the program."""
    with sqlite3.connect(name) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def lock(step: Step, stack: ExitStack, name: str) -> None:
    """Have another process hold the store until the end of the transcript; it is waited for more shortly than usual."""
    connect = sqlite3.connect
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(sqlite3, "connect", lambda *place, **how: connect(*place, **{**how, "timeout": 0.02}))
    arguments = [sys.executable, "-ISc", HOLD, name]
    holder = stack.enter_context(subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"


def close_folder(step: Step, stack: ExitStack, name: str, *files: str) -> None:
    """Make a folder that cannot be written, with copies of the files."""
    folder = Path(name)
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    folder.chmod(0o555)
    stack.callback(folder.chmod, 0o755)


def protect(step: Step, stack: ExitStack, name: str) -> None:
    """Take the right to write a file."""
    Path(name).chmod(0o444)


def set_editor(step: Step, stack: ExitStack, name: str) -> None:
    """Make a script the editor."""
    stack.enter_context(pytest.MonkeyPatch.context()).setenv("EDITOR", f"sh {shlex.quote(str(Path(name).absolute()))}")


def forget_store(step: Step, stack: ExitStack) -> None:
    """Name no store: the default place is meant."""
    stack.enter_context(pytest.MonkeyPatch.context()).delenv("TRACKER_STORE")


PREPARATIONS: dict[str, Callable[..., None]] = {
    "file": make_file,
    "database": make_database,
    "cut": cut,
    "spoil": spoil,
    "revision": give_revision,
    "lock": lock,
    "closed-folder": close_folder,
    "protect": protect,
    "editor": set_editor,
    "no-store-named": forget_store,
}


@pytest.fixture
def folder(sample_store: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a transcript runs; the shell finds the program."""
    place, programs = tmp_path / "here", tmp_path / "bin"
    place.mkdir()
    programs.mkdir()
    program = programs / "tracker"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tracker "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    shutil.copy(sample_store, place / "register.db")
    monkeypatch.chdir(place)
    monkeypatch.setenv("TRACKER_STORE", "register.db")
    return place


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is to be undone when the transcript ends."""
    with ExitStack() as entered:
        yield entered


@pytest.fixture
def perform(run: Run, run_process: Run, folder: Path) -> Callable[[Step], Outcome]:
    """Run one command of a transcript."""

    def start(step: Step) -> Outcome:
        words = shlex.split(step.text)
        assert words[0] == "tracker", step.text
        if {"|", ">", "<"} & set(words):
            return in_shell(step.text)
        if step.mark == "$":
            return run(*words[1:])
        outcome = run_process(*words[1:], unprivileged=True)
        if outcome.code == CAN_NOT:
            pytest.skip("root cannot give up its privilege here, so permissions do not bind")
        return outcome

    return start


def in_shell(line: str) -> Outcome:
    """Run a line of the shell; its exit code is that of the last command that failed."""
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False, text=True)
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", NAMES)
def test_transcript(name: str, perform: Callable[[Step], Outcome], folder: Path, stack: ExitStack) -> None:
    path = FOLDER / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    anew: dict[int, list[str]] = {}
    for step in steps(text):
        if step.mark == "%":
            what, *words = shlex.split(step.text)
            PREPARATIONS[what](step, stack, *words)
            continue
        code, out, err = perform(step)
        said = [line for line in err.splitlines() if not line.startswith("  ")]  # a query is shown below its mistake
        assert code == 0 or said[-1].startswith("tracker: ")
        assert "Traceback" not in err
        if fits(step.out, out) and fits(step.err, err) and code == step.code:
            continue
        place = str(folder.parent)
        found = written(step, renewed(step.out, out, place), renewed(step.err, err, place), code)
        anew[step.line] = found
        if not UPDATE:
            told = ["expected", *written(step, step.out, step.err, step.code), "found", *found]
            pytest.fail("\n".join([f"{name}.txt, line {step.line}", *told]), pytrace=False)
    if anew:
        path.write_text(rewritten(text, anew), encoding="utf-8")


def leaves(error: type[errors.TrackerError]) -> Iterator[type[errors.TrackerError]]:
    """Yield the classes of a tree of errors that have none below them in ``tracker.errors``."""
    below = [each for each in error.__subclasses__() if each.__module__ == errors.__name__]
    for each in below:
        yield from leaves(each)
    if not below:
        yield error


def file_name(error: type[errors.TrackerError]) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in error.__name__).strip("_")


@pytest.mark.parametrize("error", list(leaves(errors.TrackerError)), ids=lambda error: error.__name__)
def test_every_error_has_an_exit_code_and_a_transcript(error: type[errors.TrackerError]) -> None:
    path = FOLDER / "errors" / f"{file_name(error)}.txt"
    code = int(error.exit_code)
    assert code in (1, 2, 3)
    assert f"\n? {code}\n" in path.read_text(encoding="utf-8")
