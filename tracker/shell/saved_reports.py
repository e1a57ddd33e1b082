"""Reports saved under a name: ``tracker report @weekly`` is the line that was saved, and what is typed behind it."""

import shlex
from collections.abc import Sequence

from tracker.errors import InvalidValue
from tracker.read.lookup.saved import REPORTS
from tracker.shell.arguments import FLAG_OPTIONS, VALUE_OPTIONS, fronted

COMMAND = "report"
SAVE, FORGET = "--save", "--forget"


def expanded(arguments: list[str]) -> list[str]:
    """Put the words of a saved report in the place of its name, on a line whose global options stand in front.

    Raises InvalidValue for a name that is not known.
    """
    start = _start(arguments)
    words = arguments[start:]
    at = _name(words) if words[:1] == [COMMAND] and FORGET not in words else None
    if at is None:
        return arguments
    return [*arguments[:start], *words[:at], *_words(words[at].removeprefix("@")), *words[at + 1 :]]


def line(typed: Sequence[str]) -> str:
    """Return what is saved of a command line: all behind ``report``, without the name that it is saved under."""
    arguments = expanded(fronted(typed))
    kept: list[str] = []
    words = iter(arguments[_start(arguments) + 1 :])
    for word in words:
        if word == SAVE:
            next(words, None)
        elif not word.startswith(f"{SAVE}="):
            kept.append(word)
    return shlex.join(kept)


def _words(name: str) -> list[str]:
    text = REPORTS.text(name)
    try:
        return shlex.split(text)
    except ValueError as error:
        raise InvalidValue(f"the saved report @{name} in {REPORTS.place}: {error}: {text}") from error


def _start(arguments: Sequence[str]) -> int:
    """Return where the command stands behind the global options."""
    at = 0
    while at < len(arguments):
        if arguments[at] in VALUE_OPTIONS:
            at += 2
        elif arguments[at] in FLAG_OPTIONS or arguments[at].partition("=")[0] in VALUE_OPTIONS:
            at += 1
        else:
            break
    return at


def _name(words: Sequence[str]) -> int | None:
    """Return the place of the name of a saved report; None where a report is named first, and @NAME is a query."""
    from tracker.read.reports import REPORTS as MADE

    first = (at for at, word in enumerate(words) if word.startswith("@") or word in MADE)
    at = next(first, None)
    return at if at is not None and words[at].startswith("@") else None
