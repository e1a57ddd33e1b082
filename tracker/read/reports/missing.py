"""``report missing``: the members of an organisation that are party to none of the agreements asked for, on the day."""

from collections.abc import Iterator, Sequence
from json import dumps

from tracker.errors import UsageProblem
from tracker.read.counting.dimensions import STANDING, numbers, tallies
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import Members, members
from tracker.read.query.selection import Selection
from tracker.read.records.conflicting_claims import counted_by_some
from tracker.read.reports import ReportRequest
from tracker.record import kinds
from tracker.table import Column, Row, Table

OVER = kinds.quoted(kinds.ENDED_AS)
ALIVE = f"(a.signed_earliest IS NULL OR a.signed_earliest <= :day) AND {STANDING} NOT IN ({OVER})"
"""Not certainly signed after the day, and not over on it."""

LATER = "(a.signed_latest > :day OR (a.signed_latest IS NULL AND a.signed_earliest IS NOT NULL))"
"""Possibly signed after the day; what has no date of signature tells nothing of it."""

AS_PARTY = "parties["
"""How the field of a claim begins that some party is one."""


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Table:
    """Return the members without such an agreement, one a row."""
    if not asked.among:
        raise UsageProblem("who is missing among whom? Give --among, such as --among NATO")
    day = selection.filters.as_of
    among = members(reader, asked.among, day)
    held, disputed = holders(reader, selection), _disputed(reader, selection)
    rows: list[Row] = [
        (code, name, "possibly" if code in among.doubtful else "yes", disputed.get(code, []))
        for code, name in among.names.items()
        if not held.get(code)
    ]
    return Table(
        report="missing",
        title=f"Members of {among.organisation} without one",
        columns=[Column("party"), Column("name"), Column("member"), Column("by_some", "list", "counted in by some")],
        rows=rows,
        filters={**selection.describe(), "among": among.organisation},
        as_of=day,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection, among, [str(code) for code, *_ in rows]),
        proof=proofs.proof(reader, selection),
    )


def holders(reader: Reader, selection: Selection) -> dict[str, int]:
    """How many agreements each party has on the day, not signed later and not over."""
    (parties,) = tallies(reader, selection, [("party",)], which=ALIVE)
    return {code: count for (code,), count in numbers(parties).items() if code is not None}


def _disputed(reader: Reader, selection: Selection) -> dict[str, list[str]]:
    """The agreements that some source counts in, by the parties that would have one: in the family, or as its party."""
    counted = [ref for family in selection.filters.codes("family") for ref in counted_by_some(reader, family)]
    day = selection.filters.as_of
    outside = (
        "SELECT a.ref, a.party_codes FROM agreements AS a"
        f" WHERE a.ref IN (SELECT value FROM json_each(:refs)) AND {ALIVE}"
    )
    told = reader.tuples(outside, {"refs": dumps(sorted(counted)), "day": day})
    found = [(ref, codes.split()) for ref, codes in told]
    claimed = (
        f"SELECT a.ref, c.field FROM {selection.source(reader)} JOIN claims AS c ON c.agreement_id = a.id"
        f" WHERE ({selection.condition}) AND {ALIVE} AND c.adopted = 0 AND c.value NOT IN ('false', 'null')"
        f" AND substr(c.field, 1, {len(AS_PARTY)}) = '{AS_PARTY}' AND substr(c.field, -1) = ']'"
    )
    binds = {**selection.binds, "day": day}
    found += [(ref, [field[len(AS_PARTY) : -1]]) for ref, field in reader.tuples(claimed, binds)]
    by_party: dict[str, set[str]] = {}
    for ref, codes in found:
        for code in codes:
            by_party.setdefault(code, set()).add(ref)
    return {code: sorted(refs) for code, refs in by_party.items()}


def _open(reader: Reader, selection: Selection) -> list[str]:
    """The parties that have one only if it was signed by the day, which its date leaves open."""
    (parties,) = tallies(reader, selection, [("party",)], which=f"{ALIVE} AND NOT coalesce({LATER}, 0)")
    sure = {code for (code,), count in numbers(parties).items() if count}
    return sorted(code for code, count in holders(reader, selection).items() if count and code not in sure)


def _footer(reader: Reader, selection: Selection, among: Members, absent: Sequence[str]) -> Iterator[str]:
    day = selection.filters.as_of
    yield f"{len(absent)} of {len(among.names)} members of {among.organisation} on {day} have none"
    if among.doubtful:
        yield f"not certainly members on the day: {_named(among, sorted(among.doubtful))}"
    if possibly := [code for code in _open(reader, selection) if code in among.names]:
        yield f"have one only if it was signed by that day, which is open: {_named(among, possibly)}"
    yield from footer(reader, selection)
    yield "not counted: what was certainly signed later, and what is over on the day"


def _named(among: Members, codes: Sequence[str]) -> str:
    return ", ".join(f"{among.names[code] or code} ({code})" for code in codes)
