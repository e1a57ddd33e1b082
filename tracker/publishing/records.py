"""The pages of agreements, of other objects, and the lists of these."""

from collections.abc import Iterator, Mapping
from typing import Final

from tracker.publishing.addresses import LISTS, page
from tracker.publishing.site import Site
from tracker.read.answers.dossier import footnote
from tracker.read.life import bound
from tracker.read.lookup import memberships
from tracker.read.records import catalogue, for_people
from tracker.record.types import Record
from tracker.renderers.html import laid_out
from tracker.table import Column, Page, Records, Section, Table

Pages = Iterator[tuple[str, Iterator[str]]]
"""Each page: its path, and its pieces."""

TITLES: Final[Mapping[str, str]] = {
    "party": "Parties",
    "family": "Families",
    "focus_area": "Focus areas",
    "source": "Sources",
}
"""Kind to the title of its list."""


def agreement_pages(site: Site) -> Pages:
    """Yield a page for each agreement."""
    for record in site.agreements():
        path = page("agreement", record["ref"])
        yield path, _laid(site, path, Page(record["title"], _sections(site, record), _alone(record), whole=True))


def _sections(site: Site, record: Record) -> Iterator[Section]:
    yield from for_people.sections(record, site.labels)
    yield Section("Cite as", lines=[footnote(site.reader, record, "oscola")])


def _alone(record: Record) -> Records:
    return Records(record["record"], [record], single=True)


def object_pages(site: Site) -> Pages:
    """Yield a page for each party, family, focus area and source."""
    for kind, objects in site.objects.items():
        for key, record in objects.items():
            path = page(kind, key)
            yield path, _laid(site, path, _object(site, record))


def _object(site: Site, record: Record) -> Page:
    found = catalogue.page(site.reader, record, site.selection)
    if record["record"] == "party":
        found = memberships.with_memberships(site.reader, found, site.day)
        return bound.with_standings(site.reader, found, site.day)
    if record["record"] == "focus_area":
        return found._replace(sections=_with_narrower(site, found, record["code"]))
    return found


def _with_narrower(site: Site, found: Page, code: str) -> Iterator[Section]:
    first, *rest = found.sections
    yield first
    uses = site.uses["focus_area"]
    rows = [
        (one["code"], one["label"], uses.get(one["code"], 0))
        for one in site.objects["focus_area"].values()
        if one["parent"] == code
    ]
    if rows:
        columns = [Column("code"), Column("label"), Column("agreements", "count")]
        yield Section("Narrower", table=Table("narrower", columns, rows))
    yield from rest


def list_pages(site: Site) -> Pages:
    """Yield the list of each kind of object."""
    for kind, name in LISTS.items():
        path = f"{name}.html"
        found = catalogue.listed(kind, site.objects[kind].values(), site.uses[kind])
        shown = laid_out(found, site.named.beyond(path))
        yield path, site.page(path, TITLES[kind], shown.body)


def _laid(site: Site, path: str, answer: Page) -> Iterator[str]:
    shown = laid_out(answer, site.named.beyond(path))
    return site.page(path, shown.title, shown.body, is_wide=shown.is_wide)
