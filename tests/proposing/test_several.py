"""Several instruments in one breath: lists of what was signed, short names, and sentences that go on about one."""

import pytest
from texts import all_of, new


def titles(text: str, published: str = "2024-03-15") -> list[str]:
    """Return what the proposed records are called."""
    return [one.first("title") for one in new(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Norway and Japan today signed a convention on mutual assistance, a protocol on fisheries and a joint "
                "declaration."
            ),
            ["convention on mutual assistance", "protocol on fisheries", "joint declaration"],
        ),
        ("Norway and Japan today signed the Host Country Treaty, a pact on costs.", ["Host Country Treaty"]),
        (
            "Norway and Japan today signed a framework for cooperation in space. The framework is new.",
            ["framework for cooperation in space"],
        ),
        (
            (
                "La France et l'Espagne ont signé aujourd'hui à Madrid un protocole d'accord relatif à la pêche, une "
                "convention d'entraide et une déclaration commune. Les ministres de la pêche étaient là."
            ),
            ["protocole d'accord relatif à la pêche", "convention d'entraide", "déclaration commune"],
        ),
        (
            (
                "Die Schweiz und Norwegen haben heute in Bern das Freihandelsabkommen zwischen der Schweiz und dem "
                "Königreich Norwegen sowie das Abkommen über Arbeitsfragen unterzeichnet."
            ),
            [
                "Freihandelsabkommen zwischen der Schweiz und dem Königreich Norwegen",
                "Abkommen über Arbeitsfragen",
            ],
        ),
    ],
)  # fmt: skip
def test_a_list_of_what_was_signed(text: str, expected: list[str]):
    assert titles(text + "\n") == expected


def test_what_is_counted_and_told_one_by_one():
    text = """Two sign

Norway and Japan today signed two memoranda of understanding in Bergen, one on fish stocks and the other on ports. \
The memoranda were signed by Norwegian Minister for Trade Jane Roe and Japan's Prime Minister Mary Major.
"""
    fish, ports = new(text, "2024-03-15")
    (title,) = fish.of("title")
    assert (title.value, title.why) == (
        "memorandum of understanding on fish stocks",
        "joined of two places of the sentence",
    )
    assert ports.first("title") == "memorandum of understanding on ports"
    for one in (fish, ports):
        assert one.first("title_term") == "memorandum of understanding"
        assert (one.first("place"), all_of(one, "signed")) == ("Bergen", ["2024-03-15"])
        assert [who["party"] for who in all_of(one, "signatories")] == ["NOR", "JPN"]


def test_the_agreements_are_those_that_were_signed_together():
    text = """Two sign

Norway and Japan today signed a Treaty on Fish and an Agreement on Ports. The agreements were signed by Norwegian \
Minister for Trade Jane Roe and Japan's Prime Minister Mary Major.
"""
    for one in new(text, "2024-03-15"):
        assert [who["name"] for who in all_of(one, "signatories")] == ["Jane Roe", "Mary Major"]


def test_a_convention_and_its_protocol_both_signed():
    text = """Message on a tax convention with Norway

I transmit herewith the Convention between the United States of America and Norway on Taxes, and its Protocol, both \
signed at Oslo on December 7, 2022.
"""
    for one in new(text, "2024-05-13"):
        assert all_of(one, "signed") == ["2022-12-07"]
        assert one.first("place") == "Oslo"


def test_what_another_one_follows_is_not_signed_now():
    text = """Two sign

Norway and Japan today signed the Fisheries Agreement. It is the first of its kind and follows the Joint Declaration \
signed in July.
"""
    (agreement,) = new(text, "2024-10-23")
    assert agreement.first("relations")["target_title"] == "Joint Declaration"


def test_a_month_without_a_year_tells_when():
    text = """Two sign

Norway and Japan signed the Fisheries Agreement in July. Norway and Japan signed the Ports Agreement in December.
"""
    (agreement,) = new(text, "2024-08-23")
    assert all_of(agreement, "signed") == ["2024-07"]


def test_firms_are_no_sides():
    text = """Visit to Oslo

Norway and Japan held talks today. General Electric and Hindustan Aeronautics signed a memorandum of understanding on \
engines.
"""
    assert new(text, "2024-08-23") == ()


def test_who_was_present_did_not_sign():
    text = """Norway joins

Norway today signed the Fisheries Accords. Norwegian Ambassador Jane Roe signed on behalf of Norway in the presence of \
NASA Administrator Mary Major.
"""
    (accords,) = new(text, "2024-08-23")
    assert [party["code"] for party in all_of(accords, "parties")] == ["NOR"]
    assert [who["name"] for who in all_of(accords, "signatories")] == ["Jane Roe"]


def test_an_implementing_arrangement_does_not_implement_itself():
    text = """Implementing Arrangement between the Government of Japan and the Government of Norway on fusion

The Government of Japan and the Government of Norway have agreed as follows:

1. This Arrangement shall enter into force upon signature.

Done at Tokyo and Oslo, in duplicate.

For the Government of Japan:
Date: April 16, 2009

For the Government of Norway:
Date: April 30, 2009
"""
    (arrangement,) = new(text)
    assert all_of(arrangement, "relations") == []
    assert arrangement.first("place") == "Tokyo"
    assert all_of(arrangement, "signed") == ["2009-04-16", "2009-04-30"]


def test_in_spanish_those_who_acted_may_go_unsaid():
    text = """España y Francia suscriben acuerdo

Madrid, 14 de marzo de 2024.- Los ministros de Relaciones Exteriores de España y Francia, Juana Pérez y María Gómez, \
suscribieron hoy el Acuerdo de Pesca entre España y Francia. También firmaron un memorando de entendimiento sobre \
puertos, que no genera obligaciones jurídicas.

El Acuerdo entrará en vigor hoy. Tendrá una duración indefinida. Cualquiera de las Partes podrá denunciarlo mediante \
notificación escrita con seis meses de antelación.
"""
    agreement, memorandum = new(text)
    for one in (agreement, memorandum):
        assert all_of(one, "signed") == ["2024-03-14"]
        assert {party["code"] for party in all_of(one, "parties")} == {"ESP", "FRA"}
        assert [(who["name"], who["office"], who["party"]) for who in all_of(one, "signatories")] == [
            ("Juana Pérez", "ministro de Relaciones Exteriores", "ESP"),
            ("María Gómez", "ministro de Relaciones Exteriores", "FRA"),
        ]
    assert memorandum.first("binding_status") == "non_binding"
    assert agreement.first("terms.duration")["kind"] == "indefinite"
    assert agreement.first("terms.notices")["period"] == "P6M"


def test_who_signed_for_whom():
    text = """Treaty signed

Norway and Japan today signed the Fisheries Treaty. Vice-President Jane Roe signed for Norway, Minister for Trade Mary \
Major for Japan.
"""
    (treaty,) = new(text, "2024-03-15")
    assert [(who["name"], who["party"]) for who in all_of(treaty, "signatories")] == [
        ("Jane Roe", "NOR"),
        ("Mary Major", "JPN"),
    ]


def test_the_text_was_signed_by():
    text = """Treaty signed

Norway and Japan today signed the Fisheries Treaty. It has ten articles.

The text was signed in Bergen by Norwegian Minister for Trade Jane Roe and the Rt Hon Mary Major MP, Prime Minister of \
Japan.
"""
    (treaty,) = new(text, "2024-03-15")
    assert [(who["name"], who["party"]) for who in all_of(treaty, "signatories")] == [
        ("Jane Roe", "NOR"),
        ("Mary Major", "JPN"),
    ]


def test_a_sentence_of_signatures_in_japanese():
    text = "日本とフィリピンは8日、マニラで円滑化協定に署名した。上川陽子外相とテオドロ国防相が署名した。\n"
    (agreement,) = new(text, "2024-07-09")
    assert [who["name"] for who in all_of(agreement, "signatories")] == ["上川陽子", "テオドロ"]


def test_a_foreign_minister_with_sharp_s():
    text = """Vertrag unterzeichnet

Außenminister Jan Roe und die norwegische Ministerin Mary Major haben heute in Bern den Vertrag über Fischerei \
zwischen der Schweiz und Norwegen unterzeichnet. Ein ähnliches Abkommen wurde am 4. März mit Japan geschlossen.
"""
    (treaty,) = new(text, "2024-03-15")
    assert all_of(treaty, "signed") == ["2024-03-15"]
    assert [who["name"] for who in all_of(treaty, "signatories")] == ["Jan Roe", "Mary Major"]


def test_a_day_to_come_is_no_day_of_signature():
    text = """Treaty signed

Norway and Japan have signed a Memorandum of Understanding on water that will run until 31 December 2027. The MoU was \
concluded on 14 March 2024.
"""
    (memorandum,) = new(text, "2024-03-15")
    assert all_of(memorandum, "signed") == ["2024-03-14"]
    assert memorandum.first("terms.duration")["until"] == "2027-12-31"


def test_letters_given_with_a_name_stand_for_it():
    text = """Treaty signed

Norway and Japan today signed a Fisheries Cooperation Agreement (FCA). The FCA will enter into force on 1 May 2024. \
The FCA runs for ten years. The FCA is a legally binding agreement. It replaces the Agreement on Fish Information \
(AFI). The AFI remains in force until 1 May 2024.
"""
    (agreement,) = new(text, "2024-03-15")
    assert agreement.first("title") == "Fisheries Cooperation Agreement"
    assert agreement.first("terms.entry_into_force")["date"] == "2024-05-01"
    assert agreement.first("terms.duration") == {"kind": "fixed_term", "period": "P10Y"}
    assert agreement.first("binding_status") == "binding"
    assert agreement.first("relations")["type"] == "supersedes"


def test_several_of_a_kind_are_the_object_of_no_relation():
    text = """Treaty signed

Norway and Japan today signed an Extradition Treaty. It follows the form of extradition treaties.
"""
    (treaty,) = new(text, "2024-03-15")
    assert all_of(treaty, "relations") == []


def test_a_memorandum_in_capitals_with_lines_for_place_and_day():
    text = """MEMORANDUM OF UNDERSTANDING
BETWEEN
THE MINISTRY OF HEALTH OF JAPAN
AND
THE DEPARTMENT OF HEALTH OF NORWAY
ON COOPERATION IN THE FIELD OF HEALTH

The Ministry of Health of Japan and the Department of Health of Norway, hereinafter "the Participants",

Have reached the following understanding:

1. The Participants will cooperate in digital health.
2. This Memorandum is not intended to create legal rights or obligations under international law.
3. Either Participant may discontinue this Memorandum at any time by giving three months' written notice.

Signed in two originals in English.

For the Ministry of Health          For the Department of Health
Place: Tokyo                        Place: Oslo
Date: 14 May 2025                   Date: 22 May 2025
"""
    (memorandum,) = new(text)
    assert all_of(memorandum, "parties") == [
        {"code": "JPN", "entity": "MINISTRY OF HEALTH"},
        {"code": "NOR", "entity": "DEPARTMENT OF HEALTH"},
    ]
    assert all_of(memorandum, "signed") == ["2025-05-14", "2025-05-22"]
    assert memorandum.first("binding_status") == "non_binding"


def test_names_with_a_word_in_common_are_told_apart():
    text = """Two sign

Norway and Japan today signed two landmark agreements: the Economic Partnership Agreement and the Strategic \
Partnership Agreement. The Strategic Partnership Agreement is a legally binding treaty.
"""
    economic, strategic = new(text, "2024-03-15")
    assert economic.of("binding_status") == ()
    assert strategic.first("binding_status") == "binding"


def test_a_statement_on_an_agreement_is_none():
    text = "Two sign\n\nNorway and Japan today signed the Joint Statement on the 2007 Defence Cooperation Agreement.\n"
    (statement,) = new(text, "2024-03-15")
    assert statement.first("instrument_type") == "joint_statement"


def test_a_day_in_its_order_is_no_part_of_a_name():
    text = """Two sign

Norway and Japan signed the Trade Agreement (NTA) on 2nd April 2024 in a virtual ceremony. NTA will enter into force \
30 days after the exchange of notes.
"""
    (agreement,) = new(text, "2024-04-05")
    assert (agreement.first("title"), agreement.first("signed")) == ("Trade Agreement", "2024-04-02")
    assert agreement.first("terms.entry_into_force")["period"] == "P30D"


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        (
            (
                "Der deutsche Minister für natürliche Ressourcen, Jan Roe, und die norwegische Ministerin Mary Major "
                "haben heute in Bern das Abkommen über Fischerei unterzeichnet."
            ),
            "Jan Roe",
            "Minister für natürliche Ressourcen",
        ),
        (
            "日本とフィリピンは12日、東京で移転協定に署名した。石川和秀駐フィリピン大使とガズミン国防相が署名した。",
            "石川和秀",
            "駐フィリピン大使",
        ),
        (
            (
                "El ministro de Asuntos Exteriores, Juan Pérez, y su homóloga francesa, María Gómez, firmaron ayer en "
                "Madrid una declaración de intenciones sobre el hidrógeno con Francia."
            ),
            "Juan Pérez",
            "ministro de Asuntos Exteriores",
        ),
    ],
)  # fmt: skip
def test_offices_in_other_languages(text: str, name: str, office: str):
    (one,) = new(text + "\n", "2024-03-15")
    first = one.first("signatories")
    assert (first["name"], first["office"]) == (name, office)


def test_in_german_those_who_acted_may_stand_behind_the_verb():
    text = """Verwaltungsvereinbarung

Am Rande der Japan-Konferenz haben Bundesrätin Jane Roe und der norwegische Minister Jan Major am 11. Juni 2024 eine \
Verwaltungsvereinbarung über die Ausbildung zwischen der Schweiz und Norwegen unterzeichnet. Die Vereinbarung ist \
rechtlich nicht verbindlich und kann jederzeit mit einer Frist von drei Monaten beendet werden.
"""
    (arrangement,) = new(text, "2024-06-12")
    assert [party["code"] for party in all_of(arrangement, "parties")] == ["CHE", "NOR"]
    assert [(who["name"], who["party"]) for who in all_of(arrangement, "signatories")] == [
        ("Jane Roe", "CHE"),
        ("Jan Major", "NOR"),
    ]
    assert arrangement.first("binding_status") == "non_binding"
    assert arrangement.of("terms.duration") == ()
    assert arrangement.first("terms.notices")["period"] == "P3M"


def test_who_joins_what_others_made_is_its_only_party():
    text = """Japan joins

Japan today signed the Security Agreement between the United States and Norway, becoming its third member.
"""
    (agreement,) = new(text, "2024-06-12")
    assert [party["code"] for party in all_of(agreement, "parties")] == ["JPN"]


def test_a_year_before_the_verb_in_japanese():
    text = "日本の外相は9日、東京で会談した。両国は2018年に物品役務相互提供協定に署名している。\n"
    assert new(text, "2023-11-09") == ()


def test_a_party_inside_a_word_is_none():
    text = """Two sign

The Japan-led group met today. Norway and India today signed an Indo-Pacific Partnership Agreement.
"""
    (agreement,) = new(text, "2024-06-12")
    assert [party["code"] for party in all_of(agreement, "parties")] == ["NOR", "IND"]


def test_in_spanish_a_title_says_what_it_adds_to():
    text = """Argentina firma

España y Francia firmaron hoy el Protocolo Adicional al Acuerdo de Pesca entre España y Francia. Los ministros de la \
pesca hablaron de los puertos.
"""
    (protocol,) = new(text, "2024-06-12")
    assert protocol.first("relations")["type"] == "supplements"


def test_what_a_cabinet_approves_in_a_list():
    text = """Cabinet approves agreements with Norway and Japan

The Cabinet has given its approval to:
(i) the Memorandum of Understanding between India and Norway on tourism, signed on 26 February 2024;
(ii) the Agreement on Customs between the Government of India and the Government of Japan.

The Protocol of 1996 with Japan is not affected.
"""
    memorandum, agreement = new(text, "2024-03-15")
    assert [party["code"] for party in all_of(memorandum, "parties")] == ["IND", "NOR"]
    assert [party["code"] for party in all_of(agreement, "parties")] == ["IND", "JPN"]
    assert (all_of(memorandum, "signed"), all_of(agreement, "signed")) == (["2024-02-26"], [])
