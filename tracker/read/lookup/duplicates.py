"""Records that are likely of the same agreement, found without comparing each with each.

Two records are compared where their titles share a rare word, or where they have the same parties and their first acts
lie within a year.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tracker.law.likeness import LIKELY, Traits, score, tokens
from tracker.read.file.connection import Reader
from tracker.record import kinds

RAREST = 3
"""Words of a title by which others are looked for."""

COMMON = 60
"""A word in more titles than this is not looked for: it would compare too many."""

NEIGHBOURS = 40
"""Records of the same parties, by time, with which one is compared."""

BEGINNINGS = (*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS, *kinds.at(kinds.ADOPTED, kinds.ENTERED))
"""Kinds of events of which the first one is compared."""


class Pair(NamedTuple):
    """Two records that are likely of the same agreement."""

    score: float
    one: Traits
    other: Traits


def traits(reader: Reader, without: Iterable[str] = ()) -> list[Traits]:
    """Return what is compared of every record, without those that came from some sets."""
    begun = {
        row[0]: row[1:]
        for row in reader.tuples(
            "SELECT agreement_id, min(date_earliest), date_latest FROM events"
            f" WHERE kind IN ({kinds.quoted(BEGINNINGS)}) AND date_earliest IS NOT NULL GROUP BY agreement_id"
        )
    }
    left_out = set(without)
    found = []
    for agreement, ref, title, codes, kind, origin in reader.tuples(
        "SELECT id, ref, title, party_codes, instrument_type, json_extract(origin, '$.set') FROM agreements"
    ):
        if origin is None or origin not in left_out:
            earliest, latest = begun.get(agreement, (None, None))
            known = None if kind in ("unknown", "other") else kind
            found.append(Traits(ref, title, tokens(title), frozenset(codes.split()), earliest, latest, known))
    return found


class Index:
    """Records by the words of their titles and by their parties."""

    def __init__(self, all_traits: list[Traits]) -> None:
        self.all = all_traits
        self._numbers: Counter[str] = Counter(word for one in all_traits for word in one.tokens)
        self._by_word: Mapping[str, list[int]] = defaultdict(list)
        self._by_codes: Mapping[frozenset[str], list[int]] = defaultdict(list)
        for place, one in enumerate(all_traits):
            for word in one.tokens:
                if self._numbers[word] <= COMMON:
                    self._by_word[word].append(place)
            if one.codes and one.earliest:
                self._by_codes[frozenset(one.codes)].append(place)
        for places in self._by_codes.values():
            places.sort(key=lambda place: str(all_traits[place].earliest))

    def near(self, one: Traits) -> Iterator[Traits]:
        """Yield the records worth comparing with one, which need not be among them."""
        places: set[int] = set()
        words = sorted((word for word in one.tokens if word in self._by_word), key=lambda word: self._numbers[word])
        for word in words[:RAREST]:
            places.update(self._by_word[word])
        places.update(self._contemporaries(one))
        return (self.all[place] for place in sorted(places) if self.all[place].ref != one.ref)

    def _contemporaries(self, one: Traits) -> list[int]:
        """Those of the same parties that began next before and after it."""
        from bisect import bisect_left

        held = self._by_codes.get(frozenset(one.codes))
        if not held or one.earliest is None:
            return []
        middle = bisect_left(held, one.earliest, key=lambda place: str(self.all[place].earliest))
        return held[max(0, middle - NEIGHBOURS // 2) : middle + NEIGHBOURS // 2]


def pairs(reader: Reader, refs: Iterable[str] = (), at_least: float = LIKELY) -> list[Pair]:
    """Return the pairs that are likely of the same agreement, the likeliest first; of some refs where any are given."""
    index = Index(traits(reader))
    wanted = set(refs)
    found: dict[tuple[str, str], Pair] = {}
    for one in index.all:
        if wanted and one.ref not in wanted:
            continue
        for other in index.near(one):
            first, second = sorted((one, other), key=lambda traits: traits.ref)
            if (first.ref, second.ref) not in found and (likely := score(first, second)) >= at_least:
                found[first.ref, second.ref] = Pair(likely, first, second)
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.one.ref, pair.other.ref))
