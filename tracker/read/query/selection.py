"""A selection: filters compiled to one statement, in an order, by the access path that is shortest.

A statement scans the agreements in the order asked for and tests each; that ends soon where many match. Where few
match, it begins with them: each index that answers a part of the query is tried for a moment, and the one that yields
least drives the statement.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.plain import Value
from tracker.read.file.connection import COUNTED_STEPS, Bindings, Bound, Reader
from tracker.read.query import sorting
from tracker.read.query.binds import Binds
from tracker.read.query.filters import Filters
from tracker.table import LeftOut

if TYPE_CHECKING:
    from tracker.read.query.conditions import AccessPath, Condition, IndexRange

FEW = 10_000
"""Agreements that are faster fetched and sorted than found by a scan of all in order."""

MANY = 1_000
"""Agreements that are many for one page: walked in order, it may be full long before they are all fetched."""

PART = 20
"""What leads to fewer than this part of all is shorter than a search of the whole table."""

PART_IN_ORDER = 5
"""The same of what leads to them in the order in which they lie."""

HURRY = 2 * COUNTED_STEPS
"""Steps of SQLite that are spent on a walk in order before it is given up, a few hundredths of a second."""

ORDERED = ("a.ref", "a.signed_earliest")
"""What has an index in whose order agreements are walked."""

RARE = 10
"""Where a query matches fewer than this many pages, the table is scanned as it lies, ten times as fast as in order."""

EVERY = "agreements AS a"

AS_THEY_LIE = "agreement AS a NOT INDEXED"
"""All agreements in the order of their ids, which is that of their children too: in the order of an index that happens
to hold the columns asked for, children would be fetched from all over the store. Of a view SQLite does not heed it."""

FOUND = "found AS f JOIN agreements AS a ON a.id = f.id ORDER BY a.ref"


class Ordering(Value):
    """How a list is sorted and cut."""

    sort: str = "ref"
    reverse: bool = False
    limit: int | None = None


class Selection:
    """Agreements that match filters; conditions speak of ``agreements AS a``.

    ``condition`` is what lists and reports hold: what matches possibly, or certainly where only that is wanted.
    ``certain`` is the stricter of the two. ``binds`` are the values of both.
    """

    def __init__(self, filters: Filters, ordering: Ordering | None = None) -> None:
        self.filters = filters
        self.ordering = ordering or Ordering()
        self._binds = Binds()
        self._condition = _compiled(filters, self._binds)
        self.asked = self._condition is not None
        """Whether there is a query at all: ``match`` is null outside one."""
        self.certain = self._condition.yes.certain if self._condition else "1"
        self.possible = self._condition.yes.possible if self._condition else "1"
        self.condition = self.certain if filters.certain else self.possible
        self._order = sorting.expression(self.ordering.sort, filters.as_of, self._binds)
        self.match = self._match()

    @property
    def binds(self) -> Bindings:
        """The values of the conditions."""
        return self._binds.values

    @property
    def is_cut_to_nothing(self) -> bool:
        """Whether none is wanted, however many match."""
        return self.ordering.limit == 0

    @property
    def paths(self) -> "Sequence[AccessPath]":
        """The short ways to what is asked for."""
        return self._condition.paths if self._condition else ()

    def describe(self) -> dict[str, object]:
        """Return the filters as the envelope of a report shows them."""
        return self.filters.describe()

    def source(self, reader: Reader) -> str:
        """Return what a report ranges, as FROM wants it: all agreements, or the few that the shortest way leads to."""
        path = shortest(reader, self.paths, self.binds) or self._in_order(reader)
        return source(path) if path else AS_THEY_LIE

    def _in_order(self, reader: Reader) -> "AccessPath | None":
        """Return a way in that goes through the store as it lies, where that does not lead to very many."""
        paths = [path for path in self.paths if path.in_order]
        return shortest(reader, paths, self.binds, _last_id(reader) // PART_IN_ORDER) if paths else None

    def own(self, reader: Reader) -> str:
        """Return what a report ranges that asks for columns of the agreements alone: in an index where one has them."""
        return self.source(reader) if self.asked else EVERY

    def children(self, reader: Reader, table: str, alias: str, *, alone: bool = True) -> str:
        """Return what a report ranges of a table of children, as FROM wants it.

        Where it asks for the children ``alone`` and for all, they come from an index where one holds what it wants.
        """
        if not self.asked and alone:
            return f"{table} AS {alias}"
        path = shortest(reader, self.paths, self.binds)
        if path:
            return f"{source(path)} CROSS JOIN {table} AS {alias} ON {alias}.agreement_id = a.id"
        return f"{table} AS {alias} NOT INDEXED CROSS JOIN agreement AS a ON a.id = {alias}.agreement_id"

    def statement(self, reader: Reader) -> tuple[str, Bindings]:
        """Return SQL that yields (id, match) in order, and its binds; the store is asked which way in is short."""
        binds: dict[str, Bound] = dict(self.binds)
        path = shortest(reader, self.paths, binds, MANY if self._is_walked() else FEW)
        ids = self._status_by_status(reader, binds) if path is None and self._is_by_status() else None
        if self._condition is None and ids is None:
            return self._ranging(EVERY, self.condition), binds
        ranges = self._condition.ranges if self._condition else ()
        within = None if path else stretch(reader, ranges, self._order, binds)
        condition = f"{within} AND {self.condition}" if within else self.condition
        if path is None and self._is_walked():
            ids = self._hurried(reader, condition, binds)
            most = FEW if within else max(FEW, _last_id(reader) // PART)
            path = shortest(reader, self.paths, binds, most) if ids is None else None
        if path is None and ids is None and not within:
            ids = self._searched(reader, binds)
        if ids is not None:
            binds["found"] = ids
            return self._ranging(f"json_each(:found) AS d CROSS JOIN {EVERY} ON a.id = d.value", self.condition), binds
        return self._ranging(source(path), self.condition if path else condition), binds

    def _ranging(self, walked: str, condition: str) -> str:
        return f"SELECT a.id, {self.match} FROM {walked} WHERE {condition} {self._tail()}"

    def _is_walked(self) -> bool:
        """Whether a page of some is wanted in an order in which agreements can be walked."""
        return self._order in ORDERED and self._is_page()

    def _is_page(self) -> bool:
        limit = self.ordering.limit
        return limit is not None and 0 < limit <= MANY

    def _is_by_status(self) -> bool:
        """Whether a page of some is wanted in the order of their statuses."""
        return self.ordering.sort.removeprefix("derived.") == "status" and self._is_page()

    def _status_by_status(self, reader: Reader, binds: dict[str, Bound]) -> str | None:
        """Return the ids of the page as a JSON list, found one status after the other; None where that takes long."""
        from tracker.read.query import standings
        from tracker.record.vocabulary import STATUSES

        ids: list[str] = []
        for word in sorted(STATUSES, reverse=self.ordering.reverse):
            holds = standings.printed(word, self.filters.as_of, self._binds)
            binds.update(self.binds)
            both = f"({self.condition}) AND {holds.yes.certain}"
            more = self._in_order_of_refs(reader, both, holds.paths, binds, int(self.ordering.limit or 0) - len(ids))
            if more is None:
                return None
            ids += more
            if len(ids) == self.ordering.limit:
                break
        return f"[{','.join(ids)}]"

    def _in_order_of_refs(
        self, reader: Reader, condition: str, paths: "Sequence[AccessPath]", binds: Bindings, limit: int
    ) -> list[str] | None:
        """Return the first ids in the order of the refs, by a short path or a walk in that order; None without them."""
        tail = f"WHERE {condition} {_by_ref(self.ordering.reverse, limit)}"
        path = shortest(reader, paths, binds, MANY)
        ids = None if path else hurried(reader, f"SELECT a.id FROM {EVERY} {tail}", binds)
        path = shortest(reader, paths, binds) if ids is None and path is None else path
        return ids if path is None else _ids(reader, f"SELECT a.id FROM {source(path)} {tail}", binds)

    def _hurried(self, reader: Reader, condition: str, binds: Bindings) -> str | None:
        """Return the ids of the page as a JSON list where a walk in order soon comes to its end, else None."""
        ids = hurried(reader, f"SELECT a.id FROM {EVERY} WHERE {condition} {self._tail()}", binds)
        return None if ids is None else f"[{','.join(ids)}]"

    def _searched(self, reader: Reader, binds: Bindings) -> str | None:
        """Return the ids of the page, or of all matches where they are rare, as a JSON list; found among all.

        What stands together in one part of the order is found there and nowhere else: a walk may come to it late, and a
        search of the table as it lies takes the same time wherever it stands.
        """
        if not self._is_walked():
            return scanned(reader, self.condition, binds, self.ordering.limit)
        tail = self._tail().replace("ORDER BY ", "ORDER BY +", 1)
        sql = f"SELECT a.id FROM {EVERY} NOT INDEXED WHERE {self.condition} {tail}"
        return f"[{','.join(_ids(reader, sql, binds))}]"

    def refs(self, reader: Reader) -> list[tuple[str, str | None]]:
        """Return ref and match of every agreement, in order of the refs."""
        sql, binds = self.statement(reader)
        named = f"WITH found(id, match) AS ({sql}) SELECT a.ref, f.match FROM {FOUND}"
        return [(ref, match) for ref, match in reader.tuples(named, binds)]

    def count(self, reader: Reader) -> int:
        """Return how many agreements match, whatever the limit."""
        counts = self.counts(reader)
        return counts["certain"] + counts["possible"]

    def counts(self, reader: Reader) -> dict[str, int]:
        """Return how many agreements match for certain and how many only possibly."""
        asked = self._condition
        if asked and asked.paths and asked.single:
            path = asked.paths[0]
            certain = _distinct(reader, path.certain, self.binds)
            same = path.certain == path.possible or self.filters.certain
            total = certain if same else _distinct(reader, path.possible, self.binds)
            return {"certain": certain, "possible": total - certain}
        if asked is None:
            total = int(reader.scalar("SELECT count(*) FROM agreements"))
            return {"certain": total, "possible": 0}
        walked = source(shortest(reader, asked.paths, self.binds, None))
        sql = f"SELECT count(*), sum(ifnull(({self.certain}), 0)) FROM {walked} WHERE {self.condition}"
        if self.certain == self.condition:
            sql = f"SELECT count(*), count(*) FROM {walked} WHERE {self.condition}"
        ((total, certain),) = reader.tuples(sql, self.binds)
        return {"certain": certain or 0, "possible": total - (certain or 0)}

    def count_up_to(self, reader: Reader, most: int) -> int:
        """Return how many agreements match, or one more than ``most`` where there are more."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {self.source(reader)} WHERE {self.condition} LIMIT {most + 1})"
        return int(reader.scalar(sql, self.binds))

    def left_out(self, reader: Reader) -> list[LeftOut]:
        """Return how many agreements the query cannot place for want of a date, each under its first reason."""
        if self._condition is None or not self._condition.missing:
            return []
        missing = self._condition.missing
        if len(missing) == 1 and self._condition.yes.perhaps == f"({self.possible}) OR {missing[0].condition}":
            count = int(reader.scalar(f"SELECT count(*) FROM {EVERY} WHERE {missing[0].condition}", self.binds))
            return [LeftOut(missing[0].reason, count)] if count else []
        reasons = " ".join(f"WHEN {gap.condition} THEN {number}" for number, gap in enumerate(missing))
        sql = (
            f"SELECT CASE {reasons} END AS reason, count(*) FROM {EVERY}"
            f" WHERE ({' OR '.join(gap.condition for gap in missing)}) AND ({self._condition.yes.perhaps})"
            f" AND NOT ifnull(({self.possible}), 0) GROUP BY reason ORDER BY reason"
        )
        counts = reader.tuples(sql, self.binds)
        return [LeftOut(missing[number].reason, count) for number, count in counts if number is not None]

    def _match(self) -> str:
        if not self.asked:
            return "NULL"
        if self.filters.certain or self.certain == self.possible:
            return "'certain'"
        return f"CASE WHEN {self.certain} THEN 'certain' ELSE 'possible' END"

    def _tail(self) -> str:
        ordering = self.ordering
        direction = " DESC" if ordering.reverse else ""
        limit = f" LIMIT {int(ordering.limit)}" if ordering.limit is not None else ""
        if self._order == "a.ref":
            return _by_ref(ordering.reverse, ordering.limit)
        return f"ORDER BY {self._order}{direction} NULLS LAST, a.ref{direction}{limit}"


def _last_id(reader: Reader) -> int:
    """Return the highest id, at once, as a measure of how many agreements there are."""
    return int(reader.scalar("SELECT max(id) FROM agreements") or 0)


def _by_ref(reverse: bool, limit: int | None) -> str:
    return f"ORDER BY a.ref{' DESC' if reverse else ''}{'' if limit is None else f' LIMIT {int(limit)}'}"


def hurried(reader: Reader, sql: str, binds: Bindings) -> list[str] | None:
    """Return the ids that a statement yields, where it soon comes to its end, else None."""
    found: list[list[str]] = []
    with reader.for_at_most(HURRY):
        found.append(_ids(reader, sql, binds))
    return found[0] if found else None


def _ids(reader: Reader, sql: str, binds: Bindings) -> list[str]:
    return [str(agreement) for (agreement,) in reader.tuples(sql, binds)]


def _compiled(filters: Filters, binds: Binds) -> "Condition | None":
    if not filters.asks():
        return None
    from tracker.read.query import compile as compiling

    return compiling.condition(filters, binds)


def _distinct(reader: Reader, path: str, binds: Bindings) -> int:
    """Count the agreements that a path yields: a set in Python is several times as fast as SQLite's DISTINCT."""
    ids: set[int] = set()
    for rows in reader.pages(path, binds, 10_000):
        ids.update(agreement for (agreement,) in rows)
    return len(ids)


def shortest(
    reader: Reader, paths: "Sequence[AccessPath]", binds: Bindings, limit: int | None = FEW
) -> "AccessPath | None":
    """Return the path that yields least, and less than ``limit``; None = no limit."""
    least, chosen = limit, None
    for path in paths:
        cut = "" if least is None else f" LIMIT {least}"
        counted = int(reader.scalar(f"SELECT count(*) FROM ({path.possible}{cut})", binds))
        if least is None or counted < least:
            least, chosen = counted, path
    return chosen


def source(path: "AccessPath | None") -> str:
    """Return what a statement scans: the agreements that the path yields, each once, or all."""
    if path is None:
        return EVERY
    return f"(SELECT DISTINCT id FROM ({path.possible})) AS d CROSS JOIN {EVERY} ON a.id = d.id"


def scanned(reader: Reader, condition: str, binds: Bindings, page: int | None) -> str | None:
    """Return the ids of all matches as a JSON list where they are rare, else None; the scan ends when they are not.

    ``page`` is how many are wanted at most; None = all. In the order of the ids, for an index that SQLite would scan
    instead, as the smaller one, leads to the children of the agreements all over the store.
    """
    most = FEW if page is None else RARE * max(page, 1)
    sql = f"SELECT a.id FROM {EVERY} WHERE {condition} ORDER BY a.id LIMIT {most}"
    ids = _ids(reader, sql, binds)
    return None if len(ids) == most else f"[{','.join(ids)}]"


def stretch(reader: Reader, ranges: "Sequence[IndexRange]", column: str, binds: Bindings) -> str | None:
    """Return the condition that keeps a scan in the order of ``column`` to where matches can lie."""
    for walk in ranges:
        if walk.column == column and walk.stretch and reader.row(walk.open, binds) is None:
            return walk.stretch
    return None
