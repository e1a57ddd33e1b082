"""Same or not: rows that look alike stay apart or are asked about, and what is likely the same is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Outcome, Run

from tracker.read.lookup import all_pairs

Ask = Callable[..., Outcome]

MAP = """\
[agreement]
title = "Title"
identifiers.TIAS = "Tias"
notes = "Note"
[[party]]
column = "Between"
separator = ","
[[event]]
kind = "signed"
date = "Signed"
[[event]]
kind = "entered_into_force"
date = "Force"
"""
HEADER = "Title;Between;Signed;Force;Tias;Note;Desk"
FISH = "Exchange of notes;USA,JPN;1960-01-19;1960-02-01;11;on fish;4"
WHALES = "Exchange of notes;USA,JPN;1960-01-19;1960-03-01;12;on whales;5"
OIL = "Note on oil;USA,CAN;2020-01-02;;;;"


@pytest.fixture
def ask(run: Run, other_store: Path) -> Ask:
    """The program over an empty store."""
    return lambda *arguments: run("--store", other_store, *arguments)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file of the sheet's folder."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


Write = Callable[[str, str], Path]


def mapped(write: Write, *rows: str, name: str = "deals.csv", spec: str = "deals.toml") -> tuple[object, ...]:
    """The arguments that import rows by the map, which has no key."""
    return "import", write(name, "\n".join((HEADER, *rows)) + "\n"), "--map", write(spec, MAP)


def ours(write: Write, *rows: str, header: str = "title,parties,signed,notes") -> tuple[object, ...]:
    """The arguments that import rows under field names."""
    return "import", write("ours.csv", "\n".join((header, *rows)) + "\n")


def records(ask: Ask) -> dict[str, dict[str, Any]]:
    return {record["ref"]: record for record in json.loads(ask("list", "--json").out)}


def notes(ask: Ask) -> dict[str, list[str]]:
    return {ref: record["notes"] for ref, record in records(ask).items()}


def test_titles_that_differ_behind_the_first_two_hundred_characters_are_apart(ask: Ask, write: Write) -> None:
    long = f"Complementary Agreement on {'Technical Cooperation ' * 12}for"
    rows = [f"{long} {what};BRA,DEU;2010-01-01;;;;" for what in ("forests", "registers", "vaccines")]
    assert "3 new" in ask(*mapped(write, *rows)).err
    assert "0 new, 0 changed, 3 unchanged" in ask(*mapped(write, *reversed(rows))).err


def test_rows_of_a_set_without_keys_that_contradict_each_other_are_apart(ask: Ask, write: Write) -> None:
    done = ask(*mapped(write, FISH, WHALES, OIL))
    assert "3 new, 0 changed" in done.err
    assert "deals.csv, row 3: the same title, parties and day as deals.csv, row 2" in done.err
    assert sorted(note for held in notes(ask).values() for note in held) == ["on fish", "on whales"]
    assert "0 new, 0 changed, 3 unchanged" in ask(*mapped(write, WHALES, OIL, FISH)).err
    corrected = WHALES.replace("on whales", "on great whales")
    ask(*mapped(write, OIL, corrected, FISH))
    held = {record["identifiers"][0]["value"]: record["notes"] for record in records(ask).values() if record["notes"]}
    assert held == {"11": ["on fish"], "12": ["on great whales"]}


@pytest.mark.parametrize("number", [3, pytest.param(160, marks=pytest.mark.long)])
def test_many_rows_of_one_title_without_parties_and_day_come_in_again_unchanged(
    ask: Ask, write: Write, number: int
) -> None:
    rows = [f"Note;;;;;about {place};" for place in range(number)]
    assert f"{number} new" in ask(*mapped(write, *rows)).err
    again = ask(*mapped(write, *rows[::-1])).err
    assert f"0 new, 0 changed, {number} unchanged" in again
    assert "gone" not in again


@pytest.mark.sampled(2)
@pytest.mark.parametrize("column", ["Force", "Tias", "Note", "Desk"])
def test_each_kind_of_cell_tells_rows_of_one_title_and_day_apart(ask: Ask, write: Write, column: str) -> None:
    other = dict(zip(HEADER.split(";"), WHALES.split(";"), strict=True))
    row = dict(zip(HEADER.split(";"), FISH.split(";"), strict=True)) | {column: other[column]}
    assert "2 new" in ask(*mapped(write, FISH, ";".join(row.values()))).err


def test_a_row_that_says_more_of_the_same_is_united(ask: Ask, write: Write) -> None:
    bare = "Exchange of notes;USA,JPN;1960-01-19;;;;"
    assert "1 new" in ask(*mapped(write, bare, FISH)).err
    assert notes(ask) == {"us-jp-exchange-notes-1960": ["on fish"]}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("corrected", ["Note on oil;USA,CAN;2020-01-03;;;;", "Note on the oil;USA,CAN;2020-01-02;;;;"])
def test_a_corrected_row_of_a_set_without_keys_is_offered(ask: Ask, write: Write, corrected: str) -> None:
    ask(*mapped(write, FISH, OIL))
    done = ask(*mapped(write, FISH, corrected))
    assert "1 new" in done.err
    assert "likely the same as us-ca-note-oil-2020" in done.err
    assert "whose row is gone from deals.csv; join them with: tracker merge" in done.err
    (new,) = set(records(ask)) - {"us-ca-note-oil-2020", "us-jp-exchange-notes-1960"}
    ask("merge", "us-ca-note-oil-2020", new)
    again = ask(*mapped(write, FISH, corrected))
    assert "0 new" in again.err
    assert "doubtful" not in again.err
    (signed,) = [event["date"] for event in records(ask)["us-ca-note-oil-2020"]["events"]]
    assert signed == corrected.split(";")[2]


def test_a_row_that_comes_in_a_file_of_its_own_is_offered_within_its_set(ask: Ask, write: Write) -> None:
    ask(*mapped(write, FISH, OIL))
    done = ask(*mapped(write, OIL.replace("2020-01-02", "2020-01-03"), name="more.csv"))
    assert "likely the same as us-ca-note-oil-2020" in done.err


def test_a_renamed_map_is_of_the_same_set(ask: Ask, write: Write) -> None:
    ask(*mapped(write, FISH, OIL))
    done = ask(*mapped(write, FISH, OIL, spec="renamed.toml"))
    assert "0 new, 0 changed, 2 unchanged" in done.err
    assert 'its set is deals: write that into it, [mapping] name = "deals"' in done.err


def test_maps_of_one_name_over_other_agreements_are_of_two_sets(ask: Ask, write: Write) -> None:
    spec = MAP.replace("[agreement]", '[agreement]\nkey = "Desk"')
    for folder, row in (
        ("one", "Note on oil;USA,CAN;2020-01-02;;;;1"),
        ("two", "Pact on cars;FRA,DEU;1980-01-19;;;;1"),
    ):
        sheet = write(f"{folder}/deals.csv", f"{HEADER}\n{row}\n")
        done = ask("import", sheet, "--map", write(f"{folder}/deals.toml", spec))
        assert "1 new, 0 changed" in done.err
    assert "its set is deals-2" in done.err
    assert "0 new, 0 changed, 1 unchanged" in ask("import", sheet, "--map", sheet.with_suffix(".toml")).err


ALIKE = ("Exchange of notes,USA;JPN,1960-01-19,on fish", "Exchange of notes,USA;JPN,1960-01-19,on whales")
UNDATED = ("Memorandum,USA;JPN,,one", "Memorandum,USA;JPN,,two")


@pytest.mark.parametrize("rows", [ALIKE, UNDATED])
def test_rows_of_our_own_sheet_that_look_alike_are_two_records(ask: Ask, write: Write, rows: tuple[str, str]) -> None:
    done = ask(*ours(write, *rows))
    assert "2 new, 0 changed" in done.err
    assert "ours.csv, row 3: " in done.err
    assert "another row has the same title, kind, parties and day" in done.err
    held = notes(ask)
    assert len(held) == 2
    for again in (rows, rows[::-1]):
        assert "0 new, 0 changed, 2 unchanged" in ask(*ours(write, *again)).err
    assert notes(ask) == held


def test_a_corrected_row_of_our_own_sheet_takes_the_place_of_no_other(ask: Ask, write: Write) -> None:
    ask(*ours(write, *ALIKE))
    done = ask(*ours(write, ALIKE[1].replace("whales", "great whales"), ALIKE[0]))
    assert "0 new, 1 changed, 1 unchanged" in done.err
    assert "taken for us-jp-exchange-notes-1960-2" in done.err
    assert sorted(note for (note,) in notes(ask).values()) == ["on fish", "on great whales"]


def test_what_a_row_of_our_own_sheet_may_be_is_asked_where_no_day_tells(ask: Ask, write: Write) -> None:
    ask(*ours(write, UNDATED[0]))
    done = ask(*ours(write, UNDATED[1]))
    assert done.code == 1
    assert "us-jp-memorandum has the same title, kind and parties, and no day" in done.err
    assert notes(ask) == {"us-jp-memorandum": ["one"]}


def test_a_row_of_our_own_sheet_keeps_what_it_does_not_speak_of(ask: Ask, write: Write) -> None:
    ask("add", "Note on oil", "--party", "USA", "--party", "CAN", "--signed", "2020-01-02", "--alias", "Oil Note")
    done = ask(*ours(write, "Note on oil,USA;CAN,2020-01-02,seen"))
    assert "0 new, 1 changed" in done.err
    (record,) = records(ask).values()
    assert (record["aliases"], record["notes"]) == (["Oil Note"], ["seen"])


def test_two_rows_of_one_ref_that_contradict_each_other_are_refused(ask: Ask, write: Write) -> None:
    done = ask(*ours(write, "x-1,Deal,a", "x-1,Deal,b", header="ref,title,notes"))
    assert done.code == 1
    assert "ours.csv, row 3: ours.csv, row 2 is of x-1 too: notes is ['a'] there and ['b'] here" in done.err


def test_a_row_that_is_repeated_cell_by_cell_is_left_out_and_told(ask: Ask, write: Write) -> None:
    done = ask(*ours(write, ALIKE[0], ALIKE[0]))
    assert "ours.csv, row 3: the same as ours.csv, row 2, cell by cell; left out" in done.err
    assert len(notes(ask)) == 1


def test_a_corrected_day_in_our_own_sheet_is_offered(ask: Ask, write: Write) -> None:
    ask(*ours(write, ALIKE[0]))
    done = ask(*ours(write, ALIKE[0].replace("01-19", "01-20")))
    assert "likely the same as us-jp-exchange-notes-1960 (0.94)" in done.err


def _with_number(write: Write, *documents: dict[str, Any]) -> tuple[object, ...]:
    lines = (json.dumps({"record": "agreement", **document}) for document in documents)
    return "import", write("own.ndjson", "\n".join(lines))


NUMBERS = [
    ("TIAS", "4509", "TIAS", "No. 4509", True),
    ("UNTS", "5320", "UNTS", "I-5320", True),
    ("UNTS", "5320", "UNTS", "5,320", True),
    ("UNTS", "I-55 320", "UNTS", "55.320", True),
    ("ETS", "005", "CETS", "5", True),
    ("LNTS", "41", "LNTS", "41", True),
    ("TIAS", "4509", "UNTS", "4509", False),
    ("UNTS_volume", "373", "UNTS_volume", "373", False),
    ("TIAS", "4509", "TIAS", "4510", False),
    ("UNTS", "5320", "UNTS", "A-5320", False),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("numbers", NUMBERS)
def test_one_number_of_a_registry_is_enough_to_ask(
    ask: Ask, write: Write, numbers: tuple[str, str, str, str, bool]
) -> None:
    scheme, value, other_scheme, other, is_asked = numbers
    one = {"ref": "one", "title": "Treaty of Mutual Cooperation", "identifiers": [{"scheme": scheme, "value": value}]}
    two = {"ref": "two", "title": "相互協力条約", "identifiers": [{"scheme": other_scheme, "value": other}]}
    ask(*_with_number(write, one, two))
    found = json.loads(ask("duplicates", "--json").out)["rows"]
    assert [(row["ref"], row["other"]) for row in found] == ([("one", "two")] if is_asked else [])
    added = ask("add", "Another title", "--identifier", f"{other_scheme}:{other}")
    assert added.code == (1 if scheme != "UNTS_volume" else 0)


@pytest.mark.parametrize("named", [{"short_title": "Fish Accord"}, {"aliases": ["Accord of fish"]}])
def test_other_names_are_compared(ask: Ask, write: Write, named: dict[str, Any]) -> None:
    common = {"parties": [{"code": "USA"}, {"code": "JPN"}], "events": [{"kind": "signed", "date": "1960-01-19"}]}
    one = {"ref": "one", "title": "Agreement on high seas resources", **common, **named}
    ask(*_with_number(write, one, {"ref": "two", "title": "Fish accord", **common}))
    (row,) = json.loads(ask("duplicates", "--json").out)["rows"]
    assert (row["ref"], row["other"], row["score"]) == ("one", "two", 1.0)


def test_titles_of_one_series_are_not_the_same_for_a_name_in_common(ask: Ask, write: Write) -> None:
    common = {"short_title": "Fish Protocol", "parties": [{"code": "USA"}, {"code": "JPN"}]}
    documents = [
        {"ref": f"p{year}", "title": f"{nth} Protocol on fish", **common, "events": [{"kind": "signed", "date": year}]}
        for nth, year in (("First", "1960"), ("Second", "1970"))
    ]
    ask(*_with_number(write, *documents))
    assert json.loads(ask("duplicates", "--json").out)["rows"] == []


def test_what_too_many_share_is_told(ask: Ask, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_pairs, "COMMON", 1)
    monkeypatch.setattr(all_pairs, "NEIGHBOURS", 2)
    common = {
        "title": "Agreement on fish",
        "parties": [{"code": "USA"}],
        "events": [{"kind": "signed", "date": "1960"}],
    }
    ask(*_with_number(write, *({"ref": ref, **common} for ref in ("one", "two", "three"))))
    answer = json.loads(ask("duplicates", "--json").out)
    assert len(answer["rows"]) == 2
    (left_out,) = answer["left_out"]
    assert (left_out["count"], "nearest in time" in left_out["reason"]) == (3, True)
    assert "3 agreements were not compared with all" in ask("duplicates", "-f", "table").out


def test_an_equal_act_is_asked_about_and_found(ask: Ask) -> None:
    ask("add", "Note on oil", "--party", "USA", "--party", "CAN", "--signed", "2020-01-02")
    ref = "us-ca-note-oil-2020"
    refused = ask("event", ref, "signed", "2020-01-02")
    assert refused.code == 1
    assert f"likely there already: e1 of {ref} is signed 2020-01-02 too" in refused.err
    assert ask("event", ref, "signed", "2020-01-02", "--place", "Ottawa", "--party", "CAN").code == 0
    assert json.loads(ask("check", "--rule", "repeated_act", "--json").out)["rows"] == []
    done = ask("event", ref, "signed", "2020-01-02", "--yes")
    assert "odd: signed 2020-01-02 stands twice" in done.err
    (row,) = json.loads(ask("check", "--rule", "repeated_act", "--json").out)["rows"]
    assert (row["path"], row["finding"]) == ("events[e3]", "signed 2020-01-02 stands twice: e1 and e3")
    ask("event", ref, "entered_into_force", "2020-01-02")
    corrected = ask("event", ref, "--edit", "e4", "--kind", "signed")
    assert corrected.code == 1


def test_signatures_of_one_day_in_two_places_are_two_acts(ask: Ask) -> None:
    done = ask("add", "Note", "--signed", "2020-01-02", "--signed", "2020-01-02", "--place", "Rome", "--place", "Bonn")
    assert (done.code, "twice" in done.err) == (0, False)


def test_an_import_unites_equal_acts_of_one_row(ask: Ask, write: Write) -> None:
    spec = write(
        "deals.toml",
        MAP.replace("entered_into_force", "signed").replace('date = "Force"', 'date = "Force"\nnote = "Desk"'),
    )
    sheet = write("deals.csv", f"{HEADER}\nNote on oil;USA,CAN;2020-01-02;2020-01-02;;;by hand\n")
    ask("import", sheet, "--map", spec)
    (record,) = records(ask).values()
    assert [(event["date"], event["note"]) for event in record["events"]] == [("2020-01-02", "by hand")]
    assert "0 changed, 1 unchanged" in ask("import", sheet, "--map", spec).err


@pytest.mark.parametrize("unread", ["Note on oil;USA,CAN;31.02.2020;;;;", "Note on oil;USA,Ruritania;2020-01-02;;;;"])
def test_a_row_known_by_what_cannot_be_read_is_not_pruned_away(ask: Ask, write: Write, unread: str) -> None:
    assert ask(*mapped(write, FISH, OIL)).code == 0
    before = set(records(ask))
    done = ask(*mapped(write, FISH, unread), "--skip-bad", "--prune")
    assert done.code == 1
    assert "and it stays: it may be row 3, which cannot be read" in done.err
    assert before <= set(records(ask))


def test_the_same_title_of_the_same_parties_without_a_day_is_asked_about(ask: Ask) -> None:
    new = ("add", "Fisheries agreement", "--party", "Spain", "--party", "Morocco")
    assert ask(*new).code == 0
    done = ask(*new)
    assert done.code == 1
    assert "has the same title, parties and type, and no day of signature either" in done.err
    assert ask(*new, "--yes").code == 0
    assert ask("add", "Fisheries agreement", "--party", "Spain").code == 0


def test_two_agreements_of_one_key_are_not_made_one(run: Run, other_store: Path, tmp_path: Path) -> None:
    """Another title and another day of signature: the number stands twice, and nobody is a party of the other."""
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    text = "No,Title,Parties,Signed\n1,Treaty on posts,France,1990-01-01\n2,Treaty on air,Spain,1991-01-01\n"
    sheet.write_text(f"{text}2,Treaty on sea,Italy,1992-01-01\n", encoding="utf-8")
    spec.write_text(
        '[agreement]\nkey = "No"\ntitle = "Title"\n[[party]]\ncolumn = "Parties"\n'
        '[[event]]\nkind = "signed"\ndate = "Signed"\n',
        encoding="utf-8",
    )
    code, _, err = run("--store", other_store, "import", sheet, "--map", spec)
    assert code == 1
    assert "has the key '2' of deals.csv, row 3, and another title and other days" in err
    assert run("--store", other_store, "import", sheet, "--map", spec, "--skip-bad").code == 1
    found = json.loads(run("--store", other_store, "list", "--json").out)
    assert sorted((one["title"], one["parties"][0]["code"]) for one in found) == [
        ("Treaty on air", "ESP"),
        ("Treaty on posts", "FRA"),
    ]
