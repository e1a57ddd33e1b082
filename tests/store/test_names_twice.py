"""A name that stands twice in what is imported."""

from functools import partial
from typing import Any

import pytest
from made_records import agreement, thing
from store_changes import Begin

from tracker.errors import Duplicate, TrackerError
from tracker.store.write import bulk, objects
from tracker.store.write.writer import Writer


def read(writer: Writer, ref: str = "us-jp-mou-2023") -> dict[str, Any]:
    agreement_id = writer.reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    return objects.stored_agreements(writer.change, [agreement_id])[agreement_id]


@pytest.mark.parametrize("size", [1, 500])
def test_a_ref_that_stands_twice_is_noticed_however_far_apart(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Also where the first of the two changed nothing, and so left no trace in the store."""
    monkeypatch.setattr(bulk, "BATCH", size)
    with begin() as writer:
        writer.put_agreement(agreement("a"))
    with pytest.raises(Duplicate, match="the ref a stands twice"), begin() as writer:
        list(bulk.load(writer, [agreement("a"), agreement("b"), agreement("a", title="Other")]))
    with begin() as writer:
        list(bulk.load(writer, [agreement("a")]))
        with pytest.raises(Duplicate, match="the ref a stands twice"):
            list(bulk.load(writer, [agreement("a", title="Other")]))


def test_a_record_that_an_earlier_file_only_points_at_does_not_stand_twice(begin: Begin) -> None:
    """One file gives "new" a relation from the passive side, the next has "new" itself."""
    with begin() as writer:
        writer.put_agreement(agreement("new"))
    relation = {"type": "superseded_by", "target": "new"}
    with begin() as writer:
        list(bulk.load(writer, [agreement("old", relations=[relation])]))
        list(bulk.load(writer, [agreement("new", title="Newer")]))
        assert read(writer, "new")["title"] == "Newer"


def test_two_sources_of_one_id_do_not_overwrite_each_other(begin: Begin) -> None:
    """The same one twice, as in two exports, does no harm; with a way to tell, the second is told and left out."""
    one, two = (thing("source", id="press", title=title, kind="news") for title in ("One", "Two"))
    with pytest.raises(Duplicate, match="the id press of a source stands twice"), begin() as writer:
        list(bulk.load(writer, [one, two]))
    rejected: list[str] = []
    with begin() as writer:
        taken = [outcome.what for outcome in bulk.load(writer, [one, two, one], partial(_note, rejected))]
        assert taken == ["new", "unchanged"]
        assert writer.reader.tuples("SELECT title FROM sources") == [("One",)]
    assert rejected == ["Two"]


def test_a_family_with_its_source_in_place_may_come_twice(begin: Begin) -> None:
    family = thing("family", id="sosa", name="SOSA", sources=[{"title": "Press", "kind": "news"}])
    with begin() as writer:
        assert [outcome.what for outcome in bulk.load(writer, [family, family])] == ["new", "unchanged"]


def _note(rejected: list[str], document: dict[str, Any], _: TrackerError) -> None:
    rejected.append(document["title"])
