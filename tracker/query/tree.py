"""Queries as trees: And, Or and Not over leaves.

``query.parsing`` reads trees of terms from text and writes them. ``read.query.resolve`` makes them
trees of predicates, whose values the store knows. The inner nodes of both are these.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeAlias, TypeVar

ANY = "any"
NONE = "none"

Leaf = TypeVar("Leaf")
Other = TypeVar("Other")


class _Junction(NamedTuple, Generic[Leaf]):
    nodes: "tuple[Tree[Leaf], ...]"

    def __eq__(self, other: object) -> bool:
        """Compare as tuples do, and by the kind of node: an ``And`` is no ``Or``."""
        return type(self) is type(other) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((type(self), self.nodes))


class And(_Junction[Leaf]):
    """Several queries that all have to match."""

    __slots__ = ()


class Or(_Junction[Leaf]):
    """Several queries of which one has to match."""

    __slots__ = ()


class Not(NamedTuple, Generic[Leaf]):
    """What does not match the query inside."""

    node: "Tree[Leaf]"


Tree: TypeAlias = Leaf | And[Leaf] | Or[Leaf] | Not[Leaf]
"""A query over leaves of a kind."""


class Span(NamedTuple):
    """Where something stands in the text of a query: from the first character up to, not including, the last."""

    first: int
    last: int


class Value(NamedTuple):
    """One value of a term as typed; ``none`` and ``any`` in quotes are texts like others."""

    text: str
    quoted: bool = False
    span: Span | None = None

    @property
    def presence(self) -> str | None:
        """``any`` or ``none`` where that is asked."""
        word = self.text.lower()
        return word if not self.quoted and word in (ANY, NONE) else None


class Term(NamedTuple):
    """A field that holds one of several values; free text has the field ''."""

    field: str
    values: tuple[Value, ...]
    span: Span | None = None


class Saved(NamedTuple):
    """A query that was saved under a name."""

    name: str
    span: Span | None = None


Node: TypeAlias = Tree[Term | Saved]
"""A query as it is typed."""


class QueryError(ValueError):
    """A query that cannot be read or has no meaning; ``text`` and ``span`` tell where."""

    def __init__(self, message: str, text: str | None = None, span: Span | None = None) -> None:
        """Say what is wrong with the part of ``text`` at ``span``."""
        super().__init__(message)
        self.message = message
        self.text = text
        self.span = span

    def pointer(self) -> tuple[str, ...]:
        """Return the query and below it a caret under the part that is wrong; nothing where no text is known."""
        if self.text is None or self.span is None:
            return ()
        return pointer(self.text, self.span)


WIDTH = 100
"""Characters of a long query that are shown around a mistake."""


def pointer(text: str, span: Span) -> tuple[str, str]:
    """Return a line of the text and a line with ``^~~~`` under the span."""
    from unicodedata import east_asian_width

    shown = "".join(char if char.isprintable() else " " for char in text)
    first, last = min(span.first, len(shown)), max(min(span.last, len(shown)), min(span.first, len(shown)))
    start = max(0, first - WIDTH // 2) if len(shown) > WIDTH else 0
    end = min(len(shown), start + WIDTH)

    def columns(part: str) -> int:
        return sum(2 if east_asian_width(char) in "WF" else 1 for char in part)

    line = ("..." if start else "") + shown[start:end] + ("..." if end < len(shown) else "")
    before = (3 if start else 0) + columns(shown[start:first])
    under = max(1, columns(shown[first : min(last, end)]))
    return line, " " * before + "^" + "~" * (under - 1)


def all_of(nodes: Iterable[Tree[Leaf]]) -> Tree[Leaf]:
    """Return the query that holds where all of one or more hold; an ``And`` among them opens up."""
    flat: list[Tree[Leaf]] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, And) else (node,)
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(nodes: Iterable[Tree[Leaf]]) -> Tree[Leaf]:
    """Return the query that holds where one of one or more holds; an ``Or`` among them opens up."""
    flat: list[Tree[Leaf]] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, Or) else (node,)
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def leaves(node: Tree[Leaf]) -> Iterator[Leaf]:
    """Yield the leaves of a query, from left to right."""
    if isinstance(node, Not):
        yield from leaves(node.node)
    elif isinstance(node, (And, Or)):
        for inner in node.nodes:
            yield from leaves(inner)
    else:
        yield node


def with_leaves(query: Tree[Leaf], change: Callable[[Leaf], Tree[Other]]) -> Tree[Other]:
    """Return the same query with every leaf changed."""

    def changed(node: Tree[Leaf]) -> Tree[Other]:
        if isinstance(node, Not):
            return Not(changed(node.node))
        if isinstance(node, And):
            return And(tuple(changed(inner) for inner in node.nodes))
        if isinstance(node, Or):
            return Or(tuple(changed(inner) for inner in node.nodes))
        return change(node)

    return changed(query)
