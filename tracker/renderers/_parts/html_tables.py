"""Tables in HTML: caption, headings with their scope, and the exact value beside what people read."""

from collections.abc import Iterable, Iterator

from tracker.renderers._parts.cells import Shown, plain, shown, spoken
from tracker.renderers._parts.markup import escape
from tracker.table import Cell, Row, Table

LONG = 16
"""Characters of a text from which on it may be broken inside its words."""


def table(answer: Table, rows: Iterable[Row], *, caption: str, hidden: bool = False) -> Iterator[str]:
    """Yield a table as its rows come; ``hidden`` keeps the caption for those who hear the page."""
    columns = shown(answer)
    yield f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(caption)}"><table>'
    kind = ' class="hidden"' if hidden else ""
    yield f"<caption{kind}>{escape(caption)}</caption>"
    yield "<thead><tr>"
    for column in columns:
        kind = ' class="number"' if column.is_number else ""
        yield f'<th scope="col"{kind}>{escape(column.heading)}</th>'
    yield "</tr></thead>\n<tbody>"
    for row in rows:
        yield _row(columns, row)
    yield "</tbody>"
    if answer.totals is not None:
        yield f"<tfoot>{_row(columns, answer.totals)}</tfoot>"
    yield "</table></div>"


def _row(columns: list[Shown], row: Row) -> str:
    cells = [
        f'<td{_class(column)} dir="auto">{cell(column, row)}</td>'
        if at
        else f'<th scope="row"{_class(column)} dir="auto">{cell(column, row)}</th>'
        for at, column in enumerate(columns)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _class(column: Shown) -> str:
    if column.is_number:
        return ' class="number"'
    return ' class="word"' if column.kind in ("code", "date", "flag") else ""


def cell(column: Shown, row: Row) -> str:
    """A cell: a number, flag or share with its exact value, a share beside its count, text as text."""
    value = row[column.at]
    if value is None:
        text = column.text(row)
        return f'<span class="blank">{escape(text)}</span>' if text else ""
    share = None if column.share_at is None else row[column.share_at]
    if share is not None and value != 0:
        return f'{_exact(value, column.kind)} <span class="share">({_exact(share, "share")})</span>'
    return _exact(value, column.kind)


def _exact(value: Cell, kind: str) -> str:
    if isinstance(value, bool | int | float):
        return f'<data value="{plain(value)}">{escape(spoken(value, kind))}</data>'
    return linked(spoken(value, kind))


def linked(text: str) -> str:
    """Text; one that is a web address and nothing else is a link to it."""
    shown_text = _breakable(text)
    if text.startswith(("https://", "http://")) and text.isprintable() and not any(char in text for char in " \"'<>\\"):
        return f'<a href="{escape(text)}" rel="noopener noreferrer">{shown_text}</a>'
    return shown_text


def _breakable(text: str) -> str:
    """Text that may be folded after ``_``, ``-``, ``/`` and the like, as refs, codes and addresses want it."""
    if len(text) <= LONG:
        return escape(text, keep_lines=True)
    from re import split

    pieces = split(r"(?<=[_/.?&=-])(?=[^\W\d])|(?<=[_/?&=])(?=\d)", text)  # not inside a date or a number
    return "<wbr>".join(escape(piece, keep_lines=True) for piece in pieces)
