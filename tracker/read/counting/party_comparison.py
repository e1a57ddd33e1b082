"""``compare parties A B``: what two parties share, by type and subject, with whom, and what only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.law.life.standing import COLUMNS
from tracker.law.life.toward import apart
from tracker.read.file.connection import Bindings, Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import record
from tracker.table import Column, Page, Row, Section, Table

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


PARTS = {
    "type": ("SELECT a.instrument_type, NULL", "CROSS JOIN agreements AS a ON a.id = h.id", ""),
    "focus": (
        "SELECT x.code, f.label",
        "CROSS JOIN agreement_focus AS x ON x.agreement_id = h.id JOIN focus_areas AS f ON f.code = x.code",
        "",
    ),
    "partner": (
        "SELECT x.code, p.name",
        (
            "CROSS JOIN participation AS x ON x.agreement_id = h.id AND NOT EXISTS (SELECT 1 FROM participation AS f"
            " WHERE f.agreement_id = x.agreement_id AND f.position < x.position AND +f.code = x.code)"
            " JOIN parties AS p ON p.code = x.code"
        ),
        "WHERE x.code NOT IN (:first, :second)",
    ),
}
"""What is compared: what a row names, and the joins that lead to it from the agreements held (``h``)."""

HEADINGS = {"type": "By type", "focus": "By focus area", "partner": "With whom else"}
BY_NAME = ("focus",)
"""Parts of which people read the names alone, without the codes."""
PLURALS = {"type": "types", "focus": "focus areas", "partner": "partners"}


class Shared(NamedTuple):
    """A row: how many agreements of a part and value each party has, and both; or one agreement that both have."""

    part: str
    value: str
    name: str | None
    first: int
    second: int
    both: int
    overlap: float | None
    held_by: str | None
    minus: tuple[int | None, ...] = ()
    """How many the first party has with each of those that take something off; a column each."""

    @property
    def cells(self) -> Row:
        """The row under its columns."""
        return *self[:-1], *self.minus


class Pair(NamedTuple):
    """The two parties, and those whose agreements with the first take something off."""

    first: str
    second: str
    minus: Sequence[str] = ()
    in_force: bool = False
    """Whether an agreement is counted for a party only while it is in force for it, and for both if between them."""
    apart: str = "[]"
    """JSON list of the agreements that are in force for both and not between them (``_apart``)."""

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of the two."""
        return self.first, self.second

    def describe(self) -> dict[str, object]:
        """Return what was asked of the two as the envelope shows it."""
        said: dict[str, object] = {"parties": list(self.codes)}
        if self.minus:
            said["minus"] = list(self.minus)
        return said


def table(reader: Reader, selection: Selection, pair: Pair) -> Page:
    """Return the comparison: one table for machines, one for each part for people.

    ``first`` and ``second`` count the agreements of each party, ``both`` those that both are parties to; ``overlap`` is
    their Jaccard index, both out of either. A partner row counts agreements with that partner.
    """
    pair = pair._replace(apart=_apart(reader, selection, pair))
    first, second, minus = pair[:3]
    parts = _parts(reader, selection, pair)
    rows = [
        *_overlap(reader, selection, pair, parts),
        *(row for counted in parts.values() for row in counted),
        *_in_common(reader, selection, pair),
    ]
    data = Table(
        report="compare parties",
        columns=_columns(pair),
        rows=[row.cells for row in rows],
        filters={**selection.describe(), **pair.describe()},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
    )
    title = f"{first} and {second}" + (f", without what {first} has with {', '.join(minus)}" if minus else "")
    return Page(
        title, _sections(data, rows), data, _footer(reader, selection, pair), proof=proofs.proof(reader, selection)
    )


def _columns(pair: Pair) -> list[Column]:
    return [
        *(Column("part"), Column("value", "code"), Column("name")),
        Column("first", "count", pair.first),
        Column("second", "count", pair.second),
        Column("both", "count"),
        Column("overlap", "share"),
        Column("held_by", heading="held by"),
        *(Column(f"with_{code}", "count", f"{pair.first} with {code}") for code in pair.minus),
    ]


def _held(selection: Selection, reader: Reader, pair: Pair, columns: str) -> str:
    """SQL of the agreements that either party has, or that are in force for it, and which of them."""
    bound = standings.on(":day", standings.CERTAINLY if selection.filters.certain else standings.POSSIBLY)
    one, two = (
        f"max(p.code = :{name})"
        + (f" AND EXISTS (SELECT 1 FROM {_SPANS} AND s.party = :{name} AND {bound})" if pair.in_force else "")
        for name in ("first", "second")
    )
    return (
        f"WITH h AS (SELECT a.id AS id, {one} AS one, {two} AS two,"
        f" a.id NOT IN (SELECT value FROM json_each(:apart)) AS together{columns}"
        f" FROM {selection.source(reader)} JOIN participation AS p ON p.agreement_id = a.id"
        f" AND p.code IN (:first, :second{''.join(f', :minus{at}' for at in range(len(pair.minus)))})"
        f" WHERE ({selection.condition}) GROUP BY a.id HAVING one OR two)"
    )


_SPANS = f"spans AS s WHERE s.agreement_id = a.id AND {standings.FORCE}"
LIFE = f"SELECT {', '.join(COLUMNS)} FROM spans WHERE agreement_ref = :ref ORDER BY party, position"


def _apart(reader: Reader, selection: Selection, pair: Pair) -> str:
    """Return the ids of the agreements that acts toward each other keep from being in force between the two."""
    if not pair.in_force:
        return pair.apart
    sql = (
        f"{_held(selection, reader, pair, '')} SELECT h.id, a.ref FROM h JOIN agreements AS a ON a.id = h.id"
        " WHERE h.one AND h.two AND EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = h.id AND e.toward <> '[]')"
    )
    as_of = selection.filters.as_of
    ids = []
    for agreement, ref in reader.tuples(sql, _binds(selection, pair)):
        spans = reader.rows(LIFE, {"ref": ref})
        if apart(cast("Agreement", record(reader, ref, as_of)), spans, pair.codes, as_of):
            ids.append(agreement)
    return dumps(ids)


def _binds(selection: Selection, pair: Pair) -> Bindings:
    without = {f"minus{at}": code for at, code in enumerate(pair.minus)}
    day = {"day": selection.filters.as_of} if pair.in_force else {}
    return {**selection.binds, **day, "apart": pair.apart, "first": pair.first, "second": pair.second, **without}


def _minus(pair: Pair) -> str:
    return "".join(f", max(p.code = :minus{at}) AS m{at}" for at in range(len(pair.minus)))


def _parts(reader: Reader, selection: Selection, pair: Pair) -> dict[str, list[Shared]]:
    """Count by type, focus area and partner; with ``minus``, keep what both have and the first not with those."""
    held, binds = _held(selection, reader, pair, _minus(pair)), _binds(selection, pair)
    sums = "".join(f", sum(h.one AND h.m{at})" for at in range(len(pair.minus)))
    parts: dict[str, list[Shared]] = {}
    for part, (what, joins, which) in PARTS.items():
        counts = f"sum(h.one), sum(h.two), sum(h.one AND h.two AND h.together){sums}"
        sql = f"{held} {what}, {counts} FROM h {joins} {which} GROUP BY 1, 2"
        rows = [_row(part, pair, *cells) for cells in reader.tuples(sql, binds)]
        if pair.minus:
            rows = [row for row in rows if part != "partner" and row.both and not any(row.minus)]
        parts[part] = sorted(rows, key=lambda row: (-row.both, -row.first - row.second, str(row.value)))
    return parts


def _row(part: str, pair: Pair, value: str, name: str | None, *counts: int) -> Shared:
    first, second, both, *minus = counts
    holder = _holder(pair, first, second)
    return Shared(part, value, name, first, second, both, _jaccard(first, second, both), holder, tuple(minus))


def _holder(pair: Pair, first: int, second: int) -> str:
    if first and second:
        return "both"
    return f"{pair.first} only" if first else f"{pair.second} only"


def _jaccard(first: int, second: int, both: int) -> float | None:
    either = first + second - both
    return round(both / either, 6) if either else None


def _overlap(
    reader: Reader, selection: Selection, pair: Pair, parts: Mapping[str, Sequence[Shared]]
) -> Iterator[Shared]:
    """Yield how far the two coincide: in agreements, types, subjects and partners."""
    empty = (None,) * len(pair.minus)

    def row(value: str, first: int, second: int, both: int) -> Shared:
        return Shared("overlap", value, None, first, second, both, _jaccard(first, second, both), None, empty)

    sql = f"{_held(selection, reader, pair, '')} SELECT sum(one), sum(two), sum(one AND two AND together) FROM h"
    ((first, second, both),) = reader.tuples(sql, _binds(selection, pair))
    yield row("agreements", first or 0, second or 0, both or 0)
    if pair.minus:
        return
    for part, rows in parts.items():
        either = [(bool(counted.first), bool(counted.second)) for counted in rows]
        firsts, seconds = sum(one for one, _ in either), sum(two for _, two in either)
        yield row(PLURALS[part], firsts, seconds, sum(one and two for one, two in either))


def _in_common(reader: Reader, selection: Selection, pair: Pair) -> Iterator[Shared]:
    """Yield the agreements that both have, by ref; with ``minus``, those of a type that the first has not there."""
    held, binds = _held(selection, reader, pair, _minus(pair)), _binds(selection, pair)
    also = "".join(
        " AND a.instrument_type NOT IN (SELECT b.instrument_type FROM h AS g JOIN agreements AS b ON b.id = g.id"
        f" WHERE g.one AND g.m{at})"
        for at in range(len(pair.minus))
    )
    sql = (
        f"{held} SELECT a.ref, coalesce(a.short_title, a.title) FROM h JOIN agreements AS a ON a.id = h.id"
        f" WHERE h.one AND h.two AND h.together{also} ORDER BY a.ref"
    )
    none = (None,) * len(pair.minus)
    for ref, title in reader.tuples(sql, binds):
        yield Shared("agreement", ref, title, 1, 1, 1, None, "both", none)


COUNTS = ("first", "second", "both", "overlap")


def _sections(data: Table, rows: Sequence[Shared]) -> Iterator[Section]:
    """One table for each part, without its name."""
    minus = [column.name for column in data.columns if column.name.startswith("with_")]
    overlap = [row for row in rows if row.part == "overlap"]
    yield Section("Overlap", table=_part(data, overlap, ("value", *COUNTS)))
    for part, heading in HEADINGS.items():
        counted = [row for row in rows if row.part == part]
        if counted:
            named = ("name",) if part in BY_NAME else ("value", "name")
            names = named if any(row.name for row in counted) else ("value",)
            yield Section(heading, table=_part(data, counted, (*names, *COUNTS, "held_by", *minus)))
    common = [row for row in rows if row.part == "agreement"]
    if common:
        yield Section("What both have", table=_part(data, common, ("value", "name")))


def _part(data: Table, rows: Sequence[Shared], kept: Sequence[str]) -> Table:
    names = [column.name for column in data.columns]
    places = [names.index(name) for name in kept]
    cells = [tuple(row.cells[place] for place in places) for row in rows]
    return Table(data.report, [data.columns[place] for place in places], cells)


def _footer(reader: Reader, selection: Selection, pair: Pair) -> Iterator[str]:
    yield from footer(reader, selection)
    yield "overlap = both out of either (Jaccard); both = agreements to which both are parties"
    yield f"with whom else: agreements of {pair.first}, of {pair.second}, of both together, with that partner"
    if pair.minus:
        yield f"kept: what {pair.first} has with {pair.second} and not with {', '.join(pair.minus)}"
