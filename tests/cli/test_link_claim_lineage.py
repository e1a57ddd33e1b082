"""Relations, claims and lineage as a user meets them on the samples."""

import json
from pathlib import Path
from typing import Any

import pytest

MOU = "us-jp-rdte-mou-2023"
SOSA = "us-jp-sosa-2023"
MDA = "us-uk-mda-1958"
AMENDMENT = "us-uk-mda-amend-2024"
CRS = "crs-if11894"
SIGNED = "events[e1].date"


@pytest.fixture
def refused(run, store: Path):
    """A command that must fail with this exit code; gives its one line, and not a byte of the store was changed."""

    def refuse(code: int, *arguments: str) -> str:
        before = store.read_bytes()
        done = run(*arguments)
        assert (done.code, done.out) == (code, "")
        assert done.err.count("\n") == 1
        assert store.read_bytes() == before
        return done.err

    return refuse


def relations(record: Any, kind: str) -> list[str]:
    return [item["target"] or item["target_title"] for item in record["relations"] if item["type"] == kind]


# link


def test_a_relation_said_from_either_end_is_kept_in_the_record_that_acts(ask, do) -> None:
    said = do("link", MDA, "amended-by", "us-uk-sosa-2017", "--word", "changes", "--confidence", "low", "--source", CRS)
    assert "recorded in us-uk-sosa-2017" in said
    kept = next(item for item in ask("show", "us-uk-sosa-2017")["relations"] if item["type"] == "amends")
    assert kept == {
        "type": "amends",
        "target": MDA,
        "target_title": None,
        "word": "changes",
        "dependent": None,
        "confidence": "low",
        "note": None,
        "sources": [CRS],
    }
    inverse = ask("show", MDA)["derived"]["inverse_relations"]
    assert {"type": "amended_by", "source_ref": "us-uk-sosa-2017"} in inverse


def test_saying_it_again_changes_nothing_and_new_details_are_added(ask, do) -> None:
    assert "nothing to change" in do("link", AMENDMENT, "amends", MDA)
    assert f"changed in {AMENDMENT}" in do("link", MDA, "amended_by", AMENDMENT, "--note", "extends it without end")
    record = ask("show", AMENDMENT)
    assert relations(record, "amends") == [MDA]
    assert record["relations"][0]["note"] == "extends it without end"


def test_a_symmetric_relation_that_the_other_record_holds_is_not_kept_twice(ask, do) -> None:
    do("link", "us-ca-priorities-mou", "related_to", SOSA)
    assert "nothing to change: us-ca-priorities-mou holds it" in do("link", SOSA, "related_to", "us-ca-priorities-mou")
    do("link", SOSA, "related_to", "us-ca-priorities-mou", "--remove")
    assert relations(ask("show", "us-ca-priorities-mou"), "related_to") == []


@pytest.mark.parametrize("target", [("Treaty of 1955",), ("--title", "Treaty of 1955")])
def test_the_target_may_be_a_title_that_is_not_in_the_register(ask, do, target: tuple[str, ...]) -> None:
    assert "not in the register" in do("link", MDA, "supersedes", *target)
    assert relations(ask("show", MDA), "supersedes") == ["Treaty of 1955"]
    do("link", MDA, "supersedes", *target, "--remove")
    assert relations(ask("show", MDA), "supersedes") == []


def test_what_contradicts_itself_is_refused(refused) -> None:
    assert "related to itself" in refused(2, "link", MDA, "amends", MDA)
    circle = refused(2, "link", MDA, "amends", AMENDMENT)
    assert f"{MDA} amends {AMENDMENT} amends {MDA}" in circle
    assert "did you mean amends" in refused(2, "link", MDA, "amendz", AMENDMENT)
    assert "--title" in refused(2, "link", MDA, "amends")
    assert "--title" in refused(2, "link", MDA, "amends", AMENDMENT, "--title", "Both")
    assert "kept as 'amends'" in refused(2, "link", MDA, "amended_by", "--title", "Unknown")
    assert "no agreement" in refused(1, "link", MDA, "amends", "zz-nothing")
    assert "none is recorded" in refused(1, "link", MDA, "amends", SOSA, "--remove")
    assert "holds it already" not in refused(2, "link", AMENDMENT, "amends", MDA, "--remove", "--note", "x")


def test_remove_takes_it_away_from_either_end(ask, do) -> None:
    assert f"taken away from {AMENDMENT}" in do("link", MDA, "amended_by", AMENDMENT, "--remove")
    assert relations(ask("show", AMENDMENT), "amends") == []


def test_a_relation_that_a_claim_is_about_stays_until_the_claim_goes(do, refused) -> None:
    do("claim", AMENDMENT, "relations[amends].confidence", "low", "--source", CRS)
    assert "claim c1 is about it" in refused(1, "link", AMENDMENT, "amends", MDA, "--remove")
    do("edit", AMENDMENT, "--remove", "claims[c1]")
    do("link", AMENDMENT, "amends", MDA, "--remove")


def test_a_dry_run_changes_nothing(run, do) -> None:
    before = run("export", "-f", "ndjson").out
    assert do("link", SOSA, "updates", MDA, "-n").startswith("would be recorded")
    assert "a dry run" in do("claim", MOU, "signed", "2023-01-11", "--adopt", "--dry-run")
    assert run("export", "-f", "ndjson").out == before


# claim


def adopted(ask, ref: str) -> dict[str, Any]:
    return {row["field"]: row["value"] for row in ask("claims", ref)["rows"] if row["adopted"]}


def test_adopting_sets_the_field_and_lets_the_former_claim_go(ask, do) -> None:
    said = do("claim", MOU, "signed", "11 January 2023", "--adopt", "--reason", "trial")
    assert f"{SIGNED}: 2023-01-12 -> 2023-01-11" in said
    assert "claim c1" in said
    assert "no longer adopted" in said
    record = ask("show", MOU)
    assert record["derived"]["signed"]["edtf"] == "2023-01-11"
    assert adopted(ask, MOU) == {SIGNED: "2023-01-11"}
    assert [item["reason"] for item in record["claims"] if item["adopted"]] == ["trial"]


def test_a_claim_that_is_not_adopted_leaves_the_field(ask, do) -> None:
    do(
        "claim",
        MOU,
        "title_term",
        "MOU",
        "--source",
        CRS,
        "--locator",
        "p. 3",
        "--confidence",
        "low",
        "--note",
        "short",
    )
    record = ask("show", MOU)
    assert record["title_term"] != "MOU"
    last = record["claims"][-1]
    assert (last["value"], last["sources"], last["locator"], last["confidence"]) == ("MOU", [CRS], "p. 3", "low")
    assert (last["adopted"], last["note"]) == (False, "short")


def test_the_same_claim_of_another_source_is_one_claim(ask, do) -> None:
    count = len(ask("show", MOU)["claims"])
    do("claim", MOU, SIGNED, "2023-01-11", "--source", CRS)
    held = ask("show", MOU)["claims"]
    assert len(held) == count
    assert CRS in next(item for item in held if item["value"] == "2023-01-11")["sources"]
    assert "nothing to change" in do("claim", MOU, SIGNED, "2023-01-11", "--source", CRS)


def test_adopting_a_date_whose_event_does_not_exist_makes_the_event(ask, do) -> None:
    do("claim", MOU, "in_force_from", "2023-02", "--source", CRS)
    assert ask("show", MOU)["derived"]["in_force_from"] is None
    assert "made event e2: entered_into_force 2023-02" in do("claim", MOU, "in_force_from", "2023-02", "--adopt")
    record = ask("show", MOU)
    assert record["derived"]["in_force_from"]["edtf"] == "2023-02"
    assert record["events"][-1]["sources"] == [CRS]
    do("claim", MOU, "in_force_from", "2023-03", "--source", CRS, "--adopt")
    assert [event["date"] for event in ask("show", MOU)["events"]] == ["2023-01-12", "2023-03"]
    assert [row["adopted"] for row in ask("claims", MOU, "in_force_from")["rows"]] == [False, True]


def test_a_text_that_does_not_bind_becomes_operative(ask, do) -> None:
    do("claim", SOSA, "in_force_from", "2023-02-01", "--source", CRS, "--adopt")
    assert ask("show", SOSA)["events"][-1]["kind"] == "became_operative"
    assert ask("show", SOSA)["derived"]["status"] == "operative"


def test_a_topic_sets_nothing(ask, do) -> None:
    before = ask("show", MOU)
    do("claim", MOU, "topic:headquarters", "Tokyo", "--source", CRS, "--adopt")
    after = ask("show", MOU)
    assert after["claims"][-1]["adopted"]
    for record in (before, after):
        del record["claims"], record["derived"]
    assert after == before


def test_changing_the_field_lets_the_claim_go_and_says_so(ask, do) -> None:
    said = do("edit", SOSA, "--set", "title_term=Understanding")
    assert "claim c1 (title_term = Arrangement) is no longer adopted" in said
    assert adopted(ask, SOSA) == {}
    do("claim", SOSA, "title_term", "Arrangement", "--adopt")
    assert ask("show", SOSA)["title_term"] == "Arrangement"


def test_a_path_that_a_claim_holds_cannot_go_before_the_claim(do, refused) -> None:
    do("claim", MOU, "parties[JPN].entity", "MOD", "--source", CRS)
    assert "claim c4 is about it" in refused(2, "edit", MOU, "--remove", "parties[JPN]")
    do("edit", MOU, "--remove", "claims[c4]")
    do("edit", MOU, "--remove", "parties[JPN]")


def test_claims_that_cannot_be_are_refused(refused) -> None:
    assert "give --source" in refused(2, "claim", MOU, "title_term", "X")
    assert "did you mean title" in refused(2, "claim", MOU, "titel", "X", "--source", CRS)
    assert "did you mean" in refused(2, "claim", MOU, "binding", "nonbinding", "--source", CRS)
    assert "unknown source" in refused(2, "claim", MOU, "title", "X", "--source", "nobody")
    assert "status is derived" in refused(2, "claim", MOU, "status", "in_force", "--source", CRS, "--adopt")
    assert "01/02/2023" in refused(2, "claim", MOU, "signed", "01/02/2023", "--source", CRS)
    assert "events[e9].note is not there" in refused(2, "claim", MOU, "events[e9].note", "X", "--source", CRS)


def test_a_claim_on_the_status_is_kept_and_never_used(ask, do) -> None:
    do("claim", MOU, "status", "in force", "--source", CRS)
    assert ask("show", MOU)["derived"]["status"] == "signed"
    assert any(row["part"] == "claim" and row["value"] == "in_force" for row in ask("why", MOU, "status")["rows"])


def test_what_claims_made_survives_a_round_trip(run, do, tmp_path: Path) -> None:
    do("claim", MOU, "in_force_from", "2023-02", "--source", "https://example.org/a", "--adopt")
    do("link", MDA, "supersedes", "Treaty of 1955")
    exported = run("export", "-f", "ndjson").out
    file, other = tmp_path / "all.ndjson", tmp_path / "other.db"
    file.write_text(exported, encoding="utf-8")
    assert run("--store", other, "import", file).code == 0
    assert run("--store", other, "export", "-f", "ndjson").out == exported


# claims, conflicts, why


def test_claims_of_one_field_come_by_its_short_name_too(ask) -> None:
    assert ask("claims", MOU, "signed")["rows"] == ask("claims", MOU, SIGNED)["rows"] == ask("claims", MOU)["rows"]
    assert ask("claims", MOU, "events")["rows"] == ask("claims", MOU)["rows"]
    assert ask("claims", MOU, "title")["rows"] == []
    assert [row["value"] for row in ask("claims", MOU)["rows"]] == ["2023-01-12", "2023-01-11", "2022-01-12"]


def test_conflicts_of_the_samples(ask) -> None:
    every = ask("conflicts")["rows"]
    assert len({(row["ref"], row["field"]) for row in every}) == 20
    still = ask("conflicts", "--open")["rows"]
    assert {(row["ref"], row["field"]) for row in still} == {
        ("jp-au-raa-2022", "title"),
        ("jp-au-rdte-2023", "instrument_type"),
        ("us-ca-priorities-mou", "families[sosa]"),
        ("us-nl-sosa", SIGNED),
        ("us-se-sosa", SIGNED),
    }
    assert all(row["open"] and not row["adopted"] for row in still)
    assert {row["ref"] for row in ask("conflicts", "--open", "--party", "SWE")["rows"]} == {"us-se-sosa"}


def test_claims_that_agree_are_no_conflict_and_adopting_settles_one(ask, do) -> None:
    do("claim", MDA, "title_term", "Agreement", "--source", CRS)
    assert not [row for row in ask("conflicts")["rows"] if row["ref"] == MDA]
    do("claim", "us-nl-sosa", "signed", "1978", "--adopt")
    assert "us-nl-sosa" not in {row["ref"] for row in ask("conflicts", "--open")["rows"]}
    assert ask("show", "us-nl-sosa")["derived"]["signed"]["edtf"] == "1978"


def test_why_gives_the_evidence_by_weight_with_views_and_sources(ask, run) -> None:
    rows = ask("why", "qa-bh-doha-minutes-1990")["rows"]
    assert rows[0]["value"] == "binding"
    evidence = [(row["rank"], row["kind"], row["by"]) for row in rows if row["part"] == "evidence"]
    assert evidence == [(1, "tribunal_ruling", "ICJ"), (8, "party_statement", "BHR"), (8, "party_statement", "QAT")]
    assert [(row["by"], row["value"]) for row in rows if row["part"] == "view"] == [
        ("BHR", "non_binding"),
        ("QAT", "binding"),
    ]
    assert [row["id"] for row in rows if row["part"] == "source"] == ["mpil-qatar"]
    assert "views differ" in run("why", "qa-bh-doha-minutes-1990", "-f", "table").out


def test_why_of_other_fields(ask, run, refused) -> None:
    signed = ask("why", MOU, "signed")["rows"]
    assert signed[0]["value"] == "2023-01-12"
    assert [row["kind"] for row in signed if row["part"] == "event"] == ["signed"]
    assert [row["value"] for row in signed if row["part"] == "claim"] == ["2023-01-12", "2023-01-11", "2022-01-12"]
    expires = ask("why", "us-jp-sma-2016", "expires")["rows"]
    assert [row["id"] for row in expires if row["part"] == "item"] == ["terms.duration"]
    topic = ask("why", "gcap-convention-2023", "topic:headquarters")["rows"]
    assert {row["value"] for row in topic if row["part"] == "claim"} == {"London", "Reading"}
    assert "Nothing is recorded but the sources" in run("why", MDA, "title", "-f", "table").out
    assert "did you mean title" in refused(2, "why", MDA, "titel")


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_every_field_that_can_be_listed_can_be_asked_why(step: int, run, ask) -> None:
    from tracker.record.paths import SHORT_NAMES

    inner = ("parties[JPN].name", "derived.signed.edtf", "events[e1]", "sources[pacom-2023-01-18]", "titles[ja]", "x.a")
    for path in (*inner, *[*SHORT_NAMES, *ask("show", SOSA)][::step]):
        assert run("why", SOSA, path).code == 0, path


# lineage


def tree(ask, *arguments: str) -> list[tuple[int, str | None, str | None]]:
    return [(row["depth"], row["relation"], row["ref"]) for row in ask("lineage", *arguments)["rows"]]


def test_lineage_of_the_samples(ask) -> None:
    assert tree(ask, MOU) == [
        (0, None, MOU),
        (1, "implements", "us-jp-rd-notes-2022"),
        (1, "concluded_under", "us-jp-rd-notes-2022"),
        (1, "updates", "us-jp-pcr-mou"),
        (1, "parent_of", "us-jp-gpi-pa-2024"),
    ]
    assert tree(ask, MDA) == [(0, None, MDA), (1, "amended_by", "us-uk-mda-amend-2004"), (1, "amended_by", AMENDMENT)]
    assert tree(ask, "ennpia-2021") == [
        (0, None, "ennpia-2021"),
        (1, "follows", "aukus-statement-2021"),
        (1, "superseded_by", "annpa-2024"),
    ]
    row = ask("lineage", "ennpia-2021")["rows"][2]
    assert (row["binding_status"], row["status"], row["parent"]) == ("binding", "in_force", "ennpia-2021")


def test_up_down_and_depth(ask, run) -> None:
    assert tree(ask, "us-jp-sma-2016", "--up") == [
        (0, None, "us-jp-sma-2016"),
        (1, "succeeds", "us-jp-sma-2011"),
        (2, "succeeds", "us-jp-sma-2008"),
    ]
    assert [ref for _, _, ref in tree(ask, "us-jp-sma-2016", "--down")[1:]] == [
        "us-jp-sma-protocol-2021",
        "us-jp-sma-2022",
    ]
    assert len(tree(ask, "us-jp-sma-2016", "--up", "--down")) == 5
    assert len(tree(ask, "us-jp-sma-2016", "--up", "--depth", "1")) == 2
    assert (
        "1 more relation beyond depth 1" in run("lineage", "us-jp-sma-2016", "--up", "--depth", "1", "-f", "table").out
    )
    assert len(tree(ask, "us-jp-sma-2016", "--depth", "0")) == 1


def test_the_tree_for_people(run, store: Path) -> None:
    lines = run("lineage", "us-jp-sma-2008", "-f", "table").out.splitlines()[3:]
    assert [line.split("  us-")[0].rstrip() for line in lines[1:5]] == [
        "└─ succeeded by",
        "   └─ succeeded by",
        "      ├─ extended by",
        "      └─ succeeded by",
    ]
    assert "in force" in lines[4]


def test_a_circle_over_different_types_is_walked_once_and_marked(ask, do, run) -> None:
    do("link", MDA, "supersedes", "us-uk-dop-2000")
    do("link", "us-uk-dop-2000", "updates", AMENDMENT)
    rows = ask("lineage", MDA)["rows"]
    assert [row["ref"] for row in rows if row["repeated"]]
    expanded = [row["ref"] for row in rows if not row["repeated"]]
    assert len(expanded) == len(set(expanded))
    assert "(again)" in run("lineage", MDA, "-f", "table").out
    do("link", "us-jp-sma-2008", "amends", "us-jp-sma-2011")
    both = [
        row["relation"]
        for row in ask("lineage", "us-jp-sma-2011", "--depth", "1")["rows"]
        if row["ref"] == "us-jp-sma-2008"
    ]
    assert sorted(both) == ["amended_by", "succeeds"]


def test_a_title_out_of_the_register_is_a_leaf_and_its_text_is_harmless(ask, do, run) -> None:
    do("link", MDA, "supersedes", "--title", "Evil \x1b[31m title")
    last = [row for row in ask("lineage", MDA, "--up")["rows"] if row["depth"]]
    assert [(row["ref"], row["title"], row["status"]) for row in last] == [(None, "Evil \x1b[31m title", None)]
    assert "\x1b" not in run("lineage", MDA, "-f", "table").out


def test_an_agreement_that_stands_alone_says_so(ask, run) -> None:
    assert len(ask("lineage", "us-nl-sosa")["rows"]) == 1
    assert "no relation of descent" in run("lineage", "us-nl-sosa", "-f", "table").out


def test_the_status_is_that_of_the_day_asked_for(ask) -> None:
    rows = ask("lineage", "us-jp-sma-2016", "--as-of", "2018-01-01")["rows"]
    assert [row["status"] for row in rows if row["ref"] == "us-jp-sma-2016"] == ["in_force"]
    assert [row["status"] for row in ask("lineage", "us-jp-sma-2016")["rows"] if not row["depth"]] == ["expired"]


@pytest.mark.parametrize("command", [("claims", MOU), ("conflicts",), ("why", MOU), ("lineage", MOU)])
def test_answers_have_the_shape_of_reports(ask, command: tuple[str, ...]) -> None:
    from jsonschema import Draft202012Validator

    from tracker.store.validation.document_schema import json_schema

    Draft202012Validator(json_schema("report")).validate(ask(*command))


def test_a_relation_to_nothing_is_refused(run, store: Path, tmp_path: Path) -> None:
    """One without a target and without a title said nothing, and was taken."""
    file = tmp_path / "ropes.json"
    relations = [{"type": "amends"}, {"type": "amends", "target_title": "Treaty on ropes"}]
    document = {"record": "agreement", "ref": "r", "title": "Protocol on ropes", "relations": relations}
    file.write_text(json.dumps(document))
    done = run("import", file)
    assert done.code == 1
    assert "relations[0]: names no agreement; set target, or target_title for one" in done.err
    assert run("import", file, "--skip-bad").code == 1
    kept = json.loads(run("show", "r", "--json").out)["relations"]
    assert [relation["target_title"] for relation in kept] == ["Treaty on ropes"]
