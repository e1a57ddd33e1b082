"""Who signed, with office and party: those who are said to have signed, or who stand below the text.

Hosts, witnesses, speakers, and those who sign the law that approves a treaty are no signatories of it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tracker.proposing.basis.closing import block
from tracker.proposing.basis.language import Words, either
from tracker.proposing.basis.people import people, same_person
from tracker.proposing.basis.personal_names import Person
from tracker.proposing.basis.proposal import HIGH, LOW, MEDIUM, Passage, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, Told, quotation

RULE = "signatories"

IN_ORDER = (
    "said to have signed; the parties by the order in which the text names them, for it does not say whose office it is"
)


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield everybody who signed."""
    signed = block(reading, instrument)
    for one in signed:
        value = {"name": one.name, "office": one.office, "party": one.code}
        yield Value(
            "signatories", value, Passage(*_span(reading, one.start, one.end)), HIGH, RULE, "the block of signatures"
        )
    if signed:
        return
    found: list[tuple[Person, str | None, Told]] = []
    for told in instrument.told:
        if told.kind in ("made", "perfect", "earlier") and told.voice not in ("nominal", "issued", "exchanged"):
            for person, code in _with_parties(reading, instrument, told):
                same = next(
                    (at for at, (other, _, _) in enumerate(found) if same_person(person.name, other.name)), None
                )
                if same is None:
                    found.append((person, code, told))
                elif len(person.name) > len(found[same][0].name):
                    found[same] = (person, code or found[same][1], told)
    guessed = Counter(told.start for person, code, told in found if code is not None and person.code is None)
    ordered = {start for start, several in guessed.items() if several > 1}
    for person, code, told in found:
        value = {"name": person.name, "office": person.office, "party": code}
        sentence = reading.document.at(person.start) or told.sentence
        in_order = code is not None and person.code is None and told.start in ordered
        sure, why = (LOW, IN_ORDER) if in_order else (MEDIUM, _why(person, code))
        yield Value("signatories", value, quotation(sentence), sure, RULE, why)


def _span(reading: Reading, start: int, end: int) -> tuple[str, int, int]:
    return reading.document.body[start:end], start, end


def _with_parties(reading: Reading, instrument: Instrument, told: Told) -> list[tuple[Person, str | None]]:
    """Return the people who did it, each with the party: the own words' one, else the one that is left."""
    found = [
        one if one.code else one._replace(code=_for_whom(reading, one))
        for one in people(reading, *told.doers)
        if one.office or len(one.name.split()) > 1
    ]
    codes = [side.code for side in instrument.sides]
    on_behalf = _on_behalf(reading, told)
    if on_behalf is not None and len(found) == 1:
        return [(found[0], on_behalf)]
    taken = {one.code for one in found if one.code}
    left = [code for code in codes if code not in taken]
    unknown = [one for one in found if one.code not in codes]
    in_order = dict(zip((one.start for one in unknown), left, strict=False)) if len(left) == len(unknown) else {}
    return [(one, one.code if one.code in codes else in_order.get(one.start)) for one in found]


def _on_behalf(reading: Reading, told: Told) -> str | None:
    """Return the party for which somebody is said to have signed: signed on behalf of Japan."""
    words = reading.words.pattern("on_behalf")
    match = words.search(reading.even, told.end, told.sentence.end)
    names = reading.names_in(match.end(), told.sentence.end) if match else ()
    return names[0].code if names else None


def _for_whom(reading: Reading, person: Person) -> str | None:
    """Return the party that stands behind somebody's name: Jane Roe signed for Japan, Mary Major for Norway."""
    match = _for(reading.words).match(reading.even, person.end)
    party = reading.name_at(match.end()) if match else None
    return party.code if party else None


@cache
def _for(words: Words) -> re.Pattern[str]:
    verbs, whom = either(words.get("acts.signed"), words.language), words.pattern("for_whom")
    return re.compile(rf"[\s,]*(?:{verbs.pattern}\s+)?{whom.pattern}\s+")


def _why(person: Person, code: str | None) -> str:
    if code is not None and person.code is None:
        return "said to have signed; the party is the one that is left"
    return "said to have signed"
