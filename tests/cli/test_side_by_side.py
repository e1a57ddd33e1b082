"""The two arrangements of 12 January 2023, side by side."""

import json
from pathlib import Path

import pytest
from running import Run

from tracker.record.vocabulary import FOCUS_AREAS
from tracker.renderers._parts.words import all_in_words

LABELS = {code: label for code, (label, _) in FOCUS_AREAS.items()}
MOU, SOSA = "us-jp-rdte-mou-2023", "us-jp-sosa-2023"
Fields = dict[str, dict[str, object]]


@pytest.fixture
def fields(run: Run, store: Path) -> Fields:
    """The rows of the comparison by the name of the field."""
    report = json.loads(run("compare", MOU, SOSA, "--json").out)
    assert report["columns"] == ["field", "differs", MOU, SOSA]
    assert report["filters"] == {"refs": [MOU, SOSA]}
    return {row["field"]: row for row in report["rows"]}


def test_the_verdicts_and_what_they_rest_on(fields: Fields) -> None:
    assert fields["binding status"] == {
        "field": "binding status",
        "differs": True,
        MOU: ["binding"],
        SOSA: ["non_binding"],
    }
    assert "described by DoD as a legally binding agreement [mirage-2023-dod]" in str(fields["basis"][MOU])
    assert "DoD release calls it bilateral and non-binding [mirage-2023-dod]" in str(fields["basis"][SOSA])
    assert "titled 'Arrangement' [pacom-2023-01-18]" in str(fields["basis"][SOSA])


def test_the_same_two_people_signed_both_with_their_offices(fields: Fields) -> None:
    signatories = ["Lloyd J. Austin III (Secretary of Defense, USA)", "Hamada Yasukazu (Minister of Defense, JPN)"]
    assert fields["signatories"] == {"field": "signatories", "differs": False, MOU: signatories, SOSA: signatories}


def test_neither_text_was_released(fields: Fields) -> None:
    assert fields["text access"] == {
        "field": "text access",
        "differs": False,
        MOU: ["not_released"],
        SOSA: ["not_released"],
    }


def test_subjects_differ_and_the_mou_updates_the_pcr(fields: Fields) -> None:
    assert fields["focus areas"]["differs"] is True
    assert "hypersonic_defence" in fields["focus areas"][MOU]
    assert fields["focus areas"][SOSA] == ["defence_industry", "supply_chain"]
    assert "updates us-jp-pcr-mou" in fields["relations"][MOU]
    assert fields["relations"][SOSA] == [f"signed_together_with {MOU}"]
    assert f"signed_together_with {SOSA}" in fields["relations"][MOU]
    assert fields["families"][SOSA] == ["sosa"]


def test_differs_is_true_where_the_cells_are_not_the_same(fields: Fields) -> None:
    assert len({row["differs"] for row in fields.values()}) == 2
    assert all(row["differs"] == (row[MOU] != row[SOSA]) for row in fields.values())


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_people_see_every_cell_and_the_mark(format_: str, fields: Fields, run: Run) -> None:
    text = run("compare", MOU, SOSA, "-f", format_).out.replace("\\", "")
    for name, row in fields.items():
        line = next(line for line in text.splitlines() if line.strip("| ").startswith(name))
        assert line.split(name, 1)[1].strip("| ").startswith("yes" if row["differs"] else "no")
        said = [LABELS.get(statement, all_in_words(statement)) for ref in (MOU, SOSA) for statement in row[ref]]
        assert all(statement in text for statement in said)


def test_prefixes_and_several_refs(run: Run, store: Path) -> None:
    report = json.loads(run("compare", "us-jp-rdte", "us-jp-sosa", "us-jp-pcr", "--json").out)
    assert report["columns"][2:] == [MOU, SOSA, "us-jp-pcr-mou"]
