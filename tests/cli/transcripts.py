"""Transcripts: what a person types and what comes back, as plain text that is run.

A file is a sequence of lines, each kind known by how it begins; empty lines and those after ``#`` are for readers.

    % PREPARE WORDS     something is made ready first: one of ``PREPARATIONS``
    | TEXT              a line of the file that the preparation before it makes
    $ tracker ...       a command, run in this process; with a pipe or a redirection, by the shell
    & tracker ...       a command run in a process of its own, where permissions bind even for root
    > TEXT              a line of standard output
    ! TEXT              a line of standard error
    ? CODE              the exit code, where it is not 0

In the expected lines ``[..]`` stands for any text, and a line ``...`` for any number of lines. Each transcript starts
in a folder of its own that holds ``register.db``, a store of the samples, named by TRACKER_STORE; HOME is empty.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).with_name("transcripts")
EXPECTED = {">": "out", "!": "err"}


@dataclass
class Step:
    """A preparation or a command, the file's text that goes with it, and what is expected of it."""

    line: int
    mark: str
    text: str
    file: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    code: int = 0


def steps(text: str) -> list[Step]:
    """Return the steps of a transcript; raises ValueError for a line of no known kind."""
    found: list[Step] = []
    for number, line in enumerate(text.splitlines(), 1):
        mark, rest = line[:1], line[2:]
        if mark in ("", "#"):
            continue
        if mark in ("%", "$", "&"):
            found.append(Step(number, mark, rest))
        elif mark == "|":
            found[-1].file.append(rest)
        elif mark in EXPECTED:
            getattr(found[-1], EXPECTED[mark]).append(rest)
        elif mark == "?":
            found[-1].code = int(rest)
        else:
            raise ValueError(f"line {number} begins with none of % | $ & > ! ? #: {line!r}")
    return found


def fits(expected: list[str], found: str) -> bool:
    """Tell whether an output is what the lines describe."""
    pattern = "".join("(?:.*\n)*" if line == "..." else f"{_pattern(line)}\n" for line in expected)
    return re.fullmatch(pattern, found) is not None


def _pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.split("[..]"))


def written(step: Step, out: list[str], err: list[str], code: int) -> list[str]:
    """Return a command and what came of it as lines of a transcript."""
    lines = [f"{step.mark} {step.text}", *(f"> {line}" for line in out), *(f"! {line}" for line in err)]
    return [*lines, f"? {code}"] if code else lines


def rewritten(text: str, found: dict[int, list[str]]) -> str:
    """Return a transcript with the commands of some lines, and what was expected of them, written anew."""
    lines, replaced = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] in ("%", "$", "&"):
            replaced = number in found
            lines += found.get(number, [line])
        elif not (replaced and line[:1] in (*EXPECTED, "?")):
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def renewed(expected: list[str], found: str, place: str) -> list[str]:
    """Return the lines of an output, those that were expected as they were; ``place`` is where the transcript ran."""
    return [
        next((old for old in expected if old != "..." and fits([old], f"{line}\n")), line.replace(place, "[..]"))
        for line in found.splitlines()
    ]
