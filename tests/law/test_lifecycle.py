"""The status of agreements and parties on a day, from their events."""

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.dates import edtf
from tracker.dates.day import OPEN
from tracker.law.life import lifecycle
from tracker.law.life.sequence import steps_of
from tracker.law.parties import laterality
from tracker.record import kinds

BILATERAL = ("JPN", "KOR")
MOVING = sorted(kinds.which(lambda kind: kind.stage))
"""Kinds that change a status."""


def event(kind, date=None, effective=None, *parties):
    return {"kind": kind, "date": date, "effective_date": effective, "parties": list(parties)}


def statuses(events, days, *, binding="binding", parties=BILATERAL, terms=None, party=""):
    spans = lifecycle.spans(events, binding_status=binding, parties=parties, terms=terms)
    found = [lifecycle.standing(spans, day, party) for day in days]
    return [(one.status, one.certain) for one in found]


GSOMIA = [
    event("signed", "2016-11-23"),
    event("entered_into_force", "2016-11-23"),
    event("notice_of_withdrawal_given", "2019-08-23", None, "KOR"),
    event("notice_of_withdrawal_suspended", "2019-11-22", None, "KOR"),
    event("notice_of_withdrawal_revoked", "2023-03-21", None, "KOR"),
]


def test_a_notice_that_was_suspended_in_time_ends_nothing():
    """Japan-Korea GSOMIA: under notice from 23 August to 22 November 2019, in force throughout."""
    terms = {"duration": {"kind": "auto_renewing", "period": "P1Y", "until": None, "renewal_period": "P1Y"}}
    spans = lifecycle.spans(GSOMIA, binding_status="binding", parties=BILATERAL, terms=terms)
    pending = {day: "notice_given" in lifecycle.flags(spans, day) for day in
               ("2019-08-22", "2019-08-23", "2019-11-21", "2019-11-22", "2024-01-01")}  # fmt: skip
    assert list(pending.values()) == [False, True, True, False, False]
    assert all(lifecycle.standing(spans, day).status == "in_force" for day in pending)
    assert lifecycle.flags(spans, "2024-01-01") == ["no_end_recorded"]


def test_a_notice_with_an_effect_that_was_suspended_before_it():
    events = [*GSOMIA[:2], event("notice_of_withdrawal_given", "2019-08-23", "2019-11-23", "KOR"), *GSOMIA[3:]]
    assert statuses(events, ["2019-11-23", "2024-01-01"]) == [("in_force", True)] * 2


def test_a_signature_in_an_interval_is_unknown_inside_it():
    """Estonia's SOSA: signed on one day from 10 to 20 October 2023."""
    events = [event("signed", "2023-10-10/2023-10-20")]
    days = ["2023-10-09", "2023-10-15", "2023-10-20"]
    assert statuses(events, days, binding="non_binding") == [("unknown", False), ("unknown", False), ("signed", True)]
    (span,) = (span for span in lifecycle.spans(events, binding_status="non_binding", parties=()) if not span.party)
    assert (span.from_earliest, span.from_latest) == ("2023-10-10", "2023-10-20")


def test_operative_on_an_unknown_day_is_possible_from_signature_and_never_certain():
    events = [event("signed", "2023-04-17"), event("became_operative")]
    assert statuses(events, ["2023-04-16", "2024-01-01"], binding="non_binding") == [
        ("unknown", False),
        ("operative", False),
    ]


@pytest.mark.parametrize(
    ("binding", "kind", "word"),
    [
        ("binding", "entered_into_force", "in_force"),
        ("non_binding", "entered_into_force", "operative"),
        ("non_binding", "became_operative", "operative"),
        ("binding", "became_operative", "in_force"),
        ("undetermined", "became_operative", "operative"),
        ("undetermined", "entered_into_force", "in_force"),
    ],
)
def test_the_word_follows_the_binding_status(binding, kind, word):
    assert statuses([event(kind, "2020-01-01")], ["2021-01-01"], binding=binding) == [(word, True)]


def test_arrangements_are_discontinued():
    events = [event("became_operative", "2000"), event("terminated", "2010-05-01")]
    assert statuses(events, ["2010-05-01"], binding="non_binding") == [("discontinued", True)]


def test_withdrawal_from_a_bilateral_treaty_ends_it_on_the_effective_day():
    """INF Treaty: suspended and notice given on 2 February 2019, ended on 2 August."""
    events = [
        event("signed", "1987-12-08"),
        event("entered_into_force", "1988-06-01"),
        event("suspended", "2019-02-02", None, "USA"),
        event("notice_of_withdrawal_given", "2019-02-02", "2019-08-02", "USA"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=("USA", "SUN"))
    days = ("1988-05-31", "2019-02-01", "2019-08-01", "2019-08-02")
    assert [lifecycle.standing(spans, day).status for day in days] == ["signed", "in_force", "suspended", "terminated"]
    assert lifecycle.flags(spans, "2019-03-01") == ["notice_given"]
    after = lifecycle.standing(spans, "2026-01-01")
    assert (after.from_.edtf, after.until.edtf) == ("1988-06-01", "2019-08-02")
    assert lifecycle.standing(spans, "2026-01-01", "USA").status == "withdrawn"
    assert lifecycle.standing(spans, "2026-01-01", "SUN").status == "listed"


TERM = {"duration": {"kind": "fixed_term", "period": None, "until": "2022-03-31", "renewal_period": None}}
SMA = [event("signed", "2016-01-22"), event("entered_into_force", "2016-04-01"), event("extended", "2021-03-31")]


def test_a_term_ends_by_itself_after_its_last_day():
    """Special Measures Agreement: to 31 March 2021, extended by a year."""
    days = ["2021-04-01", "2022-03-31", "2022-04-01"]
    assert statuses(SMA, days, terms=TERM) == [("in_force", True), ("in_force", True), ("expired", True)]
    spans = lifecycle.spans(SMA, binding_status="binding", parties=(), terms=TERM)
    assert lifecycle.standing(spans, "2020-01-01").until == edtf.parse("2022-03-31")
    assert lifecycle.flags(spans, "2020-01-01") == []


def test_an_extension_on_the_last_day_leaves_the_end_open():
    terms = {"duration": TERM["duration"] | {"until": "2021-03-31"}}
    assert statuses(SMA, ["2021-04-01", "2023-01-01"], terms=terms) == [("in_force", True), ("in_force", False)]
    assert statuses(SMA[:2], ["2021-04-01"], terms=terms) == [("expired", True)]


def test_a_term_counted_from_entry_ends_the_day_before_its_anniversary():
    terms = {"duration": {"kind": "fixed_term", "period": "P10Y", "until": None, "renewal_period": "P5Y"}}
    events = [event("entered_into_force", "2011-02-05")]
    assert statuses(events, ["2021-02-04", "2021-02-05"], terms=terms) == [("in_force", True), ("expired", True)]
    events.append(event("extended", "2021-02-03"))
    assert statuses(events, ["2026-02-04", "2026-02-05"], terms=terms) == [("in_force", True), ("expired", True)]


@pytest.mark.parametrize("kind", ["indefinite", "auto_renewing", "initial_term_then_indefinite"])
def test_other_terms_do_not_end_by_themselves(kind):
    terms = {"duration": TERM["duration"] | {"kind": kind}}
    assert statuses(SMA, ["2030-01-01"], terms=terms) == [("in_force", True)]


def test_an_end_on_an_unknown_day():
    events = [event("entered_into_force", "2010-01-01"), event("amended", "2015-06-01"), event("terminated")]
    assert statuses(events, ["2012-01-01", "2020-01-01"]) == [("in_force", True), ("terminated", False)]


def test_doubt_about_the_end_leaves_the_time_before_it_certain():
    events = [event("entered_into_force", "2010-01-01"), event("terminated", "2019?")]
    assert statuses(events, ["2015-01-01", "2025-01-01"]) == [("in_force", True), ("terminated", False)]


def test_a_date_in_doubt_is_never_certain():
    assert statuses([event("signed", "2024-10-22?")], ["2024-10-21", "2025-01-01"]) == [
        ("unknown", False),
        ("signed", False),
    ]


def test_suspension_does_not_break_the_spell_of_force():
    events = [
        event("entered_into_force", "2010-01-01"),
        event("suspended", "2012-01-01"),
        event("resumed", "2013-01-01"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL)
    now = lifecycle.standing(spans, "2014-01-01")
    assert (now.status, now.from_.edtf, now.until) == ("in_force", "2010-01-01", None)
    assert lifecycle.standing(spans, "2012-06-01", "JPN").status == "suspended"


def test_provisional_application_until_entry():
    events = [
        event("signed", "2020-01-01"),
        event("provisional_application_started", "2020-06-01"),
        event("provisional_application_ended", "2021-01-01"),
        event("entered_into_force", "2022-01-01"),
    ]
    days = ["2020-05-31", "2020-07-01", "2021-06-01", "2022-01-01"]
    assert [status for status, _ in statuses(events, days)] == ["signed", "provisionally_applied", "signed", "in_force"]


def test_notes_after_signature_await_entry():
    """Japan-UK Reciprocal Access Agreement: thirty days after the notes."""
    events = [
        event("signed", "2023-01-11"),
        event("notes_exchanged", "2023-09-15"),
        event("entered_into_force", "2023-10-15"),
    ]
    days = ["2023-09-14", "2023-09-15", "2023-10-15"]
    assert [status for status, _ in statuses(events, days)] == ["signed", "awaiting_entry", "in_force"]


def test_entry_into_force_before_signature_is_true_data():
    events = [event("signed", "2005-06-01"), event("entered_into_force", "2005-01-01")]
    assert statuses(events, ["2005-02-01", "2006-01-01"]) == [("in_force", True)] * 2


def test_entry_in_the_year_of_signature():
    events = [event("signed", "2023-05-01"), event("entered_into_force", "2023")]
    assert statuses(events, ["2023-06-01", "2024-01-01"]) == [("signed", False), ("in_force", True)]


def test_a_text_that_lapsed_without_force_never_entered():
    assert statuses([event("signed", "1990"), event("lapsed", "2000")], ["2001-01-01"]) == [("never_entered", True)]


LOI = ("FRA", "DEU", "ITA", "ESP", "SWE", "GBR")
DEPOSITS = {"GBR": "2001-03-14", "DEU": "2001-03-19", "FRA": "2001-03-27", "SWE": "2001-04-06", "ESP": "2001-07-12"}
FRAMEWORK = [
    event("signed", "2000-07-27"),
    *(event("instrument_deposited", day, None, code) for code, day in DEPOSITS.items()),
    event("entered_into_force", "2001-04-18"),
]


def test_each_later_party_enters_thirty_days_after_its_deposit():
    """LoI Framework Agreement; Italy had not deposited."""
    terms = {"entry_into_force": {"late_joiners": "P30D"}, "duration": None}
    spans = lifecycle.spans(FRAMEWORK, binding_status="binding", parties=LOI, terms=terms)
    found = {code: one.from_ and one.from_.edtf for code, one in lifecycle.standings(spans, "2003-01-01").items()}
    assert found == {"": "2001-04-18", "GBR": "2001-04-18", "DEU": "2001-04-18", "FRA": "2001-04-26",
                     "SWE": "2001-05-06", "ESP": "2001-08-11", "ITA": None}  # fmt: skip
    assert lifecycle.standing(spans, "2003-01-01", "ITA").status == "signatory"
    assert lifecycle.standing(spans, "2001-04-20", "FRA").status == "consented"
    assert lifecycle.flags(spans, "2001-03-20") == ["partly_ratified"]
    assert lifecycle.flags(spans, "2001-04-18") == ["no_end_recorded"]


def test_all_consents_await_entry():
    """It may be in force (VCLT 24(2)), unless the text says otherwise, of which nothing is recorded."""
    events = [
        event("signed", "2020"),
        event("ratified", "2021-01-01", None, "JPN"),
        event("ratified", "2022-01-01", None, "KOR"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL)
    assert lifecycle.standing(spans, "2021-06-01").status == "signed"
    assert lifecycle.flags(spans, "2021-06-01") == ["partly_ratified"]
    assert lifecycle.standing(spans, "2022-01-01")[:2] == ("awaiting_entry", False)
    assert lifecycle.possible(spans, "2022-01-01") == ["awaiting_entry", "in_force"]
    assert lifecycle.flags(spans, "2022-01-01") == []


def test_a_return_after_withdrawal_is_a_new_spell():
    events = [
        event("entered_into_force", "2000-01-01"),
        event("withdrawn", "2009-10-27", None, "FRA"),
        event("acceded", "2012-01-01", None, "FRA"),
        event("entered_into_force", "2012-03-01", None, "FRA"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=LOI)
    days = ("2005-01-01", "2010-01-01", "2012-02-01", "2013-01-01")
    found = [lifecycle.standing(spans, day, "FRA") for day in days]
    assert [one.status for one in found] == ["in_force", "withdrawn", "consented", "in_force"]
    assert (found[0].until.edtf, found[3].from_.edtf, found[3].until) == ("2009-10-27", "2012-03-01", None)
    assert lifecycle.standing(spans, "2013-01-01").status == "in_force"
    assert lifecycle.standing(spans, "2013-01-01", "DEU").status == "in_force"


def test_signature_is_the_last_signing_act():
    assert lifecycle.signed([event("signed", "2005-02-07"), event("signed", "2005-03-24")]) == edtf.parse("2005-03-24")
    assert lifecycle.signed([event("notes_exchanged", "2007-01-01")]) == edtf.parse("2007-01-01")
    assert lifecycle.signed([event("signed", "2006"), event("notes_exchanged", "2007")]) == edtf.parse("2006")
    assert lifecycle.signed([event("issued", "2021-09-15")]) == edtf.parse("2021-09-15")
    assert lifecycle.signed([event("signed")]) is None
    assert lifecycle.signed([event("signed", "2005-02-07"), event("signed")]) == edtf.parse("2005-02-07/..")
    assert lifecycle.signed([event("ratified", "2005")]) is None


@pytest.mark.parametrize(
    ("count", "word"), [(0, "unknown"), (1, "unilateral"), (2, "bilateral"), (3, "plurilateral"), (11, "multilateral")]
)
def test_laterality_counts_distinct_parties(count, word):
    assert laterality([f"P{number}" for number in range(count)] * 2) == word


def test_nothing_recorded_is_unknown():
    assert statuses([], ["2024-01-01"]) == [("unknown", False)]
    assert statuses([event("published", "2020")], ["2024-01-01"], party="JPN") == [("listed", True)]


def test_a_recorded_expiry_with_another_day_than_the_term_leaves_that_day_open():
    """New START: the term is said to run until 5 February 2026, the last day may have been the 4th."""
    terms = {"duration": TERM["duration"] | {"until": "2026-02-05"}}
    events = [event("entered_into_force", "2011-02-05"), event("expired", "2026-02-05", "2026-02-05/2026-02-06")]
    days = ["2026-02-04", "2026-02-05", "2026-02-06"]
    assert statuses(events, days, terms=terms) == [("in_force", True), ("in_force", False), ("expired", True)]


def test_an_expiry_on_an_unknown_day_is_that_of_the_term():
    terms = {"duration": TERM["duration"] | {"until": "2026-02-05"}}
    events = [event("entered_into_force", "2011-02-05"), event("expired")]
    assert statuses(events, ["2020-01-01", "2026-02-06"], terms=terms) == [("in_force", True), ("expired", True)]


def test_the_entry_of_a_later_treaty_dates_the_end_of_the_earlier():
    """VCLT 59(1). US-Japan Security Treaty of 1951: superseded by that of 1960 with its entry on 23 June 1960."""
    events = [event("signed", "1951-09-08"), event("entered_into_force", "1952-04-28"), event("superseded")]
    later = lifecycle.Around(successors=[edtf.parse("1960-06-23")])
    spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL, around=later)
    found = [lifecycle.standing(spans, day) for day in ("1955-01-01", "1960-06-22", "1960-06-23")]
    assert [(one.status, one.certain) for one in found] == [("in_force", True)] * 2 + [("superseded", True)]
    assert statuses(events, ["1955-01-01"]) == [("superseded", False)]


def test_the_end_of_a_provision_does_not_end_the_instrument():
    article = {"provision": "Art. 5"}
    events = [
        event("entered_into_force", "2000-01-01"),
        event("terminated", "2005-01-01") | article,
        event("withdrawn", "2006-01-01", None, "KOR") | article,
        event("notice_of_withdrawal_given", "2006-01-01", "2007-01-01", "JPN") | article,
        event("extended", "2008-01-01") | article,
    ]
    assert statuses(events, ["2010-01-01"]) == [("in_force", True)]
    assert statuses(events, ["2010-01-01"], party="KOR") == [("in_force", True)]
    own = lifecycle.of_provision(events, "Art. 5")
    assert statuses(own, ["2004-12-31", "2005-01-01"]) == [("in_force", True), ("terminated", True)]


def test_a_provision_with_an_entry_of_its_own_does_not_share_that_of_the_whole():
    events = [
        event("entered_into_force", "2000-01-01"),
        event("signed", "1999-01-01"),
        event("entered_into_force", "2003-01-01") | {"provision": "Annex II"},
        event("signed", "2001-01-01") | {"provision": "Annex II"},
        event("terminated", "2010-01-01"),
    ]
    days = ["2002-01-01", "2003-01-01", "2010-01-01"]
    found = statuses(lifecycle.of_provision(events, "Annex II"), days)
    assert [status for status, _ in found] == ["signed", "in_force", "terminated"]
    assert lifecycle.signed(events) == edtf.parse("1999-01-01")


def test_acceptance_and_withdrawal_within_ten_weeks():
    """France accepted a multilateral agreement on 2009-08-19 and withdrew on 2009-10-27 (VCLT 54)."""
    events = [
        event("entered_into_force", "2001-01-01"),
        event("accepted", "2000-01-01", None, "DEU"),
        event("accepted", "2009-08-19", None, "FRA"),
        event("entered_into_force", "2009-09-18", None, "FRA"),
        event("withdrawn", "2009-10-27", None, "FRA"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=LOI)
    days = ("2009-08-18", "2009-08-19", "2009-09-18", "2009-10-27", "2026-01-01")
    assert [lifecycle.standing(spans, day, "FRA").status for day in days] == [
        "listed", "consented", "in_force", "withdrawn", "withdrawn"
    ]  # fmt: skip
    assert lifecycle.standing(spans, "2026-01-01").status == "in_force"


def test_withdrawn_on_an_unknown_day_is_never_certain():
    """The UN Treaty Collection puts the signature of a state that withdrew it in brackets, without the day."""
    events = [event("signed", "1966-12-19", None, "FRA"), event("withdrawn", None, None, "FRA")]
    spans = lifecycle.spans(events, binding_status="binding", parties=LOI)
    found = [lifecycle.standing(spans, day, "FRA") for day in ("1966-12-18", "1970-01-01")]
    assert [(one.status, one.certain) for one in found] == [("listed", True), ("withdrawn", False)]


def test_signed_but_never_bound_and_listed_but_never_acted():
    events = [
        event("signed", "2000-01-01", None, "FRA"),
        event("signed", "2000-01-01", None, "DEU"),
        event("ratified", "2001-01-01", None, "DEU"),
        event("ratified", "2001-02-01", None, "ESP"),
        event("entered_into_force", "2002-01-01"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=LOI)
    found = {code: lifecycle.standing(spans, "2026-01-01", code).status for code in ("DEU", "FRA", "ITA")}
    assert found == {"DEU": "in_force", "FRA": "signatory", "ITA": "listed"}


def test_suspension_by_one_side_suspends_a_treaty_of_two_and_no_other():
    """VCLT 57, 72(1)(a): the parties between whom it is suspended are released in their mutual relations."""
    events = [event("entered_into_force", "1988-06-01"), event("suspended", "2019-02-02", None, "JPN")]
    assert statuses(events, ["2019-03-01"]) == [("suspended", True)]
    assert statuses(events, ["2019-03-01"], parties=("JPN", "KOR", "USA")) == [("in_force", True)]
    assert statuses(events, ["2019-03-01"], parties=("JPN", "KOR", "USA"), party="JPN") == [("suspended", True)]


texts = st.one_of(
    st.none(),
    st.dates(dt.date(1990, 1, 1), dt.date(1999, 12, 31)).flatmap(
        lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], day.isoformat() + "?",
                                     f"../{day.isoformat()}", f"{day.isoformat()}/.."])),
)  # fmt: skip
acts = st.builds(
    event,
    st.sampled_from(MOVING),
    texts,
    st.one_of(st.none(), texts),
    st.sampled_from(["JPN", "KOR", "USA"]),
)
whole = st.builds(event, st.sampled_from(MOVING), texts)


@given(st.lists(st.one_of(acts, whole), max_size=6), st.sampled_from([(), ("JPN", "KOR"), ("JPN", "KOR", "USA")]))
def test_certain_statuses_never_overlap(events, parties):
    spans = lifecycle.spans(events, binding_status="binding", parties=parties)
    for number in range(1989, 2001):
        day = f"{number}-07-01"
        for party in ("", *parties):
            certain = {
                span.status for span in spans
                if span.party == party and span.status not in lifecycle.SPAN_FLAGS and not span.uncertain
                and span.from_latest is not None and span.from_latest <= day
                and (span.until_earliest is None or day < span.until_earliest)
            }  # fmt: skip
            one = lifecycle.standing(spans, day, party)
            assert len(certain) <= 1
            assert one.certain == bool(certain) or one.status == "listed"
            assert not certain or one.status in certain


@given(st.lists(st.one_of(acts, whole), max_size=5))
@example(
    [
        event("acceded", "1999-01-02", None, "JPN"),
        event("expired", "1999-01", None, "JPN"),
        event("denounced"),
        event("lapsed", "1999-01-01", None, "JPN"),
    ]
)
@example(
    [
        event("acceded", "1999-01-02", None, "JPN"),
        event("discontinued", "1999-01", None, "JPN"),
        event("denounced"),
        event("lapsed", "1999-01-01", None, "JPN"),
    ]
)
def test_spans_are_numbered_and_their_ends_in_order(events):
    spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL)
    for party in ("", *BILATERAL):
        mine = [span for span in spans if span.party == party]
        assert [span.position for span in mine] == list(range(len(mine)))
        for span in mine:
            assert span.until_latest is None or span.until_earliest is None or span.until_earliest <= span.until_latest
            assert span.from_latest is None or span.from_earliest is None or span.from_earliest <= span.from_latest


@given(
    events=st.lists(st.one_of(acts, whole), max_size=6), parties=st.sampled_from([(), BILATERAL, ("JPN", "KOR", "USA")])
)
@example(
    events=[
        event("provisional_application_ended"),
        event("provisional_application_started"),
        event("acceded", "1999-01"),
        event("became_operative", None, "1999-01-01"),
    ],
    parties=(),
)
def test_a_certain_status_leaves_no_other_possible(events, parties):
    """What is certain on a day is the only answer to it: what came before is over, what comes after has not begun."""
    spans = lifecycle.spans(events, binding_status="binding", parties=parties)
    for party in ("", *parties):
        for day in ("1990-06-15", "1993-01-01", "1996-02-29", "2030-01-01"):
            held = lifecycle.standing(spans, day, party)
            assert not held.certain or lifecycle.possible(spans, day, party) == [held.status]


@pytest.mark.parametrize("end", ["terminated", "expired", "superseded", "discontinued"])
@pytest.mark.parametrize("day", [None, "2014-05-01"])
def test_an_end_implies_that_it_was_in_force(end, day):
    """Only what is in force is terminated (VCLT 54, 59); when it entered is unknown, so that is never certain."""
    binding = "non_binding" if end == "discontinued" else "binding"
    force = "operative" if end == "discontinued" else "in_force"
    spans = lifecycle.spans([event("signed", "2004-06-14"), event(end, day)], binding_status=binding, parties=BILATERAL)
    assert force not in lifecycle.possible(spans, "2004-06-13")
    assert force in lifecycle.possible(spans, "2013-01-01")
    assert not lifecycle.standing(spans, "2013-01-01").certain
    for party in BILATERAL:
        held = lifecycle.standing(spans, "2013-01-01", party)
        assert (held.status, held.certain) == ("in_force", False)
    after = lifecycle.standing(spans, "2014-05-01")
    assert (after.status, after.certain) == (end, day is not None)
    assert lifecycle.possible(spans, "2014-05-01")[-1] == end
    assert len(lifecycle.possible(spans, "2014-05-01")) == (1 if day else 3)


@pytest.mark.parametrize(
    "more",
    [
        event("lapsed", "2014-05-01"),
        event("withdrawn", "2014-05-01", None, "JPN"),
        event("published", "2014-05-01"),
    ],
)
def test_what_is_no_end_of_force_implies_none(more):
    """A text that lapsed may never have entered into force; a state may withdraw a signature."""
    spans = lifecycle.spans([event("signed", "2004-06-14"), more], binding_status="binding", parties=BILATERAL)
    assert lifecycle.possible(spans, "2013-01-01") == ["signed"]


def test_what_was_applied_provisionally_may_have_ended_as_that():
    """VCLT 25(2): provisional application ends without an entry into force."""
    events = [
        event("signed", "2004-06-14"),
        event("provisional_application_started", "2004-07-01"),
        event("terminated", "2014-05-01"),
    ]
    assert statuses(events, ["2013-01-01"]) == [("provisionally_applied", True)]


def test_flags_are_certain_or_possible_and_never_both():
    events = [event("entered_into_force", "2016-11-23"), event("notice_of_withdrawal_given", "2019-08", None, "KOR")]
    for day, certain, maybe in (("2019-07-31", [], []), ("2019-08-22", [], ["notice_given"]),
                                  ("2019-08-31", ["notice_given"], [])):  # fmt: skip
        spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL)
        assert lifecycle.flags(spans, day) == [*certain, "no_end_recorded"]
        assert lifecycle.possible_flags(spans, day) == maybe
    undated = [events[0], event("notice_of_withdrawal_given", None, None, "KOR")]
    spans = lifecycle.spans(undated, binding_status="binding", parties=BILATERAL)
    assert lifecycle.flags(spans, "2026-01-01") == ["no_end_recorded"]
    assert lifecycle.possible_flags(spans, "2026-01-01") == ["notice_given"]


THREE = ("DEU", "FRA", "GBR")


def joined(rule, *more, whole="2020-03-01"):
    """Two ratify on 1 March 2020, which brings the instrument into force."""
    events = [
        event("ratified", "2020-03-01", None, "DEU"),
        event("ratified", "2020-03-01", None, "FRA"),
        event("entered_into_force", whole),
        *more,
    ]
    terms = {"entry_into_force": rule, "duration": None}
    spans = lifecycle.spans(events, binding_status="binding", parties=THREE, terms=terms)
    found = {code: lifecycle.standing(spans, "2026-01-01", code) for code in THREE}
    return {code: (one.status, one.certain, one.from_ and one.from_.edtf) for code, one in found.items()}


def test_who_consents_later_joins_on_that_day_unless_another_rule_is_recorded():
    """VCLT 24(3). Where no rule is recorded, another than that is possible."""
    late = event("ratified", "2022-05-05", None, "GBR")
    rule = {"condition": "nth_instrument", "number": 2, "period": None, "late_joiners": None}
    assert joined(rule, late)["GBR"] == ("in_force", False, "2022-05-05?")
    assert joined(rule | {"late_rule": "silent"}, late)["GBR"] == ("in_force", True, "2022-05-05")
    assert joined(rule | {"late_joiners": "P1M"}, late)["GBR"] == ("in_force", True, "2022-06-05")
    assert joined(None, late)["GBR"] == ("in_force", False, "2022-05-05?")


def test_founders_enter_with_the_instrument_whatever_the_rule_for_late_joiners():
    rule = {"condition": "nth_instrument", "number": 2, "period": None, "late_joiners": "P1M"}
    found = joined(rule)
    assert found["DEU"] == found["FRA"] == ("in_force", True, "2020-03-01")
    assert found["GBR"] == ("listed", True, None)


def test_a_withdrawal_in_the_year_of_a_return_may_have_come_before_it_or_after():
    events = [
        event("entered_into_force", "2001-01-01"),
        event("withdrawn", "2009", None, "GBR"),
        event("acceded", "2009-12-01", None, "GBR"),
        event("entered_into_force", "2009-12-31", None, "GBR"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=THREE)
    assert sorted(lifecycle.possible(spans, "2010-06-01", "GBR")) == ["in_force", "withdrawn"]
    events[1] |= {"date": "2009-03-01"}
    assert statuses(events, ["2010-06-01"], parties=THREE, party="GBR") == [("in_force", True)]


def test_a_withdrawal_and_a_return_on_one_day_do_not_undo_what_was_before():
    events = [
        event("entered_into_force", "2015-01-01"),
        *(event(kind, "2018-01-01", None, "GBR") for kind in ("withdrawn", "ratified", "entered_into_force")),
    ]
    found = statuses(events, ["2016-01-01", "2018-01-01", "2020-01-01"], parties=THREE, party="GBR")
    assert found == [("in_force", True)] * 3


@pytest.mark.parametrize(("resumed", "answer"), [("2015", None), ("2015-03-01", "suspended"), ("2015-09", "in_force")])
def test_a_suspension_in_the_year_of_a_resumption_leaves_both_possible(resumed, answer):
    events = [
        event("entered_into_force", "2001-01-01"),
        event("suspended", "2010-01-01"),
        event("resumed", resumed),
        event("suspended", "2015-06-01"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL)
    for party in ("", "JPN"):
        found = lifecycle.possible(spans, "2016-01-01", party)
        assert sorted(found) == ([answer] if answer else ["in_force", "suspended"])


def test_signatures_of_a_year_beside_exact_ones_stay_cheap_and_leave_the_signature_certain():
    codes = [f"P{number:02}" for number in range(60)]
    events = [
        event("signed", "1999" if number % 2 else f"1999-03-{number % 28 + 1:02}", None, code)
        for number, code in enumerate(codes)
    ]
    events += [event("ratified", "1999-07", None, code) for code in codes[:50]]
    events += [event("entered_into_force", "2003-01-01"), event("withdrawn", "2010-06", None, "P07")]
    began = time.process_time()
    spans = lifecycle.spans(events, binding_status="binding", parties=codes)
    assert time.process_time() - began < 2
    assert lifecycle.standing(spans, "2004-01-01")[:2] == ("in_force", True)
    assert lifecycle.standing(spans, "2011-01-01", "P07")[:2] == ("withdrawn", True)


def test_a_return_without_a_recorded_entry_is_a_new_spell():
    rule = {"condition": "nth_instrument", "number": 2, "period": None, "late_joiners": None}
    back = (event("withdrawn", "2021-01-01", None, "FRA"), event("acceded", "2022-01-01", None, "FRA"))
    assert joined(rule | {"late_rule": "silent"}, *back)["FRA"] == ("in_force", True, "2022-01-01")


@pytest.mark.parametrize(
    ("rule", "others"),
    [
        (None, ("in_force", False, "2020-03-01")),
        ({"condition": "all_signatories"}, ("in_force", True, "2020-03-01")),
        ({"condition": "nth_instrument", "number": 2}, ("in_force", False, "2020-03-01")),
    ],
)
def test_one_recorded_consent_says_nothing_of_the_others(rule, others):
    """Missing is normal: a treaty of three does not enter into force by the consent of one (VCLT 24(2))."""
    events = [
        event("signed", "2019-01-01"),
        event("ratified", "2020-02-01", None, "DEU"),
        event("entered_into_force", "2020-03-01"),
    ]
    terms = {"entry_into_force": rule, "duration": None}
    spans = lifecycle.spans(events, binding_status="binding", parties=THREE, terms=terms)
    found = {code: lifecycle.standing(spans, "2026-01-01", code) for code in THREE}
    assert {code: (one.status, one.certain, one.from_.edtf) for code, one in found.items()} == {
        "DEU": ("in_force", True, "2020-03-01"), "FRA": others, "GBR": others,
    }  # fmt: skip


NON_RENEWAL = {
    "duration": {"kind": "auto_renewing", "period": "P1Y", "until": None, "renewal_period": "P1Y"},
    "notices": [{"kind": "non_renewal", "period": "P90D", "counted_from": "end_of_term"}],
}
"""The terms of the Japan-Korea GSOMIA."""


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("2019-08-01", [("in_force", True), ("expired", True), ("expired", True)]),
        ("2019-08-24", [("in_force", True), ("expired", True), ("expired", True)]),
        ("2019-08-25", [("in_force", True), ("in_force", True), ("expired", True)]),
        ("2019-08", [("in_force", True), ("in_force", False), ("expired", True)]),
    ],
)
def test_a_notice_that_stands_ends_what_renews_tacitly_with_its_term(given, days):
    """It counts for the first term whose last day for notice, 24 August, has not passed."""
    events = [*GSOMIA[:2], event("notice_of_withdrawal_given", given, None, "KOR")]
    assert statuses(events, ["2019-11-22", "2019-11-23", "2020-11-23"], terms=NON_RENEWAL) == days
    lifted = [*events, event("notice_of_withdrawal_suspended", "2019-11-22", None, "KOR")]
    assert statuses(lifted, ["2019-11-23", "2020-11-23"], terms=NON_RENEWAL) == [("in_force", True)] * 2


@pytest.mark.parametrize("revoked", [None, "2010-06/2012-06", "2010-12/2011-02"])
def test_a_revocation_that_may_have_come_too_late_leaves_both_possible(revoked):
    """VCLT 68: a notice is revocable before it takes effect."""
    events = [
        event("entered_into_force", "2001-01-01"),
        event("notice_of_withdrawal_given", "2010-01-01", "2011-01-01", "KOR"),
        event("notice_of_withdrawal_revoked", revoked, None, "KOR"),
    ]
    spans = lifecycle.spans(events, binding_status="binding", parties=BILATERAL)
    assert lifecycle.possible(spans, "2012-01-01") == ["in_force", "terminated"]
    in_time = [*events[:2], event("notice_of_withdrawal_revoked", "2010-12-31", None, "KOR")]
    assert statuses(in_time, ["2012-01-01"]) == [("in_force", True)]


def test_an_undated_end_does_not_hide_the_effect_of_a_notice():
    events = [
        event("entered_into_force", "2001-01-01"),
        event("notice_of_withdrawal_given", "2010-01-01", "2011-01-01", "KOR"),
        event("terminated"),
    ]
    assert statuses(events, ["2012-01-01"]) == [("terminated", True)]


def test_the_clause_on_withdrawal_makes_the_end_possible():
    """INF: six months after the notice; that the effect was recorded is another matter."""
    terms = {"duration": None, "notices": [{"kind": "withdrawal", "period": "P6M", "counted_from": None}]}
    events = [event("entered_into_force", "1988-06-01"), event("notice_of_withdrawal_given", "2019-02-02", None, "USA")]
    found = statuses(events, ["2019-08-01", "2019-08-02"], terms=terms, parties=("USA", "SUN"))
    assert found == [("in_force", True), ("terminated", False)]


@pytest.mark.parametrize("until", [None, "2019-12-31"])
@pytest.mark.parametrize("who", [(), ("JPN", "KOR")])
def test_an_extension_prolongs_a_term_recorded_or_counted(until, who):
    terms = {"duration": {"kind": "fixed_term", "period": "P5Y", "until": until, "renewal_period": "P5Y"}}
    events = [event("entered_into_force", "2015-01-01"), event("extended", "2019-12-01", None, *who)]
    days = ["2020-01-01", "2024-12-31", "2025-01-01"]
    assert statuses(events, days, terms=terms) == [("in_force", True), ("in_force", True), ("expired", True)]


PARTIES = st.sampled_from([(), ("JPN", "KOR"), ("JPN", "KOR", "USA")])
ENDED_IN_MARCH = {"duration": TERM["duration"] | {"until": "1995-03-31"}}
ENDING = st.sampled_from([None, ENDED_IN_MARCH])
SAMPLED = [f"{year}-{month:02d}-{day}" for year in range(1989, 2001) for month in (1, 4, 7, 10) for day in ("01", "16")]


@given(st.lists(st.one_of(acts, whole), max_size=5), PARTIES, ENDING)
@example([event("acceded", "1998-01-01", "1999-01-01", "JPN")], BILATERAL, None)
@example([event("acceded"), event("acceded", None, "1999-01-01/..", "JPN")], BILATERAL, None)
def test_answers_change_only_where_something_may_have_happened(events, parties, terms):
    """Between two days on which no event or term can begin to work, every answer is the same.

    A consent works for the party from the day that the record states, which is no step of the whole.

    From one certain status to another something must have worked for certain: a window that lies between the days.
    """
    spans = lifecycle.spans(events, binding_status="binding", parties=parties, terms=terms)
    windows = [(step.earliest, step.latest) for step in steps_of(events, parties, terms)]
    for event in events:
        earliest, latest, _ = edtf.bounds(event["effective_date"])
        windows.append((earliest or "", latest or OPEN))
    edges = {edge for window in windows for edge in window}
    for party in ("", *parties):
        held = [(day, lifecycle.standing(spans, day, party)) for day in SAMPLED]
        for (before, one), (after, two) in pairwise(held):
            if not any(before < edge <= after for edge in edges):
                assert (one.status, one.certain) == (two.status, two.certain)
            if one.certain and two.certain and one.status != two.status and "listed" not in (one.status, two.status):
                assert any(before < latest <= after for _, latest in windows)


@st.composite
def narrowed(draw):
    """An event, and the same event with its date known more exactly."""
    day, other = (moment.isoformat() for moment in draw(st.tuples(moments, moments)))
    first, last = sorted((day, other))
    wide = draw(st.sampled_from([day, day[:7], day[:4], f"{first}/{last}", f"{first}/..", f"../{last}", None]))
    one = event(
        draw(st.sampled_from(MOVING)),
        wide,
        None,
        *draw(st.sampled_from([(), ("JPN",), ("KOR",)])),
    )
    return one, one | {"date": wide and draw(st.sampled_from([day, wide]))}


moments = st.dates(dt.date(1990, 1, 1), dt.date(1999, 12, 31))


@given(st.lists(narrowed(), max_size=5), PARTIES, ENDING)
@example(
    [
        (event("acceded", "1999-01-01"),) * 2,
        (event("notes_exchanged", "1999-01-01"),) * 2,
        (event("acceded", "1995-01-01", None, "JPN"),) * 2,
        (event("signed", "1995-01-01/1999-01-01"), event("signed", "1995-01-01")),
    ],
    (),
    ENDED_IN_MARCH,
)
@example(
    [
        (event("ratified", "../1990-03-29"), event("ratified", "1990-01-01")),
        (event("withdrawn", "1991-03-25/1995-01-01"),) * 2,
    ],
    BILATERAL,
    ENDED_IN_MARCH,
)
@example([(event("acceded", "../1999-01-01"), event("acceded", "1999-01-01"))], BILATERAL, ENDED_IN_MARCH)
def test_a_date_known_more_exactly_takes_no_certain_answer_back(pairs, parties, terms):
    """What is certain of an agreement or a party on a day stays so when events are dated more exactly.

    A day that puts an act behind the end of the agreement is none that the wider date left open: what was certain is
    so of a record that does not contradict itself, and an accession after the last day of the term does.
    """
    if not _puts_an_act_behind_the_end(pairs, terms):
        _takes_nothing_back(pairs, parties, terms)


def _puts_an_act_behind_the_end(pairs, terms):
    ends = [pair for pair in pairs if kinds.stage(pair[0]["kind"]) >= kinds.WITHDRAWN]
    ends += [(event("expired", terms["duration"]["until"]),) * 2] if terms else []
    return any(
        pair + end != (pair[0], pair[0], end[0], end[0])
        and all(one >= other for one, other in zip(_window(pair[1]), _window(end[1]), strict=True))
        for pair in pairs
        if kinds.stage(pair[0]["kind"]) < kinds.WITHDRAWN
        for end in ends
    )


def _window(of):
    earliest, latest, _ = edtf.bounds(of["date"])
    return earliest or "", latest or OPEN


def test_an_end_that_may_lie_before_a_consent_is_as_certain_as_the_consent_leaves_it():
    _takes_nothing_back(
        [
            (event("acceded", "1999-01-01"),) * 2,
            (
                event("superseded", "1998-01-01/1999-01-01", None, "JPN"),
                event("superseded", "1998-01-01", None, "JPN"),
            ),
        ],
        ("JPN", "KOR"),
        None,
    )


def _takes_nothing_back(pairs, parties, terms):
    wide, narrow = ([pair[side] for pair in pairs] for side in (0, 1))
    known, better = (
        lifecycle.spans(events, binding_status="binding", parties=parties, terms=terms) for events in (wide, narrow)
    )
    for party in ("", *parties):
        for day in SAMPLED:
            one, two = lifecycle.standing(known, day, party), lifecycle.standing(better, day, party)
            assert not one.certain or one.status == "listed" or (two.certain and two.status == one.status)


FILLED = [
    pytest.param(
        [event("approved", "1990-07-03", None, "FRA"), event("notice_of_withdrawal_given", "2010-11-08", None, "FRA"),
         event("entered_into_force", "1997-05-15"), event("entered_into_force", "2003-04-24/..", None, "FRA")],
        3, "2020-01-01", None, ("FRA",), "FRA", id="an own entry that may be that of a return",
    ),
    pytest.param(
        [event("signed", "2003-04-01/..", None, "GBR"), event("application_notified", "1997-02-18", None, "GBR"),
         event("withdrawn", "1997", None, "GBR"), event("entered_into_force", "1996-05-16")],
        2, "1997-12-31", {"condition": "all_signatories", "late_joiners": "P1Y"}, ("GBR",), "GBR",
        id="a withdrawal that may have come after the consent",
    ),
    pytest.param(
        [event("ratified", None, None, "FRA"), event("signed", "1997-12-27", None, "GBR"),
         event("notice_of_withdrawal_given", "1996-02-21", "1996-03-05/..", "FRA")],
        2, "1997-03-10", {"condition": "on_signature", "late_rule": "silent"}, ("FRA", "GBR"), "FRA",
        id="a withdrawal that may lie before a consent on an unknown day",
    ),
    pytest.param(
        [event("instrument_deposited", "2000-02-11", None, "JPN"),
         event("provisional_application_started", "1996-03-01", None, "FRA"),
         event("instrument_deposited", "2005-02-06/..", None, "FRA"), event("ratified", "2006-04-20", None, "DEU"),
         event("instrument_deposited", "2006") | {"note": "4th instrument"}],
        2, "2020-01-01", {"condition": "nth_instrument", "number": 1}, ("DEU", "JPN", "FRA"), "",
        id="an instrument that may not be among those before a numbered one",
    ),
    pytest.param(
        [event("signed", "1990-02-24/..", None, "FRA"), event("signed", "1995-03-24", None, "GBR"),
         event("participation_notified", None, "1997-12-08/..", "GBR")],
        0, "1990-05-05", None, ("GBR",), "GBR", id="a consent on an unknown day that may lie before a signature",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("events", "at", "day", "rule", "parties", "who"), FILLED)
def test_what_an_open_window_leaves_possible_is_not_certain(events, at, day, rule, parties, who):
    terms = {"entry_into_force": rule and {"number": None, "period": None, "late_joiners": None} | rule}
    terms |= {"duration": None, "notices": []}
    key = "effective_date" if events[at]["effective_date"] else "date"
    better = [one | {key: day} if place == at else one for place, one in enumerate(events)]
    better = [one | {"effective_date": one["effective_date"] and one["effective_date"][:10]} for one in better]
    known, filled = (
        lifecycle.spans(held, binding_status="binding", parties=parties, terms=terms) for held in (events, better)
    )
    for year in range(1990, 2024):
        for month in ("03-11", "12-26"):
            one, two = (lifecycle.standing(spans, f"{year}-{month}", who) for spans in (known, filled))
            assert not one.certain or (two.certain and two.status == one.status), f"{year}-{month}"


def test_a_role_of_a_record_without_a_day_holds_possibly_on_any():
    record = {
        "binding_status": "binding",
        "parties": [{"code": "GBR", "role": None}, {"code": "JPN", "role": "contracting_state"}],
        "events": [event("participation_notified", None, "1997-12-08/..", "GBR") | {"toward": [], "provision": None}],
        "terms": {"entry_into_force": None, "duration": None, "notices": []},
    }
    spans = lifecycle.of_record(record)
    assert lifecycle.possible(spans, "1997-12-07", "JPN") == ["consented"]
    assert not lifecycle.standing(spans, "1997-12-07", "JPN").certain
