"""``report status``: how many agreements have which status on a day, which of them for certain, and the flags."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.read.counting.dimensions import CERTAINLY, STANDING
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record.vocabulary import FLAGS, STATUSES
from tracker.table import Column, Row, Table


class Number(NamedTuple):
    """How many agreements have a status or a flag, and how many of these not for certain."""

    agreements: int = 0
    doubtful: int = 0

    def more(self, agreements: int, *, is_certain: bool) -> "Number":
        """Return the number with some more."""
        return Number(self.agreements + agreements, self.doubtful + (0 if is_certain else agreements))


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:  # noqa: ARG001 - as every report
    """Return one row a status in the order of an agreement's life, then one a flag."""
    found = _counted(reader, selection)
    total = sum(found[status].agreements for status in STATUSES)
    return Table(
        report="status",
        title=f"Status on {selection.filters.as_of}",
        columns=[
            *(Column("part"), Column("value"), Column("count", "count")),
            *(Column("share", "share", beside="count"), Column("not_certain", "count")),
        ],
        rows=[*_rows("status", STATUSES, found, total), *_rows("flag", FLAGS, found, total)],
        totals=("all", None, total, 1.0 if total else None, None),
        filters=selection.describe(),
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection),
        proof=proofs.proof(reader, selection),
    )


def _counted(reader: Reader, selection: Selection) -> dict[str, Number]:
    """Count by statuses and flags together, in one pass."""
    sql = (
        f"SELECT count(*), {STANDING}, {CERTAINLY} IS NOT NULL, {standings.on(':day', standings.FLAGS_MARKED)}"
        f" FROM {selection.source(reader)} WHERE {selection.condition} GROUP BY 2, 3, 4"
    )
    found: dict[str, Number] = defaultdict(Number)
    for count, status, is_certain, marks in reader.tuples(sql, {**selection.binds, "day": selection.filters.as_of}):
        # What nothing tells is unknown for certain.
        found[status] = found[status].more(count, is_certain=is_certain or status == "unknown")
        for at, flag in enumerate(standings.FLAGGED):
            mark = marks // standings.MARKS**at % standings.MARKS
            if mark:
                found[flag] = found[flag].more(count, is_certain=mark == standings.MARKS - 1)
    return found


def _rows(part: str, values: Sequence[str], found: Mapping[str, Number], total: int) -> Iterator[Row]:
    for value in values:
        agreements, doubtful = found.get(value, Number())
        if agreements:
            yield part, value, agreements, _share(agreements, total), doubtful


def _share(count: int, total: int) -> float | None:
    return round(count / total, 6) if total else None


def _footer(reader: Reader, selection: Selection) -> Iterator[str]:
    yield from footer(reader, selection)
    yield "a flag stands beside a status; not certain: rests on a date that is not exact or not known"
