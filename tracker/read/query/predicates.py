"""A query whose values the store knows: names are codes, ranges are days.

Options and the terms of a query are the same thing: both become a tree of predicates.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, TypeAlias

from tracker.dates.day import DayRange
from tracker.query.parsing import written
from tracker.query.tree import Or, Term, Tree, Value, all_of, with_leaves


class Presence(Enum):
    """What is asked of a field is only whether it holds anything."""

    ANY = "any"
    NONE = "none"


class NumberRange(NamedTuple):
    """A range of numbers, both ends included; None = open."""

    first: int | None
    last: int | None


class Phrase(NamedTuple):
    """Words that stand one after the other in a text."""

    match: str
    """As FTS5 takes them."""
    needle: str
    """As a text holds them that was made for the index, between spaces."""
    open: bool = False
    """Whether the last word may go on."""
    codes: tuple[str, ...] = ()
    """Parties that are called so."""
    areas: tuple[str, ...] = ()
    """Focus areas that are called so, and those below them."""


class OwnRange(NamedTuple):
    """A range of values of an own field, as text and, where they are such, as numbers; None = open."""

    first: str | None
    last: str | None
    numbers: NumberRange | None = None


Operand: TypeAlias = str | DayRange | Presence | NumberRange | Phrase | OwnRange
"""A value that a field is compared with; a str is a code, an id, a ref or a folded text, as the field has it."""


class Predicate(NamedTuple):
    """A term whose values the store knows: the field matches one of ``operands``; ``term`` says the same for people."""

    field: str
    operands: tuple[Operand, ...]
    term: Term


Query: TypeAlias = Tree[Predicate]

RANGES = ("signed", "concluded", "in_force_from", "in_force_until", "expires", "sources", "party_count")
"""Fields that are asked for by a range."""


def described(predicate: Predicate) -> str | list[str]:
    """Return the values of a predicate as the envelope of a report shows them: a list, or one range."""
    values = texts(predicate)
    return values[0] if predicate.field in RANGES and len(values) == 1 else values


def texts(predicate: Predicate) -> list[str]:
    """Return the values of a predicate as texts."""
    return [value.text for value in predicate.term.values]


def written_query(query: Query) -> str:
    """Return a part of a query as text that can stand beside others."""
    text = written(with_leaves(query, lambda predicate: predicate.term))
    return f"({text})" if isinstance(query, Or) else text


def together(queries: Iterable[Query | None]) -> Query | None:
    """Return the query that holds where all hold; None asks for nothing."""
    parts = [query for query in queries if query is not None]
    return all_of(parts) if parts else None


def equals(field: str, *operands: Operand) -> Predicate:
    """Return the predicate that a field matches one of some values, for the program's own questions."""
    return Predicate(field, operands, Term(field, tuple(Value(text(operand)) for operand in operands)))


def text(operand: Operand) -> str:
    """Return a value as a query says it."""
    if isinstance(operand, str):
        return operand
    if isinstance(operand, Presence):
        return operand.value
    if isinstance(operand, Phrase):
        return operand.needle.strip()
    first, last = operand.first, operand.last
    if first == last:
        return str(first)
    return f"{'' if first is None else first}..{'' if last is None else last}"
