"""A CSV sheet as analysts bring it: field names as headers, names of states, dates as people write them."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

SHEET = """\
title,parties,signed,binding,type,focus,signatories,sources,x.owner,notes
"Arrangement on parts, first",Japan; United States,12 January 2023,non_binding,arrangement,\
supply_chain; defence_industry,"USA: Jane Roe, Under Secretary",mirage-2023-dod,me,seen
Treaty on parts,"Korea, Rep.; Türkiye",c. 1996,binding,treaty,,,,,
Protocol on parts,USSR: Ministry of Trade; EU,1988,binding,protocol,,,https://example.org/p.pdf,,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The sheet as a file."""
    path = tmp_path / "deals.csv"
    path.write_text(SHEET, encoding="utf-8-sig")
    return path


def record(run: Run, ref: str) -> Any:
    code, out, err = run("show", ref, "--json")
    assert code == 0, err
    return json.loads(out)


def new_refs(run: Run, store: Path, before: set[str]) -> set[str]:
    return {one["ref"] for one in json.loads(run("list", "--json").out)} - before


@pytest.fixture
def before(run: Run, store: Path) -> set[str]:
    """The refs of the samples."""
    return new_refs(run, store, set())


def test_names_and_dates_are_understood(sheet: Path, run: Run, store: Path, before: set[str]) -> None:
    code, out, err = run("import", sheet)
    assert (code, out) == (0, ""), err
    assert "3 agreements" in err
    records = {one["title"]: one for one in (record(run, ref) for ref in new_refs(run, store, before))}
    first, treaty, protocol = (
        records[name] for name in ("Arrangement on parts, first", "Treaty on parts", "Protocol on parts")
    )
    assert [party["code"] for party in first["parties"]] == ["JPN", "USA"]
    assert first["derived"]["signed"]["edtf"] == "2023-01-12"
    assert (first["instrument_type"], first["binding_status"]) == ("arrangement", "non_binding")
    assert first["focus_areas"] == ["defence_industry", "supply_chain"]
    assert (first["signatories"][0]["name"], first["signatories"][0]["office"]) == ("Jane Roe", "Under Secretary")
    assert first["sources"][0]["source"] == "mirage-2023-dod"
    assert (first["extra"], first["notes"]) == ({"owner": "me"}, ["seen"])
    assert [party["code"] for party in treaty["parties"]] == ["KOR", "TUR"]
    assert treaty["derived"]["signed"]["edtf"] == "1996~"
    assert [(party["code"], party["entity"]) for party in protocol["parties"]] == [
        ("SUN", "Ministry of Trade"),
        ("org-eu", None),
    ]
    assert protocol["sources"][0]["url"] == "https://example.org/p.pdf"


def test_the_same_sheet_again_changes_nothing(sheet: Path, run: Run, store: Path) -> None:
    assert run("import", sheet).code == 0
    text = run("export").out
    code, _, err = run("import", sheet)
    assert code == 0
    assert "0 new, 0 changed, 3 unchanged" in err
    assert run("export").out == text


def test_our_own_csv_comes_back(run: Run, store: Path) -> None:
    """A list as CSV is a sheet; what it does not hold stays as it was, and what only the rules make is passed over."""
    text = run("export").out
    code, _, err = run("import", "-", "--from", "csv", stdin=run("list", "-f", "csv").out)
    assert code == 0, err
    assert "82 unchanged" in err
    assert run("export").out == text


def test_a_row_with_a_ref_changes_only_its_fields(run: Run, store: Path) -> None:
    old = record(run, "us-jp-sosa-2023")
    code, _, err = run("import", "-", "--from", "csv", stdin="ref,short_title,x.owner\nus-jp-sosa-2023,SOSA,me\n")
    assert code == 0, err
    new = record(run, "us-jp-sosa-2023")
    assert {key for key in new if new[key] != old[key]} == {"short_title", "extra", "derived"}


def test_other_delimiters(run: Run, store: Path) -> None:
    for number, mark in enumerate((";", "\t")):
        text = f"title{mark}parties{mark}signed\nOn parts {number}{mark}Japan{mark}2023-01\n"
        code, _, err = run("import", "-", "--from", "csv", stdin=text)
        assert code == 0, err
    assert run("list", "--signed", "2023-01", "--party", "JPN", "--type", "unknown").out.count("On parts") == 2


def test_an_unknown_header_is_refused_with_the_nearest(sheet: Path, run: Run, store: Path, before: set[str]) -> None:
    sheet.write_text(SHEET.replace("signatories", "signatorys").replace("x.owner", "owner"), encoding="utf-8")
    for extra in ([], ["--skip-bad"]):
        code, out, err = run("import", sheet, *extra)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert "deals.csv" in err
        assert "'signatorys' is no field; did you mean signatories?" in err
        assert "x.owner" in err
    assert new_refs(run, store, before) == set()


BAD = """\
title,parties,signed,binding
Good,Japan,12 January 2023,binding
Bad party,Jpan,2023,binding
Bad date,Japan,31 June 2023,binding
Bad code,Japan,2023,bindng
,Japan,2023,binding
Too long,Japan,2023,binding,and,more
"""


def test_bad_cells_are_reported_with_row_column_value_and_the_nearest(run: Run, store: Path, before: set[str]) -> None:
    code, out, err = run("import", "-", "--from", "csv", stdin=BAD)
    assert (code, out) == (1, "")
    lines = err.splitlines()
    for row, column, said in (
        (3, "parties", "'Jpan'; did you mean Japan (JPN)"),
        (4, "signed", "June 2023 has 30 days"),
        (5, "binding", "'bindng'; did you mean binding?"),
        (6, "title", ""),
        (7, "", "6 cells under 4 headers"),
    ):
        (line,) = (line for line in lines if f"row {row}:" in line)
        assert column in line
        assert said in line
    assert lines[-1].startswith("tracker: nothing was imported: 5 bad rows")
    assert new_refs(run, store, before) == set()


def test_skip_bad_takes_the_rest_and_lists_what_it_left_out(run: Run, store: Path, before: set[str]) -> None:
    code, _, err = run("import", "-", "--from", "csv", "--skip-bad", stdin=BAD)
    assert code == 1
    assert "tracker: 5 bad rows were left out, whole or in part, as told above; the rest came in" in err
    assert err.count("warning: ") == 5
    assert ", 5 bad left out\n" in err
    assert new_refs(run, store, before) == {"jp-good-2023", "bad-party-2023", "jp-bad-date", "jp-bad-code-2023"}
    assert json.loads(run("show", "jp-bad-code-2023", "--json").out)["binding_status"] == "not_assessed"


def test_a_dry_run_keeps_nothing_and_tells_of_bad_rows_too(sheet: Path, run: Run, store: Path) -> None:
    text = run("export").out
    code, out, _ = run("import", sheet, "--dry-run", "--json")
    assert code == 0
    assert {row["what"] for row in json.loads(out)["rows"]} == {"new"}
    assert run("import", "-", "--from", "csv", "--dry-run", stdin=BAD).code == 1
    code, out, _ = run("import", "-", "--from", "csv", "--dry-run", "--skip-bad", "--json", stdin=BAD)
    assert code == 1
    assert [row["what"] for row in json.loads(out)["rows"]].count("bad") == 5
    assert run("export").out == text


def test_two_rows_of_one_ref_tell_in_words_what_differs(run, other_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("ref,title,parties\nropes-1,Treaty on ropes,USA; JPN\nropes-1,Treaty on ropes,USA; GBR\n")
    done = run("--store", other_store, "import", file)
    assert done.code == 1
    assert "rows.csv, row 2 is of ropes-1 too: parties[JPN] is code JPN there and nothing here" in done.err


def test_an_item_that_a_cell_names_as_lists_print_it_keeps_what_else_it_holds(run: Run, store: Path) -> None:
    """One party comes, one goes, the signatories change places: the ministry, offices and acts of the others stay."""
    before = record(run, "jp-au-rdte-2023")
    sheet = "ref,parties,signatories\njp-au-rdte-2023,NZL; JPN,Richard Marles; Hamada Yasukazu\n"
    code, _, err = run("import", "-", "--from", "csv", stdin=sheet)
    assert code == 0, err
    after = record(run, "jp-au-rdte-2023")
    held = {party["code"]: party for party in before["parties"]}
    parties = {party["code"]: party for party in after["parties"]}
    assert parties["JPN"] == held["JPN"]
    assert held["JPN"]["entity"] == "Ministry of Defense"
    assert set(parties) == {"JPN", "NZL"}
    assert sorted(after["signatories"], key=str) == sorted(before["signatories"], key=str)


@pytest.mark.parametrize("text", ["ref,notes,languages\n{0},,\n", 'ref,title,notes\n{0},"{1}"\n'])
def test_an_empty_cell_leaves_the_field_and_says_so(run: Run, store: Path, text: str) -> None:
    """Also where the row ends before the column, as workbooks write it."""
    before = record(run, "jp-au-rdte-2023")
    assert run("edit", before["ref"], "--add", "notes=Seen").code == 0
    code, _, err = run("import", "-", "--from", "csv", stdin=text.format(before["ref"], before["title"]))
    assert code == 0, err
    assert "row 2: notes: the cell is empty, and the register keeps what it holds" in err
    assert "to empty it: tracker edit jp-au-rdte-2023 --set notes=" in err
    assert "languages: " not in err
    assert record(run, before["ref"])["notes"] == [*before["notes"], "Seen"]
