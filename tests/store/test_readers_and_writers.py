"""Readers and writers open a store by the same rules."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store_changes import Begin

from tracker.errors import StoreForeign, StoreNewer, StoreOutdated, TrackerError
from tracker.read.file import connection
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.record import document as record
from tracker.store.file.session import transaction
from tracker.store.write import references


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        ("PRAGMA application_id = 7", StoreForeign),
        ("UPDATE alembic_version SET version_num = '9999'", StoreNewer),
        ("UPDATE alembic_version SET version_num = '0000'", StoreOutdated),
        (None, StoreForeign),
    ],
)
def test_readers_and_writers_refuse_a_store_in_the_same_words(
    store: Path, damage: str | None, error: type[TrackerError]
) -> None:
    if damage is None:
        store.write_bytes(b"")
    else:
        with closing(sqlite3.connect(store)) as other:
            other.execute(damage)
            other.commit()
    with pytest.raises(error) as when_read:
        open_store(StoreLocation(store, named=True))
    with pytest.raises(error) as when_written, transaction(store, actor="a", command="c"):
        pass
    assert str(when_read.value) == str(when_written.value)


def test_readers_and_writers_wait_equally_long(begin: Begin, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.25)
    with begin() as writer, open_store(StoreLocation(store, named=True)) as reader:
        assert [asked.scalar("PRAGMA busy_timeout") for asked in (writer.reader, reader)] == [250, 250]


def test_what_names_an_object_is_said_once() -> None:
    assert references.IDENTITY is record.IDENTITY
