"""``report NAME``: each report counts what the samples say, and says what it left out."""

import csv
import hashlib
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from running import SAMPLES, Run

from tracker.read.reports import REPORTS

Record = dict[str, Any]
SOSA_IN_NATO = {"DEU", "DNK", "ESP", "EST", "FIN", "GBR", "ITA", "LTU", "LVA", "NLD", "NOR", "SWE", "USA"}


@pytest.fixture(scope="module")
def agreements() -> list[Record]:
    """The agreements of the samples as their files hold them."""
    return [record for file in SAMPLES for record in json.loads(file.read_text(encoding="utf-8"))["agreements"]]


def asked(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("report", *arguments, "--json")
    assert (code, err) == (0, "")
    report: dict[str, Any] = json.loads(out)
    return report


def left_out(report: dict[str, Any]) -> int:
    return sum(item["count"] for item in report["left_out"])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_an_envelope_and_the_same_as_csv(name: str, run: Run, store: Path) -> None:
    among = ["--among", "NATO"] if name == "missing" else []
    report = asked(run, name, "--party", "JPN", *among)
    assert report["report"] == name
    assert report["filters"]["party"] == ["JPN"]
    assert all(list(row) == report["columns"] for row in report["rows"])
    cells = list(csv.reader(io.StringIO(run("report", name, "--party", "JPN", *among, "-f", "csv").out)))
    assert cells[0] == report["columns"]
    assert len(cells) == len(report["rows"]) + 1
    table = run("report", name, "--party", "JPN", *among, "-f", "table").out
    assert "party:JPN; as of 2026-11-22" in table


def test_a_trend_places_each_agreement_or_leaves_it_out(run: Run, store: Path, agreements: list[Record]) -> None:
    for window in ([], ["--window", "5y"]):
        report = asked(run, "trend", *window)
        rows, total = report["rows"], report["totals"]
        assert total["total"] == sum(row["total"] for row in rows) == len(agreements) - left_out(report)
        assert [row["period"] for row in rows] == sorted(row["period"] for row in rows)
        assert (
            total["unknown"] + total["binding"] + total["non_binding"] + total["mixed_or_contested"] == total["total"]
        )
    assert asked(run, "trend", "--window", "5y", "signed:2021..2024")["rows"][0]["period"] == "2020/2024"
    assert run("report", "trend", "--window", "soon").code == 2


@pytest.mark.parametrize("day", ["2026-11-22", "2014-01-01"])
def test_status_counts_what_lists_show(day: str, run: Run, store: Path) -> None:
    records = [record["derived"] for record in json.loads(run("list", "--json", "--as-of", day).out)]
    report = asked(run, "status", "--as-of", day)
    rows, total = report["rows"], report["totals"]
    found = {row["value"]: (row["count"], row["not_certain"]) for row in rows if row["part"] == "status"}
    statuses = Counter(record["status"] for record in records)
    assert {status: count for status, (count, _) in found.items()} == statuses
    assert total["count"] == len(records)


def test_changes_are_what_happened_in_the_world(run: Run, store: Path) -> None:
    """Sources: the Japanese Ministry of Foreign Affairs on the access agreements with Australia and the Philippines."""
    report = asked(run, "changes", "--party", "JPN", "--during", "2023-07..2024-07")
    rows = {(row["ref"], row["event"]): row for row in report["rows"]}
    entry = rows["jp-au-raa-2022", "entered into force"]
    assert (entry["date"], entry["before"], entry["after"]) == ("2023-08-13", "signed", "in_force")
    assert rows["jp-ph-raa-2024", "signed"]["certain"] is True
    assert ("jp-uk-raa-2023", "signed") not in rows
    assert run("report", "changes", "--during", "..2024").code == 2


def test_the_funnel_narrows(run: Run, store: Path, agreements: list[Record]) -> None:
    report = asked(run, "funnel")
    reached = [row["reached"] for row in report["rows"]]
    assert reached == sorted(reached, reverse=True)
    assert reached[0] + left_out(report) == len(agreements) == reached[0] + 2
    assert sum(row["stayed"] for row in report["rows"]) == reached[0]
    assert [row["stage"] for row in report["rows"]][-1] == "in force or operative"


def test_who_signed_most_for_one_side(run: Run, store: Path, agreements: list[Record]) -> None:
    report = asked(run, "signatories", "--family", "sosa", "--side", "USA", "--top", "1")
    (first,) = report["rows"]
    signed = Counter(
        person
        for record in agreements
        if any(item["family"] == "sosa" for item in record["families"])
        for person in {item["person"] for item in record["signatories"] if item["party"] == "USA"}
    )
    assert (first["person"], first["agreements"]) == signed.most_common(1)[0]
    assert first["non_binding"] == first["agreements"]


def test_what_a_person_signed_in_which_office_with_whom(run: Run, store: Path) -> None:
    rows = {row["ref"]: row for row in asked(run, "signatories", "--signatory", "lloyd-j-austin-iii")["rows"]}
    mou = rows["us-jp-rdte-mou-2023"]
    assert (mou["office"], mou["with"]) == ("Secretary of Defense", ["Hamada Yasukazu (JPN)"])
    assert {row["person"] for row in rows.values()} == {"lloyd-j-austin-iii"}


def test_transparency_counts_each_access_by_itself(run: Run, store: Path, agreements: list[Record]) -> None:
    report = asked(run, "transparency", "--by", "party,year")
    rows, total = report["rows"], report["totals"]
    access = Counter(record["text_access"] for record in agreements)
    assert {name: total[name] for name in access} == access
    assert rows[0].keys() >= {"party", "year", "withheld", "unknown_share"}


def test_missing_members_are_those_of_the_day(run: Run, store: Path) -> None:
    """Source of the membership: the built-in table; Finland joined NATO on 2023-04-04, Sweden on 2024-03-07."""
    report = asked(run, "missing", "--family", "sosa", "--among", "NATO")
    absent = {row["party"] for row in report["rows"]}
    assert "CAN" in absent
    assert not absent & SOSA_IN_NATO
    assert len(absent) == 32 - len(SOSA_IN_NATO)
    earlier = {row["party"] for row in asked(run, *_before("2022-01-01"))["rows"]}
    assert {"LVA", "DNK", "EST"} <= earlier
    assert not {"FIN", "SWE"} & earlier
    matrix = asked(run, "families", "--family", "sosa", "--among", "NATO")
    assert {row["party"] for row in matrix["rows"] if not row["sosa"]} == absent
    assert run("report", "missing", "--among", "JPN").code == 2


def _before(day: str) -> list[str]:
    return ["missing", "--family", "sosa", "--among", "NATO", "--as-of", day]


def test_a_matrix_has_the_sums_of_its_rows(run: Run, store: Path) -> None:
    report = asked(run, "matrix", "--party", "JPN", "--rows", "partner", "--cols", "type", "--top", "3")
    rows, total = report["rows"], report["totals"]
    assert len(report["columns"]) == len(("partner", "name", 1, 2, 3, "(other)", "total"))
    for row in rows:
        assert sum(value for key, value in row.items() if key not in ("partner", "name", "total")) == row["total"]
    crossed = asked(run, "matrix", "--rows", "type", "--cols", "year")
    rows, total = crossed["rows"], crossed["totals"]
    assert total["total"] == sum(row["total"] for row in rows) == 82


def test_an_option_of_another_report_is_refused(run: Run, store: Path) -> None:
    code, out, err = run("report", "funnel", "--side", "USA")
    assert (code, out) == (2, "")
    assert "it goes with: signatories" in err
    assert "did you mean funnel?" in run("report", "funel").err


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "report", [["report", "gaps"], ["gaps", "--from", "signed"], ["due"], ["check"], ["conflicts"]]
)
def test_what_looks_at_agreements_tells_the_hash_of_their_export(run: Run, store: Path, report: list[str]):
    """Every report can be made again: asked for, its footer has the hash of the export of the same query."""
    exported = run("export", "family:sosa", "-f", "ndjson").out
    expected = hashlib.sha256(exported.encode()).hexdigest()
    assert f"hash {expected} " in " ".join(run(*report, "family:sosa", "--hash", "-f", "table").out.split())
