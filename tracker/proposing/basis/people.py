"""People with their offices in a part of a text: "Japan's Minister of Defense, Mr Hamada Yasukazu".

An office begins with a word such as Minister and goes on with what it is for; a name is what stands behind it, after an
honorific or a comma, or as the capitalised words that no office is for. A name may also stand before: "Jane Roe,
Secretary of State, signed".
"""

import re
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis import names
from tracker.proposing.basis.language import UNSPACED, Words, either
from tracker.proposing.basis.personal_names import (
    LONGEST_NAME,
    Person,
    Token,
    bare,
    honorific,
    name_from,
    particles,
    table,
    tokens,
)
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.together import together
from tracker.proposing.basis.vocabulary import Named
from tracker.text.names import fold

_NAME_FIRST = re.compile(
    r",\s+\w+\s+[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*(?:\s+[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*){1,3},\s+[^\W\d_a-z]"
)
"""A further person whose name stands first: ", and Jane Roe, Minister"."""

NAME_WORDS = 2
"""Words of a name that stands behind what an office is for."""

LONGEST_OFFICE = 300
"""Characters."""

NEXT_PARTY = 40
"""Characters behind "and" in which the party of the next person stands."""

LONGEST_MATTER = 60
"""Characters in front of an office that tell what it is for."""

_ACRONYM = re.compile(r"\([A-Z&]{2,10}\)")
"""The short name of a ministry, inside an office."""

BEFORE_A_COUNTERPART = 40
"""Characters before an office within which its holder may be called a counterpart."""


def people(reading: Reading, start: int, end: int) -> tuple[Person, ...]:
    """Return everybody who is named with an office, or at least an honorific, in a part of the text."""
    if reading.words.language in UNSPACED:
        return tuple(Person(*one) for one in names.officials(reading, start, end))
    groups = tuple(together(reading, start, end))
    shared = [(group[0].start, group[-1].end) for group in groups]
    found: list[Person] = []
    at = start
    for office, past in _offices(reading, start, end):
        if office < at:
            continue
        person = _with_office(reading, office, past, end, at)
        if person is not None:
            found.append(person)
            at = person.end
    found = [_of_a_counterpart(reading, one) for one in found if not _among(shared, one)]
    found += [one for group in groups for one in group]
    found += _counterparts(reading, start, end)
    taken = [(one.start, one.end) for one in found]
    honoured = _with_honorific(reading, start, end)
    found += [one for one in honoured if not any(first <= one.start < last for first, last in taken)]
    return tuple(sorted(found, key=lambda one: one.start))


def _among(shared: list[tuple[int, int]], one: Person) -> bool:
    """Tell whether somebody is read among those who share an office already."""
    return any(one.start < end and start < one.end for start, end in shared)


def _of_a_counterpart(reading: Reading, person: Person) -> Person:
    """Return somebody with the party that the words before give: his Japanese counterpart, Foreign Minister ..."""
    first = max(0, person.start - BEFORE_A_COUNTERPART)
    before = list(reading.words.pattern("people.counterparts").finditer(reading.even, first, person.start))
    if person.code is not None or not before or reading.even[before[-1].end() : person.start].strip(" ,\n"):
        return person
    return person._replace(code=_code(reading, before[-1].start(), before[-1].end()))


def _counterparts(reading: Reading, start: int, end: int) -> Iterator[Person]:
    """Yield who is called somebody's counterpart, whose own office is not said: his Japanese counterpart, ..."""
    for match in reading.words.pattern("people.counterparts").finditer(reading.even, start, end):
        begin = _skip(reading.document.body, match.end())
        if _is_an_office(reading, begin):
            continue
        title = honorific(reading.words).match(reading.even, begin)
        name = name_from(reading, title.end() if title else begin, end)
        if name:
            code = _code(reading, match.start(), match.end())
            yield Person(name[0], None, code, _possessor(reading, match.start()), name[1])


def _is_an_office(reading: Reading, at: int) -> bool:
    """Tell whether an office begins at a place, with what it is for or without: Economy Minister."""
    office = reading.words.pattern("people.offices").search(reading.even, at, at + LONGEST_MATTER)
    return office is not None and all(_is_portfolio(reading.words, one) for one in tokens(reading, at, office.start()))


def _written_small(words: Words) -> bool:
    """Tell whether a language writes offices small, as French and Spanish do."""
    return bool(words.get("people.small"))


@cache
def _portfolios(words: Words) -> frozenset[str]:
    return frozenset(table(words, "portfolios"))


@cache
def _between_offices(words: Words) -> frozenset[str]:
    return frozenset(word for phrase in table(words, "between_offices") for word in phrase.split())


def _offices(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in reading.words.pattern("people.offices").finditer(reading.even, start, end):
        small = not reading.document.body[match.start()].isupper() and not _written_small(reading.words)
        if not small or (match.start() > start and _name_before(reading, match.start(), start) is not None):
            yield match.start(), match.end()


def _with_office(reading: Reading, office: int, past: int, end: int, first: int) -> Person | None:
    """Read a person from the beginning of an office on; None where no name stands with it."""
    words, body = reading.words, reading.document.body
    if body[office].islower() and not _written_small(words):
        past = _small_office_end(body, past, end)
    else:
        past = _office_end(reading, past, min(end, office + LONGEST_OFFICE))
    title = honorific(words).match(reading.even, _skip(body, past))
    begin = _matter_before(reading, _acronym_before(body, office, first), first)
    code = _code(reading, begin, past)
    if title is not None and title.end() < end:
        name = name_from(reading, title.end(), end)
        if name:
            return Person(name[0], body[begin:past].rstrip(" ,"), code, _possessor(reading, begin), name[1])
    split = _name_behind(reading, office, past)
    if split is not None:
        name_text, office_end, name_end = split
        held = body[begin:office_end].rstrip(" ,") or None
        code = code or _party_behind(reading, name_end)
        return Person(name_text, held, code, _possessor(reading, begin), name_end)
    before = _name_before(reading, _possessor(reading, begin), first)
    if before is None:
        return _behind_small_words(reading, (begin, past, end))
    return Person(before[0], body[begin:past].rstrip(" ,"), code, before[1], past)


def _behind_small_words(reading: Reading, office: tuple[int, int, int]) -> Person | None:
    """Read a name behind a comma, where an office goes on with small words: minister for the seas, Jan Roe."""
    begin, past, end = office
    match = _small_matter(reading.words).match(reading.even, past, end)
    name = name_from(reading, match.end(), end) if match else None
    if match is None or name is None or len(name[0].split()) < NAME_WORDS or reading.names_in(match.end(), name[1]):
        return None
    held = reading.document.body[begin : match.start("comma")]
    return Person(name[0], held, _code(reading, begin, match.start("comma")), _possessor(reading, begin), name[1])


@cache
def _small_matter(words: Words) -> re.Pattern[str]:
    return re.compile(rf"\s+{words.pattern('people.between_offices').pattern}\s+[^,.;:()\n]{{2,60}}(?P<comma>,)\s+")


def _small_office_end(body: str, past: int, end: int) -> int:
    """Return where an office ends that is written small behind a name: at the next comma."""
    comma = body.find(",", past, min(end, past + LONGEST_OFFICE))
    return comma if comma >= 0 else past


def _skip(body: str, at: int) -> int:
    while at < len(body) and body[at] in " ,\n\t":
        at += 1
    return at


def _office_end(reading: Reading, at: int, end: int) -> int:
    """Return where the words of an office end, with a name that may stand behind them.

    Further offices belong to it, "for", "of", and capitalised words; not an honorific, nor what stands behind "and" or
    a comma once a name has begun.
    """
    words = reading.words
    joins, last, loose, first = _between_offices(words), at, 0, True
    skipped = {place for one in _ACRONYM.finditer(reading.document.body, at, end) for place in range(*one.span())}
    for token in tokens(reading, at, end):
        if token.start in skipped:
            last, loose = token.end, 0
            continue
        if honorific(words).match(reading.even, token.start) and token.capital and not _is_portfolio(words, token):
            return last
        if token.capital or (_written_small(words) and _is_known(reading, token)):
            last = token.end
            loose = 0 if _is_known(reading, token) else loose + 1
        elif loose and token.plain in particles(words):
            continue
        elif _ends_office(reading, token, joins, named=loose >= (1 if first else NAME_WORDS)):
            return last
        else:
            loose, first = 0, False
    return last


def _ends_office(reading: Reading, token: Token, joins: frozenset[str], *, named: bool) -> bool:
    """Tell whether a small word or a sign ends an office, behind which a name may have begun."""
    if token.plain not in joins and token.text not in (",", "&"):
        return True
    return (named and not _goes_on(reading, token)) or _is_another_person(reading, token)


def _goes_on(reading: Reading, token: Token) -> bool:
    """Tell whether a small word behind what may be a name goes on with the office: of, for; not the party's name."""
    if token.plain == "for" and (whom := reading.names_in(token.end, token.end + NEXT_PARTY)):
        return reading.even[token.end : whom[0].start].strip(" \n") not in ("", "the")
    return token.plain in ("of", "for") and _party_behind(reading, token.start) is None


def _party_behind(reading: Reading, at: int) -> str | None:
    """Return the party that stands behind somebody's name: Jane Roe of Japan."""
    table = reading.words.get("people.of")
    match = re.compile(rf"\s*{either(table, reading.words.language).pattern}\s+").match(reading.even, at)
    found = reading.names_in(match.end(), match.end() + 60) if match else ()
    return found[0].code if match and found and found[0].start == match.end() else None


def _is_another_person(reading: Reading, token: Token) -> bool:
    """Tell whether behind "and" somebody else comes: the Prime Minister and the Prime Minister of Japan."""
    articles = reading.words.pattern("joins.articles").pattern
    office = reading.words.pattern("people.offices").pattern
    conjunctions = reading.words.get("joins.and")
    if token.text == "," and _NAME_FIRST.match(reading.document.body, token.start):
        return True
    if token.plain not in conjunctions:
        return False
    party = next(iter(reading.names_in(token.end, token.end + NEXT_PARTY)), None)
    if party is not None and not reading.document.body[token.end : party.start].strip():
        return bool(re.compile(rf"(?:'s?)?\s+(?:\w+\s+){{0,3}}?{office}").match(reading.even, party.end))
    return bool(re.compile(rf"\s+{articles}\s+{office}").match(reading.even, token.end))


def _is_known(reading: Reading, token: Token) -> bool:
    """Tell whether a capitalised word belongs to an office: what it is for, a further office, a party."""
    office = reading.words.pattern("people.offices").match(reading.even, token.start) is not None
    party = reading.name_at(token.start) is not None
    return office or party or _is_portfolio(reading.words, token)


def _is_portfolio(words: Words, token: Token) -> bool:
    plain = token.plain.replace("ß", "ss")
    return all(part in _portfolios(words) for part in plain.split("-")) and token.plain not in (
        "general",
        "justice",
        "judge",
    )


def _acronym_before(body: str, office: int, first: int) -> int:
    """Return where an office begins that is called by its body: NASA Administrator."""
    match = re.search(r"(?:\b[A-Z]{2,8}\s)$", body[max(first, office - 12) : office])
    return office - len(match[0]) if match else office


def _matter_before(reading: Reading, office: int, first: int) -> int:
    """Return where an office begins in front of which stands what it is for: Commerce and Industry Minister."""
    body, words = reading.document.body, reading.words
    if not body[office : office + 1].isupper():
        return office
    begin = office
    for token in reversed(tokens(reading, max(first, office - LONGEST_MATTER), office)):
        if token.capital and _is_portfolio(words, token) and reading.name_at(token.start) is None:
            begin = token.start
        elif token.plain not in words.get("joins.and") and token.text not in ("&", ","):
            break
    return begin


def _possessor(reading: Reading, start: int) -> int:
    """Return where "Japan's" begins before an office, else the office's own beginning."""
    named = _owner(reading, start)
    return named.start if named else start


def _owner(reading: Reading, start: int) -> Named | None:
    """Return the party whose office it is by the words right before it: Japan's, Japan, Japanese."""
    one = reading.name_before(start, 4)
    if one is None or not re.fullmatch(r"(?:[\u2019']s?)?\s*", reading.document.body[one.end : start]):
        return None
    return one


def _code(reading: Reading, start: int, end: int) -> str | None:
    """Return the party of an office: before it (Japan's Minister), or in it (Minister of Justice of Japan)."""
    owner = _owner(reading, start)
    if owner is not None:
        return owner.code
    inside = [
        one
        for one in reading.names_in(start, end)
        if not re.search(r"\bto\s+(?:the\s+)?$", reading.even[start : one.start])
    ]
    return inside[-1].code if inside else None


def _name_before(reading: Reading, office: int, first: int) -> tuple[str, int] | None:
    """Return a name that stands before an office, parted by a comma: Jane Roe, Secretary of State."""
    body = reading.document.body
    match = re.search(
        r"((?:[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*\s+){1,5}?[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*)\s*,\s*(?:the\s+|then\s+)?$",
        body[max(first, office - 90) : office],
    )
    if match is None:
        return None
    begin = max(first, office - 90) + match.start(1)
    found = tokens(reading, begin, begin + len(match[1]))
    words = reading.words
    named = reading.names_in(begin, begin + len(match[1]))
    if (
        named
        or any(_is_portfolio(words, one) for one in found)
        or words.pattern("people.offices").search(reading.even, begin, begin + len(match[1]))
    ):
        return None
    honoured = honorific(words).match(reading.even, begin, begin + len(match[1]))
    name = match[1][honoured.end() - begin :] if honoured else match[1]
    return (bare(name), begin) if len(found) > 1 and name else None


def _name_behind(reading: Reading, office: int, past: int) -> tuple[str, int, int] | None:
    """Take the name off the end of the capitalised words behind an office; None where there is none.

    Returns the name, where the office ends, and where the name ends.
    """
    words = reading.words
    body = reading.document.body
    first_past = words.pattern("people.offices").match(reading.even, office)
    behind = tokens(reading, first_past.end() if first_past else past, past)
    tail: list[Token] = []
    for token in reversed(behind):
        is_particle = token.plain in particles(words) and tail
        if not (token.capital or is_particle) or _is_portfolio(words, token) or token.plain in ("&", ","):
            break
        if reading.name_at(token.start) is not None:
            break
        tail.insert(0, token)
    while tail and not tail[0].capital:
        tail.pop(0)
    if tail and behind and tail[0] is not behind[0]:
        index = behind.index(tail[0])
        before = behind[index - 1]
        if not before.capital and before.text not in (",", ")"):
            tail = tail[1:]
    if not tail or (len(tail) == 1 and tail[0] is not behind[0]):
        return None
    if len(tail) > LONGEST_NAME - 1:
        return None
    end_of_office = body[: tail[0].start].rstrip(" ,\n\t")
    return bare(body[tail[0].start : tail[-1].end]), len(end_of_office), tail[-1].end


def _with_honorific(reading: Reading, start: int, end: int) -> Iterator[Person]:
    for match in honorific(reading.words).finditer(reading.even, start, end):
        if reading.document.body[match.start()].isupper():
            name = name_from(reading, match.end(), end)
            if name and len(name[0].split()) > 1:
                yield Person(name[0], None, None, match.start(), name[1])


def same_person(first: str, second: str) -> bool:
    """Tell whether two names are one person's: the shorter one's words stand in the other."""
    one, other = set(fold(first).split()), set(fold(second).split())
    return bool(one & other) and (one <= other or other <= one)
