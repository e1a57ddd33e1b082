"""References: what they look like and how one is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.refs import LONGEST, RefError, check, is_id, next_free, propose


def test_upper_case_is_folded():
    assert check("US-JP-SOSA-2023") == "us-jp-sosa-2023"


@pytest.mark.parametrize("text", ["", "-a", "a b", "a_b", "ä", "a" * 121, "a/b"])
def test_what_is_no_ref_is_refused_in_one_line(text):
    with pytest.raises(RefError, match="expected letters") as caught:
        check(text)
    assert "\n" not in str(caught.value)


def test_the_longest_ref_that_is_taken_has_a_hundred_and_twenty_characters():
    assert check("a" * 120) == "a" * 120


def test_a_bilateral_ref_names_both_sides_type_and_year():
    assert propose(["US", "JP"], "security_of_supply_arrangement", "Any", 2023) == "us-jp-sosa-2023"
    assert propose(["US", "JP"], "memorandum_of_understanding", "Any", None) == "us-jp-mou"
    assert propose(["org-eu", "NO"], "agreement", "Any", "2020") == "eu-no-agreement-2020"


def test_a_party_with_two_entities_is_named_once():
    assert propose(["US", "US", "JP"], "treaty", "Any", 1960) == "us-jp-treaty-1960"


def test_the_title_stands_in_where_many_are_parties_or_the_type_is_unknown():
    many = ["AA", "BB", "CC", "DD"]
    assert propose(many, "treaty", "The Arms Trade Treaty", 2013) == "arms-trade-treaty-2013"
    assert propose([], "unknown", "Memorandum on the Status of Forces", 1999) == "memorandum-status-forces-1999"


@given(st.lists(st.text(max_size=8), max_size=5), st.text(max_size=20), st.text(max_size=200))
def test_whatever_is_proposed_is_a_ref(parties, instrument_type, title):
    assert is_id(propose(parties, instrument_type, title, 2023))


@given(st.sets(st.from_regex(r"a(-[0-9])?", fullmatch=True)))
def test_the_next_free_ref_is_free(taken):
    free = next_free("a", taken)
    assert free not in taken
    assert is_id(free)


def test_a_long_ref_is_cut_for_its_number():
    long = "a" * LONGEST
    assert next_free(long, {long}) == "a" * (LONGEST - 2) + "-2"
