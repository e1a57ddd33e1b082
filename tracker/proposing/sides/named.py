"""Names of parties in a text, with the words for what is of a party: Thai, Indo-, Schweizerisch."""

import re
from functools import cache

from tracker.proposing.basis.vocabulary import Named, Vocabulary
from tracker.proposing.basis.words import either, words


def named(text: str, vocabulary: Vocabulary, language: str) -> tuple[Named, ...]:
    """Return the names of parties in a text and the adjectives made of them, in order."""
    found = [*vocabulary.parties(text)]
    taken = [(one.start, one.end) for one in found]
    for table in ("bodies", "short_names"):
        further = [one for one in _of(language, table).parties(text) if not _overlaps(one, taken)]
        found += [one._replace(body=table == "bodies") for one in further]
        taken += [(one.start, one.end) for one in further]
    tongues = either(words(language).get("tongues") or (), language)
    for one in _of(language, "adjectives").parties(text):
        behind = re.match(r"\s*", text[one.end :])
        of_a_tongue = behind is not None and tongues.match(text, one.end + behind.end())
        if not of_a_tongue and not _overlaps(one, taken):
            found.append(one._replace(adjective=True))
    return tuple(sorted(found, key=lambda one: one.start))


def _overlaps(one: Named, taken: list[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in taken)


@cache
def _of(language: str, table: str) -> Vocabulary:
    rows = (words(language).get(table) or {}).items()
    return Vocabulary(((word, code) for code, several in rows for word in several.split("|")), {})
