"""The life of the sample agreements is the one that the facts tell: events, terms and the oracles of the rules."""

import re
from datetime import date, timedelta

import pytest
from samples_facts import facts, pairs, records, texts

from tracker.law.life import lifecycle

ISSUED = {"joint_statement", "joint_declaration", "political_declaration", "guidelines"}
READ_FROM_NOTES = {
    "us-jp-security-treaty-1960": [("notes_exchanged", "1960-06-23", [], ["studyres-anpo"])],
    "us-jp-space-framework-2023": [("notes_exchanged", "2023-06-19", [], ["mofa-2023-06-20-space"])],
    "jp-au-raa-2022": [("notes_exchanged", "2023-08-08", [], ["mofa-2023-08-08-raa"])],
    "jp-uk-raa-2023": [
        ("negotiation_opened", "2021-09-28", [], ["mofa-2021-09-28-ukraa"]),
        ("notes_exchanged", "2023-09-15", [], ["mofa-2023-09-15-ukraa"]),
    ],
    "jp-ph-raa-2024": [
        ("domestic_step", "2024-12-16", ["PHL"], ["tribune-2025-09-11"]),
        ("domestic_step", "2025-06-06", ["JPN"], ["tribune-2025-09-11"]),
        ("notes_exchanged", "2025-08-12", [], ["mb-2025-08-12"]),
    ],
    "gcap-convention-2023": [
        ("domestic_step", "2024-06-05", ["JPN"], ["jiji-2024-06-05"]),
        ("ratified", "2024-10", ["GBR"], ["mod-uk-2024-11-20"]),
        ("domestic_step", "2024-12-04", ["ITA"], ["camera-gcap"]),
    ],
    "jp-kr-gsomia-2016": [
        ("termination decision announced", "2019-08-22", ["KOR"], []),
        ("notice_of_withdrawal_given", "2019-08", ["KOR"], []),
        ("notice_of_withdrawal_suspended", "2019-11-22", ["KOR"], ["yna-2019-11-22"]),
        ("notice_of_withdrawal_revoked", "2023-03-21", ["KOR"], ["asiae-2023-03-21"]),
    ],
    "loi-framework-2000": [
        ("entered_into_force", "2001-04-18", ["DEU", "GBR"], ["parl-2003-loi"]),
        ("instrument_deposited", "2001-03-14", ["GBR"], ["parl-2003-loi"]),
        ("instrument_deposited", "2001-03-19", ["DEU"], ["parl-2003-loi"]),
        ("instrument_deposited", "2001-03-27", ["FRA"], ["parl-2003-loi"]),
        ("instrument_deposited", "2001-04-06", ["SWE"], ["parl-2003-loi"]),
        ("instrument_deposited", "2001-07-12", ["ESP"], ["parl-2003-loi"]),
    ],
    "new-start-2010": [("extended", "2021-02-03", [], ["sputnik-2021-newstart"])],
    "us-jp-sma-2016": [("extended", "2021-03-31", [], ["mofa-2021-03-31"])],
    "inf-1987": [
        ("suspended", "2019-02-02", ["USA"], ["tass-inf"]),
        ("notice_of_withdrawal_given", "2019-02-02", ["USA"], ["csis-inf"]),
    ],
    "att-2013": [
        ("signed", "2013-06-03", ["JPN"], []),
        ("concluded", "2014-05-09", ["JPN"], []),
        ("instrument_deposited", "2014-09-25", [], ["mofa-2014-att"]),
    ],
    "qa-bh-doha-minutes-1990": [("ruled_on", "1994-07-01", [], ["mpil-qatar"])],
    "ke-so-mou-2009": [("ruled_on", "2017-02-02", [], ["icj-som-ken"])],
}
"""Acts that the facts tell in notes, duration and evidence: kind or raw kind, date, parties, sources."""
EFFECTIVE = {
    ("inf-1987", "notice_of_withdrawal_given"): "2019-08-02",
    ("us-jp-sma-2016", "expired"): "2022-04-01",
    ("new-start-2010", "expired"): "2026-02-05/2026-02-06",
}
"""The only events whose effect the facts date otherwise than the act; a last day ends the day after."""
ENTRY = {
    "us-jp-security-treaty-1960": ("exchange_of_ratifications", None, None, None, None, ["studyres-anpo"]),
    "us-jp-space-framework-2023": ("exchange_of_notes", None, None, None, None, ["mofa-2023-06-20-space"]),
    "jp-au-raa-2022": ("exchange_of_notes", None, None, "2023-08-13", None, ["mofa-2023-08-08-raa"]),
    "jp-uk-raa-2023": ("exchange_of_notes", None, "P30D", None, None, ["mofa-2023-09-15-ukraa"]),
    "jp-ph-raa-2024": ("exchange_of_notes", None, "P30D", None, None, ["mb-2025-08-12"]),
    "jp-kr-gsomia-2016": ("last_notification", None, None, None, None, ["ws-gsomia-p10"]),
    "annpa-2024": ("exchange_of_notes", None, None, None, None, []),
    "loi-framework-2000": ("nth_instrument_plus_period", 2, "P30D", None, "P30D", ["parl-2003-loi"]),
    "att-2013": ("nth_instrument_plus_period", 50, "P90D", None, None, ["mofa-2014-att"]),
}
"""Conditions of entry into force that the facts or the oracles state: condition, number, period, date, late joiners."""
SPECIAL_TERMS = {
    "us-jp-security-treaty-1960": ("initial_term_then_indefinite", "P10Y", None),
    "jp-kr-gsomia-2016": ("auto_renewing", "P1Y", "P1Y"),
    "annpa-2024": ("fixed_term", None, None),
}
"""Durations other than a fixed number of years: kind, period, period of renewal."""


@pytest.mark.corpus
def test_signing_acts_with_days_and_places():
    for fact, record in pairs():
        acts = fact["signature_acts"] or [{"date": fact["date_signed"], "place": None}]
        acts = [one for one in acts if one["date"]]
        kind = "issued" if fact["status"] == "issued" or fact["instrument_type"] in ISSUED else "signed"
        kind = "opened_for_signature" if fact["date_signed_note"] == "opened for signature" else kind
        found = record["events"][: len(acts)]
        assert [(one["kind"], one["date"], one["parties"]) for one in found] == [
            (kind, one["date"], []) for one in acts
        ]
        assert [place for one in found for place in one["places"]] == fact["place_signed"], fact["id"]
        if found:
            assert found[-1]["verified"] == fact["date_signed_verified"]
        others = [one for one in record["events"][len(acts) :] if one["kind"] in {"signed", "issued"}]
        assert [one["parties"] for one in others] == ([["JPN"]] if fact["id"] == "att-2013" else [])


@pytest.mark.corpus
def test_entry_into_force_and_status():
    plain = {"superseded": "superseded", "expired": "expired", "terminated": "terminated"}
    plain |= {"current": "became_operative", "in_effect": "became_operative"}
    for fact, record in pairs():
        entered = [one for one in record["events"] if one["kind"] == "entered_into_force" and not one["parties"]]
        wanted = [(fact["in_force"], fact["in_force_verified"])] if fact["in_force"] else []
        wanted = wanted or ([(None, None)] if fact["status"] == "in_force" else [])
        assert [(one["date"], one["verified"]) for one in entered] == wanted, fact["id"]
        ends = [one["kind_raw"] or one["kind"] for one in record["events"]]
        ends = [one for one in ends if one in {*plain.values(), "updated", "executed"}]
        status = plain.get(fact["status"], fact["status"])
        assert ends == ([status] if status in {*plain.values(), "updated", "executed"} else []), fact["id"]
        dates = {one["kind"]: one["date"] for one in record["events"]}
        if fact["status"] == "expired":
            assert dates["expired"] == fact["expires"]
        assert dates.get("terminated", "2019-08-02") == "2019-08-02"


@pytest.mark.corpus
def test_terms():
    for fact, record in pairs():
        terms = record["terms"]
        assert (terms["duration"] or {}).get("until") == fact["expires"]
        assert bool(terms["duration"]) == bool(fact["duration"] or fact["expires"])
        assert len(terms["notices"]) == bool(fact["notice"])
        for notice in terms["notices"]:
            told = fact["notice"]
            assert (notice["kind"], notice["period"], notice["sources"]) == (
                told["kind"],
                told["period"],
                [told["source"]],
            )
            assert notice["earliest"] == told.get("available_from")
            assert (notice["counted_from"] or "").replace("_", " ") == told.get("relative_to", "")
            basis = ": ".join(filter(None, (notice["provision"], notice["note"])))
            assert told["basis"] in {basis, notice["method"]}
            assert told.get("method") in {None, notice["method"]}
        if terms["survival"]:
            assert "Survival clause" in texts(fact["notes"])


def days_written(text):
    """Return every date a text writes, also `7 Oct 2021`, `19 June` and `Aug 2019`, in ISO form."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    found = set(re.findall(r"\d{4}(?:-\d\d(?:-\d\d)?)?", text))
    for month, year in re.findall(r"\b([A-Z][a-z]{2})[a-z]* (\d{4})", text):
        if month in months:
            found.add(f"{year}-{months.index(month) + 1:02d}")
    return found


@pytest.mark.corpus
def test_acts_read_from_notes():
    for fact, record in pairs():
        ends = {"expired", "terminated", "superseded", "became_operative", "updated", "executed"}
        first = max(len(fact["signature_acts"]), bool(fact["date_signed"]))
        later = [one for one in record["events"][first:] if one["kind"] != "entered_into_force" or one["parties"]]
        found = [(one["kind_raw"] or one["kind"], one["date"], one["parties"], one["sources"]) for one in later]
        told = [one for one in found if one[0] not in ends]
        assert told == READ_FROM_NOTES.get(fact["id"], []), fact["id"]
        verified = {"gcap-convention-2023": False, "loi-framework-2000": True}.get(fact["id"])
        assert {one["verified"] for one in later} <= {None, verified}
        for one in record["events"]:
            assert one["effective_date"] == EFFECTIVE.get((fact["id"], one["kind"])), fact["id"]
            assert (one["kind"] == "other") == (one["kind_raw"] is not None)


@pytest.mark.corpus
def test_notes_and_sources_of_acts():
    own = ("ICJ: ", "whether the last day is 4 or 5 February 2026", "first two parties", "by one year", "by 5 years")
    for fact, record in pairs():
        told = texts(fact)
        for one in record["events"]:
            note = one["note"] or ""
            assert note in told or note.startswith(own) or note in {"six-month notice", "50th instrument"}, note
            if note.startswith("ICJ: "):
                assert note.removeprefix("ICJ: ") in told
        signing = [one for one in record["events"] if one["kind"] in {"signed", "issued", "opened_for_signature"}]
        dated = [(signing[-1] if fact["id"] != "att-2013" else signing[0], fact["date_signed_note"])] if signing else []
        dated += [
            (one, fact["in_force_note"])
            for one in record["events"]
            if one["kind"] == "entered_into_force" and fact["in_force"]
        ][:1]
        for one, note in dated:
            assert one["note"] == (None if note in {"issued", "opened for signature"} else note), fact["id"]
            recalled = bool(re.match("general knowledge, unsourced(;|$)", note or ""))
            assert one["sources"] == (["unsourced"] if recalled else []), fact["id"]


@pytest.mark.corpus
def test_conditions_and_durations():
    for fact, record in pairs():
        entry, duration = record["terms"]["entry_into_force"], record["terms"]["duration"]
        keys = ("condition", "number", "period", "date", "late_joiners", "sources")
        assert (entry and tuple(entry[key] for key in keys)) == ENTRY.get(fact["id"]), fact["id"]
        assert not entry or entry["parties"] == []
        assert not entry or (entry["note"] or "").split("; in force")[0] in texts(fact)
        if duration:
            years = re.match(r"\d+", fact["duration"] or "")
            plain = ("fixed_term", f"P{years[0]}Y" if years else None, None)
            found = tuple(duration[key] for key in ("kind", "period", "renewal_period"))
            assert found == SPECIAL_TERMS.get(fact["id"], plain)
            assert duration["note"] in {None, fact["duration"]}
            assert duration["sources"] == []


@pytest.mark.corpus
def test_no_day_was_invented():
    computed = {"us-jp-sma-2016": {"2022-04-01"}, "new-start-2010": {"2026-02-06"}}
    conflicts = {}
    for conflict in facts()["conflicts"]:
        conflicts.setdefault(conflict["record"], []).append(conflict)
    for fact, record in pairs():
        known = days_written(texts([fact, conflicts.get(fact["id"], [])])) | computed.get(fact["id"], set())
        for one in record["events"]:
            written = days_written(f"{one['date'] or ''} {one['effective_date'] or ''}")
            assert written <= known, (fact["id"], one)
            assert set(one["parties"]) <= {party["code"] for party in record["parties"]} | {"JPN"}
            assert set(one["places"]) <= {*fact["place_signed"], "Washington", "Tokyo"}
            assert (one["raw"], one["origin"], one["provision"]) == (None, None, None)


@pytest.mark.corpus
def test_oracles_can_be_computed_from_the_records():
    seen = 0
    for oracle in facts()["test_oracles"]:
        record = records().get(oracle["record"])
        if not record or not oracle["what"].startswith(("n-th instrument", "exchange of notes")):
            continue
        terms = record["terms"]["entry_into_force"]
        kinds = {"instrument_deposited", "notes_exchanged"}
        acts = {(one["parties"] or [""])[0]: one["date"] for one in record["events"] if one["kind"] in kinds}
        days = int((terms["period"] or "P0D")[1:-1])
        later = {key: str(date.fromisoformat(day) + timedelta(days)) for key, day in acts.items()}
        if isinstance(oracle["input"], dict):
            assert acts == {key: day for key, day in oracle["input"].items() if day}
            first = sorted(later.values())[terms["number"] - 1]
            wanted = {key: day for key, day in oracle["expect"].items() if day and key != "treaty"}
            assert {key: max(day, first) for key, day in later.items()} == wanted
            assert oracle["expect"]["treaty"] == first
        else:
            assert acts == {"": oracle["input"]}
            assert (terms["date"] or later[""]) == oracle["expect"]
        seen += 1
    assert seen == 5


@pytest.mark.corpus
def test_rules_derive_the_status_that_the_facts_state():
    words = {"issued": "signed", "updated": "signed", "executed": "signed", "current": "operative"}
    words |= {"in_effect": "operative"}
    for fact, record in pairs():
        codes = [one["code"] for one in record["parties"]]
        binding, events = record["binding_status"], record["events"]
        spans = lifecycle.spans(events, binding_status=binding, parties=codes, terms=record["terms"])
        signed = lifecycle.signed(events)
        assert (signed.edtf if signed else None) == fact["date_signed"], fact["id"]
        if fact["status"] != "unknown" and fact["date_signed"]:
            found = lifecycle.standing(spans, "2026-11-22").status
            assert found == words.get(fact["status"], fact["status"]), fact["id"]
