"""``docs/adding.md``: each recipe is followed on a copy of the program, and prints what stands there.

A recipe is a section. Its blocks say where they go: "`PATH`, a new file", "`PATH`, below `LINE`" or "`PATH`, above
`LINE`", where LINE is the beginning of the one line that is meant. Blocks of ``console`` are lines to be run, each with
what it prints; ``...`` stands for lines that are not told.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest
from running import ROOT

from tracker.read.file import schema

PAGE = ROOT / "docs" / "adding.md"
SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
PIECE = re.compile(
    r"`(?P<path>[^`\n]+)`, (?:(?P<where>below|above) `(?P<line>[^\n]+)`|a new file):\n\n"
    r"(?P<indent> *)```\w+\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
CONSOLE = re.compile(r"^( *)```console\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
COUNTED = re.compile(r"^Files: (\d+)\.", re.MULTILINE)
PARTS = ("tracker/", "migrations/")
"""What a file of the program begins with; other files are there to try a recipe on."""

RUN = """
import contextlib, json, pathlib, sys
import make_cookbook
folder = pathlib.Path.cwd()
with make_cookbook.surroundings(folder):
    json.dump([make_cookbook.run(line) for line in json.load(sys.stdin)], sys.stdout)
"""
"""Runs lines as the cookbook does: in one process, with an empty home, on a fixed day, in a terminal of 100 columns."""


class Step(NamedTuple):
    """A line and what it prints."""

    line: str
    printed: str = ""


def _filled(text: str) -> str:
    """Put numbers of migrations where the page has letters for them."""
    last = schema.last()
    return text.replace("NNNN", f"{int(last) + 1:04}").replace("MMMM", last)


def _sections() -> dict[str, str]:
    head, *parts = SECTION.split(_filled(PAGE.read_text(encoding="utf-8")))
    return {"": head, **dict(zip(parts[::2], parts[1::2], strict=True))}


SECTIONS = _sections()
RECIPES = [name for name in SECTIONS if name]


def _steps(name: str) -> list[Step]:
    text = "".join(textwrap.dedent(body) for _, body in CONSOLE.findall(SECTIONS[name]))
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [Step(*part.rstrip("\n").split("\n", 1)) for part in parts]


def _follow(name: str, copy: Path, folder: Path) -> set[str]:
    """Do what the blocks of a recipe say, and return the files of the program that this touched."""
    touched = set()
    for piece in PIECE.finditer(SECTIONS[name]):
        path, text = piece["path"], textwrap.dedent(piece["text"])
        ours = path.startswith(PARTS)
        target = (copy if ours else folder) / path
        if piece["where"] is None:
            assert not target.exists(), f"{path} is there already"
            target.write_text(text, encoding="utf-8")
        else:
            target.write_text(_with(target, piece["where"], piece["line"], text), encoding="utf-8")
        touched |= {path} if ours else set()
    return touched


def _with(target: Path, where: str, beginning: str, text: str) -> str:
    """Return the text of a file with a block beside the one line that begins so, as deep as that line.

    Above a line of the module itself two blank lines follow.
    """
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [at for at, line in enumerate(lines) if line.strip().startswith(beginning)]
    assert len(places) == 1, f"docs/adding.md: {target.name} has {len(places)} lines that begin with {beginning}"
    deep = lines[places[0]][: -len(lines[places[0]].lstrip())]
    at = places[0] + (where == "below")
    apart = "" if deep or where == "below" else "\n\n"
    return "".join([*lines[:at], textwrap.indent(text, deep), apart, *lines[at:]])


def _run(program: Path, folder: Path, lines: list[str]) -> list[str]:
    paths = os.pathsep.join(map(str, (program, ROOT / "docs")))
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(lines),
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return [said for _, said in json.loads(done.stdout)]


def _compare(steps: list[Step], printed: list[str]) -> None:
    for step, text in zip(steps, printed, strict=True):
        said = "\n".join(line.rstrip() for line in text.splitlines())
        parts = map(re.escape, step.printed.split("..."))
        assert re.fullmatch(".*".join(parts), said, re.DOTALL), f"docs/adding.md: $ {step.line}\n{said}"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register that the page begins with."""
    folder = tmp_path_factory.mktemp("register")
    steps = _steps("")
    _compare(steps, _run(ROOT, folder, [step.line for step in steps]))
    return folder / "demo.db"


@pytest.mark.long
@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_works_and_touches_as_many_files_as_it_says(name: str, register: Path, tmp_path: Path) -> None:
    copy, folder = tmp_path / "copy", tmp_path / "folder"
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part)
    folder.mkdir()
    shutil.copy(register, folder)
    touched = _follow(name, copy, folder)
    steps = _steps(name)
    assert steps, "a recipe shows that it works"
    _compare(steps, _run(copy, folder, [step.line for step in steps]))
    counted = COUNTED.search(SECTIONS[name])
    assert counted
    assert len(touched) == int(counted[1]), sorted(touched)


def test_the_table_on_top_tells_the_numbers_of_the_recipes() -> None:
    rows = dict(re.findall(r"\]\(#([a-z-]+)\) \| (\d+)", SECTIONS[""]))
    told = {name.lower().replace(" ", "-"): COUNTED.findall(SECTIONS[name])[0] for name in RECIPES}
    assert rows == told
