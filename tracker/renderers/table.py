"""Tables and pages for people, by Rich: the only module of the read path that imports it.

Text is given to Rich as ``Text``, never as markup, after ``text.safety`` made it harmless. We fold cells ourselves:
Rich breaks only at blanks, and would cut ``security_of_supply_arrangement`` anywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import zip_longest
from json import dumps, loads
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple

# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for
from rich.box import SIMPLE
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import Shown, labelled, shown, spoken, with_labels
from tracker.renderers._parts.folding import GAP, column_widths, fold, is_tight, stacked, trunk_below
from tracker.renderers._parts.one_line import NARROWEST
from tracker.renderers._parts.words import line_in_words
from tracker.table import Answer, Page, Row, Section, Table, as_table
from tracker.text.safety import visible

SUMMARY = "Tables and pages for reading on a terminal"
SUFFIXES = (".txt",)
SHOWS = "people"

_UNBOUNDED = 1_000_000
"""Width where nothing is folded: files and pipes."""


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write the answer, folded to the width of the terminal, or at full width where there is none."""
    console = Console(
        file=StringIO(),
        width=options.width or _UNBOUNDED,
        height=25,
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )

    def emit(item: Text | RichTable | str) -> None:
        if isinstance(item, str):
            out.write(_encoded(f"{item}\n", options))
            return
        with console.capture() as captured:
            console.print(item, crop=False)
        out.write(_encoded(captured.get(), options))

    if isinstance(answer, Page):
        _page(answer, emit, options)
        return
    table = with_labels(as_table(answer))
    if _is_of_lines(table, options):
        _lined(table, emit, options)
    elif options.terminal and options.width and any(column.kind == "count" for column in table.columns):
        _pictured(table, emit, options)
    else:
        _table(table, emit, options)


def _encoded(text: str, options: RenderOptions) -> bytes:
    if not options.color:
        text = "".join(f"{line.rstrip()}\n" for line in text.split("\n")[:-1])
    try:
        return text.encode(options.encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN_LINES).encode(options.encoding, "backslashreplace")


Emit = Callable[[Text | RichTable | str], None]

PLAIN_LINES = str.maketrans("─│├└…", "-||`~")
"""The lines that we draw, and the mark of a cut, for a terminal whose encoding has no others."""


def _page(page: Page, emit: Emit, options: RenderOptions) -> None:
    width = options.width
    if page.title:
        emit(_text(page.title, width, "bold"))
    for section in page.sections:
        if section.heading:
            emit(Text(""))
            emit(_text(section.heading, width, "bold"))
        _section(section, emit, options)
    _footer(page.footer, emit, width)


def _section(section: Section, emit: Emit, options: RenderOptions) -> None:
    width = options.width
    if section.facts:
        emit(_facts(section, width))
    for line in section.lines:
        emit(_text(line_in_words(line), width))
    if section.table is None:
        return
    if section.table.folded is False and _is_of_lines(section.table, options):
        _lined(section.table, emit, options)
    else:
        _table(section.table, emit, options)


def _facts(section: Section, width: int | None) -> RichTable:
    told = [(name, labelled(value, section.labels)) for name, value in section.facts]
    pairs = [(visible(name), visible(spoken(value), keep_lines=True)) for name, value in told]
    widths = column_widths([Shown("", "text", str), Shown("", "text", str)], pairs, width)
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    for column_width, style in zip(widths, ("dim", ""), strict=True):
        grid.add_column(width=column_width, no_wrap=True, style=style)
    for pair in pairs:
        grid.add_row(*(Text(fold(text, size)) for text, size in zip(pair, widths, strict=True)))
    return grid


def _table(table: Table, emit: Emit, options: RenderOptions) -> None:
    width = options.width
    if width:
        table = stacked(table, width)
    if table.title:
        emit(_text(table.title, width, "bold"))
    if width is None and not options.color:
        columns = shown(table)
        totals = None if table.totals is None else _row_of(columns, table.totals)
        for line in _unfolded(columns, (_row_of(columns, row) for row in table.rows), totals):
            emit(line)
        _footer(table.footer, emit, width)
        return
    texts = _texts(table, table.rows, width)
    emit(_grid(texts, _widths(texts, width)))
    _under(texts, emit, width)
    _footer(table.footer, emit, width)


HELD = 4 * 1024 * 1024
"""Bytes of cells that are held in memory until all widths are known; more of them wait in a file."""


def _unfolded(columns: Sequence[Shown], rows: Iterable[Sequence[str]], totals: Sequence[str] | None) -> Iterator[str]:
    """Yield the lines of a table that nobody folds or colours; only its widths stay in memory."""
    widths = [1] * len(columns)
    kept = [[column.heading for column in columns], *([totals] if totals else [])]
    for row in kept:
        _widen(widths, row)
    with SpooledTemporaryFile(HELD, "w+", encoding="ascii") as spool:
        for row in rows:
            _widen(widths, row)
            spool.write(f"{dumps(row)}\n")
        spool.seek(0)
        rule = "─" * (sum(widths) + GAP * (len(widths) - 1))
        yield from _placed(columns, widths, kept[0])
        yield rule
        for line in spool:
            yield from _placed(columns, widths, loads(line))
        if totals:
            yield rule
            yield from _placed(columns, widths, totals)


def _widen(widths: list[int], row: Sequence[str]) -> None:
    for at, cell in enumerate(row):
        if len(cell) > widths[at] or not cell.isascii():
            widths[at] = max(widths[at], *map(_length, cell.split("\n")))


def _length(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _placed(columns: Sequence[Shown], widths: Sequence[int], row: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a row, each cell at its place; numbers stand to the right."""
    count = max((cell.count("\n") for cell in row), default=0) + 1
    cells = [
        trunk_below(cell, count) if column.kind == "tree" else cell for column, cell in zip(columns, row, strict=True)
    ]
    for parts in zip_longest(*(cell.split("\n") for cell in cells), fillvalue=""):
        placed = []
        for column, width, part in zip(columns, widths, parts, strict=True):
            blank = " " * (width - _length(part))
            placed.append(blank + part if column.is_number else part + blank)
        yield (" " * GAP).join(placed)


def _is_of_lines(table: Table, options: RenderOptions) -> bool:
    """Whether a row of the table is one line: on a terminal wide enough, where it is no table of figures."""
    figures = table.totals is not None or any(column.beside for column in table.columns)
    return options.terminal and not table.folded and not figures and (options.width or 0) >= NARROWEST


def _lined(table: Table, emit: Emit, options: RenderOptions) -> None:
    """A table of things, one line each."""
    from tracker.renderers._parts.one_line import lines

    if table.title:
        emit(_text(table.title, options.width, "bold"))
    for line in lines(table, options):
        emit(line)
    _footer(table.footer, emit, options.width)


def _pictured(table: Table, emit: Emit, options: RenderOptions) -> None:
    """A table on a terminal: with bars beside its rows where there is room, and a line of years below."""
    from tracker.renderers._parts import figures
    from tracker.renderers._parts import terminal_pictures as pictures

    rows = list(table.rows)
    if table.title:
        emit(_text(table.title, options.width, "bold"))
    if (options.width or 0) >= NARROWEST and not options.wide and not figures.fits(table, rows, options.width or 0):
        for told in figures.lines(table, rows, options):
            emit(told)
        _footer(table.footer, emit, options.width)
        return
    texts = _texts(table, rows, options.width)
    widths = _widths(texts, options.width)
    room = (options.width or 0) - sum(widths) - GAP * len(widths)
    drawn = pictures.bars(table, rows, room, options)
    emit(_grid(texts, widths, drawn.bars if drawn else ()))
    _under(texts, emit, options.width)
    for line in pictures.lines(table, rows, drawn, options):
        emit(line)
    _footer(table.footer, emit, options.width)


class Texts(NamedTuple):
    """A table as people read it, before it is folded."""

    columns: list[Shown]
    rows: list[list[str]]
    totals: list[str] | None
    nowhere: list[str]
    """Headings of columns left out, since all their numbers are 0 and the terminal is too narrow for all."""


def _texts(table: Table, rows: Iterable[Row], width: int | None) -> Texts:
    columns = shown(table)
    body = [_row_of(columns, row) for row in rows]
    totals = None if table.totals is None else _row_of(columns, table.totals)
    every = [*body, totals] if totals else body
    if not body or not is_tight(columns, every, width):
        return Texts(columns, body, totals, [])
    empty = {
        at
        for at, column in enumerate(columns)
        if column.share_at is not None and all(cells[at] == "0" for cells in every)
    }
    kept = [at for at in range(len(columns)) if at not in empty]
    return Texts(
        [columns[at] for at in kept],
        [[cells[at] for at in kept] for cells in body],
        [totals[at] for at in kept] if totals else None,
        [columns[at].heading for at in sorted(empty)],
    )


def _row_of(columns: Sequence[Shown], row: Row) -> list[str]:
    return [visible(column.text(row), keep_lines=column.kind == "lines") for column in columns]


def _widths(texts: Texts, width: int | None) -> list[int]:
    return column_widths(texts.columns, [*texts.rows, texts.totals] if texts.totals else texts.rows, width)


def _under(texts: Texts, emit: Emit, width: int | None) -> None:
    if texts.nowhere:
        emit(_text(f"0 in every row: {', '.join(texts.nowhere)}", width, "dim"))


def _grid(texts: Texts, widths: list[int], bars: Sequence[Text] = ()) -> RichTable:
    columns, rows, totals, _ = texts
    grid = RichTable(
        box=SIMPLE,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="bold",
        border_style="dim",
        show_footer=totals is not None,
        footer_style="bold",
    )
    for at, column in enumerate(columns):
        grid.add_column(
            Text(fold(column.heading, widths[at])),
            Text(fold(totals[at], widths[at], column.kind)) if totals else "",
            justify="right" if column.is_number else "left",
            width=widths[at],
            no_wrap=True,
        )
    kinds = [column.kind for column in columns]
    if bars:
        grid.add_column("", width=max(1, *(bar.cell_len for bar in bars)), no_wrap=True)
    for at, row in enumerate(rows):
        grid.add_row(*(Text(cell) for cell in _folded(row, widths, kinds)), *bars[at : at + 1])
    return grid


def _folded(row: Sequence[str], widths: Sequence[int], kinds: Sequence[str]) -> Iterable[str]:
    """The cells of a row, folded; a tree goes on beside all lines of the row."""
    cells = [fold(*cell) for cell in zip(row, widths, kinds, strict=True)]
    lines = max(cell.count("\n") for cell in cells) + 1
    return [trunk_below(cell, lines) if kind == "tree" else cell for cell, kind in zip(cells, kinds, strict=True)]


def _footer(lines: Iterable[str], emit: Emit, width: int | None) -> None:
    for line in lines:
        emit(_text(line, width, "dim"))


def _text(text: str, width: int | None, style: str = "") -> Text:
    return Text(fold(visible(text, keep_lines=True), width or _UNBOUNDED), style=style, no_wrap=True, overflow="ignore")
