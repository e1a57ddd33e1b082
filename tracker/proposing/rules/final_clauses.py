"""What the final clauses of an instrument say: how it enters into force, how long it runs, how it ends, what stays.

Entry into force (VCLT 24); duration and renewal, in a clause or by an adjective such as a five-year assistance
agreement; notices by which an instrument ends, is left or is not renewed (VCLT 54, 56); survival (VCLT 70).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tracker.proposing.basis.clauses import Speech, compiled, confidence, first_code, quoted, speeches, table
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.proposal import MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.spelled import number
from tracker.record.types import Json
from tracker.record.vocabulary import DURATION_KINDS

ENTRY = "terms.entry_into_force"
RULE_OF_ENTRY = "entry_into_force"

WITH_PERIOD = {
    "on_signature": "after_signature_period",
    "last_notification": "last_notification_plus_period",
    "nth_instrument": "nth_instrument_plus_period",
}
"""Conditions to what they are called where some time must pass after that."""

DURATION = "terms.duration"
RULE_OF_DURATION = "duration"

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

NOTICES = "terms.notices"
RULE_OF_NOTICES = "notice"

AT_WILL, AGAINST_RENEWAL = "notice", "renewal_notice"
"""Tables: a notice by which a side ends the instrument, and one without which it goes on."""

ORDER = ("termination", "withdrawal", "non_renewal", "suspension")
"""Kinds in the order in which they are proposed."""

SURVIVAL = "terms.survival"
RULE_OF_SURVIVAL = "survival"


def read_entry(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose the first clause whose condition is known."""
    for speech in speeches(reading, instrument, "entry"):
        found = first_code(reading.words.language, table(reading, "entry")["conditions"], speech.text)
        if found is None:
            why = "it says that the instrument enters into force; on what condition was not understood"
            yield Refusal(ENTRY, quotation(speech.sentence), RULE_OF_ENTRY, why)
            continue
        condition, match = found
        terms = {**_told(reading, speech, condition, match), **_late(reading, instrument)}
        why = f"the text says \u201c{speech.literal(match)}\u201d"
        yield Value(ENTRY, terms, quotation(speech.sentence), confidence(instrument), RULE_OF_ENTRY, why)
        return


def _told(reading: Reading, speech: Speech, condition: str, match: re.Match[str]) -> dict[str, Json]:
    """Return the condition of a clause with its number, its day, or the time that passes after it."""
    if condition == "on_date":
        return {"condition": condition, "date": speech.marked.day(*match.span())}
    after = _after(reading, speech)
    terms: dict[str, Json] = {"condition": WITH_PERIOD.get(condition, condition) if "period" in after else condition}
    if match.groupdict().get("number"):
        terms["number"] = number(match["number"], reading.words.language)
    return {**terms, **after}


def _after(reading: Reading, speech: Speech) -> dict[str, Json]:
    """Return the time that passes once the condition is met, and on which day of the calendar it ends."""
    language, said = reading.words.language, table(reading, "entry")["after"]
    terms: dict[str, Json] = {}
    nth = compiled(language, said["nth_day"]).search(speech.text)
    passes = compiled(language, said["period"]).search(speech.text)
    if nth is not None:
        terms["period"] = f"P{number(nth['number'], language)}D"
    elif passes is not None and (period := speech.marked.period(*passes.span())):
        terms["period"] = period
    month = compiled(language, said["month"]).search(speech.text)
    if month is not None:
        terms["starts"] = "first_of_following_month"
        nth_month = number(month["number"], language) if month["number"] else 1
        if nth_month and nth_month > 1 and "period" not in terms:
            terms["period"] = f"P{nth_month - 1}M"
    elif compiled(language, said["year"]).search(speech.text):
        terms["starts"] = "first_of_following_year"
    return terms


def _late(reading: Reading, instrument: Instrument) -> dict[str, Json]:
    """Return what the text says of those who join later."""
    if "late" not in reading.words.get("clauses"):
        return {}
    for speech in speeches(reading, instrument, "late"):
        terms = _after(reading, speech)
        late = {"late_joiners": terms.get("period"), "late_starts": terms.get("starts")}
        return {key: value for key, value in late.items() if value}
    return {}


def read_duration(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose the first clause whose kind is known, with the renewal of which the sentences after it speak."""
    renewals = list(speeches(reading, instrument, "renewal"))
    for speech in speeches(reading, instrument, "duration"):
        near = (one for one in renewals if 0 <= one.sentence.number - speech.sentence.number <= NEAR)
        renewal = next((one for one in near if _kind(reading, one, RENEWED)), None)
        found = _kind(reading, renewal, RENEWED) if renewal else _kind(reading, speech)
        if found is None:
            yield Refusal(
                DURATION,
                quotation(speech.sentence),
                RULE_OF_DURATION,
                "it speaks of a duration that was not understood",
            )
            continue
        kind, why = found
        terms: dict[str, Json] = {"kind": kind, **_term(reading, speech, kind)}
        if kind in RENEWED:
            terms["renewal_period"] = _renewed_for(reading, renewal or speech, terms.get("period"))
        terms = {key: value for key, value in terms.items() if value}
        words = quoted(reading, speech.sentence, *([renewal.sentence] if renewal else []))
        yield Value(DURATION, terms, words, confidence(instrument), RULE_OF_DURATION, why)
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


def read_notices(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose every notice that the text provides for; of one kind the first with a period, else the first."""
    found: dict[str, tuple[dict[str, Json], Value]] = {}
    for source in (AT_WILL, AGAINST_RENEWAL):
        for group in _groups(reading, list(speeches(reading, instrument, source))):
            kind, terms, why = _notice(reading, source, group)
            if kind not in found or ("period" in terms and "period" not in found[kind][0]):
                words = quoted(reading, *(speech.sentence for speech in group))
                found[kind] = (terms, Value(NOTICES, terms, words, confidence(instrument), RULE_OF_NOTICES, why))
    for kind in ORDER:
        if kind in found:
            yield found[kind][1]


def _groups(reading: Reading, found: Sequence[Speech]) -> list[list[Speech]]:
    """Return sentences that follow one another together: the right to give notice, and when it takes effect.

    A suspension is a group of its own.
    """
    groups: list[list[Speech]] = []
    for speech in found:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and speech.sentence.number - last.sentence.number == 1
            and _suspends(reading, speech) == _suspends(reading, last)
        ):
            groups[-1].append(speech)
        else:
            groups.append([speech])
    return groups


def _suspends(reading: Reading, speech: Speech) -> bool:
    kind = first_code(reading.words.language, table(reading, AT_WILL)["kinds"], speech.marked.text)
    return kind is not None and kind[0] == "suspension"


def _notice(reading: Reading, source: str, group: Sequence[Speech]) -> tuple[str, dict[str, Json], str]:
    """Return the kind of a notice, its terms, and why."""
    language, said = reading.words.language, table(reading, source)
    kinds = (first_code(language, said["kinds"], speech.marked.text) for speech in group)
    kind = next((found[0] for found in kinds if found), "termination")
    why = f"the text provides for a notice of {kind.replace('_', '-')}"
    for speech in group:
        begin = speech.start if source == AGAINST_RENEWAL else 0
        for pattern in said["period"]:
            match = compiled(language, pattern).search(speech.marked.text, begin)
            period = speech.marked.period(*match.span()) if match else None
            if match is not None and period:
                counted = first_code(language, said["counted_from"], speech.marked.text)
                terms: dict[str, Json] = {"kind": kind, "period": period}
                terms |= {"counted_from": counted[0]} if counted else {}
                return kind, terms, f"{why}: \u201c{speech.literal(match)}\u201d"
    return kind, {"kind": kind}, why


def read_survival(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose what the first such clause says, literally."""
    said = table(reading, "survival")
    for speech in speeches(reading, instrument, "survival"):
        terms: dict[str, Json] = {"scope": speech.sentence.text}
        lasts = compiled(reading.words.language, said["period"]).search(speech.marked.text)
        if lasts is not None and (period := speech.marked.period(*lasts.span())):
            terms = {"period": period, **terms}
        why = "the text says what goes on after its end"
        yield Value(SURVIVAL, terms, quotation(speech.sentence), confidence(instrument), RULE_OF_SURVIVAL, why)
        return
