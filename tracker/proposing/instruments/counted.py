"""What is counted first and then told one by one: two memoranda, one on fisheries and one on ports.

Such an instrument has its name in two places; what it is called joins them, in the singular.
"""

import re
from functools import cache

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.reading import Reading
from tracker.proposing.instruments.tails import ends

FEWEST = 2
"""Instruments that are told one by one."""


def one_by_one(reading: Reading, sentence: Sentence, past_head: int) -> tuple[tuple[int, int, int], ...]:
    """Return where each begins, where its matter does, and where it ends; nothing where fewer than two are told."""
    found = list(_each(reading.words).finditer(reading.even, past_head, sentence.end))
    if len(found) < FEWEST:
        return ()
    nexts = [*(match.start() for match in found[1:]), sentence.end]
    return tuple(
        (match.start("one"), match.end(), _end(reading, sentence, match.end(), following))
        for match, following in zip(found, nexts, strict=True)
    )


def _end(reading: Reading, sentence: Sentence, at: int, following: int) -> int:
    """Return where the name ends that begins at a place, at the latest where the next one begins."""
    end = min(following, ends(reading, sentence, at)[0])
    return at + len(reading.document.body[at:end].rstrip())


@cache
def _each(words: Words) -> re.Pattern[str]:
    one, conjunction = words.pattern("one_by_one").pattern, words.pattern("joins.and").pattern
    links = either(words.get("tails.links"), words.language).pattern
    return re.compile(rf"(?:[,:;(]|{conjunction})\s+(?:{conjunction}\s+)?(?P<one>{one})(?=\s+{links})")


def in_the_singular(words: Words, plural: str) -> str:
    """Return the word of a title in the singular: memoranda of understanding, treaties."""
    for pattern, singular in words.get("singulars") or ():
        made, count = re.subn(pattern, singular, plural, count=1)
        if count:
            return made
    return plural
