"""The sides of an instrument in the sentence that says it was made.

Of "Japan and the United States signed" they are the subject, of "was signed by" what follows; ministries and agencies
are sides with the party they belong to. Where the words give fewer than two, a side without a country belongs to the
party of which the text speaks most.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.bodies import Entity, entities
from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.people import people
from tracker.proposing.basis.personal_names import Person
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named

OFTEN = 2
"""Times that a text names a party at least, of which it speaks most."""

FEW = 2
"""Parties of a text among which the first one named is taken where both are named as often."""

PASSIVE = ("signed_passive", "will_be_signed", "nominal")
"""Tables of verbs behind which those stand who did it."""

AFTER_A_VERB = 700
"""Characters behind "was signed by" in which the sides stand."""

LONGEST_POST = 40
"""Characters between a party and "on behalf of", where an office of that party is called by nothing but its kind."""

_DASH = re.compile(r"\s[\u2013\u2014-]\s")


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
    if doing.voice in ("signers", "for_each"):
        stop = reading.words.pattern("sides_words.witnessed").search(reading.even, doing.end, doing.sentence.end)
        first = doing.end if doing.voice == "signers" else doing.sentence.start
        return first, stop.start() if stop else doing.sentence.end
    if doing.voice in PASSIVE or _by(reading.words).match(reading.even, doing.end):
        return _behind(reading, doing)
    if doing.voice == "hosted":
        return _after_host(reading, doing)
    return _behind_the_verb(reading, doing) or (_clause_start(reading, doing), doing.start)


def _behind_the_verb(reading: Reading, doing: Doing) -> tuple[int, int] | None:
    """Return the part in which those stand who did it, where a language puts them behind the verb: heute haben Roe und.

    None where nobody is named there, before the name of what was signed, or somebody is in front of the verb.
    """
    if not reading.words.get("inverts") or _is_anybody(reading, _clause_start(reading, doing), doing.start):
        return None
    end = doing.sentence.end
    for table in ("titles", "sides_words.witnessed"):
        stop = reading.words.pattern(table).search(reading.even, doing.end, end)
        end = stop.start() if stop else end
    return (doing.end, end) if _is_anybody(reading, doing.end, end) else None


def _is_anybody(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a part of a text names somebody who may act."""
    parties = (one for one in reading.names_in(start, end) if not one.adjective)
    return bool(people(reading, start, end)) or any(_is_side(reading, one, start) for one in parties)


def sides(reading: Reading, doing: Doing) -> tuple[Doer, ...]:
    """Return the sides that the sentence names as those who made the instrument, in order."""
    start, end = doers(reading, doing)
    persons = people(reading, start, end)
    bodies = tuple(one for one in entities(reading, start, end) if not _in_an_office(persons, one))
    found = [Doer(body.code, body.text, body.start, "the body that acts") for body in bodies]
    for one in reading.names_in(start, end):
        if _is_inside(bodies, one) or not _is_side(reading, one, start) or _signs_for_another(reading, one, end):
            continue
        if doing.voice not in PASSIVE and _beside(reading.words).search(reading.even, start, one.start):
            continue
        found.append(Doer(one.code, _own_name(reading, one), one.start, "those who signed"))
    known = {one.code for one in found}
    for person in persons:
        if person.code is None and _is_a_rank(reading, person):
            continue
        if not any(body.start <= person.start < body.end for body in bodies) and person.code not in known:
            said = "the office of who signed" if person.code else f"{person.name}, whose party is not said there"
            found.append(Doer(person.code, None, person.start, said))
    return tuple(sorted(found, key=lambda side: side.start))


def _is_a_rank(reading: Reading, person: Person) -> bool:
    """Tell whether a single word follows a rank, which makes nobody's name: General Electric."""
    rank = person.office is not None and reading.words.pattern("people.honorifics").fullmatch(person.office)
    return bool(rank) and " " not in person.name


def _signs_for_another(reading: Reading, one: Named, end: int) -> bool:
    """Tell whether an office is said of who signs for somebody else: the Spanish ambassador on behalf of the EU."""
    match = reading.words.pattern("on_behalf").search(reading.even, one.end, min(end, one.end + LONGEST_POST))
    if match is None or reading.names_in(one.end, match.start()):
        return False
    return bool(reading.names_in(match.end(), end))


def home(reading: Reading) -> str | None:
    """Return the party of which the text speaks most: it writes of its own officials without naming it."""
    counted = Counter(one.code for one in reading.names).most_common(2)
    if (
        not counted
        or counted[0][1] < OFTEN
        or (len(counted) > 1 and counted[0][1] == counted[1][1] and _count(reading) > FEW)
    ):
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
    return alone.pop() if len(alone) == 1 and len(others) >= OFTEN else None


def _clause_start(reading: Reading, doing: Doing) -> int:
    """Return where the clause begins whose verb it is: behind a colon, a dash, or a word such as since."""
    opening = 0
    start = max(doing.sentence.start, doing.first)
    before = reading.even[start : doing.start]
    dashes = [match.end() for match in _DASH.finditer(before)]
    if len(dashes) % 2:  # two of them enclose what is said in between
        opening = dashes[0]
    for match in _openings(reading.words).finditer(before):
        opening = max(opening, match.end())
    for match in reading.words.pattern("sides_words.witnesses").finditer(before):
        comma = before.find(", ", match.end())
        opening = max(opening, comma + 2) if comma >= 0 else opening
    return start + opening


@cache
def _openings(words: Words) -> re.Pattern[str]:
    joined = words.pattern("asides").pattern
    return re.compile(rf"[:;\u201c]\s|{joined}\s", re.IGNORECASE)


def _behind(reading: Reading, doing: Doing) -> tuple[int, int]:
    last = min(doing.sentence.end, doing.end + AFTER_A_VERB)
    who = reading.words.pattern("sides_words.who").search(reading.even, doing.end, last)
    if who is None:
        return doing.end, doing.end
    end = reading.words.pattern("sides_words.ends").search(reading.even, who.end(), last)
    return who.end(), end.start() if end else last


def _after_host(reading: Reading, doing: Doing) -> tuple[int, int]:
    verb = re.match(r"\w+", reading.even[doing.start :])
    return doing.start + (verb.end() if verb else 0), doing.end


@cache
def _by(words: Words) -> re.Pattern[str]:
    """Return what follows a participle: signed today by, signed in Oslo on 3 May by."""
    when = either([*words.get("place.beside"), *words.get("sides_words.when")], words.language).pattern
    by, titles = (words.pattern(name).pattern for name in ("sides_words.by", "titles"))
    return re.compile(rf"\s+(?:\w+\s+)?{by}|,?\s+{when}\s(?:(?!{titles})[^.;:()]){{0,70}}?{by}")


@cache
def _beside(words: Words) -> re.Pattern[str]:
    """Return what goes before a party that is no subject: between Norway and Japan."""
    return re.compile(rf"{words.pattern('tails.between').pattern}\s", re.IGNORECASE)


@cache
def _places(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('sides_words.places').pattern}\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _titled(words: Words) -> re.Pattern[str]:
    governing = words.get("sides_words.governments")
    return either([*words.get("people.offices"), *words.get("people.honorifics"), *governing], words.language)


def _is_side(reading: Reading, one: Named, start: int) -> bool:
    """Tell whether a name is the party itself, not a place, a guest's post or a part of another name."""
    body = reading.document.body
    before = reading.even[max(start, one.start - 40) : one.start]
    place = reading.words.pattern("sides_words.places_behind").match(reading.even, one.end)
    if place or _places(reading.words).search(before):
        return False
    following = re.match(r"([\u2019']s?)?\s+(?:\([^)]{1,12}\)\s+)?([^\W\d_][\w-]*)", body[one.end : one.end + 60])
    if following is None:
        return not one.adjective
    at = one.end + following.start(2)
    if _titled(reading.words).match(reading.even, at):
        return True
    if not following[1] and not one.adjective and _verbs(reading.words).match(reading.even, at):
        return True
    shouted = following[2].isupper() and body[one.start : one.end].isupper() and len(following[2]) > 1
    if (following[2][0].isupper() and not shouted) or following[1] or one.adjective:
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
    voices = ("signed", "exchanged", "hosted", "issued", "signed_now", "by_signing", "signed_passive")
    return either([pattern for voice in voices for pattern in acts.get(voice, ())], words.language)


@cache
def _followers(words: Words) -> re.Pattern[str]:
    """Return what goes on behind a subject; another word makes the name part of something else: U.S. leadership."""
    table = words.get("sides_words.followers")
    return re.compile(rf"{either(table, words.language).pattern}|{_verbs(words).pattern}") if table else re.compile("")


def _in_an_office(persons: tuple[Person, ...], body: Entity) -> bool:
    """Tell whether a body is only what somebody's office is at: Director of the Office of Science."""
    return any(person.start <= body.start < person.end for person in persons)


def _is_inside(bodies: tuple[Entity, ...], one: Named) -> bool:
    return any(body.start <= one.start < body.end or body.owner == one for body in bodies)
