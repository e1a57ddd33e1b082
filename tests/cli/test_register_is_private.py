"""What the program makes in the user's data folder is its owner's alone; what has a place of its own is not."""

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest

ADD = ("add", "Exchange of notes on radar", "--party", "JPN", "--party", "USA")


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return S_IMODE(path.stat().st_mode)


def test_the_data_folder_and_its_files_are_private(run, home: Path) -> None:
    assert run(*ADD).code == 0
    assert run("store", "backup").code == 0
    folder = home / ".local/share/tracker"
    assert rights(folder) == 0o700
    files = [path for path in folder.iterdir() if not path.name.endswith(".first")]
    assert len(files) >= 2
    assert {rights(path) for path in files} == {0o600}


def test_a_folder_that_exists_stays_as_it_is(run, home: Path) -> None:
    folder = home / ".local/share/tracker"
    folder.mkdir(parents=True)
    folder.chmod(0o750)
    assert run(*ADD).code == 0
    assert rights(folder) == 0o750
    assert rights(folder / "tracker.db") == 0o600


def test_a_named_place_gets_what_the_umask_leaves(run, home: Path, tmp_path: Path) -> None:
    place = tmp_path / "shared" / "register.db"
    assert run("--store", place, *ADD).code == 0
    assert (rights(place.parent), rights(place)) == (0o755, 0o644)
    place.chmod(0o640)
    copy = tmp_path / "copy.db"
    assert run("--store", place, "store", "backup", copy).code == 0
    assert rights(copy) == 0o640


def test_what_is_restored_to_the_data_folder_is_private(run, home: Path, tmp_path: Path) -> None:
    place = tmp_path / "register.db"
    assert run("--store", place, *ADD).code == 0
    assert run("store", "restore", place, "--yes").code == 0
    assert rights(home / ".local/share/tracker/tracker.db") == 0o600
