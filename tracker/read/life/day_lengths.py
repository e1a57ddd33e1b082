"""Lengths of time as options take them: ``180d``, ``2y``, ``P6M``, or a day such as ``2027-03-31`` or ``eoy``."""

from tracker.dates import periods, ranges
from tracker.dates.day import DateError
from tracker.dates.periods import PeriodError
from tracker.errors import InvalidValue

EXPECTED = "expected a length such as 180d, 6m, 2y, or a day"
SIDES = {"+": "before", "-": "after"}


def ahead(option: str, text: str, day: str) -> str:
    """Return the last day of a length that begins on ``day``; raises InvalidValue."""
    return _moved(option, text, day, "+")


def back(option: str, text: str, day: str) -> str:
    """Return the day that lies a length before ``day``; raises InvalidValue."""
    return _moved(option, text, day, "-")


def _moved(option: str, text: str, day: str, sign: str) -> str:
    bare = text.strip().lower().replace(" ", "")
    if bare.startswith("-" if sign == "+" else "+"):
        raise InvalidValue(f"{option} {text!r} lies {SIDES[sign]} {day}: {EXPECTED}")
    bare = bare.lstrip("+-")
    try:
        if bare.startswith("p"):
            return periods.add(day, periods.parse(bare).times(1 if sign == "+" else -1))
        moved = periods.offset(day, sign + bare)
        if moved is not None:
            return moved
        asked = ranges.parse_range(text, day)
    except PeriodError as error:
        raise InvalidValue(f"{option} {text!r}: {error}") from error
    except DateError as error:
        raise InvalidValue(f"{option} {text!r}: {EXPECTED}") from error
    edge = asked.last if sign == "+" else asked.first
    if edge is None or (edge < day if sign == "+" else edge > day):
        raise InvalidValue(f"{option} {text!r} lies {SIDES[sign]} {day}: {EXPECTED}")
    return edge
