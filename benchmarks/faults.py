"""Faults laid into the way of the program for so many minutes; nothing that was acknowledged may be lost.

    python benchmarks/faults.py [--minutes 10] [--only WORDS] [--seed N]

Prints a table: kind of fault, command, how many were injected and survived, how many changes had been acknowledged, how
many records were lost; then what was wrong, with the seed that brings it back. Survived is what left the store whole,
lost nothing, and was told in one line with the right exit code. Ends with 1 if a fault was not survived. What the
faults are stands in ``fault_kinds``; ``tests/faults`` runs the short form.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from fault_kinds import registry
from fault_kinds.cases import Case
from fault_kinds.crowd import EACH, crowd
from fault_kinds.stores import Bench
from fault_kinds.verdicts import NotHere, Verdict

CROWD_SHARE = 0.15
"""Share of the time for the crowd."""

CROWD = f"{EACH} writers and {EACH} readers at once"
MOST = 100
"""Seeds of a turn; no case has more weight."""

SHOWN = 3
"""Complaints that are shown for a row."""


class Row:
    """What became of one kind of fault with one command."""

    def __init__(self, kind: str, command: str) -> None:
        self.kind = kind
        self.command = command
        self.injected = self.survived = self.acknowledged = self.lost = 0
        self.complaints: list[str] = []

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows."""
        return (
            self.kind,
            self.command,
            *map(str, (self.injected, self.survived, self.acknowledged, self.lost)),
        )


HEADER = ("fault", "command", "injected", "survived", "acknowledged", "records lost")


class Campaign:
    """Injects until the time is over."""

    def __init__(self, bench: Bench, cases: list[Case], seed: int) -> None:
        self.bench = bench
        self.seed = seed
        self.rows = {(case.kind, case.command): Row(case.kind, case.command) for case in cases}
        self.left_out: dict[str, str] = {}
        self.lock = threading.Lock()

    def run(self, cases: list[Case], end: float) -> None:
        """Take the cases in turn, each with a seed of its own, as many at a time as there are processors."""
        number = self.seed
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            while time.monotonic() < end:
                turn = [(case, number + place) for case in cases for place in range(case.weight)]
                list(pool.map(partial(self._inject, end), Random(number).sample(turn, len(turn))))
                number += MOST

    def _inject(self, end: float, chosen: tuple[Case, int]) -> None:
        case, number = chosen
        if time.monotonic() > end:
            return
        try:
            verdict = case.inject(self.bench, Random(f"{number} {case.kind} {case.command}"))
        except NotHere as reason:
            with self.lock:
                self.left_out[case.kind] = str(reason)
            return
        except (RuntimeError, OSError) as error:
            verdict = Verdict(acknowledged=False, complaints=(f"could not be tried: {error}",))
        with self.lock:
            row = self.rows[case.kind, case.command]
            row.injected += 1
            row.survived += not verdict.complaints
            row.acknowledged += verdict.acknowledged
            row.lost += verdict.lost
            row.complaints += [f"seed {number}: {complaint}" for complaint in verdict.complaints]

    def gather(self, seconds: float) -> None:
        """Let the crowd work, and add its rows."""
        for found in crowd(self.bench, Random(self.seed), seconds):
            row = self.rows[CROWD, found.command] = Row(CROWD, found.command)
            row.injected, row.acknowledged, row.lost = found.runs, found.acknowledged, found.lost
            row.survived = max(0, found.runs - len(found.complaints))
            row.complaints = list(found.complaints)


def report(campaign: Campaign) -> bool:
    """Print the table and what was wrong; tell whether all is well."""
    rows = [row for row in campaign.rows.values() if row.injected or row.complaints]
    lines = [HEADER, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    for row in rows:
        for complaint in row.complaints[:SHOWN]:
            print(f"! {row.kind} / {row.command}: {complaint}")
    for kind, reason in campaign.left_out.items():
        print(f"left out: {kind}: {reason}")
    injected = sum(row.injected for row in rows)
    survived = sum(row.survived for row in rows)
    lost = sum(row.lost for row in rows)
    print(f"{injected} faults injected, {survived} survived, {lost} records lost")
    return survived == injected and lost == 0


def main() -> int:
    """Run the long form."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--only", default="", help="only faults whose row holds these words; no crowd")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    cases = [case for case in registry.cases() if options.only in f"{case.kind} / {case.command}"]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        campaign = Campaign(Bench(Path(folder) / "bench"), cases, options.seed)
        if not options.only:
            campaign.gather(options.minutes * 60 * CROWD_SHARE)
        campaign.run(cases, started + options.minutes * 60)
        return 0 if report(campaign) else 1


if __name__ == "__main__":
    sys.exit(main())
