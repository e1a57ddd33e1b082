"""Figures that are counted together, or by a way of their own, are those that are counted one by one."""

import json
import sqlite3
from contextlib import closing

import pytest
from running import called

from tracker.record.vocabulary import FLAGS, STATUSES

DAY = "2026-11-22"
PARTY, FOCUS, EVERY = "party:JPN", "focus:cyber binding:binding", ""
"""What is asked for: many, few, all."""


def answer(store, *words):
    code, out, said = called(["--store", str(store), "--no-input", *words, "--json"], b"")
    assert code in (0, 1), said.decode()
    return json.loads(out)


def rows(store, *words):
    return answer(store, *words)["rows"]


def asked(store, sql):
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def twice(rich_store, tmp_path_factory):
    """A register in which a party stands twice in an agreement, with another entity, as ministries do."""
    path = tmp_path_factory.mktemp("twice") / "store.db"
    with closing(sqlite3.connect(rich_store)) as store, closing(sqlite3.connect(path)) as copy:
        store.backup(copy)
        copy.execute(
            "INSERT INTO participation (agreement_id, position, code, entity)"
            " SELECT agreement_id, max(position) + 1, code, 'Ministry of Defence' FROM participation"
            " WHERE agreement_id % 3 = 0 GROUP BY agreement_id"
        )
        copy.commit()
    return path


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("by", "child", "value"),
    [("party", "participation", "code"), ("focus", "agreement_focus", "code"), ("family", "membership", "family_id")],
)
def test_an_agreement_counts_once_under_each_value(twice, by, child, value):
    counted = asked(
        twice,
        f"SELECT x.{value}, count(DISTINCT a.id), count(DISTINCT iif(binding_status = 'binding', a.id, NULL)),"
        " count(DISTINCT iif(views_differ, a.id, NULL))"
        f" FROM agreement AS a LEFT JOIN {child} AS x ON x.agreement_id = a.id GROUP BY 1",
    )
    found = rows(twice, "compare", "binding", "--by", by)
    assert {(row[by], row["total"], row["binding"], row["views_differ"]) for row in found} == set(counted)


@pytest.mark.parametrize("query", [EVERY, PARTY, FOCUS])
def test_the_sums_of_a_matrix_are_those_of_its_dimensions(twice, query):
    words = query.split()
    matrix = answer(twice, "report", "matrix", *words, "--rows", "party", "--cols", "type", "--top", "100")
    by_type = {row["type"]: row["total"] for row in rows(twice, "compare", "binding", *words, "--by", "type")}
    by_party = {row["party"]: row["total"] for row in rows(twice, "compare", "binding", *words, "--by", "party")}
    totals = matrix["totals"]
    assert {name: totals[name] for name in by_type} == by_type
    assert totals["total"] == sum(by_type.values())
    found = matrix["rows"]
    assert {row["party"]: row["total"] for row in found} == by_party
    assert all(sum(row[name] for name in by_type) == row["total"] for row in found)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("query", [EVERY, PARTY, FOCUS])
@pytest.mark.parametrize("day", ["1995-06-01", DAY])
def test_a_status_and_a_flag_have_as_many_as_the_query_finds(rich_store, query, day):
    words = [*query.split(), "--as-of", day]
    counted = {row["value"]: (row["count"], row["not_certain"]) for row in rows(rich_store, "report", "status", *words)}
    assert sum(counted[status][0] for status in STATUSES if status in counted) == total(rich_store, *words)
    for flag in FLAGS:
        every, certain = (
            total(rich_store, f"status:{flag}", *words),
            total(rich_store, f"status:{flag}", *words, "--certain"),
        )
        assert counted.get(flag, (0, 0)) == (every, every - certain)


def total(store, *words):
    return sum(row["total"] for row in rows(store, "compare", "binding", *words))


@pytest.mark.parametrize("query", [EVERY, PARTY])
def test_what_changed_status_is_what_stood_elsewhere_before(rich_store, query):
    first, last = "1999-12-31", "2005-12-31"
    before, after = (
        {row["ref"]: row["status"] for row in listed(rich_store, "--as-of", day, *query.split())}
        for day in (first, last)
    )
    found = rows(rich_store, "report", "changes", "--during", "2000..2005", *query.split(), "--as-of", last)
    moved = {row["ref"]: (row["before"], row["after"]) for row in found if row["before"] != row["after"]}
    assert moved == {ref: (before[ref], after[ref]) for ref in before if before[ref] != after[ref]}
    assert all((before[row["ref"]], after[row["ref"]]) == (row["before"], row["after"]) for row in found)


def listed(store, *words):
    code, out, said = called(["--store", str(store), "--no-input", "list", "--json", *words], b"")
    assert code == 0, said.decode()
    return [{"ref": one["ref"], "status": one["derived"]["status"]} for one in json.loads(out)]


def test_events_of_one_day_stand_in_the_order_of_their_numbers_with_a_filter_or_without(rich_store):
    during = ("report", "changes", "--during", "1950..", "--as-of", DAY)
    every, some = rows(rich_store, *during), rows(rich_store, *during, PARTY)
    refs = {row["ref"] for row in some}
    assert len(refs) < len({row["ref"] for row in every})
    assert [row for row in every if row["ref"] in refs] == some


@pytest.mark.parametrize("query", [EVERY, FOCUS])
def test_who_signed_most_comes_first_with_what_each_signed(rich_store, query):
    each = rows(rich_store, "report", "signatories", "--each", *query.split())
    ranked = rows(rich_store, "report", "signatories", *query.split())
    assert ranked == sorted(ranked, key=lambda row: (-row["agreements"], row["name"]))
    for row in ranked:
        own = [one for one in each if one["person"] == row["person"]]
        assert row["agreements"] == len({one["ref"] for one in own})
        assert row["binding"] == len({one["ref"] for one in own if one["binding_status"].startswith("binding")})
        dates = [one["signed"] for one in own if one["signed"]]
        assert [row["first"], row["last"]] == ([dates[0], dates[-1]] if dates else [None, None])
    top = rows(rich_store, "report", "signatories", "--top", "3", *query.split())
    assert top == ranked[:3]
    assert rows(rich_store, "report", "signatories", "--each", "--top", "3", *query.split()) == each[:3]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("asked_for", [[], ["--open"], ["--from", "consented", "--to", "ended"], [PARTY]])
def test_figures_of_gaps_are_those_of_the_gaps_themselves(rich_store, asked_for):
    found = rows(rich_store, "gaps", *asked_for)
    days = sorted(days for row in found if (days := row.get("days", row.get("days_since"))) is not None)
    (figures,) = rows(rich_store, "gaps", *asked_for, "--stats", "n,min,max")
    assert figures == {"n": len(days), "min": days[0], "max": days[-1]}
    by_type = rows(rich_store, "gaps", *asked_for, "--stats", "n", "--by", "type")
    assert sum(row["n"] for row in by_type) == len(days)
    by_focus = rows(rich_store, "gaps", *asked_for, "--stats", "n", "--by", "focus")
    assert sum(row["n"] for row in by_focus) > len(days)
