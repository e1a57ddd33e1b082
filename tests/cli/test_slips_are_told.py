"""A slip of the pen is refused or asked about, never recorded as something else."""

import json

import pytest
from running import Run

SOSA = "us-jp-sosa-2023"
PACOM = (
    "https://www.pacom.mil/Media/NEWS/News-Article-View/Article/3271173/"
    "dod-japan-mod-sign-technology-and-security-of-supply-arrangements"
)


@pytest.mark.parametrize(
    ("line", "leads_to"),
    [
        (["party", "add", "Japan", "--kind", "state"], "party JPN"),
        (["party", "add", "Japon", "--kind", "other", "--code", "other-japon"], "party JPN"),
        (["family", "add", "US Bilateral SOSAs"], "family sosa"),
        (["focus", "add", "Supply  chain", "--code", "chain"], "focus area supply_chain"),
        (["source", "add", "A release", "--url", PACOM], "source pacom-2023-01-18"),
    ],
)
def test_another_one_of_a_known_name_is_asked_about(run: Run, store, line: list[str], leads_to: str) -> None:
    """Recorded without a word, the name would be ambiguous from then on, wherever it is typed."""
    before = run("export").out
    done = run(*line)
    assert done.code == 1
    assert f"leads to {leads_to} already" in done.err
    assert "add --yes to record another one" in done.err
    assert run("export").out == before
    assert run(*line, "--yes").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            ["party", "add", "Board", "--kind", "organisation", "--member", "JPN: 2020..2019"],
            "member 'JPN: 2020..2019' ends before it begins: write 'JPN: 2019..2020'",
        ),
        (
            ["party", "add", "Board", "--kind", "organisation", "--exists-from", "2020", "--exists-until", "2019"],
            "exists_until: 2019 lies before exists_from, 2020",
        ),
        (["party", "edit", "NATO", "--set", "members[Finland].until=1900"], "members[FIN].until: 1900 lies before"),
        (["source", "add", "A reprint", "--reprint-of", "mirage-2023"], "did you mean mirage-2023-dod"),
        (["source", "edit", "mirage-2023-dod", "--set", "reprint_of=pacom-2023-01"], "did you mean pacom-2023-01-18"),
        (["source", "add", "A text", "--language", "english"], "'english' is no tag of a language"),
        (["edit", SOSA, "--add", "languages=Japanese"], "'Japanese' is no tag of a language"),
        (["edit", SOSA, "--set", "titles[japanese]=x"], "'japanese' is no tag of a language"),
        (
            ["edit", SOSA, "--add", "relations=supersedes"],
            "relation 'supersedes': to which agreement?",
        ),
        (["edit", SOSA, "--add", "depositaries=Swizerland"], "did you mean Switzerland (CHE)?"),
        (["edit", SOSA, "--add", "depositaries=Untied Nations"], "did you mean United Nations (org-un)?"),
        (["edit", SOSA, "--add", "events=ratifed 2024"], "did you mean ratified?"),
        (["edit", SOSA, "--add", "events=signed 01/02/2024"], "has two readings"),
        (["edit", SOSA, "--add", "evidence=press_report: it binds"], 'its keys: {"kind": ..., "supports": ...}'),
        (["edit", SOSA, "--set", "record=party"], "record: says of what kind the object is"),
        (["event", SOSA, "amended", "14/13/2023"], "'14/13/2023': there is no month 13"),
        (["event", SOSA, "amended", "31/02/2023"], "'31/02/2023' is no day of the calendar"),
    ],
)
def test_what_only_a_slip_says_is_refused(run: Run, store, line: list[str], said: str) -> None:
    before = run("export").out
    done = run(*line)
    assert (done.code, said in done.err) == (2, True), done.err
    assert run("export").out == before


@pytest.mark.parametrize("told", [{"languages": ["en", "english"]}, {"titles": {"english": "Note on radar"}}])
def test_a_file_names_languages_by_the_same_rule(run: Run, store, told: dict[str, object]) -> None:
    document = {"record": "agreement", "title": "Note on radar", "ref": "note-radar", **told}
    done = run("import", "-", "--from", "json", stdin=json.dumps(document))
    assert (done.code, "'english': expected a language tag of two or three letters" in done.err) == (1, True), done.err
    private = json.dumps({**document, "titles": {}, "languages": ["x-old", "zh-Hant", "haw"]})
    assert run("import", "-", "--from", "json", stdin=private).code == 0


def test_tags_of_languages_are_kept_in_one_writing(run: Run, store, ask) -> None:
    done = run("edit", SOSA, "--set", "languages=EN, Ja", "--add", "titles[JA]=取決め", "--add", "titles[zh-Hant]=x")
    assert done.code == 0, done.err
    record = ask("show", SOSA)
    assert (record["languages"], record["titles"]) == (["en", "ja"], {"ja": "取決め", "zh-Hant": "x"})


def test_what_a_time_may_be_is_no_slip(run: Run, store) -> None:
    done = run("party", "add", "Board", "--kind", "organisation", "--exists-from", "2020", "--exists-until", "2020-05")
    assert done.code == 0, done.err
    assert run("source", "add", "A reprint", "--reprint-of", "DoD release").code == 0


def test_a_query_with_a_field_that_no_query_has_is_not_saved(run: Run, store) -> None:
    """It was saved with exit code 0, and refused whenever it was used."""
    done = run("query", "save", "mine", "partty:JPN", "not", "focus:cyber")
    assert (done.code, "did you mean party" in done.err) == (2, True), done.err
    assert "^" in done.err
    assert "mine" not in run("query", "list").out
    assert run("query", "save", "mine", "party:Ruritania", "x.own:1", "@other").code == 0, "a store tells of values"


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("ratified Feb 2024", ("ratified", "2024-02")),
        ("entered into force 12 Jan 2024", ("entered_into_force", "2024-01-12")),
        ("Became-operative", ("became_operative", None)),
        ("amended unknown", ("amended", None)),
    ],
)
def test_an_event_that_is_added_is_read_as_event_reads_it(
    run: Run, store, ask, typed: str, event: tuple[str, str]
) -> None:
    assert run("edit", SOSA, "--add", f"events={typed}").code == 0
    added = ask("show", SOSA)["events"][-1]
    assert (added["kind"], added["date"]) == event


def test_a_depositary_that_is_no_party_keeps_its_name(run: Run, store, ask) -> None:
    for typed in ("Archives of the Ministry", '{"name": "Swizerland"}'):
        assert run("edit", SOSA, "--add", f"depositaries={typed}").code == 0
    assert [item["name"] for item in ask("show", SOSA)["depositaries"]] == ["Archives of the Ministry", "Swizerland"]


def test_a_signature_of_a_day_to_come_is_told_at_once(run: Run, store) -> None:
    """A year typed wrong was found by ``check`` alone."""
    today = ("--today", "2026-11-22")
    done = run(*today, "add", "Accord on tents", "--ref", "tents", "--party", "JPN", "--signed", "2032-01-12")
    assert (done.code, "tents: signed 2032-01-12 lies after 2026-11-22" in done.err) == (0, True), done.err
    assert "lies after" not in run(*today, "event", "tents", "entered_into_force", "2033").err, "it may be fixed ahead"
    assert "odd: ratified 2041 lies after 2026-11-22" in run(*today, "event", "tents", "ratified", "2041").err
    assert "lies after" not in run(*today, "edit", "tents", "--set", "short_title=Tents").err, "it was told before"
    assert "lies after" not in run(*today, "event", "us-nl-sosa", "ratified", "2026/2030").err, "it may have been"
