"""Where a document gives the text of an instrument itself: from its title to the next title, or to the end.

Such a text says what its sides agreed ("have agreed as follows"), speaks of itself ("this Agreement shall"), and tells
where it was done.
"""

import re
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.reading import Reading
from tracker.proposing.instruments.naming import Naming

NEAR_THE_BEGINNING = 60
"""Characters of a line before the name of the instrument of which it is the title."""

COVERED = 0.5
"""Share of a line that is the name, where the line is a title."""

CLAUSES = 2
"""Clauses that speak of "this Agreement", without which a text is only about one."""


class Whole(NamedTuple):
    """The text of an instrument."""

    title: Naming
    start: int
    end: int


def own_texts(reading: Reading, named: tuple[Naming, ...]) -> tuple[Whole, ...]:
    """Return the instruments whose own text a document gives, in order."""
    titles = _titles(reading, named)
    starts = [one.sentence.start for one in titles]
    found: list[Whole] = []
    for at, title in enumerate(titles):
        end = starts[at + 1] if at + 1 < len(titles) else len(reading.document.body)
        if _of(reading.words, "laws").match(reading.even, title.sentence.start):
            found += _below_a_law(reading, title, end)
        elif _is_own_text(reading, max(title.sentence.end, title.end), end):
            first = _first_line(reading, title, found[-1].end if found else 0)
            found.append(Whole(title, first, end))
    return tuple(found)


def _below_a_law(reading: Reading, title: Naming, end: int) -> list[Whole]:
    """Return the text of an instrument that stands below the law or decree that is called by it, without a title."""
    ends = [
        one
        for one in reading.document.between(title.sentence.end, end)
        if _done(reading.words).match(reading.even, one.start)
    ]
    start = ends[0].end if ends else end
    return [Whole(title, start, end)] if _is_own_text(reading, start, end) else []


def _first_line(reading: Reading, title: Naming, first: int) -> int:
    """Return where the lines begin among which a title stands; what comes before, such as a law, is no part of it."""
    start = title.sentence.start
    for sentence in reversed(reading.document.sentences[: title.sentence.number]):
        if not sentence.heading or sentence.start < first:
            break
        start = sentence.start
    return start


def _titles(reading: Reading, named: tuple[Naming, ...]) -> list[Naming]:
    """Return the names that stand as titles: lines of their own that begin with one."""
    alone = _alone(reading)
    found: list[Naming] = []
    for one in named:
        lead = reading.document.body[one.sentence.start : one.start]
        first = one.sentence.number == 0
        covers = one.end - one.start >= COVERED * len(one.sentence.text)
        near = len(lead) <= NEAR_THE_BEGINNING and (covers or first)
        if (
            near
            and one.sentence.number in alone
            and (one.capital or first)
            and not (found and found[-1].sentence.number == one.sentence.number)
            and one.determiner not in ("this", "these")
        ):
            found.append(one)
    return found


def _alone(reading: Reading) -> set[int]:
    """Return the numbers of the sentences that are paragraphs without a full stop."""
    sentences: dict[int, list[Sentence]] = {}
    for one in reading.document.sentences:
        sentences.setdefault(one.paragraph, []).append(one)
    return {
        group[0].number for group in sentences.values() if len(group) == 1 and group[0].text[-1] not in ".!?;:,\u3002"
    }


@cache
def _agreed(words: Words) -> re.Pattern[str]:
    return _of(words, "agreed")


@cache
def _done(words: Words) -> re.Pattern[str]:
    return _of(words, "done")


@cache
def _clause(words: Words) -> re.Pattern[str]:
    return _of(words, "clause")


def _of(words: Words, name: str) -> re.Pattern[str]:
    table = words.get("own_text")
    return either(table.get(name, ()) if table else (), words.language)


def agreement(reading: Reading, start: int, end: int) -> int:
    """Return where in a part of a text its sides are said to have agreed; its beginning where they are not."""
    match = _agreed(reading.words).search(reading.even, start, end)
    return match.start() if match else start


def _is_own_text(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a part of a document is the text of an instrument: it does two of agree, provide and be done."""
    words = reading.words
    clauses = sum(1 for _ in _clause(words).finditer(reading.even, start, end)) >= CLAUSES
    agreed = bool(_agreed(words).search(reading.even, start, min(end, start + 6_000)))
    notes = sum(1 for _ in _of(words, "notes").finditer(reading.even, start, end)) >= CLAUSES
    if notes:
        return True
    done = any(_done(words).match(reading.even, one.start) for one in reading.document.between(start, end))
    return clauses + agreed + done >= CLAUSES
