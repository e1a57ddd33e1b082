"""Two records of one agreement made one: nothing is lost, what differs is a claim, the ref is never given again."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run


@pytest.fixture
def two(run: Run, other_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records of one arrangement, and a third that refers to the second."""
    monkeypatch.setenv("TRACKER_STORE", str(other_store))
    records = [
        {
            "ref": "kept",
            "title": "Arrangement on Parts",
            "instrument_type": "arrangement",
            "parties": [{"code": "JPN", "entity": "Ministry of Defense"}, {"code": "USA"}],
            "events": [
                {"id": "e1", "kind": "signed", "date": "2020-01-02", "sources": []},
                {"id": "e2", "kind": "entered_into_force", "date": None},
            ],
            "extra": {"owner": "me"},
            "origin": {"set": "one", "key": "1", "file": "one.csv", "row": 2},
        },
        {
            "ref": "gone",
            "title": "Arrangement concerning Parts",
            "short_title": "Parts",
            "instrument_type": "memorandum_of_understanding",
            "parties": [{"code": "JPN"}, {"code": "USA", "entity": "Department of Defense"}, {"code": "AUS"}],
            "events": [
                {"id": "e1", "kind": "signed", "date": "2020-01-03", "places": ["Tokyo"]},
                {"id": "e2", "kind": "entered_into_force", "date": "2020-02-01"},
                {"id": "e3", "kind": "signed", "date": "2020-01-02", "parties": ["AUS"]},
            ],
            "signatories": [{"person": {"id": "jane-roe", "name": "Jane Roe"}, "event": "e3", "party": "AUS"}],
            "evidence": [{"id": "v1", "kind": "press_report", "supports": "non_binding"}],
            "binding_views": [{"party": "AUS", "value": "non_binding", "evidence": ["v1"]}],
            "sources": [{"source": {"id": "gazette", "title": "Gazette"}}],
            "claims": [{"field": "events[e2].date", "value": "2020-02-01", "adopted": True, "sources": ["gazette"]}],
            "relations": [{"type": "related_to", "target": "kept"}, {"type": "related_to", "target": "third"}],
            "extra": {"owner": "you", "desk": "parts"},
            "origin": {"set": "two", "key": "9", "file": "two.csv", "row": 2},
        },
        {"ref": "third", "title": "Annex", "relations": [{"type": "annexed_to", "target": "gone"}]},
    ]
    done = run("import", "-", "--from", "json", stdin=json.dumps([{"record": "agreement"} | one for one in records]))
    assert done.code == 0, done.err


def shown(run: Run, ref: str) -> dict[str, Any]:
    return dict(json.loads(run("show", ref, "--json").out))


def test_data_is_united_and_what_differs_is_a_claim(run: Run, two: None) -> None:
    code, out, err = run("merge", "kept", "gone", "--yes")
    assert (code, out) == (0, "kept\n"), err
    held = shown(run, "kept")
    assert [(party["code"], party["entity"]) for party in held["parties"]] == [
        ("JPN", "Ministry of Defense"),
        ("USA", "Department of Defense"),
        ("AUS", None),
    ]
    assert (held["title"], held["short_title"]) == ("Arrangement on Parts", "Parts")
    assert held["aliases"] == ["Arrangement concerning Parts"]
    assert [(event["id"], event["kind"], event["date"]) for event in held["events"]] == [
        ("e1", "signed", "2020-01-02"),
        ("e2", "entered_into_force", "2020-02-01"),
        ("e3", "signed", "2020-01-02"),
    ]
    assert held["events"][0]["places"] == ["Tokyo"]
    assert (held["signatories"][0]["event"], held["binding_views"][0]["evidence"]) == ("e3", ["v1"])
    claims = {claim["field"]: claim for claim in held["claims"]}
    assert claims["events[e1].date"]["value"] == "2020-01-03"
    assert claims["instrument_type"]["value"] == "memorandum_of_understanding"
    assert claims["extra.owner"]["value"] == "you"
    assert claims["title"]["sources"] == ["gazette"]
    assert "events[e2].date" in claims
    assert held["extra"] == {"desk": "parts", "owner": "me"}
    for field in ("title", "instrument_type", "events[e1].date", "extra.owner"):
        assert field in err


def test_relations_move_and_the_ref_is_retired(run: Run, two: None) -> None:
    assert run("merge", "kept", "gone", "--yes").code == 0
    assert [(one["type"], one["target"]) for one in shown(run, "third")["relations"]] == [("annexed_to", "kept")]
    assert [(one["type"], one["target"]) for one in shown(run, "kept")["relations"]] == [("related_to", "third")]
    code, _, err = run("show", "gone")
    assert code == 1
    assert "was merged into kept" in err
    assert run("add", "Another", "--ref", "gone").code == 1
    assert {"scheme": "import:two", "value": "9"} in shown(run, "kept")["identifiers"]


def test_a_dry_run_changes_nothing_and_undo_takes_it_back(run: Run, two: None) -> None:
    before = run("export").out
    assert run("merge", "kept", "gone", "--dry-run").code == 0
    assert run("export").out == before
    assert run("merge", "kept", "gone", "--yes").code == 0
    assert run("undo").code == 0
    assert run("export").out == before


def test_two_of_different_types_are_asked_about(run: Run, two: None) -> None:
    before = run("export").out
    refused = run("merge", "kept", "gone")
    assert refused.code == 1
    told = (
        "kept and gone may be two agreements: "
        "instrument_type is arrangement in kept and memorandum_of_understanding in gone"
    )
    assert f"{told}; see both with: tracker compare kept gone; add --yes to merge them all the same" in refused.err
    assert run("export").out == before
    for more in ("--dry-run", "--yes"):
        assert f"warning: {told}\n" in run("merge", "kept", "gone", more).err


@pytest.mark.parametrize(
    ("held", "said", "asked"),
    [
        ("JPN;USA", "JPN;AUS", True),
        ("JPN", "AUS", True),
        ("JPN;USA", "JPN;USA;AUS", False),
        ("JPN;USA", "", False),
        ("JPN;USA;FRA;GBR", "JPN;USA;FRA;DEU", False),
    ],
)
def test_two_of_other_parties_are_asked_about(run: Run, two: None, held: str, said: str, asked: bool) -> None:
    """A list of four parties or more may hold some only."""
    assert run("edit", "kept", "--set", f"parties={held}").code == 0
    assert run("edit", "gone", "--set", "instrument_type=arrangement", "--set", f"parties={said}").code == 0
    done = run("merge", "kept", "gone")
    assert done.code == asked
    assert ("is party in kept alone" in done.err) is asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"instrument_type": "treaty"}, ["instrument_type"]),
        ({"binding_status": "contested"}, ["binding_status"]),
        ({"instrument_type": "treaty", "binding_status": "binding"}, ["instrument_type", "binding_status"]),
        ({"instrument_type": "unknown", "binding_status": "not_assessed"}, []),
        ({"title": "Something else"}, []),
    ],
)
def test_what_says_nothing_of_type_and_status_is_merged_unasked(
    run: Run, two: None, said: dict[str, str], asked: list[str]
) -> None:
    """The record that stays is an arrangement and non-binding."""
    assert run("edit", "kept", "--set", "binding_status=non_binding").code == 0
    like = {"instrument_type": "arrangement", "binding_status": "non_binding"}
    changes = [part for key, value in (like | said).items() for part in ("--set", f"{key}={value}")]
    assert run("edit", "gone", *changes).code == 0
    done = run("merge", "kept", "gone")
    assert done.code == bool(asked)
    assert [key for key in like if f"{key} is" in done.err] == asked


def test_one_and_the_same_is_refused(run: Run, two: None) -> None:
    assert run("merge", "kept", "kept").code == 2
    assert run("merge", "kept", "nobody").code == 1


def test_pairs_are_listed_with_the_command_that_joins_them(run: Run, two: None) -> None:
    rows = json.loads(run("duplicates", "--json").out)["rows"]
    assert [(row["ref"], row["other"], row["common_parties"]) for row in rows] == [("gone", "kept", ["JPN", "USA"])]
    assert json.loads(run("duplicates", "third", "--json").out)["rows"] == []
    assert run("duplicates", "--at-least", "7").code == 2
