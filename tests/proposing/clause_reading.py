"""Clauses read as if they were the whole text of an agreement."""

from tracker.proposing.basis.document import Document
from tracker.proposing.basis.language import words
from tracker.proposing.basis.proposal import Passage, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading
from tracker.proposing.basis.spelled import even
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.propose import Rule

TITLES = {
    "en": "Agreement and Memorandum of Understanding, Convention, Treaty, Protocol",
    "fr": "Accord, Convention, Arrangement, Protocole",
    "de": "Abkommen, Vertrag, Vereinbarung, Protokoll",
    "es": "Acuerdo, Convenio, Tratado, Memorando de Entendimiento",
    "ja": "協定、条約、覚書",
}


def read(rule: Rule, language: str, text: str) -> list[Value | Refusal]:
    """Return what a rule reads in a text that is an agreement's own."""
    document = Document(text, language=language)
    reading = Reading(document, words(language), Vocabulary((), {}), (), even(document.body))
    title = Passage(TITLES[language], 0, 0)
    whole = Instrument(title, "", "agreement", (), document.sentences, None, (0, len(text)))
    found = list(rule(reading, whole))
    for one in found:
        assert text[one.passage.start : one.passage.end] == one.passage.text
    return found


def terms(rule: Rule, language: str, text: str) -> list[object]:
    """Return the values that a rule reads in a text that is an agreement's own."""
    return [one.value for one in read(rule, language, text) if isinstance(one, Value)]
