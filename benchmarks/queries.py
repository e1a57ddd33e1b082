"""What questions cost in a large store: CPU time of whole processes beyond that of an empty Typer app.

    python benchmarks/queries.py --store FILE [--runs 5]
    python benchmarks/queries.py --agreements 1000000 [--rich]

Without a store one is made (a million agreements take about ten minutes and 3 GB), of rich records with ``--rich``.
Prints medians; the budgets are those of a single filter or two on the first page, of any other query, and of a search.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import clean_environment, cost
from startup import EMPTY_APP

FIRST_PAGE = ("--json", "--limit", "20")

QUESTIONS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.1, ("list", *FIRST_PAGE)),
    (0.1, ("list", "binding:binding", *FIRST_PAGE)),
    (0.1, ("list", "party:JPN", *FIRST_PAGE)),
    (0.1, ("list", "party:JPN", "binding:binding", *FIRST_PAGE)),
    (0.1, ("list", "type:joint_statement", "--sort", "signed", *FIRST_PAGE)),
    (0.1, ("list", "focus:cyber", *FIRST_PAGE)),
    (0.1, ("list", "signed:2015..2020", *FIRST_PAGE)),
    (0.1, ("list", "--in-force", "--as-of", "2015-01-01", *FIRST_PAGE)),
    (0.1, ("list", "--party", "USA", "--in-force", "--as-of", "2010-01-01", *FIRST_PAGE)),
    (1.0, ("list", "--party", "USA", "--sort", "concluded", *FIRST_PAGE)),
    (1.0, ("list", "status:computed_entry", *FIRST_PAGE)),
    (1.0, ("list", "status:unknown", *FIRST_PAGE)),
    (1.0, ("list", "party:JPN signed:2015..2020 not focus:cyber (status:in_force or status:operative)", *FIRST_PAGE)),
    (0.15, ("search", "logistics", *FIRST_PAGE)),
    (0.15, ("search", "agreement 12345", *FIRST_PAGE)),
)
"""Budget in seconds beyond the floor, and the command."""


def make(folder: Path, number: int, environment: dict[str, str], *, rich: bool) -> Path:
    """Return a new store of so many agreements."""
    records, store = folder / "records.ndjson", folder / "store.db"
    if rich:
        rich_store = Path(__file__).with_name("rich_register.py")
        subprocess.run([sys.executable, str(rich_store), str(number), "--store", str(store)], check=True)
        return store
    with records.open("wb") as out:
        generate = Path(__file__).with_name("generate.py")
        subprocess.run([sys.executable, str(generate), str(number)], stdout=out, check=True)
    load = [sys.executable, "-m", "tracker", "--store", str(store), "import", str(records), "--quiet"]
    subprocess.run(load, check=True, env=environment)
    return store


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--agreements", type=int, default=1_000_000)
    parser.add_argument("--rich", action="store_true", help="records as data sets bring them")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = clean_environment(Path(folder))
        store = asked.store or make(Path(folder), asked.agreements, environment, rich=asked.rich)
        program = [sys.executable, "-m", "tracker", "--store", str(store)]
        floor = [sys.executable, "-c", EMPTY_APP]
        spent: list[list[float]] = [[] for _ in QUESTIONS]
        floors = []
        for _ in range(asked.runs):
            floors.append(cost(floor, environment).cpu)
            for place, (_, question) in enumerate(QUESTIONS):
                spent[place].append(cost([*program, *question], environment, codes=(0, 1)).cpu)
    base = statistics.median(floors)
    print(f"floor: an empty Typer app, {base * 1000:.0f} ms CPU")
    for times, (budget, question) in zip(spent, QUESTIONS, strict=True):
        beyond = statistics.median(times) - base
        verdict = "within" if beyond <= budget else "over"
        print(f"{beyond * 1000:7.0f} ms beyond, budget {budget * 1000:5.0f}: {verdict:6}  {' '.join(question[:-3])}")


if __name__ == "__main__":
    main()
