"""HTML: one page that holds all it needs, for a browser, a printer, a mail; data is always text, never markup.

Nothing is loaded from anywhere and nothing runs: there is no script, and a Content Security Policy forbids what does
not stand in the page. What the table's shape calls for is drawn above it (``_pictures``) where it has no more rows than
a person looks through; rows beyond that are written as they come.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import BinaryIO, Final, NamedTuple

from tracker.renderers import RenderOptions
from tracker.renderers._charts import chart
from tracker.renderers._parts.cells import plain, with_labels
from tracker.renderers._parts.html_tables import Beyond, Links, anchored, fact, is_wide, nowhere, table, with_links
from tracker.renderers._parts.markup import escape
from tracker.renderers._parts.pictures import Moments, is_of_acts, moments, picture
from tracker.renderers._parts.words import BULLET, line_in_words
from tracker.renderers._style import policy, sheet
from tracker.table import Answer, Page, Records, Section, Table, as_table

SUMMARY = "HTML: one self-contained page with tables and charts, to read, print or send"
SUFFIXES = (".html", ".htm")
SHOWS = "people"

DRAWN: Final = 5_000
"""Rows of a table that is drawn too; a longer one is only written."""


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write the page."""
    out.writelines(piece.encode() + b"\n" for piece in _document(answer, options))


def _document(answer: Answer, options: RenderOptions) -> Iterator[str]:
    laid = laid_out(answer)
    across = ' class="across"' if laid.is_wide else ""
    title = escape(laid.title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">'
    yield f"<title>{title}</title>\n<style>{sheet()}</style>\n</head>\n<body{across}>\n<main>\n<h1>{title}</h1>"
    if cover := " · ".join(_cover(answer, options)):
        yield f'<p class="cover" dir="auto">{escape(cover)}</p>'
    yield from laid.body
    yield "</main>"
    yield from footer(answer)
    yield "</body>\n</html>"


class LaidOut(NamedTuple):
    """An answer on its way into a page: its title, what stands under it, and whether paper lies across for it."""

    title: str
    body: Iterable[str]
    is_wide: bool


def laid_out(answer: Answer, beyond: Beyond = nowhere) -> LaidOut:
    """Return what a page shows of an answer; its body is made as it is asked for. ``beyond`` knows other pages."""
    if isinstance(answer, Page):
        sections = anchored(answer.sections, beyond)
        return LaidOut(
            _title(answer), _page(answer, sections, beyond), is_wide(section.table for section, _ in sections)
        )
    whole = as_table(answer)
    return LaidOut(_title(answer), _whole(whole, beyond), is_wide([whole]))


def _title(answer: Answer) -> str:
    if isinstance(answer, Page) and answer.title:
        return answer.title
    data = answer.data if isinstance(answer, Page) else answer
    if isinstance(data, Records):
        kind = data.kind.replace("_", " ")
        return kind if data.single else f"List of {f'{kind[:-1]}ie' if kind.endswith('y') else kind}s"
    return data.title or data.report


def _cover(answer: Answer, options: RenderOptions) -> Iterator[str]:
    """What the page was made from, in one line: register, author, day, filters."""
    data = answer.data if isinstance(answer, Page) else answer
    if options.register:
        yield f"register {options.register}"
    if options.author:
        yield f"by {options.author}"
    if isinstance(data, Table) and data.as_of:
        yield f"as of {data.as_of}"
    elif options.today:
        yield f"made for {options.today}"
    if isinstance(data, Table) and data.filters:
        yield _filters(data)


def _whole(answer: Table, beyond: Beyond) -> Iterator[str]:
    """A table that is the answer: its picture, then its rows."""
    rows = iter(answer.rows)
    first = list(islice(rows, DRAWN + 1))
    if len(first) <= DRAWN:
        told = with_labels(answer.but(rows=first))
        drawn = picture(told, list(told.rows))
        if drawn is not None:
            yield from chart(drawn, 1)
    links = Links({}, {}, beyond, answer.report)
    yield from table(answer, chain(first, rows), caption=answer.title or answer.report, hidden=True, links=links)


def _page(page: Page, sections: Sequence[tuple[Section, Links]], beyond: Beyond) -> Iterator[str]:
    """A page of sections; where its data has a shape to draw, that comes first, and the whole data comes last."""
    title = _title(page)
    rows = list(page.data.rows) if isinstance(page.data, Table) else []
    if isinstance(page.data, Table):
        told = with_labels(page.data.but(rows=rows))
        drawn = picture(told, list(told.rows), title)
        if drawn is not None:
            yield from chart(drawn, 1)
    drawn_before = 0
    for section, links in sections:
        acts = None if isinstance(page.data, Table) or section.table is None else _acts(section.table)
        yield from _section(section, title, links, () if acts is None else chart(acts, drawn_before + 1))
        drawn_before += acts is not None
    if isinstance(page.data, Table) and not _shows_all(sections, page.data):
        yield "<details>\n<summary>All columns, as in CSV and JSON</summary>"
        links = Links({}, {}, beyond, page.data.report)
        yield from table(page.data, rows, caption="All columns", hidden=True, links=links)
        yield "</details>"


def _shows_all(sections: Sequence[tuple[Section, Links]], data: Table) -> bool:
    """Whether the page is one table that has all columns of the data."""
    shown = [section.table for section, _ in sections]
    return len(shown) == 1 and shown[0] is not None and list(shown[0].columns) == list(data.columns)


def _acts(table: Table) -> Moments | None:
    """The line of time that a section with acts gets."""
    rows = table.rows if isinstance(table.rows, list) else []
    return moments(table, rows, table.title or "Timeline") if rows and is_of_acts(table) else None


def _section(section: Section, page_title: str, links: Links, drawn: Iterable[str]) -> Iterator[str]:
    yield "<section>"
    if section.heading:
        level = min(max(section.level, 2), 6)
        yield f"<h{level}>{escape(section.heading)}</h{level}>"
    if section.facts:
        yield "<dl>"
        for name, value in section.facts:
            place = links.place(name, value) if isinstance(value, str) else None
            at = f' id="{place}"' if place else ""
            yield f'<dt>{escape(name)}</dt><dd{at} dir="auto">{fact(name, value, links, section.labels)}</dd>'
        yield "</dl>"
    for is_listed, lines in groupby(section.lines, key=lambda line: line.startswith(BULLET)):
        tag = "li" if is_listed else "p"
        told = [f'<{tag} dir="auto">{with_links(line_in_words(line.removeprefix(BULLET)))}</{tag}>' for line in lines]
        yield from ("<ul>", *told, "</ul>") if is_listed else told
    if section.table is not None:
        heading = section.heading or page_title
        caption = section.table.title or heading or section.table.report
        yield from drawn
        yield from table(section.table, section.table.rows, caption=caption, hidden=caption == heading, links=links)
        yield from _lines(section.table.footer)
    yield "</section>"


def footer(answer: Answer) -> Iterator[str]:
    """What the answer was made from: the filters, the day, what was left out and why, and its own lines."""
    data = answer.data if isinstance(answer, Page) else answer
    yield "<footer>"
    if isinstance(data, Table):
        asked = [("filters", _filters(data))]
        if data.as_of:
            asked.append(("as of", data.as_of))
        left_out = [f"{item.number} ({item.reason})" for item in data.left_out]
        asked.append(("left out", "; ".join(left_out) or "none"))
        yield "<dl>"
        yield from (f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in asked)
        yield "</dl>"
    yield from _lines(answer.footer)
    yield "</footer>"


def _filters(data: Table) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {plain(value)}" for name, value in data.filters.items()) or "none"


def _lines(lines: Iterable[str]) -> Iterator[str]:
    yield from (f'<p dir="auto">{escape(line)}</p>' for line in lines)
