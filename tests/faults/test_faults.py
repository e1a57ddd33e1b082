"""Whatever happens to the machine, nothing that was acknowledged is lost and nothing is done by half."""

from random import Random

import pytest
from fault_kinds import registry
from fault_kinds.cases import Case
from fault_kinds.crowd import crowd
from fault_kinds.stores import Bench
from fault_kinds.verdicts import NotHere
from fault_kinds.writes import WRITES
from running import Run

CASES = [case for case in registry.cases() if case.short]

CROWD_SECONDS = 5

WITHOUT_DRY_RUN = {"demo", "store init", "store backup", "store check"}
"""Commands that write, though not to the records that are there, and so have no --dry-run."""

OUTSIDE = {"publish"}
"""Commands that have it though they only read the store: what they write lies outside (tests/publishing)."""


def chance(case: Case, number: int) -> Random:
    """Tell the injections of all cases apart, the same ones in every run."""
    return Random(f"{number} {case.kind} {case.command}")  # noqa: S311 - not secret


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.command}".replace(" ", "_"))
def test_a_fault_is_survived(case: Case, bench: Bench) -> None:
    try:
        verdicts = [case.inject(bench, chance(case, number)) for number in range(1, case.short + 1)]
    except NotHere as reason:
        pytest.skip(str(reason))
    assert [complaint for verdict in verdicts for complaint in verdict.complaints] == []
    assert sum(verdict.lost for verdict in verdicts) == 0


@pytest.mark.long
def test_eight_writers_and_eight_readers_lose_nothing_and_see_no_half_change(bench: Bench) -> None:
    rows = crowd(bench, Random(1), CROWD_SECONDS)  # noqa: S311 - not secret
    assert {row.command: row.complaints for row in rows if row.complaints} == {}
    assert {row.command: row.lost for row in rows if row.lost} == {}
    assert sum(row.acknowledged for row in rows) > 0


def test_every_command_that_writes_is_in_the_list_of_the_faults(run: Run) -> None:
    """A new command that writes needs a line in ``benchmarks/fault_kinds/writes.py``."""
    from tracker.shell.program import COMMANDS

    names = [
        " ".join(words)
        for name, entry in COMMANDS.items()
        for words in ([(name, below) for below in entry.table] if entry.table else [(name,)])
    ]
    writing = {name for name in names if "--dry-run" in run(*name.split(), "--help").out} - OUTSIDE
    assert writing - {write.name for write in WRITES} == set()
    assert {write.name for write in WRITES} - writing == WITHOUT_DRY_RUN
