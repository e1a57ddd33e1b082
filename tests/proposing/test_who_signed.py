"""Who signed, however a text names them: under one office, behind the participle, in a sentence of their own."""

import pytest
from texts import all_of, new

PAIR = [("Jane Roe", "JPN"), ("Mary Major", "NOR")]

SIGNED = {
    "foreign minister": """
The foreign ministers, Jane Roe of Japan and Mary Major of Norway, signed the Fisheries Treaty today.
The foreign ministers of Japan and of Norway, Jane Roe and Mary Major, signed the Fisheries Treaty today.
The Japanese and Norwegian foreign ministers, Jane Roe and Mary Major, signed the Fisheries Treaty today.
Foreign Ministers Jane Roe of Japan and Mary Major of Norway signed the Fisheries Treaty today.
The foreign ministers, Jane Roe (Japan) and Mary Major (Norway), put their signatures to the Fisheries Treaty.
""",
    "minister of trade": """
The ministers of trade of Japan and Norway, Jane Roe and Mary Major, signed the Fisheries Treaty today.
Japan and Norway signed the Fisheries Treaty today. Japanese Minister of Trade Jane Roe and Norway's Minister of Trade \
and Industry Mary Major signed on behalf of their governments.
Japan and Norway signed the Fisheries Treaty today. The signatories were Japan's Minister of Trade Jane Roe and \
Norwegian Minister of Trade Mary Major.
Under the Fisheries Treaty, signed in Oslo on 15 March by Minister of Trade of Japan Jane Roe and Norway's Minister of \
Trade Mary Major, quotas will rise.
""",
}


@pytest.mark.parametrize(
    ("office", "text"), [(office, text) for office, texts in SIGNED.items() for text in texts.strip().split("\n")]
)  # fmt: skip
def test_two_who_signed(office: str, text: str):
    (treaty,) = new(f"News from the ministries\n\n{text}\n", "2024-03-15")
    people = all_of(treaty, "signatories")
    assert [(one["name"], one["party"]) for one in people] == PAIR
    assert all(office in one["office"].casefold() for one in people)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norwegian Trade and Industry Minister Jane Roe and Japan's Foreign Minister Dominique Major", 2),
        ("Norway's Foreign Minister Jane bin Roe Al Major and Mary Miles, Parliamentary Under-Secretary of Japan,", 2),
        ("Lord Roe Miles KC, Minister of Justice of Norway, and Japanese Federal Councillor Mary Major", 2),
    ],
)
def test_names_with_more_to_them(text: str, names: int):
    (treaty,) = new(f"News from the ministries\n\n{text} signed the Fisheries Treaty today.\n", "2024-03-15")
    people = all_of(treaty, "signatories")
    assert len(people) == names
    assert {one["party"] for one in people} == {"NOR", "JPN"}
    assert not any(one["name"].endswith(("bin", "KC")) for one in people)


def test_who_signs_for_somebody_else_is_no_side_of_his_own():
    text = """Trade treaty signed

The Trade Treaty was signed today by Norway's Minister for Trade Jane Roe and the French ambassador on behalf of Japan.
"""
    (treaty,) = new(text, "2024-03-15")
    assert {party["code"] for party in all_of(treaty, "parties")} == {"NOR", "JPN"}


def test_who_only_exchanged_papers_is_no_signatory():
    text = """Norway and Japan sign treaty

Japan's Minister Jane Roe and Norway's Minister Mary Major signed the Fisheries Treaty in Oslo today. On the same \
occasion the two sides exchanged a Memorandum of Understanding on food safety and adopted a list of projects.
"""
    _, memorandum = new(text, "2024-03-15")
    assert memorandum.first("title") == "Memorandum of Understanding on food safety"
    assert all_of(memorandum, "signatories") == []
    assert {party["code"] for party in all_of(memorandum, "parties")} == {"NOR", "JPN"}


def test_parties_between_dashes():
    text = """Trade pact signed

The members \u2013 Norway, Japan and India \u2013 and Australia signed a Partnership Agreement today.
"""
    (pact,) = new(text, "2024-03-15")
    assert {party["code"] for party in all_of(pact, "parties")} == {"NOR", "JPN", "IND", "AUS"}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Norway's Minister of Defence Jane Roe met her Japanese colleague Mary Major in Bergen on 12 March. They "
            "signed an agreement on joint procurement."
        ),
        (
            "Norway and Japan on 12 March signed an agreement on joint procurement. Defence Minister Jane Roe and her "
            "Japanese counterpart, Economy Minister Mary Major, put their names to the documents."
        ),
    ],
)  # fmt: skip
def test_the_two_who_met_signed(text: str):
    (agreement,) = new(f"Norway and Japan agree\n\n{text}\n", "2024-03-15")
    assert all_of(agreement, "signed") == ["2024-03-12"]
    assert [(who["name"], who["party"]) for who in all_of(agreement, "signatories")] == [
        ("Jane Roe", "NOR"),
        ("Mary Major", "JPN"),
    ]


def test_whose_party_nothing_tells_is_no_side():
    text = """Remarks at the signing

Today is a good day. President Major and I have just signed the New START Treaty. We also discussed Norway.
"""
    assert new(text, "2024-03-15") == ()


def test_a_headline_in_capitals_names_its_sides():
    text = """NORWAY AND JAPAN SIGN LETTER OF INTENT ON HYDROGEN

On 14 March, the ministers exchanged a Letter of Intent (LOI). The LOI, which is short, is not legally binding.
"""
    (letter,) = new(text, "2024-03-15")
    assert [party["code"] for party in all_of(letter, "parties")] == ["NOR", "JPN"]
    assert letter.first("binding_status") == "non_binding"
