"""Whether an instrument binds, where the text says so in words: of that very instrument (VCLT article 2(1)(a)).

Words about a text that is yet to come, about a neighbour or about nothing in particular are seen and refused. The word
in the title says nothing about it.
"""

import re
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis.document import Sentence
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.proposal import HIGH, MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation

RULE = "binding"

NEAR = 90
"""Characters between such words and the name of the instrument in front of which they stand."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield what the text says in words, once; and what it says of something else."""
    found: dict[str, Value] = {}
    for sentence in instrument.sentences:
        for status, start, end in _said(reading, sentence):
            why = _of_another(reading, instrument, sentence, start, end)
            if why:
                yield Refusal(reading.document.body[start:end], quotation(sentence), RULE, why)
            elif status not in found:
                sure = HIGH if instrument.whole else MEDIUM
                said = f"the text says '{reading.document.body[start:end]}'"
                found[status] = Value("binding_status", status, quotation(sentence), sure, RULE, said)
    if len(found) > 1:
        for value in found.values():
            yield Refusal(str(value.value), value.passage, RULE, "the text says both; a person has to decide")
        return
    yield from found.values()


def _said(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for status in ("non_binding", "binding"):
        for match in reading.words.pattern(f"binding.{status}").finditer(reading.even, sentence.start, sentence.end):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield status, match.start(), match.end()


@cache
def _future(words: Words) -> re.Pattern[str]:
    future = words.pattern("binding.future")
    return re.compile(rf"{future.pattern}\s*$")


def _of_another(reading: Reading, instrument: Instrument, sentence: Sentence, start: int, end: int) -> str:
    """Return why words of binding are not said of an instrument, nothing where they are."""
    before = reading.even[max(sentence.start, start - 60) : start]
    if _future(reading.words).search(before):
        return "said of a text that is yet to come"
    named = _named(reading, instrument, sentence)
    inside = next((one for one in named if one[0] <= start and end <= one[1]), None)
    behind = next((one for one in named if one[0] >= end and _only_adjectives(reading, end, one[0])), None)
    ahead = next((one for one in reversed(named) if one[1] <= start and _is_said(reading, one[1], start)), None)
    if ahead and behind and _copula(reading.words).fullmatch(reading.even, ahead[1], start):
        behind = None  # the name behind only tells what the one ahead is
    nearest = inside or behind or ahead
    if nearest is None:
        return "" if _goes_on(reading, instrument, sentence) else "the words stand by no instrument"
    return "" if nearest[2] else "said of another instrument"


@cache
def _copula(words: Words) -> re.Pattern[str]:
    return re.compile(rf"\s+{words.pattern('binding.copula').pattern}\s+")


def _named(reading: Reading, instrument: Instrument, sentence: Sentence) -> list[tuple[int, int, bool]]:
    """Return the instruments that a sentence names, with whether each is the one in question."""
    own = {one.start for one in instrument.namings}
    everything = [
        *instrument.namings,
        *reading.others,
        *(one for other in reading.instruments for one in other.namings),
    ]
    found = {one.start: one for one in everything if sentence.start <= one.start < sentence.end}
    return [(one.start, one.end, start in own) for start, one in sorted(found.items())]


def _goes_on(reading: Reading, instrument: Instrument, sentence: Sentence) -> bool:
    """Tell whether a sentence goes on about the instrument of the one before: "It is legally binding"."""
    if instrument.whole is not None:
        return True
    opening = reading.even[sentence.start : sentence.start + 20]
    if not opening.startswith(tuple(f"{word} " for word in reading.words.get("anaphora") or ())):
        return False
    before = reading.document.sentences[sentence.number - 1] if sentence.number else None
    return before is not None and any(own for _, _, own in _named(reading, instrument, before))


def _is_said(reading: Reading, start: int, end: int) -> bool:
    """Tell whether something is said of a name that stands before words of binding, and no mere list goes on."""
    table = reading.words.get("binding.predicates")
    if not table or not reading.even[start:end].strip():  # the verb is one of the words: n'est pas contraignant
        return True
    return bool(either(table, reading.words.language).search(reading.even, start, end))


def _only_adjectives(reading: Reading, start: int, end: int) -> bool:
    """Tell whether words of binding go before a name as one of its adjectives: a legally binding bilateral treaty."""
    joins = reading.words.get("joins") or {}
    known = {*joins.get("modifiers", ()), *joins.get("matter", ())}
    return end - start <= NEAR and all(word in known for word in reading.even[start:end].split())
