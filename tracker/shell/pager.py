"""A pager for long answers on a terminal, as git and gh have one: what fits one screen is printed as it is."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from subprocess import Popen

BESIDE = 2
"""Lines of a screen that the prompt needs."""

LESS = "FIRX"
"""How less behaves where the user has no wishes: it ends on one screen, keeps colours, and leaves the text standing."""


def command(environ: Mapping[str, str], configured: str | bool | None = None) -> list[str]:
    """Return the pager and its options: TRACKER_PAGER, the configuration, PAGER, else less; empty where none is wanted.

    An empty variable and ``cat`` mean none.
    """
    import shlex

    wishes = (environ.get("TRACKER_PAGER"), configured, environ.get("PAGER"), "less")
    wanted = next(wish for wish in wishes if isinstance(wish, str))
    try:
        words = shlex.split(wanted)
    except ValueError:  # a quotation mark that is not closed
        words = wanted.split()
    return [] if words == ["cat"] else words


def is_wanted(environ: Mapping[str, str]) -> bool:
    """Whether somebody is there who can turn pages."""
    try:
        return environ.get("TERM") != "dumb" and sys.stdin is not None and sys.stdin.isatty()
    except ValueError:  # closed
        return False


class Paged:
    """Bytes on their way to a terminal: one screen is held back, more than that goes to the pager."""

    def __init__(self, screen: BinaryIO, words: list[str]) -> None:
        """Print to the screen, or hand over to the program that these words start."""
        from shutil import get_terminal_size

        self._screen = screen
        self._words = words
        self._room = get_terminal_size().lines - BESIDE
        self._held: list[bytes] = []
        self._lines = 0
        self._pager: Popen[bytes] | None = None

    def write(self, data: bytes) -> int:
        """Take bytes; raises BrokenPipeError where the reader has left the pager."""
        if self._words and self._pager is None:
            self._held.append(data)
            self._lines += data.count(b"\n")
            if self._lines > self._room:
                self._start()
            return len(data)
        return self._out.write(data)

    def writelines(self, lines: "list[bytes]") -> None:
        """Take lines one by one."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits that should not."""

    def end(self) -> None:
        """Print what is held back, or wait until the reader has left the pager."""
        if self._pager is None:
            self._screen.writelines(self._held)
            self._held.clear()
            return
        with suppress(BrokenPipeError):
            self._out.close()
        while True:
            with suppress(KeyboardInterrupt):  # it is for the pager
                self._pager.wait()
                return

    @property
    def _out(self) -> "IO[bytes]":
        if self._pager is None or self._pager.stdin is None:
            return self._screen
        return self._pager.stdin

    def _start(self) -> None:
        from subprocess import PIPE, Popen

        self._screen.flush()
        try:
            self._pager = Popen(self._words, stdin=PIPE, env={"LESS": LESS, **os.environ})  # noqa: S603 - the user's pager
        except OSError:  # there is none: the screen will do
            self._words = []
        held, self._held = self._held, []
        self._out.writelines(held)
