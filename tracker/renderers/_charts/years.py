"""Columns in time, one for each year or decade, the empty ones too."""

from collections.abc import Iterator

from tracker.renderers._charts.svg import Drawing, counted, line, rect, spelled, text
from tracker.renderers._parts.pictures import Years

LEFT, TOP, HIGH, BOTTOM = 40.0, 16.0, 180.0, 26.0
WIDTH = 900.0
LABEL = 44.0
"""Room that the label of a year wants."""
TOLD = 30
"""Years that the words spell out."""


def draw(picture: Years) -> Drawing:
    """Draw the columns on one scale, with lines at round numbers."""
    step = min(max(WIDTH / len(picture.labels), 7.0), 48.0)
    top = _round_top(max(sum(numbers) for numbers in picture.numbers) or 1)
    width = max(LEFT + step * len(picture.labels) + 10, 320)
    elements = [*_scale(top, width), *_columns(picture, step, top)]
    every = max(round(LABEL / step + 0.49), 1)
    every = next((nice for nice in (1, 2, 5, 10, 20, 50) if nice >= every), every)
    for at, label in enumerate(picture.labels):
        if _marked(label, at, every):
            elements.append(text(label, LEFT + step * (at + 0.5), TOP + HIGH + 18, css="middle"))
    legend = counted(picture.parts, [sum(column) for column in zip(*picture.numbers, strict=True)])
    note = "; ".join(f"{label}: {number}" for label, number in picture.elsewhere)
    note = f"Not drawn: {note}" if note else ""
    return Drawing(
        picture.title, _words(picture), width, TOP + HIGH + BOTTOM, elements, legend, note, width > WIDTH / 2
    )


def _marked(label: str, at: int, every: int) -> bool:
    """Years are marked where they are round, decades from the first on."""
    return at % every == 0 if label.endswith("s") else int(label) % every == 0


def _round_top(number: int) -> int:
    """A number not below it that is even, so that its half is a number too, and round where it is large."""
    if number < 2:
        return 1
    unit: int = max(10 ** (len(str(number)) - 1) * 2 // 5, 2)
    return -(-number // unit) * unit


def _scale(top: int, width: float) -> Iterator[str]:
    for mark in sorted({0, top // 2, top}):
        y = TOP + HIGH * (1 - mark / top)
        yield line(f"M{LEFT:g} {y:g}H{width:g}")
        yield text(str(mark), LEFT - 6, y + 4, css="end")


def _columns(picture: Years, step: float, top: int) -> Iterator[str]:
    for at, (label, numbers) in enumerate(zip(picture.labels, picture.numbers, strict=True)):
        y, tip = TOP + HIGH, f"{label}: {spelled(picture.parts, numbers)}"
        for part, number in enumerate(numbers):
            if number:
                height = HIGH * number / top
                y -= height
                box = (LEFT + step * at + step * 0.1, y, step * 0.8, max(height - 0.7, 0.5))
                yield rect(box, f"p{part}", tip)
        if sum(numbers) and step >= 20:
            yield text(str(sum(numbers)), LEFT + step * (at + 0.5), y - 4, css="middle")


def _words(picture: Years) -> str:
    filled = [pair for pair in zip(picture.labels, picture.numbers, strict=True) if sum(pair[1])]
    sentences = [
        f"Columns in time from {picture.labels[0]} to {picture.labels[-1]}; their parts are {', '.join(picture.parts)}."
    ]
    sentences += [f"{label}: {spelled(picture.parts, numbers)}." for label, numbers in filled[-TOLD:]]
    if len(filled) > TOLD:
        sentences.insert(1, f"The last {TOLD} of {len(filled)} that are not empty:")
    sentences += [f"{label}: {number}." for label, number in picture.elsewhere]
    return " ".join([*sentences, "The table holds the same numbers."])
