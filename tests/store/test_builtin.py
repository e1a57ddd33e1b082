"""The built-in parties: complete, each of its right kind, and no spelling that leads to the wrong one."""

import re
from collections import Counter, defaultdict
from typing import Any

import pytest

from tracker.dates.edtf import parse
from tracker.record.vocabulary import FOCUS_AREAS, PARTY_KINDS
from tracker.store.schema import builtin
from tracker.text.names import fold
from tracker.work.taking.codes import of_cow

KEYS = [
    "record", "code", "kind", "name", "names", "aliases", "alpha_2", "numeric", "exists_from", "exists_until",
    "successors", "members", "note",
]  # fmt: skip


@pytest.fixture(scope="module")
def parties() -> dict[str, dict[str, Any]]:
    return {party["code"]: party for party in builtin.parties()}


@pytest.fixture(scope="module")
def bearers(parties: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, party in parties.items():
        for key in builtin.party_keys(party):
            found[key].add(code)
    return found


def test_every_party_has_the_shape_of_the_record(parties: dict[str, dict[str, Any]]) -> None:
    for party in parties.values():
        assert list(party) == KEYS
        assert party["record"] == "party"
        assert party["kind"] in PARTY_KINDS
        assert party["name"].strip() == party["name"] != ""
        assert party["note"] is None or len(party["note"]) < 300


def test_no_code_is_given_twice() -> None:
    assert max(Counter(party["code"] for party in builtin.parties()).values()) == 1


def test_every_current_entry_of_iso_3166_1_is_there(parties: dict[str, dict[str, Any]]) -> None:
    import pycountry

    for country in pycountry.countries:
        party = parties[country.alpha_3]
        assert (party["alpha_2"], party["numeric"]) == (country.alpha_2, country.numeric)
        assert party["kind"] in {"state", "territory", "other"}


def test_every_entry_of_iso_3166_3_is_found_under_its_codes_and_name(bearers: dict[str, set[str]]) -> None:
    import pycountry

    for historic in pycountry.historic_countries:
        assert len(bearers[fold(historic.alpha_3)]) == 1
        assert bearers[fold(historic.alpha_4)] == bearers[fold(historic.alpha_3)]
        assert len(bearers[fold(historic.name)]) == 1


def test_codes_are_of_the_form_of_their_kind(parties: dict[str, dict[str, Any]]) -> None:
    for code, party in parties.items():
        if party["kind"] == "organisation":
            assert re.fullmatch(r"org-[a-z0-9-]+", code)
        elif not re.fullmatch(r"[A-Z]{3}", code):
            assert re.fullmatch(r"former-[a-z0-9-]+", code)
            assert party["kind"] == "former_state"


def test_no_spelling_leads_to_two_parties_unless_it_is_listed(bearers: dict[str, set[str]]) -> None:
    shared = {key: codes for key, codes in bearers.items() if len(codes) > 1}
    listed = {fold(name): set(codes) for name, codes in builtin.shared_names().items()}
    assert shared == listed


def test_an_organisation_shares_no_spelling_with_anything_else(
    parties: dict[str, dict[str, Any]], bearers: dict[str, set[str]]
) -> None:
    for codes in bearers.values():
        assert len({parties[code]["kind"] == "organisation" for code in codes}) == 1


def test_every_tabled_code_means_a_party(parties: dict[str, dict[str, Any]]) -> None:
    for party in parties.values():
        assert set(party["successors"]) <= parties.keys() - {party["code"]}
        assert {member["code"] for member in party["members"]} <= parties.keys() - {party["code"]}
    for codes in builtin.shared_names().values():
        assert set(codes) <= parties.keys()


def test_an_alias_says_something_new(parties: dict[str, dict[str, Any]]) -> None:
    for party in parties.values():
        folded = [fold(alias) for alias in party["aliases"]]
        assert len(set(folded)) == len(folded)
        assert "" not in folded
        assert not {fold(party["code"]), fold(party["name"]), fold(party["alpha_2"] or "-")} & set(folded)


def test_days_are_days_and_in_order(parties: dict[str, dict[str, Any]]) -> None:
    for party in parties.values():
        spells = [(party["exists_from"], party["exists_until"])]
        spells += [(member["from"], member["until"]) for member in party["members"]]
        for first, last in spells:
            assert all(parse(day).edtf == day and len(day) == 10 for day in (first, last) if day)
            assert not first or not last or first < last


def test_a_withdrawn_code_that_was_given_again_means_its_present_holder(parties: dict[str, dict[str, Any]]) -> None:
    numbers = Counter(party["numeric"] for party in parties.values() if party["numeric"])
    letters = Counter(party["alpha_2"] for party in parties.values() if party["alpha_2"])
    assert {number for number, count in numbers.items() if count > 1} == set()
    assert {code for code, count in letters.items() if count > 1} == {"CS"}


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Korea, Rep.", "KOR"), ("Republic of Korea", "KOR"), ("South Korea", "KOR"), ("Korea (Republic of)", "KOR"),
        ("Korea, Dem. People's Rep.", "PRK"), ("North Korea", "PRK"), ("Turkey", "TUR"), ("Türkiye", "TUR"),
        ("TURKIYE", "TUR"), ("Burma", "MMR"), ("USSR", "SUN"), ("Soviet Union", "SUN"), ("UK", "GBR"),
        ("Great Britain", "GBR"), ("US", "USA"), ("U.S.", "USA"), ("United States", "USA"), ("Russia", "RUS"),
        ("Russian Federation", "RUS"), ("Czech Republic", "CZE"), ("Cape Verde", "CPV"),
        ("Libyan Arab Jamahiriya", "LBY"), ("Swaziland", "SWZ"), ("Iran (Islamic Republic of)", "IRN"),
        ("Bolivia", "BOL"), ("Moldova", "MDA"), ("Viet Nam", "VNM"), ("Vietnam", "VNM"), ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"), ("The former Yugoslav Republic of Macedonia", "MKD"), ("St. Lucia", "LCA"),
        ("Congo", "COG"), ("Congo, Dem. Rep.", "COD"), ("DRC", "COD"), ("Zaire", "COD"),
        ("Netherlands (Kingdom of the)", "NLD"), ("East Germany", "DDR"), ("West Germany", "DEU"),
        ("Yugoslavia", "YUG"), ("Federal Republic of Yugoslavia", "SCG"), ("Czechoslovakia", "CSK"),
        ("South Yemen", "YMD"), ("Holy See", "VAT"), ("Palestine", "PSE"), ("Kosovo", "XKX"), ("XK", "XKX"),
        ("Hong Kong, China", "HKG"), ("日本", "JPN"), ("Deutschland", "DEU"), ("EU", "org-eu"),
        ("European Union (EU)", "org-eu"), ("NATO", "org-nato"), ("UN", "org-un"), ("WHO", "org-who"),
        ("Interpol", "org-interpol"), ("Organization of African Unity", "org-oau"), ("BUMM", "MMR"), ("SUHH", "SUN"),
        ("Siam", "THA"), ("Roumania", "ROU"), ("South Vietnam", "former-south-viet-nam"),
    ],
)  # fmt: skip
def test_a_common_or_former_name_is_known(bearers: dict[str, set[str]], spelling: str, code: str) -> None:
    assert bearers[fold(spelling)] == {code}


@pytest.mark.parametrize("acronym", ["AU", "EC", "ADB", "IDA"])
def test_an_acronym_that_a_state_bears_is_no_organisation(bearers: dict[str, set[str]], acronym: str) -> None:
    """AU is Australia and EC Ecuador; ADB and IDA are left to be given in full."""
    assert not any(code.startswith("org-") for code in bearers.get(fold(acronym), ()))


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("state", "USA JPN VAT PSE COK NIU SSD TLS CHE"),
        ("territory", "HKG MAC PRI GRL FLK ESH GIB REU ANT NHB"),
        ("former_state", "SUN YUG DDR CSK SCG YMD VDR"),
        ("other", "TWN XKX ATA"),
        ("organisation", "org-eu org-nato org-un org-fao org-iaea org-icao org-ilo org-imo org-itu org-opcw org-ctbto"),
        ("organisation", "org-unesco org-unido org-upu org-wipo org-wmo org-council-of-europe org-andean-community"),
        ("organisation", "org-caricom org-comesa org-eac org-ecowas org-eaec org-sadc org-waemu org-who org-oau"),
    ],
)  # fmt: skip
def test_kinds(parties: dict[str, dict[str, Any]], kind: str, codes: str) -> None:
    assert {code: parties[code]["kind"] for code in codes.split()} == dict.fromkeys(codes.split(), kind)


def test_there_are_197_states(parties: dict[str, dict[str, Any]]) -> None:
    """The 193 members of the United Nations, the Holy See, the State of Palestine, the Cook Islands and Niue."""
    assert sum(party["kind"] == "state" for party in parties.values()) == 197


def test_former_states_know_their_end_and_successors(parties: dict[str, dict[str, Any]]) -> None:
    assert (parties["SUN"]["exists_until"], parties["SUN"]["successors"][0]) == ("1991-12-26", "RUS")
    assert not {"EST", "LVA", "LTU"} & set(parties["SUN"]["successors"])
    assert (parties["DDR"]["exists_until"], parties["DDR"]["successors"]) == ("1990-10-02", ["DEU"])
    assert parties["CSK"]["successors"] == ["CZE", "SVK"]
    assert parties["CZE"]["exists_from"] == "1993-01-01"
    assert parties["SCG"]["successors"] == ["SRB", "MNE"]


def test_membership_is_known_in_time(parties: dict[str, dict[str, Any]]) -> None:
    union = {member["code"]: member for member in parties["org-eu"]["members"]}
    assert len(union) == 28
    assert sum(member["until"] is None for member in union.values()) == 27
    assert union["GBR"] == {"code": "GBR", "from": "1973-01-01", "until": "2020-01-31"}
    assert len(parties["org-nato"]["members"]) == 32


def test_a_party_is_found_under_everything_it_bears() -> None:
    party = {"code": "org-x", "alpha_2": None, "name": "Ex", "names": {"ja": "エックス"}, "aliases": ["E.X.", "!"]}
    assert builtin.party_keys(party) == {"org x", "ex", "エックス"}


def test_a_person_is_found_under_id_names_and_both_orders() -> None:
    person = {"id": "hamada-yasukazu", "name": "Hamada Yasukazu", "aliases": ["浜田靖一"]}
    assert builtin.person_keys(person) == {"hamada yasukazu", "yasukazu hamada", "浜田靖一"}


def test_focus_areas_are_those_of_the_vocabulary_parents_first() -> None:
    areas = list(builtin.focus_areas())
    assert [area["code"] for area in areas] == list(FOCUS_AREAS)
    assert all(list(area) == ["record", "code", "label", "parent", "note"] for area in areas)
    assert {area["parent"] for area in areas} - {None} <= set(FOCUS_AREAS)


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        ("240", "Hanover", "former-hanover"), ("245", "Bavaria", "former-bavaria"), ("267", "Baden", "former-baden"),
        ("269", "Saxony", "former-saxony"), ("271", "Wuerttemburg", "former-wuerttemberg"),
        ("273", "Hesse Electoral", "former-hesse-electoral"), ("275", "Hesse Grand Ducal", "former-hesse-grand-ducal"),
        ("280", "Mecklenburg Schwerin", "former-mecklenburg-schwerin"), ("327", "Papal States", "former-papal-states"),
        ("300", "Austria-Hungary", "former-austria-hungary"), ("329", "Two Sicilies", "former-two-sicilies"),
        ("332", "Modena", "former-modena"), ("335", "Parma", "former-parma"), ("337", "Tuscany", "former-tuscany"),
        ("265", "German Democratic Republic", "DDR"), ("511", "Zanzibar", "former-zanzibar"),
        ("678", "Yemen Arab Republic", "YEM"), ("680", "Yemen People's Republic", "YMD"),
        ("817", "Republic of Vietnam", "former-south-viet-nam"), ("730", "Empire of Korea", "former-korea"),
    ],
)  # fmt: skip
def test_states_of_the_past_are_found_as_the_correlates_of_war_project_calls_them(
    bearers: dict[str, set[str]], number: str, name: str, code: str
) -> None:
    assert bearers[fold(name)] == {code}
    assert of_cow(number) == code
