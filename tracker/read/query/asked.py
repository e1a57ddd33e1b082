"""A query whose values are known to the store: names are codes, ranges are days.

Options and the terms of a query are the same thing: both become a tree of ``Asked``.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple, Union

from tracker.dates.day import DayRange
from tracker.query.printing import written
from tracker.query.tree import Group, Node, Not, Term, Value


class Presence(Enum):
    """What is asked of a field is only whether it holds anything."""

    ANY = "any"
    NONE = "none"


class Numbers(NamedTuple):
    """A range of numbers, both ends included; None = open."""

    least: int | None
    most: int | None


class Words(NamedTuple):
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


class Own(NamedTuple):
    """A range of values of an own field, as text and, where they are such, as numbers; None = open."""

    first: str | None
    last: str | None
    numbers: Numbers | None = None


class Ids(NamedTuple):
    """Agreements that were found beforehand, as a JSON list of their ids."""

    ids: str


Wanted = str | DayRange | Presence | Numbers | Words | Own | Ids


class Asked(NamedTuple):
    """A term whose values are known to the store: one of ``wanted`` holds; ``term`` says the same for people."""

    field: str
    wanted: tuple[Wanted, ...]
    term: Term


Query = Union[Asked, "Opposite", "Several"]


class Opposite(NamedTuple):
    """What does not match the query inside."""

    query: "Query"


class Several(NamedTuple):
    """Queries of which all match, or one."""

    every: bool
    queries: tuple["Query", ...]


RANGES = ("signed", "in_force_from", "in_force_until", "expires", "sources", "party_count")


def described(query: Asked) -> Any:
    """Return the values of a term as the envelope of a report shows them: a list, or one range."""
    said = texts(query)
    return said[0] if query.field in RANGES and len(said) == 1 else said


def texts(query: Asked) -> list[str]:
    """Return the values of a term as texts."""
    return [value.text for value in query.term.values]


def written_query(query: Query) -> str:
    """Return a part of a query as text that can stand beside others."""
    node = _node(query)
    return f"({written(node)})" if isinstance(node, Group) and node.word == "or" else written(node)


def _node(query: Query) -> Node:
    if isinstance(query, Asked):
        return query.term
    if isinstance(query, Opposite):
        return Not(_node(query.query))
    return Group("and" if query.every else "or", tuple(_node(inner) for inner in query.queries))


def together(queries: Iterable[Query | None]) -> Query | None:
    """Return the query that all of these hold; what holds together inside them opens up."""
    flat: list[Query] = []
    for query in queries:
        if query is not None:
            flat += query.queries if isinstance(query, Several) and query.every else (query,)
    return None if not flat else flat[0] if len(flat) == 1 else Several(every=True, queries=tuple(flat))


def leaves(query: Query) -> Iterator[Asked]:
    """Yield the terms of a query."""
    if isinstance(query, Asked):
        yield query
        return
    for inner in (query.query,) if isinstance(query, Opposite) else query.queries:
        yield from leaves(inner)


def asking(**wanted: Any) -> Query | None:
    """Return the query that all of these fields hold: a code, a range of days, a presence, or a tuple of such.

    For the program's own questions; values are taken as they are. ``party`` takes a tuple of groups.
    """
    asked: list[Query] = []
    for field, value in wanted.items():
        groups = value if field == "party" else (value,)
        asked += [_asked(field, group if _is_several(group) else (group,)) for group in groups]
    return together(asked)


def _is_several(value: Any) -> bool:
    return type(value) is tuple  # ranges are tuples of a kind


def _asked(field: str, wanted: tuple[Wanted, ...]) -> Asked:
    return Asked(field, wanted, Term(field, tuple(Value(text(value)) for value in wanted)))


def text(value: Wanted) -> str:
    """Return a value as a query says it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Presence):
        return value.value
    if isinstance(value, Words):
        return value.needle.strip()
    if isinstance(value, Ids):
        return Presence.ANY.value
    first, last = value[0], value[1]
    if first == last:
        return str(first)
    return f"{'' if first is None else first}..{'' if last is None else last}"
