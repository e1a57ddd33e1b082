"""What comes of a text as a whole."""

from tracker.proposing.basis.document import Document
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.propose import propose

NOTHING_KNOWN = Vocabulary((), {})


def test_nothing_is_proposed_from_a_language_that_is_not_read():
    found = propose(
        Document("I due governi hanno firmato oggi un accordo di cooperazione nel campo del commercio."), NOTHING_KNOWN
    )
    assert found.proposals == ()
    assert found.unread is not None
    assert "Italian" in found.unread


def test_a_text_without_words_says_so():
    assert "not told by its words" in (propose(Document("1 2 3"), NOTHING_KNOWN).unread or "")
