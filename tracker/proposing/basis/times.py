"""When something is said to have happened: days written out, days without a year, weekdays, "today", "last week".

What is said by a word counts from the day of the text's dateline, else from the day of publication, else from a day
that stands alone below the text. The day of publication itself is never taken for the day of an act.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from tracker.proposing.basis.document import Document, Sentence
from tracker.proposing.basis.language import UNSPACED, Words, either
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.spelled import days

SENTENCES_OF_A_DATELINE = 4
"""Sentences at the beginning among which a dateline stands."""

CHARACTERS_OF_A_DATELINE = 80
"""Characters before the end of a dateline: Tokyo, 15 April 2024 -"""

_DASH = re.compile(r"\s*[)\]]?\.?\s*[-\u2013\u2014:\u2015|]")
_TOWN = re.compile(r"(?:[^\W\d_a-z][\w' /-]{1,40},\s*){1,3}(?:le\s|den\s|am\s|el\s|a\s)?\s*")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?<![\d/.,$\u20ac\u00a3-])(1[6-9]\d{2}|20\d{2})(?![\d%/-]|\.\d|,\d{3})")


class Time(NamedTuple):
    """A time in the text: where it stands, what it means as EDTF (empty: long ago), and how it is said."""

    start: int
    end: int
    edtf: str
    said: str
    """``day``, ``month``, ``year``; or by a word: ``today``, ``weekday``, ``yearless``, ``week``, ``ago``."""


def now(reading: Reading) -> str | None:
    """Return the day from which the text counts, None where it tells none."""
    return _dateline(reading) or reading.document.published or _printed_day(reading) or _closing(reading)


def published(reading: Reading) -> Time | None:
    """Return the day on which a text says itself that it was published: by its dateline, or below its title."""
    return dateline(reading) or printed(reading)


def printed(reading: Reading) -> Time | None:
    """Return the day of a line that holds nothing else, below the title: Published: 18 January 2023."""
    if reading.document not in _PRINTED:
        _PRINTED[reading.document] = _read_printed(reading)
    return _PRINTED[reading.document]


def _read_printed(reading: Reading) -> Time | None:
    for sentence in reading.document.sentences[:SENTENCES_OF_A_DATELINE]:
        for line, begin in _lines(reading, sentence):
            found = days(line, reading.words.language)
            if len(found) != 1 or line[found[0].end :].strip(" .,;|)"):
                continue
            if _publishing(reading.words).fullmatch(line[: found[0].start]):
                return Time(begin + found[0].start, begin + found[0].end, found[0].iso, "day")
    return None


def _lines(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, int]]:
    at = sentence.start
    for line in reading.even[sentence.start : sentence.end].split("\n"):
        yield line, at
        at += len(line) + 1


@cache
def _publishing(words: Words) -> re.Pattern[str]:
    """Return what may stand before a day of publication: published, updated, nothing."""
    weekday = rf"(?:{'|'.join(_weekdays(words)) or '(?!)'})"
    return re.compile(rf"(?:[^|]{{0,80}}\|)?\W*(?:{words.pattern('published').pattern})?\W*(?:{weekday})?\W*")


def _printed_day(reading: Reading) -> str | None:
    found = printed(reading)
    return found.edtf if found else None


_DATELINES: WeakKeyDictionary[Document, Time | None] = WeakKeyDictionary()
"""Datelines that were read: many sentences of a text ask for it."""

_PRINTED: WeakKeyDictionary[Document, Time | None] = WeakKeyDictionary()
"""Lines that tell the day of publication, likewise."""


def dateline(reading: Reading) -> Time | None:
    """Return the day in the dateline of a text, None where it has none."""
    if reading.document not in _DATELINES:
        _DATELINES[reading.document] = _read_dateline(reading)
    return _DATELINES[reading.document]


def _read_dateline(reading: Reading) -> Time | None:
    for sentence in reading.document.sentences[:SENTENCES_OF_A_DATELINE]:
        for day in days(
            reading.even[sentence.start : sentence.start + CHARACTERS_OF_A_DATELINE], reading.words.language
        ):
            if _DASH.match(reading.even, sentence.start + day.end) or _opens(reading, sentence, day.start, day.end):
                return Time(sentence.start + day.start, sentence.start + day.end, day.iso, "day")
    return None


def _opens(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a sentence is nothing but a place and a day: Madrid, 14 March 2024."""
    text = reading.document.body[sentence.start : sentence.end]
    if _publishing(reading.words).fullmatch(reading.even, sentence.start, sentence.start + start):
        return False  # a weekday is no town, and the line tells when the text was published
    return bool(_TOWN.fullmatch(text[:start])) and not text[end:].strip(" .)")


def opening(reading: Reading) -> Sentence | None:
    """Return the sentence with which the text begins below its headings and the line with its place and day."""
    line = dateline(reading)
    return next(
        (
            one
            for one in reading.document.sentences
            if not one.heading and not (line and line.start < one.end and one.end - line.end <= 1)
        ),
        None,
    )


def _dateline(reading: Reading) -> str | None:
    found = dateline(reading)
    return found.edtf if found else None


def _closing(reading: Reading) -> str | None:
    for sentence in reversed(reading.document.sentences):
        found = days(reading.even[sentence.start : sentence.end], reading.words.language)
        if sentence.heading and len(found) == 1 and found[0].end - found[0].start >= len(sentence.text) - 3:
            return found[0].iso
    return None


def times(reading: Reading, sentence: Sentence) -> tuple[Time, ...]:
    """Return the times of which a sentence speaks, in order."""
    lines = [line for line in (dateline(reading), printed(reading)) if line is not None]
    found = sorted(_times(reading, sentence), key=lambda one: (one.start, -one.end))
    kept: list[Time] = []
    for one in found:
        if (not kept or one.start >= kept[-1].end) and not any(
            one.start < line.end and line.start < one.end for line in lines
        ):
            kept.append(one)
    return tuple(kept)


def _times(reading: Reading, sentence: Sentence) -> Iterator[Time]:
    text, begin, words = reading.even[sentence.start : sentence.end], sentence.start, reading.words
    for day in days(text, words.language):
        yield Time(begin + day.start, begin + day.end, day.iso, "day")
    today = _day(now(reading))
    for said, pattern in _said(words):
        for match in pattern.finditer(text):
            yield Time(begin + match.start(), begin + match.end(), _meant(said, match, today), said)
    yield from _without_a_year(reading, text, begin)
    for match in _monthly(words).finditer(text):
        yield Time(
            begin + match.start(), begin + match.end(), f"{match['year']}-{_month(words, match['month']):02}", "month"
        )
    for match in _month_alone(words).finditer(text):
        edtf = _latest_month(_month(words, match["month"]), today)
        if edtf:
            yield Time(begin + match.start("month"), begin + match.end(), edtf, "month")
    for match in _weekday(words).finditer(text):
        if today:
            yield Time(
                begin + match.start(), begin + match.end(), _last(_weekdays(words)[match["weekday"]], today), "weekday"
            )
    for match in _YEAR.finditer(text):
        yield Time(begin + match.start(), begin + match.end(), match[0], "year")


def _without_a_year(reading: Reading, text: str, begin: int) -> Iterator[Time]:
    """Yield the days that are told by month and day, or in some languages by the day alone."""
    words, today = reading.words, now(reading)
    for match in _yearless(words).finditer(text):
        month, number = (match[name] or match[f"{name}2"] for name in ("month", "day"))
        edtf = _latest(_month(words, month), int(number), today)
        if edtf:
            yield Time(begin + match.start(), begin + match.end(), edtf, "yearless")
    for match in _day_alone(words).finditer(text):
        edtf = _latest_day(int(match["day"]), _day(today))
        if edtf:
            yield Time(begin + match.start(), begin + match.end(), edtf, "yearless")


def _day(edtf: str | None) -> date | None:
    return date.fromisoformat(edtf) if edtf and _ISO.fullmatch(edtf) else None


@cache
def _said(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    when = words.get("when")
    return tuple((said, either(patterns, words.language)) for said, patterns in when.items()) if when else ()


def _meant(said: str, _match: re.Match[str], today: date | None) -> str:
    """Return what a word for a time means as EDTF, nothing where that is long ago or cannot be told."""
    if today is None or said == "ago":
        return ""
    monday = today - timedelta(days=today.weekday())
    if said == "last_month":
        return (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    meant = {
        "today": today.isoformat(),
        "yesterday": (today - timedelta(days=1)).isoformat(),
        "this_week": f"{monday.isoformat()}/{today.isoformat()}",
        "last_week": f"{(monday - timedelta(days=7)).isoformat()}/{(monday - timedelta(days=1)).isoformat()}",
    }
    return meant.get(said, "")


def _latest_month(month: int, today: date | None) -> str:
    """Return the last such month up to the day of the text, nothing where that is not told."""
    return f"{today.year - (month > today.month)}-{month:02}" if today else ""


def _last(weekday: int, today: date) -> str:
    """Return the last such day of the week up to the day of the text."""
    return (today - timedelta(days=(today.weekday() - weekday) % 7)).isoformat()


def _latest(month: int, day: int, today: str | None) -> str:
    """Return the last such day up to the day of the text, nothing where that is not told."""
    if not today or not today[:4].isdigit():
        return ""
    year = int(today[:4])
    for candidate in (year, year - 1):
        try:
            found = date(candidate, month, day).isoformat()
        except ValueError:
            continue
        if found <= today or len(today) < len(found):
            return found
    return ""


@cache
def _months(words: Words) -> dict[str, int]:
    return {name: int(number) for name, number in (words.get("months") or {}).items()}


def _month(words: Words, name: str) -> int:
    return int(name) if name.isdecimal() else _months(words)[name.rstrip(".")]


@cache
def _weekdays(words: Words) -> dict[str, int]:
    return dict(words.get("weekdays") or {})


@cache
def _weekday(words: Words) -> re.Pattern[str]:
    names = "|".join(_weekdays(words)) or "(?!)"
    edge = "" if words.language in UNSPACED else r"\b"
    return re.compile(rf"{edge}(?P<weekday>{names}){edge}")


@cache
def _names_of_months(words: Words) -> str:
    return "|".join(sorted(_months(words), key=len, reverse=True)) or "(?!)"


@cache
def _monthly(words: Words) -> re.Pattern[str]:
    own = words.get("monthly")
    if own:
        return re.compile(own)
    between = words.get("between_month_and_year") or r"\s+|,\s*"
    return re.compile(
        rf"(?<![\w])(?P<month>{_names_of_months(words)})\.?(?:{between})(?P<year>1[6-9]\d\d|20\d\d)(?!\d)"
    )


@cache
def _month_alone(words: Words) -> re.Pattern[str]:
    """Return a month that is told without day and year: in July, last July."""
    before = words.pattern("before_a_month").pattern
    return re.compile(rf"{before}\s+(?P<month>{_names_of_months(words)})(?!\w|\.?,?\s+(?:de\s+|del\s+)?\d)")


@cache
def _yearless(words: Words) -> re.Pattern[str]:
    own = words.get("yearless")
    if own:
        return re.compile(f"{own}(?P<month2>(?!))?(?P<day2>(?!))?")
    names = _names_of_months(words)
    return re.compile(
        rf"(?<![\w.])(?:(?P<month>{names})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w.,]*\d|\s*,?\s+\d{{4}})"
        rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|\.|\u00b0)?\s+(?:of\s+|de\s+)?(?P<month2>{names})\b(?!\.?,?\s+(?:de\s+|del\s+)?\d{{4}}))"
    )


@cache
def _day_alone(words: Words) -> re.Pattern[str]:
    """Return how a language tells a day by its number alone, where it does: 19日."""
    return re.compile(words.get("day_alone") or "(?!)(?P<day>)")


def _latest_day(day: int, today: date | None) -> str:
    """Return the last day of that number up to the day of the text, nothing where there is none in two months."""
    if today is None:
        return ""
    first = today.replace(day=1)
    for month in (first, (first - timedelta(days=1)).replace(day=1)):
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if found <= today:
            return found.isoformat()
    return ""
