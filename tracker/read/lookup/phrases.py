"""Words of a search that name a party, family or focus area together, and the marks that the index has of these."""

from collections.abc import Sequence

from tracker.query.tree import Group, Node, Not, Term, Value
from tracker.read.file.connection import Reader


def with_names(reader: Reader, node: Node) -> Node:
    """Return a query in which words that name a party together are one, as in ``united states supply``."""
    if isinstance(node, Not):
        return Not(with_names(reader, node.node))
    if not isinstance(node, Group):
        return node
    if node.word == "or":
        return Group("or", tuple(with_names(reader, inner) for inner in node.nodes))
    found: list[Node] = []
    pending = list(node.nodes)
    while pending:
        run = next((at for at, one in enumerate(pending) if not _is_bare(one)), len(pending))
        length = next((n for n in range(min(run, LONGEST), 1, -1) if codes(reader, _text(pending[:n]))), 1)
        if length > 1:
            found.append(Term("", (Value(_text(pending[:length])),), pending[0].span))  # type: ignore[union-attr] # bare
        else:
            found.append(with_names(reader, pending[0]))
        del pending[:length]
    return found[0] if len(found) == 1 else Group("and", tuple(found))


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
