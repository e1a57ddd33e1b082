"""A line that says what takes long, and Ctrl-C at any moment: one line, exit code 130."""

import io
import itertools
import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from running import ROOT

from tracker.shell.running import working as at_work

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT count(*) FROM n"
LINE = "tracker: interrupted\n"


def ended(code: str) -> tuple[int, str]:
    """Run Python code in a process of its own that answers to Ctrl-C."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)  # background jobs of a shell ignore it
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"import os, signal, sys\n{code}", "list"],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
    finally:
        signal.signal(signal.SIGINT, kept)
    return done.returncode, done.stderr


AT_IMPORT = """
from tracker.__main__ import main
class Pressing:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            {press}
sys.meta_path.insert(0, Pressing())
main()
"""
CTRL_C = "os.kill(os.getpid(), signal.SIGINT)"


@pytest.mark.parametrize("module", ["tracker.shell.running", "tracker.shell.program", "typer", "tracker.commands.list"])
def test_ctrl_c_while_modules_are_loaded(module: str) -> None:
    assert ended(AT_IMPORT.format(module=module, press=CTRL_C)) == (130, LINE)


def test_ctrl_c_that_a_callback_would_drop_while_modules_are_loaded() -> None:
    press = f"type('', (), {{'__del__': lambda _: {CTRL_C}}})()"
    assert ended(AT_IMPORT.format(module="typer", press=press)) == (130, LINE)


def test_who_ignores_ctrl_c_is_left_alone() -> None:
    ignoring = "signal.signal(signal.SIGINT, signal.SIG_IGN)"
    watching = "from tracker.shell.running import interrupts\ninterrupts.watch()"
    assert ended(f"{ignoring}\n{watching}\n{CTRL_C}") == (0, "")


def test_ctrl_c_inside_of_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(":memory:")
    moments = iter([0.0])

    def press() -> float:
        try:
            return next(moments)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(at_work, "monotonic", press)
    with pytest.raises(KeyboardInterrupt), at_work.working(connection, "reading", quiet=True):
        connection.execute(SLOW).fetchone()
    connection.close()


def worked(monkeypatch: pytest.MonkeyPatch, *, quiet: bool, terminal: bool) -> str:
    """Return what stands on standard error after SQLite worked for some seconds."""
    said = io.StringIO()
    monkeypatch.setattr(said, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr(sys, "stderr", said)
    monkeypatch.setattr(at_work._PassingLine, "is_over", False)
    monkeypatch.setenv("TERM", "xterm")
    seconds = itertools.count(0, 2)
    monkeypatch.setattr(at_work, "monotonic", lambda: float(next(seconds)))
    connection = sqlite3.connect(":memory:")
    with at_work.working(connection, "reading the register", quiet=quiet):
        connection.execute(SLOW).fetchone()
    connection.close()
    return said.getvalue()


def test_what_takes_long_is_said_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    text = worked(monkeypatch, quiet=False, terminal=True)
    assert text.startswith("\r\x1b[2Kreading the register, 2 s\r\x1b[2K")
    assert text.endswith("\r\x1b[2K")


def test_nothing_is_said_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worked(monkeypatch, quiet=True, terminal=True) == ""
    assert worked(monkeypatch, quiet=False, terminal=False) == ""
