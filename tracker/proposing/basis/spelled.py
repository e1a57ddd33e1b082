"""What texts spell out, in figures and in words: numbers, days with their year, and lengths of time.

"two thousand and twenty-five", "vingtième", 二千二十五; "this twentieth day of October"; "six (6) months". A text is
made even before it is read.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from tracker.dates import edtf, typed
from tracker.dates.day import DateError
from tracker.proposing.basis.language import spaced, words

LAST_LATIN = 0x250
"""Beyond lie scripts whose marks are part of the letter: the two dots that make か the letter が."""

WIDE = range(0xFF01, 0xFF5F)
"""Signs of double width, as Japanese texts write digits."""

OTHER = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "–": "-", "—": "-", "‑": "-",
         "\u00a0": " ", "\u202f": " ", "\u3000": " ", "º": "°"}  # fmt: skip

LONGEST = 5
"""Figures of a number that is read."""

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
"""January to December in Roman numbers, as in 29-X-1984."""

_ROMAN_MONTH = f"(?P<month>{'|'.join(sorted(ROMAN, key=len, reverse=True))})"

COMMON = (
    r"(?<![\d-])(?P<year>[12]\d{3})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])",
    rf"(?<![\d.])(?P<day>\d{{1,2}})(?:-|\.\s?|\s){_ROMAN_MONTH}(?:-|\.\s?|\s)(?P<year>[12]\d{{3}})(?!\d)",
    r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>[12]\d{3})(?!\d)",
)
"""Forms of all languages."""

MOST = {"Y": 200, "M": 240, "W": 104, "D": 999}
"""How many of a unit a term counts at most; what is more is a year, an amount, or a slip."""


class Numbers(NamedTuple):
    """How a language writes numbers; the patterns are for even text."""

    cardinal: str
    ordinal: str
    """A number in its order: ``20th``, ``twentieth``."""
    part: re.Pattern[str]
    values: dict[str, int]
    tens: bool
    """Whether ten multiplies what stands before it, as a hundred does: 二十."""
    pairs: bool
    """Whether a year may be said as two numbers: nineteen sixty-two."""


class Day(NamedTuple):
    """A day in an even text."""

    start: int
    end: int
    iso: str


class Period(NamedTuple):
    """A length of time in an even text."""

    start: int
    end: int
    iso: str
    """ISO 8601; empty where figure and word contradict each other."""


def even(text: str) -> str:
    """Return a text in lower case, without accents on Latin letters, with straight quotes and usual digits.

    It has the length of the text: a sign whose plain form is longer (ß, œ) stays.
    """
    if text.isascii():
        return text.lower()
    return "".join([sign.lower() if sign < "\x80" else _plain(sign) for sign in text])


@cache
def _plain(sign: str) -> str:
    if sign in OTHER:
        return OTHER[sign]
    plain = sign
    if ord(sign) < LAST_LATIN:
        plain = normalize("NFKD", sign)[0].lower()
    elif ord(sign) in WIDE:
        plain = chr(ord(sign) - 0xFEE0).lower()
    return plain if len(plain) == 1 else sign


@cache
def numbers_of(language: str) -> Numbers:
    """Return how a language writes numbers."""
    table = words(language).get("numbers")
    cardinals, ordinals = table["cardinals"], table["ordinals"]
    join, edge = spaced(table["join"]), "" if table["unspaced"] else r"\b"
    one, last = _any_of(cardinals), _any_of(ordinals) if ordinals else "(?!)"
    return Numbers(
        cardinal=rf"(?:{edge}\d+(?![\d.,]*\d){edge}|{edge}{one}(?:{join}{one})*{edge})",
        ordinal=rf"(?:{edge}\d+(?:{spaced(table['suffix'])})|{edge}(?:{one}{join})*{last}{edge})",
        part=re.compile(_any_of({**cardinals, **ordinals})),
        values={**cardinals, **ordinals},
        tens=table["unspaced"],
        pairs=table["pairs"],
    )


def _any_of(table: dict[str, int]) -> str:
    return f"(?:{'|'.join(sorted(map(spaced, table), key=len, reverse=True))})"


def number(text: str, language: str) -> int | None:
    """Return the number that an even text writes, in digits or words; None where it writes none."""
    digits = re.search(r"\d+", text)
    if digits is not None:
        return int(digits[0]) if len(digits[0]) <= LONGEST else None
    known = numbers_of(language)
    parts = [known.values[" ".join(part.split())] for part in known.part.findall(text)]
    if not parts:
        return None
    if known.tens and len(parts) > 1 and all(part < 10 for part in parts):  # figure by figure: 二〇二五
        return int("".join(map(str, parts)))
    return _sum(parts, known)


def _sum(parts: list[int], known: Numbers) -> int:
    total = group = last = 0
    for part in parts:
        if part == 1000:
            total, group, last = total + max(group + last, 1) * part, 0, 0
        elif part == 100 or (part == 10 and known.tens):
            group, last = group + max(last, 1) * part, 0
        elif known.pairs and not total and not group and 10 <= last < 100 and part >= 10:
            group, last = last * 100, part
        else:
            last += part
    return total + group + last


@lru_cache(maxsize=2048)
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
    return year if year is None or not era else typed.ERAS[era] + year


def _month(said: str | None, language: str) -> int | None:
    if said is None:
        return None
    if said in ROMAN:
        return ROMAN.index(said) + 1
    return typed.month_number(said) or number(said, language)


def _iso(year: int, month: int, day: int | None) -> str | None:
    if day is None or not 1 <= month <= 12:
        return None
    try:
        return edtf.parse(f"{year:04d}-{month:02d}-{day:02d}").edtf
    except DateError:
        return None


@cache
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    table, numbers = words(language).get("days"), numbers_of(language)
    names = "|".join(name.lower() for name in typed.MONTHS.get(language, ()))
    day = f"{numbers.ordinal}|{numbers.cardinal}"
    said = {
        "BEFORE": rf"(?:(?P<before>{day}) (?:(?P<own>{names}) )?(?:{table['and']}) )?",
        "DAY": f"(?P<day>{day})",
        "MONTH": f"(?P<month>{'|'.join([names, *table['short']]) or numbers.cardinal})",
        "YEAR": f"(?P<year>{numbers.cardinal})",
        "ERA": f"(?P<era>{'|'.join(typed.ERAS)})",
    }
    return (*(re.compile(_filled(form, said)) for form in table["forms"]), *map(re.compile, COMMON))


def _filled(form: str, said: dict[str, str]) -> str:
    for name, pattern in said.items():
        form = form.replace("{" + name + "}", pattern)
    return spaced(form)


def periods(text: str, language: str) -> tuple[Period, ...]:
    """Return the lengths of time in an even text, in order; "one year and six months" is one."""
    found: list[Period] = []
    for one in _single(text, language):
        last = found[-1] if found else None
        if last is not None and _goes_on(text, language, last, one):
            found[-1] = Period(last.start, one.end, last.iso + one.iso[1:])
        else:
            found.append(one)
    return tuple(found)


def _single(text: str, language: str) -> Iterator[Period]:
    for match in _form(language).finditer(text):
        unit = next(code for code in MOST if match[code])
        counts = {number(said, language) for said in (match["number"], match["again"]) if said}
        count = counts.pop()
        if counts or count is None:
            yield Period(match.start(), match.end(), "")
        elif 0 < count <= MOST[unit]:
            yield Period(match.start(), match.end(), f"P{count}{unit}")


def _goes_on(text: str, language: str, last: Period, one: Period) -> bool:
    """Tell whether a second length of time adds to the one before, of a larger unit: one year and six months."""
    if not last.iso or not one.iso or "YMWD".index(last.iso[-1]) >= "YMWD".index(one.iso[-1]):
        return False
    join = spaced(words(language).get("periods")["and"])
    return re.fullmatch(join, text[last.end : one.start]) is not None


@cache
def _form(language: str) -> re.Pattern[str]:
    table, cardinal = words(language).get("periods"), numbers_of(language).cardinal
    units = "|".join(f"(?P<{code}>{spaced(table['units'][code])})" for code in MOST)
    again = rf"(?:\s*\((?P<again>{cardinal})\))?"
    return re.compile(rf"(?P<number>{cardinal}){again}{spaced(table['between'])}(?:{units}){spaced(table['after'])}")
