"""Days as cells write them: several in one, spans in words, years of two digits, and what is said of each."""

from pathlib import Path

import pytest
from running import Run

from tracker.dates import several, typed

MAP = """\
[mapping]
name = "deals"
[agreement]
key = "No"
title = "Title"
[[event]]
kind = "signed"
date = "Signed"
"""


def taken(run: Run, tmp_path: Path, cell: str, spec: str = MAP) -> tuple[list[str], str]:
    """Import one row with this cell; return the days of its acts, and what was said."""
    sheet, path = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text(f'No,Title,Signed\n1,Arrangement,"{cell}"\n')
    path.write_text(spec)
    done = run("import", sheet, "--map", path)
    acts = run("list", "--columns", "events", "-f", "tsv").out.splitlines()[1:] if done.code == 0 else []
    return [act.removeprefix("signed ") for row in acts for act in row.split("; ")], done.err


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("14 and 28 December 2023", ["2023-12-14", "2023-12-28"]),
        ("14, 15 and 16 December 2023", ["2023-12-14", "2023-12-15", "2023-12-16"]),
        ("December 14 and 28, 2023", ["2023-12-14", "2023-12-28"]),
        ("14 November and 3 December 2024", ["2024-11-14", "2024-12-03"]),
        ("14 December 2023 and 3 January 2024", ["2023-12-14", "2024-01-03"]),
        ("1er et 3 mars 1998", ["1998-03-01", "1998-03-03"]),
        ("14. und 28. Dezember 2023", ["2023-12-14", "2023-12-28"]),
        ("12 y 14 de marzo de 1998", ["1998-03-12", "1998-03-14"]),
        ("2023-12-14; 2023-12-28", ["2023-12-14", "2023-12-28"]),
        ("2023-12-14, 2023-12-28", ["2023-12-14", "2023-12-28"]),
    ],
)
def test_several_days_are_several_acts(run: Run, tmp_path: Path, cell: str, days: list[str]) -> None:
    """Two signature acts are two events; the remark says which cell made them."""
    found, said = taken(run, tmp_path, cell)
    assert found == days
    assert f"deals.csv, row 2: Signed: {cell!r}: names {len(days)} days: {len(days)} acts" in said


@pytest.mark.parametrize("cell", ["14 December and 3 January 2024", "12-01-2023 and 13-01-2023"])
def test_days_of_which_one_is_not_told_are_refused(run: Run, tmp_path: Path, cell: str) -> None:
    assert taken(run, tmp_path, cell)[0] == []


@pytest.mark.parametrize("text", ["14-16 December 2023", "between 14 and 16 December 2023", "2023-12-14/2023-12-16"])
def test_a_span_is_no_list(text: str) -> None:
    assert several.days(text, lambda part: typed.read(part, "").edtf) == []


def test_a_span_in_words_is_remarked_on(run: Run, tmp_path: Path) -> None:
    found, said = taken(run, tmp_path, "14-16 December 2023")
    assert found == ["2023-12-14/2023-12-16"]
    assert "Signed: '14-16 December 2023': is taken for one day, not known which: 2023-12-14/2023-12-16" in said
    assert "one day" not in taken(run, tmp_path, "2023-12-14/2023-12-16")[1]


def test_a_year_of_two_digits_is_refused_with_what_to_write(run: Run, tmp_path: Path) -> None:
    found, said = taken(run, tmp_path, "28-12-23")
    assert found == []
    assert "Signed: '28-12-23': has a year of two digits" in said
    assert 'formats = ["DD-MM-YY"], from_year = 1950' in said
    allowed = MAP.replace('"Signed"', '{ column = "Signed", formats = ["DD-MM-YY"], from_year = 1950 }')
    assert taken(run, tmp_path, "28-12-23", allowed)[0] == ["2023-12-28"]
    assert taken(run, tmp_path, "28-12-49", allowed)[0] == ["2049-12-28"]
    assert taken(run, tmp_path, "28-12-50", allowed)[0] == ["1950-12-28"]


@pytest.mark.parametrize(
    ("cell", "layout"), [("1-Dec-17", "D-Month-YY"), ("17-Dec-01", "D-Month-YY"), ("Jan-23", "Month-YY")]
)
def test_with_the_name_of_a_month_a_year_of_two_digits_is_told_too(
    run: Run, tmp_path: Path, cell: str, layout: str
) -> None:
    said = taken(run, tmp_path, cell)[1]
    assert "has a year of two digits; say in the map how it is written" in said
    assert f'formats = ["{layout}"], from_year = 1950' in said


@pytest.mark.parametrize(
    ("cell", "said"),
    [("00/01/2023", "write 2023-01 if the day is not known"), ("01/00/2023", "write 2023-01 if the day is not known")],
)
def test_a_day_of_zero_is_no_second_reading(run: Run, tmp_path: Path, cell: str, said: str) -> None:
    told = taken(run, tmp_path, cell)[1]
    assert said in told
    assert "two readings" not in told


def test_a_cell_is_told_once(run: Run, tmp_path: Path) -> None:
    said = taken(run, tmp_path, "12-01-2023")[1]
    assert "Signed: '12-01-2023': has two readings" in said
    assert said.count("12-01-2023") == 1


def test_days_with_a_comma_between_are_no_single_day(run: Run, tmp_path: Path) -> None:
    """Dateutil took the first of them without a word."""
    assert run("add", "Arrangement", "--signed", "2023-12-14, 2023-12-28").code == 2


def test_cells_that_go_nowhere_are_told(run: Run, tmp_path: Path) -> None:
    """What only ``when`` asks about, a word of a relation to nothing, a relation to a key that no row has."""
    sheet, path = tmp_path / "deals.csv", tmp_path / "deals.toml"
    sheet.write_text(
        "No,Title,Signed,Type,How,Other\n1,Treaty,2020,pact,,\n2,Protocol,2021,accession,amends,\n3,Act,2022,,amends,9\n"
    )
    relation = '[[relation]]\ntype = { column = "How" }\nkey = "Other"\n'
    act = '[[event]]\nkind = "acceded"\nundated = true\nwhen = { Type = "accession" }\n'
    path.write_text(MAP + act + relation)
    said = run("import", sheet, "--map", path, "--dry-run").err
    assert "deals.csv, row 2: Type: 'pact': is only asked about (when), and goes nowhere" in said
    assert "'accession'" not in said
    assert "deals.csv, row 3: How: 'amends': is of a relation, but the row does not say to which agreement" in said
    assert "deals.csv, row 4: Other: '9': amends 9: kept as a title, for 9 is neither here nor in the store" in said
    path.write_text(f'{MAP}{act}{relation}[own]\nignore = "Type"\n')
    assert "'pact'" not in run("import", sheet, "--map", path, "--dry-run").err
