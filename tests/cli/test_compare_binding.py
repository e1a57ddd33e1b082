"""``compare binding`` counts what the samples say, and says the same as a table, as JSON and as CSV."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from running import SAMPLES, Run

STATUSES = ("binding", "binding_domestic_law", "non_binding", "mixed", "contested", "undetermined", "not_assessed")
SIGNING = ("signed", "signed_definitively", "signed_subject_to_ratification", "signed_ad_referendum", "issued")
NAMED = ("party", "partner", "focus", "family")

Record = dict[str, Any]
Counts = dict[str | None, Counter[str]]


@pytest.fixture(scope="module")
def agreements() -> list[Record]:
    """The agreements of the samples as their files hold them."""
    return [record for file in SAMPLES for record in json.loads(file.read_text(encoding="utf-8"))["agreements"]]


def signed(record: Record) -> str | None:
    """The date of the last signing act, of an exchange of notes where nothing was signed."""
    for kinds in (SIGNING, ("notes_exchanged",)):
        dates = [event["date"] for event in record["events"] if event["kind"] in kinds]
        if dates:
            return max((date for date in dates if date), key=lambda date: date.removeprefix("../"), default=None)
    return None


def span(date: str | None, digits: int, tail: str = "") -> str | None:
    """The year or decade of a date; both ends of an interval where they differ."""
    if date is None:
        return None
    first, _, last = date.partition("/")
    ends = [end if end == ".." else end[:digits] + tail for end in (first, last or first)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def parties(record: Record) -> list[str]:
    return sorted({party["code"] for party in record["parties"]})


KEYS: dict[str, Callable[[Record], list[str | None]]] = {
    "year": lambda record: [span(signed(record), 4)],
    "decade": lambda record: [span(signed(record), 3, "0s")],
    "party": lambda record: [*parties(record)] or [None],
    "focus": lambda record: [*record["focus_areas"]] or [None],
    "type": lambda record: [record["instrument_type"]],
    "family": lambda record: [item["family"] for item in record["families"]] or [None],
}
"""Under which rows an agreement counts."""


def counted(records: list[Record], keys: Callable[[Record], list[str | None]]) -> Counts:
    """How many agreements of each binding status stand under each key."""
    found: Counts = {}
    for record in records:
        for key in keys(record):
            found.setdefault(key, Counter())[record["binding_status"]] += 1
    return found


def asked(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("compare", "binding", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def check(report: dict[str, Any], dimension: str, expected: Counts, total: Counter[str]) -> None:
    """Compare the rows of a report, its totals and its shares with counts."""
    rows, totals = report["rows"], report["totals"]
    assert {row[dimension]: {status: row[status] for status in STATUSES} for row in rows} == {
        key: {status: counts[status] for status in STATUSES} for key, counts in expected.items()
    }
    assert len(rows) == len(expected)
    assert totals[dimension] == "all"
    assert {status: totals[status] for status in STATUSES} == {status: total[status] for status in STATUSES}
    for row in (*rows, totals):
        assert row["total"] == sum(row[status] for status in STATUSES)
        for status in STATUSES:
            assert row[f"{status}_share"] == pytest.approx(row[status] / row["total"], abs=0.0001)


@pytest.mark.parametrize("dimension", KEYS)
def test_counts_are_those_of_the_samples(dimension: str, run: Run, store: Path, agreements: list[Record]) -> None:
    total = Counter(record["binding_status"] for record in agreements)
    check(asked(run, "--by", dimension), dimension, counted(agreements, KEYS[dimension]), total)


def test_without_a_dimension_there_is_one_row(run: Run, store: Path, agreements: list[Record]) -> None:
    (row,) = asked(run)["rows"]
    total = Counter(record["binding_status"] for record in agreements)
    assert {status: row[status] for status in STATUSES} == {status: total[status] for status in STATUSES}
    assert row["total"] == len(agreements) == 82


def test_by_partner_counts_under_the_other_parties(run: Run, store: Path, agreements: list[Record]) -> None:
    """Whose partners is told by --party, which also selects; an agreement with nobody else has no partner."""
    of_japan = [record for record in agreements if "JPN" in parties(record)]
    total = Counter(record["binding_status"] for record in of_japan)
    expected = counted(of_japan, lambda record: [code for code in parties(record) if code != "JPN"] or [None])
    check(asked(run, "--by", "partner", "--party", "Japan"), "partner", expected, total)
    code, out, err = run("compare", "binding", "--by", "partner")
    assert (code, out) == (2, "")
    assert "--party" in err


@pytest.mark.parametrize("day", ["2026-11-22", "2014-01-01"])
def test_by_status_counts_what_lists_show(day: str, run: Run, store: Path, agreements: list[Record]) -> None:
    """The counts are made in SQL, the status of a list by the rules; they agree on any day."""
    records = json.loads(run("list", "--json", "--as-of", day).out)
    expected = counted(records, lambda record: [record["derived"]["status"]])
    total = Counter(record["binding_status"] for record in agreements)
    check(asked(run, "--by", "status", "--as-of", day), "status", expected, total)


def test_filters_narrow_the_comparison(run: Run, store: Path, agreements: list[Record]) -> None:
    chosen = [record for record in agreements if {"USA", "JPN"} <= set(parties(record))]
    total = Counter(record["binding_status"] for record in chosen)
    report = asked(run, "--by", "type", "--party", "JPN", "--party", "USA")
    check(report, "type", counted(chosen, KEYS["type"]), total)
    assert report["filters"]


ROW = re.compile(r"(?<!\S)" + r" {2,}".join([r"\d+(?: \(\d+\.\d%\))?"] * len(STATUSES) + [r"\d+", r"\d+"]) + "$")
"""Counts with their shares, the total, and how many views differ, at the end of a line."""


def table_rows(text: str) -> Iterator[tuple[list[str], int, int]]:
    """The figures of every row of a printed table."""
    for line in text.splitlines():
        if found := ROW.search(line):
            *cells, total, differ = re.split(r" {2,}", found[0])
            yield cells, int(total), int(differ)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("dimension", [None, *KEYS, "partner", "status"])
def test_table_json_csv_and_ndjson_agree_cell_by_cell(dimension: str | None, run: Run, store: Path) -> None:
    arguments = ["compare", "binding", *(["--by", dimension] if dimension else []), "--party", "JPN"]
    report = json.loads(run(*arguments, "--json").out)
    names = report["columns"]
    rows = [[row[name] for name in names] for row in report["rows"]]
    assert [list(row) for row in report["rows"]] == [names] * len(rows)
    assert names[: 2 if dimension in NAMED else 1] == (
        [dimension, "name"] if dimension in NAMED else [dimension or "binding"]
    )

    header, *cells = csv.reader(io.StringIO(run(*arguments, "-f", "csv").out))
    assert header == names
    assert [[number(cell) for cell in row] for row in cells] == rows

    lines = run(*arguments, "-f", "ndjson").out.splitlines()
    assert [json.loads(line) for line in lines] == report["rows"]

    totals = [report["totals"]] if dimension else []
    with_totals = run(*arguments, "-f", "ndjson", "--totals").out.splitlines()
    assert [json.loads(line) for line in with_totals] == [*report["rows"], *totals]

    expected = [
        ([spoken(row[status], row["total"]) for status in STATUSES], row["total"], row["views_differ"])
        for row in [*report["rows"], *totals]
    ]
    assert list(table_rows(run(*arguments, "-f", "table").out)) == expected


def number(cell: str) -> str | float | None:
    if not cell:
        return None
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) and not re.fullmatch(r"[12]\d{3}", cell) else cell


def spoken(count: int, total: int) -> str:
    """A count as people see it: with its share, unless there is none to speak of."""
    return f"{count} ({count / total:.1%})" if count else "0"
