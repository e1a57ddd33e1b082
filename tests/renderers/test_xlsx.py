"""Spreadsheets: read back by another library, typed, harmless, the same bytes each time."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import nasty_answers
import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tracker.errors import InvalidValue, Refused
from tracker.renderers import RenderOptions, xlsx
from tracker.shell import output
from tracker.table import Column, Table

GOLDEN = Path(__file__).parent / "golden" / "nasty.xlsx.txt"


def written(answer):
    out = BytesIO()
    xlsx.render(answer, out, RenderOptions())
    return out.getvalue()


def sheets(data):
    """The cells of each sheet as (value, type, number format)."""
    book = load_workbook(BytesIO(data))
    return {
        sheet.title: [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in sheet.rows]
        for sheet in book
    }


def column(*values, kind="text"):
    """What a column of these values is read back as, without its header."""
    table = Table("t", [Column("ref"), Column("a", kind)], [("r", value) for value in values])
    return [row[1] for row in sheets(written(table))["t"][1:]]


def test_cells_are_those_of_the_golden_file():
    """The bytes depend on the compression library, what the cells hold does not."""
    lines = [
        f"{number} {sheet} {value!a} {kind} {form}\n"
        for number, answer in enumerate(nasty_answers.everything())
        for sheet, rows in sheets(written(answer)).items()
        for row in rows
        for value, kind, form in row
    ]
    if os.environ.get("TRACKER_UPDATE_GOLDEN"):
        GOLDEN.write_text("".join(lines), encoding="utf-8")
    assert "".join(lines) == GOLDEN.read_text(encoding="utf-8")


def test_two_runs_are_byte_identical():
    assert written(nasty_answers.table()) == written(nasty_answers.table())


def test_days_are_dates_where_they_are_exact_and_excel_counts_them_rightly():
    """Excel believes in 29 February 1900, so the days before March of that year are text; so is every partial date."""
    exact, uncertain, month, before, first, last, wrong = column(
        *("2023-01-12", "2023-01-12?", "2023-01", "1900-02-28", "1900-03-01", "2200-12-31", "2023-02-30"), kind="date"
    )
    assert (exact[0].isoformat(), exact[1], exact[2]) == ("2023-01-12T00:00:00", "d", "yyyy-mm-dd")
    assert [cell[:2] for cell in (uncertain, month, before, wrong)] == [
        ("2023-01-12?", "s"),
        ("2023-01", "s"),
        ("1900-02-28", "s"),
        ("2023-02-30", "s"),
    ]
    assert [cell[0].date().isoformat() for cell in (first, last)] == ["1900-03-01", "2200-12-31"]


def test_numbers_shares_and_flags_are_what_they_are():
    assert column(12, 0, None, kind="count") == [(12, "n", "General"), (0, "n", "General"), (None, "n", "General")]
    assert column(0.25, float("nan"), kind="share") == [(0.25, "n", "0.0%"), (None, "n", "General")]
    assert [cell[:2] for cell in column(*(True, False), kind="flag")] == [(True, "b"), (False, "b")]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "@x",
        "{=1}",
        "see https://example.org",
        'https://example.org/"x',
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b",
        "internal:t!A1",
        "<r><t>x</t></r>",
        "<r></r>",
        "1",
    ],
)
def test_text_is_text_never_a_formula_a_link_or_markup(text):
    assert column(text)[0][:2] == (text, "s")
    parts = zipfile.ZipFile(BytesIO(written(Table("t", [Column("a")], [(text,)]))))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not [name for name in parts.namelist() if "rels/sheet" in name or "external" in name.lower()]


def test_only_a_whole_web_address_is_a_link():
    """Within what Excel takes of an address, and of a name inside a page."""
    address, long, named = (
        "https://example.org/a?b=1&c=%20",
        f"https://a.org/{'x' * 2000}",
        f"http://a.org/#{'x' * 300}",
    )
    sheet = load_workbook(BytesIO(written(Table("t", [Column("a")], [(address,), (long,), (named,)]))))["t"]
    assert [cell.value for cell in sheet["A"][1:]] == [address, long, named]
    assert [cell.hyperlink and cell.hyperlink.target for cell in sheet["A"][1:]] == [address, None, None]


def test_years_are_numbers_where_a_column_holds_nothing_else():
    assert [cell[:2] for cell in column("1999", "2001/2003", None, "2005")] == [
        (1999, "n"),
        ("2001/2003", "s"),
        (None, "n"),
        (2005, "n"),
    ]
    assert [cell[:2] for cell in column("1999", "none")] == [("1999", "s"), ("none", "s")]


def test_totals_stand_under_what_is_filtered():
    table = Table("t", [Column("a"), Column("n", "count")], [("x", 1), ("y", 2)], totals=("all", 3))
    sheet = load_workbook(BytesIO(written(table)))["t"]
    assert sheet.auto_filter.ref == "A1:B3"
    assert [cell.value for cell in sheet[4]] == ["all", 3]
    assert sheet["A4"].font.bold
    assert not sheet["A3"].font.bold


def test_on_paper_a_sheet_lies_across_with_its_header_on_each_page():
    sheet = load_workbook(BytesIO(written(nasty_answers.table())))["nasty"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # 1, which is what nothing means
    assert sheet.print_title_rows == "$1:$1"


def test_the_header_says_what_people_read():
    columns = [Column("instrument_type"), Column("works", heading="works from"), Column("x.my_key")]
    assert [cell[0] for cell in sheets(written(Table("t", columns, [])))["t"][0]] == [
        "instrument type",
        "works from",
        "x.my_key",
    ]


def test_odd_characters_come_back():
    for text in (*nasty_answers.TEXTS, "_x0041_", " blanks ", "\ufffe"):
        value = column(text)[0][0] or ""
        assert unescape(value) == text.encode("utf-8", "backslashreplace").decode()


def test_text_too_long_for_a_cell_is_cut_and_says_so():
    value = column("ü😀" * 20_000)[0][0]
    assert value.endswith("holds no more]")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert column("x" * 32_767)[0][0] == "x" * 32_767


def test_the_header_stays_and_columns_have_widths():
    book = load_workbook(BytesIO(written(nasty_answers.table())))
    sheet = book["nasty"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H17"
    assert 8 < sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width <= 61
    assert book["about"]["A1"].value == "answer"
    said = [(row[0].value, row[1].value) for row in book["about"].rows]
    assert ("filter party", "JPN") in said
    assert ("as of", "2024-03-01") in said
    assert ("left out", "3 (no date)") in said


@pytest.mark.parametrize(
    ("report", "name"),
    [
        ("compare binding", "compare binding"),
        ("a[b]:c*d?e/f\\g", "a b c d e f g"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
        ("History", "answer"),
        ("about", "answer"),
        ("", "answer"),
        ("\x1b\u202e", "answer"),
    ],
)
def test_names_of_sheets_are_safe(report, name):
    assert xlsx.sheet_name(report) == name
    assert name in sheets(written(Table(report, [Column("a")], [])))


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch, tmp_path):
    """Nothing is written, and what was made on the way is gone."""
    monkeypatch.setattr(xlsx, "ROWS", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = BytesIO()
    with pytest.raises(Refused, match="narrow it, or take -f csv"):
        xlsx.render(Table("t", [Column("a")], [(1,)] * 3), out, RenderOptions())
    assert out.getvalue() == b""
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_went_away_gets_the_error_of_the_system():
    """So that the program says it, or not, as with every other format."""

    class Closed(BytesIO):
        def write(self, _):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        xlsx.render(Table("t", [Column("a")], [(1,)]), Closed(), RenderOptions())


def test_a_spreadsheet_is_kept_off_a_terminal():
    with pytest.raises(InvalidValue, match="not for a terminal"):
        output.write(nasty_answers.table(), format="xlsx", options=RenderOptions(terminal=True))
