"""What completes the beginning of a value or of a term: codes, ids and refs of the store, words, saved queries."""

from tracker.errors import TrackerError
from tracker.query import fields as query_fields
from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.read.lookup import refs, saved_queries

MOST = 100
"""Values that are offered at once."""

WORDS = {name: field.words for name, field in query_fields.FIELDS.items() if field.kind == "code"}
"""Fields of a query whose values are words of a closed list."""

KEYS = {
    "party": "SELECT code FROM parties WHERE code >= :first AND code < :last ORDER BY code LIMIT :most",
    "focus": "SELECT code FROM focus_areas WHERE code >= :first AND code < :last ORDER BY code LIMIT :most",
    "family": "SELECT id FROM families WHERE id >= :first AND id < :last ORDER BY id LIMIT :most",
    "signatory": "SELECT id FROM people WHERE id >= :first AND id < :last ORDER BY id LIMIT :most",
    "source": "SELECT id FROM sources WHERE id >= :first AND id < :last ORDER BY id LIMIT :most",
}


def words(what: str, incomplete: str) -> list[str]:
    """Return the words of a closed list that begin like this."""
    return [word for word in WORDS[what] if word.startswith(incomplete)]


def values(location: StoreLocation, what: str, incomplete: str) -> list[str]:
    """Return what completes the beginning of a code, id or ref; raises StoreProblem where the store cannot be read."""
    with open_store(location) as reader:
        return _keys(reader, what, incomplete)


def terms(location: StoreLocation, incomplete: str) -> list[str]:
    """Return what completes a term of a query: names of fields, words and codes after the colon, saved queries."""
    if incomplete.startswith("@"):
        return [f"@{name}" for name in saved_queries.load() if f"@{name}".startswith(incomplete)]
    name, colon, value = incomplete.partition(":")
    if colon:
        before, comma, last = value.rpartition(",")
        return [f"{name}:{before}{comma}{found}" for found in of_field(location, name, last)]
    return [f"{field}:" for field in query_fields.FIELDS if field.startswith(name)]


def of_field(location: StoreLocation, name: str, incomplete: str) -> list[str]:
    """Return the values of a field, or its words, that begin like this; and whether it holds anything at all."""
    field = query_fields.ALIASES.get(name, name)
    known = query_fields.FIELDS.get(field)
    if known is None:
        return []
    found = [word for word in known.words if word.startswith(incomplete)]
    if known.kind in ("name", "ref"):
        found += _stored(location, "ref" if known.kind == "ref" else field, incomplete)
    return found + [word for word in ("any", "none") if word.startswith(incomplete)]


def _stored(location: StoreLocation, what: str, incomplete: str) -> list[str]:
    """Return the values of the store; none where it cannot be read, for there are words to offer beside them."""
    try:
        return values(location, what, incomplete)
    except TrackerError:
        return []


def _keys(reader: Reader, what: str, incomplete: str) -> list[str]:
    if what == "ref":
        return refs.beginning(reader, incomplete.lower(), MOST)
    first = incomplete.upper() if what == "party" and len(incomplete) <= 3 else incomplete
    rows = reader.tuples(KEYS[what], {"first": first, "last": first + refs.BEYOND, "most": MOST})
    return [row[0] for row in rows]
