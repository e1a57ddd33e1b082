"""Where each page of a site is, and which texts lead to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from tracker.record.document import IDENTITY
from tracker.record.types import Record
from tracker.renderers._parts.html_tables import Beyond

INDEX, STYLE, FEED = "index.html", "style.css", "feed.xml"

FOLDERS: Final[Mapping[str, str]] = {
    "agreement": "agreement",
    "party": "party",
    "family": "family",
    "focus_area": "focus",
    "source": "source",
}
"""Kind of object to the folder of its pages."""

LISTS: Final[Mapping[str, str]] = {
    "party": "parties",
    "family": "families",
    "focus_area": "focus-areas",
    "source": "sources",
}
"""Kind of object to the name of its list, as a page and as data."""

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,199}")

COLUMNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ref", "agreement", "target", "source_ref"), "agreement"),
    **dict.fromkeys(("party", "parties", "by", "who", "for", "partner", "organisation", "successors"), "party"),
    "kept by": "party",
    **dict.fromkeys(("focus", "focus areas", "parent"), "focus_area"),
    **dict.fromkeys(("family", "families"), "family"),
    **dict.fromkeys(("source", "sources", "reprint of"), "source"),
}
"""Column, or name of a fact, to the kind of object that its texts name."""

HEADINGS: Final[Mapping[str, str]] = {
    **{kind: kind for kind in FOLDERS},
    "sources": "source",
    "narrower": "focus_area",
    "members": "party",
    "member of": "party",
}
"""Heading of a section whose ``id`` or ``code`` names objects of one kind, without the numbers behind it."""

_IN_BRACKETS = re.compile(r"\(([^()\s]+)\)")


def page(kind: str, key: str) -> str:
    """Return the path of the page of an object, for any key: it never leads out of its folder."""
    if not _HARMLESS.fullmatch(key):
        from hashlib import sha256

        key = f"-{sha256(key.encode()).hexdigest()[:24]}"
    elif kind == "party" and len(key) == 3 and not key.isupper():
        key += "-"  # apart from the state of that code, also where the case of names does not count
    return f"{FOLDERS[kind]}/{key}.html"


class Named(NamedTuple):
    """The objects that have a page: by kind, each text that names one, and its key."""

    keys: Mapping[str, Mapping[str, str]]

    def address(self, heading: str, column: str, text: str) -> str | None:
        """Return the path of the page that a text names in a column; None where it names none."""
        kind = COLUMNS.get(column)
        if kind is None and column in ("id", "code"):
            kind = HEADINGS.get(heading.partition(" (")[0].lower())
        if kind is None:
            return None
        key = self._key(self.keys.get(kind, {}), text)
        return None if key is None else page(kind, key)

    def beyond(self, path: str) -> Beyond:
        """Return what leads from a page to others: addresses seen from its own, none to itself."""
        up = "../" * path.count("/")

        def lead(heading: str, column: str, text: str) -> str | None:
            address = self.address(heading, column, text)
            return None if address in (None, path) else f"{up}{address}"

        return lead

    def _key(self, keys: Mapping[str, str], text: str) -> str | None:
        for candidate in (text, *_IN_BRACKETS.findall(text), text.partition(" (")[0]):
            if candidate in keys:
                return keys[candidate]
        return None


def named(refs: Iterable[str], objects: Mapping[str, Sequence[Record]]) -> Named:
    """Return the pages of agreements and other objects, by what texts call these."""
    keys: dict[str, dict[str, str]] = {"agreement": {ref: ref for ref in refs}}
    for kind, records in objects.items():
        own = keys.setdefault(kind, {})
        for record in records:
            label = record.get("label")
            if label:
                own.setdefault(label, record[IDENTITY[kind]])
        own |= {record[IDENTITY[kind]]: record[IDENTITY[kind]] for record in records}
    return Named(keys)
