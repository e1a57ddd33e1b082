"""Lines of descent as nodes and edges, for every format that draws them; the one place that knows such an answer.

An answer is a graph when its rows are places of a tree: each with its depth, the relation that leads to it and the ref
that it hangs from (``tracker lineage``).
"""

from collections.abc import Iterable
from typing import NamedTuple

from tracker import plugins
from tracker.errors import InvalidValue
from tracker.record.relations import active
from tracker.record.types import Record
from tracker.table import Answer, Page, Row, Table, as_table

COLUMNS = ("depth", "relation", "ref", "title", "binding_status", "status", "signed", "parent")
"""What the rows of a tree have."""


class Node(NamedTuple):
    """An agreement; ``ref`` None: one that the register does not hold, known by its title alone."""

    id: str
    ref: str | None
    title: str
    binding_status: str | None
    status: str | None
    signed: str | None


class Edge(NamedTuple):
    """A relation as it is stored, from the agreement that acts to the one that it is about; ends are node ids."""

    source: str
    target: str
    relation: str


class Place(NamedTuple):
    """A place in the tree: the same agreement may have several, and each place several relations to the one above."""

    depth: int
    relations: tuple[str, ...]
    """As the agreement above says them."""
    node: Node


class Graph(NamedTuple):
    """Nodes in the order in which the tree meets them, edges once each, and the tree itself."""

    title: str
    nodes: list[Node]
    edges: list[Edge]
    places: list[Place]


def is_graph(table: Table) -> bool:
    """Tell whether the rows of a table are places of a tree."""
    return set(COLUMNS) <= {column.name for column in table.columns}


def graph(answer: Answer, format_name: str) -> Graph:
    """Return the graph of an answer; raises InvalidValue, naming the formats that fit, where it has none."""
    table = as_table(answer)
    if not is_graph(table):
        *others, last = plugins.for_any_answer()
        raise InvalidValue(
            f"{format_name} draws how agreements descend from each other, which this answer does not tell: ask"
            f" `tracker lineage REF -f {format_name}`; this answer goes with {', '.join(others)} and {last}"
        )
    title = answer.title if isinstance(answer, Page) else table.title
    return from_rows(table, table.rows, title or table.report)


def from_rows(table: Table, rows: Iterable[Row], title: str) -> Graph:
    """Return the graph of rows of such a table."""
    names = [column.name for column in table.columns]
    nodes: dict[tuple[str | None, str], Node] = {}
    edges: dict[Edge, None] = {}
    places: list[Place] = []
    for row in rows:
        cells: Record = dict(zip(names, row, strict=True))
        node = _node(nodes, cells)
        relation = cells["relation"]
        if relation is not None:
            edges[_edge(relation, nodes[cells["parent"], ""], node)] = None
        _place(places, cells["depth"], relation, node)
    return Graph(title, list(nodes.values()), list(edges), places)


def _node(nodes: dict[tuple[str | None, str], Node], cells: Record) -> Node:
    ref, title = cells["ref"], cells["title"] or ""
    key = (ref, "" if ref else title)
    if key not in nodes:
        facts = (cells[name] for name in ("binding_status", "status", "signed"))
        nodes[key] = Node(f"n{len(nodes)}", ref, title, *facts)
    return nodes[key]


def _edge(relation: str, above: Node, node: Node) -> Edge:
    kind, swapped = active(relation)
    source, target = (node, above) if swapped else (above, node)
    return Edge(source.id, target.id, kind)


def _place(places: list[Place], depth: int, relation: str | None, node: Node) -> None:
    """Add a place, or a further relation to the one that the row before gave."""
    if places and relation and (places[-1].depth, places[-1].node) == (depth, node):
        places[-1] = places[-1]._replace(relations=(*places[-1].relations, relation))
    else:
        places.append(Place(depth, (relation,) if relation else (), node))


def words(node: Node) -> list[str]:
    """Lines for a picture: what it is called, and how it binds and stands."""
    standing = " · ".join(text.replace("_", " ") for text in (node.binding_status, node.status, node.signed) if text)
    return [text for text in (node.ref or "(not in the register)", node.title, standing) if text]
