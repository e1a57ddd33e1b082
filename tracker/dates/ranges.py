"""Ranges of days in queries, and the three answers to "does this date lie in it".

``2023``, ``2015..2020`` or ``2015/2020``, ``..2023-10-31``, ``2020..``, ``today``, ``today+180d``, ``-2y`` (the day two
years ago, so ``-2y..`` is the time since), ``som`` ``eom`` ``soq`` ``eoq`` ``soy`` ``eoy`` (start and end of this
month, quarter, year). Both ends belong to the range.
"""

from typing import Literal, NamedTuple

from tracker.dates import day as dates
from tracker.dates import periods
from tracker.dates.day import DateError, PartialDate, days_in_month

Answer = Literal["certain", "possible", "no"]
FORMS = "2023, 2015..2020, ..2023-10-31, 2020.., today+180d, -2y.., eom"


class DayRange(NamedTuple):
    """The days from ``first`` to ``last``, both included; None = open."""

    first: str | None
    last: str | None


def parse_range(text: str, today: str) -> DayRange:
    """Read a range of days; ``today`` is an ISO day. Raises DateError with the forms that are understood."""
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1]
    first, second = _sides(bare)
    if not (first or second):
        raise DateError(f"'{text}' leaves both ends open: expected {FORMS}; any asks for any date, none for none")
    begin = _edges(first, text, today)[0] if first else None
    end = _edges(second, text, today)[1] if second else None
    if begin and end and begin > end:
        raise DateError(f"'{text}' ends before it begins: write {second}..{first}")
    return DayRange(begin, end)


def answer(date: PartialDate | None, wanted: DayRange) -> Answer | None:
    """Tell whether a date lies in a range certainly, possibly or not; None where there is no date.

    ``?`` and ``~`` do not widen the bounds of the date, they keep the answer from being certain.
    """
    if date is None:
        return None
    earliest, latest = date.earliest, date.latest
    first, final = wanted.first, wanted.last
    if (final is not None and earliest is not None and earliest > final) or (
        first is not None and latest is not None and latest < first
    ):
        return "no"
    inside = (first is None or (earliest is not None and earliest >= first)) and (
        final is None or (latest is not None and latest <= final)
    )
    return "certain" if inside and not date.uncertain else "possible"


def _sides(bare: str) -> tuple[str, str]:
    """Split a range into the texts of its two ends ('' = open); one date alone is both."""
    if "/" in bare and bare.count("/") == 1:
        first, _, second = bare.partition("/")
        return first.strip().strip("."), second.strip().strip(".")
    if ".." in bare:
        first, _, second = bare.partition("..")
        return first.strip(), second.strip()
    return bare, bare


def _edges(side: str, text: str, today: str) -> tuple[str | None, str | None]:
    """Return the first and last day of one end of a range."""
    day = relative_day(side, today)
    if day is not None:
        return day, day
    try:
        date = dates.read(side, today)
    except dates.ShapeError as error:
        if side == text.strip():
            raise DateError(f"{error}; or a range: {FORMS}") from None
        raise DateError(f"'{text}': {error}") from None
    return date.earliest, date.latest


def relative_day(text: str, today: str) -> str | None:
    """Return the ISO day of ``today``, ``yesterday``, ``eom``, ``-2y``, ``today+180d``, ``eom-1w``, else None."""
    bare = text.strip().lower().replace(" ", "")
    cut = min((place for place in (bare.find("+"), bare.find("-")) if place >= 0), default=len(bare))
    word, moved = bare[:cut], bare[cut:]
    day = today if word == "" and moved else _named_day(word, today)
    if day is None or not moved:
        return day
    try:
        return periods.offset(day, moved)
    except periods.PeriodError as error:
        raise DateError(f"'{text}': {error}") from None


def _named_day(word: str, today: str) -> str | None:
    if word in ("today", "now"):
        return today
    if word in ("yesterday", "tomorrow"):
        return periods.add_days(today, 1 if word == "tomorrow" else -1)
    if len(word) != 3 or word[0] not in "se" or word[1] != "o" or word[2] not in "mqy":
        return None
    year, month = int(today[:4]), int(today[5:7])
    quarter = (month - 1) // 3 * 3
    opening, closing = {"m": (month, month), "q": (quarter + 1, quarter + 3), "y": (1, 12)}[word[2]]
    if word[0] == "s":
        return f"{year:04d}-{opening:02d}-01"
    return f"{year:04d}-{closing:02d}-{days_in_month(year, closing):02d}"
