"""What texts in French, German, Spanish and Japanese propose."""

import pytest
from texts import all_of, new, read

LAW = """Loi du 20 mai 2010 portant approbation d'accords conclus avec plusieurs États

Avons ordonné et ordonnons:

Art. 1er. Est approuvé l'Accord sous forme d'échange de lettres relatif à la protection des informations entre le \
Grand-Duché de Luxembourg et le Royaume des Pays-Bas pour ce qui est d'Aruba des 13 mai 2004 et 9 novembre 2004.

Art. 2. Est approuvé l'Accord sous forme d'échange de lettres relatif à la protection des informations entre le \
Grand-Duché de Luxembourg et le Royaume des Pays-Bas pour ce qui est des Antilles des 13 mai 2004 et 27 août 2004.

Art. 3. Sont approuvés:

- la Convention entre le Grand-Duché de Luxembourg et la République française sur la sécurité sociale, signée à Paris, \
le 7 novembre 2005;

- le Protocole additionnel à la Convention entre le Grand-Duché de Luxembourg et l'Allemagne, signé à Berlin, le 11 \
décembre 2009.

Art. 4. La présente loi entre en vigueur le jour de sa publication.

Palais de Luxembourg, le 20 mai 2010.
"""

DECREE = """Décret n° 2001-600 du 5 juillet 2001 portant publication de l'accord-cadre entre la République française \
et le Royaume d'Espagne relatif aux industries de défense, signé à Farnborough le 27 juillet 2000

Le Président de la République,

Décrète :

Art. 1er. - L'accord-cadre entre la République française et le Royaume d'Espagne relatif aux industries de défense, \
signé à Farnborough le 27 juillet 2000, sera publié au Journal officiel de la République française.

Fait à Paris, le 5 juillet 2001.

ACCORD-CADRE

ENTRE LA RÉPUBLIQUE FRANÇAISE ET LE ROYAUME D'ESPAGNE

RELATIF AUX INDUSTRIES DE DÉFENSE

La République française et le Royaume d'Espagne sont convenus de ce qui suit :

Article 1er

Le présent Accord-cadre a pour objet la coopération.

Article 2

Le présent Accord-cadre entre en vigueur trente jours après le dépôt du deuxième instrument de ratification. Chaque \
Partie peut le dénoncer. La dénonciation prend effet six mois après la date de réception de la notification.

Fait à Farnborough, le 27 juillet 2000, en langues française et espagnole.
"""

TREATY = """Abkommen
zwischen der Schweizerischen Eidgenossenschaft und dem Königreich Norwegen über den Schutz klassifizierter Informationen

Abgeschlossen in Bern am 5. Mai 2022
In Kraft getreten am 1. März 2023

Die Schweizerische Eidgenossenschaft
und
das Königreich Norwegen

haben Folgendes vereinbart:

Art. 1

Dieses Abkommen begründet völkerrechtliche Rechte und Pflichten der Parteien.

Art. 2

1. Dieses Abkommen tritt am ersten Tag des zweiten Monats nach Eingang der letzten Notifikation in Kraft.

2. Dieses Abkommen gilt auf unbestimmte Zeit. Jede Partei kann es mit einer Frist von sechs Monaten kündigen.

Geschehen zu Bern am 5. Mai 2022 in zwei Urschriften in deutscher und norwegischer Sprache.
"""

APPROVAL = """Ley 23.700

Apruébase un Protocolo suscripto con los Estados Unidos de América.

El Senado y la Cámara de Diputados sancionan con fuerza de Ley:

ARTICULO 1° — Apruébase el PROTOCOLO DE ENMIENDA ENTRE EL REINO DE ESPAÑA Y LOS ESTADOS UNIDOS DE AMERICA SOBRE \
COOPERACION PARA LA DEFENSA, suscripto en Washington el 17 de junio de 2015.

DADA EN LA SALA DE SESIONES, A LOS VEINTICUATRO DIAS DEL MES DE JULIO DE DOS MIL QUINCE.

PROTOCOLO DE ENMIENDA

ENTRE EL REINO DE ESPAÑA Y LOS ESTADOS UNIDOS DE AMERICA

SOBRE COOPERACION PARA LA DEFENSA

El Reino de España y los Estados Unidos de América han convenido lo siguiente:

ARTICULO 1

El presente Protocolo entrará en vigor en la fecha de la última notificación. Las Partes se informarán.

HECHO en Washington, a los diecisiete días del mes de junio de dos mil quince, en dos ejemplares.

POR EL REINO DE ESPAÑA              POR LOS ESTADOS UNIDOS DE AMERICA

Ignacio Ybáñez                      Antony Blinken

Secretario de Estado                Secretario de Estado Adjunto
"""

NEWS = """米露、新核軍縮条約に調印

アメリカのオバマ大統領とロシアのメドベージェフ大統領は8日、チェコのプラハで、戦略核兵器を削減する新たな核軍縮条約に調印した。
条約は第一次戦略兵器削減条約に代わるものである。
"""


def test_a_law_approves_each_of_several_instruments():
    first, second, convention, protocol = new(LAW, "2010-05-25")
    for one in (first, second):
        assert one.first("instrument_type") == "exchange_of_notes"
        assert [party["code"] for party in all_of(one, "parties")] == ["LUX", "NLD"]
    assert all_of(first, "signed") == ["2004-05-13", "2004-11-09"]
    assert all_of(second, "signed") == ["2004-05-13", "2004-08-27"]
    assert (convention.first("signed"), convention.first("place")) == ("2005-11-07", "Paris")
    assert protocol.first("title").startswith("Protocole additionnel à la Convention")
    assert all(not one.of("terms.entry_into_force") for one in (first, second, convention, protocol))


def test_a_decree_is_no_part_of_the_text_that_it_publishes():
    (agreement,) = new(DECREE, "2001-07-10")
    assert agreement.first("title").startswith("ACCORD-CADRE")
    assert agreement.first("title").endswith("DÉFENSE")
    assert all_of(agreement, "signed") == ["2000-07-27"]
    assert agreement.first("place") == "Farnborough"
    assert agreement.first("terms.entry_into_force") == {
        "condition": "nth_instrument_plus_period",
        "number": 2,
        "period": "P30D",
    }
    assert all_of(agreement, "terms.notices") == [{"kind": "termination", "period": "P6M", "counted_from": "receipt"}]


def test_a_treaty_in_german():
    (agreement,) = new(TREATY, "2023")
    assert [party["code"] for party in all_of(agreement, "parties")] == ["CHE", "NOR"]
    assert all_of(agreement, "signed") == ["2022-05-05"]
    assert agreement.first("place") == "Bern"
    assert agreement.first("binding_status") == "binding"
    assert agreement.first("terms.duration") == {"kind": "indefinite"}


def test_the_line_below_a_title_tells_the_day_where_the_end_does_not():
    text = TREATY[: TREATY.index("Geschehen zu Bern")]
    (agreement,) = new(text, "2023")
    assert all_of(agreement, "signed") == ["2022-05-05"]


def test_a_spanish_law_with_the_text_that_it_approves():
    (protocol,) = new(APPROVAL, "2015-07-30")
    assert [party["code"] for party in all_of(protocol, "parties")] == ["ESP", "USA"]
    assert all_of(protocol, "signed") == ["2015-06-17"]
    assert [(who["name"], who["party"]) for who in all_of(protocol, "signatories")] == [
        ("Ignacio Ybáñez", "ESP"),
        ("Antony Blinken", "USA"),
    ]


def test_french_ministers_write_their_offices_small():
    text = """La France et le Royaume-Uni signent un accord sur la coopération spatiale

Paris, le 27 juillet 2000. Le ministre de la Défense de la France et le ministre de la Défense du Royaume-Uni ont \
signé aujourd'hui à Paris un accord relatif à la coopération spatiale. L'accord n'est pas juridiquement contraignant.
"""
    (agreement,) = new(text)
    assert [party["code"] for party in all_of(agreement, "parties")] == ["FRA", "GBR"]
    assert (agreement.first("signed"), agreement.first("place")) == ("2000-07-27", "Paris")
    assert agreement.first("binding_status") == "non_binding"
    assert agreement.first("focus_areas") == "space"


def test_news_in_japanese():
    (treaty,) = new(NEWS, "2010-04-09")
    assert treaty.first("title") == "核軍縮条約"
    assert [party["code"] for party in all_of(treaty, "parties")] == ["USA", "RUS"]
    assert (treaty.first("signed"), treaty.first("place")) == ("2010-04-08", "プラハ")
    assert [(who["name"], who["office"], who["party"]) for who in all_of(treaty, "signatories")] == [
        ("オバマ", "大統領", "USA"),
        ("メドベージェフ", "大統領", "RUS"),
    ]


def test_a_quoted_title_and_two_states_in_one_word():
    text = """日英、円滑化協定に署名

1月11日、岸田文雄首相とイギリスのスナク首相はロンドンで会談し、「日英円滑化協定」に署名した。
"""
    (agreement,) = new(text, "2023-01-12")
    assert agreement.first("title") == "日英円滑化協定"
    assert agreement.first("instrument_type") == "reciprocal_access_agreement"
    assert [party["code"] for party in all_of(agreement, "parties")] == ["JPN", "GBR"]
    assert agreement.first("signed") == "2023-01-11"


@pytest.mark.parametrize(
    "text",
    [
        "Les ministres ont évoqué l'accord de coopération signé en 2014 entre la France et l'Espagne.",
        "La France et le Japon négocient un accord sur le statut des forces, qui sera signé au printemps.",
        "Die Minister sprachen über das Abkommen zwischen der Schweiz und Norwegen. Beide Seiten haben es gelobt.",
        "Die Schweiz und Norwegen haben über ein neues Abkommen gesprochen und wollen es bald unterzeichnen.",
        "Los ministros de España y de los Estados Unidos de América negocian un acuerdo, que será firmado luego.",
        "日本とフィリピンは、円滑化協定の署名を目指すことで一致した。",
        "日本とイギリスは、社会保障協定に署名する予定である。",
    ],
)
def test_what_is_only_spoken_of_is_no_new_instrument(text):
    assert new(text, "2024-03-01") == ()


@pytest.mark.parametrize(
    ("text", "published", "kind", "day"),
    [
        (
            "L'Accord entre la République française et le Japon sur l'accès est entré en vigueur le 15 octobre 2023.",
            "2023-10-16", "entered_into_force", "2023-10-15",
        ),
        (
            "Am 1. Juni 2024 ist das Abkommen zwischen der Schweiz und Norwegen über Informationen in Kraft getreten.",
            "2024-06-03", "entered_into_force", "2024-06-01",
        ),
        (
            "El 30 de abril, España ratificó el Tratado sobre la Conservación de la Diversidad Biológica.",
            "2024-05-02", "ratified", "2024-04-30",
        ),
        ("日本とフィリピンの「日比部隊間協力円滑化協定」が11日、発効した。", "2025-09-12", "entered_into_force",
         "2025-09-11"),
    ],
)  # fmt: skip
def test_news_about_agreements_that_exist(text, published, kind, day):
    (event,) = read(text, published).proposals
    assert (event.first("kind"), event.first("date")) == (kind, day)


def test_what_is_negotiated_is_no_event():
    text = "La France et le Japon négocient un accord sur le statut des forces."
    assert read(text, "2024-03-01").proposals == ()
