"""A text while it is read: what every rule looks at, and what is known of an instrument that it names."""

from typing import NamedTuple

from tracker.proposing.basis.document import Document, Sentence
from tracker.proposing.basis.proposal import Passage
from tracker.proposing.basis.vocabulary import Named, Vocabulary
from tracker.proposing.basis.words import Words


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


class Reading(NamedTuple):
    """What rules look at."""

    document: Document
    words: Words
    vocabulary: Vocabulary
    names: tuple[Named, ...]
    """Every name of a party in the text, in order."""
    instruments: tuple[Instrument, ...]
    """The instruments that are proposed."""

    def passage(self, start: int, end: int) -> Passage:
        """Return a part of the text."""
        return Passage(self.document.body[start:end], start, end)

    def names_in(self, start: int, end: int) -> tuple[Named, ...]:
        """Return the names of parties that stand in a part of the text."""
        return tuple(name for name in self.names if start <= name.start and name.end <= end)


def quotation(sentence: Sentence) -> Passage:
    """Return a sentence as the words that a value rests on."""
    return Passage(sentence.text, sentence.start, sentence.end)
