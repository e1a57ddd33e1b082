"""What is refused with ``--skip-bad`` does not empty what the register holds: nothing came in its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

AREA = {"record": "focus_area", "code": "ropes", "label": "Ropes", "parent": "industry_and_supply"}
BELOW = {"record": "focus_area", "code": "knots", "label": "Knots", "parent": "ropes"}
TREATY = {
    "record": "agreement",
    "ref": "rope-treaty-2020",
    "title": "Treaty on ropes",
    "parties": [{"code": "JPN"}, {"code": "USA"}],
    "text_access": "public",
    "events": [{"id": "e1", "kind": "signed", "date": "2020-01-02"}],
}


def imported(run: Run, store: Path, tmp_path: Path, *documents: dict[str, Any]) -> str:
    file = tmp_path / "given.ndjson"
    file.write_text("".join(f"{json.dumps(document)}\n" for document in documents))
    return str(run("--store", store, "import", file, "--skip-bad").err)


@pytest.mark.parametrize(
    ("parent", "said"), [("knots", "closes a circle"), ("nowhere", "there is no focus area 'nowhere'")]
)
def test_a_refused_parent_leaves_the_one_before(
    run: Run, other_store: Path, tmp_path: Path, parent: str, said: str
) -> None:
    imported(run, other_store, tmp_path, AREA, BELOW)
    assert said in imported(run, other_store, tmp_path, {**AREA, "label": "Ropes and lines", "parent": parent})
    area = json.loads(run("--store", other_store, "focus", "show", "ropes", "--json").out)
    assert (area["label"], area["parent"]) == ("Ropes and lines", "industry_and_supply")


def test_refused_values_of_a_record_leave_those_before(run: Run, other_store: Path, tmp_path: Path) -> None:
    imported(run, other_store, tmp_path, TREATY)
    event = {"id": "e1", "kind": "signed", "date": "99-99"}
    wrong = {**TREATY, "title": "Treaty on long ropes", "text_access": "hidden", "events": [event]}
    told = imported(run, other_store, tmp_path, wrong)
    assert "events[e1].date: '99-99'" in told
    assert "text_access" in told
    record = json.loads(run("--store", other_store, "show", "rope-treaty-2020", "--json").out)
    assert (record["title"], record["text_access"]) == ("Treaty on long ropes", "public")
    assert [event["date"] for event in record["events"]] == ["2020-01-02"]


def test_of_a_list_in_a_sheet_only_the_name_that_nobody_bears_is_left_out(
    run: Run, other_store: Path, tmp_path: Path
) -> None:
    """The whole cell was left out; each name that nobody bears is told."""
    sheet = tmp_path / "own.csv"
    sheet.write_text(
        "title,signed,parties,focus_areas\n"
        "Treaty on ropes,2020,Japan; Ruritania; USA: Department of State; Elbonia,cyber; nothing of the kind\n"
    )
    refused = run("--store", other_store, "import", sheet)
    assert refused.code == 1
    assert "nothing was imported: 1 bad row" in refused.err
    done = run("--store", other_store, "import", sheet, "--skip-bad")
    assert done.code == 1
    for told in ("unknown party 'Ruritania'", "unknown party 'Elbonia'", "unknown focus area 'nothing of the kind'"):
        assert done.err.count(told) == 1
    (record,) = json.loads(run("--store", other_store, "list", "--json").out)
    assert [(party["code"], party["entity"]) for party in record["parties"]] == [
        ("JPN", None),
        ("USA", "Department of State"),
    ]
    assert record["focus_areas"] == ["cyber"]


def test_a_name_that_nobody_bears_takes_no_party_away(run: Run, other_store: Path, tmp_path: Path) -> None:
    """It may be any of those that are held; what the cell says besides comes in."""
    imported(run, other_store, tmp_path, TREATY)
    sheet = tmp_path / "own.csv"
    sheet.write_text("ref,parties\nrope-treaty-2020,USA; Nippon maru; France\n")
    assert run("--store", other_store, "import", sheet, "--skip-bad").code == 1
    record = json.loads(run("--store", other_store, "show", "rope-treaty-2020", "--json").out)
    assert [party["code"] for party in record["parties"]] == ["JPN", "USA", "FRA"]
