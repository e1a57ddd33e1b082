"""Changes that other programs make to the file, with SQL alone: in the log, asked for, taken back."""

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from made_records import agreement, relation, thing
from store_states import asked, commands, exported, last_instant

from tracker.store.file.session import transaction
from tracker.store.file.soundness import check, fix
from tracker.store.schema.triggers import OUTSIDE
from tracker.store.undo import undo


def columns(table: str, *without: str) -> str:
    """The columns of a table, as a person would write them out."""
    found = {
        "agreement": "id, ref, title, short_title, title_term, aliases, titles, instrument_type, binding_status, terms,"
        " text_access, languages, open_questions, notes, extra, last_evidence, last_signatory, last_event, last_claim,"
        " revision, signed, signed_earliest, signed_latest, signed_uncertain, expires_uncertain, party_codes,"
        " party_count, views_differ",
        "event": "agreement_id, number, position, kind, date, date_earliest, date_latest, date_uncertain,"
        " effective_uncertain, places, since",
    }[table]
    return ", ".join(name for name in found.split(", ") if name not in without)


EVENT, WHOLE_EVENT = columns("event", "since"), columns("event")
AGREEMENT = columns("agreement", "id")
RETITLED = AGREEMENT.replace("title", "'X'", 1)
OTHER_KIND = "'other'"

STATEMENTS = {
    "insert": ["INSERT INTO identifier (agreement_id, scheme, value) VALUES (1, 'TIAS', '1')"],
    "insert of a row copied whole, with since": [
        f"INSERT INTO event ({WHOLE_EVENT}) SELECT {WHOLE_EVENT.replace('number', '7')} FROM event WHERE number = 1"
    ],
    "update": ["UPDATE agreement SET title = 'Outside' WHERE ref = 'a'"],
    "update of many rows": ["UPDATE event SET note = 'seen'"],
    "update that says the same": ["UPDATE agreement SET title = title WHERE ref = 'b'"],
    "update that forgets its change": ["UPDATE agreement SET title = 'X', since = NULL WHERE ref = 'a'"],
    "upsert": [
        "INSERT INTO source (id, title, kind) VALUES ('s', 'N', 'news') ON CONFLICT (id) DO UPDATE SET title = 'N'"
    ],
    "delete": ["DELETE FROM event WHERE agreement_id = 1"],
    "delete of all": ["DELETE FROM event"],
    "replace by key": [f"INSERT OR REPLACE INTO event ({EVENT}) SELECT {EVENT.replace('kind', OTHER_KIND)} FROM event"],
    "replace by key with since": [
        f"INSERT OR REPLACE INTO event ({WHOLE_EVENT}) SELECT {WHOLE_EVENT.replace('kind', OTHER_KIND)} FROM event"
    ],
    "replace by ref": [
        f"INSERT OR REPLACE INTO agreement ({AGREEMENT}) SELECT {RETITLED} FROM agreement WHERE ref = 'c'"
    ],
    "update or replace": ["UPDATE OR REPLACE event SET number = 2 WHERE agreement_id = 1 AND number = 1"],
    "change of a key": ["UPDATE event SET number = number + 10 WHERE agreement_id = 1"],
    "change of a ref": ["UPDATE agreement SET ref = 'z' WHERE ref = 'c'"],
    "several in one transaction": [
        "BEGIN",
        "UPDATE agreement SET title = 'One' WHERE ref = 'a'",
        "DELETE FROM event WHERE agreement_id = 2",
        "UPDATE agreement SET title = 'Two' WHERE ref = 'a'",
        "COMMIT",
    ],
}


@pytest.fixture
def filled(store: Path) -> Path:
    """A register of three agreements, made by two changes."""
    events = [{"kind": "signed", "date": "2020-01-02"}, {"kind": "ratified", "date": "2021"}]
    with transaction(store, actor="a", command="tracker first") as writer:
        writer.put_object("source", thing("source", id="s", title="S", kind="news"))
        writer.put_agreement(agreement("a", parties=[{"code": "USA"}], events=events))
        writer.put_agreement(agreement("b", events=events, relations=[relation("updates", "a")]))
        writer.put_agreement(agreement("c"))
    with transaction(store, actor="a", command="tracker second") as writer:
        writer.put_agreement(agreement("a", title="Changed", parties=[{"code": "USA"}], events=events))
    return store


def outside(store: Path, statements: Sequence[str]) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
            time.sleep(0.002)  # SQLite's clock counts milliseconds


def take_back(store: Path, number: int | None = None) -> None:
    with transaction(store, actor="a", command="tracker undo") as writer:
        undo(writer.change, number)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", STATEMENTS)
def test_what_another_program_does_is_kept_as_what_it_did(filled: Path, name: str) -> None:
    statements = STATEMENTS[name]
    before, moment, known = exported(filled), last_instant(filled), commands(filled)
    outside(filled, statements)
    entered = commands(filled)[len(known) :]
    assert entered == [OUTSIDE] * (3 if "BEGIN" in statements else 1)
    after, later = exported(filled), last_instant(filled)
    assert later > moment
    assert exported(filled, moment) == before
    assert exported(filled, later) == after
    assert [finding for finding in check(filled) if finding.check == "history"] == []
    for _ in entered:
        take_back(filled)
    assert exported(filled) == before
    assert exported(filled, later) == after
    assert check(filled) == []


LONGEST_TEXT = 90_000
"""Characters of all views and triggers; each read spends some 300 instructions on each."""


def test_every_connection_reads_the_triggers_so_they_are_short(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        sql = "SELECT sum(length(sql)) FROM sqlite_master WHERE type IN ('view', 'trigger')"
        assert connection.execute(sql).fetchone()[0] < LONGEST_TEXT


def test_two_statements_are_two_changes_each_taken_back_alone(filled: Path) -> None:
    outside(filled, ["UPDATE agreement SET title = 'One' WHERE ref = 'a'"])
    between = exported(filled)
    outside(filled, ["UPDATE agreement SET title = 'Two' WHERE ref = 'b'"])
    take_back(filled)
    assert exported(filled) == between


def test_the_sqlite3_shell_is_another_program(filled: Path) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("no sqlite3 shell here")
    before, moment = exported(filled), last_instant(filled)
    sql = "UPDATE agreement SET title = 'Shell' WHERE ref = 'a'; DELETE FROM event WHERE agreement_id = 1;"
    subprocess.run(["sqlite3", str(filled), sql], check=True)
    assert set(commands(filled)[2:]) == {OUTSIDE}
    assert exported(filled) != before
    assert exported(filled, moment) == before
    for _ in commands(filled)[2:]:
        take_back(filled)
    assert exported(filled) == before
    assert check(filled) == []


def test_a_deleted_span_comes_back_with_the_undo(filled: Path) -> None:
    """What the rules make is made again, not put back."""
    outside(filled, ["DELETE FROM span"])
    assert {finding.check for finding in check(filled)} == {"derived rows"}
    take_back(filled)
    assert check(filled) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT OR IGNORE INTO event ({EVENT}) SELECT {EVENT} FROM event",
        "UPDATE OR IGNORE event SET number = 2 WHERE number = 1",
    ],
)
def test_what_was_ignored_is_found_and_mended(filled: Path, statement: str) -> None:
    before, moment = exported(filled), last_instant(filled)
    outside(filled, [statement])
    assert {(finding.check, finding.fixable) for finding in check(filled)} == {("history", True)}
    with transaction(filled, actor="a", command="tracker store check --fix") as writer:
        fix(writer.change)
    assert check(filled) == []
    assert exported(filled) == exported(filled, moment) == before


def test_what_was_ignored_is_mended_also_after_the_row_was_changed(filled: Path) -> None:
    before, moment = exported(filled), last_instant(filled)
    outside(filled, [f"INSERT OR IGNORE INTO event ({EVENT}) SELECT {EVENT} FROM event", "DELETE FROM event"])
    with transaction(filled, actor="a", command="tracker store check --fix") as writer:
        fix(writer.change)
    assert check(filled) == []
    assert exported(filled, moment) == before


def test_a_clock_set_back_never_sets_the_log_back(filled: Path) -> None:
    asked_for = "2999-12-31T23:59:59.999999Z"
    outside(filled, [f"UPDATE change SET at = '{asked_for}' WHERE id = 2"])
    outside(filled, ["UPDATE agreement SET title = 'Outside' WHERE ref = 'a'"])
    with transaction(filled, actor="a", command="tracker third") as writer:
        writer.put_agreement(agreement("d"))
    outside(filled, ["UPDATE agreement SET title = 'Again' WHERE ref = 'd'"])
    moments = [row[0] for row in asked(filled, "SELECT at FROM change ORDER BY id")]
    assert moments[2:] == [f"3000-01-01T00:00:00.00000{number}Z" for number in (0, 1, 2)]
    assert "history" not in {finding.check for finding in check(filled)}


def test_a_row_inserted_by_another_program_is_no_part_of_an_earlier_time(filled: Path) -> None:
    moment = last_instant(filled)
    outside(filled, ["INSERT INTO identifier (agreement_id, scheme, value) VALUES (1, 'TIAS', '1')"])
    assert asked(filled, "SELECT since FROM identifier") == [(3,)]
    assert asked(filled, "SELECT count(*) FROM identifier_past") == [(0,)]
    assert exported(filled, moment) != exported(filled)
