"""``report families``: how many agreements of each family each party has; ``--among``: which members have none."""

from collections import defaultdict
from collections.abc import Iterator

from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import Members, members
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.read.reports.matrix import heading
from tracker.read.reports.missing import ALIVE, unnamed, unnamed_line
from tracker.table import Column, Row, Table

WIDEST = 20
"""Families that are shown where no ``--top`` says otherwise: those with the most agreements."""


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return a row a party and a column a family, in which an agreement counts under each of its parties."""
    among = members(reader, asked.among, selection.filters.as_of) if asked.among else None
    families, cells = _counted(reader, selection)
    shown = families[: asked.top or WIDEST]
    called = among.names if among else dict(reader.tuples("SELECT code, name FROM parties"))
    codes = list(called) if among else sorted(cells, key=lambda code: (-sum(cells[code].values()), code))
    rows = [_row(code, called.get(code), cells[code], shown) for code in codes]
    without = [code for code in codes if not cells[code]]
    return Table(
        report="families",
        title="Parties and families" + (f", members of {among.organisation}" if among else ""),
        columns=[
            *(Column("party"), Column("name")),
            *(Column(heading("family", family), "count", heading("family", family)) for family in shown),
            Column("total", "count"),
        ],
        rows=rows,
        filters={**selection.describe(), **({"among": among.organisation} if among else {})},
        as_of=selection.filters.as_of,
        left_out=[*selection.left_out(reader), *(unnamed(reader, selection) if among else ())],
        footer=_footer(reader, selection, _absent(among, without, len(codes)), len(families) - len(shown)),
        proof=proofs.proof(reader, selection),
    )


def _counted(reader: Reader, selection: Selection) -> tuple[list[str], dict[str, dict[str, int]]]:
    """Return the families, that with the most agreements first, and how many of each a party has."""
    # Family by family, as an index holds them, agreements would be fetched from all over the store: so the plus, and
    # the look at what that index does not hold.
    sql = (
        "SELECT +m.family_id, a.party_codes, count(*)"
        f" FROM {selection.children(reader, 'membership', 'm', alone=False)}"
        f" WHERE ({selection.condition}) AND {ALIVE} AND coalesce(m.since, 1) GROUP BY 1, 2"
    )
    sizes: dict[str, int] = defaultdict(int)
    cells: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for family, codes, count in reader.tuples(sql, {**selection.binds, "day": selection.filters.as_of}):
        sizes[family] += count
        for code in codes.split():
            cells[code][family] += count
    return sorted(sizes, key=lambda family: (-sizes[family], family)), cells


def _row(code: str, name: str | None, counts: dict[str, int], shown: list[str]) -> Row:
    return code, name, *(counts.get(family, 0) for family in shown), sum(counts.values())


def _absent(among: Members | None, without: list[str], total: int) -> list[str]:
    """Return the lines of the footer that tell which members of an organisation have none."""
    if among is None:
        return []
    lines = [f"missing: {len(without)} of {total} members of {among.organisation}: {', '.join(without) or 'nobody'}"]
    if among.doubtful:
        lines.append(f"only possibly a member on the day: {', '.join(sorted(among.doubtful))}")
    return lines


def _footer(reader: Reader, selection: Selection, absent: list[str], hidden: int) -> Iterator[str]:
    yield from absent
    if hidden > 0:
        yield f"{hidden} more {'family is' if hidden == 1 else 'families are'} not shown (--top)"
    yield from footer(reader, selection)
    if absent:
        yield from unnamed_line(reader, selection)
    yield "not counted: what was certainly signed later, and what is over on the day"
