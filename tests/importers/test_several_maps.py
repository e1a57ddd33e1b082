"""Several maps in one command, parts of agreements that another file brought, labels that become focus areas."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Outcome, Run

WATERS = {
    "a.csv": (
        "No,Title,Signed,Topic\n1,Treaty on rivers,2001-01-02,High seas;space\n2,Treaty on lakes,2002-01-02,high seas\n"
    ),
    "p.csv": "Treaty,Who,Ratified\n1,France,2003-01-02\n2,Japan,2004-01-02\n1,Mali,2005-01-02\n",
    "a.toml": (
        '[mapping]\nname = "waters"\n[agreement]\nkey = "No"\ntitle = "Title"\nnew_focus_areas = true\n'
        'focus_areas = { column = "Topic", separator = ";" }\n[[event]]\nkind = "signed"\ndate = "Signed"\n'
    ),
    "p.toml": (
        '[mapping]\nname = "waters"\n[agreement]\ntitle = "Treaty"\n[[part]]\nof = "Treaty"\n'
        '[[party]]\ncolumn = "Who"\n[[event]]\nkind = "ratified"\ndate = "Ratified"\nparties = true\n'
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in WATERS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def taken(run: Run, folder: Path, files: str, maps: str, *more: str) -> Outcome:
    named = [argument for name in maps.split() for argument in ("--map", folder / name)]
    return run("import", *(folder / name for name in files.split()), *named, *more)


def rivers(run: Run) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(run("list", '"rivers"', "--json").out)
    return found[0]


def test_each_file_has_the_map_at_its_place(run: Run, folder: Path) -> None:
    done = taken(run, folder, "a.csv p.csv", "a.toml p.toml")
    assert done.code == 0, done.err
    assert [party["code"] for party in rivers(run)["parties"]] == ["FRA", "MLI"]
    assert [event["kind"] for event in rivers(run)["events"]] == ["signed", "ratified", "ratified"]


def test_a_map_may_name_its_files(run: Run, folder: Path) -> None:
    for name, files in (("a", "a*.csv"), ("p", "p.csv")):
        spec = folder / f"{name}.toml"
        spec.write_text(spec.read_text().replace('name = "waters"', f'name = "waters"\nfiles = "{files}"'))
    done = taken(run, folder, "p.csv a.csv", "a.toml p.toml")
    assert done.code == 0, done.err
    assert len(rivers(run)["events"]) == 3
    (folder / "b.csv").write_text(WATERS["a.csv"])
    refused = taken(run, folder, "a.csv b.csv", "a.toml p.toml")
    assert refused.code == 2
    assert "b.csv is a file of none of the maps" in refused.err


def test_maps_that_do_not_fit_the_files_are_refused(run: Run, folder: Path) -> None:
    refused = taken(run, folder, "a.csv", "a.toml p.toml")
    assert refused.code == 2
    assert "2 maps for 1 files; give one for each file" in refused.err


def test_parts_may_come_after_the_file_of_their_agreements(run: Run, folder: Path) -> None:
    """The file of parts is no newer edition of the other, and neither takes back what the other says."""
    assert taken(run, folder, "a.csv", "a.toml").code == 0
    done = taken(run, folder, "p.csv", "p.toml")
    assert done.code == 0, done.err
    assert "newer edition" not in done.err
    assert [event["kind"] for event in rivers(run)["events"]] == ["signed", "ratified", "ratified"]
    assert rivers(run)["origin"]["file"] == "a.csv"
    for again in (("a.csv", "a.toml"), ("p.csv", "p.toml"), ("a.csv p.csv", "a.toml p.toml")):
        assert "0 changed, 2 unchanged; nothing changed" in taken(run, folder, *again).err


def test_parts_of_what_is_nowhere_are_refused(run: Run, folder: Path) -> None:
    done = taken(run, folder, "p.csv", "p.toml")
    assert done.code == 1
    assert "which is neither here nor in the store" in done.err


def test_labels_become_focus_areas_where_a_map_asks(run: Run, folder: Path) -> None:
    """Those that the register has are found by code or label; a new one is made once, and told."""
    done = taken(run, folder, "a.csv", "a.toml")
    assert "a.csv, row 2: 'High seas' becomes a focus area of its own, high_seas" in done.err
    assert done.err.count("focus area of its own") == 1
    assert rivers(run)["focus_areas"] == ["high_seas", "space"]
    assert len(json.loads(run("list", "focus:high_seas", "--json").out)) == 2


def test_without_the_word_labels_are_refused(run: Run, folder: Path) -> None:
    (folder / "a.toml").write_text(WATERS["a.toml"].replace("new_focus_areas = true\n", ""))
    assert taken(run, folder, "a.csv", "a.toml").code != 0


def test_a_list_of_objects_gives_a_relation_each(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(
        json.dumps(
            [
                {"id": 1, "title": "Treaty on air"},
                {"id": 2, "title": "Treaty on rail"},
                {"id": 3, "title": "Protocol", "links": [{"to": 1, "as": "amends"}, {"to": 2, "as": "supplements"}]},
            ]
        )
    )
    (tmp_path / "d.toml").write_text(
        '[agreement]\nkey = "id"\ntitle = "title"\n[[relation]]\ntype = { column = "links.as" }\nkey = "links.to"\n'
    )
    done = run("import", tmp_path / "d.json", "--map", tmp_path / "d.toml")
    assert done.code == 0, done.err
    (found,) = json.loads(run("list", '"protocol"', "--json").out)
    assert [(item["type"], item["target"]) for item in found["relations"]] == [
        ("amends", "treaty-air"), ("supplements", "treaty-rail"),
    ]  # fmt: skip


EDGES = {
    "e.csv": "From,To,How\n2,1,amends\n1,1,supersedes\n",
    "e.toml": (
        '[mapping]\nname = "waters"\n[agreement]\ntitle = "From"\n[[part]]\nof = "From"\n'
        '[[relation]]\ntype = { column = "How" }\nkey = "To"\n'
    ),
    "w.csv": "Treaty,Who\n1,France\n1,Japan\n2,Mali\n",
    "w.toml": (
        '[mapping]\nname = "waters"\n[agreement]\ntitle = "Treaty"\n'
        '[[part]]\nof = "Treaty"\n[[party]]\ncolumn = "Who"\n'
    ),
}
"""Relations in a file of their own, and parties without an act."""


def test_relations_may_stand_in_a_file_of_their_own(run: Run, folder: Path) -> None:
    for name, text in EDGES.items():
        (folder / name).write_text(text)
    done = taken(run, folder, "e.csv a.csv w.csv", "e.toml a.toml w.toml", "--skip-bad")
    assert done.code == 1
    assert "points at the record itself" in done.err
    (lakes,) = json.loads(run("list", '"lakes"', "--json").out)
    assert [(one["type"], one["target"]) for one in lakes["relations"]] == [("amends", rivers(run)["ref"])]
    assert lakes["origin"] == {"set": "waters", "key": "2", "file": "a.csv", "row": 3}


def test_what_another_file_gave_stays_where_that_is_not_read(run: Run, folder: Path) -> None:
    for name, text in EDGES.items():
        (folder / name).write_text(text.replace("1,1,supersedes\n", ""))
    every = ("a.csv w.csv e.csv", "a.toml w.toml e.toml")
    assert taken(run, folder, *every).code == 0
    for again in (("a.csv", "a.toml"), ("w.csv", "w.toml"), ("e.csv", "e.toml"), every):
        assert "nothing changed" in taken(run, folder, *again).err
    (folder / "w.csv").write_text("Treaty,Who\n1,France\n2,Mali\n")
    (folder / "e.csv").write_text("From,To,How\n2,1,supersedes\n")
    assert "2 changed" in taken(run, folder, *every).err
    assert [party["code"] for party in rivers(run)["parties"]] == ["FRA"]
    (lakes,) = json.loads(run("list", '"lakes"', "--json").out)
    assert [one["type"] for one in lakes["relations"]] == ["supersedes"]
