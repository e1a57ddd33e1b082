"""``docs/importing.md`` and ``docs/security.md``: the commands and examples that stand there run, as the pages say."""

import re
import shlex
from pathlib import Path

import pytest
from running import ROOT, Run

IMPORTING, SECURITY = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("importing.md", "security.md"))
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", IMPORTING, re.MULTILINE | re.DOTALL)
COMMANDS = next(text for language, text in BLOCKS if language == "sh").splitlines()
SHEET, MAP = (next(text for language, text in BLOCKS if language == name) for name in ("csv", "toml"))
SETS = re.findall(r"^\| `([a-z][a-z-]*)` \| ", IMPORTING.partition("## Public sets")[2], re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, other_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where somebody stands who has the sheet and the map of the page."""
    (tmp_path / "deals.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "deals.toml").write_text(MAP, encoding="utf-8")
    monkeypatch.setenv("TRACKER_STORE", str(other_store))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_page_run(run: Run, folder: Path) -> None:
    """On the sheet of the page: the editor is a person's, and a draft is written beside the map that is there."""
    lines = [line.partition("#")[0].replace("deals.xlsx", "deals.csv") for line in COMMANDS]
    assert [line.split()[0] for line in lines] == ["tracker", "$EDITOR", "tracker", "tracker"]
    draft, _, *imports = lines
    done = run(*shlex.split(draft.replace("-o deals.toml", "-o draft.toml"))[1:])
    assert done.code == 0, done.err
    assert (folder / "draft.toml").exists()
    for line in imports:
        done = run(*shlex.split(line)[1:])
        assert done.code == 0, done.err


def test_the_public_sets_of_the_page_are_there(run: Run, folder: Path) -> None:
    assert len(SETS) >= 5
    for name in SETS:
        done = run("import", "deals.csv", "--from", name, "--dry-run")
        assert "unknown" not in done.err.partition("\n")[0], done.err
        assert done.code in (1, 2)


def test_a_regular_expression_is_as_bounded_as_the_page_says(run: Run, folder: Path) -> None:
    for pattern, code in ((r"(\\w+ ?)*", 2), (r"([\\w ]*)", 0)):
        text = MAP.replace('title = "Name"', f'title = {{ column = "Name", pattern = "{pattern}" }}')
        (folder / "deals.toml").write_text(text, encoding="utf-8")
        done = run("import", "deals.csv", "--map", "deals.toml", "--dry-run")
        assert done.code == code, done.err


def test_what_the_page_on_safety_names_is_there() -> None:
    rows = re.findall(r"^\| .+ \| ((?:`[\w/.]+`,? ?)+) \|$", SECURITY, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([\w/.]+)`", row)]
    assert len(named) > 8
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
    for line in re.findall(r"`(?:TRACKER_FUZZ=\d+ )?(?:pytest|python) ([\w/. ]+)", SECURITY):
        for name in line.split():
            assert name.isdecimal() or (ROOT / name).exists(), name
