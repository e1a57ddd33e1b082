"""The one module that writes to standard error: errors, warnings, hints and what a change did."""

import sys

from tracker.domain import safety


def _write(line: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        pass  # the reader of stdout may be gone; that is not this line's concern
    try:
        sys.stderr.write(safety.visible(line) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass  # nobody listens: there is no further place to say so


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
