"""Focus areas, in the register's own vocabulary: by their labels, and by words of the language that stand for them."""

import re
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.proposal import LOW, MEDIUM, Passage, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.text.names import fold

RULE = "focus"

OPENING = 6
"""Sentences of an instrument's own text that say what it is about."""

MOST = 5
"""Focus areas that are proposed for one instrument."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield the focus areas of which the name of an instrument speaks, then those of the sentence that tells of it."""
    seen: set[str] = set()
    passages = [*instrument.namings, *(quotation(one) for one in _sentences(instrument))]
    if instrument.whole is not None:
        passages.insert(0, instrument.title)
    for passage in passages:
        for code, said in _areas(reading, passage):
            if code in reading.vocabulary.focus_areas and code not in seen and len(seen) < MOST:
                seen.add(code)
                sure = MEDIUM if passage in instrument.namings or passage == instrument.title else LOW
                yield Value("focus_areas", code, passage, sure, RULE, f"the text says '{said}'")


def _sentences(instrument: Instrument) -> tuple[Sentence, ...]:
    """Return the sentences that tell of an instrument; of its own text the first ones, for its clauses name much."""
    return instrument.sentences[:OPENING] if instrument.whole else instrument.sentences


def _areas(reading: Reading, passage: Passage) -> Iterator[tuple[str, str]]:
    text = reading.even[passage.start : passage.end]
    for spelling, usual in (reading.words.get("spellings") or {}).items():
        text = text.replace(spelling, usual)
    for code, pattern in (*_labels(reading.vocabulary), *_words(reading.words)):
        match = pattern.search(text)
        if match:
            yield code, match[0]


@cache
def _labels(vocabulary: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (code, re.compile(rf"\b{re.escape(fold(label))}\b"))
        for code, label in vocabulary.focus_areas.items()
        if fold(label)
    )


@cache
def _words(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, either(patterns, words.language)) for code, patterns in (words.get("focus") or {}).items())
