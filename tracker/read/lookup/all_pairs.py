"""The pairs of a register that are likely of the same agreement, found without comparing each with each.

Records are compared that have a key in common: a number of a registry, the numbers of a name, or a word of a name that
few have. Two names that are alike enough share one of the words by which they are looked for: so many of the rarest of
each that those left over could not make it alike (as in joins of sets by their prefix). A word that very many have
counts together with a party; what very many have even so, is looked for by the whole name, and by all parties.

Keys lie sorted in a database on disk, those of one key by time. Each record is compared with those before it that are
within reach, the nearest where very many are; it is counted where some are left out so, or a key was too common.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple
from zlib import crc32

from tracker.law.likeness import FEW, Pair, Reach, Traits, common_words, numbers, score, words_apart
from tracker.read.file.sorting_apart import without_room
from tracker.read.lookup.identity import COMMON, NEIGHBOURS

COUNTERS = 1 << 22
"""Words and sets of them are counted by their marks, in two places each. Few count as more than they are."""

WORDS = 1 << 16
"""Words whose marks are kept in mind."""

PRIME = (1 << 61) - 1
MIXING = 0x1A36_F8B5_93C2_47ED
"""Checksums become numbers below the prime, of which all digits hang on each of theirs."""

ALWAYS = "~"
"""Behind all days."""

ALIKE, WITH_PARTIES, WITHOUT = range(3)
"""Sides of a key: all are compared with all, or those whose parties are not known with the others."""

_AGAINST = ((ALIKE,), (WITHOUT,), (WITH_PARTIES, WITHOUT))
"""The sides with which a side is compared."""

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE record (
  number INTEGER PRIMARY KEY, ref TEXT, title TEXT, tokens TEXT, codes TEXT, earliest TEXT, latest TEXT, type TEXT,
  names TEXT, numbers TEXT
);
CREATE TABLE key (key INTEGER, day TEXT, number INTEGER, until TEXT, side INTEGER);
CREATE TABLE pair (
  one INTEGER, other INTEGER, score REAL, ref TEXT, other_ref TEXT, PRIMARY KEY (one, other)
) WITHOUT ROWID;
BEGIN;
"""


Row = tuple[int, str, int, str, int]
"""A key, the day by which records that have it are ordered, the number of one, the last day within reach, its side."""


@lru_cache(maxsize=WORDS)
def of_word(word: str) -> int:
    """Return the mark of a word: a number that is the same in every run, which that of ``hash`` is not.

    So the same register is answered the same, also where words are counted as more than they are.
    """
    return crc32(word.encode(errors="surrogatepass")) * MIXING % PRIME


def of_words(words: AbstractSet[str]) -> int:
    """Return the mark of a set of words."""
    return hash(frozenset(map(of_word, words)))


def together(*marks: int) -> int:
    """Return the mark of what has several marks in this order."""
    return hash(marks)


NUMBERED, SERIES = map(of_word, ("number", "series"))
"""Marks of what is not looked for as words are: numbers of registries, and names but for their numbers."""


class Name(NamedTuple):
    """By what a name is looked for."""

    words: frozenset[str]
    numbers: frozenset[str]
    by_numbers: bool
    """Whether its numbers are enough to find those that have the same."""
    in_series: bool
    """Whether others may be like it that differ in a number."""
    rare: Sequence[str]
    common: Sequence[str]
    """Words that very many have, by which those of the same numbers are looked for."""
    in_common_series: bool
    """Whether others that differ in a number may have nothing but common words in common with it."""


class Counted:
    """What records may have in common, and how many have it."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._counts = array("I", bytes(array("I").itemsize * COUNTERS))
        self._sizes: set[tuple[int, int]] = set()
        """How many words names have, and how many of these are numbers."""
        self._numbered: set[int] = set()
        self._apart: dict[tuple[int, int], int] = {}

    def add(self, mark: int) -> None:
        """Count what one more has."""
        counts = self._counts
        counts[mark % COUNTERS] += 1
        counts[(mark >> 24) % COUNTERS] += 1

    def of(self, mark: int) -> int:
        """Return how many have it, or somewhat more."""
        one, other = self._counts[mark % COUNTERS], self._counts[(mark >> 24) % COUNTERS]
        return min(one, other)

    def of_numbers(self, numbered: AbstractSet[str]) -> int:
        """Return how many names have these numbers at most."""
        return min(self.of(of_word(word)) for word in numbered)

    def of_series(self, name: Name) -> int:
        """Return how many names have the same words beside numbers; 0 where none of them may be like it."""
        others, numbered, alike = name.words - name.numbers, len(name.numbers), self._reach.alike_in_series
        mark = of_words(others)
        have = {number: self.of(together(mark, number)) for number in self._numbered}
        for number, names in have.items():
            sizes = len(name.words), len(others) + number
            if names > (number == numbered) and words_apart(sizes, (numbered, number), alike) >= 0:
                return sum(have.values())
        return 0

    def add_name(self, words: AbstractSet[str]) -> None:
        """Count a name and its words."""
        numbered = numbers(words)
        self._sizes.add((len(words), len(numbered)))
        self._numbered.add(len(numbered))
        for mark in map(of_word, words):
            self.add(mark)
        self.add(together(of_words(words - numbered), len(numbered)))

    def name(self, words: frozenset[str]) -> Name:
        """Return by what a name is looked for, when all are counted."""
        numbered = numbers(words)
        by_numbers = bool(numbered) and self.of_numbers(numbered) <= COMMON
        apart = self._words_apart(len(words), len(numbered))
        if by_numbers and apart <= 0:
            return Name(words, numbered, by_numbers, apart == 0, (), (), in_common_series=False)
        ranked = sorted([(self.of(of_word(word)), word) for word in words])
        of_series = _first(ranked, self._reach.alike_in_series) if apart > 0 else []
        looked_for = of_series if by_numbers else _first(ranked, self._reach.alike)
        rare = [word for number, word in looked_for if 1 < number <= COMMON]
        common = [] if by_numbers else [word for number, word in looked_for if number > COMMON]
        in_common_series = bool(of_series) and of_series[-1][0] > COMMON
        return Name(words, numbered, by_numbers, apart >= 0, rare, common, in_common_series)

    def _words_apart(self, size: int, numbered: int) -> int:
        """Return in how many words a name may differ from those counted that differ in a number; below 0 there is none.

        Where it is none but its numbers, all its other words together find them.
        """
        apart = self._apart.get((size, numbered))
        if apart is None:
            alike = self._reach.alike_in_series
            sizes = self._sizes if alike < 1 else ()
            apart = max((words_apart((size, other), (numbered, others), alike) for other, others in sizes), default=-1)
            self._apart[size, numbered] = apart
        return apart


def _first(ranked: list[tuple[int, str]], alike: float) -> list[tuple[int, str]]:
    """Return the words of which two names that are so much alike have one in common."""
    return ranked[: len(ranked) - common_words(len(ranked), alike) + 1]


class _Near:
    """A record with which the next ones of a key are compared; it is read when it is first."""

    __slots__ = ("number", "traits", "until")

    def __init__(self, number: int, until: str) -> None:
        self.number = number
        self.until = until
        """The last day on which one begins that is within reach."""
        self.traits: Traits | None = None


class Search:
    """Looks for pairs among all records; what it has to remember lies in a database on disk that has no name."""

    def __init__(self, at_least: float, refs: AbstractSet[str] = frozenset()) -> None:
        """``refs``: only pairs with one of these, where there are any."""
        self._at_least = at_least
        self._reach = Reach(at_least)
        self._refs = refs
        self._counted = Counted(self._reach)
        self._cut = bytearray()
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @property
    def number(self) -> int:
        """How many pairs were found."""
        return int(self._connection.execute("SELECT count(*) FROM pair").fetchone()[0])

    @property
    def cut(self) -> int:
        """How many records were not compared with all that may be like them."""
        return sum(self._cut)

    def run(self, records: Iterable[Traits]) -> None:
        """Find the pairs of records; raises StoreProblem where there is no room for what lies on disk meanwhile."""
        try:
            self._run(records)
        except sqlite3.Error as error:
            raise without_room(error) from error

    def _run(self, records: Iterable[Traits]) -> None:
        places = ", ".join("?" * 10)
        self._connection.executemany(f"INSERT INTO record VALUES ({places})", self._stored(records))
        self._cut = bytearray(self._connection.execute("SELECT count(*) FROM record").fetchone()[0] + 1)
        for tokens, names, codes in self._connection.execute("SELECT tokens, names, codes FROM record"):
            for name in map(self._counted.name, _sets(f"{tokens}\n{names}" if names else tokens)):
                if name.common:
                    numbered = of_words(name.numbers)
                    for word, party in product(map(of_word, name.common), map(of_word, codes.split() or [""])):
                        self._counted.add(together(numbered, word, party))
        self._connection.executemany("INSERT INTO key VALUES (?, ?, ?, ?, ?)", self._keys())
        rows = self._connection.execute("SELECT * FROM key ORDER BY key, day, number")
        for _, some in groupby(rows, itemgetter(0)):
            self._compare(some)

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs, the likeliest first."""
        sql = "SELECT score, one, other FROM pair ORDER BY score DESC, ref, other_ref"
        try:
            for likely, one, other in self._connection.execute(sql):
                yield Pair(likely, self._record(one), self._record(other))
        except sqlite3.Error as error:
            raise without_room(error) from error

    def _stored(self, records: Iterable[Traits]) -> Iterator[tuple[object, ...]]:
        """Yield records as rows, and count what they have."""
        for number, record in enumerate(records, 1):
            self._counted.add_name(record.tokens)
            for words in record.names:
                self._counted.add_name(words)
            self._counted.add(of_words(record.codes))
            yield (
                *(number, record.ref, record.title, " ".join(record.tokens), " ".join(record.codes), record.earliest),
                *(record.latest, record.type, "\n".join(map(" ".join, record.names)), "\n".join(record.numbers)),
            )

    def _records(self) -> Iterator[tuple[int, Traits]]:
        for row in self._connection.execute("SELECT * FROM record"):
            yield row[0], _traits(row)

    def _record(self, number: int) -> Traits:
        return _traits(self._connection.execute("SELECT * FROM record WHERE number = ?", (number,)).fetchone())

    def _names(self, record: Traits) -> Iterator[Name]:
        yield self._counted.name(frozenset(record.tokens))
        for words in record.names:
            yield self._counted.name(frozenset(words))

    def _keys(self) -> Iterator[Row]:
        """Yield the keys of all records, each with its day and the last one within reach of it."""
        for number, record in self._records():
            keys: set[int] = set()
            series: set[int] = set()
            mixed: set[int] = set()
            for name in self._names(record):
                if name.by_numbers and self._counted.of_numbers(name.numbers) > 1:
                    keys.add(of_words(name.numbers))
                keys.update(map(of_word, name.rare))
                if name.in_series:
                    self._add_series(series, name, number, record)
                if name.common or name.in_common_series:
                    self._add_common(keys, name, number, record)
                    numbered, nowhere = of_words(name.numbers), of_word("")
                    somewhere = [together(numbered, of_word(word), nowhere) for word in name.common]
                    mixed.update(key for key in somewhere if self._counted.of(key))
            yield from _rows(keys, number, record, self._reach.days)
            yield from _rows(series, number, record, self._reach.days_in_series)
            yield from _rows(mixed, number, record, self._reach.days, WITH_PARTIES if record.codes else WITHOUT)
            for one in record.numbers:
                yield together(NUMBERED, of_word(one)), "", number, ALWAYS, ALIKE

    def _add_common(self, keys: set[int], name: Name, number: int, record: Traits) -> None:
        """Add the keys of a name for what very many have; note where they do not lead to all that may be like it."""
        by_parties = name.in_common_series
        if by_parties and not (self._reach.series_of_same_parties and len(record.codes) < FEW):
            self._cut[number] = 1
        numbered, parties = of_words(name.numbers), [of_word(code) for code in record.codes]
        for word in map(of_word, name.common):
            for party in parties:
                key = together(numbered, word, party)
                have = self._counted.of(key)
                if 1 < have <= COMMON:
                    keys.add(key)
                elif have > COMMON:
                    keys.add(together(of_words(name.words), party))
                    by_parties, self._cut[number] = True, 1
        if by_parties and record.codes and record.earliest and self._counted.of(of_words(record.codes)) > 1:
            keys.add(of_words(record.codes))

    def _add_series(self, keys: set[int], name: Name, number: int, record: Traits) -> None:
        """Add the keys of a name for those that differ from it in numbers alone."""
        others = of_words(name.words - name.numbers)
        have = self._counted.of_series(name)
        if 0 < have <= COMMON:
            keys.add(together(SERIES, others))
        elif have > COMMON:
            keys.update(together(SERIES, others, of_word(party)) for party in record.codes or ("",))
            if not (record.codes or self._reach.series_of_same_parties):
                self._cut[number] = 1

    def _compare(self, rows: Iterable[Row]) -> None:
        """Compare records of one key, which come by their days, each with those before it that are within reach."""
        near: tuple[list[_Near], ...] = ([], [], [])
        for _, day, number, until, side in rows:
            record = _Near(number, until)
            for other in _AGAINST[side]:
                if near[other]:
                    near[other][:] = [one for one in near[other] if one.until >= day]
                    self._compare_with(near[other], record)
            near[side].append(record)
            if len(near[side]) > COMMON + 1:
                del near[side][0]

    def _compare_with(self, near: list[_Near], record: _Near) -> None:
        """Compare a record with those before it, the nearest where they are very many."""
        if len(near) > COMMON:
            self._cut[record.number] = 1
            for one in near[: -NEIGHBOURS // 2]:
                self._cut[one.number] = 1
            near = near[-NEIGHBOURS // 2 :]
        at_least = self._at_least
        for one in near:
            first, second = one.traits or self._read(one), record.traits or self._read(record)
            if (likely := score(first, second, at_least)) >= at_least:
                self._keep(likely, (one.number, first), (record.number, second))

    def _read(self, record: _Near) -> Traits:
        record.traits = self._record(record.number)
        return record.traits

    def _keep(self, likely: float, one: tuple[int, Traits], other: tuple[int, Traits]) -> None:
        """Keep a pair that is likely the same, where it is asked for."""
        if not self._refs or one[1].ref in self._refs or other[1].ref in self._refs:
            (first, record), (second, twin) = sorted((one, other), key=lambda numbered: numbered[1].ref)
            row = (first, second, likely, record.ref, twin.ref)
            self._connection.execute("INSERT OR IGNORE INTO pair VALUES (?, ?, ?, ?, ?)", row)


def _rows(keys: Iterable[int], number: int, record: Traits, days: int | None, side: int = ALIKE) -> Iterator[Row]:
    """Yield the rows of the keys of a record, of which those are within reach that begin some days later at most."""
    if keys:
        day, until = record.earliest or "", _until(record, days)
        for key in keys:
            yield key, day, number, until, side


def _until(record: Traits, days: int | None) -> str:
    """Return the last day on which a record begins that may be the same."""
    if days is None or record.earliest is None or record.latest is None:
        return ALWAYS
    try:
        return str(date.fromisoformat(record.latest) + timedelta(days)) if days else record.latest
    except OverflowError:
        return ALWAYS


def _traits(row: tuple[str, ...]) -> Traits:
    _, ref, title, tokens, codes, earliest, latest, kind, names, numbers = row
    return Traits(
        *(ref, title, frozenset(tokens.split()), frozenset(codes.split()), earliest, latest, kind),
        tuple(_sets(names)) if names else (),
        frozenset(numbers.split("\n")) if numbers else frozenset(),
    )


def _sets(names: str) -> list[frozenset[str]]:
    """Return the words of each of some names, which stand on lines of their own."""
    return [frozenset(name.split()) for name in names.split("\n")]
