"""Which files of this machine the sources of an agreement have: copies beside the store, or files elsewhere."""

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.read.file.connection import Reader
from tracker.record.types import Record
from tracker.table import Column, Row, Section, Table

if TYPE_CHECKING:
    from tracker.files.attached import Attached

HOLDERS = (
    "SELECT id, sha256, url, archive_url FROM sources WHERE id IN (SELECT value FROM json_each(:ids))"
    " AND (sha256 IS NOT NULL OR url LIKE 'file:%' OR archive_url LIKE 'file:%') ORDER BY id"
)
"""Sources that may have a file."""


def of_record(reader: Reader, store: Path, record: Record) -> "list[Attached]":
    """Return the files of the sources that a record as a whole rests on."""
    ids = [item["source"] for item in record["sources"]]
    held = [dict(row) for row in reader.rows(HOLDERS, {"ids": dumps(ids)})] if ids else []
    if not held:
        return []
    from tracker.files import attached

    return attached.of_sources(attached.folder(store), held)


def section(files: "list[Attached]") -> Iterator[Section]:
    """Yield the section of a page that tells them; none where there are none."""
    if not files:
        return
    columns = [Column("source", "code"), Column("file")]
    rows: list[Row] = [(file.source, str(file.path)) for file in files]
    if any(file.sha256 not in (None, file.path.stem) for file in files):  # a copy has it as its name
        columns.append(Column("SHA-256"))
        rows = [(*row, file.sha256) for row, file in zip(rows, files, strict=True)]
    yield Section("Files", table=Table("Files", columns, rows))
