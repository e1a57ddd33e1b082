"""All agreements looked through table by table: what is not as it would be written is doubted, cell by cell."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.store.file.session import transaction
from tracker.store.rows.record_rows import COLUMNS
from tracker.store.write import derivation, whole_store
from tracker.store.write.change import Change

OTHER = ("NULL", "''", "7", "'[ ]'", "'{\"b\":1}'", "'1999'")
"""What cells are made to hold."""


@pytest.fixture(scope="module")
def change(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Change]:
    """A change of a copy of the samples, without triggers and references, never kept."""
    path = Path(shutil.copy(sample_store, tmp_path_factory.mktemp("whole") / "register.db"))
    with transaction(path, actor="tester", command="test", dry_run=True) as writer:
        connection = writer.change.connection
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield writer.change
        connection.execute("ROLLBACK")
        connection.execute("BEGIN")


def owner(change: Change, table: str) -> int | None:
    """Return an agreement that has rows in a table and is not doubted as it stands."""
    sql = f"SELECT {COLUMNS[table][0]} FROM {table} GROUP BY 1 ORDER BY count(*) DESC"
    owners = [row[0] for row in change.connection.execute(sql)]
    return next((one for one in owners if not whole_store.doubtful(change, whole_store.page(change, one, one))), None)


def differs(change: Change, agreement: int) -> bool:
    """Tell whether the record as a whole, taken apart again, is otherwise than the rows, or cannot be read at all."""
    try:
        return bool(list(derivation.plans(change, [agreement])))
    except Exception:  # noqa: BLE001 - whatever the rules make of a cell that is nothing like it should be
        return True


def spoilt(change: Change, statement: str, agreement: int) -> str | None:
    """Return what is wrong after a statement: nothing is doubted though the record says otherwise."""
    connection = change.connection
    connection.execute("SAVEPOINT spoilt")
    try:
        connection.execute(statement)
    except sqlite3.IntegrityError:  # SQLite does not take it, so it is never there
        connection.execute("RELEASE spoilt")
        return None
    try:
        held = whole_store.page(change, agreement, agreement)
        if held["agreement"] and agreement not in whole_store.doubtful(change, held) and differs(change, agreement):
            return statement
    finally:
        connection.execute("ROLLBACK TO spoilt")
        connection.execute("RELEASE spoilt")
    return None


@pytest.mark.sampled(20)
@pytest.mark.parametrize("table", COLUMNS)
def test_no_cell_can_be_otherwise_unnoticed(table: str, change: Change) -> None:
    agreement = owner(change, table)
    if agreement is None:
        pytest.skip(f"no sample has rows in {table}")
    key = COLUMNS[table][0]
    statements = [
        f"UPDATE {table} SET {column} = {value} WHERE {key} = {agreement}{some}"
        for column in COLUMNS[table][1:]
        for value in OTHER
        for some in ("", f" AND {column} IS (SELECT max({column}) FROM {table} WHERE {key} = {agreement})")
    ]
    if table != "agreement":
        statements.append(f"DELETE FROM {table} WHERE {key} = {agreement}")
        for column in COLUMNS[table][1:]:
            most = f"(SELECT max({column}) FROM {table} WHERE {key} = {agreement})"
            statements.append(f"DELETE FROM {table} WHERE {key} = {agreement} AND {column} IS {most}")
            names = ", ".join(COLUMNS[table])
            more = names.replace(column, f"{column} || '1'", 1) if column != key else names
            statements.append(f"INSERT INTO {table} ({names}) SELECT {more} FROM {table} WHERE {key} = {agreement}")
    assert [done for done in (spoilt(change, one, agreement) for one in statements) if done] == []


def test_what_the_program_wrote_is_not_doubted(change: Change) -> None:
    """Only sources of what has no number are looked at in the whole record."""
    cited = "SELECT DISTINCT agreement_id FROM citation WHERE owner GLOB '*[.[]*'"
    expected = {row[0] for row in change.connection.execute(cited)}
    found = [one for page in whole_store.pages(change) for one in whole_store.doubtful(change, page)]
    assert set(found) <= expected
    assert list(derivation.plans(change, found)) == []


@pytest.mark.parametrize("table", COLUMNS)
def test_rows_are_read_in_the_order_of_their_keys(table: str, change: Change) -> None:
    plan = change.connection.execute(f"EXPLAIN QUERY PLAN {whole_store.statement(table)}", (1, 2))
    steps = [row[-1] for row in plan]
    assert len(steps) == 1, steps
    assert steps[0].startswith(f"SEARCH {table} USING"), steps
