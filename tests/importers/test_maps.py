"""Maps: what each word of the language does, and what is said of a map or a cell that is wrong."""

import io
from pathlib import Path
from typing import Any

import pytest
from made_sheets import lines, workbook

from tracker.errors import InvalidValue, UnreadableFile
from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers.mapping import PROFILES, importer, shipped
from tracker.importers.mapping.whole_names import repeated

TITLE = '[agreement]\ntitle = "Title"\n'


def read(tmp_path: Path, spec: str, sheet: str | bytes, name: str = "deals.csv") -> list[Entry]:
    path = tmp_path / "deals.toml"
    path.write_text(spec, encoding="utf-8")
    data = sheet.encode() if isinstance(sheet, str) else sheet
    return list(importer(path).read(io.BytesIO(data), name))


def drafts(entries: list[Entry]) -> list[dict[str, Any]]:
    problems = [entry for entry in entries if isinstance(entry, Problem)]
    assert not problems
    return [entry.content for entry in entries if isinstance(entry, Draft) and entry.content["record"] == "agreement"]


def problems(entries: list[Entry]) -> list[Problem]:
    return [entry for entry in entries if isinstance(entry, Problem)]


def acts(record: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(event["kind"], event["date"]) for event in record["events"]]


def test_a_row_is_an_agreement_with_where_it_stands(tmp_path: Path) -> None:
    spec = (
        f'{TITLE}key = "No"\nidentifiers.TIAS = "Tias"\ntitles.ja = "Japanese"\nnotes = ["A", "B"]\nsources = "Link"\n'
    )
    sheet = "No,Title,Tias,Japanese,A,B,Link,Lead unit\n7,Deal,13-5,取決め,one,two,https://example.org/x,Navy\n"
    (found,) = drafts(read(tmp_path, spec, sheet))
    assert found["origin"] == {"set": "deals", "key": "7", "file": "deals.csv", "row": 2}
    assert (found["title"], found["titles"], found["notes"]) == ("Deal", {"ja": "取決め"}, ["one", "two"])
    assert found["identifiers"] == [{"scheme": "TIAS", "value": "13-5"}]
    assert found["sources"] == [
        {"source": {"id": "example-org-x", "title": "https://example.org/x", "url": "https://example.org/x"}}
    ]
    assert found["extra"] == {"lead_unit": "Navy"}


def test_without_a_key_title_date_and_parties_name_the_agreement(tmp_path: Path) -> None:
    spec = f'{TITLE}[[party]]\ncolumn = "Who"\nseparator = "/"\n[[event]]\nkind = "signed"\ndate = "Signed"\n'
    one, other = drafts(read(tmp_path, spec, "Title,Who,Signed\nDéal,USA/JPN,2023\nDéal,JPN/USA,2024\n"))
    assert one["origin"]["key"] == "deal | 2023 | name jpn name usa"
    assert one["origin"]["key"] != other["origin"]["key"]


@pytest.mark.parametrize(
    ("layouts", "cell", "edtf"),
    [
        ('["DD/MM/YYYY"]', "03/04/2023", "2023-04-03"),
        ('["MM/DD/YYYY"]', "03/04/2023", "2023-03-04"),
        ('["DD/MM/YYYY", "D Month YYYY"]', "3 April 2023", "2023-04-03"),
        ('["Month D, YYYY"]', "Sept. 3rd, 2023", "2023-09-03"),
        ('["YYYYMMDD"]', "20230403", "2023-04-03"),
        ('["MM/YYYY"]', "4/2023", "2023-04"),
        ('["serial"]', "45019", "2023-04-03"),
        ('["DD-MM-YYYY"]', "03-04-2023", "2023-04-03"),
        ('["DMonthYYYY"]', "03apr2023", "2023-04-03"),
        ('["D. Month YYYY"]', "3. März 2023", "2023-03-03"),
        ('["D de Month de YYYY"]', "3 de marzo de 2023", "2023-03-03"),
        ('["D Month YYYY"]', "1er août 2023", "2023-08-01"),
        ('["YYYY年M月D日"]', "2023年4月3日", "2023-04-03"),
        ('["MM/DD/YYYY"]', "1/19/1960 12:00:00 AM", "1960-01-19"),
        ('["DD/MM/YYYY"]', "2023-04-03", "2023-04-03"),
        ('["DD/MM/YYYY"]', "03/04/2023 00:00:00", "2023-04-03"),
        ("[]", "c. 1996", "1996~"),
        ("[]", "2023-04-03T10:00:00Z", "2023-04-03"),
        ("[]", "25-12-2021", "2021-12-25"),
    ],
)
def test_layouts_of_dates(tmp_path: Path, layouts: str, cell: str, edtf: str) -> None:
    spec = f'{TITLE}[[event]]\nkind = "signed"\ndate = {{ column = "Signed", formats = {layouts} }}\n'
    (found,) = drafts(read(tmp_path, spec, f'Title;Signed\nx;"{cell}"\n'))
    assert acts(found) == [("signed", edtf)]


@pytest.mark.parametrize(
    ("layouts", "cell", "said"),
    [
        ('["DD/MM/YYYY", "MM/DD/YYYY"]', "03/04/2023", "two readings: 2023-04-03 (DD/MM/YYYY) or 2023-03-04"),
        ("[]", "03/04/2023", "two readings"),
        ("[]", "12-01-2023", "two readings"),
        ('["DD/MM/YYYY"]', "31/06/2023", "30 days"),
        ('["DD/MM/YYYY"]', "soon", "not written as DD/MM/YYYY"),
        ('["YYYY-MM-DD"]', "2599-01-01", "1300"),
        ('["YYYY-MM-DD"]', "0000-00-00", "0000-00-00"),
        ("[]", "today", "not a date"),
        ('["serial"]', "60", "no day"),
    ],
)
def test_a_date_that_cannot_be_is_told_with_row_column_and_value(
    tmp_path: Path, layouts: str, cell: str, said: str
) -> None:
    """A sentinel that the map does not name is refused too: it never becomes a date."""
    spec = f'{TITLE}[[event]]\nkind = "signed"\ndate = {{ column = "Signed", formats = {layouts} }}\n'
    (problem,) = problems(read(tmp_path, spec, f"Title;Signed\nx;{cell}\n"))
    assert (problem.where, problem.column, problem.value) == ("deals.csv, row 2", "Signed", cell)
    assert said in problem.message


def test_sentinels_are_no_dates_and_are_counted(tmp_path: Path) -> None:
    spec = (
        f'{TITLE}[[event]]\nkind = "signed"\n'
        'date = [{ column = "Day", sentinels = ["0000-00-00"] }, { column = "Year", sentinels = ["2699"] }]\n'
    )
    sheet = "Title,Day,Year\na,0000-00-00,1961\nb,0000-00-00,2699\nc,1962-01-02,1962\n"
    entries = read(tmp_path, spec, sheet)
    assert [acts(found) for found in drafts(entries)] == [[("signed", "1961")], [], [("signed", "1962-01-02")]]
    assert [entry.message for entry in entries if isinstance(entry, Remark)] == [
        "column 'Day': 2 x '0000-00-00', which stands for no date",
        "column 'Year': 1 x '2699', which stands for no date",
    ]


def test_a_date_in_three_columns_is_as_exact_as_they_are(tmp_path: Path) -> None:
    spec = f'{TITLE}[[event]]\nkind = "signed"\ndate = {{ year = "Y", month = "M", day = "D", sentinels = ["-99"] }}\n'
    sheet = "Title,Y,M,D\na,1999,4,3\nb,1999,Apr,\nc,1999,,-99\nd,,,\n"
    dated = [acts(found) for found in drafts(read(tmp_path, spec, sheet))]
    assert dated == [[("signed", "1999-04-03")], [("signed", "1999-04")], [("signed", "1999")], []]
    found = problems(read(tmp_path, spec, "Title,Y,M,D\na,1976,6,31\nb,,6,1\nc,1999,,7\n"))
    assert [(one.column, one.value) for one in found] == [
        ("Y / M / D", "1976 / 6 / 31"),
        ("Y / M / D", " / 6 / 1"),
        ("Y / M / D", "1999 /  / 7"),
    ]


def test_parties_by_list_code_dyad_and_flag(tmp_path: Path) -> None:
    spec = f"""{TITLE}
[[party]]
column = "Names"
separator = ["/", " and "]
values = {{ "the Kingdom" = "GBR" }}
entity = "Unit"
[[party]]
columns = ["n1..n2"]
scheme = "m49"
[[party]]
columns = ["A2"]
scheme = "iso2"
[[party]]
columns = ["Chad", "Mali"]
yes = ["x"]
"""
    sheet = "Title,Names,Unit,n1,n2,A2,Chad,Mali\na,USA/the Kingdom and Japan,Navy,8,392.0,DE,x,\nb,,,,,,0,no\n"
    first, second = drafts(read(tmp_path, spec, sheet))
    assert [party["code"] for party in first["parties"]] == [
        *("name:USA", "name:GBR", "name:Japan", "m49:8", "m49:392", "iso2:DE", "name:Chad"),
    ]
    assert [party.get("entity") for party in first["parties"]][:4] == ["Navy", "Navy", "Navy", None]
    assert second["parties"] == []
    found = problems(read(tmp_path, spec, "Title,Names,Unit,n1,n2,A2,Chad,Mali\na,,,x1,,,maybe,\n"))
    assert found[0].column == "n1"


def test_columns_beside_say_which_parties_act(tmp_path: Path) -> None:
    spec = f"""{TITLE}key = "No"
row_key = "No"
[[part]]
when = {{ Kind = "accession" }}
of = "Base"
[[party]]
when = {{ Kind = "base" }}
columns = ["c1..c2"]
scheme = "m49"
[[party]]
when = {{ Kind = "accession", "m1..m2" = "1" }}
columns = ["c1..c2"]
scheme = "m49"
beside = ["m1..m2"]
beside_is = ["1"]
[[event]]
when = {{ Kind = "accession" }}
kind = "acceded"
date = "Year"
parties = true
"""
    sheet = "No,Base,Kind,Title,Year,c1,c2,m1,m2\n3,3,base,Pact,1991,4,8,0,0\n3+1,3,accession,Joins,1997,4,12,2,1\n"
    base, joined = drafts(read(tmp_path, spec, sheet))
    assert [party["code"] for party in base["parties"]] == ["m49:4", "m49:8"]
    assert "title" not in joined
    assert joined["parties"] == [{"code": "m49:12"}]
    assert joined["origin"]["key"] == "3"
    assert joined["events"][0]["parties"] == ["m49:12"]
    assert joined["events"][0]["origin"] == {"set": "deals", "key": "3+1", "file": "deals.csv", "row": 3}
    (problem,) = problems(read(tmp_path, spec, f"{sheet}3+2,3,accession,Joins,1998,4,16,1,\n"))
    assert (problem.where, problem.column) == ("deals.csv, row 4", "m2")


def test_words_are_translated_and_held_against_the_vocabulary(tmp_path: Path) -> None:
    spec = f"""{TITLE}
[agreement.binding_status]
column = "Status"
pattern = "^.(.)$"
values = {{ A = "binding", N = "non_binding" }}
[agreement.instrument_type]
column = "Type"
values = {{ Pact = "treaty" }}
"""
    sheet = "Title,Status,Type\na,BA,pact\nb,BN,Memorandum of understanding\nc,,\n"
    found = drafts(read(tmp_path, spec, sheet))
    assert [one.get("binding_status") for one in found] == ["binding", "non_binding", None]
    assert [one.get("instrument_type") for one in found] == ["treaty", "memorandum_of_understanding", None]
    wrong = problems(read(tmp_path, spec, "Title,Status,Type\na,BX,Protokol\nb,long,\n"))
    assert [(one.where, one.column, one.value) for one in wrong] == [
        ("deals.csv, row 2", "Type", "Protokol"),
        ("deals.csv, row 2", "Status", "BX"),
        ("deals.csv, row 3", "Status", "long"),
    ]
    assert "did you mean protocol" in wrong[0].message


def test_an_act_that_the_vocabulary_lacks_keeps_its_word(tmp_path: Path) -> None:
    kind = 'kind = { column = "What", values = { Joined = "acceded" }, else = "other" }'
    spec = f'{TITLE}[[event]]\n{kind}\ndate = "When"\n'
    (found,) = drafts(read(tmp_path, spec, "Title,What,When\na,Blessed,2001\n"))
    assert found["events"][0]["kind"] == "other"
    assert found["events"][0]["kind_raw"] == "Blessed"
    (problem,) = problems(read(tmp_path, spec, "Title,What,When\na,,2001\n"))
    assert "what happened is not said" in problem.message


def test_a_relation_finds_the_one_row_that_it_means(tmp_path: Path) -> None:
    spec = f"""{TITLE}key = "No"
[[relation]]
when = {{ Place = {{ matches = '^\\d+\\.[1-9]' }} }}
type = {{ column = "Type", values = {{ Protocol = "supplements" }}, else = "related_to" }}
find = {{ Line = "Line", Place = {{ column = "Place", pattern = '^(\\d+)', becomes = '\\1.0' }} }}
"""
    sheet = "No,Title,Line,Place,Type\n1,a,X,1.0,Treaty\n2,b,X,1.1,Protocol\n3,c,Y,1.0,Treaty\n4,d,Y,1.0,Treaty\n"
    found = drafts(read(tmp_path, spec, f"{sheet}5,e,Y,1.1,Letter\n"))
    assert found[1]["relations"] == [{"type": "supplements", "target_title": "X 1.0", "target": "key:1"}]
    assert found[4]["relations"] == [{"type": "related_to", "target_title": "Y 1.0"}]  # two rows are meant


def test_rows_are_passed_over_and_said(tmp_path: Path) -> None:
    spec = f'{TITLE}[[skip]]\nwhen = {{ Title = ["Total"] }}\n[sheet]\nempty = ["n/a"]\n'
    entries = read(tmp_path, spec, "Title,Note\na,n/a\na,n/a\nb,1\nTotal,2\n")
    assert [found["extra"] for found in drafts(entries)] == [{}, {"note": "1"}]
    assert [entry.message for entry in entries if isinstance(entry, Remark)] == [
        "row 5 was passed over, as the map says",
        "row 3 was the same as a row above, cell by cell; left out",
    ]


def test_a_party_that_stands_twice_is_said(tmp_path: Path) -> None:
    spec = f'{TITLE}[[party]]\ncolumns = ["A", "B"]\nscheme = "cow"\n'
    entries = read(tmp_path, spec, "Title,A,B\na,750,750\n")
    assert drafts(entries)[0]["parties"] == [{"code": "cow:750"}]
    (draft,) = (entry for entry in entries if isinstance(entry, Draft))
    assert list(repeated(draft)) == [Remark("deals.csv, row 2", "names the same party twice", "A", "750")]


def test_a_cell_that_a_workbook_could_not_compute_is_told_where_it_is_used(tmp_path: Path) -> None:
    sheet = lines(("Title", "Note")).replace("</row>", "</row>", 1)
    sheet += '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><f>A1</f></c></row>'
    (problem,) = problems(read(tmp_path, TITLE, workbook(sheet), "deals.xlsx"))
    assert (problem.where, problem.column) == ("deals.xlsx, row 2", "Note")
    assert problem.message.startswith("cell B2 holds a formula")
    ignored = f'{TITLE}[own]\nignore = ["Note"]\n'
    assert drafts(read(tmp_path, ignored, workbook(sheet), "deals.xlsx"))[0]["extra"] == {}


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("[agreement\n", "is no TOML"),
        ('[agreement]\ntitel = "Title"\n', "deals.toml, line 2: agreement.titel: is no key of this table"),
        ('[agreement]\nkey = "No"\n', "agreement.title: is missing"),
        (f"{TITLE}[evnt]\n", "line 3: evnt: is no key of this table; did you mean event"),
        (f'{TITLE}[[event]]\nkind = "singed"\ndate = "D"\n', "line 4: event[1].kind.value: unknown event kind"),
        (f'{TITLE}[[event]]\nkind = "signed"\n', "line 3: event[1].date: is missing"),
        (f'{TITLE}expires = {{ column = "D", formats = ["DD/MM/YY"] }}\n', "'DD/MM/YY' has years of two digits"),
        (f'{TITLE}binding_status = {{ column = "B", values = {{ A = "bindng" }} }}\n', "did you mean binding"),
        (f'{TITLE}[[party]]\ncolumn = "P"\nscheme = "iso"\n', "line 5: party[1].scheme: unknown scheme 'iso'"),
        (f'{TITLE}[[party]]\ncolumn = "P"\n[[party]]\nscheme = "m49"\n', "line 5: party[2].column: is missing"),
        (f'{TITLE}[[relation]]\ntype = "amend"\nkey = "K"\n', "unknown relation 'amend'; did you mean amends"),
        (f'{TITLE}titles.english = "x"\n', "line 3: agreement.titles.english: 'english' is no tag of a language"),
        (f"{TITLE}short_title = 3\n", "expected the name of a column"),
        (f'{TITLE}short_title = {{ column = "x", pattern = "(" }}\n', "no regular expression"),
        (f"{TITLE}[sheet]\nheader = 0\n", "expected the number of a row"),
    ],
)  # fmt: skip
def test_a_wrong_map_says_file_line_key_and_the_nearest(tmp_path: Path, spec: str, said: str) -> None:
    path = tmp_path / "deals.toml"
    path.write_text(spec, encoding="utf-8")
    with pytest.raises((InvalidValue, UnreadableFile)) as caught:
        _ = importer(path).map
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_column_that_the_sheet_lacks_is_told_with_the_nearest(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, '[agreement]\ntitle = "Titel"\n', "Title,Note\na,b\n")
    assert isinstance(problem, Problem)
    assert problem.fatal
    assert "no column 'titel', which deals.toml, line 2 names (agreement.title); did you mean Title" in problem.message


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_map_that_is_shipped_can_be_read(path: Path) -> None:
    found = shipped(path.stem).map
    assert found.name in path.stem
    assert found.title
    assert found.source


MADE = {
    "ieadb": (
        "IEA# (click for add'l info),Inclusion,Signature Year,Signature Date,Date IEA entered into force,Treaty Name,"
        "Agreement Type (level 2),Lineage,Sequence in lineage,Members\n"
        "1,BEA,1961,0000-00-00,2899-01-01,Pact on eels,Agreement,Eels,100.000,Members\n"
        "2,BEN,1970,1970-02-03,1970-02-03,Memo on eels,Memorandum of Understanding,Eels,101.000,Members\n"
    ),
    "dcad": (
        "ccode1,cowName1,ccode2,cowName2,signDay,signMonth,signYear,EIFDay,EIFMonth,EIFYear,type,category1,category2,"
        "category3,terminated,UNTS,DCAid\n"
        "2,USA,365,RUS,,4,1984,,,,general,DCA,,,1,,T-1\n2,USA,365,RUS,1,4,1994,,,1995,sector,RESEARCH,,,0,77,T-2\n"
    ),
    "wipo": (
        "Contracting Party,Treaty,Signature Date,Instrument Type,Instrument Date,Entry Into Force Date\n"
        "Chad,Eels,1990-01-02,,,\nMali,Eels,,Declaration of Continued Application,1993-01-01,1992-01-01\n"
    ),
    "desta": (
        "number;base_treaty;name;entry_type;year;entryforceyear;typememb;consolidated;c1;c91;mc1;mc91\n"
        "3;3;Pact;base_treaty;1991;1994;2;0;12;900;0;0\n3+1;3;Pact joins;accession;1997;NA;5;0;12;710;2;1\n"
        "3+2;3;Pact grows;accession;1998;NA;6;0;12;24;3;2\n3_1;3;Pact leaves;withdrawal;1999;NA;7;0;12;900;1;2\n"
        "4;4;Talks;negotiation;NA;NA;1;0;8;12;NA;NA\n"
    ),
}
"""A few rows of our own in the shape of each set."""


@pytest.mark.parametrize("name", MADE)
def test_a_set_is_recognised_by_its_header_and_read(name: str) -> None:
    data = MADE[name].encode()
    recognised = [path.stem for path in sorted(PROFILES.glob("*.toml")) if shipped(path.stem).matches(data)]
    assert recognised == [name]
    found = drafts(list(shipped(name).read(io.BytesIO(data), f"{name}.csv")))
    seen = [(record.get("title"), acts(record), [party["code"] for party in record["parties"]]) for record in found]
    if name == "ieadb":
        assert seen[0] == ("Pact on eels", [("signed", "1961")], [])
        assert [record["binding_status"] for record in found] == ["binding", "non_binding"]
        assert found[1]["relations"][0]["target"] == "key:1"
        assert found[0]["extra"]["in_force_code"] == "2899-01-01"
    elif name == "dcad":
        assert seen[0][1] == [("signed", "1984-04"), ("terminated", None)]
        assert seen[1][1] == [("signed", "1994-04-01"), ("entered_into_force", "1995")]
        assert found[1]["focus_areas"] == ["research_and_development"]
    elif name == "wipo":
        assert seen[0] == ("Eels", [("signed", "1990-01-02")], ["name:Chad"])
        assert seen[1][1] == [("succeeded", "1993-01-01"), ("entered_into_force", "1992-01-01")]
    else:
        assert seen == [
            ("Pact", [("signed", "1991"), ("entered_into_force", "1994")], ["m49:12", "name:XKX"]),
            (None, [("acceded", "1997")], ["m49:710"]),
            (None, [("other", "1998")], ["m49:24"]),
            (None, [("withdrawn", "1999")], ["m49:12"]),
            ("Talks", [("negotiation_opened", None)], ["m49:8", "m49:12"]),
        ]


GROUPED = f'{TITLE}[[party]]\ncolumn = "Country"\nfill_down = true\n'


def test_cells_are_filled_down_where_the_map_says_so(tmp_path: Path) -> None:
    """Two rows that differ only in what stands above them are two."""
    sheet = "Country,Title\nAlbania,Tax\n,Roads\nChad,Water\n,Roads\n"
    found = drafts(read(tmp_path, GROUPED, sheet))
    named = [(record["title"], record["parties"][0]["code"]) for record in found]
    assert named == [
        *(("Tax", "name:Albania"), ("Roads", "name:Albania"), ("Water", "name:Chad"), ("Roads", "name:Chad")),
    ]


def test_what_is_filled_down_begins_anew_with_another_text_to_its_left(tmp_path: Path) -> None:
    spec = f'{TITLE}extra.ministry = "Ministry"\n[sheet]\nfill_down = ["Country", "Ministry"]\n'
    sheet = "Country,Ministry,Title\nChad,Water,A\nChad,,B\n,,C\nMali,,D\n,Roads,E\n"
    found = drafts(read(tmp_path, spec, sheet))
    assert [record["extra"].get("ministry") for record in found] == ["Water", "Water", "Water", None, "Roads"]
    assert [record["extra"]["country"] for record in found] == ["Chad", "Chad", "Chad", "Mali", "Mali"]


def test_a_row_that_is_passed_over_fills_nothing(tmp_path: Path) -> None:
    spec = f'{GROUPED}[[skip]]\nwhen = {{ Country = "Total" }}\n'
    found = drafts(read(tmp_path, spec, "Country,Title\nChad,Water\nTotal,1\n,Roads\n"))
    assert [record["parties"][0]["code"] for record in found] == ["name:Chad", "name:Chad"]


def test_heading_rows_hold_for_what_follows(tmp_path: Path) -> None:
    spec = (
        f'{TITLE}focus_areas = "Chapter"\n[[heading]]\nname = "Part"\ncolumn = "Title"\npattern = "^Part (.+)"\n'
        '[[heading]]\nname = "Chapter"\ncolumn = "Title"\npattern = "^Chapter (.+)"\n'
    )
    sheet = "Title,Signed\nPart A,\nChapter I,\nTax,1999\nChapter II,\nRoads,2001\nPart B,\nChapter of peace,1990\n"
    entries = read(tmp_path, spec, sheet)
    found = drafts(entries)
    assert [(record["title"], record["extra"].get("part"), record["focus_areas"]) for record in found] == [
        *(("Tax", "A", ["I"]), ("Roads", "A", ["II"]), ("Chapter of peace", "B", [])),
    ]
    assert Remark("deals.csv", "rows 2, 3, 5, 7 were read as headings, as the map says", passed=4) in entries


def test_a_condition_tells_headings_that_are_not_alone_in_their_row(tmp_path: Path) -> None:
    spec = f'{TITLE}[[heading]]\nname = "Year"\ncolumn = "Title"\nwhen = {{ Kind = "year" }}\n'
    (found,) = drafts(read(tmp_path, spec, "Title,Kind\n1999,year\nTax,treaty\n"))
    assert found["extra"] == {"year": "1999"}


def test_a_heading_is_not_called_as_a_column_is(tmp_path: Path) -> None:
    spec = f'{TITLE}[[heading]]\nname = "kind"\ncolumn = "Title"\n'
    (problem,) = problems(read(tmp_path, spec, "Title,Kind\nTax,treaty\n"))
    assert problem.fatal
    assert "name it otherwise" in problem.message


def test_a_party_of_every_row_is_a_value(tmp_path: Path) -> None:
    spec = f'{TITLE}[[party]]\nvalue = "USA"\n[[party]]\ncolumn = "Partner"\n'
    (found,) = drafts(read(tmp_path, spec, "Title,Partner\nTreaty,France\n"))
    assert [party["code"] for party in found["parties"]] == ["name:USA", "name:France"]


@pytest.mark.parametrize("party", ['value = "USA"\ncolumn = "Partner"\n', 'scheme = "iso2"\n'])
def test_a_party_is_of_a_column_or_of_every_row(tmp_path: Path, party: str) -> None:
    with pytest.raises(InvalidValue, match=r"line [345]: party"):
        read(tmp_path, f"{TITLE}[[party]]\n{party}", "Title,Partner\nTreaty,France\n")


def test_one_name_may_stand_for_several_parties(tmp_path: Path) -> None:
    values = '{ Benelux = ["BEL", "NLD", "LUX"], UK = "GBR" }'
    spec = f'{TITLE}[[party]]\ncolumn = "Who"\nvalues = {values}\nseparator = "/"\n'
    (found,) = drafts(read(tmp_path, spec, "Title,Who\nTreaty,Benelux/UK\n"))
    assert [party["code"] for party in found["parties"]] == ["name:BEL", "name:NLD", "name:LUX", "name:GBR"]


def test_a_cell_may_lead_to_several_agreements(tmp_path: Path) -> None:
    spec = f'{TITLE}key = "No"\n[[relation]]\ntype = "amends"\nkey = {{ column = "Amends", separator = ";" }}\n'
    (found,) = drafts(read(tmp_path, spec, "No,Title,Amends\n3,Treaty,1; 2\n"))
    assert [item["target"] for item in found["relations"]] == ["key:1", "key:2"]


def test_else_stands_for_what_a_pattern_does_not_match(tmp_path: Path) -> None:
    spec = f"{TITLE}extra.series = {{ column = 'Cited', pattern = '^(\\w+) [0-9]', else = 'none' }}\n"
    one, other = drafts(read(tmp_path, spec, "Title,Cited\nA,TIAS 12\nB,unpublished\n"))
    assert (one["extra"]["series"], other["extra"]["series"]) == ("TIAS", "none")


def remarks(entries: list[Entry]) -> list[tuple[str | None, str | None, str]]:
    return [(entry.column, entry.value, entry.message) for entry in entries if isinstance(entry, Remark)]


def test_cells_of_an_act_without_a_day_are_told(tmp_path: Path) -> None:
    """Not those that another act takes, nor a sign that stands for no date."""
    spec = (
        f'{TITLE}[[event]]\nkind = "signed"\ndate = {{ column = "Signed", sentinels = ["TBD"] }}\nplaces = "Place"\n'
        '[[event]]\nkind = "entered_into_force"\ndate = "Force"\nnote = "Note"\nwhen = { Kind = "treaty" }\n'
        '[[event]]\nkind = "text_adopted"\ndate = "Adopted"\nnote = "Note"\n'
    )
    sheet = "Title,Signed,Place,Force,Note,Kind,Adopted\nA,TBD,Paris,,quick,treaty,2020\nB,2019,Rome,2021,,pact,\n"
    found = remarks(read(tmp_path, spec, sheet))
    assert [(column, value) for column, value, _ in found if column] == [
        ("Place", "Paris"), ("Force", "2021"), ("Kind", "pact"),
    ]  # fmt: skip


def test_a_relation_without_a_word_and_a_row_without_a_party_are_told(tmp_path: Path) -> None:
    spec = f'{TITLE}[[party]]\ncolumn = "Who"\n[[relation]]\ntype = {{ column = "How" }}\nkey = "To"\n'
    found = remarks(read(tmp_path, spec, "Title,Who,How,To\nA,,,7\n"))
    assert ("Who", "", "names no party") in found
    assert [(column, value) for column, value, _ in found] == [("Who", ""), ("To", "7")]


OBJECTS = (
    '{"id": 7, "name": {"en": "Deal", "fr": "Accord"}, "topics": ["cyber", "space"], "who": [{"name": "Japan", "role":'
    ' "signatory"}, {"name": "Chad"}], "acts": [{"kind": "signed", "on": "2020-01-01", "at": ["Rome", "Paris"]},'
    ' {"kind": "ratified", "on": "2021-02"}], "share": 1.10, "public": true, "none": null}'
)
OF_OBJECTS = """
[agreement]
key = "id"
title = "name.en"
titles.fr = "name.fr"
focus_areas = "topics"
[[party]]
column = "who.name"
role = "who.role"
[[event]]
kind = { column = "acts.kind" }
date = "acts.on"
places = "acts.at"
"""


@pytest.mark.parametrize(
    ("data", "rows", "place"),
    [
        (f"{OBJECTS}\n", "", "deals.json, line 1"),
        (f"\ufeff\n{OBJECTS}\n{OBJECTS}", "", "deals.json, line 2"),
        (f"[{OBJECTS}]", "", "deals.json, item 1"),
        (
            f'{{"count": 1, "data": {{"results": [{OBJECTS}]}}}}',
            '[sheet]\nrows = "data.results"\n',
            "deals.json, item 1",
        ),
    ],
)
def test_objects_of_json_are_rows_and_their_keys_columns(data: str, rows: str, place: str, tmp_path: Path) -> None:
    entries = read(tmp_path, rows + OF_OBJECTS, data, "deals.json")
    assert next(entry.where for entry in entries if isinstance(entry, Draft)) == place
    (found,) = drafts(entries)
    assert (found["title"], found["titles"], found["focus_areas"]) == ("Deal", {"fr": "Accord"}, ["cyber", "space"])
    assert found["parties"] == [{"code": "name:Japan", "role": "signatory"}, {"code": "name:Chad"}]
    assert acts(found) == [("signed", "2020-01-01"), ("ratified", "2021-02")]
    assert [event.get("places") for event in found["events"]] == [["Rome", "Paris"], None]
    assert found["extra"] == {"share": "1.10", "public": "true"}


def test_what_of_json_is_no_object_is_a_bad_row(tmp_path: Path) -> None:
    data = f'{OBJECTS}\n[1]\n{{"id": 8,\n{{"id": 9, "name": {{"en": "Pact"}}, "topics": []}}\n'
    entries = read(tmp_path, OF_OBJECTS, data, "deals.ndjson")
    assert [problem.where for problem in problems(entries)] == ["deals.ndjson, line 2", "deals.ndjson, line 3"]
    assert [entry.content["title"] for entry in entries if isinstance(entry, Draft)] == ["Deal", "Pact"]


@pytest.mark.parametrize("data", ['{"a": 1}', "[]", "[1, 2]", '[{"a": {"b": ', '{"a": ' * 5000])
def test_json_that_a_map_does_not_fit_ends_in_one_line(data: str, tmp_path: Path) -> None:
    (problem,) = problems(read(tmp_path, OF_OBJECTS, data, "deals.json"))
    assert problem.fatal
    assert "\n" not in problem.message


MEMBERS = """
[agreement]
title = "title"
[[party]]
column = "members.country.code"
scheme = "iso2"
[[event]]
kind = "ratified"
date = "members.ratified"
parties = true
"""


def test_an_act_in_a_list_of_objects_is_that_of_the_party_in_the_same_object(tmp_path: Path) -> None:
    members = [("FR", '"2002-03-04"'), ("NO", "null"), ("NA", '"2003-04-05"')]
    items = ", ".join(f'{{"country": {{"code": "{code}"}}, "ratified": {day}}}' for code, day in members)
    (found,) = drafts(read(tmp_path, MEMBERS, f'[{{"title": "Accord", "members": [{items}]}}]', "deals.json"))
    assert [party["code"] for party in found["parties"]] == ["iso2:FR", "iso2:NO", "iso2:NA"]
    assert [(event["date"], event["parties"]) for event in found["events"]] == [
        ("2002-03-04", ["iso2:FR"]),
        ("2003-04-05", ["iso2:NA"]),
    ]


def test_a_party_of_every_row_acts_with_each_of_a_list(tmp_path: Path) -> None:
    spec = MEMBERS.replace("[[event]]", '[[party]]\nvalue = "USA"\n[[event]]')
    data = '[{"title": "A", "members": [{"country": {"code": "FR"}, "ratified": "2001"}, {"country": {"code": "NO"}}]}]'
    (found,) = drafts(read(tmp_path, spec, data, "deals.json"))
    assert [event["parties"] for event in found["events"]] == [["iso2:FR", "name:USA"]]


def test_a_bad_first_line_of_ndjson_is_a_bad_row(tmp_path: Path) -> None:
    data = '{"title": "Accord", "title": "Pact"}\n{"title": "Deal"}\n'
    entries = read(tmp_path, '[agreement]\ntitle = "title"\n', data, "deals.ndjson")
    (problem,) = problems(entries)
    assert (problem.where, problem.message) == ("deals.ndjson, line 1", "the key 'title' stands twice in one object")
    assert [entry.content["title"] for entry in entries if isinstance(entry, Draft)] == ["Deal"]


def test_a_row_that_names_nobody_beside_a_party_of_every_row_is_told(tmp_path: Path) -> None:
    spec = TITLE + '[[party]]\nvalue = "USA"\n[[party]]\ncolumn = "Partner"\n'
    entries = read(tmp_path, spec, "Title,Partner\nOne,France\nTwo,\n")
    (remark,) = (entry for entry in entries if isinstance(entry, Remark))
    assert (remark.where, remark.column) == ("deals.csv, row 3", "Partner")
    assert remark.message == "names no party beside those of every row"
    alone = read(tmp_path, TITLE + '[[party]]\nvalue = "USA"\n', "Title\nOne\n")
    assert not any(isinstance(entry, Remark) for entry in alone)


def test_an_act_is_of_nobody_who_stands_in_another_list(tmp_path: Path) -> None:
    spec = TITLE.replace("Title", "t") + (
        '[[party]]\ncolumn = "parties.c"\n[[party]]\ncolumn = "acts.by"\n'
        '[[event]]\nkind = { column = "acts.k" }\ndate = "acts.d"\nparties = true\n'
    )
    both = '"parties": [{"c": "FRA"}, {"c": "ESP"}]'
    acts_of = '{"k": "signed", "d": "2001", "by": "FRA"}, {"k": "ratified", "d": "2002", "by": ["FRA", "ESP"]}'
    alone = '{"k": "signed", "d": "2003", "by": "ITA"}'
    data = f'[{{"t": "A", {both}, "acts": [{acts_of}]}}, {{"t": "B", {both}, "acts": [{alone}]}}]'
    several, single = drafts(read(tmp_path, spec, data, "deals.json"))
    assert [event["parties"] for event in several["events"]] == [["name:FRA"], ["name:FRA", "name:ESP"]]
    assert [event["parties"] for event in single["events"]] == [["name:ITA"]]
    unsaid = read(
        tmp_path, spec, f'[{{"t": "A", {both}, "acts": [{{"k": "signed", "d": "2001"}}, {acts_of}]}}]', "deals.json"
    )
    assert "an act of a party (signed)" in problems(unsaid)[0].message
    (rest,) = (entry.content for entry in unsaid if isinstance(entry, Draft))
    assert acts(rest) == [("signed", "2001"), ("ratified", "2002")]
