"""Opening a store: what a person is told, and that reading never writes."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from read_register import OBJECTS, OLD
from running import WITHOUT_ROOT
from without_root import CAN_NOT

from tracker import errors
from tracker.read.file import connection, copied, schema
from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation


def named(path: Path) -> StoreLocation:
    return StoreLocation(path, named=True)


def changed(path: Path, statement: str) -> Path:
    connected = sqlite3.connect(path)
    connected.execute(statement)
    connected.commit()
    connected.close()
    return path


def test_rows_are_indexed_by_column(reader):
    rows = reader.rows("SELECT ref, title FROM agreements WHERE ref = :ref", {"ref": "us-jp-rdte-mou-1990"})
    assert [row["title"] for row in rows] == ["An earlier memorandum"]
    assert reader.row("SELECT ref FROM agreements WHERE ref = 'x'") is None
    assert reader.scalar("SELECT count(*) FROM agreements") == 4


def test_the_default_place_without_a_store_reads_as_empty(tmp_path):
    """Every published view answers, with no rows; nothing is made."""
    with open_store(StoreLocation(tmp_path / "tracker.db", named=False)) as reader:
        assert reader.absent
        for view, columns in schema.columns().items():
            assert reader.rows(f"SELECT {', '.join(columns)} FROM {view}") == []
    assert list(tmp_path.iterdir()) == []


def test_published_views_have_the_columns_of_a_real_store(reader):
    for view, columns in schema.columns().items():
        assert [column[0] for column in reader.execute(f"SELECT * FROM {view}").description] == columns


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (None, errors.StoreAbsent, "there is no store at"),
        (b"", errors.StoreForeign, "empty file"),
        (b"Not a database. " * 512, errors.StoreDamaged, "not an SQLite database"),
    ],
)
def test_what_is_no_store_is_named(tmp_path, content, error, said):
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=said) as caught:
        open_store(named(path))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(errors.StoreForeign, match="is a folder"):
        open_store(named(tmp_path))


@pytest.mark.parametrize(
    ("statement", "error", "said"),
    [
        ("PRAGMA application_id = 7", errors.StoreForeign, "another program"),
        ("UPDATE alembic_version SET version_num = '9999'", errors.StoreNewer, "newer tracker"),
        ("UPDATE alembic_version SET version_num = '0000'", errors.StoreOutdated, "--store .*.db store migrate"),
        ("DELETE FROM alembic_version", errors.StoreDamaged, "revision"),
    ],
)
def test_a_store_that_cannot_be_read_says_what_to_do(build, statement, error, said):
    path = changed(build([]), statement)
    before = path.read_bytes()
    with pytest.raises(error, match=said):
        open_store(named(path))
    assert path.read_bytes() == before


def test_a_damaged_page_is_told_while_reading(build):
    path = build([*OBJECTS, OLD])
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(errors.StoreDamaged, match="tracker store restore FILE"), open_store(named(path)) as reader:
        reader.rows("SELECT * FROM agreements")


def test_a_lost_view_is_told(build):
    path = changed(build([]), "DROP VIEW people")
    with open_store(named(path)) as reader, pytest.raises(errors.StoreDamaged, match="no such table"):
        reader.rows("SELECT * FROM people")


def test_a_held_store_is_told(build, monkeypatch):
    """A lock that outlasts the wait ends with a sentence."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    path = build([])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(errors.StoreLocked, match="held by another process"):
            open_store(named(path))
    finally:
        holder.close()


def test_a_reader_cannot_write(reader):
    with pytest.raises(errors.StoreUnwritable):
        reader.execute("DELETE FROM agreement")


def test_one_command_sees_one_state(build):
    """What another process writes while a command reads does not reach it."""
    path = changed(build([*OBJECTS, OLD]), "PRAGMA journal_mode = WAL")
    with open_store(named(path)) as reader:
        assert reader.scalar("SELECT count(*) FROM agreements") == 1
        changed(path, "UPDATE agreement SET title = 'Other'")
        assert reader.scalar("SELECT title FROM agreements") == OLD["title"]
    with open_store(named(path)) as reader:
        assert reader.scalar("SELECT title FROM agreements") == "Other"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_wal_store_in_a_place_that_cannot_be_written(build):
    """A copy on a read-only medium is read; tried as a user whom permissions bind."""
    code = (
        "import os, sys; from pathlib import Path\n"
        "from tracker.read.file.location import StoreLocation; from tracker.read.file.connection import open_store\n"
        "import tracker.read.file.copied\n"
        "os.getuid() or os.setuid(65534)\n"
        "print(open_store(StoreLocation(Path(sys.argv[1]), True)).scalar('SELECT ref FROM agreements'))"
    )
    with tempfile.TemporaryDirectory() as folder:  # not pytest's: other users may not enter that
        path = Path(folder, "store.db")
        path.write_bytes(changed(build([*OBJECTS, OLD]), "PRAGMA journal_mode = WAL").read_bytes())
        Path(folder).chmod(0o555)
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
    assert (done.stdout, done.stderr) == ("us-jp-rdte-mou-1990\n", "")


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")  # what does not fit goes to the file before the end
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE agreement SET title = 'Half done'")
connection.execute("CREATE TABLE half (text)")
for _ in range(20):
    connection.execute("INSERT INTO half VALUES (hex(randomblob(4000)))")
os.kill(os.getpid(), 9)
"""


def killed_in_a_change(store: Path) -> Path:
    """Leave a store without a write-ahead log, as backups and stores just restored are, in the middle of a change."""
    changed(store, "PRAGMA journal_mode = DELETE")
    subprocess.run([sys.executable, "-c", KILLED, store], check=False)
    assert store.with_name(store.name + "-journal").stat().st_size
    return store


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("linked", [False, True])
def test_a_change_that_was_killed_is_taken_back_by_whoever_reads_next(build, tmp_path, linked):
    store = killed_in_a_change(build([*OBJECTS, OLD]))
    if linked:
        link = tmp_path / "link.db"
        link.symlink_to(store)
        store = link
    with open_store(named(store)) as reader:
        assert reader.tuples("SELECT title FROM agreements") == [(OLD["title"],)]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_change_that_was_killed_is_never_read_where_it_cannot_be_taken_back(build):
    """A copy on a read-only medium, tried as a user whom permissions bind."""
    code = (
        "import os, sys; from pathlib import Path\n"
        "from tracker.errors import StoreProblem\n"
        "from tracker.read.file.location import StoreLocation; from tracker.read.file.connection import open_store\n"
        "import tracker.read.file.copied\n"
        "os.getuid() or os.setuid(65534)\n"
        "try: print(open_store(StoreLocation(Path(sys.argv[1]), True)).scalar('SELECT title FROM agreements'))\n"
        "except StoreProblem as problem: print(problem)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        path.write_bytes(build([*OBJECTS, OLD]).read_bytes())
        killed_in_a_change(path)
        for file in Path(folder).iterdir():
            file.chmod(0o644)
        Path(folder).chmod(0o555)
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
    assert "has unfinished changes in store.db-journal" in done.stdout


PAIRS = """
import sqlite3, sys
for number in range(100_000):
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA wal_autocheckpoint = {number % 5 + 1}")
    for _ in range(7):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE pair SET number = number + 1, filling = hex(randomblob(200))")
        connection.execute("COMMIT")
    connection.close()  # the last one moves the log into the file
    print(number, flush=True)
"""
"""Changes rows on many pages, all of them in each change, while the log is emptied at every turn."""


@pytest.mark.long
def test_a_copy_taken_while_others_write_is_of_one_change(build, tmp_path):
    """A reader who may not write beside the store sees the rows of one change, never those of two."""
    path = changed(build([*OBJECTS, OLD]), "PRAGMA journal_mode = WAL")
    changed(path, "CREATE TABLE pair (number INTEGER, filling TEXT)")
    for _ in range(3):
        changed(path, "INSERT INTO pair SELECT 0, hex(randomblob(200)) FROM parties")
    with subprocess.Popen([sys.executable, "-c", PAIRS, path], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        seen = []
        for _ in range(12):
            with closing(copied.connect(path)) as copy:
                seen.append([row[0] for row in copy.execute("SELECT DISTINCT number FROM pair")])
                assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        writer.kill()
    assert [len(numbers) for numbers in seen] == [1] * 12
    assert len({numbers[0] for numbers in seen}) > 1


def test_a_file_that_changes_while_it_is_copied_is_copied_again(build, monkeypatch):
    path = changed(build([*OBJECTS, OLD]), "PRAGMA journal_mode = WAL")
    read, times = copied._read, []

    def meanwhile(store, file, into):
        if file.name.endswith("-wal") and len(times) < 2:
            times.append(changed(path, f"UPDATE agreement SET title = 'Title {len(times)}'"))
        return read(store, file, into)

    monkeypatch.setattr(copied, "_read", meanwhile)
    monkeypatch.setattr(copied, "PAUSE", 0)
    with closing(copied.connect(path)) as copy:
        assert copy.execute("SELECT title FROM agreement").fetchall() == [("Title 1",)]
    monkeypatch.setattr(copied, "TRIES", 1)
    times.clear()
    with pytest.raises(errors.StoreLocked, match="is written to without pause"):
        copied.connect(path)


def test_what_is_in_the_log_alone_is_in_the_copy(build):
    path = changed(build([*OBJECTS, OLD]), "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("UPDATE agreement SET title = 'In the log'")
        assert path.with_name(path.name + "-wal").stat().st_size
        with closing(copied.connect(path)) as copy:
            assert copy.execute("SELECT title FROM agreement").fetchall() == [("In the log",)]
            with pytest.raises(sqlite3.OperationalError):
                copy.execute("DELETE FROM agreement")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_log_that_is_closed_to_the_reader_is_told(build, tmp_path):
    """Only the log tells what was changed last: without it nothing is read."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from without_root import give_up, CAN_NOT\n"
        "give_up() or sys.exit(CAN_NOT)\n"
        "from pathlib import Path; from tracker.errors import StoreProblem; from tracker.read.file import copied\n"
        "try: copied.connect(Path(sys.argv[1]))\n"
        "except StoreProblem as problem: print(problem)"
    )
    path = changed(build([*OBJECTS, OLD]), "PRAGMA journal_mode = WAL")
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"closed")
    log.chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", code, path, WITHOUT_ROOT.parent], capture_output=True, text=True, check=False
    )
    if done.returncode == CAN_NOT:
        pytest.skip("root cannot give up its privilege here")
    assert f"{log.name}: Permission denied; ask its owner" in done.stdout, done.stderr


def test_reading_in_a_running_write(build):
    """A writer reads what it has not committed yet."""
    writing = sqlite3.connect(build([*OBJECTS, OLD]), isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("UPDATE agreement SET title = 'Other'")
    assert Reader.over(writing).scalar("SELECT title FROM agreements") == "Other"
    writing.close()


def test_odd_paths(build, tmp_path):
    """Characters that mean something in an address are plain in a path."""
    odd = tmp_path / "a?b#c%20d.db"
    odd.write_bytes(build([*OBJECTS, OLD]).read_bytes())
    with open_store(named(odd)) as reader:
        assert reader.scalar("SELECT count(*) FROM agreements") == 1
