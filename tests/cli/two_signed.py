"""An article of our own that tells facts of the samples in the ways in which papers tell them, and what it proposes."""

from tracker.proposing.basis.document import Document
from tracker.proposing.basis.proposal import NEW, Mention, Passage, Proposal, Proposals, Refusal, Value

PUBLISHED = "2023-01-18"

ARTICLE = """\
Tokyo and Washington put research and supplies on paper

When the defense ministers of Japan and the United States met at the Pentagon last week, they did more than talk.

On Thursday, Secretary of Defense Lloyd J. Austin III and Minister of Defense Hamada Yasukazu signed two documents: a \
memorandum of understanding for research, development, test and evaluation projects, and a security of supply \
arrangement. The memorandum of understanding is a legally-binding text that updates a previous agreement and covers \
hypersonic defence. The security of supply arrangement, on the other hand, is non-binding and asks both sides to give \
each other's orders in the supply chain priority.

Days before, on 13 January, the two countries had also signed a framework agreement on space. Japan expects to sign \
a reciprocal access agreement with the Philippines next year.

The Department of Defense did not publicly release the texts.
"""

SIGNED = ARTICLE[ARTICLE.index("On Thursday") : ARTICLE.index(" The memorandum of")]
BINDS = ARTICLE[ARTICLE.index("The memorandum of") : ARTICLE.index(" The security of supply arrangement, on")]
BINDS_NOT = ARTICLE[ARTICLE.index("The security of supply arrangement, on") : ARTICLE.index("\n\nDays before")]
CLOSED = "The Department of Defense did not publicly release the texts."


def passage(words: str, text: str = ARTICLE) -> Passage:
    start = text.index(words)
    return Passage(words, start, start + len(words))


def value(key: str, held: object, words: str, text: str = ARTICLE, sure: str = "medium") -> Value:
    return Value(key, held, passage(words, text), sure, key.partition(".")[0], "the text says so")


def _both(title: str, term: str, kind: str) -> list[Value]:
    return [
        value("title", title, SIGNED),
        value("title_term", term, SIGNED),
        value("instrument_type", kind, SIGNED),
        value("parties", {"code": "USA", "entity": "Department of Defense", "role": None}, SIGNED),
        value("parties", {"code": "JPN", "entity": None, "role": None}, SIGNED),
        value("events", {"kind": "signed", "date": "2023-01-12", "places": ["Pentagon"], "parties": []}, SIGNED),
        value(
            "signatories",
            {"name": "Lloyd J. Austin III", "office": "Secretary of Defense", "party": "USA"},
            SIGNED,
        ),
        value("signatories", {"name": "Hamada Yasukazu", "office": "Minister of Defense", "party": "JPN"}, SIGNED),
        value("text_access", "not_released", CLOSED),
    ]


MEMORANDUM = Proposal(
    NEW,
    (
        *_both(
            "memorandum of understanding for research, development, test and evaluation projects",
            "memorandum of understanding",
            "memorandum_of_understanding",
        ),
        value("binding_status", "binding", BINDS),
        value("focus_areas", "hypersonic_defence", BINDS),
        value("relations", {"type": "updates", "target_title": "a previous agreement", "word": "updates"}, BINDS),
    ),
)
ARRANGEMENT = Proposal(
    NEW,
    (
        *_both("security of supply arrangement", "arrangement", "security_of_supply_arrangement"),
        value("binding_status", "non_binding", BINDS_NOT),
        value("focus_areas", "supply_chain", BINDS_NOT),
    ),
)
MENTIONS = (
    Mention(
        "framework agreement on space", "agreement", ("JPN", "USA"), "2023-01-13",
        passage("Days before, on 13 January, the two countries had also signed a framework agreement on space."),
        "signed before",
    ),
)  # fmt: skip
REFUSALS = (
    Refusal(
        "a reciprocal access agreement",
        passage("Japan expects to sign a reciprocal access agreement with the Philippines next year."),
        "instruments",
        "it is not signed yet",
    ),
)


def proposed(document: Document, _vocabulary: object) -> Proposals:
    """What a reading of the article gives."""
    assert document.body.strip() == ARTICLE.strip()
    return Proposals((MEMORANDUM, ARRANGEMENT), MENTIONS, REFUSALS, "en")
