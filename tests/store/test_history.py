"""Nothing is lost: every state that the register ever had can be asked for, and every change taken back."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from made_records import agreement, relation, thing
from store_states import exported, last_instant

from tracker.errors import InvalidRecord, Refused
from tracker.store.file.session import transaction
from tracker.store.file.soundness import check
from tracker.store.undo import undo
from tracker.store.write.writer import Writer

Step = Callable[[Writer], object]

SHORT, LONG = 6, 1000
"""Changes of a sequence."""


def change(store: Path, step: Step) -> int | None:
    with transaction(store, actor="a", command="step") as writer:
        step(writer)
        return writer.change_id


def steps(seed: int) -> Iterator[Step]:
    """Endless changes of all kinds on a small register: what a step cannot do it does not do."""
    chance = random.Random(seed)  # noqa: S311 - not secret
    refs = [f"r{number}" for number in range(8)]
    while True:
        ref, other = chance.sample(refs, 2)
        number = chance.randrange(10**6)
        events = [
            {"kind": chance.choice(("signed", "ratified", "entered_into_force", "superseded")), "parties": ["USA"]}
            | {"date": chance.choice((None, "2019", f"20{10 + number % 15}-0{1 + number % 9}"))}
            for _ in range(chance.randrange(4))
        ]
        person = {"name": chance.choice(("Ann Lee", "Bo Ek", "Cy Ray"))}
        fields: dict[str, Any] = {
            "title": f"Title {number}",
            "parties": [{"code": code} for code in chance.sample(("USA", "JPN", "FRA"), chance.randrange(1, 4))],
            "events": events,
            "notes": [f"n{number}"] if number % 3 else [],
            "signatories": [{"person": person}] if number % 2 else [],
            "extra": {"owner": number % 5} if number % 4 == 0 else {},
        }
        yield chance.choice(
            (
                lambda writer, ref=ref, fields=fields: writer.put_agreement(agreement(ref, **fields)),
                lambda writer, ref=ref, fields=fields: writer.put_agreement(agreement(ref, **fields)),
                lambda writer, ref=ref, other=other, fields=fields: writer.put_agreement(
                    agreement(ref, **fields, relations=[relation("supersedes", other)])
                ),
                lambda writer, number=number: writer.put_object(
                    "party", thing("party", code="group-x", kind="armed_group", name=f"X {number % 4}")
                ),
                lambda writer, number=number: writer.put_object(
                    "source", thing("source", id=f"s{number % 4}", title=f"S {number}", kind="news")
                ),
                lambda writer, number=number: writer.put_object(
                    "focus_area", thing("focus_area", code="cyber", label=f"Cyber {number % 4}", parent="technology")
                ),
            )
        )


def sequence(store: Path, wanted: int, seed: int) -> list[tuple[str, str]]:
    """Carry out changes until so many were kept; return the instant and the export after each."""
    states: list[tuple[str, str]] = []
    for step in steps(seed):
        try:
            number = change(store, step)
        except (Refused, InvalidRecord):  # a relation to nothing, or a circle
            continue
        if number is not None:
            states.append((last_instant(store), exported(store)))
        if len(states) == wanted:
            return states
    raise AssertionError


@pytest.mark.parametrize("length", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_every_state_of_a_long_history_can_be_asked_for_and_taken_back(length: int, store: Path) -> None:
    """The register at any of the moments is what export gave then; undone one by one it is empty again."""
    empty = exported(store)
    states = sequence(store, length, seed=1)
    for at, then in states[:: max(1, length // 250)]:
        assert exported(store, at) == then, at
    for _, before in [*reversed(states[:-1]), ("", empty)]:
        change(store, lambda writer: undo(writer.change, None))
        assert exported(store) == before
    with pytest.raises(Refused, match="no change left to undo"):
        change(store, lambda writer: undo(writer.change, None))
    assert check(store) == []
    assert exported(store, states[length // 2][0]) == states[length // 2][1]
