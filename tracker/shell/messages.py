"""The one module that writes to standard error: errors, warnings, hints and what a change did."""

import sys
from collections.abc import Sequence
from contextlib import suppress

from tracker.shell.running.working import give_way


def _write(line: str) -> None:
    if sys.stderr is None:
        return
    give_way()
    with suppress(OSError, ValueError, AttributeError):  # the reader of stdout may be gone: not this line's concern
        sys.stdout.flush()
    with suppress(OSError, ValueError):  # nobody listens: there is no further place to say so
        sys.stderr.write(_visible(line) + "\n")
        sys.stderr.flush()


def _visible(text: str) -> str:
    from tracker.text.safety import visible

    return visible(text)


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


def ask(question: str, *, default: bool = False) -> bool:
    """Ask on standard error and read the answer from standard input: yes or no; an empty answer is the default.

    The end of the input means no. Standard output is left to data.
    """
    choices = "[Y/n]" if default else "[y/N]"
    while True:
        sys.stderr.write(f"{_visible(question)} {choices}: ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            return False
        word = answer.strip().lower()
        if not word:
            return default
        if word in ("y", "yes", "n", "no"):
            return word in ("y", "yes")


def ask_text(question: str, words: Sequence[str] = ()) -> str:
    """Ask for a text, with TAB to complete ``words`` where the terminal has a line editor; raises EOFError at the end.

    The question goes to standard error, but for the line editor, which writes to the terminal itself.
    """
    if sys.stdout is not None and sys.stdout.isatty() and _completes(words):
        return input(_visible(question))
    sys.stderr.write(_visible(question))
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer.rstrip("\n")


def _completes(words: Sequence[str]) -> bool:
    """Have the line editor of the terminal complete these words; tells whether there is one."""
    try:
        import readline
    except ImportError:  # Python may be built without it
        return False

    def complete(text: str, state: int) -> str | None:
        found = [word for word in words if word.casefold().startswith(text.casefold())]
        return found[state] if state < len(found) else None

    readline.set_completer_delims("")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    return True


def width() -> int:
    """Columns of the terminal."""
    from shutil import get_terminal_size

    return get_terminal_size().columns
