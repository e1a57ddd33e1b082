"""Make docs/cookbook.md from docs/cookbook.toml: every line is run, and what it prints is what stands there.

    python docs/make_cookbook.py

The lines ask a store of all samples, on one day, in a terminal of one width. What came into the store before the
samples did is in the file too, with the moments at which the clock stood then, so that questions to the past have an
answer that stays the same.
"""  # noqa: INP001 - a script, no package

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCE = HERE / "cookbook.toml"
TARGET = HERE / "cookbook.md"

TODAY = "2026-11-22"
WIDTH = 100
LONGEST = 14
"""Lines of an answer that are shown in full."""

HEAD = 10
"""Lines that are shown of a longer one, where the question does not say otherwise."""

"""The end of a report; it would change with every word of the samples."""

MENTIONED = re.compile(r"`(tracker [^`|]+)")
"""A line that a note names: it is run too, up to a pipe, and has to work."""

GROUPS = ("TRACKER_", "XDG_")
NAMES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "EDITOR", "VISUAL", "PAGER")
"""Variables that the program listens to, by their beginning and by their name."""


class Terminal(io.TextIOWrapper):
    """A terminal that keeps what is written to it; people see answers and messages in one place."""

    def __init__(self) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        """Say that people read here."""
        return True


def run(line: str) -> tuple[int, str]:
    """Run one command line, without a shell, and return its exit code and what people see."""
    from tracker.shell import program

    name, *arguments = shlex.split(line)
    if name != "tracker":
        raise ValueError(f"not a command of tracker: {line}")
    terminal, nothing = Terminal(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with (
        mock.patch.multiple(sys, argv=["tracker", *arguments], stdin=nothing),
        contextlib.redirect_stdout(terminal),
        contextlib.redirect_stderr(terminal),
    ):
        try:
            program.run(arguments)
            code: object = 0
        except SystemExit as end:
            code = end.code
    if not isinstance(code, int):
        raise TypeError(f"no exit code: {line}")
    return code, terminal.kept.getvalue().decode()


@contextlib.contextmanager
def surroundings(folder: Path) -> Iterator[None]:
    """Give the program an empty home, a store to be made, a fixed day and a fixed width."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(GROUPS) and name not in NAMES and name != "HOME"
    }
    ours = {"HOME": folder, "TRACKER_STORE": folder / "demo.db", "TRACKER_TODAY": TODAY, "TRACKER_ACTOR": "analyst"}
    fixed = {name: str(value) for name, value in ours.items()} | {"COLUMNS": str(WIDTH), "NO_COLOR": "1"}
    with mock.patch.dict(os.environ, kept | fixed, clear=True):
        yield


def make_store(history: list[Mapping[str, Any]]) -> None:
    """Write the history, each change at its moment."""
    from tracker import clock

    with contextlib.chdir(ROOT):
        for change in history:
            line = change["line"].replace("samples/*.json", " ".join(map(str, sorted(Path("samples").glob("*.json")))))
            moment = datetime.fromisoformat(change["at"])
            with clock.replaced(lambda moment=moment: moment):
                code, said = run(line)
            if code:
                raise ValueError(f"{line}: {said}")


def answers(book: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], int, str]]:
    """Yield each question with the exit code and the output of its line; raise ValueError where a note is wrong."""
    with tempfile.TemporaryDirectory() as name, surroundings(Path(name)), contextlib.chdir(name):
        make_store(book["history"])
        for file in book["file"]:
            Path(file["name"]).write_text(file["text"], encoding="utf-8")
        for question in book["question"]:
            yield question, *run(question["line"])
            for line in MENTIONED.findall(question.get("note", "")):
                code, said = run(line)
                if code:
                    raise ValueError(f"exit code {code} of {line}: {said}")


def shortened(lines: list[str], head: int, tail: int) -> list[str]:
    """Leave out the middle of a long answer, and say how much that is."""
    left_out = len(lines) - head - tail
    if len(lines) <= LONGEST or left_out < 2:
        return lines
    return [*lines[:head], f"... ({left_out} more lines)", *lines[len(lines) - tail :]]


def cookbook(book: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (book["intro"].rstrip(), "", "```sh")
    for change in book["history"]:
        yield f"{change['line']}   # {change['at']}"
    yield "```"
    for file in book["file"]:
        yield from ("", f"`{file['name']}`:", "", "```" + Path(file["name"]).suffix[1:], file["text"].rstrip(), "```")
    for question, code, said in answers(book):
        if "part" in question:
            yield from ("", f"## {question['part']}")
        yield from ("", f"### {question['number']}. {question['asks']}", "", "```console", f"$ {question['line']}")
        lines = [line.rstrip() for line in said.rstrip("\n").split("\n")]
        yield from shortened(lines, question.get("head", HEAD), question.get("tail", 0))
        yield "```"
        if code != question.get("code", 0):
            raise ValueError(f"exit code {code} of {question['line']}: {said}")
        if "note" in question:
            yield from ("", question["note"].strip())


def text() -> str:
    """Return the page as it has to be."""
    return "\n".join(cookbook(tomllib.loads(SOURCE.read_text(encoding="utf-8")))) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    TARGET.write_text(text(), encoding="utf-8")
