"""Queries as trees: terms, joined by ``and`` and ``or``, turned round by ``not``.

``query_parsing`` reads them from text, ``query_printing`` writes them; what the fields mean stands in ``query_fields``.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Union

ANY = "any"
NONE = "none"


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


class Not(NamedTuple):
    """What does not match the query inside."""

    node: "Node"


class Group(NamedTuple):
    """Several queries of which all (``and``) or one (``or``) match."""

    word: Literal["and", "or"]
    nodes: tuple["Node", ...]


Node = Union[Term, Saved, Not, Group]  # noqa: UP007 - names itself


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


def group(word: Literal["and", "or"], nodes: Iterable[Node]) -> Node:
    """Join queries; one alone is itself, and a group of the same kind inside opens up."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, Group) and node.word == word else (node,)
    return flat[0] if len(flat) == 1 else Group(word, tuple(flat))


def joined(nodes: Iterable[Node | None]) -> Node | None:
    """Return the query that holds where all hold; None = nothing is asked."""
    asked = [node for node in nodes if node is not None]
    return group("and", asked) if asked else None


def without_spans(node: Node) -> Node:
    """Return the same query without the places in its text."""
    if isinstance(node, Term):
        return Term(node.field, tuple(Value(value.text, value.quoted) for value in node.values))
    if isinstance(node, Saved):
        return Saved(node.name)
    if isinstance(node, Not):
        return Not(without_spans(node.node))
    return Group(node.word, tuple(without_spans(inner) for inner in node.nodes))
