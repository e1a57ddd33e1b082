"""Final clauses: which sentences of a text speak of entry into force, duration, notice or survival, and of what.

Their days and lengths of time are marked, so that patterns of clauses can name them. A marked text is as long as the
sentence. A pattern names ``{DAY}``, ``{PERIOD}``, ``{NTH}`` (a number in its order), ``{NUM}``, and what the table of
clauses names itself: ``{NAMED}`` is its entry ``named``.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import spelled, words
from tracker.proposing.basis.proposal import HIGH, MEDIUM, Passage
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.proposing.basis.spelled import Day, Period, days, even, numbers_of, periods

DAY, PERIOD = "\x01\x02", "\x03\x04"
"""The first sign of what stands for a day or a length of time, and that of the others."""

SHORT = "\x05"
"""What stands for a name made of first letters, in place of each of them: the DCA enters into force."""

_LETTERS = re.compile(r"[A-Z]{3,8}")

NAMED = re.compile(r"\{([A-Z]+)\}")
"""What a pattern names."""

BEFORE = 100
"""Signs in front of a subject by which another thing shows to be what is spoken of: an amendment to this Agreement."""


class Marked(NamedTuple):
    """A sentence made even, with its days and lengths of time."""

    text: str
    days: tuple[Day, ...]
    periods: tuple[Period, ...]

    def day(self, start: int, end: int) -> str | None:
        """Return the first day that begins in a part of the text."""
        return next((one.iso for one in self.days if start <= one.start < end), None)

    def period(self, start: int, end: int) -> str | None:
        """Return the first length of time that begins in a part of the text; None where its figures differ too."""
        return next((one.iso for one in self.periods if start <= one.start < end), "") or None


@lru_cache(maxsize=2048)
def marked(text: str, language: str) -> Marked:
    """Return a sentence with its days and lengths of time marked."""
    plain = even(text)
    dated = days(plain, language)
    plain = _marks(plain, dated, DAY)
    lasting = periods(plain, language)
    return Marked(_marks(plain, lasting, PERIOD), dated, lasting)


def _marks(text: str, found: tuple[Day, ...] | tuple[Period, ...], signs: str) -> str:
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], signs[0], signs[1] * (one.end - one.start - 1)]
        at = one.end
    return "".join([*parts, text[at:]])


def compiled(language: str, pattern: str | Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of the table of clauses, or any of several, with all that it names."""
    return _compiled(language, pattern if isinstance(pattern, str) else "|".join(pattern))


@cache
def _compiled(language: str, pattern: str) -> re.Pattern[str]:
    named, numbers = words(language).get("clauses"), numbers_of(language)
    letters = {name: f"(?:{named[name]}|{SHORT}+)" for name in ("named", "subject")}
    named = {**named, **letters}
    marks = {"DAY": f"{DAY[0]}{DAY[1]}*", "PERIOD": f"{PERIOD[0]}{PERIOD[1]}*"}
    own = {**marks, "NTH": numbers.ordinal, "NUM": numbers.cardinal}

    def filled(match: re.Match[str]) -> str:
        return own.get(match[1]) or NAMED.sub(filled, named[match[1].lower()])

    return re.compile(spelled(NAMED.sub(filled, pattern), language))


class Speech(NamedTuple):
    """A sentence that speaks of a clause: where in it the speech begins, and where the clause has its end."""

    sentence: Sentence
    marked: Marked
    start: int
    """Where what is said of the instrument begins; a condition may stand before it."""
    end: int

    @property
    def text(self) -> str:
        """The sentence, marked, as far as it belongs to the clause."""
        return self.marked.text[: self.end]

    def literal(self, match: re.Match[str]) -> str:
        """Return the words of the sentence where a pattern was found, on one line."""
        return " ".join(self.sentence.text[match.start() : match.end()].split())


def table(reading: Reading, kind: str) -> dict[str, Any]:
    """Return the table of a clause in the language of the text."""
    found: dict[str, Any] = reading.words.get("clauses")[kind]
    return found


def _text_of(reading: Reading, instrument: Instrument) -> tuple[Sentence, ...]:
    """Return the sentences that may hold clauses of an instrument: its own text, else where it is spoken of."""
    if instrument.whole is not None:
        return reading.document.between(*instrument.whole)
    return instrument.sentences


def speeches(reading: Reading, instrument: Instrument, kind: str) -> Iterator[Speech]:
    """Yield what the text says of a clause of an instrument, a speech a sentence."""
    said = table(reading, kind)
    for sentence in _text_of(reading, instrument):
        speech = _speech(reading, instrument, sentence, said)
        if speech is not None:
            yield speech


def _speech(reading: Reading, instrument: Instrument, sentence: Sentence, said: dict[str, Any]) -> Speech | None:
    language = reading.words.language
    known = marked(sentence.text, language)
    known = known._replace(text=_with_short_names(instrument, sentence, known.text))
    if said.get("never") and compiled(language, said["never"]).search(known.text):
        return None
    for pattern in said["says"]:
        for match in compiled(language, pattern).finditer(known.text):
            before = known.text[max(0, match.start() - BEFORE) : match.start()]
            other = said.get("before") and compiled(language, said["before"]).search(before)
            if not other and _is_its_own(instrument, sentence, match):
                stop = compiled(language, said["stop"]).search(known.text, match.end()) if said.get("stop") else None
                return Speech(sentence, known, match.start(), stop.start() if stop else len(known.text))
    return None


def _with_short_names(instrument: Instrument, sentence: Sentence, text: str) -> str:
    """Return a marked sentence in which what an instrument is called by letters is marked too."""
    for one in instrument.namings:
        at = one.start - sentence.start
        if 0 <= at < len(text) and _LETTERS.fullmatch(one.text):
            text = text[:at] + SHORT * len(one.text) + text[at + len(one.text) :]
    return text


def first_code(
    language: str, codes: Sequence[Sequence[str]], text: str, start: int = 0
) -> tuple[str, re.Match[str]] | None:
    """Return the first of some codes whose words stand in a marked text from a place on, with these words."""
    for code, *patterns in codes:
        match = compiled(language, patterns).search(text, start)
        if match is not None:
            return code, match
    return None


def _is_its_own(instrument: Instrument, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the subject of a clause is the instrument: "this Agreement", "it", or a name that it has."""
    subject = _group(match, "subject")
    if subject is None or _group(match, "pronoun") or (instrument.whole is not None and _group(match, "formal")):
        return True
    start, end = (sentence.start + place for place in match.span("subject"))
    if any(naming.start < end and start < naming.end for naming in instrument.namings):
        return True
    noun = _group(match, "noun") or subject
    return instrument.whole is not None and noun in even(f"{instrument.title.text} {instrument.term}")


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def confidence(instrument: Instrument) -> str:
    """Return how sure a clause is: high in the instrument's own text, medium where others tell of it."""
    return HIGH if instrument.whole is not None else MEDIUM


def quoted(reading: Reading, *found: Sentence) -> Passage:
    """Return sentences that follow one another as the words that a value rests on."""
    return reading.passage(min(one.start for one in found), max(one.end for one in found))
