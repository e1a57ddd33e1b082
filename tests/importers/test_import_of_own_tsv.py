r"""The TSV that the program writes, imported again: texts are the same; a spreadsheet's TSV is read as one."""

import json
from pathlib import Path

import pytest
from running import Run

TEXTS = ('"q" r', '"', "two\nlines", "a\tb", r"a\b", r"C:\temp\new", "\\", "'=1", "=1+1", "a, b; c", "x\u202egpj")


@pytest.fixture
def registers(run: Run, other_store: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A register of hard texts and an empty one."""
    second = tmp_path / "second.db"
    second.write_bytes(other_store.read_bytes())
    lines = [{"record": "agreement", "ref": f"r{at}", "title": text} for at, text in enumerate(TEXTS)]
    given = "\n".join(map(json.dumps, lines))
    done = run("--store", other_store, "import", "-", "--from", "ndjson", stdin=given)
    assert done.code == 0, done.err
    return other_store, second


def titles(run: Run, store: Path) -> list[str]:
    return [record["title"] for record in json.loads(run("--store", store, "list", "--json", "--sort", "ref").out)]


def kept(run: Run, store: Path) -> list[str]:
    return [record["title"] for record in json.loads(run("--store", store, "list", "--json").out)]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["x.tsv", "x.tab"])
def test_our_tsv_comes_back_exactly(registers: tuple[Path, Path], name: str, run: Run, tmp_path: Path) -> None:
    first, second = registers
    file = tmp_path / name
    assert run("--store", first, "list", "--columns", "ref,title", "-o", file).code == 0
    done = run("--store", second, "import", file)
    assert done.code == 0, done.err
    assert "read as TSV that tracker wrote" in done.err
    assert titles(run, second) == titles(run, first)
    assert sorted(titles(run, first)) == sorted(TEXTS)
    again = run("--store", second, "import", file)
    assert f"0 new, 0 changed, {len(TEXTS)} unchanged" in again.err


@pytest.mark.parametrize("columns", ["ref,title", "title"])
def test_our_tsv_comes_back_through_a_pipe(registers: tuple[Path, Path], columns: str, run: Run) -> None:
    first, second = registers
    piped = run("--store", first, "list", "--columns", columns).out
    done = run("--store", second, "import", "-", stdin=piped)
    assert done.code == 0, done.err
    assert sorted(kept(run, second)) == sorted(TEXTS)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("sheet", "title", "remark"),
    [
        ('title\tnotes\n"two\nlines"\tx\n', "two\nlines", None),
        ('title\tnotes\n"say ""a"", b"\tx\n', 'say "a", b', None),
        ('title\tnotes\r\n"a\\b, c"\tx\r\n', r"a\b, c", "a cell of row 2 begins with a quotation mark"),
        ("title\tnotes\nC:\\Data\tx\n", r"C:\Data", "a backslash of row 2 begins no escape"),
        ("title\tnotes\nplain\tx\n", "plain", None),
    ],
)
def test_a_spreadsheets_tsv_is_read_as_one(
    sheet: str, title: str, remark: str | None, run: Run, other_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "deals.tsv"
    file.write_bytes(sheet.encode())
    done = run("--store", other_store, "import", file)
    assert done.code == 0, done.err
    assert kept(run, other_store) == [title]
    assert ("backslashes stay as they are" in done.err) == (remark is not None)
    assert remark is None or remark in done.err


def test_a_comma_separated_sheet_keeps_its_backslashes(run: Run, other_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text('title\n"C:\\temp"\n')
    assert run("--store", other_store, "import", file).code == 0
    assert kept(run, other_store) == [r"C:\temp"]
