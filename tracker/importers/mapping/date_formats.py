"""Layouts of dates as maps write them: ``DD/MM/YYYY``, ``D Month YYYY``, ``YYYYMMDD``, ``serial``."""

import re
from dataclasses import dataclass

from tracker.dates import typed
from tracker.dates.day import DateError

TOKENS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "Month": r"(?P<name>[^\W\d_]+)\.?",
    "MM": r"(?P<month>[0-9]{1,2})",
    "DD": rf"(?P<day>[0-9]{{1,2}})(?:{typed.ORDINAL.pattern})?",
    "M": r"(?P<month>[0-9]{1,2})",
    "D": rf"(?P<day>[0-9]{{1,2}})(?:{typed.ORDINAL.pattern})?",
}
"""Words of a layout, the longest first, to what they match; ``Month`` is a name, whole or cut to three letters, in one
of the languages of ``tracker.dates.typed``; ``YY`` a year of two digits, of the hundred years that the map says."""

SERIAL = "serial"
"""A day as the number that spreadsheets count from 1900, in a file that lost its format."""

EXAMPLES = "YYYY-MM-DD, DD/MM/YYYY, MM/DD/YYYY, D Month YYYY, Month D, YYYY, MM/YYYY, YYYY or serial"

_MIDNIGHT = re.compile(
    r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2}| ?[AP]M)?$", re.ASCII | re.IGNORECASE
)
_ISO = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Format:
    """A layout and the pattern it stands for; ``serial`` has none."""

    layout: str
    pattern: re.Pattern[str] | None
    from_year: int = 0
    """The first of the hundred years that years of two digits are of."""


def compiled(layout: str, from_year: int = 0) -> Format:
    """Read a layout; raises ValueError where it holds no year, a word twice, or two digits of a year of no century."""
    if layout == SERIAL:
        return Format(layout, None)
    parts: list[str] = []
    rest = layout.strip()
    while rest:
        token = next((token for token in TOKENS if rest.startswith(token)), None)
        piece = token or rest[0]
        parts.append(TOKENS[token] if token else r"\s+" if piece.isspace() else re.escape(piece))
        rest = rest[len(piece) :].lstrip() if piece.isspace() else rest[len(piece) :]
    short = "YY" in layout and "YYYY" not in layout
    if short and not from_year:
        raise ValueError(f"{layout!r} has years of two digits; say of which hundred years: from_year = 1950")
    if "YY" not in layout:
        raise ValueError(f"{layout!r} is no layout of dates; expected one such as {EXAMPLES}")
    try:
        return Format(layout, re.compile("".join(parts), re.IGNORECASE), from_year if short else 0)
    except re.error:
        raise ValueError(f"{layout!r} says a part of the date twice; expected one such as {EXAMPLES}") from None


def read(text: str, formats: tuple[Format, ...]) -> str:
    """Return the EDTF of a cell; raises DateError with what was expected.

    ISO dates are always taken, for that is how the date cells of a workbook come; a time of day is left away. Without
    a layout everything is taken that has only one reading.
    """
    bare = _MIDNIGHT.sub("", typed.usual(text).strip())
    if not formats and (layout := _layout_of_short_year(bare)):
        allowed = f'date = {{ column = "...", formats = ["{layout}"], from_year = 1950 }}'
        raise DateError(f"{text!r} has a year of two digits; say in the map how it is written, such as {allowed}")
    if not formats:
        return typed.read(bare, "").edtf
    if _ISO.fullmatch(bare) and not any(format_.pattern and format_.pattern.fullmatch(bare) for format_ in formats):
        return typed.parse(bare).edtf
    readings: dict[str, str] = {}
    error: DateError | None = None
    for format_ in formats:
        try:
            iso = _reading(bare, format_)
            if iso is not None:
                readings.setdefault(typed.parse(iso).edtf, format_.layout)
        except DateError as refused:
            error = refused
    if len(readings) > 1:
        readings_told = " or ".join(f"{edtf} ({layout})" for edtf, layout in readings.items())
        raise DateError(f"{text!r} has two readings: {readings_told}")
    if readings:
        return next(iter(readings))
    layouts = " or ".join(format_.layout for format_ in formats)
    hint = "; for years of two digits, a layout has YY, and from_year = 1950 says of which hundred years they are"
    short = _layout_of_short_year(bare) and not any(format_.from_year for format_ in formats)
    raise error or DateError(f"{text!r} is not written as {layouts}{hint if short else ''}")


def _layout_of_short_year(bare: str) -> str | None:
    """The likeliest layout of a day whose year has two digits; None where it has four, or is no day."""
    if not typed.has_short_year(bare):
        return None
    if written := typed.SHORT_YEAR.fullmatch(bare):
        return "YY-MM-DD" if int(written[1]) > 31 else f"DD{written[2]}MM{written[2]}YY"
    named = typed.SHORT_YEAR_NAMED.fullmatch(bare)
    if named is None or not named[1]:
        return f"Month{named[4] if named else ' '}YY"
    return f"D{named[2]}Month{named[4]}YY"


def from_parts(year: str, month: str, day: str) -> str:
    """Return the EDTF of a year, a month and a day in cells of their own; empty ones are not known."""
    given = [part for part in (year, month, day) if part]
    if not year or (day and not month):
        missing = "the month" if year else "the year"
        raise DateError(f"{missing} is not given, but {' and '.join(map(repr, given))} is")
    numbers = [_month(part) if part is month else part.removesuffix(".0") for part in given]
    return typed.parse("-".join(number.zfill(2) for number in numbers)).edtf


def _reading(text: str, format_: Format) -> str | None:
    if format_.pattern is None:
        return _serial(text)
    match = format_.pattern.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    if parts.get("short"):
        first = format_.from_year
        parts["year"] = str(first + (int(parts["short"]) - first) % 100)
    month = parts.get("month") or (_month(parts["name"]) if parts.get("name") else None)
    return "-".join(part.zfill(2) for part in (parts["year"], month, parts.get("day")) if part)


def _serial(text: str) -> str | None:
    from tracker.importers.sheets import workbook

    if not re.fullmatch(r"\d{1,6}(?:\.\d+)?", text, re.ASCII):
        return None
    try:
        return workbook.date(text, "d", from_1904=False)[:10]
    except ValueError as error:
        raise DateError(str(error)) from None


def _month(text: str) -> str:
    bare = text.strip(". ").removesuffix(".0")
    if bare.isdecimal():
        return bare
    number = typed.month_number(bare)
    if number is None:
        raise DateError(f"{text!r} is no month")
    return str(number)
