"""Partial dates: EDTF text (ISO 8601-2:2019, levels 0 to 2) with its earliest and latest possible day.

Our reading is of instants: ``2023`` is one day in 2023, ``A/B`` one day between A and B. Days are ISO text, which
sorts as the calendar does; None is an open end. Years run from 1300 to 2200: what lies outside is a spreadsheet's way
to say "none" (9999-12-31, 0001-01-01, 2899-01-01). Ordinary forms are read here, the rarer ones in ``edtf``.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

FIRST_YEAR = 1300
LAST_YEAR = 2200
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FORMS = (
    "YYYY, YYYY-MM, YYYY-MM-DD, A/B (one day between), ../B, A/.., 201X, [A,B] (one of these), "
    "with ? or ~ at the end where it is in doubt"
)
OPEN = "~"
"""Stands for "no latest day" while days are compared as text: it sorts after every ISO day."""
REMEMBERED = 32768
"""Distinct texts whose bounds are kept in memory; an import repeats its dates."""


class DateError(ValueError):
    """A text that is no date, with what was expected and the nearest right form."""


class ShapeError(DateError):
    """A text of another shape than EDTF, as against an impossible day in the right shape."""


class PartialDate(NamedTuple):
    """A date as exact as it is known: canonical text, first and last possible day (None = open), and doubt."""

    edtf: str
    earliest: str | None
    latest: str | None
    uncertain: bool


def days_in_month(year: int, month: int) -> int:
    """Return the length of a month of the (proleptic) Gregorian calendar in days."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return MONTH_LENGTHS[month - 1] + leap


def parse(text: str) -> PartialDate:
    """Read EDTF as the record holds it; ``[A..B]`` is taken and kept as ``A/B``. Anything else is a DateError."""
    try:
        return _parse(text)
    except ShapeError as error:
        from tracker.dates import typed as typed_dates

        nearest = typed_dates.nearest(text)
        if nearest is None:
            raise
        raise ShapeError(f"{error}; write {nearest}") from None


def read(text: str, today: str) -> PartialDate:
    """Read a date as a person types it: EDTF, "12 January 2023", "c. 1996", "before 17 Nov 2023", "today+30d".

    ``today`` is an ISO day. A text with two readings (01/02/2023) is refused with both.
    """
    try:
        return _parse(text)
    except ShapeError:
        from tracker.dates import typed as typed_dates

        return typed_dates.read(text, today)


@lru_cache(maxsize=REMEMBERED)
def bounds(text: str | None) -> tuple[str | None, str | None, bool]:
    """Return the earliest day, the latest day and the doubt of an EDTF text; no text has neither and no doubt."""
    if text is None:
        return None, None, False
    date = parse(text)
    return date.earliest, date.latest, date.uncertain


def last(dates: Sequence[PartialDate]) -> PartialDate | None:
    """Return the later of several partial dates, as exact as the dates that may be the last allow."""
    if len(dates) < 2:
        return dates[0] if dates else None
    earliest = max(date.earliest or "" for date in dates) or None
    latest = None if any(date.latest is None for date in dates) else max(date.latest or "" for date in dates)
    rivals = [date for date in dates if date.latest is None or earliest is None or date.latest >= earliest]
    for date in rivals:
        if date.earliest == earliest and date.latest == latest and (date.uncertain or len(rivals) == 1):
            return date
    doubt = any(date.uncertain for date in rivals)
    if not doubt:
        for date in rivals:
            if date.earliest == earliest and date.latest == latest:
                return date
    return between(earliest, latest, uncertain=doubt)


def between(earliest: str | None, latest: str | None, *, uncertain: bool = False) -> PartialDate:
    """Return the partial date of one day from ``earliest`` to ``latest`` (ISO days; None = open, not both)."""
    text = (earliest or "") if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    # EDTF has no doubt about an open end.
    return PartialDate(text + ("?" if uncertain and latest is not None else ""), earliest, latest, uncertain)


@lru_cache(maxsize=REMEMBERED)
def _parse(text: str) -> PartialDate:
    bare = text.strip()
    if len(bare) == 10 and bare[4] == "-" == bare[7]:
        edtf, day, _, uncertain = point(bare, text)
        if not uncertain and day == edtf:
            return PartialDate(edtf, day, day, uncertain=False)
    if bare[:1] == "[" and bare[-1:] == "]":
        from tracker.dates import edtf as rarer

        kept, first, last_, doubt = rarer.one_of(bare[1:-1], text)
        return PartialDate(kept, first, last_, doubt)
    if bare[:1] == "{" and bare[-1:] == "}":
        raise DateError(f"'{text}' names several days that are all meant: record an event for each")
    if "/" in bare:
        return _interval(bare, text)
    edtf, earliest, latest, uncertain = point(bare, text)
    return PartialDate(edtf, earliest, latest, uncertain)


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
        return _parse(first)
    return PartialDate(f"{first}/{second}", earliest, latest, doubt or doubt_too)


def point(part: str, text: str) -> tuple[str, str, str, bool]:
    """Return canonical text, first and last day and doubt of a year, month, day or season.

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
        return _rarer(bare + marks, text)
    year = int(bare[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"'{text}': years run from {FIRST_YEAR} to {LAST_YEAR}; leave the date out if it is not known")
    if size == 4:
        return bare + marks, f"{bare}-01-01", f"{bare}-12-31", bool(marks)
    month = int(bare[5:7])
    if not 1 <= month <= 12:
        if size == 7 and month > 20:
            return _rarer(bare + marks, text)
        raise DateError(f"'{text}': there is no month {bare[5:7]}; write {bare[:4]} if the month is not known")
    length = days_in_month(year, month)
    if size == 7:
        return bare + marks, f"{bare}-01", f"{bare}-{length}", bool(marks)
    if not 1 <= int(bare[8:]) <= length:
        raise DateError(
            f"'{text}' is no day of the calendar: {MONTH_NAMES[month - 1]} {year} has {length} days; "
            f"write {bare[:7]} if the day is not known"
        )
    return bare + marks, bare, bare, bool(marks)


def _rarer(part: str, text: str) -> tuple[str, str, str, bool]:
    from tracker.dates import edtf

    return edtf.point(part, text)
