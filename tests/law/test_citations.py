"""Footnotes: dates in words."""

import pytest

from tracker.law.citations import spelled


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023", "2023"),
        ("2023-01", "January 2023"),
        ("2023-12", "December 2023"),
        ("2023-01-12", "12 January 2023"),
        ("2023-12-31", "31 December 2023"),
        ("1996~", "about 1996"),
        ("1996-10?", "probably October 1996"),
        ("../2023-03", "on or before March 2023"),
        ("2023-03-04/..", "on or after 4 March 2023"),
        ("2023-10-10/2023-10-20", "between 10 October 2023 and 20 October 2023"),
        ("201X", "201X"),
        ("2001-21", "2001-21"),
    ],
)
def test_a_date_is_spelled_as_exactly_as_it_is_known(edtf, words):
    assert spelled(edtf) == words
