"""Ranges of days, calendar arithmetic, and the three answers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import edtf, periods
from tracker.dates.day import DateError, DayRange, answer
from tracker.dates.ranges import parse_range

TODAY = "2024-03-31"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2015..2020", "2015-01-01", "2020-12-31"),
        ("2015/2020", "2015-01-01", "2020-12-31"),
        ("..2023-10-31", None, "2023-10-31"),
        ("../2023-10-31", None, "2023-10-31"),
        ("2020..", "2020-01-01", None),
        ("2020/..", "2020-01-01", None),
        ("[2015..2020]", "2015-01-01", "2020-12-31"),
        ("today", "2024-03-31", "2024-03-31"),
        ("today+180d", "2024-09-27", "2024-09-27"),
        ("today..today+180d", "2024-03-31", "2024-09-27"),
        ("-2y..", "2022-03-31", None),
        ("-1m..today", "2024-02-29", "2024-03-31"),
        ("eom", "2024-03-31", "2024-03-31"),
        ("soq..eoq", "2024-01-01", "2024-03-31"),
        ("soy..eoy-1d", "2024-01-01", "2024-12-30"),
        ("Jan 2023..12 March 2023", "2023-01-01", "2023-03-12"),
    ],
)
def test_ranges(text, first, last):
    assert parse_range(text, TODAY) == DayRange(first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "2020..2015", "soon", "sam", "mom", "sox", "01/02/2023", "today+9999y", "2023-02-30.."]
)
def test_what_is_no_range(text):
    with pytest.raises(DateError):
        parse_range(text, TODAY)


@pytest.mark.parametrize(
    ("date", "wanted", "said"),
    [
        ("2023-10-10/2023-10-20", "2023-10", "certain"),
        ("2023-10-10/2023-10-20", "2023-10-15..", "possible"),
        ("2023-10-10/2023-10-20", "..2023-10-09", "no"),
        ("2023", "2023-06", "possible"),
        ("2024-10-22?", "2024", "possible"),
        ("2024-10-22?", "2023", "no"),
        ("../2023-11-17", "..2023-11-17", "certain"),
        ("../2023-11-17", "2023", "possible"),
        ("2020/..", "2020..", "certain"),
    ],
)
def test_three_answers(date, wanted, said):
    assert answer(edtf.parse(date), parse_range(wanted, TODAY)) == said


def test_no_date_gives_no_answer():
    assert answer(None, DayRange("2023-01-01", None)) is None


@given(st.dates(dt.date(1400, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_certain_is_inside_and_no_is_outside(day, before, after):
    first, last = periods.add_days(day.isoformat(), -before), periods.add_days(day.isoformat(), after)
    year = edtf.parse(day.isoformat()[:4])
    said = answer(year, DayRange(first, last))
    assert said == ("certain" if first <= year.earliest and year.latest <= last else "possible")
    assert answer(year, DayRange(None, periods.add_days(year.earliest, -1))) == "no"


@pytest.mark.parametrize(
    ("day", "period", "result"),
    [
        ("2014-09-25", "P90D", "2014-12-24"),  # Arms Trade Treaty, fiftieth instrument
        ("2001-03-19", "P30D", "2001-04-18"),  # LoI Framework Agreement, second instrument
        ("2012-09-18", "P30D", "2012-10-18"),
        ("2023-09-15", "P30D", "2023-10-15"),
        ("2019-02-02", "P6M", "2019-08-02"),  # INF Treaty, notice of six months
        ("2021-03-31", "P1Y", "2022-03-31"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2023-12-31", "P2W", "2024-01-14"),
    ],
)
def test_periods_of_treaties(day, period, result):
    assert periods.add(day, periods.parse(period)) == result


def test_the_last_day_for_notice_of_the_gsomia_is_counted_from_the_end_of_its_term():
    term_ends = periods.add_days(periods.add("2019-11-23", periods.parse("P1Y")), -1)
    assert periods.add(term_ends, periods.parse("P90D").times(-1)) == "2020-08-24"


@pytest.mark.parametrize("text", ["", "P", "90D", "P90", "P1.5Y", "PT5H", "P1D1Y", "P-1D"])
def test_what_is_no_period(text):
    with pytest.raises(periods.PeriodError):
        periods.parse(text)
