"""First maps of sheets whose acts are columns, or rows: what happened, and whose act it is."""

import json
from pathlib import Path
from typing import Any

from running import Run

from tracker.work.taking.drafting import first_map

BY_PARTY = """Treaty,Albania: signed,Albania: ratified,Ratification (Andorra)
Convention on road signs,,1994-05-11,1997-01-15
Convention on road traffic,,1994-05-11,2006-09-22
"""

MATRIX = """Treaty,Albania,Andorra,Palau,Bolivia
Convention on road signs,1994-05-11,1997-01-15,,1990-06-08
Convention on road traffic,1994-05-11,,,1999-04-12
"""

LONG = """Treaty No,Treaty,Participant,Action,Date of action
ETS 005,Convention on human rights,Norway,Signature,04/11/1950
ETS 005,Convention on human rights,Norway,Ratification,15/01/1952
ETS 005,Convention on human rights,Greece,Signature,28/11/1950
ETS 005,Convention on human rights,Greece,Denunciation,12/12/1969
ETS 126,Convention against torture,Norway,Signature,26/11/1987
ETS 126,Convention against torture,Norway,Ratification,21/04/1989
"""


def sheet(folder: Path, text: str, name: str = "acts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def recorded(run: Run, store: Path, path: Path, text: str) -> dict[str, dict[str, Any]]:
    """Import by the text of a map, and give what is recorded by its titles."""
    plan = path.with_suffix(".toml")
    plan.write_text(text, encoding="utf-8")
    code, _, err = run("--store", store, "import", path, "--map", plan)
    assert code == 0, err
    found = json.loads(run("--store", store, "list", "--json").out)
    return {record["title"]: record for record in found}


def acts(record: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return sorted((event["kind"], event["date"], event["parties"]) for event in record["events"])


def answered(text: str) -> str:
    """A map whose first question is answered by taking away the marks of the lines below it."""
    before, _, behind = text.partition("# ? What did each party do")
    lines = behind.splitlines()[1:]
    end = lines.index("")
    return before + "\n".join([line.removeprefix("# ") for line in lines[:end]] + lines[end:]) + "\n"


def test_an_act_whose_header_names_a_party_is_of_that_party(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, BY_PARTY)
    found = recorded(run, other_store, path, first_map(path).text)["Convention on road signs"]
    assert acts(found) == [("ratified", "1994-05-11", ["ALB"]), ("ratified", "1997-01-15", ["AND"])]
    assert [party["code"] for party in found["parties"]] == ["ALB", "AND"]
    assert found["extra"] == {}


def test_days_under_names_of_parties_are_asked_about_once(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, MATRIX)
    made = first_map(path)
    assert sum("What did each party do" in line for line in made.told) == 1
    assert 'columns = ["Albania..Bolivia"]' in made.text
    found = recorded(run, other_store, path, answered(made.text))
    assert acts(found["Convention on road traffic"]) == [
        ("ratified", "1994-05-11", ["ALB"]),
        ("ratified", "1999-04-12", ["BOL"]),
    ]


def test_columns_of_an_event_leave_its_date_without_one(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, MATRIX)
    plan = path.with_suffix(".toml")
    event = '[[event]]\nkind = "ratified"\ncolumns = ["Albania", "Andorra"]\n'
    for more, said in (
        ('date = "Albania"\n', "names no column beside columns"),
        ('parties = "Albania"\n', "whose headers say whose act it is"),
    ):
        plan.write_text(f'[agreement]\ntitle = "Treaty"\n{event}{more}', encoding="utf-8")
        code, _, err = run("--store", other_store, "import", path, "--map", plan)
        assert code == 2
        assert said in err


def test_a_party_of_an_act_that_nobody_bears_is_told(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, MATRIX.replace("Andorra", "Ruritania"))
    plan = path.with_suffix(".toml")
    text = '[agreement]\ntitle = "Treaty"\n[[event]]\nkind = "ratified"\ncolumns = ["Albania..Bolivia"]\n'
    plan.write_text(text, encoding="utf-8")
    code, _, err = run("--store", other_store, "import", path, "--map", plan)
    assert code == 1
    assert "unknown party 'Ruritania'" in err
    found = recorded(run, other_store, path, f'[sheet]\nunknown = "keep"\n{text}')["Convention on road signs"]
    assert 'party not known: "Ruritania"' in found["open_questions"]


def test_a_column_of_acts_says_what_happened_on_the_day_beside_it(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, LONG)
    made = first_map(path)
    assert "tried on the sheet: 6 rows; 6 agreements" in made.told
    question = '# key = "Treaty No"'
    assert question in made.text
    found = recorded(run, other_store, path, made.text.replace(question, question.removeprefix("# ")))
    assert sorted(found) == ["Convention against torture", "Convention on human rights"]
    assert acts(found["Convention on human rights"]) == [
        ("denounced", "1969-12-12", ["GRC"]),
        ("ratified", "1952-01-15", ["NOR"]),
        ("signed", "1950-11-04", ["NOR"]),
        ("signed", "1950-11-28", ["GRC"]),
    ]


def test_the_trial_counts_as_many_agreements_as_the_import_makes(tmp_path: Path, run: Run, other_store: Path) -> None:
    """Rows of one title, parties and day that say different things are several agreements."""
    path = sheet(
        tmp_path, "Title,Party,Unit\nTreaty on posts,France,A\nTreaty on posts,France,B\nTreaty on posts,France,A\n"
    )
    made = first_map(path)
    assert any("; 2 agreements" in line for line in made.told)
    assert any("1 row with the title, day and parties of another and other things beside" in line for line in made.told)


def test_several_days_of_an_act_of_several_parties_are_refused(tmp_path: Path, run: Run, other_store: Path) -> None:
    """Who acted on which day the cell does not say: nobody is told to have acted on all."""
    path = sheet(tmp_path, 'Title,Parties,Ratified\nTreaty on seals,Norway; Russia,"1 May 1990\n2 June 1991"\n')
    plan = path.with_suffix(".toml")
    plan.write_text(
        '[agreement]\ntitle = "Title"\n[[party]]\ncolumn = "Parties"\nseparator = ";"\n'
        '[[event]]\nkind = "ratified"\ndate = "Ratified"\nparties = true\n',
        encoding="utf-8",
    )
    code, _, err = run("--store", other_store, "import", path, "--map", plan)
    assert code == 1
    assert "names 2 days of an act of several parties, and not who acted on which" in err


def test_a_sheet_with_a_party_a_row_and_an_agreement_a_column_is_to_be_turned(tmp_path: Path) -> None:
    text = "country,CEDAW,CAT\nAlbania,1994-05-11,1994-05-11\nAndorra,1997-01-15,2006-09-22\n"
    assert any("Then turn the sheet" in line for line in first_map(sheet(tmp_path, text)).told)


def test_a_withdrawn_reservation_is_no_withdrawal(tmp_path: Path) -> None:
    text = "Treaty,State,Withdrawal of reservation\nConvention on seals,Norway,1994-05-11\n"
    made = first_map(sheet(tmp_path, text)).text
    assert '\nkind = "withdrawn"' not in made
    assert '\n# kind = "reservation_made"' in made


def test_a_party_column_without_a_mark_yet_is_one_like_the_others(tmp_path: Path) -> None:
    text = "Treaty,Albania,Palau,Bolivia\nConvention on seals,x,,x\nConvention on whales,x,,\n"
    assert 'columns = ["Albania", "Palau", "Bolivia"]' in first_map(sheet(tmp_path, text)).text


RELATED = """ID,Name of treaty,Amends,Replaced by,Parties
A1,Tax Convention,,A3,Finland & Sweden
A2,Protocol to the Tax Convention,A1,,Finland & Sweden
A3,Nordic Tax Convention,,,Finland & Sweden & Norway
A4,Protocol to both,A1; A3,,Finland & Sweden
"""


def test_columns_of_keys_of_other_rows_are_relations(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, RELATED)
    found = recorded(run, other_store, path, first_map(path).text)
    refs = {title: record["ref"] for title, record in found.items()}
    related = {(title, one["type"], one["target"]) for title, record in found.items() for one in record["relations"]}
    assert related == {
        ("Protocol to the Tax Convention", "amends", refs["Tax Convention"]),
        ("Nordic Tax Convention", "supersedes", refs["Tax Convention"]),
        ("Protocol to both", "amends", refs["Tax Convention"]),
        ("Protocol to both", "amends", refs["Nordic Tax Convention"]),
    }


def test_a_relation_is_asked_about_where_no_key_can_lead_it(tmp_path: Path) -> None:
    text = "Title,Parties,Replaced by\nTreaty on posts,France; Spain,Treaty on mails\nTreaty on mails,France; Spain,\n"
    made = first_map(sheet(tmp_path, text)).text
    assert "# ? Does 'Replaced by' lead to other agreements" in made
    assert '# find = { "Title" = "Replaced by" }' in made


def test_a_number_that_two_rows_have_is_asked_about(tmp_path: Path) -> None:
    text = "No.,Title,Parties\n1,Treaty on posts,France\n2,Treaty on mails,Spain\n3,Rail pact,Italy\n3,Air pact,Malta\n"
    assert "# ? No. would be the key, but several rows have the same: 3." in first_map(sheet(tmp_path, text)).text


def test_yes_and_no_under_binding_are_binding_or_not(tmp_path: Path) -> None:
    for header, yes, no in (
        ("Legally binding?", "yes", "no"),
        ("Rechtsverbindlich", "ja", "nein"),
        ("法的拘束力", "有", "無"),
    ):
        text = (
            f"Title,Parties,{header}\nTreaty on posts,France,{yes}\nNote on posts,Spain,{no}\nPaper on posts,Italy,\n"
        )
        made = first_map(sheet(tmp_path, text)).text
        assert f'"{yes}" = "binding"' in made
        assert f'"{no}" = "non_binding"' in made


def test_the_list_of_a_document_is_no_text_of_it(tmp_path: Path) -> None:
    """``treaties`` is a list of rows, not the title of one."""
    text = json.dumps({"meta": {"day": 1}, "treaties": [{"title": "Treaty on posts"}, {"title": "Treaty on mails"}]})
    assert 'rows = "treaties"' in first_map(sheet(tmp_path, text, "acts.json")).text


def again(run: Run, store: Path, path: Path, text: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """Import a sheet that says this now, and give what was told and what is recorded by its titles."""
    path.write_text(text, encoding="utf-8")
    code, _, err = run("--store", store, "import", path, "--map", path.with_suffix(".toml"))
    assert code == 0, err
    found = json.loads(run("--store", store, "list", "--json").out)
    assert len({record["title"] for record in found}) == len(found)
    return err, {record["title"]: record for record in found}


def test_a_sheet_with_a_party_a_row_is_of_the_same_set_again(tmp_path: Path, run: Run, other_store: Path) -> None:
    """Each row says one party of several: all rows of a key together are the stored agreement."""
    path = sheet(tmp_path, LONG)
    recorded(run, other_store, path, first_map(path).text.replace('# key = "', 'key = "'))
    err, _ = again(run, other_store, path, LONG)
    assert "2 unchanged" in err
    err, found = again(run, other_store, path, LONG.replace("12/12/1969", "13/12/1969"))
    assert "1 changed" in err
    assert ("denounced", "1969-12-13", ["GRC"]) in acts(found["Convention on human rights"])


def test_parties_that_come_and_go_leave_the_set_the_same(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, MATRIX)
    text = (
        '[agreement]\nkey = "Treaty"\ntitle = "Treaty"\n[[event]]\nkind = "ratified"\ncolumns = ["Albania..Bolivia"]\n'
    )
    recorded(run, other_store, path, text)
    err, found = again(
        run, other_store, path, MATRIX.replace(",,1990-06-08", ",2001-01-01,").replace(",,,1", ",,2001-01-01,1")
    )
    assert "2 changed" in err
    codes = {title: [party["code"] for party in record["parties"]] for title, record in found.items()}
    assert codes == {
        "Convention on road signs": ["ALB", "AND", "PLW"],
        "Convention on road traffic": ["ALB", "BOL", "PLW"],
    }


def test_an_act_by_a_party_that_is_not_known_is_asked_about_with_the_party(tmp_path: Path) -> None:
    text = "Title,Parties,Deposit by Norway\nTreaty on seals,Norway; Sweden,1970-12-01\n"
    made = first_map(sheet(tmp_path, text)).text
    assert "# ? What happened on the day of 'Deposit by Norway'?" in made
    assert '# parties = "Norway"' in made


def test_years_under_names_of_parties_are_days_too(tmp_path: Path) -> None:
    text = "Treaty,Albania,Andorra\nConvention on seals,1994,1997\nConvention on whales,1995,\n"
    assert "# ? What did each party do on the day in its column" in first_map(sheet(tmp_path, text)).text


def test_other_cells_under_names_of_parties_are_asked_about(tmp_path: Path) -> None:
    text = "Treaty,Albania,Andorra\nConvention on seals,party,signatory\nConvention on whales,party,\n"
    made = first_map(sheet(tmp_path, text)).text
    assert "# ? Do the cells of 'Albania' and 'Andorra' say who takes part (party | signatory)?" in made
    assert '# yes = ["party", "signatory"]' in made


def test_a_sheet_of_one_agreement_has_its_title_above_it(tmp_path: Path) -> None:
    text = "Convention on Wetlands,,\nCountry,Date of signature,Date of ratification\nAlbania,1994-05-11,1995-05-11\n"
    made = first_map(sheet(tmp_path, f"{text}Andorra,1997-01-15,1998-01-15\n")).text
    assert 'or is the sheet one agreement: key and title = { value = "Convention on Wetlands" }?' in made
