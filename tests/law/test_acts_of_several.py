"""One act of several parties, and one of each on the same day, are the same: whoever enters it, the answers are one."""

import random
from typing import Any

import pytest

from tracker.law.life import lifecycle
from tracker.law.life.entry import Case, assess

PARTIES = ("JPN", "FRA", "DEU", "GBR")
DAYS = ("2000-01-09", "2000-01-10", "2000-03-05", "2000-06-01", "2000-09-01", "2001-02-01", "2001-03-03", "2001-05-01",
        "2001-06-01", "2003-01-01", "2005-01-01", "2005-07-01", "2006-01-01", "2008-01-01", "2010-01-01")  # fmt: skip
CLAUSES = (
    None,
    {"condition": "all_signatories"},
    {"condition": "nth_instrument", "number": 2},
    {"condition": "nth_instrument_plus_period", "number": 2, "period": "P30D", "late_joiners": "P30D"},
    {"condition": "last_notification"},
    {"condition": "on_signature"},
    {"condition": "unknown"},
)


def event(kind, date, *parties, effective=None):
    return {
        "kind": kind, "date": date, "effective_date": effective, "parties": list(parties), "toward": [],
        "provision": None, "note": None,
    }  # fmt: skip


def numbered(events):
    return [{**one, "id": f"e{number}"} for number, one in enumerate(events, 1)]


def joined(events):
    """Return the events with those of one kind and day as one act of several parties."""
    found: dict[Any, Any] = {}
    for one in events:
        key = (one["kind"], one["date"], one["effective_date"], bool(one["parties"]))
        found[key] = {**one, "parties": found[key]["parties"] + one["parties"]} if key in found else one
    return list(found.values())


def told(events, parties, clause=None, notices=()):
    """Return the statuses of the whole and of each party on each day, and their entries into force."""
    terms = {"entry_into_force": clause, "duration": None, "notices": list(notices), "survival": None}
    events = numbered(events)
    spans = lifecycle.spans(events, binding_status="binding", parties=parties, terms=terms)
    held = {(who, day): lifecycle.standing(spans, day, who)[:2] for who in ("", *parties) for day in DAYS}
    answer = assess(Case(events, parties, clause, "2020-01-01", held=terms))
    entries = [(one.party, one.computed, one.recorded, one.how) for one in (answer.instrument, *answer.parties)]
    return held, entries


def drawn(source):
    """Return acts of each party by itself, in the order of a treaty's life, on few days."""
    parties = PARTIES[: source.choice((2, 2, 3, 4))]
    signature = source.choice(("signed", "signed_subject_to_ratification", "signed_definitively", None))
    consent = source.choice(("ratified", "notified_completion", "notes_exchanged", "instrument_deposited", None))
    events = []
    if signature:
        events += [event(signature, source.choice(("2000-01-10", "2000-01-10", "2000-03-05")), who) for who in parties]
    if consent:
        events += [event(consent, source.choice(("2001-02-01", "2001-05-01", "2003-01-01")), who) for who in parties]
    events += source.choice(([], [event("entered_into_force", "2001-05-01")],
                             [event("entered_into_force", "2001-06-01", who) for who in parties]))  # fmt: skip
    for kind, day in (("provisional_application_started", "2000-06-01"), ("signature_withdrawn", "2000-09-01")):
        if source.random() < 0.2:
            events += [event(kind, day, who) for who in parties if source.random() < 0.7]
    last = source.choice((None, "withdrawn", "suspended", "notice_of_withdrawal_given"))
    if last:
        day = "2005-01-01" if last.startswith("notice") else "2006-01-01"
        events += [event(last, day, who) for who in parties if source.random() < 0.7]
    if last == "suspended":
        events += [event("resumed", "2008-01-01", who) for who in parties if source.random() < 0.5]
    return events, parties


@pytest.mark.parametrize("seed", range(4))
def test_one_act_of_several_is_that_of_each(seed):
    source = random.Random(seed)  # noqa: S311  # no secret is made
    for _ in range(60):
        events, parties = drawn(source)
        clause, notices = source.choice(CLAUSES), source.choice(([], [{"kind": "withdrawal", "period": "P6M"}]))
        assert told(events, parties, clause, notices) == told(joined(events), parties, clause, notices), events


def test_an_entry_that_names_a_party_is_that_of_the_party():
    """It named all four; one of them ratified later, and was a signatory until then."""
    events = [event("signed", "2000-01-10", *PARTIES), event("ratified", "2001-02-01", *PARTIES[:3]),
              event("ratified", "2003-01-01", "GBR"), event("entered_into_force", "2001-06-01", *PARTIES)]  # fmt: skip
    held, _ = told(events, PARTIES)
    assert held["GBR", "2001-06-01"] == ("in_force", True)


def test_both_sides_that_left_on_one_day_left():
    events = [event("entered_into_force", "2001-02-01"), event("denounced", "2006-01-01", "JPN", "FRA")]
    held, _ = told(events, ("JPN", "FRA"))
    assert [held[who, "2006-01-01"] for who in ("", "JPN", "FRA")] == [
        ("terminated", True),
        ("withdrawn", True),
        ("withdrawn", True),
    ]


def test_a_text_that_both_signed_definitively_awaits_its_entry():
    """VCLT 12: such a signature is consent to be bound."""
    held, _ = told([event("signed_definitively", "2000-01-10", "JPN", "FRA")], ("JPN", "FRA"), {"condition": "on_date"})
    assert held["", "2000-01-10"] == ("awaiting_entry", True)


def test_what_both_suspended_is_suspended_until_both_have_resumed():
    """VCLT 57, 72: while one side is released from performing it, nothing is left to perform."""
    events = [event("entered_into_force", "2001-02-01"), event("suspended", "2005-01-01", "JPN", "FRA"),
              event("resumed", "2006-01-01", "JPN"), event("resumed", "2008-01-01", "FRA")]  # fmt: skip
    held, _ = told(events, ("JPN", "FRA"))
    for who, word in (("", "in_force"), ("JPN", "in_force"), ("FRA", "in_force")):
        assert [held[who, day][0] for day in ("2005-01-01", "2006-01-01", "2008-01-01")] == ["suspended"] * 2 + [word]


def test_what_one_side_suspended_had_entered_into_force():
    held, _ = told([event("signed", "2000-01-10"), event("suspended", "2005-01-01", "JPN")], ("JPN", "FRA"))
    assert held["", "2001-02-01"] == ("in_force", False)
    assert held["", "2005-01-01"] == ("suspended", True)
