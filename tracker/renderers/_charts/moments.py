"""A line of time: a row for each act or deadline, its mark where it falls; hollow and long where it is not certain."""

from collections.abc import Iterator

from tracker.renderers._charts.svg import Drawing, line, rect, text
from tracker.renderers._parts.pictures import Moment, Moments

LEFT, WIDE, RIGHT = 360.0, 560.0, 40.0
TOP, STEP = 26.0, 24.0
MARK = 11.0
MARKS = 8
"""Years that are written above at most."""
NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
TOLD = 30


def draw(picture: Moments) -> Drawing:
    """Draw the rows in their order under a scale of years."""
    ends = [_year(day) for moment in picture.moments for day in (moment.earliest, moment.latest)]
    today = _year(picture.day) if picture.day else None
    first, last = int(min(ends)), int(max(ends)) + 1
    if today is not None and today < first:  # all of it lies ahead
        first = int(today)
    height = TOP + STEP * len(picture.moments) + 6
    elements = list(_scale(first, last, height))
    is_drawn = today is not None and first <= today <= last
    if today is not None and is_drawn:
        elements.append(line(f"M{_x(today, first, last):.1f} {TOP:g}V{height:g}", "day"))
    for at, moment in enumerate(picture.moments):
        elements += _row(moment, TOP + STEP * at, (first, last))
    day = f"The dashed line is {picture.day}" if is_drawn else ""
    hollow = "a hollow mark: the day is not certain" if not all(item.certain for item in picture.moments) else ""
    left = f"not drawn: {picture.elsewhere} without a first and a last day" if picture.elsewhere else ""
    note = "; ".join(filter(None, (day, hollow, left)))
    return Drawing(picture.title, _words(picture), LEFT + WIDE + RIGHT, height, elements, note=note, fills=True)


def _year(day: str) -> float:
    """A day as a year and a part of it."""
    year, month, of_month = day.split("-")
    return int(year) + (int(month) - 1) / 12 + (int(of_month) - 1) / 372


def _x(year: float, first: int, last: int) -> float:
    return LEFT + WIDE * (year - first) / (last - first)


def _scale(first: int, last: int, height: float) -> Iterator[str]:
    step = next((nice for nice in NICE if (last - first) / nice <= MARKS), NICE[-1])
    for year in range(first, last + 1):
        if year % step == 0 or step == 1:
            x = _x(year, first, last)
            yield line(f"M{x:.1f} {TOP - 4:g}V{height:g}")
            yield text(f"{year:04}", x, TOP - 10, css="middle dim")


def _row(moment: Moment, y: float, ends: tuple[int, int]) -> Iterator[str]:
    label = f"{moment.date}  {moment.label}"
    yield text(label, 4, y + 15, room=56)
    start, end = (_x(_year(day), *ends) for day in (moment.earliest, moment.latest))
    width = max(end - start, MARK)
    yield rect((start - MARK / 2, y + 6, width, MARK), "b1" if moment.certain else "b2", label)


def _words(picture: Moments) -> str:
    told = [f"{moment.date}: {moment.label}." for moment in picture.moments[:TOLD]]
    more = [f"And {len(picture.moments) - TOLD} more."] if len(picture.moments) > TOLD else []
    return " ".join([f"A line of time with {len(picture.moments)} marks.", *told, *more, "The table holds the same."])
