"""The article of a web page and its day of publication, found by trafilatura, which comes with the extra ``html``.

It tells the text from menus, notices and teasers by what pages of ministries and papers look like. Without it, and for
very long pages, which it holds in memory many times over, a page is read by its paragraphs.
"""

from typing import Any

from tracker.articles import markup
from tracker.articles.article import Article

LONGEST = 2_000_000
"""Characters of a page that it is given."""

WITHOUT = (
    "read by title and paragraphs, with whatever stands around the text; to have the text told from it: "
    "pip install 'treaty-tracker[html]'"
)
TOO_LONG = "a long page, read by title and paragraphs, with whatever stands around the text"
NOT_TOLD = "no article could be told from the page; read by title and paragraphs"


def read(page: str) -> Article:
    """Return the article of a page."""
    plain = markup.read(page)
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
