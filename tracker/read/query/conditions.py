"""Conditions in SQL, each with its three answers: certain, possible, and what has no date to tell.

A predicate compiles to the conditions under which it holds for certain, possibly, and *perhaps* (possibly, or its date
is missing), and to the same three for its negation. ``not`` swaps the two sides, ``and`` and ``or`` join them answer by
answer. All conditions speak of one agreement under the alias ``a``; a NULL counts as false. Values are bound.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Answers(NamedTuple):
    """The conditions under which a predicate holds."""

    certain: str
    possible: str
    perhaps: str
    """Possibly, or a date is missing that would tell."""


class AccessPath(NamedTuple):
    """Statements that yield ``id`` of the agreements that match a predicate, from an index; an id may come twice."""

    possible: str
    certain: str
    in_order: bool = False
    """Whether they come as agreements lie in the store, so that even many are fetched fast."""


class IndexRange(NamedTuple):
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
    paths: tuple[AccessPath, ...] = ()
    ranges: tuple[IndexRange, ...] = ()
    single: bool = True
    """Whether the only path yields just what matches; else each yields that and more."""


ARMS = 400
"""SQLite takes 500 SELECTs in a compound one."""


def _not(condition: str) -> str:
    return f"NOT ifnull(({condition}), 0)"


def two_valued(condition: str, path: str | None = None) -> Condition:
    """Return a condition that is true or false."""
    opposite = _not(condition)
    paths = (AccessPath(path, path),) if path else ()
    return Condition(Answers(condition, condition, condition), Answers(opposite, opposite, opposite), paths=paths)


def three_valued(certain: str, possible: str, path: AccessPath | None = None) -> Condition:
    """Return a condition with a certain and a possible answer, which no missing date can keep from being placed."""
    return Condition(
        Answers(certain, possible, possible),
        Answers(_not(possible), _not(certain), _not(certain)),
        paths=(path,) if path else (),
    )


def unless(condition: Condition, doubt: str) -> Condition:
    """Return a condition of which nobody can be sure that it does not hold where there is a doubt."""
    no = condition.no
    return condition._replace(no=no._replace(certain=f"({no.certain}) AND NOT ifnull(({doubt}), 0)"))


def negated(condition: Condition) -> Condition:
    """Return the condition that holds where this one does not."""
    return Condition(condition.no, condition.yes, condition.missing)


def _join(word: str, parts: Sequence[Answers]) -> Answers:
    def joined(parts: Iterable[str]) -> str:
        return word.join(f"({part})" for part in parts)

    return Answers(
        joined(part.certain for part in parts),
        joined(part.possible for part in parts),
        joined(part.perhaps for part in parts),
    )


def all_of(conditions: Sequence[Condition]) -> Condition:
    """Return the condition that holds where all hold."""
    if len(conditions) == 1:
        return conditions[0]
    if not conditions:
        return two_valued("1")
    return Condition(
        _join(" AND ", [condition.yes for condition in conditions]),
        _join(" OR ", [condition.no for condition in conditions]),
        tuple(missing for condition in conditions for missing in condition.missing),
        tuple(path for condition in conditions for path in condition.paths),
        tuple(stretch for condition in conditions for stretch in condition.ranges),
        single=False,
    )


def any_of(conditions: Sequence[Condition]) -> Condition:
    """Return the condition that holds where one of several holds."""
    if len(conditions) == 1:
        return conditions[0]
    if not conditions:
        return two_valued("0")
    paths = [condition.paths[0] for condition in conditions if condition.paths]
    union = AccessPath(
        " UNION ALL ".join(path.possible for path in paths),
        " UNION ALL ".join(path.certain for path in paths),
    )
    return Condition(
        _join(" OR ", [condition.yes for condition in conditions]),
        _join(" AND ", [condition.no for condition in conditions]),
        tuple(missing for condition in conditions for missing in condition.missing),
        (union,) if len(paths) == len(conditions) and union.possible.count("UNION ALL") < ARMS else (),
        single=all(condition.single for condition in conditions),
    )
