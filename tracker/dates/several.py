"""Several days that one text names: "14 and 28 December 2023", "2023-12-14; 2023-12-28".

Two signature acts are two events, so whoever reads acts asks here first. "14-16 December" names a span, not days.
"""

import re
from collections.abc import Callable

from tracker.dates.day import DateError
from tracker.dates.typed import ORDINAL

AND = re.compile(r"\s*(?:;|\n|&|\u3001|\u53ca\u3073|(?<![^\W\d_])(?:and|et|und|y|e|en)(?![^\W_]))\s*", re.IGNORECASE)
"""What stands between days, in the languages of ``months``."""

BETWEEN = re.compile(r"(?:between|entre|zwischen|tussen|tra|fra)\b", re.IGNORECASE)
"""What begins a span, not a list."""

_COMMA = re.compile(r"\s*,\s*")
_DAYS = re.compile(r"(?:[^\W\d_]+\.? )?\d{1,2}(?:\s*,\s*\d{1,2})+|[^,]*\d{4}[^,]*(?:,[^,]*\d{4}[^,]*)+")
"""A list with commas: of days of one month, or of dates that hold a year each."""
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\b(?P<rest>[^\d].*\d{4})", re.DOTALL)
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d_]+\.?)\s+\d{1,2}")
_DAY_AND_YEAR = re.compile(r"\d{1,2}\s*,?\s+(?P<year>\d{4})")

Read = Callable[[str], str]
"""Returns the EDTF of one date; raises DateError."""


def days(text: str, read: Read) -> list[str]:
    """Return the dates that a text names one by one, none where it does not name several."""
    bare = ORDINAL.sub("", " ".join(text.split(" "))).strip(" .")
    parts = [part.strip(" .,") for part in AND.split(bare)]
    parts = [piece for part in parts for piece in (_COMMA.split(part) if _DAYS.fullmatch(part) else [part]) if piece]
    if len(parts) < 2 or BETWEEN.match(bare):
        return []
    whole = _completed(parts)
    try:
        found = [read(part) for part in whole]
    except DateError:
        return []
    if any("/" in date for date in found) or (whole != parts and found != sorted(found)):
        return []  # of which year 14 December is in "14 December and 3 January 2024" is not said
    return list(dict.fromkeys(found))


def _completed(parts: list[str]) -> list[str]:
    """Give each part the month and year that the text says once: behind the last day, or before the first."""
    last = parts[-1]
    month, year = _MONTH_FIRST.fullmatch(parts[0]), _DAY_AND_YEAR.fullmatch(last)
    if month and year:  # December 14 and 28, 2023
        numbers = [parts[0], *(f"{month['month']} {part}" for part in parts[1:-1]), f"{month['month']} {last}"]
        return [*(f"{number}, {year['year']}" for number in numbers[:-1]), numbers[-1]]
    done = []
    for part in parts:
        behind = _DAY_FIRST.fullmatch(last)
        if behind and part.isdecimal() and len(part) < 3:
            done.append(f"{part}{behind['rest']}")
        elif behind and not re.search(r"\d{4}", part):  # 14 December and 3 January 2024
            done.append(f"{part} {last[-4:]}")
        else:
            done.append(part)
    return done
