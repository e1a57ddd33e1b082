"""What a register held, now or at a moment, told by a digest of its whole export."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.lists.export import export_documents
from tracker.read.query.filters import Filters


def exported(store: Path, known_at: str | None = None) -> str:
    """A digest of the whole export, as it is or as it was at an instant."""
    with open_store(StoreLocation(store, named=True, known_at=known_at)) as reader:
        lines = [json.dumps(one) for one in export_documents(reader, Filters(as_of="2026-11-22"))]
    return sha256("\n".join(lines).encode()).hexdigest()


def last_instant(store: Path) -> str:
    """When the last change was made."""
    return str(asked(store, "SELECT at FROM change ORDER BY id DESC LIMIT 1")[0][0])


def commands(store: Path) -> list[str]:
    """The commands of the log, the oldest first."""
    return [row[0] for row in asked(store, "SELECT command FROM change ORDER BY id")]


def asked(store: Path, sql: str, *binds: Any) -> list[tuple[Any, ...]]:
    """What a statement answers to another program."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(sql, binds).fetchall()
