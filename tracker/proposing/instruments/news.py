"""Whether an act is what the text reports, or what it tells of earlier times.

What was done long before the text was written is a mention, and so is what it tells beside its matter: after "since"
and "when", under a heading such as Background, or with "has signed" where nothing says when.
"""

import re
from datetime import date
from functools import cache
from itertools import islice

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.reading import Reading
from tracker.proposing.basis.words import Words, either
from tracker.proposing.instruments import acts as done
from tracker.proposing.instruments.acts import Act
from tracker.proposing.times.when import Time, now, times

FRESH = 92
"""Days before the day of the text from which an act is no news any more."""

LEAD = 3
"""Sentences at the beginning of a text, headings aside, in which the matter of the text stands."""

SPEECH = 80
"""Characters before a time within which a verb of speech stands."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def is_news(reading: Reading, act: Act) -> str | None:
    """Return None where an act is what the text reports, else why it is not; nothing where that need not be said."""
    if act.kind == done.BESIDE:
        return ""
    if act.kind == done.TRANSMITTED:
        return None
    if act.kind == done.EARLIER:
        return "it had been signed before what the text reports"
    return _why_old(reading, act, time_of(reading, act))


def _why_old(reading: Reading, act: Act, time: Time | None) -> str | None:
    """Return why something that was done is not what the text reports, None where it is."""
    if time is not None and not fresh(reading, time):
        return "it was signed long before the text was written"
    if _in_background(reading, act.sentence):
        return "it stands in a part of the text about the background"
    lead = _in_lead(reading, act.sentence)
    if time is None and not lead and _is_aside(reading, act):
        return "the signing is told beside something else"
    if time is None and act.kind == done.PERFECT and not _is_first(reading, act.sentence):
        return "that it has been signed at some time is no news"
    if now(reading) is None and not lead:
        return "nothing tells when the text was written, and it does not begin with this"
    return None


def time_of(reading: Reading, act: Act) -> Time | None:
    """Return when something was done: the time that stands nearest to the verb in its part of the sentence."""
    found = [
        time for time in times(reading, act.sentence) if not _in_a_name(act, time) and not _is_of_speech(reading, time)
    ]
    after = [time for time in found if act.end <= time.start and not _parted(reading, act.end, time.start)]
    before = [time for time in found if time.end <= act.start]
    words_between = [time for time in after if time.said != "year" or time.start - act.end < 30]
    if words_between:
        return words_between[0]
    early = [time for time in before if not _parted(reading, time.end, act.start) and time.said != "year"]
    if early:
        return early[0]
    return (
        next((time for time in found if time.said in ("today", "yesterday", "weekday", "day", "yearless")), None)
        if len(found) == 1
        else None
    )


def _in_a_name(act: Act, time: Time) -> bool:
    return any(one.start <= time.start < one.end for one in act.namings)


def _is_of_speech(reading: Reading, time: Time) -> bool:
    """Tell whether a time is that of somebody's words: they signed a pact, officials said on Wednesday."""
    return bool(_speech(reading.words).search(reading.even[max(0, time.start - SPEECH) : time.start]))


@cache
def _speech(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{either(words.get('speech') or (), words.language).pattern}\s*$")


def _parted(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a new clause begins between a verb and a time."""
    between = reading.even[start:end]
    return ";" in between or bool(_parting(reading.words).search(between))


@cache
def _parting(words: Words) -> re.Pattern[str]:
    return either(words.get("parting") or (), words.language)


def fresh(reading: Reading, time: Time) -> bool:
    """Tell whether a time is near the day of the text."""
    today = now(reading)
    if time.edtf == "":
        return False
    if today is None:
        return time.said in ("today", "yesterday", "weekday")
    latest = time.edtf.rpartition("/")[2]
    if _DAY.fullmatch(latest) and _DAY.fullmatch(today):
        return (date.fromisoformat(today) - date.fromisoformat(latest)).days <= FRESH
    if _MONTH.fullmatch(latest) and len(today) >= 7:
        months = (int(today[:4]) - int(latest[:4])) * 12 + int(today[5:7]) - int(latest[5:7])
        return months <= FRESH // 30 - 1
    return latest[:4] >= today[:4]


def _is_first(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence is the title, or the first one below it."""
    return all(one.heading for one in islice(reading.document.sentences, sentence.number))


def _in_lead(reading: Reading, sentence: Sentence) -> bool:
    if sentence.heading and sentence.number == 0:
        return True
    told = (one for one in islice(reading.document.sentences, sentence.number + 1) if not one.heading)
    return next(islice(told, LEAD, None), None) is None


def _in_background(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether the last heading before a sentence is one such as Background, About, Notes to editors."""
    pattern = either(reading.words.get("background") or (), reading.words.language)
    for number in reversed(range(sentence.number)):
        one = reading.document.sentences[number]
        if one.heading and len(one.text) <= 100:
            return bool(pattern.match(reading.even, one.start, one.end))
    return False


def _is_aside(reading: Reading, act: Act) -> bool:
    """Tell whether a verb stands in a clause beside the matter: after since, when, which, following."""
    start = act.sentence.start
    before = reading.even[start : act.start]
    return bool(_asides(reading.words).search(before[-220:]))


@cache
def _asides(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{either(words.get('asides') or (), words.language).pattern}[^;]*$", re.IGNORECASE)
