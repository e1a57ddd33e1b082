"""Long runs of letters in the name of an instrument are read in time that grows with their length."""

from tracker.proposing.basis.document import Document
from tracker.proposing.basis.vocabulary import Vocabulary
from tracker.proposing.propose import propose


def test_a_run_of_capitals_in_a_list_is_read_as_one_word() -> None:
    """Cut into every nine pieces of it, this one took longer than anybody waits."""
    run = "U" * 90
    text = (
        "Agreement and Memorandum oining, Conventio, Treand Memorandum of U\ufffd ding, Convention, Trety, Protocond "
        f"Memorandum of {run}l_\ufffd, Treaty, Protocol,"
    )
    names = Vocabulary([("Japan", "JPN"), ("United States", "USA")], {})
    read = propose(Document(text, language="en", published="2023-01-18"), names)
    assert read.language == "en"
