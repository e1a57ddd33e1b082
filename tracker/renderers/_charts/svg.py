"""What all charts are made of: the figure around a drawing, text that fits, the legend."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.renderers._parts.markup import escape


class Drawing(NamedTuple):
    """A chart: its size, its elements, and what it says in words."""

    title: str
    words: str
    """What the chart shows, for those who do not see it."""
    width: float
    height: float
    elements: list[str]
    legend: Sequence[str] = ()
    """Names of the parts, in the order of their classes ``p0``, ``p1``, ...; empty for a part that is not drawn."""
    note: str = ""
    fills: bool = False
    """Whether it is drawn as wide as the page."""


def figure(drawing: Drawing, number: int) -> Iterator[str]:
    """Yield the HTML of a drawing: what is wider than the page is scrolled inside it."""
    title, named = escape(drawing.title), f"chart{number}"
    size = f'width="{drawing.width:g}" height="{drawing.height:g}" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    yield '<figure class="chart">'
    yield f'<div class="scroll" role="group" tabindex="0" aria-label="Picture: {title}">'
    fills = ' class="fills"' if drawing.fills else ""
    yield f'<svg{fills} xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{named}t {named}d" {size}>'
    yield f'<title id="{named}t">{title}</title>'
    yield f'<desc id="{named}d">{escape(drawing.words)}</desc>'
    yield from drawing.elements
    yield "</svg></div>"
    if drawing.legend:
        yield '<ul class="legend">'
        for at, name in enumerate(drawing.legend):
            if not name:
                continue
            swatch = (
                f'<svg aria-hidden="true" width="12" height="12"><rect class="p{at}" width="12" height="12"/></svg>'
            )
            yield f"<li>{swatch} {escape(name)}</li>"
        yield "</ul>"
    yield f"<figcaption>{title}{'. ' + escape(drawing.note) if drawing.note else ''}</figcaption>"
    yield "</figure>"


def text(content: str, x: float, y: float, *, css: str = "", room: int | None = None) -> str:
    """A line of text, shortened to so many narrow characters, then with the whole of it as a tooltip."""
    shown = content if room is None else shortened(content, room)
    name = f' class="{css}"' if css else ""
    tip = f"<title>{escape(content)}</title>" if shown != content else ""
    return f'<text x="{x:g}" y="{y:g}"{name}>{tip}{escape(shown)}</text>'


def rect(box: tuple[float, float, float, float], css: str, tip: str = "") -> str:
    """A filled box (x, y, width, height) with a tooltip."""
    x, y, width, height = (f"{side:.2f}".rstrip("0").rstrip(".") for side in box)
    open_tag = f'<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{height}"'
    return f"{open_tag}><title>{escape(tip)}</title></rect>" if tip else f"{open_tag}/>"


def line(path: str, css: str = "rule") -> str:
    """A line along a path of our own making."""
    return f'<path class="{css}" d="{path}"/>'


def shortened(content: str, room: int) -> str:
    """Text in that many narrow characters, with an ellipsis where something is left out; a wide one takes two."""
    if room >= 2 * len(content):
        return content
    from unicodedata import east_asian_width

    used = 0
    for at, char in enumerate(content):
        used += 2 if east_asian_width(char) in "WF" else 1
        if used > room:
            return content[: max(at - 1, 0)].rstrip() + "…"
    return content


def counted(parts: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """The legend of parts, with their numbers where these are known; nothing for a single part, or a 0."""
    if len(parts) == 1:
        return []
    if not numbers:
        return list(parts)
    return [f"{part}: {number}" if number else "" for part, number in zip(parts, numbers, strict=True)]


def percent(number: int, total: int) -> str:
    """A share in words."""
    return f"{number / total:.0%}" if total else "0%"


def spelled(parts: Sequence[str], numbers: Sequence[int]) -> str:
    """The numbers of a bar in words, those that are not 0."""
    counts = [f"{name} {number}" for name, number in zip(parts, numbers, strict=True) if number]
    return ", ".join(counts) or "none"
