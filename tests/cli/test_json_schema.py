"""Every JSON that the program prints is described by ``tracker schema``, its keys in the order of the record."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from json_forms import in_order
from jsonschema import Draft202012Validator
from running import Run

GOLDEN = Path(__file__).with_name("golden")

Validate = Callable[..., Any]


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """What checks documents, by kind; filled as it is needed."""
    return {}


@pytest.fixture(scope="module")
def covered() -> set[tuple[str, bool]]:
    """Kinds, one or many, that the one schema of all outputs was seen to describe: it tries each until one fits."""
    return set()


@pytest.fixture
def validate(
    run: Run, store: Path, validators: dict[str, Draft202012Validator], covered: set[tuple[str, bool]]
) -> Validate:
    """Assert that text is one JSON document of a kind, as the one schema of all outputs describes it."""
    if not validators:
        schema = json.loads(run("schema").out)
        Draft202012Validator.check_schema(schema)
        validators["anything"] = Draft202012Validator(schema)
        for kind in schema["$defs"]:
            part = {"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}
            validators[kind] = Draft202012Validator(part)

    def check(text: str, kind: str, *, many: bool = False, exported: bool = False) -> Any:
        document = json.loads(text)
        objects = document if many else [document]
        for one in objects:
            validators[kind].validate(one)
            in_order(one, exported=exported)
        if (kind, many) not in covered:
            covered.add((kind, many))
            validators["anything"].validate(document[:2] if many else document)
        return document

    return check


OBJECTS = {
    "party": ("party", "Japan", "EU", "USSR"),
    "focus": ("focus_area", "hypersonic_defence"),
    "family": ("family", "sosa"),
    "signatory": ("person", "Hamada Yasukazu"),
    "source": ("source", "mirage-2023-dod"),
}
"""Object commands: the kind, and names to show."""


def test_lists_and_records(validate: Validate, run: Run) -> None:
    records = validate(run("list", "--json").out, "agreement", many=True)
    assert len(records) == 82
    refs = [record["ref"] for record in records[:2]]
    assert validate(run("show", refs[0], "--json").out, "agreement")["ref"] == refs[0]
    assert [one["ref"] for one in validate(run("show", *refs, "--json").out, "agreement", many=True)] == refs
    found = validate(run("list", "--json", "--signed", "2023-11", "--as-of", "2024-01-01").out, "agreement", many=True)
    assert {record["derived"]["match"] for record in found} == {"possible"}
    assert validate(run("list", "--json", "--family", "sosa", "--signed", "2050").out, "agreement", many=True) == []


def test_a_list_is_the_same_in_json_and_ndjson(run: Run, store: Path) -> None:
    whole = run("list", "--json", "--limit", "3").out
    lines = run("list", "-f", "ndjson", "--limit", "3").out.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(whole)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("command", OBJECTS)
def test_parties_focus_areas_families_people_and_sources(command: str, validate: Validate, run: Run) -> None:
    kind, *names = OBJECTS[command]
    assert validate(run(command, "list", "--json").out, kind, many=True)
    for name in names:
        validate(run(command, "show", name, "--json").out, kind)


REPORTS = (
    ["compare", "binding"],
    ["compare", "binding", "--by", "year", "--signed", "2020.."],
    ["compare", "binding", "--by", "party", "--as-of", "2020-01-01"],
    ["compare", "us-jp-rdte-mou-2023", "us-jp-sosa-2023"],
    ["report", "overview"],
    ["report", "overview", "--party", "JPN", "--any-party", "AUS,GBR", "--certain"],
    ["compare", "binding", "--by", "year,type"],
    ["compare", "parties", "JPN", "AUS", "--minus", "GBR"],
    ["report", "matrix", "--party", "JPN"],
    ["report", "signatories", "--each"],
    ["report", "changes", "--during", "2024"],
    ["check"],
    ["cite", "us-jp-sosa-2023"],
    ["why", "us-jp-sosa-2023"],
    ["why", "us-jp-sosa-2023", "title_term"],
    ["claims", "us-jp-sosa-2023"],
    ["conflicts"],
    ["lineage", "us-jp-rdte-mou-2023"],
    ["store", "status"],
    ["formats"],
    ["import", "-", "--from", "ndjson", "--dry-run"],
)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("arguments", REPORTS, ids=" ".join)
def test_reports(arguments: list[str], validate: Validate, run: Run) -> None:
    new = '{"record": "agreement", "ref": "xx-2020", "title": "New"}\n{"record": "family", "id": "sosa", "name": "X"}\n'
    report = validate(run(*arguments, "--json", stdin=new).out, "report")
    assert report["rows"]
    assert all(list(row) == report["columns"] for row in report["rows"])


def test_exports(validate: Validate, run: Run) -> None:
    whole = validate(run("export", "-f", "json").out, "export", exported=True)
    lines = run("export").out.splitlines()
    kinds = [json.loads(line)["record"] for line in lines]
    order = ["tracker", "focus_area", "party", "person", "family", "source", "agreement"]
    assert kinds == sorted(kinds, key=order.index)
    for kind, line in dict(zip(kinds, lines, strict=True)).items():  # all are in the whole, which was looked at above
        name = {"tracker": "export_header", "agreement": "exported_agreement"}.get(kind, kind)
        validate(line, name, exported=True)
    collections = [name for name in whole if isinstance(whole[name], list)]
    assert [one for name in collections for one in whole[name]] == [json.loads(line) for line in lines[1:]]


def test_a_filtered_export_holds_what_matches_and_what_it_refers_to(validate: Validate, run: Run) -> None:
    part = validate(
        run("export", "-f", "json", "--party", "JPN", "--binding", "non_binding").out, "export", exported=True
    )
    assert {"us-jp-sosa-2023"} <= {record["ref"] for record in part["agreements"]}
    assert all("JPN" in [party["code"] for party in record["parties"]] for record in part["agreements"])
    people = {signatory["person"] for record in part["agreements"] for signatory in record["signatories"]}
    assert {person["id"] for person in part["people"]} == people


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", ["agreement", "exported_agreement", "party", "export", "report", "source"])
def test_the_schema_of_one_kind_stands_alone(kind: str, run: Run, store: Path) -> None:
    schema = json.loads(run("schema", kind).out)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_unknown_key_or_a_missing_one_is_not_in_the_shape(validate: Validate, run: Run, validators: Any) -> None:
    record = json.loads(run("show", "us-jp-sosa-2023", "--json").out)
    assert not validators["agreement"].is_valid({**record, "colour": "red"})
    assert not validators["anything"].is_valid({**record, "colour": "red"})
    assert not validators["agreement"].is_valid({key: record[key] for key in record if key != "extra"})


def test_the_record_of_the_specification_is_what_show_prints(run: Run, store: Path) -> None:
    """The example of RECORD.md to the letter; the revision alone depends on how the store came about."""
    out = run("show", "us-jp-sosa-2023", "--json", "--as-of", "2024-01-01").out
    revision = json.loads(out)["derived"]["revision"]
    assert isinstance(revision, int)
    expected = (GOLDEN / "us-jp-sosa-2023.json").read_text(encoding="utf-8")
    assert out.replace(f'"revision": {revision},', '"revision": null,') == expected
