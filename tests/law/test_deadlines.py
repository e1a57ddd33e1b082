"""What falls due: ends of terms, notices, renewals, entries, survival, promises; on records built for each fact."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.dates import fiscal_years, periods
from tracker.dates.day import DateError, between
from tracker.dates.edtf import parse
from tracker.dates.periods import Period
from tracker.law import terms
from tracker.law.due import reach
from tracker.law.due.deadlines import deadlines
from tracker.law.due.unfinished import ago, unfinished
from tracker.law.gap_figures import exact_day, figure, gap, numbers, percentile
from tracker.law.life import lifecycle, standing
from tracker.record import kinds

EVENT = {"date": None, "kind_raw": None, "effective_date": None, "parties": [], "provision": None}
NOTICE = {"period": None, "counted_from": None, "earliest": None, "provision": None}
DURATION = {"kind": "fixed_term", "period": None, "until": None, "renewal_period": None}
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat)


def event(kind, date=None, **more):
    return {**EVENT, "kind": kind, "date": date, **more}


def notice(kind, period, counted_from=None, **more):
    return {**NOTICE, "kind": kind, "period": period, "counted_from": counted_from, **more}


def record(
    *events, as_of, binding="binding", parties=("JPN", "KOR"), duration=None, notices=(), survival=None, eif=None
):
    held = {
        "entry_into_force": eif,
        "duration": duration and {**DURATION, **duration},
        "notices": list(notices),
        "survival": survival and {"scope": None, **survival},
    }
    numbered = [{**one, "id": f"e{number}"} for number, one in enumerate(events, 1)]
    spans = lifecycle.spans(numbered, binding_status=binding, parties=parties, terms=held)
    held_on = standing.standings(spans, as_of)
    now = held_on[""]
    begun = now.from_ and {"edtf": now.from_.edtf, "earliest": now.from_.earliest, "latest": now.from_.latest}
    return {
        "binding_status": binding,
        "parties": [{"code": code, "role": None} for code in parties],
        "evidence": [],
        "events": numbered,
        "terms": held,
        "derived": {
            "status": now.status,
            "status_certain": now.certain,
            "in_force_from": begun,
            "in_force_until": None,
            "party_status": [
                {"code": code, "status": held_on[code].status if code in held_on else "listed", "until": None}
                for code in parties
            ],
        },
    }


def due(*events, as_of, horizon=None, **more):
    """What falls due as lines: day, kind and certainty."""
    found = deadlines(record(*events, as_of=as_of, **more), as_of, horizon).found
    return sorted(f"{one.date.edtf} {one.kind}{'' if one.certain else '?'}" for one in found)


GSOMIA = {
    "duration": {"kind": "auto_renewing", "period": "P1Y", "renewal_period": "P1Y"},
    "notices": [notice("non_renewal", "P90D", "end_of_term")],
}
IN_FORCE = event("entered_into_force", "2016-11-23")


def test_a_term_that_renews_tacitly_shows_its_next_notice_and_renewal():
    assert due(IN_FORCE, as_of="2020-01-01", **GSOMIA) == ["2020-08-24 notice", "2020-11-23 renewal"]


def test_after_the_last_day_for_notice_the_renewal_and_the_next_last_day_are_left():
    assert due(IN_FORCE, as_of="2020-08-24", **GSOMIA) == ["2020-08-24 notice", "2020-11-23 renewal"]
    assert due(IN_FORCE, as_of="2020-08-25", **GSOMIA) == ["2020-11-23 renewal", "2021-08-24 notice"]


def test_a_horizon_shows_every_term_up_to_it():
    shown = due(IN_FORCE, as_of="2020-09-01", horizon="2022-09-01", **GSOMIA)
    assert [line for line in shown if line < "2022-09-02"] == [
        "2020-11-23 renewal", "2021-08-24 notice", "2021-11-23 renewal", "2022-08-24 notice",
    ]  # fmt: skip


def test_a_notice_given_in_time_ends_the_agreement_with_its_term():
    events = (IN_FORCE, event("notice_of_withdrawal_given", "2019-08-23", parties=["KOR"]))
    assert due(*events, as_of="2019-10-01", **GSOMIA) == ["2019-11-22 expiry"]


def test_a_notice_given_late_does_not_stop_the_renewal_of_the_running_term():
    events = (IN_FORCE, event("notice_of_withdrawal_given", "2019-08-25", parties=["KOR"]))
    assert due(*events, as_of="2019-10-01", **GSOMIA) == ["2019-11-23 renewal", "2020-11-22 expiry"]


def test_a_notice_of_a_month_may_have_been_in_time():
    events = (IN_FORCE, event("notice_of_withdrawal_given", "2019-08", parties=["KOR"]))
    found = due(*events, as_of="2019-10-01", **GSOMIA)
    assert found == ["2019-11-22 expiry?", "2019-11-23 renewal?", "2020-11-22 expiry?"]


def test_a_suspended_notice_counts_no_more():
    given = event("notice_of_withdrawal_given", "2019-08-23", parties=["KOR"])
    lifted = event("notice_of_withdrawal_suspended", "2019-11-22", parties=["KOR"])
    assert due(IN_FORCE, given, lifted, as_of="2020-01-01", **GSOMIA) == ["2020-08-24 notice", "2020-11-23 renewal"]
    assert due(IN_FORCE, given, lifted, as_of="2019-11-21", **GSOMIA) == ["2019-11-22 expiry?"]


@pytest.mark.parametrize(
    ("counted_from", "words"),
    [("receipt", "received"), ("dispatch", "sent"), ("end_of_term", "end of the term"), (None, "not recorded")],
)
def test_the_counting_rule_of_a_notice_is_said(counted_from, words):
    made = record(
        IN_FORCE, as_of="2020-01-01", duration=GSOMIA["duration"],
        notices=[notice("non_renewal", "P90D", counted_from, provision="Art. 21(3)")],
    )  # fmt: skip
    (found,) = [one for one in deadlines(made, "2020-01-01", None).found if one.kind == "notice"]
    assert found.rule.startswith("Art. 21(3): last day of the term 2020-11-22 less 90 days")
    assert words in found.rule
    assert found.certain == (counted_from is not None)


def test_a_notice_that_may_be_given_at_any_time_has_no_last_day():
    terms_ = {"duration": {"kind": "indefinite"}, "notices": [notice("withdrawal", "P1Y", "receipt")]}
    assert due(IN_FORCE, as_of="2020-01-01", **terms_) == []


def test_a_withdrawal_takes_effect_after_the_agreed_period():
    """VCLT 54(a); the recorded day wins, and both are said."""
    given = event("notice_of_withdrawal_given", "2019-02-02", parties=["KOR"])
    clause = [notice("withdrawal", "P6M")]
    assert due(IN_FORCE, given, as_of="2019-03-01", notices=clause) == ["2019-08-02 expiry?"]
    made = record(IN_FORCE, {**given, "effective_date": "2019-08-05"}, as_of="2019-03-01", notices=clause)
    (found,) = deadlines(made, "2019-03-01", None).found
    assert found.rule == "recorded 2019-08-05; notice of 2019-02-02 plus 6 months: 2019-08-02"


def test_who_leaves_a_multilateral_treaty_of_which_two_parties_are_listed_does_not_end_it():
    """Energy Charter Treaty, Art. 44: on the ninetieth day after the thirtieth instrument; Italy left in 2016."""
    clause = {"condition": "nth_instrument_plus_period", "number": 30, "period": "P90D", "parties": [], "date": None,
              "late_joiners": "P90D"}  # fmt: skip
    given = event("notice_of_withdrawal_given", "2015-01-01", effective_date="2016-01-01", parties=["ITA"])
    entered = event("entered_into_force", "1998-04-16")
    made = record(entered, given, as_of="2015-06-01", parties=("ITA", "JPN"), eif=clause)
    found = next(one for one in deadlines(made, "2015-06-01", None).found if one.kind == "expiry")
    assert (found.what, found.whose, found.ends) == ("withdrawal of ITA takes effect", ("ITA",), False)


def test_an_end_is_held_against_the_life_that_the_register_tells():
    """What ended the agreement from outside its record makes the end of its term no sure thing."""
    term = {"period": "P10Y"}
    made = record(IN_FORCE, as_of="2020-01-01", duration=term)
    around = lifecycle.Around(wholes=[parse("2024-05-01")])
    told = lifecycle.spans(made["events"], binding_status="binding", parties=("JPN", "KOR"), terms=made["terms"],
                           around=around)  # fmt: skip
    alone, beside = deadlines(made, "2020-01-01", None).found, deadlines(made, "2020-01-01", None, lambda: told).found
    assert [one.certain for one in (*alone, *beside) if one.ends] == [True, False]


def test_a_fixed_term_ends_the_day_before_its_anniversary_and_duties_survive():
    found = due(
        event("entered_into_force", "2022-04-01"), as_of="2026-01-01",
        duration={"period": "P5Y"}, survival={"period": "P2Y"},
    )  # fmt: skip
    assert found == ["2027-03-31 expiry", "2029-03-31 survival"]


def test_survival_counts_from_the_end_after_it():
    ended = event("terminated", "2019-08-02")
    assert due(IN_FORCE, ended, as_of="2020-01-01", survival={"period": "P5Y"}) == ["2024-08-01 survival"]
    assert due(IN_FORCE, ended, as_of="2024-08-02", survival={"period": "P5Y"}) == []


def test_a_partial_entry_gives_the_end_bounds():
    assert due(event("entered_into_force", "2022-04"), as_of="2026-01-01", duration={"period": "P5Y"}) == [
        "2027-03-31/2027-04-29 expiry"
    ]


def test_a_day_before_an_extension_sees_the_term_as_it_stood():
    """The 2016 Special Measures Agreement: the recorded end holds the extension of 2021."""
    events = (event("entered_into_force", "2016-04-01"), event("extended", "2021-03-31"))
    duration = {"period": "P5Y", "until": "2022-03-31"}
    assert due(*events, as_of="2020-01-01", duration=duration) == ["2021-03-31 expiry?"]
    assert due(*events, as_of="2021-04-01", duration=duration) == ["2022-03-31 expiry"]


def test_an_initial_term_then_indefinite_does_not_expire():
    duration = {"kind": "initial_term_then_indefinite", "period": "P10Y"}
    events = (event("entered_into_force", "1960-06-23"),)
    assert due(*events, as_of="1965-01-01", duration=duration) == ["1970-06-22 renewal"]
    assert due(*events, as_of="1975-01-01", duration=duration) == []


def test_what_is_renewable_by_agreement_expires_unless_renewed():
    duration = {"kind": "renewable_by_agreement", "period": "P5Y", "renewal_period": "P5Y"}
    begun = event("entered_into_force", "2010-01-01")
    assert due(begun, as_of="2012-01-01", duration=duration) == ["2014-12-31 expiry"]
    assert due(begun, event("renewed", "2014-12-01"), as_of="2015-01-01", duration=duration) == ["2019-12-31 expiry"]
    made = record(begun, as_of="2016-01-01", duration=duration)
    assert (made["derived"]["status"], made["derived"]["status_certain"]) == ("expired", True)
    assert deadlines(made, "2016-01-01", None) == ([], [])


def test_terms_without_a_day_to_count_from_are_told():
    made = record(event("signed", "2025-07-26"), as_of="2026-01-01", duration={"period": "P50Y"})
    assert deadlines(made, "2026-01-01", None) == ([], ["a term is recorded, no day to count it from"])


def test_what_has_ended_has_no_deadlines():
    assert due(IN_FORCE, event("terminated", "2018-01-01"), as_of="2020-01-01", **GSOMIA) == []


def test_arrangements_become_operative():
    ahead = event("became_operative", "2027-01-01")
    made = record(event("signed", "2026-01-01"), ahead, as_of="2026-06-01", binding="non_binding")
    assert [one.what for one in deadlines(made, "2026-06-01", None).found] == ["becomes operative"]
    treaty = record(event("signed", "2026-01-01"), {**ahead, "kind": "entered_into_force"}, as_of="2026-06-01")
    assert [one.what for one in deadlines(treaty, "2026-06-01", None).found] == ["enters into force"]


def test_an_entry_is_computed_from_the_condition_where_none_is_recorded():
    """Notes of 15 September 2023 and 30 days: the Japan-UK RAA entered into force on 15 October."""
    eif = {
        "condition": "exchange_of_notes", "number": None, "period": "P30D", "parties": [], "date": None,
        "late_joiners": None,
    }  # fmt: skip
    events = (event("signed", "2023-01-11"), event("notes_exchanged", "2023-09-15"))
    assert due(*events, as_of="2023-09-20", eif=eif) == ["2023-10-15 entry"]


def test_promises_never_signed():
    promise = event("announced", "2024-10")
    made = record(promise, as_of="2026-11-22")
    (found,) = unfinished(made, "2026-11-22", ["stale_promise"]).found
    assert (found.date.edtf, found.certain) == ("2024-10", True)
    assert "no signature recorded by 2026-11-22 (2 years)" in found.rule
    kept = record(promise, event("signed", "2025-01-01"), as_of="2026-11-22")
    assert unfinished(kept, "2026-11-22", ["stale_promise"]).found == []


def test_signatures_never_ratified_name_whose():
    """Three of four consent; the fourth is listed alone. Non-binding texts need no consent."""
    parties = ("AAA", "BBB", "CCC", "DDD")
    events = [
        event("signed_subject_to_ratification", "2020-01-01"),
        *(event("ratified", "2021-01-01", parties=[code]) for code in parties[:3]),
    ]
    made = record(*events, as_of="2026-11-22", parties=parties)
    (found,) = unfinished(made, "2026-11-22", ["unratified"]).found
    assert (found.whose, found.date.edtf, found.certain) == (("DDD",), "2020-01-01", True)
    soft = record(*events, as_of="2026-11-22", parties=parties, binding="non_binding")
    assert unfinished(soft, "2026-11-22", ["unratified"]).found == []


def test_nothing_falls_due_after_a_certain_end():
    term = {"kind": "fixed_term", "period": "P10Y"}
    begun = event("entered_into_force", "2015-01-01")
    ended = event("terminated", "2017-01-01", effective_date="2018-01-01")
    assert due(begun, ended, as_of="2017-06-01", duration=term) == ["2018-01-01 expiry"]


def test_a_notice_belongs_to_one_term():
    events = (IN_FORCE, event("notice_of_withdrawal_given", "2019-08-23", parties=["KOR"]))
    assert due(*events, as_of="2026-01-01", **GSOMIA) == []


def test_a_last_day_for_notice_inside_the_window_is_listed_though_its_term_ends_beyond():
    term = {"kind": "auto_renewing", "period": "P1Y", "renewal_period": "P1Y"}
    begun = event("entered_into_force", "2020-01-01")
    shown = due(begun, as_of="2026-11-22", horizon="2027-11-22", duration=term,
                notices=[notice("non_renewal", "P18M", "end_of_term")])  # fmt: skip
    assert "2027-06-30 notice" in shown


def test_what_was_carried_out_or_held_to_bind_awaits_no_ratification():
    """ICJ, Qatar v Bahrain 1994: the Doha Minutes bound from their signature, and they were carried out."""
    signed = event("signed", "1990-12-25")
    waiting = record(signed, as_of="2026-11-22")
    (found,) = unfinished(waiting, "2026-11-22", ["unratified"]).found
    assert not found.certain
    held = waiting | {"evidence": [{"kind": "tribunal_ruling", "supports": "binding"}]}
    executed = event("other", "2001-03-16", kind_raw="Executed")
    done = record(signed, executed, as_of="2026-11-22")
    for made in (held, done):
        findings = unfinished(made, "2026-11-22", ["unratified"])
        assert findings.found == []
        assert findings.reasons == ["signed and carried out, or held to bind by a tribunal: no consent is awaited"]
    assert len(unfinished(record(signed, executed, as_of="2000-01-01"), "2000-01-01", ["unratified"]).found) == 1
    refused = waiting | {"evidence": [{"kind": "tribunal_ruling", "supports": "non_binding"}]}
    assert len(unfinished(refused, "2026-11-22", ["unratified"]).found) == 1


def test_provisional_application_shows_that_entry_is_still_to_come():
    """VCLT 25: a treaty is applied provisionally pending its entry into force."""
    events = [event("signed", "2010-01-01"), event("provisional_application_started", "2010-02-01", parties=["JPN"])]
    (found,) = unfinished(record(*events, as_of="2026-11-22"), "2026-11-22", ["unratified"]).found
    assert (found.whose, found.certain) == (("JPN", "KOR"), True)


def test_fiscal_years():
    """Japan's fiscal year 2026 ends on 31 March 2027; that of the United States bears the year in which it ends."""
    assert fiscal_years.last_day("JPN", 2026) == "2027-03-31"
    assert fiscal_years.last_day("USA", 2026) == "2026-09-30"
    assert fiscal_years.first_day("USA", 2026) == "2025-10-01"
    assert fiscal_years.ending_on("JPN", "2027-03-31") == 2026
    assert fiscal_years.ending_on("JPN", "2027-03-30") is None
    with pytest.raises(fiscal_years.FiscalYearError, match="write the day"):
        fiscal_years.last_day("FRA", 2026)


def test_how_long_ago_is_said_in_full_months():
    assert [ago(parse(text), "2026-11-22") for text in ("2024-11-22", "2024-11-23", "2026-11-20", "2025")] == [
        "2 years", "1 year and 11 months", "2 days", "10 months",
    ]  # fmt: skip


@given(DAYS, st.integers(1, 600), st.integers(0, 20))
def test_the_day_after_a_term_is_the_first_day_of_the_status_expired(begun, months, days):
    made = record(
        event("entered_into_force", begun),
        as_of=begun,
        duration={"period": f"P{months}M{days}D" if days else f"P{months}M"},
    )
    (found,) = [one for one in deadlines(made, begun, None).found if one.kind == "expiry"]
    spans = lifecycle.spans(made["events"], binding_status="binding", parties=("JPN",), terms=made["terms"])
    assert [span.from_earliest for span in spans if span.party == "" and span.status == "expired"] == [
        terms.day_after(found.date).edtf
    ]


@given(DAYS, st.integers(1, 40), st.integers(1, 24))
def test_terms_follow_each_other_without_gap_or_overlap(begun, number, months):
    first = terms.last_day(parse(begun), Period(months, 0))
    rolled = []
    for term in terms.rolling(terms.ending(first), Period(months, 0)):
        rolled.append(term)
        if len(rolled) == number:
            break
    for one, two in pairwise(rolled):
        assert one.following.edtf == terms.day_after(one.last).edtf
        assert one.last.edtf < two.last.edtf


@given(DAYS, DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_narrower_date_never_leaves_the_bounds_of_a_gap(begin, end, wider_begin, wider_end):
    def wide(day, days):
        last = (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()
        return between(day, last)

    narrow = gap(parse(begin), parse(end))
    bounds = gap(wide(begin, wider_begin), wide(end, wider_end))
    assert bounds.shortest <= narrow.days <= bounds.longest


PERIODS = st.builds(lambda number, unit: f"P{number}{unit}", st.integers(1, 40), st.sampled_from("DMY"))


@given(DAYS, PERIODS, PERIODS, DAYS)
def test_terms_near_a_day_are_those_of_the_whole_course_from_one_that_is_over_on(begun, length, renewal, day):
    anchor = terms.Anchor(parse(begun), periods.parse(length))
    every = list(terms.rolling(anchor, periods.parse(renewal)))
    near = list(terms.rolling(anchor, periods.parse(renewal), day))
    assert near == every[len(every) - len(near) :]
    assert len(near) == len(every) or near[:1] == [] or near[0].following.edtf < day


ENTERED = st.none() | DAYS | st.dates(dt.date(1950, 1, 1), dt.date(2030, 12, 31)).map(lambda day: f"{day:%Y-%m}")
NOTED = st.lists(st.tuples(PERIODS, st.sampled_from((None, "end_of_term", "receipt"))), max_size=2)
TERMS_TO_RUN = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ("auto_renewing", "initial_term_then_indefinite", "fixed_term", "renewable_by_agreement", "until_event")
        ),
        "period": st.none() | PERIODS,
        "renewal_period": st.none() | PERIODS,
        "until": st.none() | ENTERED,
    }
)


@given(ENTERED, st.none() | DAYS, TERMS_TO_RUN, NOTED, DAYS, st.none() | st.integers(1, 4000))
def test_terms_that_are_not_reckoned_name_no_day_in_the_time_asked_for(
    entered, prolonged, duration, noted, as_of, window
):
    events = [event("signed", "1949-05-05"), *([event("entered_into_force", entered)] if entered else [])]
    events += [event("extended", prolonged)] if prolonged else []
    notices = [notice("non_renewal", period, counted) for period, counted in noted]
    made = record(*events, as_of=as_of, duration=duration, notices=notices)
    horizon = window and periods.add_days(as_of, window)
    entries = {parse(entered)[1:3]} if entered else set()
    if made["derived"]["status"] in kinds.OVER or reach.may_fall_due(
        reach.Told(made["terms"], entries, bool(entered), bool(prolonged)), as_of, horizon
    ):
        return
    found = deadlines(made, as_of, horizon)
    of_terms = [one for one in found.found if one.kind != "entry"]
    assert [one for one in of_terms if horizon is None or (one.date.earliest or "") <= horizon] == []
    assert found.reasons == []


ENDINGS = st.sampled_from(("", "?", "~", "/..", "/2100-12-31", "-24", "-XX", "-1X-01", "-XX-16", "-02-30"))


@given(DAYS, st.sampled_from((4, 7, 10)), ENDINGS)
def test_an_exact_day_is_the_day_that_its_text_names_and_nothing_else_is_one(day, size, ending):
    text = day[:size] + ending
    try:
        date = parse(text)
    except DateError:
        assert exact_day(text) is None
        return
    exact = date.earliest == date.latest and not date.uncertain and date.edtf == text
    assert exact_day(text) == (numbers(date).first if exact else None)


@given(DAYS, DAYS)
def test_between_two_exact_days_lie_as_many_days_as_their_numbers_differ_by(begin, end):
    assert gap(parse(begin), parse(end)).days == exact_day(end) - exact_day(begin)


@given(st.lists(st.integers(-500, 5000), min_size=1), st.integers(1, 99))
def test_a_percentile_occurs_and_has_so_many_values_at_or_below_it(values, percent):
    ordered = sorted(values)
    found = percentile(ordered, percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


def test_the_median_of_an_even_number_is_the_mean_of_both_middle_ones():
    assert figure("median", [1, 2, 3, 10]) == 2.5
    assert figure("median", [1, 2, 4, 10]) == 3
    assert [figure(name, [-5, 0, 20]) for name in ("n", "min", "p90", "mean", "max", "negative")] == [
        3,
        -5,
        20,
        5.0,
        20,
        1,
    ]
    assert [figure(name, []) for name in ("n", "median", "negative")] == [0, None, 0]


def test_entries_of_all_parties_by_name_begin_the_term():
    each = [event("entered_into_force", "2015-04-01", parties=[code]) for code in ("JPN", "KOR")]
    assert due(*each, as_of="2019-01-01", duration={"period": "P5Y"}) == ["2020-03-31 expiry"]
    made = record(*each, as_of="2021-01-01", duration={"period": "P5Y"})
    assert (made["derived"]["status"], made["derived"]["status_certain"]) == ("expired", True)


def test_a_recorded_expiry_on_another_day_stands_in_place_of_the_term():
    ended = event("expired", "2026-02-05", effective_date="2026-02-05/2026-02-06")
    found = due(event("entered_into_force", "2011-02-05"), ended, as_of="2025-01-01", duration={"until": "2026-02-05"})
    assert found == ["2026-02-05/2026-02-06 expiry"]


def test_an_extension_that_may_have_come_after_the_recorded_end_leaves_two_ends():
    begun, longer = event("entered_into_force", "2014-04-01"), event("extended", "2021")
    duration = {"until": "2021-03-31", "renewal_period": "P1Y"}
    assert due(begun, longer, as_of="2021-01-01", duration=duration) == ["2021-03-31/2022-12-30 expiry?"]
    made = record(begun, longer, as_of="2021-06-01", duration=duration)
    assert not made["derived"]["status_certain"]


NEAR = st.dates(dt.date(2000, 1, 1), dt.date(2012, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat()] * 3 + [day.isoformat()[:7], day.isoformat()[:4]])
)
LENGTHS = st.sampled_from([None, "P6M", "P1Y", "P5Y"])
TERMS = st.fixed_dictionaries(
    {"period": LENGTHS, "renewal_period": LENGTHS, "until": st.one_of(st.none(), NEAR)},
    optional={
        "kind": st.sampled_from([
            "fixed_term", "renewable_by_agreement", "auto_renewing", "until_event", "unknown", "indefinite",
            "initial_term_then_indefinite",
        ])
    },
)  # fmt: skip
HAPPENED = st.builds(
    lambda kind, date, effective, who: event(kind, date, effective_date=effective, parties=who),
    st.sampled_from([
        "entered_into_force", "extended", "renewed", "notice_of_withdrawal_given", "notice_of_withdrawal_revoked",
        "suspended", "resumed", "terminated", "expired",
    ]),
    st.one_of(st.none(), NEAR), st.one_of(st.none(), NEAR), st.sampled_from([[], [], ["JPN"], ["KOR"], ["JPN", "KOR"]]),
)  # fmt: skip
CLAUSES = st.lists(
    st.sampled_from(
        [notice("non_renewal", "P90D", "end_of_term"), notice("withdrawal", "P6M"), notice("termination", "P1Y")]
    ),
    max_size=2,
)
ENTERED = st.builds(lambda date: event("entered_into_force", date), NEAR)


@given(ENTERED, st.lists(HAPPENED, max_size=4), TERMS, CLAUSES)
def test_what_falls_due_for_certain_and_the_status_agree_along_time(entry, more, duration, clauses):
    """An end that is certain is one: the agreement is over on the next day, whichever day is asked."""
    for year in range(2000, 2016, 3):
        made = record(entry, *more, as_of=f"{year}-07-01", duration=duration, notices=clauses)
        for item in deadlines(made, f"{year}-07-01", None).found:
            if item.kind == "expiry" and item.certain and item.ends:
                spans = lifecycle.spans(
                    made["events"], binding_status="binding", parties=("JPN", "KOR"), terms=made["terms"]
                )
                for step in (1, 40, 400):
                    day = terms.moved(item.date, Period(0, step)).latest
                    texts = [one[key] for one in made["events"] for key in ("date", "effective_date") if one[key]]
                    if step == 1 or all(parse(text).latest <= item.date.latest for text in texts):
                        assert set(lifecycle.possible(spans, day)) <= {"expired", "terminated"}


@example("2000-01-01", ["2000-01-01"], {"period": None, "renewal_period": None, "until": "2000-01-01"})
@given(NEAR, st.lists(NEAR, max_size=2), TERMS)
def test_a_term_that_ends_in_the_status_is_due_on_its_last_day(entry, longer, duration):
    """Both ways: where the status tells a certain end, it falls due on the day before, and nothing else ends it."""
    events = [event("entered_into_force", entry), *(event("extended", date) for date in longer)]
    as_of = max(parse(text).latest for text in (entry, *longer))
    now = record(*events, as_of=as_of, duration=duration)
    spans = lifecycle.spans(now["events"], binding_status="binding", parties=("JPN", "KOR"), terms=now["terms"])
    over = next((span for span in spans if span.party == "" and span.status == "expired"), None)
    ends = [item for item in deadlines(now, as_of, None).found if item.kind == "expiry"]
    if over is None:
        assert not ends
    elif not over.uncertain and over.from_earliest is not None and over.from_earliest > as_of:
        (item,) = ends
        assert (terms.day_after(item.date).earliest, terms.day_after(item.date).latest) == (
            over.from_earliest, over.from_latest
        )  # fmt: skip


def test_where_no_clause_is_recorded_a_notice_may_take_effect_after_twelve_months():
    """VCLT 56(2), if the treaty is silent; the law of treaties says nothing of arrangements."""
    given = event("notice_of_withdrawal_given", "2026-06-01", parties=["KOR"])
    assert due(IN_FORCE, given, as_of="2026-11-22") == ["2027-06-01 expiry?"]
    assert due(IN_FORCE, given, as_of="2026-11-22", binding="non_binding") == []
