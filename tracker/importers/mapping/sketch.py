"""A first map for a sheet, guessed from its header and a sample of its rows; to be edited by who knows the sheet."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import BinaryIO

from tracker.dates.day import DateError
from tracker.importers.mapping import date_formats
from tracker.importers.mapping.texts import parted
from tracker.importers.sheets import Row
from tracker.importers.sheets.reading import SEARCHED, folded, names, open_sheet
from tracker.record import vocabulary
from tracker.record.vocabulary import INSTRUMENT_TYPES
from tracker.text.names import suggest
from tracker.text.safety import visible

IsParty = Callable[[str], bool]

FIELDS = (
    ("entered_into_force", r"in(to)? force|\beif\b|effective|operative|entry"),
    ("terminated", r"terminat|denounc|ended|end date"),
    ("expires", r"expir|valid until"),
    ("signed", r"sign(ed|ature|ing)|concluded|^date$"),
    ("parties", r"part(y|ies)|countr|states?\b|participants?|partners?|between|\bwho\b"),
    ("binding_status", r"binding"),
    ("instrument_type", r"\btype\b|\bkind\b|instrument|\bform\b|category"),
    ("title", r"title|agreement|treaty|\bname\b|\bdeal\b|arrangement"),
    ("key", r"^(id|no|nr|number|#|ref|key)\b|\b(id|no|nr|number|code)\b\.?$"),
    ("focus_areas", r"focus|subject|topic|sector|area"),
    ("notes", r"note|comment|remark"),
    ("sources", r"source|url|link|web"),
)
"""Field and what its header says, in the order in which headers are tried."""

DATED = ("signed", "entered_into_force", "terminated", "expires")

LAYOUTS = (
    *("YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "D Month YYYY", "Month D, YYYY", "D-Month-YYYY"),
    *("YYYY/MM/DD", "YYYYMMDD", "DD-MM-YYYY", "Month YYYY", "MM/YYYY", "YYYY-MM", "YYYY"),
)
"""Layouts that are tried, those that say most first."""

SIGNS = (";", "/", "|", "\n", " & ", " and ", ",", "-")
"""Signs that may stand between parties."""

YES = frozenset(("1", "x", "yes", "y", "true", "✓"))
NO = frozenset(("0", "no", "n", "false", "-"))
TOTALS = frozenset(("total", "totals", "sum", "grand total", "subtotal", "sub-total", "average", "count"))
"""First words of rows that sum others up."""


@dataclass(slots=True)
class Column:
    """A column and what is guessed of it."""

    name: str
    values: list[str]
    """The filled cells of the sample."""
    meaning: str | None = None
    """The field of the record, or the kind of event."""
    layouts: list[str] = field(default_factory=list)
    either: bool = False
    """Day and month could change places in all of them."""
    strange: list[str] = field(default_factory=list)
    """Texts among dates that are no date."""
    signs: list[str] = field(default_factory=list)
    flag: bool = False
    """The header is a party, and the cells say whether it takes part."""


def header_rows(rows: Sequence[Row]) -> list[int]:
    """The numbers of the rows that are most likely the header, one above the other where cells were merged.

    It is the first row that is nearly as wide as the widest and holds no digits; where it has gaps that the next row
    fills with words, both are.
    """
    first = rows[:SEARCHED]
    widest = max((_width(row) for row in first), default=0)
    for position, row in enumerate(first):
        if _is_words(row) and _width(row) >= max(2, widest * 0.5):
            below = first[position + 1] if position + 1 < len(first) else None
            adjacent = below is not None and below.number == row.number + 1
            if below is not None and adjacent and _is_words(below) and _fills_gaps(row, below):
                return [row.number, below.number]
            return [row.number]
    return [first[0].number] if first else []


def columns(rows: Sequence[Row], at: Sequence[int], is_party: IsParty) -> list[Column]:
    """The columns under a header, each with what is guessed; every field that there is once goes to the first fit."""
    cells_of = {row.number: row.cells for row in rows}
    below = [row.cells for row in rows if row.number > max(at, default=0) and not is_total(row.cells)]
    named = []
    for position, name in enumerate(names([cells_of[number] for number in at if number in cells_of])):
        filled = [cells[position] for cells in below if position < len(cells) and cells[position]]
        named.append(Column(name, filled))
    for column in named:
        _guess(column, is_party)
    taken = _once(named)
    for key, pattern in FIELDS:
        for column in named:
            if column.meaning is None and not column.flag and key not in taken and _fits(column, key, pattern):
                column.meaning = key
                taken.add(key)
    if "title" not in taken and (
        free := [column for column in named if column.meaning is None and column.values and not column.flag]
    ):
        longest = max(free, key=lambda column: sum(map(len, column.values)) / len(column.values))
        longest.meaning = "title"
    return named


def _once(columns: Sequence[Column]) -> set[str]:
    """Leave each field to its first column, but parties to all; return the fields that are taken."""
    taken: set[str] = set()
    for column in columns:
        if column.meaning in taken:
            column.meaning = None
        elif column.meaning not in (None, "parties"):
            taken.add(column.meaning)
    return taken


def is_total(cells: Sequence[str]) -> bool:
    """Tell whether a row sums others up."""
    first = next((cell for cell in cells if cell), "")
    return folded(first).rstrip(":") in TOTALS


def _guess(column: Column, is_party: IsParty) -> None:
    values = {value.lower() for value in column.values}
    if values and values <= YES | NO and values & YES and is_party(column.name):
        column.flag = True
        return
    _guess_dates(column)
    if not column.layouts and not column.either:
        _guess_words(column)
        _guess_parties(column, is_party)


def _guess_dates(column: Column) -> None:
    is_named = re.search("|".join(pattern for name, pattern in FIELDS if name in DATED), folded(column.name))
    formats = [date_formats.compiled(layout) for layout in LAYOUTS]
    fits: Counter[str] = Counter()
    either = set()
    strange: list[str] = []
    for value in column.values:
        layouts = [format_.layout for format_ in formats if _reads(value, format_)]
        if {"DD/MM/YYYY", "MM/DD/YYYY"} <= set(layouts):
            either.add(value)
        elif layouts:
            fits[layouts[0]] += 1
        else:
            strange.append(value)
    if not column.values or len(strange) > len(column.values) * (0.5 if is_named else 0.1):
        return
    if set(fits) == {"YYYY"} and not is_named and not re.search("year|date", folded(column.name)):
        return
    column.layouts = [layout for layout in LAYOUTS if fits[layout]]
    column.either = bool(either) and not {"DD/MM/YYYY", "MM/DD/YYYY"} & set(column.layouts)
    column.strange = list(dict.fromkeys(strange))


def _reads(value: str, layout: date_formats.Format) -> bool:
    iso = bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII))
    if iso and layout.pattern is not None and not layout.pattern.fullmatch(value):
        return False  # an ISO date is always taken; it is no proof of another layout
    try:
        date_formats.read(value, (layout,))
    except DateError:
        return False
    return True


def _guess_words(column: Column) -> None:
    """Tell statuses and types by their words, whatever the header says."""
    words = {"_".join(folded(value).replace("-", " ").split()) for value in column.values}
    if words and sum("binding" in word for word in words) * 2 >= len(words):
        column.meaning = "binding_status"
    elif words and sum(word in INSTRUMENT_TYPES for word in words) * 2 >= len(words):
        column.meaning = "instrument_type"


def _guess_parties(column: Column, is_party: IsParty) -> None:
    if not column.values:
        return

    def known(signs: Sequence[str]) -> int:
        pieces = (parted(value, tuple(signs)) for value in column.values)
        return sum(bool(parts) and all(map(is_party, parts)) for parts in pieces)

    signs: list[str] = []
    best = known(signs)
    for sign in SIGNS:
        if any(sign in value for value in column.values) and (more := known([*signs, sign])) > best:
            signs, best = [*signs, sign], more
    if best >= len(column.values) * 0.5:
        column.meaning, column.signs = "parties", signs


def _fits(column: Column, key: str, pattern: str) -> bool:
    if not re.search(pattern, folded(column.name)):
        return False
    dated = bool(column.layouts or column.either)
    if key in DATED:
        return dated
    if key == "key":
        return bool(column.values) and len(set(column.values)) == len(column.values)
    return not dated and key != "parties"


def _width(row: Row) -> int:
    return sum(bool(cell) for cell in row.cells)


def _is_words(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return sum(any(char.isdigit() for char in cell) for cell in filled) * 4 <= len(filled) and not row.faults


def _fills_gaps(row: Row, below: Row) -> bool:
    """Tell whether the lower row has a word where the upper is empty, and none of its own long texts."""
    above = [*row.cells, *[""] * len(below.cells)]
    gaps = any(cell and not over for cell, over in zip(below.cells, above, strict=False))
    return gaps and all(len(cell) < 30 for cell in below.cells) and _width(below) < max(_width(row) * 2, 3) + 2


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
    named = columns(rows, at, is_party)
    return "\n".join([*_head(name, at, sheet.remarks), *_body(rows, named)]) + "\n"


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


def _body(rows: list[Row], given: list[Column]) -> Iterator[str]:
    by_field: dict[str, list[Column]] = {}
    for column in given:
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
    yield from _skips(rows, given)
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


def _skips(rows: list[Row], given: list[Column]) -> Iterator[str]:
    names = [column.name for column in given]
    for row in rows:
        position = next((position for position, cell in enumerate(row.cells) if cell), None)
        if position is not None and position < len(names) and is_total(row.cells):
            yield ""
            yield "[[skip]]  # a row that sums up the others"
            yield f"when = {{ {_quoted(names[position])} = {_quoted(row.cells[position])} }}"
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
