"""Texts and dates of a row, as the specs of a map ask for them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from json import dumps

from tracker.dates import several
from tracker.dates.day import DateError
from tracker.importers.mapping import date_formats
from tracker.importers.mapping.patterns import Pattern, PatternError
from tracker.importers.mapping.specs import COLUMN, Condition, Date, Test, Text
from tracker.importers.sheets import LIST
from tracker.importers.sheets.reading import folded
from tracker.record.vocabulary import expected
from tracker.text.safety import unguard

DITTO = frozenset(('"', '""', "''", ",,", "〃", "″", "ditto", "dito", "idem", "id.", "do.", "同上", "то же"))
"""What people write below a cell for the same again, in lower case."""

SHOWN = 40
"""Characters of a text that is too long to be matched, as it is told."""


class CellError(ValueError):
    """A cell that cannot be taken: column, value and what was expected."""

    def __init__(self, column: str, value: str, message: str) -> None:
        self.column, self.value = column, value
        super().__init__(message)


_PARTS = re.compile(f"[{LIST}]")
_UP = {ord(sign): above for above, sign in pairwise(LIST)}


@dataclass(slots=True)
class Cells:
    """A row by the folded names of its columns; an absent column is empty."""

    values: Mapping[str, str]
    shown: Mapping[str, str]
    """Folded name to the name in the sheet."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Cells that cannot be read, and why."""
    sentinels: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a column held a text that stands for no date; shared by all rows."""
    ranges: dict[str, list[str]] = field(default_factory=dict)
    """Columns of each range that was asked for; shared by all rows."""

    def get(self, column: str) -> str:
        """The text of a cell; raises CellError for one that cannot be read."""
        if column in self.faults:
            raise CellError(self.name(column), "", self.faults[column])
        text = unguard(self.values.get(column, ""))
        return text if LIST[0] not in text else "; ".join(piece for piece in _PARTS.split(text) if piece)

    def several(self, column: str) -> list[str]:
        """The texts of a cell that holds a list; of any other the one that it holds."""
        text = self.get(column)
        if LIST[0] not in self.values.get(column, ""):
            return [text]
        return [piece for piece in _PARTS.split(self.values[column]) if piece]

    def spread(self, leading: Sequence[str], beside: Sequence[str]) -> list["Cells"]:
        """One row for each item of the list that the leading columns hold; this row itself where they hold none.

        What stands beside it at the same place in as long a list goes along, such as the role of each party.
        """
        lists = {
            column: self.values[column].split(LIST[0]) for column in leading if LIST[0] in self.values.get(column, "")
        }
        widths = {len(items) for items in lists.values()}
        if len(widths) != 1:
            return [self]
        (width,) = widths
        for column in beside:
            items = self.values.get(column, "").split(LIST[0])
            if len(items) == width:
                lists[column] = items
        rest = {column: text for column, text in self.values.items() if column not in lists}
        return [
            replace(
                self,
                values={**rest, **{column: items[at].translate(_UP) for column, items in lists.items() if items[at]}},
            )
            for at in range(width)
        ]

    def name(self, column: str) -> str:
        """The name of a column as the sheet writes it."""
        return self.shown.get(column, column)

    def meets(self, condition: Condition) -> bool:
        """Tell whether all tests hold."""
        return all(self._meets(test) for test in condition)

    def _meets(self, test: Test) -> bool:
        values = [text for column in self._columns(test.column) for text in self.several(column)]
        if test.forbidden and not test.forbidden.isdisjoint(values):
            return False
        return any(
            (not test.filled or value != "")
            and (not test.values or value in test.values)
            and (test.pattern is None or _match(test.pattern, value, self.name(test.column)) is not None)
            for value in values
        )

    def _columns(self, name: str) -> list[str]:
        if ".." not in name:
            return [name]
        if name not in self.ranges:
            self.ranges[name] = expanded([name], list(self.shown))
        return self.ranges[name]


def expanded(columns: Sequence[str], order: Sequence[str]) -> list[str]:
    """Write out ``first..last`` as all columns from one to the other."""
    names: list[str] = []
    for column in columns:
        first, dots, last = column.partition("..")
        if dots and first in order and last in order:
            names += order[order.index(first) : order.index(last) + 1]
        elif column in order:
            names.append(column)
    return names


def text_of(text: Text | None, row: Cells) -> str | None:
    """The text that a row gives, None where it gives none; raises CellError."""
    if text is None:
        return None
    raw = _raw(text, row)
    return _worked(text, raw, row) if raw else None


def texts_of(text: Text, row: Cells) -> list[str]:
    """The texts that a row gives, each once, where a cell may hold several; raises CellError."""
    raws = [_raw(text, row)] if text.column is None or text.only or text.empty else row.several(text.column)
    texts = (_worked(text, piece, row) for raw in raws for piece in parted(raw, text.separators))
    return list(dict.fromkeys(piece for piece in texts if piece))


def parted(text: str, separators: tuple[str, ...], whole: Collection[str] = ()) -> list[str]:
    """The values that stand in one cell between the separators; those of ``whole`` are not parted."""
    pieces = [text]
    for sign in separators:
        pieces = [part for piece in pieces for part in ([piece] if piece.strip() in whole else piece.split(sign))]
    return [piece.strip() for piece in pieces if piece.strip()]


def date_of(spec: Date, row: Cells) -> str | None:
    """The EDTF of a date, None where the row has none; a sentinel is no date. Raises CellError."""
    if spec.text is None:
        return _of_parts(spec, row)
    raw = _raw_date(spec, row)
    return _read(spec, raw, row) if raw else None


def refuse_ditto(text: Text, row: Cells) -> None:
    """Raise CellError where a cell says no more than that it is as the one above."""
    for column in text.columns:
        if (said := row.get(column)).casefold() in DITTO:
            step = f"write it out, or say in [sheet] empty = [{dumps(said, ensure_ascii=False)}] and fill_down"
            raise CellError(row.name(column), said, f"stands for what is above it; {step}")


def dates_of(spec: Date, row: Cells) -> list[str]:
    """The dates of a cell that names one or several, one by one. Raises CellError."""
    if spec.text is None:
        date = _of_parts(spec, row)
        return [date] if date else []
    raw = _raw_date(spec, row)
    if not raw:
        return []
    return several.days(raw, lambda text: date_formats.read(text, spec.formats)) or [_read(spec, raw, row)]


def first_date_of(specs: Sequence[Date], row: Cells) -> str | None:
    """The first date that a row gives."""
    return next((day for spec in specs if (day := date_of(spec, row))), None)


def first_dates_of(specs: Sequence[Date], row: Cells) -> list[str]:
    """The dates of the first cell that gives any."""
    return next((days for spec in specs if (days := dates_of(spec, row))), [])


def spelled_span(specs: Sequence[Date], row: Cells, date: str) -> str | None:
    """Return the column that gives a span of days in words, such as ``14-16 December 2023``; None for EDTF."""
    if "/" not in date or ".." in date:
        return None
    for spec in specs:
        for column in spec.text.columns if spec.text else ():
            cell = row.get(column)
            if cell and cell != date and not _YEARS.fullmatch(cell):
                return column
    return None


_YEARS = re.compile(r"\d{4}s|\d{4}[- ]?[Qq][1-4]|[Qq][1-4][- /]?\d{4}")
"""Decades and quarters, which are spans on purpose."""


def _raw_date(spec: Date, row: Cells) -> str | None:
    raw = text_of(spec.text, row)
    return None if not raw or (spec.text and _is_sentinel(spec, spec.text, raw, row)) else raw


def _read(spec: Date, raw: str, row: Cells) -> str:
    try:
        return date_formats.read(raw, spec.formats)
    except DateError as error:
        message = str(error).removeprefix(f"{raw!r} ").removeprefix(f"'{raw}' ")  # the value is told beside it
        column = _column(spec.text, row) if spec.text else ""
        raise CellError(column, raw, message) from None


def _of_parts(spec: Date, row: Cells) -> str | None:
    values = []
    for part in spec.parts:
        raw = text_of(part, row) if part else None
        values.append("" if part is None or not raw or _is_sentinel(spec, part, raw, row) else raw)
    if not any(values):
        return None
    try:
        return date_formats.from_parts(values[0], values[1], values[2])
    except DateError as error:
        columns = " / ".join(_column(part, row) for part in spec.parts if part)
        raise CellError(columns, " / ".join(values), str(error)) from None


def _is_sentinel(spec: Date, text: Text, raw: str, row: Cells) -> bool:
    if raw not in spec.sentinels:
        return False
    row.sentinels[_column(text, row), raw] += 1
    return True


def _raw(text: Text, row: Cells) -> str:
    if text.constant is not None:
        return text.constant
    if text.column is not None:
        raw = row.get(text.column)
        return "" if raw in text.empty or (text.only and raw not in text.only) else raw
    filled = text.template or ""
    values = {column: row.get(column) for column in text.columns}
    if not any(values.values()):
        return ""
    return " ".join(COLUMN.sub(lambda found: values[folded(found[1])], filled).split())


def _match(pattern: Pattern, value: str, column: str) -> re.Match[str] | None:
    try:
        return pattern.search(value)
    except PatternError as error:
        raise CellError(column, f"{value[:SHOWN]}...", str(error)) from None


def _worked(text: Text, raw: str, row: Cells) -> str | None:
    """Take out what the pattern wants, translate it, and hold it against the vocabulary."""
    value = raw
    if text.pattern is not None:
        match = _match(text.pattern, raw, _column(text, row))
        if match is None and text.otherwise is not None:
            return text.otherwise.strip() or None
        if match is None:
            raise CellError(_column(text, row), raw, f"does not match {text.pattern.compiled.pattern!r}")
        value = match.expand(text.becomes) if text.becomes is not None else match[1 if match.re.groups else 0] or ""
    if text.values or (text.otherwise is not None and text.pattern is None):
        value = _translated(text, value)
    if not text.codes or not value:
        return value.strip() or None
    code = value.strip()
    if code not in text.codes:
        code = "_".join(code.lower().replace("-", " ").split())
    if code not in text.codes:
        known = [*text.values, *text.codes]
        raise CellError(_column(text, row), raw, f"no {text.what}; {expected(value, known)} Or translate it in the map")
    return code


def _translated(text: Text, value: str) -> str:
    if value in text.values:
        return text.values[value]
    low = value.casefold()
    for key, meaning in text.values.items():
        if key.casefold() == low:
            return meaning
    return value if text.otherwise is None else text.otherwise


def _column(text: Text, row: Cells) -> str:
    return " + ".join(row.name(column) for column in text.columns) or "constant"


def columns_of(when: Condition, texts: Iterable[Text]) -> list[str]:
    """The columns of conditions and texts."""
    return [*(test.column for test in when), *(column for text in texts for column in text.columns)]
