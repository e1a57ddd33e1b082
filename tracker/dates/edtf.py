"""The rarer forms of EDTF (ISO 8601-2:2019, levels 1 and 2): unknown digits, seasons, marks on a part, one-of sets.

Our own parser: python-edtf 5.0.2 costs 120 ms to import and 6 ms a date, takes 2010-02-29 for a day and fails on
``[..1984]`` and ``1964-1X-01``. Only texts that are no ordinary date come here (``dates`` reads those without it).

The reading is of instants: ``1964-XX-16`` is one day, the sixteenth of some month of 1964, and a set is one of its
members. Bounds are the first and last day that the text allows; what lies between and is not meant stays possible.
"""

import re
from typing import NamedTuple

from tracker.dates.day import FIRST_YEAR, FORMS, LAST_YEAR, DateError, ShapeError, days_in_month


class Point(NamedTuple):
    """A year, month, day or season: canonical text, first and last possible day, doubt."""

    edtf: str
    earliest: str
    latest: str
    uncertain: bool


MARK = "[?~%]?"
TWO = f"-{MARK}[0-9X]{{2}}{MARK}"
SHAPE = re.compile(f"{MARK}[0-9X]{{4}}{MARK}(?:{TWO}(?:{TWO})?)?")
OUTSIDE = re.compile(r"(?:Y-?|-)[0-9]{4,}(?:-[0-9X]{2}){0,2}")
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


def point(part: str, text: str) -> Point:
    """Read what is no plain date; ``text`` is the whole input, for messages. Raises DateError."""
    if not SHAPE.fullmatch(part):
        if OUTSIDE.fullmatch(part):
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
    return Point(part, earliest, latest, doubt)


def one_of(inner: str, text: str) -> tuple[str, str | None, str | None, bool]:
    """Read a set such as ``[1667,1668,1670..1672]``, without its brackets: one of these days, which is not known.

    Returns canonical text, earliest, latest, doubt. A set of one run of days is the interval ``A/B``.
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
    return kept, found[order[0]][0], latest, any(doubt for _, _, doubt in found.values())


def _member(member: str, text: str) -> tuple[str, str | None, str | None, bool]:
    from tracker.dates import day as dates

    if ".." not in member:
        return dates.point(member, text)
    first, _, second = member.partition("..")
    if not (first or second):
        raise DateError(f"'{text}' leaves both ends open, which says nothing: leave the date out instead")
    begin = dates.point(first, text) if first else ("", None, None, False)
    end = dates.point(second, text) if second else ("", None, None, False)
    if begin[1] and end[2] and begin[1] > end[2]:
        raise DateError(f"'{text}' ends before it begins: write {second}..{first}")
    if first == second:
        return begin
    return f"{begin[0]}..{end[0]}", begin[1], end[2], begin[3] or end[3]


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
