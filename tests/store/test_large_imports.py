"""What a large import puts aside while it writes, and that it is all there afterwards."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from made_records import agreement, relation, thing
from store_changes import Begin

from tracker.errors import Duplicate
from tracker.store.file.session import transaction
from tracker.store.rows.table_rows import KEYS
from tracker.store.schema import indexes
from tracker.store.validation.models import validate
from tracker.store.write import bulk
from tracker.store.write.change import Marks
from tracker.work.taking import Order, Plan, take

MADE = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY type, name"
ASKED = "SELECT ref FROM agreement INDEXED BY ix_agreement_binding WHERE binding_status = 'binding' ORDER BY ref"


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)


def documents(number: int, first: int = 0) -> list[dict[str, Any]]:
    two = [{"code": "USA"}, {"code": "JPN"}]
    events = [{"kind": "signed", "date": "2020-01-02"}, {"kind": "entered_into_force", "date": "2021"}]
    return [
        agreement(f"a-{at}", binding_status="binding", parties=two, events=events)
        for at in range(first, first + number)
    ]


def asked(store: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(sql).fetchall()


def test_the_indexes_of_an_import_into_an_empty_store_are_made_at_its_end(begin: Begin, store: Path) -> None:
    before = asked(store, MADE)
    seen: list[str] = []
    with begin() as writer:
        writer.change.connection.set_trace_callback(seen.append)
        list(bulk.load(writer, documents(7)))
        writer.change.connection.set_trace_callback(None)
    dropped = [at for at, sql in enumerate(seen) if sql.startswith("DROP INDEX ix_span_status")]
    written = [at for at, sql in enumerate(seen) if sql.startswith("INSERT INTO span")]
    made = [at for at, sql in enumerate(seen) if sql.startswith("CREATE INDEX ix_span_status")]
    assert dropped < written[:1]
    assert written[-1:] < made
    assert asked(store, MADE) == before
    assert asked(store, ASKED) == [(f"a-{at}",) for at in range(7)]
    assert asked(store, "PRAGMA integrity_check") == [("ok",)]


def test_a_store_that_its_first_import_makes_is_written_once_and_keeps_a_log_from_then_on(tmp_path: Path) -> None:
    """Also where the writer has to let go of pages before the end; a large change of what is there goes to the log."""
    store = tmp_path / "new.db"
    for first, beside in ((0, {"-journal"}), (7, {"-wal", "-shm"})):
        with transaction(store, actor="a", command="c") as writer:
            writer.change.connection.execute("PRAGMA cache_size = 10")
            list(bulk.load(writer, documents(7, first)))
            names = {path.name.partition(".db")[2] for path in tmp_path.iterdir() if path.name.startswith("new.db")}
            aside = {path.name.rpartition(".new")[2] for path in tmp_path.iterdir() if path.name.startswith(".new.db.")}
            assert (names or aside) - {"", "first"} >= beside
    assert asked(store, "PRAGMA journal_mode") == [("wal",)]
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]
    assert len(asked(store, ASKED)) == 14


def test_a_store_that_holds_agreements_keeps_its_indexes_all_the_while(begin: Begin, store: Path) -> None:
    with begin() as writer:
        writer.put_agreement(agreement("first"))
    seen: list[str] = []
    with begin() as writer:
        writer.change.connection.set_trace_callback(seen.append)
        list(bulk.load(writer, documents(7)))
        writer.change.connection.set_trace_callback(None)
    assert [sql for sql in seen if "INDEX" in sql] == []
    assert len(asked(store, ASKED)) == 7


def test_an_import_that_fails_leaves_the_indexes_as_they_were(begin: Begin, store: Path) -> None:
    before = asked(store, MADE)
    with pytest.raises(Duplicate), begin() as writer:
        list(bulk.load(writer, [*documents(7), *documents(1)]))
    assert asked(store, MADE) == before
    assert asked(store, "SELECT count(*) FROM agreement") == [(0,)]


def test_indexes_by_which_a_write_looks_for_rows_stay(store: Path) -> None:
    """A new party, person, family or source is looked for among the rows that wait for it, a row among all others."""
    with closing(sqlite3.connect(store)) as connection:
        spared = indexes.spared(connection)
        every = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'ix%'")}
    assert {name for name in every - spared.keys() if name.startswith("ix_relation")} == {
        "ix_relation_target", "ix_relation_type",
    }  # fmt: skip
    assert {"ix_participation_code", "ix_signatory_person", "ix_citation_source"} <= every - spared.keys()
    assert "ix_agreement_parties" not in spared
    assert {"ix_agreement_signed", "ix_span_status", "ix_event_kind"} <= spared.keys()


def test_rows_of_a_sheet_behind_documents_are_looked_for_by_an_index(begin: Begin, tmp_path: Path) -> None:
    """Each is looked for among all that came before it."""
    rows, sheet = tmp_path / "rows.ndjson", tmp_path / "sheet.csv"
    rows.write_text("".join(f"{json.dumps(document)}\n" for document in documents(5)))
    sheet.write_text("title,parties,signed\nArrangement on parts,JPN; USA,2023\nArrangement on ropes,JPN,2024\n")
    seen: list[str] = []
    with begin() as writer:
        connection = writer.change.connection
        connection.set_trace_callback(seen.append)
        take(writer, Order([rows, sheet], "2026-11-22"), Plan())
        connection.set_trace_callback(None)
        for name in indexes.spared(connection):
            connection.execute(f"DROP INDEX {name}")
        dropped = next(at for at, sql in enumerate(seen) if sql.startswith("DROP INDEX"))
        made = next(at for at, sql in enumerate(seen) if sql.startswith("CREATE INDEX"))
        alike = [sql for sql in seen[dropped:made] if "party_codes = " in sql]
        steps = [row[3] for sql in alike for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert len(alike) == 2
    assert [step for step in steps if step.startswith("SCAN")] == []


def test_of_what_an_import_wrote_no_name_is_kept(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever relates to another, ended with its whole, or waits for its words: memory does not grow with it."""
    for module in ("change", "search_index"):
        monkeypatch.setattr(f"tracker.store.write.{module}.FEW", 4)

    def held(number: int) -> dict[str, int]:
        people = [thing("person", id=f"p-{at}", name=f"Signatory {at}") for at in range(number)]
        ended = [{"kind": "signed", "date": "2020-01-02"}, {"kind": "terminated", "date": "2021"}]
        chain = [
            agreement(
                f"a-{at}",
                events=ended,
                signatories=[{"person": f"p-{at}"}],
                relations=[relation(kind, f"a-{at - 1}") for kind in ("amends", "supersedes", "implements") if at],
            )
            for at in range(number)
        ]
        with begin(dry_run=True) as writer:
            list(bulk.load(writer, [*chain, *people]))
            writer.finish()
            kept = vars(writer.change).items()
            return {name: len(value) for name, value in kept if isinstance(value, (dict, list, set))}

    assert held(60) == held(30)


def test_parts_of_parts_of_what_ended_cost_no_more_than_their_number(begin: Begin, store: Path) -> None:
    def statements(number: int) -> int:
        chain = documents(number, 1)
        for at, document in enumerate(chain):
            document["relations"] = [relation("amends", f"a-{at}")]
        ended = agreement("a-0", events=[*chain[0]["events"], {"kind": "terminated", "date": "2022-03-04"}])
        seen: list[str] = []
        with begin(dry_run=True) as writer:
            list(bulk.load(writer, [*(validate(item, item["ref"]) for item in reversed(chain)), ended]))
            writer.change.connection.set_trace_callback(seen.append)
            writer.finish()
            writer.change.connection.set_trace_callback(None)
            over = writer.reader.tuples("SELECT DISTINCT agreement_id FROM spans WHERE status = 'terminated'")
            assert len(over) == number + 1
        return len(seen)

    assert statements(48) < 2.2 * statements(24)


def test_marks_tell_rows_apart_however_far_they_lie() -> None:
    """Another program may number rows as it likes."""
    marks = Marks()
    numbers = (1, 70_000, 2**40, 2**63 - 1, -1, -70_000, -(2**63))
    for mark, number in enumerate(numbers, 1):
        marks[number] = mark
    assert [marks[number] for number in numbers] == [1, 2, 3, 4, 5, 6, 7]
    assert [marks[number] for number in (0, 2, 69_999, 70_001, 10**6, 2**40 + 1, -2, -4096)] == [0] * 8


def test_rows_far_off_are_taken_again(begin: Begin, store: Path) -> None:
    people = [thing("person", id=f"p-{at}", name=f"Signatory {at}") for at in range(2)]
    with begin() as writer:
        list(bulk.load(writer, people))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE person SET rowid = 2 * rowid * 1099511627776 WHERE id = 'p-0'")
        connection.execute("UPDATE person SET rowid = -7 WHERE id = 'p-1'")
        connection.commit()
    with begin() as writer:
        assert [outcome.what for outcome in bulk.load(writer, [*people, *people])] == ["unchanged"] * 4


def test_the_same_again_goes_through_no_table(begin: Begin) -> None:
    """What is stored of each record is looked up by its key, and a person's spellings by the spelling."""
    people = [thing("person", id=f"p-{at}", name=f"Signatory {at}") for at in range(4)]
    families = [thing("family", id=f"f-{at}", name=f"Family {at}") for at in range(2)]
    with begin() as writer:
        list(bulk.load(writer, [*people, *families, *documents(7)]))
    renamed = {**people[1], "aliases": ["Signatory One"]}
    seen: list[str] = []
    with begin() as writer:
        connection = writer.change.connection
        connection.set_trace_callback(seen.append)
        outcomes = list(bulk.load(writer, [people[0], renamed, *families, *documents(7)]))
        connection.set_trace_callback(None)
        steps = [
            (row[3], sql)
            for sql in seen
            if sql.startswith("SELECT") and not sql.endswith("LIMIT 1")
            for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        ]
        found = connection.execute("SELECT person_id FROM person_key WHERE folded = 'signatory one'").fetchall()
    assert [outcome.what for outcome in outcomes if outcome.what != "unchanged"] == ["changed"]
    assert found == [("p-1",)]
    assert [(step, sql) for step, sql in steps if step.startswith("SCAN") and step.split()[1] in KEYS] == []
