"""The comparisons and reports of a site, each a page with its chart."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from tracker.publishing.records import Pages
from tracker.publishing.site import Site
from tracker.read import reports
from tracker.read.counting import crosstab
from tracker.read.reports import ReportRequest
from tracker.renderers._parts.markup import escape
from tracker.renderers.html import footer, laid_out
from tracker.table import Page, Table

Made = Callable[[Site], Table | Page]


def _binding(by: str, site: Site) -> Table:
    return crosstab.table(site.reader, site.selection, crosstab.BINDING, (by,))


def _report(name: str, site: Site) -> Table | Page:
    return reports.make(site.reader, site.selection, name, ReportRequest())


COMPARISONS: Final[Mapping[str, tuple[str, Made]]] = {
    **{
        f"binding-by-{by}": (f"Binding and non-binding by {said}", partial(_binding, by))
        for by, said in (
            ("year", "year"),
            ("decade", "decade"),
            ("party", "party"),
            ("type", "type of instrument"),
            ("focus", "focus area"),
            ("family", "family"),
            ("status", "status"),
        )
    },
    "overview": ("What the register holds", partial(_report, "overview")),
    "trend": ("How the share that does not bind goes on", partial(_report, "trend")),
    "funnel": ("How far agreements came", partial(_report, "funnel")),
    "transparency": ("Access to the texts", partial(_report, "transparency")),
}
"""Name of the page to its title and what makes it."""


def path(name: str) -> str:
    """Return the path of a comparison."""
    return f"comparison/{name}.html"


def comparison_pages(site: Site) -> Pages:
    """Yield the comparisons, and the page that lists them."""
    yield "comparisons.html", site.page("comparisons.html", "Comparisons", _list())
    for name, (title, make) in COMPARISONS.items():
        answer = make(site)
        shown = laid_out(answer, site.named.beyond(path(name)))
        yield path(name), site.page(path(name), title, _with_footer(answer, shown.body), is_wide=shown.is_wide)


def _list() -> Iterator[str]:
    yield "<ul>"
    for name, (title, _) in COMPARISONS.items():
        yield f'<li><a href="{path(name)}">{escape(title)}</a></li>'
    yield "</ul>"


def _with_footer(answer: Table | Page, body: object) -> Iterator[str]:
    yield from body  # type: ignore[misc]
    yield from footer(answer)
