"""The class of an instrument by its whole title, where that tells more than the word in it."""

import re
from functools import cache

from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.words import Words, either
from tracker.proposing.instruments.naming import Naming


def classified(reading: Reading, title: Naming, code: str) -> str:
    """Return the type of an instrument: by its whole title, else by the word in it."""
    text = reading.even[title.start : title.end]
    for pattern, found in _classes(reading.words):
        if pattern.search(text):
            return found
    return code


@cache
def _classes(words: Words) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = words.get("title_classes") or {}
    return tuple((either([pattern], words.language), code) for pattern, code in table.items())
