"""Notices of which no record tells when they work, and those that work with a term: of all, or of one of many."""

import pytest
from treaty_files import Treaty
from treaty_program import Program

from tracker.law.life import lifecycle

ENTRY = ("entered_into_force", "2000-01-01")
NOTICE = ("notice_of_withdrawal_given", "2004-03-01", "JPN")
FIVE_YEARS = {"kind": "auto_renewing", "period": "P5Y", "until": None, "renewal_period": "P5Y"}
BEFORE_THE_END = {"kind": "non_renewal", "period": "P6M", "counted_from": "end_of_term"}
MANY = ("JPN", "FRA", "DEU")


def told(acts, days, *, parties=("JPN", "FRA"), who="", binding="binding", duration=None, notices=(), clause=None):
    """Return the status on each day, with a question mark where it is not certain."""
    events = [
        {"id": f"e{number}", "kind": kind, "date": date, "effective_date": None, "parties": list(by)}
        for number, (kind, date, *by) in enumerate(acts, 1)
    ]
    terms = {"entry_into_force": clause, "duration": duration, "notices": list(notices), "survival": None}
    spans = lifecycle.spans(events, binding_status=binding, parties=parties, terms=terms)
    found = [lifecycle.standing(spans, day, who) for day in days]
    return [held.status if held.certain else f"{held.status}?" for held in found]


@pytest.mark.parametrize(
    ("notices", "duration", "binding", "first"),
    [
        ([{"kind": "non_renewal", "period": "P6M"}], None, "binding", "2004-09-01"),
        ([BEFORE_THE_END], FIVE_YEARS | {"period": None, "renewal_period": None}, "binding", "2004-09-01"),
        ([{"kind": "termination", "period": None}], None, "binding", "2004-03-01"),
        ([], FIVE_YEARS, "binding", "2004-06-01"),
        ([], {"kind": "fixed_term", "period": "P20Y", "until": None, "renewal_period": None}, "binding", "2004-06-01"),
        ([], None, "non_binding", "2004-03-01"),
    ],
)
def test_a_notice_of_which_nothing_tells_when_it_works_leaves_open_whether_it_goes_on(
    notices, duration, binding, first
):
    """It works at the earliest once its period has passed; of a treaty without a clause after three months."""
    days = ("2004-02-29", first, "2015-01-01")
    held = told([ENTRY, NOTICE], days, notices=notices, duration=duration, binding=binding)
    word = "operative" if binding == "non_binding" else "in_force"
    assert held == [word, f"{word}?", f"{word}?"]
    (before,) = told([ENTRY, NOTICE], [_day_before(first)], notices=notices, duration=duration, binding=binding)
    assert before == word


def _day_before(day):
    return {"2004-09-01": "2004-08-31", "2004-06-01": "2004-05-31", "2004-03-01": "2004-02-29"}[day]


def test_a_notice_that_was_revoked_had_not_worked_by_then():
    """VCLT 68: it can be revoked until it takes effect, so a revocation shows that it had not."""
    acts = [ENTRY, NOTICE, ("notice_of_withdrawal_revoked", "2009-01-01", "JPN")]
    notices = [{"kind": "termination", "period": None}]
    assert told(acts, ["2004-03-01", "2015-01-01"], notices=notices) == ["in_force"] * 2


def test_an_end_that_is_recorded_is_that_of_the_notice():
    acts = [ENTRY, NOTICE, ("terminated", "2006-01-01")]
    notices = [{"kind": "termination", "period": None}]
    assert told(acts, ["2005-12-31", "2006-01-01"], notices=notices) == ["in_force", "terminated"]


def test_a_notice_before_the_end_of_a_term_works_with_the_term_and_not_after_its_own_period():
    """Six months from 30 September would be 30 March; the term runs until the 31st."""
    acts = [("entered_into_force", "2010-04-01"), ("notice_of_withdrawal_given", "2014-09-30", "JPN")]
    notices = [{"kind": "termination", "period": "P6M", "counted_from": "end_of_term"}]
    days = ("2015-03-30", "2015-03-31", "2015-04-01")
    assert told(acts, days, duration=FIVE_YEARS, notices=notices) == ["in_force", "in_force", "expired"]


@pytest.mark.parametrize(
    ("given", "last"), [("2004-03-01", "2004-12-31"), ("2004-06-30", "2004-12-31"), ("2004-07-01", "2009-12-31")]
)
def test_one_of_many_does_not_renew_the_term_and_the_others_do(given, last):
    """As Hague Conventions provide: five years, renewed tacitly, and a denunciation works for its state alone."""
    acts = [ENTRY, *(("ratified", "1999-01-01", code) for code in MANY), ("notice_of_withdrawal_given", given, "JPN")]
    following = {"2004-12-31": "2005-01-01", "2009-12-31": "2010-01-01"}[last]
    asked = {"parties": MANY, "duration": FIVE_YEARS, "notices": [BEFORE_THE_END]}
    assert told(acts, [last, following], who="JPN", **asked) == ["in_force", "withdrawn"]
    assert told(acts, [last, following], who="FRA", **asked) == ["in_force"] * 2
    assert told(acts, [last, following], **asked) == ["in_force"] * 2


def test_who_alone_is_listed_leaves_with_the_term_and_whether_the_others_go_on_is_open():
    asked = {"parties": ("JPN",), "duration": FIVE_YEARS, "notices": [BEFORE_THE_END]}
    assert told([ENTRY, NOTICE], ["2004-12-31", "2005-01-01"], who="JPN", **asked) == ["in_force", "withdrawn"]
    assert told([ENTRY, NOTICE], ["2004-12-31"], **asked) == ["in_force"]
    assert told([ENTRY, NOTICE], ["2005-01-01"], **asked)[0].endswith("?")


def test_an_extension_for_no_known_time_is_in_doubt_from_the_first_day_on_which_it_may_be_over():
    duration = {"kind": "renewable_by_agreement", "period": "P5Y", "until": None, "renewal_period": None}
    acts = [("entered_into_force", "2001-01-11/2001-01-13"), ("renewed", "2006-01-05")]
    days = ("2006-01-11", "2006-01-12", "2006-01-14")
    assert told(acts, days, duration=duration) == ["in_force", "in_force?", "in_force?"]


@pytest.mark.parametrize(
    ("extension", "between", "end"),
    [
        (("renewed", "2005-12-31"), "in_force", "expired"),
        (("renewed", "2006-01-01"), "in_force", "expired"),
        (("renewed", "2006-05-01"), "expired?", "in_force?"),
        (("renewed", "2006-05-01", "2006-01-01"), "in_force", "expired"),
    ],
)
def test_a_term_that_had_run_out_when_it_was_extended_is_in_doubt_until_then(extension, between, end):
    """Whether it went on from 1 January, or began anew on 1 May, is what was agreed; an effective day tells it."""
    kind, date, *effective = extension
    duration = {"kind": "renewable_by_agreement", "period": "P5Y", "until": None, "renewal_period": "P5Y"}
    events = [
        {"id": "e1", "kind": "entered_into_force", "date": "2001-01-01", "effective_date": None, "parties": []},
        {"id": "e2", "kind": kind, "date": date, "effective_date": effective[0] if effective else None, "parties": []},
    ]
    terms = {"entry_into_force": None, "duration": duration, "notices": [], "survival": None}
    spans = lifecycle.spans(events, binding_status="binding", parties=("JPN", "FRA"), terms=terms)
    days = ("2005-12-31", "2006-03-01", "2006-05-01", "2010-12-31", "2011-01-01", "2011-05-01")
    found = [lifecycle.standing(spans, day) for day in days]
    assert [held.status if held.certain else f"{held.status}?" for held in found] == [
        "in_force",
        between,
        "in_force",
        "in_force",
        end,
        "expired",
    ]
    assert lifecycle.standing(spans, "2008-01-01").from_.edtf == "2001-01-01"


def test_a_term_that_may_have_run_out_when_it_was_extended_is_in_doubt_as_long_as_that_is_possible():
    """It ran out between 9 and 13 January, and was extended between 12 and 16 January."""
    duration = {"kind": "renewable_by_agreement", "period": "P5Y", "until": None, "renewal_period": "P5Y"}
    acts = [("entered_into_force", "2001-01-10/2001-01-14"), ("renewed", "2006-01-12/2006-01-16")]
    days = ("2006-01-09", "2006-01-10", "2006-01-15", "2006-01-16", "2011-01-09", "2011-01-16")
    assert told(acts, days, duration=duration) == [
        "in_force",
        "expired?",
        "expired?",
        "in_force",
        "in_force",
        "expired",
    ]


@pytest.mark.parametrize("period", ["P5Y", None])
def test_a_recorded_end_that_had_passed_when_the_term_was_extended_is_in_doubt_as_a_counted_one_is(period):
    duration = {"kind": "fixed_term", "period": period, "until": "2005-12-31", "renewal_period": "P5Y"}
    acts = [("entered_into_force", "2001-01-01"), ("extended", "2006-05-01")]
    days = ("2005-12-31", "2006-03-01", "2006-05-01", "2010-12-31", "2011-01-01", "2011-05-01")
    assert told(acts, days, duration=duration) == [
        "in_force",
        "expired?",
        "in_force",
        "in_force",
        "in_force?",
        "expired",
    ]


def test_a_recorded_end_that_holds_an_extension_is_in_no_doubt_by_it():
    duration = {"kind": "fixed_term", "period": None, "until": "2010-12-31", "renewal_period": "P5Y"}
    acts = [("entered_into_force", "2001-01-01"), ("extended", "2006-05-01")]
    assert told(acts, ("2006-03-01", "2010-12-31", "2011-01-01"), duration=duration) == ["in_force"] * 2 + ["expired"]


def test_a_term_that_is_extended_after_its_recorded_expiry_ends_again():
    duration = {"kind": "renewable_by_agreement", "period": "P5Y", "until": None, "renewal_period": "P5Y"}
    acts = [("entered_into_force", "2001-01-01"), ("expired", "2006-01-01"), ("renewed", "2006-05-01")]
    days = ("2005-12-31", "2006-03-01", "2006-05-01", "2011-05-01")
    assert told(acts, days, duration=duration) == ["in_force", "expired", "in_force?", "expired"]


def test_an_expiry_that_may_be_the_last_day_of_its_term_leaves_that_day_open():
    """The term ends between 8 and 12 June; the tenth may be its last day, or the first one after it."""
    duration = {"kind": "fixed_term", "period": "P5Y", "until": None, "renewal_period": None}
    acts = [("entered_into_force", "2000-06-09/2000-06-13"), ("expired", "2005-06-10")]
    days = ("2005-06-09", "2005-06-10", "2005-06-11")
    assert told(acts, days, duration=duration) == ["in_force", "in_force?", "expired"]


def test_neither_side_applies_a_treaty_of_two_provisionally_once_one_has_ended_that():
    acts = [("signed", "2010-01-01"), ("provisional_application_started", "2010-01-01"),
            ("provisional_application_ended", "2012-01-01", "JPN")]  # fmt: skip
    days = ("2011-12-31", "2012-01-01")
    assert told(acts, days) == ["provisionally_applied", "signed"]
    assert [told(acts, days, who=code) for code in ("JPN", "FRA")] == [["provisional", "signatory"]] * 2


def test_who_signed_together_with_all_others_signed_by_name():
    """One act of signature of all, or one of each: without an instrument none is bound while another one's is known."""
    clause = {"condition": "nth_instrument_plus_period", "number": 30, "period": "P90D", "late_joiners": "P90D"}
    rest = [("ratified", "1997-12-16", "FRA"), ("entered_into_force", "1998-04-16")]
    for signed in ([("signed", "1994-12-17", *MANY)], [("signed", "1994-12-17", code) for code in MANY]):
        asked = {"parties": MANY, "clause": clause}
        assert told(signed + rest, ["1998-04-16"], who="JPN", **asked) == ["signatory"]
        assert told(signed + rest, ["1998-04-15", "1998-04-16"], who="FRA", **asked) == ["consented", "in_force"]


@pytest.mark.parametrize(
    ("signature", "consent"),
    [("signed_ad_referendum", "signature_confirmed"), ("signed_subject_to_ratification", "ratified")],
)
def test_a_signature_that_does_not_bind_waits_for_what_follows_on_it(signature, consent):
    """VCLT 12(2)(b), 14: signed ad referendum, or subject to ratification, where others are bound by signature."""
    acts = [(signature, "2000-03-10", "JPN"), ("signed_definitively", "2000-03-10", "FRA")]
    days = ("2000-03-10", "2000-05-09", "2000-05-10")
    asked = {"clause": {"condition": "on_signature"}}
    assert told(acts, days, **asked) == ["signed"] * 3
    confirmed = [*acts, (consent, "2000-05-10", "JPN")]
    assert told(confirmed, days, **asked) == ["signed", "signed", "in_force?"]
    assert told(confirmed, days, who="FRA", **asked) == ["consented", "consented", "in_force?"]


def record(ref, parties, *acts, **terms):
    terms = {"entry_into_force": None, "duration": None, "notices": [], "survival": None, **terms}
    events = [{"kind": kind, "date": date, "parties": list(by)} for kind, date, *by in acts]
    return {
        "record": "agreement", "ref": ref, "title": ref, "binding_status": "binding", "events": events, "terms": terms,
        "parties": [{"code": code} for code in parties],
    }  # fmt: skip


RECORDS = [
    record("open", ("JPN", "FRA"), ENTRY, NOTICE, notices=[{"kind": "non_renewal", "period": "P6M"}]),
    record("many", MANY, ENTRY, *(("ratified", "1999-01-01", code) for code in MANY), NOTICE,
           duration=FIVE_YEARS, notices=[BEFORE_THE_END]),
    record("on-signature", ("JPN", "FRA"), ("signed_ad_referendum", "2000-03-10", "JPN"),
           ("signed_definitively", "2000-03-10", "FRA"), entry_into_force={"condition": "on_signature"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory, blank_store_file):
    """Return the program over these records."""
    return Program(tmp_path_factory.mktemp("notices"), Treaty("notices", "", [], [], RECORDS, []), blank_store_file)


def test_due_says_that_it_is_not_recorded_when_a_notice_works(asked, home):
    _, out, _ = asked.run("due", "open", "--as-of", "2004-04-01", "--within", "3y", "--json")
    assert "a notice of withdrawal was given, when it takes effect is not recorded" in out


def test_due_tells_the_departure_of_one_of_many_with_the_term(asked, home):
    rows = asked.rows("due", "many", "--as-of", "2004-06-01", "--within", "2y")
    (left,) = (row for row in rows if row["kind"] == "expiry")
    assert (left["date"], left["whose"], left["certain"]) == ("2005-01-01", ["JPN"], True)
    assert any(row["kind"] == "renewal" and row["date"] == "2005-01-01" for row in rows)


def test_status_names_the_notice_by_which_a_term_is_not_renewed(asked, home):
    rows = asked.rows("status", "many", "--as-of", "2005-01-01", "--party", "JPN")
    (because,) = (row["because"] for row in rows if row["scope"] == "party")
    assert because == ["e5 notice_of_withdrawal_given 2004-03-01 by JPN", "the term is not renewed for it"]


def test_an_unconfirmed_signature_is_named_as_missing_and_its_confirmation_can_be_supposed(asked, home):
    whole = asked.rows("eif", "on-signature")[0]
    assert (whole["computed"], whole["missing"]) == (None, ["instrument of JPN"])
    supposed = asked.rows("eif", "on-signature", "--what-if", "JPN=2001-02-03")
    assert [row["computed"] for row in supposed] == ["2001-02-03"] * 3
