"""Words in which analysts ask: views, initials of types, names in any order, precision, levels."""

import json
from pathlib import Path

from running import Run

SOSA, MOU, TRILATERAL = "us-jp-sosa-2023", "us-jp-rdte-mou-2023", "jp-us-au-rdte-2024"

DIFFER = ["ke-so-mou-2009", "qa-bh-doha-minutes-1990"]

HYPERSONIC = {"us-jp-gpi-pa-2024", "us-jp-rd-notes-2022", MOU}


def refs(run: Run, *arguments: str) -> list[str]:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    return [record["ref"] for record in json.loads(out)]


def test_differing_views_can_be_asked_for(run: Run, store: Path) -> None:
    assert refs(run, "list", "views:differ") == DIFFER
    assert refs(run, "list", "views:differ", "party:KEN") == DIFFER[:1]
    every = refs(run, "list")
    assert sorted([*refs(run, "list", "not views:differ"), *DIFFER]) == sorted(every)
    assert set(DIFFER) <= set(refs(run, "list", "views:any"))
    assert sorted(refs(run, "list", "views:any") + refs(run, "list", "views:none")) == sorted(every)
    assert "expected differ" in run("list", "views:agree").err
    assert json.loads(run("compare", "binding", "views:differ", "--json").out)["rows"][0]["total"] == 2


def test_types_of_instruments_are_found_by_their_initials(run: Run, store: Path) -> None:
    codes = (
        "reciprocal_access_agreement,acquisition_and_cross_servicing_agreement,"
        "general_security_of_military_information_agreement,security_of_supply_arrangement"
    )
    matrix = ["report", "matrix", "--party", "JPN", "--rows", "partner", "--cols", "type", "--json"]
    short = run(*matrix, "--type", "raa,acsa,gsomia,sosa")
    assert (short.code, short.err) == (0, "")
    assert json.loads(short.out) == json.loads(run(*matrix, "--type", codes).out)
    assert refs(run, "list", "type:MOU") == refs(run, "list", "type:memorandum_of_understanding") != []
    for wrong in ("a", "xyz", "sos"):
        assert run("list", f"type:{wrong}").code == 2
    made = run("add", "A pact", "--type", "raa", "--yes").out.strip()
    assert json.loads(run("show", made, "--json").out)["instrument_type"] == "reciprocal_access_agreement"


def test_a_person_is_found_by_words_that_nobody_else_bears(run: Run, store: Path) -> None:
    signed = sorted([SOSA, MOU, TRILATERAL])
    for name in ("Austin, Lloyd", "Lloyd Austin", "austin LLOYD", "III Lloyd"):
        assert refs(run, "list", "--signatory", name) == signed, name
        report = json.loads(run("report", "signatories", "--signatory", name, "--json").out)
        assert sorted(row["ref"] for row in report["rows"]) == signed
    assert json.loads(run("signatory", "show", "Lloyd Austin", "--json").out)["id"] == "lloyd-j-austin-iii"
    alone = run("list", "--signatory", "Austin")
    assert (alone.code, alone.out) == (2, "")
    assert "did you mean Lloyd J. Austin III (lloyd-j-austin-iii)?" in alone.err
    assert run("list", "--signatory", "Austin Smith").code == 2
    assert run("signatory", "add", "Lloyd Austin Jr", "--yes").code == 0
    several = run("list", "--signatory", "Lloyd Austin")
    assert several.code == 2
    assert "is ambiguous: Lloyd Austin Jr (lloyd-austin-jr) or Lloyd J. Austin III (lloyd-j-austin-iii)" in several.err


def test_what_has_no_date_is_counted_where_its_precision_is_asked(run: Run, store: Path) -> None:
    undated = refs(run, "list", "signed:none")
    assert len(undated) == 2
    for query in ("precision:month,year,interval,uncertain", "precision:day", "precision:year"):
        assert f"left out: {len(undated)} (signed: no date)" in run("list", query, "-f", "table").out
    assert "left out" not in run("list", "precision:none", "-f", "table").out


def test_search_knows_focus_areas_by_a_word_and_those_above(run: Run, store: Path) -> None:
    assert (
        HYPERSONIC == set(refs(run, "search", "hypersonic")) == set(refs(run, "list", "--focus", "hypersonic_defence"))
    )
    assert set(refs(run, "search", "missile", "-title:missile")) == HYPERSONIC
    assert set(refs(run, "search", "missile defence")) == HYPERSONIC
    assert "focus: hypersonic defence" in run("search", "missile", "-f", "table").out
    later = ["--known-at", "2090-01-01"]
    for word in ("hypersonic", "missile", "capabilities", "arms"):
        assert set(refs(run, "search", word)) == set(refs(run, "search", word, *later)), word


def test_an_under_secretary_has_a_level(run: Run, store: Path) -> None:
    found = refs(run, "list", "level:deputy_minister", "family:sosa", "--signatory", "William A. LaPlante")
    assert len(found) == 7
