"""Records that are likely of the same agreement, found without comparing each with each.

Two records are compared where their names share a rare word, where they have the same parties and their first acts lie
within a year, and where a registry gave them the same number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from json import loads
from typing import NamedTuple

from tracker.law.likeness import LIKELY, Traits, number, other_names, score, tokens
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


def traits(reader: Reader, without: Iterable[str] = (), but: AbstractSet[str] = frozenset()) -> list[Traits]:
    """Return what is compared of every record, without those that came from some sets; of these ``but`` some refs."""
    numbers: dict[int, set[str]] = {}
    for agreement, scheme, value in reader.tuples("SELECT agreement_id, scheme, value FROM identifiers"):
        if (known := number(scheme, value)) is not None:
            numbers.setdefault(agreement, set()).add(known)
    begun = {
        row[0]: row[1:]
        for row in reader.tuples(
            "SELECT agreement_id, min(date_earliest), date_latest FROM events"
            f" WHERE kind IN ({kinds.quoted(BEGINNINGS)}) AND date_earliest IS NOT NULL GROUP BY agreement_id"
        )
    }
    left_out = set(without)
    records = []
    for agreement, ref, title, codes, kind, origin, *named in reader.tuples(
        "SELECT id, ref, title, party_codes, instrument_type, json_extract(origin, '$.set'),"
        " short_title, aliases, titles FROM agreements"
    ):
        if origin is None or origin not in left_out or ref in but:
            earliest, latest = begun.get(agreement, (None, None))
            known = None if kind in ("unknown", "other") else kind
            names = other_names(title, _others(*named))
            found = frozenset(numbers.get(agreement, ()))
            parties = frozenset(codes.split())
            records.append(Traits(ref, title, tokens(title), parties, earliest, latest, known, names, found))
    return records


def _others(short_title: str | None, aliases: str, titles: str) -> Iterator[str | None]:
    """Yield the names of a row beside its title."""
    yield short_title
    if aliases != "[]":
        yield from loads(aliases)
    if titles != "{}":
        yield from loads(titles).values()


class Index:
    """Records by the words of their names, by their parties and by their numbers."""

    def __init__(self, all_traits: list[Traits]) -> None:
        self.all = all_traits
        self._numbers: Counter[str] = Counter(word for record in all_traits for word in _words(record))
        self._by_word: Mapping[str, list[int]] = defaultdict(list)
        self._by_number: Mapping[str, list[int]] = defaultdict(list)
        self._by_codes: Mapping[frozenset[str], list[int]] = defaultdict(list)
        for position, record in enumerate(all_traits):
            for word in _words(record):
                if self._numbers[word] <= COMMON:
                    self._by_word[word].append(position)
            for one in record.numbers:
                self._by_number[one].append(position)
            if record.codes and record.earliest:
                self._by_codes[frozenset(record.codes)].append(position)
        for positions in self._by_codes.values():
            positions.sort(key=lambda position: str(all_traits[position].earliest))

    def near(self, record: Traits) -> Iterator[Traits]:
        """Yield the records worth comparing with one, which need not be among them."""
        positions: set[int] = set()
        for name in (record.tokens, *record.names):
            words = sorted((word for word in name if word in self._by_word), key=lambda word: self._numbers[word])
            for word in words[:RAREST]:
                positions.update(self._by_word[word])
        for one in record.numbers:
            positions.update(self._by_number.get(one, ())[:COMMON])
        positions.update(self._contemporaries(record))
        return (self.all[position] for position in sorted(positions) if self.all[position].ref != record.ref)

    def _contemporaries(self, record: Traits) -> list[int]:
        """Those of the same parties that began next before and after it."""
        from bisect import bisect_left

        peers = self._by_codes.get(frozenset(record.codes))
        if not peers or record.earliest is None:
            return []
        middle = bisect_left(peers, record.earliest, key=lambda position: str(self.all[position].earliest))
        return peers[max(0, middle - NEIGHBOURS // 2) : middle + NEIGHBOURS // 2]


def _words(record: Traits) -> AbstractSet[str]:
    return frozenset().union(record.tokens, *record.names) if record.names else record.tokens


def pairs(reader: Reader, refs: Iterable[str] = (), at_least: float = LIKELY) -> list[Pair]:
    """Return the pairs that are likely of the same agreement, the likeliest first; of some refs where any are given."""
    index = Index(traits(reader))
    chosen = set(refs)
    likely_pairs: dict[tuple[str, str], Pair] = {}
    for record in index.all:
        if chosen and record.ref not in chosen:
            continue
        for other in index.near(record):
            first, second = sorted((record, other), key=lambda traits: traits.ref)
            if (first.ref, second.ref) not in likely_pairs and (likely := score(first, second)) >= at_least:
                likely_pairs[first.ref, second.ref] = Pair(likely, first, second)
    return sorted(likely_pairs.values(), key=lambda pair: (-pair.score, pair.one.ref, pair.other.ref))
