"""The sides of an instrument in the sentence that says it was made.

Of "Japan and the United States signed" they are the subject, of "was signed by" what follows; ministries and agencies
are sides with the party they belong to. Where the words give fewer than two, a side without a country belongs to the
party of which the text speaks most.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.people import people
from tracker.proposing.basis.personal_names import Person
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named

FEW = 2
"""Parties of a text among which the first one named is taken where both are named as often."""

PASSIVE = ("signed_passive", "will_be_signed", "nominal")
"""Tables of verbs behind which those stand who did it."""

AFTER_A_VERB = 700
"""Characters behind "was signed by" in which the sides stand."""

PREAMBLE = 2_500
"""Characters of a title and the sides that a preamble names."""

SHORT = 4
"""Characters of a shortened name of a party: U.S."""

LONGEST = 160
"""Characters of a name."""

LONGEST_POST = 40
"""Characters between a party and "on behalf of", where an office of that party is called by nothing but its kind."""

_CAPITAL = r"[^\W\d_a-z\u00df-\u00ff][\w.&\u2019'-]*"
_BACK = re.compile(rf"(?:{_CAPITAL}\s+(?:(?:of|and|for|the|&|de|du|des|la|del)\s+){{0,2}}){{1,8}}$")
_DASH = re.compile(r"\s[\u2013\u2014-]\s")
_ACRONYM = re.compile(r"\s*\(\s*[\"\u201c]?([A-Z][A-Za-z&.-]{1,12})[\"\u201d]?\s*\)")

TITLED = ("first", "holders")
"""Kinds of sides in the title of an instrument: ministries, and ministers."""


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


class Entity(NamedTuple):
    """A body, with the code of its party where the words give it."""

    text: str
    code: str | None
    start: int
    end: int
    owner: Named | None
    """The name of the party that stands by it."""


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
    return _clause_start(reading, doing), doing.start


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
        if not body[match.start()].isupper():
            continue
        begin = _begin(reading, match.start(), start)
        past = match.end()
        while (more := _joined(reading.words).match(body, past)) and more.end() <= min(end, begin + LONGEST):
            if _is_another(reading, past, more):
                break
            past = more.end()
        yield _entity(reading, begin, past, end)


def _last(reading: Reading, start: int, end: int) -> Iterator[Entity]:
    """Yield bodies whose kind stands last: Defense Security Cooperation Agency."""
    body = reading.document.body
    for match in reading.words.pattern("entities.last").finditer(reading.even, start, end):
        if body[match.start()].isupper():
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
