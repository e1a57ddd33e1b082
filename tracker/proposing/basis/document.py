"""A text to be read: its title, its sentences with their places, its language and its day.

``body[sentence.start:sentence.end] == sentence.text`` for every sentence: quotations are literal. The title, where the
text begins with one, is the first sentence of the body.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from tracker.proposing.basis import language as languages

LONGEST_HEADING = 200
"""Characters; a line without a full stop that is longer is a sentence whose end got lost."""

LONGEST_TITLE = 1_000
"""Characters of the first line; titles of agreements are long."""

_GAP = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")
"""What parts paragraphs: a blank line."""

_ITEM = re.compile(
    r"^[ \t]*(?:[-*\u2022\u2013\u25cf\u25aa\u00b7o][ \t]+|\|[ \t]*"
    r"|\(?(?:\d{1,3}|[a-z]{1,2}|[ivxlcIVXLC]{1,6})[.)][ \t]*(?=[^\s\d])"
    r"|\d{1,2}[ \t]+(?![^\W\d_]+[ \t]+\d{4})(?=[A-Z\u201c\u201d\"]))"
)
"""What stands before the text of a numbered paragraph or an item of a list."""

_TABULATED = re.compile(
    r"\n(?=[ \t]*(?:[-*\u2022\u25cf\u25aa][ \t]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]|\||\[\.\.\.\]"
    r"|(?:Article|ARTICLE|Section|SECTION|Paragraph|Art\.|Artikel|Art\u00edculo|ART\u00cdCULO|ARTICULO)\s+[\dIVX]))"
)
"""A line inside a paragraph that begins an item of a list, a row of a table or an article."""

_END = re.compile(
    r"[.!?\u2026][\"'\u201d\u2019\u00bb)\]*]*(?=\s+[\"'\u201c\u2018\u00ab(\[*]*[^\W_])"
    r"|(?<=[a-z\u00e0-\u00ff)\]])[.!?](?=[A-Z][a-z])"
    r"|[\u3002\uff01\uff1f][\u300d\u300f\uff09)]*"
)
"""Where a sentence may end: a full stop before a blank and a letter, or one after which the blank got lost."""

_JAPANESE_LINE = re.compile(r"\n")

_SHORTENED = (
    "mr mrs ms dr prof hon sen rep gen lt col maj capt adm amb gov st messrs no nos art arts para paras sec vol cf al "
    "e.g i.e viz vs approx dept inc ltd co corp jr sr h.e e.m u.s u.k u.n d.c a.d jan feb mar apr jun jul aug sep sept "
    "oct nov dec abs nr bzw z.b d.h vgl hr fr bd ziff lit usw ca m mm mme mlle mgr sra srs dra ing lic excmo excma ud "
    "uds s.e etc sd p pp fig ed"
)
ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Words after whose full stop a sentence goes on, in lower case without the stop."""

_LAST_WORD = re.compile(r"[(\[\"\u201c\u2018\u00ab]?([^\s(\[\"\u201c\u00ab]+)$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_](?:\.-[^\W\d_])?")
_NUMBER = re.compile(r"\d{1,2}")
_ALIKE = re.compile(r"\s+[^\W\d_]")


class Sentence(NamedTuple):
    """A sentence as it stands in the text; a heading, an item of a list and a line of a table are ones too."""

    text: str
    start: int
    end: int
    paragraph: int
    number: int
    heading: bool = False
    """Whether it is a line of its own without a full stop."""


class Document:
    """A text that is read once: who needs its sentences or its language finds them made."""

    def __init__(
        self, body: str, *, title: str | None = None, language: str | None = None, published: str | None = None
    ) -> None:
        """Take a text with its title (else its first line), language (else told by its words) and day (EDTF)."""
        self.body = body
        self.published = published
        self._title = title
        self._language = language

    @cached_property
    def title(self) -> str:
        """What the text is called: what was given, else its first line where that is a heading, else nothing."""
        if self._title is not None:
            return self._title
        return self.sentences[0].text if self.sentences and self.sentences[0].heading else ""

    @cached_property
    def language(self) -> str | None:
        """The code of the language: what was given, else what the words tell; None where they do not tell it."""
        return self._language or languages.told(self.body)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(_sentences(self.body, self.language or ""))

    def beginning(self, length: int) -> "Document":
        """Return the document as far as it is read: up to the last paragraph that ends within so many characters."""
        if len(self.body) <= length:
            return self
        end = max(self.body.rfind("\n\n", 0, length), 0) or length
        return Document(self.body[:end], title=self._title, language=self._language, published=self.published)

    def between(self, start: int, end: int) -> tuple[Sentence, ...]:
        """Return the sentences that begin in a part of the text."""
        first = bisect_left(self.sentences, start, key=_start)
        return self.sentences[first : bisect_left(self.sentences, end, first, key=_start)]

    def at(self, place: int) -> Sentence | None:
        """Return the sentence in which a character stands."""
        before = bisect_right(self.sentences, place, key=_start)
        found = self.sentences[before - 1] if before else None
        return found if found is not None and place < found.end else None


def _start(sentence: Sentence) -> int:
    return sentence.start


def _sentences(body: str, language: str) -> Iterator[Sentence]:
    number = 0
    for paragraph, (start, end) in enumerate(_paragraphs(body)):
        parts = list(_parts(body, start, end, language))
        for first, past in parts:
            text = body[first:past]
            longest = LONGEST_HEADING if number else LONGEST_TITLE
            heading = len(parts) == 1 and len(text) <= longest and text[-1] not in ".!?;,\u3002\uff01\uff1f"
            yield Sentence(text, first, past, paragraph, number, heading)
            number += 1


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs begin and end: at blank lines, and at items of lists."""
    at = 0
    for gap in [*(match.span() for match in _GAP.finditer(body)), (len(body), len(body))]:
        start = at
        for item in _TABULATED.finditer(body, at, gap[0]):
            yield start, item.start()
            start = item.end()
        yield start, gap[0]
        at = gap[1]


def _parts(body: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a paragraph begin and end, without blanks around, item signs or empty ones."""
    item = _ITEM.match(body[start : start + 40])
    first = start + item.end() if item and start + item.end() < end else start
    for past in [*_ends(body, first, end, language), end]:
        text = body[first:past]
        bare = text.strip()
        if bare:
            begin = first + text.index(bare[0])
            yield begin, begin + len(bare)
        first = past


def _ends(body: str, start: int, end: int, language: str) -> Iterator[int]:
    ends = [match.end() for match in _END.finditer(body, start, end) if _is_end(body, match, start, language)]
    if language in languages.UNSPACED:
        ends += [match.start() for match in _JAPANESE_LINE.finditer(body, start, end)]
    yield from sorted(set(ends))


def _is_end(body: str, match: re.Match[str], start: int, language: str) -> bool:
    """Tell whether a full stop ends a sentence: not after abbreviations, initials, or a German day's number."""
    if match[0][0] != ".":
        return True
    before = _LAST_WORD.search(body[max(start, match.start() - 40) : match.start()])
    if before is None:
        return False
    word = before[1]
    if word.casefold() in ABBREVIATIONS or (_INITIAL.fullmatch(word) and word not in ("I", "y", "e")):
        return False
    if _NUMBER.fullmatch(word) and language == "de":
        return _ALIKE.match(body, match.end()) is None
    following = body[match.end() :][:60].lstrip(" \t\n\"'\u201c\u2018\u00ab([*")
    return not following[:1].islower()
