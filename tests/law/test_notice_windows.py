"""The time in which notice may be given: what lies certainly outside it, and what may lie inside."""

import pytest

from tracker.dates.edtf import parse
from tracker.law.terms import missed, windows

ENTRY = parse("2000-05-10")
AFTER_THREE_YEARS = {"after_entry": "P3Y"}
EVERY_TEN_YEARS = {"after_first_entry": "P10Y", "window": "P1Y", "repeats": "P10Y"}


@pytest.mark.parametrize(
    ("clause", "given", "told"),
    [
        (AFTER_THREE_YEARS, "2003-05-09", "the first day for it is 2003-05-10"),
        (AFTER_THREE_YEARS, "2003-05-10", None),
        (AFTER_THREE_YEARS, "2003-05", None),
        (AFTER_THREE_YEARS, "2002", "the first day for it is 2003-05-10"),
        (EVERY_TEN_YEARS, "2010-05-09", "the first day for it is 2010-05-10"),
        (EVERY_TEN_YEARS, "2011-05-09", None),
        (EVERY_TEN_YEARS, "2011-05-10", "the first day for it is 2020-05-10"),
        (EVERY_TEN_YEARS, "2021-01-01", None),
        ({"after_entry": "P3Y", "window": "P1Y"}, "2004-05-10", "the last day for it was 2004-05-09"),
    ],
)
def test_a_notice_outside_its_time_is_told_with_the_day(clause, given, told):
    assert missed(parse(given), ENTRY, clause) == told


def test_windows_are_counted_from_the_same_day():
    found = [window for window, _ in zip(windows(parse("2000-02-29"), EVERY_TEN_YEARS), range(3), strict=False)]
    assert [(window.first.edtf, window.last.edtf) for window in found] == [
        ("2010-02-28", "2011-02-27"),
        ("2020-02-29", "2021-02-27"),
        ("2030-02-28", "2031-02-27"),
    ]
