"""A first map is judged by headers and cells together: what it says is right, and what cannot be told is asked."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_sheets import lines as lines_of
from made_sheets import linked
from running import Run

from tracker.work.taking.drafting import first_map

QUESTION = "# ? "


def sheet(folder: Path, text: str, name: str = "deals.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def lines(text: str) -> list[str]:
    """The lines of a map that say something, without what they show of the cells."""
    return [line.partition("  #")[0] for line in text.splitlines() if line and not line.startswith("#")]


def asked(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.startswith(QUESTION))


def imported(run: Run, path: Path, store: Path) -> list[dict[str, Any]]:
    """Draft a map, import by it as it is, and give what is recorded."""
    plan = path.with_suffix(".toml")
    assert run("import", "--draft-map", path, "-o", plan).code == 0
    code, _, err = run("--store", store, "import", path, "--map", plan)
    assert code == 0, err
    found: list[dict[str, Any]] = json.loads(run("--store", store, "list", "--json").out)
    return found


def codes(record: dict[str, Any]) -> list[str]:
    return [party["code"] for party in record["parties"]]


HEADERS_WITH_DIGITS = """party1,party2,treaty,date_signed
FRA,DEU,Treaty on friendship,1963-01-22
FRA,ITA,Treaty on enhanced cooperation,2021-11-26
DEU,POL,Treaty on good neighbourship,1991-06-17
"""


def test_a_header_may_hold_digits(tmp_path: Path, run: Run, other_store: Path) -> None:
    found = imported(run, sheet(tmp_path, HEADERS_WITH_DIGITS), other_store)
    assert sorted((*codes(record), record["events"][0]["date"]) for record in found) == [
        ("DEU", "POL", "1991-06-17"),
        ("FRA", "DEU", "1963-01-22"),
        ("FRA", "ITA", "2021-11-26"),
    ]


def test_na_is_namibia_among_codes(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = "Title,Country,Signed,Notes\nTreaty on air,NA,1996-05-29,NA\nTreaty on water,MA,1970-05-29,NA\n"
    found = imported(run, sheet(tmp_path, text), other_store)
    assert sorted(codes(record)[0] for record in found) == ["MAR", "NAM"]


def test_na_that_may_be_nothing_is_asked_and_its_rows_are_refused(tmp_path: Path, run: Run, other_store: Path) -> None:
    """Nobody is twice a party: where NA stands twice in a row, or among names, it may be a gap."""
    for text in (
        "Title,Country1,Country2\nPact on air,US,JP\nPact on rail,NA,NA\n",
        "Title,Country\nPact on air,Japan\nPact on rail,NA\n",
        "Title,Partner\nPact on air,JPN\nPact on rail,NA\n",
    ):
        path = sheet(tmp_path, text)
        plan = path.with_suffix(".toml")
        plan.write_text(run("import", "--draft-map", path).out, encoding="utf-8")
        assert "Is NA Namibia" in asked(plan.read_text(encoding="utf-8"))
        code, _, err = run("--store", other_store, "import", path, "--map", plan)
        assert code == 1
        assert "NA: Namibia, or nothing?" in err


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("amended", ("No", "No")),
        ("amended", ("NO", "NO")),
        ("kind", ("BI", "BI")),
        ("scope", ("BI", "MULTI")),
        ("language", ("FR", "DE")),
        ("languages", ("FR;ES", "DE")),
        ("type", ("MA", "PA")),
        ("inclusion", ("BEN", "MON")),
        ("place", ("Luxembourg", "Monaco")),
        ("depositary", ("Switzerland", "France")),
        ("member", ("Yes", "No")),
        ("Party", ("NO", "NO")),
        ("State", ("CA", "GA")),
        ("country", ("no", "is")),
        ("Parties", ("2", "3")),
        ("cowName", ("USA", "UKG")),
        ("remarks", ("Japan", "France")),
    ],
)
def test_words_are_no_parties_by_chance(header: str, cells: tuple[str, str], tmp_path: Path) -> None:
    path = sheet(tmp_path, f"id,title,{header}\n1,Agreement on posts,{cells[0]}\n2,Agreement on rail,{cells[1]}\n")
    drafted = first_map(path)
    assert "[[party]]" not in lines(drafted.text)
    assert any(line.startswith("parties: 0 different") for line in drafted.told)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Country", ("US", "NO"), 'scheme = "iso2"'),
        ("Vertragsparteien", ("Japan, France", "Spain, Italy"), 'separator = [","]'),
        ("Parties to the agreement", ("Japan and France", "Spain and Italy"), 'separator = [" and "]'),
        ("Partner", ("Guinea-Bissau", "Trinidad and Tobago"), 'column = "Partner"'),
        ("締約国", ("Japan、France", "Spain、Italy"), 'separator = ["、"]'),
        ("ccode", ("2", "200"), 'scheme = "cow"'),
        ("country code (M49)", ("840", "392"), 'scheme = "m49"'),
        ("iso_alpha_3", ("USA", "NAM"), 'column = "iso_alpha_3"'),
    ],
)
def test_parties_are_told_by_header_and_cells(header: str, cells: tuple[str, str], said: str, tmp_path: Path) -> None:
    path = sheet(tmp_path, f'id;title;{header}\n1;Agreement on posts;"{cells[0]}"\n2;Agreement on rail;"{cells[1]}"\n')
    drafted = first_map(path)
    assert said in lines(drafted.text)
    assert "refused" not in " ".join(drafted.told)


def test_of_a_name_and_its_code_one_column_is_taken(tmp_path: Path) -> None:
    text = "Title,Country,ISO code\nTreaty on air,Japan,JP\nTreaty on water,Namibia,NA\n"
    drafted = first_map(sheet(tmp_path, text)).text
    assert drafted.count("\n[[party]]") == 1
    assert "names the same parties as" in drafted


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Treaty Document Number,Title,Agreement type", "Title"),
        ("Short title,Treaty No,Title of the treaty", "Title of the treaty"),
        ("id,Titre,Type d'accord", "Titre"),
        ("Nr,Bezeichnung,Art", "Bezeichnung"),
        ("No,条約名,種類", "条約名"),
        ("No,instrument_title,status", "instrument_title"),
        ("No,Signatory title,Agreement", "Agreement"),
    ],
)
def test_the_title_is_the_column_that_is_called_so(header: str, column: str, tmp_path: Path) -> None:
    names = header.split(",")
    long = ["Convention on the carriage of mail", "Protocol on the exchange of data"]
    rows = [
        [text if name == column else f"{place}-{at}" for at, name in enumerate(names)]
        for place, text in enumerate(long)
    ]
    path = sheet(tmp_path, "\n".join([header, *(",".join(row) for row in rows)]) + "\n")
    assert f'title = "{column}"' in lines(first_map(path).text)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "text",
    [
        "Country,Ratification\nJapan,1998-01-02\nFrance,2001-03-04\n",
        "Country,Remarks\nJapan,a longer text about nothing in particular\nFrance,another text that is long\n",
        "Country,Title\nJapan,Mr\nFrance,Mr\nSpain,Mr\nItaly,Mr\nMali,Mr\n",
    ],
)
def test_a_title_that_cannot_be_told_is_asked(text: str, tmp_path: Path) -> None:
    drafted = first_map(sheet(tmp_path, text))
    assert "Which column holds the titles?" in asked(drafted.text)
    assert "agreements cannot be told before their titles are" in " ".join(drafted.told)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("header", "cells", "days"),
    [
        ("Signed", ("25-12-2021", "12-01-2023"), ["2021-12-25", "2023-01-12"]),
        ("Date of signature", ("12-25-2021", "12-01-2023"), ["2021-12-25", "2023-12-01"]),
        ("date_signed", ("01dec2017", "13apr2015"), ["2017-12-01", "2015-04-13"]),
        ("Date de signature", ("3 mars 1998", "1er août 1999"), ["1998-03-03", "1999-08-01"]),
        ("Unterzeichnet am", ("3. März 1998", "12. Dezember 2001"), ["1998-03-03", "2001-12-12"]),
        ("Fecha de firma", ("3 de marzo de 1998", "1 de agosto de 1999"), ["1998-03-03", "1999-08-01"]),
        ("署名日", ("1960年1月19日", "昭和40年6月22日"), ["1960-01-19", "1965-06-22"]),
        ("Signed", ("43831", "36526"), ["2020-01-01", "2000-01-01"]),
        ("Jahr der Unterzeichnung", ("1998", "2001"), ["1998", "2001"]),
        ("Date Signed", ("1/19/1960 12:00:00 AM", "3/4/1961 12:00:00 AM"), ["1960-01-19", "1961-03-04"]),
        ("signed", ("c. 1999", "2001-02-03"), ["1999~", "2001-02-03"]),
    ],
)
def test_days_are_told_by_their_cells(
    header: str, cells: tuple[str, str], days: list[str], tmp_path: Path, run: Run, other_store: Path
) -> None:
    text = f"title;party;{header}\nTreaty on air;Japan;{cells[0]}\nTreaty on water;France;{cells[1]}\n"
    found = imported(run, sheet(tmp_path, text), other_store)
    dated = {record["title"]: [(event["kind"], event["date"]) for event in record["events"]] for record in found}
    assert dated == {"Treaty on air": [("signed", days[0])], "Treaty on water": [("signed", days[1])]}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("header", "cells", "question"),
    [
        ("signed", ("12-01-2023", "03-04-2022"), "put DD-MM-YYYY or MM-DD-YYYY"),
        ("signed", ("12/01/2023", "03/04/2022"), "put DD/MM/YYYY or MM/DD/YYYY"),
        ("Date", ("2023-01-02", "2022-04-03"), "What happened on the day of 'Date'?"),
        ("year", ("2023", "2022"), "What happened on the day of 'year'?"),
        ("Signed by the minister", ("2023-01-02", "2022-04-03"), "What happened on the day of"),
        ("Ratification", ("2023-01-02", "2022-04-03"), "If it is 'ratified'"),
        ("signed", ("12/31/98", "01/02/01"), "do not say the century"),
        ("f_12", ("43831", "36526"), "could be days as spreadsheets count them"),
    ],
)
def test_a_day_that_cannot_be_told_is_asked(header: str, cells: tuple[str, str], question: str, tmp_path: Path) -> None:
    rows = "".join(f"Treaty {place},Japan; France,{cell}\n" for place, cell in enumerate((*cells, cells[0])))
    drafted = first_map(sheet(tmp_path, f"title,parties,{header}\n{rows}"))
    assert question in asked(drafted.text)
    assert "days: none" in drafted.told


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Entry into force", "entered_into_force"),
        ("entryforceyear", "entered_into_force"),
        ("EIF", "entered_into_force"),
        ("Entrée en vigueur", "entered_into_force"),
        ("Inkrafttreten", "entered_into_force"),
        ("Außerkrafttreten", "terminated"),
        ("Entrada en vigor", "entered_into_force"),
        ("発効日", "entered_into_force"),
        ("Terminated", "terminated"),
        ("Signature", "signed"),
    ],
)
def test_an_act_is_told_by_its_header(header: str, kind: str, tmp_path: Path) -> None:
    rows = "Treaty on air,Japan; France,1998-02-03\nTreaty on rail,Spain; France,2001-02-03\n"
    drafted = first_map(sheet(tmp_path, f"title,parties,{header}\n{rows}"))
    assert f'kind = "{kind}"' in lines(drafted.text)


def test_a_day_in_three_columns_is_found(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = "title,party,signDay,signMonth,signYear\nTreaty on air,Japan,3,Mar,1998\nTreaty on rail,Mali,13,12,2001\n"
    found = imported(run, sheet(tmp_path, text), other_store)
    assert sorted(event["date"] for record in found for event in record["events"]) == ["1998-03-03", "2001-12-13"]


def test_of_two_columns_of_one_act_the_exact_one_is_taken(tmp_path: Path) -> None:
    text = "title,Signature Year,Signature Date\nTreaty on air,1998,1998-02-03\nTreaty on rail,2001,2001-04-05\n"
    drafted = first_map(sheet(tmp_path, text)).text
    assert 'date = { column = "Signature Date", formats = ["YYYY-MM-DD"] }' in lines(drafted)
    assert "# Signature Year: holds the day of signed too" in drafted


def test_a_draft_is_tried_and_tells_what_it_would_make(tmp_path: Path, run: Run) -> None:
    text = (
        "Register of the unit,,,\n,,,\nTitle,Parties,Signed,Office\nTreaty on air,Japan; France,1998-02-03,Sea\n"
        "Treaty on rail,Japan; Nowhere,2001-02-03,Land\nTreaty on roads,Mali; Chad,31/02/2001,Land\n"
    )
    code, out, err = run("import", "--draft-map", sheet(tmp_path, text), "-o", tmp_path / "deals.toml")
    assert (code, out) == (0, "")
    for told in (
        "header: row 3: Title | Parties | Signed | Office",
        "above it, not read: row 1: Register of the unit",
        "title: 'Title'; party columns: 'Parties'",
        "tried on the sheet: 3 rows, 1 of them refused; 2 agreements",
        "Japan 2, France 1",
        "which are refused: 'Nowhere' 1",
        "days: signed in 2 rows, 1998-02-03 to 2001-02-03",
        "refused: deals.csv, row 6: Signed",
        "Whom do these names mean?",
        "deals.csv, row 4:\n  title                Treaty on air\n  parties              Japan (JPN); France (FRA)\n",
        "x.office             Sea",
    ):
        assert told in err


def test_the_parties_of_the_register_count(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = sheet(tmp_path, "Title,Parties\nTreaty on air,Japan; The Islands\nTreaty on rail,Fiji; France\n")
    assert "no party bears" in run("--store", other_store, "import", "--draft-map", path).err
    assert run("--store", other_store, "party", "alias", "FJI", "The Islands").code == 0
    told = run("--store", other_store, "import", "--draft-map", path).err
    assert "Fiji 2" in told
    assert "no party bears" not in told


def test_a_record_is_never_taken_for_the_header(tmp_path: Path, run: Run) -> None:
    path = sheet(tmp_path, "FRA,DEU,Treaty on friendship,1963-01-22\nFRA,ITA,Treaty on work,2021-11-26\n")
    code, _, err = run("import", "--draft-map", path)
    assert code == 2
    assert "looks like a record; put a row of names above the first record" in err
    counted = sheet(tmp_path, "1,2,3\nTitle,Party,Signed\nNote on air,Japan,2001-02-03\nNote on rail,Fiji,2001-02-03\n")
    assert "header: row 2: Title | Party | Signed" in first_map(counted).told
    gap = sheet(tmp_path, "Title,Parties,,Status\nNote on air,Japan/Mali,Navy,open\nNote on rail,Fiji/Mali,Army,open\n")
    assert "tried on the sheet: 2 rows; 2 agreements" in first_map(gap).told


def test_rows_of_parties_in_treaties_are_asked_about(tmp_path: Path) -> None:
    text = "Country,Convention,Ratification\n" + "".join(
        f"{country},{treaty},1998-0{month}-02\n"
        for treaty in ("Posts", "Rail")
        for month, country in enumerate(("Japan", "Mali", "Fiji"), 1)
    )
    drafted = first_map(sheet(tmp_path, text)).text
    assert "Titles repeat, and each row names one party." in asked(drafted)
    assert {'title = "Convention"', 'kind = "ratified"', "parties = true"} <= set(lines(drafted))


def test_rows_without_a_party_are_asked_about(tmp_path: Path) -> None:
    text = "Country,Title\nJapan,Treaty on air\n,Treaty on rail\nMali,Treaty on roads\n,Treaty on posts\n"
    assert "rows that name none (3, 5)" in asked(first_map(sheet(tmp_path, text)).text)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("deals.json", b"[]", "holds no row"),
        ("deals.ndjson", b'{"record": "agreement", "title": "Treaty"}\n', "need no map: tracker import"),
        ("deals.ods", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "(.ods)"),
        ("deals.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old .xls file"),
        ("deals.xls", b"<html><body><table><tr><td>Title</td></tr></table>", "is a web page"),
        ("deals.pdf", b"%PDF-1.7\n", "is a PDF file"),
        (
            "deals.json",
            b'{"T1": {"title": "A", "who": "Mali"}, "T2": {"title": "B"}}',
            "under keys of their own (T1, T2)",
        ),
        ("deals.json", b'{"all": {"T1": {"title": "A"}, "T2": {"title": "B"}}}', "under keys of their own (T1, T2)"),
        ("deals.json", b'[["title", "who"], ["Accord", "Mali"]]', "holds no object, whose keys would be columns"),
        ("deals.csv", b"Title,Party\n", "has no row below them"),
        ("deals.xml", b'<?xml version="1.0"?>\n<treaties><t>Accord</t></treaties>', "is XML; open it in the program"),
        ("deals.rtf", b"{\\rtf1\\ansi Title}", "is a text of a word processor (.rtf); open it in the program"),
        ("deals.csv.gz", b"\x1f\x8b\x08\x00", "is compressed"),
        ("deals.csv", b"", "is empty"),
    ],
)
def test_a_file_that_is_no_sheet_is_told_with_what_to_do(
    name: str, content: bytes, said: str, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = run("import", "--draft-map", path)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


ANSWER = {
    "status": "ok",
    "data": {
        "results": [
            {
                "id": 101,
                "title": {"en": "Agreement on fisheries", "fr": "Accord sur la pêche"},
                "parties": [{"name": "Norway", "role": "party"}, {"name": "Allemagne", "role": "observer"}],
                "dates": {"signed": "2010-09-15"},
                "topics": ["fish", "sea"],
            },
            {
                "id": 102,
                "title": {"en": "Treaty on maritime delimitation", "fr": "Traité sur la délimitation"},
                "parties": [{"name": "France", "role": "party"}, {"name": "Spain", "role": "party"}],
                "dates": {"signed": "1974-01-29"},
                "topics": ["sea"],
            },
        ]
    },
    "links": [{"rel": "next"}],
}
"""What an interface on the web answers: rows deep inside, with objects and lists in them."""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("form", ["answer", "array", "lines"])
def test_a_draft_reads_json(form: str, tmp_path: Path, run: Run, other_store: Path) -> None:
    path = tmp_path / ("deals.ndjson" if form == "lines" else "deals.json")
    rows: list[Any] = ANSWER["data"]["results"]  # type: ignore[index]  # the shape stands right above
    made = {"answer": json.dumps(ANSWER), "array": json.dumps(rows), "lines": "\n".join(map(json.dumps, rows))}
    path.write_text(made[form], encoding="utf-8")
    draft = first_map(path)
    assert ('rows = "data.results"' in draft.text) == (form == "answer")
    assert ("or the lists under 'links'?" in asked(draft.text)) == (form == "answer")
    assert {'title = "title.en"', 'titles.fr = "title.fr"', 'role = "parties.role"'} <= set(lines(draft.text))
    found = {record["title"]: record for record in imported(run, path, other_store)}
    fish = found["Agreement on fisheries"]
    assert codes(fish) == ["NOR", "DEU"]
    assert [party["role"] for party in fish["parties"]] == ["party", "observer"]
    assert fish["titles"] == {"fr": "Accord sur la pêche"}
    assert fish["derived"]["signed"]["edtf"] == "2010-09-15"


def test_a_single_object_with_a_title_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "deal.json"
    path.write_text('{"title": "Treaty on air", "parties": [{"name": "Mali"}, {"name": "Chad"}], "signed": "2001"}')
    draft = first_map(path)
    assert "rows = " not in "\n".join(lines(draft.text))
    assert "the document as one, or the lists under 'parties'?" in asked(draft.text)


CHAPTERS = """Title,Between,Signed
Chapter I Disarmament,,
Treaty on radar,USA/Japan,2021-02-03
Letter on oil,USA/Canada,2022-02-03
Chapter II Trade,,
Treaty on parts,UK/France,2023-02-03
Agreement on coal,Spain/Italy,2020-02-03
"""


def test_rows_that_begin_alike_and_stand_alone_are_headings(tmp_path: Path, run: Run, other_store: Path) -> None:
    found = imported(run, sheet(tmp_path, CHAPTERS), other_store)
    headings = {record["title"]: record["extra"]["heading"] for record in found}
    assert headings["Letter on oil"] == "Chapter I Disarmament"
    assert headings["Treaty on parts"] == "Chapter II Trade"
    assert len(found) == 4


def test_other_rows_that_stand_alone_are_asked_about(tmp_path: Path) -> None:
    text = CHAPTERS.replace("Chapter I ", "").replace("Chapter II ", "")
    drafted = first_map(sheet(tmp_path, text)).text
    assert "Rows 2, 5 hold nothing but 'Title'. If they are headings, take away the marks:" in asked(drafted)
    assert '# column = "Title"' in drafted
    assert 'If those above hold, in [sheet]: fill_down = ["Between"]' in asked(drafted)


def test_a_cell_that_names_several_days_is_no_strange_one(tmp_path: Path) -> None:
    text = (
        "Titre,Parties,Date de signature\nAccord,France/Mali,14 et 28 décembre 1998\nTraité,France/Italie,3 mars 1998\n"
    )
    draft = first_map(sheet(tmp_path, text))
    assert 'date = { column = "Date de signature", formats = ["D Month YYYY"] }' in lines(draft.text)
    assert "refused" not in draft.text
    assert any("names 2 days: 2 acts" in line for line in draft.told)


def test_a_trial_says_which_cell_it_would_refuse(tmp_path: Path) -> None:
    text = "Title,Parties,Signed\nA treaty,France/Mali,3 March 1998\nA pact,France/Italy,31/04/99\n"
    told = first_map(sheet(tmp_path, text)).told
    assert any("row 3: Signed: '31/04/99': " in line for line in told)


def test_acts_beside_a_party_in_one_list_are_those_of_the_party(tmp_path: Path, run: Run, other_store: Path) -> None:
    path = tmp_path / "deals.json"
    members = [
        {"country": "France", "signed": "2001-02-03", "ratified": "2002-03-04"},
        {"country": "Norway", "signed": "2001-02-03", "ratified": None},
    ]
    path.write_text(json.dumps([{"title": "Convention on posts", "members": members}]))
    (found,) = imported(run, path, other_store)
    assert [(event["kind"], event["parties"]) for event in found["events"]] == [
        ("signed", ["FRA"]),
        ("signed", ["NOR"]),
        ("ratified", ["FRA"]),
    ]


def test_names_that_hold_the_sign_between_names_are_no_question(tmp_path: Path) -> None:
    text = "Title,Between\nTreaty on a,France and Spain\nTreaty on b,Mali and Bosnia and Herzegovina\n"
    draft = first_map(sheet(tmp_path, text))
    assert 'separator = [" and "]' in lines(draft.text)
    assert "Whom do these names mean" not in asked(draft.text)


def test_a_short_title_is_no_title(tmp_path: Path) -> None:
    text = "Dokument;Kurztitel;Zwischen\nNotenwechsel vom 3. März;NW1;Mali\nNotenwechsel vom 4. Mai;NW2;Chad\n"
    assert 'title = "Dokument"' in lines(first_map(sheet(tmp_path, text)).text)


def test_names_of_two_or_three_signs_without_case_are_names(tmp_path: Path) -> None:
    draft = first_map(
        sheet(
            tmp_path,
            "件名;締約国;署名日\n相互協力条約;日本、ドイツ;1960年1月19日\n貿易協定;日本、フランス;1963年5月14日\n",
        )
    )
    assert "Whom do these names mean" not in asked(draft.text)


@pytest.mark.parametrize(("yes", "no"), [("ja", "nein"), ("Oui", "Non"), ("sí", "no"), ("○", "×"), ("x", "")])
def test_columns_called_as_parties_hold_yes_and_no_in_more_languages(
    yes: str, no: str, tmp_path: Path, run: Run, other_store: Path
) -> None:
    text = f"Traité;Norvège;Italie;Islande\nTraité des eaux;{yes};{no};{yes}\nTraité des airs;{no};{yes};{yes}\n"
    found = {record["title"]: codes(record) for record in imported(run, sheet(tmp_path, text), other_store)}
    assert found == {"Traité des eaux": ["NOR", "ISL"], "Traité des airs": ["ITA", "ISL"]}


def test_links_of_cells_are_sources(tmp_path: Path, run: Run, other_store: Path) -> None:
    """Two cells of one text lead to two documents: these are two sources."""
    path = tmp_path / "links.xlsx"
    cells = lines_of(
        ("Title", "Parties", "Text"), ("Treaty on posts", "France", "PDF"), ("Treaty on mails", "Spain", "PDF")
    )
    path.write_bytes(linked(cells, {"C2": "https://example.org/posts", "C3": "https://example.org/mails"}))
    found = {record["title"]: record for record in imported(run, path, other_store)}
    urls = {title: record["sources"][0]["source"] for title, record in found.items()}
    assert urls == {"Treaty on posts": "example-org-posts", "Treaty on mails": "example-org-mails"}
    assert found["Treaty on posts"]["extra"] == {"text": "PDF"}


def test_columns_with_day_and_month_the_other_way_round_leave_both_open(tmp_path: Path) -> None:
    """One column proves the day first, another one the month: neither tells how its other cells are written."""
    text = "Title,Parties,Signed,In force\nTreaty A,France,13/4/2001,1/12/2001\nTreaty B,Italy,5/6/2001,12/31/2001\n"
    made = first_map(sheet(tmp_path, text))
    assert asked(made.text).count("The sheet is written both ways") == 2
    assert any("2 of them refused" in line for line in made.told)


def test_a_number_of_something_is_no_key(tmp_path: Path) -> None:
    text = "Title,Parties,No. of Parties,Page no\nTreaty on posts,France,2,4\nTreaty on mails,Spain,3,5\n"
    assert "\nkey = " not in first_map(sheet(tmp_path, text)).text


def test_a_name_with_a_hyphen_is_one_party_where_no_cell_needs_the_sign(tmp_path: Path) -> None:
    text = "Title,State A,State B\nTreaty of alliance,Austria-Hungary,Italy\nTreaty of peace,France,Spain\n"
    assert any("Austria-Hungary 1" in line for line in first_map(sheet(tmp_path, text)).told)


def test_ec_among_names_is_asked_about(tmp_path: Path) -> None:
    """The code of Ecuador is in lists of agreements as often the European Community."""
    text = "Title,Parties\nAgreement on steel,EC - Poland\nAgreement on coal,Norway - Hungary\n"
    made = first_map(sheet(tmp_path, text))
    assert "Is EC a state (its code), or org-eu?" in asked(made.text)
    assert not any("Ecuador" in line for line in made.told)


def test_notes_below_a_table_are_no_agreements(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = (
        "Title,Parties,Signed\nTreaty on posts (*),France,1990-01-02\nTreaty on mails,Spain,1991-01-02\n"
        ",,\n(*) Not published.,,\nSource: the archives.,,\nTotal: 2,,\n"
    )
    found = imported(run, sheet(tmp_path, text), other_store)
    assert sorted(record["title"] for record in found) == ["Treaty on mails", "Treaty on posts (*)"]


def test_a_header_that_stands_again_below_is_passed_over(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = "Title,Parties\nTreaty on posts,France\nTitle,Parties\nTreaty on mails,Spain\n"
    assert len(imported(run, sheet(tmp_path, text), other_store)) == 2


def test_a_column_of_place_and_day_is_an_act_with_its_place(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = (
        "Agreement,Partner,Place and date of signature\n"
        'Agreement on trade,Japan,"Tokyo, 10 February 1987"\nAgreement on planes,France,"Paris, le 12 avril 1991"\n'
    )
    found = {record["title"]: record["events"][0] for record in imported(run, sheet(tmp_path, text), other_store)}
    assert found["Agreement on trade"]["date"] == "1987-02-10"
    assert found["Agreement on planes"]["date"] == "1991-04-12"
    assert found["Agreement on planes"]["places"] == ["Paris"]


def test_who_signed_and_is_no_party_is_a_signatory(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = 'Title,Signatories,Parties\nConvention on posts,"France, Germany, Italy","France, Italy"\n'
    (found,) = imported(run, sheet(tmp_path, text), other_store)
    assert [(party["code"], party["role"]) for party in found["parties"]] == [
        ("FRA", None),
        ("ITA", None),
        ("DEU", "signatory"),
    ]


def test_signatories_alone_are_the_parties(tmp_path: Path, run: Run, other_store: Path) -> None:
    (found,) = imported(run, sheet(tmp_path, 'Title,Signatories\nNote on posts,"France, Italy"\n'), other_store)
    assert [party["role"] for party in found["parties"]] == [None, None]


def test_numbers_of_a_known_series_are_identifiers(tmp_path: Path, run: Run, other_store: Path) -> None:
    text = "Title,Parties,UNTS No,UNTS volume\nTreaty on posts,France,I-12345,800\nTreaty on mails,Spain,12346,801\n"
    found = {record["title"]: record for record in imported(run, sheet(tmp_path, text), other_store)}
    held = [(one["scheme"], one["value"]) for one in found["Treaty on posts"]["identifiers"]]
    assert held == [("UNTS", "I-12345"), ("UNTS_volume", "800")]


def test_rows_of_json_have_nothing_above_them(tmp_path: Path) -> None:
    rows = [{"title": "Treaty on posts", "parties": [{"name": "France"}]}, {"title": "Treaty on mails", "parties": []}]
    assert "fill_down" not in first_map(sheet(tmp_path, json.dumps(rows), "deals.json")).text
