"""Markdown: pipe tables (GitHub Flavored Markdown), headings and lists; data is always text, never markup."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import labelled, shown, spoken
from tracker.renderers._parts.markup import is_address
from tracker.renderers._parts.words import BULLET, line_in_words
from tracker.table import Answer, Page, Section, Table, as_table
from tracker.text.safety import visible

SUMMARY = "Markdown: headings, lists and pipe tables for briefs and wikis"
SUFFIXES = (".md", ".markdown")
SHOWS = "people"

# Escaping '@' keeps addresses from turning into links, '$' keeps text from turning into formulas.
_INLINE = {ord(char): f"\\{char}" for char in "\\`*_[]<>&|~$@"}
_ACTING = re.compile(r":(?=//|[\w+-]+:)")
"""Colons that readers of Markdown act upon: in an address inside a text, and before the name of a picture."""
_BLOCK_STARTS = "#+-=.)"


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the answer; the blocks are parted by blank lines."""
    gap = b""
    for block in _page(answer) if isinstance(answer, Page) else _table(as_table(answer), 1):
        out.write(gap)
        out.writelines(line.encode() + b"\n" for line in block)
        gap = b"\n"


def escape(text: str) -> str:
    """Text for any place inside a line: nothing in it is markup, line ends become ``<br>``; an address is a link."""
    if is_address(text):
        return f"<{text}>"
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    return "<br>".join(_ACTING.sub(r"\:", visible(line).translate(_INLINE)) for line in lines)


def _paragraph(text: str) -> str:
    """Text for a line of its own: it begins no heading, list or rule."""
    line = escape(text).lstrip()
    digits = len(line) - len(line.lstrip("0123456789"))
    return f"{line[:digits]}\\{line[digits:]}" if line[digits : digits + 1] in tuple(_BLOCK_STARTS) else line


def _heading(text: str, level: int) -> list[str]:
    return [f"{'#' * level} {escape(text).replace('#', chr(92) + '#')}"]


def _page(page: Page) -> Iterable[Iterable[str]]:
    if page.title:
        yield _heading(page.title, 1)
    for section in page.sections:
        yield from _section(section)
    for line in page.footer:
        yield [_paragraph(line)]


def _section(section: Section) -> Iterable[Iterable[str]]:
    if section.heading:
        yield _heading(section.heading, section.level)
    facts = [(name, labelled(value, section.labels)) for name, value in section.facts]
    items = [f"- **{escape(name)}**: {escape(spoken(value))}".rstrip() for name, value in facts]
    items += [f"- {_paragraph(line_in_words(line.removeprefix(BULLET)))}" for line in section.lines]
    if items:
        yield items
    if section.table is not None:
        yield from _table(section.table, section.level + 1)


def _table(table: Table, level: int) -> Iterable[Iterable[str]]:
    if table.title:
        yield _heading(table.title, level)
    yield _lines(table)
    for line in table.footer:
        yield [_paragraph(line)]


def _lines(table: Table) -> Iterable[str]:
    columns = shown(table)
    yield _row(escape(column.heading) for column in columns)
    yield _row("---:" if column.is_number else "---" for column in columns)
    for row in table.rows:
        yield _row(escape(column.text(row)) for column in columns)
    if table.totals is not None:
        yield _row(_bold(column.text(table.totals)) for column in columns)


def _bold(text: str) -> str:
    return f"**{escape(text.strip())}**" if text.strip() else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
