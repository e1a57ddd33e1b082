"""The sentence that tells where and when the text of an instrument was done."""

from collections.abc import Iterator
from functools import cache
from re import Pattern

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.proposing.basis.words import Words, either
from tracker.proposing.spelled.days import days

EXCHANGED = "exchange_of_notes"
"""The type of what is made by notes or letters, each with its own day."""

LONGEST_LINE = 60
"""Characters of a line with a place and a day."""


def closings(reading: Reading, instrument: Instrument) -> tuple[Sentence, ...]:
    """Return the sentences with which an instrument's own text ends: Done at Cairo on 15 November 2025."""
    if instrument.whole is None:
        return ()
    found = []
    for sentence in reading.document.between(*instrument.whole):
        match = _done(reading.words).match(reading.even, sentence.start, sentence.end)
        if match and days(reading.even[sentence.start : sentence.end], reading.words.language):
            found.append(sentence)
    return tuple(found) or tuple(_datelines(reading, instrument))


def _datelines(reading: Reading, instrument: Instrument) -> Iterator[Sentence]:
    """Yield the lines with place and day over notes or letters that are exchanged."""
    if instrument.instrument_type != EXCHANGED or instrument.whole is None:
        return
    for sentence in reading.document.between(*instrument.whole):
        found = days(reading.even[sentence.start : sentence.end], reading.words.language)
        if sentence.heading and len(found) == 1 and len(sentence.text) <= LONGEST_LINE and sentence.number:
            yield sentence


@cache
def _done(words: Words) -> Pattern[str]:
    return either((words.get("own_text") or {}).get("done", ()), words.language)
