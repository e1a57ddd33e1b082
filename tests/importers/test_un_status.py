"""Participation tables of the UN Treaty Collection: kinds by column, brackets, titles, instruments and annexes."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import un_tables
from running import Run

from tracker.importers._un_status_grammar import kinds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up folder."""
    return un_tables.make(tmp_path / "un")


@pytest.fixture
def shown(run: Run, other_store: Path, monkeypatch: pytest.MonkeyPatch):
    """An agreement of the test's store as JSON."""
    monkeypatch.setenv("TRACKER_STORE", str(other_store))

    def show(ref: str) -> dict[str, Any]:
        code, out, err = run("show", ref, "--json")
        assert code == 0, err
        return dict(json.loads(out))

    return show


@pytest.fixture
def filled(run: Run, folder: Path, shown) -> None:
    """The folder imported, recognised without being told."""
    code, _, err = run("import", folder)
    assert code == 0, err
    assert "(4 agreements)" in err


def acts(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (event["kind"], event["date"], *event["parties"])
        for event in record["events"]
        if event["origin"]["file"] != "index.csv"
    ]


def test_a_letter_means_what_its_column_says(filled: None, shown) -> None:
    assert acts(shown("un-xxvii-91"))[:7] == [
        ("signed", "1990-12-03", "NOR"),
        ("ratified", "1992-01-04", "NOR"),
        ("acceded", "1993-09-05", "CPV"),
        ("succeeded", "1993-01-01", "CZE"),
        ("signed_ad_referendum", "1990-12-03", "org-eu"),
        ("ratified", "1994-07-06", "org-eu"),
        ("signed", "1990-12-03", "FJI"),
    ]
    protocol = acts(shown("un-xxvii-91-a"))
    assert protocol[0] == ("signed_ad_referendum", "1992-05-04", "NOR"), "a column of one kind needs no marker"
    assert protocol[1] == ("participation_notified", "1993-08-07", "NOR")


def test_words_outside_the_vocabulary_are_kept(filled: None, shown) -> None:
    (event,) = (event for event in shown("un-xxvii-91-a")["events"] if event["kind"] == "participation_notified")
    assert event["raw"].startswith("Participation under article XI of the Act of 1980")
    ambiguous, marked = shown("un-xxvii-91-2")["events"][1:]
    title = "Definitive signature of the Annex, Acceptance of the Annex, Notification in respect of it(d)"
    assert (ambiguous["kind"], ambiguous["kind_raw"]) == ("other", title)
    assert ambiguous["raw"] == f"{title}: 7 Jun 1993"
    assert marked["kind_raw"] == "Notification in respect of it"


def test_brackets_mean_withdrawn_on_an_unknown_day(filled: None, shown) -> None:
    record = shown("un-xxvii-91")
    assert acts(record)[6:] == [
        ("signed", "1990-12-03", "FJI"),
        ("acceded", "1992-10-03", "FJI"),
        ("withdrawn", None, "FJI"),
    ]
    (status,) = (one for one in record["derived"]["party_status"] if one["code"] == "FJI")
    assert status["status"] != "in_force"


def test_a_day_from_which_an_act_counts_is_its_effective_date(filled: None, shown) -> None:
    (event,) = (event for event in shown("un-xxvii-91-a")["events"] if event["kind"] == "acceded")
    assert (event["date"], event["effective_date"]) == (None, "1995-01-29")


def test_titles_places_days_chapter_and_number(filled: None, shown, run: Run) -> None:
    record = shown("un-xxvii-91")
    assert record["title"] == "Convention on the Colour of Buoys, 1990"
    assert (record["instrument_type"], record["title_term"]) == ("convention", "Convention")
    adopted = record["events"][0]
    assert (adopted["kind"], adopted["date"], adopted["places"]) == ("text_adopted", "1990-12-03", ["Port Vila"])
    assert record["focus_areas"] == ["un_buoys_and_lights"]
    assert record["identifiers"] == [{"scheme": "MTDSG", "value": "XXVII-91"}]
    assert record["sources"][0]["url"].endswith("mtdsg_no=XXVII-91&chapter=27&lang=en")
    two = [event["date"] for event in shown("un-xxvii-91-a")["events"] if event["kind"] == "text_adopted"]
    assert two == ["1992-05-04", "1992-05-06"]
    placed = shown("un-xxvii-92")
    assert placed["title"] == "Agreement on Lamps"
    assert (placed["events"][0]["date"], placed["events"][0]["places"]) == (None, ["Geneva"])
    assert run("list", "--focus", "un_chapters").out.count("un-xxvii-91") == 3


def test_instruments_and_annexes_stand_under_their_parent(filled: None, shown) -> None:
    assert [(one["type"], one["target"]) for one in shown("un-xxvii-91-a")["relations"]] == [
        ("concluded_under", "un-xxvii-91")
    ]
    assert shown("un-xxvii-91-2")["relations"][0]["type"] == "annexed_to"
    inverse = {(one["type"], one["source_ref"]) for one in shown("un-xxvii-91")["derived"]["inverse_relations"]}
    assert inverse == {("parent_of", "un-xxvii-91-a"), ("has_annex", "un-xxvii-91-2")}


def test_a_participant_without_an_act_is_listed(filled: None, shown) -> None:
    record = shown("un-xxvii-92")
    assert [party["code"] for party in record["parties"]] == ["JPN"]
    assert acts(record) == []


def test_every_record_and_event_says_where_it_comes_from(filled: None, shown) -> None:
    record = shown("un-xxvii-91")
    assert record["origin"] == {"set": "un-status", "key": "27-91", "file": "index.csv", "row": 2}
    assert record["events"][2]["origin"] == {"set": "un-status", "key": "27-91", "file": "27-91.csv", "row": 2}


def test_single_tables_find_the_list_above_them(run: Run, folder: Path, shown) -> None:
    code, _, err = run("import", folder / "treaties" / "27-91-a.csv")
    assert code == 0, err
    record = shown("un-xxvii-91-a")
    assert record["title"] == "Protocol to the Convention on the Colour of Buoys"
    (relation,) = record["relations"]
    assert (relation["target"], relation["target_title"]) == (None, "Convention on the Colour of Buoys, 1990")
    assert run("import", folder).code == 0
    (relation,) = shown("un-xxvii-91-a")["relations"]
    assert (relation["target"], relation["target_title"]) == ("un-xxvii-91", None)


def test_a_table_without_a_list_is_taken_by_its_number(run: Run, folder: Path, shown, tmp_path: Path) -> None:
    alone = tmp_path / "alone" / "27-91.csv"
    alone.parent.mkdir()
    alone.write_bytes((folder / "treaties" / "27-91.csv").read_bytes())
    assert run("import", alone).code == 0
    assert shown("un-xxvii-91")["title"] == "MTDSG XXVII-91"
    assert run("import", folder).code == 0
    assert shown("un-xxvii-91")["title"] == "Convention on the Colour of Buoys, 1990"


def test_the_list_alone_gives_what_it_says(run: Run, folder: Path, shown) -> None:
    code, _, err = run("import", folder / "index.csv")
    assert code == 0, err
    assert "(4 agreements)" in err
    assert shown("un-xxvii-91")["parties"] == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("Norway,3 Dec 1990 P,", "Signature, Signature ad referendum (s)", "declares no marker 'P'"),
        ("Norway,soon,", "Signature, Signature ad referendum (s)", "'soon'"),
        ("Norway,3 Foo 1990,", "Signature, Signature ad referendum (s)", "'Foo' is no month"),
        ("Norway,31 Feb 1990,", "Signature, Signature ad referendum (s)", "1990-02-31"),
        (",3 Dec 1990,", "Participant", "no participant"),
        ("Norwey,3 Dec 1990,", "", "did you mean Norway (NOR)"),
        ("Norway,3 Dec 1990,,,more", "", "5 cells under 3 columns"),
    ],
)
def test_bad_rows_are_told_by_file_row_column_and_value(
    row: str, column: str, said: str, run: Run, folder: Path, shown
) -> None:
    table = folder / "treaties" / "27-91.csv"
    table.write_text(un_tables.TABLES["27-91"] + row + "\n", encoding="utf-8")
    code, out, err = run("import", folder)
    assert (code, out) == (1, "")
    (line,) = (line for line in err.splitlines() if line.startswith("warning"))
    assert column in line
    assert said in line
    assert "27-91.csv, row 8" in line
    code, out, err = run("import", folder, "--skip-bad", "--dry-run", "--json")
    assert code == 1
    (bad,) = (one for one in json.loads(out)["rows"] if one["what"] == "bad")
    assert said.strip("'") in f"{bad['value']} {bad['message']}"


def test_a_name_nobody_knows_is_listed_once_with_its_count(run: Run, folder: Path, shown) -> None:
    for name in ("27-91", "27-92"):
        table = folder / "treaties" / f"{name}.csv"
        table.write_text(un_tables.TABLES[name] + "Norwey,\n", encoding="utf-8")
    code, _, err = run("import", folder)
    assert code == 1
    (line,) = (line for line in err.splitlines() if "Norwey" in line)
    assert "2 rows" in line
    assert "did you mean Norway (NOR)" in line
    assert run("party", "alias", "NOR", "Norwey").code == 0
    assert run("import", folder).code == 0


def test_a_letter_behind_brackets_is_a_marker_and_a_part_of_an_article_is_none() -> None:
    assert kinds("Accession (revised) (a), Succession(d)") == (("Accession (revised)", "a"), ("Succession", "d"))
    assert kinds("Acceptance under article 7 (1) (b) (A)") == (("Acceptance under article 7 (1) (b)", "A"),)
    assert kinds("Participation under article 20 (1)(P)") == (("Participation under article 20 (1)", "P"),)
    for text in ("Notification under article 7 (1) (a)", "Signature under Section 3 (c)"):
        assert kinds(text) == ((text, None),)


def test_the_list_above_a_folder_of_tables_is_found(run: Run, folder: Path, shown) -> None:
    code, _, err = run("import", "--from", "un-status", folder / "treaties")
    assert code == 0, err
    assert shown("un-xxvii-91")["title"] != "MTDSG XXVII-91"


def test_the_united_nations_keep_the_originals(filled: None, shown) -> None:
    assert shown("un-xxvii-91")["depositaries"] == [{"code": "org-un", "name": None}]


@pytest.mark.parametrize("content", ["\n", "\r\nParticipant,Signature\n"])
def test_a_first_line_without_a_cell_is_told(run: Run, home: Path, tmp_path: Path, content: str) -> None:
    table = tmp_path / "4-1.csv"
    table.write_text(content, encoding="utf-8", newline="")
    done = run("import", table, "--from", "un-status", "--dry-run")
    assert (done.code, "the first line is empty" in done.err) == (2, True), done.err


def test_a_chapter_of_many_digits_is_no_roman_numeral(run: Run, home: Path, tmp_path: Path) -> None:
    """Its numeral would be longer than the memory."""
    table = tmp_path / "index.csv"
    table.write_text(f"chapter_no,treaty_no,treaty_name\n{'4' * 24},1,Treaty\n", encoding="utf-8")
    done = run("import", table, "--from", "un-status", "--dry-run")
    assert "internal error" not in done.err


def bare(folder: Path, tmp_path: Path) -> list[Path]:
    """The tables alone, in a place without a list of titles."""
    place = tmp_path / "bare"
    place.mkdir()
    return [Path(shutil.copy(table, place)) for table in sorted((folder / "treaties").glob("*.csv"))]


def test_tables_read_again_without_titles_take_no_title_away(
    filled: None, run: Run, folder: Path, tmp_path: Path, shown
) -> None:
    before = shown("un-xxvii-91")
    done = run("import", *bare(folder, tmp_path))
    assert "0 changed, 4 unchanged; nothing changed" in done.err
    assert shown("un-xxvii-91") == before


def test_a_title_that_comes_later_answers_the_question(run: Run, folder: Path, tmp_path: Path, shown) -> None:
    tables = bare(folder, tmp_path)
    assert "4 new" in run("import", *tables).err
    assert shown("un-xxvii-92")["open_questions"] == ["title: index.csv was not there, or does not list XXVII-92"]
    assert "0 changed, 4 unchanged" in run("import", *tables).err
    assert "4 changed" in run("import", folder).err
    record = shown("un-xxvii-92")
    assert (record["title"], record["open_questions"]) == ("Agreement on Lamps", [])
