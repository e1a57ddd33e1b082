"""How long an instrument runs, where an adjective says so: a five-year assistance agreement."""

import re
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis.proposal import MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.words import Words, either
from tracker.proposing.spelled.numbers import number

RULE = "years"

WITHIN = 60
"""Characters between the adjective and the name before which it stands."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield the term that goes before a name of the instrument where the text says that it was made."""
    for told in instrument.told:
        first = max(told.sentence.start, told.naming.start - WITHIN)
        for match in _adjective(reading.words).finditer(reading.even, first, told.naming.start + WITHIN):
            years = number(match["number"], reading.words.language)
            before = reading.even[match.end() : told.naming.start]
            if years and not _parting(reading.words).search(before):
                value = {"kind": "fixed_term", "period": f"P{years}Y"}
                said = f"the text says '{reading.document.body[match.start() : match.end()]}'"
                yield Value("terms.duration", value, quotation(told.sentence), MEDIUM, RULE, said)
                return


@cache
def _adjective(words: Words) -> re.Pattern[str]:
    return re.compile(words.get("years") or "(?!)(?P<number>)")


@cache
def _parting(words: Words) -> re.Pattern[str]:
    """Return verbs: behind one of them the adjective belongs to something else."""
    acts = words.get("acts") or {}
    return either([pattern for patterns in acts.values() for pattern in patterns], words.language)
