"""Small files that say much: what they make the program do stays in proportion to their size, and is bounded.

As in ``test_hostile_sizes`` nothing measures milliseconds: the sizes are such that work which grows with their square
takes minutes, and a test gives up after half a minute of processor time.
"""

import io
import zipfile
from pathlib import Path

import pytest
from attempts import patience
from running import Run

from tracker import plugins
from tracker.errors import InvalidValue, UnreadableFile
from tracker.importers import Draft, Problem, mapping
from tracker.importers.sheets import column_letters
from tracker.read.lookup.names import PartyNames
from tracker.text.names import NearNames, suggest
from tracker.work.taking import plan

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = f'<workbook xmlns="{SPACE}" xmlns:r="{RELATIONS}"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>'
TITLE = '<row r="1"><c r="A1" t="str"><v>title</v></c></row>'

MAP = '[agreement]\nkey = "No"\ntitle = "title"\n[[party]]\ncolumn = "parties"\n'


def read(name: str, data: bytes) -> list[object]:
    return list(plugins.load("importers", name).read(io.BytesIO(data), f"long.{name}"))


def mapped(tmp_path: Path, spec: str, data: bytes) -> list[object]:
    path = tmp_path / "long.toml"
    path.write_text(spec, encoding="utf-8")
    return list(mapping.importer(path).read(io.BytesIO(data), "long.csv"))


def workbook(rows: str, style: str = "", after: str = "") -> bytes:
    """A workbook of one sheet, the cells of which have one style."""
    parts = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>',
        "xl/styles.xml": f'<s xmlns="{SPACE}"><numFmt numFmtId="200" formatCode="{style}"/><cellXfs>'
        '<xf numFmtId="200"/></cellXfs></s>',
        "xl/s.xml": f'<worksheet xmlns="{SPACE}"><sheetData>{TITLE}{rows}</sheetData>{after}</worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def merged_over(columns: int, rows: int) -> bytes:
    """A workbook in which cells of the second row are merged over all rows below."""
    letters = [column_letters(position) for position in range(1, columns + 1)]
    first = "".join(f'<c r="{letter}2" t="str"><v>a</v></c>' for letter in letters)
    below = "".join(f'<row r="{number}"><c r="A{number}" t="str"><v>a</v></c></row>' for number in range(3, rows + 3))
    cells = "".join(f'<mergeCell ref="{letter}2:{letter}1048576"/>' for letter in letters)
    return workbook(f'<row r="2">{first}</row>{below}', after=f"<mergeCells>{cells}</mergeCells>")


@pytest.mark.long
def test_a_key_that_stands_twice_at_the_end_of_a_large_object() -> None:
    keys = ",".join(f'"k{number}":1' for number in range(200_000))
    with patience():
        for name in ("json", "ndjson"):
            (found,) = read(name, f'{{{keys},"k199999":2}}\n'.encode())
            assert isinstance(found, Problem)
            assert "'k199999' stands twice" in found.message


LONG = 120_000
DEEP: dict[str, str] = {
    "a key": ".".join(["a"] * LONG) + " = 1",
    "quoted keys": ".".join(['"a b"'] * LONG) + " = 1",
    "blanks around dots": " . ".join(["a"] * LONG) + " = 1",
    "a table": f"[{'.'.join(['a'] * LONG)}]",
    "an array of tables": f"[[{'.'.join(['a'] * LONG)}]]",
    "inside a table": f"a = {{ {'.'.join(['a'] * LONG)} = 1 }}",
}


@pytest.mark.parametrize("name", DEEP)
def test_a_map_of_one_dotted_key_is_refused(name: str, tmp_path: Path) -> None:
    with patience(), pytest.raises(UnreadableFile, match="joins more than 20 keys by dots"):
        mapped(tmp_path, f"{MAP}[own]\n{DEEP[name]}\n", b"")


@pytest.mark.parametrize(
    "own",
    [
        '"' + "a." * LONG + '" = 1',
        'x = """\n[' + " " * LONG + "\n[[ x" + " " * LONG + '\n"""',
        "a" * LONG + " = 1",
    ],
)
def test_a_map_with_a_long_key_or_many_blanks_is_told_in_time(own: str, tmp_path: Path) -> None:
    with patience(), pytest.raises(InvalidValue) as told:
        mapped(tmp_path, f"{MAP}[own]\n{own}\n", b"")
    assert len(str(told.value)) < 1000


def test_dots_in_texts_of_a_map_are_no_keys(tmp_path: Path) -> None:
    spec = f'{MAP}[sheet]\nempty = ["{"." * 100}", "{".".join("U" * 40)}", \'{"a." * 50}\', 1.5]\n'.replace(", 1.5", "")
    found = mapped(tmp_path, spec, b"No,title,parties\n1,A note,Japan\n")
    assert any(isinstance(entry, Draft) for entry in found)


def test_a_number_of_a_map_with_too_many_digits_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="is no TOML"):
        mapped(tmp_path, f"{MAP}[sheet]\nheader = {'1' * 5000}\n", b"")


@pytest.mark.long
@pytest.mark.parametrize(
    "header",
    [
        "Date," * 16_000,
        ",".join(f"Date ({number})" for number in range(16_000)),
        ",".join("." * number for number in range(1, 2_000)),
    ],
)
def test_very_many_columns_of_nearly_one_name(header: str, tmp_path: Path) -> None:
    with patience():
        found = mapped(tmp_path, MAP, f"No,title,parties,{header}\n1,A note,Japan,x\n".encode())
    assert any(isinstance(entry, Draft) for entry in found)


def test_own_fields_of_columns_that_have_one_name_as_fields_are_numbered(tmp_path: Path) -> None:
    found = mapped(tmp_path, MAP, b"No,title,parties,Lead unit,lead-unit,Lead_unit\n1,A note,Japan,a,b,c\n")
    (draft,) = [entry for entry in found if isinstance(entry, Draft)]
    assert draft.content["extra"] == {"lead_unit": "a", "lead_unit_2": "b", "lead_unit_3": "c"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"title":"a","x":[' + ",".join(f'{{"k{number}":1}}' for number in range(16_000)) + "]}]", "different keys"),
        ("[" + f'{{"{"k" * 100}":' * 20 + "1" + "}" * 20 + "]", "a name of more than 1000 characters"),
    ],
)
def test_json_that_makes_more_cells_than_it_holds_is_refused(content: str, said: str, tmp_path: Path) -> None:
    with patience():
        (found,) = mapped(tmp_path, MAP, content.encode())
    assert isinstance(found, Problem)
    assert said in found.message


@pytest.mark.parametrize("depth", [300, 850, 900, 950, 990])
def test_lists_in_lists_are_read_or_refused(depth: int, tmp_path: Path) -> None:
    """How deep they may be depends on how deep the program is in itself when it reads them."""
    content = f'[{{"title":"a","No":1,"parties":{"[" * depth}1{",2]" * depth}}}]'
    found = mapped(tmp_path, MAP, content.encode())
    assert any(isinstance(entry, Draft) for entry in found) or "nested too deeply" in str(found)


FORMATS = ("#", "[", "[black]", "#0", "0", "&quot;", "\\", "_", "*", "[$-409]")


def test_number_formats_of_any_length() -> None:
    with patience():
        for seed in FORMATS:
            for end in ("", "0", "!"):
                assert read("xlsx", workbook('<row r="2"><c r="A2" s="0"><v>4</v></c></row>', seed * 40_000 + end))


def test_cells_merged_over_very_many_rows_and_columns_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.importers.sheets.beside.MOST_FILLED", 1000)
    assert "merged" not in str(read("xlsx", merged_over(columns=20, rows=50))[-1])
    assert "more than 1000 cells are merged" in str(read("xlsx", merged_over(columns=20, rows=60))[-1])


def test_unknown_names_cost_little(
    run: Run, other_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is near is looked for once a name, and for so many names only; all are counted."""
    monkeypatch.setattr(plan, "EXPLAINED", 5)
    asked: list[str] = []
    real = PartyNames.unknown
    monkeypatch.setattr(PartyNames, "unknown", lambda self, text: asked.append(text) or real(self, text))
    sheet, spec = tmp_path / "names.csv", tmp_path / "names.toml"
    spec.write_text(MAP)
    rows = [f"{number},Note {number},Jpan {number % 400}" for number in range(1200)]
    sheet.write_text("\n".join(["No,title,parties", *rows]))
    outcome = run("--store", str(other_store), "import", str(sheet), "--map", str(spec))
    assert outcome.code == 1
    assert asked == [f"Jpan {number}" for number in range(5)]
    assert "names.csv, row 2: parties: unknown party 'Jpan 0'; did you mean Japan (JPN)" in outcome.err
    assert "('Jpan 0': 3 rows; " in outcome.err
    assert "... and 300 more names that no party bears" in outcome.err
    assert "1200 bad rows" in outcome.err


def test_a_name_is_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.text import names

    given: list[int] = []

    def counting(wanted: str, candidates: list[str], n: int) -> list[str]:
        given.append(len(candidates))
        return suggest(wanted, candidates, n)

    known = NearNames([*(f"state {number} of the east" for number in range(5_000)), "japan", "republic of korea"])
    monkeypatch.setattr(names, "suggest", counting)
    assert known.of("Jpan") == ["japan"]
    assert known.of("Koera, Republic of")[0] == "republic of korea"
    assert known.of("Korea") == ["republic of korea"]
    assert known.of("x" * 10_000) == known.of("") == []
    assert max(given) <= names.COMPARED
