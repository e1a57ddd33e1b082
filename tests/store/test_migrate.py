"""Making a store and bringing an older one up to date."""

import errno
import gzip
import re
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from made_records import agreement
from running import Run

from tracker.errors import StoreAbsent, StoreForeign, StoreNewer, StoreProblem, StoreUnwritable
from tracker.read.file import schema
from tracker.read.file.connection import APPLICATION_ID, REVISION
from tracker.store.file import migrate, soundness
from tracker.store.file.session import transaction
from tracker.store.schema import triggers
from tracker.store.schema.tables import SQLModel

Step = Callable[[str], None]

NEXT = f"{int(REVISION) + 1:04}"
"""The revision after the program's own."""

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{down_revision}"


def upgrade():
    {body}
"""

REBUILD = """
    with op.batch_alter_table("agreement") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=True))
        batch.alter_column("title", nullable=True)
"""


@pytest.fixture
def filled(store: Path) -> Path:
    with transaction(store, actor="a", command="c") as writer:
        writer.put_agreement(agreement("a", parties=[{"code": "USA"}], events=[{"kind": "signed", "date": "2023"}]))
        writer.put_agreement(agreement("b", relations=[{"type": "updates", "target": "a"}]))
    return store


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """Let the program have one migration more than this one has."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.CHECKOUT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "PACKAGED", folder)
    monkeypatch.setattr(migrate, "REVISION", NEXT)

    def write(body: str) -> None:
        step = STEP.format(revision=NEXT, down_revision=REVISION, body=body.strip())
        (folder / "versions" / f"{NEXT}_next.py").write_text(step)

    return write


def dump(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return list(connection.iterdump())


def test_all_new_stores_have_the_same_bytes(new_store: Path, tmp_path: Path) -> None:
    """So tests elsewhere may copy one instead of making it."""
    migrate.initialise(tmp_path / "store.db")
    assert (tmp_path / "store.db").read_bytes() == new_store.read_bytes()


def test_the_revision_that_reads_expect_is_the_last_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.folder()))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [REVISION] == [migrate.REVISION]
    assert all(step.revision.isdecimal() and len(step.revision) == 4 for step in script.walk_revisions())


def test_the_migrations_make_the_tables_of_the_schema(new_store: Path) -> None:
    """Column by column, index by index, and word for word but for the order of clauses."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{new_store}")
    with engine.connect() as connection:
        options = {"include_name": lambda name, *_: not str(name).startswith("search_index")}  # FTS5 makes its own
        assert compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata) == []
    engine.dispose()
    made = create_engine("sqlite://")
    SQLModel.metadata.create_all(made)
    with made.connect() as connection:
        declared = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    made.dispose()
    with closing(sqlite3.connect(new_store)) as connection:
        migrated = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"))
    assert [line for name, sql in declared for line in differing(name, sql, migrated.get(name, ""))] == []


def differing(name: str, declared: str, migrated: str) -> list[str]:
    """Say clause by clause where a table or an index of the migrations is not that of the schema."""
    if name == "sqlite_sequence":
        return []
    schema, migrations = Counter(clauses(declared)), Counter(clauses(migrated))
    lacking = [f"{name}: the migrations lack {clause}" for clause in schema - migrations]
    return lacking + [f"{name}: the schema lacks {clause}" for clause in migrations - schema]


def test_a_column_that_no_migration_makes_is_told_by_its_name() -> None:
    declared, migrated = "CREATE TABLE t (\n a TEXT,\n b TEXT\n)", "CREATE TABLE t (\n a TEXT\n)"
    assert differing("t", declared, migrated) == ["t: the migrations lack b TEXT"]


def clauses(sql: str) -> list[str]:
    """What a CREATE statement says, without its layout and the order of its clauses."""
    lines = re.split(r"\n|, (?=\w+ [A-Z]{4})|(?=\)$)", sql)  # a column that a step adds stands in the last line
    return sorted(" ".join(line.split()).rstrip(",").replace("( ", "(") for line in lines if line.strip())


def test_views_hold_all_columns_of_their_tables(new_store: Path) -> None:
    with closing(sqlite3.connect(new_store)) as connection:
        for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            connection.execute(f"SELECT * FROM {view} LIMIT 1")


RELEASED = Path(__file__).with_name("released")
"""A store of each schema that was ever released, as that version left it."""


OLDER = [packed for packed in sorted(RELEASED.glob("*.db.gz")) if packed.name[:4] < REVISION]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("packed", OLDER, ids=lambda path: path.name[:4])
def test_a_store_of_every_released_schema_is_brought_up_to_date(packed: Path, tmp_path: Path) -> None:
    """What it held is exported the same from there on, a backup of it lies beside, and its history begins."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        held = connection.execute("SELECT ref, title, signed FROM agreement ORDER BY ref").fetchall()
    done = migrate.upgrade(path)
    assert (done.before, done.after) == (packed.name[:4], REVISION)
    assert done.backup is not None
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT ref, title, signed FROM agreements ORDER BY ref").fetchall() == held
        assert connection.execute("SELECT count(*) FROM agreement WHERE since IS NULL").fetchone() == (0,)
        titles = connection.execute("SELECT count(*) FROM search_index").fetchone()
        assert titles == (len(held),)
        made = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert triggers.names(connection) <= made
        baden = connection.execute("SELECT name FROM parties WHERE code = 'former-baden'").fetchall()
        assert baden == [("Grand Duchy of Baden",)]
    with closing(sqlite3.connect(done.backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (packed.name[:4],)


def test_an_upgrade_derives_anew_what_the_rules_say(tmp_path: Path) -> None:
    """Notices and late extensions were told otherwise by the rules of revision 0010."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((RELEASED / "0010.db.gz").read_bytes()))
    _call(path, REVISION)
    assert {finding.check for finding in soundness.check(path)} == {"derived rows"}
    _call(path, "0010")
    migrate.upgrade(path)
    assert soundness.check(path) == []


def _call(path: Path, revision: str) -> None:
    """Have a store say that it is of a revision."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_the_rules_derive_what_they_did_when_the_newest_revision_was_made(tmp_path: Path) -> None:
    """Where this fails a rule says otherwise of what is stored: it takes a new revision, and a store of that.

    ``python tests/store/make_released.py`` makes the store. Upgrades derive everything anew; without a new revision
    the stores that people have would keep what the old rule said.
    """
    path = tmp_path / "register.db"
    path.write_bytes(gzip.decompress((RELEASED / f"{REVISION}.db.gz").read_bytes()))
    assert soundness.check(path) == []


def test_a_migration_changes_nothing_of_what_was_known(run: Run, tmp_path: Path) -> None:
    """The time in force of a treaty after each change of its history, as the old version told it, and nobody's doing.

    The entry was corrected, and its end made a resumption: one row of its suspension stood for three spells of force.
    """
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((RELEASED / "0002_spells.db.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        changes = [row[0] for row in connection.execute("SELECT at FROM change ORDER BY id")]
    assert run("--store", path, "store", "migrate").code == 0
    shown = ("--columns", "status,in_force_from,in_force_until", "--as-of", "2007-01-01", "-f", "csv")
    told = [run("--store", path, "list", *shown, "--known-at", at).out.splitlines()[1] for at in changes]
    assert told == [
        "unknown?,,",
        "in_force,2000-01-01,",
        "suspended,2000-01-01,",
        "suspended,2000-01-01,2008-01-01",
        "suspended,1999-01-01,2008-01-01",
        "suspended,1999-01-01,",
    ]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (len(changes),)
    assert run("--store", path, "store", "check").code == 0


def test_a_column_that_follows_from_the_spans_is_no_change_of_the_register(run: Run, tmp_path: Path) -> None:
    """From which day on something tells the status: of all that were there, without a word in the log."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((RELEASED / "0008.db.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        log = connection.execute("SELECT * FROM change").fetchall()
    assert run("--store", path, "store", "migrate").code == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM change").fetchall() == log
        told = dict(connection.execute("SELECT ref, told_from FROM agreements"))
        first = dict(connection.execute("SELECT ref, signed_earliest FROM agreements"))
    assert len(told) == 6
    assert told == first
    assert run("--store", path, "store", "check").code == 0
    assert run("--store", path, "list", "status:none", "--columns", "ref", "-f", "csv").out.split() == [
        "ref",
        "us-jp-pcr-mou",
    ]


def test_what_told_no_status_before_another_agreement_ended_is_found_as_it_was_known(run: Run, tmp_path: Path) -> None:
    """A part of which nothing is recorded ended with the whole: its own row had not been written since."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((RELEASED / "0008_moved.db.gz").read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        log = connection.execute("SELECT * FROM change").fetchall()
    assert run("--store", path, "store", "migrate").code == 0
    unknown = ("list", "status:unknown", "--as-of", "2020-01-01", "--columns", "ref", "-f", "csv")
    known = [run("--store", path, *unknown, "--known-at", at).out.split() for _, at, *_ in log]
    assert known == [["ref", "part-1"], ["ref"]]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM change").fetchall() == log
    assert run("--store", path, "store", "check").code == 0
    assert run("--store", path, "undo").code == 0
    assert run("--store", path, *unknown).out.split() == ["ref", "part-1"]


def test_a_migration_makes_the_status_again_by_the_rules_of_today(run: Run, tmp_path: Path) -> None:
    """A register that lists Italy alone saw the Energy Charter Treaty end for certain when Italy left."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((RELEASED / "0005.db.gz").read_bytes()))
    assert run("--store", path, "store", "migrate").code == 0
    told = run("--store", path, "status", "it-treaty-1994", "--as-of", "2017-01-01", "-f", "csv").out.splitlines()
    assert told[1].startswith("it-treaty-1994,instrument,,terminated,false,in_force; terminated,1998-04-16,")
    assert told[2].startswith("it-treaty-1994,party,ITA,withdrawn,true,withdrawn,1998-04-16,2016-01-01,")
    assert run("--store", path, "store", "check").code == 0


def test_a_store_is_made_once(tmp_path: Path) -> None:
    """The second call finds it there; a name that is a link makes the file that it points to."""
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    assert migrate.status(tmp_path / "link.db").state == "absent"
    assert migrate.initialise(tmp_path / "link.db")
    assert not migrate.initialise(tmp_path / "real.db")
    assert migrate.status(tmp_path / "real.db").state == "current"
    assert (tmp_path / "link.db").is_symlink()


def refuse_links(*_: object) -> None:
    raise PermissionError(errno.EPERM, "hard links are not known here")


def test_of_two_that_make_a_store_without_hard_links_one_wins(
    new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renaming overwrites: the second must not put its empty store in the place of one that holds a change."""
    arrived: list[Path] = []
    rename = Path.rename

    def slow_rename(self: Path, target: Path) -> Path:
        arrived.append(self)
        for _ in range(30):  # asked again and again, since under a shifted clock a timed wait for a lock has no end
            if len(arrived) < 2:
                time.sleep(0.01)
        return rename(self, target)

    monkeypatch.setattr("os.link", refuse_links)
    monkeypatch.setattr(Path, "rename", slow_rename)
    monkeypatch.setattr(migrate, "_write_new", partial(shutil.copy, new_store))  # Alembic knows no threads
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(migrate.initialise, [tmp_path / "store.db"] * 2))
    assert sorted(made) == [False, True]
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]
    assert migrate.status(tmp_path / "store.db").state == "current"


def test_a_lock_that_a_killed_process_left_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", refuse_links)
    monkeypatch.setattr("tracker.read.file.connection.BUSY_SECONDS", 0.01)
    lock = tmp_path / ".store.db.lock"
    lock.touch()
    with pytest.raises(StoreUnwritable, match=f"remove {lock}"):
        migrate.initialise(tmp_path / "store.db")
    assert list(tmp_path.iterdir()) == [lock]


def test_nothing_is_done_to_a_store_that_is_up_to_date(filled: Path) -> None:
    before = dump(filled)
    done = migrate.upgrade(filled)
    assert (done.before, done.after, done.backup) == (REVISION, REVISION, None)
    assert dump(filled) == before


def test_a_step_that_rebuilds_a_table_keeps_its_children(filled: Path, next_step: Step) -> None:
    """Batch mode drops the table that foreign keys lead to; the store before it lies in the named backup."""
    next_step(REBUILD)
    before = dump(filled)
    done = migrate.upgrade(filled)
    assert (done.before, done.after) == (REVISION, NEXT)
    assert done.backup is not None
    assert dump(done.backup) == before
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM participations").fetchone() == (1,)
        assert connection.execute("SELECT weight FROM agreement").fetchall() == [(None,), (None,)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "body",
    [
        REBUILD + "    raise RuntimeError('halfway')",
        REBUILD + "    op.execute(\"DELETE FROM agreement WHERE ref = 'a'\")",
    ],
)
def test_a_step_that_fails_leaves_the_store_as_it_was(filled: Path, next_step: Step, body: str) -> None:
    """An error halfway, or rows that would refer to nothing; the backup stays."""
    next_step(body)
    before = dump(filled)
    with pytest.raises((RuntimeError, StoreProblem)):
        migrate.upgrade(filled)
    assert dump(filled) == before
    assert len(list(filled.parent.glob("*.backup"))) == 1


def test_views_of_the_users_own_outlive_a_migration(filled: Path, next_step: Step) -> None:
    """What no longer fits is named, and does not stand in the way."""
    next_step('op.drop_table("mine")')
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("CREATE VIEW bilateral AS SELECT ref FROM agreements WHERE party_count = 2")
        connection.execute("CREATE TABLE mine (a)")
        connection.execute("CREATE TRIGGER on_mine AFTER INSERT ON mine BEGIN SELECT 1; END")
    assert migrate.upgrade(filled).left_out == ("on_mine",)
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("SELECT count(*) FROM bilateral").fetchone() == (0,)


def test_a_view_of_the_users_own_may_have_any_name(filled: Path, next_step: Step) -> None:
    """Quotation marks too, which SQL doubles."""
    next_step("pass")
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute('CREATE VIEW "my ""best"" view" AS SELECT ref FROM agreements')
        connection.execute("CREATE TABLE mine (a)")
        connection.execute('CREATE TRIGGER "on ""mine""" AFTER INSERT ON mine BEGIN SELECT 1; END')
    assert migrate.upgrade(filled).left_out == ()
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute('SELECT count(*) FROM "my ""best"" view"').fetchone() == (2,)


def test_built_in_parties_come_up_to_date_and_edited_ones_stay(filled: Path, next_step: Step) -> None:
    next_step("pass")
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE party SET name = 'Burma', builtin = 0 WHERE code = 'MMR'")
        connection.execute("UPDATE party SET name = 'Nippon' WHERE code = 'JPN'")
        connection.commit()
    migrate.upgrade(filled)
    with closing(sqlite3.connect(filled)) as connection:
        names = connection.execute("SELECT name FROM parties WHERE code IN ('JPN', 'MMR') ORDER BY code").fetchall()
    assert names == [("Japan",), ("Burma",)]


def test_what_cannot_be_migrated_is_refused(tmp_path: Path, store: Path) -> None:
    with pytest.raises(StoreAbsent):
        migrate.upgrade(tmp_path / "nothing.db")
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(StoreForeign):
        migrate.upgrade(tmp_path / "foreign.db")
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert migrate.status(store).state == "newer"
    with pytest.raises(StoreNewer):
        migrate.upgrade(store)
