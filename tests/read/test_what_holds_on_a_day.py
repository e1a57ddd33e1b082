"""What holds on a day: the answers in SQL, and those that the rules give for the printed record, are the same."""

from contextlib import closing

import pytest
from asking import asking
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.dates.day import DayRange, answer
from tracker.dates.edtf import parse
from tracker.dates.periods import add_days
from tracker.law.life import lifecycle
from tracker.query.tree import Not
from tracker.read.counting.dimensions import STANDING
from tracker.read.file.connection import open_store
from tracker.read.query.filters import Filters
from tracker.read.query.predicates import equals
from tracker.read.query.selection import Ordering, Selection, scanned
from tracker.read.records.agreements import records
from tracker.record import kinds
from tracker.record.vocabulary import EVENT_KINDS, STATUSES
from tracker.shell.context import StoreLocation

PARTIES = st.sampled_from([(), ("JPN", "USA"), ("GBR", "JPN", "USA")])
DATE = st.sampled_from(
    [None, "1999", "2000-01-01", "2001/2003", "2002-06", "2003-05-05", "2004?", "2005-01-01", "../2006", "2007/.."]
)
DAYS = ["1998-06-01", "2000-01-01", "2002-06-15", "2003-05-05", "2004-12-31", "2008-01-01"]
DAY = st.sampled_from(DAYS)
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


MANY = settings(
    max_examples=settings.default.max_examples // 2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


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
@given(
    made=st.lists(RECORD, min_size=1, max_size=5),
    day=DAY,
    limit=st.integers(1, 6),
    reverse=st.booleans(),
    asked=st.sampled_from([None, equals("party", "JPN"), Not(equals("status", "in_force"))]),
)
def test_a_page_in_the_order_of_the_statuses_is_the_beginning_of_the_whole_list(
    opened, made, day, limit, reverse, asked
):
    with opened(made) as reader:
        sorts = [Ordering("status", reverse, cut) for cut in (None, limit)]
        whole, some = ([*read(reader, Filters(asked, as_of=day), ordering)] for ordering in sorts)
        assert some == whole[:limit]
        walked = page(reader, Filters(asked, as_of=day), {"MANY": 3, "FEW": 0}, Ordering("status", reverse, 3))
        assert walked == whole[:3]


def read(reader, asked, ordering):
    sql, binds = Selection(asked, ordering).statement(reader)
    return reader.tuples(sql, binds)


@MANY
@given(made=st.lists(RECORD, min_size=1, max_size=4))
def test_it_is_kept_from_which_day_on_something_always_tells_the_status(opened, made):
    with opened(made) as reader:
        told = dict(reader.tuples("SELECT ref, told_from FROM agreements"))
        for record in records(reader, Selection(Filters(as_of="2024-01-01")), "2024-01-01"):
            spans, first = lifecycle.of_record(record), told[record["ref"]]
            later = [day for day in (first, *DAYS) if first is not None and day and day >= first]
            assert "unknown" not in {lifecycle.standing(spans, day).status for day in later}
            if first:
                assert lifecycle.standing(spans, add_days(first, -1)).status == "unknown"
            elif first is None:
                assert lifecycle.standing(spans, "9000-01-01").status == "unknown"


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


@MANY
@given(made=st.lists(RECORD, min_size=1, max_size=4), day=DAY, first=EDGE, last=EDGE)
def test_every_way_in_leads_to_the_same_page(opened, made, day, first, last):
    """Driven by the short path, walked in order at once, or searched as the table lies."""
    if first and last and first > last:
        first, last = last, first
    fixed = [
        fields | {"terms": {"duration": {"kind": "fixed_term", "until": until}}}
        for fields, until in zip(made, ["2001/2003", "2004-12", "2000-01-01", "2005?"], strict=False)
    ]
    with opened([*made, *fixed]) as reader:
        for name in ("signed", "expires", "in_force_from", "in_force_until"):
            asked = Filters(asking(**{name: DayRange(first, last)}), as_of=day)
            pages = [page(reader, asked, ways) for ways in WAYS]
            assert pages[1:] == pages[:-1]


FIRST = Ordering(limit=3)
WAYS = (
    {},
    {"MANY": 3},
    {"MANY": 3, "Selection._hurried": lambda *_: None},
    {"MANY": 3, "FEW": 0, "Selection._hurried": lambda *_: None},
    {"MANY": 3, "FEW": 0, "PART": 1, "Selection._hurried": lambda *_: None},
)
"""What is changed, so that the one way in is taken or the other."""


def page(reader, asked, ways, ordering=FIRST):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ways.items():
            patch.setattr(f"tracker.read.query.selection.{name}", value)
        sql, binds = Selection(asked, ordering).statement(reader)
    return reader.tuples(sql, binds)


@pytest.mark.parametrize(("most", "finds"), [(200_000, True), (-1, False)])
def test_a_walk_in_order_is_given_up_where_it_takes_long(monkeypatch, build, most, finds):
    """Sixty thousand steps are gone before the page is full, and nothing of them is taken for the page."""
    monkeypatch.setattr("tracker.read.query.selection.HURRY", most)
    monkeypatch.setattr("tracker.read.file.connection.COUNTED_STEPS", 100)
    path = build([document(number, {"events": [], "parties": ()}) for number in range(60)])
    with open_store(StoreLocation(path, named=True)) as reader:
        found = Selection(Filters(equals("laterality", "unknown"), as_of="2024-01-01"), Ordering(limit=20))
        watched = Watched(reader)
        sql, binds = found.statement(watched)
        assert len(reader.tuples(sql, binds)) == 20
        assert (len(watched.asked) == 1) is finds


def test_the_time_in_force_is_looked_up_in_an_index_that_covers_it(opened):
    """In a large register the way through the rows of all spells costs ten times as much."""
    with opened([]) as reader:
        for name in ("in_force_from", "in_force_until"):
            selection = Selection(Filters(asking(**{name: DayRange("2010-01-01", "2010-12-31")}), as_of="2024-01-01"))
            assert "COVERING INDEX ix_span_spell" in ways_in(reader, selection)[0]


def ways_in(reader, selection):
    found = [f"EXPLAIN QUERY PLAN {sql}" for path in selection.paths for sql in (path.possible, path.certain)]
    steps = [row[-1] for sql in found for row in reader.tuples(sql, selection.binds)]
    return [step for step in steps if step.startswith(("SCAN t", "SEARCH t"))]


@pytest.mark.parametrize("codes", [("JPN",), ("JPN", "USA")])
def test_what_binds_a_party_is_looked_up_in_an_index_that_covers_it(opened, codes):
    with opened([]) as reader:
        selection = Selection(Filters(equals("bound", *codes), as_of="2024-01-01"))
        assert len(ways_in(reader, selection)) == 2 * len(codes)
        assert all("COVERING INDEX ix_span_bound" in plan for plan in ways_in(reader, selection))


def test_what_binds_anybody_and_what_is_computed_have_short_ways_in(opened):
    with opened([]) as reader:
        anybody = Selection(Filters(equals("bound"), as_of="2024-01-01"))
        assert all("INDEX ix_span_bound" in plan for plan in ways_in(reader, anybody))
        computed = Selection(Filters(equals("status", "computed_entry"), as_of="2024-01-01"))
        assert all("INDEX ix_span_computed" in plan for plan in ways_in(reader, computed))
        distinct = reader.tuples(
            f"EXPLAIN QUERY PLAN SELECT DISTINCT id FROM ({computed.paths[0].possible})", computed.binds
        )
        assert "INDEX ix_span_computed" in distinct[0][-1]


def test_the_status_of_instruments_is_looked_up_in_an_index_of_these_alone(opened):
    with opened([]) as reader:
        selection = Selection(Filters(equals("status", "in_force", "operative"), as_of="2024-01-01"))
        assert all("COVERING INDEX ix_span_status" in plan for plan in ways_in(reader, selection))


class Watched:
    """A reader that tells what it was asked."""

    def __init__(self, reader):
        self.reader = reader
        self.asked = []

    def __getattr__(self, name):
        return getattr(self.reader, name)

    def tuples(self, sql, binds=()):
        self.asked.append((sql, binds))
        return self.reader.tuples(sql, binds)


@pytest.mark.parametrize("words", ["unknown", "suspended"])
def test_a_search_through_all_agreements_goes_in_their_own_order(opened, words):
    """A smaller index would lead to the spans of the agreements all over a large store."""
    with opened([]) as reader:
        selection = Selection(Filters(Not(equals("status", words)), as_of="2024-01-01"), Ordering(limit=20))
        watched = Watched(reader)
        selection.statement(watched)
        for sql, binds in watched.asked:
            plan = [row[-1] for row in reader.tuples(f"EXPLAIN QUERY PLAN {sql}", binds)]
            assert not any("INDEX ix_agreement" in step or "TEMP B-TREE" in step for step in plan), plan


def test_dates_are_not_gathered_from_the_beginning_of_time(opened):
    """What was signed by a day is half of the register: SQLite is kept from its index of all these."""
    with opened([]) as reader:
        asked = asking(signed=DayRange("2015-01-01", "2020-12-31"))
        selection = Selection(Filters(asked, as_of="2024-01-01"))
        watched = Watched(reader)
        scanned(watched, selection.condition, selection.binds, 20)
        ((sql, binds),) = watched.asked
        assert [row[-1] for row in reader.tuples(f"EXPLAIN QUERY PLAN {sql}", binds)] == ["SCAN agreement"]
