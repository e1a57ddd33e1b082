"""What the program says of itself: every example of every command's help is run, and every way that it names leads."""

import importlib
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, Run

from tracker.shell import helping
from tracker.shell.options import Command
from tracker.shell.program import COMMANDS, Entry

Words = tuple[str, ...]


def leaves(table: dict[str, Entry], before: Words = ()) -> Iterator[tuple[Words, Entry]]:
    for name, entry in table.items():
        if entry.table:
            yield from leaves(entry.table, (*before, name))
        else:
            yield (*before, name), entry


ALL = dict(leaves(COMMANDS))


def told(words: Words) -> helping.Told:
    """What the docstring of a command says."""
    module, _, name = ALL[words].target.partition(":")
    command = getattr(importlib.import_module(f"tracker.commands.{module}"), name)
    return helping.told((command.function if isinstance(command, Command) else command).__doc__)


EXAMPLES = [(words, example) for words in ALL for example in told(words).examples]


@pytest.mark.sampled(9)
@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_begins_with_examples_and_ends_with_where_to_read_on(words: Words, run: Run) -> None:
    help_ = run(*words, "--help").out
    paragraphs = help_.split("\n\n")
    assert paragraphs[2].startswith(f"Examples:\n  tracker {' '.join(words)}")
    assert paragraphs[-1].startswith("Read on: ")
    assert run("help", *words).out == help_


def test_pages_are_printed_by_their_names(run: Run) -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    for name in ("docs/queries.md", "queries.md", "queries"):
        assert run("help", name).out == page
    assert run("help", "README.md").out == (ROOT / "README.md").read_text(encoding="utf-8")
    assert run("help", "store").out.startswith("Usage: tracker store")
    assert run("help", "docs/store.md").out.startswith("# ")
    unknown = run("help", "docs/nothing.md")
    assert unknown.code == 1
    assert "the pages are README.md, docs/" in unknown.err


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_where_to_read_on_is_a_command(words: Words) -> None:
    read_on = helping.leading(told(words).read_on)
    for name in re.findall(r"\S+\.md", read_on):
        assert f"tracker help {name}" in read_on
        assert helping.manual(name)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_what_is_to_be_read_on_is_there(words: Words) -> None:
    for place in told(words).read_on.replace(",", ";").split(";"):
        named = [word for word in place.split() if word.endswith(".md")]
        assert all((ROOT / name).is_file() for name in named)
        if "tracker help" in place:
            called = tuple(place.split("tracker help ")[1].split()[:2])
            assert called in ALL or called[:1] in ALL or COMMANDS[called[0]].table


@pytest.mark.parametrize(
    ("words", "columns"), [(("add",), 80), (("add",), 60), (("event",), 80), (("link",), 80)], ids=str
)
def test_values_stand_whole_before_the_options(
    words: Words, columns: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    help_ = run("help", *words).out
    values = help_[help_.index("\nValues:\n") : help_.index("\nOptions:\n")]
    for listed in told(words).values.values():
        for word in helping.words_of(listed):
            assert f"{word}," in values or f"{word}\n" in values
    assert help_.index("Examples:") < help_.index("Values:")


BEFORE: dict[str, list[str]] = {
    "query list": ["query save mine party:JPN"],
    "query show": ["query save mine party:JPN"],
    "query remove": ["query save mine party:JPN"],
    "party merge": ['party add "Joint Logistics Board" --kind organisation --code org-jlb'],
    "signatory merge": ['signatory add "Shinzo Abe" --yes --id shinzo-abe'],
    "family merge": ['family add "Arrangements on supply" --id supply'],
    "focus merge": ['focus add "Quantum" --code quantum --parent technology'],
    "source merge": ['source add "Al Jazeera, 18 May 2023" --id al-jazeera'],
    "import": ["export -o register.ndjson", "list --columns ref,title -o sheet.csv", "list -o treaties.csv"],
    "propose": ["party list -f markdown -o article.txt", "party list -o treaty.html"],
    "store restore": ["store backup copy.db"],
    "attach": ["show us-jp-sosa-2023 -o scan.pdf -f html", "list -o release.html", "list -o notes.txt"],
    "open": ["list -o notes.txt", "attach us-jp-sosa-2023 notes.txt"],
    "undo": ["edit us-jp-sosa-2023 --set confidence=medium"],
}
"""What has to be there before the examples of a command can be run."""

ENDS = {"tracker check": 1, "tracker add": 2, "tracker config edit": 2}
"""Examples that end otherwise: the samples have faults; ``add`` and an editor need somebody to ask."""


@pytest.fixture
def own_store(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of the samples that may be changed, in a folder of its own."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    shutil.copy(store, "register.db")
    monkeypatch.setenv("TRACKER_STORE", "register.db")
    monkeypatch.setenv("NO_COLOR", "1")
    return folder


def test_every_command_has_examples() -> None:
    assert {words for words, _ in EXAMPLES} == set(ALL)


@pytest.mark.sampled(10)
@pytest.mark.parametrize(("words", "example"), EXAMPLES, ids=[example[:60] for _, example in EXAMPLES])
def test_every_example_of_the_help_runs(words: Words, example: str, run: Run, own_store: Path) -> None:
    name = " ".join(words)
    for line in BEFORE.get(name, []):
        assert run(*shlex.split(line)).code == 0, line
    program, *arguments = shlex.split(example.replace("\\\n", " "))
    assert program == "tracker"
    done = run(*arguments)
    assert done.code in (0, ENDS.get(example, 0)), done.err


def test_the_examples_of_the_whole_program_run(run: Run, own_store: Path) -> None:
    help_ = run("--help").out
    for example in helping.EXAMPLES:
        assert f"  {example}\n" in help_
        assert run(*shlex.split(example)[1:]).code == 0


def test_commands_stand_in_groups_and_each_in_one(run: Run) -> None:
    help_ = run("help").out
    assert help_ == run("--help").out
    places = [help_.index(f"\n{heading}:\n") for heading in (*helping.GROUPS, helping.OTHERS, "Options")]
    assert places == sorted(places)
    named = [name for names in helping.GROUPS.values() for name in names]
    assert len(named) == len(set(named))
    assert set(named) <= set(COMMANDS)


def test_the_help_of_a_group_shows_an_example_of_each_of_its_commands(run: Run) -> None:
    help_ = run("party", "--help").out
    assert help_.split("\n\n")[2].startswith("Examples:\n  tracker party list\n  tracker party show JPN\n")
    assert run("help", "party").out == help_


@pytest.mark.parametrize("state", ["absent", "filled", "broken"])
def test_the_program_alone_fits_one_screen_and_says_what_to_do_next(
    state: str, run: Run, home: Path, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_STORE", raising=False)
    if state == "filled":
        shutil.copy(sample_store, tmp_path / "register.db")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("TRACKER_STORE", "register.db")
    if state == "broken":
        monkeypatch.setenv("TRACKER_STORE", "absent.db")
    code, out, err = run()
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) <= 24
    assert all(len(line) <= 80 for line in lines if str(home) not in line)
    expected = {
        "absent": "Next: tracker demo, or tracker add",
        "filled": "register.db holds 82 agreements.\nNext: tracker list",
        "broken": "The store: ",
    }
    assert expected[state] in out
    for line, _ in helping.SCREEN:
        assert line.split()[1] in COMMANDS
    assert list(home.iterdir()) == []


TRIED = ("delete", "new", "count", "history", "copy", "rm", "ls", "find", "view", "update")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("word", TRIED)
def test_words_that_people_try_lead_to_the_command(word: str, run: Run) -> None:
    code, out, err = run(word, "something")
    assert (code, out) == (2, "")
    assert err.startswith(f"tracker: no such command: {word!r}; ")
    meant = helping.TRIED[word].split()[0]
    assert f"tracker {meant}" in err
    assert meant in COMMANDS
    assert run("help", word).err == err


def test_each_word_that_is_tried_leads_to_a_command_and_is_none(run: Run) -> None:
    for word, meant in helping.TRIED.items():
        assert word not in COMMANDS
        name, _, below = meant.partition(" ")
        entry: Any = COMMANDS[name]
        assert not below or below.startswith("-") or not entry.table or below in entry.table


def test_in_a_group_they_lead_to_its_own_commands(run: Run, home: Path) -> None:
    assert run("party", "new").err == "tracker: no such command: 'new'; use tracker party add\n"
    assert run("party", "view").err == "tracker: no such command: 'view'; use tracker party show\n"
    assert run("party", "delete").err.startswith("tracker: no such command: 'delete'; the commands are list, ")


def test_help_of_what_is_not_there_says_so(run: Run) -> None:
    assert run("help", "lst").err == "tracker: no such command: 'lst'; did you mean list?\n"
    assert run("help", "lst").code == 2


def test_the_width_of_the_help_is_that_of_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "60")
    described = [line for line in run("help", "add").out.splitlines() if not line.startswith("  tracker ")]
    assert max(map(len, described)) <= 80
