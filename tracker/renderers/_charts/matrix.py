"""A matrix: what rows and columns have in common, the missing cells plain to see."""

from tracker.renderers._charts.svg import Drawing, rect, text
from tracker.renderers._parts.pictures import Matrix

LEFT, CELL = 210.0, 26.0
HEAD = 130.0
"""Height of the slanting headings."""
ROWS, COLUMNS = 80, 60
"""What is drawn at most; the table has the rest."""


def draw(found: Matrix) -> Drawing:
    """Draw a cell for each pair: filled with its number, or an empty frame."""
    rows, columns = found.rows[:ROWS], found.columns[:COLUMNS]
    most = max((number for cells in found.cells for number in cells), default=0)
    elements = [_heading(name, LEFT + CELL * (at + 0.5), HEAD) for at, name in enumerate(columns)]
    for row, name in enumerate(rows):
        y = HEAD + 6 + CELL * row
        elements.append(text(name, LEFT - 8, y + 17, css="end", room=30))
        for at, column in enumerate(columns):
            number, x = found.cells[row][at], LEFT + CELL * at
            css = f"m{1 + 3 * number // most if most > 1 else 1}" if number else "m0"
            elements.append(rect((x + 1, y + 1, CELL - 2, CELL - 2), css, f"{name}, {column}: {number or 'none'}"))
            if number:
                elements.append(text("✓" if most == 1 else str(number), x + CELL / 2, y + 17, css=f"middle on{css}"))
    hidden = len(found.rows) - len(rows), len(found.columns) - len(columns)
    note = f"The table holds {hidden[0]} more rows and {hidden[1]} more columns" if any(hidden) else ""
    width, height = LEFT + CELL * len(columns) + 110, HEAD + 12 + CELL * len(rows)
    return Drawing(found.title, _words(found), width, height, elements, note=note)


def _heading(name: str, x: float, y: float) -> str:
    return f'<g transform="rotate(-50 {x:g} {y:g})">{text(name, x, y, room=22)}</g>'


def _words(found: Matrix) -> str:
    said = [f"A matrix of {len(found.rows)} rows and {len(found.columns)} columns."]
    for name, cells in list(zip(found.rows, found.cells, strict=True))[:20]:
        held = [column for column, number in zip(found.columns, cells, strict=True) if number]
        said.append(f"{name}: {', '.join(held[:20]) or 'none'}{' and more' if len(held) > 20 else ''}.")
    if len(found.rows) > 20:
        said.append(f"And {len(found.rows) - 20} more.")
    return " ".join([*said, "The table holds the same."])
