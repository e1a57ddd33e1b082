"""Ranges of days as queries ask for them.

``2023``, ``2015..2020`` or ``2015/2020``, ``..2023-10-31``, ``2020..``, ``today``, ``today+180d``, ``-2y`` (the day two
years ago, so ``-2y..`` is the time since), ``som`` ``eom`` ``soq`` ``eoq`` ``soy`` ``eoy`` (start and end of this
month, quarter, year). Both ends belong to the range.
"""

from tracker.dates.day import DateError, DayRange, ShapeError
from tracker.dates.periods import relative_day
from tracker.dates.typed import read

FORMS = "2023, 2015..2020, ..2023-10-31, 2020.., today+180d, -2y.., eom"


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
