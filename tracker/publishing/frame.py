"""What stands around the content of every page: head, the register's own head and foot, ways to the other pages.

A page loads the one style sheet of the site and nothing else; a policy forbids the rest. The script of the index stands
in the page and is allowed by its hash alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from tracker.publishing.addresses import FEED, INDEX, LISTS, STYLE
from tracker.publishing.look import Look
from tracker.renderers._parts.html_tables import with_links
from tracker.renderers._parts.markup import escape
from tracker.renderers._style.sheet import digest

WAYS: Final[Mapping[str, str]] = {
    "Agreements": INDEX,
    **{name.replace("-", " ").capitalize(): f"{name}.html" for name in LISTS.values()},
    "Comparisons": "comparisons.html",
    "Changes": "changes.html",
    "Data": "data.html",
}
"""The ways that every page leads: name and path."""


class Sheet(NamedTuple):
    """The content of a page."""

    path: str
    title: str
    body: Iterable[str]
    is_wide: bool = False
    script: str = ""


def policy(script: str) -> str:
    """Return the Content Security Policy: the site's own style sheet and pictures, and the one script, if any."""
    allowed = f" script-src '{digest(script)}';" if script else ""
    return f"default-src 'none';{allowed} style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"


def framed(sheet: Sheet, look: Look, day: str) -> Iterator[str]:
    """Yield the page."""
    up = "../" * sheet.path.count("/")
    own = escape(look.title)
    title = own if sheet.path == INDEX else f"{escape(sheet.title)} · {own}"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(sheet.script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">'
    yield f'<link rel="stylesheet" href="{up}{STYLE}">'
    yield f'<link rel="alternate" type="application/atom+xml" title="Changes" href="{up}{FEED}">'
    yield f"<title>{title}</title>\n</head>"
    yield f'<body class="site{" across" if sheet.is_wide else ""}">'
    yield '<a class="skip" href="#content">To the content</a>'
    yield from _head(look, up, sheet.path)
    yield f'<main id="content">\n<h1 dir="auto">{escape(sheet.title)}</h1>'
    yield from sheet.body
    yield "</main>\n<footer>"
    if look.footer:
        yield f'<p dir="auto">{with_links(look.footer)}</p>'
    yield f'<p>As of <time datetime="{day}">{day}</time>.</p>\n</footer>'
    if sheet.script:
        yield f"<script>{sheet.script}</script>"
    yield "</body>\n</html>"


def _head(look: Look, up: str, path: str) -> Iterator[str]:
    yield '<header class="site-head">'
    picture = f'<img src="{up}{escape(look.logo.name)}" alt="" height="40">' if look.logo else ""
    yield f'<p class="site-title" dir="auto"><a href="{up}{INDEX}">{picture}{escape(look.title)}</a></p>'
    if look.header:
        yield f'<p dir="auto">{with_links(look.header)}</p>'
    yield '<nav aria-label="Site"><ul>'
    for name, way in WAYS.items():
        here = ' aria-current="page"' if way == path else ""
        yield f'<li><a href="{up}{way}"{here}>{name}</a></li>'
    yield "</ul></nav>\n</header>"
