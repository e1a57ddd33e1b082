"""What a call costs: CPU time of whole processes, each row beside its floor, measured in turn in one run.

    python benchmarks/startup.py [--agreements 100000] [--runs 15]

Prints a table of medians and ratios with the budget of each row. Absolute figures hold for one machine only; the
ratios travel.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import clean_environment, cost

FLOOR_TYPER = "empty Typer app"
FLOOR_SQLMODEL = "import sqlmodel"
EMPTY_APP = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def hello() -> None:
    print("hello")
app()
"""


def made_up_store(folder: Path, agreements: int, environment: dict[str, str]) -> float:
    """Make ``register.db`` of made-up agreements in a folder; return the seconds of CPU time of the import."""
    source = folder / "made-up.ndjson"
    generator = Path(__file__).with_name("generate.py")
    with source.open("wb") as out:
        subprocess.run([sys.executable, generator, str(agreements)], stdout=out, check=True)
    return cost([sys.executable, "-m", "tracker", "import", str(source)], environment).cpu


def floors(python: str) -> dict[str, list[str]]:
    """Return what the rows are measured beside."""
    return {FLOOR_TYPER: [python, "-c", EMPTY_APP], FLOOR_SQLMODEL: [python, "-c", "import sqlmodel"]}


def rows(python: str, folder: Path) -> list[tuple[str, list[str], str, float]]:
    """Name, command, floor and budget of each row; 0 = no budget, measured to be watched."""
    run = [python, "-m", "tracker", "--store", str(folder / "register.db"), "--no-input"]
    ref = "a-000777"
    return [
        ("list --json --limit 20", [*run, "list", "--json", "--limit", "20"], FLOOR_TYPER, 1.3),
        ("show REF --json", [*run, "show", ref, "--json"], FLOOR_TYPER, 1.3),
        ("list -f table --limit 20", [*run, "list", "-f", "table", "--limit", "20"], FLOOR_TYPER, 2.0),
        ("show REF -f table", [*run, "show", ref, "-f", "table"], FLOOR_TYPER, 2.0),
        ("--help", [python, "-m", "tracker", "--help"], FLOOR_TYPER, 3.3),
        ("status", [*run, "status", ref], FLOOR_TYPER, 0),
        ("party list", [*run, "party", "list"], FLOOR_TYPER, 0),
        ("compare binding --by year", [*run, "compare", "binding", "--by", "year"], FLOOR_TYPER, 0),
        ("add --dry-run", [*run, "add", "A title", "--party", "USA", "--dry-run"], FLOOR_TYPER, 0),
        *((f"{line}TAB", [python, "-c", COMPLETE, line, word], FLOOR_TYPER, 1.5) for line, word in TYPED),
        ("add", [*run, "add", "A title", "--party", "USA", "--party", "JPN", "--yes"], FLOOR_SQLMODEL, 1.5),
        ("event", [*run, "event", ref, "extended", "2025", "--yes"], FLOOR_SQLMODEL, 1.5),
        ("edit --set", [*run, "edit", ref, "--add", "notes=seen {turn}"], FLOOR_SQLMODEL, 1.5),
    ]


COMPLETE = """
import os, sys
os.environ["_TRACKER_COMPLETE"] = "bash"
from tracker.__main__ import main
main()
"""

TYPED = (
    *(("tracker ", ""), ("tracker list --party J", "J"), ("tracker show a-0007", "a-0007")),
    *(("tracker list party:J", "J"), ("tracker edit a-000777 --set ti", "ti")),
)
"""Lines at whose end TAB is pressed, and the word that bash will replace."""


def main() -> None:
    """Make the store, run everything in turn, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--agreements", type=int, default=100_000)
    arguments.add_argument("--runs", type=int, default=15)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = clean_environment(folder)
        loaded = made_up_store(folder, options.agreements, environment)
        print(
            f"{options.agreements} agreements, {options.runs} runs each, medians of CPU time; "
            f"import took {loaded:.1f} s CPU"
        )
        measured = rows(sys.executable, folder)
        beside = floors(sys.executable)
        commands = beside | {row[0]: row[1] for row in measured}
        times: dict[str, list[float]] = {key: [] for key in commands}
        for turn in range(options.runs + 1):
            for key, command in commands.items():
                spent = cost([part.replace("{turn}", str(turn)) for part in command], environment).cpu
                if turn:  # the first turn warms the caches
                    times[key].append(spent)
        medians = {key: statistics.median(values) for key, values in times.items()}
        for floor in beside:
            print(f"{floor:28} {medians[floor] * 1000:7.0f} ms   floor")
        for key, _, floor, budget in measured:
            ratio = statistics.median(a / b for a, b in zip(times[key], times[floor], strict=True))
            verdict = f", budget {budget}: {'within' if ratio <= budget else 'OVER'}" if budget else ""
            print(f"{key:28} {medians[key] * 1000:7.0f} ms   {ratio:4.2f} x {floor}{verdict}")


if __name__ == "__main__":
    main()
