"""A sheet of the user's own: a first map drafted, edited, and the sheet imported; our own lists taken back."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_sheets import DAY, lines, number, row, text, workbook
from running import ROOT, Run

HEAD = lines(
    ("Deals of the unit, draft",),
    (),
    ("Agreement", "Who", "", "Dates", "", "Status", "Value", "Remarks"),
    ("", "Parties", "Lead", "Signed", "In force"),
)


def deal(at: int, *cells: str, force: int | None = None) -> str:
    """A row of the messy sheet; the day of entry into force is a date cell."""
    made = [text(f"{chr(65 + place)}{at}", cell) for place, cell in enumerate(cells) if cell]
    return row(at, *made[:4], number(f"E{at}", force, DAY) if force else "", *made[4:])


MESSY = workbook(
    HEAD
    + deal(5, "Note on radar", "USA/Japan", "Navy", "12/01/2023", "", "not binding", "10", "first", force=44958)
    + deal(6, "Treaty on parts", "Germany / France", "Army", "Jan 25, 2021", "", "binding", "20")
    + deal(7, "Treaty on parts", "Germany / France", "Army", "Jan 25, 2021", "", "binding", "20")
    + deal(8, "Arrangement on ships", "Korea, Rep./Jpan", "Navy", "31/12/2019", "", "open", " ")
    + row(9, text("A9", "Letter on oil"), text("B9", "USA/Japan"), text("D9", "TBD"), '<c r="G9"><f>G5+1</f></c>')
    + row(10, text("A10", "Total"), '<c r="G10"><f>SUM(G5:G9)</f></c>')
    + row(40, '<c r="K40" s="1"/>')
)
"""Merged headers in two rows, two layouts of dates, two parties in a cell, a row twice, formulas, a total, blanks."""


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """The sheet as a file."""
    path = tmp_path / "deals.xlsx"
    path.write_bytes(MESSY)
    return path


def records(run: Run) -> dict[str, dict[str, Any]]:
    code, out, err = run("list", "--json")
    assert code == 0, err
    return {record["title"]: record for record in json.loads(out)}


def test_a_messy_sheet_comes_in_by_a_drafted_map_that_was_edited(
    messy: Path, run: Run, other_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_STORE", str(other_store))
    code, draft, err = run("import", "--draft-map", messy)
    assert code == 0, err
    for guessed in (
        "header = [3, 4]",
        'title = "Agreement"',
        'column = "Who Parties"',
        'separator = ["/"]',
        'formats = ["DD/MM/YYYY", "Month D, YYYY"]',
        'sentinels = ["TBD"]',
        '"not binding" = "non_binding"',
        '"open" = ""',
        'when = { "Agreement" = "Total" }',
    ):
        assert guessed in draft
    plan = messy.with_name("deals.toml")
    plan.write_text(draft, encoding="utf-8")
    code, _, err = run("import", messy, "--map", plan)
    assert code == 1
    assert "deals.xlsx, row 9: Value" in err
    assert "cell G9 holds a formula" in err
    assert "unknown party 'Jpan'; did you mean Japan (JPN)" in err
    edited = draft.replace("ignore = []", 'ignore = ["Value"]').replace('"open" = ""', '"open" = "undetermined"')
    edited = edited.replace('# values = { "UK (GB)" = "GBR" }', 'values = { Jpan = "JPN" }')
    plan.write_text(edited, encoding="utf-8")
    code, _, err = run("import", messy, "--map", plan)
    assert code == 0, err
    assert "row 7 was the same as a row above" in err
    assert "row 10 was passed over" in err
    assert "1 x 'TBD', which stands for no date" in err
    found = records(run)
    assert set(found) == {"Note on radar", "Treaty on parts", "Arrangement on ships", "Letter on oil"}
    radar = found["Note on radar"]
    assert [party["code"] for party in radar["parties"]] == ["USA", "JPN"]
    assert [(event["kind"], event["date"]) for event in radar["events"]] == [
        ("signed", "2023-01-12"),
        ("entered_into_force", "2023-02-01"),
    ]
    assert (radar["binding_status"], radar["notes"], radar["extra"]) == ("non_binding", ["first"], {"who_lead": "Navy"})
    assert [party["code"] for party in found["Arrangement on ships"]["parties"]] == ["KOR", "JPN"]
    assert found["Treaty on parts"]["derived"]["signed"]["edtf"] == "2021-01-25"
    assert found["Letter on oil"]["events"] == []
    again = run("import", messy, "--map", plan)
    assert "nothing changed" in again.err


def test_a_drafted_map_never_decides_between_two_readings_of_a_date(tmp_path: Path, run: Run, store: Path) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text("Title,Signed\na,03/04/2023\nb,05/06/2022\n", encoding="utf-8")
    plan = tmp_path / "deals.toml"
    assert run("import", "--draft-map", sheet, "-o", plan).code == 0
    assert "two readings: put DD/MM/YYYY or MM/DD/YYYY" in plan.read_text(encoding="utf-8")
    code, _, err = run("import", sheet, "--map", plan)
    assert code == 1
    assert "has two readings" in err


def test_a_draft_holds_text_of_the_sheet_as_data(tmp_path: Path, run: Run) -> None:
    """Quotes, newlines, brackets and terminal escapes in headers and cells do not break out of the draft."""
    sheet = tmp_path / "deals.csv"
    odd = 'Title "i]\x1b[31m'
    sheet.write_text(f'"{odd.replace(chr(34), chr(34) * 2)}","No\nte"\n"a\n[x]",1\n', encoding="utf-8")
    plan = tmp_path / "deals.toml"
    code, _, err = run("import", "--draft-map", sheet, "-o", plan)
    assert code == 0, err
    assert "\x1b" not in plan.read_text(encoding="utf-8")
    code, _, err = run("import", sheet, "--map", plan, "--dry-run")
    assert code == 0, err


def test_columns_named_for_parties_become_flags(tmp_path: Path, run: Run) -> None:
    sheet = tmp_path / "deals.csv"
    sheet.write_text("No,Title,Chad,Mali,Rank\n1,a,x,,1\n2,b,x,x,0\n3,c,,x,1\n", encoding="utf-8")
    code, draft, _ = run("import", "--draft-map", sheet)
    assert code == 0
    assert 'key = "No"' in draft
    assert 'columns = ["Chad", "Mali"]\nyes = ["x"]' in draft


def test_a_map_works_on_a_pipe(tmp_path: Path, run: Run, store: Path) -> None:
    plan = tmp_path / "deals.toml"
    plan.write_text('[agreement]\nkey = "No"\ntitle = "Name"\n', encoding="utf-8")
    data = "No;Name\n1;Café deal\n".encode("cp1252")
    code, _, err = run("import", "-", "--map", plan, stdin=data)
    assert code == 0, err
    assert "Windows-1252" in err
    assert records(run)["Café deal"]["origin"] == {"set": "deals", "key": "1", "file": "standard input", "row": 2}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "x.csv", "--map", "absent.toml"), "cannot read the map"),
        (("import", "x.csv", "--map", "m.toml", "--from", "csv"), "give one of them"),
        (("import", "--draft-map", "a.csv", "b.csv"), "name one file"),
        (("import", "--draft-map", "absent.csv"), "cannot read absent.csv"),
    ],
)
def test_options_that_do_not_go_together_are_told(arguments: tuple[str, ...], said: str, run: Run, store: Path) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.sampled(3)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "tsv"])
def test_an_export_of_a_part_comes_back_as_it_was(ending: str, tmp_path: Path, run: Run, store: Path) -> None:
    """The same filters as list; what the columns do not hold stays as it was."""
    before = run("export").out
    path = tmp_path / f"part.{ending}"
    columns = (
        "ref,title,instrument_type,binding_status,parties,focus_areas,signed,expires,notes,text_access,identifiers"
    )
    code, _, err = run("export", "--party", "JPN", "--signed", "2015..2023", "--columns", columns, "-o", path)
    assert code == 0, err
    listed = json.loads(run("list", "--party", "JPN", "--signed", "2015..2023", "--json").out)
    code, _, err = run("import", path)
    assert code == 0, err
    assert f"{len(listed)} unchanged; nothing changed" in err
    assert run("export").out == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_fills_an_empty_register(
    ending: str, tmp_path: Path, run: Run, store: Path, other_store: Path
) -> None:
    path = tmp_path / f"part.{ending}"
    columns = "ref,title,instrument_type,binding_status,parties,signed"
    assert run("export", "--party", "USA", "--columns", columns, "-o", path).code == 0
    code, _, err = run("--store", other_store, "import", path)
    assert code == 0, err
    one = ("list", "--party", "USA", "--columns", columns, "-f", "csv")
    assert run("--store", other_store, *one).out == run(*one).out


def test_a_sheet_without_field_names_is_told_what_to_do(tmp_path: Path, run: Run, store: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal,Who\na,USA\n", encoding="utf-8")
    code, _, err = run("import", path)
    assert code == 2
    assert "write a map for this sheet with tracker import --draft-map" in err


def test_field_names_may_stand_below_a_title_in_any_encoding(tmp_path: Path, run: Run, store: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes("Our list\n\ntitle;parties\nTürkiye deal;Türkiye\n".encode("utf-16"))
    code, _, err = run("import", path)
    assert code == 0, err
    assert [party["code"] for party in records(run)["Türkiye deal"]["parties"]] == ["TUR"]


def test_the_worked_example_of_the_documentation_works(tmp_path: Path, run: Run, store: Path) -> None:
    page = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    for language in ("csv", "toml"):
        block = page.partition(f"```{language}\n")[2].partition("```")[0]
        (tmp_path / f"deals.{language}").write_text(block, encoding="utf-8")
    code, _, err = run("import", tmp_path / "deals.csv", "--map", tmp_path / "deals.toml")
    assert code == 0, err
    assert "column 'Signed': 1 x 'TBD', which stands for no date" in err
    found = records(run)
    assert found["Note on radar"]["derived"]["signed"]["edtf"] == "2023-01-12"
    assert found["Treaty on parts"]["binding_status"] == "binding"
    assert [party["code"] for party in found["Letter on oil"]["parties"]] == ["USA", "CAN"]


@pytest.mark.parametrize("word", ["No", "is", "to", "Sí", "usa"])
def test_a_word_is_no_code_of_a_party(run: Run, other_store: Path, tmp_path: Path, word: str) -> None:
    """Codes are codes in their own writing alone, as in sheets with a map."""
    sheet = tmp_path / "deals.csv"
    sheet.write_text(f"title,parties\nNote on ropes,Japan; {word}\n", encoding="utf-8")
    done = run("--store", other_store, "import", sheet)
    assert done.code == 1
    assert f"unknown party '{word}'; a code is written in capitals: " in done.err


def test_two_names_of_one_party_in_a_cell_of_ours_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("title,parties,signed\nAccord on tolls,Germany; Allemagne; Spain,2001-02-03\n", encoding="utf-8")
    done = run("import", path)
    assert done.code == 0, done.err
    said = "own.csv, row 2: parties: 'Germany' and 'Allemagne' are names of one party, DEU, which takes part once"
    assert said in done.err
    assert [party["code"] for party in records(run)["Accord on tolls"]["parties"]] == ["DEU", "ESP"]
