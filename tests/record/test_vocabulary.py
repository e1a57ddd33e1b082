"""The lists of codes: complete, without doubles, and helpful where a code is wrong."""

import pytest

from tracker.record import document as record
from tracker.record import vocabulary as words

LISTS = {name: value for name, value in vars(words).items() if name.isupper() and isinstance(value, tuple) and value}


@pytest.mark.parametrize("name", LISTS)
def test_no_list_holds_a_code_twice(name):
    assert len(set(LISTS[name])) == len(LISTS[name])


def test_shorthand_of_the_vocabulary_is_written_out():
    for code in (
        "negotiation_concluded",
        "provisional_application_ended",
        "reservation_modified",
        "territorial_application_excluded",
        "notice_of_withdrawal_revoked",
        "issued",
        "other",
    ):
        assert code in words.EVENT_KINDS


def test_flags_and_calendar_are_no_statuses():
    assert not {"notice_given", "partly_ratified", "expiring"} & set(words.STATUSES)
    assert words.FLAGS == ("notice_given", "partly_ratified", "no_end_recorded", "computed_entry")


def test_every_subject_hangs_in_the_tree_below_an_earlier_one():
    seen = set()
    for code, (label, parent) in words.FOCUS_AREAS.items():
        assert label
        assert parent is None or parent in seen
        seen.add(code)
    roots = [code for code, (_, parent) in words.FOCUS_AREAS.items() if parent is None]
    assert roots == [
        "technology",
        "capabilities",
        "industry_and_supply",
        "forces_and_access",
        "information",
        "alliance_and_policy",
        "arms_control",
        "law",
    ]
    assert {"hypersonic_defence", "supply_chain", "mutual_defence", "maritime_delimitation"} <= seen


def test_a_wrong_code_is_answered_with_the_nearest():
    with pytest.raises(words.VocabularyError, match="unknown instrument type 'protocl'; did you mean protocol"):
        words.check("protocl", words.INSTRUMENT_TYPES, "instrument type")
    with pytest.raises(words.VocabularyError, match="expected high, medium, low"):
        words.check("zzz", words.CONFIDENCES, "confidence")
    words.check("high", words.CONFIDENCES, "confidence")


def test_arrangements_have_words_of_their_own():
    assert words.words("non_binding")["party"] == "participant"
    assert words.words("binding")["enters_into_force"] == "enters into force"
    assert words.TREATY_WORDS.keys() == words.ARRANGEMENT_WORDS.keys()


def test_collections_cover_every_kind():
    assert set(record.COLLECTIONS) == set(record.KINDS)
