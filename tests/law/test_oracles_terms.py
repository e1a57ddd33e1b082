"""Terms, notices and gaps of real agreements, each against a date or a number that a source states."""

import pytest

from tracker.dates.edtf import parse
from tracker.dates.periods import parse as period
from tracker.law import terms
from tracker.law.gap_figures import gap


def test_o7_last_day_for_notice_of_the_japan_rok_gsomia():
    """Source hani-2020-08-24 (Hankyoreh): in force 2016-11-23, terms of a year, 90 days: the deadline is 24 August.

    The anniversary less 90 days would be the 25th, a day late.
    """
    initial = terms.last_day(parse("2016-11-23"), period("P1Y"))
    current = next(term for term in terms.rolling(terms.ending(initial), period("P1Y")) if term.last.edtf >= "2020")
    assert current.last.edtf == "2020-11-22"
    assert terms.notice_deadline(current.last, period("P90D")).edtf == "2020-08-24"


def test_o8_withdrawal_from_the_inf_treaty_takes_effect():
    """Source csis-inf: notice of 2 February 2019 and six months (Art. XV)."""
    assert terms.takes_effect(parse("2019-02-02"), period("P6M")).edtf == "2019-08-02"


def test_o9_extension_of_the_special_measures_agreement():
    """Source mofa-2021-03-31: five years from 2016-04-01 end 2021-03-31, a protocol adds one year."""
    end = terms.last_day(parse("2016-04-01"), period("P5Y"))
    assert end.edtf == "2021-03-31"
    assert terms.extended(end, period("P1Y")).edtf == "2022-03-31"


@pytest.mark.parametrize(
    ("signed", "in_force", "days"),
    [
        pytest.param("2022-01-06", "2023-08-13", 584, id="o10 Japan-Australia RAA, mofa-2023-08-08-raa"),
        pytest.param("2023-01-11", "2023-10-15", 277, id="o11 Japan-UK RAA, mofa-2023-09-15-ukraa"),
        pytest.param("2024-07-08", "2025-09-11", 430, id="o12 Japan-Philippines RAA, mb-2025-08-12"),
    ],
)
def test_o10_o11_o12_days_from_signature_to_entry_into_force(signed, in_force, days):
    """Sources: the Japanese Ministry of Foreign Affairs and the Manila Bulletin, as the ids of the cases name them."""
    assert gap(parse(signed), parse(in_force)).days == days
