"""A data set imported again: the source updates what it said, people's work stays, duplicates are only offered."""

import json
from pathlib import Path
from typing import Any

import pytest
import un_tables
from running import Run

REF = "un-xxvii-91"


@pytest.fixture
def folder(run: Run, other_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up folder, imported once into the test's store."""
    monkeypatch.setenv("TRACKER_STORE", str(other_store))
    folder = un_tables.make(tmp_path / "un")
    assert run("import", folder).code == 0
    return folder


def record(run: Run, ref: str = REF, *options: object) -> dict[str, Any]:
    code, out, err = run(*options, "show", ref, "--json")
    assert code == 0, err
    return dict(json.loads(out))


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def plan(run: Run, *arguments: object) -> list[dict[str, Any]]:
    code, out, err = run("import", *arguments, "--dry-run", "--json")
    assert code == 0, err
    return list(json.loads(out)["rows"])


def test_the_same_again_changes_nothing_and_says_so(run: Run, folder: Path) -> None:
    before = run("export").out
    changes = len(run("log", "--json").out)
    code, _, err = run("import", folder)
    assert code == 0
    assert "0 new, 0 changed, 4 unchanged; nothing changed" in err
    assert plan(run, folder) == []
    assert (run("export").out, len(run("log", "--json").out)) == (before, changes)


def test_rows_that_moved_change_nothing(run: Run, folder: Path) -> None:
    rewrite(folder, "treaties/27-91.csv", "Norway,3 Dec 1990,4 Jan 1992\n", "")
    with (folder / "treaties" / "27-91.csv").open("a", encoding="utf-8") as table:
        table.write("Norway,3 Dec 1990,4 Jan 1992\n")
    assert plan(run, folder) == []


def test_what_the_source_corrects_is_shown_with_old_and_new_and_keeps_its_id(run: Run, folder: Path) -> None:
    ids = [event["id"] for event in record(run)["events"]]
    rewrite(folder, "treaties/27-91.csv", "4 Jan 1992", "5 Jan 1992")
    rewrite(folder, "index.csv", "Convention on the Colour of Buoys, 1990*", "Convention on the Colours of Buoys, 1990")
    lines = {line["field"]: line for line in plan(run, folder) if line["what"] == "changed"}
    assert (lines["events[e3].date"]["old"], lines["events[e3].date"]["new"]) == ("1992-01-04", "1992-01-05")
    assert lines["title"]["new"] == "Convention on the Colours of Buoys, 1990"
    assert lines["title"]["file"] == "index.csv"
    assert run("import", folder).code == 0
    assert [event["id"] for event in record(run)["events"]] == ids


def test_new_acts_come_and_those_no_longer_said_go(run: Run, folder: Path) -> None:
    rewrite(folder, "treaties/27-91.csv", "Cape Verde,,5 Sept 1993 a\n", "Japan,,6 Sep 1993 a\n")
    assert run("import", folder).code == 0
    held = record(run)
    assert {party["code"] for party in held["parties"]} == {"NOR", "CZE", "org-eu", "FJI", "JPN"}
    assert [event["date"] for event in held["events"] if event["parties"] == ["JPN"]] == ["1993-09-06"]
    assert not [event for event in held["events"] if event["parties"] == ["CPV"]]


def test_what_was_not_read_this_time_stays(run: Run, folder: Path) -> None:
    before = record(run)
    assert run("import", folder / "index.csv").code == 0
    assert record(run)["events"] == before["events"]
    rewrite(folder, "treaties/27-91.csv", "5 Sept 1993 a", "5 Sept 1993 x")
    code, _, err = run("import", folder, "--skip-bad")
    assert code == 1, err
    assert record(run)["events"] == before["events"], "the act may stand in the row that was left out"


def test_what_people_added_changed_or_removed_stays_so(run: Run, folder: Path) -> None:
    for arguments in (
        ("--set", "title=Buoys Convention"),
        ("--set", "events[e3].date=1992-01-31"),
        ("--add", "notes=Mine"),
        ("--remove", "identifiers[MTDSG]"),
    ):
        assert run("edit", REF, *arguments).code == 0
    assert run("event", REF, "entered_into_force", "1993-02-01").code == 0
    rewrite(folder, "treaties/27-91.csv", "5 Sept 1993", "6 Sep 1993")
    code, _, err = run("import", folder)
    assert code == 0, err
    held = record(run)
    assert (held["title"], held["notes"], held["identifiers"]) == ("Buoys Convention", ["Mine"], [])
    days = {(event["kind"], event["date"]) for event in held["events"]}
    assert {("ratified", "1992-01-31"), ("entered_into_force", "1993-02-01"), ("acceded", "1993-09-06")} <= days
    doubtful = {line["field"]: line for line in plan(run, folder) if line["what"] == "doubtful"}
    assert set(doubtful) == {"title", "events[e3].date"}
    assert doubtful["events[e3].date"]["new"] == "1992-01-04"
    assert "nothing changed" in run("import", folder).err


def test_an_event_that_a_person_recorded_before_is_not_doubled(run: Run, folder: Path) -> None:
    assert run("event", REF, "acceded", "1994-05-01", "--party", "JPN").code == 0
    with (folder / "treaties" / "27-91.csv").open("a", encoding="utf-8") as table:
        table.write("Japan,,1 May 1994 a\n")
    assert run("import", folder).code == 0
    assert len([event for event in record(run)["events"] if event["parties"] == ["JPN"]]) == 1


def test_a_likely_duplicate_of_other_origin_is_offered_and_never_joined(
    run: Run, tmp_path: Path, other_store: Path
) -> None:
    def tracker(*arguments: object) -> Any:
        return run("--store", other_store, *arguments)

    title = "Convention on the Colour of Buoys 1990"
    assert tracker("add", title, "--ref", "buoys", "--type", "convention", "--signed", "1990-12-03").code == 0
    code, _, err = tracker("import", un_tables.make(tmp_path / "un"))
    assert code == 0
    assert "1 doubtful" in err
    assert f"{REF}: likely the same as buoys" in err
    assert f"tracker merge buoys {REF}" in err
    assert tracker("show", "buoys").code == tracker("show", REF).code == 0
    rows = json.loads(tracker("duplicates", "--json").out)["rows"]
    assert [(row["ref"], row["other"]) for row in rows] == [("buoys", REF)]
    assert tracker("merge", "buoys", REF).code == 0
    code, _, err = tracker("import", tmp_path / "un")
    assert "0 new, 0 changed, 4 unchanged" in err, "the set finds the record by the key that it took over"


def test_a_reference_to_nothing_is_left_out_alone(run: Run, other_store: Path) -> None:
    lines = [
        {"ref": "xx-1", "title": "Good"},
        {"ref": "xx-2", "title": "No such party", "parties": [{"code": "XXZ"}]},
        {"ref": "xx-3", "title": "Leads there", "relations": [{"type": "amends", "target": "xx-2"}]},
        {"ref": "xx-4", "title": "Said from the other side", "relations": [{"type": "amended_by", "target": "xx-9"}]},
        {"ref": "xx-5", "title": "No such source", "sources": [{"source": "nowhere"}]},
    ]
    text = "".join(json.dumps({"record": "agreement"} | line) + "\n" for line in lines)
    store = ("--store", other_store)
    assert run(*store, "import", "-", stdin=text).code in (1, 2)
    code, out, err = run(*store, "import", "-", "--skip-bad", stdin=text)
    assert (code, out) == (1, ""), err
    for line, said in ((2, "no party 'XXZ'"), (4, "xx-9"), (5, "no source 'nowhere'")):
        (found,) = (text for text in err.splitlines() if f"line {line}:" in text)
        assert said in found
    assert "imported 5 records (5 agreements): 5 new, 0 changed, 0 unchanged, 3 bad left out" in err
    held = [record(run, f"xx-{number}", *store) for number in range(1, 6)]
    assert [len(one["parties"]) + len(one["relations"]) + len(one["sources"]) for one in held] == [0, 0, 1, 0, 0]


def test_an_unknown_key_is_wrong_usage_and_other_bad_rows_are_not(run: Run, other_store: Path) -> None:
    def code(record: dict[str, Any]) -> int:
        text = json.dumps([{"record": "agreement", "ref": "xx-1", "title": "X"} | record])
        return int(run("--store", other_store, "import", "-", "--from", "json", stdin=text).code)

    assert code({"colour": "red"}) == 2
    assert code({"binding_status": "red"}) == 1
    assert code({"extra": {"colour": "red"}}) == 0
