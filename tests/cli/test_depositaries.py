"""Who keeps the original, and signatories whose names are not known, as a user meets them on the samples."""

import json
from pathlib import Path
from typing import Any

import pytest

SOSA = "us-jp-sosa-2023"
MOU = "us-jp-rdte-mou-2023"
MINUTES = "qa-bh-doha-minutes-1990"
UN = {"code": "org-un", "name": None}
ARCHIVES = {"code": None, "name": "Archives of the Ministry"}


@pytest.fixture
def kept(do) -> None:
    """One agreement kept by a party of the register, and one by an office that is none."""
    do("edit", SOSA, "--add", "depositaries=United Nations")
    do("edit", MOU, "--add", f"depositaries={ARCHIVES['name']}")


def refs(found: Any) -> list[str]:
    return [record["ref"] for record in found]


def test_a_party_is_known_by_any_name_and_anybody_else_by_their_own(ask, kept: None) -> None:
    assert ask("show", SOSA)["depositaries"] == [UN]
    assert ask("show", MOU)["depositaries"] == [ARCHIVES]
    keys = list(ask("show", SOSA))
    assert keys[keys.index("identifiers") + 1] == "depositaries"


def test_they_are_found_counted_sorted_and_shown(ask, run, kept: None) -> None:
    assert refs(ask("list", "depositary:un")) == [SOSA]
    assert refs(ask("list", 'depositary:"archives of the ministry"')) == [MOU]
    assert set(refs(ask("list", "depositary:any"))) == {SOSA, MOU}
    assert len(ask("list", "depositary:none")) == 80
    rows = ask("compare", "binding", "--by", "depositary")["rows"]
    counted = {row["depositary"]: row["total"] for row in rows if "total" in row}
    assert {"org-un", ARCHIVES["name"]} <= set(counted)
    listed = run("list", "depositary:any", "--columns", "ref,depositaries", "--sort", "depositary", "-f", "csv").out
    assert listed.splitlines()[1:] == [f"{MOU},{ARCHIVES['name']}", f"{SOSA},org-un"]
    assert "kept by" in run("show", SOSA, "-f", "markdown").out
    assert ARCHIVES["name"] in run("compare", SOSA, MOU).out
    assert refs(ask("search", "archives of the ministry")) == [MOU]


def test_a_name_that_nobody_keeps_is_refused_in_a_query(run, store: Path) -> None:
    done = run("list", "depositary:Nobody")
    assert done.code == 2
    assert "Nobody" in done.err


def test_they_survive_export_import_sheet_merge_and_undo(ask, do, run, kept: None, tmp_path: Path) -> None:
    whole, again = tmp_path / "all.ndjson", tmp_path / "again.db"
    do("export", "-f", "ndjson", "-o", whole)
    do("--store", again, "import", whole)
    assert ask("--store", again, "show", MOU)["depositaries"] == [ARCHIVES]
    sheet = tmp_path / "sheet.csv"
    do("list", "depositary:any", "--columns", "ref,title,depositaries", "-f", "csv", "-o", sheet)
    do("import", sheet)
    assert ask("show", SOSA)["depositaries"] == [UN]
    do("merge", SOSA, MOU, "--yes")
    assert ask("show", SOSA)["depositaries"] == [UN, ARCHIVES]
    do("undo")
    assert ask("show", SOSA)["depositaries"] == [UN]
    do("edit", SOSA, "--remove", "depositaries[org-un]")
    assert ask("show", SOSA)["depositaries"] == []


def test_a_party_that_is_merged_goes_on_keeping_it(ask, do, kept: None) -> None:
    do("party", "add", "Xenia", "--kind", "organisation", "--code", "org-xenia")
    do("edit", SOSA, "--add", "depositaries=Xenia")
    do("party", "merge", "org-xenia", "org-un")
    assert ask("show", SOSA)["depositaries"] == [UN]


@pytest.mark.parametrize("item", [{}, {"code": None, "name": None}])
def test_a_depositary_without_code_and_name_is_refused(run, store: Path, item: dict[str, None], tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"record": "agreement", "ref": "a-1", "title": "T", "depositaries": [item]}))
    done = run("import", file)
    assert done.code == 1
    assert "depositaries[0]: names nobody; set code or name" in done.err


def test_an_export_from_before_there_were_depositaries_comes_in(ask, do, run, tmp_path: Path) -> None:
    file = tmp_path / "old.ndjson"
    lines = [json.loads(line) for line in run("export", "-f", "ndjson").out.splitlines()]
    for line in lines:
        line.pop("depositaries", None)
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert " 0 changed" in do("import", file)


def test_three_ministers_without_names_signed_the_minutes(ask, run, store: Path) -> None:
    signed = ask("show", MINUTES)["signatories"]
    assert [(item["person"], item["name"], item["office"], item["party"]) for item in signed] == [
        (None, None, "Minister for Foreign Affairs", party) for party in ("BHR", "QAT", "SAU")
    ]
    assert "Minister for Foreign Affairs" in run("show", MINUTES, "-f", "markdown").out
    assert MINUTES in refs(ask("list", "level:minister"))
    assert MINUTES not in refs(ask("list", "signatory:any"))
    left_out = ask("report", "signatories", f"ref:{MINUTES}")["left_out"]
    assert {"reason": "signatories whose names are not known", "count": 3} in left_out


def test_a_signatory_is_typed_with_a_question_mark_for_the_name(ask, do, run) -> None:
    do("edit", SOSA, "--add", "signatories=JPN: ?, Vice-Minister of Defense")
    last = ask("show", SOSA)["signatories"][-1]
    assert (last["person"], last["office"], last["party"]) == (None, "Vice-Minister of Defense", "JPN")
    refused = run("edit", SOSA, "--add", "signatories=?")
    assert refused.code == 2
    assert "nothing is known of the signatory" in refused.err


def test_who_did_not_sign_is_certain_only_where_all_who_signed_are_known(ask) -> None:
    """One of the three ministers without names may be anybody."""
    matches = {one["ref"]: one["derived"]["match"] for one in ask("list", "not signatory:lloyd-j-austin-iii")}
    assert matches[MINUTES] == "possible"
    assert "certain" in matches.values()
    assert MINUTES not in refs(ask("list", "not signatory:lloyd-j-austin-iii", "--certain"))
    assert MINUTES not in refs(ask("list", "signatory:lloyd-j-austin-iii"))


def test_nameless_signatories_of_one_party_stay_apart_when_records_are_merged(ask, do, run) -> None:
    for ref, office in ((SOSA, "Minister of Defense"), (MOU, "Minister for Foreign Affairs")):
        do("edit", ref, "--add", f"signatories=JPN: ?, {office}")
    do("merge", SOSA, MOU, "--yes")
    nameless = [item["office"] for item in ask("show", SOSA)["signatories"] if item["person"] is None]
    assert nameless == ["Minister of Defense", "Minister for Foreign Affairs"]
