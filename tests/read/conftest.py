"""A store for the tests of reading: the tables of the schema, the published views, and rows shredded from documents."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from read_register import MOU, OBJECTS, OLD, SOSA, YEAR, Document

from tracker.read.file import schema
from tracker.read.file.connection import APPLICATION_ID, REVISION, Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.record.document import complete

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

Build = Callable[..., Path]


def _insert(connection: sqlite3.Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    for table, items in rows.items():
        for row in items:
            names = ", ".join(row)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in row)})", row)


@pytest.fixture(scope="session")
def blank_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once from the schema's own statements."""
    from sqlmodel import SQLModel, create_engine

    from tracker.store.schema import tables  # fills the metadata
    from tracker.store.write import search_index

    assert tables.Agreement.__tablename__ in SQLModel.metadata.tables
    path = tmp_path_factory.mktemp("blank") / "store.db"
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    connection = sqlite3.connect(path)
    connection.executescript(schema.script())
    connection.execute(search_index.DDL)
    connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def build(blank_store: Path, tmp_path: Path) -> Build:
    """Make a store that holds documents, at a path of its own."""

    def make(documents: list[Document], name: str = "store.db") -> Path:
        from tracker.store.rows.record_rows import shred, shred_object
        from tracker.store.write import search_index

        path = tmp_path / name
        path.write_bytes(blank_store.read_bytes())
        connection = sqlite3.connect(path)
        for number, document in enumerate(documents, start=1):
            whole = complete(document)
            if whole["record"] == "agreement":
                _insert(connection, shred(whole, number, revision=17))
                continue
            rows = shred_object(whole["record"], whole, [])
            for row in [*rows.get("party", []), *rows.get("focus_area", [])]:
                row["builtin"] = document.get("builtin", False)
            _insert(connection, rows)
        search_index.rebuild(connection)
        connection.commit()
        connection.close()
        return path

    return make


@pytest.fixture
def reader(build: Build) -> Iterator[Reader]:
    """A store with four agreements and the objects around them."""
    with open_store(StoreLocation(build([*OBJECTS, SOSA, MOU, OLD, YEAR]), named=True)) as opened:
        yield opened


@pytest.fixture(scope="session")
def rich_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of rich records, as the benchmarks ask it."""
    import rich_register

    path = tmp_path_factory.mktemp("rich") / "store.db"
    rich_register.make_store(path, rich_register.documents(150))
    return path
