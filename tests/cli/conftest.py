"""What the tests of the command line share: asking, writing, and the program with somebody at a terminal."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from running import ROOT


@pytest.fixture
def on_terminal(home: Path, store: Path):
    """Start the program with a terminal of its own to ask on; yields the process and the terminal's other end."""

    @contextmanager
    def start(*arguments: object) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
        kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # background jobs of a shell ignore it
        controller, terminal = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *map(str, arguments)],
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            yield process, controller
        finally:
            signal.signal(signal.SIGINT, kept)
            process.kill()
            process.communicate()
            os.close(terminal)
            os.close(controller)

    return start


@pytest.fixture
def ask(run, store: Path):
    """The JSON of a command that must succeed."""

    def get(*arguments: object) -> Any:
        done = run(*arguments, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    return get


@pytest.fixture
def do(run, store: Path):
    """A write that must succeed; gives what it said."""

    def change(*arguments: object) -> str:
        done = run(*arguments)
        assert done.code == 0, done.err
        return str(done.err)

    return change
