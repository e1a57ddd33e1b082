"""What people type for a party, person, family, focus area or source is found, or refused with what was meant."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.errors import ExitCode, UnknownName
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.store.schema import builtin

TABLES = """
    CREATE TABLE parties (code TEXT PRIMARY KEY, name TEXT, aliases TEXT);
    CREATE TABLE party_keys (folded TEXT, code TEXT);
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE person_keys (folded TEXT, person_id TEXT);
    CREATE TABLE families (id TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE focus_areas (code TEXT PRIMARY KEY, label TEXT);
    CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT, url TEXT, archive_url TEXT);
    INSERT INTO families VALUES
        ('sosa', 'Security of Supply Arrangements'), ('rdp', 'Reciprocal Defense Procurement MOUs');
    INSERT INTO focus_areas VALUES ('hypersonic_defence', 'Hypersonic defence'), ('cyber', 'Cyber');
    INSERT INTO sources VALUES
        ('pacom-2023-01-18', 'DOD, Japan MOD Sign', 'https://www.pacom.mil/a', 'https://archive.example/a'),
        ('twin-1', 'Same title', 'https://example.org/x', NULL),
        ('twin-2', 'Same title', 'https://example.org/x', NULL);
"""

PEOPLE = [
    {"id": "hamada-yasukazu", "name": "Hamada Yasukazu", "aliases": []},
    {"id": "lloyd-j-austin-iii", "name": "Lloyd J. Austin III", "aliases": ["Lloyd Austin"]},
    {"id": "john-smith", "name": "John Smith", "aliases": []},
    {"id": "john-smith-2", "name": "John Smith", "aliases": []},
    {"id": "smith-john", "name": "Smith John", "aliases": []},
]


def _fill(connection: sqlite3.Connection) -> None:
    connection.executescript(TABLES)
    for party in builtin.parties():
        connection.execute(
            "INSERT INTO parties VALUES (?, ?, ?)", (party["code"], party["name"], json.dumps(party["aliases"]))
        )
        connection.executemany(
            "INSERT INTO party_keys VALUES (?, ?)", [(key, party["code"]) for key in builtin.party_keys(party)]
        )
    for person in PEOPLE:
        connection.execute("INSERT INTO people VALUES (?, ?)", (person["id"], person["name"]))
        connection.executemany(
            "INSERT INTO person_keys VALUES (?, ?)", [(key, person["id"]) for key in builtin.person_keys(person)]
        )


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    connection = sqlite3.connect(":memory:")
    _fill(connection)
    with Reader(connection, Path("register.sqlite")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("JPN", "JPN"), ("jpn", "JPN"), ("jp", "JPN"), (" Japan ", "JPN"), ("Türkiye", "TUR"), ("the Gambia", "GMB"),
        ("The Republic of Korea", "KOR"), ("org-eu", "org-eu"), ("eu", "org-eu"), ("ussr", "SUN"), ("UK", "GBR"),
    ],
)  # fmt: skip
def test_a_party_is_found_by_code_name_or_alias(reader: Reader, typed: str, code: str) -> None:
    assert names.party_code(reader, typed) == code


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Jpan", "Japan (JPN)"),
        ("Untied States", "United States of America (USA)"),
        ("Unted Kingdom", "United Kingdom (GBR)"),
        ("Germny", "Germany (DEU)"),
        ("Phillipines", "Philippines (PHL)"),
        ("Kazakstan", "Kazakhstan (KAZ)"),
        ("Republic of Corea", "Republic of Korea (KOR)"),
        ("NATTO", "North Atlantic Treaty Organization (org-nato)"),
        ("Soviet", "Union of Soviet Socialist Republics (SUN)"),
    ],
)
def test_a_misspelt_party_is_refused_with_the_one_meant(reader: Reader, typed: str, first: str) -> None:
    with pytest.raises(UnknownName) as refused:
        names.party_code(reader, typed)
    assert str(refused.value).startswith(f"unknown party '{typed}'; did you mean {first}")
    assert refused.value.exit_code == ExitCode.USAGE


def test_a_party_like_no_other_is_refused_with_the_next_step(reader: Reader) -> None:
    with pytest.raises(UnknownName) as refused:
        names.party_code(reader, "Qzxwv")
    assert (
        str(refused.value)
        == "unknown party 'Qzxwv'; `tracker party list` shows all, `tracker party add` makes a new one"
    )


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Korea", ["Republic of Korea (KOR)", "Democratic People's Republic of Korea (PRK)"]),
        ("virgin islands", ["British Virgin Islands (VGB)", "United States Virgin Islands (VIR)"]),
        ("CS", ["Czechoslovakia (CSK)", "Serbia and Montenegro (SCG)"]),
    ],
)
def test_a_name_that_two_parties_bear_is_refused_with_both(reader: Reader, typed: str, choices: list[str]) -> None:
    with pytest.raises(UnknownName) as refused:
        names.party_code(reader, typed)
    assert str(refused.value) == f"party '{typed}' is ambiguous: {' or '.join(choices)}; give the code"


def test_an_empty_name_is_refused(reader: Reader) -> None:
    for empty in ("", "  "):
        with pytest.raises(UnknownName, match="a party has no name"):
            names.party_code(reader, empty)
    with pytest.raises(UnknownName, match=r"unknown party '\?'"):
        names.party_code(reader, "?")


def test_a_message_stays_one_short_line_whatever_was_typed(reader: Reader) -> None:
    with pytest.raises(UnknownName) as refused:
        names.party_code(reader, "\x1b[31m\n" + "x" * 100_000)
    assert "\n" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 250


def test_a_proper_name_goes_before_the_alias_of_another() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    connection.executescript(
        "INSERT INTO parties VALUES ('GEO', 'Georgia', '[]'), ('sub-georgia', 'State of Georgia', '[\"Georgia\"]');"
        "INSERT INTO party_keys VALUES ('georgia', 'GEO'), ('georgia', 'sub-georgia'), ('geo', 'GEO');"
    )
    with Reader(connection) as opened:
        assert names.party_code(opened, "Georgia") == "GEO"


def test_several_parties_keep_their_order(reader: Reader) -> None:
    assert names.party_codes(reader, ["Japan", "US"]) == ["JPN", "USA"]


@pytest.mark.parametrize("typed", ["hamada-yasukazu", "Yasukazu HAMADA", "HAMADA, Yasukazu", "hamada yasukazu"])
def test_a_person_is_found_in_either_order(reader: Reader, typed: str) -> None:
    assert names.person_id(reader, typed) == "hamada-yasukazu"


def test_namesakes_are_refused_with_their_ids(reader: Reader) -> None:
    with pytest.raises(
        UnknownName, match=r"person 'John Smith' is ambiguous: .*\(john-smith\).*\(john-smith-2\).*; give the id"
    ):
        names.person_id(reader, "John Smith")
    assert names.person_id(reader, "Smith John") == "smith-john"


def test_a_misspelt_person_is_refused_with_the_one_meant(reader: Reader) -> None:
    with pytest.raises(UnknownName, match=r"did you mean Lloyd J\. Austin III \(lloyd-j-austin-iii\)"):
        names.person_id(reader, "Loyd Austin")


def test_families_and_focus_areas_are_found_by_id_and_name(reader: Reader) -> None:
    assert names.family_id(reader, "SOSA") == "sosa"
    assert names.family_id(reader, "security of supply arrangements") == "sosa"
    assert names.focus_code(reader, "Hypersonic Defence") == "hypersonic_defence"
    assert names.focus_code(reader, "hypersonic-defence") == "hypersonic_defence"
    with pytest.raises(
        UnknownName,
        match=r"unknown focus area 'hypersonic_defense'; did you mean Hypersonic defence \(hypersonic_defence\)",
    ):
        names.focus_code(reader, "hypersonic_defense")
    with pytest.raises(UnknownName, match=r"unknown family 'sossa'; did you mean"):
        names.family_id(reader, "sossa")


def test_a_source_is_found_by_id_address_archive_or_title(reader: Reader) -> None:
    for typed in ("pacom-2023-01-18", "https://www.pacom.mil/a", "https://archive.example/a", "DoD, Japan MoD sign"):
        assert names.source_id(reader, typed) == "pacom-2023-01-18"


def test_an_address_that_two_sources_share_is_refused_with_both(reader: Reader) -> None:
    for typed in ("https://example.org/x", "same title"):
        with pytest.raises(UnknownName, match=r"Same title \(twin-1\) or Same title \(twin-2\); give the id"):
            names.source_id(reader, typed)


def test_where_there_is_no_store_a_name_stands_for_itself() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    with Reader(connection, absent=True) as empty:
        assert names.party_code(empty, "Japan") == "Japan"
        assert names.person_id(empty, "A") == "A"
        assert names.family_id(empty, "sosa") == "sosa"
        assert names.focus_code(empty, "cyber") == "cyber"
        assert names.source_id(empty, "s") == "s"
