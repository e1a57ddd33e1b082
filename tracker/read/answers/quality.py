"""``check``: the rules of data quality over the agreements asked for, as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.law import ordinals
from tracker.law.doubts.cited import cited
from tracker.law.doubts.quality import LEVELS, RULES, Facts, Rule, asks_what_is_derived
from tracker.law.life.standing import IN_FORCE
from tracker.read.file.connection import Reader
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import existence
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import records
from tracker.read.records.conflicting_claims import conflicting, counted_by_some
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


class Doubt(NamedTuple):
    """What a rule found: a row, and what people call its path."""

    level: str
    rule: str
    ref: str | None
    path: str | None
    finding: str
    about: str | None

    def place(self, number: int) -> tuple[int, int, str, str, int]:
        """The place of the row, the gravest first; ``number``: how many were found before."""
        return LEVELS.index(self.level), NAMES.index(self.rule), self.ref or "", self.path or "", number


class Tally:
    """How much was found, counted as it is found."""

    def __init__(self) -> None:
        self.by_rule: Counter[str] = Counter()
        self.agreements = 0
        """How many agreements are concerned."""

    def counted(self, found: Iterable[tuple[str, list[Doubt]]], later: Sequence[Doubt]) -> Iterator[Doubt]:
        """Yield what was found record by record, each with its ref, and then what was found in another way."""
        others = {doubt.ref for doubt in later if doubt.ref}
        self.agreements = len(others)
        for ref, doubts in found:
            self.agreements += bool(doubts) and ref not in others
            self.by_rule.update(doubt.rule for doubt in doubts)
            yield from doubts
        self.by_rule.update(doubt.rule for doubt in later)
        yield from later

    @property
    def by_level(self) -> Counter[str]:
        """How much there is of each level."""
        found: Counter[str] = Counter()
        for rule, number in self.by_rule.items():
            found[level_of(rule)] += number
        return found


def level_of(rule: str) -> str:
    """Return the level of a rule."""
    return "warning" if rule == ORDINAL else RULES[rule].level


def tells(rule: str) -> str:
    """Return what a rule looks for."""
    return "ordinals that do not fit the list of a family" if rule == ORDINAL else RULES[rule].tells


def page(reader: Reader, selection: Selection, rules: Sequence[str]) -> tuple[Page, int]:
    """Return the findings of some rules, the gravest first, and how many are errors; for people together by their rule.

    They wait in a file until all are found.
    """
    tally = Tally()
    families = list(_of_families(reader, selection)) if ORDINAL in rules else []
    doubts = tally.counted(_of_records(reader, selection, rules), families)
    rows = SortedRows((doubt.place(number), doubt) for number, doubt in enumerate(doubts))
    data = Table(
        report="check",
        title="What is doubtful",
        columns=COLUMNS,
        rows=(row[: len(COLUMNS)] for row in rows.first()),
        filters={**selection.describe(), **({"rules": list(rules)} if len(rules) < len(NAMES) else {})},
        as_of=selection.filters.as_of,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection, tally),
        proof=proofs.proof(reader, selection),
    )
    sections = _by_rule(rows, tally)
    return Page(data.title, sections, data, data.footer, proof=data.proof), tally.by_level["error"]


SHOWN = (Column("ref", "code", weight=9), Column("about"), Column("finding", weight=9, least=30))


def _by_rule(rows: SortedRows, tally: Tally) -> Iterator[Section]:
    for rule in sorted(tally.by_rule, key=lambda rule: (LEVELS.index(level_of(rule)), NAMES.index(rule))):
        level = level_of(rule)
        found = rows.below(LEVELS.index(level), NAMES.index(rule))
        shown = ((ref, about, finding) for _, _, ref, _, finding, about in found)
        heading = f"{level}: {tells(rule)} ({rule}, {tally.by_rule[rule]})"
        yield Section(heading, table=Table("check", SHOWN, shown, folded=False))


def _of_records(reader: Reader, selection: Selection, rules: Sequence[str]) -> Iterator[tuple[str, list[Doubt]]]:
    """Yield the ref of each record with what is found in it."""
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
        yield record["ref"], list(_of_record(record, facts, asked))


def _of_record(record: Agreement, facts: Facts, asked: Sequence[tuple[str, Rule]]) -> Iterator[Doubt]:
    done = {event["kind"] for event in record["events"]}
    for name, rule in asked:
        if rule.of and rule.of.isdisjoint(done):
            continue
        for path, text in rule.look(record, facts):
            about = in_words(cast("Record", record), path) if path else path
            yield Doubt(rule.level, name, record["ref"], path, text, about)


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


def _of_families(reader: Reader, selection: Selection) -> Iterator[Doubt]:
    """Hold the ordinals of each family against all its members, whatever part was asked for."""
    asked = reader.tuples(
        f"SELECT DISTINCT m.family_id FROM {selection.source(reader)} JOIN memberships AS m ON m.agreement_id = a.id"
        f" WHERE {selection.condition} ORDER BY 1",
        selection.binds,
    )
    for (family,) in asked:
        path = f"families[{family}]"
        candidates = counted_by_some(reader, family)
        for ref, text in ordinals.findings(_members(reader, family)):
            more = f"; by some also: {', '.join(candidates)}" if candidates and ref is None else ""
            yield Doubt(level_of(ORDINAL), ORDINAL, ref, path, text + more, f"family {family}")


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


def _footer(reader: Reader, selection: Selection, tally: Tally) -> Iterator[str]:
    levels = tally.by_level
    counted = ", ".join(f"{levels[level]} {level}{'' if levels[level] == 1 else 's'}" for level in LEVELS)
    yield f"{counted}; {tally.agreements} agreements concerned"
    yield from footer(reader, selection)
