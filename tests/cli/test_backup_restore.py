"""Copies of a store: made while others write, kept by number and age, and taken back without losing what is there."""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from running import ROOT, Run

from tracker.read.file.connection import REVISION
from tracker.store.file import backup as backups

WRITER = """
import sys
from pathlib import Path
from tracker.store.validation.models import validate
from tracker.store.file.session import transaction
for number in range(10_000):
    with transaction(Path(sys.argv[1]), actor="writer", command="tracker add") as writer:
        for half in "ab":
            writer.put_agreement(validate({"ref": f"w-{number}-{half}", "title": "Written"}, ""))
    print(number, flush=True)
"""
"""Makes changes of two agreements each, until it is stopped."""

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def refs(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return [row[0] for row in connection.execute("SELECT ref FROM agreement ORDER BY ref")]


def beside(store: Path, why: str = "*") -> list[Path]:
    return sorted(store.parent.glob(f"{store.name}.{why}.*.backup"))


def process(code: str, store: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", code, str(store)]
    return subprocess.Popen(arguments, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_a_backup_made_while_somebody_writes_is_whole(other_store: Path, run: Run) -> None:
    """Each backup holds a state between two changes: never one of the two agreements of a change alone."""
    with process(WRITER, other_store) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
            done = run("--store", other_store, "store", "backup")
            assert done.code == 0, done.err
        writer.kill()
    made = beside(other_store)
    assert len(made) == 3
    sizes = []
    for path in made:
        assert not list(path.parent.glob(f"{path.name}-*"))
        assert run("--store", path, "store", "check").code == 0
        held = refs(path)
        assert {ref[:-1] for ref in held if ref.endswith("a")} == {ref[:-1] for ref in held if ref.endswith("b")}
        sizes.append(len(held))
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    assert not list(other_store.parent.glob(".*.new*"))


def test_old_backups_go_by_number_and_by_age(other_store: Path, run: Run) -> None:
    old = other_store.with_name(f"{other_store.name}.manual.20200101T000000Z.backup")
    automatic = other_store.with_name(f"{other_store.name}.import.20200101T000000Z.backup")
    elsewhere = other_store.with_name(f"{other_store.name}.x.manual.20200101T000000Z.backup")
    for path in (old, automatic, elsewhere):
        path.write_bytes(other_store.read_bytes())
    here = ["--store", other_store, "store", "backup"]
    assert run(*here, "--keep", "5").err.endswith("let go of 0 older backups\n")
    assert run(*here, "--keep-days", "30").err.endswith("let go of 1 older backups\n")
    assert not old.exists()
    listed = json.loads(run(*here, "--list", "-f", "json").out)["rows"]
    assert [row["why"] for row in listed] == ["manual", "manual", "import"]
    assert all(row["bytes"] > 0 for row in listed)
    run(*here, "--keep", "1")
    assert len(beside(other_store, "manual")) == 1
    assert automatic.exists()
    assert elsewhere.exists()


def test_a_backup_goes_where_it_is_told_and_over_nothing(other_store: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert run("--store", other_store, "store", "backup", target).out == f"{target}\n"
    done = run("--store", other_store, "store", "backup", target)
    assert (done.code, "there is a file at" in done.err) == (1, True)
    assert run("--store", tmp_path / "none.db", "store", "backup").code == 3


def test_a_backup_needs_no_hard_links(other_store: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk for backups is often one of a file system without them."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert run("--store", other_store, "store", "backup").code == 0
    assert len(beside(other_store)) == 1


def test_imports_and_merges_keep_what_was_there(store: Path, run: Run, tmp_path: Path) -> None:
    before = run("export").out
    more = tmp_path / "more.ndjson"
    more.write_text('{"ref": "more", "title": "More"}\n', encoding="utf-8")
    assert run("import", more, "--dry-run").code == 0
    assert run("merge", "us-nl-sosa", "us-se-sosa", "--dry-run").code == 0
    assert beside(store) == []
    done = run("import", more)
    (kept,) = beside(store)
    assert f"what was there before: {kept}" in done.err
    assert run("--store", kept, "export").out == before
    between = run("export").out
    assert run("merge", "us-nl-sosa", "us-se-sosa", "--yes").code == 0
    (merged,) = beside(store, "merge")
    assert run("--store", merged, "export").out == between
    run("source", "add", "New", "--id", "new")
    assert run("source", "merge", "new", "unsourced").code == 0
    assert len(beside(store, "merge")) == 2


def test_an_empty_register_needs_no_backup(other_store: Path, run: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.ndjson"
    more.write_text('{"ref": "more", "title": "More"}\n', encoding="utf-8")
    assert run("--store", other_store, "import", more).code == 0
    assert beside(other_store) == []
    assert run("--store", tmp_path / "new.db", "import", more).code == 0
    assert beside(tmp_path / "new.db") == []


def test_tries_that_fail_leave_the_backups_as_they_were(store: Path, run: Run, tmp_path: Path) -> None:
    """Not one more, and none of those that were there is gone."""
    there = [store.with_name(f"{store.name}.import.2020010{day}T000000-000000Z.backup") for day in range(1, 6)]
    for path in there:
        path.write_bytes(store.read_bytes())
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE change SET at = at || 'x'")
    bad = tmp_path / "bad.ndjson"
    bad.write_text('{"ref": "bad"}\n', encoding="utf-8")
    assert run("import", bad).code == 1
    assert run("merge", "us-nl-sosa", "no-such-ref").code == 1
    assert beside(store) == there


@pytest.mark.sampled(3)
@pytest.mark.parametrize("stamp", ["20990101T000000-00000{}Z", "99991231T235959-99999{}Z", "named-by-hand-{}"])
def test_a_backup_just_made_is_never_the_one_that_goes(store: Path, run: Run, tmp_path: Path, stamp: str) -> None:
    """Clocks were set back since, or somebody named copies by hand: the new one is the newest all the same."""
    for why in ("import", "manual"):
        for number in range(5, 10):
            shutil.copy(store, store.with_name(f"{store.name}.{why}.{stamp.format(number)}.backup"))
    for number in range(3):
        sheet = tmp_path / f"{number}.ndjson"
        sheet.write_text(json.dumps({"ref": f"more-{number}", "title": "More"}) + "\n", encoding="utf-8")
        done = run("import", sheet)
        assert done.code == 0, done.err
        named = next(line for line in done.err.splitlines() if line.startswith("what was there before: "))
        assert Path(named.removeprefix("what was there before: ")).exists()
        assert len(beside(store, "import")) == backups.AUTOMATIC_KEPT
        assert Path(run("store", "backup", "--keep", "2").out.strip()).exists()
        assert len(beside(store, "manual")) == 2


def test_of_automatic_backups_the_newest_stay(store: Path, run: Run) -> None:
    for number in range(backups.AUTOMATIC_KEPT + 2):
        run("edit", "us-nl-sosa", "--set", f"short_title=T{number}")
        with backups.automatic(store, "import") as made:
            assert made is not None
    kept = beside(store, "import")
    assert len(kept) == backups.AUTOMATIC_KEPT
    newest = backups.listed(store)[0].path
    with closing(sqlite3.connect(newest)) as connection:
        assert connection.execute("SELECT short_title FROM agreement WHERE ref = 'us-nl-sosa'").fetchone()[0] == "T6"


# restore


def test_a_restore_keeps_what_was_there(store: Path, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run("store", "backup", copy)
    before = run("export").out
    run("remove", "us-nl-sosa")
    after = run("export").out
    done = run("store", "restore", copy)
    assert (done.code, done.err) == (
        1,
        f"tracker: nothing was restored: {store} would hold what {copy} holds; add --yes\n",
    )
    assert run("store", "restore", copy, "--dry-run").err == f"would restore {store} from {copy}\n"
    assert run("export").out == after
    done = run("store", "restore", copy, "--yes")
    assert run("export").out == before
    (kept,) = beside(store, "restore")
    assert done.err == f"restored {store} from {copy}; what it held before: {kept}\n"
    assert run("store", "restore", kept, "--yes").code == 0
    assert run("export").out == after
    assert run("store", "check").code == 0


def test_a_store_whose_index_lacks_rows_is_kept_and_put_back(store: Path, run: Run, tmp_path: Path) -> None:
    """The rows are all there, and indexes are made from them."""
    before = run("export").out
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(
            "DROP INDEX ix_source_kind; CREATE INDEX ix_source_kind ON source (kind) WHERE 0;"
            " PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '')"
        )
    copy = tmp_path / "copy.db"
    assert run("store", "backup", copy).code == 0
    for options in (("--dry-run",), ("--yes",)):
        done = run("store", "restore", copy, *options)
        assert done.code == 0
        assert "rows" in done.err
        assert "missing from index ix_source_kind); make these again: tracker store check --fix" in done.err
    assert run("store", "check").code == 1
    assert run("store", "check", "--fix").code == 0
    assert run("export").out == before
    run("store", "backup", tmp_path / "sound.db")
    assert "indexes" not in run("store", "restore", tmp_path / "sound.db", "--yes").err


@pytest.mark.parametrize("place", ["first page", "in the middle"])
def test_a_damaged_store_has_no_backup(store: Path, run: Run, tmp_path: Path, place: str) -> None:
    with store.open("r+b") as file:
        file.seek(100 if place == "first page" else store.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xaa" * 4096)
    done = run("store", "backup", tmp_path / "copy.db")
    assert done.code == 3
    assert "damaged" in done.err
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == []


def test_a_restore_into_an_empty_place(store: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "new" / "register.db"
    assert run("--store", target, "store", "restore", store).code == 0
    assert run("--store", target, "export").out == run("export").out


@pytest.mark.sampled(2)
@pytest.mark.parametrize("damage", ["first page", "middle", "cut", "empty"])
def test_a_restore_over_a_damaged_store_sets_it_aside(store: Path, run: Run, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "copy.db"
    run("store", "backup", copy)
    before, size = run("export").out, store.stat().st_size
    with store.open("r+b") as file:
        if damage in ("first page", "middle"):
            file.seek(0 if damage == "first page" else 4096)
            file.write(b"\xaa" * (4096 if damage == "first page" else size - 4096))
        else:
            file.truncate(size // 2 if damage == "cut" else 0)
    broken = store.read_bytes()
    assert run("store", "restore", copy, "--yes").code == 0
    assert run("export").out == before
    (kept,) = beside(store, "damaged")
    assert kept.read_bytes() == broken
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_restore_of_an_older_store_says_that_it_has_to_be_migrated(store: Path, run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((ROOT / "tests/store/released/0001.db.gz").read_bytes()))
    done = run("store", "restore", old, "--yes")
    told = f"warning: it has revision 0001, this program needs {REVISION}; run: tracker store migrate\n"
    assert (done.code, done.err.endswith(told)) == (0, True)
    assert run("list").code == 3
    assert run("store", "migrate").code == 0
    assert run("list").code == 0
    assert run("store", "check").code == 0


@pytest.mark.sampled(3)
@pytest.mark.parametrize("what", ["foreign", "newer", "damaged", "absent", "itself"])
def test_what_is_no_backup_is_not_restored(store: Path, run: Run, tmp_path: Path, what: str) -> None:
    file = tmp_path / "file.db"
    if what == "foreign":
        foreign(file)
    elif what in ("newer", "damaged"):
        file.write_bytes(store.read_bytes())
    if what == "newer":
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
    if what == "damaged":
        with file.open("r+b") as handle:
            handle.seek(8192)
            handle.write(b"\xaa" * 65536)
    before = run("export").out
    for more in (["--yes"], ["--dry-run"]) if what != "itself" else (["--yes"],):
        done = run("store", "restore", store if what == "itself" else file, *more)
        assert done.code == (2 if what == "itself" else 3)
    assert run("export").out == before
    assert beside(store) == []


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE treaty (id INTEGER)")
        connection.execute("INSERT INTO treaty VALUES (1)")


def test_a_database_of_another_program_is_not_restored_over(store: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file.db"
    foreign(file)
    before = file.read_bytes()
    done = run("--store", file, "store", "restore", store, "--yes")
    assert (done.code, "a database of another program" in done.err) == (3, True)
    assert file.read_bytes() == before
    assert beside(file) == []


def test_a_store_that_is_held_is_not_waited_for_for_ever(
    store: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    run("store", "backup", copy)
    monkeypatch.setattr("tracker.read.file.connection.BUSY_SECONDS", 0.05)
    with process(HOLDER, store) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert run("store", "backup").code == 0
        done = run("store", "restore", copy, "--yes")
        holder.kill()
    held = f"tracker: store {store} is held by another process; try again when that has ended\n"
    assert (done.code, done.err) == (3, held)
    assert run("store", "check").code == 0
