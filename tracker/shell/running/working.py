"""A passing line on standard error while SQLite works for longer than a second, and Ctrl-C inside of what it does."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

AFTER: Final = 1.0
"""Seconds before anything is shown."""

EVERY: Final = 0.5
"""Seconds between two drawings."""

STEPS: Final = 50_000
"""Steps of SQLite between two looks at the clock: well under a hundredth of a second."""


class _PassingLine:
    """A line on the terminal that gives way to the next one."""

    stands = False
    is_over = False


def may_pass() -> bool:
    """Whether standard error is a terminal that can take a line away again."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def passing(text: str) -> None:
    """Write a line, of words of our own, in the place of the last one; nothing once the terminal shows an answer."""
    if _PassingLine.is_over:
        return
    with suppress(OSError, ValueError):  # nobody looks
        sys.stderr.write(f"\r\x1b[2K{text}")
        sys.stderr.flush()
        _PassingLine.stands = True


def give_way(*, for_good: bool = False) -> None:
    """Take the passing line away; ``for_good``: no other comes, for the terminal shows an answer."""
    _PassingLine.is_over = _PassingLine.is_over or for_good
    if _PassingLine.stands:
        _PassingLine.stands = False
        with suppress(OSError, ValueError):  # nobody looks
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


class Working:
    """Looks at the clock while SQLite works; ``what`` is said with the seconds."""

    def __init__(self, what: str, *, quiet: bool) -> None:
        self._what = what
        self._is_shown = not quiet and may_pass()
        self._begun = self._last = monotonic()
        self.interrupted = False

    def beat(self) -> bool:
        """Draw where it is time; true ends the statement, for an exception would be lost in here."""
        try:
            now = monotonic()
            if self._is_shown and now - self._begun >= AFTER and now - self._last >= EVERY:
                self._last = now
                passing(f"{self._what}, {now - self._begun:.0f} s")
        except KeyboardInterrupt:
            self.interrupted = True
        return self.interrupted


@contextmanager
def working(connection: "sqlite3.Connection", what: str, *, quiet: bool) -> Iterator[None]:
    """Say while the block runs what takes so long; raises KeyboardInterrupt where SQLite hid it."""
    at_work = Working(what, quiet=quiet)
    connection.set_progress_handler(at_work.beat, STEPS)
    try:
        yield
    except Exception:
        if at_work.interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        give_way()
