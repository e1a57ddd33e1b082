"""Moments at which the register is looked at: ``--known-at`` and the ends of a ``diff``.

The log writes instants as UTC text with microseconds and ``Z`` (ISO 8601), so that text sorts as time does.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from tracker.dates import ranges
from tracker.dates.day import DateError

FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""As the log writes them."""

START_OF_DAY = "T00:00:00.000000Z"
END_OF_DAY = "T23:59:59.999999Z"

LAST = "9999-12-31T23:59:59.999999Z"
"""After everything."""

FORMS = "a day (2023-01-20, its end in UTC), a month, a year, today, -2y, or a time such as 2023-01-20T15:30Z"


def parse(text: str, today: str) -> str:
    """Return the instant that a text names: of a day, month or year the last one, in UTC.

    A time without a zone is UTC. Raises DateError with the forms that are understood.
    """
    return _instant(text, lambda bare: ranges.parse_range(bare, today).last, END_OF_DAY)


def parse_start(text: str, today: str) -> str:
    """Return the first instant of what a text names: of a day, month or year its beginning, in UTC."""
    return _instant(text, lambda bare: ranges.parse_range(bare, today).first, START_OF_DAY)


def shown(instant: str) -> str:
    """Return an instant as people read it: the day alone where it is the beginning or the end of one."""
    return instant.removesuffix(START_OF_DAY).removesuffix(END_OF_DAY)


def _instant(text: str, day_of: Callable[[str], str | None], time: str) -> str:
    bare = text.strip()
    if "T" in bare.upper() and ":" in bare:
        return _time(bare, text)
    try:
        day = day_of(bare)
    except DateError:
        day = None
    if day is None:
        raise DateError(f"'{text}' is no moment: expected {FORMS}")
    return day + time


def _time(bare: str, text: str) -> str:
    try:
        moment = datetime.fromisoformat(bare.upper().replace(" ", ""))
    except ValueError:
        raise DateError(f"'{text}' is no moment: expected {FORMS}") from None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime(FORMAT)
    except OverflowError:
        raise DateError(f"'{text}' lies outside the years 1 to 9999: expected {FORMS}") from None
