"""A change taken back as a whole: what it inserted, changed, removed; and what stands against it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_records import agreement, relation, thing
from store_states import asked, exported, last_instant

from tracker.errors import InvalidRecord, NotFound, Refused
from tracker.read.answers import diff as changelog
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.store import merge
from tracker.store.file.session import transaction
from tracker.store.file.soundness import check
from tracker.store.schema import builtin
from tracker.store.undo import Undone, undo
from tracker.store.write import bulk, objects
from tracker.store.write.writer import Writer

Step = Callable[[Writer], object]

MANY = 60
"""More agreements than a change keeps in mind one by one where ``few`` is asked for."""


def change(store: Path, step: Step) -> int:
    with transaction(store, actor="a", command="step") as writer:
        step(writer)
        assert writer.change_id is not None
        return writer.change_id


def take_back(store: Path, number: int | None = None) -> Undone:
    with transaction(store, actor="a", command="undo") as writer:
        return undo(writer.change, number)


def put(ref: str, **fields: Any) -> Step:
    return lambda writer: writer.put_agreement(agreement(ref, **fields))


def put_object(record: str, /, **fields: Any) -> Step:
    return lambda writer: writer.put_object(record, thing(record, **fields))


def edit_party(code: str, **fields: Any) -> Step:
    def step(writer: Writer) -> None:
        held = objects.stored(writer.change, "party", code)
        writer.put_object("party", thing("party", **{**(held or {}), **fields}))

    return step


def merge_sources(writer: Writer) -> None:
    merge.merge_objects(writer, "source", "s", "t")


def join(writer: Writer) -> None:
    merge.merge_agreements(writer, "b", "c")


SIGNED = {"kind": "signed", "date": "2020-01-02", "sources": ["s"]}

STEPS: dict[str, Step] = {
    "addition": put("d", parties=[{"code": "JPN"}], events=[SIGNED]),
    "edit": put("b", title="Edited", parties=[{"code": "FRA"}, {"code": "USA"}]),
    "removal": lambda writer: writer.remove_agreement(["a", "b"]),
    "alias of a built-in party": edit_party("JPN", aliases=["Nippon-koku"]),
    "new name of a built-in party": edit_party("JPN", name="Nippon"),
    "new name of a person who signed": put_object("person", id="ann-lee", name="Ann Roe"),
    "new title of a source": put_object("source", id="s", title="New", kind="news"),
    "merge of sources": merge_sources,
    "merge of agreements": join,
}


@pytest.fixture(scope="module")
def filled_file(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = Path(shutil.copy(new_store, tmp_path_factory.mktemp("filled") / "store.db"))
    with transaction(store, actor="a", command="first") as writer:
        for name in ("s", "t"):
            writer.put_object("source", thing("source", id=name, title=name.upper(), kind="news"))
        writer.put_object("person", thing("person", id="ann-lee", name="Ann Lee"))
        signatory = {"person": "ann-lee", "party": "USA"}
        writer.put_agreement(agreement("a", parties=[{"code": "USA"}], events=[SIGNED], signatories=[signatory]))
        writer.put_agreement(agreement("b", parties=[{"code": "USA"}], relations=[relation("supersedes", "a")]))
        writer.put_agreement(agreement("c", events=[SIGNED], notes=["kept"], aliases=["Gamma"]))
    return store


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled_file, tmp_path / "filled.db"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", STEPS)
def test_undo_and_redo(filled: Path, name: str) -> None:
    """The register says again what it said, spans and search index too; to undo the undo brings the change back."""
    before = exported(filled)
    number = change(filled, STEPS[name])
    after, then = exported(filled), last_instant(filled)
    assert after != before
    assert take_back(filled).number == number
    assert exported(filled) == before
    assert check(filled) == []
    take_back(filled, number + 1)
    assert exported(filled) == after
    assert check(filled) == []
    take_back(filled)
    assert exported(filled) == before
    assert exported(filled, then) == after


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", STEPS)
def test_every_change_can_be_told_as_a_changelog(filled: Path, name: str) -> None:
    then = last_instant(filled)
    change(filled, STEPS[name])
    now = last_instant(filled)
    here = StoreLocation(filled, named=True)
    with (
        open_store(here) as reader,
        open_store(here.but(known_at=then)) as before,
        open_store(here.but(known_at=now)) as after,
    ):
        named = changelog.touched(reader, changelog.stretch(reader, then, now))
        rows = list(changelog.Differences(before, after, named, None))
    assert rows
    if "built-in" in name:
        assert {(kind, key, what) for kind, key, _, what, *_ in rows} == {("party", "JPN", "changed")}


def test_a_built_in_party_is_built_in_again(filled: Path) -> None:
    change(filled, STEPS["new name of a built-in party"])
    assert asked(filled, "SELECT builtin FROM party WHERE code = 'JPN'") == [(0,)]
    take_back(filled)
    assert asked(filled, "SELECT builtin, name FROM party WHERE code = 'JPN'") == [(1, "Japan")]


def test_a_built_in_party_that_a_newer_program_knows_better_has_one_past(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit that was taken back leaves images; what the program brings later must not contradict them."""
    change(filled, STEPS["new name of a built-in party"])
    then = exported(filled)
    moment = last_instant(filled)
    take_back(filled)
    japan = {**next(party for party in builtin.parties() if party["code"] == "JPN"), "note": "newer"}
    monkeypatch.setattr(builtin, "parties", lambda: iter([japan]))
    with transaction(filled, actor="a", command="migrate") as writer:
        connection = writer.change.connection
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        builtin.plant(connection)
        from tracker.store.schema import triggers

        triggers.create(connection)
        writer.change.stamp()
    assert asked(filled, "SELECT note FROM party WHERE code = 'JPN'") == [("newer",)]
    assert check(filled) == []
    assert exported(filled, moment) == then


# large changes


def numbered(title: str) -> list[dict[str, Any]]:
    parties = [{"code": "USA"}, {"code": "JPN"}]
    return [agreement(f"n-{n}", title=f"{title} {n}", parties=parties, events=[SIGNED]) for n in range(MANY)]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a change keep fewer agreements in mind than an import of the tests has."""
    for module in ("change", "search_index"):
        monkeypatch.setattr(f"tracker.store.write.{module}.FEW", MANY - 10)


def test_undo_of_large_imports(filled: Path, few: None) -> None:
    """One that made agreements and one that changed them: more than the log names one by one."""
    empty = exported(filled)
    change(filled, lambda writer: list(bulk.load(writer, numbered("First"))))
    first = exported(filled)
    change(filled, lambda writer: list(bulk.load(writer, numbered("Second"))))
    second = exported(filled)
    for expected in (first, empty):
        take_back(filled)
        assert exported(filled) == expected
        assert check(filled) == []
    take_back(filled, 5)  # the undo of the first import, which was the second to be taken back
    take_back(filled, 4)
    assert exported(filled) == second
    assert check(filled) == []


def test_a_large_import_stands_while_something_stands_on_it(filled: Path, few: None) -> None:
    number = change(filled, lambda writer: list(bulk.load(writer, numbered("First"))))
    edit = change(filled, put("n-7", title="Edited", parties=[{"code": "USA"}], events=[SIGNED]))
    with pytest.raises(Refused, match=f"change {edit} .* stands on it, in n-7"):
        take_back(filled, number)
    take_back(filled)
    take_back(filled, number)
    assert asked(filled, "SELECT count(*) FROM agreement") == [(3,)]


# what stands against it


def event(*sources: str, **fields: Any) -> Step:
    ratified = {"id": "e2", "kind": "ratified", "date": "2021", "sources": list(sources)}
    return put("c", events=[SIGNED, ratified], **fields)


def test_what_a_later_change_changed_stands(filled: Path) -> None:
    number = change(filled, put("b", title="One"))
    later = change(filled, put("b", title="Two"))
    with pytest.raises(Refused, match=f"change {later} .* stands on it, in b; undo that first"):
        take_back(filled, number)


def test_what_a_later_change_did_elsewhere_does_not_stand(filled: Path) -> None:
    number = change(filled, put("b", title="One"))
    change(filled, put("b", title="One", short_title="Short"))
    take_back(filled, number)
    assert asked(filled, "SELECT title, short_title FROM agreement WHERE ref = 'b'") == [("Memorandum", "Short")]


def test_days_that_both_changes_moved_do_not_stand(filled: Path) -> None:
    """The day of its conclusion, and that from which on its status is told, follow from the acts that are left."""
    change(filled, put("acts", events=[]))
    signed = {"id": "e1", "kind": "signed", "date": "2001-02-03"}
    number = change(filled, put("acts", events=[signed]))
    change(filled, put("acts", events=[signed, {"id": "e2", "kind": "text_adopted", "date": "2000-01-01"}]))
    take_back(filled, number)
    asks = "SELECT concluded, signed, told_from FROM agreements WHERE ref = 'acts'"
    with open_store(StoreLocation(filled, named=True)) as reader:
        assert reader.tuples(asks) == [("2000-01-01", None, "2000-01-01")]
    assert check(filled) == []


def test_the_source_of_an_event_stands_against_taking_back_the_event(filled: Path) -> None:
    number = change(filled, event())
    later = change(filled, event("t"))
    with pytest.raises(Refused, match=f"change {later} .* stands on it, in c"):
        take_back(filled, number)
    assert asked(filled, "SELECT count(*) FROM event WHERE agreement_id = 3") == [(2,)]


def test_a_claim_about_an_event_stands_against_taking_back_the_event(filled: Path) -> None:
    number = change(filled, event())
    change(filled, event(claims=[{"field": "events[e2].date", "value": "2022", "sources": ["t"]}]))
    with pytest.raises(InvalidRecord, match=r"claims\[c1\].field"):
        take_back(filled, number)


def test_a_code_inside_a_later_record_stands_against_taking_back_the_party(filled: Path) -> None:
    number = change(filled, put_object("party", code="group-x", kind="armed_group", name="X"))
    change(filled, edit_party("USA", successors=["group-x"]))
    with pytest.raises(InvalidRecord, match="there is no party 'group-x'"):
        take_back(filled, number)


def test_a_later_record_that_refers_to_what_was_added_stands_against_it(filled: Path) -> None:
    number = change(filled, put_object("source", id="u", title="U", kind="news"))
    change(filled, put("b", sources=[{"source": "u"}]))
    with pytest.raises(InvalidRecord, match="there is no source 'u'"):
        take_back(filled, number)


def test_a_ref_that_was_given_again_stands_against_its_agreement(filled: Path) -> None:
    change(filled, put("d"))
    take_back(filled)
    later = change(filled, put("d", title="Another"))
    with pytest.raises(Refused, match=f"change {later} .* stands on it, in d"):
        take_back(filled, later - 1)


def test_what_was_taken_back_stands_on_nothing(filled: Path) -> None:
    """A source added, edited, the edit undone, the source undone; and the last of it undone again."""
    before = exported(filled)
    number = change(filled, put_object("source", id="u", title="U", kind="news"))
    added = exported(filled)
    change(filled, put_object("source", id="u", title="V", kind="news"))
    take_back(filled)
    take_back(filled, number)
    assert exported(filled) == before
    take_back(filled, number + 3)
    assert exported(filled) == added
    assert check(filled) == []


def test_the_change_that_is_named_is_the_one_that_stands(filled: Path) -> None:
    """The first edit was taken back, the second was not."""
    number = change(filled, put("b", title="One"))
    change(filled, put("b", title="Two"))
    take_back(filled)
    standing = change(filled, put("b", title="Three"))
    with pytest.raises(Refused, match=f"change {standing} "):
        take_back(filled, number)


def test_there_is_nothing_to_take_back(filled: Path, store: Path) -> None:
    with pytest.raises(NotFound, match="no change 9"):
        take_back(filled, 9)
    with pytest.raises(Refused, match="no change left to undo"):
        take_back(store)
    take_back(filled)
    with pytest.raises(Refused, match="taken back by change 2; `tracker undo --change 2` brings it back"):
        take_back(filled, 1)
