"""``--since``: signed in a year, or on a day, or later."""

from tracker.errors import InvalidValue, UsageProblem
from tracker.query.arguments import FilterArguments


def narrowed(options: FilterArguments, since: str | None, today: str) -> FilterArguments:
    """Return the options with what ``--since`` asks for; it is ``--signed`` with an open end."""
    if since is None:
        return options
    if options.signed is not None:
        raise UsageProblem("--since and --signed ask for the same; give one of them")
    from tracker.dates import ranges
    from tracker.dates.day import DateError

    text = f"{since.strip()}.."
    try:
        asked = ranges.parse_range(text, today)
    except DateError as error:
        raise InvalidValue(f"--since {since!r}: expected a year or a day, such as 2015") from error
    if asked.first is None or asked.last is not None:
        raise InvalidValue(f"--since {since!r}: expected a year or a day, such as 2015")
    return options._replace(signed=text)
