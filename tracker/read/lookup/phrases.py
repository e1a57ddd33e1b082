"""Words of a search that name a party, family or focus area together, and the marks that the index has of these."""

from collections.abc import Sequence
from itertools import takewhile

from tracker.query.tree import And, Node, Not, Or, Term, Value
from tracker.read.file.connection import Reader


def with_names(reader: Reader, node: Node) -> Node:
    """Return a query in which words that name a party together are one, as in ``united states supply``."""
    if isinstance(node, Not):
        return Not(with_names(reader, node.node))
    if isinstance(node, Or):
        return Or(tuple(with_names(reader, inner) for inner in node.nodes))
    if not isinstance(node, And):
        return node
    joined: list[Node] = []
    pending = list(node.nodes)
    while pending:
        bare = list(takewhile(_is_bare, pending))[:LONGEST]
        length = next((n for n in range(len(bare), 1, -1) if codes(reader, _text(bare[:n]))), 1)
        first = pending[0]
        if length > 1 and isinstance(first, Term):
            joined.append(Term("", (Value(_text(bare[:length])),), first.span))
        else:
            joined.append(with_names(reader, first))
        del pending[:length]
    return joined[0] if len(joined) == 1 else And(tuple(joined))


LONGEST = 5
"""Words of the longest name that is looked up."""


def _is_bare(node: Node) -> bool:
    return isinstance(node, Term) and not node.field and not node.values[0].quoted


def _text(nodes: Sequence[Node]) -> str:
    return " ".join(node.values[0].text for node in nodes if isinstance(node, Term))


def codes(reader: Reader, text: str) -> list[str]:
    """Return the marks in the index of agreements of the party, family or focus area that is called so."""
    from tracker.text.names import fold

    folded = fold(text)
    if not folded:
        return []
    found = reader.tuples(
        "SELECT DISTINCT code FROM party_keys WHERE folded = :folded ORDER BY code", {"folded": folded}
    )
    marks = [f"party:{code.lower()}" for (code,) in found]
    for kind, sql in NAMED.items():
        marks += [f"{kind}:{key}" for key, name in reader.tuples(sql) if folded in (fold(key), fold(name))]
    return marks


def focus_codes(reader: Reader, needle: str) -> list[str]:
    """Return the focus areas in whose label a phrase stands, and all below them, for agreements name only the lowest.

    ``needle`` is the phrase as the index keeps it, between spaces.
    """
    from tracker.text.search import indexed

    areas = reader.tuples("SELECT code, label, parent FROM focus_areas ORDER BY code")
    found = {code for code, label, _ in areas if needle in f" {indexed(label)} "}
    while below := {code for code, _, parent in areas if parent in found} - found:
        found |= below
    return sorted(found)


NAMED = {"family": "SELECT id, name FROM families", "focus": "SELECT code, label FROM focus_areas"}
