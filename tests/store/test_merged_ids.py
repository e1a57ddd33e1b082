"""The id of a merged object is never given again."""

from pathlib import Path
from typing import Any

import pytest
from made_records import agreement, thing
from store_changes import Begin

from tracker.errors import Duplicate
from tracker.store.merge import merge_objects
from tracker.store.write import bulk, objects
from tracker.store.write.writer import Writer

JANE = thing("person", id="jane-doe", name="Jane Doe")

ROE = thing("person", id="jane-roe", name="Jane Roe")


def read(writer: Writer, ref: str = "us-jp-mou-2023") -> dict[str, Any]:
    agreement_id = writer.reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    return objects.stored_agreements(writer.change, [agreement_id])[agreement_id]


def put_all(writer: Writer, *documents: dict[str, Any]) -> None:
    for document in documents:
        writer.put_object(document["record"], document)


def test_the_id_of_a_merged_object_is_not_given_again(begin: Begin) -> None:
    """It names the one that stands for it now, also after that one was merged in turn."""
    with begin() as writer:
        put_all(writer, JANE, ROE, thing("person", id="j-roe", name="J. Roe"))
        merge_objects(writer, "person", "jane-doe", "jane-roe")
    with pytest.raises(Duplicate, match=r"the id jane-doe .* merged into jane-roe"), begin() as writer:
        writer.put_object("person", JANE)
    with begin() as writer:
        merge_objects(writer, "person", "jane-roe", "j-roe")
    for gone in (JANE, ROE):
        with pytest.raises(Duplicate, match="merged into j-roe"), begin() as writer:
            list(bulk.load(writer, [gone]))
    with begin() as writer:
        rows = writer.reader.tuples("SELECT kind, id, merged_into FROM retired_ids ORDER BY id")
        assert rows == [("person", "jane-doe", "j-roe"), ("person", "jane-roe", "j-roe")]
        assert writer.put_object("source", thing("source", id="jane-doe", title="T", kind="news")).what == "new"


def test_a_merge_that_is_not_kept_retires_nothing(begin: Begin) -> None:
    with begin() as writer:
        put_all(writer, JANE, ROE)
    with begin(dry_run=True) as writer:
        merge_objects(writer, "person", "jane-doe", "jane-roe")
    with begin() as writer:
        assert writer.put_object("person", JANE).what == "unchanged"


def test_an_object_in_place_goes_where_it_was_merged(begin: Begin) -> None:
    """The same person by name is the one that stays; somebody else under a merged id is refused."""
    with begin() as writer:
        put_all(writer, JANE, ROE)
        merge_objects(writer, "person", "jane-doe", "jane-roe")
    with begin() as writer:
        writer.put_agreement(agreement(signatories=[{"person": {"name": "Jane Doe"}}]))
        assert [signatory["person"] for signatory in read(writer)["signatories"]] == ["jane-roe"]
    other = {"id": "jane-doe", "name": "Janet Dole"}
    with pytest.raises(Duplicate, match="name jane-roe, or choose another id"), begin() as writer:
        writer.put_agreement(agreement("b", signatories=[{"person": other}]))
    with begin() as writer:
        assert writer.reader.tuples("SELECT id FROM people") == [("jane-roe",)]


def test_the_command_line_does_not_give_a_merged_id_again(run, store: Path) -> None:
    for name in ("Jane Doe", "Jane Roe"):
        assert run("--store", store, "signatory", "add", name).code == 0
    assert run("--store", store, "signatory", "merge", "jane-doe", "jane-roe").code == 0
    done = run("--store", store, "signatory", "add", "Jay Dee", "--id", "jane-doe")
    assert (done.code, done.out) == (1, "")
    assert "merged into jane-roe" in done.err
