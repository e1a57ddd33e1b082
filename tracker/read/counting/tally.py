"""Agreements counted by the values of dimensions: in one pass over them for several counts, where one is enough."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from tracker.read.counting.dimensions import DIMENSIONS, Key, Value, sides
from tracker.read.file.connection import Reader, StoredRow
from tracker.read.query.selection import Selection

By: TypeAlias = tuple[str, ...]
"""The names of the dimensions that are counted by."""

Tally: TypeAlias = Mapping[Key, Mapping[Value, "Number"]]
"""The numbers of each combination of values, by what is counted of it."""

EACH = "''"
"""What is counted where agreements are not told apart any further."""

ROWS = 1_000
"""Rows that are fetched together."""


class Number(NamedTuple):
    """How many agreements, and how many of them on which views differ."""

    agreements: int
    differ: int


def tallies(
    reader: Reader, selection: Selection, wanted: Sequence[By], counted: str = EACH, which: str = "1"
) -> list[Tally]:
    """Return what is counted by each of the combinations of dimensions; those with more of them come first.

    ``which`` is a further condition; its day is that of the selection.
    Raises InvalidValue where partners are asked for and nobody knows whose.
    """
    without = frozenset(sides(selection.filters)) if any("partner" in by for by in wanted) else frozenset()
    passes: dict[By, list[_Counts]] = {}
    found = []
    for by in wanted:
        whole = next((whole for whole in passes if _holds(whole, by)), by)
        found.append(_Counts(whole, by, without))
        passes.setdefault(whole, []).append(found[-1])
    binds = {**selection.binds, "day": selection.filters.as_of}
    for whole, counts in passes.items():
        for rows in reader.pages(_statement(reader, selection, whole, (counted, which)), binds, ROWS):
            for one in counts:
                one.add(rows)
    return [one.tally() for one in found]


def _holds(whole: By, by: By) -> bool:
    """Tell whether counts by many dimensions tell those by some: of the others none ranges an agreement twice."""
    return set(by) <= set(whole) and not any(DIMENSIONS[name].table for name in set(whole) - set(by))


def _statement(reader: Reader, selection: Selection, by: By, what: tuple[str, str]) -> str:
    counted, which = what
    parts = [DIMENSIONS[name].at(alias) for name, alias in zip(by, "xyz", strict=False)]
    keys = [key for key, _ in parts]
    numbers = ", ".join(str(at + 1) for at in range(len(keys) + 1))
    return (
        f"SELECT {''.join(f'{key}, ' for key in keys)}{counted}, count(*), sum(a.views_differ)"
        f" FROM {selection.source(reader)} {' '.join(join for _, join in parts)}"
        f" WHERE ({selection.condition}) AND {which} GROUP BY {numbers}"
    )


class _Counts:
    """Counts by some of the dimensions by which rows come."""

    def __init__(self, whole: By, by: By, without: frozenset[str]) -> None:
        self.whole, self.by, self.without = whole, by, without
        self.agreements: dict[Key, int] = defaultdict(int)
        """By the values of the dimensions and, last, what is counted."""
        self.differ: dict[Key, int] = defaultdict(int)

    def add(self, rows: Iterable[StoredRow]) -> None:
        """Count rows of keys, what is counted, agreements, and those on which views differ."""
        dimensions = [(self.whole.index(name), DIMENSIONS[name]) for name in self.by]
        agreements, differ = self.agreements, self.differ
        for row in rows:
            *_, value, number, differing = row
            for key in product(*(one.values(row[at], self.without) for at, one in dimensions), (value,)):
                agreements[key] += number
                if differing:
                    differ[key] += differing

    def tally(self) -> Tally:
        """Return what was counted."""
        found: dict[Key, dict[Value, Number]] = defaultdict(dict)
        for (*key, value), number in self.agreements.items():
            found[tuple(key)][value] = Number(number, self.differ.get((*key, value), 0))
        return found


def numbers(tally: Tally) -> Mapping[Key, int]:
    """Return how many agreements there are under each key."""
    return {key: sum(number.agreements for number in counted.values()) for key, counted in tally.items()}
