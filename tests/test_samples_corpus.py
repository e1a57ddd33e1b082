"""The samples say what the facts say: nothing lost, nothing changed, nothing added.

The first tests need only the samples. Those marked `corpus` read the sheet of facts that the samples were written from
and translate it by tables of their own, fact by fact.
"""

import json
import re
from collections import Counter

import pytest
from samples_facts import COLLECTIONS, FAMILY, FILES, SAMPLES, cited, facts, load, pairs, records, sample, texts

NO_TITLE = "official title not found; the short title stands in its place"

EVIDENCE = {
    "ratification": "domestic_procedure",
    "entry_into_force_clause": "entry_into_force_and_termination_clauses",
    "text_wording": "wording_markers",
}
SPEAKERS = {
    None: (None, None),
    "US DoD": ("USA", "US DoD"),
    "Australia": ("AUS", None),
    "UK": ("GBR", None),
    "BHR": ("BHR", None),
    "QAT": ("QAT", None),
    "ICJ": (None, "ICJ"),
}
BINDING = {"binding": "binding", "non_binding": "non_binding", "unknown": "undetermined"}
PASSIVE = {
    "superseded_by": "supersedes",
    "amended_by": "amends",
    "extended_by": "extends",
    "supplemented_by": "supplements",
    "succeeded_by": "succeeds",
    "updated_by": "updates",
    "parent_of": "concluded_under",
    "follows": "precursor_of",
}
FAMILY_RELATIONS = {"member_of_family", "counted_in_family_by_some"}
PLAIN_KINDS = {
    "primary_text": "authentic_text",
    "court_digest": "court",
    "court_judgment": "court",
    "general_knowledge": "own_knowledge",
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_written_as_exports_are(name):
    raw = (SAMPLES / name).read_bytes()
    document = json.loads(raw)
    assert raw == (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    assert list(document) == ["record", "format", *COLLECTIONS]
    for key, names in (("people", "id"), ("families", "id"), ("sources", "id"), ("agreements", "ref")):
        listed = [one[names] for one in document[key]]
        assert listed == sorted(set(listed))


def test_first_file_stands_alone_and_no_object_stands_twice():
    first = load(FILES[0])
    for scope in (first, sample()):
        sources, people = {one["id"] for one in scope["sources"]}, {one["id"] for one in scope["people"]}
        refs, families = {one["ref"] for one in scope["agreements"]}, {one["id"] for one in scope["families"]}
        for record in scope["agreements"]:
            assert set(cited(record)) <= sources, record["ref"]
            assert {one["person"] for one in record["signatories"]} <= {*people, None}, record["ref"]
            assert {one["target"] for one in record["relations"]} <= refs, record["ref"]
            assert {one["family"] for one in record["families"]} <= families, record["ref"]
    for key, name in (("people", "id"), ("families", "id"), ("sources", "id"), ("agreements", "ref")):
        assert max(Counter(one[name] for one in sample()[key]).values()) == 1


def test_items_are_numbered_and_objects_named():
    kinds = {"people": "person", "families": "family", "sources": "source", "agreements": "agreement"}
    for key, kind in kinds.items():
        assert {one["record"] for one in sample()[key]} == {kind}
    for record in records().values():
        for letter, key in (("v", "evidence"), ("s", "signatories"), ("e", "events"), ("c", "claims")):
            assert [one["id"] for one in record[key]] == [f"{letter}{n + 1}" for n in range(len(record[key]))]


def test_same_office_has_the_same_level():
    levels = {}
    for record in records().values():
        for signature in record["signatories"]:
            levels.setdefault(signature["office"], set()).add(signature["level"])
    assert all(len(found) == 1 for found in levels.values())
    assert levels["Under Secretary of Defense for Acquisition and Sustainment"] == {"deputy_minister"}
    assert levels["Secretary of Defense"] == {"minister"}


@pytest.mark.corpus
def test_counts():
    assert (len(records()), len(sample()["families"]), len(sample()["sources"]), len(facts()["conflicts"])) == (
        82,
        1,
        117,
        20,
    )
    assert set(records()) == {fact["id"] for fact in facts()["agreements"]} - {FAMILY}
    assert sum(len(record["claims"]) for record in records().values()) == 41
    names = {one["name"] for fact in facts()["agreements"] for one in fact["signatories"]} - {None}
    assert {person["name"] for person in sample()["people"]} == names
    assert not sample()["focus_areas"]
    assert not sample()["parties"]


@pytest.mark.corpus
def test_titles_types_and_plain_fields():
    for fact, record in pairs():
        assert record["title"] == (fact["official_title"] or fact["short_title"])
        assert (NO_TITLE in record["notes"]) == (fact["official_title"] is None)
        assert record["short_title"] == fact["short_title"]
        assert record["title_term"] is None or record["title_term"] in record["title"]
        for key in ("aliases", "confidence"):
            assert record[key] == fact[key], fact["id"]
        assert record["open_questions"] == fact["unverified"]
        kind = {"agreement_other": "other"}.get(fact["instrument_type"], fact["instrument_type"])
        assert record["instrument_type"] == kind
        assert record["binding_status"] == BINDING[fact["binding"]]
        assert record["focus_areas"] == sorted(fact["focus_areas"])
        assert record["text_access"] == (fact["text_access"] or "unknown").removesuffix("_at_signature")
        assert sorted(map(texts, record["identifiers"])) == sorted(map(texts, fact["identifiers"]))
        assert [one["source"] for one in record["sources"]] == fact["sources"]
        assert (record["titles"], record["languages"], record["extra"], record["origin"]) == ({}, [], {}, None)


@pytest.mark.corpus
def test_parties_and_signatories():
    names = {person["id"]: person["name"] for person in sample()["people"]}
    for fact, record in pairs():
        found = [(one["code"], one["entity"], one["role"]) for one in record["parties"]]
        assert found == [(one["iso3"], one["entity"], None) for one in fact["parties"]]
        keys = ("office", "on_behalf_of", "verified", "note")
        wanted = [(one["name"], *map(one.get, keys)) for one in fact["signatories"]]
        keys = ("office", "party", "verified", "note")
        assert [(names.get(one["person"]), *map(one.get, keys)) for one in record["signatories"]] == wanted
        signing = {one["id"] for one in record["events"] if one["kind"] == "signed" or one["kind"] == "issued"}
        assert {one["event"] for one in record["signatories"]} <= signing


@pytest.mark.corpus
def test_evidence_and_views():
    for fact, record in pairs():
        wanted = [
            (
                EVIDENCE.get(one["kind"], one["kind"]),
                BINDING[one.get("value", fact["binding"])],
                *SPEAKERS[one.get("by")],
                one["text"],
                one.get("date"),
                "low" if one["source"] == "unsourced" else None,
                [one["source"]],
            )
            for one in fact["binding_basis"]
        ]
        keys = ("kind", "supports", "party", "authority", "text", "date", "confidence", "sources")
        assert [tuple(map(one.get, keys)) for one in record["evidence"]] == wanted, fact["id"]
        views = [one for one in fact["binding_basis"] if "value" in one]
        named = [one for one in record["binding_views"] if one["party"]]
        assert [(one["party"], one["value"]) for one in named] == [(v["by"], v["value"]) for v in views]
        held = {one["value"] for one in record["binding_views"]} | {record["binding_status"]}
        assert (len(held) > 1) == fact["binding_contested"], fact["id"]
        unnamed = [one["value"] for one in record["binding_views"] if not one["party"]]
        assert unnamed == ([] if views or not fact["binding_contested"] else ["binding", "contested"])


@pytest.mark.corpus
def test_relations_stand_once_in_their_active_direction():
    wanted = {}
    for fact in facts()["agreements"]:
        for one in fact["relations"]:
            kind = one["type"].removeprefix("presumably_")
            if kind in FAMILY_RELATIONS:
                continue
            ends = (one["target"], fact["id"]) if kind in PASSIVE else (fact["id"], one["target"])
            sources, firm = wanted.setdefault((ends[0], PASSIVE.get(kind, kind), ends[1]), (set(), []))
            sources.add(one["source"])
            firm.append(kind == one["type"] and one["source"] != "unsourced")
    found = [
        ((ref, one["type"], one["target"]), one) for ref, record in records().items() for one in record["relations"]
    ]
    assert len(found) == len(wanted)
    assert {key: set(one["sources"]) for key, one in found} == {key: value[0] for key, value in wanted.items()}
    for key, one in found:
        assert one["confidence"] == (None if any(wanted[key][1]) else "low")


@pytest.mark.corpus
def test_family():
    (fact,) = (one for one in facts()["agreements"] if one["id"] == FAMILY)
    (family,) = sample()["families"]
    assert (family["id"], family["notes"], family["sources"]) == ("sosa", fact["notes"], fact["sources"])
    assert fact["short_title"].endswith(family["name"])
    for fact, record in pairs():
        members = [[one["source"]] for one in fact["relations"] if one["type"] == "member_of_family"]
        assert [one["sources"] for one in record["families"]] == members
        assert all(one["family"] == "sosa" for one in record["families"])
        counted = [one["source"] for one in fact["relations"] if one["type"] == "counted_in_family_by_some"]
        claims = [one for one in record["claims"] if one["note"] == "counted in the family by some"]
        assert [one["sources"][0] for one in claims] == counted


@pytest.mark.corpus
def test_sources():
    found = {one["id"]: one for one in sample()["sources"]}
    assert set(found) == {one["id"] for one in facts()["sources"]}
    for fact in facts()["sources"]:
        source = found[fact["id"]]
        assert [source[key] for key in ("title", "date", "url")] == [fact[key] for key in ("title", "date", "url")]
        assert (source["publisher"] or "-") == fact["publisher"]
        assert (
            (source["note"] == "confidence: low") if fact["id"] == "unsourced" else source["note"] == fact.get("note")
        )
        kind = re.sub("_(reprint|copy)$", "", fact["kind"])
        assert bool(source["reprint_of"]) == (kind != fact["kind"] or kind == "court_digest")
        assert not source["reprint_of"] or source["reprint_of"] in texts(fact)
        series = kind == "primary_text" and fact["title"].startswith("TIAS ")
        assert source["kind"] == ("treaty_series" if series else PLAIN_KINDS.get(kind, kind))
        unknown = ("author", "language", "accessed", "archive_url", "sha256")
        assert not any(source[key] for key in unknown)


@pytest.mark.corpus
def test_every_note_is_kept_and_none_is_made_up():
    ours = ("date of signature: not found", "text access: not released at signature", NO_TITLE)
    spoken = ("binding status contested; ",)
    for fact, record in pairs():
        given = [fact["in_force_note"], fact["status_note"], fact["date_signed_note"], *fact["notes"]]
        encoded = {None, "issued", "opened for signature"}
        held = texts(record)
        assert all(note in held for note in given if note not in encoded), fact["id"]
        for note in record["notes"]:
            assert note in given or note in ours or note.startswith(spoken), note
        if fact["duration"]:
            duration = record["terms"]["duration"]
            years = re.match(r"(\d+) years$", fact["duration"])
            assert duration["period"] == f"P{years[1]}Y" if years else duration["note"] == fact["duration"]


def test_what_the_facts_leave_open_stays_open():
    """Fields of the record that the sheet of facts has no word for."""
    silent = {
        "evidence": ("locator",),
        "signatories": (),
        "sources": ("locator",),
        "relations": ("target_title", "note"),
        "families": ("note",),
        "claims": ("locator",),
        "events": ("raw", "origin", "provision"),
    }
    for record in records().values():
        for key, names in silent.items():
            assert all(one[name] is None for one in record[key] for name in names), record["ref"]
        assert not any(one["sources"] for one in record["signatories"])
        words = [one["word"] for one in record["relations"] if one["word"]]
        assert words == (["updates"] if record["ref"] == "us-jp-rdte-mou-2023" else [])
        assert {item for view in record["binding_views"] if view["party"] for item in view["evidence"]} == {
            one["id"] for one in record["evidence"] if one["party"] and record["binding_views"]
        }
    spelled = {one["name"]: one["aliases"] for one in sample()["people"] if one["aliases"] or one["note"]}
    assert spelled == {"Greta Tučkutė": ["Greta Tuckute"]}
