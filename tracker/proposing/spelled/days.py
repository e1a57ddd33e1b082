"""Days written out with their year, as dates and formal words of treaties write them.

"28 October 2025", "this twentieth day of October, two thousand and twenty-five", "29-X-1984", "le premier avril 2005",
"a los veinticuatro días del mes de octubre de dos mil uno", 平成二十五年一月十九日. What has no year is read elsewhere.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.dates import edtf, months
from tracker.dates.day import DateError
from tracker.proposing.basis.words import spaced, words
from tracker.proposing.spelled.numbers import number, of

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
"""January to December in Roman numbers, as in 29-X-1984."""

_ROMAN_MONTH = f"(?P<month>{'|'.join(sorted(ROMAN, key=len, reverse=True))})"

COMMON = (
    r"(?<![\d-])(?P<year>[12]\d{3})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])",
    rf"(?<![\d.])(?P<day>\d{{1,2}})(?:-|\.\s?|\s){_ROMAN_MONTH}(?:-|\.\s?|\s)(?P<year>[12]\d{{3}})(?!\d)",
    r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>[12]\d{3})(?!\d)",
)
"""Forms of all languages."""


class Day(NamedTuple):
    """A day in an even text."""

    start: int
    end: int
    iso: str


def days(text: str, language: str) -> tuple[Day, ...]:
    """Return the days in an even text, in order: of "13 and 27 May 2004" both, for one month and year serves them."""
    found = [day for form in _forms(language) for match in form.finditer(text) for day in _read(match, language)]
    kept: list[Day] = []
    for day in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def _read(match: re.Match[str], language: str) -> Iterator[Day]:
    parts = match.groupdict()
    year, month = _year(parts, language), _month(parts["month"], language)
    if year is None or month is None:
        return
    begin = match.start()
    if parts.get("before"):
        first = _iso(year, _month(parts["own"], language) or month, number(parts["before"], language))
        if first is not None:
            yield Day(begin, match.end("own") if parts["own"] else match.end("before"), first)
        begin = match.start("day")
    iso = _iso(year, month, number(parts["day"], language))
    if iso is not None:
        yield Day(begin, match.end(), iso)


def _year(parts: dict[str, str], language: str) -> int | None:
    year = number(parts["year"], language)
    era = parts.get("era")
    return year if year is None or not era else months.ERAS[era] + year


def _month(said: str | None, language: str) -> int | None:
    if said is None:
        return None
    if said in ROMAN:
        return ROMAN.index(said) + 1
    return months.number(said) or number(said, language)


def _iso(year: int, month: int, day: int | None) -> str | None:
    if day is None or not 1 <= month <= 12:
        return None
    try:
        return edtf.parse(f"{year:04d}-{month:02d}-{day:02d}").edtf
    except DateError:
        return None


@cache
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    table, numbers = words(language).get("days"), of(language)
    names = "|".join(name.lower() for name in months.NAMES.get(language, ()))
    day = f"{numbers.ordinal}|{numbers.cardinal}"
    said = {
        "BEFORE": rf"(?:(?P<before>{day}) (?:(?P<own>{names}) )?(?:{table['and']}) )?",
        "DAY": f"(?P<day>{day})",
        "MONTH": f"(?P<month>{'|'.join([names, *table['short']]) or numbers.cardinal})",
        "YEAR": f"(?P<year>{numbers.cardinal})",
        "ERA": f"(?P<era>{'|'.join(months.ERAS)})",
    }
    return (*(re.compile(_filled(form, said)) for form in table["forms"]), *map(re.compile, COMMON))


def _filled(form: str, said: dict[str, str]) -> str:
    for name, pattern in said.items():
        form = form.replace("{" + name + "}", pattern)
    return spaced(form)
