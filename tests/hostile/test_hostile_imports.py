"""Any bytes may be imported: what cannot be taken is told, nothing of it is kept, and what is taken comes out again."""

import io
import json
import shutil
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from attempts import Place, patience, refuse_damage
from hostile_documents import mutated, sheets, spoiled
from hostile_texts import bounded
from hypothesis import given
from hypothesis import strategies as st
from running import called

from tracker import plugins

pytestmark = pytest.mark.long

FORMATS = plugins.names("importers")
ENDINGS = {"xlsx": ".xlsx", "csv": ".csv", "json": ".json", "ndjson": ".ndjson"}


@pytest.fixture(scope="module")
def good(sample_store: Path) -> dict[str, Any]:
    """Right files: an export, a sheet, and some objects of each kind."""
    front = ["--no-config", "--store", str(sample_store)]
    lines = called([*front, "export"], b"")[1].splitlines()
    kinds = defaultdict(list)
    for line in lines[1:]:
        document = json.loads(line)
        kinds[document["record"]].append(document)
    sheet = called([*front, "list", "-f", "csv", "--limit", "3"], b"")[1]
    return {
        "objects": [document for found in kinds.values() for document in found[:12]],
        "ndjson": b"\n".join([lines[0], *lines[-3:]]),
        "json": json.dumps(kinds["agreement"][0], indent=1).encode(),
        "csv": sheet,
    }


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", FORMATS)
def test_any_bytes_in_any_format_end_in_order(name: str, place: Place) -> None:
    @bounded(3)
    @given(st.binary(max_size=60))
    def ends_in_order(data: bytes) -> None:
        file = place.folder / f"any{ENDINGS.get(name, '.data')}"
        file.write_bytes(data)
        place.attempt("import", file.name, "--from", name)

    ends_in_order()


@bounded(8)
@given(data=st.binary(max_size=60))
def test_bytes_of_no_format_end_in_order(place: Place, data: bytes) -> None:
    place.attempt("import", "-", stdin=data)


@pytest.mark.parametrize("name", ["csv", "json", "ndjson"])
def test_a_file_with_broken_bytes_ends_in_order(name: str, place: Place, good: dict[str, Any]) -> None:
    @bounded(8)
    @given(mutated(good[name]))
    def ends_in_order(data: bytes) -> None:
        place.attempt("import", "-", stdin=data)

    ends_in_order()


def test_a_document_with_wrong_values_is_refused_or_comes_out_again(place: Place, good: dict[str, Any]) -> None:
    """What was taken is exported, and the export, imported elsewhere, is the same."""
    first, second = (place.folder / name for name in ("first.db", "second.db"))

    @bounded(12)
    @given(spoiled(good["objects"]))
    def is_refused_or_kept(data: bytes) -> None:
        if place.attempt("import", "-", stdin=data).code:
            return
        for store in (first, second):
            shutil.copy(place.pristine, store)
        assert place.free_attempt("--store", str(first), "import", "-", stdin=data).code == 0
        text = called(["--store", str(first), "export"], b"")[1]
        again = place.free_attempt("--store", str(second), "import", "-", stdin=text)
        assert again.code == 0, again.err
        assert called(["--store", str(second), "export"], b"")[1] == text
        refuse_damage(second)

    is_refused_or_kept()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("arguments", [("--from", "csv"), (), ("--skip-bad",)])
def test_a_sheet_with_any_cells_ends_in_order(arguments: tuple[str, ...], place: Place) -> None:
    @bounded(8)
    @given(sheets())
    def ends_in_order(data: bytes) -> None:
        place.attempt("import", "-", *arguments, stdin=data)

    ends_in_order()


def test_one_bad_record_keeps_all_others_out(place: Place, good: dict[str, Any]) -> None:
    before = place.exported()
    lines = [json.dumps({"record": "agreement", "ref": f"many-{number}", "title": "T"}) for number in range(1200)]
    for spot in (0, 600, 1200):
        text = "\n".join([*lines[:spot], '{"record": "agreement", "ref": "bad", "title": 5}', *lines[spot:]])
        assert place.attempt("import", "-", stdin=text.encode()).code == 1
    assert place.exported() == before


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
ENTITIES = {
    "outside": '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "laughs": '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + '<!ENTITY e "&j;">]>',
}


def workbook(sheet: str | bytes, more: dict[str, bytes] | None = None) -> bytes:
    """Return a workbook with one sheet, compressed."""
    out = io.BytesIO()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


needs_xlsx = pytest.mark.skipif("xlsx" not in FORMATS, reason="no importer of workbooks is installed")


def taken_in(place: Place, data: bytes) -> tuple[int, str]:
    """Import a workbook and return how that ended, and everything that is then to be read."""
    (place.folder / "book.xlsx").write_bytes(data)
    with patience():
        done = place.attempt("import", "book.xlsx", "--dry-run", "--json")
    return done.code, done.out + done.err


@needs_xlsx
@pytest.mark.parametrize("name", ENTITIES)
def test_entities_of_xml_are_not_followed(name: str, place: Place) -> None:
    """Neither a file of this machine nor ten to the ninth letters come in."""
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&e;</t></is></c></row>'
    code, said = taken_in(place, workbook(ENTITIES[name] + SHEET.format(ROW + cell)))
    assert code in {1, 2}, said
    hostname = Path("/etc/hostname")
    if hostname.exists() and hostname.read_text(encoding="utf-8").strip():
        assert hostname.read_text(encoding="utf-8").strip() not in said


@needs_xlsx
def test_a_zip_bomb_is_refused(place: Place) -> None:
    """A thousand times its size: 80 MB of blanks in one part."""
    blanks = b" " * (80 << 20)
    bomb = workbook(b"<worksheet>" + blanks + b"</worksheet>")
    del blanks
    code, said = taken_in(place, bomb)
    assert code in {1, 2}, said


@needs_xlsx
@pytest.mark.parametrize("name", ["../../../stray.xml", "/stray/stray.xml", "xl/worksheets/../../../stray.xml"])
def test_names_inside_an_archive_lead_nowhere(name: str, place: Place) -> None:
    taken_in(place, workbook(SHEET.format(ROW), {name: b"stray"}))
    assert not any("stray" in found for found in place.strays())


@needs_xlsx
def test_a_workbook_with_broken_bytes_ends_in_order(place: Place) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>T{n}</t></is></c></row>' for n in range(2, 5))

    @bounded(8)
    @given(mutated(workbook(SHEET.format(ROW + cells))))
    def ends_in_order(data: bytes) -> None:
        taken_in(place, data)

    ends_in_order()


NOWHERE = ('r="ZZZZZZZ1"', 'r="A99999999999"', 'r="A0"', 'r=""', 'r="1A"', 's="999999999"', 't="s"')


@needs_xlsx
@pytest.mark.parametrize("cell", NOWHERE)
def test_cells_that_lie_nowhere_end_in_order(cell: str, place: Place) -> None:
    taken_in(place, workbook(SHEET.format(f'{ROW}<row r="2"><c {cell}><v>99999999999999999999</v></c></row>')))
