"""How likely two records are of the same agreement: by title, parties, first day and type; what is unknown counts out.

Titles are no key (the same one names many instruments), nor are parties or days (several texts are signed at one
ceremony): only together do they say something, and even then it is for a person to decide.
"""

from collections.abc import Set as AbstractSet
from datetime import date
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

_WEIGHTS = {"title": 0.5, "parties": 0.25, "day": 0.2, "type": 0.05}
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
_FEW = 4
_MONTH, _YEAR = 31, 366


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


def tokens(title: str) -> frozenset[str]:
    """Return the words that make a title what it is, folded."""
    return frozenset(word for word in fold(title).split() if word not in FILLERS)


def score(one: Traits, other: Traits) -> float:
    """Return how likely it is that two records are of the same agreement, 0 to 1."""
    known = {
        "title": _titles(one.tokens, other.tokens),
        "parties": _parties(one.codes, other.codes),
        "day": _days(one, other),
        "type": None if None in (one.type, other.type) else float(one.type == other.type),
    }
    if known["parties"] is None:  # nothing but the words tells an agreement with one state from that with the next
        known["title"] = float(known["title"] or 0) - _EACH_APART * _apart(one.tokens, other.tokens)
    if known["parties"] == 0 or float(known["title"] or 0) < UNLIKE:
        return 0.0
    counted = {name: value for name, value in known.items() if value is not None}
    total = sum(_WEIGHTS[name] * value for name, value in counted.items()) / sum(_WEIGHTS[name] for name in counted)
    if known["day"] == 0:
        total *= 0.6
    if known["parties"] is None and known["day"] is None:
        total = min(total, TITLE_ALONE)
    return total


def _titles(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Compare words; titles that differ in a number are different ones of a series."""
    if not one or not other:
        return 0.0
    common = 2 * len(one & other) / (len(one) + len(other))
    return common if _numbers(one) == _numbers(other) else 0.6 * common


def _apart(one: AbstractSet[str], other: AbstractSet[str]) -> int:
    """How many words of each stand against other words."""
    return min(len(one - other), len(other - one))


def _numbers(words: AbstractSet[str]) -> AbstractSet[str]:
    return {word for word in words if len(word) == 1 or word.isdecimal() or word in _ROMAN or word in _ORDINALS}


def _parties(one: AbstractSet[str], other: AbstractSet[str]) -> float | None:
    """Compare parties; of a treaty with many, a list may hold some only."""
    if not one or not other:
        return None
    common, fewer = len(one & other), min(len(one), len(other))
    return common / (fewer if fewer >= _FEW else len(one | other))


def _days(one: Traits, other: Traits) -> float | None:
    if one.earliest is None or other.earliest is None:
        return None
    if one.earliest == other.earliest and one.latest == other.latest:
        return 1.0
    if one.earliest <= (other.latest or "9999") and other.earliest <= (one.latest or "9999"):
        return 0.9
    first, second = sorted((one, other), key=lambda traits: str(traits.earliest))
    apart = (date.fromisoformat(str(second.earliest)) - date.fromisoformat(str(first.latest))).days
    return 0.7 if apart <= _MONTH else 0.3 if apart <= _YEAR else 0.0
