"""Members of organisations, and the organisations of a party: spell by spell, and on a day; when parties existed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from json import dumps, loads
from typing import NamedTuple

from tracker.dates.day import DayRange, answer
from tracker.dates.edtf import parse
from tracker.errors import InvalidValue
from tracker.law.successors import Existence, Lifetime
from tracker.read.file.connection import Reader
from tracker.read.lookup import names
from tracker.table import Column, Page, Records, Section, Table

MEMBERS = (
    "SELECT m.code, p.name, m.from_date, m.until_date FROM party_members AS m"
    " LEFT JOIN parties AS p ON p.code = m.code WHERE m.organisation = :code"
)
ORGANISATIONS = (
    "SELECT m.organisation, p.name, m.from_date, m.until_date FROM party_members AS m"
    " LEFT JOIN parties AS p ON p.code = m.organisation WHERE m.code = :code"
)


class Spell(NamedTuple):
    """One membership of a party, or in an organisation; dates are EDTF text, None = no date recorded."""

    code: str
    name: str | None
    begun: str | None
    ended: str | None


class Members(NamedTuple):
    """The members of an organisation on a day: name by code, and which of them are only possibly members."""

    organisation: str
    names: dict[str, str | None]
    doubtful: frozenset[str]


def members(reader: Reader, text: str, day: str) -> Members:
    """Return the members on the day of the organisation called so; raises InvalidValue where none are recorded."""
    code = names.party_code(reader, text)
    spells = _spells(reader, MEMBERS, code)
    if not spells and not reader.absent:
        raise InvalidValue(
            f"--among {text!r}: no members of {code} are recorded; name an organisation such as NATO, or record them"
        )
    by_code: dict[str, str | None] = {}
    certain = set()
    for spell in sorted(spells, key=lambda spell: spell.code):
        is_member = membership(spell, day)
        if is_member != "no":
            by_code[spell.code] = spell.name
        if is_member == "yes":
            certain.add(spell.code)
    return Members(code, by_code, frozenset(by_code) - certain)


def with_memberships(reader: Reader, page: Page, day: str) -> Page:
    """Return the page of a party with its members, and what it is a member of, before its agreements."""
    if not isinstance(page.data, Records):
        return page
    code = next(iter(page.data.objects))["code"]
    return page.but(sections=_with_memberships(reader, page.sections, code, day))


def _with_memberships(reader: Reader, sections: Iterable[Section], code: str, day: str) -> Iterator[Section]:
    first, *rest = sections
    yield first.but(facts=[(name, value) for name, value in first.facts if name != "members"])
    members = _spells(reader, MEMBERS, code)
    if members:
        count = len({spell.code for spell in members if membership(spell, day) == "yes"})
        yield Section(f"Members ({count} on {day})", table=_table("members", members, day))
    organisations = _spells(reader, ORGANISATIONS, code)
    if organisations:
        yield Section("Member of", table=_table("member_of", organisations, day))
    yield from rest


def membership(spell: Spell, day: str) -> str:
    """Say whether a spell holds on a day: yes, no, or possibly where its dates leave it open; the last day counts.

    No beginning recorded = member for as long as anybody knows; no end recorded = still one.
    """
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    joined = answer(parse(spell.begun) if spell.begun else None, DayRange(None, day))
    gone = answer(parse(spell.ended) if spell.ended else None, DayRange(None, eve))
    if joined == "no" or gone == "certain":
        return "no"
    return "possibly" if "possible" in (joined, gone) else "yes"


def _spells(reader: Reader, sql: str, code: str) -> list[Spell]:
    return sorted(map(Spell._make, reader.tuples(sql, {"code": code})), key=_beginning)


def _beginning(spell: Spell) -> tuple[str, str, str]:
    """In time: by the earliest day of the beginning, then of the end; what has no beginning comes first."""
    begun, ended = ((parse(text).earliest or "") if text else "" for text in (spell.begun, spell.ended))
    return begun, spell.code, ended


def _table(report: str, spells: Iterable[Spell], day: str) -> Table:
    columns = [
        Column("code"),
        Column("name"),
        Column("from", "date"),
        Column("until", "date"),
        Column("member", heading=day),
    ]
    return Table(report, columns, [(*spell, membership(spell, day)) for spell in spells])


LIVES = (
    "SELECT code, exists_from, exists_until, successors FROM parties"
    " WHERE (exists_from IS NOT NULL OR exists_until IS NOT NULL)"
)
OF_SOME = " AND code IN (SELECT value FROM json_each(:codes))"


def existence(reader: Reader, codes: Iterable[str] | None = None) -> Existence:
    """Return how long parties existed, for those of which it is recorded; None = of all in the register."""
    some = {} if codes is None else {"codes": dumps(sorted(set(codes)))}
    found = reader.tuples(LIVES + OF_SOME if some else LIVES, some)
    return {code: Lifetime(begun, over, tuple(loads(successors))) for code, begun, over, successors in found}
