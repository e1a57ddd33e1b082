"""What an instrument does to another: "updates a previous agreement", "supersedes", "under Article 6 of" (VCLT 30, 59).

The verb stands behind a name of the instrument and in front of the other's name; the relation is named in its active
direction, with the word of the text.
"""

import re
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.proposal import HIGH, LOW, MEDIUM, Passage, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.spelled import even

RULE = "relations"

SUBJECT_WITHIN = 120
"""Characters between the instrument and the verb."""

LEAD = 4
"""Sentences with which a text begins, its title included."""

PREAMBLE = 4
"""Sentences below the title of a treaty in which its preamble stands."""

UNDER = "concluded_under"
"""A relation whose words, such as under, say so only at the beginning of a sentence, or in a title."""

ARTICLE = 8
"""Characters between such a word and the other instrument's name."""

CHANGES_WITHIN = 40
"""Characters between the word of a title and the word by which it changes another instrument."""

TITLE_WITHIN = 80
"""Characters of the other instrument's name up to the word of its title."""

OBJECT_WITHIN = 70
"""Characters between the verb and the other instrument."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield each relation once."""
    seen: set[tuple[str, str]] = set()
    for sentence in _sentences(reading, instrument):
        for kind, word, target in _relations(reading, instrument, sentence):
            if (kind, target.text) in seen or any(kind == other for other, _ in seen):
                continue
            seen.add((kind, target.text))
            value = {"type": kind, "target_title": target.text, "word": word}
            sure = HIGH if instrument.whole else MEDIUM
            yield Value("relations", value, quotation(sentence), sure, RULE, f"the text says '{word}'")
    yield from _in_the_title(reading, instrument, {kind for kind, _ in seen})
    if instrument.whole is not None and not seen:
        yield from _in_the_preamble(reading, instrument, instrument.whole)


def _sentences(reading: Reading, instrument: Instrument) -> tuple[Sentence, ...]:
    """Return the sentences that speak of an instrument; where it is the only one, the first ones of the text too."""
    if len(reading.instruments) > 1 or instrument.whole is not None:
        return instrument.sentences
    lead = reading.document.sentences[:LEAD]
    numbers = {one.number for one in instrument.sentences}
    return (*(one for one in lead if one.number not in numbers), *instrument.sentences)


def _in_the_preamble(reading: Reading, instrument: Instrument, whole: tuple[int, int]) -> Iterator[Value]:
    """Yield under which instrument a text says at its beginning that it was made."""
    table = reading.words.get("preamble") or {}
    for sentence in reading.document.between(*whole)[1 : PREAMBLE + 1]:
        target = next((one for one in _others(reading, instrument, sentence) if one.text[0].isupper()), None)
        for kind, patterns in table.items():
            match = either(patterns, reading.words.language).search(reading.even, sentence.start, sentence.end)
            if match and target is not None:
                value = {"type": kind, "target_title": target.text, "word": match[0]}
                yield Value("relations", value, quotation(sentence), MEDIUM, RULE, f"the preamble says '{match[0]}'")
                return


def _relations(reading: Reading, instrument: Instrument, sentence: Sentence) -> Iterator[tuple[str, str, Passage]]:
    others = _others(reading, instrument, sentence)
    if not others:
        return
    under = (UNDER, reading.words.pattern(f"relations.{UNDER}"))
    made = any(told.sentence.number == sentence.number for told in instrument.told)
    for kind, pattern in (*_verbs(reading.words), *([under] if made else [])):
        for match in pattern.finditer(reading.even, sentence.start, sentence.end):
            target = next((one for one in others if 0 <= one.start - match.end() <= OBJECT_WITHIN), None)
            if target is None or any(one.start <= match.start() < one.end for one in others):
                continue
            if _is_none_in_particular(reading, target) or (kind == UNDER and not _opens(sentence, match, target)):
                continue
            if not _clear(reading, match.end(), target.start) or not _is_subject(
                reading, instrument, sentence, match.start()
            ):
                continue
            yield kind, match[0], target


def _opens(sentence: Sentence, match: re.Match[str], target: Passage) -> bool:
    """Tell whether a sentence that tells of a signing begins with that under which it was done."""
    return match.start() == sentence.start and target.start - match.end() <= ARTICLE


def _is_none_in_particular(reading: Reading, target: Passage) -> bool:
    """Tell whether words only speak of several of a kind: the form of extradition treaties."""
    title = reading.words.pattern("titles").search(reading.even, target.start, target.end)
    plural = tuple(reading.words.get("plural") or ())
    return title is not None and bool(plural) and target.text.islower() and title[0].endswith(plural)


def _is_subject(reading: Reading, instrument: Instrument, sentence: Sentence, verb: int) -> bool:
    """Tell whether the instrument is what acts.

    It is named before the verb, or the sentence goes on about it, or begins with the verb: Building on the Treaty of
    2022, Japan signed an agreement.
    """
    before = [one for one in instrument.namings if sentence.start <= one.start and one.end <= verb]
    if before:
        last = before[-1]
        between = [one for one in reading.others if last.end <= one.start < verb]
        return verb - last.end <= SUBJECT_WITHIN and not between
    if verb == sentence.start and any(sentence.start < one.start < sentence.end for one in instrument.namings):
        return True
    opening = reading.even[sentence.start : verb]
    pronouns = tuple(f"{word} " for word in reading.words.get("anaphora") or ())
    return len(opening) <= SUBJECT_WITHIN * 2 // 3 and opening.startswith(pronouns)


def _others(reading: Reading, instrument: Instrument, sentence: Sentence) -> list[Passage]:
    """Return the other instruments that a sentence names, by their names or the short ones given with them."""
    own = {one.start for one in instrument.namings}
    found = [one for one in reading.others if sentence.start <= one.start < sentence.end]
    found += [
        one for other in reading.instruments for one in other.namings if sentence.start <= one.start < sentence.end
    ]
    for alias, _ in reading.aliases:
        for match in re.compile(rf"\b{re.escape(alias)}\b").finditer(
            reading.document.body, sentence.start, sentence.end
        ):
            found.append(reading.passage(match.start(), match.end()))
    return sorted({one.start: one for one in found if one.start not in own}.values(), key=lambda one: one.start)


def _clear(reading: Reading, start: int, end: int) -> bool:
    return not any(sign in reading.even[start:end] for sign in ";:.")


@cache
def _verbs(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = words.get("relations") or {}
    return tuple(
        (kind, either(patterns, words.language)) for kind, patterns in table.items() if kind != "concluded_under"
    )


def _in_the_title(reading: Reading, instrument: Instrument, known: set[str]) -> Iterator[Value]:
    """Yield what the name says: an arrangement under the 1960 Treaty, a protocol amending the Convention."""
    title = instrument.title
    yield from _changed_by_the_title(reading, instrument, known)
    under = reading.words.pattern("relations.concluded_under")
    head = reading.even.find(instrument.term.lower(), title.start, title.end)
    match = under.search(reading.even, max(head, title.start), title.end)
    if match and "concluded_under" not in known:
        target = reading.passage(match.end(), title.end)
        if _names_a_title(reading, target):
            text = target.text.strip().removeprefix("the ")
            value = {"type": "concluded_under", "target_title": text, "word": match[0]}
            yield Value("relations", value, title, LOW, RULE, f"the title says '{match[0]}'")


def _changed_by_the_title(reading: Reading, instrument: Instrument, known: set[str]) -> Iterator[Value]:
    """Yield what a name says that it changes: a Protocol amending the Convention on ..., a Protocol of Amendment to."""
    title = instrument.title
    head = max(reading.even.find(even(instrument.term), title.start, title.end), title.start)
    for kind, pattern in _changes(reading.words):
        match = pattern.search(reading.even, head, title.end)
        if match is None or match.start() - head > len(instrument.term) + CHANGES_WITHIN or kind in known:
            continue
        target = reading.passage(match.end(), title.end)
        first = reading.words.pattern("titles").search(reading.even, target.start, target.end)
        if first and first.start() - target.start <= TITLE_WITHIN:
            value = {"type": kind, "target_title": target.text.strip(), "word": match[0].strip()}
            yield Value("relations", value, title, MEDIUM, RULE, f"the title says '{match[0].strip()}'")
            return


@cache
def _changes(words: Words) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the words of titles for what is changed, by the kind of relation."""
    table, articles = words.get("changes") or {}, words.pattern("joins.articles").pattern
    return tuple(
        (kind, re.compile(rf"{either(patterns, words.language).pattern}\s+(?:{articles}\s+)?"))
        for kind, patterns in table.items()
    )


def _names_a_title(reading: Reading, passage: Passage) -> bool:
    titles = reading.words.pattern("titles")
    return bool(titles.search(reading.even, passage.start, passage.end))
