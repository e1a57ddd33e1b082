"""What a call costs in instructions of the processor, as valgrind counts them: the same on a busy machine as on any.

    python benchmarks/instructions.py [--agreements 3000] [--store FILE] [--check | --keep] [WORD...]

Needs ``valgrind``; a row takes some ten seconds. Prints millions of instructions of each row of ``startup.py`` and the
ratio to its floor. Words choose the rows that have one of them in their name. A store that is named is copied.

``--check`` holds the ratios of a few reads to those kept in ``instructions.toml`` for this version of Python, and fails
where one is more than 5 % away, to either side; ``--keep`` writes what was counted there.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from processes import clean_environment, cost
from startup import FLOOR_SQLMODEL, FLOOR_TYPER, floors, made_up_store, rows

KEPT = Path(__file__).with_name("instructions.toml")
HEAD = "# Instructions of a read, as a ratio to those of an empty Typer app: python benchmarks/instructions.py --keep\n"
WATCHED = ("list --json", "show REF --json", "list -f table", "status")
"""Beginnings of the names of the rows that are held to what is kept."""

SPREAD = 0.05
"""How far a ratio may be from the one that is kept."""


def instructions(command: list[str], environment: dict[str, str]) -> int:
    """Count the instructions of one process; fails loudly if the process does."""
    counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(counting, env=environment, capture_output=True, text=True, check=False)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or counted is None:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
    return int(counted[1])


def version() -> str:
    """Return the version of Python whose instructions are counted."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def keep(ratios: dict[str, float]) -> None:
    """Write ratios down for this version of Python; those of other versions stay."""
    kept = tomllib.loads(KEPT.read_text()) if KEPT.exists() else {}
    kept[version()] = ratios
    tables = (
        f'\n["{python}"]\n' + "".join(f'"{key}" = {ratio:.3f}\n' for key, ratio in rows.items())
        for python, rows in sorted(kept.items())
    )
    KEPT.write_text(HEAD + "".join(tables))


def far(ratios: dict[str, float]) -> list[str]:
    """Return what is too far from what is kept, a line each."""
    kept = tomllib.loads(KEPT.read_text()).get(version())
    if kept is None:
        print(f"no ratios are kept for Python {version()}: nothing to hold these to")
        return []
    return [
        f"{key}: {ratio:.3f} x its floor, {kept[key]:.3f} were kept: find out why, or keep the new one (--keep)"
        for key, ratio in ratios.items()
        if abs(ratio / kept[key] - 1) > SPREAD
    ]


def main() -> None:
    """Make or copy the store, count each command once, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--agreements", type=int, default=3_000)
    arguments.add_argument("--store", type=Path)
    arguments.add_argument("words", nargs="*")
    mode = arguments.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true")
    mode.add_argument("--keep", action="store_true")
    options = arguments.parse_args()
    if options.check or options.keep:
        options.words = WATCHED
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
        ratios = {}
        for key, command, floor, _ in chosen:
            count = instructions([part.replace("{turn}", "once more") for part in command], environment)
            ratios[key] = count / base[floor]
            print(f"{key:28} {count / 1e6:8.1f} M   {ratios[key]:5.3f} x {floor}", flush=True)
    if options.keep:
        keep(ratios)
    if options.check and (away := far(ratios)):
        raise SystemExit("\n".join(away))


if __name__ == "__main__":
    main()
