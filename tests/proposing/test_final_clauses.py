"""Entry into force, duration, notice and survival, as final clauses of agreements word them."""

import pytest

from tests.proposing.clause_reading import read, terms
from tracker.proposing.basis.proposal import HIGH, Refusal, Value
from tracker.proposing.rules import final_clauses

ENTRIES = [
    ("en", "This Agreement shall enter into force on the date of its signature.", {"condition": "on_signature"}),
    ("en", "This MOU becomes operative when both Participants have signed.", {"condition": "on_signature"}),
    ("en", "This Agreement shall enter into force on 1 January 2024.", {"condition": "on_date", "date": "2024-01-01"}),
    (
        "en",
        ("This Agreement shall enter into force on the thirtieth day after the date on which the Parties exchange "
        "diplomatic notes informing each other that their internal procedures have been completed."),
        {"condition": "exchange_of_notes", "period": "P30D"},
    ),
    (
        "en",
        ("The present Convention shall enter into force on the ninetieth day following the date of deposit of the "
        "fiftieth instrument of ratification, acceptance or approval."),
        {"condition": "nth_instrument_plus_period", "number": 50, "period": "P90D"},
    ),
    (
        "en",
        ("This Protocol shall enter into force on the first day of the third month following the date of receipt of "
        "the later notification by which the Parties notify each other that their requirements have been fulfilled."),
        {"condition": "last_notification_plus_period", "period": "P2M", "starts": "first_of_following_month"},
    ),
    (
        "en",
        ("This Treaty shall be ratified and shall enter into force on the date of the exchange of instruments of "
        "ratification."),
        {"condition": "exchange_of_ratifications"},
    ),
    ("en", "This Agreement shall enter into force thirty days after signature and remain in force for five years.",
     {"condition": "after_signature_period", "period": "P30D"}),
    ("en", "This Protocol will enter into force on the date of entry into force of the Convention on Extradition.",
     {"condition": "entry_of_other_instrument"}),
    (
        "fr",
        ("Le présent Accord entre en vigueur le premier jour du deuxième mois suivant la date de réception de la "
        "dernière des notifications."),
        {"condition": "last_notification_plus_period", "period": "P1M", "starts": "first_of_following_month"},
    ),
    (
        "fr",
        ("Je propose que la présente lettre et votre réponse constituent un accord, qui entrera en vigueur à la date "
        "de votre réponse."),
        {"condition": "exchange_of_notes"},
    ),
    ("fr", "Le présent Protocole entrera en vigueur le jour de l'échange des instruments de ratification.",
     {"condition": "exchange_of_ratifications"}),
    ("de", "Dieses Abkommen tritt mit seiner Unterzeichnung in Kraft.", {"condition": "on_signature"}),
    ("de", "Er tritt einen Monat nach Austausch der Ratifikationsurkunden in Kraft.",
     {"condition": "exchange_of_ratifications", "period": "P1M"}),
    (
        "de",
        ("Dieses Abkommen tritt am ersten Tag des zweiten Monats in Kraft, nachdem die Vertragsparteien einander "
        "notifiziert haben, dass die innerstaatlichen Voraussetzungen erfüllt sind."),
        {"condition": "last_notification_plus_period", "period": "P1M", "starts": "first_of_following_month"},
    ),
    ("es", "EL PRESENTE CONVENIO ENTRARA EN VIGOR A LOS SESENTA DIAS DE LA FECHA DE LA ULTIMA NOTIFICACION.",
     {"condition": "last_notification_plus_period", "period": "P60D"}),
    ("es", "El presente Acuerdo entrará en vigor en la fecha de su firma y tendrá una vigencia indefinida.",
     {"condition": "on_signature"}),
    ("en", ("This Agreement shall apply provisionally from signature and shall enter into force on the date of the "
     "second notification."), {"condition": "last_notification"}),
    ("fr", "Ces dispositions entreront en vigueur trente jours après la date de votre réponse.",
     {"condition": "exchange_of_notes", "period": "P30D"}),
    ("ja", "この協定は、署名の日に効力を生ずる。", {"condition": "on_signature"}),
    ("ja", "この条約は、批准書の交換の日の後三十日目の日に効力を生ずる。",
     {"condition": "exchange_of_ratifications", "period": "P30D"}),
    ("ja", "この条約は、二十番目の批准書が寄託された日の後九十日目の日に効力を生ずる。",
     {"condition": "nth_instrument_plus_period", "number": 20, "period": "P90D"}),
]  # fmt: skip

NO_ENTRIES = [
    ("en", "Any amendment to this Agreement shall enter into force on the date of signature."),
    ("en", "The termination of this Agreement shall take effect six months after receipt of the notice."),
    ("en", "The Parties shall notify each other of the procedures required for this Agreement to enter into force."),
    ("fr", "Les modifications du présent Accord entrent en vigueur à la date de leur signature."),
    ("fr", "La présente loi entre en vigueur le premier jour du mois suivant sa publication."),
    ("de", "Änderungen dieses Abkommens treten am Tag des Eingangs der letzten Notifikation in Kraft."),
]

DURATIONS = [
    (
        "en",
        ("This Agreement shall remain in force for a period of five (5) years and shall be automatically renewed for "
        "successive periods of one year, unless either Party notifies the other at least six months before expiry."),
        {"kind": "auto_renewing", "period": "P5Y", "renewal_period": "P1Y"},
    ),
    ("en", ("This Agreement shall remain in force for ten years, and shall continue in force thereafter until "
     "terminated by either Party giving one year's written notice."),
     {"kind": "initial_term_then_indefinite", "period": "P10Y"}),
    ("en", "This MOU will remain in effect for three years. It may be extended by mutual written consent.",
     {"kind": "renewable_by_agreement", "period": "P3Y"}),
    ("en", "This Agreement is concluded for an indefinite period.", {"kind": "indefinite"}),
    ("en", "This Agreement shall remain in force until terminated by either Party.", {"kind": "indefinite"}),
    ("en", "This Arrangement will continue until 31 December 2027 unless terminated earlier.",
     {"kind": "fixed_term", "until": "2027-12-31"}),
    ("en", "This Agreement shall enter into force thirty days after signature and remain in force for five years.",
     {"kind": "fixed_term", "period": "P5Y"}),
    ("fr", ("Il est conclu pour une durée de cinq (5) ans, renouvelable par tacite reconduction pour de nouvelles "
     "périodes de même durée."), {"kind": "auto_renewing", "period": "P5Y", "renewal_period": "P5Y"}),
    ("fr", "Le présent accord reste en vigueur tant qu'il n'est pas dénoncé par l'une des Parties.",
     {"kind": "indefinite"}),
    ("de", ("Dieses Abkommen wird für die Dauer von fünf Jahren geschlossen. Danach verlängert es sich stillschweigend "
     "um jeweils weitere zwei Jahre."), {"kind": "auto_renewing", "period": "P5Y", "renewal_period": "P2Y"}),
    ("de", "Es wird auf unbestimmte Dauer abgeschlossen.", {"kind": "indefinite"}),
    ("es", ("El presente Acuerdo tendrá una duración de tres (3) años, renovables automáticamente por períodos "
     "iguales, salvo que una de las Partes manifieste su intención de terminarlo con tres meses de antelación."),
     {"kind": "auto_renewing", "period": "P3Y", "renewal_period": "P3Y"}),
    ("ja", "この覚書は、署名の日から三年間有効とし、両者の合意により延長することができる。",
     {"kind": "renewable_by_agreement", "period": "P3Y"}),
]  # fmt: skip

NOTICES = [
    ("en", ("Either Party may terminate this Agreement by giving written notice. In such case the Agreement shall "
     "terminate six months after the date of receipt of the notice."),
     [{"kind": "termination", "period": "P6M", "counted_from": "receipt"}]),
    ("en", "Either Participant may discontinue this MOU at any time by giving 90 days' written notice.",
     [{"kind": "termination", "period": "P90D"}]),
    ("en", ("Any Party may withdraw from this Convention; the withdrawal shall take effect one year after the date of "
     "receipt of the notification."), [{"kind": "withdrawal", "period": "P1Y", "counted_from": "receipt"}]),
    ("en", ("This Agreement shall be automatically renewed for one year, unless either Party notifies the other at "
     "least six months prior to the expiry of the relevant period of its intention not to renew it."),
     [{"kind": "non_renewal", "period": "P6M", "counted_from": "end_of_term"}]),
    ("en", "Each Party may suspend, in whole or in part, the application of this Agreement.",
     [{"kind": "suspension"}]),
    ("fr", ("Chaque Partie peut dénoncer le présent Accord à tout moment. La dénonciation prend effet six mois après "
     "la date de réception de cette notification."),
     [{"kind": "termination", "period": "P6M", "counted_from": "receipt"}]),
    ("de", "Diese Vereinbarung kann unter Einhaltung einer Frist von sechs Monaten schriftlich gekündigt werden.",
     [{"kind": "termination", "period": "P6M"}]),
    ("de", "Es tritt 30 Tage nach Eingang der letzten Notifikation in Kraft.", []),
    ("fr", "Le présent accord prendra effet le premier jour du mois suivant la date de la présente lettre.", []),
    ("es", ("Cualquiera de las Partes podrá denunciar el presente Acuerdo. La denuncia surtirá efecto seis meses "
     "después de recibida la notificación."),
     [{"kind": "termination", "period": "P6M", "counted_from": "receipt"}]),
    ("ja", "いずれの一方の締約国も、六箇月前に文書による予告を与えることにより、この協定を終了させることができる。",
     [{"kind": "termination", "period": "P6M"}]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "value"), ENTRIES)
def test_entry_into_force(language, text, value):
    assert terms(final_clauses.read_entry, language, text) == [value]


@pytest.mark.parametrize(("language", "text"), NO_ENTRIES)
def test_what_else_enters_into_force_is_not_the_agreement(language, text):
    assert read(final_clauses.read_entry, language, text) == []


def test_a_condition_that_is_not_understood_is_refused_by_name():
    found = read(final_clauses.read_entry, "en", "This Agreement shall enter into force as the Parties see fit.")
    assert [(type(one), one.rule) for one in found] == [(Refusal, "entry_into_force")]


def test_those_who_join_later():
    text = (
        "The Convention shall enter into force thirty days after the deposit of the third instrument of ratification. "
        "For each State that accedes later, the Convention shall enter into force ninety days after the deposit of "
        "its own instrument."
    )
    assert terms(final_clauses.read_entry, "en", text) == [
        {"condition": "nth_instrument_plus_period", "number": 3, "period": "P30D", "late_joiners": "P90D"}
    ]


@pytest.mark.parametrize(("language", "text", "value"), DURATIONS)
def test_duration(language, text, value):
    assert terms(final_clauses.read_duration, language, text) == [value]


@pytest.mark.parametrize(("language", "text", "values"), NOTICES)
def test_notice(language, text, values):
    assert terms(final_clauses.read_notices, language, text) == values


def test_a_right_and_when_it_takes_effect_are_quoted_together():
    first, second = (
        "Either Party may terminate this Agreement by written notice.",
        "The termination shall take effect three months after the date of the notice.",
    )
    (value,) = read(final_clauses.read_notices, "en", f"This Agreement is good. {first} {second} Done at Bern.")
    assert isinstance(value, Value)
    assert value.passage.text == f"{first} {second}"
    assert value.value == {"kind": "termination", "period": "P3M", "counted_from": "dispatch"}
    assert value.confidence == HIGH


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", ("The obligations on classified information shall survive the termination of this Agreement for a "
         "period of five years."), "P5Y"),
        ("en", "The termination of this Agreement shall not affect projects begun under it.", None),
        ("fr", "La dénonciation du présent Accord n'affecte pas les projets en cours.", None),
        ("de", "Die Kündigung dieses Abkommens berührt die laufenden Projekte nicht.", None),
        ("es", "La terminación del presente Acuerdo no afectará los proyectos en ejecución.", None),
    ],
)  # fmt: skip
def test_survival(language, text, period):
    (value,) = terms(final_clauses.read_survival, language, text)
    assert value == ({"period": period} if period else {}) | {"scope": text}
