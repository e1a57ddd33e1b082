"""``report missing``: the members of an organisation that are party to none of the agreements asked for, on the day."""

from collections.abc import Iterator, Sequence
from json import dumps
from typing import Any

from tracker.errors import UsageProblem
from tracker.query.tree import Or
from tracker.read.counting.dimensions import STANDING, numbers, tallies
from tracker.read.file.connection import Reader
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import Members, members
from tracker.read.query.column_conditions import NUMBER_OPEN
from tracker.read.query.predicates import Predicate, Query, equals, together
from tracker.read.query.selection import Selection
from tracker.read.records.conflicting_claims import counted_by_some
from tracker.read.reports import ReportRequest
from tracker.record import kinds
from tracker.table import Column, LeftOut, Row, Table

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
        left_out=[*selection.left_out(reader), *(unnamed(reader, selection) if rows else ())],
        footer=_footer(reader, selection, among, [str(code) for code, *_ in rows]),
        proof=proofs.proof(reader, selection),
    )


def unnamed(reader: Reader, selection: Selection) -> list[LeftOut]:
    """Return how many of the agreements on the day have a party that nobody knows by name, and that may be any member.

    They are counted where something is asked for: no index leads to them, and to look for them among all takes long.
    """
    if not selection.asked:
        return []
    sql = f"SELECT count(*) FROM {selection.source(reader)} WHERE {NUMBER_OPEN} AND ({selection.condition}) AND {ALIVE}"
    number = int(reader.scalar(sql, {**selection.binds, "day": selection.filters.as_of}))
    return [LeftOut("party: somebody whom nobody knows by name yet", number)] if number else []


def unnamed_line(reader: Reader, selection: Selection) -> Iterator[str]:
    """Yield the same for people."""
    if not selection.asked:
        yield "not counted: parties whom nobody knows by name yet"
    for item in unnamed(reader, selection):
        yield f"left out: {item.number} ({item.reason}): it may be any of those who have none"


def holders(reader: Reader, selection: Selection) -> dict[str, int]:
    """How many agreements each party has on the day, not signed later and not over."""
    (parties,) = tallies(reader, selection, [("party",)], which=ALIVE)
    return {code: count for (code,), count in numbers(parties).items() if code is not None}


def _disputed(reader: Reader, selection: Selection) -> dict[str, list[str]]:
    """The agreements that some source counts in, by the parties that would have one: in the family, or as its party."""
    day = selection.filters.as_of
    found = [(ref, codes.split()) for ref, codes in _outside(reader, selection)]
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


def _outside(reader: Reader, selection: Selection) -> Sequence[Sequence[Any]]:
    """Return ref and parties of what some source counts in a family asked for, where all else that is asked holds."""
    counted: list[str] = []

    def or_counted(part: Query) -> Query:
        if not isinstance(part, Predicate) or part.field != "family":
            return part
        families = [operand for operand in part.operands if isinstance(operand, str)]
        refs = [ref for family in families for ref in counted_by_some(reader, family)]
        counted.extend(refs)
        return Or((part, equals("ref", *refs))) if refs else part

    asked = selection.filters
    query = together(map(or_counted, asked.conjuncts()))
    if not counted:
        return []
    wider = Selection(asked.but(query=query))
    sql = (
        "SELECT a.ref, a.party_codes FROM agreements AS a"
        f" WHERE a.ref IN (SELECT value FROM json_each(:refs)) AND ({wider.condition}) AND {ALIVE}"
    )
    return reader.tuples(sql, {**wider.binds, "refs": dumps(sorted(counted)), "day": asked.as_of})


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
    if absent:
        yield from unnamed_line(reader, selection)
    yield "not counted: what was certainly signed later, and what is over on the day"


def _named(among: Members, codes: Sequence[str]) -> str:
    return ", ".join(f"{among.names[code] or code} ({code})" for code in codes)
