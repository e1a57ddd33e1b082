"""How SQLite goes about what the program asks: nothing that grows with the register squared, and nothing by luck.

Every statement of many commands is explained on a register of rich records, without statistics and with those of a
hundred times as many (``statistics.txt``, from ``ANALYZE``), by the shortest path and by none. In a loop an agreement
or an object is looked up by what names it: no scan, no index of values that thousands share, and no index made for the
one statement, except of focus areas, families and members of organisations, of which there are few.
"""

import re
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest
from running import called

from tracker.read.file.connection import Reader
from tracker.read.lookup import identity
from tracker.read.query import selection, text_conditions
from tracker.read.query.selection import Selection
from tracker.read.records import conflicting_claims

STATISTICS = Path(__file__).with_name("statistics.txt")

REF, OTHER, PERSON, SOURCE = "REF", "OTHER", "PERSON", "SOURCE"
"""Stand for names in the register."""

LISTS = (
    *("", "party:JPN", "not party:JPN", "signed:2000..2010", "not signed:2000..2010", "signed:none"),
    *("concluded:1990", "expires:1990..2000", "in_force_from:1990", "in_force_until:1990..", "status:unknown"),
    *("status:in_force", "status:partly_ratified", "status:computed_entry", "status:no_end_recorded", "bound:JPN"),
    *("status:none", "party:none"),
    *("type:treaty", "binding:binding", "focus:cyber", "not focus:cyber", "family:family-1", "text_access:public"),
    *("signatory:PERSON", "level:minister", "source:SOURCE", "source_kind:treaty_series", "confidence:low"),
    *("laterality:multilateral", "party_count:3..", "sources:2..", "identifier:'UNTS 12'", "depositary:any"),
    *("event:ratified", "not event:ratified", "place:geneva", "claim:any", "claim:binding_status", "conflict:any"),
    *("conflict:open", "conflict:none", "conflict:binding_status,title_term"),
    *("views:any", "views:differ", "title:exchange", "word:treaty", "x.desk:3", "x.desk:2..4", "precision:year"),
    *("supersedes:any", "superseded_by:any", "not amends:any", "amended_by:none", "related_to:any", "amends:REF"),
    *("amended_by:REF", "under:binding", "under:any", "under:REF", "ref:REF", "'exchange of'"),
    "party:JPN signed:2000..2010 not focus:cyber (status:in_force or status:operative)",
)
SORTS = ("signed", "concluded", "status", "in_force_from", "party", "signatory", "focus", "type", "expires", "x.desk")
REPORTS = (
    *("funnel", "status", "changes", "overview", "signatories", "families", "matrix", "transparency", "trend", "gaps"),
    "missing --among NATO",
)
EVERYTHING = (
    *("compare binding", "due", "due --within 2y", "gaps", "gaps --open", "gaps --stats n,median --by party"),
    *(
        "conflicts",
        "check",
        "duplicates",
        "duplicates REF",
        "export -f ndjson",
        "compare parties KEN JPN",
        "search exchange",
    ),
    *("compare parties USA JPN --in-force", "compare parties USA JPN --minus GBR", "diff --from 2020-01-01"),
    *(f"compare binding --by {name}" for name in ("party", "focus", "family", "level", "depositary", "status", "year")),
    *("signatory list", "source list", "party list", "focus list", "family list", "store status", "log"),
)
FILTERED = (
    *(f"report {name} --party JPN" for name in REPORTS),
    *(f"compare binding --by {name} --party JPN" for name in ("party", "partner", "focus", "level", "year,party")),
    *("due --party JPN", "gaps --party JPN", "conflicts --party JPN", "search exchange --party JPN", "check party:JPN"),
)
OF_ONE = (
    *(f"{name} REF" for name in ("show", "status", "timeline", "lineage", "eif", "parties", "why", "cite", "claims")),
    *("compare REF OTHER", "signatory show PERSON", "source show SOURCE", "family show family-1", "party show KEN"),
)

NARROW = re.compile(r"\b(agreement_id|rowid|ref|target|id|person_id|source_id|family_id|organisation|folded)[=<>]")
NAMES_ONE = re.compile(r"\bcode=\?\)|AND code=\?")
SMALL = re.compile(
    r"^(SCAN|SEARCH) (TABLE )?"
    r"(focus_area|family|party_member|json_each|CONSTANT|\d+ CONSTANT|SUBQUERY|\(subquery|tree|d\b)"
)
OWN_LOOP = ("MATERIALIZE", "CO-ROUTINE", "LIST", "SCALAR", "SETUP", "RECURSIVE", "COMPOUND", "LEFT-MOST", "UNION")
"""Beginnings of parts that are gone through once, wherever they stand."""


def named(store):
    """Return names that stand in the register, for those of the questions."""
    with closing(sqlite3.connect(store)) as connection:
        one, other = connection.execute("SELECT ref FROM agreement ORDER BY id LIMIT 2 OFFSET 40").fetchall()
        (person,) = connection.execute("SELECT person_id FROM signatory WHERE person_id IS NOT NULL").fetchone()
        (source,) = connection.execute("SELECT source_id FROM citation").fetchone()
    return {REF: one[0], OTHER: other[0], PERSON: person, SOURCE: source}


@pytest.fixture
def statements(monkeypatch, rich_store):
    """What runs commands and returns the statements that they made, each with its binds and a command that made it."""
    names = named(rich_store)
    asked = Reader.execute

    def run(commands):
        found = {}

        def execute(reader, sql, binds=None):
            found.setdefault(sql, (dict(binds or {}), command))
            return asked(reader, sql, binds or {})

        monkeypatch.setattr(Reader, "execute", execute)
        for command in commands:
            words = [re.sub("|".join(names), lambda match: names[match[0]], word) for word in command]
            code, _, said = called(["--store", str(rich_store), "--no-input", *words], b"")
            assert code in (0, 1), said.decode()
        assert found
        return found

    return run


@pytest.fixture(scope="module")
def explaining(rich_store, tmp_path_factory):
    """Connections on which plans are asked for: one without statistics, one with those of a large register."""
    path = tmp_path_factory.mktemp("analysed") / "store.db"
    shutil.copy(rich_store, path)
    with closing(sqlite3.connect(rich_store)) as plain, closing(sqlite3.connect(path)) as analysed:
        analysed.execute("ANALYZE")
        analysed.execute("DELETE FROM sqlite_stat1")
        rows = [line.split(maxsplit=2) for line in STATISTICS.read_text(encoding="utf-8").splitlines()]
        rows = [(table, None if index == "-" else index, text) for table, index, text in rows]
        analysed.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", rows)
        analysed.commit()
        analysed.execute("ANALYZE sqlite_schema")  # reads the statistics again
        for connection in (plain, analysed):
            text_conditions.teach(Reader.over(connection))
            conflicting_claims.teach(Reader.over(connection))
        yield plain, analysed


def plan(connection, sql, binds):
    """Yield the steps of a plan, and whether each is gone through once for every row of another."""
    children = defaultdict(list)
    for number, parent, _, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", binds):
        children[parent].append((number, step))

    def steps(parent, *, inner):
        within = inner
        for number, step in children[parent]:
            yield step, within
            is_part = step.startswith(OWN_LOOP)
            yield from steps(number, inner=step.startswith("CORRELATED") or (within and not is_part))
            within = within or step.startswith(("SCAN", "SEARCH", "MULTI-INDEX"))

    return steps(0, inner=False)


def objections(connections, found, *, of_one=False):
    """Return the steps that are not as they should be."""
    return [
        text
        for connection in connections
        for sql, (binds, command) in found.items()
        for text in _objections(plan(connection, sql, binds), sql, command, of_one)
    ]


def _objections(steps, sql, command, of_one):
    for step, inner in steps:
        if SMALL.match(step) or "VIRTUAL TABLE" in step:
            continue
        is_narrow = NARROW.search(step) or NAMES_ONE.search(step)
        if "AUTOMATIC" in step or (inner and step.startswith(("SCAN", "SEARCH")) and not is_narrow):
            yield f"{' '.join(command)}: {step} in a loop of {sql}"
        elif of_one and (step.startswith("SCAN") or (step.startswith("SEARCH") and not is_narrow)):
            yield f"{' '.join(command)}: {step} for one record in {sql}"


def questions():
    first = ("--json", "--limit", "20")
    yield "lists", [("list", query, *first) if query else ("list", *first) for query in LISTS]
    yield "sorts", [("list", "--sort", name, *first) for name in SORTS]
    yield "reports", [("report", *name.split(), "--json") for name in REPORTS]
    yield "everything", [tuple(text.split()) for text in EVERYTHING]
    yield "filtered", [(*text.split(), "-f", "markdown") for text in FILTERED]


CASES = [pytest.param(commands, id=name) for name, commands in questions()]


@pytest.mark.parametrize("commands", CASES)
def test_nothing_is_searched_through_in_a_loop(statements, explaining, commands):
    assert objections(explaining, statements(commands)) == []


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param(*case.values, id=case.id, marks=pytest.mark.long if case.id == "lists" else ())
        for case in CASES
        if case.id in ("lists", "filtered")
    ],
)
def test_nor_where_no_short_path_leads(monkeypatch, statements, explaining, commands):
    """Of a register where every path is long, all agreements are gone through."""
    monkeypatch.setattr(selection, "shortest", lambda *_: None)
    monkeypatch.setattr(Selection, "_hurried", lambda *_: None)
    assert objections(explaining, statements(commands)) == []


def test_one_record_is_found_without_going_through_others(statements, explaining):
    found = statements([(*text.split(), "-f", "markdown") for text in OF_ONE])
    assert objections(explaining, found, of_one=True) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM agreement WHERE EXISTS (SELECT 1 FROM event WHERE agreement_id = agreement.id AND kind = 'x')",
        "SELECT count(*) FROM agreement AS a LEFT JOIN participations AS x ON x.agreement_id = a.id GROUP BY x.code",
        "SELECT count(*) FROM agreements AS a JOIN agreements AS b ON a.title = b.title",
    ],
)
def test_what_is_searched_through_is_found(rich_store, sql):
    """The test is no empty one."""
    with closing(sqlite3.connect(rich_store)) as connection:
        assert objections([connection], {sql: ({}, ("a", "command"))})


def test_memberships_are_gone_through_as_they_lie(statements, explaining):
    """In the order of their families they lead to agreements all over the store."""
    found = statements([("report", "families", "--json")])
    sql, (binds, _) = next((sql, asked) for sql, asked in found.items() if "FROM membership" in sql)
    for connection in explaining:
        assert "INDEX" not in next(plan(connection, sql, binds))[0]


def test_agreements_are_counted_by_type_in_the_order_of_an_index(statements, explaining):
    """It holds all that the count needs, and no list of a type is taken from it, where it would have to be sorted."""
    found = statements([("compare", "binding", "--by", "type", "--json")])
    sql, (binds, _) = next((sql, asked) for sql, asked in found.items() if "GROUP BY" in sql)
    lists = statements([("list", "type:treaty", "binding:binding", "--json"), ("list", "--sort", "type", "--json")])
    for connection in explaining:
        assert [step for step, _ in plan(connection, sql, binds)] == [
            "SCAN agreement USING COVERING INDEX ix_agreement_counted_by_type"
        ]
        steps = [step for sql, (binds, _) in lists.items() for step, _ in plan(connection, sql, binds)]
        assert not any("counted_by_type" in step for step in steps)


def test_the_twin_of_a_new_agreement_is_looked_for_among_those_of_its_day(rich_store, explaining):
    """And found there; one party may have a twentieth of a register."""
    binds = {"earliest": "2020-01-01", "signed": "2020-01-01", "type": "treaty", "codes": "USA"}
    for connection in explaining:
        assert "ix_agreement_signed (signed_earliest=?)" in next(plan(connection, identity.OF_A_DAY, binds))[0]
    with closing(sqlite3.connect(rich_store)) as connection:
        sql = "SELECT ref, title, instrument_type, party_codes, signed FROM agreement WHERE signed LIKE '____-__-__'"
        ref, title, kind, codes, signed = connection.execute(f"{sql} AND party_codes <> '' ORDER BY id").fetchone()
        parties = [{"code": code} for code in codes.split()]
        events = [{"kind": "signed", "date": signed, "provision": None}]
        content = {"instrument_type": kind, "parties": parties, "events": events}
        assert identity.likely_same(Reader.over(connection), content) == (ref, title)
        events[0]["date"] = "1750-01-02"
        assert identity.likely_same(Reader.over(connection), content) is None


def test_what_leads_to_a_part_of_the_agreements_in_their_order_is_gone_through_even_if_it_is_many(
    monkeypatch, statements
):
    monkeypatch.setattr(selection, "FEW", 5)
    monkeypatch.setattr(selection.shortest, "__defaults__", (5,))
    report = ("report", "status", "--json")
    (found,) = (sql for sql in statements([(*report, "party:JPN")]) if "GROUP BY" in sql and "count(" in sql)
    assert "SELECT DISTINCT id FROM" in found
    monkeypatch.setattr(selection, "PART_IN_ORDER", 1_000_000)
    (found,) = (sql for sql in statements([(*report, "party:JPN")]) if "GROUP BY" in sql and "count(" in sql)
    assert "SELECT DISTINCT id FROM" not in found
