"""The program as tests run it: in this process for speed, or in one of its own for real pipes."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tracker.shell import program

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.json"))
TODAY = "2026-11-22"
NOON = datetime.fromisoformat(f"{TODAY}T12:00Z")
"""When every test runs: the clock of the program stands there, so that today and the times of the log agree.

The log counts on by microseconds. A test that needs other times puts another clock in place
(``tracker.clock.replaced``). A process of its own has the machine's clock, and is asked nothing about times.
"""

WITHOUT_ROOT = Path(__file__).with_name("without_root.py")
"""Runs the program with permissions that bind, whoever runs the tests."""


class Outcome(NamedTuple):
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
"""Takes the arguments of the program, and ``stdin``."""


def called(arguments: list[str], stdin: bytes) -> tuple[int, bytes, bytes]:
    """Run the program in this process, with streams of its own."""
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr
    sys.argv, (sys.stdin, sys.stdout, sys.stderr) = ["tracker", *arguments], streams
    try:
        program.run(arguments)
        code: object = 0
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept
    for stream in streams[1:]:
        stream.flush()
    assert isinstance(code, int)
    return code, streams[1].buffer.getvalue(), streams[2].buffer.getvalue()


def in_process(arguments: list[str], stdin: str | bytes) -> Outcome:
    """Run Python in a process of its own, where it can import the program."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments], input=data, capture_output=True, check=False, env=environment, timeout=60
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
