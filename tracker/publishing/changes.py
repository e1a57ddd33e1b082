"""What changed in the register, as far as others may know it: per change and record, the newest first.

A change that touched very many records, such as an import, is told in one sentence. Who made a change, and with which
command, is not told.

They are told as a page, as a table, and as an Atom feed (RFC 4287): an entry for each changed record, under an id that
stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import groupby
from json import loads
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from tracker.dates import ranges
from tracker.publishing.addresses import FEED, INDEX, LISTS, page
from tracker.publishing.site import Site
from tracker.read.answers import diff
from tracker.read.answers.diff import Difference, Named, Stretch
from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.record.private import public
from tracker.renderers._parts.markup import escape
from tracker.renderers._parts.words import path_in_words
from tracker.table import Column, Page, Records, Row, Section, Table

MOST: Final = 100
"""Entries that are told, unless a beginning is asked for."""

MANY: Final = 40
"""Records of one change that are told one by one."""

NAMED: Final = 5
"""Of more, so many are named."""

COLUMNS: Final = (
    Column("at"),
    Column("record", "code"),
    Column("id", "code"),
    *(Column("title"), Column("what", "code"), Column("path"), Column("before"), Column("after")),
)
"""Columns of the data."""

KINDS: Final = ("agreement", *LISTS)
"""Kinds whose changes are told."""

PLURALS: Final[Mapping[str, str]] = {"agreement": "agreements", **LISTS}

FOR_PEOPLE: Final = ("title", "what", "path", "before", "after")

OURS: Final = UUID("6f1c1f0a-6c1f-5b55-9a0e-3f6f6d2f1f4e")
"""The namespace of our ids (RFC 9562, version 5)."""


class Entry(NamedTuple):
    """A record that was changed, or very many of them at once."""

    number: int
    """Of the change."""
    at: str
    kind: str
    key: str | None
    """None: very many records."""
    title: str
    what: str
    """``new``, ``changed``, ``removed``; of very many records a sentence."""
    differences: Sequence[Difference] = ()


class Told(NamedTuple):
    """The entries, the newest first, and since when they are told."""

    entries: Sequence[Entry]
    since: str | None

    @property
    def heading(self) -> str:
        """What the list is called."""
        return f"Changes since {ranges.shown_instant(self.since)}" if self.since else "Changes"


class Change(NamedTuple):
    """A line of the log."""

    number: int
    at: str
    subjects: str | None


def told(site: Site, since: str | None) -> Told:
    """Return what changed since an instant, or of late."""
    ids = _ids(site)
    entries: list[Entry] = []
    for change in _log(site.reader, since):
        named, titles = _named(site, change, ids)
        number = sum(map(len, named.values()))
        if number > MANY:
            entries.append(_together(change, named, titles))
        elif number:
            entries += _one_by_one(site, change, named)
        if since is None and len(entries) >= MOST:
            break
    return Told(entries, since)


def _log(reader: Reader, since: str | None) -> Iterator[Change]:
    sql = "SELECT id, at, subjects FROM changes WHERE at > :since AND at <= :upto ORDER BY id DESC"
    binds = {"since": since or "", "upto": reader.known_at or ranges.LAST}
    return map(Change._make, reader.iterate(sql, binds))


def _ids(site: Site) -> set[int] | None:
    """Return the agreements of the site by their numbers in the store; None: all, those that are gone included."""
    if not site.selection.asked:
        return None
    sql, binds = site.selection.statement(site.reader)
    return {row[0] for row in site.reader.tuples(sql, binds)}


def _named(site: Site, change: Change, ids: set[int] | None) -> tuple[Named, Mapping[object, str]]:
    """Return what a change touched of what is published, and what the log calls agreements."""
    if change.subjects is None:
        touched = diff.touched(site.reader, Stretch(change.number - 1, change.number))
        named = {kind: set(keys) for kind, keys in touched.items()}
        titles: dict[object, str] = {}
    else:
        named, titles = {}, {}
        for kind, key, name in loads(change.subjects):
            named.setdefault(kind, set()).add(key)
            titles[key] = name
    there = {kind: set(site.objects[kind]) for kind in LISTS}
    shown: Named = {
        kind: named.get(kind, set()) & (there[kind] if ids is not None else named.get(kind, set())) for kind in LISTS
    }
    shown["agreement"] = named.get("agreement", set()) if ids is None else named.get("agreement", set()) & ids
    return shown, titles


def _together(change: Change, named: Named, titles: Mapping[object, str]) -> Entry:
    counts = ", ".join(f"{len(named[kind])} {_plural(kind, len(named[kind]))}" for kind in KINDS if named.get(kind))
    some = [titles[key] for key in sorted(named["agreement"])[:NAMED] if key in titles]
    such = f", such as {', '.join(some)}" if some else ""
    return Entry(
        change.number, change.at, "agreement", None, f"{counts} at once", f"{counts} recorded or changed{such}"
    )


def _plural(kind: str, number: int) -> str:
    return kind.replace("_", " ") if number == 1 else PLURALS[kind].replace("-", " ")


def _one_by_one(site: Site, change: Change, named: Named) -> Iterator[Entry]:
    place = StoreLocation(site.reader.path, named=True) if site.reader.path else None
    if place is None:
        return
    before_it = site.reader.scalar("SELECT max(at) FROM changes WHERE id < :id", {"id": change.number})
    with ExitStack() as stack:
        before, after = (
            stack.enter_context(open_store(place.but(known_at=moment), warn=list[str]().append))
            for moment in (before_it or "", change.at)
        )
        rows = list(diff.Differences(before, after, named, None, partial(public, kept=site.kept)))
    for (kind, key), group in groupby(rows, key=lambda row: (row.record, row.id)):
        found = list(group)
        paths = [row for row in found if row.path is not None]
        yield Entry(change.number, change.at, kind, key, found[0].title or key, found[0].what, paths)


def page_of_changes(changes: Told) -> Page:
    """Return the changes as a page, by day."""
    return Page(changes.heading, _sections(changes), Records("change", []), whole=True)


def _sections(changes: Told) -> Iterator[Section]:
    if not changes.entries:
        yield Section(
            lines=[
                f"Nothing changed since {ranges.shown_instant(changes.since)}." if changes.since else "Nothing changed."
            ]
        )
    for day, of_day in groupby(changes.entries, key=lambda entry: entry.at[:10]):
        entries = list(of_day)
        many = [entry.what for entry in entries if entry.key is None]
        if many:
            yield Section(day, lines=many)
        for kind in KINDS:
            rows = [row for entry in entries if entry.kind == kind and entry.key is not None for row in _rows(entry)]
            if rows:
                heading = f"{day}: {PLURALS[kind].replace('-', ' ')}"
                yield Section(heading, table=Table("changes", _columns(kind), rows))


def _columns(kind: str) -> list[Column]:
    key = {"agreement": "ref", "focus_area": "focus"}.get(kind, kind)
    return [Column(key, "code"), *(Column(name) for name in FOR_PEOPLE)]


def _rows(entry: Entry) -> list[Row]:
    return [(entry.key, *cells[3:]) for cells in _cells(entry)]


def table(changes: Told) -> Table:
    """Return the changes as data."""
    rows = [row for entry in changes.entries for row in _cells(entry)]
    return Table("changes", COLUMNS, rows, filters={"since": changes.since} if changes.since else {})


def _cells(entry: Entry) -> Iterator[Row]:
    own = (entry.at, entry.kind, entry.key, entry.title, entry.what)
    if not entry.differences:
        yield (*own, None, None, None)
    for row in entry.differences:
        yield (*own, row.path, row.old, row.new)


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
