"""What a source takes back is taken back; what cannot be taken is refused alone: the cell, the item or the relation."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

MAP = """\
[mapping]
name = "deals"
[agreement]
key = "No"
title = "Name"
short_title = "Short"
aliases = { column = "Alias", separator = ";" }
titles.fr = "Fr"
focus_areas = { column = "Focus", separator = ";" }
languages = { column = "Lang", separator = ";" }
notes = { column = "Note", separator = "|" }
sources = { column = "Url", separator = " " }
identifiers.TIAS = "Tias"
binding_status = { column = "Bind" }
expires = "Until"
[[party]]
column = "Between"
separator = ";"
[[event]]
kind = "signed"
date = "Signed"
places = { column = "Place", separator = ";" }
note = "How"
[[event]]
kind = "entered_into_force"
date = "Force"
[[relation]]
type = "amends"
key = "Amends"
"""

HEADER = "No,Name,Short,Alias,Fr,Focus,Lang,Note,Url,Tias,Bind,Until,Between,Signed,Place,How,Force,Amends,Desk"
BASE = "1,Agreement on ropes,,,,,,,,,,,USA;JPN,2000-01-01,,,,,"
FULL = (
    "2,Agreement on nets,Nets,Al1;Al2,Filets,cyber;space,en;fr,n one|n two,http://a.example http://b.example,11,"
    "binding,2030-01-01,FRA;DEU,2001-01-01,Paris;Bonn,by hand,2002-02-02,1,4"
)
OTHER = "3,Agreement on oars,,,,,,,,,,,ITA;ESP,2003-01-01,,,,,"
SECOND = "4,Agreement on sails,Sails,,,,,,,12,,,ITA;ESP,2004-01-01,,,2004-02-02,1,"


class Sheet:
    """A sheet of the set, its map, and a store into which it is imported."""

    def __init__(self, run: Run, store: Path, folder: Path) -> None:
        self._run, self._store, self._folder = run, ("--store", store), folder
        self.map = folder / "deals.toml"
        self.map.write_text(MAP)

    def __call__(self, *arguments: object, code: int = 0, stdin: str = "") -> Any:
        done = self._run(*self._store, *arguments, stdin=stdin)
        assert done.code == code, done.err
        return done

    def write(self, *rows: str, name: str = "deals.csv") -> Path:
        path = self._folder / name
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        return path

    def take(self, *rows: str, options: tuple[str, ...] = (), code: int = 0, name: str = "deals.csv") -> Any:
        return self("import", self.write(*rows, name=name), "--map", self.map, *options, code=code)

    def plan(self, *rows: str, options: tuple[str, ...] = (), code: int = 0, name: str = "deals.csv") -> Any:
        done = self.take(*rows, options=("--dry-run", "--json", *options), code=code, name=name)
        return json.loads(done.out)["rows"]

    def record(self, key: str) -> dict[str, Any]:
        return next(one for one in self.records() if one["origin"]["key"] == key)

    def records(self) -> list[dict[str, Any]]:
        return list(json.loads(self("list", "--json").out))


@pytest.fixture
def sheet(run: Run, other_store: Path, tmp_path: Path) -> Sheet:
    return Sheet(run, other_store, tmp_path)


def cells(row: str, **changed: str) -> str:
    """Return a row with other texts in some of its columns."""
    named = dict(zip(HEADER.split(","), row.split(","), strict=True))
    assert changed.keys() <= named.keys()
    return ",".join((named | changed).values())


EDITS = {
    "Short": ("", "short_title"),
    "Alias": ("Al1", "aliases"),
    "Fr": ("", "titles[fr]"),
    "Focus": ("cyber", "focus_areas"),
    "Lang": ("en", "languages"),
    "Note": ("n one", "notes"),
    "Url": ("http://a.example", "sources[b-example]"),
    "Tias": ("", "identifiers[TIAS]"),
    "Bind": ("", "binding_status"),
    "Until": ("", "terms.duration"),
    "Between": ("FRA", "parties[DEU]"),
    "Signed": ("2001-01-02", "events[e1].date"),
    "Place": ("Paris", "events[e1].places"),
    "How": ("", "events[e1].note"),
    "Force": ("", "events[e2]"),
    "Amends": ("", "relations[amends us-jp-agreement-ropes-2000]"),
    "Desk": ("", "extra.desk"),
}
"""Each kind of cell changed or emptied, and the one line of the plan that tells of it."""


def test_twenty_edits_of_a_copy_are_twenty_lines_of_the_plan(sheet: Sheet) -> None:
    sheet.take(BASE, OTHER, FULL, SECOND)
    assert sheet.plan(BASE, OTHER, FULL, SECOND) == []
    edited = cells(FULL, **{column: text for column, (text, _) in EDITS.items()})
    second = cells(SECOND, Tias="13", Name="Agreement on the sails")
    lines = sheet.plan(BASE, edited, second)
    changed = sorted(line["field"] for line in lines if line["what"] == "changed")
    assert changed == sorted([path for _, path in EDITS.values()] + ["identifiers[TIAS].value", "title"])
    (gone,) = (line for line in lines if line["what"] == "gone")
    assert (gone["id"], gone["file"]) == ("it-es-agreement-oars-2003", "deals.csv")
    assert len(lines) == 20
    assert all(line["file"] == "deals.csv" and (line["row"] or line is gone) for line in lines)
    done = sheet.take(BASE, edited, second)
    assert "0 new, 2 changed, 1 unchanged, 1 gone from the files" in done.err
    again = sheet.take(BASE, edited, second)
    assert "0 new, 0 changed, 3 unchanged, 1 gone from the files; nothing changed" in again.err


@pytest.mark.sampled(10)
@pytest.mark.parametrize("column", EDITS)
def test_what_a_cell_no_longer_says_goes_and_comes_back(sheet: Sheet, column: str) -> None:
    sheet.take(BASE, FULL)
    before = sheet.record("2")
    text, path = EDITS[column]
    edited = cells(FULL, **{column: text})
    assert [line["field"] for line in sheet.plan(BASE, edited)] == [path]
    sheet.take(BASE, edited)
    assert sheet.plan(BASE, edited) == []
    sheet.take(BASE, FULL)
    after = sheet.record("2")
    for record in (before, after):
        for event in record["events"]:
            event.pop("id")
        for key in ("derived", "origin"):
            record.pop(key)
    assert after == before


def test_what_people_did_stays_and_is_told(sheet: Sheet) -> None:
    sheet.take(BASE, FULL)
    ref = sheet.record("2")["ref"]
    for change in (
        ("--set", "short_title=The Nets"),
        ("--set", "extra.desk=5"),
        ("--set", "parties[DEU].role=observer"),
        ("--set", "events[e2].note=seen in the gazette"),
        ("--add", "aliases=Mine"),
        ("--add", "identifiers=UNTS 7"),
        ("--remove", "focus_areas[cyber]"),
    ):
        sheet("edit", ref, *change)
    empty = cells(FULL, Short="", Desk="", Between="FRA", Force="", Alias="", Tias="")
    doubtful = {line["field"] for line in sheet.plan(BASE, empty) if line["what"] == "doubtful"}
    assert doubtful == {"short_title", "extra.desk", "parties[DEU]", "events[e2]"}
    done = sheet.take(BASE, empty)
    assert "the source no longer says it" in done.err
    held = sheet.record("2")
    assert (held["short_title"], held["extra"], held["aliases"]) == ("The Nets", {"desk": 5}, ["Mine"])
    assert [party["code"] for party in held["parties"]] == ["FRA", "DEU"]
    assert [one["scheme"] for one in held["identifiers"]] == ["UNTS"]
    assert held["focus_areas"] == ["space"]
    assert [event["kind"] for event in held["events"]] == ["signed", "entered_into_force"]


def test_what_a_person_emptied_stays_empty(sheet: Sheet) -> None:
    sheet.take(BASE, FULL)
    sheet("edit", sheet.record("2")["ref"], "--remove", "short_title")
    lines = sheet.plan(BASE, FULL)
    assert [(line["what"], line["field"], line["new"]) for line in lines] == [("doubtful", "short_title", "Nets")]


def test_a_bad_row_takes_nothing_back_and_lets_the_others(sheet: Sheet) -> None:
    sheet.take(BASE, FULL, OTHER)
    bad = cells(FULL, Signed="2001-13-01", Short="", Between="FRA;Atlantis")
    rows = (cells(BASE, Signed=""), bad)
    lines = sheet.plan(*rows, options=("--skip-bad",), code=1)
    told = {(line["what"], line["field"] or line["column"]) for line in lines}
    assert told == {
        ("changed", "events[e1]"),
        ("changed", "short_title"),
        ("bad", "Signed"),
        ("bad", "Between"),
        ("gone", None),
    }
    sheet.take(*rows, options=("--skip-bad",), code=1)
    assert [event["date"] for event in sheet.record("2")["events"]] == ["2001-01-01", "2002-02-02"]
    assert [party["code"] for party in sheet.record("2")["parties"]] == ["FRA", "DEU"]


def test_rows_that_are_gone_are_removed_where_that_is_asked(sheet: Sheet) -> None:
    sheet.take(BASE, FULL, OTHER, SECOND)
    assert "1 gone from the files; nothing changed" in sheet.take(BASE, FULL, SECOND).err
    assert len(sheet.records()) == 4
    assert [line["what"] for line in sheet.plan(BASE, FULL, SECOND, options=("--prune",))] == ["removed"]
    assert "1 removed" in sheet.take(BASE, FULL, SECOND, options=("--prune",)).err
    assert {one["origin"]["key"] for one in sheet.records()} == {"1", "2", "4"}
    sheet("edit", sheet.record("4")["ref"], "--add", "notes=Mine")
    done = sheet.take(FULL, options=("--prune",))
    assert "it stays: it was worked on here" in done.err
    assert "it stays: a relation of" in done.err
    assert len(sheet.records()) == 3


def test_a_row_that_cannot_be_told_may_be_the_one_that_is_gone(sheet: Sheet) -> None:
    sheet.take(BASE, OTHER)
    done = sheet.take(BASE, OTHER + ",more", options=("--skip-bad", "--prune"), code=1)
    assert "it stays: it may be row 3, which cannot be read" in done.err
    assert len(sheet.records()) == 2


def test_a_file_of_another_name_is_a_newer_edition_and_that_is_told(sheet: Sheet) -> None:
    sheet.take(BASE, FULL, OTHER, name="first.csv")
    edited = cells(FULL, Short="", Force="")
    done = sheet.take(BASE, edited, name="second.csv")
    assert "second.csv is taken for a newer edition of first.csv" in done.err
    held = sheet.record("2")
    assert (held["short_title"], [event["kind"] for event in held["events"]]) == (None, ["signed"])
    assert [line["what"] for line in sheet.plan(BASE, edited, name="second.csv")] == ["gone"]
    sheet.take(BASE, edited, name="second.csv", options=("--prune",))
    assert len(sheet.records()) == 2


def test_an_older_edition_that_is_read_again_is_the_one_that_counts(sheet: Sheet) -> None:
    """What the newer file gave goes with it, and reading the same file once more changes nothing."""
    fewer = cells(FULL, Between="FRA", Short="", Note="other")
    sheet.take(BASE, FULL, name="first.csv")
    before = sheet.record("2")
    sheet.take(BASE, fewer, name="second.csv")
    sheet.take(BASE, FULL, name="first.csv")
    now = sheet.record("2")
    assert {key: now[key] for key in ("parties", "short_title", "notes")} == {
        key: before[key] for key in ("parties", "short_title", "notes")
    }
    assert "nothing changed" in sheet.take(BASE, FULL, name="first.csv").err


def test_a_file_beside_another_takes_nothing_back_from_it(sheet: Sheet) -> None:
    parted = (cells(OTHER, No="2", Between="ITA", Name="Agreement on nets"), SECOND)
    first, second = sheet.write(BASE, FULL, name="a.csv"), sheet.write(*parted, name="b.csv")
    sheet("import", first, second, "--map", sheet.map)
    before = sheet.record("2")
    assert "0 changed" in sheet("import", second, "--map", sheet.map).err
    assert sheet.record("2") == before


def test_a_corrected_row_without_a_key_is_new_and_the_old_one_is_gone(sheet: Sheet) -> None:
    sheet.map.write_text(MAP.replace('key = "No"\n', ""))
    sheet.take(BASE, OTHER)
    lines = sheet.plan(cells(BASE, Signed="2000-01-02"), OTHER)
    assert {line["what"] for line in lines} >= {"new", "gone"}


def test_a_circle_is_refused_by_the_relation_that_closes_it(sheet: Sheet) -> None:
    rows = (cells(BASE, Amends="4"), cells(OTHER, Amends="1"), SECOND)
    refused = sheet.take(*rows, code=1)
    assert "deals.csv, row 4: relations[amends us-jp-agreement-ropes-2000]: closes a circle" in refused.err
    assert sheet.records() == []
    (line,) = (line for line in sheet.plan(*rows, code=1) if line["what"] == "bad")
    assert (line["file"], line["row"]) == ("deals.csv", 4)
    done = sheet.take(*rows, options=("--skip-bad",), code=1)
    assert "3 new, 0 changed, 0 unchanged, 1 bad left out" in done.err
    amended = {one["origin"]["key"]: [other["target"] for other in one["relations"]] for one in sheet.records()}
    assert {key: len(targets) for key, targets in amended.items()} == {"1": 1, "3": 1, "4": 0}
    assert "0 new, 0 changed, 3 unchanged" in sheet.take(*rows, options=("--skip-bad",), code=1).err


def test_a_circle_is_refused_by_the_relation_as_its_record_says_it(run: Run, other_store: Path) -> None:
    """The record of the third line says that it is amended; what amends was named, which stands nowhere in it."""
    said = {"note-a": "note-b", "note-b": "note-c", "note-c": "note-a"}
    lines = "".join(
        json.dumps(
            {
                "record": "agreement",
                "ref": ref,
                "title": f"Exchange of {ref}",
                "relations": [{"type": "amended_by", "target": other}],
            }
        )
        + "\n"
        for ref, other in said.items()
    )
    for options in ((), ("--skip-bad",)):
        refused = run("--store", other_store, "import", "-", "--from", "ndjson", *options, stdin=lines)
        assert refused.code == 1
        told = "line 3: relations[amended_by note-a]: closes a circle: note-a amends note-c amends note-b amends note-a"
        assert told in refused.err
    related = {one["ref"]: one["relations"] for one in json.loads(run("--store", other_store, "list", "--json").out)}
    assert {ref: [one["target"] for one in ones] for ref, ones in related.items()} == {
        "note-a": [],
        "note-b": ["note-a"],
        "note-c": ["note-b"],
    }


def test_a_cell_that_cannot_be_taken_makes_no_other_line_of_the_plan(sheet: Sheet) -> None:
    """What such a row still says is not gone, whether or not bad cells are left out."""
    sheet.take(BASE, FULL)
    row = cells(FULL, Signed="2001-02-30", Short="")
    for options in ((), ("--skip-bad",)):
        lines = sheet.plan(BASE, row, options=options, code=1)
        assert [(line["what"], line["field"] or line["column"]) for line in lines] in (
            [("bad", "Signed"), ("changed", "short_title")],
            [("changed", "short_title"), ("bad", "Signed")],
        )
    unknown = sheet.plan(BASE, cells(FULL, Between="FRA;Atlantis"), code=1)
    assert [line["what"] for line in unknown] == ["bad"]


def test_an_act_of_several_whose_parties_are_corrected_is_the_same_act(sheet: Sheet) -> None:
    sheet.map.write_text(MAP.replace('date = "Signed"\n', 'date = "Signed"\nparties = true\n'))
    sheet.take(BASE, FULL)
    lines = sheet.plan(BASE, cells(FULL, Between="FRA;ITA"))
    assert sorted(line["field"] for line in lines) == ["events[e1].parties", "parties[DEU]", "parties[ITA]"]
    sheet.take(BASE, cells(FULL, Between="FRA;ITA"))
    signed, entered = sheet.record("2")["events"]
    assert (signed["id"], signed["parties"], entered["id"]) == ("e1", ["FRA", "ITA"], "e2")


AREAS = {"aaa": "bbb", "bbb": "ccc", "ccc": "aaa", "ddd": "ddd", "eee": "aaa"}
"""Focus areas, each with that above it: one that closes a circle of three, and one under itself."""


def areas(above: dict[str, str]) -> str:
    lines = [{"record": "focus_area", "code": code, "label": code, "parent": parent} for code, parent in above.items()]
    lines.append({"record": "agreement", "ref": "xx-1", "title": "Note on ropes", "focus_areas": [*above]})
    return "".join(json.dumps(line) + "\n" for line in lines)


def parents(sheet: Sheet) -> dict[str, str | None]:
    listed = json.loads(sheet("focus", "list", "--json").out)
    return {one["code"]: one["parent"] for one in listed if one["code"] in AREAS}


def test_a_circle_of_focus_areas_is_refused_by_the_one_that_closes_it(sheet: Sheet) -> None:
    refused = sheet("import", "-", stdin=areas(AREAS), code=1)
    assert "line 3: parent: closes a circle: ccc under aaa under bbb under ccc; choose another one" in refused.err
    assert "line 4: parent: closes a circle: ddd under ddd" in refused.err
    assert "2 bad rows" in refused.err
    done = sheet("import", "-", "--skip-bad", stdin=areas(AREAS), code=1)
    assert "6 new, 0 changed, 0 unchanged, 2 bad left out" in done.err
    assert parents(sheet) == {**AREAS, "ccc": None, "ddd": None}
    assert sheet.records()[0]["focus_areas"] == [*AREAS]
    assert "6 unchanged, 2 bad left out" in sheet("import", "-", "--skip-bad", stdin=areas(AREAS), code=1).err


def test_a_focus_area_may_not_close_a_circle_with_what_is_stored(sheet: Sheet) -> None:
    sheet("import", "-", stdin=areas({"aaa": "bbb", "bbb": "technology"}))
    turned = areas({"bbb": "aaa"})
    assert "line 1: parent: closes a circle: bbb under aaa under bbb" in sheet("import", "-", stdin=turned, code=1).err
    sheet("import", "-", "--skip-bad", stdin=turned, code=1)
    assert parents(sheet) == {"aaa": "bbb", "bbb": "technology"}
    both = areas({"aaa": "technology", "bbb": "aaa"})
    assert "3 changed" in sheet("import", "-", stdin=both).err
    assert parents(sheet) == {"aaa": "technology", "bbb": "aaa"}


def test_a_relation_to_itself_is_refused_alone(sheet: Sheet) -> None:
    rows = (cells(BASE, Amends="1"), SECOND)
    assert "deals.csv, row 2: relations[0].target: points at the record itself" in sheet.take(*rows, code=1).err
    done = sheet.take(*rows, options=("--skip-bad",), code=1)
    assert "2 new" in done.err
    assert [len(one["relations"]) for one in (sheet.record("1"), sheet.record("4"))] == [0, 1]


def test_a_cell_that_cannot_be_taken_is_left_out_alone(sheet: Sheet) -> None:
    row = cells(FULL, Between="FRA;Atlantis", Signed="2001-02-30", Bind="perhaps", Lang="en;not a language", Until="x")
    refused = sheet.take(BASE, row, code=1)
    assert refused.err.count("warning: ") == 4
    done = sheet.take(BASE, row, options=("--skip-bad",), code=1)
    assert "2 new" in done.err
    assert done.err.count("warning: ") == 5, "a language is held against the record once the cells can be read"
    held = sheet.record("2")
    assert [party["code"] for party in held["parties"]] == ["FRA"]
    assert [event["kind"] for event in held["events"]] == ["entered_into_force"]
    assert (held["binding_status"], held["languages"], held["terms"]["duration"]) == ("not_assessed", ["en"], None)
    assert held["short_title"] == "Nets"
    assert "0 new, 0 changed, 2 unchanged" in sheet.take(BASE, row, options=("--skip-bad",), code=1).err


def test_of_our_own_json_too_only_what_is_wrong_is_left_out(sheet: Sheet) -> None:
    lines: list[dict[str, Any]] = [
        {
            "ref": "xx-1",
            "title": "One",
            "colour": "red",
            "events": [{"kind": "signed", "date": "2020-13"}, {"kind": "signed", "date": "2020-12"}],
            "parties": [{"code": "USA"}, {"code": "XXZ"}],
            "signatories": [{"person": "nobody", "party": "USA"}],
            "relations": [{"type": "amends", "target": "xx-2"}],
        },
        {"ref": "xx-2", "title": "Two", "focus_areas": ["nowhere"], "sources": [{"source": "none"}]},
        {"ref": "xx-3", "relations": [{"type": "amends", "target": "xx-1"}]},
        {"ref": "xx-4", "title": "Four", "relations": [{"type": "amends", "target": "xx-3"}]},
    ]
    text = "".join(json.dumps({"record": "agreement"} | line) + "\n" for line in lines)
    sheet("import", "-", stdin=text, code=2)
    done = sheet("import", "-", "--skip-bad", stdin=text, code=1)
    assert "imported 3 records (3 agreements): 3 new" in done.err
    for said in ("line 1: events[0].date", "colour: unknown key", "no party 'XXZ'", "line 2", "line 3: title"):
        assert said in done.err
    one, two, four = sorted(sheet.records(), key=lambda record: record["ref"])
    assert [event["date"] for event in one["events"]] == ["2020-12"]
    assert [party["code"] for party in one["parties"]] == ["USA"]
    assert (one["signatories"], [other["target"] for other in one["relations"]]) == ([], ["xx-2"])
    assert (two["focus_areas"], two["sources"], four["relations"]) == ([], [], [])
