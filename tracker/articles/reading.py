"""A text read from a file or a pipe, by what it is: HTML, Markdown or plain text."""

from pathlib import PurePath

from tracker.articles import markdown, markup
from tracker.articles.article import Article, decoded

PAGES = frozenset((".html", ".htm", ".xhtml"))
MARKED_DOWN = frozenset((".md", ".markdown"))


def read(data: bytes, name: str) -> Article:
    """Return the text of a file; raises UnreadableFile for what cannot be read as one."""
    text, remarks = decoded(data, name)
    suffix = PurePath(name).suffix.lower()
    if suffix in PAGES or markup.is_page(text):
        article = markup.read(text)
    elif suffix in MARKED_DOWN or text.startswith("---\n"):
        article = markdown.read(text)
    else:
        article = Article(None, text.strip("\n"))
    told = [remark if remark.startswith(name) else f"{name}: {remark}" for remark in article.remarks]
    return article._replace(remarks=(*remarks, *told))
