"""One process and what it costs: shared by all benchmarks."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

KIB = 1024
"""``ru_maxrss`` counts KiB on Linux."""


class Cost(NamedTuple):
    """User and system time and time of the clock, in seconds, and peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


def cost(
    command: list[str],
    environment: dict[str, str],
    out: Path | None = None,
    *,
    codes: tuple[int, ...] = (0,),
    given: bytes = b"",
) -> Cost:
    """Return what one process costs; fails loudly if it ends with another code."""
    with (
        (out or Path(os.devnull)).open("wb") as sink,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryFile() as typed,
    ):
        typed.write(given)
        typed.seek(0)
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdin=typed, stdout=sink, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        said.seek(0)
        message = said.read().decode(errors="replace")
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {message}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / KIB)


def clean_environment(folder: Path) -> dict[str, str]:
    """Return an environment with the store and the home in a folder, in which modules are compiled once and kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    checkout = str(Path(__file__).parents[1])
    return kept | {"HOME": str(folder), "TRACKER_STORE": str(folder / "register.db"), "PYTHONPATH": checkout}


def program(store: Path) -> list[str]:
    """Return the beginning of every call of the program on a store."""
    return [sys.executable, "-m", "tracker", "--store", str(store), "--no-input"]
