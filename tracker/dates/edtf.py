"""EDTF (ISO 8601-2:2019, levels 0 to 2), the way in which the register writes its dates.

Our own parser: python-edtf 5.0.2 costs 120 ms to import and 6 ms a date, takes 2010-02-29 for a day and fails on
``[..1984]`` and ``1964-1X-01``. The reading is of instants: ``1964-XX-16`` is one day, the sixteenth of some month of
1964, and a set is one of its members. Bounds are the first and last day that the text allows; what lies between and is
not meant stays possible.
"""

import re
from functools import lru_cache

from tracker.dates.day import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAMES,
    DateError,
    PartialDate,
    ShapeError,
    days_in_month,
)

FORMS = (
    "YYYY, YYYY-MM, YYYY-MM-DD, A/B (one day between), ../B, A/.., 201X, [A,B] (one of these), "
    "with ? or ~ at the end where it is in doubt"
)
REMEMBERED = 32768
"""Distinct texts whose bounds are kept in memory; an import repeats its dates."""

SIGNS = "0123456789X-/.,[]?~%"
"""All signs of which dates are written as the record holds them."""

MARK = "[?~%]?"
TWO = f"-{MARK}[0-9X]{{2}}{MARK}"
SHAPE = f"{MARK}[0-9X]{{4}}{MARK}(?:{TWO}(?:{TWO})?)?"
OUTSIDE = r"(?:Y-?|-)[0-9]{4,}(?:-[0-9X]{2}){0,2}"
"""Years of more than four digits, and before our era."""

TURN = (-1, 12, 1, 2)
"""Winter, and summer in the south, lie across the turn of the year: "winter 2001" is either of two."""
SEASONS = {
    21: (0, 3, 0, 11), 22: TURN, 23: (0, 3, 0, 11), 24: TURN,
    25: (0, 3, 0, 5), 26: (0, 6, 0, 8), 27: (0, 9, 0, 11), 28: TURN,
    29: (0, 9, 0, 11), 30: TURN, 31: (0, 3, 0, 5), 32: (0, 6, 0, 8),
    33: (0, 1, 0, 3), 34: (0, 4, 0, 6), 35: (0, 7, 0, 9), 36: (0, 10, 0, 12),
    37: (0, 1, 0, 4), 38: (0, 5, 0, 8), 39: (0, 9, 0, 12),
    40: (0, 1, 0, 6), 41: (0, 7, 0, 12),
}  # fmt: skip
"""Season code to first and last month, each with the year it lies in relative to the one written.

21-24 spring to winter, of which hemisphere is not said, so either; 25-28 northern, 29-32 southern; 33-36 quarters,
37-39 thirds, 40-41 halves of a year (ISO 8601-2, 4.8).
"""


@lru_cache(maxsize=REMEMBERED)
def parse(text: str) -> PartialDate:
    """Read EDTF as the record holds it; ``[A..B]`` is taken and kept as ``A/B``. Anything else is a DateError."""
    bare = text.strip()
    if len(bare) == 10 and bare[4] == "-" == bare[7]:
        date = point(bare, text)
        if not date.uncertain and date.earliest == date.edtf:
            return date
    if bare[:1] == "[" and bare[-1:] == "]":
        return one_of(bare[1:-1], text)
    if bare[:1] == "{" and bare[-1:] == "}":
        raise DateError(f"'{text}' names several days that are all meant: record an event for each")
    if "/" in bare:
        return _interval(bare, text)
    return point(bare, text)


def _interval(bare: str, text: str) -> PartialDate:
    first, _, second = bare.partition("/")
    first, second = first or "..", second or ".."  # an end that is not known bounds no more than an open one
    if first == second == "..":
        raise DateError(f"'{text}' leaves both ends open, which says nothing: leave the date out instead")
    earliest: str | None = None
    latest: str | None = None
    doubt = doubt_too = False
    if first != "..":
        first, earliest, _, doubt = point(first, text)
    if second != "..":
        if second[:4].isdecimal() and int(second[:4]) > LAST_YEAR and earliest:
            raise DateError(f"'{text}': years run from {FIRST_YEAR} to {LAST_YEAR}; write {first}/.. for an open end")
        second, _, latest, doubt_too = point(second, text)
    if earliest and latest and earliest > latest:
        raise DateError(f"'{text}' ends before it begins: write {second}/{first}")
    if first == second:
        return parse(first)
    return PartialDate(f"{first}/{second}", earliest, latest, doubt or doubt_too)


def point(part: str, text: str) -> PartialDate:
    """Read a year, month, day or season.

    ``text`` is the whole input, for messages. Raises ShapeError for another shape, DateError for an impossible day.
    """
    bare = part.rstrip("?~%")
    marks = part[len(bare) :]
    if marks and len(marks) > 1:
        marks = "%" if len(set(marks)) > 1 else marks[0]
    size = len(bare)
    digits = bare.replace("-", "")
    shaped = (size == 4 or (size in (7, 10) and bare[4] == "-")) and (size < 10 or bare[7] == "-")
    if not (shaped and len(digits) == size - (size > 4) - (size > 7) and digits.isascii() and digits.isdecimal()):
        return rarer_point(bare + marks, text)
    year = int(bare[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"'{text}': years run from {FIRST_YEAR} to {LAST_YEAR}; leave the date out if it is not known")
    if size == 4:
        return PartialDate(bare + marks, f"{bare}-01-01", f"{bare}-12-31", bool(marks))
    month = int(bare[5:7])
    if not 1 <= month <= 12:
        if size == 7 and month > 20:
            return rarer_point(bare + marks, text)
        raise DateError(f"'{text}': there is no month {bare[5:7]}; write {bare[:4]} if the month is not known")
    length = days_in_month(year, month)
    if size == 7:
        return PartialDate(bare + marks, f"{bare}-01", f"{bare}-{length}", bool(marks))
    if not 1 <= int(bare[8:]) <= length:
        raise DateError(
            f"'{text}' is no day of the calendar: {MONTH_NAMES[month - 1]} {year} has {length} days; "
            f"write {bare[:7]} if the day is not known"
        )
    return PartialDate(bare + marks, bare, bare, bool(marks))


@lru_cache(maxsize=REMEMBERED)
def bounds(text: str | None) -> tuple[str | None, str | None, bool]:
    """Return the earliest day, the latest day and the doubt of an EDTF text; no text has neither and no doubt."""
    if text is None:
        return None, None, False
    date = parse(text)
    return date.earliest, date.latest, date.uncertain


def rarer_point(part: str, text: str) -> PartialDate:
    """Read what is no plain date; ``text`` is the whole input, for messages. Raises DateError."""
    if not re.fullmatch(SHAPE, part):
        if re.fullmatch(OUTSIDE, part):
            raise DateError(
                f"'{text}': years run from {FIRST_YEAR} to {LAST_YEAR}; leave the date out if it is not known"
            )
        raise ShapeError(f"'{text}' is not a date of the register: expected {FORMS}")
    bare = re.sub("[?~%]", "", part)
    doubt = bare != part
    year, month, day = [*bare.split("-"), "", ""][:3]
    if month.isdecimal() and int(month) > 12 and not day:
        earliest, latest = _season(year, month, text)
    else:
        earliest, latest = _unspecified(year, month, day, text)
    return PartialDate(part, earliest, latest, doubt)


def one_of(inner: str, text: str) -> PartialDate:
    """Read a set such as ``[1667,1668,1670..1672]``, without its brackets: one of these days, which is not known.

    A set of one run of days is the interval ``A/B``.
    """
    members = {member.strip() for member in inner.split(",")}
    found: dict[str, tuple[str | None, str | None, bool]] = {}
    for member in members:
        if not member:
            raise ShapeError(
                f"'{text}' is not a date of the register: a set names its members, as in [1667,1670..1672]"
            )
        edtf, earliest, latest, doubt = _member(member, text)
        found[edtf] = earliest, latest, doubt
    order = sorted(found, key=lambda edtf: (found[edtf][0] or "", found[edtf][1] or "~", edtf))
    lasts = [found[edtf][1] for edtf in order]
    if len(order) == 1:
        kept = order[0].replace("..", "/", 1) if ".." in order[0] else order[0]
        kept = f"..{kept}" if kept.startswith("/") else f"{kept}.." if kept.endswith("/") else kept
    else:
        kept = f"[{','.join(order)}]"
    latest = None if None in lasts else max(day for day in lasts if day is not None)
    return PartialDate(kept, found[order[0]][0], latest, any(doubt for _, _, doubt in found.values()))


def _member(member: str, text: str) -> PartialDate:
    if ".." not in member:
        return point(member, text)
    first, _, second = member.partition("..")
    if not (first or second):
        raise DateError(f"'{text}' leaves both ends open, which says nothing: leave the date out instead")
    begin = point(first, text) if first else PartialDate("", None, None, uncertain=False)
    end = point(second, text) if second else PartialDate("", None, None, uncertain=False)
    if begin.earliest and end.latest and begin.earliest > end.latest:
        raise DateError(f"'{text}' ends before it begins: write {second}..{first}")
    if first == second:
        return begin
    return PartialDate(f"{begin.edtf}..{end.edtf}", begin.earliest, end.latest, begin.uncertain or end.uncertain)


def _season(year: str, code: str, text: str) -> tuple[str, str]:
    if int(code) not in SEASONS:
        raise DateError(f"'{text}': there is no month {code}; write {year} if the month is not known")
    if not year.isdecimal():
        raise DateError(f"'{text}': a season needs its year; write {year} if the season is not of one year")
    before, first, after, last = SEASONS[int(code)]
    begun, over = int(year) + before, int(year) + after
    if begun < FIRST_YEAR or over > LAST_YEAR:
        raise DateError(f"'{text}': years run from {FIRST_YEAR} to {LAST_YEAR}; leave the date out if it is not known")
    return f"{begun}-{first:02d}-01", f"{over}-{last:02d}-{days_in_month(over, last)}"


def _unspecified(year: str, month: str, day: str, text: str) -> tuple[str, str]:
    """Return the first and last day of the calendar that the digits allow; ``X`` is any digit."""
    if year == "XXXX":
        raise DateError(f"'{text}' does not tell the year: leave the date out, and say in the note what is known")
    within = range(int(year.replace("X", "0")), int(year.replace("X", "9")) + 1)
    years = [number for number in within if FIRST_YEAR <= number <= LAST_YEAR and _fits(year, number)]
    if not years:
        raise DateError(f"'{text}': years run from {FIRST_YEAR} to {LAST_YEAR}; leave the date out if it is not known")
    months = [number for number in range(1, 13) if _fits(month or "XX", number)]
    days = [number for number in range(1, 32) if _fits(day or "XX", number)]
    earliest = _first(years, months, days)
    latest = _first(years[::-1], months[::-1], days[::-1])
    if earliest is None or latest is None:
        shorter = f"{year}-{month}" if months else year
        raise DateError(f"'{text}' is no day of the calendar; write {shorter} if the rest is not known")
    return earliest, latest


def _first(years: list[int], months: list[int], days: list[int]) -> str | None:
    """Return the first day of the calendar among the candidates, in the order in which they are given."""
    for year in years:
        for month in months:
            length = days_in_month(year, month)
            for day in days:
                if day <= length:
                    return f"{year}-{month:02d}-{day:02d}"
    return None


def _fits(pattern: str, number: int) -> bool:
    digits = str(number).zfill(len(pattern))
    return all(sign in ("X", digit) for sign, digit in zip(pattern, digits, strict=True))
