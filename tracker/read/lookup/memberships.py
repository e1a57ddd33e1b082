"""Who is a member of an organisation, and of which organisations a party is one: in time, spell by spell."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tracker.dates.day import DayRange, answer
from tracker.dates.edtf import parse
from tracker.read.file.connection import Reader
from tracker.table import Column, Page, Records, Section, Table

MEMBERS = (
    "SELECT m.code, p.name, m.from_date, m.until_date FROM party_members AS m"
    " LEFT JOIN parties AS p ON p.code = m.code WHERE m.organisation = :code"
)
ORGANISATIONS = (
    "SELECT m.organisation, p.name, m.from_date, m.until_date FROM party_members AS m"
    " LEFT JOIN parties AS p ON p.code = m.organisation WHERE m.code = :code"
)

Spell = tuple[str, str, str | None, str | None]
"""Code, name, from, until; EDTF text, None = no date recorded."""


def added(reader: Reader, page: Page, day: str) -> Page:
    """Return the page of a party with its members, and what it is a member of, before its agreements."""
    if not isinstance(page.data, Records):
        return page
    code = next(iter(page.data.objects))["code"]
    first, *rest = page.sections
    facts = [(name, value) for name, value in first.facts if name != "members"]
    sections = [first._replace(facts=facts)]
    members = _spells(reader, MEMBERS, code)
    if members:
        count = len({spell[0] for spell in members if now(spell, day) == "yes"})
        sections.append(Section(f"Members ({count} on {day})", table=_table("members", members, day)))
    organisations = _spells(reader, ORGANISATIONS, code)
    if organisations:
        sections.append(Section("Member of", table=_table("member_of", organisations, day)))
    return page._replace(sections=[*sections, *rest])


def now(spell: Spell, day: str) -> str:
    """Say whether a spell holds on a day: yes, no, or possibly where its dates leave it open; the last day counts.

    No beginning recorded = member for as long as anybody knows; no end recorded = still one.
    """
    _, _, begun, ended = spell
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    joined = answer(parse(begun) if begun else None, DayRange(None, day))
    gone = answer(parse(ended) if ended else None, DayRange(None, eve))
    if joined == "no" or gone == "certain":
        return "no"
    return "possibly" if "possible" in (joined, gone) else "yes"


def _spells(reader: Reader, sql: str, code: str) -> list[Spell]:
    return sorted(reader.tuples(sql, {"code": code}), key=_beginning)


def _beginning(spell: Spell) -> tuple[str, str, str]:
    """In time: by the earliest day of the beginning, then of the end; what has no beginning comes first."""
    days = [(parse(text).earliest or "") if text else "" for text in (spell[2], spell[3])]
    return days[0], spell[0], days[1]


def _table(report: str, spells: Iterable[Spell], day: str) -> Table:
    columns = [
        Column("code"),
        Column("name"),
        Column("from", "date"),
        Column("until", "date"),
        Column("member", heading=day),
    ]
    rows: list[tuple[Any, ...]] = [(*spell, now(spell, day)) for spell in spells]
    return Table(report, columns, rows)
