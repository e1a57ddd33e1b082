"""What the shell offers when TAB is pressed: codes, ids and refs of the store, and words of the vocabulary."""

import os

from tracker.errors import TrackerError
from tracker.query import fields as query_fields
from tracker.read.file.connection import Reader, open_store
from tracker.read.lookup import refs
from tracker.record import vocabulary
from tracker.shell import config
from tracker.shell.context import StoreLocation, locate

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


def terms(incomplete: str) -> list[str]:
    """Return what completes a term of a query: names of fields, words and codes after the colon, saved queries.

    bash takes a colon for the end of a word; what it asks for then is the value alone.
    """
    typed = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()
    if len(typed) > 2 and typed[-2] == ":" and typed[-1] == incomplete:
        return _of_field(typed[-3], incomplete)
    if incomplete.startswith("@"):
        return _saved(incomplete)
    name, colon, value = incomplete.partition(":")
    if colon:
        before, comma, last = value.rpartition(",")
        return [f"{name}:{before}{comma}{found}" for found in _of_field(name, last)]
    return [f"{field}:" for field in query_fields.FIELDS if field.startswith(name)]


def _of_field(name: str, incomplete: str) -> list[str]:
    """Return the values of a field, or its words, that begin like this; and whether it holds anything at all."""
    field = query_fields.ALIASES.get(name, name)
    known = query_fields.FIELDS.get(field)
    if known is None:
        return []
    found = [word for word in known.words if word.startswith(incomplete)]
    if known.kind in ("name", "ref"):
        found += values("ref" if known.kind == "ref" else field, incomplete)
    return found + [word for word in ("any", "none") if word.startswith(incomplete)]


def _saved(incomplete: str) -> list[str]:
    from tracker.shell import saved_queries

    try:
        return [f"@{name}" for name in saved_queries.load() if f"@{name}".startswith(incomplete)]
    except TrackerError:
        return []


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
