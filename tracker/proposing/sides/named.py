"""Names of parties in a text, with the words for what is of a party: Thai, Indo-, Schweizerisch."""

import re
from collections.abc import Iterable
from functools import cache

from tracker.proposing.basis.vocabulary import Named, Vocabulary
from tracker.proposing.basis.words import either, words
from tracker.proposing.sides import unspaced

NEAR = 40
"""Characters before an adjective in which it shows to be the name of a language."""


def named(text: str, vocabulary: Vocabulary, language: str) -> tuple[Named, ...]:
    """Return the names of parties in a text and the adjectives made of them, in order."""
    found = [*vocabulary.parties(text)]
    taken = bytearray(len(text))
    _take(taken, found)
    for table in ("bodies", "short_names"):
        further = [one for one in _of(language, table).parties(text) if not any(taken[one.start : one.end])]
        found += [one._replace(body=table == "bodies") for one in further]
        _take(taken, further)
    pairs = [one for one in unspaced.paired(text, language) if not any(taken[one.start : one.end])]
    found += pairs
    _take(taken, pairs)
    tongues = re.compile(rf"\s*{either(words(language).get('tongues') or (), language).pattern}")
    for one in _of(language, "adjectives").parties(text):
        of_a_tongue = tongues.match(text, one.end) or _before(language).search(
            text[max(0, one.start - NEAR) : one.start]
        )
        if not of_a_tongue and not any(taken[one.start : one.end]):
            found.append(one._replace(adjective=True))
    return tuple(sorted(found, key=lambda one: one.start))


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
