"""What queries find in the samples: each field against the records themselves, and not, and, or answer by answer."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.dates.day import answer
from tracker.dates.edtf import parse as date
from tracker.dates.ranges import parse_range
from tracker.errors import InvalidQuery, InvalidValue
from tracker.query.arguments import FilterArguments
from tracker.query.fields import FIELDS, canonical
from tracker.query.parsing import TERMS, parse, written
from tracker.query.tree import And, Node, Not, Or, Saved, Term
from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.read.query.filters import filters
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records import conflicting_claims
from tracker.read.records.agreements import records
from tracker.record.paths import PathError
from tracker.table import LeftOut

TODAY = "2026-11-22"
Record = dict[str, Any]


@pytest.fixture(scope="module")
def register(sample_store: Path) -> Iterator[Reader]:
    with open_store(StoreLocation(sample_store, named=True)) as opened:
        yield opened


@pytest.fixture(scope="module")
def all_records(register: Reader) -> list[Record]:
    return list(records(register, Selection(filters(register, FilterArguments(), TODAY)), TODAY))


def selection(reader: Reader, query: str, **options: Any) -> Selection:
    return Selection(filters(reader, FilterArguments(**options), TODAY, [query]))


def matches(reader: Reader, query: str, **options: Any) -> dict[str, str]:
    return {ref: str(match) for ref, match in selection(reader, query, **options).refs(reader)}


def codes(record: Record) -> list[str]:
    return [party["code"] for party in record["parties"]]


def sources(record: Record) -> set[str]:
    inner = [record["evidence"], record["signatories"], record["families"], record["events"], record["relations"]]
    inner += [record["claims"], [term for term in record["terms"].values() if isinstance(term, dict)]]
    inner.append(record["terms"]["notices"])
    return {one["source"] for one in record["sources"]} | {
        id_ for items in inner for item in items for id_ in item["sources"]
    }


PREDICATES: dict[str, Callable[[Record], object]] = {
    "ref:us-jp-sosa-2023": lambda r: r["ref"] == "us-jp-sosa-2023",
    "ref:us-jp*": lambda r: r["ref"].startswith("us-jp"),
    "party:JPN": lambda r: "JPN" in codes(r),
    "party:Japan,GBR": lambda r: {"JPN", "GBR"} & set(codes(r)),
    "party:USA party:japan": lambda r: {"JPN", "USA"} <= set(codes(r)),
    "party:none": lambda r: not codes(r),
    "partner:AUS": lambda r: "AUS" in codes(r),
    "binding:non_binding,mixed": lambda r: r["binding_status"] in ("non_binding", "mixed"),
    "binding:any": lambda r: r["binding_status"] != "not_assessed",
    "type:memorandum-of-understanding": lambda r: r["instrument_type"] == "memorandum_of_understanding",
    "type:sosa": lambda r: r["instrument_type"] == "security_of_supply_arrangement",
    "views:differ": lambda r: {one["value"] for one in r["binding_views"]} - {r["binding_status"]},
    "views:none": lambda r: not r["binding_views"],
    "family:sosa": lambda r: "sosa" in [one["family"] for one in r["families"]],
    "family:none": lambda r: not r["families"],
    "focus:none": lambda r: not r["focus_areas"],
    "signatory:'Lloyd J. Austin III'".replace("'", '"'): lambda r: (
        "lloyd-j-austin-iii" in [one["person"] for one in r["signatories"]]
    ),
    "level:minister": lambda r: "minister" in [one["level"] for one in r["signatories"]],
    "text_access:not_released": lambda r: r["text_access"] == "not_released",
    "confidence:high": lambda r: r["confidence"] == "high",
    "confidence:none": lambda r: r["confidence"] is None,
    "laterality:plurilateral,multilateral": lambda r: r["derived"]["laterality"] in ("plurilateral", "multilateral"),
    "party_count:3..": lambda r: len(set(codes(r))) >= 3,
    "sources:1": lambda r: len(sources(r)) == 1,
    "sources:..1": lambda r: len(sources(r)) <= 1,
    "sources:none": lambda r: not sources(r),
    "source:pacom-2023-01-18": lambda r: "pacom-2023-01-18" in sources(r),
    "event:entered_into_force": lambda r: "entered_into_force" in [one["kind"] for one in r["events"]],
    "identifier:TIAS": lambda r: "TIAS" in [one["scheme"] for one in r["identifiers"]],
    "identifier:any": lambda r: r["identifiers"],
    "word:arrangement": lambda r: (r["title_term"] or "").lower() == "arrangement",
    "word:none": lambda r: r["title_term"] is None,
    "claim:any": lambda r: r["claims"],
    "claim:title_term": lambda r: "title_term" in [one["field"] for one in r["claims"]],
    "supersedes:any": lambda r: "supersedes" in [one["type"] for one in r["relations"]],
    "superseded_by:any": lambda r: "superseded_by" in [one["type"] for one in r["derived"]["inverse_relations"]],
    "signed_together_with:us-jp-rdte-mou-2023": lambda r: (
        ("signed_together_with", "us-jp-rdte-mou-2023")
        in [
            *((one["type"], one["target"]) for one in r["relations"]),
            *((one["type"], one["source_ref"]) for one in r["derived"]["inverse_relations"]),
        ]
    ),
    "place:pentagon": lambda r: any("pentagon" in text.lower() for one in r["events"] for text in one["places"]),
    "title:supply": lambda r: any("supply" in text.lower() for text in titles(r)),
    '"security of supply"': lambda r: any("security of supply" in text.lower() for text in titles(r)),
    "precision:month": lambda r: len((edtf(r) or "").rstrip("?~%")) == 7,
    "precision:year": lambda r: len((edtf(r) or "").rstrip("?~%")) == 4,
    "precision:day": lambda r: len((edtf(r) or "").rstrip("?~%")) == 10 and "/" not in edtf(r),
    "precision:interval": lambda r: "/" in (edtf(r) or ""),
    "precision:uncertain": lambda r: (edtf(r) or "")[-1:] in ("?", "~", "%"),
    "precision:none": lambda r: edtf(r) is None,
    "signed:none": lambda r: edtf(r) is None,
    "in_force_from:any": lambda r: r["derived"]["in_force_from"],
    "in_force_from:none": lambda r: not r["derived"]["in_force_from"],
    "in_force_until:any": lambda r: r["derived"]["in_force_until"],
    "expires:any": lambda r: (r["terms"]["duration"] or {}).get("until"),
}


def titles(record: Record) -> list[str]:
    return [record["title"], record["short_title"] or "", *record["aliases"], *record["titles"].values()]


def edtf(record: Record) -> Any:
    return (record["derived"]["signed"] or {}).get("edtf")


@pytest.mark.parametrize("query", PREDICATES)
def test_a_field_finds_what_the_records_say(register: Reader, all_records: list[Record], query: str):
    found = {record["ref"] for record in all_records if PREDICATES[query](record)}
    asks_how_exact = query.startswith("precision:") and query != "precision:none"
    undated = {record["ref"] for record in all_records if record["derived"]["signed"] is None and asks_how_exact}
    assert set(matches(register, query)) == found
    assert set(matches(register, f"not ({query})")) == {record["ref"] for record in all_records} - found - undated
    unplaced = [LeftOut("signed: no date", len(undated))] if asks_how_exact else []
    assert selection(register, query).left_out(register) == unplaced
    assert selection(register, f"not ({query})").left_out(register) == unplaced


@pytest.mark.parametrize("field", ["signed", "in_force_from", "in_force_until"])
@pytest.mark.parametrize("wanted", ["2023", "2015..2020", "..2010-06-30", "2024..", "2023-10-15"])
def test_dates_are_answered_as_the_rules_do(register: Reader, all_records: list[Record], field: str, wanted: str):
    """Certain, possible, or neither where there is no date, which is counted; the negation answers the opposite."""
    days = parse_range(wanted, TODAY)
    told = {}
    for record in all_records:
        known = record["derived"][field]
        told[record["ref"]] = answer(date(known["edtf"]), days) if known else None
    found = matches(register, f"{field}:{wanted}")
    assert found == {ref: word for ref, word in told.items() if word in ("certain", "possible")}
    opposite = matches(register, f"-{field}:{wanted}")
    assert set(opposite) >= {ref for ref, word in told.items() if word in ("no", "possible")} - set(found)
    assert not {ref for ref, word in told.items() if word in (None, "certain")} & set(opposite)
    missing = selection(register, f"{field}:{wanted}").left_out(register)
    assert sum(item.number for item in missing) == sum(word is None for word in told.values())


def test_what_stands_under_a_binding_text(register: Reader, all_records: list[Record]):
    binding = {record["ref"] for record in all_records if record["binding_status"] == "binding"}
    kinds = ("concluded_under", "annexed_to", "implements")
    found = {
        record["ref"]
        for record in all_records
        if any(one["type"] in kinds and one["target"] in binding for one in record["relations"])
    }
    assert found
    assert set(matches(register, "under:binding")) == found
    assert set(matches(register, "under:any")) >= found


def test_conflicts_are_those_of_the_command(register: Reader):
    from tracker.read.answers.claims import conflicts

    everything = Selection(filters(register, FilterArguments(), TODAY))
    for query, only_open in (("conflict:any", False), ("conflict:open", True)):
        shown = conflicts(register, everything, only_open=only_open).data
        assert set(matches(register, query)) == {row[0] for row in shown.rows}  # type: ignore[union-attr] # a table
    assert not set(matches(register, "conflict:none")) & set(matches(register, "conflict:any"))


@pytest.mark.parametrize("query", ["conflict:any", "conflict:open", "conflict:none", "not conflict:open party:JPN"])
@pytest.mark.parametrize("singly", [0, 1])
def test_conflicts_are_the_same_looked_for_one_by_one_and_all_at_once(
    register: Reader, all_records: list[Record], monkeypatch: pytest.MonkeyPatch, query: str, singly: int
):
    found = {record["ref"]: conflicting_claims.conflicting(record) for record in all_records}
    monkeypatch.setattr(conflicting_claims, "ONE_BY_ONE", singly)
    holds = {
        "conflict:any": lambda record: found[record["ref"]],
        "conflict:open": is_open,
        "conflict:none": lambda record: not found[record["ref"]],
        "not conflict:open party:JPN": lambda record: not is_open(record) and "JPN" in codes(record),
    }
    wanted = {record["ref"] for record in all_records if holds[query](record)}
    assert wanted
    assert set(matches(register, query)) == wanted


# Where a test before has let sqlite3 tell of errors in functions, it tells of this one too.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_goes_wrong_in_a_rule_that_sql_asks_is_told(register: Reader, monkeypatch: pytest.MonkeyPatch):
    """SQLite alone would tell that a function failed, and not why."""

    def fails(*_: Any) -> None:
        raise PathError("unknown path 'nosuch'")

    monkeypatch.setattr(conflicting_claims, "conflicting", fails)
    with pytest.raises(PathError, match="nosuch"):
        matches(register, "conflict:any")
    assert register.failed is None


def is_open(record: Record) -> bool:
    groups = conflicting_claims.conflicting(record).values()
    return any(not any(claim["adopted"] for claim in group) for group in groups)


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({"party": ["JPN", "USA"]}, "party:JPN party:USA"),
        ({"any_party": ["JPN", "USA"]}, "party:JPN,USA"),
        ({"binding": ["binding,mixed"]}, "binding:binding,mixed"),
        ({"focus": ["technology"], "signed": "2015.."}, "focus:technology signed:2015.."),
        ({"in_force": True}, "status:in_force,operative"),
        ({"signed": "none"}, "signed:none"),
        ({"source": ["pacom-2023-01-18"]}, "source:pacom-2023-01-18"),
    ],
)
def test_options_and_terms_are_the_same_thing(register: Reader, options: dict[str, Any], query: str):
    by_options = Selection(filters(register, FilterArguments(**options), TODAY))
    by_terms = selection(register, query)
    assert by_options.refs(register) == by_terms.refs(register)
    assert by_options.describe() == by_terms.describe()
    assert by_options.filters.text() == by_terms.filters.text()


def test_a_query_narrows_what_options_ask(register: Reader):
    both = matches(register, "signed:2023", party=["JPN"])
    assert both == matches(register, "signed:2023 party:JPN")
    assert both


def test_what_was_asked_reads_back(register: Reader):
    query = "party:Japan -focus:technology (binding:mixed or signed:2015..2020) sources:2.."
    said = selection(register, query).filters
    assert said.describe()["party"] == ["JPN"]
    assert matches(register, said.text()) == matches(register, query)


LEAVES = (
    *("party:JPN", "party:USA", "binding:binding", "signed:2023", "signed:..2010", "status:in_force,operative"),
    *("in_force_from:2015..", "family:none", "status:unknown", "focus:technology", "supply", "expires:2030.."),
)
TREES = st.recursive(
    st.sampled_from(LEAVES).map(parse),
    lambda inner: st.one_of(
        inner.map(Not),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
Pair = tuple[set[str], set[str]]
"""Refs that match for certain, and possibly."""


@pytest.fixture(scope="module")
def told(register: Reader) -> dict[str, tuple[Pair, Pair]]:
    """What each leaf finds, and what its negation finds."""

    def pair(query: str) -> Pair:
        found = matches(register, query)
        return {ref for ref, match in found.items() if match == "certain"}, set(found)

    return {leaf: (pair(leaf), pair(f"not {leaf}")) for leaf in LEAVES}


def composed(node: Node, told: dict[str, tuple[Pair, Pair]]) -> tuple[Pair, Pair]:
    """What a tree finds, and what its negation finds, put together answer by answer."""
    if isinstance(node, Not):
        yes, no = composed(node.node, told)
        return no, yes
    if isinstance(node, And | Or):
        parts = [composed(inner, told) for inner in node.nodes]
        every = tuple(set.intersection(*(part[0][at] for part in parts)) for at in (0, 1))
        some = tuple(set.union(*(part[0][at] for part in parts)) for at in (0, 1))
        none = tuple(set.intersection(*(part[1][at] for part in parts)) for at in (0, 1))
        one_not = tuple(set.union(*(part[1][at] for part in parts)) for at in (0, 1))
        return (every, one_not) if isinstance(node, And) else (some, none)  # type: ignore[return-value] # pairs
    assert isinstance(node, Term | Saved)
    return told[written(node)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(tree=TREES)
def test_not_and_or_join_answer_by_answer(register: Reader, told: dict[str, tuple[Pair, Pair]], tree: Node):
    certain, possible = composed(tree, told)[0]
    asked = selection(register, written(tree))
    found = dict(asked.refs(register))
    assert set(found) == possible
    assert {ref for ref, match in found.items() if match == "certain"} == certain
    counts = asked.counts(register)
    assert (counts["certain"], counts["possible"]) == (len(certain), len(possible - certain))
    by_date = Selection(asked.filters, Ordering("signed", limit=7))
    sql, binds = by_date.statement(register)
    assert len(register.tuples(sql, binds)) == min(7, len(possible))


def test_the_longest_query_runs(register: Reader):
    """As many terms as are taken, each the opposite of none: SQLite bounds the depth of an expression."""
    terms = [f"-signed:{1800 + number}" for number in range(TERMS)]
    assert len(matches(register, " ".join(terms))) > 50
    assert len(matches(register, "(" + " or ".join(terms[: TERMS // 2]) + ")")) > 50
    days = ",".join(str(1501 + number) for number in range(450))
    assert len(matches(register, f"signed:{days},1960")) > 0
    nested = "(" * 25 + "party:JPN" + " or signed:2023)" * 25
    assert len(matches(register, nested)) > 20


def test_every_field_completes_to_itself():
    for name in FIELDS:
        assert canonical(name) == name


def test_saved_queries_that_name_each_other_are_told(register: Reader, monkeypatch: pytest.MonkeyPatch):
    from tracker.read.lookup import saved

    held = {"a": "party:JPN @b", "b": "-@a", "many": "@c @c @c @c @c @c @c", "c": "@d @d @d @d @d @d @d @d", "d": "x"}
    monkeypatch.setattr(saved, "queries", lambda: held)
    with pytest.raises(InvalidQuery, match="go round in a circle: @a -> @b -> @a"):
        matches(register, "@a")
    with pytest.raises((InvalidQuery, InvalidValue), match="at most 50 saved"):
        matches(register, "@many")
    held["jp"] = "party:JPN signed:2023"
    assert matches(register, "binding:binding @jp") == matches(register, "binding:binding party:JPN signed:2023")
    assert matches(register, "not @jp") == matches(register, "not (party:JPN signed:2023)")


def test_values_of_any_shape_are_only_values(register: Reader):
    """Nothing that is typed becomes SQL or a pattern."""
    for text in (
        "'; DROP TABLE agreement; --",
        "%",
        '\\" OR 1',
        "* OR title : x",
        "NEAR(a b)",
        "{title} : x",
        "a\x00b",
    ):
        for query in (json.dumps(text, ensure_ascii=False), f"x.owner:{json.dumps(text)}", f"word:{json.dumps(text)}"):
            try:
                found = matches(register, query)
            except InvalidQuery:
                continue
            assert found == {}
