"""News about agreements that exist: entry into force, ratification, end, extension; and those still to be made.

An event is told by a verb with the name of an agreement before it ("the Treaty entered into force on ...") or behind it
("Japan ratified the Convention"). What happened long before the text was written is no news.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.proposal import LOW, MEDIUM, NEWS, Passage, Proposal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.words import Words, either
from tracker.proposing.instruments.naming import Naming
from tracker.proposing.instruments.news import fresh
from tracker.proposing.times.when import Time, times

RULE = "events"

SUBJECT_WITHIN = 60
"""Characters between a name and the verb that tells what happened to it."""

OBJECT_WITHIN = 40
"""Characters between the verb and the name of what was ratified."""

LEAD = 3
"""Sentences, headings aside, in which what happened on no stated day is news."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def happened(reading: Reading, left: Sequence[Naming]) -> Iterator[Proposal]:
    """Yield what the text tells of agreements that it does not report as new; each kind once for each of them."""
    seen: list[tuple[str, Naming]] = []
    for sentence in reading.document.sentences:
        for kind, start, end in _verbs_in(reading, sentence):
            naming = _subject(reading, left, sentence, start, end)
            if naming is None or any(kind == other and _alike(naming, one) for other, one in seen):
                continue
            time = _time(reading, sentence, start, end)
            if time is None and not _is_lead(reading, sentence):
                continue
            if time is not None and not fresh(reading, time):
                continue
            seen.append((kind, naming))
            yield Proposal(NEWS, tuple(_values(reading, left, naming, sentence, (kind, time))))


def to_come(coming: Sequence[tuple[Instrument, str]]) -> Iterator[Proposal]:
    """Yield the agreements of which the text says that they will be made, or are negotiated."""
    for instrument, kind in coming:
        words = quotation(instrument.act) if instrument.act else instrument.title
        values = [
            Value("title", instrument.title.text, instrument.title, MEDIUM, RULE, "the fullest name in the text"),
            Value("instrument_type", instrument.instrument_type, words, MEDIUM, RULE, "by the word in the title"),
            *(
                Value("parties", {"code": one.code, "entity": one.entity}, one.passage, MEDIUM, RULE, one.why)
                for one in instrument.sides
            ),
            Value("kind", kind, words, MEDIUM, RULE, "it is not made yet, by the words of the text"),
        ]
        yield Proposal(NEWS, tuple(values))


def _alike(one: Naming, other: Naming) -> bool:
    """Tell whether two names may mean the same agreement."""
    if one.parties and other.parties and set(one.parties) != set(other.parties):
        return False
    return not one.content or not other.content or bool(one.content & other.content)


@cache
def _verbs(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = words.get("events") or {}
    return tuple((kind, either(patterns, words.language)) for kind, patterns in table.items())


def _verbs_in(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _verbs(reading.words):
        for match in pattern.finditer(reading.even, sentence.start, sentence.end):
            yield kind, match.start(), match.end()


def _subject(reading: Reading, left: Sequence[Naming], sentence: Sentence, start: int, end: int) -> Naming | None:
    """Return the agreement to which it happened: named right before the verb, or right behind it."""
    here = [
        one for one in left if one.sentence.number == sentence.number and one.capital and (one.content or one.parties)
    ]
    before = [one for one in here if one.end <= start and start - one.end <= SUBJECT_WITHIN]
    behind = [one for one in here if end <= one.start and one.start - end <= OBJECT_WITHIN]
    if before and ";" not in reading.even[before[-1].end : start]:
        return before[-1]
    return behind[0] if behind else None


def _time(reading: Reading, sentence: Sentence, start: int, end: int) -> Time | None:
    found = times(reading, sentence)
    after = [one for one in found if one.start >= end]
    before = [one for one in found if one.end <= start]
    return after[0] if after else before[-1] if before else None


def _is_lead(reading: Reading, sentence: Sentence) -> bool:
    told = (one for one in islice(reading.document.sentences, sentence.number + 1) if not one.heading)
    return next(islice(told, LEAD, None), None) is None


def _values(
    reading: Reading, left: Sequence[Naming], naming: Naming, sentence: Sentence, told: tuple[str, Time | None]
) -> Iterator[Value]:
    kind, time = told
    title = reading.passage(naming.start, naming.end)
    alike = [one for one in left if one.content == naming.content and one.parties]
    parties = dict.fromkeys(code for one in (naming, *alike) for code in one.parties)
    words = quotation(sentence)
    yield Value("title", title.text, title, MEDIUM, RULE, "the name in that sentence")
    yield Value("instrument_type", naming.code, title, MEDIUM, RULE, "by the word in the title")
    for code in parties:
        yield Value(
            "parties",
            {"code": code, "entity": None},
            _named(reading, naming, alike),
            MEDIUM,
            RULE,
            "its names tell its sides",
        )
    yield Value("kind", kind, words, MEDIUM, RULE, "the verb of the sentence")
    if time is not None and time.edtf:
        sure = MEDIUM if _DAY.fullmatch(time.edtf) else LOW
        yield Value(
            "date", time.edtf, words, sure, RULE, f"the text says '{reading.document.body[time.start : time.end]}'"
        )


def _named(reading: Reading, naming: Naming, alike: Sequence[Naming]) -> Passage:
    one = naming if naming.parties else alike[0]
    return reading.passage(one.start, one.end)
