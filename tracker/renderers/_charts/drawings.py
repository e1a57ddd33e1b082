"""The drawings of pictures: bars, columns in time, a matrix, a line of time, the tree of a lineage; with their words.

Bars are stacked, one for each row: parts of a whole, with the bar of all on top as shares. Columns stand for each year
or decade, the empty ones too. A matrix shows what rows and columns have in common, the missing cells plain to see. A
line of time has a row for each act or deadline, its mark where it falls, hollow and long where it is not certain. In a
tree each agreement stands under the one that it hangs from, with how it binds and stands.
"""

from collections.abc import Iterator

from tracker.renderers._charts.svg import Drawing, counted, line, percent, rect, spelled, text
from tracker.renderers._parts.graph import Graph, Place
from tracker.renderers._parts.pictures import Bar, Bars, Matrix, Moment, Moments, Years

BARS_LEFT, BARS_WIDE, BARS_RIGHT = 240.0, 640.0, 70.0
BARS_STEP, BARS_THICK, BARS_TOP = 24.0, 17.0, 8.0
BARS_MOST = 36
"""Bars; the table has the rest. So many are legible on paper that lies across."""

BARS_TOLD = 12
"""Bars that the words spell out."""

BARS_LETTER = 7.0
"""Width of a figure inside a bar."""


def bars(picture: Bars) -> Drawing:
    """Draw the bars; those of rows share one scale, the bar of all is drawn to full width."""
    shown = picture.bars[:BARS_MOST]
    scale = max([1, *(sum(bar.numbers) for bar in picture.bars)])
    elements: list[str] = []
    y = BARS_TOP
    if picture.total is not None and any(picture.total.numbers):
        elements += _bar(picture, picture.total, y, sum(picture.total.numbers), shares=True)
        y += BARS_STEP + 6
        elements.append(line(f"M{BARS_LEFT:g} {y - 6:g}h{BARS_WIDE:g}"))
    group: str | None = None
    for bar in shown:
        if bar.group != group:
            group = bar.group
            elements.append(text(group or "", BARS_LEFT - 8, y + 14, css="end strong", room=32))
            y += BARS_STEP
        elements += _bar(picture, bar, y, scale, shares=len(picture.bars) == 1)
        y += BARS_STEP
    rest = len(picture.bars) - len(shown)
    note = f"The table holds {rest} more rows" if rest else ""
    legend = counted(picture.parts, picture.total.numbers if picture.total else ())
    return Drawing(
        picture.title,
        _words_of_bars(picture),
        BARS_LEFT + BARS_WIDE + BARS_RIGHT,
        y + 4,
        elements,
        legend,
        note,
        fills=True,
    )


def _bar(picture: Bars, bar: Bar, y: float, scale: int, *, shares: bool) -> Iterator[str]:
    """A row: its label, a segment for each part that is not 0, its sum."""
    total = sum(bar.numbers)
    yield text(bar.label, BARS_LEFT - 8, y + 13, css="end", room=33)
    x = BARS_LEFT
    for at, number in enumerate(bar.numbers):
        if not number:
            continue
        width = BARS_WIDE * number / scale
        share = percent(number, total)
        yield rect(
            (x, y, max(width - 1, 0.5), BARS_THICK), f"p{at}", f"{bar.label}: {picture.parts[at]} {number} ({share})"
        )
        for inside in [f"{number} ({share})"] * shares + [str(number)]:
            if len(picture.parts) > 1 and len(inside) * BARS_LETTER + 6 <= width:
                yield text(inside, x + 4, y + 13, css=f"on{at}")
                break
        x += width
    yield text(str(total), x + 5, y + 13)


def _words_of_bars(picture: Bars) -> str:
    sentences = [f"Bars, one for each of {len(picture.bars)} rows; their parts are {', '.join(picture.parts)}."]
    if picture.total is not None:
        sentences.append(f"{picture.total.label}: {spelled(picture.parts, picture.total.numbers)}.")
    told = picture.bars[:BARS_TOLD]
    sentences += [f"{_name_of_bar(bar)}: {spelled(picture.parts, bar.numbers)}." for bar in told]
    if len(picture.bars) > len(told):
        sentences.append(f"And {len(picture.bars) - len(told)} more.")
    return " ".join([*sentences, "The table holds the same numbers."])


def _name_of_bar(bar: Bar) -> str:
    return f"{bar.group}, {bar.label}" if bar.group else bar.label


YEARS_LEFT, YEARS_TOP, YEARS_HIGH, YEARS_BOTTOM = 40.0, 16.0, 180.0, 26.0
YEARS_WIDTH = 900.0
YEARS_LABEL = 44.0
"""Room that the label of a year wants."""

YEARS_TOLD = 30
"""Years that the words spell out."""


def years(picture: Years) -> Drawing:
    """Draw the columns on one scale, with lines at round numbers."""
    step = min(max(YEARS_WIDTH / len(picture.labels), 7.0), 48.0)
    top = _round_top(max(sum(numbers) for numbers in picture.numbers) or 1)
    width = max(YEARS_LEFT + step * len(picture.labels) + 10, 320)
    elements = [*_scale(top, width), *_columns(picture, step, top)]
    every = max(round(YEARS_LABEL / step + 0.49), 1)
    every = next((nice for nice in (1, 2, 5, 10, 20, 50) if nice >= every), every)
    for at, label in enumerate(picture.labels):
        if _is_marked(label, at, every):
            elements.append(text(label, YEARS_LEFT + step * (at + 0.5), YEARS_TOP + YEARS_HIGH + 18, css="middle"))
    legend = counted(picture.parts, [sum(column) for column in zip(*picture.numbers, strict=True)])
    note = "; ".join(f"{label}: {number}" for label, number in picture.elsewhere)
    note = f"Not drawn: {note}" if note else ""
    return Drawing(
        picture.title,
        _words_of_years(picture),
        width,
        YEARS_TOP + YEARS_HIGH + YEARS_BOTTOM,
        elements,
        legend,
        note,
        width > YEARS_WIDTH / 2,
    )


def _is_marked(label: str, at: int, every: int) -> bool:
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
        y = YEARS_TOP + YEARS_HIGH * (1 - mark / top)
        yield line(f"M{YEARS_LEFT:g} {y:g}H{width:g}")
        yield text(str(mark), YEARS_LEFT - 6, y + 4, css="end")


def _columns(picture: Years, step: float, top: int) -> Iterator[str]:
    for at, (label, numbers) in enumerate(zip(picture.labels, picture.numbers, strict=True)):
        y, tip = YEARS_TOP + YEARS_HIGH, f"{label}: {spelled(picture.parts, numbers)}"
        for part, number in enumerate(numbers):
            if number:
                height = YEARS_HIGH * number / top
                y -= height
                box = (YEARS_LEFT + step * at + step * 0.1, y, step * 0.8, max(height - 0.7, 0.5))
                yield rect(box, f"p{part}", tip)
        if sum(numbers) and step >= 20:
            yield text(str(sum(numbers)), YEARS_LEFT + step * (at + 0.5), y - 4, css="middle")


def _words_of_years(picture: Years) -> str:
    filled = [pair for pair in zip(picture.labels, picture.numbers, strict=True) if sum(pair[1])]
    sentences = [
        f"Columns in time from {picture.labels[0]} to {picture.labels[-1]}; their parts are {', '.join(picture.parts)}."
    ]
    sentences += [f"{label}: {spelled(picture.parts, numbers)}." for label, numbers in filled[-YEARS_TOLD:]]
    if len(filled) > YEARS_TOLD:
        sentences.insert(1, f"The last {YEARS_TOLD} of {len(filled)} that are not empty:")
    sentences += [f"{label}: {number}." for label, number in picture.elsewhere]
    return " ".join([*sentences, "The table holds the same numbers."])


MATRIX_LEFT, MATRIX_CELL = 210.0, 26.0
MATRIX_HEAD = 190.0
"""Height of the slanting headings."""

MATRIX_ROWS, MATRIX_COLUMNS = 80, 60
"""What is drawn at most; the table has the rest."""


def matrix(picture: Matrix) -> Drawing:
    """Draw a cell for each pair: filled with its number, or an empty frame."""
    rows, columns = picture.rows[:MATRIX_ROWS], picture.columns[:MATRIX_COLUMNS]
    most = max((number for cells in picture.cells for number in cells), default=0)
    elements = [_heading(name, MATRIX_LEFT + MATRIX_CELL * (at + 0.5), MATRIX_HEAD) for at, name in enumerate(columns)]
    for row, name in enumerate(rows):
        y = MATRIX_HEAD + 6 + MATRIX_CELL * row
        elements.append(text(name, MATRIX_LEFT - 8, y + 17, css="end", room=30))
        for at, column in enumerate(columns):
            number, x = picture.cells[row][at], MATRIX_LEFT + MATRIX_CELL * at
            css = f"m{1 + 3 * number // most if most > 1 else 1}" if number else "m0"
            elements.append(
                rect((x + 1, y + 1, MATRIX_CELL - 2, MATRIX_CELL - 2), css, f"{name}, {column}: {number or 'none'}")
            )
            if number:
                elements.append(
                    text("✓" if most == 1 else str(number), x + MATRIX_CELL / 2, y + 17, css=f"middle on{css}")
                )
    hidden = len(picture.rows) - len(rows), len(picture.columns) - len(columns)
    note = f"The table holds {hidden[0]} more rows and {hidden[1]} more columns" if any(hidden) else ""
    width, height = MATRIX_LEFT + MATRIX_CELL * len(columns) + 110, MATRIX_HEAD + 12 + MATRIX_CELL * len(rows)
    return Drawing(picture.title, _words_of_matrix(picture), width, height, elements, note=note)


def _heading(name: str, x: float, y: float) -> str:
    return f'<g transform="rotate(-50 {x:g} {y:g})">{text(name, x, y, room=34)}</g>'


def _words_of_matrix(picture: Matrix) -> str:
    sentences = [f"A matrix of {len(picture.rows)} rows and {len(picture.columns)} columns."]
    for name, cells in list(zip(picture.rows, picture.cells, strict=True))[:20]:
        columns = [column for column, number in zip(picture.columns, cells, strict=True) if number]
        sentences.append(f"{name}: {', '.join(columns[:20]) or 'none'}{' and more' if len(columns) > 20 else ''}.")
    if len(picture.rows) > 20:
        sentences.append(f"And {len(picture.rows) - 20} more.")
    return " ".join([*sentences, "The table holds the same."])


MOMENTS_LEFT, MOMENTS_WIDE, MOMENTS_RIGHT = 360.0, 560.0, 40.0
MOMENTS_TOP, MOMENTS_STEP = 26.0, 24.0
MOMENTS_MARK = 11.0
MOMENTS_MARKS = 8
"""Years that are written above at most."""

MOMENTS_NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOMENTS_TOLD = 30


def moments(picture: Moments) -> Drawing:
    """Draw the rows in their order under a scale of years."""
    ends = [_year(day) for moment in picture.moments for day in (moment.earliest, moment.latest)]
    today = _year(picture.day) if picture.day else None
    first, last = int(min(ends)), int(max(ends)) + 1
    if today is not None and today < first:  # all of it lies ahead
        first = int(today)
    height = MOMENTS_TOP + MOMENTS_STEP * len(picture.moments) + 6
    elements = list(_years_above(first, last, height))
    is_drawn = today is not None and first <= today <= last
    if today is not None and is_drawn:
        elements.append(line(f"M{_x(today, first, last):.1f} {MOMENTS_TOP:g}V{height:g}", "day"))
    for at, moment in enumerate(picture.moments):
        elements += _moment(moment, MOMENTS_TOP + MOMENTS_STEP * at, (first, last))
    day = f"The dashed line is {picture.day}" if is_drawn else ""
    hollow = "a hollow mark: the day is not certain" if not all(item.certain for item in picture.moments) else ""
    left = f"not drawn: {picture.elsewhere} without a first and a last day" if picture.elsewhere else ""
    note = "; ".join(filter(None, (day, hollow, left)))
    return Drawing(
        picture.title,
        _words_of_moments(picture),
        MOMENTS_LEFT + MOMENTS_WIDE + MOMENTS_RIGHT,
        height,
        elements,
        note=note,
        fills=True,
    )


def _year(day: str) -> float:
    """A day as a year and a part of it."""
    year, month, of_month = day.split("-")
    return int(year) + (int(month) - 1) / 12 + (int(of_month) - 1) / 372


def _x(year: float, first: int, last: int) -> float:
    return MOMENTS_LEFT + MOMENTS_WIDE * (year - first) / (last - first)


def _years_above(first: int, last: int, height: float) -> Iterator[str]:
    step = next((nice for nice in MOMENTS_NICE if (last - first) / nice <= MOMENTS_MARKS), MOMENTS_NICE[-1])
    for year in range(first, last + 1):
        if year % step == 0 or step == 1:
            x = _x(year, first, last)
            yield line(f"M{x:.1f} {MOMENTS_TOP - 4:g}V{height:g}")
            yield text(f"{year:04}", x, MOMENTS_TOP - 10, css="middle dim")


def _moment(moment: Moment, y: float, ends: tuple[int, int]) -> Iterator[str]:
    label = f"{moment.date}  {moment.label}"
    yield text(label, 4, y + 15, room=56)
    start, end = (_x(_year(day), *ends) for day in (moment.earliest, moment.latest))
    width = max(end - start, MOMENTS_MARK)
    yield rect((start - MOMENTS_MARK / 2, y + 6, width, MOMENTS_MARK), "b1" if moment.certain else "b2", label)


def _words_of_moments(picture: Moments) -> str:
    told = [f"{moment.date}: {moment.label}." for moment in picture.moments[:MOMENTS_TOLD]]
    more = [f"And {len(picture.moments) - MOMENTS_TOLD} more."] if len(picture.moments) > MOMENTS_TOLD else []
    return " ".join([f"A line of time with {len(picture.moments)} marks.", *told, *more, "The table holds the same."])


TREE_INDENT, TREE_STEP, TREE_TOP = 28.0, 46.0, 6.0
TREE_WIDTH = 760.0
"""Of an agreement's lines."""

TREE_MOST = 200
"""Places that are drawn; the table has the rest."""

TREE_MARKS = {"binding": "b1", "non_binding": "b2"}
"""Classes of the mark before an agreement by its binding status: full, hollow; anything else is grey."""


def tree(graph: Graph) -> Drawing:
    """Draw the places line under line, each joined to the one above it."""
    places = graph.places[:TREE_MOST]
    elements: list[str] = []
    above: dict[int, float] = {}
    for at, place in enumerate(places):
        x, y = 10 + TREE_INDENT * place.depth, TREE_TOP + TREE_STEP * at
        if place.depth:
            elements.append(
                line(f"M{x - TREE_INDENT + 5:g} {above[place.depth - 1] + 19:g}V{y + 12:g}h{TREE_INDENT - 7:g}")
            )
        above[place.depth] = y
        elements += _place(place, x, y)
    rest = len(graph.places) - len(places)
    width = 10 + TREE_INDENT * max((place.depth for place in places), default=0) + TREE_WIDTH
    note = f"The table holds {rest} more places" if rest else ""
    return Drawing(
        graph.title, _words_of_tree(graph, places), width, TREE_TOP + TREE_STEP * len(places), elements, note=note
    )


def _place(place: Place, x: float, y: float) -> list[str]:
    node = place.node
    mark = TREE_MARKS.get(node.binding_status or "", "b0")
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


def _words_of_tree(graph: Graph, places: list[Place]) -> str:
    sentences = [f"A tree of {len(graph.nodes)} agreements."]
    for place in places[:30]:
        relation = " and ".join(word.replace("_", " ") for word in place.relations)
        name = place.node.ref or place.node.title
        lead = f"step {place.depth}, {relation}: {name}" if relation else name
        sentences.append(f"{lead} ({_standing(place) or 'not in the register'}).")
    if len(graph.places) > 30:
        sentences.append(f"And {len(graph.places) - 30} more.")
    return " ".join(sentences)
