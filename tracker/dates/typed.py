"""Dates as people type and documents write them, turned into EDTF where they are not EDTF already.

What is not said is not filled in: "Jan 2023" is a month, not its first day. A text with two readings is refused
with both. Names of months are known in the languages in which registers of treaties are kept.
"""

import re
from functools import cache

from tracker.dates import edtf, periods
from tracker.dates.day import MONTH_NAMES, DateError, PartialDate, ShapeError

MONTHS = {
    "en": MONTH_NAMES,
    "fr": (
        *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
        *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
    ),
    "de": (
        *("Januar", "Februar", "Marz", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "it": (
        *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
        *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    ),
    "pt": (
        *("janeiro", "fevereiro", "marco", "abril", "maio", "junho"),
        *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
}
"""January to December by language, without accents; in Russian as they stand behind a day."""

SHORT_MONTHS = {
    "sept": 9, "janv": 1, "fevr": 2, "juil": 7, "mrz": 3, "mrt": 3, "sett": 9, "janner": 1, "jaenner": 1, "maerz": 3,
    "setiembre": 9, "январь": 1, "февраль": 2, "март": 3, "апрель": 4, "маи": 5, "июнь": 6, "июль": 7, "август": 8,
    "сентябрь": 9, "октябрь": 10, "ноябрь": 11, "декабрь": 12,
}  # fmt: skip
"""Usual short forms that are not the first three letters, and other spellings."""

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Japanese eras to the year before their first: 令和5年 is 2023. The calendar of the West holds from 1873 (Meiji 6)."""

ABOUT = (
    *("c.", "ca.", "circa", "ca", "c", "about", "approximately", "approx.", "approx", "around", "roughly"),
    *(
        "vers",
        "environ",
        "env.",
        "um",
        "etwa",
        "hacia",
        "alrededor de",
        "cerca de",
        "por volta de",
        "verso",
        "omstreeks",
    ),
)
FIRST_OF_MONTH = "um de "
"""How the first of a month begins in Portuguese: ``um de janeiro de 1998``."""

ON_OR_BEFORE = ("on or before", "not later than", "no later than", "by", "until", "up to")
ON_OR_AFTER = ("on or after", "not earlier than", "since", "from")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""Seasons to their codes in EDTF; of which hemisphere is not said."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JOINING = frozenset(("of", "the", "on", "in", "de", "del", "le", "den", "am", "do", "г", "года", "год"))
"""Words between the parts of a date: "the 3rd of March", "3 de marzo de 1998", "le 3 mars", "am 3. Mai"."""

ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|er|[\u00ba\u00b0\u00aa])(?![^\W_])")
"""What stands behind the number of a day: ``1st``, ``1er``, ``1\u00ba``."""

SHORT_YEAR = re.compile(r"(\d{1,2})([-/.])\d{1,2}\2\d{2}", re.ASCII)
"""A day with a year of two digits, in whatever order."""

SHORT_YEAR_NAMED = re.compile(r"(?:(\d{1,2})([-/. ]))?([^\W\d_]{3,})\.?([-/. ])'?\d{2}")
"""``1-Dec-17``, ``Jan-23``: which of the numbers is the year is not said either."""

WIDE: dict[int, int | str] = {
    **{0xFF01 + place: 0x21 + place for place in range(94)},
    **{zero + digit: 0x30 + digit for zero in (0x0660, 0x06F0) for digit in range(10)},
    **{ord(korean): sign for korean, sign in zip("년월일", "年月日", strict=True)},
}
"""Signs of double width, as Japanese and Chinese texts write digits, the digits of Arabic and Persian, and the Korean
words for year, month and day, to the usual ones."""


def parse(text: str) -> PartialDate:
    """Read EDTF as ``edtf.parse`` does; of another shape, a DateError names the nearest right form."""
    try:
        return edtf.parse(text)
    except ShapeError as error:
        near = nearest(text)
        if near is None:
            raise
        raise ShapeError(f"{error}; write {near}") from None


def read(text: str, today: str) -> PartialDate:
    """Read a date as a person types it: EDTF, "12 January 2023", "c. 1996", "before 17 Nov 2023", "today+30d".

    ``today`` is an ISO day. A text with two readings (01/02/2023) is refused with both.
    """
    try:
        return edtf.parse(text)
    except ShapeError:
        found = _edtf(text, today)
    if found is None and has_short_year(text.strip()):
        raise ShapeError(f"'{text}' has a year of two digits; write all four, as in 2023-01-12 or 12 Jan 2023")
    if found is None:
        raise ShapeError(f"'{text}' is not a date: expected {edtf.FORMS}, or 12 Jan 2023, c. 1996, today")
    try:
        return parse(found)
    except DateError as error:  # of what was typed, not of what was made of it
        raise type(error)(str(error).replace(f"'{found}'", f"'{text}'", 1)) from None


def has_short_year(text: str) -> bool:
    """Tell whether a text is a day or month whose year has two digits: ``28-12-23``, ``1-Dec-17``, ``Jan-23``."""
    if SHORT_YEAR.fullmatch(text):
        return True
    named = SHORT_YEAR_NAMED.fullmatch(text)
    return named is not None and month_number(named[3]) is not None


def nearest(text: str) -> str | None:
    """Return the EDTF that a text of another shape most likely means, None where nothing is near.

    Two readings (01/02/2023) and impossible days (31 June) are DateErrors that say so.
    """
    try:
        found = _edtf(text, "")
        return None if found is None else edtf.parse(found).edtf
    except (ShapeError, periods.PeriodError):
        return None


def month_number(name: str) -> int | None:
    """The number of the month of that name, whole or cut to three letters; None where it is no month."""
    return _month_numbers().get(plain(name).strip("."))


def plain(text: str) -> str:
    """Bring a text to lower case without accents; signs of other widths become the usual ones."""
    if text.isascii():
        return text.lower()
    import unicodedata

    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f"))


@cache
def _month_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    cut: dict[str, set[int]] = {}
    for names in MONTHS.values():
        for month, name in enumerate(names, 1):
            numbers[name.lower()] = month
            cut.setdefault(name.lower()[:3], set()).add(month)
    return {**{short: months.pop() for short, months in cut.items() if len(months) == 1}, **SHORT_MONTHS, **numbers}


def usual(text: str) -> str:
    """Write digits, and the Korean words of a day, as they are usual here."""
    return text if text.isascii() else text.translate(WIDE)


def _edtf(text: str, today: str) -> str | None:
    text = usual(text)
    bare = " ".join(text.replace("\u2013", "-").replace("\u2014", "-").split()).strip(" .,;").lower()
    if not bare or len(bare) > 60:
        return None
    return (
        _relative(bare, today)
        or _bounded(bare, today)
        or _about(bare, today)
        or _numeric(bare, text)
        or _unspecified(bare)
        or _either(bare, today)
        or _words(bare)
        or _by_dateutil(bare)
    )


def _relative(bare: str, today: str) -> str | None:
    if not today:
        return None
    return periods.relative_day(bare, today)


def _bounded(bare: str, today: str) -> str | None:
    """Read "before X", "by X", "after X", "since X", "between A and B", "A to B"."""
    for words, side in ((ON_OR_BEFORE, "last"), (ON_OR_AFTER, "first"), (("before",), "before"), (("after",), "after")):
        for word in words:
            if bare.startswith(word + " "):
                rest = bare[len(word) + 1 :]
                if side == "first" and " to " in rest:
                    break
                return _open(read(rest, today), side)
    if re.fullmatch(r"(?!between |from )(\d{1,2}|.*\d{4}) and \d{1,2}\b.*\d{4}", ORDINAL.sub("", bare)):
        raise DateError(f"'{bare}' names two days; give each an act of its own")
    days = r"(?:between |from )?(\d{1,2})(?:st|nd|rd|th)?(?: ?- ?| to | and )(\d{1,2}[ .-]*[^\W\d_]\D*\d{4})"
    match = re.fullmatch(days, bare)
    if match is not None:  # 10-20 October 2023
        second = read(match[2], today)
        return f"{second.edtf[:8]}{match[1].zfill(2)}/{second.edtf}"
    match = re.fullmatch(r"(\d{4})-(\d{4})", bare, re.ASCII) or re.fullmatch(
        r"(?:between |from )?(.+?) (?:and|to|-) (.+)", bare
    )
    if match is None:
        return None
    second = read(match[2], today)
    return f"{_first_of_span(match[1], second, today).edtf}/{second.edtf}"


def _first_of_span(text: str, last: PartialDate, today: str) -> PartialDate:
    """Read the first day of a span, in "30 June - 2 July 2001" with the year that stands behind the last alone."""
    if re.search(r"\d{4}", text) or not re.search(r"[^\W\d_]", text) or not re.fullmatch(r"\d{4}.*", last.edtf):
        return read(text, today)
    first = read(f"{text} {last.edtf[:4]}", today)
    if first.earliest and last.latest and first.earliest > last.latest:
        raise DateError(f"'{text}' would be behind {last.edtf}; write the year of both days")
    return first


def _open(date: PartialDate, side: str) -> str:
    if date.earliest is None or date.latest is None:
        raise DateError(f"'{date.edtf}' is open already: write one day, month or year after 'before' or 'after'")
    mark = "?" if date.uncertain else ""
    if side == "last":
        return f"../{date.edtf}"
    if side == "first":
        return f"{date.edtf}/.."
    if side == "before":
        return f"../{periods.add_days(date.earliest, -1)}{mark}"
    return f"{periods.add_days(date.latest, 1)}{mark}/.."


def _about(bare: str, today: str) -> str | None:
    """Read "c. 1996" as ``1996~`` and "probably 1996" as ``1996?``."""
    for mark, words in (("~", ABOUT), ("?", ("probably", "perhaps", "possibly"))):
        for word in words:
            rest = bare.removeprefix(word)
            if rest != bare and rest[:1] in (" ", "1", "2") and rest.strip() and not bare.startswith(FIRST_OF_MONTH):
                inner = read(rest.strip(), today).edtf
                return inner if inner[-1] in "?~%" else inner + mark
    if bare[-1] in "?~" and len(bare) > 1 and not bare.endswith("-??"):
        inner = read(bare[:-1].strip(), today).edtf
        return inner if inner[-1] in "?~%" else inner + bare[-1]
    return None


def _numeric(bare: str, text: str) -> str | None:
    """Read 20230112, 2023/1/12, 12.01.2023 (day first, the only use of dots) and 13/01/2023; refuse 01/02/2023."""
    if re.fullmatch(r"\d{8}", bare, re.ASCII):
        return f"{bare[:4]}-{bare[4:6]}-{bare[6:]}"
    bare = _of_era(bare)
    match = re.fullmatch(r"(\d{4})[-/. 年] ?(\d{1,2})(?:[-/. 月] ?(\d{1,2})日?|月)?", bare, re.ASCII)
    if match is not None:
        return "-".join(part.zfill(2) for part in match.groups() if part)
    match = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", bare, re.ASCII)
    if match is None:
        match = re.fullmatch(r"(\d{1,2})[-/.](\d{4})", bare, re.ASCII)
        return f"{match[2]}-{match[1].zfill(2)}" if match else None
    first, second, year = match[1].zfill(2), match[3].zfill(2), match[4]
    if match[2] == "." or first == second or int(first) > 12 or first == "00":
        return f"{year}-{second}-{first}"
    if int(second) > 12 or second == "00":
        return f"{year}-{first}-{second}"
    raise DateError(
        f"'{text}' has two readings: write {year}-{second}-{first} ({int(first)} {MONTH_NAMES[int(second) - 1]}) "
        f"or {year}-{first}-{second} ({int(second)} {MONTH_NAMES[int(first) - 1]})"
    )


def _unspecified(bare: str) -> str | None:
    """Read unknown digits (``2023-xx``, ``201u``, ``2023-??``), decades (``1990s``), quarters, seasons, "A or B"."""
    if re.fullmatch(r"[\dxu]{4}(?:-[\dxu]{2}){0,2}", bare, re.ASCII) and not bare.replace("-", "").isdecimal():
        return bare.replace("u", "X").replace("x", "X")
    match = re.fullmatch(r"(\d{4}(?:-\d\d)?)(?:-(?:00|\?\?)){1,2}", bare, re.ASCII)
    if match is not None:
        return match[1]
    match = re.fullmatch(r"(\d{3})0s", bare, re.ASCII)
    if match is not None:
        return f"{match[1]}0/{match[1]}9"
    match = re.fullmatch(rf"(?:in )?({'|'.join(SEASONS)})(?: of|,)? (\d{{4}})", bare, re.ASCII)
    if match is not None:
        return f"{match[2]}-{SEASONS[match[1]]}"
    match = re.fullmatch(r"(\d{4})[- ]?q([1-4])|q([1-4])[- /]?(\d{4})", bare, re.ASCII)
    if match is not None:
        year, quarter = match[1] or match[4], int(match[2] or match[3])
        return f"{year}-{quarter * 3 - 2:02d}/{year}-{quarter * 3:02d}"
    return None


def _either(bare: str, today: str) -> str | None:
    """Read "2004 or 2005" as one of two."""
    first, either, second = bare.removeprefix("either ").partition(" or ")
    return f"[{read(first, today).edtf},{read(second, today).edtf}]" if either else None


def _of_era(bare: str) -> str:
    """Write the year of a Japanese era as that of the common one: 令和5年1月12日 is 2023年1月12日, 元 is the first."""
    if bare.isascii():
        return bare
    match = re.match(rf"({'|'.join(ERAS)}) ?(元|[0-9]{{1,2}}) ?年", bare)
    if match is None:
        return bare
    year = 1 if match[2] == "元" else int(match[2])
    if match[1] == "明治" and year < 6:
        raise DateError(f"'{bare}' is a day of the old calendar of Japan (before 1873); write it in the common one")
    return f"{ERAS[match[1]] + year}年{bare[match.end() :]}"


def _words(bare: str) -> str | None:
    """Read a date with the month's name: "12 January 2023", "Jan 12, 2023", "3 mars 1998", "Fri 20th of Oct 2023"."""
    text = plain(ORDINAL.sub("", bare))
    parts = re.findall(r"[^\W\d_]+|[0-9]+", text)
    if "".join(parts) != re.sub(r"[\s,.\-/]", "", text):
        return None
    parts = [part for part in parts if part not in JOINING and not _is_weekday(part)]
    named = [month for part in parts if (month := month_number(part)) is not None]
    numbers = [part for part in parts if part.isdecimal()]
    if len(named) != 1 or len(named) + len(numbers) != len(parts):
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number.zfill(2) for number in numbers if len(number) < 3]
    if len(years) != 1 or len(years) + len(days) != len(numbers) or len(days) > 1:
        return None
    return "-".join([years[0], f"{named[0]:02d}", *days])


def _is_weekday(part: str) -> bool:
    return part[:3] in WEEKDAYS and (len(part) == 3 or part.endswith("day"))


def _by_dateutil(bare: str) -> str | None:
    """Ask dateutil, twice with other defaults, and take nothing that it filled in by itself."""
    years = list(re.finditer(r"(?<!\d)\d{4}(?!\d)", bare, re.ASCII))
    if len(years) != 1 or (years[0].start() and not re.search(r"[a-z]{3}", bare)):
        return None  # of several days it takes one, of numbers alone the first for the month
    from datetime import datetime

    from dateutil import parser

    try:
        first, second = (parser.parse(bare, default=datetime(year, month, day))  # noqa: DTZ001 - only the day is used
                         for year, month, day in ((2000, 1, 1), (2001, 2, 2)))  # fmt: skip
    except (ValueError, OverflowError, TypeError):
        return None
    return first.date().isoformat() if first.date() == second.date() and first.year == int(years[0][0]) else None
