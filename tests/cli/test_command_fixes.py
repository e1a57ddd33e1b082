"""What commands promise where more than one of them runs, where the register is new, and where names are hard."""

import json
import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from running import ROOT

REF = "us-jp-sosa-2023"
LONG = "Report of the committee on the arrangements between the two departments and what became of each " * 3


@pytest.fixture
def on_terminal(home: Path, store: Path):
    """Start the program with a terminal of its own to ask on; yields the process and the terminal's other end."""

    @contextmanager
    def start(*arguments: object) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
        controller, terminal = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", *map(str, arguments)],
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            yield process, controller
        finally:
            process.kill()
            process.communicate()
            os.close(terminal)
            os.close(controller)

    return start


def said(process: "subprocess.Popen[bytes]", until: str) -> str:
    """Read what the program says until it has said so much, ten seconds at most."""
    assert process.stderr is not None
    text, end = b"", time.monotonic() + 10
    while until.encode() not in text and time.monotonic() < end:
        if select.select([process.stderr], [], [], 0.1)[0]:
            text += os.read(process.stderr.fileno(), 4096)
    assert until in text.decode()
    return text.decode()


# remove


def test_others_can_write_while_a_removal_is_asked_about(on_terminal, run, store) -> None:
    run("add", "First", "--ref", "first-2020")
    run("add", "Second", "--ref", "second-2020")
    with on_terminal("remove", "first-2020", "second-2020") as (process, controller):
        said(process, "Remove 2 agreements")
        other = sqlite3.connect(store, isolation_level=None, timeout=0)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()
        os.write(controller, b"y\n")
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, b"first-2020\nsecond-2020\n"), err


def test_only_what_was_asked_about_is_removed(on_terminal, run, store) -> None:
    """A beginning may lead to another agreement after the question than before it."""
    run("add", "First", "--ref", "first-2020")
    run("add", "Second", "--ref", "second-2020")
    with on_terminal("remove", "first", "second") as (process, controller):
        said(process, "Remove 2 agreements")
        assert run("remove", "second-2020").code == 0
        assert run("add", "Another", "--ref", "second-2021").code == 0
        os.write(controller, b"y\n")
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert b"changed meanwhile" in err
    assert run("show", "first-2020").code == run("show", "second-2021").code == 0


def test_a_removal_that_nobody_can_be_asked_about_is_declined(run, store) -> None:
    outcome = run("remove", REF, "us-jp-rdte-mou-2023")
    assert outcome.code == 1
    assert "--yes" in outcome.err
    assert run("show", REF).code == 0


# a fresh machine


@pytest.mark.parametrize(
    ("arguments", "show", "key", "wanted"),
    [
        (
            ["party", "add", "Club", "--kind", "organisation", "--member", "Japan", "--successor", "Hollanda"],
            ["party", "show", "org-club"],
            "members",
            [{"code": "JPN", "from": None, "until": None}],
        ),
        (["focus", "add", "Tariffs", "--parent", "Cyber"], ["focus", "show", "tariffs"], "parent", "cyber"),
        (
            ["family", "add", "Kin", "--source", "https://example.org/kin"],
            ["family", "show", "kin"],
            "sources",
            ["example-org-kin"],
        ),
    ],
)
def test_names_are_looked_up_in_the_store_that_the_first_write_makes(run, arguments, show, key, wanted) -> None:
    outcome = run(*arguments)
    if "Hollanda" in arguments:
        assert outcome.code == 2, "Hollanda is nobody's name yet"
        assert "unknown party 'Hollanda'" in outcome.err
        outcome = run(*arguments[:-2])
    assert outcome.code == 0, outcome.err
    assert json.loads(run(*show, "--json").out)[key] == wanted


def test_the_parent_of_a_new_focus_area_may_be_named_by_its_label(run, store) -> None:
    assert run("focus", "add", "Sea drones", "--parent", "No such area at all").code == 2
    assert run("focus", "add", "Sea drones", "--parent", "CYBER").code == 0


# the editor


def keeps(home: Path) -> Path:
    (file,) = (home / ".local/state/tracker/refused").glob("*")
    return file


@pytest.mark.parametrize("by", ["the key", "the end of input"])
def test_giving_up_by_an_interrupt_names_the_kept_text(on_terminal, home, monkeypatch, tmp_path, by) -> None:
    monkeypatch.setenv("EDITOR", f"sh {tmp_path / 'pen.sh'}")
    (tmp_path / "pen.sh").write_text('echo \'{"titel": "x"}\' > "$1"\n')
    with on_terminal("edit", REF) as (process, controller):
        said(process, "Edit again?")
        if by == "the key":
            process.send_signal(signal.SIGINT)
        else:
            os.write(controller, b"\x04")
        _, err = process.communicate(timeout=20)
    assert process.returncode == (130 if by == "the key" else 2)
    assert f"--resume {keeps(home)}\n" in err.decode()
    assert "titel" in keeps(home).read_text()


# ids


@pytest.mark.parametrize(
    ("arguments", "longest"),
    [
        (["source", "add", LONG], 120),
        (["party", "add", LONG[:190], "--kind", "organisation"], 120),
        (["focus", "add", LONG[:190]], 120),
        (["family", "add", LONG[:190]], 120),
    ],
)
def test_a_long_name_gives_an_id_that_is_taken(run, store, arguments, longest) -> None:
    outcome = run(*arguments)
    assert outcome.code == 0, outcome.err
    assert longest - 20 < len(outcome.out.strip()) <= longest
    assert not outcome.out.strip().endswith(("-", "_"))


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["source", "add", "日本"], "--id"),
        (["family", "add", "日本"], "--id"),
        (["signatory", "add", "日本"], "--id"),
        (["party", "add", "日本", "--kind", "organisation"], "--code"),
        (["focus", "add", "日本"], "--code"),
    ],
)
def test_a_name_without_latin_letters_asks_for_an_id(run, store, arguments, option) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert f"no Latin letters to make the {option[2:]} from; give one with {option}" in outcome.err
    assert run(*arguments, option, "nippon").out == "nippon\n"


def test_a_signatory_without_latin_letters_is_recorded_first(run, store) -> None:
    outcome = run("add", "Note", "--ref", "note-2024", "--signatory", "JPN: 浜田 太郎, 大臣")
    assert outcome.code == 2
    assert "tracker signatory add '浜田 太郎' --id ID" in outcome.err
    assert run("signatory", "add", "浜田 太郎", "--id", "hamada-taro").code == 0
    assert run("add", "Note", "--ref", "note-2024", "--signatory", "JPN: 浜田 太郎, 大臣").code == 0
    (signatory,) = json.loads(run("show", "note-2024", "--json").out)["signatories"]
    assert signatory["person"] == "hamada-taro"


def test_a_persons_proper_name_wins_over_an_alias(run, store) -> None:
    """As for every other name that is looked up: of two bearers, the one whose name it is."""
    assert run("signatory", "add", "Jane Roe").code == 0
    assert run("signatory", "add", "Jane Doe", "--alias", "Jane Roe").code == 0
    assert run("add", "Note", "--ref", "note-2024", "--signatory", "USA: Jane Roe").code == 0
    (signatory,) = json.loads(run("show", "note-2024", "--json").out)["signatories"]
    assert signatory["person"] == "jane-roe"


# import


def test_a_record_that_receives_relations_counts_once(run, store) -> None:
    """A relation said from the passive side is stored in the other record, which may come in the same import."""
    records = [
        {"record": "agreement", "ref": "new-2021", "title": "New"},
        *(
            {
                "record": "agreement",
                "ref": f"old-{year}",
                "title": "Old",
                "relations": [{"type": "amended_by", "target": "new-2021"}],
            }
            for year in (2018, 2019)
        ),
    ]
    lines = "\n".join(map(json.dumps, records))
    outcome = run("import", "-", "--dry-run", "--json", stdin=lines)
    assert outcome.code == 0, outcome.err
    assert [(row["what"], row["id"]) for row in json.loads(outcome.out)["rows"]] == [
        ("new", "new-2021"),
        ("new", "old-2018"),
        ("new", "old-2019"),
    ]
    err = run("import", "-", stdin=lines).err
    assert "imported 3 records (3 agreements): 3 new, 0 changed, 0 unchanged" in err
    err = run("import", "-", stdin=lines).err
    assert "imported 3 records (3 agreements): 0 new, 0 changed, 3 unchanged" in err


def test_a_stored_record_that_receives_a_relation_is_changed(run, store) -> None:
    record = {"ref": "old-2018", "title": "Old", "relations": [{"type": "amended_by", "target": REF}]}
    err = run("import", "-", stdin=json.dumps(record)).err
    assert "imported 2 records (2 agreements): 1 new, 1 changed, 0 unchanged" in err


def test_a_bad_record_is_placed_also_where_another_kind_bears_its_id(run, store) -> None:
    assert run("add", "Kin", "--ref", "kin").code == run("remove", "kin").code == 0
    records = [{"record": "agreement", "ref": "kin", "title": "Kin"}, {"record": "family", "id": "kin", "name": "Kin"}]
    outcome = run("import", "-", stdin="\n".join(map(json.dumps, records)))
    assert outcome.code == 1
    assert "standard input, line 1: " in outcome.err
