"""An agreement that enters into force together with another one: its status follows the record of that (VCLT 24(1))."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

WAITS = {"condition": "entry_of_other_instrument"}
SIGNED = {"kind": "signed", "date": "2001-01-01"}


def agreement(ref: str, *events: dict[str, Any], waits: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "record": "agreement", "ref": ref, "title": f"Agreement {ref}", "binding_status": "binding",
        "parties": [{"code": "AUS"}, {"code": "JPN"}], "events": [SIGNED, *events],
        "terms": {"entry_into_force": waits, "duration": None, "notices": [], "survival": None}, **more,
    }  # fmt: skip


def entered(day: str) -> dict[str, str]:
    return {"kind": "entered_into_force", "date": day}


def tied(to: str, how: str = "concluded_under") -> list[dict[str, str]]:
    return [{"type": how, "target": to}]


@pytest.fixture
def register(run: Run, other_store: Path, tmp_path: Path):
    """Return what takes records in and asks: ``register(*records)``, then ``register.told(ref, day)``."""

    def taken(*records: dict[str, Any]) -> None:
        source = tmp_path / "records.json"
        source.write_text(json.dumps(records), encoding="utf-8")
        done = run("--store", other_store, "import", source)
        assert done.code == 0, done.err

    def told(ref: str, day: str, *more: str) -> str:
        return run("--store", other_store, "status", ref, "--as-of", day, *more, "--quiet").out.strip()

    def do(*words: str) -> Any:
        done = run("--store", other_store, *words)
        assert done.code == 0, done.err
        return done

    taken.told, taken.do = told, do
    return taken


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(("period", "day", "before"), [(None, "2002-02-02", "2002-02-01"),
                                                       ("P30D", "2002-03-04", "2002-03-03")])  # fmt: skip
def test_it_is_in_force_by_its_rule_from_the_entry_of_the_other(register, first, period, day, before):
    records = [
        agreement("notes", waits=WAITS | {"period": period}, relations=tied("main")),
        agreement("main", entered("2002-02-02")),
    ]
    register(*(records if first else records[::-1]))
    assert [register.told("notes", one) for one in (before, day, "2010-01-01")] == ["signed", "in_force?", "in_force?"]
    assert register.told("notes", day, "--party", "JPN") == "in_force?"
    rows = json.loads(register.do("eif", "notes", "--json").out)["rows"]
    assert {row["computed"] for row in rows} == {day}
    register.do("store", "check")


def test_the_status_follows_the_other_record_wherever_it_changes(register):
    register(
        agreement("notes", waits=WAITS), agreement("main"), agreement("annex", waits=WAITS, relations=tied("notes"))
    )
    day = "2003-03-03"
    steps = (
        (("edit", "notes", "--set", "short_title=Notes"), "signed"),
        (("event", "main", "entered_into_force", day), "signed"),
        (("link", "notes", "supplements", "main"), "in_force?"),
        (("event", "main", "--edit", "e2", "--date", "2003-03-04"), "signed"),
        (("undo",), "in_force?"),
        (("event", "main", "--remove", "e2"), "signed"),
        (("undo",), "in_force?"),
        (("edit", "notes", "--remove", "relations[supplements main]"), "signed"),
    )
    for arguments, expected in steps:
        register.do(*arguments)
        assert [register.told(ref, day) for ref in ("notes", "annex")] == [expected] * 2, arguments
        register.do("store", "check")


def test_where_the_record_leaves_it_open_which_is_waited_for_nothing_is_computed(register):
    both = [*tied("main"), *tied("other", "supplements")]
    others = [agreement(ref, entered("2002-02-02")) for ref in ("main", "other")]
    register(agreement("notes", waits=WAITS, relations=both), *others)
    assert register.told("notes", "2003-01-01") == "signed"
    named = WAITS | {"note": "on the entry into force of main."}
    register(agreement("notes", waits=named, relations=both))
    assert register.told("notes", "2003-01-01") == "in_force?"


def test_a_day_of_the_other_that_is_known_in_part_leaves_it_open_within_it(register):
    register(agreement("notes", waits=WAITS, relations=tied("main")), agreement("main", entered("2002-02")))
    days = ("2002-01-31", "2002-02-10", "2002-02-28")
    assert [register.told("notes", day) for day in days] == ["signed", "signed?", "in_force?"]


def test_due_tells_the_entry_that_comes_with_that_of_the_other(register):
    register(agreement("notes", waits=WAITS, relations=tied("main")), agreement("main", entered("2027-02-02")))
    rows = json.loads(register.do("due", "--within", "1y", "--json").out)["rows"]
    assert [(row["ref"], row["date"], row["kind"]) for row in rows] == [
        ("main", "2027-02-02", "entry"),
        ("notes", "2027-02-02", "entry"),
    ]


def test_what_ended_with_its_whole_goes_on_where_that_end_is_taken_back(register):
    """The part was written before the whole: its spans stayed those of an end that was no more."""
    register(agreement("part", entered("2003-01-01"), relations=tied("whole", "amends")),
             agreement("whole", entered("2002-01-01")))  # fmt: skip
    register.do("event", "whole", "terminated", "2010-10-10")
    assert register.told("part", "2010-10-10") == "terminated"
    register.do("undo")
    assert register.told("part", "2010-10-10") == "in_force"
    register.do("store", "check")


WHOLE = {"kind": "terminated", "date": "2005-05-05"}


@pytest.mark.parametrize(
    ("waits", "how", "ends", "words"),
    [
        (WAITS, [{"type": "signed_together_with"}] * 3, [], ("in_force?", "signed")),
        (WAITS | {"period": "P30D"}, [{"type": "signed_together_with"}] * 3, [], ("in_force?", "signed")),
        (None, [{"type": "amends"}, {"type": "extends"}, {"type": "amends"}], [WHOLE], ("terminated", "in_force")),
        (None, [{"type": "signed_together_with", "dependent": True}] * 3, [WHOLE], ("terminated", "in_force")),
    ],
)  # fmt: skip
def test_what_follows_one_another_round_is_no_ground_for_itself(register, waits, how, ends, words):
    """Once the act is taken back that the others follow, nothing of it is left in them, nor comes back by them."""
    own = ends or [entered("2003-03-03")]
    before = [entered("2002-02-02")] if ends else []
    refs = ("first", "second", "third")
    following = (*refs[1:], refs[0])
    records = [
        agreement(ref, *before, *(own if ref == "first" else []), waits=waits, relations=[one | {"target": target}])
        for ref, one, target in zip(refs, how, following, strict=True)
    ]
    follower = agreement("notes", *before, waits=waits, relations=[how[0] | {"target": "second"}])
    register(*records, follower)
    day = "2010-10-10"
    assert [register.told(ref, day) for ref in (*refs[1:], "notes")] == [words[0]] * 3
    register.do("store", "check")
    register.do("event", "first", "--remove", f"e{2 + len(before)}")
    assert [register.told(ref, day) for ref in (*refs, "notes")] == [words[1]] * 4
    register.do("store", "check")
    register.do("undo")
    assert [register.told(ref, day) for ref in (*refs[1:], "notes")] == [words[0]] * 3
    register.do("store", "check")
