"""``report funnel``: how far agreements came in their life, and how many stayed behind at each stage."""

from collections import defaultdict
from collections.abc import Iterator

from tracker.law.life import steps
from tracker.read.file.connection import Reader
from tracker.read.life.stages import REACHED
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record import kinds
from tracker.table import Column, LeftOut, Table

STAGES = {
    "announced": steps.ANNOUNCED,
    "negotiating": steps.NEGOTIATING,
    "initialled": steps.INITIALLED,
    "adopted": steps.ADOPTED,
    "signed": steps.SIGNED,
    "consented": steps.CONSENTED,
    "provisionally applied": steps.PROVISIONAL,
    "in force or operative": steps.ENTERED,
}
"""Stages by their rank; awaiting entry is having consented, a suspension does not undo the entry."""

SHOWN = ("announced", "signed", "in force or operative")
"""Stages that are shown even where nothing is known to have stopped at them."""

BEGUN = standings.on(":day", standings.BEGUN)


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:  # noqa: ARG001 - as every report
    """Return a row a stage: recorded as such, came that far or further, stayed there, and of these what is over."""
    recorded, furthest = _counted(reader, selection)
    total = sum(number for number, _ in furthest.values())
    rows, ahead = [], total - furthest.get(0, (0, 0))[0]
    for name, rank in STAGES.items():
        stayed, over = furthest.get(rank, (0, 0))
        if stayed or recorded.get(rank) or name in SHOWN:
            rows.append((name, recorded.get(rank, 0), ahead, round(ahead / total, 6) if total else None, stayed, over))
        ahead -= stayed
    nowhere = furthest.get(0, (0, 0))[0]
    left_out = selection.left_out(reader) + ([LeftOut("no stage is recorded", nowhere)] if nowhere else [])
    return Table(
        report="funnel",
        title=f"How far {total} agreement{'' if total == 1 else 's'} came",
        columns=[
            *(Column("stage"), Column("recorded", "count"), Column("reached", "count")),
            *(Column("share", "share", beside="reached"), Column("stayed", "count"), Column("over", "count")),
        ],
        rows=rows,
        filters=selection.describe(),
        as_of=selection.filters.as_of,
        left_out=left_out,
        footer=_footer(reader, selection, left_out),
        proof=proofs.proof(reader, selection),
    )


def _counted(reader: Reader, selection: Selection) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """Count agreements by the stages that they were recorded at by the day; many went through the same.

    Returns how many were recorded at each stage; and how many came how far and no further, with how many are over.
    """
    stages = f"(SELECT group_concat(s.status, ' ') FROM span AS s WHERE {standings.STAGE} AND {BEGUN})"
    sql = f"SELECT {stages}, count(*) FROM {selection.source(reader)} WHERE {selection.condition} GROUP BY 1"
    recorded: dict[int, int] = defaultdict(int)
    furthest: dict[int, tuple[int, int]] = {}
    for statuses, count in reader.tuples(sql, {**selection.binds, "day": selection.filters.as_of}):
        names = frozenset((statuses or "").split(" "))
        ranks = {rank for name in names if (rank := REACHED.get(name))}
        for rank in ranks:
            recorded[rank] += count
        last = max(ranks, default=0)
        stayed, over = furthest.get(last, (0, 0))
        furthest[last] = stayed + count, over + (0 if names.isdisjoint(kinds.ENDED_AS) else count)
    return recorded, furthest


def _footer(reader: Reader, selection: Selection, left_out: list[LeftOut]) -> Iterator[str]:
    yield next(iter(footer(reader, selection)))
    yield from (f"left out: {item.number} ({item.reason})" for item in left_out)
    yield "recorded: the stage itself is; reached: that stage or a later one; stayed: no later one is recorded"
    yield "no later stage recorded is no proof that there was none; over: ended, expired or replaced"
