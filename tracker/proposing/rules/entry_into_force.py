"""How an instrument enters into force, in the words of its final clauses (VCLT 24)."""

import re
from collections.abc import Iterator

from tracker.proposing.basis.clauses import Speech, compiled, confidence, first_code, speeches, table
from tracker.proposing.basis.proposal import Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.spelled import number
from tracker.record.types import Json

KEY = "terms.entry_into_force"
RULE = "entry_into_force"

WITH_PERIOD = {
    "on_signature": "after_signature_period",
    "last_notification": "last_notification_plus_period",
    "nth_instrument": "nth_instrument_plus_period",
}
"""Conditions to what they are called where some time must pass after that."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose the first clause whose condition is known."""
    for speech in speeches(reading, instrument, "entry"):
        found = first_code(reading.words.language, table(reading, "entry")["conditions"], speech.text)
        if found is None:
            why = "it says that the instrument enters into force; on what condition was not understood"
            yield Refusal(KEY, quotation(speech.sentence), RULE, why)
            continue
        condition, match = found
        terms = {**_told(reading, speech, condition, match), **_late(reading, instrument)}
        why = f"the text says \u201c{speech.literal(match)}\u201d"
        yield Value(KEY, terms, quotation(speech.sentence), confidence(instrument), RULE, why)
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
