"""Names of people in running text: capitalised words, initials and particles, behind an honorific or without one."""

import re
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.language import Words
from tracker.proposing.basis.reading import Reading

LONGEST_NAME = 6
"""Words."""

TOKEN = re.compile(r"[^\W_][\w.\u2019'-]*|[,;:()\u201c\u201d\"/&]")
_ELIDED = re.compile(r"[dl][\u2019'][A-Z]")
"""A part of a name with an elided particle: d'Arc."""

_LETTERS = re.compile(r"(?:,?\s+(?:MP|KC|QC|SC|MEP|MSP|OBE|CBE))+$")
"""What stands behind a name and is no part of it."""

_PLAIN = re.compile(r"[\u2019']s$")


class Person(NamedTuple):
    """Somebody named with an office, or without one."""

    name: str
    office: str | None
    code: str | None
    """Of the party that the words give, None where they give none."""
    start: int
    end: int


class Token(NamedTuple):
    """A word or sign."""

    text: str
    plain: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def tokens(reading: Reading, start: int, end: int) -> list[Token]:
    """Return the words and signs of a part of the text."""
    found = []
    for match in TOKEN.finditer(reading.document.body, start, end):
        plain = _PLAIN.sub("", reading.even[match.start() : match.end()]).rstrip(".")
        found.append(Token(match[0], plain, match.start(), match.end()))
    return found


def table(words: Words, name: str) -> tuple[str, ...]:
    """Return a table of words about people."""
    return tuple(words.get(f"people.{name}"))


@cache
def honorific(words: Words) -> re.Pattern[str]:
    """Return honorifics, one or several: the Honourable Dr."""
    return re.compile(rf"(?:{words.pattern('people.honorifics').pattern}\.?[\s,]+)+", re.IGNORECASE)


@cache
def particles(words: Words) -> frozenset[str]:
    """Return the words of names that are written small: van, bin."""
    return frozenset(table(words, "particles"))


@cache
def _after(words: Words) -> frozenset[str]:
    return frozenset(table(words, "after_names"))


def name_from(reading: Reading, start: int, end: int) -> tuple[str, int] | None:
    """Return the name that begins at a place: capitalised words, initials and particles; and where it ends."""
    words = reading.words
    last, count, previous = start, 0, start
    for token in tokens(reading, start, end):
        gap = reading.document.body[previous : token.start]
        if "\n\n" in gap or (count and gap.strip(" .\n\t")):
            break
        is_name = token.capital or (count and (token.plain in particles(words) or _ELIDED.match(token.text)))
        if not is_name or token.text in ("\u201c", "\u201d", '"') or count >= LONGEST_NAME:
            if token.text == "," and count and _after_name(reading, token.end, end):
                previous = token.end
                continue
            break
        last, count, previous = token.end, count + 1, token.end
        if token.text.endswith(("\u2019s", "'s")):
            last -= 2
            break
    return (bare(reading.document.body[start:last]), last) if count else None


def _after_name(reading: Reading, at: int, end: int) -> bool:
    following = tokens(reading, at, min(end, at + 8))
    return bool(following) and following[0].plain in _after(reading.words)


def bare(name: str) -> str:
    """Return a name without the sign of the possessive, letters behind it, and a full stop that ends the sentence."""
    plain = _LETTERS.sub("", name.strip()).removesuffix("\u2019s").removesuffix("'s")
    return plain if plain.endswith(("Jr.", "Sr.")) else plain.rstrip(".")
