"""Numbers of a workbook as text: dates by the format of their cell, and no more exact than it shows them."""

import re
from datetime import datetime, timedelta
from functools import lru_cache

BUILT_IN = {
    **dict.fromkeys((14, 15, 22, 27, 30, 31, 36, 50, 51, 54, 57, 58), "d"),
    **dict.fromkeys((16, 28, 29, 53), "d"),
    **dict.fromkeys((17, 52, 55, 56), "m"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "t"),
}
"""Number formats that a workbook does not write out (ECMA-376 part 1, 18.8.30): day, month, or time of day alone."""

_SAID_OTHERWISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""What a format code shows as it stands: quoted text, escapes, colours and conditions."""


def shows(code: str) -> str | None:
    """Tell what a number format shows: ``d`` a day, ``m`` a month, ``y`` a year, ``t`` a time; None: a number."""
    bare = _SAID_OTHERWISE.sub("", code.split(";", maxsplit=1)[0]).lower()
    if bare in ("general", "@") or re.search(r"[0#?]", re.sub(r"[s.]\.?0+", "", bare)):
        return None
    if "d" in bare or "e" in bare.replace("general", ""):
        return "d"
    if "y" in bare:
        return "m" if "m" in bare else "y"
    return "t" if re.search(r"[hms]", bare) else None


@lru_cache(maxsize=8192)
def date(serial: str, shown: str, *, from_1904: bool) -> str:
    """Write a serial number as ``2023-01-12``, ``2023-01`` or ``2023``; the time of day follows where it is not zero.

    Excel counts days from 1900 and believes that 1900 was a leap year. Raises ValueError for a serial that is no day.
    """
    days = float(serial)
    if from_1904:
        moment = datetime(1904, 1, 1) + timedelta(days=days)  # noqa: DTZ001 - a wall clock
    elif 0 < days < 2958466 and int(days) != 60:
        moment = datetime(1899, 12, 30 if days > 60 else 31) + timedelta(days=days)  # noqa: DTZ001
    else:
        raise ValueError(f"{serial} is the serial number of no day")
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    if shown == "y":
        return f"{moment.year:04d}"
    if shown == "m":
        return f"{moment.year:04d}-{moment.month:02d}"
    text = moment.date().isoformat()
    return text if moment.time() == datetime.min.time() else f"{text} {moment:%H:%M:%S}"


def plain(text: str) -> str:
    """Write a number as people do: ``1`` for ``1.0``, everything else as it is stored."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
