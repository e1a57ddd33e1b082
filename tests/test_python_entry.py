"""The register from Python: what the page of the docs shows, and what goes wrong."""

import json
from pathlib import Path

import pytest
from running import Run

import tracker
from tracker import errors
from tracker.store.write import bulk

PAGE = Path(__file__).parents[1] / "docs" / "python.md"
TODAY = "2026-11-22"


def _examples(page: str) -> str:
    """Return the Python of a page, each line where it stands, so that a failure names the line."""
    inside = False
    lines = []
    for line in page.splitlines():
        lines.append(line if inside and not line.startswith("```") else "")
        if line.startswith("```"):
            inside = line == "```python"
    assert sum(bool(line) for line in lines) > 30
    return "\n".join(lines)


def test_the_page_on_python_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(_examples(PAGE.read_text(encoding="utf-8")), str(PAGE), "exec"), {})  # noqa: S102  # our own page


def test_import_tracker_loads_nothing_else(run_python: Run):
    code = "import sys; before = set(sys.modules); import tracker; print(sorted(set(sys.modules) - before))"
    assert run_python(code).out == "['tracker']\n"


def test_reading_loads_nothing_of_the_write_path(run_python: Run, store: Path):
    code = """
import sys, tracker
with tracker.open(sys.argv[1]) as register:
    ref = next(register.agreements("party:JPN"))["ref"]
    register.table("compare", by="year")
heavy = {"typer", "rich", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "pycountry", "tracker.store"}
print(sorted(heavy & set(sys.modules)))
"""
    assert run_python(code, store).out == "[]\n"


def test_records_are_those_of_show(run: Run, store: Path):
    import json

    with tracker.open(store, today=TODAY) as register:
        record = register.agreement("us-jp-sosa-2023")
    assert record == json.loads(run("show", "us-jp-sosa-2023", "--json").out)


def test_a_table_is_the_one_of_the_command(run: Run, store: Path):
    import json

    with tracker.open(store, today=TODAY) as register:
        rows = register.table("matrix", "signed:2000..", rows="party", columns_by="year").to_dicts()
    printed = run("report", "matrix", "signed:2000..", "--rows", "party", "--cols", "year", "--json").out
    assert rows == json.loads(printed)["rows"]


def test_an_exception_takes_the_whole_change_back(run: Run, home: Path, tmp_path: Path):
    place = tmp_path / "register.db"
    with tracker.change(place) as register:
        register.add("Arrangement on parts", party="JPN")

    def two_at_once() -> None:
        with tracker.change(place) as register:
            register.add("Arrangement on ropes", party="JPN", signed="2020")
            register.add("Arrangement on sails", party="Narnia")

    with pytest.raises(errors.UnknownName):
        two_at_once()
    with tracker.open(place) as register:
        assert [record["title"] for record in register.agreements()] == ["Arrangement on parts"]


def test_a_change_is_one_line_in_the_log(run: Run, home: Path, tmp_path: Path):
    place = tmp_path / "register.db"
    with tracker.change(place, actor="ada", note="parts and ropes", today=TODAY) as register:
        parts = register.add("Arrangement on parts", party=["JPN", "USA"], signed="2023")
        ropes = register.add("Arrangement on ropes", party=["JPN", "USA"], signed="2024")
        register.link(ropes.id, "amends", parts.id)
        register.claim(parts.id, "signed", "2022", source="https://example.org/parts")
    code, out, _ = run("--store", place, "log", "--json")
    assert code == 0
    import json

    rows = json.loads(out)["rows"]
    assert [(row["actor"], row["command"]) for row in rows] == [("ada", "python: parts and ropes")]


def test_an_agreement_like_another_and_a_note_on_it(home: Path, tmp_path: Path):
    place = tmp_path / "register.db"
    with tracker.change(place, today=TODAY) as register:
        parts = register.add(
            "Arrangement on parts", party=["JPN: Ministry of Defense"], type="arrangement", signed="2023"
        )
        done = register.add("Arrangement on ropes", like=parts.id)
        assert done.remarks[0].startswith(f"copied from {parts.id}: type, parties; not its ")
        assert register.note(done.id, "{not an object}").did == f"noted in {done.id}"
    with tracker.open(place) as register:
        made = register.agreement(done.id)
    assert made["parties"][0]["entity"] == "Ministry of Defense"
    assert (made["instrument_type"], made["events"], made["notes"]) == ("arrangement", [], ["{not an object}"])


def test_acts_on_other_objects(home: Path, tmp_path: Path):
    with tracker.change(tmp_path / "register.db", today=TODAY) as register:
        register.add_object({"record": "person", "id": "ada", "name": "Ada Ropes", "aliases": [], "note": None})
        register.add_object(
            {"record": "person", "id": "a-ropes", "name": "A. Ropes", "aliases": [], "note": None}, people=True
        )
        assert register.alias("person", "ada", "Ada R.").what == "changed"
        assert register.edit_object("person", "ada", set={"note": "signs ropes"}).changes == [
            ("note", None, "signs ropes")
        ]
        assert "merged a-ropes into ada" in register.merge_objects("person", "a-ropes", "ada").remarks
        assert register.edit_object("person", "a-ropes", set={"note": "one person"}).id == "ada"
        with pytest.raises(errors.UnknownName):
            register.edit_object("person", "nobody", set={"note": "gone"})


def test_events_are_corrected_and_taken_out(home: Path, tmp_path: Path):
    with tracker.change(tmp_path / "register.db", today=TODAY) as register:
        ref = register.add("Treaty on ropes", party=["JPN", "USA"], signed="2023").id
        register.event(ref, "entered_into_force", "2024-01-01")
        assert register.correct_event(ref, "e2", date="2024-02-01").what == "changed"
        assert register.agreement(ref)["events"][1]["date"] == "2024-02-01"
        register.remove_events(ref, "e2")
        assert len(register.agreement(ref)["events"]) == 1
        assert [done.what for done in register.remove(ref)] == ["removed"]


def test_a_dry_run_leaves_nothing(home: Path, tmp_path: Path):
    with tracker.change(tmp_path / "register.db", dry_run=True) as register:
        assert register.add("Arrangement on parts").what == "new"
    assert not (tmp_path / "register.db").exists()


def test_an_undo_goes_alone(home: Path, tmp_path: Path):
    place = tmp_path / "register.db"
    with tracker.change(place) as register:
        register.add("Arrangement on parts")
    with tracker.change(place) as register:
        register.add("Arrangement on ropes")
        with pytest.raises(errors.Refused, match="by itself"):
            register.undo()
    with tracker.change(place) as register:
        assert register.undo().id == "2"
        with pytest.raises(errors.Refused, match="by itself"):
            register.add("Arrangement on sails")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("overviw", {}, "overview"),
        ("list", {"columns": "nosuch"}, "nosuch"),
        ("list", {"by": "year"}, "no option 'by'"),
        ("trend", {"nosuch": 1}, "no option 'nosuch'"),
        ("trend", {"limit": 3}, "go with a list"),
    ],
)
def test_a_table_that_is_none_is_refused(store: Path, name: str, options: dict, message: str):
    with tracker.open(store) as register, pytest.raises(errors.UsageProblem, match=message):
        register.table(name, **options)


def test_unreadable_days_are_refused(store: Path):
    with pytest.raises(errors.InvalidValue, match="today"):
        tracker.open(store, today="soon")
    with pytest.raises(errors.InvalidValue, match="known_at"):
        tracker.open(store, known_at="whenever")
    with pytest.raises(AttributeError, match="nosuch"):
        _ = tracker.nosuch


def test_files_are_taken_in(home: Path, tmp_path: Path):
    rows = tmp_path / "rows.csv"
    rows.write_text("title,parties,signed\nArrangement on parts,JPN; USA,2023\nArrangement on ropes,Narnia,2024\n")
    with tracker.change(tmp_path / "register.db", today=TODAY) as register:
        assert register.take(rows, skip_bad=True) == {"new": 2, "changed": 0, "unchanged": 0, "doubtful": 0, "bad": 1}
        held = {record["title"]: [party["code"] for party in record["parties"]] for record in register.agreements()}
        assert held == {"Arrangement on parts": ["JPN", "USA"], "Arrangement on ropes": []}

    def whole() -> None:
        with tracker.change(tmp_path / "register.db", today=TODAY) as register:
            register.take(rows)

    with pytest.raises(errors.RejectedRows, match="1"):
        whole()


@pytest.mark.parametrize("fault", ["a bad row", "a file that cannot be read"])
def test_half_of_an_import_is_never_kept(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str):
    """Not where the exception is caught either; nothing else can be done then."""
    monkeypatch.setattr(bulk, "BATCH", 2)
    store, rows = tmp_path / "register.db", tmp_path / "rows.ndjson"
    records = [{"record": "agreement", "ref": f"a-{at}", "title": f"Arrangement {at}"} for at in range(6)]
    if fault == "a bad row":
        records.append({**records[0], "instrument_type": "nothing"})
    rows.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("title,parties\nArrangement on parts,JPN\n" if fault == "a bad row" else "title,nothing\na,b\n")

    def caught() -> None:
        with tracker.change(store, today=TODAY) as register:
            register.add("Arrangement on ropes")
            with pytest.raises((errors.RejectedRows, errors.UnreadableFile)):
                register.take(rows, sheet)
            with pytest.raises(errors.Refused, match="failed"):
                register.add("Arrangement on sails")

    with pytest.raises(errors.Refused, match=r"an import .* failed .*nothing of the change is kept"):
        caught()
    assert not store.exists()


def test_a_register_that_is_closed_says_so(store: Path):
    with tracker.open(store, today=TODAY) as register:
        records = register.agreements()
    for use in (
        lambda: register.agreement("us-jp-sosa-2023"),
        lambda: next(records),
        lambda: register.table("overview"),
    ):
        with pytest.raises(errors.StoreProblem, match="is closed; use the register inside its `with`"):
            use()
    with tracker.change(store, today=TODAY, dry_run=True) as change:
        change.edit("us-jp-sosa-2023", set={"note": "Read again"})
    for write in (lambda: change.add("A note"), change.undo, lambda: change.remove("us-jp-sosa-2023")):
        with pytest.raises(errors.StoreProblem, match=r"is over|is closed"):
            write()


def test_a_register_of_another_thread_says_so(store: Path):
    from concurrent.futures import ThreadPoolExecutor

    with tracker.open(store, today=TODAY) as register, ThreadPoolExecutor(1) as pool:
        for use in (lambda: register.agreement("us-jp-sosa-2023"), register.close):
            with pytest.raises(errors.StoreProblem, match="open it once in each thread"):
                pool.submit(use).result()
        assert register.agreement("us-jp-sosa-2023")["ref"] == "us-jp-sosa-2023"
