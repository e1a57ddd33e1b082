"""Where an agreement comes from and what came of it: a tree over the relations that make a line of descent.

Up leads to what an agreement amends, implements, supersedes, ...; down to what amends, implements, supersedes it. A
branch goes on in its direction. Relations of different types may close a circle: each agreement is expanded once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from json import dumps
from typing import NamedTuple

from tracker.read.file.connection import Reader
from tracker.read.records.agreements import OF_WHOLE, assemble
from tracker.record.relations import INVERSES, inverse
from tracker.record.types import Record
from tracker.table import Column, Page, Row, Section, Table

DESCENT = (
    *("amends", "extends", "supplements", "implements", "concluded_under", "annexed_to", "supersedes", "succeeds"),
    *("replaces_in_part", "updates", "revives", "precursor_of"),
)
"""Relations that make a lineage."""

TOWARDS_LATER = frozenset(("precursor_of",))
"""Active relations that lead down: the one that acts is the earlier one."""

UP, DOWN = "up", "down"


class Edge(NamedTuple):
    """One step of a lineage as the agreement that it starts from says it."""

    direction: str
    relation: str
    ref: str | None
    title: str | None
    """The title of an agreement that is not in the register; ``ref`` is None then."""


class Node:
    """One place in the tree; ``edges`` lead to it from the place above, none to the root."""

    def __init__(self, ref: str | None, edges: list[Edge], above: "Node | None" = None) -> None:
        self.ref = ref
        self.edges = edges
        self.above = above
        self.depth: int = above.depth + 1 if above else 0
        self.children: list[Node] = []
        self.repeated = False
        """The agreement is expanded at another place."""
        self.cut = 0
        """Relations that the depth asked for leaves out."""

    def follows(self, edge: Edge, directions: tuple[str, ...]) -> bool:
        """Whether the branch goes on along an edge: in its own direction, and not back the way it came."""
        ways = {own.direction for own in self.edges} or directions
        back = self.above is not None and edge.ref == self.above.ref
        return edge.direction in ways and not (back and inverse(edge.relation) in [own.relation for own in self.edges])


class Extent(NamedTuple):
    """Which way, and how far; ``depth`` None = to the end."""

    directions: tuple[str, ...] = (UP, DOWN)
    depth: int | None = None


class Lineage:
    """The tree of one agreement with the facts of each agreement in it."""

    def __init__(self, reader: Reader, ref: str, extent: Extent, as_of: str) -> None:
        self.reader = reader
        self.extent = extent
        self.as_of = as_of
        self.facts: dict[str, Record] = {}
        self.root = Node(ref, [])
        self._grow()

    def _grow(self) -> None:
        """Expand level by level, so that each agreement is expanded where it is nearest to the root."""
        self._learn([self.root])
        expanded = {self.root.ref}
        level = [self.root]
        while level:
            edges = self._edges({node.ref for node in level if node.ref})
            for node in level:
                self._branch(node, edges.get(node.ref or "", ()))
            self._learn(child for node in level for child in node.children)
            ahead = []
            for node in level:
                node.children.sort(key=self._order)
                for child in node.children:
                    child.repeated = child.ref in expanded
                    if child.ref is not None and not child.repeated:
                        expanded.add(child.ref)
                        ahead.append(child)
            level = ahead

    def _branch(self, node: Node, edges: Iterable[Edge]) -> None:
        """Give a node its children: one for each agreement, whatever the number of relations with it."""
        met: dict[tuple[str | None, str | None], list[Edge]] = defaultdict(list)
        for edge in edges:
            if node.follows(edge, self.extent.directions):
                met[edge.ref, edge.title].append(edge)
        if self.extent.depth is not None and node.depth >= self.extent.depth:
            node.cut = sum(map(len, met.values()))
        else:
            node.children = [Node(ref, edges, node) for (ref, _), edges in met.items()]

    def _edges(self, refs: set[str]) -> dict[str, list[Edge]]:
        """The relations of these agreements in both directions."""
        edges: dict[str, list[Edge]] = defaultdict(list)
        binds = {"refs": dumps(sorted(refs)), "types": dumps(DESCENT)}
        types = "type IN (SELECT value FROM json_each(:types))"
        for owner, kind, target, title in self.reader.tuples(
            "SELECT agreement_ref, type, target, target_title FROM relations"
            " WHERE agreement_id IN (SELECT id FROM agreements WHERE ref IN (SELECT value FROM json_each(:refs)))"
            f" AND +{types} ORDER BY position",  # by the agreements: of one type there may be many relations
            binds,
        ):
            direction = DOWN if kind in TOWARDS_LATER else UP
            edges[owner].append(Edge(direction, kind, target, None if target else title))
        for owner, kind, target in self.reader.tuples(
            "SELECT agreement_ref, type, target FROM relations"
            f" WHERE target IN (SELECT value FROM json_each(:refs)) AND {types} ORDER BY agreement_ref, position",
            binds,
        ):
            direction = UP if kind in TOWARDS_LATER else DOWN
            edges[target].append(Edge(direction, INVERSES[kind], owner, None))
        return edges

    def _learn(self, nodes: Iterable[Node]) -> None:
        """Read the facts of agreements that are met for the first time."""
        refs = sorted({node.ref for node in nodes if node.ref is not None} - set(self.facts))
        if not refs:
            return
        ids = self.reader.tuples(
            "SELECT id, NULL FROM agreements WHERE ref IN (SELECT value FROM json_each(:refs))", {"refs": dumps(refs)}
        )
        parts = ("title", "short_title", "binding_status", OF_WHOLE)
        self.facts.update(
            (record["ref"], record) for record in assemble(self.reader, ids, as_of=self.as_of, parts=parts)
        )

    def _order(self, node: Node) -> tuple[bool, bool, str, str]:
        """Up before down; the earlier signed first, then by ref."""
        edge = node.edges[0]
        signed = self.facts[node.ref]["derived"]["signed"] if node.ref else None
        day = (signed["earliest"] or signed["latest"]) if signed else None
        return edge.direction != UP, day is None, day or "", node.ref or edge.title or ""

    def walk(self) -> Iterator[tuple[Node, str]]:
        """Yield each node with the lines that lead to it in the tree."""
        ahead = [(self.root, "", "")]
        while ahead:
            node, lead, below = ahead.pop()
            yield node, lead
            last = len(node.children) - 1
            for at in range(last, -1, -1):
                branch, trunk = ("└─ ", "   ") if at == last else ("├─ ", "│  ")
                ahead.append((node.children[at], below + branch, below + trunk))


def page(reader: Reader, ref: str, extent: Extent, as_of: str) -> Page:
    """The lineage of an agreement: a tree for people, rows for machines."""
    lineage = Lineage(reader, ref, extent, as_of)
    filters: dict[str, object] = {
        "ref": ref,
        "direction": "both" if len(extent.directions) > 1 else extent.directions[0],
    }
    if extent.depth is not None:
        filters["depth"] = extent.depth
    data = Table(
        report="lineage",
        columns=[
            *(Column("depth", "count"), Column("relation"), Column("ref"), Column("title"), Column("binding_status")),
            *(
                Column("status"),
                Column("signed", "date"),
                Column("in_force_from", "date"),
                Column("in_force_until", "date"),
            ),
            *(Column("parent"), Column("repeated", "flag")),
        ],
        rows=[row for node, _ in lineage.walk() for row in _rows(lineage, node)],
        filters=filters,
        as_of=as_of,
    )
    return Page(f"Lineage of {ref}", _sections(lineage), data, list(_footer(lineage)))


def _rows(lineage: Lineage, node: Node) -> Iterator[Row]:
    """One row for each relation that leads to a place."""
    above = node.above.ref if node.above else None
    title, *facts = _facts(lineage, node)
    for at, relation in enumerate([edge.relation for edge in node.edges] or [None]):
        yield node.depth, relation, node.ref, title, *facts, above, node.repeated or at > 0


def _facts(lineage: Lineage, node: Node) -> tuple[str | None, ...]:
    """Title, binding status, status, date of signature, and the time in force."""
    if node.ref is None:
        return node.edges[0].title, None, None, None, None, None
    fact = lineage.facts[node.ref]
    dates = (fact["derived"][name] for name in ("signed", "in_force_from", "in_force_until"))
    return fact["title"], fact["binding_status"], _status(fact), *(date and date["edtf"] for date in dates)


def _status(fact: Record) -> str:
    return str(fact["derived"]["status"]) + ("" if fact["derived"]["status_certain"] else "?")


def _sections(lineage: Lineage) -> Iterator[Section]:
    """The tree stands in a column of its own, which is narrow, so that it is the last one to be folded."""
    rows = []
    for node, lead in lineage.walk():
        title, binding, status, _, begun, _ = _facts(lineage, node)
        word = ", ".join(edge.relation.replace("_", " ") for edge in node.edges)
        named = (node.ref or "(not in the register)") + (" (again)" if node.repeated else "")
        short = lineage.facts[node.ref]["short_title"] if node.ref else None
        rows.append((f"{lead}{word}" or None, named, binding, status, begun, short or title))
    names = ("relation", "agreement", "binding status", "status", "in force from", "title")
    kept = [at for at in range(len(names)) if names[at] != "in force from" or any(row[at] for row in rows)]
    columns = [Column(names[at], "text" if at else "tree") for at in kept]
    yield Section(table=Table("lineage", columns, [tuple(row[at] for at in kept) for row in rows]))


def _footer(lineage: Lineage) -> Iterator[str]:
    nodes = [node for node, _ in lineage.walk()]
    count = len({node.ref for node in nodes if node.ref})
    yield f"{count} agreement{'' if count == 1 else 's'}; as of {lineage.as_of}"
    if any(node.repeated for node in nodes):
        yield "(again): what follows from it stands at its other place"
    cut = sum(node.cut for node in nodes)
    if cut:
        yield f"{cut} more relation{'' if cut == 1 else 's'} beyond depth {lineage.extent.depth}"
    if len(nodes) == 1 and not cut:
        yield f"no relation of descent is recorded; add one with: tracker link {lineage.root.ref} amends REF"
