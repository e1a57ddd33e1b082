"""``-o`` writes over nothing that is the register's, nor over what the same command reads, whatever it is called."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Run

MAP = '[agreement]\nkey = "No"\ntitle = "Name"\n'


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet for a map."""
    path = tmp_path / "in.csv"
    path.write_text("No,Name,Party\n1,Note on radar,JPN\n", encoding="utf-8")
    return path


def itself(path: Path, _: Path) -> Path:
    return path


def hard(path: Path, folder: Path) -> Path:
    link = folder / "hard.csv"
    os.link(path, link)
    return link


def symbolic(path: Path, folder: Path) -> Path:
    link = folder / "soft.csv"
    link.symlink_to(path)
    return link


def roundabout(path: Path, folder: Path) -> Path:
    (folder / "in").mkdir()
    return folder / "in" / ".." / path.name


NAMES = pytest.mark.parametrize("name", [itself, hard, symbolic, roundabout])

Named = Callable[[Path, Path], Path]


@pytest.mark.sampled(6)
@NAMES
@pytest.mark.parametrize("how", ["dry run", "import", "draft", "map"])
def test_a_file_that_the_same_command_reads_stays(
    run: Run, store: Path, sheet: Path, tmp_path: Path, name: Named, how: str
):
    deals = tmp_path / "deals.toml"
    deals.write_text(MAP, encoding="utf-8")
    target = name(deals if how == "map" else sheet, tmp_path)
    line = {"dry run": ["--dry-run"], "draft": ["--draft-map"], "map": ["--map", deals, "--dry-run"]}.get(how, [])
    before = sheet.read_bytes(), deals.read_bytes(), run("export").out
    done = run("import", sheet, *line, "-o", target, *([] if how == "draft" else ["-f", "csv"]))
    assert (done.code, "name another file" in done.err) == (2, True), done.err
    assert (sheet.read_bytes(), deals.read_bytes(), run("export").out) == before


def test_a_file_of_a_folder_that_is_read_stays(run: Run, store: Path, tmp_path: Path):
    folder = tmp_path / "tables"
    (folder / "treaties").mkdir(parents=True)
    index = folder / "index.csv"
    index.write_text("treaty,title\n", encoding="utf-8")
    os.link(index, tmp_path / "other.csv")
    for target in (index, tmp_path / "other.csv"):
        done = run("import", folder, "--dry-run", "-o", target)
        assert (done.code, "is a file that this command reads" in done.err) == (2, True), done.err
    assert index.read_text() == "treaty,title\n"


def test_a_file_behind_standard_input_stays(home: Path, store: Path, sheet: Path):
    import subprocess
    import sys

    from running import ROOT

    before = sheet.read_bytes()
    with sheet.open("rb") as piped:
        line = [sys.executable, "-m", "tracker", "import", "-", "--from", "csv", "--dry-run", "-o", str(sheet)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(line, stdin=piped, capture_output=True, check=False, env=environment, timeout=60)
    assert (done.returncode, sheet.read_bytes()) == (2, before)


@pytest.mark.sampled(6)
@NAMES
@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "backup", "damaged"])
def test_the_store_and_what_lies_beside_it_stay(run: Run, store: Path, tmp_path: Path, name: Named, ending: str):
    if ending == "backup":
        kept = Path(run("store", "backup").out.strip())
    elif ending == "damaged":
        kept = store.with_name(f"{store.name}.damaged.20240101T000000-000000Z.backup")
        kept.write_bytes(b"no database any more")
    else:
        kept = store.with_name(store.name + ending)
        if not kept.exists():
            kept.write_bytes(b"")
    before = kept.read_bytes()
    done = run("list", "-f", "csv", "-o", name(kept, tmp_path))
    assert (done.code, "name another file" in done.err) == (2, True), done.err
    assert ending == "-shm" or kept.read_bytes() == before  # SQLite keeps the marks of readers there


def test_journals_of_any_database_and_maps_stay(run: Run, store: Path, tmp_path: Path):
    """They are known by their first bytes: the store they belong to may lie elsewhere."""
    for name, content in (
        ("other-wal", b"\x37\x7f\x06\x82" + bytes(60)),
        ("other-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(60)),
        ("deals.toml", MAP.encode()),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        for line in (["list", "-f", "csv"], ["schema", "agreement"]):
            done = run(*line, "-o", path)
            assert (done.code, "name another file" in done.err) == (2, True), done.err
        assert path.read_bytes() == content


def test_other_files_are_replaced_as_ever(run: Run, store: Path, tmp_path: Path):
    target = tmp_path / "answer.csv"
    target.write_text("old", encoding="utf-8")
    assert run("list", "-o", target).code == 0
    assert target.read_text().startswith("ref,")
