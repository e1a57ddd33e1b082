"""The day on which an instrument was signed (VCLT articles 11 to 14): each act with the words that tell its day.

A final clause ("Done at Cairo on ...") is certain; a day in running text is likely; a word such as Thursday counts from
the day of the text. The day of publication is never taken.
"""

import re
from collections.abc import Iterator

from tracker.proposing.basis.closing import closings
from tracker.proposing.basis.proposal import HIGH, LOW, MEDIUM, Passage, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, Told, quotation
from tracker.proposing.basis.spelled import days
from tracker.proposing.basis.times import Time, opening, times

RULE = "signing_day"

WORDS = ("today", "yesterday", "weekday")
"""Ways to tell a day that count from the day of the text."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield the day of each act of signing, or of the last one that the text tells."""
    formal = list(_formal(reading, instrument)) or list(_of_the_title(reading, instrument))
    if formal:
        yield from formal
        return
    dated = [day for one in instrument.told if one.kind == "transmitted" for day in _of_the_name(reading, one)]
    if dated:
        yield from dated
        return
    told = [one for one in instrument.told if one.signed and one.kind != "transmitted"]
    exact = [one for one in told if _DAY.fullmatch(one.signed or "")]
    if exact:
        yield from _days(reading, exact)
    elif (ceremony := _ceremony(reading)) is not None:
        yield ceremony
    elif told:
        yield _value(reading, told[0].signed or "", told[0], LOW, "told without a day")
    else:
        yield from _of_the_whole_text(reading, instrument)


def _formal(reading: Reading, instrument: Instrument) -> Iterator[Value]:
    """Yield the days in the final clause of an instrument's own text."""
    found: dict[str, Value] = {}
    for sentence in closings(reading, instrument):
        for day in days(reading.even[sentence.start : sentence.end], reading.words.language):
            found.setdefault(day.iso, Value("signed", day.iso, quotation(sentence), HIGH, RULE, "the final clause"))
    yield from found.values()


def _ceremony(reading: Reading) -> Value | None:
    """Return the day of "the signing took place on", where the text reports one instrument."""
    pattern = reading.words.pattern("ceremony")
    for sentence in reading.document.sentences if len(reading.instruments) == 1 else ():
        match = pattern.search(reading.even, sentence.start, sentence.end)
        after = [one for one in times(reading, sentence) if match and one.start >= match.end()]
        days_told = sorted((one for one in after if _DAY.fullmatch(one.edtf)), key=lambda one: one.said == "weekday")
        if days_told:
            return Value("signed", days_told[0].edtf, quotation(sentence), MEDIUM, RULE, "the day of the ceremony")
    return None


def _of_the_title(reading: Reading, instrument: Instrument) -> Iterator[Value]:
    """Yield the days by which the title of an instrument's own text names it: the Exchange of Notes of 3 March 2024."""
    title = instrument.title
    if instrument.whole is not None:
        past = title.start + len(instrument.term)
        for day in days(reading.even[title.start : title.end], reading.words.language):
            if reading.words.pattern("dated").sub("", reading.even[past : title.start + day.start]).strip(" ,/&"):
                return
            past = title.start + day.end
            yield Value("signed", day.iso, title, HIGH, RULE, "the day by which the title names it")


def _of_the_name(reading: Reading, one: Told) -> Iterator[Value]:
    """Yield the days by which a law or a message names an instrument: the Exchange of Letters of 13 and 27 May 2004."""
    words, end = reading.words, one.naming.end
    before = words.pattern("dated")
    for day in days(reading.even[end : one.sentence.end], words.language):
        if before.sub("", reading.even[end : one.naming.end + day.start], count=1).strip(" \n,"):
            return
        before = words.pattern("joins.and")
        end = one.naming.end + day.end
        yield Value("signed", day.iso, quotation(one.sentence), MEDIUM, RULE, "the day by which it is named")


def _days(reading: Reading, told: list[Told]) -> Iterator[Value]:
    """Yield the day that the text tells; where one sentence joins several days, each is an act."""
    best = min(told, key=lambda one: _plainness(reading, one))
    yield _value(reading, best.signed or "", best, MEDIUM, _why(best))
    if best.time is not None:
        for time in _joined(reading, best, best.time):
            yield Value(
                "signed", time.edtf, quotation(best.sentence), MEDIUM, RULE, "a further act in the same sentence"
            )


def _plainness(reading: Reading, one: Told) -> int:
    """Tell how plainly a day is told: written out before told by a word."""
    text = reading.even[one.time.start : one.time.end] if one.time else ""
    return 0 if any(sign.isdigit() for sign in text) else 1


def _joined(reading: Reading, one: Told, first: Passage) -> Iterator[Time]:
    """Yield the days that are joined to the first one: on 7 February and 24 March 2005."""
    past = first.end
    for time in times(reading, one.sentence):
        if time.start >= past and re.fullmatch(
            r"\s*(?:,|and|et|y|und)\s*(?:on\s+|le\s+|el\s+|am\s+)?", reading.even[past : time.start]
        ):
            if _DAY.fullmatch(time.edtf) and time.edtf != one.signed:
                yield time
            past = time.end


def _why(one: Told) -> str:
    said = one.time.text if one.time else ""
    return (
        f"the text says '{said}'" if any(sign.isdigit() for sign in said) else f"'{said}', from the day of the text on"
    )


def _value(reading: Reading, edtf: str, one: Told, confidence: str, why: str) -> Value:
    sentence = reading.document.at(one.time.start) if one.time else None
    return Value("signed", edtf, quotation(sentence or one.sentence), confidence, RULE, why)


def _of_the_whole_text(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield the day of which the whole text tells: it begins with what was done today."""
    lead = opening(reading)
    made = [one for one in instrument.told if one.kind == "made" and not one.sentence.heading]
    if lead is None or not made:
        return
    for time in times(reading, lead):
        if time.said in WORDS and _DAY.fullmatch(time.edtf):
            yield Value("signed", time.edtf, quotation(lead), LOW, RULE, "the text begins with what was done that day")
            return
