"""DOT, the language of Graphviz, of a lineage: how an agreement binds shows in the line around it."""

from collections.abc import Iterator
from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.graph import Graph, Node, graph, words
from tracker.table import Answer
from tracker.text.safety import visible

SUMMARY = "DOT (Graphviz): a lineage to be drawn by dot"
SUFFIXES = (".dot", ".gv")
NEEDS = "a graph"

STYLES = {"binding": "solid", "non_binding": '"rounded,dashed"'}
"""The line around an agreement, so that no colour is needed; what is neither has a dotted one."""


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the graph; raises InvalidValue for an answer without one, before anything is written."""
    out.writelines(line.encode() + b"\n" for line in _lines(graph(answer, "dot")))


def quoted(text: str) -> str:
    r"""Text as a quoted string: a backslash would begin an escape such as ``\N``, a quote would end it."""
    shown = visible(text, keep_lines=True).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + shown.replace("\n", "\\n") + '"'


def label(text: str) -> str:
    """Text as a quoted label, in which Graphviz would take ``&amp;`` for an entity of HTML."""
    from re import sub

    return quoted(sub(r"&(?=#?\w+;)", "&amp;", text))


def _lines(graph: Graph) -> Iterator[str]:
    yield "digraph lineage {"
    yield f'  graph [label={label(graph.title)}, labelloc=t, rankdir=BT, fontname="sans-serif"];'
    yield '  node [shape=box, style=dotted, fontname="sans-serif", fontsize=11];'
    yield '  edge [fontname="sans-serif", fontsize=10];'
    for node in graph.nodes:
        yield f"  {node.id} [{', '.join(f'{name}={value}' for name, value in _attributes(node))}];"
    for edge in graph.edges:
        word = quoted(edge.relation.replace("_", " "))
        yield f"  {edge.source} -> {edge.target} [label={word}, relation={quoted(edge.relation)}];"
    yield "}"


def _attributes(node: Node) -> Iterator[tuple[str, str]]:
    from textwrap import fill

    yield "label", label("\n".join(fill(line, 40) for line in words(node)))
    if node.binding_status in STYLES:
        yield "style", STYLES[node.binding_status]
    for name in ("ref", "binding_status", "status"):
        value = getattr(node, name)
        if value:
            yield name, quoted(value)
