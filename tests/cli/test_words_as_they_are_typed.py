"""What people type is read as it is meant, asked about, or refused with the nearest: never something else."""

import json

import pytest
from running import Run

from tracker.record.vocabulary import EVIDENCE_KINDS, INSTRUMENT_TYPES, understood
from tracker.text import people


@pytest.fixture
def record(run: Run, ask):
    """Record an agreement of Japan, and give what was recorded."""

    def add(*options: object) -> dict:
        done = run("add", "Exchange of notes on radar", "--party", "JPN", "--signed", "1997", *options)
        assert done.code == 0, done.err
        return ask("show", done.out.strip())

    return add


@pytest.mark.parametrize("kind", EVIDENCE_KINDS)
def test_kinds_of_evidence_are_read_as_show_prints_them(kind: str):
    from tracker.work.typed import evidence

    for typed in (kind, kind.replace("_", " "), kind.replace("_", "-").upper(), f" {kind.capitalize()} "):
        item = evidence(f"{typed}: it says so: twice", "binding", [])
        assert (item["kind"], item["text"]) == (kind, "it says so: twice")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("party statment: it says so", "did you mean party_statement?"),
        ("treaty series: it says so", "did you mean treaty_series_publication?"),
        ("See the list: it says so", "what has a colon begins with its kind, such as 'analyst_inference: TEXT'"),
        ("https://a.example/x", "what has a colon begins with its kind"),
    ],
)
def test_a_kind_of_evidence_that_is_none_is_refused(run: Run, store, typed: str, said: str):
    """Recorded as an inference, a statement of a party would weigh nothing."""
    done = run("add", "A note", "--party", "JPN", "--binding", "binding", "--because", typed)
    assert (done.code, said in done.err) == (2, True), done.err


def test_what_has_no_colon_is_an_inference(record):
    (item,) = record("--binding", "binding", "--because", "it says so")["evidence"]
    assert (item["kind"], item["text"]) == ("analyst_inference", "it says so")


def test_writing_takes_the_words_that_reading_takes(record, ask, do):
    made = record("--type", "MOU", "--binding", "Non-binding", "--text-access", "not released", "--confidence", "High")
    ref = made["ref"]
    assert [made[key] for key in ("instrument_type", "binding_status", "text_access", "confidence")] == [
        *("memorandum_of_understanding", "non_binding", "not_released", "high")
    ]
    do("edit", ref, "--set", "type=acsa", "--set", "binding=not assessed", "--add", "note=Read again")
    made = ask("show", ref)
    assert (made["instrument_type"], made["notes"]) == ("acquisition_and_cross_servicing_agreement", ["Read again"])
    do("claim", ref, "binding", "Non-binding", "--source", "unsourced")
    assert ask("show", ref)["claims"][0]["value"] == "non_binding"
    do("event", ref, "entered into force", "1998")
    do("source", "add", "A list", "--kind", "Treaty series")
    do("family", "add", "Notes", "--type", "mou")
    do("party", "add", "A council", "--kind", "Sub-national")


@pytest.mark.parametrize("code", INSTRUMENT_TYPES)
def test_every_type_is_understood_with_hyphens_and_blanks(code: str):
    assert understood(code.replace("_", "-").title(), INSTRUMENT_TYPES) == code
    assert understood(code.replace("_", "  "), INSTRUMENT_TYPES) == code


def test_initials_of_several_types_are_not_guessed(run: Run, store):
    done = run("add", "A note", "--party", "JPN", "--type", "note")
    assert (done.code, "did you mean exchange_of_notes" in done.err) == (2, True)


NAMES = {
    "Austin, Lloyd J., Secretary of Defense": ("Lloyd J. Austin", "Secretary of Defense"),
    "HAMADA, Yasukazu, Minister of Defense": ("Yasukazu HAMADA", "Minister of Defense"),
    "van der Stoel, Max, Minister for Foreign Affairs": ("Max van der Stoel", "Minister for Foreign Affairs"),
    "Austin, Lloyd J.": ("Lloyd J. Austin", None),
    "Lloyd J. Austin III, Secretary of Defense": ("Lloyd J. Austin III", "Secretary of Defense"),
    "Lloyd J. Austin III, Secretary, Department of Defense": (
        "Lloyd J. Austin III",
        "Secretary, Department of Defense",
    ),
    "Austin, Secretary of Defense": ("Austin", "Secretary of Defense"),
    "Austin, Minister": ("Austin", "Minister"),
    "Martin Luther King, Jr., Envoy": ("Martin Luther King, Jr.", "Envoy"),
    "Hamada Yasukazu": ("Hamada Yasukazu", None),
    "?, Minister of Defence": ("?", "Minister of Defence"),
}


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_read_with_its_office_in_either_order(typed: str):
    assert people.read(typed) == (*NAMES[typed], False)


def test_a_second_word_that_may_be_either_is_asked_for(run: Run, store):
    done = run("add", "A note", "--party", "USA", "--signatory", "USA: Austin, Lloyd")
    assert (done.code, "is 'Lloyd' a given name or an office?" in done.err) == (2, True)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "typed", ["Lloyd Austin", "Loyd J. Austin III", "Austin, Lloyd J., Secretary of Defense", "L. J. Austin III"]
)
def test_a_signatory_near_a_known_person_is_asked_about(run: Run, store, ask, typed: str):
    """One slip makes two people of one, and nobody would see it."""
    line = ["add", "A note", "--party", "USA", "--signatory", f"USA: {typed}"]
    before = run("signatory", "list", "--json").out
    done = run(*line)
    assert (done.code, "Lloyd J. Austin III (lloyd-j-austin-iii) is" in done.err) == (1, True), done.err
    assert run("signatory", "list", "--json").out == before
    assert run(*line, "--yes").code == 0
    assert len(json.loads(run("signatory", "list", "--json").out)) == len(json.loads(before)) + 1


def test_a_known_person_and_a_stranger_are_not_asked_about(run: Run, store, record):
    made = record("--signatory", "USA: Austin III, Lloyd J., Secretary of Defense", "--signatory", "JPN: Aso Taro")
    assert [item["person"] for item in made["signatories"]] == ["lloyd-j-austin-iii", "aso-taro"]


def test_near_people_are_asked_about_wherever_somebody_is_recorded(run: Run, store, tmp_path):
    for line in (
        ["edit", "us-nl-sosa", "--add", "signatories=USA: Lloyd Austin"],
        ["edit", "family:sosa", "--add", "signatories=USA: Lloyd Austin"],
        ["signatory", "add", "Lloyd Austin"],
    ):
        done = run(*line)
        assert done.code == 1
        assert run(*line, "--yes").code == 0
        run("undo")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("title,signatories\nA note,USA: Lloyd Austin\n", encoding="utf-8")
    done = run("import", sheet)
    assert (done.code, "somebody new beside Lloyd J. Austin III" in done.err) == (0, True), done.err


def test_a_signatory_is_chosen_by_the_party_where_one_is_meant(run: Run, do, ask):
    do("edit", "us-jp-sosa-2023", "--set", "signatories[JPN].office=Minister")
    assert [item["office"] for item in ask("show", "us-jp-sosa-2023")["signatories"]] == [
        *("Secretary of Defense", "Minister")
    ]
    do("edit", "us-jp-sosa-2023", "--add", "signatories=JPN: Aso Taro")
    done = run("edit", "us-jp-sosa-2023", "--set", "signatories[JPN].office=Minister")
    assert (done.code, "2 items bear that name" in done.err) == (2, True)


def test_pages_show_the_ids_that_edit_takes(run: Run, do):
    page = run("show", "us-jp-sosa-2023", "-f", "table").out
    for path in ("signatories[s2].office", "events[e1].note", "evidence[v2].text", "claims[c2].note"):
        assert path.partition("[")[2].partition("]")[0] in page.split()
        do("edit", "us-jp-sosa-2023", "--set", f"{path}=Read again")


def test_writes_name_the_next_step(run: Run, store):
    for line, said in (
        (
            ["edit", "us-nl-sosa", "--set", "short_title=SOSA"],
            "see it with: tracker show us-nl-sosa; take it back with: ",
        ),
        (["edit", "family:sosa", "--set", "short_title=Supply", "--yes"], "see it with: tracker diff --change "),
        (["party", "edit", "JPN", "--set", "note=Read"], "see it with: tracker party show JPN; take it back with: "),
        (["remove", "us-nl-sosa"], "take it back with: tracker undo --change "),
        (["undo"], "undone with: tracker undo --change "),
    ):
        done = run(*line)
        assert (done.code, said in done.err) == (0, True), done.err
        for step in said.split("; "):
            assert step
    assert "take it back" not in run("edit", "us-jp-sosa-2023", "--set", "short_title=X", "--dry-run").err


@pytest.mark.parametrize("change", ["--add", "--set"])
def test_several_items_stand_between_semicolons_whether_set_or_added(record, ask, do, change: str):
    """``--add`` made one place of ``A; B``, of which ``--set`` made two."""
    ref = record()["ref"]
    do("edit", ref, change, "events[e1].places=Tokyo; Washington", change, "languages=en; ja")
    made = ask("show", ref)
    assert made["events"][0]["places"] == ["Tokyo", "Washington"]
    assert made["languages"] == ["en", "ja"]
    do("edit", ref, "--add", "parties=USA: Department of State; GBR")
    assert [party["code"] for party in ask("show", ref)["parties"]] == ["JPN", "USA", "GBR"]


def test_a_remark_or_title_that_is_added_keeps_its_semicolons(record, ask, do):
    ref = record()["ref"]
    do("edit", ref, "--add", "notes=Read twice; nothing found", "--add", "aliases=Radar notes; annexes")
    made = ask("show", ref)
    assert (made["notes"], made["aliases"]) == (["Read twice; nothing found"], ["Radar notes; annexes"])
