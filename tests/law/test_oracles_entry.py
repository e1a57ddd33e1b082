"""Entry into force: the dates that sources report, computed from the samples' terms and acts."""

import pytest
from samples_facts import records

from tracker.law.life.entry import Case, assess

TODAY = "2026-11-22"


def entry(record, parties):
    return assess(Case(record["events"], parties, record["terms"]["entry_into_force"], TODAY))


def dates(record):
    """Return the computed dates, the treaty's under ''."""
    found = entry(record, tuple(party["code"] for party in record["parties"]))
    return {one.party: one.computed and one.computed.edtf for one in (found.instrument, *found.parties)}


def agrees(ref):
    record = records()[ref]
    return entry(record, tuple(party["code"] for party in record["parties"])).instrument.comparison == "agrees"


def test_o1_the_50th_instrument_plus_90_days():
    """Arms Trade Treaty: 50th instrument on 2014-09-25, in force on 2014-12-24. Source: mofa-2014-att."""
    assert dates(records()["att-2013"])[""] == "2014-12-24"
    assert agrees("att-2013")


def test_o2_the_second_instrument_plus_30_days_and_later_states_on_their_own():
    """LoI Framework Agreement, Farnborough 2000. Source: parl-2003-loi.

    The source states the date of the treaty, the United Kingdom and Germany; the others follow from its rule.
    """
    assert dates(records()["loi-framework-2000"]) == {
        "": "2001-04-18",
        "GBR": "2001-04-18",
        "DEU": "2001-04-18",
        "FRA": "2001-04-26",
        "SWE": "2001-05-06",
        "ESP": "2001-08-11",
        "ITA": None,
    }
    assert agrees("loi-framework-2000")


@pytest.mark.parametrize("note", [None, "3rd instrument"])
def test_o3_the_third_instrument_plus_30_days(note):
    """Establishment Agreement of the Global Green Growth Institute. Sources: iisd-gggi, mofa-kr-gggi.

    The third instrument was deposited on 2012-09-18, the agreement entered into force on 2012-10-18. The test makes the
    record: with two earlier deposits in 2012, and with nothing but the third.
    """
    earlier = [] if note else [("../2012-09-17", ["DNK"]), ("../2012-09-17", ["GUY"])]
    record = {
        "events": [
            {"kind": "instrument_deposited", "date": date, "parties": codes, "note": None if codes else note}
            for date, codes in [*earlier, ("2012-09-18", [])]
        ],
        "terms": {"entry_into_force": {"condition": "nth_instrument_plus_period", "number": 3, "period": "P30D"}},
        "parties": [],
    }
    assert dates(record)[""] == "2012-10-18"


def test_o4_exchange_of_notes_plus_30_days():
    """Japan-UK Reciprocal Access Agreement: notes 2023-09-15, in force 2023-10-15. Source: mofa-2023-09-15-ukraa."""
    assert set(dates(records()["jp-uk-raa-2023"]).values()) == {"2023-10-15"}
    assert agrees("jp-uk-raa-2023")


def test_o5_exchange_of_notes_plus_30_days():
    """Japan-Philippines Reciprocal Access Agreement: notes 2025-08-12, in force 2025-09-11. Source: mb-2025-08-12."""
    assert set(dates(records()["jp-ph-raa-2024"]).values()) == {"2025-09-11"}
    assert agrees("jp-ph-raa-2024")


def test_o6_exchange_of_notes_and_a_stated_later_day():
    """Japan-Australia Reciprocal Access Agreement: notes 2023-08-08, in force 08-13. Source: mofa-2023-08-08-raa."""
    assert set(dates(records()["jp-au-raa-2022"]).values()) == {"2023-08-13"}
    assert agrees("jp-au-raa-2022")


def test_the_samples_never_contradict_their_own_rule():
    computed = {
        ref: entry(record, tuple(party["code"] for party in record["parties"])) for ref, record in records().items()
    }
    assert not [ref for ref, found in computed.items() if found.instrument.comparison == "differs"]
    assert sum(found.instrument.comparison == "agrees" for found in computed.values()) >= 7
