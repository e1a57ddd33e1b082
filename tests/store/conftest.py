"""Stores to write to: made once by the program itself, copied for each test."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from store_changes import Begin

from tracker.store.file import migrate
from tracker.store.file.session import transaction
from tracker.store.write.writer import Writer


@pytest.fixture
def new_stores() -> None:
    """Let the program make every new store in full: that is what is tested here."""


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as the first write makes it; not to be written to."""
    path = tmp_path_factory.mktemp("new") / "store.db"
    migrate.initialise(path)
    return path


@pytest.fixture
def store(new_store: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return Path(shutil.copy(new_store, tmp_path / "store.db"))


@pytest.fixture
def begin(store: Path) -> Begin:
    """Begin a change of the test's store."""

    def start(**options: bool) -> AbstractContextManager[Writer]:
        return transaction(store, actor="tester", command="test", **options)

    return start


@pytest.fixture
def writer(begin: Begin) -> Iterator[Writer]:
    """A change under way, never kept."""
    with begin(dry_run=True) as open_writer:
        yield open_writer
