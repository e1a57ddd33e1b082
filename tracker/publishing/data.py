"""The data of a site, for programs: what its pages tell, as JSON and CSV, and all of it in a form to be imported."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, Final

from tracker.publishing import changes as changing
from tracker.publishing.addresses import FEED, LISTS
from tracker.publishing.changes import Told
from tracker.publishing.site import Site
from tracker.read.lists import export, listing
from tracker.read.records import catalogue
from tracker.record.private import public
from tracker.record.types import Record
from tracker.renderers import RenderOptions, csv, json, markdown, ndjson
from tracker.renderers._parts.markup import escape
from tracker.table import Records

Fill = Callable[[BinaryIO], None]
Files = Iterator[tuple[str, Fill]]
"""Each file: its path, and what fills it."""

TELLS: Final[Mapping[str, str]] = {
    "data/agreements.json": "the agreements in full, as tracker list --json prints them",
    "data/agreements.csv": "the agreements as a table",
    **{f"data/{name}.{form}": name.replace("-", " ") for name in LISTS.values() for form in ("json", "csv")},
    "data/changes.json": "what changed, path by path",
    "data/register.ndjson": "everything, to be taken into another register with tracker import",
    "changes.md": "what changed, as text, to be mailed",
    FEED: "what changed, as an Atom feed to subscribe to",
}
"""Path of a file to what it holds."""

PLAIN: Final = RenderOptions()


def files(site: Site, changes: Told) -> Files:
    """Yield the files."""
    yield "data/agreements.json", partial(_agreements, site, "objects")
    yield "data/agreements.csv", partial(_agreements, site, "rows")
    for kind, name in LISTS.items():
        yield f"data/{name}.json", partial(_objects, site, kind, "objects")
        yield f"data/{name}.csv", partial(_objects, site, kind, "rows")
    yield "data/changes.json", partial(_changes, changes)
    yield "data/register.ndjson", partial(_register, site)
    yield "changes.md", partial(_text, changes)


def page(site: Site) -> Iterator[str]:
    """Yield the page that leads to the data."""
    return site.page("data.html", "Data", _list())


def _list() -> Iterator[str]:
    yield "<ul>"
    for path, tells in TELLS.items():
        yield f'<li><a href="{path}">{path.removeprefix("data/")}</a>: {escape(tells)}</li>'
    yield "</ul>"


def _agreements(site: Site, shown: str, out: BinaryIO) -> None:
    columns = [(column, getter) for column, getter, _ in listing.columns(None)]
    _render(Records("agreement", site.agreements(), columns=columns), shown, out)


def _objects(site: Site, kind: str, shown: str, out: BinaryIO) -> None:
    _render(catalogue.listed(kind, site.objects[kind].values(), site.uses[kind]), shown, out)


def _render(answer: Records, shown: str, out: BinaryIO) -> None:
    (json if shown == "objects" else csv).render(answer, out, PLAIN)


def _changes(changes: Told, out: BinaryIO) -> None:
    json.render(changing.table(changes), out, PLAIN)


def _text(changes: Told, out: BinaryIO) -> None:
    markdown.render(changing.page_of_changes(changes), out, PLAIN)


def _register(site: Site, out: BinaryIO) -> None:
    documents = (_self_contained(site, public(one, site.kept)) for one in export.alone(site.reader, site.selection))
    ndjson.render(Records("export", documents), out, PLAIN)


def _self_contained(site: Site, record: Record) -> Record:
    """Return an agreement whose relations lead to published ones; another one is named as one outside is."""
    if record["record"] != "agreement":
        return record
    relations = [
        item
        if item["target"] is None or item["target"] in site.refs
        else {**item, "target": None, "target_title": item["target"]}
        for item in record["relations"]
    ]
    return {**record, "relations": relations}


def _is_outside(site: Site, relation: Record) -> bool:
    return relation["target"] is not None and relation["target"] not in site.refs
