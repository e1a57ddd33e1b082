"""What outlives an instrument, in the words of its final clauses (VCLT 70)."""

from collections.abc import Iterator

from tracker.proposing.basis.clauses import compiled, confidence, speeches, table
from tracker.proposing.basis.proposal import Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.record.types import Json

KEY = "terms.survival"
RULE = "survival"


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Propose what the first such clause says, literally."""
    said = table(reading, "survival")
    for speech in speeches(reading, instrument, "survival"):
        terms: dict[str, Json] = {"scope": speech.sentence.text}
        lasts = compiled(reading.words.language, said["period"]).search(speech.marked.text)
        if lasts is not None and (period := speech.marked.period(*lasts.span())):
            terms = {"period": period, **terms}
        why = "the text says what goes on after its end"
        yield Value(KEY, terms, quotation(speech.sentence), confidence(instrument), RULE, why)
        return
