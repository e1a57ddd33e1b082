"""The changes as an Atom feed (RFC 4287): an entry for each changed record, under an id that stays."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from tracker.publishing.addresses import FEED, INDEX, page
from tracker.publishing.changes import Entry, Told
from tracker.publishing.site import Site
from tracker.renderers._parts.markup import escape
from tracker.renderers._parts.words import path_in_words

OURS: Final = UUID("6f1c1f0a-6c1f-5b55-9a0e-3f6f6d2f1f4e")
"""The namespace of our ids (RFC 9562, version 5)."""


def feed(site: Site, changes: Told) -> Iterator[str]:
    """Yield the feed."""
    begun = site.reader.scalar("SELECT min(at) FROM changes") or ""
    latest = changes.entries[0].at if changes.entries else (changes.since or begun or f"{site.day}T00:00:00Z")
    base = site.look.url
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<id>{_id(begun)}</id>\n<title>{escape(site.look.title)}</title>\n<updated>{latest}</updated>"
    yield f"<author><name>{escape(site.look.title)}</name></author>"
    yield f'<link rel="alternate" type="text/html" href="{escape(base + INDEX)}"/>'
    if base:
        yield f'<link rel="self" type="application/atom+xml" href="{escape(base + FEED)}"/>'
    for entry in changes.entries:
        yield from _entry(site, entry, begun, base)
    yield "</feed>"


def _entry(site: Site, entry: Entry, begun: str, base: str) -> Iterator[str]:
    yield f"<entry>\n<id>{_id(begun, entry.number, entry.kind, entry.key or '')}</id>"
    what = "" if entry.key is None else f" ({entry.what})"
    yield f"<title>{escape(entry.title + what)}</title>\n<updated>{entry.at}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(base + _address(site, entry))}"/>'
    yield f'<content type="html">{escape("".join(_content(entry)))}</content>\n</entry>'


def _address(site: Site, entry: Entry) -> str:
    key = site.named.keys.get(entry.kind, {}).get(entry.key or "")
    return page(entry.kind, key) if key else "changes.html"


def _content(entry: Entry) -> Iterator[str]:
    """What changed, as HTML."""
    if entry.key is None:
        yield f"<p>{escape(entry.what)}</p>"
        return
    yield f"<p>{escape(entry.key)}: {escape(entry.what)}</p>"
    if entry.differences:
        yield "<ul>"
        for row in entry.differences:
            path = path_in_words(row.path or "") or (row.path or "").replace("_", " ")
            before, after = (escape(text) if text else "nothing" for text in (row.old, row.new))
            yield f"<li>{escape(path)}: {before} → {after}</li>"
        yield "</ul>"


def _id(*parts: object) -> str:
    """An id that is the same in every run: the register is told by the moment of its first change."""
    return f"urn:uuid:{uuid5(OURS, ' '.join(map(str, parts)))}"
