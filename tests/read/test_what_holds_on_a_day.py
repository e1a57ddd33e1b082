"""What holds on a day: the answers in SQL, and those that the rules give for the printed record, are the same."""

from contextlib import closing

import pytest
from asking import asking
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.dates.day import DayRange, answer
from tracker.dates.edtf import parse
from tracker.law.life import lifecycle
from tracker.read.counting.dimensions import STANDING
from tracker.read.file.connection import open_store
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records.agreements import records
from tracker.record import kinds
from tracker.record.vocabulary import EVENT_KINDS, STATUSES
from tracker.shell.context import StoreLocation

PARTIES = st.sampled_from([(), ("JPN", "USA"), ("GBR", "JPN", "USA")])
DATE = st.sampled_from(
    [None, "1999", "2000-01-01", "2001/2003", "2002-06", "2003-05-05", "2004?", "2005-01-01", "../2006", "2007/.."]
)
DAY = st.sampled_from(["1998-06-01", "2000-01-01", "2002-06-15", "2003-05-05", "2004-12-31", "2008-01-01"])
EDGE = st.sampled_from([None, "1999-07-01", "2000-01-01", "2002-06-15", "2005-01-01"])
MOVING = [kind for kind in EVENT_KINDS if kinds.stage(kind)]
COMMON = ["entered_into_force", "suspended", "resumed", "terminated"]
EVENT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            [*filter(kinds.stage, EVENT_KINDS), *["entered_into_force", "suspended", "resumed", "terminated"] * 3]
        ),
        "date": DATE,
        "parties": st.sampled_from([[], [], ["JPN"], ["USA"]]),
    }
)
TERMS = st.sampled_from([{}, {"duration": {"kind": "fixed_term", "until": "2004"}}])
RECORD = st.fixed_dictionaries(
    {
        "events": st.lists(EVENT, max_size=6),
        "parties": PARTIES,
        "terms": TERMS,
        "binding_status": st.sampled_from(["binding", "non_binding", "not_assessed"]),
    }
)


def document(number, fields):
    return {
        "record": "agreement",
        "ref": f"a-{number}",
        "title": f"Agreement {number}",
        **fields,
        "parties": [{"code": code} for code in fields["parties"]],
        "events": [{"id": f"e{at}", **event} for at, event in enumerate(fields["events"], start=1)],
    }


@pytest.fixture
def opened(build, tmp_path):
    def make(made):
        path = build([document(number, fields) for number, fields in enumerate(made)])
        return closing(open_store(StoreLocation(path, named=True)))

    return make


def matches(reader, day, **asked):
    selection = Selection(Filters(asking(**asked), as_of=day))
    sql, binds = selection.statement(reader)
    refs = dict(reader.tuples("SELECT id, ref FROM agreements"))
    return {refs[agreement]: match for agreement, match in reader.tuples(sql, binds)}


MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@MANY
@given(made=st.lists(RECORD, min_size=1, max_size=4), day=DAY)
def test_a_status_and_a_flag_are_found_where_the_record_shows_them(opened, made, day):
    with opened(made) as reader:
        shown = list(records(reader, Selection(Filters(as_of=day)), day))
        spans = {record["ref"]: lifecycle.of_record(record) for record in shown}
        for status in [*STATUSES, *lifecycle.SPAN_FLAGS]:
            found = matches(reader, day, status=(status,))
            for record in shown:
                derived, own = record["derived"], spans[record["ref"]]
                if status in lifecycle.SPAN_FLAGS:
                    certain, possible = derived["flags"], lifecycle.possible_flags(own, day)
                else:
                    certain = [derived["status"]] if derived["status_certain"] else []
                    possible = lifecycle.possible(own, day) if own else ["unknown"]
                if status == "unknown":
                    assert (record["ref"] in found) == (derived["status"] == "unknown")
                else:
                    wanted = "certain" if status in certain else "possible" if status in possible else None
                    assert found.get(record["ref"]) == wanted, (record["ref"], status)
        counted = dict(reader.tuples(f"SELECT a.ref, {STANDING} FROM agreements AS a", {"day": day}))
        assert counted == {record["ref"]: record["derived"]["status"] for record in shown}


@MANY
@given(made=st.lists(RECORD, min_size=2, max_size=5), day=DAY)
def test_lists_are_sorted_by_what_is_printed_for_the_day(opened, made, day):
    with opened(made) as reader:
        for name in ("in_force_from", "in_force_until"):
            dates = [
                record["derived"][name]
                for record in records(reader, Selection(Filters(as_of=day), Ordering(name)), day)
            ]
            days = [date["earliest"] if date else None for date in dates]
            known = [one for one in days if one is not None]
            assert days == sorted(known) + [None] * (len(days) - len(known))
        shown = [
            record["derived"]["status"]
            for record in records(reader, Selection(Filters(as_of=day), Ordering("status")), day)
        ]
        assert shown == sorted(shown)


@MANY
@given(made=st.lists(RECORD, min_size=1, max_size=4), day=DAY, first=EDGE, last=EDGE)
def test_the_time_in_force_is_found_by_what_is_printed_for_the_day(opened, made, day, first, last):
    if first and last and first > last:
        first, last = last, first
    with opened(made) as reader:
        for name in ("in_force_from", "in_force_until"):
            found = matches(reader, day, **{name: DayRange(first, last)})
            for record in records(reader, Selection(Filters(as_of=day)), day):
                date = record["derived"][name]
                told = answer(date and parse(date["edtf"]), DayRange(first, last))
                assert (record["ref"] in found) == (told in ("certain", "possible"))
                assert found.get(record["ref"]) != "certain" or told == "certain"


def test_the_time_in_force_is_looked_up_in_an_index_that_covers_it(opened):
    """In a large register the way through the rows of all spells costs ten times as much."""
    with opened([]) as reader:
        for name in ("in_force_from", "in_force_until"):
            selection = Selection(Filters(asking(**{name: DayRange("2010-01-01", "2010-12-31")}), as_of="2024-01-01"))
            plan = reader.tuples(f"EXPLAIN QUERY PLAN {selection.paths[0].possible}", selection.binds)
            assert "COVERING INDEX ix_span_spell" in plan[0][-1]
