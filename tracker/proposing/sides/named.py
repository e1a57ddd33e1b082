"""Names of parties in a text, with the words for what is of a party: Thai, Indo-, Schweizerisch."""

import re
from functools import cache

from tracker.proposing.basis.vocabulary import Named, Vocabulary
from tracker.proposing.basis.words import either, words
from tracker.proposing.sides import unspaced

NEAR = 40
"""Characters before an adjective in which it shows to be the name of a language."""


def named(text: str, vocabulary: Vocabulary, language: str) -> tuple[Named, ...]:
    """Return the names of parties in a text and the adjectives made of them, in order."""
    found = [*vocabulary.parties(text)]
    taken = [(one.start, one.end) for one in found]
    for table in ("bodies", "short_names"):
        further = [one for one in _of(language, table).parties(text) if not _overlaps(one, taken)]
        found += [one._replace(body=table == "bodies") for one in further]
        taken += [(one.start, one.end) for one in further]
    pairs = [one for one in unspaced.paired(text, language) if not _overlaps(one, taken)]
    found += pairs
    taken += [(one.start, one.end) for one in pairs]
    tongues = either(words(language).get("tongues") or (), language)
    for one in _of(language, "adjectives").parties(text):
        behind = re.match(r"\s*", text[one.end :])
        of_a_tongue = (behind is not None and tongues.match(text, one.end + behind.end())) or _before(language).search(
            text[max(0, one.start - NEAR) : one.start]
        )
        if not of_a_tongue and not _overlaps(one, taken):
            found.append(one._replace(adjective=True))
    return tuple(sorted(found, key=lambda one: one.start))


@cache
def _before(language: str) -> re.Pattern[str]:
    """Return the words for languages that stand before their names: en langues fran\u00e7aise et grecque."""
    before = either(words(language).get("tongues_before") or (), language).pattern
    return re.compile(rf"{before}\s+(?:\w+,?\s+)?(?:(?:et|y|e|und)\s+)?$", re.IGNORECASE)


def _overlaps(one: Named, taken: list[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in taken)


@cache
def _of(language: str, table: str) -> Vocabulary:
    rows = (words(language).get(table) or {}).items()
    names = ((word, code) for code, several in rows for word in several.split("|"))
    return Vocabulary(names, {}, small=table == "adjectives")
