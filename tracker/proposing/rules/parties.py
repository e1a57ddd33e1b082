"""The parties of an instrument, with the ministry or agency that acts for each (VCLT article 2(1)(g))."""

from collections.abc import Iterator

from tracker.proposing.basis.proposal import MEDIUM, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading

RULE = "parties"


def read(_reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]:
    """Yield each side that the text names."""
    for side in instrument.sides:
        yield Value("parties", {"code": side.code, "entity": side.entity}, side.passage, MEDIUM, RULE, side.why)
