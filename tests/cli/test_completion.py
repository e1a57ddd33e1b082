"""What TAB is answered, without a shell; ``test_shells`` asks in real ones."""

import importlib.util
import sqlite3
import sys
from pathlib import Path

import pytest
from running import ROOT, Run

from tracker.read.lookup import completion as stored
from tracker.read.lookup import saved
from tracker.shell.completion import answering, table
from tracker.shell.program import COMMANDS

Words = list[str]


@pytest.fixture
def offered(home: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]):
    """Ask what completes a line, as zsh does: its words, the last one unfinished. Returns values with what they are."""

    def ask(*words: str, by: str = "zsh") -> dict[str, str]:
        monkeypatch.setenv(answering.VARIABLE, by)
        answering.answer(words if by == "bash" else ("tracker", *words))
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert err == b""
        lines = out.decode().splitlines()[1:]
        return {value: tells for value, _, tells in (line.partition("\t") for line in lines)}

    return ask


def test_the_table_is_of_today():
    """After a change of a command or an option: python docs/make_completion.py."""
    spec = importlib.util.spec_from_file_location("make_completion", ROOT / "docs" / "make_completion.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert Path(table.FILE).read_text(encoding="utf-8") == script.text(), "run: python docs/make_completion.py"


ROWS = [table._row(line) for line in table._lines()]

FREE = {
    *("--today", "--known-at", "--as-of", "--actor", "--signed", "--since", "--from", "--to", "--during", "--within"),
    *("--older-than", "--window", "--date", "--effective", "--accessed", "--exists-from", "--exists-until"),
    *("--limit", "--top", "--depth", "--at-least", "--keep", "--keep-days", "--template", "--jq", "--in-force"),
    *("--title", "--title-term", "--short-title", "--alias", "--place", "--identifier", "--note", "--open-question"),
    *("--extra", "--ref", "--word", "--provision", "--raw", "--locator", "--reason", "--code", "--id", "--description"),
    *("--url", "--archive-url", "--author", "--publisher", "--language", "--sha256", "--published"),
    "--accept",
}
"""Options whose values are dates, numbers and texts, of which nothing can be offered."""


def test_an_option_offers_its_values_or_is_known_to_have_none():
    assert {row.names[0] for row in ROWS if row.takes == table.NOTHING} == FREE | {table.ARGUMENT}


CONTEXT = {
    "value of the path": ["claim", "us-jp-sosa-2023", "binding"],
    "value of the setting": ["config", "set", "color"],
    "change": ["undo", "--change"],
    "saved query": ["query", "show"],
}
"""What stands before some values on the line."""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("takes", sorted({row.takes for row in ROWS} - {table.FLAG, table.NOTHING, "file"}))
def test_everything_that_the_table_names_is_offered(takes: str, offered, store: Path, run: Run):
    if takes.startswith("saved "):
        run("query", "save", "mine", "party:JPN")
        run("report", "funnel", "--save", "mine")
    row = next(row for row in ROWS if row.takes == takes)
    words = CONTEXT.get(takes)
    if words is None:
        before = (
            ["us-jp-sosa-2023"]
            if any(one.takes in ("ref", "ref or query") for one in ROWS if one.path == row.path)
            else []
        )
        is_first = row.takes in ("ref", "ref or query") and row.names == (table.ARGUMENT,)
        option = [row.names[0]] if row.names[0].startswith("-") else []
        words = [*row.path.split(), *([] if is_first else before), *option]
    assert offered(*words, ""), words


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("words", "value", "tells"),
    [
        (["sho"], "show", "Show agreements in full"),
        (["party", "al"], "alias", "Add other names"),
        (["list", "--par"], "--party", "Has this party"),
        (["list", "--tod"], "--today", "Take this day for today"),
        (["show", "US-JP-SOSA"], "us-jp-sosa-2023", "US-Japan SOSA (2023)"),
        (["list", "--party", "JP"], "JPN", "Japan"),
        (["list", "--party", "jp"], "JPN", "Japan"),
        (["list", "--party", "Jap"], "Japan", "JPN"),
        (["list", "--party=USA,JP"], "--party=USA,JPN", "Japan"),
        (["list", "party:USA,JP"], "party:USA,JPN", "Japan"),
        (["list", "party:New Zea"], 'party:"New Zealand"', "NZL"),
        (["list", "(status:in_fo"], "(status:in_force", "binds"),
        (["list", "-focus:tech"], "-focus:technology", ""),
        (["list", "-focus:tech", "bind"], "binding:", "binding status"),
        (["list", "party:JPN sig"], "party:JPN signed:", "date of the last signing act"),
        (["list", "--sort", "sign"], "signed", ""),
        (["list", "--columns", "ref,short"], "ref,short_title", "short title"),
        (["list", "--json=ref,short"], "--json=ref,short_title", "short title"),
        (["list", "-f", "mark"], "markdown", ""),
        (["party", "list", "--columns", "alia"], "aliases", "other names"),
        (["report", "fun"], "funnel", "how far agreements came"),
        (["report", "trend", "party:JP"], "party:JPN", "Japan"),
        (["compare", "bind"], "binding", "binding with non-binding"),
        (["compare", "binding", "party:JP"], "party:JPN", "Japan"),
        (["compare", "parties", "JPN", "AU"], "AUS", "Australia"),
        (["compare", "us-jp-sosa-2023", "us-kr-sosa"], "us-kr-sosa-2023", ""),
        (["event", "us-jp-sosa-2023", "entered"], "entered_into_force", ""),
        (["event", "us-jp-sosa-2023", "--edit", ""], "e1", "signed 2023-01-12"),
        (["link", "us-jp-sosa-2023", "impl"], "implements", ""),
        (["claim", "us-jp-sosa-2023", "events[e1].da"], "events[e1].date", "2023-01-12"),
        (["claim", "us-jp-sosa-2023", "binding", "non"], "non_binding", "a political commitment"),
        (["why", "us-jp-sosa-2023", "terms.dur"], "terms.duration.", ""),
        (["edit", "us-jp-sosa-2023", "--set", "confid"], "confidence=", ""),
        (["edit", "us-jp-sosa-2023", "--set", "confidence=hi"], "confidence=high", ""),
        (["edit", "us-jp-sosa-2023", "--set", "parties[JPN].ent"], "parties[JPN].entity=", "Ministry of Defense"),
        (["edit", "us-jp-sosa-2023", "--add", "families=so"], "families=sosa", ""),
        (["edit", "us-jp-sosa-2023", "--remove", "events[e"], "events[e1].", "signed 2023-01-12"),
        (["party", "edit", "JPN", "--set", "exists_f"], "exists_from=", ""),
        (["add", "A title", "--because", "party_s"], "party_statement: ", ""),
        (["eif", "us-jp-sosa-2023", "--what-if", "JP"], "JPN=", "Japan"),
        (["config", "get", "columns.l"], "columns.list", ""),
        (["config", "set", "home", "JP"], "JPN", "Japan"),
        (["config", "set", "sort.list", "sign"], "signed", ""),
        (["help", "party", "al"], "alias", ""),
        (["words", "bin"], "binding", ""),
        (["undo", "--change", ""], "1", "import"),
        (["import", "--from", "dc"], "dcad", ""),
        (["completion", "f"], "fish", ""),
        (["--store", "nowhere.db", "li"], "list", ""),
    ],
)
def test_what_is_offered(words: Words, value: str, tells: str, offered, store: Path):
    found = offered(*words)
    assert value in found, list(found)
    assert tells in found[value]


def test_an_option_that_was_given_is_offered_again_only_where_it_may_be(offered, store: Path):
    found = offered("list", "--party", "JPN", "--certain", "--")
    assert "--party" in found
    assert "--certain" not in found


def test_more_than_is_shown_has_no_more_in_common_than_all_have(offered, other_store: Path, run: Run, tmp_path: Path):
    """A shell puts in what all offers have in common; of refs a-000 to a-149 that is a- and not a-0."""
    lines = "".join(f'{{"record": "agreement", "ref": "a-{number:03}", "title": "T"}}\n' for number in range(150))
    (tmp_path / "many.ndjson").write_text(lines)
    assert run("--store", other_store, "import", tmp_path / "many.ndjson").code == 0
    found = list(offered("--store", str(other_store), "show", "a-"))
    assert len(found) == stored.MOST + 1
    assert (found[0], found[-1]) == ("a-000", "a-149")


@pytest.mark.parametrize(
    ("line", "replaced", "expected"),
    [
        ("tracker list party:JP", "JP", ["JPN"]),
        ("tracker list party:JP", "party:JP", ["party:JPN"]),
        ("tracker list --party=JP", "JP", ["JPN"]),
        ("tracker list --party New\\ Zea", "New\\ Zea", ["New\\ Zealand"]),
        ('tracker list --party "New Zea', "New Zea", ["New Zealand"]),
        ("tracker list 'party:New Zea", "party:New Zea", ['party:"New Zealand"']),
        ('tracker list party:"New Zea', "New Zea", ['\\"New Zealand\\""']),
        ("tracker list --party Guinea-B", "Guinea-B", ["Guinea-Bissau"]),
        ("tracker list --party Côte", "Côte", ["Côte\\ d\\'Ivoire"]),
        ("tracker list --party 'Côte", "Côte", ["Côte d'\\''Ivoire"]),
        ("tracker edit us-jp-sosa-2023 --set events[e1].dat", "events[e1].dat", ["events\\[e1\\].date="]),
        ("tracker 'sho", "sho", ["show"]),
    ],
)
def test_bash_is_given_what_takes_the_place_of_the_last_word(
    line: str, replaced: str, expected: Words, offered, store: Path
):
    """Where its word begins depends on COMP_WORDBREAKS: with and without the colon nothing typed is lost."""
    assert list(offered(line, replaced, by="bash")) == expected


def test_bash_lists_what_things_stand_for_as_wide_as_the_terminal(
    offered, store: Path, monkeypatch: pytest.MonkeyPatch
):
    line, replaced = "tracker show us-jp-so", "us-jp-so"
    assert list(offered(line, replaced, by="bash")) == ["us-jp-sofa-1960", "us-jp-sosa-2023"]
    monkeypatch.setenv("COMP_TYPE", "63")
    monkeypatch.setenv("COLUMNS", "40")
    listed = list(offered(line, replaced, by="bash"))
    assert listed[1] == "us-jp-sosa-2023  (US-Japan SOSA (2023))"
    assert max(map(len, listed)) <= 40


def test_a_blank_follows_only_what_is_finished(store: Path, home: Path, monkeypatch, capfdbinary):
    def kind(*words: str) -> str:
        monkeypatch.setenv(answering.VARIABLE, "fish")
        answering.answer(["tracker", *words])
        sys.stdout.flush()
        return capfdbinary.readouterr().out.decode().partition("\n")[0]

    assert kind("list", "par") == "open"
    assert kind("list", "party:JP") == "values"
    assert kind("list", "-o", "") == kind("import", "") == kind("--store", "") == "files"
    assert kind("show", "no-such") == ""


def test_texts_of_the_store_are_one_harmless_line(offered, other_store: Path, run: Run, tmp_path: Path):
    title = "Pact \\u001b[31m $(touch pwned) `id` \\u202e %F{red} [red] \\t x"
    (tmp_path / "evil.json").write_text(f'{{"record": "agreement", "ref": "a-1", "title": "{title}"}}')
    assert run("--store", other_store, "import", tmp_path / "evil.json").code == 0
    assert offered("--store", str(other_store), "show", "a") == {
        "a-1": "Pact  [31m $(touch pwned) `id`   %F{red} [red]   x"
    }


def absent(store: Path) -> None:
    store.unlink()


def newer(store: Path) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def damaged(store: Path) -> None:
    store.write_bytes(b"no database" * 1000)


@pytest.mark.parametrize("spoil", [absent, newer, damaged])
def test_a_store_that_cannot_be_read_is_passed_over(spoil, offered, store: Path):
    spoil(store)
    assert offered("show", "us") == offered("list", "--party", "J") == offered("list", "party:J") == {}
    assert "party:none" in offered("list", "party:")
    assert "title=" in offered("edit", "us-jp-sosa-2023", "--set", "tit")


def test_a_store_that_is_locked_is_passed_over(offered, other_store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tracker.shell.completion.store.SECONDS", 0.0)
    holder = sqlite3.connect(other_store, isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert offered("--store", str(other_store), "list", "--party", "J") == {}
    finally:
        holder.close()


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command", ""],
        ["list", "--no-such-option", "x", "--nor-this=y", "--", "nothing-so"],
        ["party", "no-such", ""],
        ["show", "us-jp-sosa-2023", "--json", "--as-of"],
        ["edit", "us-jp-sosa-2023", "--set", "no.such[path"],
        ["claim", "no-such-ref", "no path", ""],
        ["query", "show", "x"],
        ["--store", "postgres://x/y", "show", "u"],
        ["--config", "no-such-file", "show", "u"],
    ],
)
def test_a_broken_line_is_answered_with_nothing(words: Words, offered, store: Path):
    assert set(offered(*words)) <= {"--as-of"}


def test_a_script_of_another_make_is_answered_with_nothing(run_process: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(answering.VARIABLE, "complete_bash")
    assert run_process() == (0, "", "")


def test_saved_queries_are_offered_with_what_they_ask(offered, run: Run, store: Path):
    assert run("query", "save", "mine", "party:JPN not focus:cyber").code == 0
    assert offered("list", "@m") == {"@mine": "party:JPN not focus:cyber"}
    assert offered("query", "show", "m") == {"mine": "party:JPN not focus:cyber"}
    saved.QUERIES.place.write_text("= broken")
    assert offered("list", "@m") == {}


def test_saved_reports_are_offered_with_their_lines(offered, run: Run, store: Path):
    assert run("report", "funnel", "party:JPN", "--save", "mine").code == 0
    assert offered("report", "@m") == {"@mine": "funnel party:JPN"}
    assert offered("report", "funnel", "--save", "m") == {"mine": "funnel party:JPN"}
    assert "party:JPN" in offered("report", "@mine", "party:JP")


def test_every_command_is_offered(offered):
    assert list(offered("")) == list(COMMANDS)
