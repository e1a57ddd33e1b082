"""How long an instrument runs and how it is renewed: in the words of its final clauses, or by an adjective.

Such is a five-year assistance agreement.
"""

import re
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis.clauses import Speech, compiled, confidence, first_code, quoted, speeches, table
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.proposal import MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.spelled import number
from tracker.record.types import Json
from tracker.record.vocabulary import DURATION_KINDS

KEY = "terms.duration"
RULE = "duration"

NEAR = 2
"""How many sentences after the one on the duration its renewal is spoken of at most."""

BEGINNING = 30
"""Characters at the beginning of a clause in which "unless" only leads to the rest: unless denounced, it is renewed."""

RENEWED = ("auto_renewing", "renewable_by_agreement")
"""Kinds that a sentence on renewal tells."""

WITHOUT_TERM = ("indefinite", "until_event")
"""Kinds of which no length of time is a part."""

RULE_OF_ADJECTIVES = "years"

WITHIN = 60
"""Characters between the adjective and the name before which it stands."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose the first clause whose kind is known, with the renewal of which the sentences after it speak."""
    renewals = list(speeches(reading, instrument, "renewal"))
    for speech in speeches(reading, instrument, "duration"):
        near = (one for one in renewals if 0 <= one.sentence.number - speech.sentence.number <= NEAR)
        renewal = next((one for one in near if _kind(reading, one, RENEWED)), None)
        found = _kind(reading, renewal, RENEWED) if renewal else _kind(reading, speech)
        if found is None:
            yield Refusal(KEY, quotation(speech.sentence), RULE, "it speaks of a duration that was not understood")
            continue
        kind, why = found
        terms: dict[str, Json] = {"kind": kind, **_term(reading, speech, kind)}
        if kind in RENEWED:
            terms["renewal_period"] = _renewed_for(reading, renewal or speech, terms.get("period"))
        terms = {key: value for key, value in terms.items() if value}
        words = quoted(reading, speech.sentence, *([renewal.sentence] if renewal else []))
        yield Value(KEY, terms, words, confidence(instrument), RULE, why)
        return


def _kind(reading: Reading, speech: Speech, kinds: tuple[str, ...] = DURATION_KINDS) -> tuple[str, str] | None:
    """Return the kind of duration that a sentence tells, of some kinds, and why."""
    codes = [code for code in table(reading, "duration")["kinds"] if code[0] in kinds]
    found = first_code(reading.words.language, codes, speech.marked.text, 0 if kinds == RENEWED else speech.start)
    return None if found is None else (found[0], f"the text says \u201c{speech.literal(found[1])}\u201d")


def _term(reading: Reading, speech: Speech, kind: str) -> dict[str, Json]:
    """Return how long the instrument runs, or until which day."""
    language, said = reading.words.language, table(reading, "duration")
    if kind in WITHOUT_TERM:
        return {}
    term = compiled(language, said["term"]).search(speech.marked.text, speech.start)
    until = compiled(language, said["until"]).search(speech.marked.text, speech.start)
    return {
        "period": speech.marked.period(*term.span()) if term else None,
        "until": speech.marked.day(*until.span()) if until else None,
    }


def _renewed_for(reading: Reading, speech: Speech, term: Json) -> Json:
    """Return how long a renewal lasts: a time of its own, or as long as the first term."""
    language, said = reading.words.language, table(reading, "duration")
    unless = compiled(language, said["unless"]).search(speech.marked.text, speech.start + BEGINNING)
    text = speech.marked.text[: unless.start()] if unless else speech.marked.text
    period = compiled(language, said["renewal_period"]).search(text, speech.start)
    if period is not None:
        return speech.marked.period(*period.span())
    return term if compiled(language, said["alike"]).search(text, speech.start) else None


def read_adjective(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield the term that goes before a name of the instrument where the text says that it was made."""
    for told in instrument.told:
        first = max(told.sentence.start, told.naming.start - WITHIN)
        for match in _adjective(reading.words).finditer(reading.even, first, told.naming.start + WITHIN):
            years = number(match["number"], reading.words.language)
            before = reading.even[match.end() : told.naming.start]
            if years and not _parting(reading.words).search(before):
                value = {"kind": "fixed_term", "period": f"P{years}Y"}
                said = f"the text says '{reading.document.body[match.start() : match.end()]}'"
                yield Value("terms.duration", value, quotation(told.sentence), MEDIUM, RULE_OF_ADJECTIVES, said)
                return


@cache
def _adjective(words: Words) -> re.Pattern[str]:
    return re.compile(words.get("years") or "(?!)(?P<number>)")


@cache
def _parting(words: Words) -> re.Pattern[str]:
    """Return verbs: behind one of them the adjective belongs to something else."""
    acts = words.get("acts") or {}
    return either([pattern for patterns in acts.values() for pattern in patterns], words.language)
