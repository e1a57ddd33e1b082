"""The sentence that tells where and when the text of an instrument was done."""

from functools import cache
from re import Pattern

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.proposing.basis.words import Words, either
from tracker.proposing.spelled.days import days


def closings(reading: Reading, instrument: Instrument) -> tuple[Sentence, ...]:
    """Return the sentences with which an instrument's own text ends: Done at Cairo on 15 November 2025."""
    if instrument.whole is None:
        return ()
    found = []
    for sentence in reading.document.between(*instrument.whole):
        match = _done(reading.words).match(reading.even, sentence.start, sentence.end)
        if match and days(reading.even[sentence.start : sentence.end], reading.words.language):
            found.append(sentence)
    return tuple(found)


@cache
def _done(words: Words) -> Pattern[str]:
    return either((words.get("own_text") or {}).get("done", ()), words.language)
