"""Shells on a terminal, with somebody who types: what a line became is told by the program that it was meant for."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import ROOT

SECONDS = 20
"""How long a shell may take to answer; it never does."""

STARTS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
"""Shells without the settings of whoever runs the tests."""

LOADS = {
    "bash": "source {script}",
    "zsh": "autoload -Uz compinit; compinit -u -d {home}/.zcompdump; unsetopt zle_bracketed_paste; source {script}",
    "fish": "source {script}",
}

PROGRAM = """#!/bin/sh
if [ -n "$_TRACKER_COMPLETE" ]; then
    exec {python} -m tracker "$@"
fi
printf '%s\\0' "$@" > {said}.part
mv {said}.part {said}
"""
"""Stands for ``tracker``: answers to TAB as it does, and tells what else it was called with."""


class Shell:
    """A shell in which somebody types."""

    def __init__(
        self, name: str, home: Path, *, store: Path, started: list[str] | None = None, loads: str | None = None
    ) -> None:
        """Start it with the completion loaded from the script, or as ``started`` says."""
        for needed in (name, "setsid"):
            if shutil.which(needed) is None:
                pytest.skip(f"{needed} is not installed here")
        self.name, self.home, self.said = name, home, home / "said"
        self.shown = b""
        folder = home / "bin"
        folder.mkdir(exist_ok=True)
        (folder / "tracker").write_text(PROGRAM.format(python=sys.executable, said=self.said))
        (folder / "tracker").chmod(0o755)
        self.controller, terminal = pty.openpty()
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *(started or STARTS[name])],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            cwd=home,
            env={
                **os.environ,
                "HOME": str(home),
                "PATH": f"{folder}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
                "TRACKER_STORE": str(store),
                "TERM": "xterm",
                "PS1": "",
                "HISTFILE": "",
                "COLUMNS": "200",
                "LINES": "50",
            },
        )
        os.close(terminal)
        script = ROOT / "tracker" / "shell" / "completion" / "scripts" / f"tracker.{name}"
        self.line((loads if loads is not None else LOADS[name].format(script=script, home=home)) + "\n")
        assert self.ran("tracker ready") == ["ready"]

    def line(self, keys: str) -> None:
        """Press keys."""
        data = keys.encode()
        while data:
            self._hear()
            data = data[os.write(self.controller, data[:512]) :]

    def ran(self, keys: str) -> list[str]:
        """Type a line with TABs and press enter; return what the program was called with."""
        self.said.unlink(missing_ok=True)
        self.shown = b""
        self.line(keys + "\n")
        end = time.monotonic() + SECONDS
        while not self.said.exists() and time.monotonic() < end:
            self._hear()
        if not self.said.exists():
            self.line("\x03")
        assert self.said.exists(), self.text()
        return self.said.read_text(encoding="utf-8").split("\0")[:-1]

    def offered(self, keys: str, until: str) -> str:
        """Type a line and TABs, and return what the shell shows once it shows a text; then the line is rubbed out."""
        self.shown = b""
        self.line(keys)
        end = time.monotonic() + SECONDS
        while until not in self.text() and time.monotonic() < end:
            self._hear()
        text = self.text()
        assert until in text, text
        self.line("\x15")
        return text

    def text(self) -> str:
        """Return what the terminal was told since the last keys, with its controls."""
        return self.shown.decode("utf-8", "replace")

    def _hear(self) -> None:
        while select.select([self.controller], [], [], 0.01)[0]:
            self.shown += os.read(self.controller, 65536)

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.controller)
