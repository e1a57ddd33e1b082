"""``store check`` finds what is not as it should be, and ``--fix`` mends what can be made again."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from running import ROOT, Run, called

FIXED = {
    "integrity: an index that lacks its rows": "DROP INDEX ix_source_kind; CREATE INDEX ix_source_kind ON source (kind)"
    " WHERE 0; PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '')",
    "schema": "DROP TRIGGER event_removed",
    "schema: a view": "DROP VIEW events",
    "schema: another text": "DROP VIEW families; CREATE VIEW families AS SELECT 1 AS id",
    "history": "INSERT OR IGNORE INTO agreement_focus (agreement_id, code) VALUES ((SELECT id FROM agreement"
    " WHERE ref = 'us-jp-rdte-mou-2023'), 'hypersonic_defence')",
    "derived rows": "DELETE FROM span WHERE agreement_id = (SELECT agreement_id FROM span LIMIT 1)",
    "derived rows: signed": "UPDATE agreement SET signed = '1999', signed_earliest = '1999-01-01'",
    "derived rows: own fields": "INSERT INTO own_field (agreement_id, name, folded) VALUES (1, 'x', 'y')",
    "names": "DELETE FROM party_key WHERE code = 'JPN' AND folded = 'japan'",
    "names: too many": "INSERT INTO person_key (folded, person_id) VALUES ('x', 'hamada-yasukazu')",
    "search index": "DELETE FROM search_index WHERE rowid = 1",
    "search index: another text": "UPDATE search_index SET title = 'x' WHERE rowid = 2",
    "search index: too many": "INSERT INTO search_index (rowid, title) VALUES (99999, 'x')",
}
"""What is done to a store, by the check that finds it."""

LEFT = {
    "references": "PRAGMA foreign_keys = OFF; DELETE FROM source",
    "history: a change": "DELETE FROM change",
    "history: time": "INSERT INTO change (at, actor, command) VALUES ('1999-01-01T00:00:00.000000Z', 'a', 'c')",
    "history: no end": "UPDATE event SET note = 'x'; UPDATE event_past SET until = since",
    "history: a future": "UPDATE event SET note = 'x'; UPDATE event_past SET until = 99",
    "history: overlap": "UPDATE event SET note = 'x'; INSERT INTO event_past SELECT * FROM event_past LIMIT 0;"
    " UPDATE change SET command = 'c' WHERE id = 2; UPDATE event SET note = 'y'; UPDATE event_past SET since = 1"
    " WHERE until = 3; UPDATE event_past SET since = 0 WHERE until = 3",
}
"""What only a backup mends."""


@pytest.fixture(scope="module")
def small_store(blank_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the samples."""
    path = Path(shutil.copy(blank_store_file, tmp_path_factory.mktemp("small") / "register.db"))
    sample = ROOT / "samples" / "us-japan-2023.json"
    assert called(["--no-config", "--store", str(path), "--actor", "tester", "import", str(sample)], b"")[0] == 0
    return path


@pytest.fixture
def store(small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copy(small_store, tmp_path / "register.db"))
    monkeypatch.setenv("TRACKER_STORE", str(path))
    return path


def wreck(store: Path, script: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(script)


def found(run: Run, *more: str) -> tuple[int, set[str]]:
    done = run("store", "check", "-f", "json", *more)
    return done.code, {row["check"] for row in json.loads(done.out)["rows"]}


def test_a_sound_store(store: Path, run: Run) -> None:
    before = run("log", "-f", "json").out
    assert found(run) == (0, set())
    assert found(run, "--fix") == (0, set())
    assert run("log", "-f", "json").out == before


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", FIXED)
def test_what_can_be_made_again_is_mended(store: Path, run: Run, name: str) -> None:
    before = run("export").out
    wreck(store, FIXED[name])
    check = name.partition(":")[0]
    code, checks = found(run)
    assert (code, check in checks) == (1, True)
    assert check == "schema" or checks == {check}
    assert found(run, "--fix") == (0, set())
    assert found(run) == (0, set())
    assert run("export").out == before
    assert json.loads(run("log", "-f", "json").out)["rows"][0]["command"] == "tracker store check -f json --fix"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", LEFT)
def test_what_cannot_be_mended_is_told(store: Path, run: Run, name: str) -> None:
    wreck(store, LEFT[name])
    code, checks = found(run)
    assert (code, name.partition(":")[0] in checks) == (1, True)


def test_damage_is_told_before_anything_else(store: Path, run: Run) -> None:
    """An index that does not hold what its table holds, as after a bad sector."""
    wreck(store, "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'ix_source_kind'")
    done = run("store", "check", "-f", "json")
    assert done.code in (1, 3)
    assert {row["check"] for row in json.loads(done.out)["rows"]} == {"integrity"}
    assert "tracker store restore FILE" in done.err


def test_an_index_cannot_be_made_of_what_is_there_twice(store: Path, run: Run) -> None:
    wreck(
        store,
        "CREATE TABLE kept AS SELECT * FROM agreement_focus; CREATE UNIQUE INDEX one ON kept (code) WHERE 0;"
        " PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, ' WHERE 0', '') WHERE name = 'one'",
    )
    done = run("store", "check", "--fix")
    assert done.code == 3
    assert "UNIQUE" in done.err
    assert "restore a backup" in done.err


def test_views_and_triggers_of_the_users_own_stay(store: Path, run: Run) -> None:
    wreck(store, "CREATE VIEW mine AS SELECT ref FROM agreements; DROP TRIGGER event_removed")
    assert found(run, "--fix") == (0, set())
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT count(*) FROM mine").fetchone()[0] > 0


def test_there_is_nothing_to_check(run: Run, tmp_path: Path) -> None:
    assert run("--store", tmp_path / "none.db", "store", "check").code == 3
