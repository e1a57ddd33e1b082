"""The property tests with random seeds, for so many minutes; a table of what failed.

    python benchmarks/random_seeds.py [--minutes 10] [--seed N] [--examples 200] [-k WORDS] [PATH ...]

The tests themselves draw the same examples on every run. Here each turn has a seed of its own: so many examples of
hostile texts and of sequences of commands, a thousand of a property that sets no number; a turn of all takes minutes.
Prints a table: test, turns, how often it failed, the first seed that made it fail; then the line that brings the
failure back. What was found is pinned in the test with ``@example``. Ends with 1 if anything failed.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

ROOT = Path(__file__).parents[1]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
PROPERTIES = "hypothesis or stateful"
"""Tests that Hypothesis marks as its own, and those of sequences of commands."""

SEEDS = 2**32


def line(seed: int, options: argparse.Namespace) -> list[str]:
    """Return the command line of a turn."""
    words = ["-k", options.k] if options.k else []
    drawn = ["--hypothesis-profile=random", f"--hypothesis-seed={seed}"]
    return [sys.executable, "-m", "pytest", "-m", PROPERTIES, "-p", "no:cacheprovider", *drawn, *words, *options.paths]


def turn(seed: int, options: argparse.Namespace) -> tuple[set[str], str]:
    """Run all property tests with a seed; return those that failed, and what was printed.

    Raises RuntimeError where the tests could not be run.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TRACKER_FUZZ": str(options.examples)}
    done = subprocess.run(line(seed, options), cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    failed = set(FAILED.findall(done.stdout))
    if done.returncode not in (0, 1) or (done.returncode == 1 and not failed):
        raise RuntimeError(f"the tests could not be run:\n{done.stdout}{done.stderr}")
    return failed, done.stdout


def table(failures: Counter[str], first: dict[str, int], turns: int) -> list[str]:
    """Return the lines of the table."""
    rows = [("test", "turns", "failed", "first seed")]
    rows += [(name, str(turns), str(number), str(first[name])) for name, number in failures.most_common()]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="The property tests with random seeds.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, help="the seed of the first turn; the next ones follow it")
    parser.add_argument("--examples", type=int, default=200, help="examples a test, where the test sets no number")
    parser.add_argument("-k", metavar="WORDS", help="only tests whose names match, as pytest's -k")
    parser.add_argument("paths", nargs="*", default=["tests"], help="files of tests; all if none is named")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take turns until the time is over."""
    options = options_of(arguments)
    seed = SystemRandom().randrange(SEEDS) if options.seed is None else options.seed
    end = time.monotonic() + 60 * options.minutes
    failures: Counter[str] = Counter()
    first: dict[str, int] = {}
    turns = 0
    while turns == 0 or time.monotonic() < end:
        failed, said = turn(seed + turns, options)
        if failed - first.keys():
            print(said)
        first = dict.fromkeys(failed, seed + turns) | first
        failures.update(failed)
        turns += 1
    print("\n".join(table(failures, first, turns)))
    print(f"{turns} turns from seed {seed}; tests that failed: {len(failures)}")
    for name, number in first.items():
        again = f"{name} --hypothesis-profile=random --hypothesis-seed={number}"
        print(f"TRACKER_FUZZ={options.examples} pytest {again}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
