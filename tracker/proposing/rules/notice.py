"""Notices by which an instrument ends, is left or is not renewed, in the words of its final clauses (VCLT 54, 56)."""

from collections.abc import Iterator, Sequence

from tracker.proposing.basis.clauses import Speech, compiled, confidence, first_code, quoted, speeches, table
from tracker.proposing.basis.proposal import Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.record.types import Json

KEY = "terms.notices"
RULE = "notice"

AT_WILL, AGAINST_RENEWAL = "notice", "renewal_notice"
"""Tables: a notice by which a side ends the instrument, and one without which it goes on."""

ORDER = ("termination", "withdrawal", "non_renewal", "suspension")
"""Kinds in the order in which they are proposed."""


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose every notice that the text provides for; of one kind the first with a period, else the first."""
    found: dict[str, tuple[dict[str, Json], Value]] = {}
    for source in (AT_WILL, AGAINST_RENEWAL):
        for group in _groups(reading, list(speeches(reading, instrument, source))):
            kind, terms, why = _notice(reading, source, group)
            if kind not in found or ("period" in terms and "period" not in found[kind][0]):
                words = quoted(reading, *(speech.sentence for speech in group))
                found[kind] = (terms, Value(KEY, terms, words, confidence(instrument), RULE, why))
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
