"""The real program as a process of its own, in a place of its own."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from fault_kinds.writes import STORE

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-22"

PLAIN = ("-m", "tracker")
"""What Python is to run: the program itself."""

UNPRIVILEGED = (str(ROOT / "tests" / "without_root.py"),)
"""The program with permissions that bind, even where root runs it; exit code 77 where that cannot be had."""

CAN_NOT = 77

PATIENCE = 30
"""Seconds after which a run of the program counts as hanging; the longest that it may wait for a lock is five."""


def faulty(**fault: Any) -> tuple[str, ...]:
    """What Python is to run: the program with a fault inside its process (``child.py``)."""
    return (str(Path(__file__).with_name("child.py")), json.dumps(fault))


class Ended(NamedTuple):
    """What a run of the program left behind."""

    code: int
    """The exit code; below 0 the signal that ended it."""
    out: str
    err: str

    @property
    def last_line(self) -> str:
        """The last line on standard error: what was done, or what went wrong."""
        return self.err.splitlines()[-1] if self.err.strip() else ""


def _anonymous_file() -> IO[bytes]:
    return tempfile.TemporaryFile()


class Running:
    """A process that runs, or has run, the program; what it prints goes into files, so that it never waits for us."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.streams: tuple[IO[bytes], IO[bytes]] = (_anonymous_file(), _anonymous_file())
        out, err = self.streams
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )

    def ended(self) -> Ended:
        """Wait for the end; a run that hangs is ended, and so ends by a signal."""
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        code = self.process.wait()
        watch.cancel()
        texts = []
        for stream in self.streams:
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
            stream.close()
        return Ended(code, *texts)


class Site(NamedTuple):
    """Where one fault is laid: a folder to run in, and in it, or elsewhere, the place of the store.

    Nothing but the store and what the program puts beside it lies in ``place``.
    """

    folder: Path
    place: Path
    inputs: Path
    """Where the files lie that commands read."""

    @property
    def store(self) -> Path:
        """The store; it need not be there."""
        return self.place / STORE

    def start(self, words: Sequence[str], program: Sequence[str] = PLAIN, actor: str = "tester") -> Running:
        """Start a command; ``{inputs}`` and ``{place}`` in its words are these folders."""
        fixed = ["--no-config", "--no-input", "--store", str(self.store), "--today", TODAY, "--actor", actor]
        written = [word.replace("{inputs}", str(self.inputs)).replace("{place}", str(self.place)) for word in words]
        return Running([sys.executable, *program, *fixed, *written], self.folder, self.environment())

    def run(self, words: Sequence[str], program: Sequence[str] = PLAIN) -> Ended:
        """Run a command to its end."""
        return self.start(words, program).ended()

    def environment(self) -> dict[str, str]:
        """What the process finds around it: nothing of ours but the language, all of its own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRACKER_", "XDG_"))}
        own = {"HOME": str(self.folder), "TMPDIR": str(self.folder), "PYTHONPATH": str(ROOT)}
        return kept | own
