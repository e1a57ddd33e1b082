"""What stands around the content of every page, and how a site is called and coloured by its owner, as settings say it.

Around it stand a head, the register's own head and foot, and ways to the other pages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import InvalidValue
from tracker.publishing.addresses import FEED, INDEX, LISTS, STYLE
from tracker.renderers._parts.html_tables import with_links
from tracker.renderers._parts.markup import escape
from tracker.renderers._style import OWN, TOKENS, contrast, digest

WAYS: Final[Mapping[str, str]] = {
    "Agreements": INDEX,
    **{name.replace("-", " ").capitalize(): f"{name}.html" for name in LISTS.values()},
    "Comparisons": "comparisons.html",
    "Changes": "changes.html",
    "Data": "data.html",
}
"""The ways that every page leads: name and path."""

NONE: Final[Mapping[str, str]] = {}

PICTURES: Final = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
LARGEST: Final = 2 << 20
"""Bytes of a logo."""

READABLE: Final = 4.5
"""Contrast of texts (WCAG 2.2, 1.4.3)."""

DARK_LETTERS: Final = "#111"
"""What stands on the colour of what does not bind."""

_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")


class Sheet(NamedTuple):
    """The content of a page."""

    path: str
    title: str
    body: Iterable[str]
    is_wide: bool = False
    script: str = ""


class Logo(NamedTuple):
    """A picture: its name in the site, and what is in it."""

    name: str
    content: bytes


class Look(NamedTuple):
    """What a site says of itself."""

    title: str = "Register of international agreements"
    header: str = ""
    """A line under the title; an address in angle brackets is a link, here and in the footer."""
    footer: str = ""
    logo: Logo | None = None
    url: str = ""
    """The address at which the site will be, with a stroke at its end; empty: nobody said."""
    colours: Mapping[str, str] = NONE


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


def look(said: Mapping[str, str]) -> Look:
    """Return the look that settings ask for, under their names after ``site.``; raises InvalidValue."""
    texts = {name: said[name] for name in ("title", "header", "footer") if said.get(name, "").strip()}
    url = said.get("url", "").strip()
    if url and not _ADDRESS.fullmatch(url):
        raise InvalidValue(f"site.url {url!r}: expected an address such as https://example.org/register/")
    logo = _logo(Path(said["logo"])) if said.get("logo") else None
    return Look(**texts, logo=logo, url=f"{url.rstrip('/')}/" if url else "", colours=dict(_colours(said)))


def _logo(path: Path) -> Logo:
    if path.suffix.lower() not in PICTURES:
        raise InvalidValue(f"site.logo {str(path)!r}: expected a picture, one of {', '.join(PICTURES)}")
    try:
        with path.expanduser().open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, RuntimeError) as error:
        raise InvalidValue(f"site.logo: cannot read '{path}': {getattr(error, 'strerror', None) or error}") from error
    if len(content) > LARGEST:
        raise InvalidValue(f"site.logo '{path}' is larger than {LARGEST >> 20} MiB; take a smaller picture")
    return Logo(f"logo{path.suffix.lower()}", content)


def _colours(said: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for name in (f"{own}{screen}" for own in OWN for screen in ("", "_dark")):
        colour = said.get(name, "").strip()
        if not colour:
            continue
        if not _COLOUR.fullmatch(colour):
            raise InvalidValue(f"site.{name} {colour!r}: expected a colour such as #14569c")
        _refuse_unreadable(name, colour)
        found.append((name, colour.lower()))
    return found


def _refuse_unreadable(name: str, colour: str) -> None:
    """Raise InvalidValue for a colour on which, or in which, letters could not be read."""
    paper = TOKENS["paper"].dark if name.endswith("_dark") else TOKENS["paper"].light
    other = DARK_LETTERS if name.startswith("non_binding") else paper
    found = contrast(colour, other)
    if found < READABLE:
        raise InvalidValue(
            f"site.{name} {colour}: its contrast with {other} is {found:.1f}, readable letters need {READABLE};"
            f" take a {'lighter' if name.endswith('_dark') or other == DARK_LETTERS else 'darker'} one"
        )
