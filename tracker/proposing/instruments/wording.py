"""Words of which names are made, and words around a name that are no part of it.

``a landmark, legally binding memorandum of understanding for research, development, test and evaluation``: what judges
or announces goes before the name, and a list of matters written small belongs to it.
"""

import re
from functools import cache

from tracker.proposing.basis.language import UNSPACED
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.words import Words, either

POINTER = 12
"""Characters before the word of a title within which a word such as "the" stands."""

LONGEST_KIND = 90
"""Characters of the name of a known kind of instrument."""


def kind_begins(reading: Reading, first: int, end: int) -> int | None:
    """Return where the name of a known kind begins that ends at a place, and needs no capitals: project arrangement."""
    match = _kinds(reading.words).search(reading.even[max(first, end - LONGEST_KIND) : end])
    return None if match is None else max(first, end - LONGEST_KIND) + match.start()


@cache
def _kinds(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{either(words.get('title_classes') or (), words.language).pattern}$")


def without_judgement(reading: Reading, start: int, head: int) -> int:
    """Return where a name begins behind the words that judge or announce it: a landmark, legally binding treaty."""
    body = reading.document.body
    at = start
    while (match := _judging(reading.words).match(reading.even, at, head)) and body[at].islower():
        at = match.end()
    return at


def points_back(reading: Reading, head: int) -> bool:
    """Tell whether the word of a title written small points at what was named before: the pact, this arrangement."""
    return _pointing(reading.words).search(reading.even[max(0, head - POINTER) : head]) is not None


def is_named_behind(reading: Reading, past_head: int) -> bool:
    """Tell whether a word of a title written small is followed by what it changes: a protocol amending the Treaty."""
    table = (reading.words.get("titles_written") or {}).get("behind", ())
    return re.compile(rf"\s+{either(table, reading.words.language).pattern}").match(reading.even, past_head) is not None


@cache
def _pointing(words: Words) -> re.Pattern[str]:
    definite = (words.get("determiners") or {}).get("definite", ())
    return re.compile(rf"{either(definite, words.language).pattern}\s+$")


@cache
def _judging(words: Words) -> re.Pattern[str]:
    joins = words.get("joins") or {}
    return re.compile(rf"{either(joins.get('judging', ()), words.language).pattern}[\s,]+")


@cache
def matters(words: Words) -> re.Pattern[str]:
    """Return the rest of a list of matters written small: for research, development, test and evaluation projects."""
    tails, joins = words.get("tails") or {}, words.get("joins") or {}
    if words.language in UNSPACED or not tails:
        return re.compile(r"(?!)")
    never = [*tails.get("stops", ()), *tails.get("never_listed", ()), *words.get("titles"), *joins.get("articles", ())]
    matter = rf"(?!{either(never, words.language, 0).pattern})[a-z\u00df-\u00ff][\w'\u2019-]*"
    stops, ands = either(tails.get("stops", ()), words.language, 0), either(joins.get("and", ()), words.language)
    conjunctions = rf"(?!{stops.pattern}){ands.pattern}"
    item = rf"(?:(?!{conjunctions}){matter}\s+){{0,2}}(?!{conjunctions}){matter}"
    return re.compile(rf"\s*{item}(?:,\s*{item}){{0,6}}(?:,?\s+{conjunctions})\s+(?={matter})")
