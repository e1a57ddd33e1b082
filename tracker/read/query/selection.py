"""A selection: filters compiled to SQL, in an order, and how its statement finds the fastest way in.

A statement walks the agreements in the order asked for and tests each; that ends soon where many match. Where few
match, it begins with them: every filter that an index answers is tried for a moment, and the one that yields least
leads.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tracker.read.file.connection import Reader
from tracker.read.query import orders, ways
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Condition, Driver
from tracker.read.query.filters import Filters
from tracker.table import LeftOut

FOUND = "found AS f JOIN agreements AS a ON a.id = f.id ORDER BY a.ref"


class Ordering(NamedTuple):
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
        self._term = _compiled(filters, self._binds)
        self.asked = self._term is not None
        """Whether there is a query at all: ``match`` is null outside one."""
        self.certain = self._term.yes.certain if self._term else "1"
        self.possible = self._term.yes.possible if self._term else "1"
        self.condition = self.certain if filters.certain else self.possible
        self._order = orders.expression(self.ordering.sort, filters.as_of, self._binds)
        self.match = self._match()

    @property
    def binds(self) -> Mapping[str, Any]:
        """The values of the conditions."""
        return self._binds.values

    @property
    def drivers(self) -> Sequence[Driver]:
        """The short ways to what is asked for."""
        return self._term.drivers if self._term else ()

    def describe(self) -> dict[str, Any]:
        """Return the filters as the envelope of a report shows them."""
        return self.filters.describe()

    def source(self, reader: Reader) -> str:
        """Return what a report walks, as FROM wants it: all agreements, or the few that the shortest way leads to."""
        return ways.led(ways.leader(reader, self.drivers, self.binds))

    def statement(self, reader: Reader) -> tuple[str, Mapping[str, Any]]:
        """Return SQL that yields (id, match) in order, and its binds; the store is asked which way in is short."""
        binds = dict(self.binds)
        source, condition = self.source(reader), self.condition
        if source == ways.EVERY and self._term:
            stretch = ways.stretch(reader, self._term.walks, self._order, binds)
            found = None if stretch else ways.looked_through(reader, condition, binds, self.ordering.limit)
            if found is not None:
                binds["found"] = found
                source = f"json_each(:found) AS d CROSS JOIN {ways.EVERY} ON a.id = d.value"
            condition = f"{stretch} AND {condition}" if stretch else condition
        return f"SELECT a.id, {self.match} FROM {source} WHERE {condition} {self._tail()}", binds

    def refs(self, reader: Reader) -> list[tuple[str, str | None]]:
        """Return ref and match of every agreement, in order of the refs."""
        sql, binds = self.statement(reader)
        named = f"WITH found(id, match) AS ({sql}) SELECT a.ref, f.match FROM {FOUND}"
        return [(row[0], row[1]) for row in reader.tuples(named, binds)]

    def count(self, reader: Reader) -> int:
        """Return how many agreements match, whatever the limit."""
        counts = self.counts(reader)
        return counts["certain"] + counts["possible"]

    def counts(self, reader: Reader) -> dict[str, int]:
        """Return how many agreements match for certain and how many only possibly."""
        term = self._term
        if term and term.drivers and term.single:
            driver = term.drivers[0]
            certain = _distinct(reader, driver.certain, self.binds)
            same = driver.certain == driver.possible or self.filters.certain
            total = certain if same else _distinct(reader, driver.possible, self.binds)
            return {"certain": certain, "possible": total - certain}
        source = ways.led(ways.leader(reader, term.drivers, self.binds, None)) if term else ways.EVERY
        sql = f"SELECT count(*), sum(ifnull(({self.certain}), 0)) FROM {source} WHERE {self.condition}"
        if self.certain == self.condition:
            sql = f"SELECT count(*), count(*) FROM {source} WHERE {self.condition}"
        total, certain = reader.tuples(sql, self.binds)[0]
        return {"certain": certain or 0, "possible": total - (certain or 0)}

    def left_out(self, reader: Reader) -> list[LeftOut]:
        """Return how many agreements the query cannot place for want of a date, each under its first reason."""
        if self._term is None or not self._term.missing:
            return []
        missing = self._term.missing
        if len(missing) == 1 and self._term.yes.perhaps == f"({self.possible}) OR {missing[0][1]}":
            sql = f"SELECT count(*) FROM {ways.EVERY} WHERE {missing[0][1]}"
            alone = int(reader.scalar(sql, self.binds))
            return [LeftOut(missing[0][0], alone)] if alone else []
        reasons = " ".join(f"WHEN {condition} THEN {number}" for number, (_, condition) in enumerate(missing))
        sql = (
            f"SELECT CASE {reasons} END AS reason, count(*) FROM {ways.EVERY}"
            f" WHERE ({' OR '.join(condition for _, condition in missing)}) AND ({self._term.yes.perhaps})"
            f" AND NOT ifnull(({self.possible}), 0) GROUP BY reason ORDER BY reason"
        )
        found = reader.tuples(sql, self.binds)
        return [LeftOut(missing[number][0], count) for number, count in found if number is not None]

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
            return f"ORDER BY a.ref{direction}{limit}"
        return f"ORDER BY {self._order}{direction} NULLS LAST, a.ref{direction}{limit}"


def _compiled(filters: Filters, binds: Binds) -> Condition | None:
    if not filters.asks():
        return None
    from tracker.read.query import compiling as query

    return query.condition(filters, binds)


def _distinct(reader: Reader, driver: str, binds: Mapping[str, Any]) -> int:
    """Count the agreements that a driver yields: a set in Python is several times as fast as SQLite's DISTINCT."""
    found: set[int] = set()
    for page in reader.pages(driver, binds, 10_000):
        found.update(row[0] for row in page)
    return len(found)
