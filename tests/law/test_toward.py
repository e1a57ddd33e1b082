"""Acts of one party toward another one: what they make of the relation of the two, and of nothing else."""

import pytest

from tracker.law.life import lifecycle
from tracker.law.life.toward import apart, relation

PARTIES = ("FRA", "DEU", "ITA")


def act(kind, date, *parties, toward=(), effective=None):
    return {
        "kind": kind, "date": date, "effective_date": effective, "parties": list(parties), "toward": list(toward),
        "provision": None,
    }  # fmt: skip


def between(*acts, day="2010-01-01", sides=("FRA", "DEU"), parties=PARTIES):
    events = [act("entered_into_force", "2000-01-01"), *acts]
    record = {"parties": [{"code": code} for code in parties], "events": events}
    spans = lifecycle.spans(events, binding_status="binding", parties=parties)
    held = relation(record, spans, sides, day)
    assert (held.status != "in_force") == apart(record, spans, sides, day)
    assert relation(record, spans, sides[::-1], day).status == held.status
    assert relation(record, spans, ("ITA", "DEU"), day).status == "in_force"
    return held.status if held.certain else f"{held.status}?"


OBJECTION = act("objection_made", "2005-01-01", "FRA", toward=["DEU"])
DECLARATION = act("declaration_made", "2004-01-01", "DEU", toward=["FRA"])
SUSPENSION = act("suspended", "2005-01-01", "FRA", toward=["DEU"])


@pytest.mark.parametrize(
    ("acts", "answer"),
    [
        ((), "in_force"),
        ((OBJECTION,), "not_in_force"),
        ((OBJECTION, act("objection_withdrawn", "2008-01-01", "FRA", toward=["DEU"])), "in_force"),
        ((OBJECTION, act("objection_withdrawn", "2010", "FRA", toward=["DEU"])), "not_in_force?"),
        ((DECLARATION,), "not_in_force?"),
        ((DECLARATION, act("declaration_withdrawn", "2008-01-01", "DEU", toward=["FRA"])), "in_force"),
        ((DECLARATION, OBJECTION), "not_in_force"),
        ((SUSPENSION,), "suspended"),
        ((SUSPENSION, act("resumed", "2008-01-01", "FRA", toward=["DEU"])), "in_force"),
        ((act("denounced", "2005-01-01", "FRA", toward=["DEU"]),), "not_in_force"),
        ((act("objection_made", "2011-01-01", "FRA", toward=["DEU"]),), "in_force"),
    ],
)
def test_an_act_toward_another_party_moves_the_relation_of_the_two_alone(acts, answer):
    assert between(*acts) == answer


def test_an_entry_toward_another_party_is_that_of_an_accession_that_it_accepted():
    acceded = act("acceded", "2001-01-01", "DEU")
    entry = act("entered_into_force", "2001-01-01", "DEU")
    told = {}
    for code in ("FRA", "ITA"):
        events = [act("entered_into_force", "2000-01-01"), acceded, entry]
        events.append(act("entered_into_force", "2003-01-01", "FRA", toward=["DEU"]))
        record = {"parties": [{"code": party} for party in PARTIES], "events": events}
        spans = lifecycle.spans(events, binding_status="binding", parties=PARTIES)
        told[code] = [relation(record, spans, (code, "DEU"), day).status for day in ("2002-12-31", "2003-01-01")]
    assert told == {"FRA": ["not_in_force", "in_force"], "ITA": ["not_in_force", "not_in_force"]}
