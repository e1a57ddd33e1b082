"""Any sequence of commands leaves in the register what the same sequence leaves in a dictionary.

A rule is one command line and the same change of the model; to cover a further command, add one of each. After every
step the whole export is compared, so a change that touched anything else is found where it was made.
"""

import json
import shutil
import sqlite3
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import LONG_FORM, UNHURRIED
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine as Machine
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from register_model import Model, RefusedByModel
from running import Outcome, called

from tracker.record.document import blank

REFS = st.sampled_from(["a-1", "a-2", "a-3", "a-4"])
TEXTS = st.sampled_from(
    ["Plain", 'O\'Brien "and" sons', "=1+1", "日本国", "[red] <b>", "\\n %s", "'; DROP TABLE agreement; --", "e\u0301"]
)
DAYS = st.sampled_from(["2020", "2021-05", "2022-03-04", "2019~", "2018-01-01/2018-02-01", "../2017", "2016?"])
PARTIES = st.lists(st.sampled_from(["JPN", "USA", "org-eu"]), max_size=3, unique=True)
KINDS = st.sampled_from(["signed", "ratified", "entered_into_force", "terminated", "issued"])
RELATIONS = st.sampled_from(["amends", "updates"])
SOURCES = st.sampled_from(["https://example.org/one", "https://example.org/two"])


def same(found: dict[str, list[dict[str, Any]]], expected: dict[str, list[dict[str, Any]]]) -> None:
    """Check that two exports are the same; say in few words where they are not."""
    wrong = []
    for kind, name in (("agreements", "ref"), ("sources", "id")):
        got, wanted = ({item[name]: item for item in document[kind]} for document in (found, expected))
        for key in sorted(got.keys() | wanted.keys()):
            one, other = got.get(key, {}), wanted.get(key, {})
            fields = [field for field in {**one, **other} if one.get(field) != other.get(field)]
            wrong += [(key, field, one.get(field), other.get(field)) for field in fields]
    assert not wrong, wrong[:3]
    assert found == expected


class Register(Machine):
    """The program on a store of its own, beside the model."""

    blank_store: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-stateful-"))
        self.store = Path(shutil.copy(self.blank_store, self.folder / "register.db"))
        self.model = Model()
        self.held: list[tuple[str, dict[str, Any]]] = []
        """The instant of each change, and what the register held then."""

    def teardown(self) -> None:
        """Check the file as a whole at the end."""
        connection = sqlite3.connect(self.store)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
        assert self.run("store", "check").code == 0
        shutil.rmtree(self.folder)

    def run(self, *arguments: str, stdin: str = "", store: Path | None = None) -> Outcome:
        """Run a command line on the store."""
        front = ["--no-config", "--no-input", "--store", str(store or self.store)]
        code, out, err = called([*front, *arguments], stdin.encode())
        return Outcome(code, out.decode(), err.decode())

    def both(self, line: list[str], action: Any, *arguments: Any, stdin: str = "", **named: Any) -> None:
        """Run a command line and the same change of the model; both do it, or both refuse."""
        done = self.run(*line, stdin=stdin)
        try:
            changed = self.model.change(lambda: action(*arguments, **named))
        except RefusedByModel:
            assert done.code in {1, 2}, (line, done)
            return
        assert done.code == 0, (line, done)
        if changed:
            self.held.append((self.instant(), deepcopy(self.model.exported())))

    def instant(self) -> str:
        """Return the time of the last change."""
        connection = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        (found,) = connection.execute("SELECT at FROM changes ORDER BY id DESC LIMIT 1").fetchone()
        connection.close()
        return str(found)

    def exported(self, *arguments: str, store: Path | None = None) -> dict[str, Any]:
        """Return what export gives of agreements and sources."""
        done = self.run("export", "-f", "json", *arguments, store=store)
        assert done.code == 0, done
        document = json.loads(done.out)
        return {key: document[key] for key in ("agreements", "sources")}

    @invariant()
    def the_register_holds_what_the_model_holds(self) -> None:
        """After every step."""
        same(self.exported(), self.model.exported())

    @initialize(title=TEXTS)
    def two_agreements(self, title: str) -> None:
        self.add("a-1", title, ["2020"], ["JPN", "USA"])
        self.add("a-2", title, [], [])

    @rule(ref=REFS, title=TEXTS, days=st.lists(DAYS, max_size=2), parties=PARTIES)
    def add(self, ref: str, title: str, days: list[str], parties: list[str]) -> None:
        line = ["add", "--yes", "--ref", ref]
        line += [f"--signed={day}" for day in days] + [f"--party={code}" for code in parties]
        self.both([*line, "--", title], self.model.add, ref, title, days, parties)

    @rule(ref=REFS, kind=KINDS, day=DAYS | st.none())
    def event(self, ref: str, kind: str, day: str | None) -> None:
        self.both(["event", ref, kind, day or "unknown"], self.model.event, ref, kind, day)

    @rule(ref=REFS, name=st.sampled_from(["e1", "e2", "e3"]))
    def take_event_out(self, ref: str, name: str) -> None:
        self.both(["event", ref, "--remove", name], self.model.without_event, ref, name)

    @rule(ref=REFS, key=st.sampled_from(["title", "short_title"]), value=TEXTS)
    def edit(self, ref: str, key: str, value: str) -> None:
        self.both(["edit", ref, "--set", f"{key}={value}"], self.model.set, ref, key, value)

    @rule(ref=REFS, name=st.sampled_from(["owner", "x y", "a.b"]), value=TEXTS)
    def edit_own_field(self, ref: str, name: str, value: str) -> None:
        self.both(["edit", ref, "--set", f"extra.{name}={value}"], self.model.set_own, ref, name, value)

    @rule(ref=REFS, text=TEXTS)
    def edit_notes(self, ref: str, text: str) -> None:
        self.both(["edit", ref, "--add", f"notes={text}"], self.model.note, ref, text)

    @rule(ref=REFS, kind=RELATIONS, other=REFS)
    def link(self, ref: str, kind: str, other: str) -> None:
        self.both(["link", ref, kind, other], self.model.link, ref, kind, other)

    @rule(ref=REFS, kind=RELATIONS, other=REFS)
    def unlink(self, ref: str, kind: str, other: str) -> None:
        self.both(["link", ref, kind, other, "--remove"], self.model.unlink, ref, kind, other)

    @rule(ref=REFS, value=TEXTS, source=SOURCES, adopt=st.booleans())
    def claim(self, ref: str, value: str, source: str, *, adopt: bool) -> None:
        line = ["claim", ref, "--source", source, *(["--adopt"] if adopt else []), "--", "short_title", value]
        self.both(line, self.model.claim, ref, value, source, adopt=adopt)

    @rule(refs=st.lists(REFS, min_size=1, max_size=3, unique=True))
    def remove(self, refs: list[str]) -> None:
        self.both(["remove", "--yes", *refs], self.model.remove, refs)

    @rule(refs=st.lists(REFS, min_size=1, max_size=3, unique=True), title=TEXTS, day=DAYS, spoiled=st.booleans())
    def import_(self, refs: list[str], title: str, day: str, *, spoiled: bool) -> None:
        """New agreements, and others changed; one bad record keeps all of them out."""
        given = []
        for ref in refs:
            record = deepcopy(self.model.agreements.get(ref) or blank("agreement") | {"ref": ref})
            record["events"].append(blank("agreement.events") | {"kind": "signed", "date": day})
            given.append(record | {"title": title})
        lines = [json.dumps(record) for record in given] + ['{"record": "agreement", "title": 5}'] * spoiled
        self.both(["import", "-", "--from", "ndjson"], self._taken_in, given, spoiled, stdin="\n".join(lines))

    def _taken_in(self, given: list[dict[str, Any]], spoiled: bool) -> None:
        if spoiled:
            raise RefusedByModel
        self.model.take_in(given)

    @rule()
    def export_and_import_back(self) -> None:
        """Into another store, where it is the same; and into this one, where it changes nothing."""
        text = self.run("export").out
        other = Path(shutil.copy(self.blank_store, self.folder / "other.db"))
        done = self.run("import", "-", stdin=text, store=other)
        assert done.code == 0, done
        same(self.exported(store=other), self.model.exported())
        self.both(["import", "-"], lambda: None, stdin=text)

    @rule(ref=REFS, value=TEXTS)
    def try_only(self, ref: str, value: str) -> None:
        """A dry run changes nothing."""
        self.run("edit", ref, "--set", f"title={value}", "--dry-run")
        self.run("remove", ref, "--dry-run")
        self.run("undo", "--dry-run")

    @rule()
    def undo(self) -> None:
        done = self.run("undo")
        try:
            self.model.undo()
        except RefusedByModel:
            assert done.code == 1, done
            return
        assert done.code == 0, done
        self.held.append((self.instant(), deepcopy(self.model.exported())))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        """What the register held at any earlier change is still told."""
        instant, held = data.draw(st.sampled_from(self.held))
        same(self.exported("--known-at", instant), held)

    @precondition(lambda self: self.model.agreements)
    @rule()
    def back_up_and_restore(self) -> None:
        """A backup holds the same; restoring it after a change takes that change away."""
        backup = self.folder / "backup.db"
        backup.unlink(missing_ok=True)
        assert self.run("store", "backup", str(backup)).code == 0
        same(self.exported(store=backup), self.model.exported())


@pytest.mark.stateful
@pytest.mark.parametrize("examples", [1, pytest.param(20, marks=pytest.mark.long)])
def test_any_sequence_of_commands(
    examples: int, blank_store_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"HOME": str(tmp_path), "TRACKER_ACTOR": "tester", "TRACKER_TODAY": "2026-11-22"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Register, "blank_store", blank_store_file, raising=False)
    bounds = settings(
        max_examples=LONG_FORM or examples,
        stateful_step_count=20,
        derandomize=not LONG_FORM,
        deadline=None,
        database=None,
        suppress_health_check=UNHURRIED,
        phases=[Phase.generate] if not LONG_FORM else list(Phase),
    )
    run_state_machine_as_test(Register, settings=bounds)
