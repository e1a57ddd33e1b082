"""What is said where a disk is full, or no temporary file can be made."""

import errno
import sqlite3
import tempfile
from pathlib import Path

import pytest

from tracker.errors import StoreProblem, StoreUnwritable
from tracker.read.file import failures
from tracker.read.file.failures import store_problem, temporary_folder
from tracker.store.file.session import transaction


def told(code: int, name: str) -> sqlite3.OperationalError:
    """Return an error as SQLite tells it."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


FULL = told(sqlite3.SQLITE_FULL, "SQLITE_FULL")
UNREADABLE = told(sqlite3.SQLITE_IOERR, "SQLITE_IOERR")
NO_FOLDER = told(6410, "SQLITE_IOERR_GETTEMPPATH")


def test_a_full_disk_may_be_that_of_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite does not tell one from the other."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    problem = store_problem(FULL, tmp_path / "register.db")
    assert isinstance(problem, StoreUnwritable)
    assert str(problem).endswith("register.db cannot grow: the disk is full; make room and try again")
    monkeypatch.setattr(failures, "_device", Path)
    said = str(store_problem(FULL, tmp_path / "folder" / "register.db"))
    assert f"its disk is full, or that of temporary files in {tmp_path}; make room, or name another folder" in said


@pytest.mark.parametrize("error", [UNREADABLE, NO_FOLDER])
def test_no_place_for_temporary_files_is_no_fault_of_the_store(
    error: sqlite3.Error, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "cannot be read" in str(store_problem(error, tmp_path / "register.db"))
    monkeypatch.setattr(failures.os, "access", lambda *_: False)
    problem = store_problem(error, tmp_path / "register.db")
    assert isinstance(problem, StoreProblem)
    assert "no temporary file can be made" in str(problem)
    assert "name a folder that can in TMPDIR" in str(problem)


def test_a_dry_run_without_a_place_for_a_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> str:
        raise FileNotFoundError(errno.ENOENT, "no usable temporary directory")

    monkeypatch.setattr(tempfile, "mkdtemp", nowhere)
    new = transaction(tmp_path / "new.db", actor="tester", command="test", dry_run=True)
    with pytest.raises(StoreUnwritable, match=r"no usable temporary directory.*TMPDIR"), new:
        pass


def test_temporary_files_go_where_sqlite_puts_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "file"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert temporary_folder() == tmp_path
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path.parent))
    assert temporary_folder() == tmp_path.parent
