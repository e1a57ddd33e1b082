"""Which words of a text a search has found, and the part of the text around them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.text.names import fold
from tracker.text.search import is_unspaced

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.[^\W\d_]\b|[\w'’]+")
"""A word as written; initials with dots are one."""

OPEN, CLOSE = "[", "]"
"""What stands around a hit where people read."""

AROUND = 80
"""Characters of a long text that are shown around the first hit."""


class Wanted(NamedTuple):
    """Words that stand one after the other, folded; characters each alone in scripts without spaces."""

    words: tuple[str, ...]
    open: bool
    """Whether the last word may go on."""


def wanted(text: str, *, open_end: bool) -> Wanted:
    """Return a phrase as texts are compared with it."""
    return Wanted(tuple(part for word in fold(text).split() for part in _parts(word)), open_end)


def hits(text: str, phrases: Sequence[Wanted]) -> list[tuple[int, int]]:
    """Return where phrases stand in a text: places of their first and past-the-end characters, in order."""
    tokens = _tokens(text)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        length = max((len(one.words) for one in phrases if _stands(tokens, at, one)), default=0)
        if length:
            found.append((tokens[at][1], tokens[at + length - 1][2]))
        at += length or 1
    return found


def marked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """Return a text with its hits in brackets, cut to what stands around the first one where it is long."""
    if not places:
        return text
    start, end = 0, len(text)
    if len(text) > 2 * AROUND:
        start = max(0, places[0][0] - AROUND // 2)
        end = min(len(text), start + 2 * AROUND)
        start = text.find(" ", start, places[0][0]) + 1 if start else 0
    parts, last = [], start
    for first, past in places:
        if past > end:
            break
        parts += [text[last:first], OPEN, text[first:past], CLOSE]
        last = past
    return f"{'...' if start else ''}{''.join(parts)}{text[last:end]}{'...' if end < len(text) else ''}"


def _stands(tokens: Sequence[tuple[str, int, int]], at: int, phrase: Wanted) -> bool:
    words = phrase.words
    if not words or at + len(words) > len(tokens):
        return False
    if any(tokens[at + place][0] != word for place, word in enumerate(words[:-1])):
        return False
    last = tokens[at + len(words) - 1][0]
    return last.startswith(words[-1]) if phrase.open else last == words[-1]


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the folded words of a text with their places."""
    found = []
    for match in WORD.finditer(text):
        if match.group().isascii() or not any(is_unspaced(char) for char in match.group()):
            found += [(word, match.start(), match.end()) for word in fold(match.group()).split()]
            continue
        for at, char in enumerate(match.group(), match.start()):
            found += [(word, at, at + 1) for word in fold(char).split()]
    return found


def _parts(word: str) -> list[str]:
    return list(word) if any(is_unspaced(char) for char in word) else [word]
