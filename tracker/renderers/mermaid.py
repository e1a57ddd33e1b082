"""Mermaid flowchart of a lineage, which wikis and forges draw from a fenced block of Markdown.

In a quoted label everything is text but quotes, backticks (Markdown), ``<`` (HTML) and ``#`` (entities by number):
these are written as entities.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from tracker.renderers import RenderOptions
from tracker.renderers._parts.graph import Graph, graph, words
from tracker.table import Answer
from tracker.text.safety import visible

SUMMARY = "Mermaid: a lineage as a flowchart for Markdown"
SUFFIXES = (".mmd", ".mermaid")
NEEDS = "a graph"

_ENTITIES: Final = {ord(char): f"#{ord(char)};" for char in '"#&<>`\\*_[]{}|~'}

CLASSES = {"binding": "stroke-width:2px", "non_binding": "stroke-dasharray:6 4"}
"""The line around an agreement, so that no colour is needed; what is neither has a dotted one."""


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the flowchart; raises InvalidValue for an answer without a graph, before anything is written."""
    out.writelines(line.encode() + b"\n" for line in _lines(graph(answer, "mermaid")))


def label(text: str) -> str:
    """Text as a quoted label, nothing in it markup."""
    lines = visible(text, keep_lines=True).split("\n")
    return '"' + "<br/>".join(line.translate(_ENTITIES) for line in lines) + '"'


def _lines(graph: Graph) -> Iterator[str]:
    from json import dumps

    yield "---"
    yield f"title: {dumps(visible(graph.title), ensure_ascii=False)}"  # a JSON string is one of YAML
    yield "---"
    yield "flowchart BT"
    for node in graph.nodes:
        yield f"  {node.id}[{label(chr(10).join(words(node)))}]:::{_class(node.binding_status)}"
    for edge in graph.edges:
        yield f"  {edge.source} -->|{label(edge.relation.replace('_', ' '))}| {edge.target}"
    for name, style in CLASSES.items():
        yield f"  classDef {name} {style}"
    yield "  classDef other stroke-dasharray:2 3"


def _class(binding_status: str | None) -> str:
    return binding_status if binding_status in CLASSES else "other"
