"""Parquet, and CSV with a description beside it, read back by programs of other makers."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from running import Run

pytestmark = pytest.mark.long


@pytest.fixture
def duckdb() -> Any:
    """A reader of Parquet; loaded by those who ask for it, for it takes longer than all else that is collected."""
    pytest.importorskip("pyarrow")
    return pytest.importorskip("duckdb")


@pytest.fixture
def frictionless() -> Any:
    """A checker of data packages, loaded as late."""
    return pytest.importorskip("frictionless")


def listed(run: Run, *arguments: object) -> list[dict[str, Any]]:
    return list(json.loads(run("list", *arguments, "--json").out))


def test_parquet_is_the_export_row_by_row(run: Run, store: Path, tmp_path: Path, duckdb: Any) -> None:
    place = tmp_path / "register.parquet"
    assert run("export", "-o", place).code == 0
    read = duckdb.sql(f"SELECT * FROM '{place}'")
    names = read.columns
    rows = read.fetchall()
    for row, record in zip(rows, listed(run), strict=True):
        found = dict(zip(names, row, strict=True))
        assert found["ref"] == record["ref"]
        signed = record["derived"]["signed"]
        assert found["title"] == record["title"]
        assert found["parties"] == list(dict.fromkeys(party["code"] for party in record["parties"]))
        assert found["focus_areas"] == record["focus_areas"]
        assert found["signed"] == (signed and signed["edtf"])
        assert (found["signed_earliest"] and found["signed_earliest"].isoformat()) == (signed and signed["earliest"])
        assert found["derived.status_certain"] == record["derived"]["status_certain"]


def test_columns_of_parquet_have_types(run: Run, store: Path, tmp_path: Path, duckdb: Any) -> None:
    run("compare", "binding", "--by", "year", "-o", tmp_path / "years.parquet")
    counted = duckdb.sql(f"SELECT * FROM '{tmp_path / 'years.parquet'}'")
    types = dict(zip(counted.columns, map(str, counted.types), strict=True))
    assert types["binding"] == "BIGINT"
    run("list", "-o", tmp_path / "list.parquet", "--columns", "ref,parties,signed,derived.status_certain")
    read = duckdb.sql(f"SELECT * FROM '{tmp_path / 'list.parquet'}'")
    assert list(map(str, read.types)) == ["VARCHAR", "VARCHAR[]", "VARCHAR", "DATE", "DATE", "BOOLEAN"]


def test_parquet_says_which_package_it_needs(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("list", "-f", "parquet")
    assert done.code == 1
    assert "pip install 'treaty-tracker[parquet]'" in done.err


def test_a_data_package_describes_the_sheet(run: Run, store: Path, tmp_path: Path, frictionless: Any) -> None:
    sheet = tmp_path / "Agreements in force.csv"
    assert run("export", "--in-force", "-o", sheet, "--datapackage").code == 0
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid, report.flatten(["type", "message"])
    (resource,) = frictionless.Package(tmp_path / "datapackage.json").resources
    rows = resource.read_rows()
    assert [row["ref"] for row in rows] == [record["ref"] for record in listed(run, "--in-force")]
    signed = resource.schema.get_field("signed")
    assert signed.description.startswith("last signing act; a date as exact as it is known")


def test_two_sheets_share_a_description(run: Run, store: Path, tmp_path: Path, frictionless: Any) -> None:
    for name in ("one", "two", "one"):
        run("export", "-o", tmp_path / f"{name}.csv", "--columns", "ref,title", "--datapackage")
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert [resource["path"] for resource in package["resources"]] == ["two.csv", "one.csv"]
    assert frictionless.validate(tmp_path / "datapackage.json").valid


@pytest.mark.parametrize("other", ["{}", "no JSON", '{"resources": 1}'])
def test_a_file_of_somebody_else_is_not_written_over(run: Run, store: Path, tmp_path: Path, other: str) -> None:
    place = tmp_path / "datapackage.json"
    place.write_text(other)
    done = run("export", "-o", tmp_path / "one.csv", "--datapackage")
    assert done.code == 1
    assert "datapackage.json" in done.err
    assert place.read_text() == other
    assert not (tmp_path / "one.csv").exists()


@pytest.mark.parametrize("arguments", [[], ["-o", "a.ndjson"], ["-f", "csv"]])
def test_a_description_needs_a_sheet(run: Run, store: Path, arguments: list[str]) -> None:
    done = run("export", "--datapackage", *arguments)
    assert done.code == 2
    assert "name one with -o FILE.csv" in done.err
