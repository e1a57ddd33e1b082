"""A text read from a file or a pipe, by what it is: HTML, Markdown or plain text; its bytes are decoded first.

What is no text is refused in one line that says what to do.
"""

import codecs
import re
from pathlib import PurePath

from tracker.articles import Article, markdown, markup
from tracker.errors import UnreadableFile

PAGES = frozenset((".html", ".htm", ".xhtml"))
MARKED_DOWN = frozenset((".md", ".markdown"))

LONGEST = 20 << 20
"""Bytes of a text that are read at most; a treaty with all its annexes is a tenth of that."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_KINDS = (
    (b"%PDF-", "a PDF", "take its text out first, such as: pdftotext -layout FILE - | tracker propose -"),
    (b"PK\x03\x04", "a packed file, such as DOCX or ODT", "save it as plain text or HTML"),
    (b"{\\rtf", "RTF", "save it as plain text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "save it as plain text or HTML"),
)
"""How files begin that hold a text but are none, what they are, and what to do."""

_DECLARED = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEAD = 4096

_OF_THE_WEB = re.compile(
    r"ascii|utf-(8|16)(-[bl]e)?|iso8859-\d+|cp(125[0-8]|437|850|866|874|932|949|950)|koi8-[ru]|mac-roman"
    r"|shift_jis(x0213)?|euc_(jp|kr)|iso2022_jp|gb(2312|k|18030)|big5(hkscs)?"
)
"""Encodings that a page may declare, by their names in Python."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


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


def decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file, and what is to be said of how it was read.

    Line ends become one line feed, controls a blank each. Raises UnreadableFile for what is no text, is empty or longer
    than ``LONGEST``, or has an encoding that nothing tells.
    """
    if len(data) > LONGEST:
        raise UnreadableFile(f"{name} is longer than {LONGEST >> 20} MiB; give the part that is to be read")
    for beginning, kind, instead in _KINDS:
        if data.startswith(beginning):
            raise UnreadableFile(f"{name} is {kind}, which is not read; {instead}")
    text, remarks = _text(data, name)
    text = _LINE_ENDS.sub("\n", text)
    text, count = _CONTROLS.subn(" ", text)
    if count:
        counted = "one control character was read as a blank" if count == 1 else f"{count} controls were read as blanks"
        remarks.append(f"{name}: {counted}")
    if not text.strip():
        raise UnreadableFile(f"{name} is empty; there is nothing to read")
    return text, remarks


def _text(data: bytes, name: str) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _in(encoding, data.removeprefix(mark), name), []
    if b"\0" in data:
        raise UnreadableFile(f"{name} is no text but a binary file; give plain text, Markdown or HTML")
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        declared = _declared(data)
        if declared is None:
            raise UnreadableFile(
                f"{name} is no UTF-8 text (byte {error.start}); convert it first, such as: "
                "iconv -f WINDOWS-1252 -t UTF-8 FILE | tracker propose -"
            ) from error
        return _in(declared, data, name), [f"{name}: read as {declared}, which it says it is"]


def _in(encoding: str, data: bytes, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name} says it is {encoding}, but byte {error.start} is not; convert it first"
        ) from error


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page declares of itself, where it is one that pages have."""
    found = _DECLARED.search(data[:_HEAD])
    if found is None:
        return None
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    return encoding if _OF_THE_WEB.fullmatch(encoding) else None
