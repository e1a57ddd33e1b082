"""Whether the text of an instrument can be had: "did not release the text"."""

from collections.abc import Iterator

from tracker.proposing.basis.language import either
from tracker.proposing.basis.proposal import MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation

RULE = "access"


def read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield what is said of the text; of the instrument's own text, that it is before us."""
    table = reading.words.get("access") or {}
    spoken_of = {one.number for one in instrument.sentences}
    alone = len(reading.instruments) == 1
    for access, patterns in table.items():
        pattern = either(patterns, reading.words.language)
        for sentence in reading.document.sentences:
            match = pattern.search(reading.even, sentence.start, sentence.end)
            if match is None:
                continue
            if sentence.number in spoken_of or alone or _of_all(reading, match[0]):
                said = f"the text says '{reading.document.body[match.start() : match.end()]}'"
                yield Value("text_access", access, quotation(sentence), MEDIUM, RULE, said)
                return
            yield Refusal(match[0], quotation(sentence), RULE, "said of none of the instruments in particular")
    if instrument.whole is not None:
        yield Value("text_access", "public", instrument.title, MEDIUM, RULE, "the document gives the text itself")


def _of_all(reading: Reading, said: str) -> bool:
    """Tell whether it is said of several at once: the texts of the agreements."""
    return bool(reading.words.pattern("access_of_all").search(said))
