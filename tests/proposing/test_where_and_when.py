"""Where and when: towns that stand with a time and belong to no name, lines with place and day."""

import pytest
from texts import all_of, new, read

TREATY = "Fisheries Treaty"


@pytest.mark.parametrize(
    ("text", "title", "place"),
    [
        ("Norway and Japan signed the Fisheries Treaty in Bergen on 14 March 2024.", TREATY, "Bergen"),
        ("Norway and Japan signed an Agreement on Tax (AOT) in Bergen today.", "Agreement on Tax", "Bergen"),
        ("Norway and Japan signed a Treaty on the Border in Bergen today.", "Treaty on the Border", "Bergen"),
        (
            "Norway and Japan signed a Treaty on Tourism in the town of Bergen on 14 March.",
            "Treaty on Tourism",
            "Bergen",
        ),
        ("In Bergen on 14 March 2024, Norway and Japan signed the Fisheries Treaty.", TREATY, "Bergen"),
        ("Today in Bergen, Norway and Japan signed the Fisheries Treaty.", TREATY, "Bergen"),
        ("Norway and Japan signed an Agreement in Agriculture on 14 March.", "Agreement in Agriculture", None),
        ("Norway and Japan signed a Treaty on Cooperation in Antarctica.", "Treaty on Cooperation in Antarctica", None),
    ],
)  # fmt: skip
def test_a_town_is_no_part_of_a_name(text: str, title: str, place: str | None):
    (one,) = new(f"News from the ministries\n\n{text}\n", "2024-03-15")
    assert (one.first("title"), one.first("place") and one.first("place").removeprefix("the town of ")) == (
        title,
        place,
    )


def test_a_place_ends_where_a_name_begins():
    text = "Los ministros de España y Francia firmaron el 13 de febrero de 2024 en Rabat el Convenio sobre pesca.\n"
    (one,) = new(text, "2024-02-15")
    assert (one.first("place"), one.first("signed")) == ("Rabat", "2024-02-13")


@pytest.mark.parametrize(
    "line",
    [
        "Bergen, 14 March 2024 | ", "BERGEN, March 14, 2024. ", "Bergen, Vestland, Norway, 14 March 2024. ",
    ],
)  # fmt: skip
def test_lines_with_place_and_day(line: str):
    found = read(f"Two sign\n\n{line}Norway and Japan have signed a Treaty on Fisheries today.\n", "2024-03-16")
    (treaty,) = found.proposals
    assert (treaty.kind, treaty.first("signed")) == ("instrument", "2024-03-14")


def test_two_words_for_one_day():
    text = """Two sign

Norway and Japan signed the first treaty since the war on Thursday, March 14.
"""
    (treaty,) = new(text, "2024-03-15")
    assert all_of(treaty, "signed") == ["2024-03-14"]
