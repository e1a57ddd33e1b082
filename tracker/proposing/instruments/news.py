"""What is news in a text: acts that it reports, and events of agreements that exist or are still to be made.

What was done long before the text was written is a mention, and so is what it tells beside its matter: after "since"
and "when", under a heading such as Background, or with "has signed" where nothing says when. An event is told by a verb
with the name of an agreement before it ("the Treaty entered into force on ...") or behind it ("Japan ratified the
Convention").
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.proposal import LOW, MEDIUM, NEWS, Passage, Proposal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.times import Time, now, opening, times
from tracker.proposing.instruments import acts as done
from tracker.proposing.instruments.acts import Act
from tracker.proposing.instruments.naming import Naming

FRESH = 92
"""Days before the day of the text from which an act is no news any more."""

ZONE = 1
"""Days by which a text may bear an earlier date than what it tells: elsewhere it is tomorrow."""

LEAD = 3
"""Sentences at the beginning of a text, headings aside, in which the matter of the text stands.

What happened on no stated day is news there alone.
"""

SPEECH = 80
"""Characters before a time within which a verb of speech stands."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")

RULE = "events"

SUBJECT_WITHIN = 60
"""Characters between a name and the verb that tells what happened to it."""

OBJECT_WITHIN = 40
"""Characters between the verb and the name of what was ratified."""


def is_news(reading: Reading, act: Act) -> str | None:
    """Return None where an act is what the text reports, else why it is not; nothing where that need not be said."""
    if act.kind == done.BESIDE:
        return ""
    if act.kind == done.TRANSMITTED:
        return None
    if act.kind == done.NOT_DONE:
        return "the text says that this was not done"
    if act.kind == done.EARLIER:
        return "it had been signed before what the text reports"
    return _why_old(reading, act, time_of(reading, act))


def _why_old(reading: Reading, act: Act, time: Time | None) -> str | None:
    """Return why something that was done is not what the text reports, None where it is."""
    if time is not None and not _fresh(reading, time):
        return "it was signed long before the text was written"
    if _in_background(reading, act.sentence):
        return "it stands in a part of the text about the background"
    lead = _in_lead(reading, act.sentence)
    if time is None and _is_object(reading, act):
        return "it is what something is done to, and when it was signed is not said"
    if time is None and not lead and _is_aside(reading, act):
        return "the signing is told beside something else"
    if time is None and act.kind == done.PERFECT and not _is_first(reading, act.sentence):
        return "that it has been signed at some time is no news"
    nowhen = now(reading) is None and not lead
    return "nothing tells when the text was written, and it does not begin with this" if nowhen else None


def time_of(reading: Reading, act: Act) -> Time | None:
    """Return when something was done: the time that stands nearest to the verb in its part of the sentence."""
    found = [
        time
        for time in times(reading, act.sentence)
        if not (_in_a_name(act, time) or _is_of_speech(reading, time) or _is_to_come(reading, act, time))
    ]
    after = [time for time in found if act.end <= time.start and not _parted(reading, act.end, time.start)]
    before = [time for time in found if time.end <= act.start]
    words_between = [time for time in after if time.said != "year" or time.start - act.end < 30]
    if words_between:
        return words_between[0]
    early = [time for time in before if not _parted(reading, time.end, act.start) and time.said != "year"]
    early += [time for time in before if time.said == "year" and _is_when(reading, time)]
    if early:
        return early[0]
    return (
        next((time for time in found if time.said in ("today", "yesterday", "weekday", "day", "yearless")), None)
        if len({time.edtf for time in found}) == 1
        else None
    )


def _is_to_come(reading: Reading, act: Act, time: Time) -> bool:
    """Tell whether a day comes after that of the text, so that nothing was done then: signed, and valid until 2031."""
    today = now(reading)
    if today is None or act.kind not in (done.MADE, done.PERFECT) or not _DAY.fullmatch(today):
        return False
    return bool(_DAY.fullmatch(time.edtf)) and (date.fromisoformat(time.edtf) - date.fromisoformat(today)).days > ZONE


def _is_when(reading: Reading, time: Time) -> bool:
    """Tell whether a year tells when, and is no part of a name: in 2019, they signed."""
    behind = reading.words.pattern("years_behind").match(reading.even, time.end)
    return bool(behind or _in_years(reading.words).search(reading.even[max(0, time.start - SPEECH) : time.start]))


@cache
def _in_years(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('years_when').pattern}\s+$")


def _in_a_name(act: Act, time: Time) -> bool:
    return any(one.start <= time.start < one.end for one in act.namings)


def _is_of_speech(reading: Reading, time: Time) -> bool:
    """Tell whether a time is that of somebody's words: they signed a pact, officials said on Wednesday."""
    return bool(_speech(reading.words).search(reading.even[max(0, time.start - SPEECH) : time.start]))


@cache
def _speech(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('speech').pattern}\s*$")


def _parted(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a new clause begins between a verb and a time."""
    between = reading.even[start:end]
    return ";" in between or bool(reading.words.pattern("parting").search(between))


def _fresh(reading: Reading, time: Time) -> bool:
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
    first = opening(reading)
    return first is None or sentence.number <= first.number


def _in_lead(reading: Reading, sentence: Sentence) -> bool:
    told = (one for one in islice(reading.document.sentences, sentence.number + 1) if not one.heading)
    return next(islice(told, LEAD, None), None) is None


def _in_background(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether the last heading before a sentence is one such as Background, About, Notes to editors."""
    pattern = reading.words.pattern("background")
    for number in reversed(range(sentence.number)):
        one = reading.document.sentences[number]
        if one.heading and len(one.text) <= 100:
            return bool(pattern.match(reading.even, one.start, one.end))
    return False


def _is_object(reading: Reading, act: Act) -> bool:
    """Tell whether beside a participle stands what another instrument follows or changes: follows the Treaty signed."""
    first = act.namings[0]
    if act.voice != "signed" or not first.end <= act.start:
        return False
    return bool(
        _doing_to(reading.words).search(reading.even[max(act.sentence.start, first.begins - SPEECH) : first.begins])
    )


@cache
def _doing_to(words: Words) -> re.Pattern[str]:
    table = words.get("relations") or {}
    verbs = [pattern for kind, patterns in table.items() if kind != "concluded_under" for pattern in patterns]
    return re.compile(rf"{either(verbs, words.language).pattern}\s+(?:[^\s.;,]+\s+){{0,2}}$")


def _is_aside(reading: Reading, act: Act) -> bool:
    """Tell whether a verb stands in a clause beside the matter: after since, when, which, following."""
    start = act.sentence.start
    before = reading.even[start : act.start]
    return bool(_asides(reading.words).search(before[-220:]))


@cache
def _asides(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('asides').pattern}[^;]*$", re.IGNORECASE)


def happened(reading: Reading, left: Sequence[Naming]) -> Iterator[Proposal]:
    """Yield what the text tells of agreements that it does not report as new; each kind once for each of them."""
    seen: list[tuple[str, Naming]] = []
    wholes = [one.whole for one in reading.instruments if one.whole is not None]
    left = [one for one in left if not any(start <= one.start < end for start, end in wholes)]
    for sentence in sorted(reading.document.sentences, key=lambda one: one.heading):  # headings say it without a day
        for kind, start, end in _verbs_in(reading, sentence):
            naming = _subject(reading, left, sentence, start, end)
            if naming is None or any(kind == other and _alike(naming, one) for other, one in seen):
                continue
            time = _time(reading, sentence, start, end)
            if time is None and not _in_lead(reading, sentence):
                continue
            if time is not None and not _fresh(reading, time):
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
    first, second = set(one.parties), set(other.parties)
    if first and second and not (first <= second or second <= first):
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
        one
        for one in left
        if one.sentence.number == sentence.number and (one.capital or one.full) and (one.content or one.parties)
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
