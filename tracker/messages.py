"""The one module that writes to standard error: errors, warnings, hints and what a change did."""

import sys
from contextlib import suppress

from tracker.domain import safety


def _write(line: str) -> None:
    if sys.stderr is None:
        return
    with suppress(OSError, ValueError, AttributeError):  # the reader of stdout may be gone: not this line's concern
        sys.stdout.flush()
    with suppress(OSError, ValueError):  # nobody listens: there is no further place to say so
        sys.stderr.write(safety.visible(line) + "\n")
        sys.stderr.flush()


def error(text: str) -> None:
    """One line about what went wrong; printed even when quiet."""
    _write(f"tracker: {text}")


def warn(text: str) -> None:
    """One line about something odd that did not stop the command."""
    _write(f"warning: {text}")


def say(text: str, *, quiet: bool = False) -> None:
    """One line of talk: what was done, what to do next; silent when quiet."""
    if not quiet:
        _write(text)
