"""Whether a word of a title that is written small names an instrument: the pact, a protocol amending the Treaty.

It does where it points back, belongs to a known kind, says what it changes, or is what was signed.
"""

import re
from functools import cache

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.reading import Reading

POINTER = 12
"""Characters before the word of a title within which a word such as "the" stands."""

LONGEST_KIND = 90
"""Characters of the name of a known kind of instrument."""

FROM_THE_VERB = 160
"""Characters from a verb of signing to the last of its objects."""


@cache
def written(words: Words) -> re.Pattern[str]:
    """Return the words of titles that are names only where they are written with a capital."""
    return either(words.get("titles_written").get("patterns", []), words.language)


def _points_back(reading: Reading, head: int) -> bool:
    """Tell whether the word of a title written small points at what was named before: the pact, this arrangement."""
    return _pointing(reading.words).search(reading.even[max(0, head - POINTER) : head]) is not None


def is_other(reading: Reading, begins: int, head: int) -> bool:
    """Tell whether words in a name, or right before it, tell that it is another one: similar agreements."""
    other = reading.words.pattern("joins.other")
    before = [match.end() for match in other.finditer(reading.even, max(0, begins - POINTER), begins)]
    return other.search(reading.even, begins, head) is not None or any(
        not reading.even[past:begins].strip() for past in before
    )


def _is_named_behind(reading: Reading, past_head: int) -> bool:
    """Tell whether a word of a title written small is followed by what it changes: a protocol amending the Treaty."""
    table = reading.words.get("titles_written.behind")
    return re.compile(rf"\s+{either(table, reading.words.language).pattern}").match(reading.even, past_head) is not None


def is_named(reading: Reading, sentence: Sentence, head: tuple[int, int, str]) -> bool:
    """Tell whether what stands around a word of a title makes it a name."""
    return _points_back(reading, head[0]) or _is_named_behind(reading, head[1]) or _is_signed(reading, sentence, head)


def _is_signed(reading: Reading, sentence: Sentence, head: tuple[int, int, str]) -> bool:
    """Tell whether a word of a title written small is what was signed: they signed a convention on extradition."""
    before = reading.even[max(sentence.start, head[0] - FROM_THE_VERB) : head[0]]
    return bool(_signing(reading.words).search(before)) and _new_here(reading.words).search(before) is not None


@cache
def _signing(words: Words) -> re.Pattern[str]:
    acts = [pattern for voice in ("signed", "exchanged", "issued") for pattern in words.get(f"acts.{voice}")]
    never = words.pattern("not_acts.not_objects").pattern
    return re.compile(rf"{either(acts, words.language).pattern}(?:(?!{never})[^.;:])*$")


@cache
def _new_here(words: Words) -> re.Pattern[str]:
    """Return what stands before what was not named yet: a, a new."""
    one, before = words.pattern("determiners.one").pattern, words.pattern("joins.modifiers").pattern
    return re.compile(rf"{one}\s+(?:{before}\s+)*$")


def kind_begins(reading: Reading, first: int, end: int) -> int | None:
    """Return where the name of a known kind begins that ends at a place, and needs no capitals: project arrangement."""
    match = _kinds(reading.words).search(reading.even[max(first, end - LONGEST_KIND) : end])
    return None if match is None else max(first, end - LONGEST_KIND) + match.start()


@cache
def _kinds(words: Words) -> re.Pattern[str]:
    return re.compile(rf"{words.pattern('title_classes').pattern}$")


@cache
def _pointing(words: Words) -> re.Pattern[str]:
    definite = words.get("determiners.definite")
    return re.compile(rf"{either(definite, words.language).pattern}\s+$")
