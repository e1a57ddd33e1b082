"""``README.md``: in an empty home, in order, every line that a newcomer may copy works and prints what stands there."""

import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from running import ROOT, called

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
DEMO, BESIDE, LISTED = (body for kind, body in BLOCKS if not kind)
"""What is shown: the end of the demo, two agreements side by side, and what the pipe through ``jq`` prints."""

SWITCH = "export TRACKER_STORE=~/.local/share/tracker/demo.db"


def lines(page: str) -> list[str]:
    """The command lines of a part of the page; those that install are left out."""
    blocks = "".join(re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    text = re.sub(r"(\\|(?<=\|))\n\s*", " ", blocks)
    return [step for line in text.splitlines() if line and ".venv" not in line for step in line.split(" && ")]


def piped(line: str) -> str:
    """Run the parts of a line that ``|`` parts, each fed with what the one before printed."""
    fed = b""
    for part in re.split(r"\s+\|\s+(?=tracker |jq )", line):
        words = shlex.split(part, comments=True)
        if words[0] == "tracker":
            code, fed, said = called(words[1:], fed)
            assert code == 0, f"{part}\n{said.decode()}"
        elif shutil.which(words[0]):
            fed = subprocess.run(part, shell=True, input=fed, capture_output=True, check=True).stdout  # noqa: S602
    return fed.decode()


def test_every_line_of_the_readme_works(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    called(["demo"], b"")
    own, _, of_demo = README.partition(SWITCH)
    recorded = [piped(line) for line in lines(own)]
    assert recorded[0] == "us-jp-sosa-2023\n"
    monkeypatch.setenv("TRACKER_STORE", str(home / ".local/share/tracker/demo.db"))
    printed = {line: piped(line) for line in lines(of_demo)}
    listed = next(text for line, text in printed.items() if "jq" in line)
    assert listed == LISTED or not shutil.which("jq")


def test_what_the_readme_shows_is_what_the_demo_prints(tmp_path: Path) -> None:
    """Rows may be left out; a row that is shown is printed so, in a window of 100 columns."""
    cookbook = SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "make_cookbook.py")))
    beside = "tracker --store .local/share/tracker/demo.db compare us-jp-rdte-mou-2023 us-jp-sosa-2023"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        with cookbook.surroundings(tmp_path):
            printed = [cookbook.run(line)[1] for line in ("tracker demo", beside)]
    for shown, text in zip((DEMO, BESIDE), printed, strict=True):
        rows = {line.rstrip() for line in text.splitlines()}
        assert [line for line in shown.splitlines() if line.rstrip() not in rows] == []


def test_the_picture_is_what_a_terminal_shows_today() -> None:
    maker = SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "make_picture.py")))
    there = (ROOT / "docs" / "terminal.svg").read_text(encoding="utf-8")
    assert maker.text() == there, "if what comes out now is right: python docs/make_picture.py"
    assert "docs/terminal.svg" in README
    assert not re.search("<script|https?:(?!//www.w3.org/2000/svg)|@import|url\\(", there)


def test_the_page_is_short() -> None:
    assert len(README.splitlines()) < 200
