"""The pages say what is there: the map is that of the imports, and files, modules and names that they mention exist."""

import ast
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from running import ROOT

from tracker.query.fields import FIELDS
from tracker.record.relations import TYPES

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md"])
MAP = "the map is not that of the imports: python docs/make_map.py"

QUOTED = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
NEW = re.compile(r"`[^`\n]+`, a new file:")
PATH = re.compile(r"[a-z][\w.-]*/[\w./*-]*|[a-z0-9]\w*\.(?:py|sql)")
FOLDERS = ("", "tracker", "tests", "docs", "migrations/versions")
"""Where a path may begin; a bare name of a file may stand anywhere."""

MADE_UP = ("NAME", ".csv")
"""What paths of examples hold."""

DOTTED = re.compile(r"[a-z_]+(?:\.\w+)+")
NO_MODULES = (".py", ".md", ".sql", ".v1")
"""Endings of dotted names that are no modules; the last is that of entry points."""


@cache
def maker() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(DOCS / "make_map.py")))


def test_the_map_is_that_of_the_imports() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert maker().page(text) == text, MAP


def test_a_map_that_is_out_of_date_is_told() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for stale in (text.replace(" law.life ", " law.live "), text.replace(" on law.due", " on law.done")):
        assert stale != text
        assert maker().page(stale) == text


def test_rooms_that_import_each_other_have_no_map() -> None:
    with pytest.raises(ValueError, match="rooms in a circle: a, b"):
        maker().floors({"a": {"b"}, "b": {"a"}, "c": set()})


def test_a_room_is_told_with_the_rooms_right_below_it() -> None:
    assert maker().below({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def mentioned(page: Path) -> Iterator[str]:
    """Yield what stands in backquotes in the prose of a page."""
    yield from QUOTED.findall(NEW.sub("", BLOCK.sub("", page.read_text(encoding="utf-8"))))


@cache
def names_of_files() -> frozenset[str]:
    folders = (ROOT / name for name in ("tracker", "tests", "docs", "migrations"))
    return frozenset(path.name for folder in folders for path in folder.rglob("*"))


def is_there(path: str) -> bool:
    """Whether a path, or the pattern of one, leads to anything, or a bare name is that of a file."""
    if "/" not in path:
        return path in names_of_files()
    return any(any((ROOT / folder).glob(path.rstrip("/"))) for folder in FOLDERS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_mentions_are_there(page: Path) -> None:
    paths = [text for text in mentioned(page) if PATH.fullmatch(text) and not any(part in text for part in MADE_UP)]
    assert [path for path in paths if not is_there(path)] == []


@cache
def modules() -> dict[str, Path]:
    """Every module by its dotted name, without the name of the package."""
    return {name.removeprefix("tracker."): path for name, path in maker().modules().items()}


def leads_nowhere(name: str) -> bool:
    """Whether a dotted name begins with a room or module and goes on with what is not in it."""
    parts = name.removeprefix("tracker.").split(".")
    if parts[0] not in {module.split(".")[0] for module in modules()}:
        return False
    for end in range(len(parts), 0, -1):
        path = modules().get(".".join(parts[:end]))
        if path is not None:
            return end < len(parts) and parts[end] not in defined(path)
    return True


@cache
def defined(path: Path) -> frozenset[str]:
    """The names that a module defines or imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            names.update(alias.asname or alias.name for alias in node.names)
    return frozenset(names)


@pytest.mark.parametrize("name", ["architecture.md", "time.md", "store.md", "adding.md"])
def test_modules_and_names_that_a_page_mentions_are_there(name: str) -> None:
    texts = [text for text in mentioned(DOCS / name) if DOTTED.fullmatch(text) and not text.endswith(NO_MODULES)]
    assert [text for text in texts if leads_nowhere(text)] == []


def test_a_name_that_is_not_there_is_told() -> None:
    assert leads_nowhere("law.life.nothing")
    assert leads_nowhere("read.query.selection.Nothing")
    assert not leads_nowhere("read.query.selection.Selection")
    assert not is_there("read/nothing.py")


def test_the_page_of_queries_names_every_field() -> None:
    text = (DOCS / "queries.md").read_text(encoding="utf-8")
    assert [name for name in FIELDS if name not in TYPES and f"`{name}`" not in text] == []


def test_the_manual_page_is_that_of_the_commands() -> None:
    made = runpy.run_path(str(DOCS / "make_man.py"))["page"]()
    assert (DOCS / "tracker.1").read_text(encoding="utf-8") == made, "python docs/make_man.py"


def test_the_manual_page_is_read_by_groff() -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    command = [groff, "-man", "-ww", "-Tutf8", DOCS / "tracker.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "compare" in done.stdout


def test_the_manual_page_names_every_variable_of_the_program() -> None:
    text = (DOCS / "tracker.1").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    variables = set(re.findall(r'"(TRACKER_[A-Z]+)"', code))
    assert variables
    assert {name for name in variables if f".B {name}\n" not in text} == set()
