"""Make ``released/REVISION.db.gz``: a store of the newest revision, with what its rules derive.

    python tests/store/make_released.py

It holds the samples, and records drawn for the rules: of every kind that they tell apart, and contradictory ones.
"""

import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from law_records import Maker  # noqa: E402  # its folder is no package

from tracker.read.file.connection import REVISION  # noqa: E402  # found from the line above on

DRAWN = 150


def drawn() -> Iterator[dict[str, Any]]:
    """Yield records of made-up agreements, the same on every run."""
    maker = Maker(random.Random(REVISION), partial=True)  # noqa: S311  # the same on every run, no secret
    for number in range(DRAWN):
        yield {"ref": f"drawn-{number}", "title": f"Agreement on a rule, the {number + 1}th drawn", **maker.record()}


def main() -> None:
    """Make the store, and pack it."""
    with tempfile.TemporaryDirectory() as folder:
        store, records = Path(folder) / "register.db", Path(folder) / "drawn.ndjson"
        records.write_text("".join(json.dumps(record) + "\n" for record in drawn()), encoding="utf-8")
        for files in (sorted((ROOT / "samples").glob("*.json")), [records]):
            command = [sys.executable, "-m", "tracker", "--store", str(store), "--no-input", "import", *map(str, files)]
            subprocess.run(command, cwd=ROOT, check=True)
        packed = Path(__file__).with_name("released") / f"{REVISION}.db.gz"
        packed.write_bytes(gzip.compress(store.read_bytes(), mtime=0))
        sys.stdout.write(f"{packed.name}: {packed.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
