"""One run: all pages and data of a site are written into its folder, what is gone is removed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tracker.publishing import changes as changing
from tracker.publishing import comparisons, data, feed, index, records
from tracker.publishing.addresses import FEED, INDEX, STYLE
from tracker.publishing.changes import Told
from tracker.publishing.folder import Folder, Written
from tracker.publishing.records import Pages
from tracker.publishing.site import Site
from tracker.renderers._style.sheet import own_sheet
from tracker.renderers.html import laid_out

FOLDER = Path(__file__).parent


def written(site: Site, folder: Folder, changes: Told) -> Written:
    """Write the site and say what was done."""
    folder.write(STYLE, _style(site))
    folder.write(".nojekyll", ())  # GitHub Pages serves the files as they are
    if site.look.logo:
        folder.fill(site.look.logo.name, partial(_put, site.look.logo.content))
    folder.write(INDEX, index.index_page(site, _script()), keeps_day=False)
    for path, pieces in _pages(site, changes):
        folder.write(path, pieces)
    folder.write(FEED, feed.feed(site, changes))
    for path, fill in data.files(site, changes):
        folder.fill(path, fill)
    return folder.finish()


def _pages(site: Site, changes: Told) -> Pages:
    yield "changes.html", _changes(site, changes)
    yield "data.html", data.page(site)
    yield from records.list_pages(site)
    yield from records.object_pages(site)
    yield from comparisons.comparison_pages(site)
    yield from records.agreement_pages(site)


def _changes(site: Site, changes: Told) -> Iterator[str]:
    shown = laid_out(changing.page(changes), site.named.beyond("changes.html"))
    return site.page("changes.html", shown.title, shown.body, is_wide=shown.is_wide)


def _style(site: Site) -> Iterator[str]:
    yield own_sheet(site.look.colours, (FOLDER / "site.css").read_text(encoding="utf-8"))


def _script() -> str:
    return (FOLDER / "site.js").read_text(encoding="utf-8")


def _put(content: bytes, out: BinaryIO) -> None:
    out.write(content)
