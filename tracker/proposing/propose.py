"""A text read by every rule."""

from collections.abc import Callable, Iterator

from tracker.proposing.basis import language as languages
from tracker.proposing.basis.document import Document
from tracker.proposing.basis.proposal import NEW, Proposal, Proposals, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.basis.words import words

Rule = Callable[[Reading, Instrument], Iterator[Value | Refusal]]

RULES: tuple[Rule, ...] = ()
"""What is read of each instrument, in the order in which it is shown."""


def propose(document: Document, vocabulary: Vocabulary) -> Proposals:
    """Return what a text proposes to record; nothing, and why, where its language is not read."""
    language = document.language
    if language not in languages.READ:
        return Proposals(language=language, unread=_unread(language))
    names = vocabulary.parties(document.body)
    reading = Reading(document, words(language), vocabulary, names, ())
    proposals, refusals = [], []
    for instrument in reading.instruments:
        found = [one for rule in RULES for one in rule(reading, instrument)]
        proposals.append(Proposal(NEW, tuple(one for one in found if isinstance(one, Value))))
        refusals += [one for one in found if isinstance(one, Refusal)]
    return Proposals(tuple(proposals), (), tuple(refusals), language)


def _unread(language: str | None) -> str:
    read = ", ".join(languages.NAMES[code] for code in languages.READ)
    if language is None:
        return f"the language of the text is not told by its words; read are {read}"
    return f"the text is written in {languages.NAMES.get(language, language)}, which is not read; read are {read}"
