"""A page goes whole into pipes, sheets and briefs; machines get the record."""

import csv
from io import StringIO

from openpyxl import load_workbook

SOSA = "us-jp-sosa-2023"


def test_a_pipe_gets_the_page(run, store):
    for command in (("show", SOSA), ("dossier", SOSA), ("party", "show", "JPN")):
        assert run(*command).out == run(*command, "-f", "table").out
    page = run("show", SOSA).out
    assert "Parties and signatories" in page
    assert "Hamada Yasukazu" in page
    assert run("list", f"ref:{SOSA}").out.startswith("ref\ttitle")


def test_rows_name_the_section_that_they_are_of(run, store):
    rows = list(csv.DictReader(StringIO(run("show", SOSA, "-f", "csv").out)))
    assert set(rows[0]) == {"section", "row", "name", "value"}
    told = {(row["section"], row["row"], row["name"]): row["value"] for row in rows}
    assert told["", "", "binding status"] == "non_binding"
    assert told["Parties and signatories", "2", "signed by"] == "Hamada Yasukazu"
    assert told["Timeline", "1", "date"] == "2023-01-12"


def test_of_several_records_each_section_names_its_record(run, store):
    rows = list(csv.DictReader(StringIO(run("show", SOSA, "us-jp-rdte-mou-2023", "-f", "csv").out)))
    timelines = {row["section"] for row in rows if row["section"].endswith("Timeline")}
    assert len(timelines) == 2
    assert all(" / " in name for name in timelines)


def test_a_workbook_has_a_sheet_a_section(run, store, tmp_path):
    file = tmp_path / "page.xlsx"
    run("dossier", SOSA, "-o", file)
    book = load_workbook(file)
    assert {"Parties and signatories", "Timeline", "Why", "Sources", "about"} <= set(book.sheetnames)
    sources = [row[0].value for row in book["Sources"].rows]
    assert "pacom-2023-01-18" in sources


def test_addresses_are_links_in_markdown_and_lines_are_no_lists_in_lists(run, store):
    text = run("show", SOSA, "-f", "markdown").out
    assert "<https://insidedefense.com/share/222468>" in text
    assert "\n- operative date\n" in text
    assert "https\\:" not in text


def test_status_reasons_and_comparisons_go_whole_too(run, store):
    pair = ("compare", SOSA, "us-jp-rdte-mou-2023")
    for command in (("status", SOSA), ("why", SOSA), pair):
        assert run(*command).out == run(*command, "-f", "table").out
    assert "United States of America (USA)  signatory  signed 2023-01-12 (e1)" in run("status", SOSA).out
    reasons = list(csv.DictReader(StringIO(run("why", SOSA, "-f", "csv").out)))
    assert {row["section"] for row in reasons} >= {"Evidence, the weightiest first"}


def test_a_page_that_is_one_table_gives_its_rows(run, store):
    rows = list(csv.DictReader(StringIO(run("status", SOSA, "-f", "csv").out)))
    assert [(row["scope"], row["name"], row["status"]) for row in rows] == [
        ("instrument", "", "signed"),
        ("party", "USA", "signatory"),
        ("party", "JPN", "signatory"),
    ]
    assert run("status", SOSA, "--columns", "name,status").out.splitlines()[1:] == [
        "\tsigned",
        "USA\tsignatory",
        "JPN\tsignatory",
    ]
    fields = list(csv.DictReader(StringIO(run("compare", SOSA, "us-jp-rdte-mou-2023", "-f", "csv").out)))
    assert fields[0]["field"] == "title"
