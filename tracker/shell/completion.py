"""What is offered when TAB is pressed: looked up in the store that the line being typed is about.

Nothing is ever printed: a message would land in the middle of that line.
"""

import os

from tracker.errors import TrackerError
from tracker.read.file.location import StoreLocation
from tracker.read.lookup import completion
from tracker.shell import settings
from tracker.shell.context import locate


def values(what: str, incomplete: str) -> list[str]:
    """Return what completes the beginning of a value; nothing where the store cannot be read."""
    if what in completion.WORDS:
        return completion.words(what, incomplete)
    try:
        return completion.values(_location(), what, incomplete)
    except TrackerError:
        return []


def terms(incomplete: str) -> list[str]:
    """Return what completes a term of a query: names of fields, words and codes after the colon, saved queries.

    bash takes a colon for the end of a word; what it asks for then is the value alone.
    """
    typed = _typed()
    try:
        if len(typed) > 2 and typed[-2] == ":" and typed[-1] == incomplete:
            return completion.of_field(_location(), typed[-3], incomplete)
        return completion.terms(_location(), incomplete)
    except TrackerError:
        return []


def _location() -> StoreLocation:
    return locate(_named_on_the_line(), settings.load(None))


def _typed() -> list[str]:
    return os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()


def _named_on_the_line() -> str | None:
    """The --store of the line that is being completed."""
    words = _typed()
    for at, word in enumerate(words):
        if word == "--store" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--store="):
            return word.partition("=")[2]
    return None
