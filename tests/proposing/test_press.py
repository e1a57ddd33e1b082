"""What press releases and messages propose: instruments that are new, and what is told of them."""

import pytest
from texts import all_of, new, read

PAIR = """US and Japan sign accords on defense research and supply chains

The defense chiefs of the United States and Japan signed two accords during a meeting in Washington last week that aim \
to bring their industries closer together.

On Thursday, Secretary of Defense Lloyd J. Austin III and Japanese Minister of Defense Yasukazu Hamada signed a \
legally-binding Memorandum of Understanding on Research, Development, Test and Evaluation Projects at the Pentagon. \
They also signed a non-binding Security of Supply Arrangement, under which each side may ask for priority deliveries.

The memorandum updates a previous agreement on cooperative research and will speed work on hypersonic defense and \
autonomous systems, a spokesman said.

The Pentagon has signed such arrangements with Australia, Canada and the United Kingdom. NASA is expected to sign a \
framework for cooperation in space on Friday.

The Pentagon did not publicly release the texts of the agreements.
"""


def test_two_instruments_of_one_ceremony():
    memorandum, arrangement = new(PAIR, "2023-01-18")
    assert memorandum.first("instrument_type") == "memorandum_of_understanding"
    assert arrangement.first("instrument_type") == "security_of_supply_arrangement"
    for one in (memorandum, arrangement):
        assert [party["code"] for party in all_of(one, "parties")] == ["USA", "JPN"]
        assert all_of(one, "signed") == ["2023-01-12"]
        assert [(who["name"], who["party"]) for who in all_of(one, "signatories")] == [
            ("Lloyd J. Austin III", "USA"),
            ("Yasukazu Hamada", "JPN"),
        ]
        assert one.first("text_access") == "not_released"


def test_words_of_binding_stand_by_their_own_instrument():
    memorandum, arrangement = new(PAIR, "2023-01-18")
    (binding,), (non_binding,) = memorandum.of("binding_status"), arrangement.of("binding_status")
    assert (binding.value, non_binding.value) == ("binding", "non_binding")
    assert "Memorandum" in binding.passage.text
    assert non_binding.passage.text.startswith("They also signed")


def test_relations_and_focus_areas():
    memorandum, arrangement = new(PAIR, "2023-01-18")
    assert memorandum.first("relations")["type"] == "updates"
    assert set(all_of(memorandum, "focus_areas")) >= {"hypersonic_defence", "autonomous_systems"}
    assert "supply_chain" in all_of(arrangement, "focus_areas")


def test_one_party_may_sign_what_others_signed_before():
    text = """Estonia joins the Artemis Accords

Estonia signed the Artemis Accords Friday during a ceremony at NASA Headquarters in Washington, becoming the latest \
nation to commit to the responsible exploration of space.

Erkki Keldo, minister of economy and industry, signed the Artemis Accords on behalf of Estonia.

The accords are grounded in the Outer Space Treaty and the Registration Convention.
"""
    (accords,) = new(text, "2024-10-14")
    assert all_of(accords, "parties") == [{"code": "EST", "entity": None}]
    assert accords.first("signed") == "2024-10-11"
    assert accords.first("signatories") == {
        "name": "Erkki Keldo",
        "office": "minister of economy and industry",
        "party": "EST",
    }
    assert {one.title for one in read(text, "2024-10-14").mentions} >= {"Outer Space Treaty", "Registration Convention"}


def test_what_is_transmitted_is_new_though_it_was_signed_before():
    text = """Message to the Congress on the Agreement between the United States and Norway

I transmit herewith the Agreement for Cooperation Between the Government of the United States of America and the \
Government of the Kingdom of Norway Concerning Peaceful Uses of Nuclear Energy (the "Agreement"), signed at Washington \
on June 2, 2016. The Agreement would supersede the agreement between the two countries of 1984.
"""
    (agreement,) = new(text, "2016-06-14")
    assert agreement.first("signed") == "2016-06-02"
    assert agreement.first("place") == "Washington"
    assert agreement.first("relations")["type"] == "supersedes"


def test_ministries_are_the_sides_that_a_title_names():
    text = """Cabinet approves Memorandum of Understanding between India and Denmark

The Cabinet has approved the signing of a Memorandum of Understanding between the Ministry of Power of India and the \
Ministry of Energy of Denmark on cooperation in the power sector. The MoU was signed on 5th June, 2020.
"""
    (memorandum,) = new(text, "2020-07-08")
    assert all_of(memorandum, "parties") == [
        {"code": "IND", "entity": "Ministry of Power"},
        {"code": "DNK", "entity": "Ministry of Energy"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Japan and Australia have signed many agreements over the years; one of them was signed in January 2022.",
        "The Reciprocal Access Agreement between Japan and Australia was signed in January 2022.",
        "Japan and the United Kingdom will sign a Reciprocal Access Agreement next month.",
        "Ministers discussed the Reciprocal Access Agreement, which had been signed by Japan and Australia.",
        "Australia and Japan concluded negotiations on a Reciprocal Access Agreement.",
        "Roe Mining entered into a Framework Agreement with the Norwegian government on a new plant.",
        "The Reciprocal Access Agreement between Japan and Australia entered into force on 13 August 2023.",
    ],
)
def test_what_is_old_to_come_or_private_is_no_new_record(text: str):
    heading = "Statement on the cooperation of the two countries\n\nThe ministers met in Tokyo to speak of trade.\n\n"
    assert new(heading + text, "2023-08-20") == ()


def test_two_instruments_that_are_transmitted_together():
    text = """Message on a social security agreement with Norway

I transmit herewith a social security agreement with Norway, titled, "Agreement on Social Security between the United \
States of America and Norway," and the accompanying legally binding administrative arrangement, titled, \
"Administrative Arrangement between the United States of America and Norway for the Implementation of the Agreement on \
Social Security" (collectively the "Agreements"). The Agreements were signed at Washington on June 2, 2016.
"""
    agreement, arrangement = new(text, "2017-06-14")
    assert [one.first("instrument_type") for one in (agreement, arrangement)] == ["agreement", "arrangement"]
    assert [one.first("signed") for one in (agreement, arrangement)] == ["2016-06-02", "2016-06-02"]
    assert agreement.of("binding_status") == ()


def test_news_about_agreements_that_exist_are_events():
    text = """Treaty enters into force

The Reciprocal Access Agreement between Japan and Australia entered into force on 13 August 2023. Japan and the United \
Kingdom will sign a Mutual Logistics Treaty next month. Australia and Canada have concluded negotiations on a Space \
Cooperation Agreement.
"""
    found = read(text, "2023-08-20").proposals
    told = {(one.first("kind"), one.first("title"), one.first("date")) for one in found}
    assert ("entered_into_force", "Reciprocal Access Agreement between Japan and Australia", "2023-08-13") in told
    assert {kind for kind, _, _ in told} == {"entered_into_force", "announced", "negotiation_concluded"}
    assert all(one.kind == "event" for one in found)


def test_the_day_of_the_ceremony_is_told_apart():
    text = """NASA, Japan sign agreement for lunar rover

NASA Administrator Bill Nelson and Japan's Minister of Education, Culture, Sports, Science and Technology (MEXT) \
Masahito Moriyama have signed an agreement on a rover for the Moon.

The signing took place Tuesday, April 9, at the agency's headquarters.
"""
    (agreement,) = new(text, "2024-04-10")
    assert agreement.first("signed") == "2024-04-09"
    assert [(who["name"], who["party"]) for who in all_of(agreement, "signatories")] == [
        ("Bill Nelson", "USA"),
        ("Masahito Moriyama", "JPN"),
    ]


def test_notes_that_are_exchanged_have_a_day_each():
    text = """Exchange of notes constituting an agreement between the Netherlands and the United States on defence

No. I

The Hague, 6 March 2012

The Embassy has the honour to propose the following. This note and the note in reply shall constitute an agreement.

No. II

The Hague, 8 March 2012

The Ministry has the honour to confirm that the proposals are acceptable.
"""
    (exchange,) = new(text)
    assert exchange.first("instrument_type") == "exchange_of_notes"
    assert all_of(exchange, "signed") == ["2012-03-06", "2012-03-08"]


def test_two_verbs_of_one_sentence_have_subjects_of_their_own():
    text = """United States and Japan deepen partnership

Today, in Tokyo, U.S. Trade Representative Jane Roe and Japanese Minister for Trade Mary Major signed a Framework for \
Cooperation on the facilitation of trade, and Secretary of State John Doe and Prime Minister Richard Miles of Japan \
signed an Open Skies Air Transport Agreement.
"""
    framework, agreement = new(text, "2023-07-20")
    assert [who["name"] for who in all_of(framework, "signatories")] == ["Jane Roe", "Mary Major"]
    assert [(who["name"], who["party"]) for who in all_of(agreement, "signatories")] == [
        ("John Doe", "USA"),
        ("Richard Miles", "JPN"),
    ]
    assert {one.first("place") for one in (framework, agreement)} == {"Tokyo"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The President of the United States signed a proclamation to implement the Trade Agreement with Japan.",
        "American and Japanese companies signed a Memorandum of Understanding on batteries today.",
        "Japan and the United States will continue to negotiate a Digital Trade Agreement.",
        "The ministers of Japan and the United States signed two accords today.",
    ],
)
def test_what_is_signed_beside_is_no_instrument(sentence: str):
    assert read(f"Statement on trade\n\n{sentence}\n", "2023-07-20").proposals == ()


def test_a_term_that_an_adjective_tells():
    text = "Aid signed\n\nNorway and the United States signed a five-year, two-part assistance agreement on March 29.\n"
    (agreement,) = new(text, "2023-03-30")
    assert agreement.first("terms.duration") == {"kind": "fixed_term", "period": "P5Y"}
    assert agreement.first("signed") == "2023-03-29"


def test_the_sides_and_bodies_that_a_preamble_names():
    text = """Technology Partnership Deal

The Government of Japan, represented by the Cabinet Office, and the Government of Norway, represented by the Ministry \
of Trade (the "Participants");

Have reached the following recognition:

1. This Memorandum of Cooperation does not create legally binding obligations.

Signed at Tokyo on October 28, 2025, in duplicate, in the English language.
"""
    (deal,) = new(text)
    assert all_of(deal, "parties") == [
        {"code": "JPN", "entity": "Cabinet Office"},
        {"code": "NOR", "entity": "Ministry of Trade"},
    ]
    assert deal.first("binding_status") == "non_binding"
    assert deal.of("signed")[0].confidence == "high"


def test_the_end_of_a_very_long_text_is_left_out_and_said_to_be(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tracker.proposing.propose.LONGEST", 100)
    found = read("Estonia signed the Artemis Accords today.\n\n" + "The text goes on and on.\n\n" * 10, "2024-10-14")
    (left_out,) = found.refusals
    assert left_out.rule == "document"
    assert "longer than 100 characters" in left_out.why
    assert len(found.proposals) == 1


def test_a_sentence_that_begins_with_the_relation():
    text = """Norway and Japan sign agreement

Building on the Memorandum of Understanding on Energy of 2019, Norway and Japan signed an Energy Agreement today.
"""
    (agreement,) = new(text, "2023-03-30")
    assert agreement.first("relations")["type"] == "follows"
    assert agreement.first("relations")["target_title"].startswith("Memorandum of Understanding on Energy")


SIGNERS = {
    "Building a court was agreed. In a ceremony attended by President Jane Poe and Prime Minister John Poe, Japan's "
    "Minister of Justice Jane Roe and Norway's Minister for Law Mary Major signed the Court Treaty today.": [
        "Jane Roe",
        "Mary Major",
    ],
    "The Court Treaty was signed between Mr Jan Roe, Norway's Minister for Law, and Ms Mary Major, Minister of Justice "
    "of Japan, today.": ["Jan Roe", "Mary Major"],
    "Jane Roe, Director of the Office of Science Policy, and Min-ho Bae, Minister of Science of the Republic of Korea, "
    "signed the Court Treaty today in Japan.": ["Jane Roe", "Min-ho Bae"],
    "Chief Justice Jane Roe and Chief Justice of Japan D Y Major signed the Court Treaty with Norway today.": [
        "Jane Roe",
        "D Y Major",
    ],
    "Japan and Norway signed the Court Treaty today. It was signed by Minister Jane Roe and Norway's Minister for Law "
    "Mary Major.": ["Jane Roe", "Mary Major"],
}


@pytest.mark.parametrize(("text", "names"), SIGNERS.items(), ids=range(len(SIGNERS)))
def test_who_signed_and_not_who_stood_by(text: str, names: list[str]):
    (treaty,) = new(f"News from the ministries\n\n{text}\n", "2024-03-15")
    assert [who["name"] for who in all_of(treaty, "signatories")] == names
