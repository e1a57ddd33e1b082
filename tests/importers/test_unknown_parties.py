"""Names that nobody bears: open questions where a map says so, never counted, and settled later in one change."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

from tracker.law.parties import unnamed
from tracker.record import unsettled

SHEET = """\
Title,Who,Unit,Signed
Treaty of peace,USA;Ruritania,,1950-01-02
Treaty of trade,Ruritania;JPN,,1952-03-04
Note of the ministry,Ruritania,Ministry of War,1953-05-06
"""

MAP = """\
[mapping]
name = "deals"
[agreement]
title = "Title"
[[party]]
column = "Who"
separator = ";"
entity = "Unit"
unknown = "keep"
[[event]]
kind = "signed"
date = "Signed"
parties = true
"""


@pytest.fixture
def deals(tmp_path: Path, run: Run) -> tuple[Path, Path]:
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text(SHEET)
    spec.write_text(MAP)
    return sheet, spec


def records(run: Run) -> dict[str, dict[str, Any]]:
    return {record["title"]: record for record in json.loads(run("list", "--json").out)}


def codes(record: dict[str, Any]) -> list[str]:
    return [party["code"] for party in record["parties"]]


def acts(record: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(event["kind"], event["parties"]) for event in record["events"]]


def test_the_row_comes_in_and_the_name_stays_a_question(run: Run, deals: tuple[Path, Path]) -> None:
    done = run("import", deals[0], "--map", deals[1])
    assert done.code == 0
    assert "unknown party 'Ruritania'" in done.err
    assert "3 rows: tracker party alias CODE 'Ruritania'" in done.err
    assert "1 unknown name kept open" in done.err
    peace = records(run)["Treaty of peace"]
    assert codes(peace) == ["USA"]
    assert acts(peace) == [("signed", ["USA"]), ("other", [])]
    assert peace["open_questions"] == ['party not known: "Ruritania"']
    note = records(run)["Note of the ministry"]
    assert note["open_questions"] == ['party not known: "Ruritania", entity "Ministry of War"']
    assert note["derived"]["signed"] is None
    assert run("check", "--rule", "open_question", "-f", "tsv").out.count("Ruritania") == 3
    assert "USA; Ruritania?" in run("list", "-f", "table").out
    assert "Ruritania" not in run("list", "-f", "tsv").out
    assert run("list", "party:Ruritania").code == 2


SURE, OPEN, NEITHER = "certain", "possible", None


@pytest.mark.parametrize(
    ("query", "peace", "note"),
    [
        ("party_count:1", OPEN, SURE),
        ("party_count:2", OPEN, NEITHER),
        ("party_count:1..2", SURE, SURE),
        ("party_count:..1", OPEN, SURE),
        ("party_count:2..", OPEN, NEITHER),
        ("party_count:3..", NEITHER, NEITHER),
        ("not party_count:1", OPEN, NEITHER),
        ("party_count:any", SURE, SURE),
        ("party_count:none", NEITHER, NEITHER),
        ("laterality:unknown", SURE, SURE),
        ("laterality:bilateral", OPEN, NEITHER),
        ("laterality:unilateral,bilateral", OPEN, OPEN),
        ("laterality:plurilateral", NEITHER, NEITHER),
        ("not laterality:unilateral", OPEN, OPEN),
    ],
)
def test_how_many_parties_there_are_is_certain_only_where_names_leave_no_choice(
    run: Run, deals: tuple[Path, Path], query: str, peace: str | None, note: str | None
) -> None:
    """Ruritania may be the USA by another name, or a second party; the note has one party, whoever it is."""
    assert run("import", deals[0], "--map", deals[1]).code == 0
    assert matched(run, query) == {"Treaty of peace": peace, "Note of the ministry": note}


def matched(run: Run, query: str) -> dict[str, str | None]:
    """Return what a query answers of two of the deals; what ``--certain`` finds is held against it."""
    found = {record["title"]: record["derived"]["match"] for record in json.loads(run("list", query, "--json").out)}
    sure = json.loads(run("list", query, "--certain", "--json").out)
    assert {record["title"] for record in sure} == {title for title, match in found.items() if match == SURE}
    return {title: found.get(title) for title in ("Treaty of peace", "Note of the ministry")}


@pytest.mark.parametrize(
    ("query", "peace", "note"),
    [
        ("not party:JPN", OPEN, OPEN),
        ("-party:JPN,FRA", OPEN, OPEN),
        ("not party:USA", NEITHER, OPEN),
        ("not party:JPN not party:FRA", OPEN, OPEN),
        ("not (party:JPN or party:USA)", NEITHER, OPEN),
        ("party:JPN", NEITHER, NEITHER),
        ("not not party:USA", SURE, NEITHER),
        ("party:none", NEITHER, SURE),
        ("not bound:JPN", OPEN, SURE),
        ("bound:JPN", NEITHER, NEITHER),
        ("not bound:JPN,USA", NEITHER, SURE),
        ("not event:signed", NEITHER, OPEN),
        ("event:signed", SURE, NEITHER),
        ("not event:ratified,signed", NEITHER, OPEN),
        ("not event:ratified", SURE, SURE),
    ],
)
def test_who_is_no_party_is_certain_only_where_everybody_is_known(
    run: Run, deals: tuple[Path, Path], query: str, peace: str | None, note: str | None
) -> None:
    """Ruritania may be Japan by another name, and signed the note, which binds nobody, whoever it is of."""
    assert run("import", deals[0], "--map", deals[1]).code == 0
    assert run("event", "us-treaty-peace-1950", "entered_into_force", "1951").code == 0
    assert matched(run, query) == {"Treaty of peace": peace, "Note of the ministry": note}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", [("alias", "Ruritania", "ROU"), ("alias", "ROU", "Ruritania")])
def test_an_alias_settles_it_everywhere_in_one_change(
    run: Run, deals: tuple[Path, Path], command: tuple[str, ...]
) -> None:
    run("import", deals[0], "--map", deals[1])
    done = run("party", *command)
    assert "settled who that is in 3 agreements" in done.err
    found = records(run)
    assert codes(found["Treaty of peace"]) == ["USA", "ROU"]
    assert acts(found["Treaty of peace"]) == [("signed", ["USA", "ROU"])]
    assert acts(found["Note of the ministry"]) == [("signed", ["ROU"])]
    assert found["Note of the ministry"]["parties"][0]["entity"] == "Ministry of War"
    assert not any(record["open_questions"] for record in found.values())
    again = run("import", deals[0], "--map", deals[1])
    assert "0 changed, 3 unchanged; nothing changed" in again.err
    run("undo", "--change", "2")
    assert codes(records(run)["Treaty of peace"]) == ["USA"]


def test_a_party_that_is_recorded_settles_it_too(run: Run, deals: tuple[Path, Path]) -> None:
    run("import", deals[0], "--map", deals[1])
    assert "settled who that is in 3 agreements" in run("party", "add", "Ruritania", "--kind", "former_state").err
    assert codes(records(run)["Treaty of trade"]) == ["JPN", "ruritania"]


def test_importing_again_changes_nothing_while_it_is_open(run: Run, deals: tuple[Path, Path]) -> None:
    run("import", deals[0], "--map", deals[1])
    assert "0 changed, 3 unchanged" in run("import", deals[0], "--map", deals[1]).err


def test_without_the_word_the_name_is_refused(run: Run, deals: tuple[Path, Path]) -> None:
    deals[1].write_text(MAP.replace('unknown = "keep"\n', ""))
    assert run("import", deals[0], "--map", deals[1]).code == 1
    deals[1].write_text(MAP.replace('unknown = "keep"', 'unknown = "perhaps"'))
    assert "expected 'keep' or 'refuse', not 'perhaps'" in run("import", deals[0], "--map", deals[1]).err


def test_a_code_that_nobody_bears_is_asked_about_as_a_code(run: Run, tmp_path: Path) -> None:
    """``iso2 XX`` may be given to a party, and the column of codes finds it from then on."""
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text("Title,Who\nTreaty of peace,XX\n")
    spec.write_text(
        '[sheet]\nunknown = "keep"\n[agreement]\ntitle = "Title"\n[[party]]\ncolumn = "Who"\nscheme = "iso2"\n'
    )
    run("import", sheet, "--map", spec)
    assert records(run)["Treaty of peace"]["open_questions"] == ['party not known: "iso2 XX"']
    run("party", "alias", "iso2 XX", "ROU")
    assert codes(records(run)["Treaty of peace"]) == ["ROU"]
    assert "1 unchanged; nothing changed" in run("import", sheet, "--map", spec).err


@pytest.mark.parametrize(
    "text", ['party not known: "a', "party not known: Ruritania", 'party not known: "\\x"', "date?"]
)
def test_other_questions_stay_questions(text: str) -> None:
    record = {"parties": [], "events": [], "open_questions": [text]}
    assert unsettled.names(record) == []
    assert unsettled.settled(record, lambda _: "USA") is record


def test_the_rules_know_such_a_question() -> None:
    """Those count whose consent would count, by their role."""
    asked = [unsettled.question({"code": "x", "role": role}, 'A "b"') for role in (None, "signatory", "observer")]
    assert [unnamed([text]) for text in asked] == [1, 1, 0]
    assert unnamed([*asked, 'party not known: "', "party not known: x", "date?"]) == 2


def test_an_act_keeps_its_word() -> None:
    event = {"kind": "other", "kind_raw": 'said "yes"', "date": None, "parties": ["name:X"]}
    party = {"code": "name:X", "entity": 'the "unit"', "role": "observer"}
    record = unsettled.kept({"parties": [party], "events": [event]}, {"name:X": 'X "Y"'})
    assert record["parties"] == []
    done = unsettled.settled(record, {'X "Y"': "USA"}.get)
    assert done["parties"] == [{**party, "code": "USA"}]
    assert done["events"] == [{**event, "parties": ["USA"]}]


OPEN_SHEET = """\
Title,Who,Signed,Ended,By
Treaty of one,USA;Ruritania,1950-01-02,1960-01-02,USA
Treaty of two,USA;JPN;Ruritania,1950-01-02,1960-01-02,USA
Treaty of three,USA;JPN;CAN;Ruritania,1950-01-02,,
Treaty of none,Ruritania,1950-01-02,,
Treaty of known ones,USA;JPN,1950-01-02,1960-01-02,USA
"""


@pytest.fixture
def open_deals(tmp_path: Path, run: Run) -> Run:
    """Agreements of one, two, three and no known parties, with one whom nobody knows, and one of two known ones."""
    sheet, spec = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text(OPEN_SHEET)
    rows = 'column = "By"\nvalues = { USA = "withdrawn" }'
    spec.write_text(
        MAP.replace('entity = "Unit"\n', "")
        + '[[event]]\nkind = "entered_into_force"\ndate = "Signed"\n'
        + f'[[event]]\nkind = {{ {rows.replace(chr(10), ", ")} }}\ndate = "Ended"\n'
        + '[own]\ncolumns = "none"\n'
    )
    assert run("import", sheet, "--map", spec).code == 0
    for record in records(run).values():
        for event in record["events"]:
            if event["kind"] == "withdrawn":
                done = run("edit", record["ref"], "--set", f"events[{event['id']}].parties=USA")
                assert done.code == 0, done.err
    return run


def test_who_is_not_known_leaves_it_open_how_many_sides_there_are(open_deals: Run) -> None:
    said = {title: record["derived"]["laterality"] for title, record in records(open_deals).items()}
    assert said == {
        "Treaty of one": "unknown",
        "Treaty of two": "unknown",
        "Treaty of three": "plurilateral",
        "Treaty of none": "unknown",
        "Treaty of known ones": "bilateral",
    }
    for word in ("unknown", "unilateral", "bilateral", "plurilateral", "multilateral"):
        titles = ("--certain", "--columns", "title", "-f", "tsv")
        found = open_deals("list", f"laterality:{word}", *titles).out.splitlines()[1:]
        assert sorted(found) == sorted(title for title, sides in said.items() if sides == word)
    counted = json.loads(open_deals("compare", "binding", "--by", "laterality", "--json").out)["rows"]
    assert {row["laterality"]: row["total"] for row in counted} == {"unknown": 3, "plurilateral": 1, "bilateral": 1}
    ordered = open_deals("list", "--sort", "laterality", "--columns", "laterality", "-f", "tsv").out.splitlines()[1:]
    assert ordered == ["unknown", "unknown", "unknown", "bilateral", "plurilateral"]


def test_a_withdrawal_ends_no_agreement_that_may_have_more_than_two_sides(open_deals: Run) -> None:
    """A withdrawal from a bilateral treaty ends it; with a third party it goes on for the others (VCLT 55)."""
    held = {title: record["derived"] for title, record in records(open_deals).items()}
    assert (held["Treaty of known ones"]["status"], held["Treaty of known ones"]["status_certain"]) == (
        "terminated",
        True,
    )
    for title in ("Treaty of one", "Treaty of two"):
        assert not held[title]["status_certain"], title
    open_deals("party", "alias", "CAN", "Ruritania")
    two = records(open_deals)["Treaty of two"]["derived"]
    assert (two["laterality"], two["status"], two["status_certain"]) == ("plurilateral", "in_force", True)


def test_what_stands_for_nobody_is_no_near_name(run: Run, deals: tuple[Path, Path]) -> None:
    deals[0].write_text(deals[0].read_text().replace("Ruritania", "N/A"))
    deals[1].write_text(MAP.replace('unknown = "keep"\n', ""))
    done = run("import", deals[0], "--map", deals[1])
    assert """unknown party 'N/A'; if it stands for nobody, say so in the map, [[party]] empty = ["N/A"]""" in done.err
    assert "did you mean" not in done.err.partition("'N/A'")[2].partition("\n")[0]


@pytest.mark.parametrize(
    ("sign", "cell", "codes"),
    [
        (" and ", "France and Bosnia and Herzegovina", ["FRA", "BIH"]),
        (" and ", "Trinidad and Tobago and Italy", ["TTO", "ITA"]),
        ("-", "Guinea-Bissau-Guinea", ["GIN", "GNB"]),
        (",", "Congo, Democratic Republic of the, Korea, Republic of", ["COD", "KOR"]),
        (" y ", "Antigua y Barbuda y España", ["ATG", "ESP"]),
        ("/", "Burma/Myanmar", ["MMR"]),
        (" and ", "Serbia and Montenegro", ["SRB", "MNE"]),
    ],
)
def test_a_name_that_holds_the_sign_between_names_stays_whole(
    run: Run, deals: tuple[Path, Path], sign: str, cell: str, codes: list[str]
) -> None:
    """Only where not each of its pieces is a party of its own; a party takes part and acts once."""
    deals[0].write_text(f'No,Title,Parties,Signed\n1,Accord,"{cell}",2010-01-02\n')
    deals[1].write_text(
        '[agreement]\nkey = "No"\ntitle = "Title"\n[[party]]\ncolumn = "Parties"\n'
        f'separator = "{sign}"\n[[event]]\nkind = "signed"\ndate = "Signed"\nparties = true\n'
    )
    done = run("import", deals[0], "--map", deals[1])
    assert done.code == 0, done.err
    (found,) = json.loads(run("list", "--json").out)
    assert [party["code"] for party in found["parties"]] == codes
    assert found["events"][0]["parties"] == codes
    assert "the same party twice" not in done.err


@pytest.mark.parametrize(
    ("cell", "twice"),
    [
        ("Guinea-Bissau-Guinea-Guinea", "Guinea"),
        ("Guinea-Bissau-Guinea-Bissau", "Guinea-Bissau"),
        ("Guinea-Bissau-Italy-Italy", "Italy"),
    ],
)
def test_what_stands_twice_is_told_of_whole_names(run: Run, deals: tuple[Path, Path], cell: str, twice: str) -> None:
    deals[0].write_text(f"No,Title,Parties\n1,Accord,{cell}\n")
    deals[1].write_text('[agreement]\nkey = "No"\ntitle = "Title"\n[[party]]\ncolumn = "Parties"\nseparator = "-"\n')
    done = run("import", deals[0], "--map", deals[1])
    assert f"deals.csv, row 2: Parties: {twice!r}: names the same party twice" in done.err
    assert done.err.count("twice") == 1


@pytest.mark.parametrize(
    "party",
    [
        'columns = ["First", "Second"]\nseparator = "-"\n',
        'column = "First"\n[[party]]\ncolumn = "Second"\nseparator = "-"\n',
        'value = "Guinea"\n[[party]]\ncolumn = "Second"\nseparator = "-"\n',
        'column = "First"\nvalues = { G = "Guinea" }\n[[party]]\ncolumn = "Second"\nseparator = "-"\n',
    ],
    ids=["one table", "two tables", "constant", "values"],
)
def test_a_party_of_one_cell_is_no_piece_of_a_name_in_another(run: Run, deals: tuple[Path, Path], party: str) -> None:
    """Guinea was lost, for Guinea-Bissau was put together from it."""
    first = "G" if "values" in party else "Guinea"
    deals[0].write_text(f"No,Title,First,Second,Signed\n1,Accord,{first},Guinea-Bissau,2010-01-02\n")
    deals[1].write_text(
        f'[agreement]\nkey = "No"\ntitle = "Title"\n[[party]]\n{party}'
        '[[event]]\nkind = "signed"\ndate = "Signed"\nparties = true\n'
    )
    done = run("import", deals[0], "--map", deals[1])
    assert done.code == 0, done.err
    (found,) = json.loads(run("list", "--json").out)
    assert [party["code"] for party in found["parties"]] == ["GIN", "GNB"]
    assert found["events"][0]["parties"] == ["GIN", "GNB"]
