"""``eif`` and the spans answer one question alike, on whatever record; ``benchmarks/law_properties.py`` draws many."""

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from law_properties import EXISTENCE, Maker, assessed, contradictions

from tracker.law.life import lifecycle


def drawn(seed, *, partial):
    return Maker(random.Random(seed), partial=partial).record()  # noqa: S311  # no secret is made


@pytest.mark.sampled(2)
@given(seed=st.integers(0, 2**32 - 1))
@pytest.mark.parametrize("partial", [False, True])
def test_entry_into_force_and_spans_agree(partial, seed):
    record = drawn(seed, partial=partial)
    assert contradictions(record) == []


def test_a_contradiction_would_be_found(monkeypatch):
    """The property is no empty one: with spans of another record it fails."""
    told = lifecycle.of_record
    monkeypatch.setattr(lifecycle, "of_record", lambda record, **more: told({**record, "events": []}, **more))
    record = next(
        record
        for seed in range(1000)
        if (record := drawn(seed, partial=False))["terms"]["entry_into_force"] is None
        and any(event["kind"] == "entered_into_force" and not event["parties"] for event in record["events"])
    )
    assert contradictions(record)


def act(kind, date, *parties, effective=None, note=None, toward=()):
    """Return an event of a record."""
    return {"kind": kind, "date": date, "effective_date": effective, "parties": list(parties), "provision": None,
            "note": note, "toward": list(toward)}  # fmt: skip


def entering(condition, **more):
    """Return a condition of entry into force."""
    keys = ("number", "period", "starts", "date", "date_rule", "met", "late_joiners", "late_starts", "late_from",
            "late_rule")  # fmt: skip
    return {"condition": condition, "parties": [], **dict.fromkeys(keys), **more}


def record(parties, *events, entry=None, roles=()):
    """Return a record of these parties and events."""
    stated = dict(roles)
    return {
        "binding_status": "binding",
        "parties": [{"code": code, "role": stated.get(code)} for code in parties],
        "events": [{**event, "id": f"e{at}"} for at, event in enumerate(events, 1)],
        "terms": {"entry_into_force": entry, "duration": None, "notices": [], "survival": None},
    }


def said(of, day, party=""):
    """Return the status on a day as the spans tell it, with a question mark where it is not certain."""
    spans = lifecycle.of_record(of, around=lifecycle.Around(existence=EXISTENCE))
    held = lifecycle.standing(spans, day, party)
    return held.status + ("" if held.certain else "?")


ONE_LAW = {
    "who was suspended before its consent was a party": record(
        ("JPN", "FRA", "DEU"), act("resumed", "2004-01-01", "DEU"), act("instrument_deposited", "2007-01-01", "DEU"),
        act("entered_into_force", "1999-01-01"), entry=entering("nth_instrument_plus_period")),
    "what ceased to exist enters no more": record(
        ("YUG", "JPN"), act("ratified", "1993-01-01", "YUG"), act("instrument_deposited", "2005-01-01", "JPN"),
        entry=entering("nth_instrument", met={"date": "2003-03-01"})),
    "an entry toward one party alone is not that of the whole": record(
        ("CZE", "GBR"), act("entered_into_force", "2002-01-01", "CZE", toward=("GBR",))),
    "a role says nothing where acts do": record(
        ("DEU", "FRA", "GBR"), act("acceded", "1999-01-01", "DEU"), act("entered_into_force", "2000-01-01"),
        roles={"DEU": "signatory"}.items()),
    "a signature taken back after an instrument takes no consent": record(
        ("FRA", "DEU", "GBR"), act("approved", "1995-01-01", "FRA"), act("signature_withdrawn", "2002-01-01", "FRA"),
        entry=entering("named_states", met={"date": "1996-05-22"})),
    "a consent after a suspension of the whole came late": record(
        ("JPN", "FRA", "DEU"), act("approved", "2007-01-01", "JPN"), act("approved", "2008-01-01", "FRA"),
        act("suspended", "2002-07-01"), act("resumed", "2002-11-11")),
    "whom the whole ended for it revives for": record(
        ("FRA", "DEU", "GBR"), act("signature_confirmed", "2009-01-01", "FRA"), act("entered_into_force", "2003-01-01"),
        act("entered_into_force", "1998-01-01", "FRA"), act("superseded", "2002-01-01")),
    "a consent on an unknown day lies after the signature": record(
        ("JPN", "FRA", "GBR"), act("signed", "2000-01-01", "JPN"), act("notified_completion", None, "JPN"),
        act("denounced", "1999-01-01", "JPN"), act("entered_into_force", "2003"), entry=entering("all_signatories")),
    "a consent taken back beside an entry of the party": record(
        ("CZE", "FRA", "GBR"), act("succeeded", "1993-01-01", "CZE"), act("consent_withdrawn", "2002-01-01", "CZE"),
        act("entered_into_force", "2009-01-01", "CZE"), act("withdrawn", "2015-01-01", "CZE"),
        entry=entering("weighted")),
    "a signature that brought a party back is taken back": record(
        ("JPN", "FRA", "GBR"), act("formally_confirmed", "1996-01-01", "JPN"), act("withdrawn", "2002-01-01", "JPN"),
        act("signed", "2009-01-01", "JPN"), act("signature_withdrawn", "2010-01-01", "JPN"),
        entry=entering("on_signature")),
    "who left before a later entry of the whole": record(
        ("YUG", "FRA", "GBR"), act("denounced", "2000-01-01", "YUG", effective="2001-01-01"),
        act("entered_into_force", "2003-01-27"), act("entered_into_force", "1994-01-01", "YUG"),
        entry=entering("nth_instrument")),
    "a succession on a day that may lie after a resumption": record(
        ("JPN", "FRA", "GBR"), act("succeeded", "2000-12-04/..", "JPN"), act("suspended", "1999-01-01"),
        act("resumed", "2002")),
    "a signature taken back after an accession that works later": record(
        ("JPN", "FRA", "GBR"), act("signed", "1994-01-01", "JPN"),
        act("acceded", "1999-01-01", "JPN", effective="2011-01-01"), act("signature_withdrawn", "2001-10-22", "JPN"),
        act("entered_into_force", "2001-01-01"), entry=entering("on_signature")),
    "a notice of one of many before the end of the whole": record(
        ("GBR", "FRA", "DEU"), act("participation_notified", "1995-02-28", "GBR"),
        act("notice_of_withdrawal_given", "1997-07-21", "GBR", effective="2010-01-01"),
        act("entered_into_force", "2005-01-01"), act("terminated", "2015-06-27"),
        entry=entering("on_date", date="2000-09-15", late_joiners="P3M", late_from="entry")),
    "a definitive signature that works after the end of the whole is taken back": record(
        ("FRA", "JPN", "DEU"), act("signed_definitively", "1999-08-11", "FRA", effective="2006-01-22"),
        act("terminated", "2000-04-14"), act("signature_withdrawn", "2006-03-16", "FRA"),
        act("approved", "1993-11-09", "DEU"), entry=entering("all_signatories", period="P30D")),
    "an instrument before the end of the whole, and a signature that is taken back after it": record(
        ("FRA", "JPN", "DEU"), act("acceded", "1998-08-11", "FRA"), act("terminated", "2000-04-14"),
        act("signed_definitively", "2001-01-01", "FRA", effective="2006-01-22"),
        act("signature_withdrawn", "2006-03-16", "FRA"), act("approved", "1993-11-09", "DEU"),
        entry=entering("all_signatories", period="P30D")),
    "a successor that had left comes back by its own act": record(
        ("CZE", "FRA", "GBR"), act("succeeded", "2008-01-01", "CZE"), act("consent_withdrawn", "2005-01-01", "CZE"),
        act("notice_of_withdrawal_given", "2007-01-01", "CZE"),
        entry=entering("named_states", met={"date": "2003-09-25"})),
}  # fmt: skip
"""Records of which ``eif`` and the spans told different things."""


@pytest.mark.parametrize("name", ONE_LAW)
def test_one_law_for_both_answers(name):
    assert contradictions(ONE_LAW[name]) == []


def test_the_act_of_the_only_party_that_is_listed_is_not_that_of_all():
    """A register that lists its own state alone: the others made the treaty enter, and go on without it."""
    late = record(("DEU",), act("entered_into_force", "1998-01-01"), act("acceded", "2002-01-01", "DEU"))
    assert said(late, "2000-01-01", "DEU") == "listed"
    left = record(("ITA",), act("entered_into_force", "1998-04-16"), act("withdrawn", "2016-01-01", "ITA"))
    assert said(left, "2016-06-01") != "terminated"


def test_a_numbered_instrument_of_nobody_is_no_consent_of_those_listed():
    fourth = act("instrument_deposited", "1999-01-01", note="4th instrument")
    held = record(("FRA", "DEU", "GBR"), act("signed", "1998-01-01"), fourth)
    assert [said(held, "1999-06-01", party) for party in ("", "FRA")] == ["signed", "signatory"]


def test_what_was_suspended_had_entered_into_force():
    held = record(
        ("JPN", "FRA", "GBR"), act("signed", "1999-01-01"), act("suspended", "2000-01-01"), act("resumed", "2001-01-01")
    )
    assert (said(held, "1999-06-01"), said(held, "2000-06-01")) == ("in_force?", "suspended")


def test_an_end_implies_an_entry_on_the_day_that_the_rules_compute():
    held = record(
        ("FRA", "DEU", "GBR"), act("participation_notified", "2000-01-01", "FRA"), act("superseded", "2009-01-01"),
        entry=entering("on_date", date="2001-05-22"),
    )  # fmt: skip
    assert said(held, "2001-06-01") == "in_force?"
    assert said(held, "2009-01-01") == "superseded"


def test_who_ceased_to_exist_before_the_entry_has_none():
    held = record(("YUG", "JPN", "FRA"), act("signed", "2000-01-01"), entry=entering("on_date", date="2005-01-01"))
    (gone,) = [entry for entry in assessed(held).parties if entry.party == "YUG"]
    assert (gone.how, gone.computed) == ("extinct", None)
    assert said(held, "2005-06-01", "YUG") == "listed"


def test_a_role_of_a_day_before_the_computed_entry_does_not_fail():
    """The entry that is only computed lies after all that is recorded: the party left it on no known day."""
    held = record(
        ("FRA", "GBR"), act("ratified", "1998-09-09", "FRA"), act("formally_confirmed", "1994-09-12", "GBR"),
        act("instrument_deposited", "1997-01-01", note="2nd instrument"),
        entry=entering("nth_instrument_plus_period", number=2, period="P3M", starts="first_of_following_year"),
        roles={"FRA": "former_party"}.items(),
    )  # fmt: skip
    assert said(held, "2005-01-01", "FRA").endswith("?")
