"""Documents and rows are two forms of the same thing."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from made_records import AGREEMENTS, OBJECTS, agreement, thing

from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import OWNED, assemble, shred_object
from tracker.store.schema.tables import SQLModel
from tracker.store.write import objects
from tracker.store.write.writer import Writer

EXAMPLES = settings(
    max_examples=settings.default.max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""One store serves all examples: each is undone by a savepoint."""

FILLED: dict[str, Any] = {
    "evidence": [{"id": "v1", "kind": "text_clause", "supports": "binding"}],
    "binding_views": [{"party": "USA", "value": "binding", "evidence": ["v1"]}],
    "parties": [{"code": "USA"}],
    "signatories": [{"id": "s1", "person": "hamada-yasukazu"}],
    "focus_areas": ["cyber"],
    "families": [{"family": "sosa"}],
    "events": [{"id": "e1", "kind": "signed", "date": "2023", "parties": ["USA"]}],
    "relations": [{"type": "related_to", "target_title": "an old text"}],
    "identifiers": [{"scheme": "TIAS", "value": "1"}],
    "depositaries": [{"code": "USA"}],
    "sources": [{"source": "press-a"}],
    "claims": [{"id": "c1", "field": "title", "value": "Memo"}],
    "extra": {"owner": "me"},
}


def test_rows_have_exactly_the_columns_of_the_schema() -> None:
    """One agreement with something in every table, and one object of each kind."""
    shredded = rows.shred(agreement(**FILLED), 1)
    assert set(shredded) == {"agreement", *rows.CHILDREN}
    things = [
        shred_object("party", thing("party", code="XXA", name="A", members=[{"code": "USA"}]), {"a"}),
        shred_object("focus_area", thing("focus_area", code="a", label="A"), ()),
        *(shred_object(item["record"], item, {"a"}) for item in OBJECTS),
    ]
    tables = SQLModel.metadata.tables
    for found in (shredded, *things):
        for table, some in found.items():
            assert {*some[0], "since"} == set(tables[table].columns.keys()), table


def test_the_keys_of_statements_are_those_of_the_schema() -> None:
    tables = SQLModel.metadata.tables
    keys = {name: tuple(column.name for column in tables[name].primary_key) for name in table_rows.KEYS}
    assert keys == table_rows.KEYS
    assert set(tables) - set(table_rows.KEYS) == {"change", *(f"{name}_past" for name in table_rows.KEYS)}
    assert {name for name in tables if "agreement_id" in tables[name].columns and not name.endswith("_past")} == set(
        rows.CHILDREN
    )


@EXAMPLES
@given(document=AGREEMENTS)
def test_what_is_stored_is_read_back_the_same(writer: Writer, document: dict[str, Any]) -> None:
    """Taken apart, inserted, read and assembled, it is the same document; storing it again touches nothing."""
    change = writer.change
    change.connection.execute("SAVEPOINT example")
    try:
        for item in OBJECTS:
            writer.put_object(item["record"], item)
        assert writer.put_agreement(document).what == "new"
        agreement_id = objects.next_id(change) - 1
        assert objects.stored_agreements(change, [agreement_id])[agreement_id] == document
        held = changes.load(change.connection, objects.OWNED, agreement_id)
        assert not changes.compare(held, rows.shred(document, agreement_id))
        assert writer.put_agreement(document).what == "unchanged"
    finally:
        change.connection.execute("ROLLBACK TO example")


@EXAMPLES
@given(first=AGREEMENTS, second=AGREEMENTS)
def test_any_document_can_become_any_other(writer: Writer, first: dict[str, Any], second: dict[str, Any]) -> None:
    """Changed row by row, a record is in the end what a new one would be."""
    change = writer.change
    change.connection.execute("SAVEPOINT example")
    try:
        for item in OBJECTS:
            writer.put_object(item["record"], item)
        writer.put_agreement(first)
        outcome = writer.put_agreement(second)
        agreement_id = objects.next_id(change) - 1
        assert objects.stored_agreements(change, [agreement_id])[agreement_id] == second
        assert outcome.what == ("unchanged" if first == second else "changed")
        assert bool(outcome.changes) == (first != second)
    finally:
        change.connection.execute("ROLLBACK TO example")


def test_objects_come_back_as_they_were() -> None:
    party = thing(
        "party",
        code="org-x",
        kind="organisation",
        name="X",
        names={"fr": "Ixe"},
        aliases=["EX"],
        successors=["org-y"],
        members=[{"code": "USA", "from": "1990"}, {"code": "JPN"}],
        note="n",
    )
    for item in (party, *OBJECTS, thing("focus_area", code="a", label="A", parent="cyber")):
        found = shred_object(item["record"], item, {"x"})
        assert set(found) == {table for table, _ in OWNED[item["record"]]}
        assert assemble(item["record"], found) == item
        assert list(assemble(item["record"], found)) == list(item)
