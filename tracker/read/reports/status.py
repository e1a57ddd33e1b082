"""``report status``: how many agreements have which status on a day, which of them for certain, and the flags."""

from collections.abc import Iterator

from tracker.read.counting.dimensions import CERTAINLY, STANDING
from tracker.read.file.connection import Reader
from tracker.read.lists import digest
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.binds import Binds
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import FLAGS, STATUSES
from tracker.table import Column, Row, Table


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:  # noqa: ARG001 - as every report
    """Return one row a status in the order of an agreement's life, then one a flag."""
    total = selection.count(reader)
    return Table(
        report="status",
        title=f"Status on {selection.filters.as_of}",
        columns=[
            *(Column("part"), Column("value"), Column("count", "count")),
            *(Column("share", "share", beside="count"), Column("not_certain", "count")),
        ],
        rows=[*_statuses(reader, selection, total), *_flags(reader, selection, total)],
        totals=("all", None, total, 1.0 if total else None, None),
        filters=selection.describe(),
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection),
        proof=digest.proof(reader, selection),
    )


def _statuses(reader: Reader, selection: Selection, total: int) -> Iterator[Row]:
    sql = (
        f"SELECT {STANDING}, count(*), sum({CERTAINLY} IS NULL) FROM {selection.source(reader)}"
        f" WHERE {selection.condition} GROUP BY 1"
    )
    found = {row[0]: row[1:] for row in reader.tuples(sql, {**selection.binds, "day": selection.filters.as_of})}
    for status in STATUSES:
        count, doubtful = found.get(status, (0, 0))
        if count:
            # What nothing tells is unknown for certain.
            yield "status", status, count, _share(count, total), 0 if status == "unknown" else doubtful


def _flags(reader: Reader, selection: Selection, total: int) -> Iterator[Row]:
    for flag in FLAGS:
        binds = Binds()
        binds.values.update(selection.binds)
        condition = standings.status([flag], selection.filters.as_of, binds)
        holds, may = condition.yes.certain, condition.yes.possible
        sql = (
            f"SELECT count(*), sum(ifnull(({holds}), 0)) FROM {selection.source(reader)}"
            f" WHERE ({selection.condition}) AND {may}"
        )
        count, certain = reader.tuples(sql, binds.values)[0]
        if count:
            yield "flag", flag, count, _share(count, total), count - (certain or 0)


def _share(count: int, total: int) -> float | None:
    return round(count / total, 6) if total else None


def _footer(reader: Reader, selection: Selection) -> Iterator[str]:
    yield from footer(reader, selection)
    yield "a flag stands beside a status; not certain: rests on a date that is not exact or not known"
