"""What an import leaves out or cannot keep twice is told, never dropped without a word."""

import json
from pathlib import Path

import pytest
from running import Run

MAP = '[agreement]\nkey = "No"\ntitle = "Title"\n[[party]]\ncolumn = "Who"\n'


def _write(folder: Path, sheet: str, spec: str) -> tuple[Path, Path]:
    sheet_path, spec_path = folder / "deals.csv", folder / "deals.toml"
    sheet_path.write_text(sheet, encoding="utf-8")
    spec_path.write_text(spec)
    return sheet_path, spec_path


def test_an_own_field_that_rows_of_one_agreement_fill_differently_is_told(
    run: Run, other_store: Path, tmp_path: Path
) -> None:
    rows = "No,Title,Who,Unit\n1,Pact,USA,A\n1,Pact,JPN,B\n2,Deal,USA,C\n2,Deal,JPN,D\n2,Deal,FRA,C\n"
    sheet, spec = _write(tmp_path, rows, MAP)
    done = run("--store", other_store, "import", sheet, "--map", spec)
    assert done.code == 0
    assert "deals.csv, row 2: extra.unit: 'A' was kept; another row of the same says 'B'" in done.err
    assert "extra.unit: so in 2 rows" in done.err


def test_a_relation_said_from_the_passive_side_of_an_agreement_that_is_nowhere_is_told(
    run: Run, other_store: Path, tmp_path: Path
) -> None:
    spec = f'{MAP}[[relation]]\ntype = {{ column = "Relation" }}\nkey = "To"\n'
    sheet, path = _write(tmp_path, "No,Title,Who,Relation,To\n3,Old,JPN,amended_by,7\n", spec)
    done = run("--store", other_store, "import", sheet, "--map", path)
    assert done.code == 0
    assert "deals.csv, row 2: To: '7': amended_by 7: left out, for 7 is neither here nor in the store" in done.err


def test_a_list_of_parties_in_each_row_is_not_taken_for_the_cells(run: Run, other_store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "ours.csv"
    codes = "AFG; ALB; DZA; AND; ATG; ARG; ARM; AUS; AUT; AZE"
    sheet.write_text(f"ref,title,parties\na-1,One,{codes}\na-2,Two,{codes}\na-3,Three,USA\n")
    assert run("--store", other_store, "import", sheet).code == 0
    records = json.loads(run("--store", other_store, "list", "--json").out)
    assert [len(record["parties"]) for record in records] == [10, 10, 1]


def test_a_list_of_many_parties_in_one_row_is_not_taken_for_the_cells(
    run: Run, other_store: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "ours.csv"
    sheet.write_text("ref,title,parties\na-1,One,AFG; ALB; DZA; AND; ATG; ARG; ARM; AUS; AUT; AZE\n")
    assert run("--store", other_store, "import", sheet).code == 0


def test_a_workbook_by_name_only_is_refused(run: Run, other_store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "deals.xlsx"
    sheet.write_text("hello")
    done = run("--store", other_store, "import", sheet)
    assert done.code == 2
    assert "no column is 'title' or 'ref'" in done.err


def test_an_alias_may_be_the_first_thing_that_is_written(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "new.db"
    assert run("--store", store, "party", "alias", "NOWHERE", "England").code == 2
    assert not store.exists()
    assert run("--store", store, "party", "alias", "GBR", "England").code == 0
    assert "England" in run("--store", store, "party", "show", "GBR").out


def test_numbers_that_iso_3166_gave_up_are_known(run: Run, other_store: Path, tmp_path: Path) -> None:
    rows = "No,Title,Who\n1,A,230\n2,B,280\n3,C,736\n4,D,886\n"
    sheet, spec = _write(tmp_path, rows, f'{MAP}scheme = "m49"\n')
    assert run("--store", other_store, "import", sheet, "--map", spec).code == 0
    records = json.loads(run("--store", other_store, "list", "--json").out)
    assert sorted(party["code"] for record in records for party in record["parties"]) == ["DEU", "ETH", "SDN", "YEM"]


def test_a_drafted_map_takes_no_doubtful_date_for_a_text_without_one(run: Run, tmp_path: Path) -> None:
    days = ["2019-03-04", "2020-01-05", "2020-01-06", "2021-01-07", "2022-01-08", "29/02/2015", "c. 1999", "TBD", "-99"]
    sheet = tmp_path / "deals.csv"
    sheet.write_text("No,Title,Signed\n" + "".join(f"{place},T{place},{day}\n" for place, day in enumerate(days)))
    drafted = run("import", "--draft-map", sheet).out
    assert 'sentinels = ["TBD", "-99"]' in drafted
    assert "refused until you say how to read them: 29/02/2015\n" in drafted


def test_a_name_that_no_party_bears_is_told_with_its_column(run: Run, other_store: Path, tmp_path: Path) -> None:
    sheet, spec = _write(tmp_path, "No,Title,Who\n1,Pact,USA/Narnia\n", f'{MAP}separator = "/"\n')
    done = run("--store", other_store, "import", sheet, "--map", spec)
    assert "deals.csv, row 2: Who: unknown party 'Narnia'" in done.err
    done = run("--store", other_store, "import", sheet, "--map", spec, "-n", "--json")
    (line,) = json.loads(done.out)["rows"]
    assert [line[key] for key in ("what", "file", "row", "column", "value")] == ["bad", "deals.csv", 2, "Who", "Narnia"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("word", ["No", "is", "to", "Sí", "Per", "and"])
def test_a_code_is_one_in_its_own_writing_alone(word: str, run: Run, other_store: Path, tmp_path: Path) -> None:
    """A cell of words is no cell of codes: No is an answer, NO is Norway."""
    sheet, spec = _write(tmp_path, f"No,Title,Who\n1,Pact,USA/{word}\n", f'{MAP}separator = "/"\n')
    done = run("--store", other_store, "import", sheet, "--map", spec)
    assert done.code == 1
    assert f"unknown party '{word}'; a code is written in capitals" in done.err


def test_codes_in_capitals_and_names_without_case_are_taken(run: Run, other_store: Path, tmp_path: Path) -> None:
    assert run("--store", other_store, "party", "alias", "JPN", "日本").code == 0
    sheet, spec = _write(tmp_path, "No,Title,Who\n1,Pact,NO/ISL/日本/U.S.\n", f'{MAP}separator = "/"\n')
    assert run("--store", other_store, "import", sheet, "--map", spec).code == 0
    (record,) = json.loads(run("--store", other_store, "list", "--json").out)
    assert [party["code"] for party in record["parties"]] == ["NOR", "ISL", "JPN", "USA"]


def test_na_is_namibia_in_a_column_of_codes_and_that_is_told(run: Run, other_store: Path, tmp_path: Path) -> None:
    """What stands for nothing in every column takes no code from a party, unless its own table says so."""
    rows = "No,Title,Who,Office\n1,Pact,NA,NA\n2,Treaty,MA,x\n"
    sheet, spec = _write(tmp_path, rows, f'[sheet]\nempty = ["NA"]\n{MAP}scheme = "iso2"\n')
    done = run("--store", other_store, "import", sheet, "--map", spec)
    assert done.code == 0
    assert "column 'Who': 1 x 'NA' is Namibia" in done.err
    found = {record["title"]: record for record in json.loads(run("--store", other_store, "list", "--json").out)}
    assert [party["code"] for party in found["Pact"]["parties"]] == ["NAM"]
    assert found["Pact"]["extra"] == {}
    spec.write_text(spec.read_text(encoding="utf-8") + 'empty = ["NA"]\n', encoding="utf-8")
    assert "Namibia" not in run("--store", other_store, "import", sheet, "--map", spec).err


def test_names_of_a_row_that_are_one_party_are_told(run: Run, other_store: Path, tmp_path: Path) -> None:
    spec = MAP.replace('column = "Who"', 'column = "Who"\nseparator = ";"')
    spec += '[[event]]\nkind = "signed"\ndate = "Day"\nparties = true\n'
    sheet, path = _write(tmp_path, "No,Title,Who,Day\n1,Pact,ALGERIA ; Algeria ; Chad,1961\n", spec)
    done = run("--store", other_store, "import", sheet, "--map", path)
    assert done.code == 0
    (record,) = json.loads(run("--store", other_store, "list", "--json").out)
    assert [party["code"] for party in record["parties"]] == record["events"][0]["parties"] == ["DZA", "TCD"]
    assert "deals.csv, row 2: Who: 'ALGERIA' and 'Algeria' are names of one party, DZA" in done.err


def test_all_remarks_can_be_seen(run: Run, other_store: Path, tmp_path: Path) -> None:
    """On standard error, and in the plan with file, row, column and value."""
    rows = "No,Title,Who\n" + "".join(f"{number},Pact {number},\n" for number in range(1, 31))
    sheet, spec = _write(tmp_path, rows, MAP)
    arguments = ("--store", other_store, "import", sheet, "--map", spec, "--dry-run")
    first = run(*arguments, "--json")
    assert "10 more; --remarks all shows all of them" in first.err
    assert not any(line["what"] == "remark" for line in json.loads(first.out)["rows"])
    done = run(*arguments, "--remarks", "all", "--json")
    told = [line for line in json.loads(done.out)["rows"] if line["what"] == "remark"]
    assert len(told) == done.err.count("names no party") == 30
    assert [told[4][key] for key in ("file", "row", "column", "value")] == ["deals.csv", 6, "Who", ""]


def test_the_summary_tells_rows_read_and_joined_and_left_out(run: Run, other_store: Path, tmp_path: Path) -> None:
    """Rows that a map passes over, that repeat others and that are one agreement with others are all rows read."""
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text("No,Name,Party\n1,Pact,Japan\n1,Pact,France\n2,Deal,Japan\n2,Deal,Japan\n3,Note,Jpan\nTotal,3,\n")
    spec.write_text(
        '[agreement]\nkey = "No"\ntitle = "Name"\n[[party]]\ncolumn = "Party"\n[[skip]]\nwhen = { No = "Total" }\n'
    )
    line = ("--store", other_store, "import", sheet, "--map", spec, "--skip-bad")
    done = run(*line)
    assert done.code == 1
    ref = "jp-fr-pact"
    assert f"read 6 rows; 1 row joined with others: rows 2 and 3 of deals.csv are {ref}; 2 passed over, " in done.err
    assert done.err.rstrip().endswith(
        "tracker: 1 bad row was left out, whole or in part, as told above; the rest came in"
    )
    again = run(*line, "--dry-run", "--json")
    assert json.loads(again.out)["left_out"] == [
        {"reason": "bad", "count": 1},
        {"reason": "passed over", "count": 2},
    ]
    listed = json.loads(run(*line, "--dry-run", "--json", "--remarks", "all").out)["rows"]
    assert [(row["what"], row["file"], row["message"]) for row in listed if row["what"] in ("joined", "read")] == [
        ("joined", "deals.csv", "rows 2 and 3 of deals.csv are one"),
        ("read", "deals.csv", "6 rows"),
    ]
    for name in ("csv", "tsv", "markdown"):
        assert "rows 2 and 3 of deals.csv are one" in run(*line, "--dry-run", "--remarks", "all", "-f", name).out


def test_nothing_refused_is_no_failure(run: Run, other_store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text("title,parties\nPact,JPN\nPact,JPN\n")
    done = run("--store", other_store, "import", sheet, "--skip-bad")
    assert done.code == 0
    assert "read 2 rows; 1 passed over, as the remarks say" in done.err


NAMED = '[agreement]\ntitle = "Title"\n[[party]]\ncolumn = "Parties"\nseparator = [";", " and "]\n'


def test_two_parties_that_are_one_name_together_are_told(run: Run, other_store: Path, tmp_path: Path) -> None:
    path, plan = _write(tmp_path, "Title,Parties\nTreaty on posts,Serbia and Montenegro; Italy\n", NAMED)
    _, _, err = run("--store", other_store, "import", path, "--map", plan, "--dry-run")
    assert "'Serbia and Montenegro': is also the name of one party, and read as two" in err
    plan.write_text(f'{NAMED}values = {{ "Serbia and Montenegro" = "SCG" }}\n', encoding="utf-8")
    assert run("--store", other_store, "import", path, "--map", plan).code == 0
    (found,) = json.loads(run("--store", other_store, "list", "--json").out)
    assert [party["code"] for party in found["parties"]] == ["SCG", "ITA"]


def test_a_code_of_a_state_that_may_mean_an_organisation_is_told_once(
    run: Run, other_store: Path, tmp_path: Path
) -> None:
    path, plan = _write(tmp_path, "Title,Parties\nTreaty on steel,EC; Poland\nTreaty on coal,EC; Hungary\n", NAMED)
    _, _, err = run("--store", other_store, "import", path, "--map", plan)
    assert err.count("'EC': is read as the code of a state; if it is org-eu") == 1


def test_a_title_that_only_says_the_same_again_is_refused(run: Run, other_store: Path, tmp_path: Path) -> None:
    path, plan = _write(tmp_path, "Title,Parties\nTreaty on posts,France\nditto,Italy\n〃,Spain\n", NAMED)
    code, _, err = run("--store", other_store, "import", path, "--map", plan)
    assert code == 1
    assert err.count("stands for what is above it; write it out") == 2
    plan.write_text(f'[sheet]\nempty = ["ditto", "〃"]\nfill_down = ["Title"]\n{NAMED}', encoding="utf-8")
    assert run("--store", other_store, "import", path, "--map", plan).code == 0
