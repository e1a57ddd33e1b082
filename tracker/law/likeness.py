"""How likely two records are of the same agreement: by names, parties, first day and type; what is unknown counts out.

Titles are no key (the same one names many instruments), nor are parties or days (several texts are signed at one
ceremony): only together do they say something. A number that a registry gave (UN Charter, Article 102; national series)
is enough to ask by itself. Even then it is for a person to decide.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from math import ceil, floor
from operator import itemgetter
from typing import NamedTuple

from tracker.text.names import fold

LIKELY = 0.75
"""From this score on two records are shown as likely the same."""

UNLIKE = 0.5
"""Titles with less in common are of two texts, whatever else agrees."""

FILLERS = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "between",
            "by",
            "concerning",
            "for",
            "from",
            "in",
            "of",
            "on",
            "or",
            "regarding",
        ),
        *(
            "relating",
            "respecting",
            "the",
            "their",
            "to",
            "with",
            "de",
            "des",
            "du",
            "la",
            "le",
            "les",
            "et",
            "y",
            "el",
        ),
    )
)
"""Words that make no title different from another."""

TITLE_ALONE = 0.7
"""What a title is worth at most where nothing else is known of one of the two."""

SAME_NUMBER = 0.9
"""What one number in common is worth at least, whatever else is known: titles may be in two languages."""

OF_A_SERIES = 0.6
"""What is left of the likeness of titles that differ in a number: they are of one series, and two."""

_OF_TITLE, _OF_PARTIES, _OF_DAY, _OF_TYPE = 0.5, 0.25, 0.2, 0.05
_ROMAN = frozenset(
    [
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
        "xx",
    ]
)
_ORDINALS = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "additional",
        "supplementary",
    ]
)
_EACH_APART = 0.15
FEW = 4
"""Of a treaty with so many parties, a list may hold some only."""
_MONTH, _YEAR = 31, 366
_NUMBERS = _ROMAN | _ORDINALS
_BEYOND = ((0, 0.7), (_MONTH, 0.3), (_YEAR, 0.0))
_NEARLY_ALL = 0.75
_ROUNDING = 1e-9
_OPEN = "9999-12-31"


class Traits(NamedTuple):
    """What is compared of a record."""

    ref: str
    title: str
    tokens: AbstractSet[str]
    codes: AbstractSet[str]
    earliest: str | None
    """First possible day of its first act."""
    latest: str | None
    type: str | None
    names: tuple[AbstractSet[str], ...] = ()
    """Words of its other names: short title, aliases, titles in other languages."""
    numbers: AbstractSet[str] = frozenset()
    """Its numbers in series that number instruments one by one."""


SERIES = frozenset(
    (
        "unts",
        "lnts",
        "tias",
        "ust",
        "kav",
        "cets",
        "cm",
        "cp",
        "ukts",
        "ats",
        "atnif",
        "atnia",
        "cts",
        "trb",
        "sr",
        "ojl",
    )
)
"""Schemes of identifiers that name one instrument, by their letters; a volume holds many."""

_SAME_SERIES = {"ets": "cets"}
"""The European Treaty Series went on as that of the Council of Europe in 2004, with the numbers running on."""

RUNNING = frozenset(("unts", "lnts", "tias", "cets"))
"""Series of plain running numbers."""

_THOUSANDS = re.compile(r"(?<=\d)[,.'\u2019\s](?=\d{3}(?!\d))")
"""The sign before three digits: 5,320 and 5 320 are 5320."""

_COUNTED = re.compile(r"((number|no|nr|n)(?![a-z]))?[^0-9a-z]*")


def number(scheme: str, value: str) -> str | None:
    """Return a number of an instrument as it is compared: ``TIAS No. 4509`` is ``tias 4509``; None elsewhere."""
    series = re.sub(r"[^a-z]", "", scheme.lower())
    series = _SAME_SERIES.get(series, series)
    if series not in SERIES:
        return None
    bare = value.lower().strip()
    for prefix in (f"{scheme.lower()} ", f"{series} "):
        bare = bare.removeprefix(prefix)
    bare = _COUNTED.sub("", bare, count=1)
    if series == "unts":  # treaties registered under Article 102 stand in part I; "A-5320" is a later act
        bare = re.sub(r"^i-(?=\d)", "", bare)
    if series in RUNNING:
        bare = _THOUSANDS.sub("", bare)
    bare = re.sub(r"\s+", " ", bare).lstrip("0")
    return f"{series} {bare}" if bare else None


def other_names(title: str, texts: Iterable[str | None]) -> tuple[AbstractSet[str], ...]:
    """Return the words of the names of a record beside its title, each once."""
    own = tokens(title)
    return tuple(name for name in dict.fromkeys(tokens(text) for text in texts if text) if name and name != own)


def tokens(title: str) -> frozenset[str]:
    """Return the words that make a title what it is, folded."""
    return frozenset(word for word in fold(title).split() if word not in FILLERS)


def score(one: Traits, other: Traits, at_least: float = 0.0) -> float:
    """Return how likely it is that two records are of the same agreement, 0 to 1; below ``at_least`` it may be less."""
    total = _by_facts(one, other, at_least)
    return max(total, SAME_NUMBER) if one.numbers & other.numbers else total


class Pair(NamedTuple):
    """Two records that are likely of the same agreement."""

    score: float
    one: Traits
    other: Traits


class Reach:
    """What two records must have in common to reach a score, whatever else they agree in.

    From it follows which pairs need not be compared. The words of two names that make a pair likely are alike enough,
    and their numbers are the same, or the rest is alike enough to make up for it.
    """

    def __init__(self, at_least: float) -> None:
        self.alike = max(UNLIKE, 1 - (1 - at_least) / _OF_TITLE)
        """How much of the words two names have in common at least; less is of no use where all else agrees."""
        self.alike_in_series = self.alike / OF_A_SERIES
        """The same where they differ in a number; from 1 on no two of a series reach the score."""
        self.days = _days_within(1, at_least)
        """How many days after the last possible one of an act the other may begin at most; None: any."""
        self.days_in_series = _days_within(OF_A_SERIES, at_least)
        """The same where names differ in a number."""
        some = ((_NEARLY_ALL, 1, 1), (None, 1, 1), (1, None, 1), (1, None, None))
        self.series_of_same_parties = all(_weighed(OF_A_SERIES, *rest) <= at_least + _ROUNDING for rest in some)
        """Whether titles that differ in a number need the very same parties, and days that are known.

        But lists of four parties or more may hold some only, and be taken for the same.
        """


def _days_within(title: float, at_least: float) -> int | None:
    worths = ((days, worth) for days, worth in _BEYOND if _weighed(title, 1, worth, 1) < at_least - _ROUNDING)
    return next((days for days, _ in worths), None)


def common_words(size: int, alike: float) -> int:
    """Return how many words a name of so many has in common with any that is so much alike, at least."""
    return ceil(size * alike / (2 - alike) - _ROUNDING)


def words_apart(sizes: tuple[int, int], counted: tuple[int, int], alike: float) -> int:
    """Return in how many words beside numbers two names may differ that differ in a number, and are so much alike.

    ``sizes``: how many words they have; ``counted``: how many of these are numbers. Below 0 they are never so alike.
    """
    one, other = counted
    apart = abs(one - other) or 2  # one number stands against another
    return floor(sum(sizes) * (1 - alike) + _ROUNDING) - apart if max(counted) else -1


def numbers(words: AbstractSet[str]) -> frozenset[str]:
    """Return the words that number a title: two titles that differ in them are two of a series."""
    return frozenset([word for word in words if word.isdecimal() or word in _NUMBERS or len(word) == 1])


def _by_facts(one: Traits, other: Traits, at_least: float) -> float:
    parties = _parties(one.codes, other.codes)
    if parties == 0:
        return 0.0
    day = _days(one, other)
    kind = None if one.type is None or other.type is None else float(one.type == other.type)
    if _weighed(1, parties, day, kind) < at_least:
        return 0.0
    title, words, others = _likest(one, other)
    if parties is None:  # nothing but the words tells an agreement with one state from that with the next
        title -= _EACH_APART * _apart(words, others)
    return 0.0 if title < UNLIKE else _weighed(title, parties, day, kind)


def _weighed(title: float, parties: float | None, day: float | None, kind: float | None) -> float:
    """Return what the likenesses are worth together; what is unknown counts out."""
    total, weights = _OF_TITLE * title, _OF_TITLE
    if parties is not None:
        total, weights = total + _OF_PARTIES * parties, weights + _OF_PARTIES
    if day is not None:
        total, weights = total + _OF_DAY * day, weights + _OF_DAY
    if kind is not None:
        total, weights = total + _OF_TYPE * kind, weights + _OF_TYPE
    total /= weights
    if day == 0:
        total *= 0.6
    if parties is None and day is None:
        total = min(total, TITLE_ALONE)
    return total


def _likest(one: Traits, other: Traits) -> tuple[float, AbstractSet[str], AbstractSet[str]]:
    """Return how alike two records are by the names most alike, and these; titles of one series stay as they are."""
    titles = _titles(one.tokens, other.tokens), one.tokens, other.tokens
    if not (one.names or other.names):
        return titles
    if titles[0] < _common(one.tokens, other.tokens):
        return titles
    firsts, seconds = (one.tokens, *one.names), (other.tokens, *other.names)
    return max([(_titles(first, second), first, second) for first in firsts for second in seconds], key=itemgetter(0))


def _common(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _titles(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Compare words; titles that differ in a number are different ones of a series."""
    common = _common(one, other)
    return OF_A_SERIES * common if common >= UNLIKE and numbers(one ^ other) else common


def _apart(one: AbstractSet[str], other: AbstractSet[str]) -> int:
    """How many words of each stand against other words."""
    return min(len(one - other), len(other - one))


def other_parties(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Tell whether each of two lists has parties that the other lacks, and one is too short to hold some only."""
    return bool(one - other and other - one) and min(len(one), len(other)) < FEW


def _parties(one: AbstractSet[str], other: AbstractSet[str]) -> float | None:
    """Compare parties; of a treaty with many, a list may hold some only."""
    if not one or not other:
        return None
    common, fewer = len(one & other), min(len(one), len(other))
    return common / (fewer if fewer >= FEW else len(one) + len(other) - common)


def _days(one: Traits, other: Traits) -> float | None:
    if one.earliest is None or other.earliest is None:
        return None
    if one.earliest == other.earliest and one.latest == other.latest:
        return 1.0
    if one.earliest <= (other.latest or _OPEN) and other.earliest <= (one.latest or _OPEN):
        return 0.9
    first, second = (one, other) if one.earliest <= other.earliest else (other, one)
    apart = (date.fromisoformat(str(second.earliest)) - date.fromisoformat(str(first.latest))).days
    return 0.7 if apart <= _MONTH else 0.3 if apart <= _YEAR else 0.0
