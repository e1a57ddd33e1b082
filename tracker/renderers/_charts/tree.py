"""The tree of a lineage: each agreement under the one that it hangs from, with how it binds and stands."""

from tracker.renderers._charts.svg import Drawing, line, rect, text
from tracker.renderers._parts.graph import Graph, Place

INDENT, STEP, TOP = 28.0, 46.0, 6.0
WIDTH = 760.0
"""Of an agreement's lines."""
MOST = 200
"""Places that are drawn; the table has the rest."""
MARKS = {"binding": "b1", "non_binding": "b2"}
"""Classes of the mark before an agreement by its binding status: full, hollow; anything else is grey."""


def draw(graph: Graph) -> Drawing:
    """Draw the places line under line, each joined to the one above it."""
    places = graph.places[:MOST]
    elements: list[str] = []
    above: dict[int, float] = {}
    for at, place in enumerate(places):
        x, y = 10 + INDENT * place.depth, TOP + STEP * at
        if place.depth:
            elements.append(line(f"M{x - INDENT + 5:g} {above[place.depth - 1] + 19:g}V{y + 12:g}h{INDENT - 7:g}"))
        above[place.depth] = y
        elements += _place(place, x, y)
    rest = len(graph.places) - len(places)
    width = 10 + INDENT * max((place.depth for place in places), default=0) + WIDTH
    note = f"The table holds {rest} more places" if rest else ""
    return Drawing(graph.title, _words(graph, places), width, TOP + STEP * len(places), elements, note=note)


def _place(place: Place, x: float, y: float) -> list[str]:
    node = place.node
    mark = MARKS.get(node.binding_status or "", "b0")
    relation = ", ".join(word.replace("_", " ") for word in place.relations)
    name = node.ref or "(not in the register)"
    return [
        rect((x, y + 5, 11, 13), mark, (node.binding_status or "unknown").replace("_", " ")),
        text(f"{relation}: {name}" if relation else name, x + 18, y + 16, css="strong", room=90),
        text(" · ".join(filter(None, (_standing(place), node.title))), x + 18, y + 33, css="dim", room=110),
    ]


def _standing(place: Place) -> str:
    node = place.node
    facts = (node.binding_status, node.status, node.signed)
    return ", ".join(fact.replace("_", " ") for fact in facts if fact)


def _words(graph: Graph, places: list[Place]) -> str:
    sentences = [f"A tree of {len(graph.nodes)} agreements."]
    for place in places[:30]:
        relation = " and ".join(word.replace("_", " ") for word in place.relations)
        name = place.node.ref or place.node.title
        lead = f"step {place.depth}, {relation}: {name}" if relation else name
        sentences.append(f"{lead} ({_standing(place) or 'not in the register'}).")
    if len(graph.places) > 30:
        sentences.append(f"And {len(graph.places) - 30} more.")
    return " ".join(sentences)
