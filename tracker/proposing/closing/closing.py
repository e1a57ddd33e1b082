"""The sentence that tells where and when the text of an instrument was done."""

from collections.abc import Iterable, Iterator
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
    sentences = reading.document.between(*instrument.whole)
    heads = map(_first_line, sentences)
    found = _dated(reading, sentences, "done") or _dated(reading, heads, "heads")[:1]
    return found or tuple(_datelines(reading, instrument))


def _dated(reading: Reading, sentences: Iterable[Sentence], table: str) -> tuple[Sentence, ...]:
    pattern, language = _words(reading.words, table), reading.words.language
    return tuple(
        one
        for one in sentences
        if pattern.match(reading.even, one.start, one.end) and days(reading.even[one.start : one.end], language)
    )


def _first_line(sentence: Sentence) -> Sentence:
    """Return the first line of what may stand below a title: Concluded at Bern on ..., in force since ..."""
    text = sentence.text.partition("\n")[0]
    return sentence._replace(text=text, end=sentence.start + len(text))


def _datelines(reading: Reading, instrument: Instrument) -> Iterator[Sentence]:
    """Yield the lines with place and day over notes or letters that are exchanged."""
    if instrument.instrument_type != EXCHANGED or instrument.whole is None:
        return
    for sentence in reading.document.between(*instrument.whole):
        found = days(reading.even[sentence.start : sentence.end], reading.words.language)
        if sentence.heading and len(found) == 1 and len(sentence.text) <= LONGEST_LINE and sentence.number:
            yield sentence


@cache
def _words(words: Words, table: str) -> Pattern[str]:
    return either((words.get("own_text") or {}).get(table, ()), words.language)
