"""What it costs to look back: CPU time of reads as the register stands, and as it stood before its last changes.

    python benchmarks/history.py [--agreements 100000] [--runs 7] [--changes 20]

Prints a table of medians and ratios with the budget of each row. Absolute figures hold for one machine only; the
ratios travel.
"""

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from processes import cost

BUDGET = 10.0
"""``--known-at`` list against the list (DESIGN 5)."""

READS = [
    "list --limit 20 --json",
    "list --limit 20",
    "list --party USA --limit 20 --json",
    "list --party USA --signed 2010..2015 --limit 20",
    "list --in-force --sort signed --limit 20",
    "list --json",
    "show a-000777 --json",
    "compare binding --by party",
]


def main() -> None:
    """Make the store and its past, run everything in turn, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--agreements", type=int, default=100_000)
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--changes", type=int, default=20)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "register.db"
        environment = os.environ | {"HOME": name, "TRACKER_STORE": str(store)}
        run = [sys.executable, "-m", "tracker", "--no-input"]
        source = Path(name) / "made-up.ndjson"
        with source.open("wb") as out:
            generator = Path(__file__).with_name("generate.py")
            subprocess.run([sys.executable, generator, str(options.agreements)], stdout=out, check=True)
        cost([*run, "import", str(source)], environment)
        with closing(sqlite3.connect(store)) as connection:
            moment = connection.execute("SELECT max(at) FROM change").fetchone()[0]
        for number in range(options.changes):
            cost([*run, "edit", f"a-{number * 7:06}", "--add", f"notes=seen {number}"], environment)
        print(f"{options.agreements} agreements, {options.changes} changes since the moment, {options.runs} runs each")
        for read in READS:
            ratios, now, then = [], [], []
            for _ in range(options.runs if read != "list --json" else 2):
                now.append(cost([*run, *read.split()], environment).cpu)
                then.append(cost([*run, *read.split(), "--known-at", moment], environment).cpu)
                ratios.append(then[-1] / now[-1])
            ratio = statistics.median(ratios)
            budget = (
                f"budget {BUDGET:.0f}: {'within' if ratio <= BUDGET else 'OVER'}" if read.startswith("list") else ""
            )
            times = f"{statistics.median(now) * 1000:7.0f} ms {statistics.median(then) * 1000:7.0f} ms"
            print(f"{read:50} {times}   {ratio:5.2f} x   {budget}".rstrip())


if __name__ == "__main__":
    main()
