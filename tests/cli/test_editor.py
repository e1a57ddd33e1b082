"""Editing in $EDITOR: good texts are taken, bad ones are refused by path, and nothing that was typed is lost."""

import json
import os
import pty
import shlex
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.records.agreements import record
from tracker.record.document import strip_read_only

REF = "us-jp-sosa-2023"
ROOT = Path(__file__).parents[2]

Change = Callable[[dict[str, Any]], object]


class Pen:
    """A small script for $EDITOR that leaves a prepared text behind, and keeps what it was shown."""

    def __init__(self, folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.store, self.monkeypatch = folder, store, monkeypatch
        self.seen = folder / "seen.json"

    def record(self, ref: str = REF) -> dict[str, Any]:
        with open_store(StoreLocation(self.store, named=True)) as reader:
            return strip_read_only(record(reader, ref, "2024-01-01"))

    def writes(self, text: str | bytes, after: str = "") -> None:
        """Leave a text; ``after`` is shell that runs then."""
        prepared = self.folder / "prepared"
        prepared.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.runs(f'cp {shlex.quote(str(prepared))} "$1"\n{after}')

    def changes(self, change: Change, after: str = "") -> str:
        """Leave the record with a change made to it."""
        edited = deepcopy(self.record())
        change(edited)
        text = json.dumps(edited, ensure_ascii=False, indent=2)
        self.writes(text, after)
        return text

    def runs(self, script: str) -> None:
        program = self.folder / "pen.sh"
        mode = shlex.quote(str(self.folder / "mode"))
        program.write_text(f'cp "$1" {shlex.quote(str(self.seen))}\nls -l "$1" | cut -c1-10 > {mode}\n{script}\n')
        self.monkeypatch.setenv("EDITOR", f"sh {shlex.quote(str(program))}")


@pytest.fixture
def pen(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Pen:
    folder = tmp_path / "pen of mine"
    folder.mkdir()
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return Pen(folder, store, monkeypatch)


def kept(home: Path) -> list[Path]:
    return sorted((home / ".local/state/tracker/refused").glob("*"))


def event(**fields: object) -> dict[str, object]:
    return {"kind": "became_operative", **fields}


def number_of_changes(store: Path) -> int:
    with sqlite3.connect(store) as connection:
        found = int(connection.execute("SELECT count(*) FROM change").fetchone()[0])
    connection.close()
    return found


GOOD: dict[str, tuple[Change, Callable[[dict[str, Any]], object], object]] = {
    "a title": (lambda d: d.update(title="A new title"), lambda d: d["title"], "A new title"),
    "a new event gets the next id": (
        lambda d: d["events"].append(event(date="2023-02")),
        lambda d: [(item["id"], item["date"]) for item in d["events"]],
        [("e1", "2023-01-12"), ("e2", "2023-02")],
    ),
    "evidence taken away": (lambda d: d["evidence"].pop(), lambda d: [item["id"] for item in d["evidence"]], ["v1"]),
    "a party put first": (
        lambda d: d["parties"].insert(0, {"code": "AUS", "entity": "Department of Defence"}),
        lambda d: [item["code"] for item in d["parties"]],
        ["AUS", "USA", "JPN"],
    ),
    "a source written in place": (
        lambda d: d["events"][0].update(sources=[{"title": "Joint press release", "kind": "official_press_release"}]),
        lambda d: d["events"][0]["sources"],
        ["joint-press-release"],
    ),
    "own fields": (
        lambda d: d.update(extra={"owner": "me", "pages": 4, "checked": True}),
        lambda d: d["extra"],
        {"owner": "me", "pages": 4, "checked": True},
    ),
    "a key left out goes back to nothing": (lambda d: d.pop("notes"), lambda d: d["notes"], []),
    "a date in its other form": (
        lambda d: d["events"][0].update(date="[2023-01-11..2023-01-12]"),
        lambda d: d["events"][0]["date"],
        "2023-01-11/2023-01-12",
    ),
    "a passive relation goes into the other record": (
        lambda d: d["relations"].append({"type": "amended_by", "target": "us-jp-rdte-mou-2023"}),
        lambda d: [item["type"] for item in d["relations"]],
        ["signed_together_with"],
    ),
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", GOOD)
def test_a_good_text_is_taken(run, pen, home, store, name) -> None:
    """One change, the ref on stdout, the change on stderr, nothing left behind."""
    change, got, wanted = GOOD[name]
    before = number_of_changes(store)
    pen.changes(change)
    done = run("edit", REF)
    assert (done.code, done.out) == (0, f"{REF}\n"), done.err
    assert got(pen.record()) == wanted
    assert number_of_changes(store) == before + 1
    assert kept(home) == []


BAD: dict[str, tuple[Change, str]] = {
    "a wrong code": (
        lambda d: d["events"][0].update(kind="singed"),
        "events[e1].kind: unknown code 'singed'; did you mean",
    ),
    "an unknown key": (lambda d: d.update(titel="x"), "titel: unknown key; did you mean title"),
    "an impossible date": (lambda d: d["events"][0].update(date="2023-02-30"), "events[e1].date: "),
    "another ref": (lambda d: d.update(ref="us-jp-sosa-2024"), "ref: is permanent"),
    "no ref": (lambda d: d.pop("ref"), "ref: is permanent"),
    "another kind of object": (lambda d: d.update(record="party"), "record: "),
    "a party that nobody knows": (
        lambda d: d["parties"][0].update(code="USX"),
        "parties[USX].code: there is no party 'USX'",
    ),
    "the same party twice": (lambda d: d["parties"].append(d["parties"][0]), "parties[2]: USA Department of Defense"),
    "evidence that is not there": (
        lambda d: d.update(binding_views=[{"party": "USA", "value": "binding", "evidence": ["v9"]}]),
        "binding_views[0].evidence: there is no evidence v9",
    ),
    "a relation to itself": (lambda d: d["relations"].append({"type": "amends", "target": REF}), "relations[1].target"),
    "two claims adopted on one field": (
        lambda d: d["claims"][1].update(adopted=True, value="Arrangement"),
        "claims[c2].adopted: another claim on title_term",
    ),
    "a claim without a field": (lambda d: d["claims"].append({"value": "x"}), "claims[2].field: is missing"),
    "decimals": (lambda d: d["extra"].update(share=0.5), "extra"),
    "claims that are no list": (lambda d: d.update(claims="none"), "claims: expected a list"),
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", BAD)
def test_a_bad_text_is_refused_by_path_and_kept(run, pen, home, name) -> None:
    change, message = BAD[name]
    before = pen.record()
    text = pen.changes(change)
    done = run("edit", REF)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    (file,) = kept(home)
    assert file.read_text() == text
    assert str(file) in done.err
    assert pen.record() == before


def test_every_problem_is_told(run, pen) -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["text_access"] = "secret"
        document["events"][0]["kind"] = "singed"

    pen.changes(spoil)
    err = run("edit", REF).err
    assert "text_access: unknown code 'secret'" in err
    assert "events[e1].kind: unknown code 'singed'" in err
    assert "2 problems" in err


def test_broken_json_is_told_with_the_line_of_the_file(run, pen, home) -> None:
    pen.writes('// a comment\n# another\n\n{"record": "agreement",\n "ref" "us-jp-sosa-2023"}')
    done = run("edit", REF)
    assert done.code == 2
    assert "(line 5, column 8)" in done.err
    assert len(kept(home)) == 1


def test_a_key_that_stands_twice_is_refused(run, pen) -> None:
    """JSON would silently drop the first one: something typed would be lost."""
    pen.writes(json.dumps(pen.record()).replace('"ref":', '"title": "Lost", "ref":'))
    done = run("edit", REF)
    assert done.code == 2
    assert "the key 'title' stands twice" in done.err


def test_what_is_no_utf_8_is_kept_byte_by_byte(run, pen, home) -> None:
    pen.writes(b'{"title": "\xff\xfe"}')
    done = run("edit", REF)
    assert done.code == 2
    assert "UTF-8" in done.err
    assert kept(home)[0].read_bytes() == b'{"title": "\xff\xfe"}'


def test_comments_byte_order_mark_and_windows_lines_do_no_harm(run, pen) -> None:
    text = json.dumps(pen.record() | {"title": "From Windows"}, indent=2)
    pen.writes(b"\xef\xbb\xbf" + f"// note\n# note\n\n{text}\n".replace("\n", "\r\n").encode())
    assert run("edit", REF).code == 0
    assert pen.record()["title"] == "From Windows"


@pytest.mark.parametrize("text", ["", "   \n", "// only\n# comments\n"])
def test_an_empty_text_changes_nothing(run, pen, home, store, text) -> None:
    before = number_of_changes(store)
    pen.writes(text)
    done = run("edit", REF)
    assert (done.code, done.out) == (0, "")
    assert "nothing was changed" in done.err
    assert (number_of_changes(store), kept(home)) == (before, [])


@pytest.mark.parametrize("script", ["true", 'rm "$1"'])
def test_a_text_left_alone_or_taken_away_changes_nothing(run, pen, store, script) -> None:
    before = number_of_changes(store)
    pen.runs(script)
    done = run("edit", REF)
    assert (done.code, number_of_changes(store)) == (0, before)


def test_the_same_record_written_otherwise_changes_nothing(run, pen, store) -> None:
    before = number_of_changes(store)
    pen.writes(json.dumps(pen.record()))
    done = run("edit", REF)
    assert (done.code, number_of_changes(store)) == (0, before)
    assert "so already" in done.err


def test_the_text_is_private_json_under_comments_that_list_the_codes(run, pen) -> None:
    pen.runs('echo "$1" > "${0%pen.sh}name"')
    run("edit", "us-jp-sosa")
    shown = pen.seen.read_text()
    head, _, body = shown.partition("\n{")
    assert all(line.startswith("//") for line in head.splitlines())
    assert json.loads("{" + body) == pen.record()
    assert '{\n  "record": "agreement",\n  "ref"' in shown
    for words in ("empty it", "signed_ad_referendum", "contested", "not_released", "deputy_minister", "supply_chain"):
        assert words in head
    name = Path((pen.folder / "name").read_text().strip())
    assert name.name == f"{REF}.json"
    assert not name.parent.exists()
    assert (pen.folder / "mode").read_text() == "-rw-------\n"


def test_the_editor_may_have_arguments_and_visual_goes_first(run, pen, monkeypatch) -> None:
    pen.changes(lambda d: d.update(title="By VISUAL"))
    program = pen.folder / "pen.sh"
    monkeypatch.setenv("VISUAL", f'sh -c \'exec sh "$0" "$2"\' {shlex.quote(str(program))} --wait')
    monkeypatch.setenv("EDITOR", "false")
    assert run("edit", REF).code == 0
    assert pen.record()["title"] == "By VISUAL"


@pytest.mark.parametrize("arguments", [("edit", REF), ("--no-input", "edit", REF), ("party", "edit", "JPN")])
def test_without_an_editor_or_a_terminal_set_is_named(run, pen, arguments) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert "--set PATH=VALUE" in done.err


def test_no_input_opens_no_editor(run, pen) -> None:
    pen.changes(lambda d: d.update(title="Never"))
    assert run("--no-input", "edit", REF).code == 2
    assert not pen.seen.exists()


@pytest.mark.parametrize("command", ["no-such-editor-here", "'unbalanced"])
def test_an_editor_that_cannot_be_started_is_named(run, pen, monkeypatch, command) -> None:
    monkeypatch.setenv("EDITOR", command)
    done = run("edit", REF)
    assert done.code == 2
    assert command in done.err


def test_a_text_outlives_an_editor_that_dies(run, pen, home) -> None:
    text = pen.changes(lambda d: d.update(title="Typed"), after="exit 3")
    done = run("edit", REF)
    assert done.code == 1
    assert "exit code 3" in done.err
    assert kept(home)[0].read_text() == text
    assert pen.record()["title"] != "Typed"


def test_an_editor_that_dies_without_writing_leaves_nothing(run, pen, home) -> None:
    pen.runs("exit 1")
    assert run("edit", REF).code == 1
    assert kept(home) == []


def other(*arguments: str) -> str:
    return shlex.join(
        ["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "tracker", "--actor", "colleague", *arguments]
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("edit", REF, "--set", "short_title=Theirs"), "short_title: US-Japan SOSA (2023) -> Theirs"),
        (("edit", REF, "--set", "notes=x"), "changed meanwhile (last change by colleague"),
    ],
)
def test_a_change_by_somebody_else_is_not_written_over(run, pen, home, command, told) -> None:
    text = pen.changes(lambda d: d.update(title="Mine"), after=other(*command))
    done = run("edit", REF)
    assert done.code == 1
    assert told in done.err
    assert kept(home)[0].read_text() == text
    assert pen.record()["title"] != "Mine"


def test_a_record_removed_meanwhile_does_not_come_back(run, pen, home, store) -> None:
    run("add", "To be removed", "--ref", "gone-2020")
    edited = {**pen.record("gone-2020"), "title": "Mine"}
    pen.writes(json.dumps(edited), after=other("remove", "gone-2020", "--yes"))
    done = run("edit", "gone-2020")
    assert done.code == 1
    assert "removed meanwhile" in done.err
    assert json.loads(kept(home)[0].read_text())["title"] == "Mine"


def test_a_text_outlives_a_locked_store(run, pen, home, store, monkeypatch) -> None:
    monkeypatch.setattr("tracker.read.file.connection.BUSY_SECONDS", 0.01)
    text = pen.changes(lambda d: d.update(title="Typed"))
    holder = sqlite3.connect(store, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = run("edit", REF)
    holder.close()
    assert done.code == 3
    assert kept(home)[0].read_text() == text


def test_a_text_outlives_a_state_folder_that_cannot_be_made(run, pen, home) -> None:
    """It then stays where it was edited, and that place is named."""
    (home / ".local").write_text("in the way")
    pen.changes(lambda d: d.update(titel="x"))
    done = run("edit", REF)
    assert done.code == 2
    file = Path(shlex.split(done.err.rpartition("--resume ")[2])[0])
    assert '"titel": "x"' in file.read_text()
    file.unlink()
    file.parent.rmdir()


def test_kept_texts_are_private_and_never_overwrite_each_other(run, pen, home) -> None:
    for number in range(2):
        pen.changes(lambda d, number=number: d.update({f"unknown{number}": 1}))
        run("edit", REF)
    files = kept(home)
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert all(file.name.startswith(f"{REF}-") and file.suffix == ".json" for file in files)


def test_a_kept_text_can_be_resumed(run, pen, home) -> None:
    """The text is shown with what it would change, above all what somebody else wrote since."""
    pen.changes(lambda d: d.update(title="Mine"), after="exit 3")
    run("edit", REF)
    (file,) = kept(home)
    run("edit", REF, "--set", "short_title=Theirs")
    pen.runs("true")
    done = run("edit", REF, "--resume", file)
    assert done.code == 0, done.err
    assert "short_title: Theirs -> US-Japan SOSA (2023)" in pen.seen.read_text()
    assert pen.record()["title"] == "Mine"


def test_a_kept_text_that_was_refused_is_shown_with_its_problems(run, pen, home) -> None:
    pen.changes(lambda d: d.update(titel="x"))
    run("edit", REF)
    pen.changes(lambda d: d.update(title="Corrected"))
    done = run("edit", REF, "--resume", kept(home)[0])
    assert done.code == 0, done.err
    assert "//   titel: unknown key" in pen.seen.read_text()


def test_resume_needs_a_file_that_is_there(run, pen) -> None:
    pen.runs("true")
    assert run("edit", REF, "--resume", "nowhere.json").code == 2


@pytest.mark.parametrize("command", [("edit", REF), ("add",), ("party", "edit", "JPN")])
def test_a_kept_text_that_is_not_there_is_told_before_the_want_of_an_editor(run, monkeypatch, command) -> None:
    for variable in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    done = run(*command, "--resume", "nowhere.json")
    assert done.code == 2
    assert "cannot read nowhere.json: No such file or directory; check the path after --resume" in done.err


def test_a_dry_run_writes_nothing_and_keeps_the_text(run, pen, home) -> None:
    text = pen.changes(lambda d: d.update(title="Maybe"))
    done = run("edit", REF, "--dry-run")
    assert done.code == 0
    assert "-> Maybe" in done.err
    assert pen.record()["title"] != "Maybe"
    assert kept(home)[0].read_text() == text


def test_a_changed_field_lets_its_adopted_claim_go(run, pen) -> None:
    pen.changes(lambda d: d.update(title_term="Agreement"))
    done = run("edit", REF)
    assert done.code == 0, done.err
    assert "claim c1 (title_term = Arrangement) is no longer adopted" in done.err
    assert [claim["adopted"] for claim in pen.record()["claims"]] == [False, False]


def test_the_same_goes_for_set(run, pen) -> None:
    done = run("edit", REF, "--set", "title_term=Understanding")
    assert done.code == 0, done.err
    assert "claim c1 (title_term = Arrangement) is no longer adopted" in done.err


def test_another_claim_adopted_with_its_value_is_fine(run, pen) -> None:
    def follow(document: dict[str, Any]) -> None:
        document["title_term"] = "Agreement"
        document["claims"][1]["adopted"] = True

    pen.changes(follow)
    assert run("edit", REF).code == 0
    assert [claim["adopted"] for claim in pen.record()["claims"]] == [False, True]


def test_what_a_claim_holds_cannot_be_removed(run, pen) -> None:
    run("claim", REF, "events[e1].date", "2023-01-11", "--source", "pacom-2023-01-18")
    pen.changes(lambda d: (d.update(events=[]), [item.update(event=None) for item in d["signatories"]]))
    done = run("edit", REF)
    assert done.code == 2
    assert "claim c3" in done.err


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("party", "JPN"),
        ("focus", "cyber"),
        ("family", "sosa"),
        ("source", "pacom-2023-01-18"),
        ("signatory", "hamada-yasukazu"),
    ],
)
def test_every_other_object_is_edited_so_too(run, pen, group, name) -> None:
    shown = json.loads(run(group, "show", name, "--json").out)
    key = next(key for key in ("name", "label", "title") if key in shown)
    pen.writes(json.dumps(shown | {key: "Renamed"}))
    done = run(group, "edit", name)
    assert (done.code, done.out) == (0, f"{name}\n"), done.err
    assert json.loads(run(group, "show", name, "--json").out)[key] == "Renamed"


def test_the_code_of_a_party_is_permanent(run, pen, home) -> None:
    shown = json.loads(run("party", "show", "JPN", "--json").out)
    pen.writes(json.dumps(shown | {"code": "NIP"}))
    done = run("party", "edit", "Japan")
    assert done.code == 2
    assert "code: is permanent" in done.err
    assert kept(home)


def terminal(store: Path, answers: bytes) -> tuple[int, str]:
    """Run ``edit`` with a terminal for its input."""
    controller, terminal = pty.openpty()
    arguments = [sys.executable, "-m", "tracker", "--store", str(store), "edit", REF]
    try:
        os.write(controller, answers)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            arguments, stdin=terminal, capture_output=True, check=False, env=environment, timeout=30, text=True
        )
    finally:
        os.close(terminal)
        os.close(controller)
    return done.returncode, done.stderr


def test_on_a_terminal_a_refused_text_can_be_corrected(pen, home, store) -> None:
    """The second time the problems stand above the text; what was kept in between goes when all is well."""
    good = json.dumps(pen.record() | {"title": "Corrected"})
    bad = pen.folder / "bad"
    bad.write_text(json.dumps(pen.record() | {"titel": "x"}))
    pen.writes(good)
    (pen.folder / "pen.sh").write_text(
        f'cp "$1" {shlex.quote(str(pen.seen))}\n'
        f'if [ -f {shlex.quote(str(bad))} ]; then mv {shlex.quote(str(bad))} "$1"; '
        f'else cp {shlex.quote(str(pen.folder / "prepared"))} "$1"; fi\n'
    )
    code, err = terminal(store, b"y\n")
    assert code == 0, err
    assert "Edit again?" in err
    assert "//   titel: unknown key" in pen.seen.read_text()
    assert pen.record()["title"] == "Corrected"
    assert kept(home) == []


def test_on_a_terminal_one_may_give_up(pen, home, store) -> None:
    pen.writes(json.dumps(pen.record() | {"titel": "x"}))
    code, _ = terminal(store, b"n\n")
    assert code == 2
    assert '"titel": "x"' in kept(home)[0].read_text()
