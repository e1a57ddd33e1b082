"""CSV and TSV as they come: any encoding, any delimiter, headers that are not in the first row."""

import io
from pathlib import Path

import pytest
from running import Run

from tracker.importers.sheets import Row, UnreadableSheet
from tracker.importers.sheets.delimited import LONGEST_LINE
from tracker.importers.sheets.reading import Layout, Sheet, names, open_sheet, split

TEXT = "title,parties\nTürkiye deal,Côte d’Ivoire\n"


def opened(data: bytes, layout: Layout | None = None) -> tuple[Sheet, list[Row]]:
    sheet = open_sheet(io.BytesIO(data), layout or Layout())
    return sheet, list(sheet.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_an_encoding_is_told_by_the_bytes(encoding: str) -> None:
    data = TEXT.encode(encoding)
    sheet, rows = opened(data)
    assert [row.cells for row in rows] == [["title", "parties"], ["Türkiye deal", "Côte d’Ivoire"]]
    assert bool(sheet.remarks) == (encoding in ("cp1252", "utf-16-be"))


def test_an_inferred_encoding_is_said() -> None:
    sheet, _ = opened(TEXT.encode("cp1252"))
    assert "Windows-1252" in sheet.remarks[0]
    assert "0xfc near offset 15" in sheet.remarks[0]


def test_bytes_that_windows_leaves_open_mean_latin_1() -> None:
    sheet, rows = opened(b"title\n\xe9t\xe9 \x81\n")
    assert "Latin-1" in sheet.remarks[0]
    assert rows[1].cells[0].startswith("été")


@pytest.mark.long
def test_an_accent_late_in_a_file_counts_too() -> None:
    data = b"title\n" + b"plain line\n" * 200_000 + "Türkiye\n".encode("cp1252")
    sheet, rows = opened(data)
    assert "Windows-1252" in sheet.remarks[0]
    assert rows[-1].cells == ["Türkiye"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_sign_that_parts_alike(mark: str) -> None:
    """Commas in titles, and lists with semicolons, do not mislead."""
    table = [["title", "parties", "signed"], ['"A, of all"', '"Japan; USA"', "2023"], ['"B, too"', '"Chad; Mali"', ""]]
    _, rows = opened("\n".join(mark.join(cells) for cells in table).encode())
    assert [row.cells for row in rows][1] == ["A, of all", "Japan; USA", "2023"]


def test_a_first_line_may_say_the_delimiter() -> None:
    _, rows = opened(b"sep=;\ntitle;note\na,b;c,d\n")
    assert rows == [Row(2, ["title", "note"]), Row(3, ["a,b", "c,d"])]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """A cell may hold several lines; empty rows count and are passed over."""
    _, rows = opened(b'title,note\n\n"one\ntwo",x\n,,\nlast,\n')
    assert [row.number for row in rows] == [1, 3, 5]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"title\nx\0y\n", "zero bytes"),
        (b'title,note\n"open,1\n', "row 2: no CSV: unexpected end of data"),
        (b"title\n" + b"x" * (LONGEST_LINE + 1), "a line is longer"),
        (b"title\n" + b"x" * (2 << 20), "row 2: no CSV: field larger"),
        (b"\xd0\xcf\x11\xe0rest", "old .xls"),
        (b"PK\x03\x04rest", "no XLSX"),
    ],
)
def test_what_is_no_sheet_ends_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSheet, match=said):
        opened(data)


def test_a_wrong_encoding_in_a_map_is_told() -> None:
    with pytest.raises(UnreadableSheet, match="not UTF-16"):
        opened(b"title\nabc\n", Layout(encoding="utf-16"))
    with pytest.raises(UnreadableSheet, match="unknown encoding 'utf-9'"):
        opened(b"title\n", Layout(encoding="utf-9"))


def test_merged_headers_are_joined_and_gaps_named() -> None:
    upper, lower = ["Agreement", "Who", "", "Dates", ""], ["", "Party", "Unit", "Signed", "Force", "", "x"]
    assert names([upper, lower]) == [
        *("Agreement", "Who Party", "Who Unit", "Dates Signed", "Dates Force", "Dates", "Dates x"),
    ]
    assert names([["Date", "", "date", "Note", ""]]) == ["Date", "column B", "date (2)", "Note"]


def test_the_header_is_the_row_that_is_most_like_it() -> None:
    rows = [Row(1, ["Our deals"]), Row(3, ["Title", "Signed"]), Row(4, ["x", "2023"])]
    header, below = split(iter(rows), (), lambda cells: sum(cell in ("Title", "Signed") for cell in cells))
    assert (header.names, header.row, list(below)) == (["Title", "Signed"], 3, rows[2:])


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf\x98", b"\xff\xfet\x00i\x00\x00\xd8"])
def test_a_file_that_is_not_what_its_first_bytes_say_is_told(run: Run, home: Path, tmp_path: Path, data: bytes) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(data)
    for name in ("csv", "xlsx"):
        done = run("import", sheet, "--from", name, "--dry-run")
        assert (done.code, "internal error" in done.err) == (2, False), done.err


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_stray_byte_is_named_and_the_rest_stays_utf_8(mark: bytes) -> None:
    data = "id,title\n1,Convenção\n2,Básico\n".encode() + b"3,Transportes A\xe9reos\n"
    sheet, rows = opened(mark + data)
    assert [row.cells[1] for row in rows] == ["title", "Convenção", "Básico", "Transportes Aéreos"]
    (remark,) = sheet.remarks
    assert remark.startswith("row 4: cell B4: byte 0xe9 is no UTF-8")


def test_many_stray_bytes_are_named_up_to_a_number() -> None:
    data = b"title\n" + ("é" * 100).encode() + b"\n" + b"\xe9t\n" * 30
    sheet, _ = opened(data)
    assert len(sheet.remarks) == 21
    assert "10 more cells" in sheet.remarks[-1]


def test_a_map_that_says_utf_8_has_stray_bytes_told() -> None:
    sheet, rows = opened(b"title\nA\xe9reo\n", Layout(encoding="UTF-8"))
    assert rows[1].cells == ["Aéreo"]
    assert "0xe9" in sheet.remarks[0]


def test_a_header_merged_over_two_rows_names_its_column_once() -> None:
    assert names([["Country", "Dates", ""], ["Country", "Signed", "In force"]]) == [
        *("Country", "Dates Signed", "Dates In force"),
    ]


def test_of_one_stray_byte_and_one_letter_the_letter_decides() -> None:
    """What looks like a letter of UTF-8 is one: two such bytes beside each other mean nothing in Windows-1252."""
    _, (_, *rows) = opened(b"title\nCaf\xe9\n" + "Gen\u00e8ve\n".encode())
    assert [row.cells for row in rows] == [["Caf\u00e9"], ["Gen\u00e8ve"]]
