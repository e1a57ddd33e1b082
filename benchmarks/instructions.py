"""What a call costs in instructions of the processor, as valgrind counts them: the same on a busy machine as on any.

    python benchmarks/instructions.py [--agreements 3000] [--store FILE] [WORD...]

Needs ``valgrind``; a row takes some ten seconds. Prints millions of instructions of each row of ``startup.py`` and the
ratio to its floor. Words choose the rows that have one of them in their name. A store that is named is copied.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import clean_environment, cost
from startup import FLOOR_SQLMODEL, FLOOR_TYPER, floors, made_up_store, rows


def instructions(command: list[str], environment: dict[str, str]) -> int:
    """Count the instructions of one process; fails loudly if the process does."""
    counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(counting, env=environment, capture_output=True, text=True, check=False)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or counted is None:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
    return int(counted[1])


def main() -> None:
    """Make or copy the store, count each command once, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--agreements", type=int, default=3_000)
    arguments.add_argument("--store", type=Path)
    arguments.add_argument("words", nargs="*")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "register.db"
        environment = clean_environment(folder) | {"PYTHONHASHSEED": "0"}
        if options.store:
            shutil.copyfile(options.store, store)
        else:
            made_up_store(folder, options.agreements, environment)
        chosen = [row for row in rows(sys.executable, folder) if any(word in row[0] for word in options.words or [""])]
        needed = [floor for floor in (FLOOR_TYPER, FLOOR_SQLMODEL) if any(row[2] == floor for row in chosen)]
        for command in [floors(sys.executable)[floor] for floor in needed] + [row[1] for row in chosen]:
            cost(command, environment)  # compiles what is not compiled yet
        base = {floor: instructions(floors(sys.executable)[floor], environment) for floor in needed}
        for floor, count in base.items():
            print(f"{floor:28} {count / 1e6:8.1f} M   floor")
        for key, command, floor, _ in chosen:
            count = instructions([part.replace("{turn}", "once more") for part in command], environment)
            print(f"{key:28} {count / 1e6:8.1f} M   {count / base[floor]:5.3f} x {floor}", flush=True)


if __name__ == "__main__":
    main()
