"""What an import and an export of many agreements cost, beside the plainest way to move the same rows.

    python benchmarks/bulk.py [--agreements 100000] [--rich]

The floor of the import is ``executemany`` of the same rows into the same tables with their keys and indexes, without
triggers and full-text index; the floor of the export is reading the same tables in order and ``json.dumps`` of each
record. CPU time of one run each, one after the other; the ratios travel, the seconds hold for one machine.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from processes import clean_environment, cost


def run(arguments: list[str], environment: dict[str, str], out: Path | None = None) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MiB of one call of the program; fails loudly if it does."""
    spent = cost([sys.executable, "-m", "tracker", *arguments], environment, out)
    return spent.cpu, spent.memory


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables under history, which are those that an import fills, each after those that it refers to.

    SQLite looks for the rows that wait for a key when the key comes after them, through whole tables.
    """
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    waiting = {
        name: {row[2] for row in connection.execute(f"PRAGMA foreign_key_list({name})")} - {name}
        for name in sorted(names)
        if f"{name}_past" in names
    }
    ordered: list[str] = []
    while waiting:
        ordered += (ready := [name for name, others in waiting.items() if not others & waiting.keys()])
        waiting = {name: others for name, others in waiting.items() if name not in ready}
    return ordered


def insert_floor(full: Path, empty: Path) -> float:
    """Return CPU seconds of ``executemany`` of all rows of a store into another one, without triggers."""
    spent = 0.0
    with closing(sqlite3.connect(full)) as source, closing(sqlite3.connect(empty, isolation_level=None)) as target:
        for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            target.execute(f"DROP TRIGGER {name}")
        target.execute("PRAGMA foreign_keys = ON")
        target.execute("BEGIN")
        for table in tables(source):
            target.execute(f"DELETE FROM {table}")
        for table in tables(source):
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            places = ", ".join("?" * len(rows[0])) if rows else ""
            begin = time.process_time()
            if rows:
                target.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
            spent += time.process_time() - begin
        begin = time.process_time()
        target.execute("COMMIT")
        return spent + time.process_time() - begin


def dump_floor(full: Path, exported: Path) -> float:
    """Return CPU seconds of reading all tables in order and ``json.dumps`` of each record of an export."""
    records = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]
    begin = time.process_time()
    with closing(sqlite3.connect(full)) as source:
        for table in tables(source):
            for _ in source.execute(f"SELECT * FROM {table}"):
                pass
    for record in records:
        json.dumps(record, ensure_ascii=False)
    return time.process_time() - begin


REGISTERS = {"lean": "generate.py", "rich": "rich_register.py"}
"""What makes the records: three events an agreement and little else, or what data sets bring."""


class Measure(NamedTuple):
    """CPU seconds of what was done with a register and of its floors, and peak memory in MiB."""

    load: float
    load_floor: float
    load_memory: float
    again: float
    dump: float
    dump_floor: float
    dump_memory: float
    history: int

    def rows(self) -> Iterator[str]:
        """Yield the lines of the table."""
        yield line("import", self.load, self.load_floor, self.load_memory, 2.5)
        yield f"{'the same again, nothing changes':34}{self.again:9.1f}"
        yield line("export as NDJSON", self.dump, self.dump_floor, self.dump_memory, 2.0)


def line(what: str, spent: float, floor: float, memory: float, budget: float) -> str:
    """Return a line of the table: what was spent beside its floor, and how many times that it may be."""
    return f"{what:34}{spent:9.1f}{floor:9.1f}{spent / floor:8.2f}{budget:8.1f}{memory:7.0f}"


def measure(generator: str, number: int, place: Path) -> Measure:
    """Make a register, import it twice and export it, in an empty folder."""
    environment = clean_environment(place)
    records, exported = place / "records.ndjson", place / "exported.ndjson"
    with records.open("wb") as out:
        script = Path(__file__).with_name(generator)
        subprocess.run([sys.executable, str(script), str(number)], stdout=out, check=True, env=environment)
    full, empty = place / "full.db", place / "empty.db"
    run(["--store", str(empty), "store", "init"], environment)
    load, load_memory = run(["--store", str(full), "import", str(records), "--quiet"], environment)
    again, _ = run(["--store", str(full), "import", str(records), "--quiet"], environment)
    dump, dump_memory = run(["--store", str(full), "export", "-f", "ndjson"], environment, exported)
    floors = insert_floor(full, empty), dump_floor(full, exported)
    return Measure(load, floors[0], load_memory, again, dump, floors[1], dump_memory, past_rows(full))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--agreements", type=int, default=100_000)
    parser.add_argument("--only", choices=REGISTERS)
    asked = parser.parse_args()
    for name, generator in REGISTERS.items():
        if asked.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                found = measure(generator, asked.agreements, Path(folder))
            print(f"{asked.agreements:,} {name} agreements; CPU seconds")
            print(f"{'':34}{'spent':>9}{'floor':>9}{'ratio':>8}{'budget':>8}{'MiB':>7}")
            print(*found.rows(), sep="\n")
            print(f"old images kept of rows that did not change: {found.history}", flush=True)


def past_rows(store: Path) -> int:
    """Return how many old images a store holds."""
    with closing(sqlite3.connect(store)) as connection:
        return sum(connection.execute(f"SELECT count(*) FROM {name}_past").fetchone()[0] for name in tables(connection))


if __name__ == "__main__":
    main()
