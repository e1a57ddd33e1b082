"""A text read by every rule."""

from collections.abc import Callable, Iterable, Iterator

from tracker.proposing.basis import language as languages
from tracker.proposing.basis.document import Document
from tracker.proposing.basis.language import words
from tracker.proposing.basis.names import named
from tracker.proposing.basis.proposal import MEDIUM, NEW, Proposal, Proposals, Refusal, Value
from tracker.proposing.basis.reading import Instrument, Reading, quotation
from tracker.proposing.basis.spelled import even
from tracker.proposing.basis.times import published
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.instruments.found import instruments
from tracker.proposing.instruments.news import happened, to_come
from tracker.proposing.rules import (
    access,
    binding,
    final_clauses,
    focus,
    parties,
    place,
    relations,
    signatories,
    signing_day,
)

Rule = Callable[[Reading, Instrument], Iterator[Value | Refusal]]

RULES: tuple[Rule, ...] = (
    parties.read,
    signing_day.read,
    place.read,
    signatories.read,
    binding.read,
    focus.read,
    relations.read,
    final_clauses.read_entry,
    final_clauses.read_duration,
    final_clauses.read_adjective,
    final_clauses.read_notices,
    final_clauses.read_survival,
    access.read,
)
"""What is read of each instrument, in the order in which it is shown."""


LONGEST = 400_000
"""Characters of a text that are read: a long treaty has as many; what stands behind is left out, and said to be."""


def propose(document: Document, vocabulary: Vocabulary) -> Proposals:
    """Return what a text proposes to record; nothing, and why, where its language is not read."""
    language = document.language
    if language not in languages.READ:
        return Proposals(language=language, unread=_unread(language))
    read = document.beginning(LONGEST)
    reading = Reading(read, words(language), vocabulary, named(read.body, vocabulary, language), even(read.body))
    day = published(reading)
    found = instruments(reading)
    reading = reading._replace(instruments=found.new, others=found.others, aliases=found.aliases)
    proposals, refusals = [], [*found.refusals, *_left_out(document, read)]
    for instrument in reading.instruments:
        values = [one for rule in RULES for one in rule(reading, instrument)]
        taken = _once(one for one in values if isinstance(one, Value))
        proposals.append(Proposal(NEW, (*_named(instrument), *taken)))
        refusals += [one for one in values if isinstance(one, Refusal)]
    news = (*to_come(found.coming), *happened(reading, found.left))
    return Proposals(
        (*proposals, *news), found.mentions, tuple(refusals), language, published=day.edtf if day else None
    )


SINGLE = frozenset(
    ("place", "binding_status", "text_access", "terms.entry_into_force", "terms.duration", "terms.survival")
)
"""Keys that hold one value: the first rule that reads one has it."""


def _once(values: Iterable[Value]) -> Iterator[Value]:
    """Yield values, of a key that holds one the first."""
    seen: set[str] = set()
    for value in values:
        if value.key not in seen:
            yield value
        if value.key in SINGLE:
            seen.add(value.key)


def _left_out(whole: Document, read: Document) -> Iterator[Refusal]:
    """Yield that the end of a long text was not read."""
    if len(read.body) < len(whole.body) and read.sentences:
        last = read.sentences[-1]
        left = len(whole.body) - len(read.body)
        why = f"the text is longer than {LONGEST:,} characters: the last {left:,} were not read"
        yield Refusal("the end of the text", quotation(last), "document", why)


def _named(instrument: Instrument) -> Iterator[Value]:
    """Yield what the name of an instrument tells."""
    words_for = instrument.title if instrument.act is None else quotation(instrument.act)
    why = "joined of two places of the sentence" if instrument.called else "the fullest name in the text"
    yield Value("title", instrument.called or instrument.title.text, instrument.title, MEDIUM, "instruments", why)
    yield Value("title_term", instrument.term, instrument.title, MEDIUM, "instruments", "the word in the title")
    yield Value(
        "instrument_type", instrument.instrument_type, words_for, MEDIUM, "instruments", "by the word in the title"
    )


def _unread(language: str | None) -> str:
    read = ", ".join(languages.NAMES[code] for code in languages.READ)
    if language is None:
        return f"the language of the text is not told by its words; read are {read}"
    return f"the text is written in {languages.NAMES.get(language, language)}, which is not read; read are {read}"
