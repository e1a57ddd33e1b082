"""XLSX as it comes, and as an enemy makes it."""

import datetime as dt
import io
import tracemalloc

import pytest
from made_sheets import (
    BOOK,
    DAY,
    MOMENT,
    MONTH,
    NUMBER,
    OFFICE,
    SPACE,
    YEAR,
    lines,
    linked,
    number,
    row,
    text,
    workbook,
)

from tracker.importers.sheets import Row, UnreadableSheet, column_letters, package
from tracker.importers.sheets.reading import Layout, open_sheet
from tracker.importers.sheets.workbook import NEVER_COMPUTED


def rows(data: bytes, layout: Layout | None = None) -> list[Row]:
    return list(open_sheet(io.BytesIO(data), layout or Layout()).rows)


def test_dates_are_as_exact_as_the_cell_shows_them() -> None:
    """44938 is 12 January 2023; a cell that shows only the year never becomes the first of January."""
    cells = [number("A1", 44938, DAY), number("B1", 44927, MONTH), number("C1", 44927, YEAR)]
    cells += [number("D1", 44938, NUMBER), number("E1", "44938.5", MOMENT), number("F1", 44938)]
    assert rows(workbook(row(1, *cells)))[0].cells == [
        *("2023-01-12", "2023-01", "2023", "44938", "2023-01-12 12:00:00", "44938"),
    ]


def test_days_before_march_1900_and_days_that_never_were() -> None:
    found = rows(workbook(row(1, number("A1", 1, DAY), number("B1", 60, DAY), number("C1", 61, DAY))))[0]
    assert found.cells == ["1900-01-01", "", "1900-03-01"]
    assert "no day" in found.faults[1]


def test_a_workbook_may_count_from_1904() -> None:
    parts = {"xl/workbook.xml": BOOK.replace("<workbookPr/>", '<workbookPr date1904="1"/>')}
    assert rows(workbook(row(1, number("A1", 43476, DAY)), parts))[0].cells == ["2023-01-12"]


def test_a_formula_gives_its_stored_result_or_is_told() -> None:
    """Never computed here; a formula that gave an empty text is an empty cell."""
    cells = [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="B1"><f>SUM(A1)</f></c>',
        '<c r="C1"><f>SUM(A1)</f><v></v></c>',
        '<c r="D1" t="str"><f>IF(1,"")</f><v></v></c>',
        '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="F1" t="str"><f>HYPERLINK("https://example.org")</f><v>a link</v></c>',
    ]
    found = rows(workbook(row(1, *cells)))[0]
    assert found.cells == ["2", "", "", "", "", "a link"]
    assert found.faults == {1: NEVER_COMPUTED, 2: NEVER_COMPUTED, 4: "#DIV/0!: an error of the spreadsheet"}


def test_texts_are_shared_rich_or_written_in_place() -> None:
    items = "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si><si><r><t>a </t></r><r><t>b</t></r></si>"
    shared = f"<sst xmlns='{SPACE}'>{items}</sst>"
    cells = ['<c r="A1" t="s"><v>0</v></c>', '<c r="C1" t="s"><v>1</v></c>', '<c r="D1" t="b"><v>1</v></c>']
    found = rows(workbook(row(1, *cells), {"xl/sharedStrings.xml": shared}))
    assert found[0].cells == ["東京", "", "a b", "true"]
    with pytest.raises(UnreadableSheet, match="text 7"):
        rows(workbook(row(1, '<c r="A1" t="s"><v>7</v></c>'), {"xl/sharedStrings.xml": shared}))


def test_shared_texts_go_to_disk_where_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "IN_MEMORY", 20)
    shared = "".join(f"<si><t>tëxt number {place}</t></si>" for place in range(50))
    cells = [f'<c r="{column_letters(place)}1" t="s"><v>{place}</v></c>' for place in range(50)]
    found = rows(workbook(row(1, *cells), {"xl/sharedStrings.xml": f"<sst xmlns='{SPACE}'>{shared}</sst>"}))
    assert found[0].cells == [f"tëxt number {place}" for place in range(50)]


def test_cells_without_places_follow_each_other() -> None:
    cells = '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1.0</v></c></row>'
    assert rows(workbook(cells + row(5, text("B5", "x")))) == [Row(1, ["a", "1"]), Row(5, ["", "x"])]


def test_the_first_sheet_that_is_not_hidden_is_read_unless_one_is_named() -> None:
    book = (
        f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}"><sheets><sheet name="Lists" state="hidden" r:id="rId2"/>'
        '<sheet name="Deals" r:id="rId1"/><sheet name="Old" r:id="rId2"/></sheets></workbook>'
    )
    relations = (
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
    )
    other = f'<worksheet xmlns="{SPACE}"><sheetData>{lines(("other",))}</sheetData></worksheet>'
    parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations, "xl/worksheets/sheet2.xml": other}
    data = workbook(lines(("mine",)), parts)
    sheet = open_sheet(io.BytesIO(data))
    assert [found.cells for found in sheet.rows] == [["mine"]]
    assert sheet.remarks == ["the workbook has 2 sheets; only 'Deals' is read"]
    assert rows(data, Layout(name="Old"))[0].cells == ["other"]
    with pytest.raises(UnreadableSheet, match="no sheet 'Deels'; did you mean Deals"):
        rows(data, Layout(name="Deels"))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("sheet", "parts", "said"),
    [
        ("", {"xl/worksheets/sheet1.xml": f"{ENTITIES}<worksheet>&b;</worksheet>"}, "document type"),
        ("", {"xl/sharedStrings.xml": f"{ENTITIES}<sst/>"}, "document type"),
        ("", {"xl/workbook.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>'}, "document type"),
        ("", {"xl/workbook.xml": "<workbook/>"}, "has no sheet"),
        ("", {"xl/workbook.xml": "<workbook"}, "no XLSX: xl/workbook.xml"),
        ("<row>", {}, "no XLSX: xl/worksheets/sheet1.xml"),
        ("", {"xl/workbook.xml": '<?xml version="1.0" encoding="utf-80"?><workbook/>'}, "an encoding that is not read"),
        ("", {"xl/sharedStrings.xml": '<?xml version="1.0" encoding="cp932"?><sst/>'}, "an encoding that is not read"),
        (row(1, text("A1", "x" * (2 << 20))), {}, "A1 holds more than"),
        (row(1, number("XFE1", 1)), {}, "more than 16384 columns"),
        (row(1, number("ZZZ1", 1)), {}, "more than 16384 columns"),
    ],
)
def test_a_hostile_workbook_ends_in_one_line(sheet: str, parts: dict[str, str], said: str) -> None:
    with pytest.raises(UnreadableSheet, match=said) as caught:
        rows(workbook(sheet, parts))
    assert "\n" not in str(caught.value)


def test_a_zip_bomb_is_not_unpacked() -> None:
    """90 MB of blanks pack into 90 KB; the parser sees 64 MiB of them at most, and memory does not."""
    data = workbook(" " * 90_000_000)
    assert len(data) < 200_000
    tracemalloc.start()
    with pytest.raises(UnreadableSheet, match="unpacks to more than 64 MiB"):
        rows(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000


def test_corners_of_the_grid_cost_nothing() -> None:
    found = rows(workbook(row(1, number("A1", 1)) + row(1048576, number("XFD1048576", 2))))
    assert [(one.number, len(one.cells)) for one in found] == [(1, 1), (1048576, 16384)]


def test_a_sheet_outside_the_file_is_never_followed() -> None:
    relations = (
        '<Relationships><Relationship Id="rId1" TargetMode="External" Target="https://example.org/x"/></Relationships>'
    )
    with pytest.raises(UnreadableSheet, match="damaged"):
        rows(workbook("", {"xl/_rels/workbook.xml.rels": relations}))


@pytest.mark.parametrize("writer", ["xlsxwriter", "openpyxl"])
def test_workbooks_of_others_are_read(writer: str) -> None:
    """Texts, numbers and dates as two libraries write them; skipped where neither is installed."""
    library = pytest.importorskip(writer)
    out = io.BytesIO()
    day = dt.date(2023, 1, 12)
    if writer == "xlsxwriter":
        with library.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Deals")
            sheet.write_row(0, 0, ["title", 7])
            sheet.write_datetime(0, 2, day, book.add_format({"num_format": "d mmm yyyy"}))
    else:
        book = library.Workbook()
        book.active.append(["title", 7, day])
        book.save(out)
    assert rows(out.getvalue()) == [Row(1, ["title", "7", "2023-01-12"])]


def merged(rows_: str, *ranges: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{given}"/>' for given in ranges)
    sheet = f'<worksheet xmlns="{SPACE}"><sheetData>{rows_}</sheetData><mergeCells>{cells}</mergeCells></worksheet>'
    return workbook("", {"xl/worksheets/sheet1.xml": sheet})


def test_a_cell_merged_over_rows_holds_for_all_of_them() -> None:
    """Once down its first column, and no further than to its last row; an error holds for all of them as well."""
    given = row(1, text("A1", "Albania"), text("B1", "Tax"), '<c r="D1" t="e"><v>#REF!</v></c>')
    given += row(2, text("B2", "Roads")) + row(3, text("B3", "Air")) + row(4, text("B4", "Water"))
    found = rows(merged(given, "A1:A3", "D1:E2", "B4:C4", "C1:C4"))
    assert [line.cells[:2] for line in found] == [
        ["Albania", "Tax"],
        ["Albania", "Roads"],
        ["Albania", "Air"],
        ["", "Water"],
    ]
    assert [3 in line.faults for line in found] == [True, True, False, False]


def test_a_row_that_holds_nothing_but_what_is_merged_over_it_is_none() -> None:
    given = row(1, text("A1", "Albania"), text("B1", "Tax")) + row(2, '<c r="A2"/>') + row(4, text("B4", "Air"))
    assert rows(merged(given, "A1:A4")) == [Row(1, ["Albania", "Tax"]), Row(4, ["Albania", "Air"])]


@pytest.mark.parametrize("given", ["A1:A", "A0:A3", "A3:A1", "AAAA1:AAAA3", "", "A1:A1048577"])
def test_a_merged_cell_that_is_none_is_passed_over(given: str) -> None:
    assert rows(merged(row(1, text("A1", "x")), given)) == [Row(1, ["x"])]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("00000", 42, "00042"), ("00-000", 42, "00-042"), ("&quot;UN-&quot;0000", 42, "UN-0042"),
        ("0000;-0000", -42, "-0042"), ("[Red]#000", 7, "007"), ("000", 12345, "12345"), ("0.00", 5, "5"),
        ("#,##0", 42, "42"), ("000", 4.5, "4.5"), ("0", 7, "7"),
    ],
)  # fmt: skip
def test_leading_zeros_of_a_number_format_are_kept(code: str, value: object, shown: str) -> None:
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
    styles = f'<styleSheet xmlns="{SPACE}">{formats}<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    data = workbook(row(1, number("A1", value, 's="0"')), {"xl/styles.xml": styles})
    assert rows(data)[0].cells == [shown]


def test_the_address_of_a_link_stands_beside_the_text_of_its_cell() -> None:
    data = lines(("Title", "Text"), ("Treaty on posts", "full text"), ("Treaty on mails", "https://example.org/a/"))
    found = open_sheet(io.BytesIO(linked(data, {"B2:B3": "https://example.org/a"})))
    assert found.linked == (1,)
    assert [one.links for one in found.rows] == [{}, {1: "https://example.org/a"}, {}]


def test_a_link_may_be_a_formula_and_is_never_computed() -> None:
    formula = '<c r="B1" t="str"><f>HYPERLINK("https://example.org/b","x")</f><v>text</v></c>'
    computed = '<c r="C1" t="str"><f>HYPERLINK(A1)</f><v>text</v></c>'
    found = open_sheet(io.BytesIO(workbook(row(1, text("A1", "Title"), formula, computed))))
    assert [one.links for one in found.rows] == [{1: "https://example.org/b"}]
    assert found.remarks == ["1 x HYPERLINK() with an address that is computed: only the text of the cell is read"]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    data = lines(("Title", "Unit"), ("Treaty on posts", "A")).replace('<row r="2">', '<row r="2" hidden="1">')
    columns = '<cols><col min="2" max="9" hidden="1"/></cols>'
    sheet = f'<worksheet xmlns="{SPACE}">{columns}<sheetData>{data}</sheetData></worksheet>'
    found = open_sheet(io.BytesIO(workbook("", {"xl/worksheets/sheet1.xml": sheet})))
    assert [remark.partition(" in the")[0] for remark in found.remarks] == ["row 2 is hidden", "column B is hidden"]
    assert len(list(found.rows)) == 2


def test_comments_beside_cells_are_told() -> None:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/comments" Target="c.xml"/>'
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships>{relation}</Relationships>"}
    found = open_sheet(io.BytesIO(workbook(lines(("Title",)), parts)))
    assert "comments that people wrote" in found.remarks[0]
