"""A text while it is read: what every rule looks at, and what is known of an instrument that it names."""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from tracker.proposing.basis.document import Document, Sentence
from tracker.proposing.basis.language import Words
from tracker.proposing.basis.proposal import Passage
from tracker.proposing.basis.vocabulary import Named, Vocabulary


class Told(NamedTuple):
    """Where the text says that something was done with an instrument."""

    kind: str
    """``made``, ``transmitted``, ``announced``, ``negotiated``, ``perfect``."""
    voice: str
    """The table of the verb: ``signed``, ``signed_passive`` ..."""
    start: int
    end: int
    """The verb."""
    sentence: Sentence
    naming: Passage
    """The name of the instrument in that sentence."""
    signed: str | None = None
    """When, as EDTF, where the sentence tells it."""
    time: Passage | None = None
    """The words that tell when."""
    doers: tuple[int, int] = (0, 0)
    """The part of the text in which those stand who did it."""


class Side(NamedTuple):
    """A side of an instrument: the code of its party, and the ministry or agency that acts for it."""

    code: str
    entity: str | None
    passage: Passage
    """The sentence that names it as one."""
    why: str
    guessed: bool = False
    """Whether the text does not say that it is one, and only makes it likely."""


class Instrument(NamedTuple):
    """An agreement of which the text speaks, before anything is read of it but its name."""

    title: Passage
    """The fullest name that the text gives it."""
    term: str
    """The word in the title: ``Memorandum of Understanding``."""
    instrument_type: str
    namings: tuple[Passage, ...]
    """Every place where the text speaks of it, by any of its names (``the MOU``, ``this Agreement``)."""
    sentences: tuple[Sentence, ...]
    """The sentences of those places; of an instrument whose own text is given, every sentence of that."""
    act: Sentence | None
    """The sentence that says that it was made, None where its own text is given."""
    whole: tuple[int, int] | None = None
    """Where its own text begins and ends, if the document gives it."""
    told: tuple[Told, ...] = ()
    """What the text says was done with it, in order."""
    sides: tuple[Side, ...] = ()
    called: str = ""
    """What it is called, where its name stands in two places of a sentence, and is joined of these."""


class Reading(NamedTuple):
    """What rules look at."""

    document: Document
    words: Words
    vocabulary: Vocabulary
    names: tuple[Named, ...]
    """Every name of a party in the text, in order."""
    even: str
    """The text in small letters without accents, of the same length: patterns are written for it."""
    instruments: tuple[Instrument, ...] = ()
    """The instruments that are proposed."""
    others: tuple[Passage, ...] = ()
    """Every place where the text names another instrument."""
    aliases: tuple[tuple[str, Passage], ...] = ()
    """The short names of these, each with the full one."""

    def passage(self, start: int, end: int) -> Passage:
        """Return a part of the text."""
        return Passage(self.document.body[start:end], start, end)

    def names_in(self, start: int, end: int) -> tuple[Named, ...]:
        """Return the names of parties that stand in a part of the text."""
        first = bisect_left(self.names, start, key=lambda name: name.start)
        past = bisect_left(self.names, end, first, key=lambda name: name.start)
        return tuple(name for name in self.names[first:past] if name.end <= end)

    def name_at(self, place: int) -> Named | None:
        """Return the name of a party in which a character stands, or that begins with it."""
        before = bisect_right(self.names, place, key=lambda name: name.start)
        found = self.names[before - 1] if before else None
        return found if found is not None and place < found.end else None

    def name_before(self, place: int, within: int) -> Named | None:
        """Return the last name of a party that ends at most so many characters before a place."""
        before = bisect_left(self.names, place, key=lambda name: name.start)
        found = self.names[before - 1] if before else None
        return found if found is not None and found.end <= place <= found.end + within else None


def quotation(sentence: Sentence) -> Passage:
    """Return a sentence as the words that a value rests on."""
    return Passage(sentence.text, sentence.start, sentence.end)
