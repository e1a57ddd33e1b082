"""Filters: what matches for certain, what only possibly, and what nobody can place."""

import pytest
from asking import asking
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_register import MOU, OLD, SOSA, YEAR

from tracker.dates import edtf
from tracker.dates.day import DayRange, answer
from tracker.errors import InvalidValue
from tracker.read.query.binds import Binds
from tracker.read.query.column_conditions import dated
from tracker.read.query.conditions import Answers, all_of, any_of, negated, two_valued
from tracker.read.query.filters import Filters
from tracker.read.query.predicates import Presence
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records.agreements import records
from tracker.table import LeftOut

DAY = "2024-01-01"


def matches(reader, ordering=None, **asked):
    certain = asked.pop("certain", False)
    selection = Selection(Filters(asking(**asked), certain, DAY), ordering)
    sql, binds = selection.statement(reader)
    refs = dict(reader.tuples("SELECT id, ref FROM agreements"))
    return {refs[agreement]: match for agreement, match in reader.tuples(sql, binds)}


ALL = sorted(document["ref"] for document in (SOSA, MOU, OLD, YEAR))


def test_no_query_no_match(reader):
    assert matches(reader) == dict.fromkeys(ALL)


def test_a_year_matches_possibly_where_a_part_of_it_is_asked_for(reader):
    """Signed in 2020 is certainly in 2020, possibly in March 2020; the undated one is left out and counted."""
    assert matches(reader, signed=DayRange("2020-01-01", "2020-12-31")) == {YEAR["ref"]: "certain"}
    assert matches(reader, signed=DayRange("2020-03-01", "2020-03-31")) == {YEAR["ref"]: "possible"}
    assert matches(reader, signed=DayRange("2020-03-01", "2020-03-31"), certain=True) == {}
    asked = Selection(Filters(asking(signed=DayRange("2020-03-01", None)), as_of=DAY))
    assert asked.counts(reader) == {"certain": 2, "possible": 1}
    assert asked.left_out(reader) == [LeftOut("signed: no date", 1)]
    assert matches(reader, signed=Presence.NONE) == {OLD["ref"]: "certain"}
    assert len(matches(reader, signed=Presence.ANY)) == 3


def test_left_out_counts_only_what_fits_otherwise(reader):
    asked = Selection(Filters(asking(signed=DayRange("2020-01-01", None), party=(("JPN",),)), as_of=DAY))
    assert asked.left_out(reader) == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"party": (("USA",), ("JPN",))}, [MOU, SOSA]),
        ({"party": (("USA", "GBR"),)}, [MOU, OLD, SOSA, YEAR]),
        ({"binding": ("non_binding",)}, [SOSA, YEAR]),
        ({"binding": ("non_binding", "binding")}, [MOU, SOSA, YEAR]),
        ({"type": ("memorandum_of_understanding",)}, [MOU]),
        ({"focus": ("industry_and_supply",)}, [SOSA, YEAR]),
        ({"focus": ("defence_industry",)}, [SOSA]),
        ({"family": ("sosa",)}, [SOSA]),
        ({"signatory": ("hamada-yasukazu",)}, [SOSA]),
        ({"source": ("mirage-2023-dod",)}, [MOU, SOSA]),
        ({"text_access": ("not_released",)}, [SOSA]),
        ({"ref": (OLD["ref"], YEAR["ref"])}, [OLD, YEAR]),
        ({"binding": ("non_binding",), "party": (("USA",),)}, [SOSA]),
        ({"expires": DayRange("2038-01-01", "2038-12-31")}, [MOU]),
        ({"status": ("signed",)}, [OLD, SOSA, YEAR]),
        ({"status": ("no_end_recorded",)}, [YEAR]),
        ({"status": ("in_force", "operative")}, [MOU, YEAR]),
    ],
)
def test_filters(reader, asked, found):
    assert sorted(matches(reader, **asked)) == sorted(document["ref"] for document in found)


def test_status_is_asked_for_a_day(reader):
    """Operative since about 2021: in doubt on any day after; signed before that."""
    assert matches(reader, status=("in_force", "operative")) == {MOU["ref"]: "certain", YEAR["ref"]: "possible"}
    earlier = Selection(Filters(asking(status=("operative",)), as_of="2020-12-31"))
    assert earlier.count(reader) == 0


@pytest.mark.parametrize(
    ("sort", "known", "unknown"),
    [
        ("ref", [YEAR, OLD, MOU, SOSA], []),
        ("title", [YEAR, OLD, MOU, SOSA], []),
        ("signed", [YEAR, MOU, SOSA], [OLD]),
        ("expires", [MOU], [YEAR, OLD, SOSA]),
        ("status", [MOU, YEAR, OLD, SOSA], []),
        ("in_force_from", [YEAR, MOU], [OLD, SOSA]),
        ("x.owner", [MOU], [YEAR, OLD, SOSA]),
        ("focus_areas", [SOSA, MOU, YEAR], [OLD]),
        ("party", [YEAR, OLD, MOU, SOSA], []),
    ],
)
def test_order_has_unknowns_last_either_way(reader, sort, known, unknown):
    """Those of equal value, and those of none, stand by their refs."""
    forward = [document["ref"] for document in [*known, *unknown]]
    backward = [document["ref"] for document in [*reversed(known), *reversed(unknown)]]
    assert list(matches(reader, Ordering(sort))) == forward
    assert list(matches(reader, Ordering(sort, reverse=True))) == backward
    assert list(matches(reader, Ordering(sort, limit=2))) == forward[:2]


def test_an_unknown_order_is_refused_with_the_nearest():
    with pytest.raises(InvalidValue, match="did you mean signed"):
        Selection(Filters(as_of=DAY), Ordering("sigend"))


def test_what_was_asked_is_described():
    asked = asking(party=(("USA", "JPN"),), signed=DayRange("2015-01-01", None), status=("in_force",))
    filters = Filters(asked, certain=True, as_of=DAY)
    described = {"party": ["USA,JPN"], "signed": "2015-01-01..", "status": ["in_force"], "certain": True}
    assert filters.describe() == described
    assert filters.text() == "party:USA,JPN signed:2015-01-01.. status:in_force certain"


DATES = st.sampled_from(
    [None, "2019", "2020", "2020-03", "2020-03-15", "2020?", "2019-12~", "../2020-02", "2020-05/..", "2019/2021"]
)
DAYS = st.sampled_from([None, "2019-06-01", "2020-01-01", "2020-03-15", "2020-12-31"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(date=DATES, first=DAYS, last=DAYS)
def test_sql_answers_as_the_rules_do(date, first, last):
    """The SQL of a date in a range gives the answer of the domain; its negation the opposite one; no date neither."""
    import sqlite3

    if first and last and first > last:
        first, last = last, first
    earliest, latest, uncertain = edtf.bounds(date)
    binds = Binds()
    term = dated("signed", DayRange(first, last), binds)
    other = negated(term)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE a (signed, signed_earliest, signed_latest, signed_uncertain)")
    connection.execute("INSERT INTO a VALUES (?, ?, ?, ?)", (date, earliest, latest, uncertain))

    def holds(condition: str) -> bool:
        return bool(connection.execute(f"SELECT 1 FROM a WHERE {condition}", binds.values).fetchall())

    found = (holds(term.yes.certain), holds(term.yes.possible), holds(other.yes.certain), holds(other.yes.possible))
    wanted = DayRange(first, last)
    expected = {
        None: (False, False, False, False),
        "certain": (True, True, False, False),
        "possible": (False, True, False, True),
        "no": (False, False, not uncertain, True),
    }
    assert found == expected[answer(date and edtf.parse(date), wanted)]
    assert holds(term.yes.perhaps) is (found[1] or date is None)
    connection.close()


def test_and_or_not_join_answer_by_answer():
    """``not`` swaps certain and possible, ``and`` and ``or`` follow De Morgan."""
    left, right = two_valued("l"), two_valued("r")
    both, either = all_of([left, right]), any_of([left, right])
    assert negated(both).yes.certain == "(NOT ifnull((l), 0)) OR (NOT ifnull((r), 0))"
    assert negated(either).yes.possible == "(NOT ifnull((l), 0)) AND (NOT ifnull((r), 0))"
    assert all_of([]).yes == Answers("1", "1", "1")
    assert any_of([]).yes == Answers("0", "0", "0")


@pytest.mark.parametrize("day", ["1990-06-01", "2020-06-01", "2021-06-01", "2023-01-12", DAY, "2040-01-01"])
def test_a_status_is_found_by_its_filter(reader, day):
    """What a record shows as certain, the filter of that status holds as certain; flags and doubt likewise."""
    for shown in records(reader, Selection(Filters(as_of=day)), day):
        derived = shown["derived"]
        for status in [derived["status"], *derived["flags"]]:
            selection = Selection(Filters(asking(status=(status,)), as_of=day))
            found = {item["ref"]: item["derived"]["match"] for item in records(reader, selection, day)}
            assert shown["ref"] in found
            if derived["status_certain"] and status == derived["status"]:
                assert found[shown["ref"]] == "certain"
