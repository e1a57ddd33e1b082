"""A matrix: what rows and columns have in common, the missing cells plain to see."""

from tracker.renderers._charts.svg import Drawing, rect, text
from tracker.renderers._parts.pictures import Matrix

LEFT, CELL = 210.0, 26.0
HEAD = 190.0
"""Height of the slanting headings."""
ROWS, COLUMNS = 80, 60
"""What is drawn at most; the table has the rest."""


def draw(picture: Matrix) -> Drawing:
    """Draw a cell for each pair: filled with its number, or an empty frame."""
    rows, columns = picture.rows[:ROWS], picture.columns[:COLUMNS]
    most = max((number for cells in picture.cells for number in cells), default=0)
    elements = [_heading(name, LEFT + CELL * (at + 0.5), HEAD) for at, name in enumerate(columns)]
    for row, name in enumerate(rows):
        y = HEAD + 6 + CELL * row
        elements.append(text(name, LEFT - 8, y + 17, css="end", room=30))
        for at, column in enumerate(columns):
            number, x = picture.cells[row][at], LEFT + CELL * at
            css = f"m{1 + 3 * number // most if most > 1 else 1}" if number else "m0"
            elements.append(rect((x + 1, y + 1, CELL - 2, CELL - 2), css, f"{name}, {column}: {number or 'none'}"))
            if number:
                elements.append(text("✓" if most == 1 else str(number), x + CELL / 2, y + 17, css=f"middle on{css}"))
    hidden = len(picture.rows) - len(rows), len(picture.columns) - len(columns)
    note = f"The table holds {hidden[0]} more rows and {hidden[1]} more columns" if any(hidden) else ""
    width, height = LEFT + CELL * len(columns) + 110, HEAD + 12 + CELL * len(rows)
    return Drawing(picture.title, _words(picture), width, height, elements, note=note)


def _heading(name: str, x: float, y: float) -> str:
    return f'<g transform="rotate(-50 {x:g} {y:g})">{text(name, x, y, room=34)}</g>'


def _words(picture: Matrix) -> str:
    sentences = [f"A matrix of {len(picture.rows)} rows and {len(picture.columns)} columns."]
    for name, cells in list(zip(picture.rows, picture.cells, strict=True))[:20]:
        columns = [column for column, number in zip(picture.columns, cells, strict=True) if number]
        sentences.append(f"{name}: {', '.join(columns[:20]) or 'none'}{' and more' if len(columns) > 20 else ''}.")
    if len(picture.rows) > 20:
        sentences.append(f"And {len(picture.rows) - 20} more.")
    return " ".join([*sentences, "The table holds the same."])
