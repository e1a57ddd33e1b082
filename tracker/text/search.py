"""Text as the search index keeps it, as a search asks for it, and the words of it that were found.

Text is folded as names are (``text.names.fold``); what is left is words with single spaces. Scripts that are written
without spaces (Han, Kana, Hangul, Thai and others) have no words to find, so each of their stretches becomes its
overlapping groups of three characters, its last two and its last one: ``安全保障`` gives ``安全保 全保障 保障 障``.
Three or more are then found as a phrase of such groups, one or two as the beginning of a group.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.text.names import fold

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul letters
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3130, 0x318F),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul syllables
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Code points of scripts that are searched by groups of characters; Korean has spaces, but its particles join words."""

GROUP = 3


def indexed(text: str) -> str:
    """Return a text as the index keeps it: folded words, unspaced scripts in groups."""
    folded = fold(text)
    return folded if folded.isascii() else " ".join(group for word in folded.split() for group in _groups(word))


def indexed_all(texts: Iterable[str | None]) -> str:
    """Return several texts as the index keeps them; a sign between them keeps phrases from running across."""
    return " . ".join(indexed(text) for text in texts if text)


class Phrase(NamedTuple):
    """Words that are looked for one after the other, as the index keeps them."""

    words: str
    open: bool
    """Whether the last word may go on."""

    @property
    def match(self) -> str:
        """The phrase as FTS5 takes it."""
        return f'"{self.words}"{" *" if self.open else ""}'

    @property
    def needle(self) -> str:
        """What stands in a text as the index keeps it, with a space before and after, where the phrase is found."""
        return f" {self.words}{'' if self.open else ' '}"


def phrase(text: str, *, beginning: bool) -> Phrase | None:
    """Return the phrase that finds a text, None where nothing is left of it to search for.

    With ``beginning`` its last word may go on. A last stretch of one or two characters of an unspaced script always
    may.
    """
    stretches = [stretch for word in fold(text).split() for stretch in _stretches(word)]
    if not stretches:
        return None
    words = [group for stretch in stretches[:-1] for group in _groups(stretch)]
    last = stretches[-1]
    short = is_unspaced(last[0]) and len(last) < GROUP
    if is_unspaced(last[0]):
        words += [last[at : at + GROUP] for at in range(max(1, len(last) - GROUP + 1))]
    else:
        words.append(last)
    return Phrase(" ".join(words), beginning or short)


LETTERS = 3


def asked(text: str, *, quoted: bool) -> Phrase | None:
    """Return the phrase that a person means: in quotes just that; a bare word of three letters or more may go on.

    A star at the end lets any word go on.
    """
    if text.endswith("*") and not quoted:
        return phrase(text[:-1], beginning=True)
    return phrase(text, beginning=not quoted and len(fold(text)) >= LETTERS)


def is_unspaced(char: str) -> bool:
    """Whether a character belongs to a script without spaces between words."""
    code = ord(char)
    return code >= UNSPACED[0][0] and any(first <= code <= last for first, last in UNSPACED)


def _groups(word: str) -> list[str]:
    found: list[str] = []
    for stretch in _stretches(word):
        if is_unspaced(stretch[0]):
            found += [stretch[at : at + GROUP] for at in range(len(stretch))]
        else:
            found.append(stretch)
    return found


def _stretches(word: str) -> list[str]:
    """Cut a word where an unspaced script begins or ends."""
    if word.isascii():
        return [word]
    cuts = [at for at in range(1, len(word)) if is_unspaced(word[at - 1]) != is_unspaced(word[at])]
    return [word[first:last] for first, last in zip([0, *cuts], [*cuts, len(word)], strict=True)]


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
