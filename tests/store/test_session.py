"""A change is kept whole or not at all; what is wrong with a store is said in one line."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from made_records import agreement
from store_changes import Begin

from tracker.errors import (
    StoreAbsent,
    StoreDamaged,
    StoreForeign,
    StoreLocked,
    StoreNewer,
    StoreOutdated,
    StoreProblem,
    StoreUnwritable,
)
from tracker.read.file import connection
from tracker.store.file.session import transaction
from tracker.store.write.change import Change

ROOT = Path(__file__).parents[2]


def refs(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return [row[0] for row in connection.execute("SELECT ref FROM agreements ORDER BY ref")]


def put(store: Path, ref: str = "a") -> None:
    with transaction(store, actor="tester", command="test") as writer:
        writer.put_agreement(agreement(ref))


def run(code: str, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


# making


def test_the_first_write_makes_the_store(tmp_path: Path) -> None:
    """With folders, built-in parties and focus areas, and nothing else left beside it."""
    store = tmp_path / "new" / "folder" / "store.db"
    put(store)
    assert refs(store) == ["a"]
    assert [path.name for path in store.parent.iterdir()] == ["store.db"]
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT name FROM parties WHERE code = 'JPN'").fetchone() == ("Japan",)
        assert connection.execute("SELECT count(*) FROM focus_areas WHERE builtin").fetchone()[0] > 30
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_a_killed_first_write_left_goes_with_the_next(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    kept = [tmp_path / name for name in (".store.db.0a.new", ".other.db.first-0a.new")]
    for path in kept:
        path.touch()
    code = (
        "import os, sys; from pathlib import Path; from tracker.store.file.session import transaction\n"
        "with transaction(Path(sys.argv[1]), actor='a', command='c'): os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(store)], check=False)
    assert killed.returncode == -9
    assert [path for path in tmp_path.iterdir() if ".first-" in path.name and path not in kept]
    put(store)
    assert sorted(tmp_path.iterdir()) == sorted([store, *kept])


def test_whoever_waits_in_vain_for_a_first_write_does_not_let_the_next_one_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
    store = tmp_path / "store.db"
    with transaction(store, actor="tester", command="import") as writer:
        for _ in range(2):
            with pytest.raises(StoreLocked, match="is being made by another process"):
                put(store, "b")
        writer.put_agreement(agreement("a"))
    assert refs(store) == ["a"]


def test_a_lock_that_goes_while_it_is_waited_for_keeps_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process ends and removes its lock, and another takes the next one, between two steps of a third."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0)
    store, lock = tmp_path / "store.db", tmp_path / ".store.db.first"
    held, at_once = [], fcntl.flock

    def flock(handle: int, how: int) -> None:
        at_once(handle, how)
        if not held:
            lock.unlink()
            held.append(lock.open("w"))
            at_once(held[0], how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(StoreLocked, match="is being made by another process"):
        put(store)
    held[0].close()
    put(store)
    assert refs(store) == ["a"]


def test_a_dry_run_where_there_is_no_store_leaves_none(tmp_path: Path) -> None:
    with transaction(tmp_path / "store.db", actor="a", command="c", dry_run=True) as writer:
        assert writer.put_agreement(agreement()).what == "new"
    assert list(tmp_path.iterdir()) == []


def test_an_absent_store_is_not_made_where_that_makes_no_sense(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreAbsent, match="store init"),
        transaction(tmp_path / "x.db", actor="a", command="c", create=False),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_processes_that_make_the_store_at_once_lose_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    code = "import sys; from pathlib import Path; from test_session import put; put(Path(sys.argv[1]), sys.argv[2])"
    processes = [run(code, str(store), ref) for ref in ("a", "b")]
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert refs(store) == ["a", "b"]
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]


# all or nothing


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_goes_wrong_nothing_is_kept(begin: Begin, store: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), begin() as writer:  # noqa: PT012  # the error comes after the write, inside
        writer.put_agreement(agreement())
        raise error
    assert refs(store) == []
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT count(*) FROM changes").fetchone() == (0,)


def test_a_dry_run_does_everything_and_keeps_nothing(begin: Begin, store: Path) -> None:
    with begin(dry_run=True) as writer:
        writer.put_agreement(agreement())
        assert writer.reader.scalar("SELECT ref FROM agreements") == "us-jp-mou-2023"
        assert writer.change_id == 1
    assert refs(store) == []


def test_a_kill_in_the_middle_leaves_the_store_as_it_was(store: Path) -> None:
    put(store, "before")
    code = """
import sys, time
from pathlib import Path
from made_records import agreement
from tracker.store.file.session import transaction
with transaction(Path(sys.argv[1]), actor="a", command="c") as writer:
    writer.change.connection.execute("PRAGMA cache_spill = 1")
    for number in range(300):
        writer.put_agreement(agreement(f"a-{number}", notes=["x" * 20000]))
    print("written", flush=True)
    time.sleep(60)
"""
    process = run(code, str(store))
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n", process.communicate()[1]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    put(store, "after")
    assert refs(store) == ["after", "before"]
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_settings_that_durability_rests_on(begin: Begin) -> None:
    with begin() as writer:
        pragmas = {"foreign_keys": 1, "synchronous": 2, "busy_timeout": 5000, "journal_mode": "wal"}
        for name, value in pragmas.items():
            assert writer.change.connection.execute(f"PRAGMA {name}").fetchone() == (value,), name
        assert writer.change.connection.in_transaction


# the log


def test_the_log_holds_one_row_a_command_in_strict_order(begin: Begin, store: Path) -> None:
    """Also where the clock was set back; a command that changed nothing is not in it."""
    with closing(sqlite3.connect(store)) as connection:
        future = "2999-12-31T23:59:59.999999Z"
        connection.execute("INSERT INTO change (at, actor, command) VALUES (?, 'x', 'y')", (future,))
        connection.commit()
    for ref in ("a", "b", "b"):
        with begin() as writer:
            writer.put_agreement(agreement(ref))
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT at, actor, command FROM changes ORDER BY id").fetchall()
        revisions = connection.execute("SELECT revision FROM agreements ORDER BY ref").fetchall()
    assert [at for at, _, _ in rows] == [future, "3000-01-01T00:00:00.000000Z", "3000-01-01T00:00:00.000001Z"]
    assert rows[1][1:] == ("tester", "test")
    assert revisions == [(2,), (3,)]


# what can be wrong with a store


def test_a_store_held_by_another_process_is_waited_for(begin: Begin, store: Path) -> None:
    """A writer waits for its turn, and says who is in the way when that takes too long."""
    holder = sqlite3.connect(store, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")

    def let_go() -> None:
        time.sleep(0.2)
        holder.execute("ROLLBACK")

    thread = threading.Thread(target=let_go)
    thread.start()
    with begin() as writer:
        writer.put_agreement(agreement())
    thread.join()
    assert refs(store) == ["us-jp-mou-2023"]
    holder.close()


def test_a_store_held_for_too_long_is_locked(begin: Begin, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    with closing(sqlite3.connect(store, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="another process"), begin():
            pass


def test_files_that_are_no_stores_are_refused_unharmed(tmp_path: Path) -> None:
    empty, text, foreign = tmp_path / "empty", tmp_path / "text", tmp_path / "foreign.db"
    empty.touch()
    text.write_text("Dear Sir or Madam, " * 100)
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    for path, error in ((empty, StoreForeign), (text, StoreDamaged), (foreign, StoreForeign), (tmp_path, StoreForeign)):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(error, match=str(path)) as refused:
            put(path)
        assert "\n" not in str(refused.value)
        assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize(("revision", "error"), [("9999", StoreNewer), ("0000", StoreOutdated)])
def test_a_store_of_another_revision_is_refused_unharmed(store: Path, revision: str, error: type[StoreProblem]) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
    with pytest.raises(error, match=revision):
        put(store)
    assert refs(store) == []


def test_a_torn_page_is_named_as_damage(begin: Begin, store: Path) -> None:
    size = store.stat().st_size
    with store.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(StoreDamaged, match="tracker store restore FILE"), begin() as writer:
        writer.put_agreement(agreement(parties=[{"code": "USA"}]))


def test_a_full_disk_ends_the_change_with_nothing_kept(begin: Begin, store: Path) -> None:
    with pytest.raises(StoreUnwritable, match="disk is full"), begin() as writer:  # noqa: PT012  # full while writing
        pages = writer.change.connection.execute("PRAGMA page_count").fetchone()[0]
        writer.change.connection.execute(f"PRAGMA max_page_count = {pages}")
        writer.put_agreement(agreement(notes=["x" * 99_000] * 3))
    assert refs(store) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnwritable, match="name another place"):
        put(tmp_path / "file" / "store.db")


def test_an_error_in_a_statement_of_ours_stays_what_it_is(begin: Begin) -> None:
    with pytest.raises(sqlite3.OperationalError, match="syntax"), begin() as writer:
        writer.change.connection.execute("SELEC 1")


def test_instants_of_the_log_are_utc_with_microseconds(store: Path) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        Change(connection, store, actor="a", command="c").stamp()
        (at,) = connection.execute("SELECT at FROM change").fetchone()
    assert len(at) == len("2024-01-01T00:00:00.000000Z")
    assert at.endswith("Z")
