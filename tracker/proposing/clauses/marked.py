"""A sentence with its days and lengths of time marked, so that patterns of clauses can name them.

A marked text is as long as the sentence. A pattern names ``{DAY}``, ``{PERIOD}``, ``{NTH}`` (a number in its order),
``{NUM}``, and what the table of clauses names itself: ``{NAMED}`` is its entry ``named``.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.proposing.basis.words import spaced, words
from tracker.proposing.spelled.days import Day, days
from tracker.proposing.spelled.even import even
from tracker.proposing.spelled.numbers import of
from tracker.proposing.spelled.periods import Period, periods

DAY, PERIOD = "\x01\x02", "\x03\x04"
"""The first sign of what stands for a day or a length of time, and that of the others."""

NAMED = re.compile(r"\{([A-Z]+)\}")
"""What a pattern names."""


class Marked(NamedTuple):
    """A sentence made even, with its days and lengths of time."""

    text: str
    days: tuple[Day, ...]
    periods: tuple[Period, ...]

    def day(self, start: int, end: int) -> str | None:
        """Return the first day that begins in a part of the text."""
        return next((one.iso for one in self.days if start <= one.start < end), None)

    def period(self, start: int, end: int) -> str | None:
        """Return the first length of time that begins in a part of the text; None where its figures differ too."""
        return next((one.iso for one in self.periods if start <= one.start < end), "") or None


@lru_cache(maxsize=2048)
def marked(text: str, language: str) -> Marked:
    """Return a sentence with its days and lengths of time marked."""
    plain = even(text)
    dated = days(plain, language)
    plain = _marks(plain, dated, DAY)
    lasting = periods(plain, language)
    return Marked(_marks(plain, lasting, PERIOD), dated, lasting)


def _marks(text: str, found: tuple[Day, ...] | tuple[Period, ...], signs: str) -> str:
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], signs[0], signs[1] * (one.end - one.start - 1)]
        at = one.end
    return "".join([*parts, text[at:]])


def compiled(language: str, pattern: str | Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of the table of clauses, or any of several, with all that it names."""
    return _compiled(language, pattern if isinstance(pattern, str) else "|".join(pattern))


@cache
def _compiled(language: str, pattern: str) -> re.Pattern[str]:
    named, numbers = words(language).get("clauses"), of(language)
    marks = {"DAY": f"{DAY[0]}{DAY[1]}*", "PERIOD": f"{PERIOD[0]}{PERIOD[1]}*"}
    own = {**marks, "NTH": numbers.ordinal, "NUM": numbers.cardinal}

    def filled(match: re.Match[str]) -> str:
        return own.get(match[1]) or NAMED.sub(filled, named[match[1].lower()])

    return re.compile(spaced(NAMED.sub(filled, pattern)))
