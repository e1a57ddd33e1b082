"""Bodies that act for a party: ministries and agencies, by words that begin or end their names."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.language import Words
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named

PREAMBLE = 2_500
"""Characters of a title and the sides that a preamble names."""

SHORT = 4
"""Characters of a shortened name of a party: U.S."""

LONGEST = 160
"""Characters of a name."""

_CAPITAL = r"[^\W\d_a-z\u00df-\u00ff][\w.&\u2019'-]*"
_BACK = re.compile(rf"(?:{_CAPITAL}\s+(?:(?:of|and|for|the|&|de|du|des|la|del)\s+){{0,2}}){{1,8}}$")
_ACRONYM = re.compile(r"\s*\(\s*[\"\u201c]?([A-Z][A-Za-z&.-]{1,12})[\"\u201d]?\s*\)")

TITLED = ("first", "holders")
"""Kinds of sides in the title of an instrument: ministries, and ministers."""


class Entity(NamedTuple):
    """A body, with the code of its party where the words give it."""

    text: str
    code: str | None
    start: int
    end: int
    owner: Named | None
    """The name of the party that stands by it."""


def entities(reading: Reading, start: int, end: int, kinds: tuple[str, ...] = ("first",)) -> tuple[Entity, ...]:
    """Return the bodies that a part of a text names, in order; in a title, ``TITLED`` holders of offices too."""
    found: list[Entity] = []
    for one in sorted(
        [*_first(reading, start, end, kinds), *_last(reading, start, end)], key=lambda body: (body.start, -body.end)
    ):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


@cache
def _joined(words: Words) -> re.Pattern[str]:
    small = "|".join(map(re.escape, (words.get("joins") or {}).get("small", ("of",))))
    return re.compile(rf"(?:,?\s+(?:(?i:{small})\s+){{0,2}}{_CAPITAL})")


@cache
def _small(words: Words) -> re.Pattern[str]:
    """Return a small word behind a name: and, of, for."""
    return re.compile(rf"\s+{words.pattern('joins.small', 0).pattern}")


def acting(reading: Reading, start: int, code: str) -> Entity | None:
    """Return the body by which a preamble says that a party acts: Japan, represented by the Cabinet Office."""
    first = start
    for match in reading.words.pattern("entities.acting").finditer(reading.even, start, start + PREAMBLE):
        before = reading.names_in(first, match.start())
        first = match.end()
        if before and before[-1].code == code:
            return next(iter(entities(reading, match.end(), match.end() + LONGEST)), None)
    return None


def _first(reading: Reading, start: int, end: int, kinds: tuple[str, ...]) -> Iterator[Entity]:
    """Yield bodies whose kind stands first: Ministry of ..., Department of ..."""
    body = reading.document.body
    for match in (
        one for kind in kinds for one in reading.words.pattern(f"entities.{kind}").finditer(reading.even, start, end)
    ):
        if not body[match.start()].isupper() or _is_a_party(reading, match.start()):
            continue
        begin = _begin(reading, match.start(), start)
        past = match.end()
        while (more := _joined(reading.words).match(body, past)) and more.end() <= min(end, begin + LONGEST):
            if _is_another(reading, past, more):
                break
            past = more.end()
        yield _entity(reading, begin, past, end)


def _is_a_party(reading: Reading, at: int) -> bool:
    """Tell whether a word for a body belongs to the name of a party: Council of Europe."""
    one = reading.name_at(at)
    return one is not None and not one.body


def _last(reading: Reading, start: int, end: int) -> Iterator[Entity]:
    """Yield bodies whose kind stands last: Defense Security Cooperation Agency."""
    body = reading.document.body
    for match in reading.words.pattern("entities.last").finditer(reading.even, start, end):
        if body[match.start()].isupper() and not _is_a_party(reading, match.start()):
            begin = _begin(reading, match.start(), start)
            past = match.end()
            following = re.match(
                rf"\s+(?:for|of|on)\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:and\s+)?{_CAPITAL})*",
                body[past : min(end, past + LONGEST)],
            )
            if following:
                past += following.end()
            if begin < match.start() or following:
                yield _entity(reading, begin, past, end)


def _begin(reading: Reading, at: int, first: int) -> int:
    """Return where the capitalised words begin that stand before the kind of a body, the party's own name left out."""
    back = _BACK.search(reading.document.body[max(first, at - LONGEST) : at])
    begin = at - len(back[0]) if back else at
    if reading.words.pattern("people.offices").search(reading.even, begin, at):
        return at
    for between in reading.words.pattern("tails.between").finditer(reading.even, begin, at):
        begin = max(begin, between.end() + 1)
    for one in (name for name in reading.names_in(begin, at) if not _is_part(reading, name)):
        after = re.match(r"(?:[\u2019']s?)?\s*(?:\([^)]{1,12}\)\s*)?", reading.document.body[one.end : at])
        begin = max(begin, one.end + (after.end() if after else 0))
    skipped = re.match(r"(?:(?i:and|of|for|the)\s+)+", reading.document.body[begin:at])
    return begin + (skipped.end() if skipped else 0)


def _is_part(reading: Reading, name: Named) -> bool:
    """Tell whether the word for a party is a part of a body's own name: Indian Navy, U.S. Navy."""
    short = name.end - name.start <= SHORT and not name.body
    return (name.adjective or short) and _small(reading.words).match(reading.document.body, name.end) is None


def _is_another(reading: Reading, at: int, more: re.Match[str]) -> bool:
    """Tell whether behind "and" or "of" something else begins: another body, or the party whose body it is."""
    first = reading.words.pattern("entities.first")
    word = re.search(r"\S+$", more[0])
    begin = more.start() + (word.start() if word else 0)
    if any(one.start <= begin < one.end for one in reading.names):
        return True
    if _another_side(reading.words).match(reading.even, at):
        return True
    is_new = "and" in more[0].split() and first.match(reading.even, begin)
    return bool(is_new) or ("," in more[0] and "and" not in reading.even[at : at + 80])


@cache
def _another_side(words: Words) -> re.Pattern[str]:
    """Return what comes between two sides: a comma, and the."""
    conjunctions, articles = (words.pattern(f"joins.{name}").pattern for name in ("and", "articles"))
    return re.compile(rf",\s+{conjunctions}\s+(?:{articles}\s)?")


def _entity(reading: Reading, start: int, end: int, last: int) -> Entity:
    body = reading.document.body
    acronym = _ACRONYM.match(body, end, last)
    owner = _owner(reading, start, acronym.end() if acronym else end)
    past = acronym.end() if acronym else end
    return Entity(body[start:past].rstrip("."), owner.code if owner else None, start, past, owner)


def _owner(reading: Reading, start: int, end: int) -> Named | None:
    """Return the party by whose name a body is told: before it (Japan's, U.S.), in it or behind it (of Japan)."""
    body = reading.document.body
    for one in reading.names:
        if one.end <= start and re.fullmatch(r"(?:[\u2019']s?)?\s*(?:\([^)]{1,12}\)\s*)?", body[one.end : start]):
            return one
        if start <= one.start and one.end <= end:
            return one
        if end <= one.start and re.fullmatch(
            r"(?i)\s*(?:of|de|du|del)\s+(?:the\s+|la\s+)?(?:(?:Government|Republic|Kingdom) of\s+(?:the\s+)?)?",
            body[end : one.start],
        ):
            return one
    return None
