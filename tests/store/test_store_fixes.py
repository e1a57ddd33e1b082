"""Names that are never given again, names that stand twice, circles, and values that Python takes for each other."""

import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from made_records import agreement, thing
from store_changes import Begin

from tracker.errors import Duplicate, InvalidRecord, StoreForeign, StoreNewer, StoreOutdated, TrackerError
from tracker.read.file import connection
from tracker.read.file.connection import open_store
from tracker.record import document as record
from tracker.record.differences import differences
from tracker.shell.context import StoreLocation
from tracker.store.file.session import transaction
from tracker.store.merge import objects as merging
from tracker.store.write import agreements, bulk, references
from tracker.store.write.writer import Writer

JANE = thing("person", id="jane-doe", name="Jane Doe")
ROE = thing("person", id="jane-roe", name="Jane Roe")


def read(writer: Writer, ref: str = "us-jp-mou-2023") -> dict[str, Any]:
    agreement_id = writer.reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    return agreements.stored(writer.change, [agreement_id])[agreement_id]


def put_all(writer: Writer, *documents: dict[str, Any]) -> None:
    for document in documents:
        writer.put_object(document["record"], document)


# values


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


# circles


def test_a_circle_of_focus_areas_is_refused_when_the_change_ends(begin: Begin) -> None:
    """In an import too, where the one above comes later; a line of them is no circle."""
    low, high = ({"code": "aaa", "label": "A", "parent": "bbb"}, {"code": "bbb", "label": "B", "parent": "aaa"})
    documents = [thing("focus_area", **low), thing("focus_area", **high)]
    with pytest.raises(InvalidRecord, match="aaa under bbb under aaa"), begin() as writer:
        list(bulk.load(writer, documents))
    with pytest.raises(InvalidRecord, match="closes a circle"), begin(dry_run=True) as writer:
        list(bulk.load(writer, documents))
    with begin() as writer:
        list(bulk.load(writer, [documents[0], thing("focus_area", **{**high, "parent": "technology"})]))
    with pytest.raises(InvalidRecord, match="bbb under aaa under bbb"), begin() as writer:
        writer.put_object("focus_area", documents[1])


# merged objects


def test_the_id_of_a_merged_object_is_not_given_again(begin: Begin) -> None:
    """It names the one that stands for it now, also after that one was merged in turn."""
    with begin() as writer:
        put_all(writer, JANE, ROE, thing("person", id="j-roe", name="J. Roe"))
        merging.merge(writer, "person", "jane-doe", "jane-roe")
    with pytest.raises(Duplicate, match=r"the id jane-doe .* merged into jane-roe"), begin() as writer:
        writer.put_object("person", JANE)
    with begin() as writer:
        merging.merge(writer, "person", "jane-roe", "j-roe")
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
        merging.merge(writer, "person", "jane-doe", "jane-roe")
    with begin() as writer:
        assert writer.put_object("person", JANE).what == "unchanged"


def test_an_object_in_place_goes_where_it_was_merged(begin: Begin) -> None:
    """The same person by name is the one that stays; somebody else under a merged id is refused."""
    with begin() as writer:
        put_all(writer, JANE, ROE)
        merging.merge(writer, "person", "jane-doe", "jane-roe")
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


# the same name twice in an import


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


# one rule, one place


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        ("PRAGMA application_id = 7", StoreForeign),
        ("UPDATE alembic_version SET version_num = '9999'", StoreNewer),
        ("UPDATE alembic_version SET version_num = '0000'", StoreOutdated),
        (None, StoreForeign),
    ],
)
def test_readers_and_writers_refuse_a_store_in_the_same_words(
    store: Path, damage: str | None, error: type[TrackerError]
) -> None:
    if damage is None:
        store.write_bytes(b"")
    else:
        with closing(sqlite3.connect(store)) as other:
            other.execute(damage)
            other.commit()
    with pytest.raises(error) as when_read:
        open_store(StoreLocation(store, named=True))
    with pytest.raises(error) as when_written, transaction(store, actor="a", command="c"):
        pass
    assert str(when_read.value) == str(when_written.value)


def test_readers_and_writers_wait_equally_long(begin: Begin, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.25)
    with begin() as writer, open_store(StoreLocation(store, named=True)) as reader:
        assert [asked.scalar("PRAGMA busy_timeout") for asked in (writer.reader, reader)] == [250, 250]


def test_what_names_an_object_is_said_once() -> None:
    assert references.IDENTITY is record.IDENTITY
