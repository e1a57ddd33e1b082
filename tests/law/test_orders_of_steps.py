"""Orders in which acts may have happened: examples that long runs of the properties of ``test_lifecycle`` found."""

from itertools import pairwise

import pytest

from tracker.law.life import lifecycle

BILATERAL = ("JPN", "KOR")
TERM = {"duration": {"kind": "fixed_term", "period": None, "until": "1995-03-31", "renewal_period": None}}


def event(kind, date=None, effective=None, *parties):
    return {"kind": kind, "date": date, "effective_date": effective, "parties": list(parties)}


def spans(events, parties=(), terms=None):
    return lifecycle.spans(events, binding_status="binding", parties=parties, terms=terms)


def answers(events, days, parties=(), terms=None):
    found = spans(events, parties, terms)
    standings = (lifecycle.standing(found, day) for day in days)
    return [(one.status, one.certain, lifecycle.possible(found, day)) for day, one in zip(days, standings, strict=True)]


@pytest.mark.parametrize("parties", [(), BILATERAL, (*BILATERAL, "USA")])
@pytest.mark.parametrize("who", [(), ("JPN",)])
def test_what_came_before_the_entry_into_force_is_over_then(parties, who):
    """Provisional application began and ended on no day that is known: after the entry it makes no difference."""
    events = [
        event("provisional_application_ended", None, None, *who),
        event("provisional_application_started"),
        event("acceded", "1999-01"),
        event("became_operative", None, "1999-01-01"),
    ]
    in_force = ("in_force", True, ["in_force"])
    assert answers(events, ["1999-01-01", "1999-06-01", "2030-01-01"], parties) == [in_force] * 3
    assert answers(events, ["1998-12-31"], parties) == [("provisionally_applied", False, ["provisionally_applied"])]


def test_a_second_entry_by_an_earlier_day_ends_all_that_came_before():
    events = [
        event("acceded", None, None, "JPN"),
        event("became_operative", "../1999-01-01"),
        event("became_operative", "1996-01-01"),
        event("provisional_application_started", "../1998-01-01"),
    ]
    assert answers(events, ["1996-02-29"]) == [("in_force", True, ["in_force"])]


@pytest.mark.parametrize("end", ["expired", "discontinued"])
def test_an_act_on_an_unknown_day_comes_before_none_that_its_bounds_exclude(end):
    """The denunciation follows the accession of 2 January, so the lapse of 1 January does not follow it."""
    events = [
        event("acceded", "1999-01-02", None, "JPN"),
        event(end, "1999-01", None, "JPN"),
        event("denounced"),
        event("lapsed", "1999-01-01", None, "JPN"),
    ]
    found = spans(events, BILATERAL)
    for span in found:
        assert span.from_latest is None or (span.from_earliest or "") <= span.from_latest
        assert None in (span.until_earliest, span.until_latest) or span.until_earliest <= span.until_latest
    instrument = [span for span in found if not span.party]
    assert [span.position for span in instrument] == list(range(len(instrument)))
    assert all((one.from_earliest or "") <= (two.from_earliest or "") for one, two in pairwise(instrument))


def test_notes_that_may_follow_the_signature_do_not_put_it_off():
    """Signed on 1 January 1995, the notes of 1999 express consent; so before the term ran out it may be signed."""
    events = [
        event("acceded", "1999-01-01"),
        event("notes_exchanged", "1999-01-01"),
        event("acceded", "1995-01-01", None, "JPN"),
        event("signed", "1995-01-01/1999-01-01"),
    ]
    ((_, certain, possible),) = answers(events, ["1995-02-01"], (), TERM)
    assert not certain
    assert {"adopted", "signed"} <= set(possible)
    exact = [*events[:3], event("signed", "1995-01-01")]
    assert answers(exact, ["1995-02-01"], (), TERM) == [("signed", True, ["signed"])]


def test_notes_that_may_follow_the_signature_may_express_consent():
    events = [event("signed", "1995-01-01/1999-01-01"), event("notes_exchanged", "1998-01-01")]
    ((_, certain, possible),) = answers(events, ["2005-01-01"])
    assert not certain
    assert set(possible) == {"signed", "awaiting_entry"}
