"""SVG charts, each with its text alternative; colours, fonts and sizes of type come from the page's style sheet."""

from collections.abc import Callable, Iterator
from typing import Any

from tracker.renderers._charts import drawings
from tracker.renderers._charts.svg import Drawing, figure
from tracker.renderers._parts.graph import Graph
from tracker.renderers._parts.pictures import Bars, Matrix, Moments, Picture, Years

_DRAWN: dict[type[Any], Callable[[Any], Drawing]] = {
    Bars: drawings.bars,
    Years: drawings.years,
    Matrix: drawings.matrix,
    Moments: drawings.moments,
    Graph: drawings.tree,
}


def chart(picture: Picture, number: int) -> Iterator[str]:
    """Yield the HTML of a chart; ``number`` tells the charts of a page apart."""
    yield from figure(_DRAWN[type(picture)](picture), number)
