"""Tables and pages for people, by Rich: the only module of the read path that imports it.

Text is given to Rich as ``Text``, never as markup, after ``domain.safety`` made it harmless. We fold cells ourselves:
Rich breaks only at blanks, and would cut ``security_of_supply_arrangement`` anywhere.
"""

from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any, BinaryIO

# ruff: noqa: TID253 - this module is loaded only where a table for people was asked for
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from tracker.domain.safety import visible
from tracker.renderers import RenderOptions
from tracker.renderers._cells import Shown, shown, spoken
from tracker.renderers._folding import column_widths, fold
from tracker.table import Answer, Page, Section, Table, as_table

SUMMARY = "Tables and pages for reading on a terminal"
SUFFIXES = (".txt",)

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

    def emit(item: Text | RichTable) -> None:
        with console.capture() as captured:
            console.print(item, crop=False)
        out.write(_encoded(captured.get(), strip=not options.color))

    if isinstance(answer, Page):
        _page(answer, emit, options.width)
    else:
        _table(as_table(answer), emit, options.width)


def _encoded(text: str, *, strip: bool) -> bytes:
    if strip:
        text = "".join(f"{line.rstrip()}\n" for line in text.split("\n")[:-1])
    return text.encode()


Emit = Callable[[Text | RichTable], None]


def _page(page: Page, emit: Emit, width: int | None) -> None:
    if page.title:
        emit(_text(page.title, width, "bold"))
    for section in page.sections:
        if section.heading:
            emit(Text(""))
            emit(_text(section.heading, width, "bold"))
        _section(section, emit, width)
    _footer(page.footer, emit, width)


def _section(section: Section, emit: Emit, width: int | None) -> None:
    if section.facts:
        emit(_facts(section.facts, width))
    for line in section.lines:
        emit(_text(line, width))
    if section.table is not None:
        _table(section.table, emit, width)


def _facts(facts: Iterable[tuple[str, Any]], width: int | None) -> RichTable:
    pairs = [(visible(name), visible(spoken(value), keep_lines=True)) for name, value in facts]
    widths = column_widths([Shown("", "text", str), Shown("", "text", str)], pairs, width)
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    for column_width, style in zip(widths, ("dim", ""), strict=True):
        grid.add_column(width=column_width, no_wrap=True, style=style)
    for pair in pairs:
        grid.add_row(*(Text(fold(text, size)) for text, size in zip(pair, widths, strict=True)))
    return grid


def _table(table: Table, emit: Emit, width: int | None) -> None:
    columns = shown(table)
    if table.title:
        emit(_text(table.title, width, "bold"))
    rows = [[visible(column.text(row), keep_lines=column.kind == "lines") for column in columns] for row in table.rows]
    totals = None if table.totals is None else [visible(column.text(table.totals)) for column in columns]
    emit(_grid(columns, rows, totals, width))
    _footer(table.footer, emit, width)


def _grid(columns: list[Shown], rows: list[list[str]], totals: list[str] | None, width: int | None) -> RichTable:
    widths = column_widths(columns, [*rows, totals] if totals else rows, width)
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
    for row in rows:
        grid.add_row(*(Text(fold(*cell)) for cell in zip(row, widths, kinds, strict=True)))
    return grid


def _footer(lines: Iterable[str], emit: Emit, width: int | None) -> None:
    for line in lines:
        emit(_text(line, width, "dim"))


def _text(text: str, width: int | None, style: str = "") -> Text:
    return Text(fold(visible(text, keep_lines=True), width or _UNBOUNDED), style=style, no_wrap=True, overflow="ignore")
