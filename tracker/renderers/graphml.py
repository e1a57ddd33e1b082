"""GraphML (graphml.graphdrawing.org) of a lineage: nodes with their facts, edges with their relation."""

from collections.abc import Iterator
from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.graph import Graph, graph
from tracker.renderers._parts.markup import escape
from tracker.table import Answer

SUMMARY = "GraphML: a lineage as nodes and edges, for Gephi, yEd, networkx"
SUFFIXES = (".graphml",)
NEEDS = "a graph"

NODE_KEYS = ("ref", "title", "binding_status", "status", "signed")


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the graph; raises InvalidValue for an answer without one, before anything is written."""
    out.writelines(line.encode() + b"\n" for line in _lines(graph(answer, "graphml")))


def _lines(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for name in NODE_KEYS:
        yield f'  <key id="{name}" for="node" attr.name="{name}" attr.type="string"/>'
    yield '  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>'
    yield '  <graph id="lineage" edgedefault="directed">'
    for node in graph.nodes:
        yield f'    <node id="{node.id}">'
        for name in NODE_KEYS:
            value = getattr(node, name)
            if value is not None:
                yield f'      <data key="{name}">{escape(value, keep_lines=True)}</data>'
        yield "    </node>"
    for number, edge in enumerate(graph.edges):
        yield f'    <edge id="e{number}" source="{edge.source}" target="{edge.target}">'
        yield f'      <data key="relation">{escape(edge.relation)}</data>'
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"
