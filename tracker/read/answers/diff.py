"""What changed in the register between two moments: the documents then and now, compared path by path.

Both ends are read as the register stood (``read/file/known_at.py``); the answer never depends on what happened later.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress, count, groupby
from json import dumps, loads
from operator import attrgetter
from typing import NamedTuple

from tracker.dates import ranges
from tracker.errors import NotFound, UnknownName
from tracker.query.arguments import FilterArguments
from tracker.read.answers.log import CHILDREN
from tracker.read.file.connection import Bound, Reader, Stored
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.query.filters import NOTHING, filters
from tracker.read.query.selection import Selection
from tracker.read.records import documents
from tracker.read.records.agreements import load
from tracker.read.records.assembly import IDS, Batch
from tracker.record.differences import differences
from tracker.record.document import IDENTITY
from tracker.record.types import Json, Record
from tracker.table import Column, LeftOut, Table

COLUMNS_SHOWN = (
    Column("record", "code"),
    Column("id", "code"),
    Column("title", "text"),
    Column("what", "code"),
    Column("path", "text"),
    Column("old", "text", "before"),
    Column("new", "text", "after"),
)


class Difference(NamedTuple):
    """One row: a path of a record that differs, or a record that is new or removed."""

    record: str
    id: str
    title: str | None
    what: str
    path: str | None = None
    old: str | None = None
    new: str | None = None


PAGE = 200
"""Agreements that are compared together."""

OBJECTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "focus_area": (("focus_area", "code"),),
    "party": (("party", "code"), ("party_member", "organisation")),
    "person": (("person", "id"),),
    "family": (("family", "id"), ("family_source", "family_id")),
    "source": (("source", "id"),),
}
"""Tables of each kind of object with the column that names it."""

AGREEMENT = (("agreement", "id"), *((table, "agreement_id") for table in CHILDREN if table != "span"))

Named = dict[str, Collection[Stored]]
"""What may have changed: ids of agreements, codes and ids of other objects, by kind."""

ROWS = 1_000
"""Keys that are read together."""


class Stretch(NamedTuple):
    """The changes between two moments: after the one, up to and with the other."""

    after: int
    upto: int

    @property
    def binds(self) -> dict[str, int]:
        """Return what conditions bind."""
        return {"after": self.after, "upto": self.upto}


def stretch(reader: Reader, then: str, until: str) -> Stretch:
    """Return the changes after the instant ``then`` and not after ``until``."""
    sql = "SELECT coalesce(max(id), 0) FROM changes WHERE at <= :at"
    return Stretch(reader.scalar(sql, {"at": then}) or 0, reader.scalar(sql, {"at": until}) or 0)


def touched(reader: Reader, changes: Stretch) -> Named:
    """Return what a stretch of changes wrote; from the log where it tells, else from the rows themselves."""
    sql = "SELECT subjects FROM changes WHERE id > :after AND id <= :upto"
    logged = [subjects for (subjects,) in reader.tuples(sql, changes.binds)]
    if None in logged:
        return _scanned(reader, changes)
    named: dict[str, set[Stored]] = {}
    for subjects in logged:
        for kind, key, _ in loads(subjects):
            named.setdefault(kind, set()).add(key)
    return {**named}


def _scanned(reader: Reader, changes: Stretch) -> Named:
    others = {kind: set(_written(reader, tables, changes)) for kind, tables in OBJECTS.items()}
    return {"agreement": _ids(_written(reader, AGREEMENT, changes)), **others}


def _written(reader: Reader, tables: Iterable[tuple[str, str]], changes: Stretch) -> Iterator[Stored]:
    """Yield the keys of the rows that a stretch of changes wrote, of each table for itself."""
    inside = "since > :after AND since <= :upto"
    for table, column in tables:
        for sql in (
            f"SELECT DISTINCT {column} FROM {table} WHERE {inside}",
            f"SELECT DISTINCT {column} FROM {table}_past WHERE ({inside}) OR (until > :after AND until <= :upto)",
        ):
            yield from (key for page in reader.pages(sql, changes.binds, ROWS) for (key,) in page)


def _ids(numbers: Iterable[int]) -> "array[int]":
    """Return numbers in order, each once, in eight bytes each: an import may have written every agreement."""
    marks = bytearray()
    for number in numbers:
        if number >= len(marks):
            marks.extend(bytes(number + 1))
        marks[number] = 1
    return array("q", compress(count(), marks))


def _in_order(numbers: Collection[int]) -> Sequence[int]:
    """Return numbers in order; an array, in which they stand so already, takes a fifth of the room of a list."""
    return numbers if isinstance(numbers, array) else sorted(numbers)


Seen = Callable[[Record], Record]
"""How a document looks to whoever is told what changed in it."""


class Differences:
    """What differs, a row a path: agreements first, each kind in the order of its keys; it can be gone through again.

    The rows wait in a file where they are many.
    """

    def __init__(self, before: Reader, after: Reader, named: Named, chosen: set[int] | None, seen: Seen = dict) -> None:
        """Compare what may have changed; ``chosen``: ids of the agreements that are asked for, None = all objects."""
        self.records = 0
        """How many records differ."""
        self._before, self._after, self._seen = before, after, seen
        self._rows = SortedRows(self._found(named, chosen))

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Difference]:
        """Yield the rows."""
        return map(Difference._make, self._rows.first())

    def _found(self, named: Named, chosen: set[int] | None) -> Iterator[tuple[Sequence[Bound], Difference]]:
        ids = named.get("agreement", ())
        wanted: Sequence[int] = sorted(chosen.intersection(ids)) if chosen is not None else _in_order(ids)
        kinds = [(self._agreements, wanted)]
        if chosen is None:
            kinds += [(partial(self._objects, kind), sorted(named.get(kind, ()))) for kind in OBJECTS]
        for place, (compared, keys) in enumerate(kinds):
            for start in range(0, len(keys), PAGE):
                for name, rows in groupby(compared(keys[start : start + PAGE]), key=attrgetter("id")):
                    self.records += 1
                    yield from (((place, name, number), row) for number, row in enumerate(rows))

    def _agreements(self, ids: Sequence[int]) -> Iterator[Difference]:
        """Compare agreements; of one that is there at one end alone nothing but the title is read."""
        old, new = (_called(reader, ids) for reader in (self._before, self._after))
        both = old.keys() & new.keys()
        was, is_now = (
            _documents(reader, [found[ref].id for ref in both], self._seen) if both else {}
            for reader, found in ((self._before, old), (self._after, new))
        )
        for ref in sorted({**old, **new}):
            if ref in both:
                yield from _changed("agreement", ref, was[ref], is_now[ref])
            else:
                there = new.get(ref) or old[ref]
                yield Difference("agreement", ref, there.title, "new" if ref in new else "removed")

    def _objects(self, kind: str, keys: Sequence[str]) -> Iterator[Difference]:
        old, new = (_objects(reader, kind, keys, self._seen) for reader in (self._before, self._after))
        for name in sorted({**old, **new}):
            if name in old and name in new:
                yield from _changed(kind, name, old[name], new[name])
            else:
                title = _title(new.get(name) or old[name])
                yield Difference(kind, name, title, "new" if name in new else "removed")


class Called(NamedTuple):
    """An agreement by its number in the store, and what it is called."""

    id: int
    title: str


def _called(reader: Reader, ids: Sequence[int]) -> dict[str, Called]:
    """Return agreements by their refs."""
    rows = Batch(reader, ids).rows(f"SELECT ref, id, title FROM agreements WHERE id IN {IDS}")
    return {ref: Called(*cells) for ref, *cells in rows}


def _documents(reader: Reader, ids: Iterable[int], seen: Seen) -> dict[str, Record]:
    loaded = load(Batch(reader, ids, names=False))
    return {document["ref"]: seen(document) for document in map(loaded.document, loaded.rows)}


def _objects(reader: Reader, kind: str, keys: Iterable[str], seen: Seen) -> dict[str, Record]:
    where = f"o.{IDENTITY[kind]} IN (SELECT value FROM json_each(:keys))"
    objects = documents.documents(reader, kind, where, {"keys": dumps(list(keys))})
    return {document[IDENTITY[kind]]: seen(document) for document in objects}


def _changed(kind: str, name: str, before: Record, after: Record) -> Iterator[Difference]:
    title = _title(after)
    for path, was, is_now in differences(before, after):
        yield Difference(kind, name, title, "changed", path, _cell(was), _cell(is_now))


def _title(document: Record) -> str | None:
    for key in ("title", "name", "label"):
        if document.get(key):
            return str(document[key])
    return None


def _cell(value: Json) -> str | None:
    """Return a value as text: texts as they are, everything else as JSON, of items what they say."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = {key: inner for key, inner in value.items() if inner not in (None, [], {})}
    return dumps(value, ensure_ascii=False)


def table(rows: Differences, filters: Mapping[str, object], left_out: list[LeftOut]) -> Table:
    """Return the changelog as a report."""
    ends = ((word, filters[word]) for word in ("from", "to"))
    title = "Changes" + "".join(f" {word} {ranges.shown_instant(str(moment))}" for word, moment in ends if moment)
    records, lines = rows.records, len(rows)
    footer = [f"{records} record{'s'[: records != 1]} changed, {lines} line{'s'[: lines != 1]}"]
    return Table("diff", COLUMNS_SHOWN, rows, title=title, filters=filters, left_out=left_out, footer=footer)


def ends_of(reader: Reader, number: int) -> tuple[str, str]:
    """Return the instants between which one change lies; raises NotFound."""
    at = reader.scalar("SELECT at FROM changes WHERE id = :id", {"id": number})
    if at is None:
        raise NotFound(f"there is no change {number}; `tracker log` lists them")
    before = reader.scalar("SELECT max(at) FROM changes WHERE id < :id", {"id": number})
    return before or "", at


def chosen(
    before: Reader, after: Reader, asked: FilterArguments, words: Sequence[str] | None, today: str
) -> set[int] | None:
    """Return the ids of the agreements that a query holds at either end, or None where there is no query."""
    if asked == NOTHING and not words:
        return None
    try:
        asked_for = filters(after, asked, today, words)
    except UnknownName:
        asked_for = filters(before, asked, today, words)  # a name that is gone by the end
    ids: set[int] = set()
    for reader in (before, after):
        sql, binds = Selection(asked_for).statement(reader)
        ids.update(row[0] for page in reader.pages(sql, binds, PAGE) for row in page)
    return ids
