"""Numbers, days and lengths of time, in figures and in words, in the languages that are read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.proposing.basis.language import READ
from tracker.proposing.basis.spelled import days, even, number, periods


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "two thousand and twenty-five", 2025),
        ("en", "one thousand nine hundred and ninety-eight", 1998),
        ("en", "nineteen hundred and sixty-two", 1962),
        ("en", "nineteen sixty-two", 1962),
        ("en", "twentieth", 20),
        ("en", "twenty-first", 21),
        ("en", "20th", 20),
        ("fr", "mil neuf cent quatre-vingt-dix-neuf", 1999),
        ("fr", "deux mille vingt et un", 2021),
        ("fr", "vingtième", 20),
        ("fr", "soixante-quinze", 75),
        ("de", "zweitausendfünfundzwanzig", 2025),
        ("de", "neunzehnhundertachtundneunzig", 1998),
        ("de", "fünfzehnten", 15),
        ("es", "mil novecientos noventa y nueve", 1999),
        ("es", "dos mil veintitrés", 2023),
        ("ja", "二千二十五", 2025),
        ("ja", "二〇二五", 2025),
        ("ja", "三十一", 31),
        ("ja", "千九百九十八", 1998),
    ],
)
def test_numbers_in_words(language, text, value):
    assert number(even(text), language) == value


def test_what_is_no_number_is_none():
    assert number("many", "en") is None
    assert number("12345678", "en") is None


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "this twentieth day of October, two thousand and twenty-five", ["2025-10-20"]),
        ("en", "on this the 4th day of May nineteen sixty-two", ["1962-05-04"]),
        ("en", "signed at Tokyo on October 28, 2025, in duplicate", ["2025-10-28"]),
        ("en", "at Kathmandu on 27th October, 2009", ["2009-10-27"]),
        ("en", "signed on 29-X-1984, or 29.X.1984", ["1984-10-29", "1984-10-29"]),
        ("en", "on 7 February and 24 March 2005", ["2005-02-07", "2005-03-24"]),
        ("en", "on 18 and 19 January 2023", ["2023-01-18", "2023-01-19"]),
        ("en", "on 2019-03-12, not in May 2020", ["2019-03-12"]),
        ("en", "on 31 February 2020", []),
        ("fr", "Fait à Genève, le 12 mars 2019", ["2019-03-12"]),
        ("fr", "des 13 mai 2004 et 27 août 2004", ["2004-05-13", "2004-08-27"]),
        ("fr", "le premier avril 2005", ["2005-04-01"]),
        ("fr", "en ce vingtième jour d'octobre de l'an deux mille vingt-cinq", ["2025-10-20"]),
        ("de", "Geschehen zu Bern am 15. November 2025", ["2025-11-15"]),
        ("de", "am fünfzehnten November zweitausendfünfundzwanzig", ["2025-11-15"]),
        ("es", "a los veinticuatro días del mes de octubre de dos mil uno", ["2001-10-24"]),
        ("es", "el 1° de agosto de 2000; Octubre 24 de 2001", ["2000-08-01", "2001-10-24"]),
        ("es", "HECHO EL DIA DOCE DE MARZO DE MIL NOVECIENTOS NOVENTA Y NUEVE", ["1999-03-12"]),
        ("ja", "２００５年８月31日に署名した。", ["2005-08-31"]),
        ("ja", "平成二十五年一月十九日にジュネーブで作成した。", ["2013-01-19"]),
        ("ja", "令和元年五月一日", ["2019-05-01"]),
    ],
)
def test_days_in_formal_words(language, text, found):
    assert [day.iso for day in days(even(text), language)] == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "six (6) months' notice", ["P6M"]),
        ("en", "a five-year agreement", ["P5Y"]),
        ("en", "one year and six months", ["P1Y6M"]),
        ("en", "ninety (90) consecutive days, then 2009 years", ["P90D"]),
        ("fr", "une durée de cinq (5) ans, soixante jours, trois années civiles", ["P5Y", "P60D", "P3Y"]),
        ("de", "30 (dreissig) Tage, sechs Monate, einem Jahr", ["P30D", "P6M", "P1Y"]),
        ("es", "cinco (5) años, un (1) período, noventa (90) días corridos", ["P5Y", "P90D"]),
        ("ja", "三十日目の日、六箇月前、五年間、1年6か月", ["P30D", "P6M", "P5Y", "P1Y6M"]),
        ("ja", "2013年1月", []),
    ],
)
def test_lengths_of_time(language, text, found):
    assert [period.iso for period in periods(even(text), language)] == found


def test_a_length_whose_figure_and_word_differ_is_left_open():
    assert [period.iso for period in periods("six (5) years", "en")] == [""]


@settings(max_examples=settings.default.max_examples // 4)
@given(st.text(max_size=80), st.sampled_from(READ))
def test_places_stay_right_in_any_text(text, language):
    plain = even(text)
    assert len(plain) == len(text)
    for one in (*days(plain, language), *periods(plain, language)):
        assert 0 <= one.start < one.end <= len(text)
