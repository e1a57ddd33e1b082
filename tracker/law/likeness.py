"""How likely two records are of the same agreement: by names, parties, first day and type; what is unknown counts out.

Titles are no key (the same one names many instruments), nor are parties or days (several texts are signed at one
ceremony): only together do they say something. A number that a registry gave (UN Charter, Article 102; national series)
is enough to ask by itself. Even then it is for a person to decide.
"""

import re
from collections.abc import Iterable
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

SAME_NUMBER = 0.9
"""What one number in common is worth at least, whatever else is known: titles may be in two languages."""

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
    bare = re.sub(r"\s+", " ", bare).lstrip("0")
    return f"{series} {bare}" if bare else None


def other_names(title: str, texts: Iterable[str | None]) -> tuple[AbstractSet[str], ...]:
    """Return the words of the names of a record beside its title, each once."""
    own = tokens(title)
    return tuple(name for name in dict.fromkeys(tokens(text) for text in texts if text) if name and name != own)


def tokens(title: str) -> frozenset[str]:
    """Return the words that make a title what it is, folded."""
    return frozenset(word for word in fold(title).split() if word not in FILLERS)


def score(one: Traits, other: Traits) -> float:
    """Return how likely it is that two records are of the same agreement, 0 to 1."""
    total = _by_facts(one, other)
    return max(total, SAME_NUMBER) if one.numbers & other.numbers else total


def _by_facts(one: Traits, other: Traits) -> float:
    words, others = _likest(one, other)
    known = {
        "title": _titles(words, others),
        "parties": _parties(one.codes, other.codes),
        "day": _days(one, other),
        "type": None if None in (one.type, other.type) else float(one.type == other.type),
    }
    if known["parties"] is None:  # nothing but the words tells an agreement with one state from that with the next
        known["title"] = float(known["title"] or 0) - _EACH_APART * _apart(words, others)
    if known["parties"] == 0 or float(known["title"] or 0) < UNLIKE:
        return 0.0
    counted = {name: value for name, value in known.items() if value is not None}
    total = sum(_WEIGHTS[name] * value for name, value in counted.items()) / sum(_WEIGHTS[name] for name in counted)
    if known["day"] == 0:
        total *= 0.6
    if known["parties"] is None and known["day"] is None:
        total = min(total, TITLE_ALONE)
    return total


def _likest(one: Traits, other: Traits) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """Return the words of the names under which two records are most alike; titles of one series stay as they are."""
    titles = one.tokens, other.tokens
    if not (one.names or other.names):
        return titles
    if _common(*titles) >= UNLIKE and _numbers(one.tokens) != _numbers(other.tokens):
        return titles
    named = ((first, second) for first in (one.tokens, *one.names) for second in (other.tokens, *other.names))
    return max(named, key=lambda pair: _titles(*pair))


def _common(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _titles(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Compare words; titles that differ in a number are different ones of a series."""
    common = _common(one, other)
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
