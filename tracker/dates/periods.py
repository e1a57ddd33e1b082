"""Periods of time and calendar arithmetic on ISO days.

Months and years are calendar months, clamped to the end of the month (2019-02-02 plus six months is 2019-08-02, 31
January plus one month the last day of February), as treaty terms count them.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from tracker.dates.day import FIRST_YEAR, LAST_YEAR, MONTH_LENGTHS, OPEN, DateError, Stretch, days_in_month

UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


class PeriodError(ValueError):
    """A text that is no period, or a day that a period would move out of the register's years."""


class Period(NamedTuple):
    """A length of time in calendar months and days; a year is twelve months, a week seven days."""

    months: int
    days: int

    def times(self, factor: int) -> "Period":
        """Return the period taken ``factor`` times; -1 goes back in time."""
        return Period(self.months * factor, self.days * factor)


@lru_cache(maxsize=1024)
def parse(text: str) -> Period:
    """Read an ISO 8601 period of whole years, months, weeks and days: ``P1Y``, ``P90D``, ``P1Y6M``."""
    months = days = 0
    rest = text.strip().upper()
    number = ""
    order = "YMWD"
    if not rest.startswith("P") or len(rest) < 3:
        raise PeriodError(f"'{text}' is not a period: expected ISO 8601 such as P90D, P6M, P1Y")
    for sign in rest[1:]:
        if sign.isascii() and sign.isdecimal() and len(number) < 5:
            number += sign
        elif sign in order and number:
            months += int(number) * {"Y": 12, "M": 1}.get(sign, 0)
            days += int(number) * {"W": 7, "D": 1}.get(sign, 0)
            order, number = order[order.index(sign) + 1 :], ""
        else:
            raise PeriodError(f"'{text}' is not a period: expected ISO 8601 such as P90D, P6M, P1Y")
    if number:
        raise PeriodError(f"'{text}' lacks a unit after {number}: write P{number}D, P{number}M or P{number}Y")
    return Period(months, days)


def add(day: str, period: Period) -> str:
    """Return the ISO day that lies ``period`` after ``day``; months first, then days."""
    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
    if period.months:
        total = year * 12 + month - 1 + period.months
        year, month = divmod(total, 12)
        month += 1
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise PeriodError(f"{day} moved by {period.months} months leaves the years {FIRST_YEAR} to {LAST_YEAR}")
        number = min(number, days_in_month(year, month))
    if not period.days:
        return f"{year:04d}-{month:02d}-{number:02d}"
    try:
        moved = date(year, month, number) + timedelta(days=period.days)
    except OverflowError:
        moved = None
    # A day beyond the last year is still a bound to compare with (2200-12-31 plus one).
    if moved is None or not FIRST_YEAR - 1 <= moved.year <= LAST_YEAR + 1:
        raise PeriodError(f"{day} moved by {period.days} days leaves the years {FIRST_YEAR} to {LAST_YEAR}")
    return moved.isoformat()


def most_days(period: Period) -> int:
    """Return the days that a period lasts at most."""
    return period.months * max(MONTH_LENGTHS) + period.days


def begun(day: str, starts: str | None) -> str:
    """Return the ISO day on which something starts, once a day is reached: ``vocabulary.STARTS``; None = that day."""
    if starts is None or (starts == "first_of_month" and day[8:] == "01"):
        return day
    first = f"{day[:4]}-01-01" if starts == "first_of_following_year" else f"{day[:7]}-01"
    return add(first, Period(12 if starts == "first_of_following_year" else 1, 0))


def add_days(day: str, days: int) -> str:
    """Return the ISO day that lies ``days`` after ``day`` (before it, if negative)."""
    return add(day, Period(0, days))


def later(days: Stretch, period: Period) -> Stretch:
    """Return possible days moved by a period."""
    earliest, latest = (day if day in ("", OPEN) else add(day, period) for day in days[:2])
    return Stretch(earliest, latest, days.uncertain)


def offset(day: str, text: str) -> str | None:
    """Return ``day`` moved by a short offset (``+180d``, ``-2y``, ``+1m``, ``+2w``), None where the text is none."""
    if len(text) < 3 or text[0] not in "+-" or text[-1] not in UNITS:
        return None
    number = text[1:-1].strip()
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        return None
    count = int(number) * (-1 if text[0] == "-" else 1)
    unit = text[-1]
    if unit in "my":
        return add(day, Period(count * (12 if unit == "y" else 1), 0))
    return add(day, Period(0, count * (7 if unit == "w" else 1)))


def relative_day(text: str, today: str) -> str | None:
    """Return the ISO day of ``today``, ``yesterday``, ``eom``, ``-2y``, ``today+180d``, ``eom-1w``, else None."""
    bare = text.strip().lower().replace(" ", "")
    cut = min((place for place in (bare.find("+"), bare.find("-")) if place >= 0), default=len(bare))
    word, moved = bare[:cut], bare[cut:]
    day = today if word == "" and moved else _named_day(word, today)
    if day is None or not moved:
        return day
    try:
        return offset(day, moved)
    except PeriodError as error:
        raise DateError(f"'{text}': {error}") from None


def _named_day(word: str, today: str) -> str | None:
    if word in ("today", "now"):
        return today
    if word in ("yesterday", "tomorrow"):
        return add_days(today, 1 if word == "tomorrow" else -1)
    if len(word) != 3 or word[0] not in "se" or word[1] != "o" or word[2] not in "mqy":
        return None
    year, month = int(today[:4]), int(today[5:7])
    quarter = (month - 1) // 3 * 3
    opening, closing = {"m": (month, month), "q": (quarter + 1, quarter + 3), "y": (1, 12)}[word[2]]
    if word[0] == "s":
        return f"{year:04d}-{opening:02d}-01"
    return f"{year:04d}-{closing:02d}-{days_in_month(year, closing):02d}"
