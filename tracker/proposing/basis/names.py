"""Names of parties in a text, and the words for what is of a party: Thai, Indo-, Schweizerisch.

In languages that write words without blanks parties, officials and towns are told together: 日米, ブリンケン国務長官.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tracker.proposing.basis.language import UNSPACED, Words, either, words
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.vocabulary import Named, Vocabulary

NEAR_A_TONGUE = 40
"""Characters before an adjective in which it shows to be the name of a language."""

NEAR_A_TITLE = 30
"""Characters before somebody's name in which an office or honorific stands."""

NEAR_AN_OFFICIAL = 3
"""Signs between the name of a party and that of its official: 米国のブリンケン国務長官."""

_COMPOUND = re.compile(r"-[^\W\d_]")
"""What goes on with a word behind a name."""

_FURTHER = re.compile(r"\s[^\W\d_a-z\u00df-\u00ff][a-z\u00df-\u00ff]")
"""A further name behind a first one."""

_POST = "駐[ァ-ヿー一-鿿]{1,10}?"
"""Where an ambassador is: 駐フィリピン大使."""

_NAME = r"(?P<name>[\u30a1-\u30ff]+(?:[・＝=][\u30a1-\u30ffA-Z.]+)*|[\u4e00-\u9fff々]{2,5}?)"


def named(text: str, vocabulary: Vocabulary, language: str) -> tuple[Named, ...]:
    """Return the names of parties in a text and the adjectives made of them, in order."""
    found = [*vocabulary.parties(text)]
    taken = bytearray(len(text))
    _take(taken, found)
    for table in ("bodies", "short_names"):
        further = [one for one in _of(language, table).parties(text) if not any(taken[one.start : one.end])]
        found += [one._replace(body=table == "bodies") for one in further]
        _take(taken, further)
    pairs = [one for one in paired(text, language) if not any(taken[one.start : one.end])]
    found += pairs
    _take(taken, pairs)
    tongues = re.compile(rf"\s*{either(words(language).get('tongues') or (), language).pattern}")
    for one in _of(language, "adjectives").parties(text):
        of_a_tongue = tongues.match(text, one.end) or _before(language).search(
            text[max(0, one.start - NEAR_A_TONGUE) : one.start]
        )
        if not of_a_tongue and not any(taken[one.start : one.end]):
            found.append(one._replace(adjective=True))
    first = {one.start for one in found}
    own = [
        one
        for one in found
        if not _is_a_first_name(text, one, language) and not _is_in_a_word(text, one, first, language)
    ]
    return tuple(sorted(own, key=lambda one: one.start))


def _is_in_a_word(text: str, one: Named, first: set[int], language: str) -> bool:
    """Tell whether a name is a part of a word: Indo-Pacific; not the first of two, nor that of an office's owner."""
    if not _COMPOUND.match(text, one.end) or one.end + 1 in first:
        return False
    return words(language).pattern("people.offices").match(text, one.end + 1) is None


def _is_a_first_name(text: str, one: Named, language: str) -> bool:
    """Tell whether a word that is also a party's name is somebody's first one: Foreign Minister Israel Katz."""
    if one.adjective or language in UNSPACED or not _FURTHER.match(text, one.end) or " " in text[one.start : one.end]:
        return False
    return _titled(language).search(text[max(0, one.start - NEAR_A_TITLE) : one.start]) is not None


@cache
def _titled(language: str) -> re.Pattern[str]:
    people = words(language).get("people")
    return re.compile(rf"{either([*people['offices'], *people['honorifics']], language).pattern}\.?\s+$", re.IGNORECASE)


def _take(taken: bytearray, names: Iterable[Named]) -> None:
    """Mark where names stand, so that no other one is found inside them."""
    for one in names:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)


@cache
def _before(language: str) -> re.Pattern[str]:
    """Return the words for languages that stand before their names: en langues fran\u00e7aise et grecque."""
    before = either(words(language).get("tongues_before") or (), language).pattern
    return re.compile(rf"{before}\s+(?:\w+,?\s+)?(?:(?:et|y|e|und)\s+)?$", re.IGNORECASE)


@cache
def _of(language: str, table: str) -> Vocabulary:
    rows = (words(language).get(table) or {}).items()
    names = ((word, code) for code, several in rows for word in several.split("|"))
    return Vocabulary(names, {}, small=table == "adjectives")


def paired(text: str, language: str) -> Iterator[Named]:
    """Yield the parties that are named by one sign each in one word: 日米, 日米韓."""
    signs = words(language).get("pairs") or {}
    if signs:
        for match in _pairs(language).finditer(text):
            for place in range(match.start(), match.end()):
                yield Named(signs[text[place]], place, place + 1)


@cache
def _pairs(language: str) -> re.Pattern[str]:
    signs = "".join(words(language).get("pairs"))
    other = "|".join(words(language).get("not_pairs") or ()) or "(?!)"
    return re.compile(rf"(?<![\u4e00-\u9fff])(?!{other})[{signs}]{{2,4}}")


def officials(reading: Reading, start: int, end: int) -> Iterator[tuple[str, str, str | None, int, int]]:
    """Yield the name, office, party and place of everybody who is named with an office behind the name."""
    for match in _with_office(reading.words).finditer(reading.document.body, start, end):
        name, begin = match["name"], match.start("name")
        inside = [one for one in reading.names if begin <= one.start and one.end <= match.end("name")]
        if inside:  # a party's name that runs into that of its official
            begin = inside[-1].end
            name = reading.document.body[begin : match.end("name")].lstrip("の・")
        if len(name) > 1:
            yield name, match["office"], _party(reading, match, begin), begin, match.end()


def _party(reading: Reading, match: re.Match[str], begin: int) -> str | None:
    """Return the party by a sign before the office (オースティン米国防長官), else by the name right before."""
    if match["sign"]:
        code: str = reading.words.get("pairs")[match["sign"]]
        return code
    before = [one for one in reading.names if 0 <= begin - one.end <= NEAR_AN_OFFICIAL]
    return before[-1].code if before else None


@cache
def _with_office(known: Words) -> re.Pattern[str]:
    offices = "|".join(sorted(known.get("people.offices"), key=len, reverse=True))
    signs = "".join(known.get("pairs") or {})
    return re.compile(rf"{_NAME}(?P<sign>[{signs}]?)(?P<office>(?:{_POST})?(?:{offices}))(?!府|級|官邸)")


def cities(reading: Reading, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the towns that a part of a text names as a place, with where the name begins."""
    for match in _city(reading.words).finditer(reading.document.body, start, end):
        yield match["city"], match.start()


@cache
def _city(known: Words) -> re.Pattern[str]:
    named = "|".join(known.get("place.cities")) or "(?!)"
    return re.compile(
        rf"(?P<city>{named}|(?<![\u30a1-\u30ff・])[\u30a1-\u30ffー・]{{3,12}})(?:市|都|府|県)?(?:内)?"
        r"(?:\([^()]{1,10}\)|（[^（）]{1,10}）)?(?:で(?!は|の|行われている|あ|も|す|き)|にて|において)"
    )
