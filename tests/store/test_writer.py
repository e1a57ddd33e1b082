"""What a change of the register does, and what it refuses."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from made_records import OBJECTS, agreement, relation, thing
from store_changes import Begin

from tracker.errors import Duplicate, InUse, InvalidRecord, NotFound
from tracker.store.write import bulk, objects, search_index, whole_store
from tracker.store.write.writer import Writer


def read(writer: Writer, ref: str) -> dict[str, Any]:
    agreement_id = writer.reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    return objects.stored_agreements(writer.change, [agreement_id])[agreement_id]


def written(writer: Writer, action: Callable[[], object]) -> list[str]:
    """The kind of statement and table of everything that an action wrote."""
    seen: list[str] = []
    writer.change.connection.set_trace_callback(seen.append)
    try:
        action()
    finally:
        writer.change.connection.set_trace_callback(None)
    found = (re.match(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)", sql) for sql in seen)
    return [f"{match[1].split()[0]} {match[2]}" for match in found if match]


# one agreement


def test_the_same_document_again_is_no_change(begin: Begin, store: Path) -> None:
    """Items without ids keep those that they were given, and the log does not grow."""
    document = agreement(events=[{"kind": "signed", "date": "2023"}], notes=["n"])
    with begin() as writer:
        assert writer.put_agreement(document).what == "new"
        assert writer.change_id == 1
    with begin() as writer:
        assert writer.put_agreement(document).what == "unchanged"
        assert writer.change_id is None
    assert sqlite3.connect(store).execute("SELECT count(*) FROM change").fetchone() == (1,)


def test_only_rows_that_differ_are_touched(writer: Writer) -> None:
    """One event of two gets a date: that event, what is derived from it, and the revision; nothing else."""
    events = [{"id": "e1", "kind": "announced", "date": "2022"}, {"id": "e2", "kind": "published"}]
    writer.put_agreement(agreement(events=events, parties=[{"code": "USA"}, {"code": "JPN"}], notes=["n"]))
    events[1]["date"] = "2023-05"
    changed = agreement(events=events, parties=[{"code": "USA"}, {"code": "JPN"}], notes=["n"])
    touched = written(writer, lambda: writer.put_agreement(changed))
    assert sorted(set(touched)) == ["UPDATE agreement", "UPDATE event"]


def test_changes_are_told_by_the_paths_of_the_record(writer: Writer) -> None:
    before = {
        "parties": [{"code": "USA"}, {"code": "JPN", "entity": "MoD"}],
        "events": [{"id": "e1", "kind": "signed", "date": "2023"}],
        "titles": {"ja": "覚書"},
        "extra": {"owner": "me"},
        "terms": {"duration": {"kind": "fixed_term", "until": "2030"}},
        "relations": [relation("related_to", None, target_title="x")],
    }
    writer.put_agreement(agreement(**before))
    after = {
        "parties": [{"code": "JPN", "entity": "Ministry of Defense"}, {"code": "USA"}],
        "events": [{"id": "e1", "kind": "signed", "date": "2023-01-12"}, {"kind": "published"}],
        "titles": {},
        "extra": {"owner": "you"},
        "terms": {"duration": {"kind": "fixed_term", "until": "2031"}},
        "relations": [relation("related_to", None, target_title="x", note="n")],
    }
    changes = writer.put_agreement(agreement(**after)).changes
    assert [path for path, _, _ in changes] == [
        "titles[ja]",
        "parties[JPN].entity",
        "parties",
        "events[e1].date",
        "events[e2]",
        "terms.duration.until",
        "relations[related_to x].note",
        "extra.owner",
    ]
    assert changes[1] == ("parties[JPN].entity", "MoD", "Ministry of Defense")
    assert changes[2] == ("parties", ["USA", "JPN"], ["JPN", "USA"])
    assert changes[4][1] is None


def test_an_item_id_is_never_used_again(writer: Writer) -> None:
    """e2 is removed; the next event is e3, also when it comes alone."""
    writer.put_agreement(agreement(events=[{"kind": "signed"}, {"kind": "published"}]))
    assert [event["id"] for event in read(writer, "us-jp-mou-2023")["events"]] == ["e1", "e2"]
    writer.put_agreement(agreement(events=[{"id": "e1", "kind": "signed"}]))
    writer.put_agreement(agreement(events=[{"id": "e1", "kind": "signed"}, {"kind": "leaked"}]))
    assert [event["id"] for event in read(writer, "us-jp-mou-2023")["events"]] == ["e1", "e3"]


def test_status_and_days_are_derived_with_the_change(writer: Writer) -> None:
    events = [{"kind": "signed", "date": "2023-01-12"}, {"kind": "entered_into_force", "date": "2023-02"}]
    writer.put_agreement(agreement(binding_status="binding", events=events, parties=[{"code": "USA"}, {"code": "JPN"}]))
    row = writer.reader.row("SELECT signed, signed_earliest, party_codes, party_count FROM agreements")
    assert tuple(row or ()) == ("2023-01-12", "2023-01-12", "JPN USA", 2)
    spans = writer.reader.tuples(
        "SELECT status, from_earliest, from_latest FROM spans WHERE party = '' ORDER BY position"
    )
    assert spans == [("signed", "2023-01-12", "2023-01-12"), ("in_force", "2023-02-01", "2023-02-28")]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"parties": [{"code": "JPX"}]}, "parties[JPX].code"),
        ({"events": [{"kind": "signed", "parties": ["JPX"]}]}, "events[e1].parties"),
        ({"events": [{"kind": "signed", "sources": ["nowhere"]}]}, "events[e1].sources"),
        ({"signatories": [{"person": "nobody"}]}, "signatories[s1].person"),
        ({"focus_areas": ["cybr"]}, "focus_areas"),
        ({"families": [{"family": "nothing"}]}, "families[nothing].family"),
        ({"sources": [{"source": "nowhere"}]}, "sources[nowhere].source"),
        ({"relations": [relation("updates", "no-such-ref")]}, "relations[updates no-such-ref].target"),
        ({"terms": {"duration": {"sources": ["nowhere"]}}}, "terms.duration.sources"),
        ({"terms": {"entry_into_force": {"parties": ["JPX"]}}}, "terms.entry_into_force.parties"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_reference_to_nothing_is_named_by_its_path(
    begin: Begin, fields: dict[str, Any], path: str, dry_run: bool
) -> None:
    with pytest.raises(InvalidRecord) as refused, begin(dry_run=dry_run) as writer:
        writer.put_agreement(agreement(**fields))
    assert refused.value.where == "us-jp-mou-2023"
    assert [found for found, _ in refused.value.problems] == [path]
    with begin() as writer:
        assert writer.reader.rows("SELECT * FROM agreements") == []


def test_a_near_code_is_suggested(begin: Begin) -> None:
    with pytest.raises(InvalidRecord, match=r"no party 'JPM' in the store; did you mean .*JPN"), begin() as writer:
        writer.put_agreement(agreement(parties=[{"code": "JPM"}]))


# removal


def test_a_removed_agreement_leaves_its_ref_behind(begin: Begin) -> None:
    """Its rows are gone, its ref and its number are not given again."""
    with begin() as writer:
        writer.put_agreement(agreement(parties=[{"code": "USA"}], events=[{"kind": "signed", "date": "2023"}]))
    with begin() as writer:
        assert [outcome.what for outcome in writer.remove_agreement(["us-jp-mou-2023"])] == ["removed"]
        for view in ("agreements", "participations", "events", "spans"):
            assert writer.reader.rows(f"SELECT * FROM {view}") == []
    with begin() as writer:
        with pytest.raises(Duplicate, match="us-jp-mou-2023"):
            writer.put_agreement(agreement())
        writer.put_agreement(agreement("another"))
        assert writer.reader.scalar("SELECT id FROM agreements") == 2


def test_what_others_refer_to_is_removed_only_with_them(writer: Writer) -> None:
    writer.put_agreement(agreement("old"))
    writer.put_agreement(agreement("new", relations=[relation("supersedes", "old")]))
    with pytest.raises(InUse, match=r"new \(supersedes\)"):
        writer.remove_agreement(["old"])
    with pytest.raises(NotFound, match="'nothing'"):
        writer.remove_agreement(["nothing"])
    assert len(writer.remove_agreement(["old", "new"])) == 2


# relations


def test_a_passive_relation_is_stored_in_the_record_that_acts(writer: Writer) -> None:
    """What is said as "old superseded_by new" becomes "new supersedes old"; again, it fills in what is empty."""
    for item in OBJECTS:
        writer.put_object(item["record"], item)
    writer.put_agreement(agreement("new"))
    old = agreement("old", relations=[relation("superseded_by", "new", note="n", sources=["press-a"])])
    writer.put_agreement(old)
    assert read(writer, "old")["relations"] == []
    held = read(writer, "new")["relations"]
    assert [(item["type"], item["target"], item["note"], item["sources"]) for item in held] == [
        ("supersedes", "old", "n", ["press-a"])
    ]
    assert writer.put_agreement(old).what == "unchanged"
    writer.put_agreement(agreement("old", relations=[relation("superseded_by", "new", note="other", word="replaces")]))
    assert [(item["note"], item["word"]) for item in read(writer, "new")["relations"]] == [("n", "replaces")]


def test_a_symmetric_relation_stays_where_it_was_entered(writer: Writer) -> None:
    writer.put_agreement(agreement("a"))
    writer.put_agreement(agreement("b", relations=[relation("signed_together_with", "a")]))
    writer.put_agreement(agreement("a", relations=[relation("signed_together_with", "b")]))
    writer.finish()
    assert [len(read(writer, ref)["relations"]) for ref in ("a", "b")] == [1, 1]


def test_a_passive_relation_needs_the_other_record(writer: Writer) -> None:
    with pytest.raises(InvalidRecord, match="record new first"):
        writer.put_agreement(agreement("old", relations=[relation("superseded_by", "new")]))


def test_a_circle_of_one_relation_is_refused(begin: Begin) -> None:
    """That a amends b amends c amends a is nonsense; circles of several types are not."""
    with begin() as writer:
        writer.put_agreement(agreement("c"))
        writer.put_agreement(agreement("b", relations=[relation("amends", "c")]))
        writer.put_agreement(agreement("a", relations=[relation("amends", "b")]))
        writer.put_agreement(agreement("c", relations=[relation("implements", "a")]))
    with pytest.raises(InvalidRecord, match=r"c amends a amends b amends c"), begin() as writer:
        writer.put_agreement(agreement("c", relations=[relation("amends", "a")]))
    with pytest.raises(InvalidRecord, match="amends"), begin() as writer:
        writer.put_agreement(agreement("a", relations=[relation("amends", "b"), relation("amended_by", "c")]))


def test_a_circle_that_another_program_closed_is_told_where_a_relation_leads_to_it(begin: Begin, store: Path) -> None:
    with begin() as writer:
        writer.put_agreement(agreement("b"))
        writer.put_agreement(agreement("a", relations=[relation("amends", "b")]))
        writer.put_agreement(agreement("d", relations=[relation("amends", "b")]))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(
            "UPDATE relation SET target = 'a', agreement_id = (SELECT id FROM agreement WHERE ref = 'b')"
            " WHERE agreement_id = (SELECT id FROM agreement WHERE ref = 'd')"
        )
        connection.commit()
    with pytest.raises(InvalidRecord, match=r"^a: .* a amends b amends a;"), begin() as writer:
        writer.put_agreement(agreement("c", relations=[relation("amends", "b")]))


# objects


def test_objects_in_place_are_stored_and_referenced(writer: Writer) -> None:
    source = {"title": "Joint statement", "kind": "official_page", "url": "https://example.org/1"}
    writer.put_agreement(
        agreement(
            signatories=[{"person": {"name": "Hamada Yasukazu"}, "sources": [source]}],
            families=[{"family": {"name": "SOSA", "sources": [source]}}],
            sources=[{"source": source}],
            terms={"duration": {"sources": [source]}},
        )
    )
    held = read(writer, "us-jp-mou-2023")
    assert held["signatories"][0]["person"] == "hamada-yasukazu"
    assert held["families"][0]["family"] == "sosa"
    cited = [held["sources"][0]["source"], *held["signatories"][0]["sources"], *held["terms"]["duration"]["sources"]]
    assert cited == ["joint-statement"] * 3
    assert len(writer.reader.rows("SELECT id FROM sources")) == 1
    found = writer.reader.tuples("SELECT person_id FROM person_keys WHERE folded = 'yasukazu hamada'")
    assert found == [("hamada-yasukazu",)]


def test_a_namesake_gets_a_number_and_the_same_person_does_not(writer: Writer) -> None:
    """Another source of the same title but another address is another source; a person of the same name is the same."""
    for number in (1, 2):
        source = {"title": "Statement", "kind": "news", "url": f"https://example.org/{number}"}
        person = {"id": "smith", "name": ("John Smith", "Jane Smith")[number - 1]}
        writer.put_agreement(agreement(f"a-{number}", sources=[{"source": source}], signatories=[{"person": person}]))
        writer.put_agreement(agreement(f"b-{number}", sources=[{"source": source}], signatories=[{"person": person}]))
    assert [row[0] for row in writer.reader.tuples("SELECT id FROM sources ORDER BY id")] == [
        "statement",
        "statement-2",
    ]
    assert writer.reader.tuples("SELECT id, name FROM people ORDER BY id") == [
        ("smith", "John Smith"),
        ("smith-2", "Jane Smith"),
    ]


def test_an_object_in_place_fills_in_what_is_empty_and_no_more(writer: Writer) -> None:
    writer.put_object("source", thing("source", id="s", title="Title", kind="news", author="A"))
    there = {"id": "s", "title": "title", "kind": "court", "author": "B", "publisher": "P"}
    writer.put_agreement(agreement(sources=[{"source": there}]))
    held = objects.stored(writer.change, "source", "s") or {}
    assert [held[key] for key in ("title", "kind", "author", "publisher")] == ["Title", "news", "A", "P"]


def test_an_edited_built_in_party_is_ours_from_then_on(writer: Writer) -> None:
    """Storing it as it is changes nothing; a new alias clears the mark and is found at once."""
    japan = objects.stored(writer.change, "party", "JPN") or {}
    assert writer.put_object("party", japan).what == "unchanged"
    outcome = writer.put_object("party", {**japan, "aliases": [*japan["aliases"], "Nihon-koku"]})
    assert [path for path, _, _ in outcome.changes] == ["aliases"]
    assert writer.reader.scalar("SELECT builtin FROM parties WHERE code = 'JPN'") == 0
    assert writer.reader.scalar("SELECT code FROM party_keys WHERE folded = 'nihon koku'") == "JPN"
    assert writer.reader.scalar("SELECT builtin FROM parties WHERE code = 'USA'") == 1
    union = objects.stored(writer.change, "party", "org-eu") or {}
    writer.put_object("party", {**union, "members": []})
    assert writer.reader.scalar("SELECT builtin FROM parties WHERE code = 'org-eu'") == 0


# whole files


def test_an_import_takes_documents_in_any_order(begin: Begin) -> None:
    """Agreements before what they cite, a passive relation before the record that acts."""
    documents = [
        agreement(
            "old", relations=[relation("updated_by", "new", sources=["press-a"])], sources=[{"source": "press-b"}]
        ),
        agreement("new", signatories=[{"person": "hamada-yasukazu"}]),
        *OBJECTS,
    ]
    with begin() as writer:
        outcomes = [(outcome.id, outcome.what) for outcome in bulk.load(writer, documents)]
        assert ("old", "new") in outcomes
        assert [(item["type"], item["target"]) for item in read(writer, "new")["relations"]] == [("updates", "old")]
    with begin() as writer:
        again = [outcome for outcome in bulk.load(writer, documents) if outcome.what != "unchanged"]
        assert again == []
        assert writer.change_id is None


def test_an_import_takes_out_a_relation_that_nobody_says_any_more(begin: Begin) -> None:
    with begin() as writer:
        list(bulk.load(writer, [agreement("old", relations=[relation("updated_by", "new")]), agreement("new")]))
    with begin() as writer:
        outcomes = {outcome.id: outcome for outcome in bulk.load(writer, [agreement("old"), agreement("new")])}
        assert [path for path, _, _ in outcomes["new"].changes] == ["relations[updates old]"]
        assert read(writer, "new")["relations"] == []


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_parts_of_what_ended_end_with_it_in_whatever_order_they_come(
    step: int, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    acts = [{"kind": "signed", "date": "1990-02-03"}, {"kind": "entered_into_force", "date": "1991-05-06"}]
    two = [{"code": "USA"}, {"code": "JPN"}]
    ended = [*acts, {"kind": "terminated", "date": "2001-02-03"}]
    documents = [
        agreement("whole", parties=two, events=ended),
        agreement("part", parties=two, events=acts, relations=[relation("amends", "whole")]),
        agreement("part-of-part", parties=two, events=acts, relations=[relation("extends", "part")]),
        agreement("other", parties=two, events=acts),
    ]
    spans = (
        "SELECT a.ref, s.party, s.position, s.status, s.from_date, s.until_date FROM span AS s"
        " JOIN agreement AS a ON a.id = s.agreement_id ORDER BY a.ref, s.party, s.position"
    )
    found = []
    for order in [*permutations(documents)][::step]:
        with begin(dry_run=True) as writer:
            list(bulk.load(writer, order))
            writer.finish()
            found.append(writer.change.connection.execute(spans).fetchall())
    ends = {row[0]: row[4] for row in found[0] if row[3] == "terminated" and not row[1]}
    assert ends == dict.fromkeys(("whole", "part", "part-of-part"), "2001-02-03")
    assert all(one == found[0] for one in found)


def test_an_import_in_batches_is_the_same_as_one_by_one(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    documents = [
        agreement(
            f"a-{number}", parties=[{"code": "USA"}], events=[{"kind": "signed", "date": "2023", "places": ["x"]}]
        )
        for number in range(8)
    ]
    with begin(dry_run=True) as writer:
        list(bulk.load(writer, documents))
        batched = [read(writer, document["ref"]) for document in documents]
    with begin(dry_run=True) as writer:
        for document in documents:
            writer.put_agreement(document)
        assert batched == [read(writer, document["ref"]) for document in documents]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("few", [2, 500])
def test_words_are_found_in_whatever_order_an_import_brings_what_they_come_from(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """New agreements are indexed as they are written; names that come later, or change, are found all the same."""
    monkeypatch.setattr(bulk, "BATCH", 1)
    for module in ("change", "search_index"):
        monkeypatch.setattr(f"tracker.store.write.{module}.FEW", few)
    in_place = {"id": "lee", "name": "Lee", "aliases": ["Lea"]}
    documents = [
        agreement("a", signatories=[{"person": "lee"}], titles={"fr": "Accord"}, notes=["Archive"]),
        agreement("b", signatories=[{"person": in_place}], identifiers=[{"scheme": "TIAS", "value": "10901"}]),
        agreement("c", relations=[relation("updated_by", "a", sources=["paper"])], sources=[{"source": "paper"}]),
        agreement("d", events=[{"id": "e2", "kind": "signed", "note": "Later"}, {"id": "e1", "kind": "announced",
                  "places": ["Geneva"], "sources": ["paper"]}]),
        thing("person", id="lee", name="Lee"),
        thing("source", id="paper", title="Collection"),
    ]  # fmt: skip
    found = set()
    turned = [some[at:] + some[:at] for some in (documents, documents[::-1]) for at in range(len(documents))]
    for order in turned:
        with begin(dry_run=True) as writer:
            list(bulk.load(writer, order))
            writer.finish()
            connection = writer.change.connection
            assert search_index.superfluous(connection) == 0
            assert [search_index.differing(connection, page) for page in whole_store.pages(writer.change)] == [0]
            asked = "SELECT a.ref FROM search_index JOIN agreement AS a ON a.id = search_index.rowid WHERE search_index"
            for word in ("lea", "lee", "collection", "geneva", "accord", "later", '"tias 10901"'):
                refs = sorted(row[0] for row in connection.execute(f"{asked} MATCH ?", (word,)))
                found.add((word, *refs))
    assert found >= {
        ("collection", "a", "c", "d"),
        ("geneva", "d"),
        ("accord", "a"),
        ("later", "d"),
        ('"tias 10901"', "b"),
    }
    assert {tuple(refs) for word, *refs in found if word == "lee"} == {("a", "b")}


def _note_rejection(rejected: list[tuple[str, str]], document: dict[str, Any], error: Exception) -> None:
    rejected.append((document["title"], str(error)))


def test_an_import_refuses_a_ref_twice_or_goes_on_without_it(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one batch and in two; with a way to tell what was rejected, the others are taken."""
    documents = [agreement("a"), agreement("b"), agreement("a", title="Other")]
    for size in (2, 500):
        monkeypatch.setattr(bulk, "BATCH", size)
        with pytest.raises(Duplicate, match="a stands twice"), begin() as writer:
            list(bulk.load(writer, documents))
        rejected: list[tuple[str, str]] = []
        with begin(dry_run=True) as writer:
            note = partial(_note_rejection, rejected)
            taken = [outcome.id for outcome in bulk.load(writer, documents, note)]
        assert taken == ["a", "b"]
        assert rejected == [("Other", "the ref a stands twice in this import; give one of the two another ref")]


def test_a_large_import_names_a_reference_to_nothing_too(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.write.change.FEW", 2)
    documents = [agreement(f"a-{number}", parties=[{"code": "USA"}]) for number in range(6)]
    documents.append(agreement("z", parties=[{"code": "JPX"}]))
    with pytest.raises(InvalidRecord, match=r"z: parties\[JPX\].code"), begin() as writer:
        list(bulk.load(writer, documents))
