"""``report missing``: the members of an organisation that are party to none of the agreements asked for, on the day."""

from collections.abc import Iterator

from tracker.errors import UsageProblem
from tracker.read.counting.dimensions import STANDING, numbers, tallies
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import Members, members
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.record import kinds
from tracker.table import Column, Table

OVER = kinds.quoted(kinds.ENDED_AS)
ALIVE = f"(a.signed_earliest IS NULL OR a.signed_earliest <= :day) AND {STANDING} NOT IN ({OVER})"
"""Not certainly signed after the day, and not over on it."""


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return the members without such an agreement, one a row."""
    if not asked.among:
        raise UsageProblem("who is missing among whom? Give --among, such as --among NATO")
    day = selection.filters.as_of
    among = members(reader, asked.among, day)
    held = holders(reader, selection)
    rows = [(code, name, "possibly" if code in among.doubtful else "yes")
            for code, name in among.names.items() if not held.get(code)]  # fmt: skip
    return Table(
        report="missing",
        title=f"Members of {among.organisation} without one",
        columns=[Column("party"), Column("name"), Column("member")],
        rows=rows,
        filters={**selection.describe(), "among": among.organisation},
        as_of=day,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection, among, len(rows)),
        proof=proofs.proof(reader, selection),
    )


def holders(reader: Reader, selection: Selection) -> dict[str, int]:
    """How many agreements each party has on the day, not signed later and not over."""
    (parties,) = tallies(reader, selection, [("party",)], which=ALIVE)
    return {code: count for (code,), count in numbers(parties).items() if code is not None}


def _footer(reader: Reader, selection: Selection, among: Members, absent: int) -> Iterator[str]:
    yield f"{absent} of {len(among.names)} members of {among.organisation} on {selection.filters.as_of} have none"
    if among.doubtful:
        named = ", ".join(f"{among.names[code] or code} ({code})" for code in sorted(among.doubtful))
        yield f"not certainly members on the day: {named}"
    yield from footer(reader, selection)
    yield "not counted: what was certainly signed later, and what is over on the day"
