"""Where nothing is found, what lies near is said; where a claim stands against the record, that is a conflict."""

import json

import pytest
from running import Run


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["list", "--binding", "contested"], "views that differ (views:differ): 2"),
        (["list", "JPN"], "did you mean party:JPN? It finds 42"),
        (["list", "Japn"], "did you mean Japan (JPN)"),
        (["list", "sosa", "signed:2031"], "without signed:2031-01-01..2031-12-31: 19"),
        (["list", "party:JPN", "party:FJI"], "without party:FJI: 42"),
        (["list", "--status", "suspended"], "status:in_force: "),
        (["list", "party:FJI"], "party:any, whatever it is: 81"),
        (["list", "signed:2031", "--certain"], "nothing found for signed:2031-01-01..2031-12-31 certain"),
        (["search", "Kiribatian"], "nothing found for "),
        (["report", "overview", "JPN"], "did you mean party:JPN? It finds 42"),
        (["compare", "binding", "JPN"], "did you mean party:JPN? It finds 42"),
        (["export", "JPN"], "did you mean party:JPN? It finds 42"),
        (["conflicts", "JPN"], "did you mean party:JPN? It finds 42"),
        (["due", "party:FJI"], "nothing found for party:FJI; the register holds 82 agreements"),
        (["check", "party:FJI"], "nothing found for party:FJI"),
        (["gaps", "party:FJI"], "nothing found for party:FJI"),
    ],
)
def test_what_lies_near_is_said(run: Run, store, line: list[str], said: str):
    done = run(*line)
    assert (done.code, said in done.err) == (0, True), done.err
    assert run("--quiet", *line).err == ""


def test_an_answer_of_something_says_nothing_of_it(run: Run, store):
    assert run("list", "party:JPN").err == ""
    assert json.loads(run("list", "JPN", "--json").out) == []


def test_a_claim_against_the_value_of_the_field_is_a_conflict(run: Run, ask, do):
    """One claim alone differs from nothing but the record."""
    ref = run(
        "add", "Exchange of notes on radar", "--party", "JPN", "--title-term", "Notes", "--signed", "1997"
    ).out.strip()
    before = ask("conflicts")["rows"]
    do("claim", ref, "title_term", "Arrangement", "--source", "unsourced")
    do("claim", ref, "signed", "1998", "--source", "unsourced")
    do("claim", ref, "short_title", "Radar notes", "--source", "unsourced")  # the record says nothing of it
    rows = [row for row in ask("conflicts")["rows"] if row["ref"] == ref]
    assert [(row["field"], row["value"], row["claim"], row["adopted"], row["open"]) for row in rows] == [
        ("title_term", "Notes", None, False, True),
        ("title_term", "Arrangement", "c1", False, True),
        ("events[e1].date", "1997", None, False, True),
        ("events[e1].date", "1998", "c2", False, True),
    ]
    assert len(ask("conflicts")["rows"]) == len(before) + 4
    assert ref in [record["ref"] for record in ask("list", "conflict:open")]
    assert ref in [record["ref"] for record in ask("list", "conflict:title_term")]
    do("claim", ref, "title_term", "Arrangement", "--adopt")
    do("claim", ref, "signed", "1997", "--source", "unsourced", "--adopt")
    left = {(row["field"], row["value"], row["adopted"]) for row in ask("conflicts")["rows"] if row["ref"] == ref}
    assert left == {("events[e1].date", "1997", True), ("events[e1].date", "1998", False)}


def test_a_claim_of_a_party_that_the_record_has_not_is_a_conflict(run: Run, ask, do):
    ref = run("add", "Exchange of notes on radar", "--party", "JPN").out.strip()
    do("claim", ref, "parties[FRA]", "true", "--source", "unsourced")
    rows = [row for row in ask("conflicts")["rows"] if row["ref"] == ref]
    assert [(row["value"], row["claim"]) for row in rows] == [("false", None), ("true", "c1")]


def test_a_member_whose_membership_is_in_doubt_is_named(run: Run, do):
    do("party", "add", "A league", "--kind", "organisation", "--code", "org-league",
       "--member", "JPN: 1950..", "--member", "FJI: 1950..2026?", "--member", "NLD: 2026?..")  # fmt: skip
    page = run("report", "missing", "--among", "org-league", "-f", "table").out
    assert "not certainly members on the day: Fiji (FJI), " in page
    assert "(NLD)" in page


def test_what_lies_near_is_not_looked_for_longer_than_it_is_worth(run: Run, store, monkeypatch):
    """In a large register a hint could take longer than the answer."""
    from tracker.read.file import connection
    from tracker.read.query import near

    monkeypatch.setattr(near, "COUNTED", 3)
    assert "status:in_force: more than 3" in run("list", "--status", "suspended").err
    monkeypatch.setattr(connection, "COUNTED_STEPS", 100)
    monkeypatch.setattr(near, "STEPS", 100)
    done = run("list", "--status", "suspended")
    assert (done.code, done.err.splitlines()) == (
        0,
        ["nothing found for status:suspended; the register holds 82 agreements"],
    )


def test_an_answer_of_something_is_not_asked_again(run: Run, store, monkeypatch):
    from tracker.read.query import near

    monkeypatch.setattr(near, "Selection", None)
    assert run("list", "party:JPN").err == ""
    assert run("search", "supply").err == ""
    assert run("list", "party:JPN", "--limit", "0").code != 0  # nobody has gone through the answer


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["due", "--kind", "survival"], "left out: 1 (a term is recorded, no day to count it from)"),
        (["gaps", "--from", "announced", "--to", "signed", "--open"], "left out: 82 (announced: not recorded)"),
        (["check", "--rule", "retroactive_entry"], "0 errors, 0 warnings, 0 notes; 0 agreements concerned"),
        (["conflicts", "ref:att-2013"], "looked at 1 agreement for ref:att-2013; as of 2026-11-22"),
    ],
)
def test_rows_that_are_none_say_why_beside_them(run: Run, store: object, line: list[str], said: str) -> None:
    for form in ("tsv", "csv"):
        done = run(*line, "-f", form)
        assert done.code == 0
        assert len(done.out.splitlines()) == 1
        assert said in done.err.splitlines()
    assert run("--quiet", *line, "-f", "tsv").err == ""
    assert run(*line, "--json").err == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["list", "Secrity"], 'did you mean "security"? It finds '),
        (["list", 'title:"Secrity of Supply"'], 'did you mean title:"security of supply"? It finds 18'),
        (["search", "austn"], 'did you mean "austin"? It finds 3'),
        (["search", "secrity", "suply"], 'did you mean "supply"? It finds '),
        (["list", "place:Tokio"], 'did you mean place:"tokyo"? It finds 10'),
        (["list", "word:Arangement"], "did you mean word:Arrangement? It finds 14"),
        (["list", 'identifier:"TAIS 99"'], "did you mean identifier:TIAS? It finds 6"),
        (["edit", "party:FJI", "--set", "x.a=1", "--yes"], "nothing found for party:FJI; the register holds 82"),
        (["edit", "word:Arangement", "--set", "x.a=1"], "did you mean word:Arrangement? It finds 14"),
        (["remove", "party:FJI", "--dry-run"], "nothing found for party:FJI; the register holds 82"),
    ],
)
def test_the_words_of_the_register_that_are_near_are_said(run: Run, store, line: list[str], said: str):
    """A slip of the pen in a word found nothing, and only parties were offered for it."""
    done = run(*line)
    assert (done.code, said in done.err) == (0, True), done.err
    assert len(json.loads(run("log", "--json").out)["rows"]) == 1, "nothing was changed"


def test_a_value_of_an_own_field_that_is_near_is_said(run: Run, do):
    do("edit", "us-jp-sosa-2023", "--set", "x.desk=Tokyo")
    assert 'did you mean x.desk:"tokyo"? It finds 1' in run("list", "x.desk:Tokio").err


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        (["list", "under:bindin"], "no agreement 'bindin'; did you mean binding", 2),
        (["list", "conflict:opn"], "did you mean open?", 2),
        (["list", "claim:parties[Japn]"], "did you mean Japan (JPN)?", 2),
        (["list", "type:sossa"], "did you mean security_of_supply_arrangement?", 2),
        (["add", "Notes", "--type", "gsoma"], "did you mean general_security_of_military_information_agreement?", 2),
        (["list", "signatory:Austn"], "did you mean Lloyd J. Austin III (lloyd-j-austin-iii)?", 2),
        (["list", "event:tabled"], "did you mean domestic_step?", 2),
        (["event", "us-jp-sosa-2023", "promulgated", "2023"], "did you mean domestic_step?", 2),
        (["words", "tabled"], "did you mean domestic_step?", 2),
        (["store", "restore", "nosuch.backup"], "there is no backup at nosuch.backup", 3),
    ],
)
def test_a_wrong_word_is_refused_with_the_one_that_is_meant(run: Run, store, line: list[str], said: str, code: int):
    done = run(*line)
    assert (done.code, said in done.err) == (code, True), done.err
