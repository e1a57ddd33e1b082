"""Dates are as exact as they are known, and no more."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import day as dates
from tracker.dates import periods, typed
from tracker.dates.day import DateError, DayRange, answer
from tracker.dates.edtf import SIGNS, bounds
from tracker.dates.typed import parse, read

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
    assert bounds(text) == (earliest, latest, uncertain)
    assert parse(text).edtf == text


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("13XX", "1300-01-01", "1399-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("2004-XX-XX", "2004-01-01", "2004-12-31"),
        ("2004-02-XX", "2004-02-01", "2004-02-29"),
        ("1964-XX-16", "1964-01-16", "1964-12-16"),
        ("1964-XX-31", "1964-01-31", "1964-12-31"),
        ("1964-1X-01", "1964-10-01", "1964-12-01"),
        ("2001-02-2X", "2001-02-20", "2001-02-28"),
        ("196X-02-29", "1960-02-29", "1968-02-29"),
        ("2001-25", "2001-03-01", "2001-05-31"),
        ("2001-29", "2001-09-01", "2001-11-30"),
        ("2001-21", "2001-03-01", "2001-11-30"),
        ("2001-23", "2001-03-01", "2001-11-30"),
        ("2001-31", "2001-03-01", "2001-05-31"),
        ("2001-32", "2001-06-01", "2001-08-31"),
        ("2001-28", "2000-12-01", "2002-02-28"),
        ("2001-34", "2001-04-01", "2001-06-30"),
        ("2001-41", "2001-07-01", "2001-12-31"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("[1760-01,1760-02,1760-12..]", "1760-01-01", None),
        ("[..1760-12-03,1762]", None, "1762-12-31"),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03"),
    ],
)
def test_rarer_forms_are_kept_as_they_are(text, earliest, latest):
    """EDTF levels 1 and 2 (ISO 8601-2:2019, 4.6-4.8): unknown digits, seasons and parts of a year, one-of sets."""
    assert parse(text) == (text, earliest, latest, False)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("2001-21?", "2001-03-01"),
        ("?2004-06", "2004-06-01"),
        ("2004-06~-11", "2004-06-11"),
        ("1984?/2004~", "1984-01-01"),
    ],
)
def test_a_mark_on_any_part_leaves_doubt_and_does_not_widen(text, earliest):
    found = parse(text)
    assert (found.edtf, found.earliest, found.uncertain) == (text, earliest, True)


def test_no_date_has_no_bounds():
    assert bounds(None) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[2023-10-10..2023-10-20]", "2023-10-10/2023-10-20"),
        ("[..2023]", "../2023"),
        ("2023/2023", "2023"),
        ("2023?~", "2023%"),
        ("201X?~", "201X%"),
        ("[..1984-05]", "../1984-05"),
        ("[1984]", "1984"),
        ("[1670..1672, 1668,1667,1668]", "[1667,1668,1670..1672]"),
        ("1985-04-12/", "1985-04-12/.."),
        ("/1985", "../1985"),
    ],
)
def test_one_text_for_one_date(text, kept):
    assert parse(text).edtf == kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2010-02-29", "February 2010 has 28 days; write 2010-02"),
        ("1976-06-31", "June 1976 has 30 days"),
        ("2023-13", "no month 13; write 2023"),
        ("9999-12-31", "years run from 1300 to 2200"),
        ("0001-01-01", "years run"),
        *(
            (day, "years run")
            for day in ("0000-00-00", "2599-01-01", "2699-01-01", "2899-01-01", "2999-01-01", "3200-01-01")
        ),
        ("-0044", "years run"),
        ("Y17000", "years run"),
        ("12XX", "years run"),
        ("2020/9999-12-31", "write 2020/.. for an open end"),
        ("XXXX-12-25", "does not tell the year"),
        ("1964-02-3X", "no day of the calendar; write 1964-02"),
        ("2023-42", "no month 42; write 2023"),
        ("201X-21", "a season needs its year"),
        ("{1667,1668}", "record an event for each"),
        ("[2004..2003]", "write 2003..2004"),
        ("[2004,]", "names its members"),
        ("201x", "write 201X"),
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
        parse(text)
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
        ("c.1996", "1996~"),
        ("probably 1996", "1996?"),
        ("c. 1996?", "1996?"),
        ("probably c. 1996", "1996~"),
        ("circa 1996", "1996~"),
        ("vers 1960", "1960~"),
        ("um 1950", "1950~"),
        ("hacia marzo de 1998", "1998-03~"),
        ("cerca de 1996", "1996~"),
        ("Oct 2023?", "2023-10?"),
        ("before 17 Nov 2023", "../2023-11-16"),
        ("by 2023-11-17", "../2023-11-17"),
        ("after 2020", "2021-01-01/.."),
        ("since 2019", "2019/.."),
        ("between 10 Oct 2023 and 20 Oct 2023", "2023-10-10/2023-10-20"),
        ("10-20 October 2023", "2023-10-10/2023-10-20"),
        ("2015-2020", "2015/2020"),
        ("1990s", "1990/1999"),
        ("2023-xx", "2023-XX"),
        ("2023-??", "2023"),
        ("201u", "201X"),
        ("c. 201x", "201X~"),
        ("spring 2001", "2001-21"),
        ("2004 or May 2005", "[2004,2005-05]"),
        ("Q1 2023", "2023-01/2023-03"),
        ("12.01.2023", "2023-01-12"),
        ("13/01/2023", "2023-01-13"),
        ("2023年1月12日", "2023-01-12"),
        ("today", "2024-03-31"),
        ("today-1m", "2024-02-29"),
        ("yesterday", "2024-03-30"),
        ("Jan 12, 2023 10:00", "2023-01-12"),
        ("25-12-2021", "2021-12-25"),
        ("12-25-2021", "2021-12-25"),
        ("5-5-2021", "2021-05-05"),
        ("01dec2017", "2017-12-01"),
        ("3 mars 1998", "1998-03-03"),
        ("1er févr. 1998", "1998-02-01"),
        ("3. März 1998", "1998-03-03"),
        ("3 de marzo de 1998", "1998-03-03"),
        ("1º de março de 2020", "2020-03-01"),
        ("３ Juillet ２０２１", "2021-07-03"),
        ("２０２１年３月４日", "2021-03-04"),
        ("令和5年1月12日", "2023-01-12"),
        ("平成元年1月", "1989-01"),
        ("1953년 10월 1일", "1953-10-01"),
        ("1965. 6. 22.", "1965-06-22"),
        ("16 июля 2001 г.", "2001-07-16"),
        ("Май 1999", "1999-05"),
        ("١٣/٠٣/١٩٨٥", "1985-03-13"),
        ("30 June - 2 July 2001", "2001-06-30/2001-07-02"),
    ],
)
def test_dates_as_people_type_them(typed, edtf):
    assert read(typed, TODAY).edtf == edtf


@pytest.mark.parametrize(
    "typed",
    [
        *("01/02/2023", "March", "12 January", "31 June 2023", "at noon", "10:00", "12 Jan 23"),
        *(
            "12-12-202",
            "31/12/23",
            "12-01-2023",
            "12-01-2023 10:00",
            "10-12-2021-11",
            "25-12-21",
            "13-13-2021",
            *("明治5年1月1日", "um de janeiro de 1998"),
        ),
        *("14 and 28 December 2023", "14 March 2001 and 3 May 2002", "30 December - 2 January 2002"),
    ],
)
def test_nothing_is_invented(typed):
    with pytest.raises(DateError):
        read(typed, TODAY)


@pytest.mark.parametrize("text", ["28-12-23", "12.01.23", "1-Dec-17", "17-déc.-01", "Jan-23"])
def test_a_year_of_two_digits_is_told_as_what_it_is(text):
    with pytest.raises(DateError, match="has a year of two digits; write all four"):
        read(text, "2026-01-01")


def test_two_readings_with_hyphens_are_both_told():
    with pytest.raises(DateError, match=r"write 2023-01-12 \(12 January\) or 2023-12-01 \(1 December\)"):
        read("12-01-2023", TODAY)


def test_names_of_months_say_the_same_month_in_every_language():
    """What is cut to three letters and could be two months is none of them: ``jui`` is juin and juillet."""
    for names in typed.MONTHS.values():
        for number, name in enumerate(names, 1):
            assert typed.month_number(name.upper()) == number
            assert typed.month_number(name[:3]) in (number, None)
    assert typed.month_number("jui") is None


def test_last_of_two_signing_acts():
    acts = [parse("2005-03-24"), parse("2005-02-07")]
    assert dates.last(acts) == parse("2005-03-24")
    assert dates.last([]) is None


def test_last_is_no_more_exact_than_the_dates():
    assert dates.last([parse("2005-02-07"), parse("2005")]) == parse("2005-02-07/2005-12-31")
    assert dates.last([parse("2005-02-07?"), parse("2006")]) == parse("2006")
    assert dates.last([parse("2005"), parse("2006?")]) == parse("2006?")
    assert dates.last([parse("../2006"), parse("2006/..")]) == parse("2006/..")


digits = st.sampled_from("0123456789X")
unknown = st.builds(
    lambda year, month, day, size: "-".join((year, month, day)[:size]),
    st.builds("".join, st.tuples(st.just("19"), digits, digits)),
    st.builds("".join, st.tuples(st.sampled_from("01X"), digits)),
    st.builds("".join, st.tuples(st.sampled_from("0123X"), digits)),
    st.integers(1, 3),
)
seasons = st.builds(lambda year, code: f"{year}-{code}", st.integers(1301, 2199), st.integers(21, 41))
sets = st.lists(points, min_size=1, max_size=4).map(lambda members: f"[{','.join(members)}]")
forms = st.one_of(points, unknown, seasons, sets)


@given(forms)
def test_parse_and_format_are_inverse_and_bounds_in_order(text):
    with contextlib.suppress(DateError):
        date = parse(text)
        assert parse(date.edtf) == date
        assert not date.edtf.strip(SIGNS)
        assert date.earliest <= date.latest
        assert len(date.earliest) == len(date.latest) == 10


@given(unknown, st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)))
def test_unknown_digits_allow_just_the_days_that_fit(text, day):
    """A day that fits the digits lies within the bounds; the bounds themselves fit."""

    def fits(iso):
        return all(sign in ("X", other) for sign, other in zip(text, iso, strict=False))

    try:
        date = parse(text)
    except DateError:
        assert not fits(day.isoformat())
        return
    assert fits(date.earliest)
    assert fits(date.latest)
    assert not fits(day.isoformat()) or date.earliest <= day.isoformat() <= date.latest


@given(days, days, days, days)
def test_a_narrower_date_never_turns_certainly_into_no(one, two, three, four):
    """Whatever is certain, or ruled out, of a date in a range stays so for each narrower date."""
    inner = sorted((one, two))
    outer = min(inner[0], three), max(inner[1], four)
    wide, narrow = (parse(f"{first.isoformat()}/{last.isoformat()}") for first, last in (outer, inner))
    for wanted in (DayRange(three.isoformat(), None), DayRange(None, four.isoformat())):
        answers = answer(wide, wanted), answer(narrow, wanted)
        assert answers[0] == "possible" or answers[0] == answers[1]


@given(days, st.integers(-2400, 2400))
def test_month_arithmetic_keeps_the_day_or_clamps_to_the_end_of_the_month(day, months):
    """INF Treaty: 2019-02-02 plus six months is 2019-08-02; 31 January plus one month is the last of February."""
    with contextlib.suppress(periods.PeriodError):
        moved = dt.date.fromisoformat(periods.add(day.isoformat(), periods.Period(months, 0)))
        assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
        assert moved.day == min(day.day, dates.days_in_month(moved.year, moved.month))
    assert periods.add("2019-02-02", periods.parse("P6M")) == "2019-08-02"


@given(points)
def test_reading_what_was_written_changes_nothing(text):
    date = parse(text)
    assert parse(date.edtf) == date == read(text, TODAY)
    assert date.earliest <= date.latest


@given(st.lists(points, min_size=1, max_size=4))
def test_last_is_not_before_any(texts):
    found = dates.last([parse(text) for text in texts])
    assert found.earliest == max(bounds(text)[0] for text in texts)
    assert found.latest == max(bounds(text)[1] for text in texts)
    assert parse(found.edtf) == found


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for reading in (parse, lambda typed: read(typed, TODAY)):
        with contextlib.suppress(DateError):
            date = reading(text)
            assert parse(date.edtf) == date


@pytest.mark.parametrize("text", ["2020-05/..", "../2020-05"])
def test_an_open_interval_of_ten_characters_is_no_day(text):
    """Ten characters with a hyphen in the fifth place are a day only with one in the eighth too."""
    assert parse(text).edtf == text
