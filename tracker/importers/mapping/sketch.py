"""A first map for a sheet, written from its header and a sample of its rows; to be edited by who knows the sheet."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import BinaryIO

from tracker.importers.mapping.guesses import YES, Column, IsParty, columns, header_rows, is_total
from tracker.importers.sheets import Row
from tracker.importers.sheets.reading import open_sheet
from tracker.record import vocabulary
from tracker.text.names import suggest
from tracker.text.safety import visible

SAMPLED = 2_000
"""Rows that are looked at."""

SHOWN = 3
"""Values of a column that a comment shows."""

TRANSLATED = 25
"""Different words of a column up to which each gets a line."""

WORDS = {"instrument_type": vocabulary.INSTRUMENT_TYPES, "binding_status": vocabulary.BINDING_STATUSES}
_NOTHING = re.compile(r"\D+|-\d+|[09 ./-]+")
"""Texts among dates that likely stand for none: without a number, ``-99``, ``0000-00-00``; never ``c. 1999``."""

EVENTS = ("signed", "entered_into_force", "terminated")


def sketch(stream: BinaryIO, name: str, is_party: IsParty) -> str:
    """Write a map for a sheet; raises UnreadableSheet. ``is_party`` tells whether a text names a party."""
    sheet = open_sheet(stream)
    rows = list(islice(sheet.rows, SAMPLED))
    at = header_rows(rows)
    found = columns(rows, at, is_party)
    return "\n".join([*_head(name, at, sheet.remarks), *_body(rows, found)]) + "\n"


def _head(name: str, at: list[int], remarks: list[str]) -> Iterator[str]:
    yield f"# A first map for {visible(name)}, guessed from its header and its first rows: check every line."
    yield f"# Then: tracker import {visible(name)} --map THIS-FILE --dry-run"
    yield "# What the words mean: docs/importing.md"
    yield from (f"# {visible(remark)}" for remark in remarks)
    yield ""
    yield "[sheet]"
    yield f"header = {json.dumps(at if len(at) != 1 else at[0])}  # the row, or rows, that name the columns"
    yield 'empty = ["n/a", "N/A", "NA"]  # texts that stand for nothing, in every column'
    yield ""


def _body(rows: list[Row], found: list[Column]) -> Iterator[str]:
    by_field: dict[str, list[Column]] = {}
    for column in found:
        by_field.setdefault("flag" if column.flag else column.meaning or "", []).append(column)
    yield "[agreement]"
    if "key" in by_field:
        yield from _line("key", by_field["key"][0])
    else:
        yield "# key = ...  # a column that names each agreement for good; without one, title, date and parties do"
    yield from _line("title", by_field["title"][0]) if "title" in by_field else ['title = ""  # name a column']
    for meaning, lines in _writers().items():
        for column in by_field.get(meaning, []):
            yield from lines(column)
    if "flag" in by_field:
        yield from _flags(by_field["flag"])
    yield from _skips(rows, found)
    yield from _own(by_field.get("", []))


def _writers() -> dict[str, Callable[[Column], Iterator[str]]]:
    """What writes the lines of a column, by its meaning, in the order of the map."""
    return {
        **{key: partial(_line, key) for key in ("focus_areas", "notes", "sources")},
        "expires": lambda column: iter([f"expires = {_date(column)}{_seen(column)}"]),
        **{key: partial(_words, key) for key in WORDS},
        "parties": _party,
        **{kind: partial(_event, kind) for kind in EVENTS},
    }


def _line(key: str, column: Column) -> Iterator[str]:
    yield f"{key} = {_quoted(column.name)}{_seen(column)}"


def _words(key: str, column: Column) -> Iterator[str]:
    codes = WORDS[key]
    words = list(dict.fromkeys(column.values))
    yield ""
    yield f"[agreement.{key}]{_seen(column)}"
    yield f"column = {_quoted(column.name)}"
    if len(words) > TRANSLATED:
        yield f"# {len(words)} different texts: translate them in a table `values`, or give one word for all others"
        yield f"else = {_quoted('other' if key == 'instrument_type' else 'not_assessed')}"
        return
    yield f'[agreement.{key}.values]  # the sheet\'s words to ours; "" = nothing'
    for word in words:
        code = "_".join(word.lower().replace("-", " ").split())
        near = [code] if code in codes else suggest(code, codes, 1)
        remark = "" if code in codes else "  # guessed" if near else f"  # choose: {', '.join(codes[:6])}, ..."
        yield f"{_quoted(word)} = {_quoted(near[0] if near else '')}{remark}"


def _party(column: Column) -> Iterator[str]:
    yield ""
    yield f"[[party]]{_seen(column)}"
    yield f"column = {_quoted(column.name)}"
    if column.signs:
        yield f"separator = {json.dumps(column.signs)}"
    numbers = all(value.isdecimal() for value in column.values)
    yield 'scheme = "m49"  # or "cow"' if numbers and column.values else '# values = { "UK (GB)" = "GBR" }'


def _flags(given: list[Column]) -> Iterator[str]:
    yield ""
    yield "[[party]]  # one column a party, marked where it takes part"
    yield f"columns = [{', '.join(_quoted(column.name) for column in given)}]"
    marks = sorted({value for column in given for value in column.values if value.lower() in YES})
    yield f"yes = {json.dumps(marks, ensure_ascii=False)}"


def _event(kind: str, column: Column) -> Iterator[str]:
    yield ""
    yield "[[event]]"
    yield f"kind = {_quoted(kind)}"
    yield f"date = {_date(column)}{_seen(column)}"
    if odd := [text for text in column.strange if not _NOTHING.fullmatch(text)]:
        yield f"# By none of these formats a date, and refused until you say how to read them: {_joined(odd[:8])}"
    if column.either:
        yield "# Some of these dates have two readings: put DD/MM/YYYY or MM/DD/YYYY among the formats."


def _date(column: Column) -> str:
    parts = [f"column = {_quoted(column.name)}"]
    if column.layouts:
        parts.append(f"formats = {json.dumps(column.layouts)}")
    if nothing := [text for text in column.strange if _NOTHING.fullmatch(text)]:
        parts.append(f"sentinels = {json.dumps(nothing[:8], ensure_ascii=False)}")
    return "{ " + ", ".join(parts) + " }"


def _skips(rows: list[Row], found: list[Column]) -> Iterator[str]:
    names = [column.name for column in found]
    for row in rows:
        place = next((place for place, cell in enumerate(row.cells) if cell), None)
        if place is not None and place < len(names) and is_total(row.cells):
            yield ""
            yield "[[skip]]  # a row that sums up the others"
            yield f"when = {{ {_quoted(names[place])} = {_quoted(row.cells[place])} }}"
            return


def _own(rest: list[Column]) -> Iterator[str]:
    yield ""
    yield "[own]  # columns that nothing above names become own fields (x.NAME)"
    yield "ignore = []  # columns to leave out"
    yield from (f"# {visible(column.name)}{_seen(column)}" for column in rest)


def _seen(column: Column) -> str:
    shown = _joined(list(dict.fromkeys(column.values))[:SHOWN])
    return f"  # {shown}" if shown else "  # empty"


def _joined(values: list[str]) -> str:
    return " | ".join(visible(value if len(value) <= 40 else f"{value[:40]}...") for value in values)


def _quoted(text: str) -> str:
    """A TOML text; JSON writes the same but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
