"""People named together under one office: the foreign ministers, Jane Roe of Japan and John Doe of Norway.

The office stands in front, in the plural. The parties stand behind each name, or before all names in the same order.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.personal_names import Person, honorific, name_from
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named

FEWEST = 2
"""People who are together."""

WORDS_OF_A_NAME = 2
"""Words that each of them has at least."""

NEAR = 6
"""Characters between two parties of which an office is told, and between these and the office."""

TO_THE_NAMES = 120
"""Characters between an office and the first name, in which it is said of what and of whom it is one."""


class _Found(NamedTuple):
    name: str
    code: str | None
    start: int
    end: int


def together(reading: Reading, start: int, end: int) -> Iterator[tuple[Person, ...]]:
    """Yield those who share an office, group by group."""
    for match in reading.words.pattern("people.offices").finditer(reading.even, start, end):
        office = _of_one(reading, match)
        if office is None:
            continue
        first = _first_name(reading, match.end(), min(end, match.end() + TO_THE_NAMES))
        found = tuple(_names(reading, first, end)) if first is not None else ()
        if first is None or len(found) < FEWEST:
            continue
        owners = dict.fromkeys(
            one.code for one in (*_before(reading, match.start()), *reading.names_in(match.end(), first))
        )
        codes = [one.code for one in found]
        if not any(codes) and len(owners) == len(found):
            codes = list(owners)
        yield tuple(Person(one.name, office, code, one.start, one.end) for one, code in zip(found, codes, strict=True))


def _of_one(reading: Reading, match: re.Match[str]) -> str | None:
    """Return the office that one of several holds, None where it does not stand in the plural: ministers of trade."""
    body, noun = reading.document.body, match[0].split()[-1]
    one: str | None = (reading.words.get("people.together") or {}).get(noun)
    if one is None:
        return None
    matter = _matter(reading.words).match(reading.even, match.end())
    start = match.end() - len(noun)
    one = one.capitalize() if body[start].isupper() else one
    return body[match.start() : start] + one + body[match.end() : matter.end() if matter else match.end()]


@cache
def _matter(words: Words) -> re.Pattern[str]:
    """Return what an office is for, behind it: of trade, for foreign affairs and trade."""
    small, portfolio = (words.pattern(name).pattern for name in ("joins.small", "people.portfolios"))
    return re.compile(rf"(?:\s+{small})+\s+{portfolio}(?:[\s,]+(?:{small}\s+)*{portfolio})*")


def _first_name(reading: Reading, at: int, end: int) -> int | None:
    """Return where the first name begins behind an office; None where another word than its own comes before."""
    while at < end:
        party = reading.name_at(at)
        between = _between(reading.words).match(reading.even, at, end)
        if party is not None and party.start == at:
            at = party.end
        elif between is not None and between.end() > at:
            at = between.end()
        else:
            return at if reading.document.body[at].isupper() else None
    return None


@cache
def _between(words: Words) -> re.Pattern[str]:
    """Return what may stand between an office and the names of those who hold it: of trade, of the two countries."""
    small = either(
        [*words.get("people.of"), *words.get("joins.and"), *words.get("joins.articles"), *words.get("joins.small")],
        words.language,
    )
    office = either([*words.get("people.portfolios"), *words.get("sides_words.governments")], words.language)
    return re.compile(rf"(?:[\s,:]+|'s\b|{small.pattern}|{office.pattern})+")


def _names(reading: Reading, at: int, end: int) -> Iterator[_Found]:
    """Yield the names of a list, each with the party that stands behind it."""
    while True:
        title = honorific(reading.words).match(reading.even, at, end)
        begin = title.end() if title else at
        joined = _joined(reading.words).search(reading.even, begin, end)
        named = name_from(reading, begin, joined.start() if joined else end)
        if named is None or not _is_a_name(reading, begin, named):
            return
        party = _of_whom(reading, named[1], end)
        past = party.end if party else named[1]
        yield _Found(named[0], party.code if party else None, begin, past)
        further = _further(reading.words).match(reading.even, past, end)
        if further is None:
            return
        at = further.end()


def _is_a_name(reading: Reading, start: int, named: tuple[str, int]) -> bool:
    """Tell whether capitalised words are a person's name, and no party or further office begins with them."""
    office = reading.words.pattern("people.offices").match(reading.even, start)
    return len(named[0].split()) >= WORDS_OF_A_NAME and office is None and not reading.names_in(start, named[1])


def _of_whom(reading: Reading, at: int, end: int) -> Named | None:
    """Return the party behind a name: of Japan, (Japan)."""
    match = re.compile(rf"\s*(?:\(|{reading.words.pattern('people.of').pattern}\s)\s*").match(reading.even, at, end)
    named = reading.names_in(match.end(), end) if match else ()
    return named[0] if match and named and named[0].start == match.end() else None


@cache
def _joined(words: Words) -> re.Pattern[str]:
    return re.compile(rf"\s{words.pattern('joins.and').pattern}\s")


@cache
def _further(words: Words) -> re.Pattern[str]:
    return re.compile(rf"\)?(?:,\s*|\s+)(?:{words.pattern('joins.and').pattern}\s+)?")


def _before(reading: Reading, at: int) -> tuple[Named, ...]:
    """Return the parties right before an office: the Japanese and Norwegian foreign ministers."""
    found: list[Named] = []
    while (one := reading.name_before(at, NEAR)) and _apart(reading.words).fullmatch(reading.even, one.end, at):
        found.insert(0, one)
        at = one.start
    return tuple(found)


@cache
def _apart(words: Words) -> re.Pattern[str]:
    conjunctions, articles = (words.pattern(f"joins.{name}").pattern for name in ("and", "articles"))
    return re.compile(rf"(?:'s?)?[\s,]*(?:{conjunctions}\s+)?(?:{articles}\s+)?")
