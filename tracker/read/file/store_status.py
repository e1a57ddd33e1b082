"""Where a store lies and how much it holds."""

from collections.abc import Iterator

from tracker.read.file.connection import REVISION, Reader
from tracker.read.file.location import StoreLocation
from tracker.table import Column, Table

COUNTED = {
    "agreements": "agreements",
    "parties": "parties",
    "people": "people",
    "families": "families",
    "focus areas": "focus_areas",
    "sources": "sources",
    "events": "event",
    "changes": "changes",
}
"""What is counted, and what holds it: of events the table, for the view looks up the agreement of each."""


def status(reader: Reader, location: StoreLocation) -> Table:
    """The store's place, whether it is there, its revision and size in bytes, and how many records it holds."""
    columns, rows = [Column("name"), Column("value")], list(_rows(reader, location))
    return Table("store status", columns, rows, title="Store", folded=True)


def _rows(reader: Reader, location: StoreLocation) -> Iterator[tuple[str, str]]:
    yield "path", str(location.path)
    yield "exists", "no" if reader.absent else "yes"
    yield "revision", REVISION
    if not reader.absent:
        yield "bytes", str(location.path.stat().st_size)
        last = reader.row("SELECT at, actor, command FROM changes ORDER BY id DESC LIMIT 1")
        if last:
            yield "last change", f"{last['at']} by {last['actor']}: {last['command']}"
    for name, view in COUNTED.items():
        yield name, str(reader.scalar(f"SELECT count(*) FROM {view}"))
