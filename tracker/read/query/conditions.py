"""Conditions in SQL, each with its three answers: certain, possible, and what has no date to tell.

A predicate compiles to the conditions under which it holds for certain, possibly, and *perhaps* (possibly, or its date
is missing), and to the same three for its negation. ``not`` swaps the two sides, ``and`` and ``or`` join them answer by
answer. All conditions speak of one agreement under the alias ``a``; a NULL counts as false. Values are bound.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.read.file.connection import Bound


class Binds:
    """The values that a statement binds, each under a name of its own."""

    def __init__(self) -> None:
        self.values: dict[str, Bound] = {}

    def add(self, value: Bound) -> str:
        """Return the placeholder for a value."""
        name = f"b{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def add_all(self, values: Iterable[Bound]) -> str:
        """Return placeholders for the right side of ``IN``."""
        return f"({', '.join(self.add(value) for value in values)})"


class Answers(NamedTuple):
    """Conditions under which a term holds."""

    certain: str
    possible: str
    perhaps: str
    """Possibly, or a date is missing that would tell."""


class Driver(NamedTuple):
    """Statements that yield ``id`` of the agreements for which one term holds, from an index; an id may come twice."""

    possible: str
    certain: str


class Walk(NamedTuple):
    """A stretch of the agreements in the order of a column that holds all that can match, unless some begin openly."""

    column: str
    stretch: str
    """Condition on the column."""
    open: str
    """Statement that finds an agreement outside the stretch because the beginning of its date is open."""


class Missing(NamedTuple):
    """Agreements that a predicate cannot place for want of a date, and why: ``signed: no date``."""

    reason: str
    condition: str


class Condition(NamedTuple):
    """A predicate: when it holds, when it does not, what it cannot place, and the short ways to what it asks for."""

    yes: Answers
    no: Answers
    missing: tuple[Missing, ...] = ()
    drivers: tuple[Driver, ...] = ()
    walks: tuple[Walk, ...] = ()
    single: bool = True
    """Whether the only driver yields just what matches."""


ARMS = 400
"""SQLite takes 500 SELECTs in a compound one."""


def _not(condition: str) -> str:
    return f"NOT ifnull(({condition}), 0)"


def plain(condition: str, driver: str | None = None) -> Condition:
    """Return a term that is true or false."""
    opposite = _not(condition)
    drivers = (Driver(driver, driver),) if driver else ()
    return Condition(Answers(condition, condition, condition), Answers(opposite, opposite, opposite), drivers=drivers)


def three_valued(certain: str, possible: str, driver: Driver | None = None) -> Condition:
    """Return a term with a certain and a possible answer, which no missing date can keep from being placed."""
    return Condition(
        Answers(certain, possible, possible),
        Answers(_not(possible), _not(certain), _not(certain)),
        drivers=(driver,) if driver else (),
    )


def negated(term: Condition) -> Condition:
    """Return the term that holds where this one does not."""
    return Condition(term.no, term.yes, term.missing)


def _join(word: str, parts: Sequence[Answers]) -> Answers:
    def joined(conditions: Iterable[str]) -> str:
        return word.join(f"({condition})" for condition in conditions)

    return Answers(
        joined(part.certain for part in parts),
        joined(part.possible for part in parts),
        joined(part.perhaps for part in parts),
    )


def every(terms: Sequence[Condition]) -> Condition:
    """Return the term that holds where all hold."""
    if len(terms) == 1:
        return terms[0]
    if not terms:
        return plain("1")
    return Condition(
        _join(" AND ", [term.yes for term in terms]),
        _join(" OR ", [term.no for term in terms]),
        tuple(missing for term in terms for missing in term.missing),
        tuple(driver for term in terms for driver in term.drivers),
        tuple(walk for term in terms for walk in term.walks),
        single=False,
    )


def some(terms: Sequence[Condition]) -> Condition:
    """Return the term that holds where one of several holds."""
    if len(terms) == 1:
        return terms[0]
    if not terms:
        return plain("0")
    drivers = [term.drivers[0] for term in terms if term.drivers and term.single]
    union = Driver(
        " UNION ALL ".join(driver.possible for driver in drivers),
        " UNION ALL ".join(driver.certain for driver in drivers),
    )
    return Condition(
        _join(" OR ", [term.yes for term in terms]),
        _join(" AND ", [term.no for term in terms]),
        tuple(missing for term in terms for missing in term.missing),
        (union,) if len(drivers) == len(terms) and union.possible.count("UNION ALL") < ARMS else (),
    )
