"""The sides of an instrument in the sentence that says it was made.

Of "Japan and the United States signed" they are the subject, of "was signed by" what follows; ministries and agencies
are sides with the party they belong to. Where the words give fewer than two, a side without a country belongs to the
party of which the text speaks most.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named
from tracker.proposing.basis.words import Words, either
from tracker.proposing.sides.entities import Entity, entities
from tracker.proposing.sides.people import Person, people
from tracker.proposing.sides.unspaced import behind

FEW = 2
"""Parties of a text among which the first one named is taken where both are named as often."""

PASSIVE = ("signed_passive", "will_be_signed", "nominal")
"""Tables of verbs behind which those stand who did it."""

AFTER_A_VERB = 700
"""Characters behind "was signed by" in which the sides stand."""


class Doing(NamedTuple):
    """A verb of making, with the sentence in which it stands."""

    voice: str
    start: int
    end: int
    sentence: Sentence
    first: int = 0
    """Where in the sentence what belongs to the verb before is over."""


class Doer(NamedTuple):
    """A side: the code of its party, and the ministry or agency that acts for it."""

    code: str | None
    entity: str | None
    start: int
    why: str


def doers(reading: Reading, doing: Doing) -> tuple[int, int]:
    """Return the part of the text in which those stand who did it; an empty one where it does not say."""
    if doing.voice in PASSIVE or _by(reading.words).match(reading.even, doing.end):
        return _behind(reading, doing)
    if doing.voice == "hosted":
        return _after_host(reading, doing)
    return _clause_start(reading, doing), doing.start


def sides(reading: Reading, doing: Doing) -> tuple[Doer, ...]:
    """Return the sides that the sentence names as those who made the instrument, in order."""
    start, end = doers(reading, doing)
    persons = people(reading, start, end)
    bodies = tuple(one for one in entities(reading, start, end) if not _in_an_office(persons, one))
    found = [Doer(body.code, body.text, body.start, "the body that acts") for body in bodies]
    for one in reading.names_in(start, end):
        if _is_inside(bodies, one) or not _is_side(reading, one, start):
            continue
        if doing.voice not in PASSIVE and _beside(reading.words).search(reading.even, start, one.start):
            continue
        found.append(Doer(one.code, _own_name(reading, one), one.start, "those who signed"))
    known = {one.code for one in found}
    for person in persons:
        if not any(body.start <= person.start < body.end for body in bodies) and person.code not in known:
            said = "the office of who signed" if person.code else f"{person.name}, whose party is not said there"
            found.append(Doer(person.code, None, person.start, said))
    return tuple(sorted(found, key=lambda side: side.start))


def home(reading: Reading) -> str | None:
    """Return the party of which the text speaks most: it writes of its own officials without naming it."""
    counted = Counter(one.code for one in reading.names).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1] and _count(reading) > FEW):
        return None
    return counted[0][0]


def _count(reading: Reading) -> int:
    return len({one.code for one in reading.names})


def near(reading: Reading, place: int, besides: str | None) -> str | None:
    """Return the party that the text named last before a place, besides one."""
    others = [one for one in reading.names if one.code != besides]
    before = [one for one in others if one.end <= place]
    if before:
        return before[-1].code
    alone = {one.code for one in others}
    return alone.pop() if len(alone) == 1 else None


def _clause_start(reading: Reading, doing: Doing) -> int:
    """Return where the clause begins whose verb it is: behind a colon, a dash, or a word such as since."""
    opening = 0
    start = max(doing.sentence.start, doing.first)
    before = reading.even[start : doing.start]
    for match in _openings(reading.words).finditer(before):
        opening = match.end()
    for match in _word(reading.words, "witnesses").finditer(before):
        comma = before.find(", ", match.end())
        opening = max(opening, comma + 2) if comma >= 0 else opening
    return start + opening


@cache
def _openings(words: Words) -> re.Pattern[str]:
    joined = either(words.get("asides") or (), words.language).pattern
    return re.compile(rf"[:;\u201c]\s|\s[\u2013\u2014-]\s|{joined}\s", re.IGNORECASE)


def _behind(reading: Reading, doing: Doing) -> tuple[int, int]:
    last = min(doing.sentence.end, doing.end + AFTER_A_VERB)
    who = _word(reading.words, "who").search(reading.even, doing.end, last)
    if who is None:
        return doing.end, doing.end
    end = _word(reading.words, "ends").search(reading.even, who.end(), last)
    return who.end(), end.start() if end else last


def _after_host(reading: Reading, doing: Doing) -> tuple[int, int]:
    verb = re.match(r"\w+", reading.even[doing.start :])
    return doing.start + (verb.end() if verb else 0), doing.end


@cache
def _by(words: Words) -> re.Pattern[str]:
    """Return what follows a participle: signed today by."""
    return re.compile(
        rf"\s+(?:\w+\s+)?{either((words.get('sides_words') or {}).get('by', ()), words.language).pattern}"
    )


@cache
def _word(words: Words, name: str) -> re.Pattern[str]:
    return either((words.get("sides_words") or {}).get(name, ()), words.language)


@cache
def _beside(words: Words) -> re.Pattern[str]:
    """Return what goes before a party that is no subject: between Norway and Japan."""
    table = words.get("tails") or {}
    return re.compile(rf"{either(table.get('between', ()), words.language).pattern}\s", re.IGNORECASE)


@cache
def _places(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{_word(words, 'places').pattern}\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _titled(words: Words) -> re.Pattern[str]:
    table = words.get("people") or {}
    governing = (words.get("sides_words") or {}).get("governments", ())
    return either([*table.get("offices", ()), *table.get("honorifics", ()), *governing], words.language)


def _is_side(reading: Reading, one: Named, start: int) -> bool:
    """Tell whether a name is the party itself, not a place, a guest's post or a part of another name."""
    body = reading.document.body
    before = reading.even[max(start, one.start - 40) : one.start]
    if behind(reading.words).match(reading.even, one.end) or _places(reading.words).search(before):
        return False
    following = re.match(r"([\u2019']s?)?\s+(?:\([^)]{1,12}\)\s+)?([^\W\d_][\w-]*)", body[one.end : one.end + 60])
    if following is None:
        return not one.adjective
    at = one.end + following.start(2)
    if _titled(reading.words).match(reading.even, at):
        return True
    if not following[1] and not one.adjective and _verbs(reading.words).match(reading.even, at):
        return True
    if following[2][0].isupper() or following[1] or one.adjective:
        return False
    return bool(_followers(reading.words).match(reading.even, at))


def _own_name(reading: Reading, one: Named) -> str | None:
    """Return the name of a body that is a side itself, not that of one whose head signs: NASA, NASA's Administrator."""
    if not one.body or _titled(reading.words).match(reading.even, one.end + 1):
        return None
    return reading.document.body[one.start : one.end]


@cache
def _verbs(words: Words) -> re.Pattern[str]:
    acts = words.get("acts") or {}
    voices = ("signed", "hosted", "issued", "signed_now", "by_signing", "signed_passive")
    return either([pattern for voice in voices for pattern in acts.get(voice, ())], words.language)


@cache
def _followers(words: Words) -> re.Pattern[str]:
    """Return what goes on behind a subject; another word makes the name part of something else: U.S. leadership."""
    table = (words.get("sides_words") or {}).get("followers")
    return re.compile(rf"{either(table, words.language).pattern}|{_verbs(words).pattern}") if table else re.compile("")


def _in_an_office(persons: tuple[Person, ...], body: Entity) -> bool:
    """Tell whether a body is only what somebody's office is at: Director of the Office of Science."""
    return any(person.start <= body.start < person.end for person in persons)


def _is_inside(bodies: tuple[Entity, ...], one: Named) -> bool:
    return any(body.start <= one.start < body.end or body.owner == one for body in bodies)
