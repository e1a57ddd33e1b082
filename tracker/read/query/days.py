"""Days and lengths of time as options take them: ``--as-of``, ``--since``, ``--within`` and the like."""

from tracker.errors import InvalidValue, UsageProblem
from tracker.query.arguments import FilterArguments

EXPECTED = "expected a length such as 180d, 6m, 2y, or a day"
SIDES = {"+": "before", "-": "after"}


def day(text: str | None, today: str) -> str:
    """Return the one ISO day that ``--as-of`` names, today where it is not given."""
    if text is None:
        return today
    from tracker.dates.day import DateError
    from tracker.dates.ranges import parse_range

    try:
        days = parse_range(text, today)
    except DateError as error:
        raise InvalidValue(f"--as-of {text!r} is not a day: expected a day such as {today}, today, -2y") from error
    if days.first is None or days.first != days.last:
        raise InvalidValue(f"--as-of {text!r} is not one day: expected a day such as {today}")
    return days.first


def signed_since(options: FilterArguments, since: str | None, today: str) -> FilterArguments:
    """Return the options with what ``--since`` asks for; it is ``--signed`` with an open end."""
    if since is None:
        return options
    if options.signed is not None:
        raise UsageProblem("--since and --signed ask for the same; give one of them")
    from tracker.dates.day import DateError
    from tracker.dates.ranges import parse_range

    text = f"{since.strip()}.."
    try:
        days = parse_range(text, today)
    except DateError as error:
        raise InvalidValue(f"--since {since!r}: expected a year or a day, such as 2015") from error
    if days.first is None or days.last is not None:
        raise InvalidValue(f"--since {since!r}: expected a year or a day, such as 2015")
    return options.but(signed=text)


def ahead(option: str, text: str, day: str) -> str:
    """Return the last day of a length that begins on ``day``; raises InvalidValue."""
    return _moved(option, text, day, "+")


def back(option: str, text: str, day: str) -> str:
    """Return the day that lies a length before ``day``; raises InvalidValue."""
    return _moved(option, text, day, "-")


def _moved(option: str, text: str, day: str, sign: str) -> str:
    from tracker.dates import periods
    from tracker.dates.day import DateError
    from tracker.dates.ranges import parse_range

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
        days = parse_range(text, day)
    except periods.PeriodError as error:
        raise InvalidValue(f"{option} {text!r}: {error}") from error
    except DateError as error:
        raise InvalidValue(f"{option} {text!r}: {EXPECTED}") from error
    edge = days.last if sign == "+" else days.first
    if edge is None or (edge < day if sign == "+" else edge > day):
        raise InvalidValue(f"{option} {text!r} lies {SIDES[sign]} {day}: {EXPECTED}")
    return edge
