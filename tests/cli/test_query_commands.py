"""Queries on the command line: terms among options, saved queries, --explain, bulk edit and remove."""

import json
from pathlib import Path

import pytest
from running import Run

from tracker import commands
from tracker.shell import arguments as front


def refs(run: Run, *arguments: str) -> list[str]:
    code, out, err = run("list", *arguments, "--json")
    assert code == 0, err
    return [record["ref"] for record in json.loads(out)]


def test_a_leading_hyphen_is_a_term_and_never_an_option(run: Run, store: Path):
    """``-focus:...`` would be ``-f ocus:...``, ``-party:...`` an unknown option."""
    assert refs(run, "party:JPN", "-focus:technology") == refs(run, "party:JPN", "not", "focus:technology")
    assert refs(run, "-party:JPN,USA", "--signed", "2015..") == refs(run, "not party:JPN,USA signed:2015..")
    after = run("list", "--json", "--", "-party:JPN").out
    assert [record["ref"] for record in json.loads(after)] == refs(run, "-party:JPN")
    assert refs(run, "-x.owner:me") == refs(run)


def test_the_same_query_everywhere(run: Run, store: Path):
    """A list, an export, a report, a comparison and what is due speak of the same agreements."""
    query = ["family:sosa", "-signed:2023"]
    found = refs(run, *query)
    assert found
    exported = run("export", *query).out.splitlines()
    kept = {
        json.loads(line).get("ref") for line in exported if '"record": "agreement"' in line or '"agreement"' in line
    }
    assert set(found) <= kept
    compared = json.loads(run("compare", "binding", *query, "--json").out)
    assert compared["rows"][-1]["total"] == len(found)
    assert compared["filters"] == {"family": ["sosa"], "query": "not signed:2023-01-01..2023-12-31"}
    assert json.loads(run("report", "overview", *query, "--json").out)["filters"] == compared["filters"]
    for command in (["due"], ["gaps"], ["conflicts"]):
        assert json.loads(run(*command, *query, "--json").out)["filters"]["family"] == ["sosa"]


def test_every_command_with_a_query_takes_a_term_with_a_hyphen():
    """A command that takes a query and is not named where terms are told from options would read -p arty:USA."""
    folder = Path(commands.__file__).parent
    asking = {file.stem.rstrip("_") for file in folder.glob("*.py") if "query_argument(" in file.read_text("utf-8")}
    assert asking <= set(front.QUERIED)


def test_due_takes_refs_or_a_query(run: Run, store: Path):
    by_ref = json.loads(run("due", "jp-kr-gsomia-2016", "--json").out)["rows"]
    assert by_ref
    assert json.loads(run("due", "ref:jp-kr-gsomia-2016", "--json").out)["rows"] == by_ref


def test_partner_is_asked_of_the_parties_of_the_query(run: Run, store: Path):
    """--by partner needs to know whose: a term tells it as well as an option."""
    by_term = run("compare", "binding", "party:USA", "--by", "partner", "--json").out
    assert by_term == run("compare", "binding", "--party", "USA", "--by", "partner", "--json").out


def test_an_own_field_that_no_record_has_is_said(run: Run, store: Path):
    assert run("edit", "us-jp-sosa-2023", "--set", "extra.owner=Me").code == 0
    assert refs(run, "x.owner:me") == ["us-jp-sosa-2023"]
    code, out, err = run("list", "x.ownr:me")
    assert (code, out.count("\n")) == (0, 1)
    assert "no record has x.ownr; did you mean x.owner?" in err


def test_own_fields_are_compared_as_text_and_as_numbers(run: Run, store: Path):
    for ref, pages in (("us-jp-sosa-2023", "9"), ("us-jp-rdte-mou-2023", "12")):
        assert run("edit", ref, "--set", f"extra.pages={pages}", "--set", f"extra.until=20{pages}-05-01").code == 0
    assert refs(run, "x.pages:9..11") == ["us-jp-sosa-2023"]
    assert refs(run, "x.pages:10..") == ["us-jp-rdte-mou-2023"]
    assert refs(run, "x.pages:any") == ["us-jp-rdte-mou-2023", "us-jp-sosa-2023"]
    assert refs(run, "x.until:2012..2013") == ["us-jp-rdte-mou-2023"]
    assert refs(run, "x.until:2012*") == ["us-jp-rdte-mou-2023"]
    assert len(refs(run, "x.pages:none")) == len(refs(run)) - 2
    assert refs(run, "x.pages:*") == refs(run, "x.pages:-..") == refs(run, "x.pages:any")


def test_a_number_is_not_its_negative(run: Run, store: Path):
    for ref, balance in (("us-jp-sosa-2023", "5"), ("us-jp-rdte-mou-2023", "-5"), ("us-uk-sosa-2017", "5 %")):
        assert run("edit", ref, "--set", f"extra.balance={balance}").code == 0
    assert refs(run, "x.balance:5") == ["us-jp-sosa-2023", "us-uk-sosa-2017"]
    assert refs(run, "x.balance:5..5") == refs(run, "x.balance:5")
    assert "us-jp-sosa-2023" not in refs(run, "x.balance:-5")
    assert "us-jp-rdte-mou-2023" in refs(run, "x.balance:-5")
    assert "us-jp-rdte-mou-2023" in refs(run, "-x.balance:5")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("word", "meant"),
    [("party=JPN", "party:JPN"), ("signed>=2020", "signed:2020.."), ("x.pages<9", "x.pages:..9")],
)
def test_a_word_that_was_meant_as_a_term_is_refused(run: Run, store: Path, word: str, meant: str):
    """As a text it would find nothing, which looks like an answer."""
    code, out, err = run("list", "type:treaty", word)
    assert (code, out) == (2, "")
    assert f"write {meant} " in err
    assert f"  type:treaty {word}\n{' ' * 14}^" in err
    assert refs(run, f'"{word}"') == []
    assert run("list", "e=mc2").code == 0


def test_a_ref_among_words_is_told(run: Run, store: Path):
    """A list looks for words in titles; a ref that is typed there finds nothing, and is said to be one."""
    code, _, err = run("report", "overview", "us-jp-sosa-2023", "--json")
    assert code == 0
    assert "the agreement is ref:us-jp-sosa-2023" in err
    assert "the agreement is ref:" not in run("list", "us-jp-sosa-2024").err
    assert run("list", "supply").err == ""


def test_explain_shows_the_sql_and_the_plan(run: Run, store: Path):
    code, out, _ = run("list", "party:JPN", "signed:2023", "--explain", "-f", "csv")
    assert code == 0
    assert "query,,party:JPN signed:2023-01-01..2023-12-31" in out
    assert "participations AS c" in out
    assert "SEARCH t USING" in out
    people = run("list", "party:JPN", "--explain", "-f", "table").out
    assert "SQL over the published views" in people
    assert ":b0 = 'JPN'" in people


def test_saved_queries(run: Run, store: Path, home: Path):
    """Kept in the folder of the settings, not in the store; used everywhere as @name."""
    before = store.read_bytes()
    code, out, err = run("query", "save", "mine", "party:JPN", "-focus:technology")
    assert (code, out) == (0, "")
    assert "tracker list @mine" in err
    assert store.read_bytes() == before
    assert (
        (home / ".config" / "tracker" / "queries.toml")
        .read_text()
        .endswith('mine = "party:JPN not focus:technology"\n')
    )
    assert refs(run, "@mine", "signed:2023") == refs(run, "party:JPN", "-focus:technology", "signed:2023")
    assert run("query", "list", "-f", "tsv").out == "name\tquery\nmine\tparty:JPN not focus:technology\n"
    assert run("query", "show", "@mine").out == "party:JPN not focus:technology\n"
    again = run("query", "save", "mine", 'party:"Korea, Rep."')
    assert "it was: party:JPN not focus:technology" in again.err
    assert refs(run, "@mine") == refs(run, "party:KOR")
    assert run("query", "save", "bad", "party:").code == 2
    assert run("query", "remove", "mine").code == 0
    assert run("query", "remove", "mine").code == 1
    assert "no saved query @mine" in run("list", "@mine").err


def test_a_bulk_edit_is_one_change_and_asks(run: Run, store: Path):
    query = ["family:sosa", "signed:2023"]
    found = refs(run, *query)
    asked = run("edit", *query, "--set", "extra.owner=me")
    assert asked.code == 1
    assert f"this would change {len(found)} agreements" in asked.err
    assert f"{found[0]}: extra.owner: (nothing) -> me" in asked.err
    assert refs(run, "x.owner:me") == []
    tried = run("edit", *query, "--set", "extra.owner=me", "--dry-run")
    assert tried.out.split() == found
    assert f"would be changed: {len(found)} of {len(found)} agreements" in tried.err
    assert refs(run, "x.owner:any") == []
    done = run("edit", *query, "--set", "extra.owner=me", "--yes")
    assert (done.code, done.out.split()) == (0, found)
    assert refs(run, "x.owner:me") == found
    assert run("edit", *query, "--set", "extra.owner=me", "-y").out == ""
    assert run("undo", "--yes").code == 0
    assert refs(run, "x.owner:me") == []


def test_a_bulk_edit_is_all_or_nothing_and_names_the_record(run: Run, store: Path):
    done = run("edit", "party:JPN", "--remove", "identifiers[TIAS]", "-y")
    assert done.code == 2
    assert done.err.startswith("tracker: ")
    assert refs(run, "party:JPN identifier:TIAS")
    nothing = run("edit", "party:JPN signed:1800", "--set", "extra.a=1")
    assert (nothing.code, nothing.out) == (0, "")


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "arguments",
    [
        ["edit", "japan", "--set", "extra.a=1"],
        ["edit", "us-jp-sosa-2023", "us-jp-rdte-mou-2023", "--set", "extra.a=1"],
        ["edit", "party:JPN", "--yes"],
        ["edit", "party:JPN", "us-jp-sosa-2023", "--set", "extra.a=1", "-y"],
        ["remove", "japan", "-y"],
        ["remove", "family:sosa", "us-jp-rdte-mou-2023", "-y"],
        ["remove", "family:sosa"],
        ["remove", "family:sossa", "-y"],
        ["remove", "", "-y"],
        ["remove", " ", "-y"],
        ["remove", "us-jp-sosa-2023", "", "-y"],
        ["remove", "family:sosa", "", "-y"],
        ["edit", "", "--set", "extra.a=1", "-y"],
    ],
)
def test_what_is_neither_ref_nor_term_changes_nothing(run: Run, store: Path, arguments: list[str]):
    before = run("export").out
    assert run(*arguments).code in (1, 2)
    assert run("export").out == before


def test_a_bulk_removal(run: Run, store: Path):
    found = refs(run, "family:sosa signed:2023-02..2023-03")
    assert len(found) > 1
    asked = run("remove", "family:sosa", "signed:2023-02..2023-03")
    assert asked.code == 1
    assert f"this would remove {len(found)} agreements, 1 of them only possibly: {found[0]}" in asked.err
    done = run("remove", "family:sosa", "signed:2023-02..2023-03", "--yes")
    assert (done.code, done.out.split()) == (0, found)
    assert refs(run, "family:sosa signed:2023-02..2023-03") == []
    assert run("remove", "family:sosa", "signed:2023-02..2023-03", "--yes").code == 0
