"""Ranges of days as queries ask for them, and the moments at which the register is looked at.

``2023``, ``2015..2020`` or ``2015/2020``, ``..2023-10-31``, ``2020..``, ``today``, ``today+180d``, ``-2y`` (the day two
years ago, so ``-2y..`` is the time since), ``som`` ``eom`` ``soq`` ``eoq`` ``soy`` ``eoy`` (start and end of this
month, quarter, year). Both ends belong to the range.

Moments (``--known-at``, the ends of a ``diff``) are instants as the log writes them: UTC text with microseconds and
``Z`` (ISO 8601), so that text sorts as time does.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from tracker.dates.day import DateError, DayRange, ShapeError
from tracker.dates.periods import relative_day
from tracker.dates.typed import read

FORMS = "2023, 2015..2020, ..2023-10-31, 2020.., today+180d, -2y.., eom"

FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""As the log writes them."""

START_OF_DAY = "T00:00:00.000000Z"
END_OF_DAY = "T23:59:59.999999Z"

LAST = "9999-12-31T23:59:59.999999Z"
"""After everything."""

FORMS_OF_INSTANTS = (
    "a day (2023-01-20, its end in UTC), a month, a year, today, -2y, or a time such as 2023-01-20T15:30Z"
)


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
        date = read(side, today)
    except ShapeError as error:
        if side == text.strip():
            raise DateError(f"{error}; or a range: {FORMS}") from None
        raise DateError(f"'{text}': {error}") from None
    return date.earliest, date.latest


def parse_instant(text: str, today: str) -> str:
    """Return the instant that a text names: of a day, month or year the last one, in UTC.

    A time without a zone is UTC. Raises DateError with the forms that are understood.
    """
    return _instant(text, lambda bare: parse_range(bare, today).last, END_OF_DAY)


def parse_start(text: str, today: str) -> str:
    """Return the first instant of what a text names: of a day, month or year its beginning, in UTC."""
    return _instant(text, lambda bare: parse_range(bare, today).first, START_OF_DAY)


def shown_instant(instant: str) -> str:
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
        raise DateError(f"'{text}' is no moment: expected {FORMS_OF_INSTANTS}")
    return day + time


def _time(bare: str, text: str) -> str:
    try:
        moment = datetime.fromisoformat(bare.upper().replace(" ", ""))
    except ValueError:
        raise DateError(f"'{text}' is no moment: expected {FORMS_OF_INSTANTS}") from None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime(FORMAT)
    except OverflowError:
        raise DateError(f"'{text}' lies outside the years 1 to 9999: expected {FORMS_OF_INSTANTS}") from None
