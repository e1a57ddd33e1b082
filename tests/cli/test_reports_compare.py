"""``compare binding`` crossed and sorted, and ``compare parties``: the figures are those of the samples."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from running import SAMPLES, Run

from tracker.renderers._parts.pictures import Bars, picture
from tracker.table import Column, Table

Record = dict[str, Any]


@pytest.fixture(scope="module")
def agreements() -> list[Record]:
    """The agreements of the samples as their files hold them."""
    return [record for file in SAMPLES for record in json.loads(file.read_text(encoding="utf-8"))["agreements"]]


def asked(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (0, "")
    report: dict[str, Any] = json.loads(out)
    return report


def codes(record: Record) -> set[str]:
    return {party["code"] for party in record["parties"]}


def test_two_dimensions_crossed_count_each_pair(run: Run, store: Path, agreements: list[Record]) -> None:
    report = asked(run, "compare", "binding", "--by", "party", "--by", "text_access")
    rows, total = report["rows"], report["totals"]
    expected = Counter((code, record["text_access"]) for record in agreements for code in codes(record) or [None])
    assert {(row["party"], row["text_access"]): row["total"] for row in rows} == expected
    assert (total["party"], total["text_access"], total["total"]) == ("all", "all", len(agreements))
    assert report["filters"] == {"by": ["party", "text_access"]}
    assert report["rows"] == asked(run, "compare", "binding", "--by", "party,text_access")["rows"]


def test_by_laterality_and_level_count_what_records_say(run: Run, store: Path, agreements: list[Record]) -> None:
    records = json.loads(run("list", "--json").out)
    laterality = Counter(record["derived"]["laterality"] for record in records)
    rows = asked(run, "compare", "binding", "--by", "laterality")["rows"]
    assert {row["laterality"]: row["total"] for row in rows} == laterality
    levels = Counter(
        level
        for record in agreements
        for level in {item["level"] for item in record["signatories"] if item["level"]} or [None]
    )
    rows = asked(run, "compare", "binding", "--by", "level")["rows"]
    assert {row["level"]: row["total"] for row in rows} == levels


def test_sorted_by_share_the_greatest_comes_first(run: Run, store: Path) -> None:
    arguments = ("compare", "binding", "--by", "partner", "--party", "USA", "--sort", "share")
    shares = [row["non_binding_share"] for row in asked(run, *arguments)["rows"]]
    assert shares == sorted(shares, reverse=True)
    reverse = [row["non_binding_share"] for row in asked(run, *arguments, "--reverse")["rows"]]
    assert reverse == sorted(shares)


def test_since_is_signed_with_an_open_end(run: Run, store: Path) -> None:
    since = asked(run, "compare", "binding", "--by", "year", "--since", "2015")
    assert since == asked(run, "compare", "binding", "--by", "year", "--signed", "2015..")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "yeer"], "did you mean year?"),
        (["--by", "year", "--by", "year"], "the same dimension twice"),
        (["--by", "year,type,party"], "at most 2"),
        (["--by", "partner"], "--party"),
        (["--by", "partner", "--any-party", "USA,JPN"], "Ask for one party"),
        (["--by", "year", "--sort", "shar"], "did you mean share"),
        (["--since", "soon"], "such as 2015"),
        (["--minus", "GBR"], "tracker compare parties"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], said: str, run: Run, store: Path) -> None:
    code, out, err = run("compare", "binding", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_two_parties_share_what_both_are_party_to(run: Run, store: Path, agreements: list[Record]) -> None:
    rows = asked(run, "compare", "parties", "Japan", "AUS")["rows"]
    first = {record["ref"] for record in agreements if "JPN" in codes(record)}
    second = {record["ref"] for record in agreements if "AUS" in codes(record)}
    (overlap,) = [row for row in rows if (row["part"], row["value"]) == ("overlap", "agreements")]
    assert (overlap["first"], overlap["second"], overlap["both"]) == (len(first), len(second), len(first & second))
    assert overlap["overlap"] == pytest.approx(len(first & second) / len(first | second), abs=1e-6)
    assert {row["value"] for row in rows if row["part"] == "agreement"} == first & second
    partners = {row["value"]: row for row in rows if row["part"] == "partner"}
    assert partners["USA"]["held_by"] == "both"
    assert partners["KOR"]["held_by"] == "JPN only"


def test_minus_leaves_what_the_first_has_not_with_the_third(run: Run, store: Path, agreements: list[Record]) -> None:
    rows = asked(run, "compare", "parties", "JPN", "AUS", "--minus", "GBR")["rows"]

    def types(other: str) -> set[str]:
        return {record["instrument_type"] for record in agreements if {"JPN", other} <= codes(record)}

    assert {row["value"] for row in rows if row["part"] == "type"} == types("AUS") - types("GBR")


def test_a_query_narrows_the_comparison_of_parties(run: Run, store: Path) -> None:
    rows = asked(run, "compare", "parties", "USA", "JPN", "focus:supply_chain")["rows"]
    assert [row["value"] for row in rows if row["part"] == "agreement"] == ["us-jp-sosa-2023"]
    assert run("compare", "parties", "USA").code == 2
    assert run("compare", "parties", "USA", "USA").code == 2


def test_years_crossed_with_something_else_are_bars_not_one_bar_a_year() -> None:
    columns = [Column("year"), Column("type"), Column("n", "count"), Column("n_share", "share", beside="n")]
    rows = [("2020", "treaty", 1, 0.5), ("2020", "protocol", 2, 0.5), ("2021", "treaty", 3, 1.0)]
    drawn = picture(Table("crossed", columns, rows), rows)
    assert isinstance(drawn, Bars)
    assert [(bar.group, bar.numbers) for bar in drawn.bars] == [("2020", (1,)), ("2020", (2,)), ("2021", (3,))]
