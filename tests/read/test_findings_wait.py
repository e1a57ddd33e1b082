"""Findings of ``check`` are counted as they are found, and wait in a file for their order."""

import tracemalloc
from collections.abc import Iterator

from tracker.read.answers.quality import NAMES, ORDINAL, RULES, Doubt, Tally, level_of
from tracker.read.file.sorting_apart import SortedRows


def doubt(rule: str, ref: str | None, path: str = "title") -> Doubt:
    return Doubt(level_of(rule), rule, ref, path, f"{path} is odd", "the title")


def test_an_agreement_is_counted_once_however_often_something_is_found():
    rule, other = list(RULES)[:2]
    records = [("a", [doubt(rule, "a"), doubt(other, "a")]), ("b", []), ("c", [doubt(rule, "c")])]
    families = [doubt(ORDINAL, "a"), doubt(ORDINAL, "d"), doubt(ORDINAL, None)]
    tally = Tally()
    found = list(tally.counted(iter(records), families))
    assert found == [one for _, doubts in records for one in doubts] + families
    assert tally.agreements == 3
    assert tally.by_rule == {rule: 2, other: 1, ORDINAL: 3}
    assert sum(tally.by_level.values()) == 6


def test_what_was_found_is_not_held_in_memory():
    """Ten thousand findings would take more than four million bytes."""

    def records() -> Iterator[tuple[str, list[Doubt]]]:
        for number in range(10_000):
            yield f"{9_999 - number:05}", [doubt(NAMES[number % 3], f"{9_999 - number:05}", "events[e1].date" * 5)]

    tally = Tally()
    tracemalloc.start()
    rows = SortedRows((one.place(at), one) for at, one in enumerate(tally.counted(records(), ())))
    found = sum(1 for _ in rows.first())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found, tally.agreements) == (10_000, 10_000)
    assert peak < 500_000


def test_what_stands_at_one_place_keeps_its_order():
    doubts = [doubt(NAMES[0], "a")._replace(finding=str(number)) for number in range(50)]
    rows = SortedRows((one.place(at), one) for at, one in enumerate(doubts))
    assert [row[4] for row in rows.first()] == [str(number) for number in range(50)]
