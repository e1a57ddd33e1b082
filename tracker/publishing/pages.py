"""The pages of a site: the first one has all its agreements, newest first, with a search and filters.

Without the script the whole list is there to be read; with it some of the rows are shown, those that are asked for.

Others are those of agreements, of other objects and the lists of these, and comparisons and reports with their charts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from tracker.publishing.addresses import INDEX, LISTS, page
from tracker.publishing.frame import Sheet, framed
from tracker.publishing.site import Facets, Site, told_by
from tracker.read import reports
from tracker.read.answers.dossier import footnote
from tracker.read.counting import crosstab
from tracker.read.life import life
from tracker.read.lookup import memberships
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records import agreements, catalogue, for_people
from tracker.read.reports import ReportRequest
from tracker.record.types import Record
from tracker.renderers._parts.cells import Shown, spoken
from tracker.renderers._parts.html_tables import cell
from tracker.renderers._parts.markup import escape
from tracker.renderers.html import footer, laid_out
from tracker.table import Cell, Column, Page, Records, Row, Section, Table

AT_ONCE: Final = 100
"""Rows of a group: so many are shown at first, and with each wish for more."""

PARTIES: Final = 6
"""Parties that a row names; of more, the first and how many more there are."""

COLUMNS: Final = ("agreement", "parties", "type", "binding_status", "status", "signed")
HEADINGS: Final = ("Agreement", "Parties", "Type", "Binding status", "Status", "Signed")
"""Headings of the columns; on a telephone they stand before each cell (``site.css``)."""

LABELS: Final[Mapping[str, str]] = {
    "party": "Party",
    "binding": "Binding status",
    "type": "Type",
    "status": "Status",
    "focus": "Focus area",
    "family": "Family",
    "year": "Signed in",
}
"""Facet to the label of its filter."""

Pages = Iterator[tuple[str, Iterator[str]]]
"""Each page: its path, and its pieces."""

TITLES: Final[Mapping[str, str]] = {
    "party": "Parties",
    "family": "Families",
    "focus_area": "Focus areas",
    "source": "Sources",
}
"""Kind to the title of its list."""

Made = Callable[[Site], Table | Page]


class Choice(NamedTuple):
    """A value of a filter."""

    value: str
    label: str
    number: int


def index_page(site: Site, script: str) -> Iterator[str]:
    """Yield the page."""
    body = _body(site)
    return framed(Sheet(INDEX, "Agreements", body, script=script), site.look, site.day)


def _body(site: Site) -> Iterator[str]:
    number = len(site.refs)
    asked = site.selection.filters.text()
    said = f"{number} agreement{'' if number == 1 else 's'}{f' for {asked}' if asked else ''}, as of {site.day}."
    yield f'<p class="cover">{escape(said)}</p>'
    yield from _filters(site)
    yield '<p id="found" class="cover" role="status" hidden></p>'
    yield from _table(site)
    yield '<p><button id="more" type="button" hidden>Show more</button></p>'


def _filters(site: Site) -> Iterator[str]:
    yield '<form id="filters" class="filters" role="search" aria-label="Agreements" hidden>'
    yield '<p><label for="words">Search</label> <input id="words" type="search" autocomplete="off"></p>'
    for facet, label in LABELS.items():
        choices = list(_choices(site, facet))
        if len(choices) > 1:
            yield f'<p><label for="{facet}">{label}</label> <select id="{facet}" data-facet="{facet}">'
            yield '<option value="">all</option>'
            for choice in choices:
                yield f'<option value="{escape(choice.value)}">{escape(choice.label)} ({choice.number})</option>'
            yield "</select></p>"
    yield '<p><label for="order">Order</label> <select id="order"><option value="">newest first</option>'
    yield '<option value="oldest">oldest first</option><option value="title">by title</option></select></p>'
    yield '<p><button type="reset">Clear</button></p>\n</form>'


def _choices(site: Site, facet: str) -> Iterable[Choice]:
    counter = getattr(site.facets, facet)
    names = _names(site, facet)
    found = [Choice(value, names.get(value) or spoken(value), number) for value, number in counter.items()]
    if facet == "year":
        return sorted(found, reverse=True)
    return sorted(found, key=lambda choice: choice.label.casefold())


def _names(site: Site, facet: str) -> Mapping[str, str]:
    kind = {"party": "party", "focus": "focus_area", "family": "family"}.get(facet, "")
    return {key: one.get("name") or one["label"] for key, one in site.objects.get(kind, {}).items()}


def _table(site: Site) -> Iterator[str]:
    yield '<table class="register">\n<caption class="hidden">Agreements, newest first</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    yield "</tr></thead>"
    rows = _rows(site)
    while group := list(islice(rows, AT_ONCE)):
        yield "<tbody>"
        yield from group
        yield "</tbody>"
    yield "</table>"


def _rows(site: Site) -> Iterator[str]:
    columns = [
        Shown(name, "date" if name == "signed" else "text", _blank, at, name=name) for at, name in enumerate(COLUMNS)
    ]
    parents = {code: one["parent"] for code, one in site.objects["focus_area"].items()}
    newest = Selection(site.selection.filters, Ordering("signed", reverse=True))
    for record in map(site.seen, agreements.records(site.reader, newest, site.day)):
        row = _row(record)
        cells = "".join(f"<td{_kind(column)}>{cell(column, row)}</td>" for column in columns[2:])
        facets = zip(Facets._fields, told_by(record, parents), strict=True)
        told = "".join(f' data-{name}="{escape(" ".join(sorted(values)))}"' for name, values in facets if values)
        title = f'<a href="{page("agreement", record["ref"])}">{escape(record["title"])}</a>'
        yield (
            f'<tr{told} data-words="{escape(_words(record))}"><th scope="row" dir="auto">{title}</th>'
            f'<td dir="auto">{_parties(record)}</td>{cells}</tr>'
        )


def _row(record: Record) -> Row:
    derived = record["derived"]
    status = derived["status"] + ("" if derived["status_certain"] else "?")
    signed: Cell = derived["signed"]["edtf"] if derived["signed"] else None
    return (record["title"], None, record["instrument_type"], record["binding_status"], status, signed)


def _blank(_: Row) -> str:
    return ""


def _kind(column: Shown) -> str:
    return ' class="word"' if column.kind == "date" else ""


def _parties(record: Record) -> str:
    names = list(dict.fromkeys((item["code"], item["name"]) for item in record["parties"]))
    shown = names if len(names) <= PARTIES else names[: PARTIES - 1]
    texts = [f'<a href="{page("party", code)}">{escape(name)}</a>' for code, name in shown]
    rest = len(names) - len(shown)
    return "; ".join([*texts, f"{rest} more"] if rest else texts)


def _words(record: Record) -> str:
    """What is searched besides what the row shows."""
    names: Sequence[str | None] = (
        record["ref"], record["short_title"], *record["aliases"], *record["titles"].values(),
        *(item["name"] for item in record["parties"]), *(item["name"] for item in record["signatories"]),
    )  # fmt: skip
    return " · ".join(dict.fromkeys(name for name in names if name))


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
        return life.with_standings(site.reader, found, site.day)
    if record["record"] == "focus_area":
        return found.but(sections=_with_narrower(site, found, record["code"]))
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
