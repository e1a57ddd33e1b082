"""``report trend``: the share of agreements that do not bind, year by year or over several years."""

from collections.abc import Iterator

from tracker.errors import InvalidValue
from tracker.read.counting.dimensions import in_doubt
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.table import Column, LeftOut, Row, Table

LONGEST = 200
"""Periods up to which those without an agreement are shown too."""

GROUPS = {
    "binding": ("binding", "binding_domestic_law"),
    "non_binding": ("non_binding",),
    "mixed_or_contested": ("mixed", "contested"),
    "unknown": ("undetermined", "not_assessed"),
}
"""What the binding statuses are put together to."""


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return a row a period with the numbers, the share of all, and the share of those that somebody assessed."""
    years = _years(asked.window)
    found, straddling, undated = _counted(reader, selection, years)
    total = {name: sum(counts[name] for counts in found.values()) for name in GROUPS}
    left_out = selection.left_out(reader)
    if straddling:
        left_out.append(LeftOut("concluded: not certainly in one period", straddling))
    if undated:
        left_out.append(LeftOut("concluded: no date", undated))
    return Table(
        report="trend",
        title="Share that does not bind, by " + ("year" if years == 1 else f"{years} years") + " of conclusion",
        columns=[
            Column("period"),
            *(
                column
                for name in GROUPS
                for column in (Column(name, "count"), Column(f"{name}_share", "share", beside=name))
            ),
            Column("total", "count"),
            Column("non_binding_of_assessed", "share", "non-binding of assessed"),
        ],
        rows=[_row(_name(period, years), found[period]) for period in _periods(found, years)],
        totals=_row("all", total),
        filters={**selection.describe(), "window": f"P{years}Y"},
        as_of=selection.filters.as_of,
        left_out=left_out,
        footer=_footer(reader, selection, left_out),
        proof=proofs.proof(reader, selection),
    )


def _years(window: str | None) -> int:
    if window is None:
        return 1
    text = window.strip().lower().lstrip("p").removesuffix("y")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 100):
        raise InvalidValue(f"--window {window!r}: expected years, such as 5y")
    return int(text)


def _counted(reader: Reader, selection: Selection, years: int) -> tuple[dict[int, dict[str, int]], int, int]:
    """Count by the period that the date of conclusion lies in for certain; also the straddling and the undated."""
    first, last = (
        f"CAST(substr(a.concluded_{end}, 1, 4) AS INTEGER) / {years} * {years}" for end in ("earliest", "latest")
    )
    sql = (
        f"SELECT CASE WHEN {first} = {last} THEN {first} END, a.concluded IS NULL, a.binding_status, count(*)"
        f" FROM {selection.source(reader)} WHERE {selection.condition} GROUP BY 1, 2, 3"
    )
    found: dict[int, dict[str, int]] = {}
    straddling = undated = 0
    group = {status: name for name, statuses in GROUPS.items() for status in statuses}
    for period, dateless, status, count in reader.tuples(sql, selection.binds):
        if period is not None:
            found.setdefault(period, dict.fromkeys(GROUPS, 0))[group[status]] += count
        elif dateless:
            undated += count
        else:
            straddling += count
    return found, straddling, undated


def _periods(found: dict[int, dict[str, int]], years: int) -> list[int]:
    """All periods from the first to the last; those with something in them where there would be too many."""
    if not found:
        return []
    every = range(min(found), max(found) + 1, years)
    if len(every) > LONGEST:
        return sorted(found)
    for period in every:
        found.setdefault(period, dict.fromkeys(GROUPS, 0))
    return list(every)


def _name(period: int, years: int) -> str:
    return f"{period:04}" if years == 1 else f"{period:04}/{period + years - 1:04}"


def _row(name: str, counts: dict[str, int]) -> Row:
    total = sum(counts.values())
    assessed = total - counts["unknown"]
    cells = (cell for number in counts.values() for cell in (number, _share(number, total)))
    return name, *cells, total, _share(counts["non_binding"], assessed)


def _share(number: int, total: int) -> float | None:
    return round(number / total, 6) if total else None


def _footer(reader: Reader, selection: Selection, left_out: list[LeftOut]) -> Iterator[str]:
    said = list(footer(reader, selection))
    yield said[0]
    yield from in_doubt(reader, selection, ["year"])
    yield from (f"left out: {item.number} ({item.reason})" for item in left_out)
    yield "unknown: undetermined or not assessed; assessed: all others"
