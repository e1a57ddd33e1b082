"""Dates are as exact as they are known, and no more."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import dates
from tracker.domain.dates import DateError

TODAY = "2024-03-31"

days = st.dates(min_value=dt.date(1300, 1, 1), max_value=dt.date(2200, 12, 31))
points = st.one_of(
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "uncertain"),
    [
        ("2023", "2023-01-01", "2023-12-31", False),
        ("2024-02", "2024-02-01", "2024-02-29", False),
        ("1900-02", "1900-02-01", "1900-02-28", False),
        ("2023-01-12", "2023-01-12", "2023-01-12", False),
        ("2023-10-10/2023-10-20", "2023-10-10", "2023-10-20", False),
        ("2023-10/2023-11", "2023-10-01", "2023-11-30", False),
        ("../2023-11-17", None, "2023-11-17", False),
        ("2020/..", "2020-01-01", None, False),
        ("2024-10-22?", "2024-10-22", "2024-10-22", True),
        ("1996-04~", "1996-04-01", "1996-04-30", True),
    ],
)
def test_bounds_of_each_form(text, earliest, latest, uncertain):
    assert dates.bounds(text) == (earliest, latest, uncertain)
    assert dates.parse(text).edtf == text


def test_no_date_has_no_bounds():
    assert dates.bounds(None) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[2023-10-10..2023-10-20]", "2023-10-10/2023-10-20"),
        ("[..2023]", "../2023"),
        ("2023/2023", "2023"),
        ("2023?~", "2023%"),
    ],
)
def test_one_text_for_one_date(text, kept):
    assert dates.parse(text).edtf == kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2010-02-29", "February 2010 has 28 days; write 2010-02"),
        ("1976-06-31", "June 1976 has 30 days"),
        ("2023-13", "no month 13; write 2023"),
        ("9999-12-31", "years run from 1300 to 2200"),
        ("0001-01-01", "years run"),
        ("2899-01-01", "years run"),
        ("2023-10-20/2023-10-10", "write 2023-10-10/2023-10-20"),
        ("../..", "leave the date out"),
        ("12 Jan 2023", "write 2023-01-12"),
        ("2023-1-2", "write 2023-01-02"),
        ("20230112", "write 2023-01-12"),
        ("01/02/2023", "2023-02-01 (1 February) or 2023-01-02 (2 January)"),
        ("soon", "expected YYYY"),
        ("", "expected YYYY"),
        ("٢٠٢٣", "expected YYYY"),
    ],
)
def test_what_is_no_date_says_the_nearest(text, told):
    with pytest.raises(DateError) as error:
        dates.parse(text)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("12 January 2023", "2023-01-12"),
        ("Jan 2023", "2023-01"),
        ("January 12th, 2023", "2023-01-12"),
        ("Friday 20 Oct 2023", "2023-10-20"),
        ("c. 1996", "1996~"),
        ("circa 1996", "1996~"),
        ("Oct 2023?", "2023-10?"),
        ("before 17 Nov 2023", "../2023-11-16"),
        ("by 2023-11-17", "../2023-11-17"),
        ("after 2020", "2021-01-01/.."),
        ("since 2019", "2019/.."),
        ("between 10 Oct 2023 and 20 Oct 2023", "2023-10-10/2023-10-20"),
        ("10-20 October 2023", "2023-10-10/2023-10-20"),
        ("2015-2020", "2015/2020"),
        ("1990s", "1990/1999"),
        ("2023-XX", "2023"),
        ("Q1 2023", "2023-01/2023-03"),
        ("12.01.2023", "2023-01-12"),
        ("13/01/2023", "2023-01-13"),
        ("2023年1月12日", "2023-01-12"),
        ("today", "2024-03-31"),
        ("today-1m", "2024-02-29"),
        ("yesterday", "2024-03-30"),
        ("Jan 12, 2023 10:00", "2023-01-12"),
    ],
)
def test_dates_as_people_type_them(typed, edtf):
    assert dates.read(typed, TODAY).edtf == edtf


@pytest.mark.parametrize(
    "typed", ["01/02/2023", "March", "12 January", "31 June 2023", "at noon", "10:00", "12 Jan 23"]
)
def test_nothing_is_invented(typed):
    with pytest.raises(DateError):
        dates.read(typed, TODAY)


def test_last_of_two_signing_acts():
    acts = [dates.parse("2005-03-24"), dates.parse("2005-02-07")]
    assert dates.last(acts) == dates.parse("2005-03-24")
    assert dates.last([]) is None


def test_last_is_no_more_exact_than_the_dates():
    assert dates.last([dates.parse("2005-02-07"), dates.parse("2005")]) == dates.parse("2005-02-07/2005-12-31")
    assert dates.last([dates.parse("2005-02-07?"), dates.parse("2006")]) == dates.parse("2006")
    assert dates.last([dates.parse("2005"), dates.parse("2006?")]) == dates.parse("2006?")
    assert dates.last([dates.parse("../2006"), dates.parse("2006/..")]) == dates.parse("2006/..")


@given(points)
def test_reading_what_was_written_changes_nothing(text):
    date = dates.parse(text)
    assert dates.parse(date.edtf) == date == dates.read(text, TODAY)
    assert date.earliest <= date.latest


@given(st.lists(points, min_size=1, max_size=4))
def test_last_is_not_before_any(texts):
    found = dates.last([dates.parse(text) for text in texts])
    assert found.earliest == max(dates.bounds(text)[0] for text in texts)
    assert found.latest == max(dates.bounds(text)[1] for text in texts)
    assert dates.parse(found.edtf) == found


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for reading in (dates.parse, lambda typed: dates.read(typed, TODAY)):
        with contextlib.suppress(DateError):
            date = reading(text)
            assert dates.parse(date.edtf) == date


@pytest.mark.parametrize("text", ["2020-05/..", "../2020-05"])
def test_an_open_interval_of_ten_characters_is_no_day(text):
    """Ten characters with a hyphen in the fifth place are a day only with one in the eighth too."""
    assert dates.parse(text).edtf == text
