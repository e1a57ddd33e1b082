"""What changed in the register between two moments: the documents then and now, compared path by path.

Both ends are read as the register stood (``read/file/known_at.py``); the answer never depends on what happened later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json import dumps, loads
from typing import NamedTuple

from tracker.dates import ranges
from tracker.errors import NotFound, UnknownName
from tracker.query.arguments import FilterArguments
from tracker.read.answers.log import CHILDREN
from tracker.read.file.connection import Reader, Stored
from tracker.read.query.filters import NOTHING, filters
from tracker.read.query.selection import Selection
from tracker.read.records import documents
from tracker.read.records.agreements import load
from tracker.read.records.assembly import Batch
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

Named = dict[str, set[Stored]]
"""What may have changed: ids of agreements, codes and ids of other objects, by kind."""


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
    named: Named = {}
    for subjects in logged:
        for kind, key, _ in loads(subjects):
            named.setdefault(kind, set()).add(key)
    return named


def _scanned(reader: Reader, changes: Stretch) -> Named:
    named: Named = {}
    for kind, tables in {"agreement": AGREEMENT, **OBJECTS}.items():
        keys = named.setdefault(kind, set())
        for table, column in tables:
            inside = "since > :after AND since <= :upto"
            sql = (
                f"SELECT {column} FROM {table} WHERE {inside} UNION SELECT {column} FROM {table}_past"
                f" WHERE ({inside}) OR (until > :after AND until <= :upto)"
            )
            keys.update(key for (key,) in reader.tuples(sql, changes.binds))
    return named


Seen = Callable[[Record], Record]
"""How a document looks to whoever is told what changed in it."""


def compare(
    before: Reader, after: Reader, named: Named, chosen: set[int] | None, seen: Seen = dict
) -> Iterator[Difference]:
    """Yield a row per path that differs; ``chosen``: ids of the agreements that are asked for, None = all objects."""
    ids = sorted(named.get("agreement", set()) if chosen is None else named.get("agreement", set()) & chosen)
    rows: list[Difference] = []
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        rows += _compared("agreement", _agreements(before, page, seen), _agreements(after, page, seen))
    yield from sorted(rows, key=lambda row: row.id)
    if chosen is not None:
        return
    for kind in OBJECTS:
        keys = sorted(named.get(kind, ()))
        if keys:
            yield from _compared(kind, _objects(before, kind, keys, seen), _objects(after, kind, keys, seen))


def _agreements(reader: Reader, ids: Iterable[int], seen: Seen) -> dict[str, Record]:
    loaded = load(Batch(reader, ids, names=False))
    return {document["ref"]: seen(document) for document in map(loaded.document, loaded.rows)}


def _objects(reader: Reader, kind: str, keys: Iterable[str], seen: Seen) -> dict[str, Record]:
    where = f"o.{IDENTITY[kind]} IN (SELECT value FROM json_each(:keys))"
    objects = documents.documents(reader, kind, where, {"keys": dumps(list(keys))})
    return {document[IDENTITY[kind]]: seen(document) for document in objects}


def _compared(kind: str, old: dict[str, Record], new: dict[str, Record]) -> Iterator[Difference]:
    for name in sorted({**old, **new}):
        before, after = old.get(name), new.get(name)
        title = _title(after or before or {})
        if before is None or after is None:
            yield Difference(kind, name, title, "new" if before is None else "removed")
            continue
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


def table(rows: Iterable[Difference], filters: Mapping[str, object], left_out: list[LeftOut]) -> Table:
    """Return the changelog as a report."""
    ends = ((word, filters[word]) for word in ("from", "to"))
    title = "Changes" + "".join(f" {word} {ranges.shown_instant(str(moment))}" for word, moment in ends if moment)
    differences = list(rows)
    count = len({(row.record, row.id) for row in differences})
    footer = [f"{count} record{'s'[: count != 1]} changed, {len(differences)} line{'s'[: len(differences) != 1]}"]
    return Table("diff", COLUMNS_SHOWN, differences, title=title, filters=filters, left_out=left_out, footer=footer)


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
