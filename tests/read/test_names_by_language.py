"""Names of parties in other languages: found everywhere, refused where two bear one, and read on a miss only."""

import json
import runpy
from importlib.metadata import version
from pathlib import Path

import pytest
from running import ROOT, Run

from tracker.errors import UnknownName
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.lookup import by_language, names
from tracker.work.taking.drafting import Parties


@pytest.fixture(autouse=True)
def register(run: Run) -> None:
    """A register with the parties that every one begins with."""
    run("store", "init")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Allemagne", "DEU"), ("Japon", "JPN"), ("日本", "JPN"), ("米国", "USA"), ("République de Corée", "KOR"),
        ("Republik Korea", "KOR"), ("Estados Unidos", "USA"), ("Royaume-Uni", "GBR"), ("les Pays-Bas", "NLD"),
        ("der Irak", "IRQ"), ("the Gambia", "GMB"), ("Tchécoslovaquie", "CSK"), ("Sowjetunion", "SUN"),
        ("Rusia", "RUS"), ("Россия", "RUS"), ("Nations Unies", "org-un"),
        ("Niger (the)", "NER"), ("Netherlands (the)", "NLD"), ("Russian Federation (the)", "RUS"),
        ("Congo (the Democratic Republic of the)", "COD"), ("Congo (the)", "COG"), ("Korea (the Republic of)", "KOR"),
        ("Korea (the Democratic People's Republic of)", "PRK"), ("Falkland Islands (the) [Malvinas]", "FLK"),
        ("Corée (la République de)", "KOR"), ("Allemagne (l')", "DEU"), ("Tanzania (the United Republic of)", "TZA"),
        ("Niger (der)", "NER"), ("Schweiz (die)", "CHE"), ("Netherlands, The", "NLD"), ("gli Stati Uniti", "USA"),
        ("os Países Baixos", "NLD"), ("het Verenigd Koninkrijk", "GBR"), ("il Giappone", "JPN"), ("O Brasil", "BRA"),
        ("China, People's Republic of", "CHN"), ("Congo (République démocratique du)", "COD"), ("EE. UU.", "USA"),
        ("Macedonia, the former Yugoslav Republic of", "MKD"), ("Kongo, Demokratische Republik", "COD"),
        ("Países Bajos (Reino de los)", "NLD"), ("Guinea (Equatorial)", "GNQ"), ("Virgin Islands, British", "VGB"),
        ("Cocos (Keeling) Islands (the)", "CCK"), ("GAMBIE (LA)", "GMB"), ("IL GIAPPONE", "JPN"),
    ],
)  # fmt: skip
def test_a_name_in_another_language_is_found(run: Run, name: str, code: str) -> None:
    assert json.loads(run("party", "show", name, "--json").out)["code"] == code


@pytest.mark.parametrize("text", ["Hungary, Austria", "Yugoslavia, FR", "Jordan, IL", "Niger, DE", "AS Monaco"])
def test_two_names_are_not_read_as_one(run: Run, text: str) -> None:
    assert "unknown party" in run("party", "show", text).err


@pytest.mark.parametrize(
    ("text", "told"), [("As at", "AT is Austria"), ("as is", "IS is Iceland"), ("no (the)", "NO is Norway")]
)
def test_an_article_makes_no_name_of_a_word_in_a_sheet(run: Run, tmp_path: Path, text: str, told: str) -> None:
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text(f"Title,Party\nPact,{text}\n")
    spec.write_text('[agreement]\ntitle = "Title"\n[[party]]\ncolumn = "Party"\n')
    assert f"unknown party '{text}'; a code is written in capitals: {told}" in run("import", sheet, "--map", spec).err


def test_it_counts_where_parties_are_named(run: Run, tmp_path: Path) -> None:
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text("Titre,Parties\nAccord,Allemagne / Japon\n")
    spec.write_text('[agreement]\ntitle = "Titre"\n[[party]]\ncolumn = "Parties"\nseparator = "/"\n')
    assert run("import", sheet, "--map", spec).code == 0
    assert run("add", "Abkommen", "--party", "Deutschland", "--party", "日本", "--signed", "2020").code == 0
    found = json.loads(run("list", "party:Alemania", "--party", "Giappone", "--json").out)
    assert [record["title"] for record in found] == ["Abkommen", "Accord"]


@pytest.mark.parametrize(("name", "codes"), [("Corée", ("KOR", "PRK")), ("Islas Vírgenes", ("VGB", "VIR"))])
def test_a_name_that_two_bear_is_refused_with_both(run: Run, name: str, codes: tuple[str, str]) -> None:
    done = run("add", "Accord", "--party", name)
    assert done.code == 2
    assert "ambiguous" in done.err
    assert all(f"({code})" in done.err for code in codes)


def test_nobody_else_is_given_such_a_name_in_silence(run: Run) -> None:
    assert "'Japon' leads to JPN already" in run("party", "alias", "KOR", "Japon").err
    made = run("party", "add", "Nippon", "--code", "other-japon", "--kind", "other", "--alias", "Japon")
    assert "'Japon' leads to other-japon and JPN" in made.err
    assert "ambiguous: Japan (JPN) or Nippon (other-japon)" in run("party", "show", "Japon").err


def test_a_page_of_a_party_stays_short(run: Run) -> None:
    assert "Allemagne" not in run("party", "show", "DEU").out


def test_the_data_is_current() -> None:
    made = json.loads(by_language.DATA.read_text(encoding="utf-8"))
    if made["made_from"] == f"pycountry {version('pycountry')}":
        page = runpy.run_path(str(ROOT / "docs" / "make_names.py"))["page"]()
        assert json.loads(page) == made, "run python docs/make_names.py"
    assert made["names"]["allemagne"] == "DEU"


@pytest.mark.parametrize("text", ["Allemagne", "l'Allemagne", "les Pays-Bas", "Corea", "no", "As at", "Nobody"])
def test_a_first_map_means_by_a_name_whom_the_register_means(run: Run, store: Path, text: str) -> None:
    """A party of this register is called as Germany is in French: with the article either may be meant."""
    assert run("party", "add", "Allemagne", "--kind", "sub_national", "--yes").code == 0
    with open_store(StoreLocation(store, named=True)) as reader:
        try:
            names.refuse_word(reader, text)
            meant = names.known_party_code(reader, text)
        except UnknownName:
            meant = None
        assert Parties(reader).code("name", text) == meant
