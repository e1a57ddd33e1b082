"""Where an instrument was signed."""

import re
from collections.abc import Iterator
from functools import cache
from re import Pattern

from tracker.proposing.basis.closing import closings
from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import UNSPACED, Words, either
from tracker.proposing.basis.names import cities
from tracker.proposing.basis.proposal import HIGH, LOW, MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, Told, quotation
from tracker.proposing.basis.times import opening

RULE = "place"

_CAPITAL = r"[^\W\d_a-z\u00df-\u00ff][\w.\u2019'-]*"
_SMALL = r"(?:of\s+|the\s+|de\s+|del\s+|la\s+|el[- ]|am\s+)"
_PLACE = (
    rf"(?:the\s+|la\s+|el\s+)?{_CAPITAL}(?:\s+{_SMALL}?{_CAPITAL}){{0,4}}(?:,\s+{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})?"
)


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield the place of the final clause, else the one that stands with the verb of signing."""
    for place in (_formal, _told, _of_the_lead):
        found = next(place(reading, instrument), None)
        if found is not None:
            yield found
            return


def _formal(reading: Reading, instrument: Instrument) -> Iterator[Value]:
    for sentence in (*closings(reading, instrument), *_done_without_a_day(reading, instrument)):
        found = _closing_place(reading, sentence)
        if found:
            yield Value("place", found, quotation(sentence), HIGH, RULE, "the final clause")


def _told(reading: Reading, instrument: Instrument) -> Iterator[Value]:
    """Yield the places that stand with the verb of signing, those of headings last."""
    for told in sorted(instrument.told, key=lambda one: one.sentence.heading):
        if told.kind == "transmitted" or (told.sentence.heading and told.kind != "made"):
            continue
        found = _place(reading, instrument, told)
        if found:
            sure = LOW if told.sentence.heading else MEDIUM
            yield Value("place", found, quotation(told.sentence), sure, RULE, "it stands with the verb of signing")


def _of_the_lead(reading: Reading, instrument: Instrument) -> Iterator[Value]:
    lead = opening(reading)
    if lead is not None and any(told.kind == "made" and not told.sentence.heading for told in instrument.told):
        match = _today(reading.words).search(reading.even, lead.start, lead.end)
        found = _named(reading, match.end(), lead.end) if match else None
        if found:
            yield Value("place", found, quotation(lead), LOW, RULE, "the text begins with what was done there that day")


def _done_without_a_day(reading: Reading, instrument: Instrument) -> Iterator[Sentence]:
    """Yield how an instrument's own text ends where that tells no day: Done at Bonn and Paris, in duplicate."""
    done = reading.words.pattern("own_text.done")
    for sentence in reading.document.between(*instrument.whole) if instrument.whole else ():
        if done.match(reading.even, sentence.start, sentence.end):
            yield sentence


def _closing_place(reading: Reading, sentence: Sentence) -> str | None:
    """Return the place in a final clause: what stands behind the surest word, at before in."""
    for word in _table(reading.words, "closing"):
        for match in _word(word, reading.words.language).finditer(reading.even, sentence.start, sentence.end):
            found = _named(reading, match.end(), sentence.end)
            if found:
                return found
    return None


def _place(reading: Reading, instrument: Instrument, told: Told) -> str | None:
    """Return the place that stands with a verb of signing, before a new clause and outside the instrument's name."""
    if reading.words.language in UNSPACED:
        towns = [city for city, _ in cities(reading, told.sentence.start, told.start)]
        return towns[-1] if towns else None
    stop = reading.words.pattern("place.parting").search(reading.even, told.end, told.sentence.end)
    named = [one.start for one in (*instrument.namings, *reading.others) if one.start > told.end]
    end = stop.start() if stop else told.sentence.end
    for match in _beside(reading.words).finditer(reading.even, told.end, end):
        inside = any(one.start <= match.start() < one.end for one in (*instrument.namings, *reading.others))
        past = min((start for start in named if start > match.end()), default=end)
        found = None if inside else _named(reading, match.end(), min(past, end))
        if found:
            return found
    return _before(reading, instrument, told)


def _before(reading: Reading, instrument: Instrument, told: Told) -> str | None:
    """Return the place in front of a verb that stands with the time: in Oslo on 15 May the ministers signed."""
    if told.time is None or told.time.end > told.start:
        return None
    for match in _beside(reading.words).finditer(reading.even, told.sentence.start, told.start):
        inside = any(one.start <= match.start() < one.end for one in (*instrument.namings, *reading.others))
        found = None if inside else _named(reading, match.end(), told.start)
        if found is None:
            continue
        past = reading.document.body.index(found, match.end()) + len(found)
        after = reading.even[told.time.end : match.start()] if told.time.end <= match.start() else None
        ahead = reading.even[past : told.time.start] if past <= told.time.start else None
        if any(gap is not None and _only_joins(reading.words).fullmatch(gap) for gap in (after, ahead)):
            return found
    return None


@cache
def _only_joins(words: Words) -> Pattern[str]:
    """Return what stands between a place and a time: a comma, on."""
    return re.compile(rf"[\s,]*(?:{words.pattern('joins.when').pattern}\s+)?")


def _named(reading: Reading, at: int, end: int) -> str | None:
    match = re.compile(_PLACE).match(reading.document.body, at, end)
    if match is None:
        return None
    text = match[0]
    if _months(reading.words).match(reading.even, at):
        return None
    before, _, behind = text.partition(", ")
    past = match.start() + len(before) + 2
    if behind and (
        _offices(reading.words).search(reading.even, past, match.end())
        or _of_a_body(reading, past, match.end())
        or _goes_on(reading.words).match(reading.even, match.end())
    ):
        text = before
    return re.sub(r",?\s+(?:On|The|This|Le|El|Am|A)$", "", text).rstrip(",. ")


@cache
def _goes_on(words: Words) -> Pattern[str]:
    """Return what follows a party that acts, and is no part of a place: in Bergen, Norway and Japan signed."""
    acts = [pattern for voice in ("signed", "signed_now") for pattern in words.get(f"acts.{voice}")]
    return re.compile(rf"\s+{either([*words.get('joins.and'), *acts], words.language).pattern}")


def _of_a_body(reading: Reading, start: int, end: int) -> bool:
    """Tell whether behind a place somebody else's post begins: Nairobi, U.S. Trade Representative."""
    return any(one.adjective or one.end < end for one in reading.names_in(start, end))


def _table(words: Words, name: str) -> tuple[str, ...]:
    return tuple(words.get(f"place.{name}"))


@cache
def _word(word: str, language: str) -> Pattern[str]:
    return re.compile(rf"{either([word], language).pattern}\s+")


@cache
def _beside(words: Words) -> Pattern[str]:
    return re.compile(rf"{words.pattern('place.beside').pattern}\s+(?:{words.pattern('place.towns').pattern}\s+)?")


@cache
def _today(words: Words) -> Pattern[str]:
    return re.compile(rf"{words.pattern('place.today').pattern}\s+")


@cache
def _offices(words: Words) -> Pattern[str]:
    people = words.get("people") or {}
    return either([*people.get("offices", ()), *people.get("honorifics", ())], words.language)


@cache
def _months(words: Words) -> Pattern[str]:
    not_places = [*(words.get("months") or {}), *(words.get("weekdays") or {}), *_table(words, "never")]
    return either(not_places, words.language)
