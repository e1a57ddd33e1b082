"""What a text says was not signed, or was signed long ago, is no new record."""

import pytest
from texts import new, read

LEAD = """Ministers meet in Oslo

The ministers of Norway and Japan met in Oslo on Tuesday to speak of trade.

They spoke of ships. They dined.

"""


@pytest.mark.parametrize(
    "said",
    [
        "Norway and Japan have not signed the Fisheries Treaty.",
        "Norway and Japan have never formally signed the Fisheries Treaty.",
        "No agreement was signed by Norway and Japan.",
        "Norway and Japan signed no agreement.",
        "Neither Norway nor Japan signed the Fisheries Treaty.",
        "In 2019, Norway and Japan signed an Agreement on Tax.",
        "Norway and Japan in 2019 signed an Agreement on Tax.",
    ],
)
def test_nothing_is_proposed(said: str):
    assert read(LEAD + said + "\n", "2023-03-08").proposals == ()


def test_that_it_was_not_done_is_said():
    (refusal,) = read(LEAD + "Norway and Japan have not signed the Fisheries Treaty.\n", "2023-03-08").refusals
    assert (refusal.what, refusal.why) == ("Fisheries Treaty", "the text says that this was not done")


def test_not_only_is_no_denial():
    (treaty,) = new(LEAD + "Norway and Japan not only signed the Fisheries Treaty, they also dined.\n", "2023-03-08")
    assert treaty.first("title") == "Fisheries Treaty"


@pytest.mark.parametrize(
    "text",
    [
        (
            "España y Francia celebraron hoy una reunión en Madrid. Los ministros hablaron de comercio. "
            "España y Francia no firmaron ningún tratado."
        ),
        (
            "La France et l'Espagne se sont réunies aujourd'hui à Madrid pour parler du commerce. "
            "La France et l'Espagne n'ont pas encore signé le traité sur la pêche."
        ),
        (
            "Deutschland und Norwegen haben heute in Oslo über den Handel gesprochen. "
            "Die beiden Länder haben das Abkommen über die Fischerei nicht unterzeichnet."
        ),
        (
            "日本とフィリピンの外相は8日、マニラで会談した。"
            "日本とフィリピンは円滑化協定にまだ署名していない。"
            "オーストラリアとの協定は2022年1月に署名された。"
        ),
    ],
)  # fmt: skip
def test_nothing_is_proposed_in_other_languages(text: str):
    assert new(text, "2024-07-09") == ()
