"""What every command and report costs, on registers of growing size, rich and lean, beside SQL written by hand.

    python benchmarks/all.py [--sizes 1000 10000 100000] [--only rich] [--stores FOLDER] [--words due]
                             [--results FILE] [--docs] [--peers PYTHON]

CPU time (user and system) of whole processes, start-up included, the best of ``--runs``, with that of the floor taken
right after it; time of the clock and peak memory of the same run. ``--stores`` keeps the registers, ``--results`` what
was measured, so that a run goes on where it ended. A command that takes longer than ``--patience`` seconds is not asked
of a larger register. ``--docs`` writes the tables and a plot into ``docs/performance.md``. With ``--peers``, other
programs do the same work: see ``peers.py``.
"""

import argparse
import json
import shlex
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import growth
import peers
import queries
from every_command import Row, asked, named
from growth import Measured
from processes import clean_environment, cost, program
from startup import EMPTY_APP

SIZES = (1_000, 10_000, 100_000)
KINDS = ("rich", "lean")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PLOT = PAGE.with_name("growth.svg")
BEGIN, END = "<!-- costs: made by benchmarks/all.py -->", "<!-- costs end -->"
FINDINGS = (0, 1)
"""Codes with which a command ends that found something, or nothing, to object to."""
AGAIN = 100
"""Agreements that are imported once more."""


class Run(NamedTuple):
    """How it is measured."""

    folder: Path
    environment: dict[str, str]
    runs: int
    shell: str | None
    """The ``sqlite3`` shell, None where there is none."""

    def best(
        self, command: list[str], given: bytes = b"", codes: tuple[int, ...] = FINDINGS
    ) -> tuple[float, float, float]:
        """Return CPU, clock and memory of the best of the runs."""
        costs = [cost(command, self.environment, codes=codes, given=given) for _ in range(self.runs)]
        return min(costs)

    def measured(self, row: Row, typed: str, store: Path) -> Measured:
        """Measure a command and its floor."""
        agreements = counted(store)
        copy = self.folder / "copy.db"
        copy.unlink(missing_ok=True)
        words = [
            str({"COPY": copy, "AGAIN": self.folder / "again.ndjson"}.get(word, word)) for word in shlex.split(typed)
        ]
        once = self._replace(runs=1) if row.writes or "COPY" in typed else self
        spent = once.best([*program(store), *words])
        floor = None
        if row.floor and self.shell:
            floor, _, _ = self.best([self.shell, "-readonly", str(store)], f"{row.floor};\n".encode(), (0,))
        return Measured(agreements, *spent, floor)


def counted(store: Path) -> int:
    """Return how many agreements a store holds."""
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute("SELECT count(*) FROM agreement").fetchone()[0])


class Results:
    """What was measured, in a file that a later run goes on with."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.costs: dict[str, dict[str, list[Measured]]] = defaultdict(lambda: defaultdict(list))
        for line in path.read_text().splitlines() if path and path.exists() else ():
            kind, name, values = json.loads(line)
            self.costs[kind][name].append(Measured(*values))

    def has(self, kind: str, name: str, size: int) -> bool:
        """Tell whether a row was measured."""
        return any(one.agreements // size == 1 for one in self.costs[kind][name])

    def add(self, kind: str, name: str, measured: Measured) -> None:
        """Keep a row."""
        self.costs[kind][name].append(measured)
        if self.path:
            with self.path.open("a") as out:
                out.write(json.dumps([kind, name, measured]) + "\n")


def stores(folder: Path, kind: str, size: int, environment: dict[str, str]) -> Path:
    """Return the register of a kind and size, made where it is not there yet."""
    path = folder / f"{kind}_{size}.db"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=folder) as made:
            queries.make(Path(made), size, environment, rich=kind == "rich").rename(path)
    return path


def measure(run: Run, results: Results, kind: str, store: Path, options: argparse.Namespace) -> Iterator[str]:
    """Measure every row on a store, the writing ones on a copy of it; yield lines as it goes on."""
    copy = run.folder / "written.db"
    for row, typed in asked(named(store), options.words):
        before = results.costs[kind][row.typed]
        size = int(store.stem.rpartition("_")[2])
        if results.has(kind, row.typed, size) or any(one.cpu > options.patience for one in before):
            continue
        if row.writes and not copy.exists():
            shutil.copy(store, copy)
            _again(run, kind)
        measured = run.measured(row, typed, copy if row.writes else store)
        results.add(kind, row.typed, measured._replace(agreements=size))
        yield f"{kind} {size:>9,} {measured.cpu:8.2f} s {measured.wall:8.2f} s {measured.memory:6.0f} MiB  {row.typed}"
    copy.unlink(missing_ok=True)


def _again(run: Run, kind: str) -> None:
    """Write the records of a small register, to be imported into a large one."""
    maker = Path(__file__).with_name("rich_register.py" if kind == "rich" else "generate.py")
    cost([sys.executable, str(maker), str(AGAIN)], run.environment, run.folder / "again.ndjson")


def told(results: Results, sizes: Sequence[int]) -> Iterator[str]:
    """Yield the tables, and what grows faster than linear."""
    for kind, costs in results.costs.items():
        measured = {name: points for name, points in costs.items() if points}
        yield from ("", f"### {kind.capitalize()} registers", "", *growth.lines(measured, sizes), "")
        fast = growth.too_fast(measured)
        yield f"Faster than linear ({growth.LINEAR}): {'; '.join(fast) if fast else 'none'}."


def write_docs(text: str, results: Results) -> None:
    """Put the tables and the plot into the documentation."""
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    costs = {name: points for name, points in results.costs["rich"].items() if len(points) > 1}
    PLOT.write_text(growth.svg(costs, "CPU seconds by number of rich agreements"), encoding="utf-8")


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--stores", type=Path, help="folder in which registers are kept")
    parser.add_argument("--results", type=Path, help="file that keeps what was measured, for a run to go on")
    parser.add_argument("--words", default="", help="only the commands in which this stands")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--patience", type=float, default=60, help="seconds after which larger registers are left out")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md")
    parser.add_argument("--peers", help="a Python of a scratch environment in which peers are, or may be, installed")
    options = parser.parse_args()
    results = Results(options.results)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = clean_environment(folder)
        run = Run(folder, environment, options.runs, shutil.which("sqlite3"))
        for kind in [options.only] if options.only else KINDS:
            for size in sorted(options.sizes):
                store = stores(options.stores or folder, kind, size, environment)
                for line in measure(run, results, kind, store, options):
                    print(line, flush=True)
                if options.peers and kind == "rich":
                    print(*peers.measured(store, options.peers, options.runs), sep="\n", flush=True)
        empty, _, _ = run.best([sys.executable, "-c", EMPTY_APP])
    text = "\n".join([*told(results, sorted(options.sizes)), "", f"An empty Typer app: {empty:.3f} s."])
    print(text)
    if options.docs:
        write_docs(text, results)


if __name__ == "__main__":
    main()
