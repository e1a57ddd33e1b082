"""A text as its sentences: literal, in order, and of whole clauses."""

import pytest

from tracker.proposing.basis.document import Document


def _sentences(text: str, language: str = "en") -> list[str]:
    return [one.text for one in Document(text, language=language).sentences]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The U.S. Secretary met Mr. Kishi. They signed it at 5 p.m. in Tokyo.",
         ["The U.S. Secretary met Mr. Kishi.", "They signed it at 5 p.m. in Tokyo."]),
        ("en", "Signed by John F. Kelly. It binds.", ["Signed by John F. Kelly.", "It binds."]),
        ("en", "2 The MOU was signed. 3 May 2020", ["The MOU was signed.", "3 May 2020"]),
        ("en", "He said: “We agree.” The text follows.", ["He said: “We agree.”", "The text follows."]),
        ("en", "the other Government.Such termination shall not matter.",
         ["the other Government.", "Such termination shall not matter."]),
        ("de", "Geschehen am 15. November 2025 in Kairo. Es gilt.",
         ["Geschehen am 15. November 2025 in Kairo.", "Es gilt."]),
        ("fr", "Fait à Genève, le 12 mars 2019. Il est valable.",
         ["Fait à Genève, le 12 mars 2019.", "Il est valable."]),
        ("ja", "両国は協定に署名した。発効した。", ["両国は協定に署名した。", "発効した。"]),
        ("en", "Areas:\n- trade;\n- tax.", ["Areas:", "trade;", "tax."]),
    ],
)  # fmt: skip
def test_sentences(language: str, text: str, expected: list[str]):
    assert _sentences(text, language) == expected


def test_quotations_are_literal_and_in_order():
    text = "Title of it\n\n1.\tFirst  sentence\nover two lines. Second?\n\n(a) item; and\n\n20 MARCH 2024\n"
    sentences = Document(text).sentences
    assert all(text[one.start : one.end] == one.text for one in sentences)
    assert [one.number for one in sentences] == list(range(len(sentences)))
    assert [one.text for one in sentences if one.heading] == ["Title of it", "item; and", "20 MARCH 2024"]


def test_a_title_is_the_first_line_unless_it_is_given():
    assert Document("Japan Signs Pact\n\nIt did so today.").title == "Japan Signs Pact"
    assert Document("It did so today. It was in Tokyo.").title == ""
    assert Document("Text.", title="Given").title == "Given"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The two governments have agreed to cooperate in the field of trade.", "en"),
        ("Les deux gouvernements ont convenu de coopérer dans le domaine du commerce.", "fr"),
        ("Die beiden Regierungen sind übereingekommen, auf dem Gebiet des Handels zusammenzuarbeiten.", "de"),
        ("Los dos Gobiernos han convenido en cooperar en la esfera del comercio entre ambos.", "es"),
        ("両国政府は貿易に関する協定に署名した。", "ja"),
        ("I due governi hanno convenuto di cooperare nel campo del commercio e della scienza.", "it"),
        ("Os dois governos concordaram em cooperar no domínio do comércio e da ciência.", "pt"),
        ("De beide regeringen zijn overeengekomen om op het gebied van de handel samen te werken.", "nl"),
        ("Оба правительства договорились.", "ru"),
        ("12 345 678", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_language_is_told_by_the_words(text: str, code: str | None):
    assert Document(text).language == code
