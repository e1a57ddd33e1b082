"""The rooms of the program: few files each, a word on what lives there, and no way round in a circle."""

import ast
from pathlib import Path

import pytest
from test_docs import maker

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


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_a_folder_is_one_idea_and_says_which(folder: Path):
    assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    if folder != PACKAGE and folder.name not in ONE_FILE_EACH:
        assert len(_modules(folder)) <= FULL


def test_few_modules_stand_outside_the_folders():
    assert len(list(PACKAGE.glob("*.py"))) <= ROOT


def test_no_way_leads_round_in_a_circle():
    """Between folders, imports inside functions included; what the folders may know is in pyproject.toml."""
    assert maker().floors(maker().rooms())
