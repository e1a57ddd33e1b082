"""``check``: the rules of data quality over the agreements asked for, as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.law import ordinals
from tracker.law.doubts.quality import LEVELS, RULES, Facts, asks_what_is_derived, cited
from tracker.law.life.standing import IN_FORCE
from tracker.read.file.connection import Reader
from tracker.read.lists import export
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import existence
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import records
from tracker.read.records.conflicting_claims import conflicting
from tracker.read.records.paths_in_words import in_words
from tracker.record.kinds import quoted
from tracker.record.types import Json, Record
from tracker.table import Column, Page, Section, Table

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Claim


ORDINAL = "ordinal"
NAMES = (*RULES, ORDINAL)
"""The rules by name."""

COLUMNS = (Column("level"), Column("rule"), Column("ref", "code"), Column("path"), Column("finding"))


Said = dict[tuple[str | None, str | None], str]
"""Ref and path to what people call it."""


class Doubt(NamedTuple):
    """What a rule found: a row."""

    level: str
    rule: str
    ref: str | None
    path: str | None
    finding: str

    @property
    def gravity(self) -> tuple[int, int, str, str]:
        """The order of the rows, the gravest first."""
        return LEVELS.index(self.level), NAMES.index(self.rule), self.ref or "", self.path or ""


def level_of(rule: str) -> str:
    """Return the level of a rule."""
    return "warning" if rule == ORDINAL else RULES[rule].level


def tells(rule: str) -> str:
    """Return what a rule looks for."""
    return "ordinals that do not fit the list of a family" if rule == ORDINAL else RULES[rule].tells


def page(reader: Reader, selection: Selection, rules: Sequence[str]) -> Page:
    """Return the findings of some rules, the gravest first; for people together by their rule."""
    said: Said = {}
    rows = list(_of_records(reader, selection, rules, said))
    if ORDINAL in rules:
        rows += _of_families(reader, selection, said)
    rows.sort(key=lambda row: row.gravity)
    data = Table(
        report="check",
        title="What is doubtful",
        columns=COLUMNS,
        rows=rows,
        filters={**selection.describe(), **({"rules": list(rules)} if len(rules) < len(NAMES) else {})},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection, rows),
        proof=export.proof(reader, selection),
    )
    return Page(data.title, _by_rule(rows, said), data, data.footer, proof=data.proof)


SHOWN = (Column("ref", "code", weight=9), Column("about"), Column("finding", weight=9, least=30))


def _by_rule(rows: Sequence[Doubt], said: Said) -> Iterator[Section]:
    for (level, rule), doubts in groupby(rows, key=lambda row: (row.level, row.rule)):
        shown = [(row.ref, said.get((row.ref, row.path), row.path), row.finding) for row in doubts]
        heading = f"{level}: {tells(rule)} ({rule}, {len(shown)})"
        yield Section(heading, table=Table("check", SHOWN, shown, folded=False))


def _of_records(reader: Reader, selection: Selection, rules: Sequence[str], said: Said) -> Iterator[Doubt]:
    """Yield the findings record by record, and note what people call their paths."""
    asked = [(name, RULES[name]) for name in rules if name in RULES]
    if not asked:
        return
    kinds: dict[str, str] = dict(reader.tuples("SELECT id, kind FROM sources"))
    lives = existence(reader)
    day = selection.filters.as_of
    superseded = _superseded(reader, day) if "superseding" in rules else frozenset()
    outsiders = _outsiders(reader, day) if "outsider" in rules else {}

    def is_derived(document: Record) -> bool:
        return asks_what_is_derived(cast("Agreement", document), lives)

    for document in records(reader, selection, day, is_derived=is_derived):
        record = cast("Agreement", document)
        conflicts = cast("dict[str, list[Claim]]", conflicting(document)) if len(record["claims"]) > 1 else {}
        facts = Facts(day, kinds, lives, conflicts, cited(record), superseded, outsiders)
        done = {event["kind"] for event in record["events"]}
        for name, rule in asked:
            if rule.of and rule.of.isdisjoint(done):
                continue
            for finding in rule.look(record, facts):
                if finding.path:
                    said[record["ref"], finding.path] = in_words(document, finding.path)
                yield Doubt(rule.level, name, record["ref"], finding.path, finding.text)


def _superseded(reader: Reader, day: str) -> frozenset[str]:
    """Return the refs that some agreement supersedes and that are in force on a day for certain."""
    status = standings.on(":day", standings.CERTAIN_STATUS)
    sql = (
        "SELECT a.ref FROM agreements AS a WHERE a.ref IN (SELECT target FROM relations WHERE type = 'supersedes')"
        f" AND {status} IN ({quoted(IN_FORCE)})"
    )
    return frozenset(ref for (ref,) in reader.tuples(sql, {"day": day}))


def _outsiders(reader: Reader, day: str) -> dict[str, list[tuple[str, str]]]:
    """Return by ref the parties for which it may be in force, and what it depends on not, where that tells of force."""
    holds = standings.on(":day", f"{standings.FORCE} AND {standings.POSSIBLY}")
    whole = "FROM spans AS s WHERE s.agreement_ref = r.target AND s.party"
    sql = (
        "SELECT DISTINCT r.agreement_ref, d.party, r.target FROM relations AS r"
        f" JOIN (SELECT s.agreement_id, s.party FROM spans AS s WHERE s.party <> '' AND {holds}) AS d"
        " ON d.agreement_id = r.agreement_id WHERE r.dependent"
        f" AND EXISTS (SELECT 1 {whole} <> '' AND {holds}) AND NOT EXISTS (SELECT 1 {whole} = d.party AND {holds})"
        " ORDER BY 1, 2, 3"
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for ref, party, target in reader.tuples(sql, {"day": day}):
        found.setdefault(ref, []).append((party, target))
    return found


def _of_families(reader: Reader, selection: Selection, said: Said) -> Iterator[Doubt]:
    """Hold the ordinals of each family against all its members, whatever part was asked for."""
    asked = reader.tuples(
        f"SELECT DISTINCT m.family_id FROM {selection.source(reader)} JOIN memberships AS m ON m.agreement_id = a.id"
        f" WHERE {selection.condition} ORDER BY 1",
        selection.binds,
    )
    for (family,) in asked:
        path = f"families[{family}]"
        candidates = _counted_by_some(reader, family, path)
        for ref, text in ordinals.findings(_members(reader, family)):
            more = f"; by some also: {', '.join(candidates)}" if candidates and ref is None else ""
            said[ref, path] = f"family {family}"
            yield Doubt(level_of(ORDINAL), ORDINAL, ref, path, text + more)


def _members(reader: Reader, family: str) -> list[ordinals.Member]:
    from json import loads

    sql = (
        "SELECT a.ref, a.signed, a.notes, m.note,"
        " (SELECT c.value FROM claims AS c WHERE c.agreement_id = a.id AND c.field = 'topic:ordinal'"
        " ORDER BY c.adopted DESC, c.position LIMIT 1)"
        " FROM memberships AS m JOIN agreements AS a ON a.id = m.agreement_id WHERE m.family_id = :family"
        " ORDER BY a.ref"
    )
    members = []
    for ref, signed, notes, note, claim in reader.tuples(sql, {"family": family}):
        texts: list[str] = [*loads(notes), note or ""]
        if claim:
            texts.insert(0, f"ordinal {_ordinal(loads(claim))}")
        members.append(ordinals.Member(ref, signed, ordinals.said(texts)))
    return members


def _ordinal(value: Json) -> str:
    """A claim's value as a text with a number like 18th."""
    text = str(value)
    return f"{text}th" if text.isdecimal() else text


def _counted_by_some(reader: Reader, family: str, path: str) -> list[str]:
    """The agreements outside a family of which some source says that they belong to it."""
    sql = (
        "SELECT DISTINCT c.agreement_ref FROM claims AS c WHERE c.field = :path AND c.adopted = 0 AND NOT EXISTS"
        " (SELECT 1 FROM memberships AS m WHERE m.agreement_id = c.agreement_id AND m.family_id = :family) ORDER BY 1"
    )
    return [ref for (ref,) in reader.tuples(sql, {"path": path, "family": family})]


def _footer(reader: Reader, selection: Selection, rows: Sequence[Doubt]) -> Iterator[str]:
    levels = Counter(row.level for row in rows)
    counted = ", ".join(f"{levels[level]} {level}{'' if levels[level] == 1 else 's'}" for level in LEVELS)
    yield f"{counted}; {len({row.ref for row in rows if row.ref})} agreements concerned"
    yield from footer(reader, selection)


def errors(answer: Table) -> int:
    """How many findings are errors."""
    return sum(row["level"] == "error" for row in answer.dicts())
