"""Names of instruments in languages that write words without blanks, where the word of the title stands last.

水銀に関する水俣条約, 「環太平洋パートナーシップ協定」: the name begins with the quotation mark before it, else with the
signs that make up one word, joined by such as に関する.
"""

import re
from functools import cache

from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.words import Words, either

LONGEST = 60
"""Signs before the word of a title."""

_QUOTED = re.compile("[「『]([^「」『』]*)$")
_TIME = re.compile(r"^(?:(?:\d+|[〇一二三四五六七八九十]+)[年月日時]+)+")
_WORD = r"[\u3400-\u9fff々〆\u30a0-\u30ffA-Za-z0-9・ー]+"


def begins(reading: Reading, head: int, first: int) -> tuple[int, str]:
    """Return where the name begins whose title word stands at ``head``, and the determiner before it."""
    before = reading.document.body[max(first, head - LONGEST) : head]
    quoted = _QUOTED.search(before)
    if quoted is not None:
        return head - len(quoted[1]), ""
    found = _name(reading.words).search(before)
    name = _TIME.sub("", found[0]) if found else ""
    determiner = _determiner(reading.words).match(name)
    if determiner is None:
        return head - len(name), _last(_determiner(reading.words), before.removesuffix(name))
    return head - len(name) + len(determiner[0]), determiner[0]


def _last(pattern: re.Pattern[str], text: str) -> str:
    """Return what a text ends with, of what a pattern finds."""
    return next((match[0] for match in pattern.finditer(text) if match.end() == len(text)), "")


def content(text: str) -> frozenset[str]:
    """Return what a name says, as pairs of signs that stand together."""
    signs = "".join(re.findall(_WORD, text))
    return frozenset(signs[at : at + 2] for at in range(len(signs) - 1))


@cache
def _name(words: Words) -> re.Pattern[str]:
    links = "|".join((words.get("joins") or {}).get("links", ())) or "(?!)"
    return re.compile(rf"(?:{_WORD}(?:{links}))*{_WORD}$")


@cache
def _determiner(words: Words) -> re.Pattern[str]:
    return either((words.get("determiners") or {}).get("definite", ()), words.language)
