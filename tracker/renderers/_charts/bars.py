"""Stacked bars, one for each row: parts of a whole, with the bar of all on top as shares."""

from collections.abc import Iterator

from tracker.renderers._charts.svg import Drawing, counted, line, percent, rect, spelled, text
from tracker.renderers._parts.pictures import Bar, Bars

LEFT, WIDE, RIGHT = 240.0, 640.0, 70.0
STEP, THICK, TOP = 24.0, 17.0, 8.0
MOST = 36
"""Bars; the table has the rest. So many are legible on paper that lies across."""
TOLD = 12
"""Bars that the words spell out."""
LETTER = 7.0
"""Width of a figure inside a bar."""


def draw(picture: Bars) -> Drawing:
    """Draw the bars; those of rows share one scale, the bar of all is drawn to full width."""
    shown = picture.bars[:MOST]
    scale = max([1, *(sum(bar.numbers) for bar in picture.bars)])
    elements: list[str] = []
    y = TOP
    if picture.total is not None and any(picture.total.numbers):
        elements += _bar(picture, picture.total, y, sum(picture.total.numbers), shares=True)
        y += STEP + 6
        elements.append(line(f"M{LEFT:g} {y - 6:g}h{WIDE:g}"))
    group: str | None = None
    for bar in shown:
        if bar.group != group:
            group = bar.group
            elements.append(text(group or "", LEFT - 8, y + 14, css="end strong", room=32))
            y += STEP
        elements += _bar(picture, bar, y, scale, shares=len(picture.bars) == 1)
        y += STEP
    rest = len(picture.bars) - len(shown)
    note = f"The table holds {rest} more rows" if rest else ""
    legend = counted(picture.parts, picture.total.numbers if picture.total else ())
    return Drawing(picture.title, _words(picture), LEFT + WIDE + RIGHT, y + 4, elements, legend, note, fills=True)


def _bar(picture: Bars, bar: Bar, y: float, scale: int, *, shares: bool) -> Iterator[str]:
    """A row: its label, a segment for each part that is not 0, its sum."""
    total = sum(bar.numbers)
    yield text(bar.label, LEFT - 8, y + 13, css="end", room=33)
    x = LEFT
    for at, number in enumerate(bar.numbers):
        if not number:
            continue
        width = WIDE * number / scale
        share = percent(number, total)
        yield rect((x, y, max(width - 1, 0.5), THICK), f"p{at}", f"{bar.label}: {picture.parts[at]} {number} ({share})")
        for inside in [f"{number} ({share})"] * shares + [str(number)]:
            if len(picture.parts) > 1 and len(inside) * LETTER + 6 <= width:
                yield text(inside, x + 4, y + 13, css=f"on{at}")
                break
        x += width
    yield text(str(total), x + 5, y + 13)


def _words(picture: Bars) -> str:
    sentences = [f"Bars, one for each of {len(picture.bars)} rows; their parts are {', '.join(picture.parts)}."]
    if picture.total is not None:
        sentences.append(f"{picture.total.label}: {spelled(picture.parts, picture.total.numbers)}.")
    told = picture.bars[:TOLD]
    sentences += [f"{_named(bar)}: {spelled(picture.parts, bar.numbers)}." for bar in told]
    if len(picture.bars) > len(told):
        sentences.append(f"And {len(picture.bars) - len(told)} more.")
    return " ".join([*sentences, "The table holds the same numbers."])


def _named(bar: Bar) -> str:
    return f"{bar.group}, {bar.label}" if bar.group else bar.label
