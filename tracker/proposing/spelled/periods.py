"""Lengths of time as texts write them: "six (6) months", "30 (dreissig) Tage", "un año", 六箇月."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.words import spaced, words
from tracker.proposing.spelled.numbers import number, of

MOST = {"Y": 200, "M": 240, "W": 104, "D": 999}
"""How many of a unit a term counts at most; what is more is a year, an amount, or a slip."""


class Period(NamedTuple):
    """A length of time in an even text."""

    start: int
    end: int
    iso: str
    """ISO 8601; empty where figure and word contradict each other."""


def periods(text: str, language: str) -> tuple[Period, ...]:
    """Return the lengths of time in an even text, in order; "one year and six months" is one."""
    found: list[Period] = []
    for one in _single(text, language):
        last = found[-1] if found else None
        if last is not None and _goes_on(text, language, last, one):
            found[-1] = Period(last.start, one.end, last.iso + one.iso[1:])
        else:
            found.append(one)
    return tuple(found)


def _single(text: str, language: str) -> Iterator[Period]:
    for match in _form(language).finditer(text):
        unit = next(code for code in MOST if match[code])
        counts = {number(said, language) for said in (match["number"], match["again"]) if said}
        count = counts.pop()
        if counts or count is None:
            yield Period(match.start(), match.end(), "")
        elif 0 < count <= MOST[unit]:
            yield Period(match.start(), match.end(), f"P{count}{unit}")


def _goes_on(text: str, language: str, last: Period, one: Period) -> bool:
    """Tell whether a second length of time adds to the one before, of a larger unit: one year and six months."""
    if not last.iso or not one.iso or "YMWD".index(last.iso[-1]) >= "YMWD".index(one.iso[-1]):
        return False
    join = spaced(words(language).get("periods")["and"])
    return re.fullmatch(join, text[last.end : one.start]) is not None


@cache
def _form(language: str) -> re.Pattern[str]:
    table, cardinal = words(language).get("periods"), of(language).cardinal
    units = "|".join(f"(?P<{code}>{spaced(table['units'][code])})" for code in MOST)
    again = rf"(?:\s*\((?P<again>{cardinal})\))?"
    return re.compile(rf"(?P<number>{cardinal}){again}{spaced(table['between'])}(?:{units}){spaced(table['after'])}")
