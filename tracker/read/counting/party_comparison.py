"""``compare parties A B``: what two parties share, by type and subject, with whom, and what only one of them has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tracker.read.file.connection import Reader
from tracker.read.lists import digest
from tracker.read.lists.listing import footer
from tracker.read.query.selection import Selection
from tracker.table import Column, Page, Section, Table

Row = tuple[Any, ...]

PARTS = {
    "type": ("SELECT a.instrument_type, NULL", "JOIN agreements AS a ON a.id = h.id", ""),
    "focus": (
        "SELECT x.code, f.label",
        "JOIN agreement_focus_areas AS x ON x.agreement_id = h.id JOIN focus_areas AS f ON f.code = x.code",
        "",
    ),
    "partner": (
        "SELECT x.code, p.name",
        (
            "JOIN (SELECT DISTINCT agreement_id, code FROM participations) AS x ON x.agreement_id = h.id"
            " JOIN parties AS p ON p.code = x.code"
        ),
        "WHERE x.code NOT IN (:first, :second)",
    ),
}
"""What is compared: what a row names, and the joins that lead to it from the agreements held (``h``)."""

HEADINGS = {"type": "By type", "focus": "By focus area", "partner": "With whom else"}
PLURALS = {"type": "types", "focus": "focus areas", "partner": "partners"}


class Pair(NamedTuple):
    """The two parties, and those whose agreements with the first take something off."""

    first: str
    second: str
    minus: Sequence[str]


def table(reader: Reader, selection: Selection, first: str, second: str, minus: Sequence[str]) -> Page:
    """Return the comparison: one table for machines, one for each part for people.

    ``first`` and ``second`` count the agreements of each party, ``both`` those that both are parties to; ``overlap`` is
    their Jaccard index, both out of either. A partner row counts agreements with that partner.
    """
    pair = Pair(first, second, minus)
    parts = _parts(reader, selection, pair)
    shared = _shared(reader, selection, pair)
    rows = [*_overlap(reader, selection, pair, parts), *(row for found in parts.values() for row in found)]
    data = Table(
        report="compare parties",
        columns=_columns(pair),
        rows=[*rows, *shared],
        filters={**selection.describe(), "parties": [first, second], **({"minus": list(minus)} if minus else {})},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
    )
    title = f"{first} and {second}" + (f", without what {first} has with {', '.join(minus)}" if minus else "")
    return Page(title, list(_sections(data)), data, list(_footer(reader, selection, pair)))


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


def _held(selection: Selection, reader: Reader, columns: str) -> str:
    """SQL of the agreements that either party has, and which of them."""
    return (
        f"WITH h AS (SELECT a.id AS id, max(p.code = :first) AS one, max(p.code = :second) AS two{columns}"
        f" FROM {selection.source(reader)} JOIN participations AS p ON p.agreement_id = a.id"
        f" WHERE ({selection.condition}) GROUP BY a.id HAVING one OR two)"
    )


def _binds(selection: Selection, pair: Pair) -> Mapping[str, Any]:
    without = {f"minus{at}": code for at, code in enumerate(pair.minus)}
    return {**selection.binds, "first": pair.first, "second": pair.second, **without}


def _minus(pair: Pair) -> str:
    return "".join(f", max(p.code = :minus{at}) AS m{at}" for at in range(len(pair.minus)))


def _parts(reader: Reader, selection: Selection, pair: Pair) -> dict[str, list[Row]]:
    """Count by type, focus area and partner; with ``minus``, keep what both have and the first not with those."""
    held, binds = _held(selection, reader, _minus(pair)), _binds(selection, pair)
    sums = "".join(f", sum(h.one AND h.m{at})" for at in range(len(pair.minus)))
    found: dict[str, list[Row]] = {}
    for part, (what, joins, which) in PARTS.items():
        sql = f"{held} {what}, sum(h.one), sum(h.two), sum(h.one AND h.two){sums} FROM h {joins} {which} GROUP BY 1, 2"
        rows = [_row(part, pair, *cells) for cells in reader.tuples(sql, binds)]
        if pair.minus:
            rows = [row for row in rows if part != "partner" and row[5] and not any(row[8:])]
        found[part] = sorted(rows, key=lambda row: (-row[5], -row[3] - row[4], str(row[1])))
    return found


def _row(part: str, pair: Pair, value: str | None, name: str | None, *counts: int) -> Row:
    first, second, both, *minus = counts
    return part, value, name, first, second, both, _jaccard(first, second, both), _holder(pair, first, second), *minus


def _holder(pair: Pair, first: int, second: int) -> str:
    if first and second:
        return "both"
    return f"{pair.first} only" if first else f"{pair.second} only"


def _jaccard(first: int, second: int, both: int) -> float | None:
    either = first + second - both
    return round(both / either, 6) if either else None


def _overlap(reader: Reader, selection: Selection, pair: Pair, parts: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """Yield how far the two coincide: in agreements, types, subjects and partners."""
    empty = (None,) * len(pair.minus)
    sql = f"{_held(selection, reader, '')} SELECT sum(one), sum(two), sum(one AND two) FROM h"
    counts = [number or 0 for number in reader.tuples(sql, _binds(selection, pair))[0]]
    yield *_row("overlap", pair, "agreements", None, *counts)[:7], None, *empty
    if pair.minus:
        return
    for part, rows in parts.items():
        first, second = sum(bool(row[3]) for row in rows), sum(bool(row[4]) for row in rows)
        both = sum(bool(row[3] and row[4]) for row in rows)
        yield *_row("overlap", pair, PLURALS[part], None, first, second, both)[:7], None, *empty


def _shared(reader: Reader, selection: Selection, pair: Pair) -> Iterator[Row]:
    """Return the agreements that both have, by ref; with ``minus``, those of a type that the first has not there."""
    held, binds = _held(selection, reader, _minus(pair)), _binds(selection, pair)
    also = "".join(
        " AND a.instrument_type NOT IN (SELECT b.instrument_type FROM h AS g JOIN agreements AS b ON b.id = g.id"
        f" WHERE g.one AND g.m{at})"
        for at in range(len(pair.minus))
    )
    sql = (
        f"{held} SELECT a.ref, coalesce(a.short_title, a.title) FROM h JOIN agreements AS a ON a.id = h.id"
        f" WHERE h.one AND h.two{also} ORDER BY a.ref"
    )
    none = (None,) * len(pair.minus)
    return (("agreement", ref, title, 1, 1, 1, None, "both", *none) for ref, title in reader.tuples(sql, binds))


def _sections(data: Table) -> Iterator[Section]:
    """One table for each part, without its name."""
    rows = list(data.rows)
    overlap = [row for row in rows if row[0] == "overlap"]
    yield Section("Overlap", table=_part(data, overlap, (1, 3, 4, 5, 6)))
    more = tuple(range(8, len(data.columns)))
    for part, heading in HEADINGS.items():
        found = [row for row in rows if row[0] == part]
        if found:
            names = (1, 2) if any(row[2] for row in found) else (1,)
            yield Section(heading, table=_part(data, found, (*names, 3, 4, 5, 6, 7, *more)))
    shared = [row for row in rows if row[0] == "agreement"]
    if shared:
        yield Section("What both have", table=_part(data, shared, (1, 2)))


def _part(data: Table, rows: Sequence[Row], kept: Sequence[int]) -> Table:
    return Table(data.report, [data.columns[at] for at in kept], [tuple(row[at] for at in kept) for row in rows])


def _footer(reader: Reader, selection: Selection, pair: Pair) -> Iterator[str]:
    yield from footer(reader, selection)
    yield "overlap = both out of either (Jaccard); both = agreements to which both are parties"
    yield f"with whom else: agreements of {pair.first}, of {pair.second}, of both together, with that partner"
    if pair.minus:
        yield f"kept: what {pair.first} has with {pair.second} and not with {', '.join(pair.minus)}"
    yield from digest.line(reader, selection)
