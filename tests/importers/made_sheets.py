"""Workbooks made by hand, part by part, so that tests can put into them what no spreadsheet writes."""

import io
import zipfile
from collections.abc import Mapping

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

BOOK = (
    f'<workbook xmlns="{SPACE}" xmlns:r="{OFFICE}"><workbookPr/><sheets>'
    '<sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
STYLES = (
    f'<styleSheet xmlns="{SPACE}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="mmm\\ yyyy"/><numFmt numFmtId="166" formatCode="yyyy"/>'
    '<numFmt numFmtId="167" formatCode="[Red]#,##0.00&quot; days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)
DAY, MONTH, YEAR, NUMBER, MOMENT = (f's="{number}"' for number in range(1, 6))
"""Styles of cells by what their number format shows."""


def workbook(rows: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A workbook with one sheet of these ``row`` elements; ``parts`` stand in for, or beside, the usual ones."""
    held = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData></worksheet>',
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in held.items():
            package.writestr(name, text)
    return out.getvalue()


def text(place: str, value: str) -> str:
    """A cell that holds a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(place: str, value: object, style: str = "") -> str:
    """A cell that holds a number."""
    return f'<c r="{place}" {style}><v>{value}</v></c>'


def row(at: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{at}">{"".join(cells)}</row>'


def lines(*rows: tuple[str, ...]) -> str:
    """Rows of texts, from A1 on."""
    return "".join(
        row(at, *(text(f"{chr(65 + place)}{at}", cell) for place, cell in enumerate(cells) if cell))
        for at, cells in enumerate(rows, 1)
    )


def linked(rows: str, links: Mapping[str, str]) -> bytes:
    """A workbook whose cells lead to addresses."""
    numbered = list(enumerate(links.items(), 1))
    given = "".join(f'<hyperlink ref="{place}" r:id="rId{at}"/>' for at, (place, _) in numbered)
    targets = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>'
        for at, (_, address) in numbered
    )
    space = f'xmlns="{SPACE}" xmlns:r="{OFFICE}"'
    sheet = f"<worksheet {space}><sheetData>{rows}</sheetData><hyperlinks>{given}</hyperlinks></worksheet>"
    beside = f"<Relationships>{targets}</Relationships>"
    return workbook("", {"xl/worksheets/sheet1.xml": sheet, "xl/worksheets/_rels/sheet1.xml.rels": beside})
