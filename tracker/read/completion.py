"""What the shell offers when TAB is pressed: codes, ids and refs of the store, and words of the vocabulary."""

import os

from tracker import config
from tracker.context import StoreLocation, locate
from tracker.domain import vocabulary
from tracker.errors import TrackerError
from tracker.read import refs
from tracker.read.connection import Reader, open_store

MOST = 100
"""Values that are offered at once."""

WORDS = {
    "binding": vocabulary.BINDING_STATUSES,
    "type": vocabulary.INSTRUMENT_TYPES,
    "status": (*vocabulary.STATUSES, *vocabulary.FLAGS),
    "text_access": vocabulary.TEXT_ACCESS,
}

KEYS = {
    "party": "SELECT code FROM parties WHERE code >= :first AND code < :last ORDER BY code LIMIT :most",
    "focus": "SELECT code FROM focus_areas WHERE code >= :first AND code < :last ORDER BY code LIMIT :most",
    "family": "SELECT id FROM families WHERE id >= :first AND id < :last ORDER BY id LIMIT :most",
    "signatory": "SELECT id FROM people WHERE id >= :first AND id < :last ORDER BY id LIMIT :most",
    "source": "SELECT id FROM sources WHERE id >= :first AND id < :last ORDER BY id LIMIT :most",
}


def values(what: str, incomplete: str) -> list[str]:
    """Return what completes the beginning of a value; nothing where the store cannot be read."""
    if what in WORDS:
        return [word for word in WORDS[what] if word.startswith(incomplete)]
    try:
        with open_store(_location()) as reader:
            return _keys(reader, what, incomplete)
    except TrackerError:
        return []  # a message would land in the middle of the line that is being typed


def _location() -> StoreLocation:
    return locate(_named_on_the_line(), config.load(None))


def _named_on_the_line() -> str | None:
    """The --store of the line that is being completed."""
    words = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()
    for at, word in enumerate(words):
        if word == "--store" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--store="):
            return word.partition("=")[2]
    return None


def _keys(reader: Reader, what: str, incomplete: str) -> list[str]:
    if what == "ref":
        return refs.beginning(reader, incomplete.lower(), MOST)
    first = incomplete.upper() if what == "party" and len(incomplete) <= 3 else incomplete
    rows = reader.tuples(KEYS[what], {"first": first, "last": first + refs.BEYOND, "most": MOST})
    return [row[0] for row in rows]
