"""A register of the samples, and the program to ask it: in this process for speed, in one of its own for real pipes."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.json"))
TODAY = "2026-11-22"

WITHOUT_ROOT = Path(__file__).with_name("without_root.py")
"""Runs the program with permissions that bind, whoever runs the tests."""


class Outcome(NamedTuple):
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


def pytest_configure() -> None:
    """Keep the settings and the stores of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("XDG_") or name in OURS]:
        del os.environ[name]


OURS = ("TRACKER_STORE", "TRACKER_TODAY", "TRACKER_ACTOR", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS")


def called(arguments: list[str], stdin: bytes) -> tuple[int, bytes, bytes]:
    """Run the program in this process, with streams of its own."""
    from tracker.cli import app

    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr
    sys.argv, (sys.stdin, sys.stdout, sys.stderr) = ["tracker", *arguments], streams
    try:
        app(arguments)
        code: object = 0
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept
    for stream in streams[1:]:
        stream.flush()
    assert isinstance(code, int)
    return code, streams[1].buffer.getvalue(), streams[2].buffer.getvalue()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty HOME, a fixed day and a named actor."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name, value in {"HOME": str(folder), "TRACKER_TODAY": TODAY, "TRACKER_ACTOR": "tester"}.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def run(home: Path) -> Run:
    """Run the program in this process: ``run("list", "--json", stdin=None)`` gives code, out and err."""

    def start(*arguments: object, stdin: str | bytes = b"") -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        code, out, err = called([str(argument) for argument in arguments], data)
        return Outcome(code, out.decode(), err.decode())

    return start


@pytest.fixture
def run_process(home: Path) -> Run:
    """Run the program in a process of its own; ``unprivileged`` makes permissions bind even for root."""

    def start(*arguments: object, stdin: str | bytes = b"", unprivileged: bool = False) -> Outcome:
        program = [str(WITHOUT_ROOT)] if unprivileged else ["-m", "tracker"]
        return _process([*program, *(str(argument) for argument in arguments)], stdin)

    return start


@pytest.fixture
def run_python(home: Path) -> Run:
    """Run a piece of Python in a clean interpreter that can import the program."""

    def start(code: str, *arguments: object) -> Outcome:
        return _process(["-c", code, *(str(argument) for argument in arguments)], b"")

    return start


def _process(arguments: list[str], stdin: str | bytes) -> Outcome:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments], input=data, capture_output=True, check=False, env=environment, timeout=60
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of all samples, made once by the program itself; not to be written to."""
    path = tmp_path_factory.mktemp("samples") / "register.db"
    files = [str(file) for file in SAMPLES]
    arguments = ["--no-config", "--store", str(path), "--today", TODAY, "--actor", "tester", "import", *files]
    code, _, err = called(arguments, b"")
    assert code == 0, err.decode()
    return path


@pytest.fixture
def store(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the samples of the test's own, which the program finds without being told."""
    path = Path(shutil.copy(sample_store, tmp_path / "register.db"))
    monkeypatch.setenv("TRACKER_STORE", str(path))
    return path
