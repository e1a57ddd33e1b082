"""A web page as text: its article and day of publication, found by trafilatura, which comes with the extra ``html``.

It tells the text from menus, notices and teasers by what pages of ministries and papers look like. Without it, and for
very long pages, which it holds in memory many times over, a page is read by its paragraphs, by the standard library
alone: the title, what the head says, and the text of the body.

That is a scanner that goes through the page once, whatever the page is: ``html.parser`` takes quadratic time for tags
that never end. Nothing is loaded or run, and entities are those of HTML.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from tracker.articles import Article

LONGEST = 2_000_000
"""Characters of a page that it is given."""

WITHOUT = (
    "read by title and paragraphs, with whatever stands around the text; to have the text told from it: "
    "pip install 'treaty-tracker[html]'"
)
TOO_LONG = "a long page, read by title and paragraphs, with whatever stands around the text"
NOT_TOLD = "no article could be told from the page; read by title and paragraphs"

_OPENING = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_BLANKS = re.compile(r"[ \t\n\u00a0]+")
_LONGEST_TAG = 4000
"""Characters of a tag whose attributes are read."""

UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "nav", "footer", "aside", "form", "button", "select")
)
"""Elements whose text is no part of what the page says."""

RAW = frozenset(("script", "style", "textarea"))
"""Elements in which tags are text."""

BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
        *(
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "caption",
            "blockquote",
            "pre",
            "figure",
            "figcaption",
            "hr",
            "body",
            "html",
        ),
        *("address", "center", "title", "details", "summary"),
    )
)
"""Elements that begin a paragraph, and end it."""

CELLS = frozenset(("td", "th"))
WHOLE = frozenset(("article", "main"))
"""Elements that hold what a page is about."""

_ENOUGH = 200
"""Characters that such an element holds where it holds the text of the page."""

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dc.date.issued"),
    *("dcterms.date", "dc.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "date"),
)
"""Names under which a head says when a page was published, the surest first."""

_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?!\d)")
_LOOKS_LIKE_A_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


class _Tag(NamedTuple):
    name: str
    closes: bool
    attributes: str


class _Page:
    """What was met of a page so far."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        """What the head says, by lower-case name."""
        self.title = ""
        self.heading = ""
        self.language: str | None = None
        self.canonical: str | None = None
        self._blocks: list[tuple[str, bool, bool]] = []
        """Texts, each with whether it is unseen, and whether what the page is about holds it."""
        self._pieces: list[str] = []
        self._unseen: str | None = None
        self._depth = 0
        self._whole = 0
        self._into: str | None = None

    def says(self, text: str) -> None:
        """Take a text between two tags."""
        said = unescape(text)
        if self._into == "title":
            self.title += said
        elif self._into == "h1" and len(self.heading) < _LONGEST_TAG:
            self.heading += said
        if self._into != "title":
            self._pieces.append(_BLANKS.sub(" ", said))

    def meets(self, tag: _Tag) -> None:
        """Take a tag."""
        if tag.name == "br":
            self._pieces.append("\n")
        elif tag.name in CELLS:
            self._pieces.append("    ")  # columns stay apart as they do in plain text
        elif tag.name in ("meta", "link", "html", "time"):
            self._head(tag)
        if tag.name in BLOCKS or tag.name in UNSEEN:
            self._end()
        if tag.name in ("title", "h1") and (
            tag.closes or not getattr(self, "title" if tag.name == "title" else "heading")
        ):
            self._into = None if tag.closes else tag.name
        if tag.name in WHOLE:
            self._whole = max(0, self._whole + (-1 if tag.closes else 1))
        self._hide(tag)

    def paragraphs(self) -> list[str]:
        """Return the texts of what the page is about, where it says so, else of all that is seen, else of all."""
        self._end()
        seen = [text for text, unseen, _ in self._blocks if not unseen]
        whole = [text for text, unseen, within in self._blocks if within and not unseen]
        if sum(map(len, whole)) >= _ENOUGH:
            return whole
        return seen or [text for text, _, _ in self._blocks]

    def _head(self, tag: _Tag) -> None:
        given = {
            found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag.attributes)
        }
        if tag.name == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.said.setdefault(name.lower(), given.get("content", "").strip())
        elif tag.name == "link" and given.get("rel") == "canonical":
            self.canonical = self.canonical or given.get("href")
        elif tag.name == "html" and not tag.closes:
            self.language = self.language or given.get("lang") or given.get("xml:lang")
        elif given.get("itemprop", "").lower() == "datepublished":
            self.said.setdefault("datepublished", given.get("datetime", ""))

    def _hide(self, tag: _Tag) -> None:
        if self._unseen is None:
            if tag.name in UNSEEN and not tag.closes:
                self._unseen, self._depth = tag.name, 1
        elif tag.name == self._unseen:
            self._depth += -1 if tag.closes else 1
            if not self._depth:
                self._unseen = None
        elif tag.name == "body":  # a head that was never closed
            self._unseen = None

    def _end(self) -> None:
        lines = [_trimmed(line) for line in "".join(self._pieces).split("\n")]
        self._pieces.clear()
        text = "\n".join(line for line in lines if line)
        if text:
            self._blocks.append((text, self._unseen is not None, self._whole > 0))


def read(page: str) -> Article:
    """Return the article of a page."""
    plain = read_plainly(page)
    if len(page) > LONGEST:
        return plain._replace(remarks=(TOO_LONG,))
    library = _library()
    if library is None:
        return plain._replace(remarks=(WITHOUT,))
    found = library.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True
    )
    if found is None or not found.text:
        return plain._replace(remarks=(NOT_TOLD,))
    title = plain.title or found.title
    paragraphs = [line for line in found.text.split("\n") if line.strip()]
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    published = plain.published or (found.date if isinstance(found.date, str) else None)
    return plain._replace(title=title, body="\n\n".join(paragraphs), published=published)


def _library() -> Any:
    try:
        import trafilatura
    except ImportError:
        return None
    return trafilatura


def is_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    return _LOOKS_LIKE_A_PAGE.match(text[:4000]) is not None


def read_plainly(page: str) -> Article:
    """Return what a page says, by its title and its paragraphs."""
    reading = _Page()
    for token in _tokens(page):
        if isinstance(token, str):
            reading.says(token)
        else:
            reading.meets(token)
    paragraphs = reading.paragraphs()
    said = reading.said
    published = next((day for name in _PUBLISHED if (day := _day(said.get(name)))), None)
    if published is None and (found := _DATE_PUBLISHED.search(page)):
        published = found[1]
    title = _one_line(said.get("og:title") or "") or _one_line(reading.heading) or _one_line(reading.title) or None
    if title and paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    return Article(title, "\n\n".join(paragraphs), published, reading.language, said.get("og:url") or reading.canonical)


def _day(text: str | None) -> str | None:
    found = _DAY.match(text.strip()) if text else None
    return found[1] if found else None


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _tokens(page: str) -> Iterator[str | _Tag]:
    """Yield texts and tags in order; comments, declarations and raw elements are passed over."""
    place, size = 0, len(page)
    while place < size:
        start = page.find("<", place)
        if start < 0:
            yield page[place:]
            return
        if start > place:
            yield page[place:start]
        if page.startswith("<!--", start):
            end = page.find("-->", start + 4)
            place = size if end < 0 else end + 3
            continue
        end = page.find(">", start)
        if end < 0:  # nothing behind this is a tag
            yield page[start:]
            return
        opening = _OPENING.match(page, start)
        place = end + 1
        if opening is None:
            if page[start + 1] not in "!?/":
                yield "<"
                place = start + 1
            continue
        name, closes = opening[2].lower(), bool(opening[1])
        yield _Tag(name, closes, page[opening.end() : min(end, start + _LONGEST_TAG)])
        if name in RAW and not closes:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(page, place)
            place = size if closing is None else closing.start()


def _trimmed(line: str) -> str:
    return re.sub(r" {5,}", "    ", line).strip()
