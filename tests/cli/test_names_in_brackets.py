"""What stands in the brackets of a path is a name like any other: known, asked about, or refused with the nearest."""

import json

import pytest
from running import Run

SOSA = "us-jp-sosa-2023"


@pytest.fixture
def claimed(run: Run, store):
    """Claim something of a path that is given as typed, and give the field that was recorded."""

    def claim(path: str, value: str = "true") -> str:
        done = run("claim", SOSA, path, value, "--source", "mirage-2023-dod")
        assert done.code == 0, done.err
        return json.loads(run("claims", SOSA, "--json").out)["rows"][-1]["field"]

    return claim


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("parties[Britain]", "parties[GBR]"),
        ("parties[gbr]", "parties[GBR]"),
        ("parties[Japan].entity", "parties[JPN].entity"),
        ("families[US bilateral SOSAs]", "families[sosa]"),
        ("focus_areas[Cyber]", "focus_areas[cyber]"),
        ("signatories[Hamada Yasukazu].office", "signatories[s2].office"),
        ("signatories[Japan].office", "signatories[s2].office"),
        ("relations[supersedes us-jp-pcr]", "relations[supersedes us-jp-pcr-mou]"),
        ("identifiers[Own series]", "identifiers[Own series]"),
        ("topic:place", "topic:place"),
    ],
)
def test_a_claim_is_about_what_a_name_in_brackets_means(claimed, typed: str, recorded: str):
    assert claimed(typed) == recorded


@pytest.mark.parametrize(
    ("typed", "said", "code"),
    [
        ("parties[Britan]", "unknown party 'Britan'; did you mean", 2),
        ("families[sossa]", "did you mean US bilateral SOSAs (sosa)?", 2),
        ("focus_areas[cyberr]", "did you mean Cyber (cyber)?", 2),
        ("sources[mirage]", "mirage-2023-dod", 2),
        ("relations[supersed us-jp-pcr-mou]", "did you mean supersedes or superseded_by?", 2),
        ("relations[supersedes us-jp-pcr-mu]", "did you mean us-jp-pcr-mou", 1),
        ("events[e9]", "events[e9] is not there; the record holds e1", 2),
        ("signatories[Germany].office", "signatories[Germany].office is not there; the record holds s1, s2", 2),
    ],
)
def test_a_name_in_brackets_that_nobody_bears_is_refused(run: Run, store, typed: str, said: str, code: int):
    """Recorded as it stands, the claim would be about nothing that anybody finds."""
    for done in (
        run("claim", SOSA, typed, "true", "--source", "mirage-2023-dod"),
        run("why", SOSA, typed),
        run("claims", SOSA, typed),
        run("edit", SOSA, "--remove", typed.removesuffix(".office")),
    ):
        assert done.code == code, done
        assert said.replace(".office", "") in done.err.replace(".office", "")
    assert len(json.loads(run("claims", SOSA, "--json").out)["rows"]) == 2


def test_why_finds_the_party_that_is_called_so(run: Run, store):
    """``nothing is recorded`` of a party that is there was an answer that is not so."""
    page = run("why", SOSA, "parties[Japan]").out
    assert "Ministry of Defense" in page
    assert "nothing is recorded" not in page


def test_edit_takes_the_names_too(run: Run, store, ask):
    done = run(
        *("edit", SOSA, "--set", "parties[Japan].entity=Cabinet Office", "--remove", "focus_areas=Supply chain"),
        *("--set", "signatories[Lloyd J. Austin III].note=left-handed"),
    )
    assert done.code == 0, done.err
    record = ask("show", SOSA)
    assert [party["entity"] for party in record["parties"]] == ["Department of Defense", "Cabinet Office"]
    assert record["focus_areas"] == ["defence_industry"]
    assert record["signatories"][0]["note"] == "left-handed"
    done = run("party", "edit", "NATO", "--remove", "members[Spain]")
    assert done.code == 0, done.err


def test_a_long_text_that_is_not_there_is_told_by_places(run: Run, store):
    done = run("edit", SOSA, "--remove", "notes[9]")
    assert (done.code, done.err) == (2, "tracker: notes[9] is not there; the record holds notes[0]\n")
    done = run("edit", SOSA, "--remove", "focus_areas=cyber")
    assert "focus_areas[cyber] is not there; the record holds defence_industry, supply_chain" in done.err


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("word in the title", "title_term"),
        ("also called", "aliases"),
        ("basis", "evidence"),
        ("date of the signature (e1)", "events[e1].date"),
        ("office of Hamada Yasukazu (s2)", "signatories[s2].office"),
        ("kind", "events.kind"),
    ],
)
def test_words_that_pages_print_lead_to_the_path(run: Run, store, printed: str, path: str):
    for done in (run("edit", SOSA, "--set", f"{printed}=x"), run("why", SOSA, printed)):
        assert done.code == 2
        assert path in done.err.partition("did you mean")[2]


def test_a_key_is_read_as_pages_print_it(run: Run, store, ask):
    done = run("edit", SOSA, "--set", "Text access=withheld", "--set", "events[e1].effective date=2023-02")
    assert done.code == 0, done.err
    record = ask("show", SOSA)
    assert (record["text_access"], record["events"][0]["effective_date"]) == ("withheld", "2023-02")


def test_what_a_claim_is_about_is_kept_as_the_path_is_written(run: Run, store, tmp_path, claimed):
    """A file says a path as it is kept; a person may say it as pages do. Nothing finds a claim on ``Text access``."""
    assert claimed("Text access", "public") == "text_access"
    assert claimed("events[e1].effective date", "2023-02") == "events[e1].effective_date"
    assert run("list", "claim:text_access", "--columns", "ref", "-f", "csv").out.split() == ["ref", SOSA]
    claim = {"field": "Text access", "value": "public", "sources": ["mirage-2023-dod"]}
    record = {"record": "agreement", "ref": "note-1", "title": "Note", "claims": [claim]}
    done = run("import", "-", stdin=json.dumps(record))
    assert done.code == 1
    assert "unknown path 'Text access'; did you mean text_access?" in done.err


def claiming(*fields: str) -> str:
    """A line of a file with claims on what the record itself does not hold."""
    claims = [{"field": field, "value": False, "sources": ["mirage-2023-dod"]} for field in fields]
    return json.dumps({"record": "agreement", "ref": "ropes", "title": "Arrangement on ropes", "claims": claims})


def kept(run: Run) -> list[str]:
    return [claim["field"] for claim in json.loads(run("show", "ropes", "--json").out)["claims"]]


def test_a_claim_of_a_file_is_about_what_its_name_means(run: Run, store, tmp_path):
    """``parties[Japan]`` was kept as it stood, and nobody who asked about Japan found it."""
    file = tmp_path / "ropes.ndjson"
    file.write_text(claiming("parties[Japan]", "parties[GBR]", "families[US bilateral SOSAs]", "focus_areas[Cyber]"))
    assert run("import", file).code == 0
    assert kept(run) == ["parties[JPN]", "parties[GBR]", "families[sosa]", "focus_areas[cyber]"]
    assert "nothing changed" in run("import", file).err


def test_a_claim_of_a_file_on_a_part_of_a_party_finds_it_by_its_name(run: Run, store, tmp_path):
    file = tmp_path / "ropes.json"
    record = json.loads(claiming("parties[Japan].entity"))
    record["parties"] = [{"code": "JPN", "entity": "Ministry of Defense"}]
    record["claims"][0]["value"] = "Cabinet Office"
    file.write_text(json.dumps(record))
    assert run("import", file).code == 0
    assert kept(run) == ["parties[JPN].entity"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("parties[Britan]", "unknown party 'Britan'; did you mean"),
        ("families[sossa]", "did you mean US bilateral SOSAs (sosa)?"),
        ("focus_areas[cyberr]", "did you mean Cyber (cyber)?"),
    ],
)
def test_a_claim_of_a_file_on_what_nobody_bears_is_refused(run: Run, store, tmp_path, field: str, said: str):
    file = tmp_path / "ropes.ndjson"
    file.write_text(claiming("parties[Japan]", field))
    done = run("import", file)
    assert done.code == 1
    assert said in done.err
    assert "ropes.ndjson, line 1" in done.err
    assert "claims[1].field" in done.err
    assert run("show", "ropes").code == 1, "nothing was kept"
    spared = run("import", file, "--skip-bad")
    assert spared.code == 1
    assert said in spared.err
    assert kept(run) == ["parties[JPN]"]


def test_what_a_file_brings_further_down_may_be_claimed_before(run: Run, store, tmp_path):
    """By its code or id; its name is known only once it is there."""
    file = tmp_path / "ropes.ndjson"
    family = json.dumps({"record": "family", "id": "ropes-and-nets", "name": "Ropes, nets"})
    file.write_text(f"{claiming('families[ropes-and-nets]')}\n{family}\n")
    assert run("import", file).code == 0
    assert kept(run) == ["families[ropes-and-nets]"]
    assert run("undo").code == 0
    file.write_text(f"{claiming('families[Ropes, nets]')}\n{family}\n")
    done = run("import", file)
    assert done.code == 1
    assert "write families[ropes-and-nets]" in done.err


def test_an_export_of_one_brings_what_claims_on_it_are_about(run: Run, store, claimed, tmp_path):
    """The family would not be there where the export is imported, and the claim about nothing."""
    assert run("family", "add", "Ropes", "--id", "ropes").code == 0
    assert run("party", "add", "Joint Logistics Board", "--kind", "organisation").code == 0
    assert claimed("families[Ropes]") == "families[ropes]"
    board = "parties[org-joint-logistics-board Secretariat]"
    assert claimed(board) == board
    part = tmp_path / "part.ndjson"
    assert run("export", f"ref:{SOSA}", "-o", part).code == 0
    assert run("--store", tmp_path / "fresh.db", "import", part).code == 0


@pytest.mark.parametrize("command", [("list", f"ref:{SOSA}"), ("search", "security", f"ref:{SOSA}"), ("show", SOSA)])
def test_a_column_of_a_party_is_found_by_its_name(run: Run, store, command: tuple[str, ...]):
    """The column was empty, as if the ministry were not recorded; its head and key stay as they were typed."""
    path = "parties[Japan].entity"
    assert run(*command, "--columns", path, "-f", "csv").out.splitlines() == [path, "Ministry of Defense"]
    found = json.loads(run(*command, "--columns", path, "--json").out)
    assert found in ([{path: "Ministry of Defense"}], {path: "Ministry of Defense"})
    done = run(*command, "--columns", "parties[Japn].entity")
    assert (done.code, done.out) == (2, "")
    assert "unknown party 'Japn'; did you mean Japan (JPN)" in done.err


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("families[US bilateral SOSAs].note", ""),
        ("signatories[Japan].office", "Minister of Defense"),
        ("signatories[s2].office", "Minister of Defense"),
        ("parties[1].entity", "Ministry of Defense"),
        ("parties[JPN Ministry of Defense].entity", "Ministry of Defense"),
        ("relations[0].type", "signed_together_with"),
    ],
)
def test_a_column_of_an_item_takes_all_that_a_path_takes(run: Run, store, path: str, cell: str):
    assert run("list", f"ref:{SOSA}", "--columns", f"ref,{path}", "-f", "csv").out.splitlines() == [
        f"ref,{path}",
        f"{SOSA},{cell}",
    ]
