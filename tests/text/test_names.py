"""Names are compared without regard to case, accents and punctuation, and near misses are found."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.names import by_initials, fold, person_orders, slug, suggest


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("Korea, Rep.", "korea rep"),
        ("Iran (Islamic Republic of)", "iran islamic republic of"),
        ("U.S.A.", "usa"),
        ("U.S. Virgin Islands", "us virgin islands"),
        ("J. R. Smith", "j r smith"),
        ("Côte d'Ivoire", "cote d ivoire"),
        ("Côte d\u2019Ivoire", "cote d ivoire"),
        ("Lao People's Democratic Republic", "lao peoples democratic republic"),
        ("St.  Kitts\u00a0& Nevis", "st kitts and nevis"),
        ("Tučkutė", "tuckute"),
        ("Ørsted, Łódź, Đà Nẵng, Straße, Diyarbakır", "orsted lodz da nang strasse diyarbakir"),
        ("Ægir Œuvre Þór Ísafjörður", "aegir oeuvre thor isafjordur"),
        ("ﬁscal ① ＮＡＴＯ", "fiscal 1 nato"),
        ("hypersonic_defence", "hypersonic defence"),
        ("日本 ガーナ 대한민국", "日本 ガーナ 대한민국"),
        ("भारत गणराज्य", "भारत गणराज्य"),
        ("Россия й", "россия и"),
        ("\u200b \n", ""),
    ],
)
def test_a_name_is_compared_without_case_accents_and_punctuation(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    assert fold("Re\u0301union") == fold("R\u00e9union") == "reunion"
    assert fold("\uac00") == fold("\u1100\u1161")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,'-()&éüøßı", max_size=40))
def test_case_never_makes_another_name(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower().upper())
    assert fold(f"  {text} ") == fold(text)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Lloyd J. Austin III", "lloyd-j-austin-iii"),
        ("Hamada Yasukazu", "hamada-yasukazu"),
        ("Živilė Tučkutė", "zivile-tuckute"),
        ("U.S.-Japan", "us-japan"),
        ("浜田靖一", "x"),
        ("", "x"),
        ("2+2", "2-2"),
    ],
)
def test_an_identifier_is_made_from_a_name(name: str, identifier: str) -> None:
    assert slug(name) == identifier


@given(st.text())
def test_every_identifier_is_well_formed(text: str) -> None:
    made = slug(text)
    assert set(made) <= set(string.ascii_lowercase + string.digits + "-")
    assert made[0] != "-"
    assert made[-1] != "-"


NAMES = [
    "Japan",
    "Jordan",
    "Spain",
    "United States",
    "United Arab Emirates",
    "United Kingdom",
    "Republic of Korea",
    "Türkiye",
    "Iceland",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Jpan", "Japan"),
        ("Untied States", "United States"),
        ("Untied Kingdom", "United Kingdom"),
        ("Korea Republic", "Republic of Korea"),
        ("Turkeye", "Türkiye"),
        ("islande", "Iceland"),
        ("emirates", "United Arab Emirates"),
    ],
)
def test_the_first_suggestion_is_the_name_meant(typed: str, meant: str) -> None:
    assert suggest(typed, NAMES)[0] == meant


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert suggest("Xyzzy", NAMES) == []
    assert suggest("", NAMES) == []
    assert suggest("?!", NAMES) == []
    assert suggest("Japan", []) == []
    assert suggest("Japan" * 10_000, NAMES) == []


def test_suggestions_are_bounded_and_in_a_fixed_order() -> None:
    candidates = [f"Agreement {number}" for number in range(20)]
    assert len(suggest("Agreement", candidates)) == 3
    assert suggest("Agreement", candidates) == suggest("Agreement", reversed(candidates))


def test_a_person_is_found_with_the_family_name_first_or_last() -> None:
    assert set(person_orders("Hamada Yasukazu")) == {"hamada yasukazu", "yasukazu hamada"}
    assert "austin lloyd j" in person_orders("Lloyd J. Austin")
    assert fold("Yasukazu HAMADA") in person_orders("Hamada Yasukazu")
    assert person_orders("Pelé") == ["pele"]
    assert person_orders(" ") == []


def test_initials_name_codes_of_several_words():
    codes = ("treaty", "letter_of_offer_and_acceptance", "letter_of_intent", "line_of_inquiry")
    assert by_initials("LOA", codes) == by_initials("looaa", codes) == ["letter_of_offer_and_acceptance"]
    assert by_initials("loi", codes) == ["letter_of_intent", "line_of_inquiry"]
    assert by_initials("t", codes) == by_initials("", codes) == by_initials("lo", codes) == []
