"""Values that Python takes for each other stay what was written."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_records import agreement

from tracker.record.differences import differences
from tracker.store.write import objects
from tracker.store.write.writer import Writer


def read(writer: Writer, ref: str = "us-jp-mou-2023") -> dict[str, Any]:
    agreement_id = writer.reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    return objects.stored_agreements(writer.change, [agreement_id])[agreement_id]


@pytest.mark.parametrize(("old", "new"), [(1, True), (True, 1), (False, 0)])
def test_true_is_not_one(writer: Writer, old: object, new: object) -> None:
    """Python says that they are equal; JSON, and who wrote them, does not."""
    writer.put_agreement(agreement(extra={"n": old}))
    outcome = writer.put_agreement(agreement(extra={"n": new}))
    assert outcome.what == "changed"
    assert repr([(path, value) for path, _, value in outcome.changes]) == repr([("extra.n", new)])
    assert repr(read(writer)["extra"]["n"]) == repr(new)
    assert writer.put_agreement(agreement(extra={"n": new})).what == "unchanged"


def test_a_claim_of_true_is_not_the_claim_of_one(writer: Writer) -> None:
    """An item without an id keeps the id of the stored one that it equals, and no other."""
    claim = {"field": "topic:staff", "value": 1}
    writer.put_agreement(agreement(claims=[claim]))
    writer.put_agreement(agreement(claims=[{**claim, "value": True}]))
    assert [(held["id"], repr(held["value"])) for held in read(writer)["claims"]] == [("c2", "True")]


def test_differences_tell_numbers_from_truths() -> None:
    assert differences({"titles": {}, "n": [{"id": "e1", "v": 1}]}, {"titles": {}, "n": [{"id": "e1", "v": True}]})


def test_set_true_where_one_stands(run, store: Path) -> None:
    run("--store", store, "add", "Parts", "--ref", "parts", "--party", "USA")
    run("--store", store, "edit", "parts", "--set", "x.n=1")
    done = run("--store", store, "edit", "parts", "--set", "x.n=true")
    assert "so already" not in done.err
    assert json.loads(run("--store", store, "show", "parts", "--json").out)["extra"]["n"] is True
