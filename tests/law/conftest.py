"""One store a treaty, for whatever is asked of it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from treaty_files import treaties
from treaty_program import Program


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory, blank_store_file: Path) -> Callable[[str], Program]:
    """Return the program for a treaty by its name, with its records taken in."""
    folder = tmp_path_factory.mktemp("treaties")
    files = {treaty.name: treaty for treaty in treaties()}
    return cache(lambda name: Program(folder, files[name], blank_store_file))
