"""Days between two partial dates, and figures over many such gaps.

The median of an even number of values is the mean of the two in the middle. Percentiles are by nearest rank: the
smallest value that at least so many percent of the values do not exceed. Means say little here: one in ten gaps between
signature and entry into force is longer than two years.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from tracker.dates.day import PartialDate


class Gap(NamedTuple):
    """Days from one date to another, negative where the second came first; None = open."""

    shortest: int | None
    longest: int | None

    @property
    def days(self) -> int | None:
        """The number of days where it is known exactly."""
        return self.shortest if self.shortest == self.longest else None


def gap(begin: PartialDate, end: PartialDate) -> Gap:
    """Return the days from one date to another; partial dates leave a shortest and a longest possible gap."""
    shortest = _days(begin.latest, end.earliest)
    if begin.latest == begin.earliest and end.latest == end.earliest:
        return Gap(shortest, shortest)
    return Gap(shortest, _days(begin.earliest, end.latest))


def _days(first: str | None, second: str | None) -> int | None:
    if first is None or second is None:
        return None
    return date.fromisoformat(second).toordinal() - date.fromisoformat(first).toordinal()


class FigureError(ValueError):
    """A name of no figure, with those there are."""


FIGURES = ("n", "min", "median", "mean", "max", "negative")
FORMS = f"{', '.join(FIGURES)}, p1 to p99"


def check(name: str) -> str:
    """Return the name of a figure; raises FigureError."""
    known = name in FIGURES or (name[:1] == "p" and name[1:].isascii() and name[1:].isdecimal())
    if not known or (name[0] == "p" and not 1 <= int(name[1:]) <= 99):
        raise FigureError(f"{name!r} is no figure: expected {FORMS}")
    return name


def figure(name: str, values: Sequence[int]) -> int | float | None:
    """Return a figure of sorted values; None where there are none."""
    if name == "n":
        return len(values)
    if name == "negative":
        return sum(value < 0 for value in values)
    if not values:
        return None
    if name == "mean":
        return round(sum(values) / len(values), 1)
    if name in ("min", "max"):
        return values[0 if name == "min" else -1]
    return median(values) if name == "median" else percentile(values, int(name[1:]))


def median(values: Sequence[int]) -> int | float:
    """Return the middle of sorted values, of an even number the mean of both middle ones."""
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    return low if low == high else (low + high) // 2 if (low + high) % 2 == 0 else (low + high) / 2


def percentile(values: Sequence[int], percent: int) -> int:
    """Return a percentile of sorted values by nearest rank."""
    return values[max(ceil(percent * len(values) / 100), 1) - 1]
