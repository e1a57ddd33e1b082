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

DAY = len("2023-01-31")


class Gap(NamedTuple):
    """Days from one date to another, negative where the second came first; None = open."""

    shortest: int | None
    longest: int | None

    @property
    def days(self) -> int | None:
        """The number of days where it is known exactly."""
        return self.shortest if self.shortest == self.longest else None


class Numbers(NamedTuple):
    """The numbers of the first and the last possible day of a date; None = open."""

    first: int | None
    last: int | None


def numbers(day: PartialDate) -> Numbers:
    """Return the numbers of the days between which a date lies."""
    return Numbers(_number(day.earliest), _number(day.latest))


def exact_day(text: str) -> int | None:
    """Return the number of a day that EDTF names exactly, None for anything else: two differ by the days between."""
    try:
        return date.fromisoformat(text).toordinal() if len(text) == DAY else None
    except ValueError:
        return None


def gap(begin: PartialDate, end: PartialDate) -> Gap:
    """Return the days from one date to another; partial dates leave a shortest and a longest possible gap."""
    return gap_between(numbers(begin), numbers(end))


def gap_between(begin: Numbers, end: Numbers) -> Gap:
    """Return the days from one date to another, each by its numbers."""
    shortest = _less(end.first, begin.last)
    return Gap(shortest, _less(end.last, begin.first))


def _less(number: int | None, other: int | None) -> int | None:
    return None if number is None or other is None else number - other


def _number(day: str | None) -> int | None:
    return None if day is None else date.fromisoformat(day).toordinal()


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
