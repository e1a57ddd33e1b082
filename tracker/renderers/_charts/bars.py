"""Stacked bars, one for each row: parts of a whole, with the bar of all on top as shares."""

from collections.abc import Iterator

from tracker.renderers._charts.svg import Drawing, counted, line, percent, rect, spelled, text
from tracker.renderers._parts.pictures import Bar, Bars

LEFT, WIDE, RIGHT = 230.0, 430.0, 70.0
STEP, THICK, TOP = 24.0, 17.0, 8.0
MOST = 60
"""Bars; the table has the rest."""
TOLD = 12
"""Bars that the words spell out."""
LETTER = 7.0
"""Width of a figure inside a bar."""


def draw(found: Bars) -> Drawing:
    """Draw the bars; those of rows share one scale, the bar of all is drawn to full width."""
    shown = found.bars[:MOST]
    scale = max([1, *(sum(bar.numbers) for bar in found.bars)])
    elements: list[str] = []
    y = TOP
    if found.total is not None and any(found.total.numbers):
        elements += _bar(found, found.total, y, sum(found.total.numbers), shares=True)
        y += STEP + 6
        elements.append(line(f"M{LEFT:g} {y - 6:g}h{WIDE:g}"))
    group: str | None = None
    for bar in shown:
        if bar.group != group:
            group = bar.group
            elements.append(text(group or "", LEFT - 8, y + 14, css="end strong", room=32))
            y += STEP
        elements += _bar(found, bar, y, scale, shares=len(found.bars) == 1)
        y += STEP
    rest = len(found.bars) - len(shown)
    note = f"The table holds {rest} more rows" if rest else ""
    legend = counted(found.parts, found.total.numbers if found.total else ())
    return Drawing(found.title, _words(found), LEFT + WIDE + RIGHT, y + 4, elements, legend, note)


def _bar(found: Bars, bar: Bar, y: float, scale: int, *, shares: bool) -> Iterator[str]:
    """A row: its label, a segment for each part that is not 0, its sum."""
    total = sum(bar.numbers)
    yield text(bar.label, LEFT - 8, y + 13, css="end", room=33)
    x = LEFT
    for at, number in enumerate(bar.numbers):
        if not number:
            continue
        width = WIDE * number / scale
        share = percent(number, total)
        yield rect((x, y, max(width - 1, 0.5), THICK), f"p{at}", f"{bar.label}: {found.parts[at]} {number} ({share})")
        for inside in [f"{number} ({share})"] * shares + [str(number)]:
            if len(found.parts) > 1 and len(inside) * LETTER + 6 <= width:
                yield text(inside, x + 4, y + 13, css=f"on{at}")
                break
        x += width
    yield text(str(total), x + 5, y + 13)


def _words(found: Bars) -> str:
    said = [f"Bars, one for each of {len(found.bars)} rows; their parts are {', '.join(found.parts)}."]
    if found.total is not None:
        said.append(f"{found.total.label}: {spelled(found.parts, found.total.numbers)}.")
    told = found.bars[:TOLD]
    said += [f"{_named(bar)}: {spelled(found.parts, bar.numbers)}." for bar in told]
    if len(found.bars) > len(told):
        said.append(f"And {len(found.bars) - len(told)} more.")
    return " ".join([*said, "The table holds the same numbers."])


def _named(bar: Bar) -> str:
    return f"{bar.group}, {bar.label}" if bar.group else bar.label
