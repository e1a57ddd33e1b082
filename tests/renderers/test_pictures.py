"""What a table's shape calls for, and how a chart says it in words."""

from xml.etree import ElementTree as ET

import nasty_answers
import pytest

from tracker.renderers._charts import chart
from tracker.renderers._parts.graph import COLUMNS, Graph
from tracker.renderers._parts.pictures import Bars, Matrix, Moments, Years, picture
from tracker.table import Column, Table

PARTS = [
    *(Column("binding", "count"), Column("bs", "share", beside="binding")),
    *(
        Column("non_binding", "count", "non-binding"),
        Column("ns", "share", beside="non_binding"),
        Column("total", "count"),
    ),
]


def counted(*keys, columns=("party",), totals=None):
    """A comparison of these keys, each with one binding and its place as the number of non-binding."""
    rows = [(*(key if isinstance(key, tuple) else (key,)), 1, None, at, None, at + 1) for at, key in enumerate(keys)]
    first = [Column(name, blank="(none)") for name in columns]
    return Table("compare", [*first, *PARTS], rows, "Binding", totals=totals)


def drawn(table):
    return picture(table, list(table.rows))


def test_counts_with_shares_are_bars_of_parts():
    found = drawn(counted("JPN", "USA", None, totals=("all", 3, 0.5, 3, 0.5, 6)))
    assert isinstance(found, Bars)
    assert found.parts == ("binding", "non-binding")
    assert [(bar.label, bar.numbers) for bar in found.bars] == [("JPN", (1, 0)), ("USA", (1, 1)), ("(none)", (1, 2))]
    assert found.total is not None
    assert found.total.numbers == (3, 3)


def test_a_name_stands_before_its_key_and_a_repeated_key_is_a_group():
    named = drawn(counted(("JPN", "Japan"), ("USA", "United States"), columns=("party", "name")))
    assert [(bar.group, bar.label) for bar in named.bars] == [(None, "Japan (JPN)"), (None, "United States (USA)")]
    crossed = drawn(counted(("JPN", "2022"), ("JPN", "2023"), ("USA", "2023"), columns=("party", "year")))
    assert [(bar.group, bar.label) for bar in crossed.bars] == [("JPN", "2022"), ("JPN", "2023"), ("USA", "2023")]


def test_years_are_drawn_in_time_with_their_gaps_and_what_has_no_year_is_told():
    """Nothing is put into a year in which it may not have happened."""
    found = drawn(counted("2019", "2022", "../2023", "2022/2024", None, columns=("year",)))
    assert isinstance(found, Years)
    assert found.labels == ["2019", "2020", "2021", "2022"]
    assert found.numbers == [(1, 0), (0, 0), (0, 0), (1, 1)]
    assert found.elsewhere == [("../2023", 3), ("2022/2024", 4), ("(none)", 5)]


def test_counts_by_year_are_parts_where_they_make_up_the_total():
    """Counts that overlap (signed, entered into force) are not put on top of each other."""
    columns = [Column("year"), *(Column(name, "count") for name in ("a", "b", "c", "total"))]
    parts = drawn(Table("trend", columns, [("2020", 1, 2, 0, 3), ("2021", 0, 0, 4, 4), ("../2022", 1, 0, 0, 1)]))
    assert isinstance(parts, Years)
    assert parts.parts == ("a", "b", "c")
    overlapping = drawn(Table("trend", columns, [("2020", 1, 2, 0, 2), ("2021", 0, 0, 4, 4)]))
    assert isinstance(overlapping, Matrix)
    single = drawn(Table("trend", [Column("year"), Column("n", "count")], [("2020", 1), ("2021", 2)]))
    assert isinstance(single, Years)


def test_decades_are_years_in_tens():
    found = drawn(counted("1990s", "2010s", columns=("decade",)))
    assert found.labels == ["1990s", "2000s", "2010s"]


@pytest.mark.parametrize(
    ("kind", "cells", "numbers"),
    [
        ("flag", (True, False, None), [1, 0, 0]),
        ("count", (3, 0, None), [3, 0, 0]),
        ("list", (["a", "b"], [], None), [2, 0, 0]),
    ],
)
def test_columns_of_one_kind_are_a_matrix(kind, cells, numbers):
    columns = [Column("party"), Column("name"), *(Column(name, kind) for name in ("sosa", "rdte", "acsa"))]
    found = drawn(Table("families", columns, [("JPN", "Japan", *cells)]))
    assert isinstance(found, Matrix)
    assert (found.rows, found.columns, found.cells) == (["Japan JPN"], ["sosa", "rdte", "acsa"], [numbers])


def test_dates_without_counts_are_counted_by_year():
    days = ["2020-01-02", "2020", "2021-05?", "2019/2020", "../2020", None, "2022-01-01"]
    table = Table("list", [Column("ref"), Column("signed", "date")], [("r", day) for day in days])
    found = drawn(table)
    assert isinstance(found, Years)
    assert dict(zip(found.labels, found.numbers, strict=True)) == {"2020": (2,), "2021": (0,), "2022": (1,)}
    assert found.elsewhere == [("not certainly in one year", 3), ("no date", 1)]


def test_places_of_a_tree_are_a_tree():
    row = (0, None, "a-2000", "A", "binding", "signed", "2000", None)
    assert isinstance(drawn(Table("lineage", [Column(name) for name in COLUMNS], [row])), Graph)


def test_other_tables_call_for_nothing():
    assert drawn(Table("t", [Column("a"), Column("b")], [("x", "y")] * 9)) is None
    assert drawn(counted()) is None


CHARTS = {
    "bars": counted(*nasty_answers.TEXTS, *map(str, range(80)), totals=("all", 9, 0.5, 9, 0.5, 18)),
    "years": counted("2001", "2005", None, columns=("year",)),
    "matrix": Table(
        nasty_answers.TEXTS[1],
        [Column("p"), *(Column(text or "empty", "flag") for text in nasty_answers.TEXTS)],
        [(text, *[True] * len(nasty_answers.TEXTS)) for text in nasty_answers.TEXTS],
    ),
    "tree": Table(
        "lineage",
        [Column(name) for name in COLUMNS],
        [(0, None, "a-2000", nasty_answers.TEXTS[1], "binding", "signed", "2000", None)]
        + [(1, "amends", f"b-{at}", text, None, None, None, "a-2000") for at, text in enumerate(nasty_answers.TEXTS)],
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_well_formed_and_has_its_words(name):
    """As XML, so nothing in the data broke out; title and description are what the picture is labelled by."""
    table = CHARTS[name]
    figure = ET.fromstring("".join(chart(drawn(table), 7)))  # noqa: S314 - our own
    svg = figure.find(".//{*}svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "chart7t chart7d"
    assert svg.find("{*}title").get("id") == "chart7t"
    words = svg.find("{*}desc")
    assert words.get("id") == "chart7d"
    assert len(words.text) > 40
    for element in svg.iter():
        assert {name.partition("}")[2] or name for name in element.attrib} <= {
            *("role", "aria-labelledby", "width", "height", "viewBox", "id", "class", "x", "y", "d", "transform"),
        }


def test_the_words_of_a_comparison_tell_its_numbers():
    (said,) = [line for line in chart(drawn(counted("JPN", "USA")), 1) if line.startswith("<desc")]
    assert "JPN: binding 1. USA: binding 1, non-binding 1." in said


ACTS = [Column("event"), Column("kind"), Column("date", "date"), Column("parties", "list")]


def test_acts_are_marks_on_a_line_of_time():
    """What has no first and last day is told, not drawn; a doubtful day is a hollow mark as long as it can be."""
    rows = [
        ("e1", "entered_into_force", "2023-01-12", ["JPN"]),
        ("e2", "signed", "2021-05?", ["USA"]),
        ("e3", "signed", "../2020", []),
        ("e4", "signed", None, []),
    ]
    found = drawn(Table("t", ACTS, rows, "Acts", as_of="2022-06-01"))
    assert isinstance(found, Moments)
    assert [(moment.label, moment.earliest, moment.latest, moment.certain) for moment in found.moments] == [
        ("entered into force, JPN", "2023-01-12", "2023-01-12", True),
        ("signed, USA", "2021-05-01", "2021-05-31", False),
    ]
    assert found.elsewhere == 2
    text = "".join(chart(found, 1))
    assert "The dashed line is 2022-06-01; a hollow mark: the day is not certain; not drawn: 2" in text
    assert "2021-05?: signed, USA." in text
    assert text.count('class="b1"') == text.count('class="b2"') == 1


def test_acts_of_one_day_or_of_hundreds_are_no_line():
    assert drawn(Table("t", ACTS, [("e1", "signed", "2023-01-12", [])] * 3)) is None
    many = [(f"e{at}", "signed", f"{1900 + at}-01-12", []) for at in range(100)]
    assert drawn(Table("t", ACTS, many)) is None
