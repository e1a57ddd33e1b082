"""Parties, people, families, focus areas and sources: edited by path, given other names, joined without loss."""

import json
import shlex
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from running import TODAY, called

REF = "us-jp-sosa-2023"


@pytest.fixture
def shown(run, store: Path):
    """An object, or an agreement, as JSON."""

    def show(*arguments: str) -> dict[str, Any]:
        done = run(*arguments, "--json")
        assert done.code == 0, done.err
        return dict(json.loads(done.out))

    return show


@pytest.fixture
def done(run, store: Path):
    """Run a command that has to succeed, and return what it said."""

    def start(*arguments: object) -> str:
        outcome = run(*arguments)
        assert outcome.code == 0, outcome.err
        return str(outcome.err)

    return start


BODIES = (
    'party add "Sea Council" --kind organisation --alias SeaCo --member "JPN: 1999..2010" --note A.',
    'party add "Council of the Seas" --kind organisation --member "JPN: 2012.." --note B.',
    'party add "Union of Seas" --kind organisation --member org-sea-council --member "org-council-of-the-seas: 2001.."',
    'party add "Old Sea League" --kind organisation --successor org-sea-council',
    "import -",
)


@pytest.fixture(scope="module")
def bodies_file(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two entries of one organisation, which refer to each other and to which all refers that can."""
    record = {
        "ref": "sea-pact-2020",
        "title": "Sea Pact",
        "parties": [{"code": "org-sea-council", "entity": "Secretariat"}, {"code": "JPN"}],
        "evidence": [{"kind": "party_statement", "supports": "binding", "party": "org-sea-council"}],
        "binding_views": [{"party": "org-sea-council", "value": "binding", "evidence": ["v1"]}],
        "signatories": [{"person": {"name": "Ada Sea"}, "party": "org-sea-council"}],
        "events": [{"kind": "ratified", "date": "2020", "parties": ["org-sea-council", "JPN"]}],
        "terms": {"entry_into_force": {"condition": "named_states", "parties": ["JPN", "org-sea-council"]}},
        "claims": [
            {"field": "parties[org-sea-council].entity", "value": "Secretariat", "adopted": True},
            {"field": "events[e1].parties", "value": ["org-sea-council", "JPN"], "adopted": True},
            {"field": "signed", "value": "2019"},
            {"field": "parties[org-sea-council Board]", "value": False},
            {"field": "topic:headquarters", "value": "org-sea-council"},
        ],
    }
    record["evidence"][0]["id"] = "v1"
    record["events"][0]["id"] = "e1"
    store = Path(shutil.copy(sample_store, tmp_path_factory.mktemp("bodies") / "register.db"))
    for line in BODIES:
        front = ("--no-config", "--store", str(store), "--today", TODAY, "--actor", "tester")
        code, _, err = called([*front, *shlex.split(line)], json.dumps(record).encode())
        assert code == 0, err.decode()
    return store


@pytest.fixture
def bodies(bodies_file: Path, store: Path) -> None:
    """Put that store in the place of the test's own."""
    shutil.copy(bodies_file, store)


SEA, SEAS = "org-sea-council", "org-council-of-the-seas"


def dump(store: Path) -> str:
    with sqlite3.connect(store) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name != "change"}
    connection.close()
    return json.dumps(held, default=str)


# merge


def test_a_merged_party_is_replaced_everywhere(done, shown, store, bodies) -> None:
    """Participations, evidence, views, signatories, events, terms, claims, members, successors: no trace is left."""
    told = done("party", "merge", SEA, SEAS)
    record = shown("show", "sea-pact-2020")
    assert [(item["code"], item["entity"]) for item in record["parties"]] == [(SEAS, "Secretariat"), ("JPN", None)]
    assert (
        record["evidence"][0]["party"]
        == record["binding_views"][0]["party"]
        == record["signatories"][0]["party"]
        == SEAS
    )
    assert record["events"][0]["parties"] == [SEAS, "JPN"]
    assert record["terms"]["entry_into_force"]["parties"] == ["JPN", SEAS]
    assert [(item["field"], item["value"], item["adopted"]) for item in record["claims"]] == [
        (f"parties[{SEAS}].entity", "Secretariat", True),
        ("events[e1].parties", [SEAS, "JPN"], True),
        ("signed", "2019", False),
        (f"parties[{SEAS} Board]", False, False),
        ("topic:headquarters", SEA, False),
    ]
    assert [item["code"] for item in shown("party", "show", "Union of Seas")["members"]] == [SEAS, SEAS]
    assert shown("party", "show", "Old Sea League")["successors"] == [SEAS]
    assert "moved 9 references" in told
    assert "in 1 agreement: sea-pact-2020" in told
    assert "party org-old-sea-league" in told
    assert "party org-union-of-seas" in told


def test_a_merged_party_is_found_by_its_names_and_its_code(done, shown, bodies) -> None:
    done("party", "merge", SEA, SEAS)
    kept = shown("party", "show", SEAS)
    assert kept["aliases"] == ["Sea Council", "SeaCo", SEA]
    for name in ("sea council", "SEACO", SEA):
        assert shown("party", "show", name)["code"] == SEAS


def test_a_merged_party_brings_its_members_and_its_note(done, shown, bodies) -> None:
    done("party", "merge", SEA, SEAS)
    kept = shown("party", "show", SEAS)
    assert [(item["from"], item["until"]) for item in kept["members"]] == [("2012", None), ("1999", "2010")]
    assert kept["note"] == "B.\nA."


def test_parties_of_one_agreement_that_say_the_same_become_one(done, shown, bodies) -> None:
    done("edit", "sea-pact-2020", "--add", f"parties={SEAS}: Secretariat")
    told = done("party", "merge", SEA, SEAS)
    assert [item["code"] for item in shown("show", "sea-pact-2020")["parties"]] == [SEAS, "JPN"]
    assert f"sea-pact-2020 parties[{SEAS}]: both were parties (Secretariat) and are one now" in told


def test_parties_of_one_agreement_with_two_entities_stay_two(done, shown, bodies) -> None:
    done("edit", "sea-pact-2020", "--add", f"parties={SEAS}: Board")
    done("party", "merge", SEA, SEAS)
    record = shown("show", "sea-pact-2020")
    assert [item["entity"] for item in record["parties"]] == ["Secretariat", None, "Board"]
    assert record["claims"][0]["field"] == f"parties[{SEAS} Secretariat].entity"


def test_parties_whose_stated_roles_contradict_are_not_merged(run, done, store, bodies) -> None:
    done("edit", "sea-pact-2020", "--add", f'parties={{"code": "{SEAS}", "entity": "Secretariat", "role": "observer"}}')
    done("edit", "sea-pact-2020", "--set", f"parties[{SEA}].role=party")
    before = dump(store)
    outcome = run("party", "merge", SEA, SEAS)
    assert outcome.code == 1
    assert f"sea-pact-2020 parties[{SEAS}]" in outcome.err
    assert "one as party, the other as observer" in outcome.err
    assert dump(store) == before


@pytest.mark.parametrize(("group", "gone", "kept"), [("party", "JPN", "KOR"), ("focus", "cyber", "space")])
def test_what_is_built_in_is_never_removed(run, done, group, gone, kept, store) -> None:
    """Also where somebody has changed it, after which it travels in exports as the user's own."""
    assert "built in" in run(group, "merge", gone, kept).err
    done(group, "edit", gone, "--set", "note=Changed")
    outcome = run(group, "merge", gone, kept)
    assert outcome.code == 1
    assert "built in" in outcome.err


def test_a_built_in_party_may_take_another_in(done, shown, bodies) -> None:
    done("party", "merge", SEA, "JPN")
    record = shown("show", "sea-pact-2020")
    assert [(item["code"], item["entity"]) for item in record["parties"]] == [("JPN", "Secretariat"), ("JPN", None)]
    assert record["events"][0]["parties"] == ["JPN"]
    assert shown("party", "show", "Sea Council")["code"] == "JPN"


def test_nothing_is_merged_with_itself(run, done) -> None:
    assert run("signatory", "merge", "ash-carter", "Ash Carter").code == 2


def test_merged_people_keep_every_signature_and_both_names(done, shown) -> None:
    done("add", "Note", "--ref", "note-2024", "--signatory", "JPN: Yasukazu Hamada-Sato, Minister", "--yes")
    told = done("signatory", "merge", "yasukazu-hamada-sato", "hamada-yasukazu")
    assert shown("show", "note-2024")["signatories"][0]["person"] == "hamada-yasukazu"
    assert "Yasukazu Hamada-Sato" in shown("signatory", "show", "hamada-yasukazu")["aliases"]
    assert shown("signatory", "show", "Hamada-Sato Yasukazu")["id"] == "hamada-yasukazu"
    assert "moved 1 reference (signatories 1) in 1 agreement: note-2024" in told


def test_a_merged_source_is_replaced_wherever_it_is_cited(done, shown, store) -> None:
    """Citations of the record, of items and of claims, sources of families, and reprints."""
    gone, kept = "pacom-2023-01-18", "mirage-2023-dod"
    done("family", "edit", "sosa", "--add", f"sources={gone}")
    done("source", "add", "Reprint", "--id", "reprint", "--reprint-of", gone)
    before = shown("show", REF)
    assert {gone, kept} <= {item["source"] for item in before["sources"]}
    told = done("source", "merge", gone, kept)
    after = shown("show", REF)
    assert gone not in json.dumps(after)
    assert after["claims"][0]["sources"] == [kept]
    assert after["evidence"][1]["sources"] == [kept]
    assert len(after["sources"]) == len(before["sources"]) - 1
    assert gone not in shown("family", "show", "sosa")["sources"]
    assert kept in shown("family", "show", "sosa")["sources"]
    assert shown("source", "show", "reprint")["reprint_of"] == kept
    assert "family sosa, source reprint" in told
    assert f"{REF} sources[{kept}]: both were cited and are one now" in told
    assert "left behind: title" in told
    assert gone not in json.dumps(
        {
            name: rows
            for name, rows in json.loads(dump(store)).items()
            if name not in ("retired_id", "change") and not name.endswith("_past")
        }
    )


def test_a_source_takes_over_what_it_lacked(done, shown) -> None:
    done("source", "add", "Seen twice", "--id", "first")
    done(
        "source",
        "add",
        "Seen twice",
        "--id",
        "second",
        "--url",
        "https://example.org/2",
        "--kind",
        "news",
        "--note",
        "N",
    )
    told = done("source", "merge", "second", "first")
    kept = shown("source", "show", "first")
    assert (kept["url"], kept["kind"], kept["note"]) == ("https://example.org/2", "news", "N")
    assert "first took over url, kind" in told


def test_merged_families_join_memberships_with_their_notes_and_sources(done, shown) -> None:
    done(
        "family", "add", "SOSAs of the US", "--id", "us-sosas", "--source", "defensescoop-2023-01-18", "--note", "Mine"
    )
    item = '{"family": "us-sosas", "note": "also here", "sources": ["pacom-2023-01-18"]}'
    done("edit", REF, "--add", f"families={item}")
    told = done("family", "merge", "us-sosas", "sosa")
    (membership,) = shown("show", REF)["families"]
    assert membership["family"] == "sosa"
    assert "also here" in membership["note"]
    assert membership["sources"] == ["insidedef-2024-germany", "pacom-2023-01-18"]
    family = shown("family", "show", "sosa")
    assert "defensescoop-2023-01-18" in family["sources"]
    assert "Mine" in family["notes"]
    assert f"{REF} families[sosa]: it was in both and is in one now" in told


def test_merged_focus_areas_take_agreements_and_children_along(done, shown) -> None:
    done("focus", "add", "Sea drones", "--code", "sea_drones")
    done("focus", "add", "Small sea drones", "--code", "small_sea_drones", "--parent", "sea_drones")
    done("edit", REF, "--add", "focus_areas=sea_drones")
    done("focus", "merge", "sea_drones", "cyber")
    assert "cyber" in shown("show", REF)["focus_areas"]
    assert "sea_drones" not in shown("show", REF)["focus_areas"]
    assert shown("focus", "show", "small_sea_drones")["parent"] == "cyber"


def test_a_focus_area_merged_into_one_below_it_leaves_its_place_to_it(done, shown) -> None:
    done("focus", "add", "Top", "--code", "top", "--parent", "cyber")
    done("focus", "add", "Middle", "--code", "middle", "--parent", "top")
    done("focus", "add", "Bottom", "--code", "bottom", "--parent", "middle")
    done("focus", "merge", "top", "bottom")
    assert shown("focus", "show", "bottom")["parent"] == "cyber"
    assert shown("focus", "show", "middle")["parent"] == "bottom"


def test_a_merge_is_one_change_and_a_dry_run_none(run, done, store, bodies) -> None:
    before = dump(store)
    outcome = run("party", "merge", SEA, SEAS, "--dry-run")
    assert outcome.code == 0
    assert "moved 9 references" in outcome.err
    assert "nothing was changed" in outcome.err
    assert dump(store) == before
    with sqlite3.connect(store) as connection:
        number = connection.execute("SELECT count(*) FROM change").fetchone()[0]
        done("party", "merge", SEA, SEAS)
        assert connection.execute("SELECT count(*) FROM change").fetchone()[0] == number + 1
    connection.close()


def test_after_a_merge_the_register_still_exports_and_imports(done, bodies, tmp_path) -> None:
    done("party", "merge", SEA, SEAS)
    first, second = tmp_path / "first.ndjson", tmp_path / "second.ndjson"
    done("export", "-o", first)
    done("--store", tmp_path / "copy.db", "import", first)
    done("--store", tmp_path / "copy.db", "export", "-o", second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.sampled(5)
@pytest.mark.parametrize("group", ["party", "focus", "family", "signatory", "source"])
def test_whom_nobody_knows_cannot_be_merged(run, store, group) -> None:
    outcome = run(group, "merge", "nobody at all", "nothing at all")
    assert outcome.code == 2
    assert "unknown" in outcome.err


# alias


def test_an_alias_is_found(done, shown, store) -> None:
    done("party", "alias", "JPN", "Nihon koku", "Land of the Rising Sun")
    assert shown("party", "show", "nihon KOKU")["code"] == "JPN"
    done("signatory", "alias", "ash-carter", "Ashton B. Carter")
    assert shown("signatory", "show", "Carter Ashton B.")["id"] == "ash-carter"


@pytest.mark.parametrize(
    ("group", "name", "alias"),
    [("party", "JPN", "South Korea"), ("party", "JPN", "usa"), ("signatory", "ash-carter", "Blinken Antony")],
)
def test_an_alias_that_leads_to_somebody_else_is_refused(run, store, group, name, alias) -> None:
    before = dump(store)
    outcome = run(group, "alias", name, "Perfectly new", alias)
    assert outcome.code == 1
    assert "leads to" in outcome.err
    assert f"tracker {group} merge" in outcome.err
    assert dump(store) == before


def test_an_alias_that_is_there_is_not_written_again(run, store) -> None:
    before = dump(store)
    outcome = run("party", "alias", "JPN", "japan")
    assert outcome.code == 0
    assert "already" in outcome.err
    assert dump(store) == before


def test_an_alias_without_letters_is_refused(run, store) -> None:
    assert run("party", "alias", "JPN", "--", "---").code == 2


def test_a_new_person_with_the_name_of_another_is_taken_and_warned_of(run, store) -> None:
    outcome = run("signatory", "add", "Carter, Ash", "--id", "ash-carter-2")
    assert outcome.code == 0
    assert "leads to ash-carter-2 and ash-carter" in outcome.err


# edit by path


EDITS = [
    (
        "party",
        "Japan",
        ["--set", "names[ja]=日本", "--set", "exists_from=1952"],
        {"names": {"ja": "日本"}, "exists_from": "1952"},
    ),
    ("party", "JPN", ["--add", "aliases=Nihonkoku", "--add", "successors=Korea, Rep."], {"successors": ["KOR"]}),
    ("focus", "cyber", ["--set", "parent=space", "--set", "note=Moved"], {"parent": "space", "note": "Moved"}),
    (
        "family",
        "sosa",
        ["--set", "notes=one; two", "--set", "instrument_type=arrangement"],
        {"notes": ["one", "two"], "instrument_type": "arrangement"},
    ),
    ("family", "sosa", ["--remove", "sources", "--add", "sources=pacom-2023-01-18"], {"sources": ["pacom-2023-01-18"]}),
    (
        "signatory",
        "Ash Carter",
        ["--add", "aliases=Ashton Carter", "--set", "note="],
        {"aliases": ["Ashton Carter"], "note": None},
    ),
    (
        "source",
        "pacom-2023-01-18",
        ["--set", "date=18 Jan 2023", "--set", "language=en"],
        {"date": "2023-01-18", "language": "en"},
    ),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("group", "name", "arguments", "wanted"), EDITS)
def test_fields_are_set_by_their_paths(done, shown, group, name, arguments, wanted) -> None:
    done(group, "edit", name, *arguments)
    found = shown(group, "show", name)
    for key, value in wanted.items():
        held = {lang: found[key][lang] for lang in value} if isinstance(value, dict) else found[key]
        assert held == value


def test_a_spell_of_membership_is_added_and_ended(done, shown, bodies) -> None:
    done("party", "edit", SEA, "--add", "members=KOR: 2001-05..", "--set", "members[KOR].until=2020-01-31")
    assert shown("party", "show", SEA)["members"][1] == {"code": "KOR", "from": "2001-05", "until": "2020-01-31"}


REFUSED = [
    (["party", "edit", "JPN", "--set", "code=NIP"], "permanent"),
    (["party", "edit", "JPN", "--set", "kind=stat"], "did you mean state"),
    (["party", "edit", "JPN", "--set", "nam=x"], "did you mean name"),
    (["focus", "edit", "cyber", "--set", "parent=cyber"], "closes a circle: cyber under cyber"),
    (["focus", "edit", "cyber", "--set", "parent=nowhere at all"], "unknown focus area"),
    (["source", "edit", "pacom-2023-01-18", "--set", "date=01/02/2023"], "01/02/2023"),
    (["source", "edit", "pacom-2023-01-18", "--set", "title="], "title"),
    (["family", "edit", "sosa", "--add", "sources=no such source"], "unknown source"),
    (["signatory", "edit", "ash-carter", "--set", "nothing"], "expected PATH=VALUE"),
    (["party", "add", "X", "--kind", "organisation", "--member", "JPN: 1999"], "expected 'PARTY: FROM..UNTIL'"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(run, store, arguments, message) -> None:
    before = dump(store)
    outcome = run(*arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert dump(store) == before


def test_an_edit_that_makes_a_name_lead_to_two_parties_is_warned_of(run, store) -> None:
    outcome = run("party", "edit", "JPN", "--add", "aliases=South Korea")
    assert outcome.code == 0
    assert "'South Korea' leads to JPN and KOR" in outcome.err


# add and show


def test_a_family_is_added_with_its_sources(done, shown, store) -> None:
    done("family", "add", "New family", "--source", "pacom-2023-01-18", "--source", "https://example.org/list")
    assert shown("family", "show", "new-family")["sources"] == ["pacom-2023-01-18", "example-org-list"]


def test_a_party_is_added_with_its_time_and_members(done, shown, store) -> None:
    done(
        "party",
        "add",
        "Sea Pact Body",
        "--kind",
        "organisation",
        "--exists-from",
        "Jan 1950",
        "--exists-until",
        "1999~",
        "--member",
        "Japan: 1950..1960-05",
        "--member",
        "KOR",
    )
    found = shown("party", "show", "org-sea-pact-body")
    assert (found["exists_from"], found["exists_until"]) == ("1950-01", "1999~")
    assert found["members"] == [
        {"code": "JPN", "from": "1950", "until": "1960-05"},
        {"code": "KOR", "from": None, "until": None},
    ]


def test_the_page_of_an_organisation_lists_its_members_in_time(run, store) -> None:
    """By the day on which each joined; whether it is one today; the last day belongs to the membership."""
    page = run("--today", "2020-01-31", "party", "show", "EU", "-f", "markdown").out
    assert "## Members (28 on 2020-01-31)" in page
    assert page.index("| FRA |") < page.index("| GBR |") < page.index("| HRV |")
    assert "| GBR | United Kingdom | 1973-01-01 | 2020-01-31 | yes |" in page
    later = run("--today", "2020-02-01", "party", "show", "EU", "-f", "markdown").out
    assert "## Members (27 on 2020-02-01)" in later


def test_the_page_of_a_state_lists_what_it_is_a_member_of(run, store) -> None:
    page = run("party", "show", "GBR", "-f", "markdown").out
    assert "## Member of" in page
    assert "| org-eu | European Union | 1973-01-01 | 2020-01-31 | no |" in page


def test_a_membership_whose_dates_leave_it_open_is_possible(run, done, bodies) -> None:
    page = run("--today", "2010-05-05", "party", "show", SEA, "-f", "markdown").out
    assert "| JPN | Japan | 1999 | 2010 | possibly |" in page


@pytest.mark.parametrize(("code", "given"), [("JPN", 'successors=["JPN"]'), ("NATO", 'members=[{"code":"org-nato"}]')])
def test_a_party_is_neither_its_own_successor_nor_its_own_member(run, store: Path, code: str, given: str) -> None:
    refused = run("party", "edit", code, "--set", given)
    assert refused.code == 2
    assert f"{given.partition('=')[0]}: names the party itself; leave it out" in refused.err
