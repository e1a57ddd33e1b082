"""What proposed values rest on, and what became of each."""

from collections.abc import Callable
from typing import NamedTuple

from tracker.proposing.basis.proposal import Passage, Value
from tracker.record.types import Json, Record

FILLED, AGREES, DIFFERS = "filled", "agrees", "differs"
"""What a value meets in a record: nothing, the same, or something else, which stays."""


class Basis(NamedTuple):
    """The text that the values were read in, and how people in it are found in the register."""

    source: str | None
    """Id of the source that the text is; None: no claims are made."""
    locator: Callable[[Passage], str]
    """Says where in the source words stand."""
    person: Callable[[str], str | Record]
    """Gives the id of somebody who is known, or a new person."""
    evidence: Callable[[Value], str]
    """Tells which kind of evidence the words of a value are for a binding status."""
    said: str | None = None
    """Day on which the text was published (EDTF)."""
    fills: bool = True
    """Whether what is blank is filled; else nobody wants it, and it stays so."""

    @property
    def sources(self) -> list[str]:
        """The source as items cite it."""
        return [] if self.source is None else [self.source]


class Laid(NamedTuple):
    """A proposed value where it belongs in a record."""

    path: str
    value: Json
    """As the field holds it, or would."""
    outcome: str
    held: Json
    """What the record held there before."""
    proposed: Value
