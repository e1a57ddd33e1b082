"""The rooms of the program: few files each, a word on what lives there, and no way round in a circle."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import tracker

PACKAGE = Path(tracker.__file__).parent
FOLDERS = sorted({file.parent for file in PACKAGE.rglob("*.py") if "samples" not in file.parts})

FULL = 16
"""Modules of a folder at most, its own ``__init__`` aside."""

ONE_FILE_EACH = {"commands": "a command", "importers": "an input format", "renderers": "an output format"}
"""Folders that grow with what the program can do: a file each, by whose name it is found."""

ROOT = 8
"""Modules beside the folders, ``__init__`` and ``__main__`` included."""


def _modules(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*.py") if file.name != "__init__.py"]


def _name(folder: Path) -> str:
    return ".".join(folder.relative_to(PACKAGE.parent).parts)


def _imports(file: Path) -> Iterator[str]:
    """Yield what a module imports of the program, inside functions too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(name: str) -> str | None:
    """Return the folder in which a module, or a name of one, is at home; what ``__init__`` says is a room of its own.

    For that is what rooms inside a folder take from it: the contract that the folder's modules fulfil.
    """
    parts = name.split(".")
    if parts[0] != "tracker":
        return None
    while parts:
        place = PACKAGE.parent.joinpath(*parts)
        if place.is_dir():
            return ".".join([*parts, "__init__"])
        if place.with_suffix(".py").is_file():
            return ".".join(parts[:-1])
        parts.pop()
    return None


def _arrows() -> dict[str, set[str]]:
    """Return for each folder the others that its modules import; modules of the root stand for themselves."""
    arrows: dict[str, set[str]] = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        own = _home(_name(file.parent), file.stem)
        for name in _imports(file):
            room = _room(name)
            there = room and _home(room, name.split(".")[1])
            if there and there != own:
                arrows[own].add(there)
    return arrows


def _home(room: str, module: str) -> str:
    return f"{room}.{module}" if room == "tracker" or module == "__init__" else room


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_folder_is_one_idea_and_says_which(folder: Path):
    assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    if folder != PACKAGE and folder.name not in ONE_FILE_EACH:
        assert len(_modules(folder)) <= FULL


def test_few_modules_stand_outside_the_folders():
    assert len(list(PACKAGE.glob("*.py"))) <= ROOT


def test_no_way_leads_round_in_a_circle():
    """Between folders, imports inside functions included; what the folders may know is in pyproject.toml."""
    try:
        TopologicalSorter(_arrows()).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
