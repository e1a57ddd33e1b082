"""The same facts told in other ways: by agencies, ministries, the trade press, in fact sheets and joint statements."""

import pytest
from texts import all_of, new, read

MATTERS = "research, development, test and evaluation projects"

WIRE = """US and Japan deepen defence technology ties

Published: 18 January 2023

WASHINGTON \u2014 The United States and Japan signed two agreements last week to work more closely, officials said.

On Thursday, Defense Secretary Lloyd Austin and Japanese Defence Minister Yasukazu Hamada met at the Pentagon, where \
they signed a legally-binding memorandum of understanding for research, development, test and evaluation projects. \
The memorandum covers hypersonic defence.

The two sides also signed a non-binding Security of Supply Arrangement. Similar arrangements exist with Canada.

The Pentagon did not publicly release the text of either document.
"""


def test_two_instruments_behind_a_lead_that_names_none():
    memorandum, arrangement = new(WIRE)
    assert memorandum.first("title") == f"memorandum of understanding for {MATTERS}"
    assert arrangement.first("title") == "Security of Supply Arrangement"
    for one in (memorandum, arrangement):
        assert all_of(one, "signed") == ["2023-01-12"]
        assert [party["code"] for party in all_of(one, "parties")] == ["USA", "JPN"]
        assert one.first("text_access") == "not_released"
    (carried, _) = arrangement.of("parties")
    assert (carried.confidence, carried.why) == ("medium", "named in the act before")
    assert (memorandum.first("binding_status"), arrangement.first("binding_status")) == ("binding", "non_binding")


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("a landmark new Agreement on Space", "Agreement on Space"),
        ("a legally binding, far-reaching treaty on extradition", "treaty on extradition"),
        ("a game-changing bilateral pact on trade, health, and tax", "pact on trade, health, and tax"),
        ("an agreement on trade, officials said and left", "agreement on trade"),
        ("an agreement on trade, pledged aid and left", "agreement on trade"),
        ("an MOU covering drills, training and relief", "MOU covering drills, training and relief"),
        ("a treaty on tax with the U.S. Department of Defense", "treaty on tax with the U.S. Department of Defense"),
    ],
)  # fmt: skip
def test_what_belongs_to_a_name(told: str, title: str):
    (one,) = new(f"Tokyo, 8 July 2024 - The United States and Japan today signed {told}.\n", "2024-07-08")
    assert one.first("title") == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            (
                "Die Schweiz und Norwegen haben am 29. Januar 2024 ein neues, rechtlich bindendes Abkommen zur Abwehr "
                "unterzeichnet. Das Abkommen ist ein Schritt, den die Minister in Bern und in Oslo lange wollten."
            ),
            "Abkommen zur Abwehr",
        ),
        (
            (
                "La France et le Japon ont sign\u00e9 le 29 janvier 2024 un nouvel accord en mati\u00e8re de "
                "recherche, de d\u00e9veloppement et d'essais."
            ),
            "accord en mati\u00e8re de recherche, de d\u00e9veloppement et d'essais",
        ),
        (
            "Espa\u00f1a y Francia firmaron el 29 de enero de 2024 un nuevo acuerdo sobre comercio, salud y empleo.",
            "acuerdo sobre comercio, salud y empleo",
        ),
    ],
)
def test_what_belongs_to_a_name_in_other_languages(text: str, title: str):
    (one,) = new(text, "2024-01-30")
    assert one.first("title") == title


@pytest.mark.parametrize(
    "line",
    [
        "Published: 18 January 2023", "Published January 18, 2023", "18 January 2023", "Updated: Jan. 18, 2023",
        "Wednesday, 18 January 2023", "By the Defence Desk\nPublished 2023-01-18",
    ],
)  # fmt: skip
def test_a_text_tells_its_own_day(line: str):
    text = f"Two sign\n\n{line}\n\nThe United States and Japan signed a Treaty on Extradition on Thursday.\n"
    found = read(text)
    assert found.published == "2023-01-18"
    assert all_of(found.proposals[0], "signed") == ["2023-01-12"]
    told = read(text, "2023-01-25")
    assert all_of(told.proposals[0], "signed") == ["2023-01-19"]


def test_a_dateline_tells_the_day():
    found = read(
        "WASHINGTON, Jan. 18, 2023 - The United States and Japan signed a Treaty on Extradition on Thursday.\n"
    )
    assert found.published == "2023-01-18"
    assert all_of(found.proposals[0], "signed") == ["2023-01-12"]


def test_a_day_in_a_sentence_is_no_day_of_publication():
    assert (
        read("Two sign\n\nThe United States and Japan signed a Treaty on 12 January 2023 in Tokyo.\n").published is None
    )


def test_two_objects_of_one_verb():
    text = """WASHINGTON, Jan. 18, 2023 - The United States and Japan signed two agreements last week.

On Thursday, Defense Secretary Lloyd Austin and Defence Minister Yasukazu Hamada signed a landmark memorandum of \
understanding on research, testing, and evaluation, and a non-binding security of supply arrangement.

The two countries had also signed a General Security of Military Information Agreement in 2007.
"""
    memorandum, arrangement = new(text)
    assert arrangement.first("instrument_type") == "security_of_supply_arrangement"
    assert [one.title for one in read(text).mentions] == ["General Security of Military Information Agreement"]
    who = memorandum.of("signatories")
    assert [(one.value["name"], one.value["party"]) for one in who] == [
        ("Lloyd Austin", "USA"),
        ("Yasukazu Hamada", "JPN"),
    ]
    assert {one.confidence for one in who} == {"low"}


def test_a_list_of_what_was_signed():
    text = f"""Ministry of Defense of Japan

Published January 18, 2023

On 12 January, Minister of Defense Hamada Yasukazu of Japan and the Secretary of Defense of the United States signed \
the following documents at the Pentagon:

- the Memorandum of Understanding for {MATTERS}, which is legally binding;
- the Security of Supply Arrangement, which is not legally binding.
"""
    memorandum, arrangement = new(text)
    assert (memorandum.first("binding_status"), arrangement.first("binding_status")) == ("binding", "non_binding")
    for one in (memorandum, arrangement):
        assert sorted(party["code"] for party in all_of(one, "parties")) == ["JPN", "USA"]
        assert all_of(one, "signed") == ["2023-01-12"]


def test_items_of_a_fact_sheet_have_the_sides_of_its_title():
    text = """Fact Sheet: United States-Japan Defense Cooperation

18 January 2023

\u2022 Signed a Security of Supply Arrangement on January 12.
\u2022 Continued discussions on a reciprocal defense procurement agreement.
"""
    (one,) = new(text)
    assert [party["code"] for party in all_of(one, "parties")] == ["USA", "JPN"]
    assert {value.why for value in one.of("parties")} == {
        "who acted is not said there; the title of the text names these two"
    }


def test_a_joint_statement_on_the_signing_today():
    text = """Joint Statement of the United States and Japan

WASHINGTON, January 12, 2023 \u2013 The ministers welcomed the signing today of a bilateral Memorandum of \
Understanding on Space Cooperation and of a Security of Supply Arrangement. They also signed a Project \
Arrangement on Radars.
"""
    assert [one.first("title") for one in new(text)] == [
        "Memorandum of Understanding on Space Cooperation",
        "Security of Supply Arrangement",
        "Project Arrangement on Radars",
    ]
    for one in new(text):
        assert [party["code"] for party in all_of(one, "parties")] == ["USA", "JPN"]
        assert all_of(one, "signed") == ["2023-01-12"]


def test_the_day_of_somebodys_words_is_not_that_of_signing():
    text = """Pentagon inks supply pact with Tokyo

Updated: Jan 18, 2023

The US and Japanese defence ministries have inked a Security of Supply Arrangement, officials said on Wednesday. The \
arrangement was signed last Thursday at the Pentagon by Defense Secretary Lloyd Austin and his Japanese counterpart, \
Yasukazu Hamada. In the same ceremony the ministers also signed a binding MOU on research.
"""
    arrangement, memorandum = new(text)
    assert arrangement.first("title") == "Security of Supply Arrangement"
    for one in (arrangement, memorandum):
        assert all_of(one, "signed") == ["2023-01-12"]
        assert [party["code"] for party in all_of(one, "parties")] == ["USA", "JPN"]
        assert {"name": "Yasukazu Hamada", "office": None, "party": "JPN"} in all_of(one, "signatories")


def test_a_pact_that_was_named_before():
    text = """Japan and the Philippines sign reciprocal access pact

Manila, 8 July 2024 \u2014 Japan and the Philippines on Monday signed a Reciprocal Access Agreement.

Defense Secretary Gilberto Teodoro and his Japanese counterpart, Foreign Minister Kamikawa Yoko, signed the pact at \
Malaca\u00f1ang Palace. The protocol was signed in the palace.
"""
    (one,) = new(text)
    assert all_of(one, "signatories") == [
        {"name": "Gilberto Teodoro", "office": "Defense Secretary", "party": "PHL"},
        {"name": "Kamikawa Yoko", "office": "Foreign Minister", "party": "JPN"},
    ]


def test_a_list_under_a_passive_verb_has_its_sides_from_one_another():
    text = """FACT SHEET

Japan \u2013 India: Agreements signed during the visit
Posted on: September 10, 2020

The following agreements were signed on 9 September 2020 in New Delhi:

1. Agreement between the Government of Japan and the Government of India on Supplies and Services
2. Memorandum of Cooperation on Radars
"""
    supplies, radars = new(text)
    assert all_of(supplies, "signed") == all_of(radars, "signed") == ["2020-09-09"]
    assert [party["code"] for party in all_of(radars, "parties")] == ["JPN", "IND"]
    assert {value.why for value in radars.of("parties")} == {"those of the instrument that was made together with it"}


def test_a_protocol_written_small_with_what_it_amends():
    text = """Tokyo, 24 February 2021 - Japan and the United States today signed a protocol amending the Special \
Measures Agreement, and an exchange of notes on its execution. The agreement was signed in 2016.
"""
    protocol, notes = new(text)
    assert protocol.first("title") == "protocol amending the Special Measures Agreement"
    assert protocol.first("instrument_type") == "protocol"
    assert notes.first("instrument_type") == "exchange_of_notes"


def test_instruments_named_behind_their_number():
    text = """US, Norway agree supply deal

By Staff Writer | 20 March 2018

OSLO - The Pentagon and Norway's defence ministry signed two agreements on Monday: a Security of Supply Arrangement, \
and a Reciprocal Defense Procurement Memorandum of Understanding.
"""
    assert [one.first("instrument_type") for one in new(text)] == [
        "security_of_supply_arrangement",
        "reciprocal_defense_procurement_mou",
    ]
    assert {day for one in new(text) for day in all_of(one, "signed")} == {"2018-03-19"}


def test_what_the_text_began_with_is_named_later():
    text = """TOKYO \u2013 Japan and the United Kingdom have signed a treaty to build an aircraft.

The Convention on the Fighter Programme (the FPC) was signed in Tokyo today by Japan's Minister of Defence Jane Roe. \
The FPC is legally binding. Similar agreements were signed with Norway on 4 March.

They also signed a Memorandum of Understanding on Radars.
"""
    convention, memorandum = new(text, "2023-12-14")
    assert convention.first("title") == "Convention on the Fighter Programme"
    assert all_of(convention, "signed") == ["2023-12-14"]
    assert convention.first("binding_status") == "binding"
    assert memorandum.first("title") == "Memorandum of Understanding on Radars"


def test_a_declaration_is_called_so_for_short():
    text = """Norway and Japan sign Hydrogen Declaration

Norway and Japan signed a Joint Declaration of Intent on Hydrogen today. The Declaration names ports. It is not \
legally binding.
"""
    (declaration,) = new(text, "2023-12-14")
    assert declaration.first("instrument_type") == "statement_of_intent"
    assert declaration.first("binding_status") == "non_binding"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("the New START Treaty", "New START Treaty"),
        ("the Australia-New Norway Mutual Defence Treaty", "Australia-New Norway Mutual Defence Treaty"),
        ("a new Mutual Defence Treaty", "Mutual Defence Treaty"),
    ],
)
def test_a_word_that_announces_may_be_part_of_a_name(name: str, title: str):
    (one,) = new(f"Treaty signed\n\nJapan and Australia today signed {name}.\n", "2023-12-14")
    assert one.first("title") == title


def test_a_body_that_is_called_after_a_treaty_is_none():
    text = """Norway joins

Norway became a member of the Fisheries Treaty Organization today. The Government of National Accord signed an order.
"""
    assert read(text, "2023-12-14").proposals == ()


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("Protocol of Amendment to the Agreement between Japan and Norway", "amends", "Agreement between"),
        ("Protocol amending the Convention on Taxes", "amends", "Convention on Taxes"),
        ("Exchange of Notes extending the Agreement on Fisheries", "extends", "Agreement on Fisheries"),
    ],
)
def test_a_title_tells_what_is_changed(name: str, kind: str, target: str):
    (one,) = new(f"Signed\n\nJapan and Norway today signed the {name}.\n", "2023-12-14")
    relation = one.first("relations")
    assert (relation["type"], relation["target_title"][: len(target)]) == (kind, target)


def test_several_without_a_name_are_none():
    assert new("Two sign\n\nJapan and Norway signed two memoranda of understanding today.\n", "2023-12-14") == ()


@pytest.mark.parametrize(
    ("text", "title", "kind", "target"),
    [
        (
            (
                "Norway and Japan today signed a Trade Agreement. It builds on the longstanding Trade and Investment "
                "Framework Agreement of 2006."
            ),
            "Trade Agreement",
            "follows",
            "Trade and Investment Framework Agreement of 2006",
        ),
        (
            (
                "Under the Memorandum of Understanding on Law of 2021, Norway and Japan today signed a Cooperation "
                "Programme."
            ),
            "Cooperation Programme",
            "concluded_under",
            "Memorandum of Understanding on Law of 2021",
        ),
    ],
)  # fmt: skip
def test_an_older_one_is_another(text: str, title: str, kind: str, target: str):
    (one,) = new(f"News from the ministries\n\n{text}\n", "2024-03-15")
    assert one.first("title") == title
    assert (one.first("relations")["type"], one.first("relations")["target_title"]) == (kind, target)


def test_the_older_one_is_not_spoken_of_as_the_new_one():
    text = """News from the ministries

Norway and Japan today signed a Trade Agreement. The Trade and Investment Agreement of 2006 is legally binding.
"""
    (one,) = new(text, "2024-03-15")
    assert (one.first("title"), one.of("binding_status")) == ("Trade Agreement", ())
